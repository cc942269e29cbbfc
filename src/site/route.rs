//! Pages of a site: their routes, and one table of the pages that a site has once.

use super::lists::Facet;
use crate::catalogue::{NodeId, ObjectiveId, PageId, PlanId, ProjectId, SeriesId, UnitId, UpdateId};
use crate::incremental::query::{RecordId, RecordKind};
use crate::model::{AddressWords, Lang};

/// A page in one of the site's languages. Each has one address, and each address one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Page {
    /// The language of its words, as far as somebody wrote them in it.
    pub(crate) lang: Lang,
    /// Subject.
    pub(crate) route: Route,
}

/// A page that a site has once, beside its [`Route`]: a line of [`SINGLES`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Single {
    /// The page.
    pub(crate) route: Route,
    /// The kind of page, which is also the name of its template and its name among `site.pages`.
    pub(crate) kind: &'static str,
    /// The folder that it lies in.
    pub(super) folder: Folder,
    /// The key of its name in menus and lists.
    pub(crate) title: &'static str,
    /// The type of the page in the terms of schema.org.
    pub(crate) schema: &'static str,
    /// True if the map of the site has a branch for it.
    pub(crate) is_in_map: bool,
    /// True if search engines may find it: it stands in `sitemap.xml`.
    pub(crate) is_indexed: bool,
}

