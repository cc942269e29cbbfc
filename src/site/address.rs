use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::directory_input::{DirectoryInput, NamedRecord, Parent};
use super::{Facet, Route, listing};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::{
    Lang, NodeId, ObjectiveId, ObjectiveState, PageId, PlanId, ProjectId, SeriesId, UnitId, UpdateId, composed,
};
use crate::output::OutputPath;

/// The words of which addresses are made, in the site's first language.
#[derive(Debug)]
pub struct AddressWords {
    projects: &'static str,
    updates: &'static str,
    units: &'static str,
    plans: &'static str,
    series: &'static str,
    search: &'static str,
    map: &'static str,
    data: &'static str,
    /// What the ready-made lists of a year go by: state, unit, type.
    facets: [&'static str; 3],
    /// The states of objectives, in their order.
    states: [&'static str; ObjectiveState::ALL.len()],
}

const ITALIAN: AddressWords = AddressWords {
    projects: "progetti",
    updates: "aggiornamenti",
    units: "uffici",
    plans: "piani",
    series: "indicatori",
    search: "cerca",
    map: "mappa",
    data: "dati",
    facets: ["stato", "ufficio", "tipo"],
    states: [
        "raggiunto",
        "raggiunto-in-parte",
        "non-raggiunto",
        "in-corso",
        "programmato",
        "pubblicato-in-parte",
        "risultato-non-pubblicato",
        "non-valutabile",
        "sospeso",
        "annullato",
    ],
};

const ENGLISH: AddressWords = AddressWords {
    projects: "projects",
    updates: "updates",
    units: "offices",
    plans: "plans",
    series: "indicators",
    search: "search",
    map: "site-map",
    data: "open-data",
    facets: ["status", "office", "type"],
    states: [
        "achieved",
        "partly-achieved",
        "not-achieved",
        "in-progress",
        "planned",
        "partly-published",
        "result-not-published",
        "not-evaluable",
        "suspended",
        "cancelled",
    ],
};

const GERMAN: AddressWords = AddressWords {
    projects: "projekte",
    updates: "neuigkeiten",
    units: "aemter",
    plans: "plaene",
    series: "indikatoren",
    search: "suche",
    map: "uebersicht",
    data: "offene-daten",
    facets: ["stand", "amt", "art"],
    states: [
        "erreicht",
        "teilweise-erreicht",
        "nicht-erreicht",
        "in-umsetzung",
        "geplant",
        "teilweise-veroeffentlicht",
        "ergebnis-nicht-veroeffentlicht",
        "nicht-bewertbar",
        "ausgesetzt",
        "eingestellt",
    ],
};

impl AddressWords {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::It => &ITALIAN,
            Lang::En => &ENGLISH,
            Lang::De => &GERMAN,
        }
    }

    fn all(&self) -> [&'static str; 8] {
        [self.projects, self.updates, self.units, self.plans, self.series, self.search, self.map, self.data]
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
                swap(first, &self.all(), &other.all());
            }
            [] => {}
        }
        parts.join("/")
    }
}

/// The folders of what is no page, at the same place in every language.
pub(super) const FOLDERS: [&str; 2] = ["assets", "data"];

/// A readable, lower-case part of an address: `[a-z0-9_-]` without `-` at its ends. Empty where nothing is left.
pub fn slug(text: &str) -> String {
    let mut slug = Vec::with_capacity(text.len());
    let mut add = |byte: u8| match byte.to_ascii_lowercase() {
        byte @ (b'a'..=b'z' | b'0'..=b'9' | b'_') => slug.push(byte),
        _ if slug.last().is_some_and(|last| *last != b'-') => slug.push(b'-'),
        _ => {}
    };
    if text.is_ascii() {
        text.bytes().for_each(add);
    } else {
        // NFC first: the transliteration knows composed letters only.
        for letter in composed(text).chars() {
            match u8::try_from(letter).ok().filter(u8::is_ascii) {
                Some(byte) => add(byte),
                None => deunicode::deunicode_char(letter).unwrap_or("-").bytes().for_each(&mut add),
            }
        }
    }
    slug.pop_if(|last| *last == b'-');
    String::from_utf8(slug).unwrap_or_default()
}

/// The same of each part of a unit's id.
pub fn slugs(id: &str) -> String {
    id.split('/').map(slug).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

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
        let folder = |word: &str| [word, "/"].concat();
        let below = |word: &str, record: &str| [word, "/", record].concat();
        match route {
            Route::Home => String::new(),
            Route::NotFound => "404.html".to_owned(),
            Route::Feeds => folder("feed"),
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
            Route::Projects => folder(words.projects),
            Route::ProjectsOf(year) => format!("{}/{year}/", words.projects),
            Route::Updates => folder(words.updates),
            Route::UpdatesOf(year) => format!("{}/{year}/", words.updates),
            Route::Units => folder(words.units),
            Route::Plans => folder(words.plans),
            Route::SeriesList => folder(words.series),
            Route::Search => folder(words.search),
            Route::Part(letter, number) => format!("{}/{}/", words.search, listing::name(letter, number)),
            Route::SiteMap => folder(words.map),
            Route::Data => folder(words.data),
            Route::Objective(id) => self.objectives[id.index()].to_string(),
            Route::Project(id) => below(words.projects, &self.projects[id.index()]),
            Route::Update(id) => below(words.projects, &self.updates[id.index()]),
            Route::Unit(id) => below(words.units, &self.units[id.index()]),
            Route::Plan(id) => below(words.plans, &self.plans[id.index()]),
            Route::Node(id) => below(words.plans, &self.nodes[id.index()]),
            Route::Series(id) => below(words.series, &self.series[id.index()]),
            Route::Free(id) => self.pages[id.index()].to_string(),
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
        for route in [
            Route::Home,
            Route::NotFound,
            Route::Feeds,
            Route::Projects,
            Route::Updates,
            Route::Units,
            Route::Plans,
            Route::SeriesList,
            Route::Search,
            Route::SiteMap,
            Route::Data,
        ] {
            taken.routes.insert(Addresses::default().of(route, words).trim_matches('/').into(), route);
        }
        taken.reserved.extend(FOLDERS.map(Box::from));
        for other in input.languages.iter().skip(1) {
            taken.reserved.insert(other.code().into());
            taken.reserved.extend(AddressWords::of(*other).all().map(Box::from));
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

/// Why no page can have an address; none where it can.
fn unfit(address: &str) -> Option<&'static str> {
    match OutputPath::parse(address) {
        Err(error) => Some(error.case()),
        Ok(_) => (address.len() > LONGEST_ADDRESS).then_some("long"),
    }
}

/// The beginning of a name that is too long to be shown whole.
pub(super) fn shortened(name: &str) -> String {
    const SHOWN: usize = 60;
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// A name as it is compared with another: case, spelling of accents and white space don't matter.
pub(super) fn folded(name: &str) -> String {
    composed(name).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
