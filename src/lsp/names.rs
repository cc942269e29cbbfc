//! What has a name in a site, where it is given and where it is used: units, plan nodes, objectives, projects, series.
//!
//! It is read from the texts as they are, so that names are found while a site has problems.

use std::collections::{BTreeMap, HashMap};
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::folded;
use crate::parse::{self, Kind as File, Record};
use crate::source::{Content, SourceTree};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Unit,
    Node,
    Objective,
    Project,
    /// An indicator over the years; it is defined wherever it is named.
    Thread,
}

/// What a field of a kind of file names; `within` is the field that its record stands in.
pub(super) fn named(file: File<'_>, within: Option<&str>, field: &str) -> Option<Kind> {
    Some(match (file, within, field) {
        (File::Units, _, "parent" | "succeeded_by") | (_, _, "unit" | "centre" | "administration") => Kind::Unit,
        (File::Plan, _, "parent") | (File::Objective(_) | File::Project(_), None, "plan") => Kind::Node,
        (_, None, "continues" | "objectives") => Kind::Objective,
        (_, None, "projects" | "project") => Kind::Project,
        (_, Some("indicators" | "expected_results"), "thread") => Kind::Thread,
        _ => return None,
    })
}

/// What a field gives a name to.
pub(super) fn defined(file: File<'_>, within: Option<&str>, field: &str) -> Option<Kind> {
    Some(match (file, within, field) {
        (File::Units, None, "id") => Kind::Unit,
        (File::Plan, Some("nodes"), "code") => Kind::Node,
        (File::Objective(_), None, "code") => Kind::Objective,
        (File::Project(_), None, "code") => Kind::Project,
        _ => return None,
    })
}

#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) kind: Kind,
    /// The name that it goes by.
    pub(super) name: String,
    /// Other names by which it may be named.
    also: Vec<String>,
    pub(super) title: String,
    /// Where the name is written; none where it is the file's own.
    pub(super) bytes: Option<Range<usize>>,
    /// Of a unit, the one that it is part of.
    parent: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) kind: Kind,
    pub(super) written: String,
    pub(super) bytes: Range<usize>,
}

/// The names of one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    pub(super) things: Vec<Thing>,
    pub(super) mentions: Vec<Mention>,
    /// The unit that says which administration it is of.
    unit: Option<String>,
    /// The years for which its names hold.
    years: Option<RangeInclusive<i16>>,
    whole: bool,
}

/// A thing by its file and its place there.
pub(super) type Id = (Arc<str>, usize);

#[derive(Debug)]
struct Known {
    text: Arc<str>,
    scan: Arc<Scan>,
    /// What was defined when the text could last be read to its end.
    defined: Arc<Scan>,
    administration: Option<Id>,
}

/// The names of a site.
#[derive(Debug, Default)]
pub(super) struct Names {
    files: BTreeMap<Arc<str>, Known>,
    things: HashMap<(Kind, String), Vec<Id>>,
    /// By file and place there.
    mentions: HashMap<(Kind, String), Vec<Id>>,
}

/// The names of a file's text; none where it is no file of records.
pub(super) fn scan(path: &str, text: &str) -> Option<Scan> {
    let file = File::of(path)?;
    let entries = parse::entries(path, text)?;
    let mut scan = Scan { whole: entries.whole, ..Scan::default() };
    let top = entries.records.first();
    let get = |name| top.and_then(|record| record.get(name)).map(|(_, written)| written.clone());
    scan.unit = get(if file == File::Plan { "administration" } else { "unit" });
    let is_translation = text_is_translation(path);
    match file {
        File::Objective(year) => scan.years = Some(year..=year),
        File::Plan => scan.years = get("validity").and_then(|written| years(&written)),
        _ => {}
    }
    for record in &entries.records {
        collect(file, record, None, &mut scan);
    }
    let stem = path
        .rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map_or(path, |(stem, _)| stem);
    let title = || get("title").unwrap_or_default();
    let unnamed = |kind, name: &str| Thing {
        kind,
        name: name.to_owned(),
        also: Vec::new(),
        title: title(),
        bytes: None,
        parent: None,
    };
    match file {
        _ if is_translation => scan.things.clear(),
        File::Objective(_) if scan.things.is_empty() => scan.things.push(unnamed(Kind::Objective, stem)),
        File::Project(slug) => match scan.things.first_mut() {
            Some(project) => project.also.push(slug.to_owned()),
            None => scan.things.push(unnamed(Kind::Project, slug)),
        },
        _ => {}
    }
    Some(scan)
}

fn text_is_translation(path: &str) -> bool {
    let stem = path
        .rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map_or("", |(stem, _)| stem);
    stem.rsplit_once('.').is_some_and(|(_, language)| language.len() == 2)
}

/// The years that are written in a validity: whatever has four figures.
fn years(written: &str) -> Option<RangeInclusive<i16>> {
    let years = written.split(|c: char| !c.is_ascii_digit()).filter(|figures| figures.len() == 4);
    let years: Vec<i16> = years.filter_map(|year| year.parse().ok()).collect();
    Some(*years.iter().min()?..=*years.iter().max()?)
}

