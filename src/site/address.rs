use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::directory_input::{DirectoryInput, NamedRecord, Parent};
use super::listing;
use super::lists::Facet;
use super::route::{Route, SINGLES};
use super::slug::{shortened, slug, slugs};
use crate::catalogue::{NodeId, ObjectiveId, PageId, PlanId, ProjectId, SeriesId, UnitId, UpdateId};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::{AddressWords, Lang, ObjectiveState, composed, folded};
use crate::output::OutputPath;

impl AddressWords {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        &lang.language().addresses
    }

    /// An address of this language in the words of another.
    pub(super) fn translate(&self, address: &str, other: &Self) -> String {
        let mut parts: Vec<&str> = address.split('/').collect();
        let swap = |part: &mut &str, from: &[&str], to: &[&'static str]| {
            let known = from.iter().position(|word| word == part);
            known.inspect(|word| *part = to[*word])
        };
        match &mut parts[..] {
            [year, facet, rest @ ..] if year.parse::<i16>().is_ok() => {
                if let (Some(0), [state, ..]) = (swap(facet, &self.facets, &other.facets), rest) {
                    swap(state, &self.states, &other.states);
                }
            }
            [first, ..] => {
                swap(first, &self.folders().collect::<Vec<_>>(), &other.folders().collect::<Vec<_>>());
            }
            [] => {}
        }
        parts.join("/")
    }
}

/// The folders of files that aren't pages, at the same place in every language.
pub(super) const FOLDERS: [&str; 2] = ["assets", "data"];

/// The address of every record below the folder of its kind, by its place in the catalogue.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    objectives: Vec<Box<str>>,
    projects: Vec<Box<str>>,
    updates: Vec<Box<str>>,
    units: Vec<Box<str>>,
    plans: Vec<Box<str>>,
    nodes: Vec<Box<str>>,
    series: Vec<Box<str>>,
    pages: Vec<Box<str>>,
    /// Part of an address for each type of objectives.
    types: Vec<Box<str>>,
}

impl Addresses {
    /// The address of a page below the folder of its language.
    pub(super) fn of(&self, route: Route, words: &AddressWords) -> String {
        let below = |word: &str, record: &str| [word, "/", record].concat();
        match route {
            Route::Year(year) => format!("{year}/"),
            Route::List(year, facet) => {
                let [state, unit, kind] = words.facets;
                match facet {
                    Facet::State(of) => {
                        let place = ObjectiveState::ALL.iter().position(|known| *known == of);
                        format!("{year}/{state}/{}/", place.map_or("", |place| words.states[place]))
                    }
                    Facet::Unit(of) => format!("{year}/{unit}/{}", self.units[of.index()]),
                    Facet::Kind(of) => format!("{year}/{kind}/{}/", self.types[of.index()]),
                }
            }
            Route::ProjectsOf(year) => format!("{}/{year}/", words.projects),
            Route::UpdatesOf(year) => format!("{}/{year}/", words.updates),
            Route::Part(letter, number) => format!("{}/{}/", words.search, listing::name(letter, number)),
            Route::Objective(id) => self.objectives[id.index()].to_string(),
            Route::Project(id) => below(words.projects, &self.projects[id.index()]),
            Route::Update(id) => below(words.projects, &self.updates[id.index()]),
            Route::Unit(id) => below(words.units, &self.units[id.index()]),
            Route::Plan(id) => below(words.plans, &self.plans[id.index()]),
            Route::Node(id) => below(words.plans, &self.nodes[id.index()]),
            Route::Series(id) => below(words.series, &self.series[id.index()]),
            Route::Free(id) => self.pages[id.index()].to_string(),
            single => single.single().map_or_else(String::new, |single| single.address(words)),
        }
    }
}

/// Rule by which the records of one kind get their addresses.
struct AddressRule<'w> {
    /// The folder of the kind.
    folder: &'w str,
    /// Makes the last part of an address of a record's name.
    name: fn(&str) -> String,
    /// The place where the name was written.
    place: fn(&NamedRecord) -> Place,
    /// True if two records of one name are a problem that is reported already.
    is_unique: bool,
    route: fn(usize) -> Route,
}

