//! What has a name in a site, where it is given and where it is used: units, plan nodes, objectives, projects, milestones,
//! series.
//!
//! It is read from the texts as they are, so that names are found while a site has problems. Every place is kept as the
//! client counts it: whoever asks where a name is used asks for no text.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use lsp_types::Uri;
use rayon::prelude::*;

use super::address;
use super::links::{self, Link};
use super::text::{ClientPosition, Encoding, Lines};
use crate::check::folded;
use crate::model::Years;
use crate::parse::{self, SheetKind as File, WrittenRecord};
use crate::source::{Content, SourceTree};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    Unit,
    Node,
    Objective,
    Project,
    /// Of a project; its updates name it by its title.
    Milestone,
    /// An indicator over the years; it is defined wherever it is named.
    Series,
}

impl NameKind {
    const COUNT: usize = Self::Series as usize + 1;
}

/// What a field of a kind of file names; `within` is the field that its record stands in.
pub(super) fn named(file: File<'_>, within: Option<&str>, field: &str) -> Option<NameKind> {
    Some(match (file, within, field) {
        (File::Units, _, "parent" | "succeeded_by") | (_, _, "unit" | "centre" | "administration") => NameKind::Unit,
        (File::Plan, _, "parent") | (File::Objective(_) | File::Project(_), None, "plan") => NameKind::Node,
        (File::Update(_), None, "milestone") => NameKind::Milestone,
        (_, None, "continues" | "objectives") => NameKind::Objective,
        (_, None, "projects" | "project") => NameKind::Project,
        (_, Some("indicators" | "expected_results"), "thread") => NameKind::Series,
        _ => return None,
    })
}

/// What a field gives a name to.
pub(super) fn defined(file: File<'_>, within: Option<&str>, field: &str) -> Option<NameKind> {
    Some(match (file, within, field) {
        (File::Units, None, "id") => NameKind::Unit,
        (File::Plan, Some("nodes"), "code") => NameKind::Node,
        (File::Objective(_), None, "code") => NameKind::Objective,
        (File::Project(_), None, "code") => NameKind::Project,
        (File::Project(_), Some("milestones"), "title") => NameKind::Milestone,
        _ => return None,
    })
}

#[derive(Clone, Debug)]
pub(super) struct Definition {
    pub(super) kind: NameKind,
    /// The name that it goes by.
    pub(super) name: String,
    pub(super) title: String,
    /// Where the name is written; none where it is the file's own.
    pub(super) place: Option<ClientPosition>,
    /// All names by which it may be named, as they are compared.
    keys: Vec<Arc<str>>,
    /// Of a unit, the one that it is part of.
    parent: Option<String>,
}

impl Definition {
    fn new(kind: NameKind, name: &str, title: String, place: Option<ClientPosition>) -> Self {
        Self { kind, name: name.to_owned(), title, place, keys: vec![folded(name).into()], parent: None }
    }

    fn is_also(&mut self, name: &str) {
        let key: Arc<str> = folded(name).into();
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) written: String,
    /// Where it stands, without the plan before a node's code.
    pub(super) place: ClientPosition,
    kind: NameKind,
    key: Arc<str>,
}

impl Mention {
    fn new(kind: NameKind, (bytes, written): &(Range<usize>, String), lines: &Lines<'_>) -> Self {
        let name = plain(kind, written);
        let place = lines.place(&(bytes.end.saturating_sub(name.len()).max(bytes.start)..bytes.end));
        Self { written: written.clone(), place, kind, key: folded(name).into() }
    }
}

/// The names of one text.
#[derive(Clone, Debug, Default)]
pub(super) struct FileNames {
    things: Vec<Definition>,
    mentions: Vec<Mention>,
    links: Vec<Link>,
    /// The unit that says which administration it is of.
    unit: Option<String>,
    /// The years for which its names hold.
    years: Option<Years>,
    whole: bool,
}

/// A thing, or where one is named, by the place of its file and its own there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameId {
    file: usize,
    place: usize,
}

#[derive(Debug)]
struct NameIndex {
    path: Arc<str>,
    uri: Option<Uri>,
    text: Arc<str>,
    scan: Arc<FileNames>,
    /// What was defined when the text could last be read to its end.
    defined: Arc<FileNames>,
    administration: Option<NameId>,
}

/// By the name as it is compared.
type ByComparedName = HashMap<Arc<str>, Vec<NameId>>;

