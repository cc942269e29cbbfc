//! The newest updates, or all of a year, newest first.

use serde::Serialize;

use super::components::{Choice, Link, UpdateRow, page_source};
use super::{PageContext, Phrase, View};
use crate::catalogue::UpdateId;
use crate::model::NavItem;
use crate::render::limits::{FEW, ROWS};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: String,
    updates: Vec<UpdateRow>,
    /// Links to the updates, if they are too many for rows.
    links: Vec<Link>,
    years: Vec<Choice>,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let newest: Vec<UpdateId> = cx.catalogue().update_ids().take(FEW).collect();
    let title = cx.word("nav.updates");
    page(cx, &newest, Vec::new(), title.clone(), title)
}

pub(super) fn of_year(cx: &PageContext<'_>, year: i16) -> View {
    let word = year.to_string();
    let title = cx.format("upd.of_year", &[("anno", (&word).into())]);
    page(cx, cx.site.updates_of_year(year), vec![(cx.word("nav.updates").into(), Route::Updates)], title, word)
}

fn page(cx: &PageContext<'_>, ids: &[UpdateId], above: Vec<(Phrase, Route)>, title: String, here: String) -> View {
    let rows = ids.iter().map(|id| UpdateRow::of(cx, *id, true));
    let (updates, links) = if ids.len() <= ROWS {
        (rows.collect(), Vec::new())
    } else {
        let link = |row: UpdateRow| {
            let day = row.when.words;
            let meta = match row.meta {
                Some(meta) => meta.map(|meta| format!("{day} · {meta}")),
                None => day.into(),
            };
            Link { title: row.title, href: row.href, meta: Some(meta) }
        };
        (Vec::new(), rows.map(link).collect())
    };
    let year = |year: i16| Choice::of(cx, Route::UpdatesOf(year), year.to_string());
    let page = Page { title: title.clone(), updates, links, years: cx.site.years_of_updates().map(year).collect() };
    View {
        title,
        description: cx.word("page.updates_lead"),
        crumbs: cx.crumbs(above, here),
        nav: Some(NavItem::Updates),
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}
