use rayon::prelude::*;

use super::{Page, Route};
use crate::incremental::query::{self, Query};
use crate::model::Lang;

/// A file beside a page that says the same in another format: a feed, a table, a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The language of the pages that name it.
    pub lang: Lang,
    /// The page that names it; none where every page of the language does.
    pub on: Option<Route>,
    /// What it is to a reader: feed or data.
    pub role: Role,
    /// Its media type, such as `application/rss+xml`.
    pub media_type: &'static str,
    /// What it is called in the site's language.
    pub title: String,
    /// Its address, relative to the site's root.
    pub address: String,
}

/// What an announced file is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// News to subscribe to.
    Feed,
    /// The data of the page.
    Data,
}

/// What exports announce, before any page is made: so no template names a feed.
#[derive(Debug, Default)]
pub struct Announcements {
    every: Vec<Announcement>,
    /// By page.
    pages: Vec<Announcement>,
}

impl Announcements {
    /// What the page itself announces, then what every page does.
    pub fn of(&self, page: Page) -> impl Iterator<Item = &Announcement> {
        query::trace(page.route.record().map_or(Query::AllAnnounced, Query::Announced));
        let every = self.every.iter().filter(move |announcement| announcement.lang == page.lang);
        let first = self.pages.partition_point(|announcement| announcement.page() < Some(page));
        let of = self.pages[first..]
            .iter()
            .take_while(move |announcement| announcement.page() == Some(page));
        of.chain(every)
    }

    /// What every page announces, language by language.
    pub fn everywhere(&self) -> impl Iterator<Item = &Announcement> {
        self.every.iter()
    }

    /// Every feed or table that pages of a language name, site-wide ones first.
    pub fn all(&self, lang: Lang) -> Vec<&Announcement> {
        query::trace(Query::AllAnnounced);
        let mut all: Vec<&Announcement> = (self.every.iter().chain(&self.pages))
            .filter(|announcement| announcement.lang == lang)
            .collect();
        all.sort_by(|a, b| a.on.cmp(&b.on).then_with(|| a.address.cmp(&b.address)));
        all
    }
}

impl FromParallelIterator<Announcement> for Announcements {
    fn from_par_iter<I: IntoParallelIterator<Item = Announcement>>(announcements: I) -> Self {
        let (mut pages, every): (Vec<_>, Vec<_>) =
            announcements.into_par_iter().partition(|announcement| announcement.on.is_some());
        pages.par_sort_by_key(Announcement::page);
        Self { every, pages }
    }
}

impl Announcement {
    /// The page that names it.
    fn page(&self) -> Option<Page> {
        Some(Page { lang: self.lang, route: self.on? })
    }
}