/// The folder of a page that a site has once.
#[derive(Clone, Copy, Debug)]
pub(super) enum Folder {
    /// No folder: it is the first page of its language.
    Root,
    /// No folder: it is the file of this name.
    File(&'static str),
    /// A folder of the same name in every language.
    Fixed(&'static str),
    /// A folder whose name is a word of the language.
    Word(fn(&AddressWords) -> &'static str),
}

/// A page that lists others, in the terms of schema.org.
const COLLECTION: &str = "CollectionPage";

/// Any other page, in the terms of schema.org.
const PAGE: &str = "WebPage";

/// Declares [`Route`] and [`SINGLES`]: pages about records, each with its kind; lists that a site has of several years or
/// letters, each with its kind; and pages that a site has once, each with its line of the table.
macro_rules! routes {
    (
        records { $($(#[doc = $about:literal])+ $record:ident($id:ty): $record_kind:literal,)* }
        lists { $($(#[doc = $holds:literal])+ $list:ident($($key:ty),+): $list_kind:literal,)* }
        singles { $($(#[doc = $is:literal])+ $single:ident { $($field:ident: $value:expr),* $(,)? })* }
    ) => {
        /// The subject of a page, in whichever language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Route {
            $($(#[doc = $holds])+ $list($($key),+),)*
            $($(#[doc = $about])+ $record($id),)*
            $($(#[doc = $is])+ $single,)*
        }

        /// Every page that a site has once, in the order of the site's pages.
        pub(crate) const SINGLES: &[Single] = &[$(Single { route: Route::$single, $($field: $value),* }),*];

        impl Route {
            /// The record that it is about.
            pub(crate) fn record(self) -> Option<RecordId> {
                match self {
                    $(Self::$record(id) => Some(id.into()),)*
                    _ => None,
                }
            }

            /// Line of [`SINGLES`]; none if the site may have several of its kind.
            pub(crate) fn single(self) -> Option<&'static Single> {
                match self {
                    $(Self::$single => {
                        const SINGLE: Single = Single { route: Route::$single, $($field: $value),* };
                        Some(&SINGLE)
                    })*
                    _ => None,
                }
            }

            /// The kind of page, which is also the name of its template.
            pub(crate) fn kind(self) -> &'static str {
                match self {
                    $(Self::$record(..) => $record_kind,)*
                    $(Self::$list(..) => $list_kind,)*
                    $(Self::$single)|* => self.single().map_or("", |single| single.kind),
                }
            }

            /// The type of the page in the terms of schema.org.
            pub(crate) fn schema(self) -> &'static str {
                match self {
                    $(Self::$record(..))|* => PAGE,
                    $(Self::$list(..))|* => COLLECTION,
                    $(Self::$single)|* => self.single().map_or(PAGE, |single| single.schema),
                }
            }
        }
    };
}

routes! {
    records {
        /// One objective.
        Objective(ObjectiveId): "objective",
        /// One project.
        Project(ProjectId): "project",
        /// One update.
        Update(UpdateId): "update",
        /// One unit.
        Unit(UnitId): "unit",
        /// One plan.
        Plan(PlanId): "plan",
        /// One node of a plan.
        Node(NodeId): "node",
        /// One indicator over the years.
        Series(SeriesId): "indicator",
        /// A free page.
        Free(PageId): "page",
    }
    lists {
        /// The objectives of a year.
        Year(i16): "year",
        /// The objectives of a year that have something in common.
        List(i16, Facet): "list",
        /// The projects that begin in a year.
        ProjectsOf(i16): "projects",
        /// All updates of a year.
        UpdatesOf(i16): "updates",
        /// One part of the list of all pages, by letter and number, if the list is too long for one page.
        Part(Option<char>, u16): "letter",
    }
    singles {
        /// The first page.
        Home {
            kind: "home", folder: Folder::Root, title: "nav.home",
            schema: "WebSite", is_in_map: true, is_indexed: true,
        }
        /// All projects, or the years in which they begin.
        Projects {
            kind: "projects", folder: Folder::Word(|words| words.projects), title: "nav.projects",
            schema: COLLECTION, is_in_map: true, is_indexed: true,
        }
        /// The newest updates.
        Updates {
            kind: "updates", folder: Folder::Word(|words| words.updates), title: "nav.updates",
            schema: COLLECTION, is_in_map: true, is_indexed: true,
        }
        /// All units.
        Units {
            kind: "units", folder: Folder::Word(|words| words.units), title: "nav.offices",
            schema: COLLECTION, is_in_map: true, is_indexed: true,
        }
        /// All plans.
        Plans {
            kind: "plans", folder: Folder::Word(|words| words.plans), title: "nav.plans",
            schema: COLLECTION, is_in_map: true, is_indexed: true,
        }
        /// All indicators that go on over years.
        SeriesList {
            kind: "indicators", folder: Folder::Word(|words| words.series), title: "nav.indicators",
            schema: COLLECTION, is_in_map: true, is_indexed: true,
        }
        /// The search, and the list of all pages from A to Z.
        Search {
            kind: "search", folder: Folder::Word(|words| words.search), title: "page.search_title",
            schema: COLLECTION, is_in_map: true, is_indexed: true,
        }
        /// The whole site as a tree.
        SiteMap {
            kind: "map", folder: Folder::Word(|words| words.map), title: "page.map_title",
            schema: PAGE, is_in_map: false, is_indexed: true,
        }
        /// The open data.
        Data {
            kind: "data", folder: Folder::Word(|words| words.data), title: "nav.opendata",
            schema: PAGE, is_in_map: true, is_indexed: true,
        }
        /// The feeds.
        Feeds {
            kind: "feeds", folder: Folder::Fixed("feed"), title: "nav.feeds",
            schema: COLLECTION, is_in_map: true, is_indexed: true,
        }
        /// The page for addresses that don't exist.
        NotFound {
            kind: "404", folder: Folder::File("404.html"), title: "err.title",
            schema: PAGE, is_in_map: false, is_indexed: false,
        }
    }
}

impl Route {
    /// True if it is about one thing that an editor wrote, and not a list of such.
    pub(crate) fn is_record(self) -> bool {
        self.record().is_some()
    }

    /// True if search engines may find it: it stands in `sitemap.xml`.
    pub(crate) fn is_indexed(self) -> bool {
        self.single().is_none_or(|single| single.is_indexed)
    }
}

impl Single {
    /// The address of its page below the folder of a language.
    pub(super) fn address(&self, words: &AddressWords) -> String {
        match self.folder {
            Folder::Root => String::new(),
            Folder::File(name) => name.to_owned(),
            Folder::Fixed(folder) => [folder, "/"].concat(),
            Folder::Word(word) => [word(words), "/"].concat(),
        }
    }
}

impl AddressWords {
    /// The folders of the pages that a site has once, in the order of [`SINGLES`].
    pub(super) fn folders(&self) -> impl Iterator<Item = &'static str> {
        SINGLES.iter().filter_map(|single| match single.folder {
            Folder::Word(word) => Some(word(self)),
            Folder::Root | Folder::File(_) | Folder::Fixed(_) => None,
        })
    }
}

impl From<RecordId> for Route {
    fn from(RecordId(kind, place): RecordId) -> Self {
        match kind {
            RecordKind::Unit => Self::Unit(UnitId(place)),
            RecordKind::Plan => Self::Plan(PlanId(place)),
            RecordKind::Node => Self::Node(NodeId(place)),
            RecordKind::Objective => Self::Objective(ObjectiveId(place)),
            RecordKind::Project => Self::Project(ProjectId(place)),
            RecordKind::Update => Self::Update(UpdateId(place)),
            RecordKind::Series => Self::Series(SeriesId(place)),
            RecordKind::Page => Self::Free(PageId(place)),
        }
    }
}
