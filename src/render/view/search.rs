//! Search: a form for a script to search with, and the list of all pages from A to Z, which needs no script.

use serde::Serialize;
use url::Url;

use super::components::{Badge, Link, administration_name};
use super::{PageContext, Phrase, View};
use crate::model::{Lifecycle, ObjectiveState};
use crate::site::{LetterPage, Route};

#[derive(Serialize)]
struct Page {
    title: String,
    find: SearchForm,
    /// The list, if all of it is on this page.
    groups: Vec<LetterGroup>,
    /// The pages of the list, if it isn't on this page.
    letters: Vec<Letter>,
}

/// Data for the script.
#[derive(Serialize)]
struct SearchForm {
    /// The folder of the index, below the site's root.
    index: String,
    /// The form's own address.
    href: String,
    one: String,
    other: String,
    none: String,
    /// True if words are compared without the letters that stand for two dots.
    umlauts: bool,
    kinds: Vec<KindCount>,
    states: Vec<State>,
    /// The search of the city's own site.
    city: Option<CitySearch>,
}

/// A form that asks another site.
#[derive(Serialize)]
struct CitySearch {
    action: String,
    /// Parameter that takes the words.
    name: String,
    /// Other parameters, with their values.
    others: Vec<(String, String)>,
}

#[derive(Serialize)]
struct KindCount {
    key: &'static str,
    word: String,
}

#[derive(Serialize)]
struct State {
    key: &'static str,
    badge: Badge,
}

/// The titles under one letter.
#[derive(Serialize)]
struct LetterGroup {
    id: String,
    title: String,
    links: Vec<Link>,
}

/// A letter, with the number of pages that begin with it.
#[derive(Serialize)]
struct Letter {
    title: String,
    href: String,
    n: String,
    here: bool,
}

/// One part of the list.
#[derive(Serialize)]
struct PartPage {
    title: String,
    letters: Vec<Letter>,
    /// The parts of this letter, where there are several.
    parts: Vec<Letter>,
    links: Vec<Link>,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let title = cx.word("page.search_title");
    let is_on_one_page = cx.site.lists_at_once(cx.lang());
    let page = Page {
        title: title.clone(),
        find: SearchForm::of(cx),
        groups: if is_on_one_page {
            cx.site.listing(cx.lang()).iter().map(|part| LetterGroup::of(cx, part)).collect()
        } else {
            Vec::new()
        },
        letters: if is_on_one_page { Vec::new() } else { letters(cx, None) },
    };
    View {
        title: title.clone(),
        description: cx.word("page.search_lead"),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: None,
        toc: Vec::new(),
        source: None,
        page: tera::Value::from_serializable(&page),
    }
}

pub(super) fn part(cx: &PageContext<'_>, letter_of: Option<char>, number: u16) -> View {
    let here = Route::Part(letter_of, number);
    let part = cx
        .site
        .listing(cx.lang())
        .iter()
        .find(|part| part.route() == here)
        .expect("the page is of its language");
    let title = cx.format("page.letter_title", &[("lettera", (&letter(cx, part)).into())]);
    let page = PartPage {
        title: title.clone(),
        letters: letters(cx, Some(part)),
        parts: parts(cx, part),
        links: part.routes.iter().map(|route| link(cx, *route)).collect(),
    };
    View {
        title: if part.number > 1 { format!("{title} ({})", part.number) } else { title },
        description: cx.word("page.search_lead"),
        crumbs: cx.crumbs(vec![(cx.word("page.search_title").into(), Route::Search)], letter(cx, part)),
        nav: None,
        toc: Vec::new(),
        source: None,
        page: tera::Value::from_serializable(&page),
    }
}

impl SearchForm {
    fn of(cx: &PageContext<'_>) -> Self {
        // The script fills in the number; one text serves all numbers but 1.
        let found = |n: &str| cx.format("find.found", &[("n", n.into())]);
        let states = ObjectiveState::ALL.iter().map(|state| state.key());
        let mut states: Vec<&str> =
            states.chain(Lifecycle::ALL.iter().map(|state| state.key())).chain(["unknown"]).collect();
        states.sort_unstable();
        states.dedup();
        let kinds = [
            ("objective", "lst.objective"),
            ("project", "lst.project"),
            ("update", "lst.update"),
            ("unit", "lst.office"),
            ("plan", "lst.plan"),
            ("node", "lst.node"),
            ("indicator", "lst.indicator"),
            ("page", "lst.page"),
        ];
        Self {
            index: format!("data/search/{}/", cx.lang().code()),
            href: cx.href(Route::Search),
            one: cx.format("find.found", &[("n", 1.into())]),
            other: found("{n}"),
            none: cx.format("find.none", &[]),
            umlauts: cx.lang().language().has_umlauts,
            kinds: kinds.map(|(key, word)| KindCount { key, word: cx.word(word) }).into(),
            city: cx.site.settings.links.search_action.as_deref().and_then(CitySearch::of),
            states: states.into_iter().map(|key| State { key, badge: Badge::of(cx, key) }).collect(),
        }
    }
}