/// Gives every page its address, and reports those that two pages would share. Pages are found by their addresses in
/// the first of the languages.
pub(super) fn assign(input: &DirectoryInput, report: &mut Report) -> (Addresses, HashMap<Box<str>, Route>) {
    let [first, ..] = *input.languages else { return Default::default() };
    let words = AddressWords::of(first);
    let mut taken = Taken::of_pages_without_record(input, words);
    let file = |_: &NamedRecord| Place::File;
    let rule =
        AddressRule { folder: "", name: slug, place: file, is_unique: false, route: |i| Route::Free(PageId::at(i)) };
    let id = |of: &NamedRecord| KeyPath::default().index(of.item).key("id").into();
    let route = |i| Route::Unit(UnitId::at(i));
    let of_units = AddressRule { folder: words.units, name: slugs, place: id, is_unique: true, route };
    let units = taken.assign(&input.units, &[], &of_units, input, report);
    let route = |i| Route::Objective(ObjectiveId::at(i));
    let of_objectives = AddressRule { place: code_of_sheet, is_unique: true, route, ..rule };
    let objectives = taken.assign(&input.objectives, &[], &of_objectives, input, report);
    let of_projects = AddressRule { folder: words.projects, route: |i| Route::Project(ProjectId::at(i)), ..rule };
    let projects = taken.assign(&input.projects, &[], &of_projects, input, report);
    let of_updates = AddressRule { folder: words.projects, route: |i| Route::Update(UpdateId::at(i)), ..rule };
    let updates = taken.assign(&input.updates, &projects, &of_updates, input, report);
    let of_plans = AddressRule { folder: words.plans, route: |i| Route::Plan(PlanId::at(i)), ..rule };
    let plans = taken.assign(&input.plans, &[], &of_plans, input, report);
    let code = |of: &NamedRecord| KeyPath::of("nodes").index(of.item).key("code").into();
    let route = |i| Route::Node(NodeId::at(i));
    let of_nodes = AddressRule { folder: words.plans, place: code, is_unique: true, route, ..rule };
    let nodes = taken.assign(&input.nodes, &plans, &of_nodes, input, report);
    let thread = |of: &NamedRecord| KeyPath::of("indicators").index(of.item).key("thread").into();
    let route = |i| Route::Series(SeriesId::at(i));
    let of_series = AddressRule { folder: words.series, place: thread, route, ..rule };
    let series = taken.assign(&input.series, &[], &of_series, input, report);
    let pages = taken.assign(&input.pages, &[], &rule, input, report);
    let types = input.types.clone();
    let addresses = Addresses { objectives, projects, updates, units, plans, nodes, series, pages, types };
    // Nothing else lies in the folders of lists, and in them no two pages have one name.
    let lists = input.lists.iter().map(|(year, facet)| Route::List(*year, *facet));
    let of_updates = input.update_years.iter().map(|year| Route::UpdatesOf(*year));
    for route in lists.chain(of_updates).chain(input.letters.iter().copied()) {
        taken.routes.insert(addresses.of(route, words).trim_matches('/').into(), route);
    }
    (addresses, taken.routes)
}

/// The place of an objective's code: a code that isn't a key is the name of the file.
fn code_of_sheet(of: &NamedRecord) -> Place {
    let file = of.path.rsplit('/').next().unwrap_or_default();
    let is_name_of_file = file.strip_suffix(".md").is_some_and(|own| composed(own) == composed(&of.name));
    if is_name_of_file { Place::File } else { KeyPath::of("code").into() }
}

/// Addresses that are taken.
#[derive(Default)]
struct Taken<'i> {
    routes: HashMap<Box<str>, Route>,
    reserved: HashSet<Box<str>>,
    /// Each record that has an address.
    records: HashMap<Route, &'i NamedRecord>,
}

impl<'i> Taken<'i> {
    /// The addresses of pages that have no record, and those that files and other languages need.
    fn of_pages_without_record(input: &DirectoryInput, words: &AddressWords) -> Self {
        let mut taken = Self::default();
        for single in SINGLES {
            taken.routes.insert(single.address(words).trim_matches('/').into(), single.route);
        }
        taken.reserved.extend(FOLDERS.map(Box::from));
        for other in input.languages.iter().skip(1) {
            taken.reserved.insert(other.code().into());
            taken.reserved.extend(AddressWords::of(*other).folders().map(Box::from));
        }
        for year in input.lists.iter().map(|(year, _)| *year).collect::<BTreeSet<i16>>() {
            taken.routes.insert(year.to_string().into(), Route::Year(year));
            // The folders of its lists, in every language: a page of any has the same name in all.
            let words = input.languages.iter().flat_map(|lang| AddressWords::of(*lang).facets);
            taken.reserved.extend(words.map(|word| format!("{year}/{word}").into()));
        }
        for year in &input.project_years {
            taken.routes.insert(format!("{}/{year}", words.projects).into(), Route::ProjectsOf(*year));
        }
        taken
    }

