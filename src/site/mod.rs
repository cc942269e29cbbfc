//! The site as a graph: every page, address, list and link target, decided once.
//!
//! Addresses are relative to the site's root, without a leading slash; that of a page ends in `/` and the home's is
//! empty. Only here is an address made; everyone else asks [`Site::address`].

mod accessibility;
mod address;
mod anchors;
mod announce;
mod citations;
mod directory;
mod directory_input;
mod fingerprints;
mod glossary;
mod html;
mod leftovers;
mod link;
mod listing;
mod lists;
mod markdown;
mod outline;
mod redirects;
mod texts;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;

pub use address::{AddressWords, slug, slugs};
pub use anchors::{REPORT_PREFIX, TemplateIds, id_prefix, is_top};
pub use announce::{Announce, Announcement, Announcements, Role};
pub use citations::check_cited;
pub use fingerprints::SiteFingerprints;
pub use glossary::{Glossary, Term};
pub use html::{ELEMENTS, Tag, TagScanner};
pub use leftovers::cells_beyond_head;
pub use link::{Broken, Link, Picture};
pub use listing::LetterPage;
pub use lists::{Facet, ObjectiveTypeId};
pub use markdown::{LINK_OPTIONS, MarkdownEvents};
pub use outline::{Heading, UniqueNames as Ids, outline, words};
pub use texts::check_texts;

use directory::Directory;
use directory_input::DirectoryInput;
use link::LinkSource;
use listing::{Listings, Titles};
use lists::{Descendants, DescendantsInput, ListInput, Lists};

use crate::diagnostic::Report;
use crate::incremental::query::{self, Query, RecordId, RecordKind};
use crate::incremental::{ByPointer, Last, LastEach};
use crate::model::{
    Amount, Attachment, CONTINUED, Catalogue, Indicator, IndicatorState, Lang, NodeId, Objective, ObjectiveId,
    ObjectiveState, PageId, Percent, Phase, PhaseState, PlanId, ProjectId, SeriesId, Settings, StateCounts, UnitId,
    UpdateId, WeighedPhase, Weighing, Written,
};
use crate::output::OutputPath;

/// A page in one of the site's languages. Each has one address, and each address one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Page {
    /// The language of its words, as far as somebody wrote them in it.
    pub lang: Lang,
    /// What it is about.
    pub route: Route,
}

/// What a page is about, in whichever language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The first page.
    Home,
    /// The objectives of a year.
    Year(i16),
    /// The objectives of a year that have something in common.
    List(i16, Facet),
    /// One objective.
    Objective(ObjectiveId),
    /// All projects, or the years in which they begin.
    Projects,
    /// The projects that begin in a year.
    ProjectsOf(i16),
    /// One project.
    Project(ProjectId),
    /// The newest updates.
    Updates,
    /// All updates of a year.
    UpdatesOf(i16),
    /// One update.
    Update(UpdateId),
    /// All units.
    Units,
    /// One unit.
    Unit(UnitId),
    /// All plans.
    Plans,
    /// One plan.
    Plan(PlanId),
    /// One node of a plan.
    Node(NodeId),
    /// All indicators that go on over years.
    SeriesList,
    /// One indicator over the years.
    Series(SeriesId),
    /// What finds a page: by its words, or from A to Z.
    Search,
    /// One part of the list of all pages, by letter and number, where the list is too long for one page.
    Part(Option<char>, u16),
    /// The whole site as a tree.
    SiteMap,
    /// The open data.
    Data,
    /// The feeds.
    Feeds,
    /// A free page.
    Free(PageId),
    /// What is shown for an address that there isn't.
    NotFound,
}

impl Route {
    /// Whether it is about one thing that an editor wrote, and no list of such.
    pub fn is_record(self) -> bool {
        self.record().is_some()
    }

