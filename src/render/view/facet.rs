//! A ready-made list: the objectives of a year that have a state, a unit or a type in common.

use serde::Serialize;

use super::components::{Choice, LINKS, Link, ObjectiveGroup, how, sentence_case, source, whose};
use super::counts::Counts;
use super::year::groups;
use super::{PageContext, Phrase, View};
use crate::model::{Lang, NavItem, ObjectiveId, UnitId};
use crate::site::{Facet, Route};

#[derive(Serialize)]
struct Page {
    by: String,
    title: String,
    lead: String,
    /// The page of the unit that the list is of.
    unit: Option<Link>,
    how: String,
    total: String,
    counts: Option<Counts>,
    /// The lists of the units that the list's unit is made of.
    parts: Vec<Choice>,
    groups: Vec<ObjectiveGroup>,
    others: Vec<FacetLists>,
    others_title: String,
}

/// Ready-made lists of one year that go by the same thing.
#[derive(Serialize)]
pub(super) struct FacetLists {
    pub title: String,
    pub links: Vec<Choice>,
}

pub(super) fn view(cx: &PageContext<'_>, year: i16, facet: Facet) -> View {
    let ids = cx.site.list(year, facet);
    let word = year.to_string();
    let name = name(cx, facet);
    let title = cx.say("list.title", &[("anno", (&word).into()), ("testo", (&inside(cx, facet, name.text())).into())]);
    let (by, lead) = match facet {
        Facet::State(_) => ("list.by_state", "list.lead_state"),
        Facet::Unit(_) => ("list.by_unit", "list.lead_unit"),
        Facet::Kind(_) => ("list.by_kind", "list.lead_kind"),
    };
    let parts: Vec<UnitId> = match facet {
        Facet::Unit(unit) => cx.catalogue()[unit].children.clone(),
        Facet::State(_) | Facet::Kind(_) => Vec::new(),
    };
    let page = Page {
        by: cx.word(by),
        lead: cx.say(lead, &[("anno", (&word).into()), ("n", ids.len().into())]),
        title: title.clone(),
        unit: match facet {
            Facet::Unit(unit) => Some(Link::to(cx, Route::Unit(unit), cx.word("list.unit_page"))),
            Facet::State(_) | Facet::Kind(_) => None,
        },
        how: how(cx, year),
        total: cx.say("how.total", &[("n", ids.len().into())]),
        counts: match facet {
            Facet::State(_) => None,
            Facet::Unit(_) | Facet::Kind(_) => Some(Counts::of(cx, ids)),
        },
        parts: parts.into_iter().filter_map(|unit| choice(cx, year, Facet::Unit(unit))).collect(),
        groups: match facet {
            Facet::Unit(unit) => groups(cx, year, &shown(cx, unit, ids), |of| cx.catalogue().branch(of, unit)),
            Facet::State(_) | Facet::Kind(_) => groups(cx, year, ids, |of| cx.catalogue().directorate(of)),
        },
        others: of_year(cx, year),
        others_title: cx.say("list.others", &[("anno", (&word).into())]),
    };
    let year_title = cx.say("page.year", &[("anno", (&word).into())]);
    View {
        title,
        description: page.lead.clone(),
        crumbs: cx.crumbs(vec![(year_title.into(), Route::Year(year))], name),
        nav: Some(NavItem::Objectives),
        toc: Vec::new(),
        source: Some(source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

/// The ready-made lists of a year, but those of the units below a directorate, to which that of the directorate leads.
pub(super) fn of_year(cx: &PageContext<'_>, year: i16) -> Vec<FacetLists> {
    let catalogue = cx.catalogue();
    let alone = cx.site.administrations().len() < 2;
    let whole = cx.site.objectives_of_year(year).len() <= LINKS;
    let is_listed = |facet: &Facet| match facet {
        Facet::Unit(unit) => match catalogue[*unit].parent {
            Some(parent) => catalogue[parent].parent.is_none(),
            // The page of the year is the list of a lone administration, where it has room.
            None => !(alone && whole),
        },
        Facet::State(_) | Facet::Kind(_) => true,
    };
    let facets: Vec<Facet> = cx.site.lists(year).map(|(facet, _)| facet).filter(is_listed).collect();
    facets
        .chunk_by(|a, b| std::mem::discriminant(a) == std::mem::discriminant(b))
        .map(|facets| FacetLists {
            title: cx.word(match facets[0] {
                Facet::State(_) => "list.by_state",
                Facet::Unit(_) => "list.by_unit",
                Facet::Kind(_) => "list.by_kind",
            }),
            links: facets.iter().filter_map(|facet| choice(cx, year, *facet)).collect(),
        })
        .collect()
}

/// A list with how many it holds; none where there is no such list.
fn choice(cx: &PageContext<'_>, year: i16, facet: Facet) -> Option<Choice> {
    let n = cx.site.list(year, facet).len();
    let title = qualified(cx, facet).map(|name| cx.say("list.entry", &[("nome", name.into()), ("n", n.into())]));
    (n > 0).then(|| Choice::of(cx, Route::List(year, facet), title))
}

/// What the objectives of a list have in common.
pub(super) fn name(cx: &PageContext<'_>, facet: Facet) -> Phrase {
    match facet {
        Facet::State(state) => cx.word(&format!("st.{}", state.key())).into(),
        Facet::Unit(unit) => cx.text(&cx.catalogue()[unit].name),
        Facet::Kind(kind) => {
            let kind = cx.known(&cx.catalogue()[cx.site.named_by(kind)].kind);
            kind.map_or_else(Phrase::default, |kind| kind.map(sentence_case))
        }
    }
}

/// The same, of a unit with its administration where the site is of several.
pub(super) fn qualified(cx: &PageContext<'_>, facet: Facet) -> Phrase {
    let name = name(cx, facet);
    match facet {
        Facet::Unit(unit) if cx.catalogue()[unit].parent.is_some() => match whose(cx, unit) {
            Some(whose) => name.map(|name| format!("{name} · {}", whose.text())),
            None => name,
        },
        _ => name,
    }
}

/// A name within a sentence: a state's without its capital, where the language has none there.
fn inside(cx: &PageContext<'_>, facet: Facet, name: &str) -> String {
    let mut chars = name.chars();
    match (facet, cx.lang(), chars.next()) {
        (Facet::State(_), Lang::It | Lang::En, Some(first)) => first.to_lowercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}

/// The objectives of a unit's list that stand on its page: all, or its own where the lists of its parts have the others.
fn shown(cx: &PageContext<'_>, unit: UnitId, ids: &[ObjectiveId]) -> Vec<ObjectiveId> {
    let all = ids.len() <= LINKS;
    ids.iter().copied().filter(|id| all || cx.catalogue().listed(*id).unit == unit).collect()
}
