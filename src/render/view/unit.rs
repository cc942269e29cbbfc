//! One office: its promises and their outcomes, its projects, its contacts.

use serde::Serialize;

use super::components::{
    Fact, Link, ObjectiveGroup, ProjectList, administration_name, group_by_year, head_line, record_source, unit_kind,
    year_heading,
};
use super::counts::Counts;
use super::units::Branch;
use super::{PageContext, Phrase, TocEntry, View};
use crate::catalogue::{Contact, ObjectiveId, Unit, UnitId};
use crate::model::{Head, NavItem};
use crate::render::limits::FEW;
use crate::site::{Facet, Route};

#[derive(Serialize)]
struct Page {
    kind: Phrase,
    administration: Option<Phrase>,
    title: Phrase,
    lead: Option<Phrase>,
    lines: Vec<String>,
    facts: Vec<Fact>,
    last_year: Option<LastYear>,
    years: Vec<ObjectiveGroup>,
    /// The lists of the years that there is no room for.
    lists: Vec<Link>,
    projects: ProjectList,
    empty: bool,
    heads: Vec<String>,
    children: Vec<Branch>,
    contacts: Vec<Fact>,
}

#[derive(Serialize)]
struct LastYear {
    title: String,
    line: String,
    counts: Counts,
}

pub(super) fn view(cx: &PageContext<'_>, id: UnitId) -> View {
    let catalogue = cx.catalogue();
    let unit = &catalogue[id];
    let objectives = cx.site.objectives_of_unit(id);
    let projects = cx.site.projects_of_unit(id);
    let mut above: Vec<UnitId> = catalogue.chain(id).skip(1).collect();
    above.reverse();
    let (title, lead) = (cx.text(&unit.name), cx.optional_text(&unit.description));
    let years = group_by_year(cx, objectives);
    let (years, others) = years.split_at(recent_count(&years));
    let list = |(year, ids): &(i16, &[ObjectiveId])| {
        let title = cx.format("list.in_year", &[("n", ids.len().into()), ("anno", (&year.to_string()).into())]);
        Link::to(cx, Route::List(*year, Facet::Unit(id)), title)
    };
    let page = Page {
        kind: unit_kind(cx, unit),
        administration: administration_name(cx, id).filter(|_| unit.parent.is_some()),
        title: title.clone(),
        lead: lead.clone(),
        lines: lines(cx, unit),
        facts: facts(cx, unit),
        last_year: last_year(cx, objectives),
        years: ObjectiveGroup::of_years(cx, years),
        lists: others.iter().map(list).collect(),
        projects: ProjectList::below(cx, projects),
        empty: objectives.is_empty() && projects.is_empty(),
        heads: heads(cx, unit),
        children: unit.children.iter().map(|child| Branch::of_unit(cx, *child)).collect(),
        contacts: unit.contact.as_ref().map_or_else(Vec::new, |contact| contacts(cx, contact)),
    };
    let mut crumbs = vec![(cx.word("nav.offices").into(), Route::Units)];
    crumbs.extend(above.iter().map(|id| (cx.text(&catalogue[*id].name), Route::Unit(*id))));
    View {
        title: title.text().to_owned(),
        description: match &lead {
            Some(lead) => lead.text().to_owned(),
            None => cx.format("unit.summary", &[("nome", (&title).into())]),
        },
        crumbs: cx.crumbs(crumbs, title),
        nav: Some(NavItem::Offices),
        toc: page
            .last_year
            .iter()
            .map(|year| TocEntry { id: "state".to_owned(), title: year.title.clone() })
            .chain(cx.toc(&[
                (!objectives.is_empty(), "objectives", "unit.objectives"),
                (!projects.is_empty(), "projects", "unit.projects"),
                (true, "heads", "unit.heads"),
                (!page.children.is_empty(), "units", "unit.sub_units"),
                (true, "contacts", "unit.contacts"),
            ]))
            .collect(),
        source: Some(record_source(cx, cx.translated_origin(&unit.origin, &unit.translations), None, None)),
        page: tera::Value::from_serializable(&page),
    }
}

