//! The names of one text.

use std::ops::Range;
use std::sync::Arc;

use super::kind::{NameKind, defined, named, plain, stem};
use crate::lsp::links::{self, Link};
use crate::lsp::text::{ClientPosition, Encoding, Lines};
use crate::model::Years;
use crate::model::folded;
use crate::parse::{self, SheetKind as File, WrittenRecord};

/// Definition of the name of a thing.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Definition {
    pub(in crate::lsp) kind: NameKind,
    pub(in crate::lsp) name: String,
    pub(in crate::lsp) title: String,
    /// The place of the name in the text. `None` if it is the name of the file.
    pub(in crate::lsp) place: Option<ClientPosition>,
    /// All names by which it may be used, as they are compared.
    pub(super) keys: Vec<Arc<str>>,
    /// The name of the unit around a unit.
    pub(super) parent: Option<String>,
}

impl Definition {
    fn new(kind: NameKind, name: &str, title: String, place: Option<ClientPosition>) -> Self {
        Self { kind, name: name.to_owned(), title, place, keys: vec![folded(name).into()], parent: None }
    }

    fn add_name(&mut self, name: &str) {
        let key: Arc<str> = folded(name).into();
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }
}

/// A use of a name.
#[derive(Clone, Debug)]
pub(in crate::lsp) struct Mention {
    pub(super) written: String,
    /// Place in the text, without the plan before a node's code.
    pub(in crate::lsp) place: ClientPosition,
    pub(super) kind: NameKind,
    pub(super) key: Arc<str>,
}

impl Mention {
    fn new(kind: NameKind, (bytes, written): &(Range<usize>, String), lines: &Lines<'_>) -> Self {
        let name = plain(kind, written);
        let place = lines.client_position(&(bytes.end.saturating_sub(name.len()).max(bytes.start)..bytes.end));
        Self { written: written.clone(), place, kind, key: folded(name).into() }
    }
}

/// The names of one text.
#[derive(Clone, Debug, Default)]
pub(in crate::lsp) struct FileNames {
    pub(super) definitions: Vec<Definition>,
    pub(super) mentions: Vec<Mention>,
    pub(super) links: Vec<Link>,
    /// The name of the unit that decides the file's administration.
    pub(super) unit: Option<String>,
    /// The years for which its names hold.
    pub(super) years: Option<Years>,
    /// True if the text could be read to its end.
    pub(super) is_complete: bool,
}

/// The names of a file's text. Returns `None` if it is no file of records.
pub(super) fn scan(path: &str, text: &str, encoding: Encoding) -> Option<FileNames> {
    let file = File::of(path)?;
    let entries = parse::entries(path, text)?;
    let lines = Lines::of(text, encoding);
    let mut names = FileNames { is_complete: entries.is_complete, ..FileNames::default() };
    let top = entries.records.first();
    let get = |name| top.and_then(|record| record.get(name)).map(|(_, written)| written.clone());
    names.unit = get(if file == File::Plan { "administration" } else { "unit" });
    match file {
        File::Objective(year) => names.years = Years::new(year, year),
        File::Plan => names.years = get("validity").and_then(|written| parse::validity(&written).ok()?),
        _ => {}
    }
    let is_translation = parse::is_translation(path);
    for record in &entries.records {
        collect(file, record, None, is_translation, &lines, &mut names);
    }
    names.links = links::of(path, text, &entries.records, &lines);
    let title = || get("title").unwrap_or_default();
    let own = names
        .definitions
        .iter()
        .position(|definition| matches!(definition.kind, NameKind::Objective | NameKind::Project));
    match (file, own) {
        _ if is_translation => {}
        (File::Objective(_), None) => {
            names.definitions.push(Definition::new(NameKind::Objective, stem(path), title(), None));
        }
        (File::Project(slug), None) => names.definitions.push(Definition::new(NameKind::Project, slug, title(), None)),
        (File::Project(slug), Some(own)) => names.definitions[own].add_name(slug),
        _ => {}
    }
    Some(names)
}

fn collect(
    file: File<'_>,
    record: &WrittenRecord,
    within: Option<&str>,
    is_translation: bool,
    lines: &Lines<'_>,
    names: &mut FileNames,
) {
    let get = |name| record.get(name).map(|(_, written)| written.clone());
    let title = || get("title").or(get("name")).unwrap_or_default();
    for entry in &record.entries {
        let field = entry.field.name;
        match (defined(file, within, field), entry.scalars.first()) {
            // A translation uses the name of its record, which is defined elsewhere, and translates a title.
            (Some(NameKind::Milestone), _) if is_translation => {}
            (Some(kind), Some(name)) if is_translation => names.mentions.push(Mention::new(kind, name, lines)),
            (Some(kind), Some((bytes, name))) => {
                let mut definition = Definition::new(kind, name, title(), Some(lines.client_position(bytes)));
                if kind == NameKind::Unit {
                    definition.parent = get("parent");
                    get("name").iter().for_each(|name| definition.add_name(name));
                    let aliases = record.entries.iter().filter(|entry| entry.field.name == "aliases");
                    aliases.flat_map(|entry| &entry.scalars).for_each(|(_, alias)| definition.add_name(alias));
                }
                names.definitions.push(definition);
            }
            _ => {}
        }
        if let Some(kind) = named(file, within, field) {
            names.mentions.extend(entry.scalars.iter().map(|found| Mention::new(kind, found, lines)));
            if kind == NameKind::Series {
                let define = |(bytes, name): &(Range<usize>, String)| {
                    Definition::new(kind, name, title(), Some(lines.client_position(bytes)))
                };
                names.definitions.extend(entry.scalars.iter().map(define));
            }
        }
        for inner in &entry.records {
            collect(file, inner, Some(field), is_translation, lines, names);
        }
    }
}
