//! Places in the pages of a site that links lead to.

use super::anchors::{REPORT_PREFIX, TemplateIds, id_prefix};
use super::graph::Site;
use super::route::{Page, Route};
use crate::model::Markdown;

impl Site {
    /// The id that a link's place has on a page. Returns `None` if nothing there has that name.
    pub(crate) fn place(&self, page: Page, place: &str) -> Option<String> {
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
    pub(crate) fn is_of_template(&self, route: Route, id: &str) -> bool {
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

    /// The texts of a page, each with the prefix of its ids.
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
        std::iter::once(body).chain(report.map(|report| (REPORT_PREFIX, &**report))).collect()
    }
}