/// Number of the newest years that a page has room for.
fn recent_count(years: &[(i16, &[ObjectiveId])]) -> usize {
    let mut room = FEW;
    let mut fits = |ids: &[ObjectiveId]| room.checked_sub(ids.len()).map(|left| room = left).is_some();
    years.iter().take_while(|(_, ids)| fits(ids)).count()
}

fn lines(cx: &PageContext<'_>, unit: &Unit) -> Vec<String> {
    let aliases = unit.aliases.join(", ");
    (!aliases.is_empty())
        .then(|| cx.format("unit.aliases", &[("nomi", (&aliases).into())]))
        .into_iter()
        .collect()
}

fn facts(cx: &PageContext<'_>, unit: &Unit) -> Vec<Fact> {
    let link = |key: &str, id: UnitId| {
        Fact::new(cx.word(key), cx.text(&cx.catalogue()[id].name)).with_href(cx.href(Route::Unit(id)))
    };
    [
        unit.parent.map(|parent| link("unit.part_of", parent)),
        unit.succeeded_by.map(|successor| link("unit.succeeded", successor)),
        unit.ipa.as_ref().map(|ipa| Fact::new(cx.word("unit.ipa"), ipa.clone())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn last_year(cx: &PageContext<'_>, objectives: &[ObjectiveId]) -> Option<LastYear> {
    let year = cx.catalogue().listed(*objectives.last()?).year;
    let ids: Vec<ObjectiveId> =
        objectives.iter().filter(|id| cx.catalogue().listed(**id).year == year).copied().collect();
    Some(LastYear {
        title: year_heading(cx, year),
        line: cx.format("how.total", &[("n", ids.len().into())]),
        counts: Counts::of(cx, &ids),
    })
}

/// Heads of the unit, newest first, each with the years.
fn heads(cx: &PageContext<'_>, unit: &Unit) -> Vec<String> {
    let mut heads: Vec<&Head> = unit.heads.iter().collect();
    heads.sort_by_key(|head| std::cmp::Reverse((head.to().unwrap_or(i16::MAX), head.from())));
    heads
        .into_iter()
        .filter_map(|head| {
            let last_day = head.to().and_then(|year| jiff::civil::Date::new(year, 12, 31).ok());
            let line = head_line(cx, head, last_day)?;
            Some(cx.format("unit.head", &[("testo", (&line).into()), ("anni", (&years(cx, head)).into())]))
        })
        .collect()
}

fn years(cx: &PageContext<'_>, head: &Head) -> String {
    let [from, to] = [head.from(), head.to()].map(|year| year.map(|year| year.to_string()));
    match (&from, &to) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => cx.format("unit.span", &[("da", from.into()), ("a", to.into())]),
        (Some(from), None) => cx.format("unit.since", &[("anno", from.into())]),
        (None, Some(to)) => cx.format("unit.until", &[("anno", to.into())]),
        (None, None) => cx.word("unit.period_unknown"),
    }
}

fn contacts(cx: &PageContext<'_>, contact: &Contact) -> Vec<Fact> {
    let mail = |address: &String| format!("mailto:{address}");
    let link = |key: &str, text: &Option<String>, url: fn(&String) -> String| {
        text.as_ref().map(|text| Fact::new(cx.word(key), text.clone()).with_url(url(text)))
    };
    [
        link("unit.email", &contact.email, mail),
        link("unit.pec", &contact.pec, mail),
        contact.phone.as_ref().map(|phone| Fact::new(cx.word("unit.phone"), phone.clone())),
        contact
            .address
            .as_ref()
            .map(|address| Fact::new(cx.word("unit.address"), address.clone())),
        contact
            .url
            .as_ref()
            .map(|url| Fact::address(cx.word("unit.web"), url, url.read().cloned().unwrap_or_default())),
    ]
    .into_iter()
    .flatten()
    .collect()
}
