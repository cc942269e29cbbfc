//! Links to the ready-made lists of a year, by state, by office and by type.

use serde::Serialize;

use super::components::{Choice, administration_name, sentence_case};
use super::{PageContext, Phrase};
use crate::render::limits::LINKS;
use crate::site::{Facet, Route};

/// Ready-made lists of one year by one kind of facet.
#[derive(Serialize)]
pub(super) struct FacetLists {
    pub(crate) title: String,
    pub(crate) links: Vec<Choice>,
}

/// The ready-made lists of a year, except those of the units below a directorate, which its own list links to.
pub(super) fn lists_of_year(cx: &PageContext<'_>, year: i16) -> Vec<FacetLists> {
    let catalogue = cx.catalogue();
    let alone = cx.site.administrations().len() < 2;
    let fits_on_page = cx.site.objectives_of_year(year).len() <= LINKS;
    let is_listed = |facet: &Facet| match facet {
        Facet::Unit(unit) => match catalogue[*unit].parent {
            Some(parent) => catalogue[parent].parent.is_none(),
            // The page of the year is the list of a lone administration, if it has room.
            None => !(alone && fits_on_page),
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
            links: facets.iter().filter_map(|facet| list_choice(cx, year, *facet)).collect(),
        })
        .collect()
}

/// Link to a list, with its length. Returns `None` if there is no such list.
pub(super) fn list_choice(cx: &PageContext<'_>, year: i16, facet: Facet) -> Option<Choice> {
    let n = cx.site.list(year, facet).len();
    let title =
        qualified_name(cx, facet).map(|name| cx.format("list.entry", &[("nome", name.into()), ("n", n.into())]));
    (n > 0).then(|| Choice::of(cx, Route::List(year, facet), title))
}

/// Name of the state, unit or type that the objectives of a list have in common.
pub(super) fn facet_name(cx: &PageContext<'_>, facet: Facet) -> Phrase {
    match facet {
        Facet::State(state) => cx.word(&format!("st.{}", state.key())).into(),
        Facet::Unit(unit) => cx.text(&cx.catalogue()[unit].name),
        Facet::Kind(kind) => {
            let kind = cx.optional_text(&cx.catalogue()[cx.site.named_by(kind)].kind);
            kind.map_or_else(Phrase::default, |kind| kind.map(sentence_case))
        }
    }
}

/// Variant of [`facet_name`] that adds a unit's administration if the site is of several.
pub(super) fn qualified_name(cx: &PageContext<'_>, facet: Facet) -> Phrase {
    let name = facet_name(cx, facet);
    match facet {
        Facet::Unit(unit) if cx.catalogue()[unit].parent.is_some() => match administration_name(cx, unit) {
            Some(whose) => name.map(|name| format!("{name} · {}", whose.text())),
            None => name,
        },
        _ => name,
    }
}
