//! What a page says: the model flattened into the parts that templates print, every word, sum and position ready.
//!
//! One file a kind of page; what several pages share is in [`part`] and in the files of single parts. A field that is
//! unknown is `None` or a sentence that says so, never left out, because a template can't ask for what isn't there.

mod card;
mod chain;
mod components;
mod counts;
mod data;
mod facet;
mod feeds;
mod gantt;
mod home;
mod indicator;
mod indicators;
pub(super) mod linked;
mod list;
mod map;
mod node;
mod not_found;
mod objective;
mod page;
mod plan;
mod plans;
mod project;
mod projects;
mod search;
mod unit;
mod units;
mod update;
mod updates;
mod words;
mod year;

use std::cell::Cell;

pub(in crate::render) use components::ROWS;

use serde::{Serialize, Serializer};
use tera::Value;

use crate::model::{Catalogue, Lang, Markdown, NavItem, Origin, Translated, Translation};
use crate::render::markdown;
use crate::site::{Announcements, Page, Route, Site, id_prefix};
use crate::text::{Arg, Strings};

/// What a page is made from.
#[derive(Clone, Copy)]
pub(crate) struct PageContext<'a> {
    /// The whole site.
    pub site: &'a Site,
    /// The theme's words.
    pub strings: &'a Strings,
    /// What exports publish beside the pages.
    pub announced: &'a Announcements<'a>,
    /// The page.
    pub at: Page,
    /// What goes before every address of the site on this page.
    pub root: &'a str,
    /// Whether some of its words stand in the site's first language, because nobody translated them.
    pub untranslated: &'a Cell<bool>,
}

/// An editor's words, with their language where it isn't the page's (WCAG 2.2, 3.1.2). Templates print them as any text;
/// the language then comes with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Phrase {
    text: String,
    lang: Option<Lang>,
}

impl Phrase {
    /// The words alone, for titles and attributes.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Words and what is said after them; none where there is nothing to say.
    fn joined(first: Option<Self>, rest: &[String]) -> Option<Self> {
        let rest = rest.join(" · ");
        match first {
            Some(first) if rest.is_empty() => Some(first),
            Some(first) => Some(first.map(|first| format!("{first} · {rest}"))),
            None => (!rest.is_empty()).then(|| rest.into()),
        }
    }

    /// The same words changed.
    fn map(self, change: impl FnOnce(&str) -> String) -> Self {
        Self { text: change(&self.text), ..self }
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self { text, lang: None }
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<'a> From<&'a Phrase> for Arg<'a> {
    fn from(phrase: &'a Phrase) -> Self {
        Self::Text(&phrase.text)
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(lang) = self.lang else { return serializer.serialize_str(&self.text) };
        let mut html = format!("<span lang=\"{}\">", lang.code()).into_bytes();
        tera::escape_html(&self.text, &mut html).map_err(serde::ser::Error::custom)?;
        html.extend_from_slice(b"</span>");
        Value::safe_string(&String::from_utf8_lossy(&html)).serialize(serializer)
    }
}

/// A page, ready for its template.
pub(crate) struct View {
    /// What it is called, without the site's name.
    pub title: String,
    /// What it says, in a sentence.
    pub description: String,
    /// The way from the home to the page; empty on the home.
    pub crumbs: Vec<Crumb>,
    /// The entry of the menu that it belongs to.
    pub nav: Option<NavItem>,
    /// Its sections, where there are enough to be worth an index.
    pub toc: Vec<TocEntry>,
    /// Where its data come from.
    pub source: Option<SourceBox>,
    /// What its own template prints.
    pub page: Value,
}

/// A step on the way to a page; the page itself has no address.
#[derive(Serialize)]
pub(crate) struct Crumb {
    pub title: Phrase,
    pub href: Option<String>,
}

/// A section of a page.
#[derive(Serialize)]
pub(crate) struct TocEntry {
    pub id: String,
    pub title: String,
}

/// Where the data of a page come from.
#[derive(Serialize)]
pub(crate) struct SourceBox {
    /// An editor's remark.
    pub note: Option<Phrase>,
    /// The documents that the data were taken from.
    pub documents: Vec<components::Cited>,
    /// The act that approved the record.
    pub approved: Option<components::Cited>,
    /// The file behind the page.
    pub file: Option<SourceFile>,
    /// Where the file's history can be read.
    pub history: Option<String>,
    /// The day on which "over" and "late" were judged.
    pub as_of: components::When,
}

/// The file behind a page.
#[derive(Serialize)]
pub(crate) struct SourceFile {
    pub path: String,
    pub url: Option<String>,
}

/// What a page says.
pub(crate) fn of(cx: &PageContext<'_>) -> View {
    match cx.at.route {
        Route::Home => home::view(cx),
        Route::Year(year) => year::view(cx, year),
        Route::List(year, facet) => facet::view(cx, year, facet),
        Route::Objective(id) => objective::view(cx, id),
        Route::Projects => projects::view(cx),
        Route::ProjectsOf(year) => projects::of_year(cx, year),
        Route::Project(id) => project::view(cx, id),
        Route::Updates => updates::view(cx),
        Route::UpdatesOf(year) => updates::of_year(cx, year),
        Route::Update(id) => update::view(cx, id),
        Route::Units => units::view(cx),
        Route::Unit(id) => unit::view(cx, id),
        Route::Plans => plans::view(cx),
        Route::Plan(id) => plan::view(cx, id),
        Route::Node(id) => node::view(cx, id),
        Route::SeriesList => indicators::view(cx),
        Route::Series(id) => indicator::view(cx, id),
        Route::Search => search::view(cx),
        Route::Part(letter, number) => search::part(cx, letter, number),
        Route::SiteMap => map::view(cx),
        Route::Data => data::view(cx),
        Route::Feeds => feeds::view(cx),
        Route::Free(id) => page::view(cx, id),
        Route::NotFound => not_found::view(cx),
    }
}

impl<'a> PageContext<'a> {
    fn catalogue(&self) -> &'a Catalogue {
        &self.site.catalogue
    }