impl CitySearch {
    fn of(written: &str) -> Option<Self> {
        let mut url = Url::parse(written).ok()?;
        let mut others: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let empty = others.iter().rposition(|(_, value)| value.is_empty());
        let name = empty.map_or_else(|| "q".to_owned(), |at| others.remove(at).0);
        url.set_query(None);
        url.set_fragment(None);
        Some(Self { action: url.into(), name, others })
    }
}

impl LetterGroup {
    fn of(cx: &PageContext<'_>, part: &LetterPage) -> Self {
        Self {
            id: format!("letter-{}", part.letter.map_or('0', |letter| letter.to_ascii_lowercase())),
            title: letter(cx, part),
            links: part.routes.iter().map(|route| link(cx, *route)).collect(),
        }
    }
}

fn letter(cx: &PageContext<'_>, part: &LetterPage) -> String {
    part.letter.map_or_else(|| cx.word("page.search_digits"), String::from)
}

/// Every letter that pages begin with.
fn letters(cx: &PageContext<'_>, here: Option<&LetterPage>) -> Vec<Letter> {
    cx.site
        .listing(cx.lang())
        .chunk_by(|a, b| a.letter == b.letter)
        .map(|parts| {
            let first = &parts[0];
            let n: usize = parts.iter().map(|part| part.routes.len()).sum();
            Letter {
                title: letter(cx, first),
                href: cx.href(first.route()),
                n: cx.format("page.letter_pages", &[("n", n.into())]),
                here: here.is_some_and(|here| here.letter == first.letter),
            }
        })
        .collect()
}

fn parts(cx: &PageContext<'_>, here: &LetterPage) -> Vec<Letter> {
    let of_letter = cx.site.listing(cx.lang()).iter().filter(|part| part.letter == here.letter);
    let parts: Vec<Letter> = of_letter
        .map(|part| Letter {
            title: part.number.to_string(),
            href: cx.href(part.route()),
            n: String::new(),
            here: part.number == here.number,
        })
        .collect();
    if parts.len() > 1 { parts } else { Vec::new() }
}

fn link(cx: &PageContext<'_>, route: Route) -> Link {
    let catalogue = cx.catalogue();
    let plain = |phrase: Phrase| phrase.text().to_owned();
    let whose = |unit| administration_name(cx, unit).map(plain);
    let meta: Vec<String> = match route {
        Route::Objective(id) => {
            let objective = catalogue.listed(id);
            let year = cx.format("obj.eyebrow", &[("anno", (&objective.year.to_string()).into())]);
            [year, objective.code.to_owned()].into_iter().chain(whose(objective.unit)).collect()
        }
        Route::Project(id) => {
            let project = &catalogue[id];
            let meta = [Some(cx.word("lst.project")), project.code.clone(), whose(project.unit)];
            meta.into_iter().flatten().collect()
        }
        Route::Update(id) => vec![cx.word("lst.update"), plain(cx.text(&catalogue[catalogue[id].project].title))],
        Route::Unit(id) => {
            let whose = whose(id).filter(|_| catalogue[id].parent.is_some());
            std::iter::once(cx.word("lst.office")).chain(whose).collect()
        }
        Route::Plan(id) => std::iter::once(cx.word("lst.plan")).chain(whose(catalogue[id].administration)).collect(),
        Route::Node(id) => {
            let node = &catalogue[id];
            vec![cx.word("lst.node"), node.code.clone(), plain(cx.text(&catalogue[node.plan].title))]
        }
        Route::Series(_) => vec![cx.word("lst.indicator")],
        _ => vec![cx.word("lst.page")],
    };
    Link::to(cx, route, cx.title(route)).with_meta(meta.join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(written: &str) -> (String, String, Vec<(String, String)>) {
        let CitySearch { action, name, others } = CitySearch::of(written).expect("a web address");
        (action, name, others)
    }

    #[test]
    fn the_empty_parameter_of_a_citys_search_takes_the_words() {
        let others = vec![("tipo".to_owned(), "pagine".to_owned())];
        assert_eq!(
            asked("https://c.example/cerca?testo=&tipo=pagine"),
            ("https://c.example/cerca".into(), "testo".into(), others)
        );
        assert_eq!(asked("https://c.example/cerca"), ("https://c.example/cerca".into(), "q".into(), vec![]));
    }
}