/// The names of a site.
#[derive(Debug, Default)]
pub(super) struct SiteNames {
    /// In the order of their paths.
    files: Vec<NameIndex>,
    /// Those of each kind.
    all: [Vec<NameId>; NameKind::COUNT],
    things: [ByComparedName; NameKind::COUNT],
    mentions: [ByComparedName; NameKind::COUNT],
    links: ByComparedName,
}

/// The names of texts that were typed since a site's were read.
pub(super) type TypedNames<'t> = BTreeMap<&'t Arc<str>, FileNames>;

/// The names by which a site's sheets refer to its records, drafts among them.
pub fn known(tree: &SourceTree) -> parse::KnownNames {
    let names = SiteNames::of(tree, &SiteNames::default(), Encoding::Utf8);
    let list = |kind, name: fn(&str, &Definition) -> String| {
        let all = names.all(kind).map(|(id, thing)| name(names.path(id), thing));
        let mut seen = std::collections::HashSet::new();
        all.filter(|name| seen.insert(name.clone())).collect()
    };
    let own = |_: &str, thing: &Definition| thing.name.clone();
    parse::KnownNames {
        units: list(NameKind::Unit, own),
        nodes: list(NameKind::Node, |path, node| format!("{}:{}", stem(path), node.name)),
        objectives: list(NameKind::Objective, own),
        projects: list(NameKind::Project, |path, project| match File::of(path) {
            Some(File::Project(folder)) => folder.to_owned(),
            _ => project.name.clone(),
        }),
        series: list(NameKind::Series, own),
    }
}

/// The names of a file's text; none where it is no file of records.
pub(super) fn scan(path: &str, text: &str, encoding: Encoding) -> Option<FileNames> {
    let file = File::of(path)?;
    let entries = parse::entries(path, text)?;
    let lines = Lines::of(text, encoding);
    let mut scan = FileNames { whole: entries.is_complete, ..FileNames::default() };
    let top = entries.records.first();
    let get = |name| top.and_then(|record| record.get(name)).map(|(_, written)| written.clone());
    scan.unit = get(if file == File::Plan { "administration" } else { "unit" });
    match file {
        File::Objective(year) => scan.years = Years::new(year, year),
        File::Plan => scan.years = get("validity").and_then(|written| parse::validity(&written).ok()?),
        _ => {}
    }
    let is_translation = parse::is_translation(path);
    for record in &entries.records {
        collect(file, record, None, is_translation, &lines, &mut scan);
    }
    scan.links = links::of(path, text, &entries.records, &lines);
    let title = || get("title").unwrap_or_default();
    let named = scan
        .things
        .iter()
        .position(|thing| matches!(thing.kind, NameKind::Objective | NameKind::Project));
    match (file, named) {
        _ if is_translation => {}
        (File::Objective(_), None) => scan.things.push(Definition::new(NameKind::Objective, stem(path), title(), None)),
        (File::Project(slug), None) => scan.things.push(Definition::new(NameKind::Project, slug, title(), None)),
        (File::Project(slug), Some(named)) => scan.things[named].is_also(slug),
        _ => {}
    }
    Some(scan)
}

fn collect(
    file: File<'_>,
    record: &WrittenRecord,
    within: Option<&str>,
    is_translation: bool,
    lines: &Lines<'_>,
    scan: &mut FileNames,
) {
    let get = |name| record.get(name).map(|(_, written)| written.clone());
    let title = || get("title").or(get("name")).unwrap_or_default();
    for entry in &record.entries {
        let field = entry.field.name;
        match (defined(file, within, field), entry.scalars.first()) {
            // What is translated goes by its name, which is given elsewhere; a title is what the translation gives.
            (Some(NameKind::Milestone), _) if is_translation => {}
            (Some(kind), Some(name)) if is_translation => scan.mentions.push(Mention::new(kind, name, lines)),
            (Some(kind), Some((bytes, name))) => {
                let mut thing = Definition::new(kind, name, title(), Some(lines.place(bytes)));
                if kind == NameKind::Unit {
                    thing.parent = get("parent");
                    get("name").iter().for_each(|name| thing.is_also(name));
                    let aliases = record.entries.iter().filter(|entry| entry.field.name == "aliases");
                    aliases.flat_map(|entry| &entry.scalars).for_each(|(_, alias)| thing.is_also(alias));
                }
                scan.things.push(thing);
            }
            _ => {}
        }
        if let Some(kind) = named(file, within, field) {
            scan.mentions.extend(entry.scalars.iter().map(|found| Mention::new(kind, found, lines)));
            if kind == NameKind::Series {
                let thing = |(bytes, name): &(Range<usize>, String)| {
                    Definition::new(kind, name, title(), Some(lines.place(bytes)))
                };
                scan.things.extend(entry.scalars.iter().map(thing));
            }
        }
        for inner in &entry.records {
            collect(file, inner, Some(field), is_translation, lines, scan);
        }
    }
}

