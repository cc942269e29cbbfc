//! All indicators that were measured in more than one year.

use serde::Serialize;

use super::components::{Link, administration_name, page_source};
use super::{PageContext, View};
use crate::catalogue::{Indicator, SeriesPoint};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: String,
    links: Vec<Link>,
}

/// The indicator of one year of a series.
pub(super) fn indicator_of<'a>(cx: &PageContext<'a>, point: &SeriesPoint) -> &'a Indicator {
    &cx.catalogue()[point.objective].indicators[point.indicator]
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let word = cx.word("nav.indicators");
    let links = cx.catalogue().series_ids().map(|id| {
        let series = &cx.catalogue()[id];
        let mut years: Vec<String> = series
            .points
            .iter()
            .map(|point| cx.catalogue()[point.objective].year.to_string())
            .collect();
        years.dedup();
        let n = years.len();
        let line = cx.format("ind.years", &[("n", n.into()), ("anni", (&years.join(", ")).into())]);
        let meta = match administration_name(cx, series.administration) {
            Some(whose) => whose.map(|whose| format!("{line} · {whose}")),
            None => line.into(),
        };
        Link::to(cx, Route::Series(id), cx.title(Route::Series(id))).with_meta(meta)
    });
    let page = Page { title: word.clone(), links: links.collect() };
    View {
        title: word.clone(),
        description: cx.word("page.indicators_lead"),
        crumbs: cx.crumbs(Vec::new(), word),
        nav: None,
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}
