//! Anchors in pages: ids of headings and HTML in editors' texts, and ids that templates write.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::markdown::MarkdownEvents;
use super::outline::{UniqueNames, outline};
use super::route::Route;
use crate::model::Markdown;

/// Prefix of the ids in a record's text on its page, which keeps them apart from the page's own.
pub(crate) fn id_prefix(route: Route) -> &'static str {
    match route {
        Route::Objective(_) => "description-",
        Route::Project(_) | Route::Update(_) => "about-",
        _ => "",
    }
}

/// Prefix of the ids in an objective's report.
pub(crate) const REPORT_PREFIX: &str = "report-";

/// The ids that the templates of a theme write.
#[derive(Clone, Debug, Default, Hash)]
pub(crate) struct TemplateIds {
    /// By the name of the template; those that all pages share have the empty name.
    ids: BTreeMap<String, BTreeSet<String>>,
    /// The templates of which some ids are known only when they are rendered.
    open: BTreeSet<String>,
}

impl TemplateIds {
    /// The ids in the sources of templates, each with its path such as `home.html`.
    pub(crate) fn of<'t>(templates: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut all = Self::default();
        for (path, source) in templates {
            let is_shared = path.contains('/') || path == "base.html";
            let kind = if is_shared { "" } else { path.strip_suffix(".html").unwrap_or(path) };
            for after in source.split(" id=\"").skip(1) {
                let id = after.split('"').next().unwrap_or_default();
                if id.contains('{') {
                    all.open.insert(kind.to_owned());
                } else {
                    all.ids.entry(kind.to_owned()).or_default().insert(id.to_owned());
                }
            }
        }
        all
    }

    pub(super) fn has(&self, route: Route, id: &str) -> bool {
        self.open.contains(route.kind()) || self.on(route).any(|known| known == id)
    }

    pub(super) fn on(&self, route: Route) -> impl Iterator<Item = &str> {
        let of = |kind: &str| self.ids.get(kind).into_iter().flatten().map(String::as_str);
        of(route.kind()).chain(of(""))
    }
}

/// The places in the texts that other pages link to, by the fingerprint of the text: each is read once.
#[derive(Debug, Default)]
pub(super) struct KnownAnchors(Mutex<HashMap<u64, Arc<UniqueNames>>>);

impl KnownAnchors {
    pub(super) fn of(&self, text: &Markdown) -> Arc<UniqueNames> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(&text.fingerprint()).cloned();
        found.unwrap_or_else(|| {
            let names = Arc::new(outline(&MarkdownEvents::of(&text.text()).events, 1).1);
            known().insert(text.fingerprint(), names.clone());
            names
        })
    }
}

/// True if a place is the top of any page (HTML, 7.4.6.4).
pub(crate) fn is_top(place: &str) -> bool {
    place.is_empty() || place.eq_ignore_ascii_case("top")
}