impl SiteNames {
    /// The names of a tree, most of whose texts are as they were.
    pub(super) fn of(tree: &SourceTree, before: &Self, encoding: Encoding) -> Self {
        let files: Vec<_> = tree.files().map(|(_, file)| file).collect();
        let files: Vec<NameIndex> = files
            .into_par_iter()
            .filter_map(|file| {
                let Content::Text(text) = &file.content else { return None };
                let known = before.file(&file.path).map(|at| &before.files[at]);
                let (path, text) = (file.path.clone(), text.clone());
                if let Some(known) = known.filter(|known| known.text == text) {
                    let NameIndex { uri, scan, defined, .. } = known;
                    let (uri, scan, defined) = (uri.clone(), scan.clone(), defined.clone());
                    return Some(NameIndex { path, uri, text, scan, defined, administration: None });
                }
                let scan = Arc::new(scan(&path, &text, encoding)?);
                let last = known.filter(|_| !scan.whole).map(|known| known.defined.clone());
                let defined = last.unwrap_or_else(|| scan.clone());
                let uri = address(tree.root(), &path);
                Some(NameIndex { path, uri, text, scan, defined, administration: None })
            })
            .collect();
        let mut names = Self { files, ..Self::default() };
        for (file, known) in names.files.iter().enumerate() {
            for (place, thing) in known.defined.things.iter().enumerate() {
                let id = NameId { file, place };
                names.all[thing.kind as usize].push(id);
                for key in &thing.keys {
                    names.things[thing.kind as usize].entry(key.clone()).or_default().push(id);
                }
            }
            for (place, mention) in known.scan.mentions.iter().enumerate() {
                let index = &mut names.mentions[mention.kind as usize];
                index.entry(mention.key.clone()).or_default().push(NameId { file, place });
            }
            for (place, link) in known.scan.links.iter().enumerate() {
                names.links.entry(link.key.clone()).or_default().push(NameId { file, place });
            }
        }
        let mut roots: HashMap<&str, Option<NameId>> = HashMap::new();
        let administrations: Vec<Option<NameId>> = (names.files.iter())
            .map(|known| {
                let unit = known.defined.unit.as_deref()?;
                *roots.entry(unit).or_insert_with(|| names.root(unit))
            })
            .collect();
        for (known, administration) in names.files.iter_mut().zip(administrations) {
            known.administration = administration;
        }
        names
    }

