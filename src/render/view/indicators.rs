//! All indicators that were measured in more than one year.

use serde::Serialize;

use super::part::{Link, source, whose};
use super::{Cx, View};
use crate::model::{Indicator, ThreadPoint};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: String,
    links: Vec<Link>,
}

/// The indicator of one year of a thread.
pub(super) fn measured<'a>(cx: &Cx<'a>, point: &ThreadPoint) -> &'a Indicator {
    &cx.catalogue()[point.objective].indicators[point.indicator]
}

pub(super) fn view(cx: &Cx<'_>) -> View {
    let word = cx.word("nav.indicators");
    let links = cx.catalogue().thread_ids().map(|id| {
        let thread = &cx.catalogue()[id];
        let mut years: Vec<String> = thread
            .points
            .iter()
            .map(|point| cx.catalogue()[point.objective].year.to_string())
            .collect();
        years.dedup();
        let n = years.len();
        let line = cx.say("ind.years", &[("n", n.into()), ("anni", (&years.join(", ")).into())]);
        let meta = match whose(cx, thread.administration) {
            Some(whose) => whose.map(|whose| format!("{line} · {whose}")),
            None => line.into(),
        };
        Link::to(cx, Route::Thread(id), cx.title(Route::Thread(id))).with(meta)
    });
    let page = Page { title: word.clone(), links: links.collect() };
    View {
        title: word.clone(),
        description: cx.word("page.indicators_lead"),
        crumbs: cx.crumbs(Vec::new(), word),
        nav: None,
        toc: Vec::new(),
        source: Some(source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}