    fn lang(&self) -> Lang {
        self.strings.lang()
    }

    /// An editor's words in the language of the page, else in the site's first.
    fn text(&self, text: &Translated<String>) -> Phrase {
        match text.translation(self.lang()) {
            Some(words) => words.as_str().into(),
            None => self.in_first(text),
        }
    }

    /// What a record or a free page is called.
    fn title(&self, route: Route) -> Phrase {
        self.site.title(route).map_or_else(Phrase::default, |title| self.text(title))
    }

    /// The same for words that need not be there.
    fn known(&self, text: &Translated<Option<String>>) -> Option<Phrase> {
        match text.translation(self.lang()) {
            Some(words) => words.as_deref().map(Phrase::from),
            None => text.as_deref().map(|words| self.in_first(words)),
        }
    }

    /// Words of the site's first language.
    fn in_first(&self, text: &str) -> Phrase {
        let first = self.site.settings.language();
        let foreign = first != self.lang();
        if foreign && !text.is_empty() {
            self.untranslated.set(true);
        }
        Phrase { text: text.to_owned(), lang: foreign.then_some(first) }
    }

    /// The file that holds a record's words in the language of the page, else its own.
    fn written<'r>(&self, origin: &'r Origin, translations: &'r [Translation]) -> &'r Origin {
        let translation = translations.iter().find(|translation| translation.lang == self.lang());
        translation.map_or(origin, |translation| &translation.origin)
    }

    /// An editor's Markdown as HTML, its headings `shift` levels deeper; none where nothing is written.
    fn html(&self, text: &Translated<Markdown>, shift: u8) -> Option<String> {
        let prefix = id_prefix(self.at.route);
        match text.translation(self.lang()) {
            Some(translated) => self.markdown(translated, shift, prefix),
            None => self.markdown_in_first(text, shift, prefix),
        }
    }

    /// The same for a text that need not be there.
    fn known_html(&self, text: &Translated<Option<Markdown>>, shift: u8, prefix: &str) -> Option<String> {
        match text.translation(self.lang()) {
            Some(translated) => self.markdown(translated.as_ref()?, shift, prefix),
            None => self.markdown_in_first(text.as_ref()?, shift, prefix),
        }
    }

    fn markdown_in_first(&self, text: &Markdown, shift: u8, prefix: &str) -> Option<String> {
        let html = self.markdown(text, shift, prefix)?;
        let first = self.site.settings.language();
        if first == self.lang() {
            return Some(html);
        }
        self.untranslated.set(true);
        Some(format!("<div lang=\"{}\" class=\"prose\">{html}</div>", first.code()))
    }

    fn markdown(&self, text: &Markdown, shift: u8, prefix: &str) -> Option<String> {
        let links = markdown::Links::Below(self.root);
        (!text.is_blank()).then(|| markdown::html(self.site, self.at, text, links, shift, prefix))
    }

    /// The text of a key without places.
    fn word(&self, key: &str) -> String {
        self.strings.say(key, &[])
    }

    /// The text of a key with its places filled.
    fn say(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.strings.say(key, args)
    }

    fn href(&self, route: Route) -> String {
        self.site.address(Page { route, ..self.at })
    }

