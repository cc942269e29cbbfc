//! The feeds, with addresses that can be copied.

use serde::Serialize;

use super::{PageContext, View};
use crate::render::address::encoded;
use crate::render::limits::ROWS;
use crate::site::{Announcement, Role, Route};

#[derive(Serialize)]
struct Page {
    title: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    title: String,
    /// Note on the place of the feeds that there is no room for.
    note: Option<String>,
    feeds: Vec<Feed>,
}

#[derive(Serialize)]
struct Feed {
    title: String,
    href: String,
    url: String,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let title = cx.word("nav.feeds");
    let groups = ["fed.site", "fed.years", "fed.projects", "fed.units", "fed.others"].map(|key| {
        let mut files: Vec<Announcement> = all(cx).filter(|file| group(file.on) == key).collect();
        let many = key == "fed.projects" && files.len() > ROWS;
        if many {
            files.clear();
        }
        Group {
            title: cx.word(key),
            note: many.then(|| cx.word("fed.projects_own")),
            feeds: files.iter().map(|file| feed(cx, file)).collect(),
        }
    });
    let filled = |group: &Group| group.note.is_some() || !group.feeds.is_empty();
    let page = Page { title: title.clone(), groups: groups.into_iter().filter(filled).collect() };
    View {
        title: title.clone(),
        description: cx.word("page.feeds_lead"),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: None,
        toc: Vec::new(),
        source: None,
        page: tera::Value::from_serializable(&page),
    }
}

fn all(cx: &PageContext<'_>) -> impl Iterator<Item = Announcement> {
    cx.announced.all(cx.lang()).into_iter().filter(|file| file.role == Role::Feed)
}

fn group(on: Option<Route>) -> &'static str {
    match on {
        None | Some(Route::Home | Route::Feeds | Route::Updates) => "fed.site",
        Some(Route::Year(_)) => "fed.years",
        Some(Route::Project(_)) => "fed.projects",
        Some(Route::Unit(_)) => "fed.units",
        Some(_) => "fed.others",
    }
}

fn feed(cx: &PageContext<'_>, file: &Announcement) -> Feed {
    let href = encoded(&file.address);
    Feed { title: file.title.clone(), url: cx.site.settings.base.join(&href), href }
}

/// Name of a feed's format, in any language.
pub(super) fn format_name(media_type: &str) -> &str {
    match media_type {
        "application/rss+xml" => "RSS",
        "application/atom+xml" => "Atom",
        "application/feed+json" => "JSON Feed",
        "text/calendar" => "iCalendar",
        other => other,
    }
}
