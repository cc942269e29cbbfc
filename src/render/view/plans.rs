//! All plans, by administration.

use std::collections::BTreeMap;

use serde::Serialize;

use super::components::{Link, page_source};
use super::{PageContext, Phrase, View};
use crate::catalogue::{PlanId, UnitId};
use crate::model::{NavItem, Written, Years};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: Phrase,
    links: Vec<Link>,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let catalogue = cx.catalogue();
    let title = cx.word("nav.plans");
    let mut groups: BTreeMap<UnitId, Vec<Link>> = BTreeMap::new();
    for id in catalogue.plan_ids() {
        groups.entry(catalogue[id].administration).or_default().push(link(cx, id));
    }
    let group =
        |(administration, links): (UnitId, Vec<Link>)| Group { title: cx.text(&catalogue[administration].name), links };
    let page = Page { title: title.clone(), groups: groups.into_iter().map(group).collect() };
    View {
        title: title.clone(),
        description: cx.word("page.plans_lead"),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: Some(NavItem::Plans),
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

fn link(cx: &PageContext<'_>, id: PlanId) -> Link {
    let plan = &cx.catalogue()[id];
    let validity = plan.validity.as_ref().map(|validity| validity_words(cx, validity));
    let meta = Phrase::joined(cx.optional_text(&plan.scheme), validity.as_slice());
    Link { meta, ..Link::to(cx, Route::Plan(id), cx.text(&plan.title)) }
}

/// The years of a plan in words.
pub(super) fn validity_words(cx: &PageContext<'_>, validity: &Written<Option<Years>>) -> String {
    let Some(years) = validity.read() else { return validity.text().to_owned() };
    let [first, last] = [years.first(), years.last()].map(|year| year.to_string());
    match (years.first(), years.last()) {
        (same, other) if same == other => first,
        (i16::MIN, _) => cx.format("unit.until", &[("anno", (&last).into())]),
        (_, i16::MAX) => cx.format("unit.since", &[("anno", (&first).into())]),
        _ => cx.format("unit.span", &[("da", (&first).into()), ("a", (&last).into())]),
    }
}