fn collect(file: File<'_>, record: &Record, within: Option<&str>, scan: &mut Scan) {
    let get = |name| record.get(name).map(|(_, written)| written.clone());
    for entry in &record.entries {
        let field = entry.field.name;
        if let (Some(kind), Some((bytes, name))) = (defined(file, within, field), entry.scalars.first()) {
            let of_unit = kind == Kind::Unit;
            let aliases = record.entries.iter().filter(|entry| of_unit && entry.field.name == "aliases");
            let aliases = aliases.flat_map(|entry| &entry.scalars).map(|(_, alias)| alias.clone());
            scan.things.push(Thing {
                kind,
                name: name.clone(),
                also: get("name").filter(|_| of_unit).into_iter().chain(aliases).collect(),
                title: get("title").or(get("name")).unwrap_or_default(),
                bytes: Some(bytes.clone()),
                parent: get("parent").filter(|_| of_unit),
            });
        }
        if let Some(kind) = named(file, within, field) {
            let mention = |(bytes, written): &(Range<usize>, String)| Mention {
                kind,
                written: written.clone(),
                bytes: bytes.clone(),
            };
            scan.mentions.extend(entry.scalars.iter().map(mention));
            if kind == Kind::Thread {
                let title = get("title").unwrap_or_default();
                let thing = |(bytes, name): &(Range<usize>, String)| Thing {
                    kind,
                    name: name.clone(),
                    also: Vec::new(),
                    title: title.clone(),
                    bytes: Some(bytes.clone()),
                    parent: None,
                };
                scan.things.extend(entry.scalars.iter().map(thing));
            }
        }
        for inner in &entry.records {
            collect(file, inner, Some(field), scan);
        }
    }
}

impl Names {
    /// The names of a tree, most of whose texts are as they were.
    pub(super) fn of(tree: &SourceTree, before: &Self) -> Self {
        let files: Vec<_> = tree.files().map(|(_, file)| file).collect();
        let files: BTreeMap<Arc<str>, Known> = files
            .into_par_iter()
            .filter_map(|file| {
                let Content::Text(text) = &file.content else { return None };
                let known = before.files.get(&file.path);
                if let Some(known) = known.filter(|known| known.text == *text) {
                    let Known { text, scan, defined, .. } = known;
                    let (text, scan, defined) = (text.clone(), scan.clone(), defined.clone());
                    let known = Known { text, scan, defined, administration: None };
                    return Some((file.path.clone(), known));
                }
                let scan = Arc::new(scan(&file.path, text)?);
                let last = known.filter(|_| !scan.whole).map(|known| known.defined.clone());
                let defined = last.unwrap_or_else(|| scan.clone());
                Some((file.path.clone(), Known { text: text.clone(), scan, defined, administration: None }))
            })
            .collect();
        let mut names = Self { files, ..Self::default() };
        for (path, known) in &names.files {
            for (place, thing) in known.defined.things.iter().enumerate() {
                for name in std::iter::once(&thing.name).chain(&thing.also) {
                    let ids = names.things.entry((thing.kind, folded(name))).or_default();
                    if ids.last().is_none_or(|last| *last != (path.clone(), place)) {
                        ids.push((path.clone(), place));
                    }
                }
            }
            for (place, mention) in known.scan.mentions.iter().enumerate() {
                let key = (mention.kind, folded(plain(mention.kind, &mention.written)));
                names.mentions.entry(key).or_default().push((path.clone(), place));
            }
        }
        let mut roots: HashMap<&str, Option<Id>> = HashMap::new();
        let administrations: Vec<Option<Id>> = (names.files.values())
            .map(|known| {
                let unit = known.defined.unit.as_deref()?;
                roots.entry(unit).or_insert_with(|| names.root(unit)).clone()
            })
            .collect();
        for (known, administration) in names.files.values_mut().zip(administrations) {
            known.administration = administration;
        }
        names
    }

    pub(super) fn thing(&self, (path, place): &Id) -> Option<&Thing> {
        self.files.get(path)?.defined.things.get(*place)
    }

    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = (Id, &Thing)> {
        self.files.iter().flat_map(move |(path, known)| {
            let things = known.defined.things.iter().enumerate().filter(move |(_, thing)| thing.kind == kind);
            things.map(move |(place, thing)| ((path.clone(), place), thing))
        })
    }

    /// The root unit that a file's records belong to, where it is known.
    pub(super) fn administration(&self, path: &str) -> Option<&Id> {
        self.files.get(path)?.administration.as_ref()
    }

    fn root(&self, unit: &str) -> Option<Id> {
        let mut id = self.units(unit).first()?.clone();
        // A circle of units is a mistake that is told elsewhere.
        for _ in 0..64 {
            let Some(parent) = self.thing(&id)?.parent.as_deref() else { return Some(id) };
            id = self.units(parent).first()?.clone();
        }
        None
    }