    /// The record that it is about.
    pub fn record(self) -> Option<RecordId> {
        Some(match self {
            Self::Objective(id) => id.into(),
            Self::Project(id) => id.into(),
            Self::Update(id) => id.into(),
            Self::Unit(id) => id.into(),
            Self::Plan(id) => id.into(),
            Self::Node(id) => id.into(),
            Self::Series(id) => id.into(),
            Self::Free(id) => id.into(),
            Self::Home
            | Self::Year(_)
            | Self::List(..)
            | Self::Projects
            | Self::ProjectsOf(_)
            | Self::Updates
            | Self::UpdatesOf(_)
            | Self::Units
            | Self::Plans
            | Self::SeriesList
            | Self::Search
            | Self::SiteMap
            | Self::Part(..)
            | Self::Data
            | Self::Feeds
            | Self::NotFound => return None,
        })
    }

    /// The kind of page, which is also the name of its template.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Year(_) => "year",
            Self::List(..) => "list",
            Self::Objective(_) => "objective",
            Self::Projects | Self::ProjectsOf(_) => "projects",
            Self::Project(_) => "project",
            Self::Updates | Self::UpdatesOf(_) => "updates",
            Self::Update(_) => "update",
            Self::Units => "units",
            Self::Unit(_) => "unit",
            Self::Plans => "plans",
            Self::Plan(_) => "plan",
            Self::Node(_) => "node",
            Self::SeriesList => "indicators",
            Self::Series(_) => "indicator",
            Self::Search => "search",
            Self::Part(..) => "letter",
            Self::SiteMap => "map",
            Self::Data => "data",
            Self::Feeds => "feeds",
            Self::Free(_) => "page",
            Self::NotFound => "404",
        }
    }
}

/// What is known of an objective on the day of the build.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Its state: declared, else computed.
    pub state: ObjectiveState,
    /// The state of each indicator, computed, in their order.
    pub indicators: Vec<IndicatorState>,
    /// How many indicators are in which state, where a declaration fills in what figures leave open.
    pub counts: StateCounts<IndicatorState>,
    /// The state of each phase, in their order.
    pub phases: Vec<PhaseState>,
    /// The weights of the phases, and how much of the whole is done.
    pub weighing: Weighing,
}

/// The published content with its pages and addresses. No two pages share an address, on any file system.
#[derive(Debug)]
pub struct Site {
    /// The checked content.
    pub catalogue: Catalogue,
    /// What `site.toml` says.
    pub settings: Settings,
    /// The day on which "over" and "late" are judged.
    pub as_of: Date,
    /// The ids that the theme's templates write; none where no theme is known, and any id may be one.
    pub template_ids: Option<TemplateIds>,
    known: anchors::KnownAnchors,
    directory: Arc<Directory>,
    titles: Arc<Titles>,
    administrations: Vec<UnitId>,
    publisher: Option<UnitId>,
    judgements: Vec<Arc<Judgement>>,
    results: Vec<Vec<IndicatorState>>,
    years: BTreeMap<i16, Vec<ObjectiveId>>,
    lists: Arc<Lists>,
    project_years: BTreeMap<i16, Vec<ProjectId>>,
    update_years: BTreeMap<i16, Vec<UpdateId>>,
    below: Arc<Descendants>,
    node_budgets: Vec<Option<Budget>>,
    listings: Arc<Listings>,
    glossaries: Vec<(Lang, Glossary)>,
    redirects: Vec<(OutputPath, Route)>,
    documents: Vec<Route>,
}

/// How many documents of a search are described together: few, because the results of a search are of many such.
pub const DOCUMENTS: usize = 16;

/// How many projects one page can list.
const MANY_PROJECTS: usize = 800;

/// What projects are to cost together. Those that were called off are not counted.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// The sum of the amounts that are known.
    pub total: Amount,
    /// How many projects say an amount.
    pub known: usize,
    /// How many don't.
    pub silent: usize,
    /// How many were called off.
    pub cancelled: usize,
}

