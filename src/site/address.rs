use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::lists::Lists;
use super::{Facet, Route, listing};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::{
    Catalogue, Lang, NodeId, ObjectiveId, ObjectiveState, Origin, PageId, PlanId, ProjectId, SeriesId, UnitId,
    UpdateId, composed,
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
}

impl Addresses {
    /// The address of a page below the folder of its language.
    pub(super) fn of(&self, route: Route, words: &AddressWords, lists: &Lists) -> String {
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
                    Facet::Kind(of) => format!("{year}/{kind}/{}/", lists.kinds[of.index()].slug),
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

/// One record's wish for an address below a folder, and whose it is.
struct AddressRequest<'c> {
    folder: Cow<'c, str>,
    name: String,
    /// What the editor wrote, of which the name was made.
    written: &'c str,
    administration: Option<UnitId>,
    origin: &'c Origin,
    /// Where it was written.
    place: Place,
    /// Whether it must be the only one of its name anyway: then a namesake is a problem that is said already.
    unique: bool,
}

/// Gives every page its address, and reports those that two pages would share. Pages are found by their addresses in
/// the first of the languages.
pub(super) fn assign(
    catalogue: &Catalogue,
    languages: &[Lang],
    lists: &Lists,
    project_years: &[i16],
    parts: &[Route],
    report: &mut Report,
) -> (Addresses, HashMap<Box<str>, Route>) {
    let [first, others @ ..] = languages else { return Default::default() };
    let words = AddressWords::of(*first);
    let mut taken = Taken::default();
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
        taken
            .routes
            .insert(Addresses::default().of(route, words, lists).trim_matches('/').into(), route);
    }
    taken.reserved.extend(FOLDERS.map(Box::from));
    for other in others {
        taken.reserved.insert(other.code().into());
        taken.reserved.extend(AddressWords::of(*other).all().map(Box::from));
    }
    for year in lists.lists.keys().map(|(year, _)| *year).collect::<BTreeSet<i16>>() {
        taken.routes.insert(year.to_string().into(), Route::Year(year));
        // The folders of its lists, in every language: a page of any has the same name in all.
        let words = languages.iter().flat_map(|lang| AddressWords::of(*lang).facets);
        taken.reserved.extend(words.map(|word| format!("{year}/{word}").into()));
    }

    for year in project_years {
        taken.routes.insert(format!("{}/{year}", words.projects).into(), Route::ProjectsOf(*year));
    }

    let units = wishes(catalogue.units.iter().map(|unit| AddressRequest {
        folder: words.units.into(),
        name: slugs(&unit.id),
        written: &unit.id,
        administration: None,
        origin: &unit.origin,
        place: KeyPath::default().index(unit.origin.item).key("id").into(),
        unique: true,
    }));
    let units = taken.settle(catalogue, units, words.units, |i| Route::Unit(UnitId::at(i)), report);
    let objectives = wishes(catalogue.objectives.iter().map(|objective| AddressRequest {
        folder: objective.year.to_string().into(),
        name: slug(&objective.code),
        written: &objective.code,
        administration: Some(catalogue.administration(objective.unit)),
        origin: &objective.origin,
        place: if is_name_of(&objective.origin, &objective.code) { Place::File } else { KeyPath::of("code").into() },
        unique: true,
    }));
    let objectives = taken.settle(catalogue, objectives, "", |i| Route::Objective(ObjectiveId::at(i)), report);
    let projects = wishes(catalogue.projects.iter().map(|project| AddressRequest {
        folder: words.projects.into(),
        name: slug(&project.slug),
        written: &project.slug,
        administration: Some(catalogue.administration(project.unit)),
        origin: &project.origin,
        place: Place::File,
        unique: false,
    }));
    let projects = taken.settle(catalogue, projects, words.projects, |i| Route::Project(ProjectId::at(i)), report);
    let updates = wishes(catalogue.updates.iter().map(|update| AddressRequest {
        folder: format!("{}/{}", words.projects, projects[update.project.index()].trim_end_matches('/')).into(),
        name: slug(&update.slug),
        written: &update.slug,
        administration: None,
        origin: &update.origin,
        place: Place::File,
        unique: false,
    }));
    let updates = taken.settle(catalogue, updates, words.projects, |i| Route::Update(UpdateId::at(i)), report);
    let plans = wishes(catalogue.plans.iter().map(|plan| AddressRequest {
        folder: words.plans.into(),
        name: slug(&plan.slug),
        written: &plan.slug,
        administration: Some(plan.administration),
        origin: &plan.origin,
        place: Place::File,
        unique: false,
    }));
    let plans = taken.settle(catalogue, plans, words.plans, |i| Route::Plan(PlanId::at(i)), report);
    let nodes = wishes(catalogue.nodes.iter().map(|node| AddressRequest {
        folder: format!("{}/{}", words.plans, plans[node.plan.index()].trim_end_matches('/')).into(),
        name: slug(&node.code),
        written: &node.code,
        administration: None,
        origin: &node.origin,
        place: KeyPath::of("nodes").index(node.origin.item).key("code").into(),
        unique: true,
    }));
    let nodes = taken.settle(catalogue, nodes, words.plans, |i| Route::Node(NodeId::at(i)), report);
    let series = wishes(catalogue.series.iter().filter_map(|series| {
        let first = series.points.first()?;
        Some(AddressRequest {
            folder: words.series.into(),
            name: slug(&series.slug),
            written: &series.slug,
            administration: Some(series.administration),
            origin: &catalogue[first.objective].origin,
            place: KeyPath::of("indicators").index(first.indicator).key("thread").into(),
            unique: false,
        })
    }));
    let series = taken.settle(catalogue, series, words.series, |i| Route::Series(SeriesId::at(i)), report);
    let pages = wishes(catalogue.pages.iter().map(|page| AddressRequest {
        folder: "".into(),
        name: slug(&page.slug),
        written: &page.slug,
        administration: None,
        origin: &page.origin,
        place: Place::File,
        unique: false,
    }));
    let pages = taken.settle(catalogue, pages, "", |i| Route::Free(PageId::at(i)), report);
    let addresses = Addresses { objectives, projects, updates, units, plans, nodes, series, pages };
    // Nothing else lies in the folders of lists, and in them no two pages have one name.
    let of_updates = catalogue.updates.iter().map(|update| Route::UpdatesOf(update.date.year()));
    for route in lists
        .lists
        .keys()
        .map(|(year, facet)| Route::List(*year, *facet))
        .chain(of_updates)
        .chain(parts.iter().copied())
    {
        taken.routes.insert(addresses.of(route, words, lists).trim_matches('/').into(), route);
    }
    (addresses, taken.routes)
}