    fn units(&self, name: &str) -> &[Id] {
        self.things.get(&(Kind::Unit, folded(name))).map_or(&[], Vec::as_slice)
    }

    /// The years for which the names of a file hold.
    pub(super) fn years(&self, path: &str) -> Option<&RangeInclusive<i16>> {
        self.files.get(path)?.defined.years.as_ref()
    }

    /// What a word of a file names: of several things the one of its administration and year.
    pub(super) fn resolve(&self, kind: Kind, written: &str, from: &str) -> Option<Id> {
        let found = self.things.get(&(kind, folded(plain(kind, written))))?;
        if kind == Kind::Unit {
            // An id stands before a name that is written as it is.
            let exact = found.iter().find(|id| self.thing(id).is_some_and(|thing| thing.name == written));
            return exact.or(found.first()).cloned();
        }
        let here = self.administration(from);
        let plan = written.split_once(':').filter(|_| kind == Kind::Node).map(|(plan, _)| plan.trim());
        let year = self.years(from).map(|years| *years.start()).filter(|_| kind == Kind::Node);
        let fits = |id: &&Id| {
            let own = here.is_none() || self.administration(&id.0) == here;
            let holds = year.is_none_or(|year| self.years(&id.0).is_none_or(|years| years.contains(&year)));
            let planned =
                plan.is_none_or(|plan| id.0.strip_prefix("content/plans/").is_some_and(|name| stem(name) == plan));
            // Above a node stands a node of its own plan.
            let inside = kind != Kind::Node || !from.starts_with("content/plans/") || &*id.0 == from;
            own && holds && planned && inside
        };
        found.iter().find(fits).cloned()
    }

    /// Where a thing is named, in files and bytes. `open` are texts that may have changed since.
    pub(super) fn uses(&self, id: &Id, open: &[(&Arc<str>, &str)]) -> Vec<(Arc<str>, Mention)> {
        let Some(thing) = self.thing(id) else { return Vec::new() };
        let fresh: Vec<(&Arc<str>, Scan)> = (open.iter())
            .filter(|(path, text)| self.files.get(*path).is_none_or(|known| &*known.text != *text))
            .filter_map(|(path, text)| Some((*path, scan(path, text)?)))
            .collect();
        // A series has as many definitions as names.
        let is = |found: Option<Id>| found.is_some_and(|found| found == *id || self.is_same_thread(&found, id));
        let names = std::iter::once(&thing.name).chain(&thing.also).map(|name| (thing.kind, folded(name)));
        let known = names.flat_map(|key| self.mentions.get(&key).map_or(&[][..], Vec::as_slice));
        let known = known.filter(|(path, _)| fresh.iter().all(|(other, _)| *other != path));
        let known = known
            .filter_map(|(path, place)| Some((path.clone(), self.files.get(path)?.scan.mentions.get(*place)?.clone())));
        let typed = fresh
            .iter()
            .flat_map(|(path, scan)| scan.mentions.iter().map(|found| ((*path).clone(), found.clone())));
        let mut uses: Vec<(Arc<str>, Mention)> = known
            .chain(typed)
            .filter(|(path, found)| found.kind == thing.kind && is(self.resolve(found.kind, &found.written, path)))
            .collect();
        uses.sort_by(|a, b| (&a.0, a.1.bytes.start).cmp(&(&b.0, b.1.bytes.start)));
        uses.dedup_by(|a, b| (&a.0, &a.1.bytes) == (&b.0, &b.1.bytes));
        uses
    }

    fn is_same_thread(&self, a: &Id, b: &Id) -> bool {
        let (Some(one), Some(other)) = (self.thing(a), self.thing(b)) else { return false };
        one.kind == Kind::Thread
            && other.kind == Kind::Thread
            && one.name == other.name
            && self.administration(&a.0) == self.administration(&b.0)
    }
}

pub(super) fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A reference without the plan that it is looked for in.
pub(super) fn plain(kind: Kind, written: &str) -> &str {
    match written.split_once(':') {
        Some((_, code)) if kind == Kind::Node => code.trim(),
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
        let names = Names::of(&tree, &Names::default());
        let title = |kind, written, from| {
            let id = names.resolve(kind, written, from)?;
            names.thing(&id).map(|thing| thing.title.as_str())
        };
        assert_eq!(title(Kind::Node, "5.1", "content/objectives/2020/x.md"), Some("U"));
        assert_eq!(title(Kind::Node, "a19:5.1", "content/projects/p/index.md"), None, "of another administration");
        assert_eq!(title(Kind::Objective, "Q1", "content/projects/p/index.md"), Some("Y"));
        let id = names.resolve(Kind::Objective, "Q1", "content/projects/p/index.md").expect("it is there");
        let uses: Vec<_> = names.uses(&id, &[]).into_iter().map(|(path, _)| path.to_string()).collect();
        assert_eq!(uses, ["content/projects/p/index.md"]);
    }
}