impl Hash for Budget {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { total, known, silent, cancelled } = self;
        (total.parts(), known, silent, cancelled).hash(state);
    }
}

impl Budget {
    /// None where no amount is known, or they are of several currencies.
    fn of(catalogue: &Catalogue, projects: &[ProjectId]) -> Option<Self> {
        let counted: Vec<ProjectId> = projects.iter().copied().filter(|id| !catalogue.is_cancelled(*id)).collect();
        let mut amounts = counted.iter().filter_map(|id| Some(*catalogue[*id].amount.as_ref()?.read()?));
        let first = amounts.next()?;
        let (total, known) =
            amounts.try_fold((first, 1), |(sum, n), amount| Some((sum.checked_add(amount).ok()?, n + 1)))?;
        let (silent, cancelled) = (counted.len() - known, projects.len() - counted.len());
        Some(Self { total, known, silent, cancelled })
    }
}

/// Results of the last plan, for the next one of the same site.
#[derive(Debug, Default)]
pub struct PlanCache {
    judgements: LastEach<(ByPointer<Objective>, Date), Arc<Judgement>>,
    lists: Last<ListInput, Lists>,
    below: Last<DescendantsInput, Descendants>,
    listings: Last<(Arc<Titles>, Vec<Lang>), Listings>,
    directory: Last<DirectoryInput, Directory>,
}

/// Decides every address and list of a catalogue. What would be the same as in the last plan is shared with it.
///
/// The report names addresses that two pages would share.
pub fn plan(catalogue: Catalogue, settings: Settings, as_of: Date, cache: &mut PlanCache) -> (Site, Report) {
    let languages = &settings.languages;
    let objectives = catalogue
        .objectives
        .iter()
        .map(|objective| (ByPointer(objective.clone()), as_of))
        .collect();
    let judgements = cache.judgements.get(objectives, |(objective, as_of)| Arc::new(judge(objective, *as_of)));
    let lists = cache.lists.get(ListInput::of(&catalogue, &judgements), Lists::of);
    let below = cache.below.get(DescendantsInput::of(&catalogue), Descendants::of);
    let titles = Arc::new(Titles::of(&catalogue));
    let listings = cache.listings.get((titles.clone(), languages.clone()), |(titles, languages)| {
        languages.iter().map(|lang| listing::listing(titles, *lang)).collect()
    });
    let years = by_year(catalogue.objective_ids(), |id| Some(catalogue[id].year));
    let update_years = by_year(catalogue.update_ids(), |id| Some(catalogue[id].date.year()));
    let project_years = match catalogue.projects.len() {
        0..=MANY_PROJECTS => BTreeMap::new(),
        _ => by_year(catalogue.project_ids(), |id| catalogue[id].first_year()),
    };
    let letters = listings.iter().flat_map(|(_, parts)| listing::apart(parts)).map(LetterPage::route);
    let input = DirectoryInput::of(&catalogue, languages, &lists, project_years.keys().copied(), letters.collect());
    let directory = cache.directory.get(input, Directory::of);
    let mut report = directory.problems.clone();
    report.extend(lists.types.problems.clone());
    let results = catalogue.project_ids().map(|id| judge_results(&catalogue, id, as_of)).collect();
    let node_budgets = below.node_projects.iter().map(|projects| Budget::of(&catalogue, projects)).collect();
    let glossaries = languages.iter().map(|lang| (*lang, glossary(&catalogue, *lang))).collect();
    let administrations: Vec<UnitId> = catalogue.unit_ids().filter(|id| catalogue[*id].parent.is_none()).collect();
    let is_city = |id: &&UnitId| *catalogue[**id].name == *settings.city.name;
    let publisher = administrations.iter().find(is_city).copied();
    let mut site = Site {
        catalogue,
        settings,
        as_of,
        template_ids: None,
        known: anchors::KnownAnchors::default(),
        directory,
        titles,
        administrations,
        publisher,
        judgements,
        results,
        years,
        lists,
        project_years,
        update_years,
        below,
        node_budgets,
        listings,
        glossaries,
        redirects: Vec::new(),
        documents: Vec::new(),
    };
    site.documents = site.things();
    report.extend(redirects::covered(&site));
    let (moved, problems) = redirects::settle(&site);
    site.redirects = moved;
    report.extend(problems);
    (site, report)
}

