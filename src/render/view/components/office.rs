//! Units and the people who answer for a record.

use jiff::civil::Date;

use super::fact::Fact;
use super::title::sentence_case;
use crate::catalogue::{Unit, UnitId};
use crate::model::{Head, Named, Person};
use crate::render::view::context::PageContext;
use crate::render::view::phrase::Phrase;
use crate::site::Route;

/// Name of the administration that a unit belongs to, if the site is of several.
pub(crate) fn administration_name(cx: &PageContext<'_>, unit: UnitId) -> Option<Phrase> {
    let several = cx.site.administrations().len() > 1;
    several.then(|| cx.text(&cx.catalogue()[cx.catalogue().administration(unit)].name))
}

/// The units that are responsible for a record, from the directorate down, each with its heads in those years. `last_day`
/// is the record's, by which the time of publishing names goes.
pub(crate) fn responsible_units(
    cx: &PageContext<'_>,
    unit: UnitId,
    (from, to): (i16, i16),
    last_day: Option<Date>,
) -> Vec<Fact> {
    let catalogue = cx.catalogue();
    let mut chain: Vec<UnitId> = catalogue.chain(unit).collect();
    // The administration itself is responsible only if no office of it is.
    if chain.len() > 1 {
        chain.pop();
    }
    chain
        .into_iter()
        .rev()
        .map(|id| {
            let unit = &catalogue[id];
            let mut fact = Fact::new(unit_kind(cx, unit), cx.text(&unit.name)).with_href(cx.href(Route::Unit(id)));
            let heads = unit.heads.iter().filter(|head| (from..=to).any(|year| head.in_year(year)));
            fact.notes = heads.filter_map(|head| head_line(cx, head, last_day)).map(Phrase::from).collect();
            fact.notes.dedup();
            fact
        })
        .collect()
}

/// Kind of a unit, in the administration's word if it has one.
pub(crate) fn unit_kind(cx: &PageContext<'_>, unit: &Unit) -> Phrase {
    cx.optional_text(&unit.kind)
        .map_or_else(|| cx.word("lst.office").into(), |kind| kind.map(sentence_case))
}

/// The role of a head, and the name if it is published. Returns `None` if neither is.
pub(crate) fn head_line(cx: &PageContext<'_>, head: &Head, last_day: Option<Date>) -> Option<String> {
    match cx.site.settings.people.display(head.person(), true, last_day, cx.site.as_of) {
        Named::Full { role, name } => {
            let role = role.map_or_else(|| cx.word("obj.owner"), str::to_owned);
            Some(cx.format("val.colon", &[("nome", (&role).into()), ("valore", name.into())]))
        }
        Named::RoleOnly(role) => Some(role.to_owned()),
        Named::Unnamed => None,
    }
}

/// The person responsible for a part of a record of this unit: the role, then the name if it is published.
pub(crate) fn person(cx: &PageContext<'_>, person: &Person, unit: UnitId, last_day: Date) -> (String, Option<String>) {
    let is_head = cx.catalogue().is_head(person, unit);
    match cx.site.settings.people.display(person, is_head, Some(last_day), cx.site.as_of) {
        Named::Full { role: Some(role), name } => (role.to_owned(), Some(name.to_owned())),
        Named::Full { role: None, name } => (name.to_owned(), None),
        Named::RoleOnly(role) => (role.to_owned(), None),
        Named::Unnamed => (cx.word("val.unnamed"), None),
    }
}