fn wishes<'c>(wishes: impl Iterator<Item = AddressRequest<'c>>) -> Vec<AddressRequest<'c>> {
    wishes.collect()
}

#[derive(Default)]
struct Taken<'c> {
    routes: HashMap<Box<str>, Route>,
    reserved: HashSet<Box<str>>,
    /// Where each record that has an address was written, and what the address was made of.
    origins: HashMap<Route, (&'c Origin, &'c str)>,
}

impl<'c> Taken<'c> {
    /// The addresses of one kind of record, below its folder `kind`. Where two administrations meet, both names carry
    /// their administration's.
    fn settle(
        &mut self,
        catalogue: &Catalogue,
        mut wishes: Vec<AddressRequest<'c>>,
        kind: &str,
        route: impl Fn(usize) -> Route,
        report: &mut Report,
    ) -> Vec<Box<str>> {
        let mut whose: HashMap<(&str, &str), Option<UnitId>> = HashMap::new();
        let mut shared: Vec<(String, String)> = Vec::new();
        for wish in wishes.iter().filter(|wish| wish.administration.is_some()) {
            let first = whose.entry((&wish.folder, &wish.name)).or_insert(wish.administration);
            if *first != wish.administration {
                shared.push((wish.folder.to_string(), wish.name.clone()));
            }
        }
        if !shared.is_empty() {
            shared.sort();
            for wish in &mut wishes {
                let Some(administration) = wish.administration else { continue };
                if shared.binary_search(&(wish.folder.to_string(), wish.name.clone())).is_ok() {
                    wish.name = format!("{}-{}", slug(&catalogue[administration].id), wish.name);
                }
            }
        }
        let mut addresses = Vec::with_capacity(wishes.len());
        for (i, wish) in wishes.into_iter().enumerate() {
            let bare =
                if wish.folder.is_empty() { wish.name.clone() } else { format!("{}/{}", wish.folder, wish.name) };
            let standing = self.routes.get(bare.as_str());
            if wish.name.is_empty() {
                let diagnostic = Diagnostic::new(Code::NoAddress, wish.origin.file, wish.place);
                report.add(diagnostic.with("written", wish.written));
            } else if let Some(case) = unfit(&bare) {
                let diagnostic = Diagnostic::new(Code::UnfitAddress, wish.origin.file, wish.place);
                report.add(diagnostic.with("case", case).with("written", shortened(wish.written)));
            } else if standing.is_some() || self.reserved.contains(bare.as_str()) {
                let (other, namesake) = match standing.and_then(|route| self.origins.get(route)) {
                    Some((other, its)) => (other.path.to_string(), folded(its) == folded(wish.written)),
                    None => (format!("/{bare}/"), false),
                };
                if !(wish.unique && namesake) {
                    let diagnostic = Diagnostic::new(Code::SameAddress, wish.origin.file, wish.place);
                    report.add(diagnostic.with("address", format!("/{bare}/")).with("other", other));
                }
            } else {
                self.routes.insert(bare.as_str().into(), route(i));
                self.origins.insert(route(i), (wish.origin, wish.written));
            }
            let below = bare.strip_prefix(kind).map_or(&*bare, |below| below.trim_start_matches('/'));
            addresses.push(format!("{below}/").into());
        }
        addresses
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

/// Whether a record is called as its file is.
fn is_name_of(origin: &Origin, name: &str) -> bool {
    let file = origin.path.rsplit('/').next().unwrap_or_default();
    file.strip_suffix(".md").is_some_and(|own| composed(own) == composed(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_readable_in_every_spelling_of_a_letter() {
        assert_eq!(slug("2020_ZN07"), "2020_zn07");
        assert_eq!(slug("CT3.1.1.a"), "ct3-1-1-a");
        assert_eq!(slug("Città «aperta»"), "citta-aperta");
        assert_eq!(slug("Citta\u{300}"), "citta");
        assert_eq!(slug("../.."), "");
    }
}