fn glossary(catalogue: &Catalogue, lang: Lang) -> Glossary {
    let explained = catalogue.page_ids().filter(|id| catalogue[*id].glossary);
    let texts: Vec<_> = explained.map(|id| (id, catalogue[id].body.read().or_own(lang))).collect();
    Glossary::of(&texts)
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

impl Site {
    /// Every page, language by language, in a fixed order.
    pub fn pages(&self) -> Vec<Page> {
        let routes = self.routes();
        let of = |lang: &Lang| {
            let lang = *lang;
            routes.iter().map(move |route| Page { lang, route: *route })
        };
        self.settings.languages.iter().flat_map(of).filter(|page| self.has(*page)).collect()
    }

    /// Whether a page is published in its language.
    fn has(&self, page: Page) -> bool {
        match page.route {
            // Web servers know one page for wrong addresses, which is in the first language.
            Route::NotFound => page.lang == self.settings.language(),
            Route::Part(..) => listing::apart(self.listing(page.lang)).iter().any(|part| part.route() == page.route),
            _ => true,
        }
    }

    /// A page in the site's first language, in which records are cited.
    pub fn page(&self, route: Route) -> Page {
        Page { lang: self.settings.language(), route }
    }

    /// What pages are about, each once, in a fixed order.
    fn routes(&self) -> Vec<Route> {
        let catalogue = &self.catalogue;
        let mut pages = vec![Route::Home];
        let mut years: Vec<i16> = self.years().collect();
        pages.extend(years.iter().map(|year| Route::Year(*year)));
        years.reverse();
        let lists = |year: i16| self.lists(year).map(move |(facet, _)| Route::List(year, facet));
        pages.extend(years.into_iter().flat_map(lists));
        pages.extend(catalogue.objective_ids().map(Route::Objective));
        pages.push(Route::Projects);
        pages.extend(self.years_of_projects().map(Route::ProjectsOf));
        pages.extend(catalogue.project_ids().map(Route::Project));
        pages.push(Route::Updates);
        pages.extend(self.years_of_updates().map(Route::UpdatesOf));
        pages.extend(catalogue.update_ids().map(Route::Update));
        pages.push(Route::Units);
        pages.extend(catalogue.unit_ids().map(Route::Unit));
        pages.push(Route::Plans);
        pages.extend(catalogue.plan_ids().map(Route::Plan));
        pages.extend(catalogue.node_ids().map(Route::Node));
        pages.push(Route::SeriesList);
        pages.extend(catalogue.series_ids().map(Route::Series));
        pages.push(Route::Search);
        let parts = self.settings.languages.iter().flat_map(|lang| listing::apart(self.listing(*lang)));
        let mut parts: Vec<Route> = parts.map(LetterPage::route).collect();
        parts.sort_unstable();
        parts.dedup();
        pages.extend(parts);
        pages.extend([Route::SiteMap, Route::Data, Route::Feeds]);
        pages.extend(catalogue.page_ids().map(Route::Free));
        pages.push(Route::NotFound);
        pages
    }

    /// The address of a page, relative to the site's root; it ends in `/`, but for the home's, which is empty, and
    /// that of the page for wrong addresses, which is a file.
    pub fn address(&self, page: Page) -> String {
        match page.route {
            Route::List(_, Facet::Unit(unit)) => query::trace(Query::Address(unit.into())),
            Route::List(_, Facet::Kind(_)) => query::trace(Query::Types),
            route => route.record().into_iter().for_each(|record| query::trace(Query::Address(record))),
        }
        let address = self.directory.addresses.of(page.route, AddressWords::of(page.lang));
        if page.lang == self.settings.language() { address } else { format!("{}/{address}", page.lang.code()) }
    }

    /// The page at an address, with or without its last `/` or `index.html`.
    pub fn find(&self, address: &str) -> Option<Page> {
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
    pub fn moved(&self) -> &[(OutputPath, Route)] {
        &self.redirects
    }

    /// The absolute address of a page.
    pub fn canonical(&self, page: Page) -> String {
        self.settings.base.join(&self.address(page))
    }

    /// The absolute address of a record's page in the first language, by which data cite it.
    pub fn cited(&self, route: Route) -> String {
        self.canonical(self.page(route))
    }

    /// The file that holds a page, relative to the output folder.
    pub fn file(&self, page: Page) -> String {
        match page.route {
            Route::NotFound => self.address(page),
            _ => self.address(page) + "index.html",
        }
    }

    /// The page in every language of the site, in their order; where it isn't in one, the page of that language from which
    /// to go on.
    pub fn in_every_language(&self, route: Route) -> impl Iterator<Item = Page> + '_ {
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

    /// What is known of an objective.
    pub fn judgement(&self, objective: ObjectiveId) -> &Judgement {
        query::trace(Query::Judgement(objective.into()));
        &self.judgements[objective.index()]
    }

    /// The state of an objective, and how many of its indicators are in which, as its [judgement](Self::judgement) says.
    pub fn state(&self, objective: ObjectiveId) -> (ObjectiveState, &StateCounts<IndicatorState>) {
        query::trace(Query::State(objective.into()));
        let Judgement { state, counts, .. } = &*self.judgements[objective.index()];
        (*state, counts)
    }

    /// The state of each expected result of a project, in their order.
    pub fn results(&self, project: ProjectId) -> &[IndicatorState] {
        query::trace(Query::Results(project.into()));
        &self.results[project.index()]
    }

    /// Every page that is about one thing, in the order in which equally good ones are found: what is looked for by its name
    /// first, then the newest.
    pub fn documents(&self) -> &[Route] {
        query::trace(Query::Uncacheable);
        &self.documents
    }

    /// Some of them, from 0 on, as many together as [`DOCUMENTS`].
    pub fn some_documents(&self, nth: usize) -> &[Route] {
        query::trace(u32::try_from(nth).map_or(Query::Uncacheable, Query::Documents));
        self.documents.chunks(DOCUMENTS).nth(nth).unwrap_or_default()
    }

    fn things(&self) -> Vec<Route> {
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

    /// The years that have objectives, newest first.
    pub fn years(&self) -> impl Iterator<Item = i16> + '_ {
        query::trace(Query::Years);
        self.years.keys().rev().copied()
    }

    /// The objectives of a year, in the catalogue's order.
    pub fn objectives_of_year(&self, year: i16) -> &[ObjectiveId] {
        query::trace(Query::Year(year));
        self.years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The ready-made lists of a year, each with its objectives in the catalogue's order.
    pub fn lists(&self, year: i16) -> impl Iterator<Item = (Facet, &[ObjectiveId])> {
        query::trace(Query::Lists(year));
        let from = self.lists.lists.range((year, Facet::State(ObjectiveState::ALL[0]))..);
        from.take_while(move |((of, _), _)| *of == year)
            .map(|((_, facet), ids)| (*facet, ids.as_slice()))
    }

    /// The objectives of a ready-made list, in the catalogue's order; none where there is no such list.
    pub fn list(&self, year: i16, facet: Facet) -> &[ObjectiveId] {
        query::trace(Query::Lists(year));
        self.lists.lists.get(&(year, facet)).map_or(&[], Vec::as_slice)
    }

    /// The type of an objective, where its sheet names one.
    pub fn kind_of(&self, objective: ObjectiveId) -> Option<ObjectiveTypeId> {
        query::trace(Query::Types);
        self.lists.types.of_objectives[objective.index()]
    }

    /// An objective whose words for its type stand for all that are written alike.
    pub fn named_by(&self, kind: ObjectiveTypeId) -> ObjectiveId {
        query::trace(Query::Types);
        self.lists.types.newest[kind.index()]
    }

    /// The years in which projects begin, newest first, where the projects are too many for one page; none else.
    pub fn years_of_projects(&self) -> impl Iterator<Item = i16> + '_ {
        query::trace(Query::ProjectYears);
        self.project_years.keys().rev().copied()
    }

    /// The projects that begin in one of those years.
    pub fn projects_of_year(&self, year: i16) -> &[ProjectId] {
        query::trace(Query::ProjectYears);
        self.project_years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The years that have updates, newest first.
    pub fn years_of_updates(&self) -> impl Iterator<Item = i16> + '_ {
        query::trace(Query::UpdateYears);
        self.update_years.keys().rev().copied()
    }

    /// The updates of a year, newest first.
    pub fn updates_of_year(&self, year: i16) -> &[UpdateId] {
        query::trace(Query::UpdateYears);
        self.update_years.get(&year).map_or(&[], Vec::as_slice)
    }

    /// The objectives of a unit and of all units in it, by year and code.
    pub fn objectives_of_unit(&self, unit: UnitId) -> &[ObjectiveId] {
        query::trace(Query::ObjectivesBelow(unit.into()));
        &self.below.unit_objectives[unit.index()]
    }

    /// The projects of a unit and of all units in it.
    pub fn projects_of_unit(&self, unit: UnitId) -> &[ProjectId] {
        query::trace(Query::ProjectsBelow(unit.into()));
        &self.below.unit_projects[unit.index()]
    }

    /// The objectives that carry out a plan node or one below it, by year and code.
    pub fn objectives_of_node(&self, node: NodeId) -> &[ObjectiveId] {
        query::trace(Query::ObjectivesBelow(node.into()));
        &self.below.node_objectives[node.index()]
    }

    /// The projects that carry out a plan node or one below it.
    pub fn projects_of_node(&self, node: NodeId) -> &[ProjectId] {
        query::trace(Query::ProjectsBelow(node.into()));
        &self.below.node_projects[node.index()]
    }

    /// What the projects that carry out a plan node, or one below it, are to cost together.
    pub fn budget_of_node(&self, node: NodeId) -> Option<Budget> {
        query::trace(Query::ProjectsBelow(node.into()));
        self.node_budgets[node.index()]
    }

    /// What projects are to cost together.
    pub fn budget(&self, projects: &[ProjectId]) -> Option<Budget> {
        Budget::of(&self.catalogue, projects)
    }

    /// How many of the objectives are in which state.
    pub fn counts(&self, objectives: &[ObjectiveId]) -> StateCounts<ObjectiveState> {
        objectives.iter().map(|id| self.state(*id).0).collect()
    }

    /// Every objective of the series that an objective is part of (what it goes on with, and what goes on with it),
    /// oldest first, itself among them: at most [`CONTINUED`], the nearest ones.
    pub fn continuation(&self, objective: ObjectiveId) -> Vec<ObjectiveId> {
        let mut found = vec![objective];
        let mut next = 0;
        while let Some(id) = found.get(next).copied() {
            next += 1;
            let here = &self.catalogue[id];
            for other in here.continues.iter().chain(&here.continued_by).take(CONTINUED) {
                if found.len() < CONTINUED && !found.contains(other) {
                    found.push(*other);
                }
            }
        }
        found.sort_by_key(|id| (self.catalogue[*id].year, *id));
        found
    }

    /// The files beside records, each with its address.
    pub fn attachments(&self) -> Vec<(String, &Attachment)> {
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

    /// The address of a file beside a record: below the page of the folder that it lies in.
    pub fn attachment(&self, folder: Route, file: &Attachment) -> String {
        format!("{}{}", self.address(self.page(folder)), file.name)
    }

    /// The words that the site explains to readers of a language; none where the site isn't in it.
    pub fn glossary(&self, lang: Lang) -> Option<&Glossary> {
        query::trace(Query::Glossary);
        self.glossaries.iter().find(|(known, _)| *known == lang).map(|(_, glossary)| glossary)
    }

    /// The administrations, in the order of the file.
    pub fn administrations(&self) -> &[UnitId] {
        query::trace(Query::Administrations);
        &self.administrations
    }

    /// The administration that publishes the site, where it is one of them.
    pub fn publisher(&self) -> Option<UnitId> {
        query::trace(Query::Administrations);
        self.publisher
    }

    /// Where a link written in a record's text leads.
    ///
    /// # Errors
    /// When it leads nowhere, or where no page may lead.
    pub fn link(&self, from: Route, href: &str) -> Result<Link, Broken> {
        query::trace(Query::Links);
        self.directory.links.resolve(self, LinkSource::of(&self.catalogue, from), href)
    }

    /// Where a picture in a record's text lies. An address without its scheme, such as `//example.org/a.png`, is a web
    /// address (RFC 3986, 4.2).
    ///
    /// # Errors
    /// When there is no such picture, or where no page may lead.
    pub fn picture(&self, from: Route, src: &str) -> Result<Picture, Broken> {
        let src = src.trim();
        let whole = src.starts_with("//").then(|| format!("https:{src}"));
        self.link(from, whole.as_deref().unwrap_or(src)).and_then(Picture::of)
    }
}

/// Records by their years, where they have one.
fn by_year<T: Copy>(ids: impl Iterator<Item = T>, year: impl Fn(T) -> Option<i16>) -> BTreeMap<i16, Vec<T>> {
    let mut years: BTreeMap<i16, Vec<T>> = BTreeMap::new();
    for id in ids {
        if let Some(year) = year(id) {
            years.entry(year).or_default().push(id);
        }
    }
    years
}

fn judge(objective: &Objective, as_of: Date) -> Judgement {
    let last_day = objective.last_day();
    let computed = |indicator: &Indicator| indicator.computed(Some(last_day), as_of);
    let indicators: Vec<IndicatorState> = objective.indicators.iter().map(computed).collect();
    let counted = objective.indicators.iter().zip(&indicators);
    let counts: StateCounts<IndicatorState> =
        counted.map(|(indicator, computed)| computed.counted(indicator.declared)).collect();
    let first_day = Some(objective.first_day());
    let state = ObjectiveState::computed(objective.declared, first_day, Some(last_day), as_of, &counts);
    let days = (objective.first_day(), last_day);
    let phases: Vec<PhaseState> = objective.phases.iter().map(|phase| phase.state(days, as_of)).collect();
    let weighed: Vec<WeighedPhase> = objective
        .phases
        .iter()
        .zip(&phases)
        .map(|(phase, state)| weighed(phase, *state))
        .collect();
    Judgement { state, indicators, counts, phases, weighing: Weighing::of(&weighed) }
}

fn weighed(phase: &Phase, state: PhaseState) -> WeighedPhase {
    let written = || phase.weight.iter().chain(&phase.progress);
    let read = |part: &Option<Written<Option<Percent>>>| part.as_ref()?.read().copied();
    WeighedPhase {
        weight: read(&phase.weight),
        state,
        progress: read(&phase.progress),
        is_unread: written().any(|part| part.read().is_none()),
    }
}

fn judge_results(catalogue: &Catalogue, id: ProjectId, as_of: Date) -> Vec<IndicatorState> {
    let project = &catalogue[id];
    // A completed project's time is over on the day of the update that says so, whatever was planned.
    let planned = project.end.as_ref().and_then(|end| end.read()?.latest());
    let last_day = catalogue.completed_on(id).or(planned);
    project.expected_results.iter().map(|result| result.computed(last_day, as_of)).collect()
}
