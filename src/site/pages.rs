//! Pages of a site, and their addresses.

use super::graph::Site;
use super::listing::{self, LetterPage};
use super::lists::Facet;
use super::route::{Page, Route, SINGLES};
use crate::catalogue::{Catalogue, UpdateId};
use crate::incremental::query::{self, Query};
use crate::model::{AddressWords, Attachment, Lang, Translated};
use crate::output::OutputPath;

/// Number of documents of a search that are described together: few, because the results of a search are of many such.
pub(crate) const DOCUMENTS: usize = 16;

impl Site {
    /// Every page, language by language, in a fixed order.
    pub(crate) fn pages(&self) -> Vec<Page> {
        let routes = self.routes();
        let pages_in = |lang: &Lang| {
            let lang = *lang;
            routes.iter().map(move |route| Page { lang, route: *route })
        };
        self.settings.languages.iter().flat_map(pages_in).filter(|page| self.has(*page)).collect()
    }

    /// True if a page is published in its language.
    fn has(&self, page: Page) -> bool {
        match page.route {
            // Web servers know one page for wrong addresses, which is in the first language.
            Route::NotFound => page.lang == self.settings.language(),
            Route::Part(..) => listing::separate_parts(self.listing(page.lang))
                .iter()
                .any(|part| part.route() == page.route),
            _ => true,
        }
    }

    /// A page in the site's first language, in which records are cited.
    pub(crate) fn page(&self, route: Route) -> Page {
        Page { lang: self.settings.language(), route }
    }

    /// Routes of all pages, each once, in a fixed order.
    pub(super) fn routes(&self) -> Vec<Route> {
        let mut routes = Vec::new();
        for single in SINGLES {
            routes.push(single.route);
            self.routes_after(single.route, &mut routes);
        }
        routes
    }

    /// Adds the pages that follow a page of [`SINGLES`]: those that it lists, and those that have no list.
    fn routes_after(&self, single: Route, routes: &mut Vec<Route>) {
        let catalogue = &self.catalogue;
        match single {
            Route::Home => {
                let newest_first: Vec<i16> = self.years().collect();
                routes.extend(newest_first.iter().map(|year| Route::Year(*year)));
                let lists = |year: i16| self.lists(year).map(move |(facet, _)| Route::List(year, facet));
                routes.extend(newest_first.into_iter().rev().flat_map(lists));
                routes.extend(catalogue.objective_ids().map(Route::Objective));
            }
            Route::Projects => {
                routes.extend(self.years_of_projects().map(Route::ProjectsOf));
                routes.extend(catalogue.project_ids().map(Route::Project));
            }
            Route::Updates => {
                routes.extend(self.years_of_updates().map(Route::UpdatesOf));
                routes.extend(catalogue.update_ids().map(Route::Update));
            }
            Route::Units => routes.extend(catalogue.unit_ids().map(Route::Unit)),
            Route::Plans => {
                routes.extend(catalogue.plan_ids().map(Route::Plan));
                routes.extend(catalogue.node_ids().map(Route::Node));
            }
            Route::SeriesList => routes.extend(catalogue.series_ids().map(Route::Series)),
            Route::Search => {
                let parts = self
                    .settings
                    .languages
                    .iter()
                    .flat_map(|lang| listing::separate_parts(self.listing(*lang)));
                let mut parts: Vec<Route> = parts.map(LetterPage::route).collect();
                parts.sort_unstable();
                parts.dedup();
                routes.extend(parts);
            }
            Route::Feeds => routes.extend(catalogue.page_ids().map(Route::Free)),
            _ => {}
        }
    }

    /// The address of a page, relative to the site's root; it ends in `/`, but for the home's, which is empty, and
    /// that of the page for wrong addresses, which is a file.
    pub(crate) fn address(&self, page: Page) -> String {
        match page.route {
            Route::List(_, Facet::Unit(unit)) => query::trace(Query::Address(unit.into())),
            Route::List(_, Facet::Kind(_)) => query::trace(Query::Types),
            route => route.record().into_iter().for_each(|record| query::trace(Query::Address(record))),
        }
        let address = self.directory.addresses.of(page.route, AddressWords::of(page.lang));
        if page.lang == self.settings.language() { address } else { format!("{}/{address}", page.lang.code()) }
    }

    /// The page at an address, with or without its last `/` or `index.html`.
    pub(crate) fn find(&self, address: &str) -> Option<Page> {
        query::trace(Query::Links);
        let address = address.strip_suffix("index.html").unwrap_or(address).trim_matches('/');
        let (first, rest) = address.split_once('/').unwrap_or((address, ""));
        let other = self.settings.languages.iter().skip(1).find(|lang| lang.code() == first);
        let page = match other {
            None => self.page(*self.directory.routes.get(address)?),
            Some(lang) => {
                let own = AddressWords::of(*lang).translate(rest, AddressWords::of(self.settings.language()));
                Page { lang: *lang, route: *self.directory.routes.get(&*own)? }
            }
        };
        // A word of one language is no address in another.
        (self.has(page) && self.address(page).trim_end_matches('/') == address).then_some(page)
    }