    /// The way to this page: home, then the given pages, then the page's own short name.
    fn crumbs(&self, steps: Vec<(Phrase, Route)>, here: impl Into<Phrase>) -> Vec<Crumb> {
        let home = (self.word("nav.home").into(), Route::Home);
        let steps = std::iter::once(home).chain(steps);
        let steps = steps.map(|(title, route)| Crumb { title, href: Some(self.href(route)) });
        steps.chain([Crumb { title: here.into(), href: None }]).collect()
    }

    /// The index of a page: the sections that it has, by id and key.
    fn toc(&self, sections: &[(bool, &str, &str)]) -> Vec<TocEntry> {
        sections
            .iter()
            .filter(|(there, _, _)| *there)
            .map(|(_, id, key)| TocEntry { id: (*id).to_owned(), title: self.word(key) })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use include_dir::{Dir, include_dir};

    use super::*;
    use crate::model::{Health, IndicatorState, Lifecycle, ObjectiveState, PhaseState};

    static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default/templates");
    static VIEWS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/render/view");
    static EXPORTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/export");
    const RENDERER: &str = include_str!("../mod.rs");
    const ITALIAN: &str = include_str!("../../../themes/default/strings/it.toml");
    const ENGLISH: &str = include_str!("../../../themes/default/strings/en.toml");
    const GERMAN: &str = include_str!("../../../themes/default/strings/de.toml");

    fn strings(lang: Lang) -> Strings {
        let text = match lang {
            Lang::It => ITALIAN,
            Lang::En => ENGLISH,
            Lang::De => GERMAN,
        };
        Strings::read(lang, &[text]).expect("the theme's own words are well formed")
    }

    fn texts<'d>(folder: &'d Dir<'d>) -> Vec<&'d str> {
        let own = folder.files().filter_map(|file| file.contents_utf8());
        own.chain(folder.dirs().flat_map(texts)).collect()
    }

    #[test]
    fn every_language_has_the_same_words_and_places() {
        let italian = strings(Lang::It);
        for other in [Lang::En, Lang::De].map(strings) {
            let missing: Vec<&str> = italian.keys().filter(|key| other.find(key).is_none()).collect();
            let extra: Vec<&str> = other.keys().filter(|key| italian.find(key).is_none()).collect();
            assert_eq!((missing, extra), (vec![], vec![]), "{}", other.lang().code());
            for key in italian.keys() {
                assert_eq!(places(italian.get(key)), places(other.get(key)), "{} {key}", other.lang().code());
            }
        }
    }

    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
            .collect()
    }

    #[test]
    fn every_word_that_a_template_or_view_asks_for_is_there() {
        let strings = strings(Lang::It);
        let known: BTreeSet<String> = strings.keys().map(str::to_owned).collect();
        let mut asked = BTreeSet::new();
        for text in texts(&TEMPLATES) {
            let words = text.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '_'));
            asked.extend(words.filter_map(|word| word.strip_prefix("s.")).map(str::to_owned));
        }
        assert!(asked.len() > 50, "the templates were read");
        let tables: BTreeSet<&str> =
            known.iter().filter_map(|key| key.split_once('.').map(|(table, _)| table)).collect();
        let is_key = |word: &&str| {
            word.split_once('.').is_some_and(|(table, name)| {
                let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                tables.contains(table) && !name.is_empty() && name.chars().all(plain)
            })
        };
        for text in texts(&VIEWS).into_iter().chain([RENDERER]) {
            asked.extend(text.split('"').filter(is_key).map(str::to_owned));
        }
        let missing: Vec<&String> = asked.difference(&known).collect();
        assert_eq!(missing, Vec::<&String>::new());
        // What exports ask for is theirs to test: some of their file names look like keys. A state's word is asked for by
        // its key.
        for text in texts(&EXPORTS) {
            asked.extend(text.split('"').filter(is_key).map(str::to_owned));
        }
        let unused: Vec<&String> = known
            .difference(&asked)
            .filter(|key| !key.starts_with("st.") && !key.starts_with("phase."))
            .collect();
        assert_eq!(unused, Vec::<&String>::new());
    }

    #[test]
    fn every_state_has_a_word_and_a_shape() {
        let strings = strings(Lang::It);
        let states = IndicatorState::ALL.iter().map(|state| state.key());
        let states = states.chain(ObjectiveState::ALL.iter().map(|state| state.key()));
        let states = states.chain(Lifecycle::ALL.iter().map(|state| state.key()));
        let states = states.chain(Health::ALL.iter().map(|state| state.key()));
        for key in states {
            assert!(strings.find(&format!("st.{key}")).is_some(), "{key}");
            assert!(components::icon_and_colour(key).is_some(), "{key}");
        }
        for key in PhaseState::ALL.iter().map(|state| state.key()) {
            assert!(strings.find(&format!("phase.{key}")).is_some(), "{key}");
            assert!(components::icon_and_colour(key).is_some(), "{key}");
        }
    }
}