    fn file(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|known| (*known.path).cmp(path)).ok()
    }

    /// A thing of these names.
    pub(super) fn thing(&self, id: NameId) -> &Definition {
        &self.files[id.file].defined.things[id.place]
    }

    /// The file that gives a thing its name.
    pub(super) fn path(&self, id: NameId) -> &Arc<str> {
        &self.files[id.file].path
    }

    /// The address of a file as a client is told it.
    pub(super) fn uri(&self, path: &str) -> Option<&Uri> {
        self.files[self.file(path)?].uri.as_ref()
    }

    /// Where a thing is given its name; `typed` are texts that changed since.
    pub(super) fn place<'s>(&'s self, id: NameId, typed: &'s TypedNames<'_>) -> Option<&'s ClientPosition> {
        let thing = self.thing(id);
        match typed.get(self.path(id)) {
            Some(scan) => {
                let mut things = scan.things.iter();
                things.find(|new| new.kind == thing.kind && new.name == thing.name)?.place.as_ref()
            }
            None => thing.place.as_ref(),
        }
    }

    pub(super) fn all(&self, kind: NameKind) -> impl Iterator<Item = (NameId, &Definition)> {
        self.all[kind as usize].iter().map(|id| (*id, self.thing(*id)))
    }

    /// The names of those open texts that aren't as they were read.
    pub(super) fn typed<'t>(
        &self,
        open: impl Iterator<Item = (&'t Arc<str>, &'t Arc<str>)>,
        encoding: Encoding,
    ) -> TypedNames<'t> {
        let is_new = |path: &str, text: &Arc<str>| {
            self.file(path)
                .is_none_or(|at| !Arc::ptr_eq(&self.files[at].text, text) && self.files[at].text != *text)
        };
        open.filter(|(path, text)| is_new(path, text))
            .filter_map(|(path, text)| Some((path, scan(path, text, encoding)?)))
            .collect()
    }

    /// The root unit that the records of a thing's file, or of another, belong to, where it is known.
    fn administration(&self, file: Option<usize>) -> Option<NameId> {
        self.files[file?].administration
    }

    fn root(&self, unit: &str) -> Option<NameId> {
        let mut id = *self.units(unit).first()?;
        // A circle of units is a mistake that is told elsewhere.
        for _ in 0..64 {
            let Some(parent) = self.thing(id).parent.as_deref() else { return Some(id) };
            id = *self.units(parent).first()?;
        }
        None
    }

    fn units(&self, name: &str) -> &[NameId] {
        self.things[NameKind::Unit as usize].get(&*folded(name)).map_or(&[], Vec::as_slice)
    }

    /// The years for which the names of a file hold.
    fn years(&self, file: Option<usize>) -> Option<Years> {
        self.files[file?].defined.years
    }

    /// What a word of a file names: of several things the one of its administration and year.
    pub(super) fn resolve(&self, kind: NameKind, written: &str, from: &str) -> Option<NameId> {
        let found = self.things[kind as usize].get(&*folded(plain(kind, written)))?;
        self.choose(found, written, &NameReader::of(self, from))
    }

    /// Whether a thing may be named in a file by a field, whatever else goes by its name.
    pub(super) fn fits(&self, id: NameId, field: &str, from: &NameReader<'_>) -> bool {
        let kind = self.thing(id).kind;
        let year = from
            .year
            .filter(|_| kind == NameKind::Node || kind == NameKind::Objective && field == "continues");
        let holds = year.is_none_or(|year| match self.years(Some(id.file)) {
            Some(years) if kind == NameKind::Objective => years.first() < year,
            years => years.is_none_or(|years| years.contains(year)),
        });
        let is_itself = kind == NameKind::Objective && Some(id.file) == from.file;
        holds && !is_itself && self.reaches(id, from)
    }

    /// Whether a thing is one of those that a file can name.
    fn reaches(&self, id: NameId, from: &NameReader<'_>) -> bool {
        let path = &self.files[id.file].path;
        match self.thing(id).kind {
            NameKind::Unit => true,
            // Above a node stands a node of its own plan.
            NameKind::Node if from.path.starts_with("content/plans/") => {
                parse::record_path(path) == parse::record_path(from.path)
            }
            NameKind::Milestone => match path.strip_suffix("index.md") {
                Some(folder) => from.path.starts_with(folder),
                None => false,
            },
            _ => from.administration.is_none() || self.administration(Some(id.file)) == from.administration,
        }
    }

    fn choose(&self, found: &[NameId], written: &str, from: &NameReader<'_>) -> Option<NameId> {
        let kind = self.thing(*found.first()?).kind;
        if kind == NameKind::Unit {
            // An id stands before a name that is written as it is.
            let exact = found.iter().find(|id| self.thing(**id).name == written);
            return exact.or(found.first()).copied();
        }
        let plan = written.split_once(':').filter(|_| kind == NameKind::Node).map(|(plan, _)| plan.trim());
        let year = from.year.filter(|_| kind == NameKind::Node);
        let fits = |id: &&NameId| {
            let holds = year.is_none_or(|year| self.years(Some(id.file)).is_none_or(|years| years.contains(year)));
            holds && plan.is_none_or(|plan| stem(&self.files[id.file].path) == plan) && self.reaches(**id, from)
        };
        found.iter().find(fits).copied()
    }

    /// Where a thing is named, in the order of files and places. `typed` are texts that changed since.
    pub(super) fn uses<'s>(&'s self, id: NameId, typed: &'s TypedNames<'_>) -> Vec<(&'s Arc<str>, &'s Mention)> {
        let thing = self.thing(id);
        // A series has as many definitions as names.
        let is = |found: Option<NameId>| found.is_some_and(|found| found == id || self.is_same_series(found, id));
        let mut uses = Vec::new();
        for key in &thing.keys {
            let Some(found) = self.things[thing.kind as usize].get(key) else { continue };
            for at in self.mentions[thing.kind as usize].get(key).into_iter().flatten() {
                let NameIndex { path, scan, .. } = &self.files[at.file];
                if typed.contains_key(path) {
                    continue;
                }
                let mention = &scan.mentions[at.place];
                if is(self.choose(found, &mention.written, &NameReader::at(self, path, Some(at.file)))) {
                    uses.push((path, mention));
                }
            }
            for (path, scan) in typed {
                let reader = NameReader::of(self, path);
                let named = scan.mentions.iter().filter(|new| new.kind == thing.kind && new.key == *key);
                uses.extend(named.filter(|new| is(self.choose(found, &new.written, &reader))).map(|new| (*path, new)));
            }
        }
        uses.sort_by(|a, b| (a.0, a.1.place.bytes.start).cmp(&(b.0, b.1.place.bytes.start)));
        uses
    }

    /// The links whose last part is a name, in the order of files and places. `typed` are texts that changed since.
    pub(super) fn links<'s>(&'s self, key: &str, typed: &'s TypedNames<'_>) -> Vec<(&'s Arc<str>, &'s Link)> {
        let known = self.links.get(key).into_iter().flatten().map(|at| {
            let NameIndex { path, scan, .. } = &self.files[at.file];
            (path, &scan.links[at.place])
        });
        let new = typed.iter().flat_map(|(path, scan)| scan.links.iter().map(|link| (*path, link)));
        let known = known.filter(|(path, _)| !typed.contains_key(path));
        known.chain(new.filter(|(_, link)| *link.key == *key)).collect()
    }

    fn is_same_series(&self, a: NameId, b: NameId) -> bool {
        let (one, other) = (self.thing(a), self.thing(b));
        one.kind == NameKind::Series
            && one.keys == other.keys
            && self.administration(Some(a.file)) == self.administration(Some(b.file))
    }
}

