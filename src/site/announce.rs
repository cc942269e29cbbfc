//! Files beside pages that pages name: feeds and data.

use std::borrow::Cow;

use super::graph::Site;
use super::route::{Page, Route};
use crate::incremental::query::{self, Query};
use crate::model::Lang;
use crate::text::Strings;

/// A file beside a page that says the same in another format: a feed, a table, a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Announcement {
    /// The language of the pages that name it.
    pub(crate) lang: Lang,
    /// The page that names it; none where every page of the language does.
    pub(crate) on: Option<Route>,
    /// Role for a reader: feed or data.
    pub(crate) role: Role,
    /// Media type, such as `application/rss+xml`.
    pub(crate) media_type: &'static str,
    /// Title in the site's language.
    pub(crate) title: String,
    /// Address, relative to the site's root.
    pub(crate) address: String,
}

/// Role of an announced file for a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// News to subscribe to.
    Feed,
    /// The data of the page.
    Data,
}

/// Announcements of an export, in the words of a language: on a page, or for `None` on every page. They depend on the titles
/// and addresses of the site and on the words alone.
pub(crate) type Announce = fn(&Site, &Strings, Option<Route>) -> Vec<Announcement>;

/// Announcements of all exports, so that no template names a feed.
#[derive(Debug)]
pub(crate) struct Announcements<'a> {
    site: &'a Site,
    languages: &'a [Strings],
    exports: Vec<Announce>,
    every: Vec<Announcement>,
}

impl<'a> Announcements<'a> {
    /// Announcements of exports on the pages of a site.
    pub(crate) fn new(site: &'a Site, languages: &'a [Strings], exports: Vec<Announce>) -> Self {
        let every = languages
            .iter()
            .flat_map(|strings| exports.iter().flat_map(|export| export(site, strings, None)));
        Self { every: every.collect(), site, languages, exports }
    }

    /// Announcements of the page itself, then those of every page.
    pub(crate) fn of(&self, page: Page) -> Vec<Cow<'_, Announcement>> {
        query::trace(page.route.record().map_or(Query::AllAnnounced, Query::Announced));
        let every = self.every.iter().filter(|announcement| announcement.lang == page.lang);
        self.on(page.route, page.lang)
            .into_iter()
            .map(Cow::Owned)
            .chain(every.map(Cow::Borrowed))
            .collect()
    }

    /// Announcements of every page, language by language.
    pub(crate) fn everywhere(&self) -> &[Announcement] {
        &self.every
    }

    /// All in a language, site-wide ones first.
    pub(crate) fn all(&self, lang: Lang) -> Vec<Announcement> {
        query::trace(Query::AllAnnounced);
        let announced = || self.site.routes().into_iter().flat_map(|route| self.on(route, lang)).collect::<Vec<_>>();
        let (on_pages, _) = query::traced(announced);
        let every = self.every.iter().filter(|announcement| announcement.lang == lang).cloned();
        let mut all: Vec<Announcement> = every.chain(on_pages).collect();
        all.sort_by(|a, b| a.on.cmp(&b.on).then_with(|| a.address.cmp(&b.address)));
        all
    }

    /// Those of a page alone. The queries that they need are answered by the announcements' own.
    fn on(&self, route: Route, lang: Lang) -> Vec<Announcement> {
        let Some(strings) = self.languages.iter().find(|strings| strings.lang() == lang) else { return Vec::new() };
        let announce = || self.exports.iter().flat_map(|export| export(self.site, strings, Some(route))).collect();
        query::traced(announce).0
    }
}