    /// The addresses of one kind of record, below the folder of its kind. Where two administrations meet, both names carry
    /// their administration's. `parents` are the addresses of the records that these belong to.
    fn assign(
        &mut self,
        records: &'i [NamedRecord],
        parents: &[Box<str>],
        rule: &AddressRule<'_>,
        input: &DirectoryInput,
        report: &mut Report,
    ) -> Vec<Box<str>> {
        let mut requests: Vec<(Cow<'_, str>, String)> = (records.iter())
            .map(|record| (folder_of(record, parents, rule), (rule.name)(&record.name)))
            .collect();
        name_administrations(records, &mut requests, input);
        let mut addresses = Vec::with_capacity(records.len());
        for (i, (record, (folder, name))) in records.iter().zip(requests).enumerate() {
            let bare = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            match self.problem(record, &name, &bare, rule) {
                Some(problem) => problem.into_iter().for_each(|problem| report.add(problem)),
                None => {
                    self.routes.insert(bare.as_str().into(), (rule.route)(i));
                    self.records.insert((rule.route)(i), record);
                }
            }
            let below = bare.strip_prefix(rule.folder).map_or(&*bare, |below| below.trim_start_matches('/'));
            addresses.push(format!("{below}/").into());
        }
        addresses
    }

    /// The problem because of which a record can't have an address. Returns `Some(None)` if it is reported already.
    #[expect(clippy::option_option, reason = "no address, and no second message about that")]
    fn problem(
        &self,
        record: &NamedRecord,
        name: &str,
        address: &str,
        rule: &AddressRule<'_>,
    ) -> Option<Option<Diagnostic>> {
        let diagnostic = |code| Diagnostic::new(code, record.file, (rule.place)(record));
        if name.is_empty() {
            return Some(Some(diagnostic(Code::NoAddress).with("written", &*record.name)));
        }
        if let Some(case) = unfit(address) {
            let written = shortened(&record.name);
            return Some(Some(diagnostic(Code::UnfitAddress).with("case", case).with("written", written)));
        }
        let taken = self.routes.get(address);
        if taken.is_none() && !self.reserved.contains(address) {
            return None;
        }
        let (other, is_namesake) = match taken.and_then(|route| self.records.get(route)) {
            Some(other) => (other.path.to_string(), folded(&other.name) == folded(&record.name)),
            None => (format!("/{address}/"), false),
        };
        let problem = || diagnostic(Code::SameAddress).with("address", format!("/{address}/")).with("other", other);
        Some((!(rule.is_unique && is_namesake)).then(problem))
    }
}

fn folder_of<'r>(record: &NamedRecord, parents: &[Box<str>], rule: &AddressRule<'r>) -> Cow<'r, str> {
    match record.parent {
        Parent::Kind => rule.folder.into(),
        Parent::Year(year) => year.to_string().into(),
        Parent::Record(place) => format!("{}/{}", rule.folder, parents[place].trim_end_matches('/')).into(),
    }
}

/// Puts the administration's id before the names that records of several administrations share in one folder.
fn name_administrations(records: &[NamedRecord], requests: &mut [(Cow<'_, str>, String)], input: &DirectoryInput) {
    let mut whose: HashMap<(&str, &str), UnitId> = HashMap::new();
    let mut shared: Vec<(String, String)> = Vec::new();
    for (record, (folder, name)) in records.iter().zip(&*requests) {
        let Some(administration) = record.administration else { continue };
        if *whose.entry((folder, name)).or_insert(administration) != administration {
            shared.push((folder.to_string(), name.clone()));
        }
    }
    if shared.is_empty() {
        return;
    }
    shared.sort();
    for (record, (folder, name)) in records.iter().zip(requests) {
        let Some(administration) = record.administration else { continue };
        if shared.binary_search(&(folder.to_string(), name.clone())).is_ok() {
            *name = format!("{}-{name}", slug(&input.units[administration.index()].name));
        }
    }
}

/// The longest address of a page, in bytes: a language before it and a file beside it have room in an [`OutputPath`].
const LONGEST_ADDRESS: usize = 500;

/// The reason why no page can have an address. Returns `None` if a page can have it.
fn unfit(address: &str) -> Option<&'static str> {
    match OutputPath::parse(address) {
        Err(error) => Some(error.case()),
        Ok(_) => (address.len() > LONGEST_ADDRESS).then_some("long"),
    }
}
