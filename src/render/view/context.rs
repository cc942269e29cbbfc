//! The context of one page.

use std::cell::Cell;

use super::navigation::{Crumb, TocEntry};
use super::phrase::Phrase;
use crate::catalogue::{Catalogue, MarkdownField};
use crate::model::{Lang, Markdown, Origin, Translated, Translation};
use crate::render::markdown;
use crate::site::{Announcements, Page, Route, Site, id_prefix};
use crate::text::{Arg, Strings};

/// Input of one page's view model.
#[derive(Clone, Copy)]
pub(crate) struct PageContext<'a> {
    /// The site.
    pub(crate) site: &'a Site,
    /// The theme's words.
    pub(crate) strings: &'a Strings,
    /// The files that exports publish beside the pages.
    pub(crate) announced: &'a Announcements<'a>,
    /// The page.
    pub(crate) at: Page,
    /// Path to the site's root, which goes before every address of the site on this page.
    pub(crate) root: &'a str,
    /// True if some of its words are in the site's first language, because nobody translated them.
    pub(crate) untranslated: &'a Cell<bool>,
}

impl<'a> PageContext<'a> {
    /// The records of the site.
    pub(crate) fn catalogue(&self) -> &'a Catalogue {
        &self.site.catalogue
    }

    /// The language of the page.
    pub(crate) fn lang(&self) -> Lang {
        self.strings.lang()
    }

    /// An editor's words in the language of the page, else in the site's first.
    pub(crate) fn text(&self, text: &Translated<String>) -> Phrase {
        match text.translation(self.lang()) {
            Some(words) => words.as_str().into(),
            None => self.in_first_language(text),
        }
    }

    /// Title of a record or a free page.
    pub(crate) fn title(&self, route: Route) -> Phrase {
        self.site.title(route).map_or_else(Phrase::default, |title| self.text(title))
    }

    /// Variant of [`text`](Self::text) for words that need not be there.
    pub(crate) fn optional_text(&self, text: &Translated<Option<String>>) -> Option<Phrase> {
        match text.translation(self.lang()) {
            Some(words) => words.as_deref().map(Phrase::from),
            None => text.as_deref().map(|words| self.in_first_language(words)),
        }
    }

    /// Words of the site's first language.
    pub(crate) fn in_first_language(&self, text: &str) -> Phrase {
        let first = self.site.settings.language();
        let foreign = first != self.lang();
        if foreign && !text.is_empty() {
            self.untranslated.set(true);
        }
        Phrase::in_language(text, foreign.then_some(first))
    }

    /// The file that holds a record's words in the language of the page, else its own.
    pub(crate) fn translated_origin<'r>(&self, origin: &'r Origin, translations: &'r [Translation]) -> &'r Origin {
        let translation = translations.iter().find(|translation| translation.lang == self.lang());
        translation.map_or(origin, |translation| &translation.origin)
    }

    /// An editor's Markdown as HTML, its headings `shift` levels deeper. Returns `None` if nothing is written.
    pub(crate) fn html(&self, text: &Translated<Markdown>, shift: u8) -> Option<String> {
        let prefix = id_prefix(self.at.route);
        match text.translation(self.lang()) {
            Some(translated) => self.html_of(translated, shift, prefix),
            None => self.html_in_first_language(text, shift, prefix),
        }
    }

    /// Variant of [`html`](Self::html) for a text that need not be there.
    pub(crate) fn optional_html(
        &self,
        text: &Translated<Option<MarkdownField>>,
        shift: u8,
        prefix: &str,
    ) -> Option<String> {
        match text.translation(self.lang()) {
            Some(translated) => self.html_of(translated.as_ref()?, shift, prefix),
            None => self.html_in_first_language(text.as_ref()?, shift, prefix),
        }
    }

    fn html_in_first_language(&self, text: &Markdown, shift: u8, prefix: &str) -> Option<String> {
        let html = self.html_of(text, shift, prefix)?;
        let first = self.site.settings.language();
        if first == self.lang() {
            return Some(html);
        }
        self.untranslated.set(true);
        Some(format!("<div lang=\"{}\" class=\"prose\">{html}</div>", first.code()))
    }

    fn html_of(&self, text: &Markdown, shift: u8, prefix: &str) -> Option<String> {
        let links = markdown::Links::Below(self.root);
        (!text.is_blank()).then(|| markdown::html(self.site, self.at, text, links, shift, prefix))
    }

    /// The text of a key without places.
    pub(crate) fn word(&self, key: &str) -> String {
        self.strings.format(key, &[])
    }

    /// The text of a key with its places filled.
    pub(crate) fn format(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.strings.format(key, args)
    }

    /// Address of a page from the site's root.
    pub(crate) fn href(&self, route: Route) -> String {
        self.site.address(Page { route, ..self.at })
    }

    /// The way to this page: home, then the given pages, then the page's own short name.
    pub(crate) fn crumbs(&self, steps: Vec<(Phrase, Route)>, here: impl Into<Phrase>) -> Vec<Crumb> {
        let home = (self.word("nav.home").into(), Route::Home);
        let steps = std::iter::once(home).chain(steps);
        let steps = steps.map(|(title, route)| Crumb { title, href: Some(self.href(route)) });
        steps.chain([Crumb { title: here.into(), href: None }]).collect()
    }

    /// The index of a page: the sections that it has, by id and key.
    pub(crate) fn toc(&self, sections: &[(bool, &str, &str)]) -> Vec<TocEntry> {
        sections
            .iter()
            .filter(|(there, _, _)| *there)
            .map(|(_, id, key)| TocEntry { id: (*id).to_owned(), title: self.word(key) })
            .collect()
    }
}