    /// The files at old addresses of pages, each with the page that has moved from there.
    pub(crate) fn moved(&self) -> &[(OutputPath, Route)] {
        &self.redirects
    }

    /// The absolute address of a page.
    pub(crate) fn canonical(&self, page: Page) -> String {
        self.settings.base.join(&self.address(page))
    }

    /// The absolute address of a record's page in the first language, by which data cite it.
    pub(crate) fn cited(&self, route: Route) -> String {
        self.canonical(self.page(route))
    }

    /// The file that holds a page, relative to the output folder.
    pub(crate) fn file(&self, page: Page) -> String {
        match page.route {
            Route::NotFound => self.address(page),
            _ => self.address(page) + "index.html",
        }
    }

    /// The page in every language of the site, in their order. For a language in which it isn't published, the page from
    /// which readers can go on.
    pub(crate) fn in_every_language(&self, route: Route) -> impl Iterator<Item = Page> + '_ {
        self.settings.languages.iter().map(move |lang| {
            let same = Page { lang: *lang, route };
            let route = match route {
                _ if self.has(same) => route,
                Route::Part(..) => Route::Search,
                _ => Route::Home,
            };
            Page { route, ..same }
        })
    }

    /// Every page that is about one thing, in the order of equally good results of a search: things that people know by
    /// name first, then the newest.
    pub(crate) fn documents(&self) -> &[Route] {
        query::trace(Query::Uncacheable);
        &self.documents
    }

    /// The `nth` group of [`DOCUMENTS`] documents, from 0 on.
    pub(crate) fn some_documents(&self, nth: usize) -> &[Route] {
        query::trace(u32::try_from(nth).map_or(Query::Uncacheable, Query::Documents));
        self.documents.chunks(DOCUMENTS).nth(nth).unwrap_or_default()
    }

    pub(super) fn things(&self) -> Vec<Route> {
        let catalogue = &self.catalogue;
        let mut updates: Vec<UpdateId> = catalogue.update_ids().collect();
        updates.sort_by_key(|id| std::cmp::Reverse(catalogue[*id].date));
        (catalogue.unit_ids().map(Route::Unit))
            .chain(catalogue.page_ids().map(Route::Free))
            .chain(catalogue.plan_ids().map(Route::Plan))
            .chain(catalogue.node_ids().map(Route::Node))
            .chain(catalogue.series_ids().map(Route::Series))
            .chain(catalogue.project_ids().map(Route::Project))
            .chain(self.years().flat_map(|year| self.objectives_of_year(year)).copied().map(Route::Objective))
            .chain(updates.into_iter().map(Route::Update))
            .collect()
    }

    /// The files beside records, each with its address.
    pub(crate) fn attachments(&self) -> Vec<(String, &Attachment)> {
        let catalogue = &self.catalogue;
        let mut all: Vec<(Route, &Attachment)> = Vec::new();
        for objective in &catalogue.objectives {
            all.extend(objective.attachments.iter().map(|file| (Route::Year(objective.year), file)));
        }
        for id in catalogue.project_ids() {
            all.extend(catalogue[id].attachments.iter().map(|file| (Route::Project(id), file)));
        }
        for id in catalogue.page_ids() {
            all.extend(catalogue[id].attachments.iter().map(|file| (Route::Free(id), file)));
        }
        all.into_iter().map(|(folder, file)| (self.attachment(folder, file), file)).collect()
    }

    /// The address of a file beside a record: below the page of its folder.
    pub(crate) fn attachment(&self, folder: Route, file: &Attachment) -> String {
        format!("{}{}", self.address(self.page(folder)), file.name)
    }
}

impl Site {
    /// The list of all pages of a language, in its order; empty if the site isn't in that language.
    pub(crate) fn listing(&self, lang: Lang) -> &[LetterPage] {
        query::trace(Query::Listing);
        self.listings.iter().find(|(other, _)| *other == lang).map_or(&[], |(_, parts)| parts)
    }

    /// True if the list of all pages is short enough for the search page itself.
    pub(crate) fn lists_at_once(&self, lang: Lang) -> bool {
        listing::separate_parts(self.listing(lang)).is_empty()
    }

    /// The pages of records, kind by kind in the catalogue's order.
    pub(crate) fn records(&self) -> impl Iterator<Item = Route> {
        of_records(&self.catalogue)
    }

    /// The title of a record or a free page. Returns `None` for all other pages.
    pub(crate) fn title(&self, route: Route) -> Option<&Translated<String>> {
        let record = route.record()?;
        query::trace(Query::Title(record));
        Some(self.titles.get(record))
    }
}

/// The pages of records, kind by kind in the catalogue's order.
fn of_records(catalogue: &Catalogue) -> impl Iterator<Item = Route> {
    (catalogue.objective_ids().map(Route::Objective))
        .chain(catalogue.project_ids().map(Route::Project))
        .chain(catalogue.update_ids().map(Route::Update))
        .chain(catalogue.unit_ids().map(Route::Unit))
        .chain(catalogue.plan_ids().map(Route::Plan))
        .chain(catalogue.node_ids().map(Route::Node))
        .chain(catalogue.series_ids().map(Route::Series))
}
