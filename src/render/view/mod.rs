//! View models of pages: the site flattened into the values that templates print, every word, sum and position ready.
//!
//! One file a kind of page; what several pages share is in [`components`] and in the files of single parts. A field that is
//! unknown is `None` or a sentence about that, never left out, because a template can't ask for what isn't there.

mod card;
mod chain;
mod components;
mod context;
mod counts;
mod data;
mod facet;
mod facet_lists;
mod feeds;
mod gantt;
mod glossary_terms;
mod groups;
mod home;
mod indicator;
mod indicators;
pub(super) mod json_ld;
mod map;
mod navigation;
mod node;
mod not_found;
mod objective;
mod page;
mod phrase;
mod plan;
mod plans;
mod project;
mod project_groups;
mod projects;
mod search;
mod unit;
mod units;
mod update;
mod updates;
mod view_model;
mod year;

use crate::site::Route;
use components::SourceBox;
pub(super) use context::PageContext;
use navigation::TocEntry;
use phrase::Phrase;
pub(super) use view_model::View;

/// View model of a page.
pub(super) fn of(cx: &PageContext<'_>) -> View {
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use include_dir::{Dir, include_dir};

    use crate::model::{Health, IndicatorState, Lang, Lifecycle, ObjectiveState, PhaseState};
    use crate::text::Strings;

    static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default/templates");
    static VIEWS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/render/view");
    static EXPORTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/export");
    const RENDERER: &str = include_str!("../mod.rs");
    const GLOBAL: &str = include_str!("../global.rs");
    static STRINGS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default/strings");

    fn strings(lang: Lang) -> Strings {
        let file = STRINGS
            .get_file(format!("{}.toml", lang.code()))
            .expect("the theme has words in every language");
        let text = file.contents_utf8().expect("a text");
        Strings::read(lang, &[text]).expect("the theme's own words are well formed")
    }

    fn texts<'d>(folder: &'d Dir<'d>) -> Vec<&'d str> {
        let own = folder.files().filter_map(|file| file.contents_utf8());
        own.chain(folder.dirs().flat_map(texts)).collect()
    }

    #[test]
    fn every_language_has_the_same_words_and_places() {
        let italian = strings(Lang::It);
        for other in Lang::ALL.map(strings) {
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
        for text in texts(&VIEWS).into_iter().chain([RENDERER, GLOBAL]) {
            asked.extend(text.split('"').filter(is_key).map(str::to_owned));
        }
        let missing: Vec<&String> = asked.difference(&known).collect();
        assert_eq!(missing, Vec::<&String>::new());
        // Keys that exports ask for are theirs to test: some of their file names look like keys. A state's word is asked
        // for by its key.
        for text in texts(&EXPORTS) {
            asked.extend(text.split('"').filter(is_key).map(str::to_owned));
        }
        let unused: Vec<&String> = known
            .difference(&asked)
            .filter(|key| !["st.", "phase.", "lang."].iter().any(|table| key.starts_with(table)))
            .collect();
        assert_eq!(unused, Vec::<&String>::new());
    }

    #[test]
    fn every_state_has_a_word() {
        let strings = strings(Lang::It);
        let states = IndicatorState::ALL.iter().map(|state| state.key());
        let states = states.chain(ObjectiveState::ALL.iter().map(|state| state.key()));
        let states = states.chain(Lifecycle::ALL.iter().map(|state| state.key()));
        let states = states.chain(Health::ALL.iter().map(|state| state.key()));
        for key in states {
            assert!(strings.find(&format!("st.{key}")).is_some(), "{key}");
        }
        for key in PhaseState::ALL.iter().map(|state| state.key()) {
            assert!(strings.find(&format!("phase.{key}")).is_some(), "{key}");
        }
    }
}
