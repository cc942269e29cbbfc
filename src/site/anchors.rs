//! The places in pages that links can lead to: headings and HTML of editors' texts, and what templates name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::markdown::MarkdownEvents;
use super::outline::{UniqueNames, outline};
use super::{Page, Route, Site};
use crate::model::Markdown;

/// What the ids of a record's text begin with on its page, so that they are none of the page's own.
pub fn id_prefix(route: Route) -> &'static str {
    match route {
        Route::Objective(_) => "description-",
        Route::Project(_) | Route::Update(_) => "about-",
        _ => "",
    }
}

/// What the ids of an objective's report begin with.
pub const REPORT_PREFIX: &str = "report-";

/// The ids that the templates of a theme write.
#[derive(Clone, Debug, Default, Hash)]
pub struct TemplateIds {
    /// By the name of the template; those that all pages share have the empty name.
    ids: BTreeMap<String, BTreeSet<String>>,
    /// The templates of which some ids are known only where they are rendered.
    open: BTreeSet<String>,
}

impl TemplateIds {
    /// The ids in the sources of templates, each with its path such as `home.html`.
    pub fn of<'t>(templates: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
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

    fn has(&self, route: Route, id: &str) -> bool {
        self.open.contains(route.kind()) || self.on(route).any(|known| known == id)
    }

    fn on(&self, route: Route) -> impl Iterator<Item = &str> {
        let of = |kind: &str| self.ids.get(kind).into_iter().flatten().map(String::as_str);
        of(route.kind()).chain(of(""))
    }
}

/// The places in the texts that other pages link to, by the fingerprint of the text: each is read once.
#[derive(Debug, Default)]
pub(super) struct KnownAnchors(Mutex<HashMap<u64, Arc<UniqueNames>>>);

impl KnownAnchors {
    fn of(&self, text: &Markdown) -> Arc<UniqueNames> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(&text.fingerprint()).cloned();
        found.unwrap_or_else(|| {
            let names = Arc::new(outline(&MarkdownEvents::of(&text.text()).events, 1).1);
            known().insert(text.fingerprint(), names.clone());
            names
        })
    }
}

impl Site {
    /// The id that a link's place has on a page; none where nothing there is called so.
    pub fn place(&self, page: Page, place: &str) -> Option<String> {
        let texts = self.texts_on(page);
        let found = texts.iter().find_map(|(prefix, text)| {
            let names = self.known.of(text);
            let found = names.find(place).or_else(|| names.find(place.strip_prefix(prefix)?));
            found.map(|id| format!("{prefix}{id}"))
        });
        let is_templates = |ids: &TemplateIds| ids.has(page.route, place);
        found.or_else(|| self.template_ids.as_ref().is_none_or(is_templates).then(|| place.to_owned()))
    }

    /// True if a template writes an id on a page.
    pub fn is_of_template(&self, route: Route, id: &str) -> bool {
        self.template_ids.as_ref().is_some_and(|ids| ids.has(route, id))
    }

    /// Every place of a page, as links name it.
    pub(super) fn places(&self, page: Page) -> Vec<String> {
        let texts = self.texts_on(page).into_iter();
        let mut places: Vec<String> = texts
            .flat_map(|(_, text)| self.known.of(text).iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let ids = self.template_ids.iter().flat_map(|ids| ids.on(page.route));
        places.extend(ids.map(str::to_owned));
        places
    }

    /// The Markdown of a page, each with what its ids begin with.
    fn texts_on(&self, page: Page) -> Vec<(&'static str, &Markdown)> {
        let catalogue = &self.catalogue;
        let (body, report) = match page.route {
            Route::Objective(id) => (&catalogue[id].body, catalogue[id].report.or_own(page.lang).as_ref()),
            Route::Project(id) => (&catalogue[id].body, None),
            Route::Update(id) => (&catalogue[id].body, None),
            Route::Free(id) => (&catalogue[id].body, None),
            _ => return Vec::new(),
        };
        let body = (id_prefix(page.route), body.read().or_own(page.lang));
        std::iter::once(body).chain(report.map(|report| (REPORT_PREFIX, report))).collect()
    }
}

/// True if a place is the top of any page (HTML, 7.4.6.4).
pub fn is_top(place: &str) -> bool {
    place.is_empty() || place.eq_ignore_ascii_case("top")
}