/// The file in which names are read, with what says which things they are the names of.
pub(super) struct NameReader<'p> {
    path: &'p str,
    file: Option<usize>,
    administration: Option<NameId>,
    year: Option<i16>,
}

impl<'p> NameReader<'p> {
    pub(super) fn of(names: &SiteNames, path: &'p str) -> Self {
        Self::at(names, path, names.file(path))
    }

    fn at(names: &SiteNames, path: &'p str, file: Option<usize>) -> Self {
        Self { path, file, administration: names.administration(file), year: names.years(file).map(Years::first) }
    }
}

/// The name of a path's file without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A reference without the plan that it is looked for in.
pub(super) fn plain(kind: NameKind, written: &str) -> &str {
    match written.split_once(':') {
        Some((_, code)) if kind == NameKind::Node => code.trim(),
        _ => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_its_administration_and_year() {
        let tree = SourceTree::from_texts([
            (
                "content/units.yaml",
                "- {id: a, name: Alfa}\n- {id: b, name: Beta}\n- {id: b/c, name: Gamma, parent: Beta}\n",
            ),
            ("content/plans/a19.yaml", "title: P\nadministration: a\nvalidity: 2019\nnodes: [{code: 5.1, title: T}]\n"),
            ("content/plans/a20.yaml", "title: P\nadministration: a\nvalidity: 2020\nnodes: [{code: 5.1, title: U}]\n"),
            ("content/objectives/2020/x.md", "---\ncode: Q1\ntitle: X\nunit: Alfa\nplan: [5.1]\n---\n"),
            ("content/objectives/2021/y.md", "---\ncode: Q1\ntitle: Y\nunit: Gamma\n---\n"),
            ("content/projects/p/index.md", "---\ntitle: P\nunit: b\nobjectives: [q1]\n---\n"),
        ]);
        let names = SiteNames::of(&tree, &SiteNames::default(), Encoding::Utf8);
        let title = |kind, written, from| {
            let id = names.resolve(kind, written, from)?;
            Some(names.thing(id).title.as_str())
        };
        assert_eq!(title(NameKind::Node, "5.1", "content/objectives/2020/x.md"), Some("U"));
        assert_eq!(title(NameKind::Node, "a19:5.1", "content/projects/p/index.md"), None, "of another administration");
        assert_eq!(title(NameKind::Objective, "Q1", "content/projects/p/index.md"), Some("Y"));
        let id = names
            .resolve(NameKind::Objective, "Q1", "content/projects/p/index.md")
            .expect("it is there");
        let uses: Vec<_> = names.uses(id, &TypedNames::new()).into_iter().map(|(path, _)| path.to_string()).collect();
        assert_eq!(uses, ["content/projects/p/index.md"]);
    }
}
