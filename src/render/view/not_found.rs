//! The page for a wrong address: links to where else to look.

use serde::Serialize;

use super::components::Link;
use super::{PageContext, View};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    links: Vec<Link>,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let word = |key: &str, route: Route| Link::to(cx, route, cx.word(key));
    let years = cx
        .site
        .years()
        .map(|year| Link::to(cx, Route::Year(year), cx.format("page.year", &[("anno", (&year.to_string()).into())])));
    let links = [word("nav.home", Route::Home), word("page.search_title", Route::Search)]
        .into_iter()
        .chain(years)
        .chain([
            word("nav.projects", Route::Projects),
            word("nav.offices", Route::Units),
            word("nav.plans", Route::Plans),
        ])
        .collect();
    View {
        title: cx.word("err.title"),
        description: cx.word("err.lead"),
        crumbs: Vec::new(),
        nav: None,
        toc: Vec::new(),
        source: None,
        page: tera::Value::from_serializable(&Page { links }),
    }
}
