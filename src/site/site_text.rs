//! Editors' texts, each with the page that it stands on.

use std::ops::Range;

use super::graph::Site;
use super::link::LinkSource;
use super::route::{Page, Route};
use crate::catalogue::Catalogue;
use crate::diagnostic::{KeyPath, Place};
use crate::incremental::fingerprint;
use crate::model::{FileId, Lang, Markdown, Origin, Translated, Translation};

/// A text of a site that holds Markdown.
pub(super) struct SiteText<'c> {
    /// The page that it stands on.
    pub(super) on: Page,
    pub(super) file: FileId,
    pub(super) markdown: &'c Markdown,
    /// The key that holds it, if it isn't the text of its file: nothing in it has a place of its own.
    key: Option<&'static str>,
}

impl SiteText<'_> {
    /// Fingerprint that tells it, and the sheet from which its links are followed, from all other texts.
    pub(super) fn fingerprint(&self, catalogue: &Catalogue) -> u64 {
        fingerprint(&(LinkSource::of(catalogue, self.on.route), self.key, self.markdown.fingerprint()))
    }

    /// The place of bytes of the Markdown in its file.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        match self.key {
            Some(key) => KeyPath::of(key).into(),
            None => Place::Bytes(range.start + self.markdown.offset()..range.end + self.markdown.offset()),
        }
    }
}

/// The texts of a site that hold Markdown.
pub(super) fn texts<'s>(site: &'s Site) -> Vec<SiteText<'s>> {
    let catalogue = &site.catalogue;
    let mut texts = Vec::new();
    let mut add = |route, origin: &Origin, translations: &[Translation], body: &'s Translated<Markdown>| {
        texts.push(SiteText { on: site.page(route), file: origin.file, markdown: body, key: None });
        for (lang, markdown) in body.translations() {
            let on = Page { lang, route };
            texts.push(SiteText { on, file: origin_of(lang, origin, translations).file, markdown, key: None });
        }
    };
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        add(Route::Objective(id), &objective.origin, &objective.translations, objective.body.read());
    }
    for id in catalogue.project_ids() {
        let project = &catalogue[id];
        add(Route::Project(id), &project.origin, &project.translations, project.body.read());
    }
    for id in catalogue.update_ids() {
        let update = &catalogue[id];
        add(Route::Update(id), &update.origin, &update.translations, update.body.read());
    }
    for id in catalogue.page_ids() {
        let page = &catalogue[id];
        add(Route::Free(id), &page.origin, &page.translations, page.body.read());
    }
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        let own = site.page(Route::Objective(id));
        let (origin, translations) = (&objective.origin, &objective.translations);
        let mut add = |on, file, markdown| texts.push(SiteText { on, file, markdown, key: Some("report") });
        if let Some(markdown) = &*objective.report {
            add(own, origin.file, markdown);
        }
        for (lang, markdown) in objective.report.translations() {
            if let Some(markdown) = markdown {
                add(Page { lang, ..own }, origin_of(lang, origin, translations).file, markdown);
            }
        }
    }
    texts
}

/// The file in which a record's words in a language were written.
fn origin_of<'t>(lang: Lang, origin: &'t Origin, translations: &'t [Translation]) -> &'t Origin {
    let translation = translations.iter().find(|translation| translation.lang == lang);
    translation.map_or(origin, |translation| &translation.origin)
}
