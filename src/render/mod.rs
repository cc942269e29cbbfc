//! Site and theme become pages: each page is a pure function of the two, so that pages can be made in any order, at once,
//! again, or only when they are asked for.

mod address;
pub(crate) mod brand;
mod chart;
mod filters;
mod frame;
mod global;
mod limits;
pub(crate) mod markdown;
pub(crate) mod theme;
mod view;

use std::cell::Cell;

use tera::{Context, Value};

pub(crate) use filters::stylesheet;
pub(crate) use theme::{Asset, RenderError, Theme, ThemeFile, ThemeFiles, hiding};

use crate::incremental::query::{self, Query, RecordId};
use crate::model::Lang;
use crate::site::{Announcements, Page, Site};
use crate::text::Strings;
use frame::{Alternate, LanguageLink, brief};
use global::{ConfiguredLink, Global, nav_key};

/// Maker of the pages of a site in a theme. It holds the values that all of them have in common, made once.
#[derive(Debug)]
pub(crate) struct Renderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    announced: Announcements<'a>,
    /// Values that all pages of a language have in common.
    common: Vec<(Lang, CommonValues)>,
    /// The queries that those were made from.
    queries: Vec<Query<RecordId>>,
}

#[derive(Clone, Debug)]
struct CommonValues {
    global: Value,
    words: Value,
}

impl<'a> Renderer<'a> {
    /// The pages of a site in a theme, each naming the files that exports announce on it and the stylesheet of the
    /// site's filters.
    pub(crate) fn new(
        site: &'a Site,
        theme: &'a Theme,
        announced: Announcements<'a>,
        filters: Option<&'a Asset>,
    ) -> Self {
        let of = |strings: &Strings| {
            let global = Value::from_serializable(&Global::of(site, theme, strings, filters));
            (strings.lang(), CommonValues { global, words: Value::from_serializable(&strings.tree()) })
        };
        let (common, queries) = query::traced(|| theme.languages().iter().map(of).collect());
        Self { site, theme, announced, common, queries }
    }

    /// The queries that every page depends on beside its own, in the order in which they were made.
    pub(crate) fn queries(&self) -> &[Query<RecordId>] {
        &self.queries
    }

    /// Appends a page, the same bytes at every call, from any thread.
    ///
    /// # Errors
    /// When a template asks for a value that isn't there; then `out` may end in a part of the page.
    pub(crate) fn page(&self, page: Page, out: &mut Vec<u8>) -> Result<(), RenderError> {
        let template = format!("{}.html", page.route.kind());
        let context = self.context(page).map_err(|error| RenderError::new(&template, &error))?;
        self.theme.render(&template, &context, out)
    }

    fn context(&self, at: Page) -> tera::TeraResult<Context> {
        let root = address::root(self.site, at);
        let strings = self.theme.strings(at.lang);
        let untranslated = Cell::new(false);
        let cx = view::PageContext {
            site: self.site,
            strings,
            announced: &self.announced,
            at,
            root: &root,
            untranslated: &untranslated,
        };
        let mut view = view::of(&cx);
        view.description = brief(if view.description.trim().is_empty() { &view.title } else { &view.description });
        let linked = view::json_ld::of(&cx, &view);
        let announced = self.announced.of(at);
        let alternates = Alternate::all(&announced);
        let report = ConfiguredLink::of_report(self.site, strings, at, &view.title);
        let languages: Vec<LanguageLink> = self
            .site
            .in_every_language(at.route)
            .map(|page| LanguageLink::of(self.site, at, page))
            .collect();
        let common = &self.common.iter().find(|(lang, _)| *lang == at.lang).unwrap_or(&self.common[0]).1;

        let mut context = Context::new();
        // Shared, not copied: every page has them.
        context.insert_value("site", common.global.clone());
        context.insert_value("s", common.words.clone());
        context.insert_value("kind", Value::from(at.route.kind()));
        context.insert_value("lang", Value::from(at.lang.code()));
        context.insert_value("canonical", Value::from(self.site.canonical(at)));
        // In a list each foreign title is marked with its language.
        let notice = (untranslated.get() && at.route.is_record()).then(|| {
            let first = language_name(self.site.settings.language(), strings);
            strings.format("lang.untranslated", &[("lingua", first.into())])
        });
        context.insert_value("notice", Value::try_from_serializable(&notice)?);
        context.insert_value("languages", Value::try_from_serializable(&languages)?);
        context.insert_value("nav", Value::from(view.nav.map(nav_key)));
        context.insert_value("title", Value::from(view.title));
        context.insert_value("description", Value::from(view.description));
        context.insert_value("crumbs", Value::try_from_serializable(&view.crumbs)?);
        context.insert_value("toc", Value::try_from_serializable(&view.toc)?);
        context.insert_value("source", Value::try_from_serializable(&view.source)?);
        context.insert_value("alternates", Value::try_from_serializable(&alternates)?);
        context.insert_value("linked", Value::from(linked));
        context.insert_value("report", Value::try_from_serializable(&report)?);
        context.insert_value("page", view.page);
        context.insert_value("root", Value::from(root));
        Ok(context)
    }
}

/// The name of a language within a sentence in another one: that of the theme, else the one that the language brings.
fn language_name(lang: Lang, strings: &Strings) -> &str {
    let language = lang.language();
    let brought = || language.called.iter().find(|(code, _)| *code == strings.lang().code());
    let found = strings.find(&format!("lang.{}", language.code));
    found.or_else(|| brought().map(|(_, name)| *name)).unwrap_or(language.name)
}

#[cfg(test)]
mod tests {
    pub(super) mod sample;
}
