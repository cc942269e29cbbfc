//! The names of a site.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use lsp_types::Uri;
use rayon::prelude::*;

use super::kind::{NameKind, plain, stem};
use super::scan::{Definition, FileNames, Mention, scan};
use crate::lsp::links::Link;
use crate::lsp::text::{ClientPosition, Encoding};
use crate::lsp::uri;
use crate::model::Years;
use crate::model::folded;
use crate::parse;
use crate::source::{Content, SourceTree};

/// Number of a definition, a use of a name or a link: the index of its file and its own in that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) struct NameId {
    file: usize,
    index: usize,
}

#[derive(Debug)]
struct IndexedFile {
    path: Arc<str>,
    uri: Option<Uri>,
    text: Arc<str>,
    current: Arc<FileNames>,
    /// The names when the text could last be read to its end: the definitions are taken from here.
    defined: Arc<FileNames>,
    administration: Option<NameId>,
}

/// Definitions, uses or links by their names as they are compared.
type ByComparedName = HashMap<Arc<str>, Vec<NameId>>;

/// The names of a site.
#[derive(Debug, Default)]
pub(in crate::lsp) struct SiteNames {
    /// In the order of their paths.
    files: Vec<IndexedFile>,
    /// The definitions of each kind.
    all: [Vec<NameId>; NameKind::COUNT],
    definitions: [ByComparedName; NameKind::COUNT],
    mentions: [ByComparedName; NameKind::COUNT],
    links: ByComparedName,
}

/// The names of texts that changed since a site's names were read.
pub(in crate::lsp) type TypedNames<'t> = BTreeMap<&'t Arc<str>, FileNames>;

impl SiteNames {
    /// The names of a tree, most of whose texts are as they were in `before`.
    pub(in crate::lsp) fn of(tree: &SourceTree, before: &Self, encoding: Encoding) -> Self {
        let files: Vec<_> = tree.files().map(|(_, file)| file).collect();
        let files: Vec<IndexedFile> = files
            .into_par_iter()
            .filter_map(|file| {
                let Content::Text(text) = &file.content else { return None };
                let known = before.file(&file.path).map(|at| &before.files[at]);
                let (path, text) = (file.path.clone(), text.clone());
                if let Some(known) = known.filter(|known| known.text == text) {
                    let IndexedFile { uri, current, defined, .. } = known;
                    let (uri, current, defined) = (uri.clone(), current.clone(), defined.clone());
                    return Some(IndexedFile { path, uri, text, current, defined, administration: None });
                }
                let current = Arc::new(scan(&path, &text, encoding)?);
                let last = known.filter(|_| !current.is_complete).map(|known| known.defined.clone());
                let defined = last.unwrap_or_else(|| current.clone());
                let uri = uri::of_file(tree.root(), &path);
                Some(IndexedFile { path, uri, text, current, defined, administration: None })
            })
            .collect();
        let mut names = Self { files, ..Self::default() };
        for (file, known) in names.files.iter().enumerate() {
            for (index, definition) in known.defined.definitions.iter().enumerate() {
                let id = NameId { file, index };
                names.all[definition.kind as usize].push(id);
                for key in &definition.keys {
                    names.definitions[definition.kind as usize].entry(key.clone()).or_default().push(id);
                }
            }
            for (index, mention) in known.current.mentions.iter().enumerate() {
                let by_name = &mut names.mentions[mention.kind as usize];
                by_name.entry(mention.key.clone()).or_default().push(NameId { file, index });
            }
            for (index, link) in known.current.links.iter().enumerate() {
                names.links.entry(link.key.clone()).or_default().push(NameId { file, index });
            }
        }
        let mut roots: HashMap<&str, Option<NameId>> = HashMap::new();
        let administrations: Vec<Option<NameId>> = (names.files.iter())
            .map(|known| {
                let unit = known.defined.unit.as_deref()?;
                *roots.entry(unit).or_insert_with(|| names.root_unit(unit))
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

    pub(in crate::lsp) fn definition(&self, id: NameId) -> &Definition {
        &self.files[id.file].defined.definitions[id.index]
    }

    /// The path of a definition's file.
    pub(in crate::lsp) fn path(&self, id: NameId) -> &Arc<str> {
        &self.files[id.file].path
    }

    /// The address of a file, as it is sent to a client.
    pub(in crate::lsp) fn uri(&self, path: &str) -> Option<&Uri> {
        self.files[self.file(path)?].uri.as_ref()
    }

    /// The place of a definition's name; `typed` are texts that changed since.
    pub(in crate::lsp) fn definition_place<'s>(
        &'s self,
        id: NameId,
        typed: &'s TypedNames<'_>,
    ) -> Option<&'s ClientPosition> {
        let definition = self.definition(id);
        match typed.get(self.path(id)) {
            Some(names) => {
                let mut definitions = names.definitions.iter();
                let is_same = |new: &&Definition| new.kind == definition.kind && new.name == definition.name;
                definitions.find(is_same)?.place.as_ref()
            }
            None => definition.place.as_ref(),
        }
    }

    /// All definitions of a kind.
    pub(in crate::lsp) fn all(&self, kind: NameKind) -> impl Iterator<Item = (NameId, &Definition)> {
        self.all[kind as usize].iter().map(|id| (*id, self.definition(*id)))
    }

    /// The names of those open texts that differ from the ones that were read.
    pub(in crate::lsp) fn typed<'t>(
        &self,
        open: impl Iterator<Item = (&'t Arc<str>, &'t Arc<str>)>,
        encoding: Encoding,
    ) -> TypedNames<'t> {
        let is_typed = |path: &str, text: &Arc<str>| {
            self.file(path)
                .is_none_or(|at| !Arc::ptr_eq(&self.files[at].text, text) && self.files[at].text != *text)
        };
        open.filter(|(path, text)| is_typed(path, text))
            .filter_map(|(path, text)| Some((path, scan(path, text, encoding)?)))
            .collect()
    }

    /// The root unit of the records of a file, if it is known.
    fn administration(&self, file: Option<usize>) -> Option<NameId> {
        self.files[file?].administration
    }

    fn root_unit(&self, unit: &str) -> Option<NameId> {
        let mut id = *self.units(unit).first()?;
        // A circle of units is a mistake that is reported elsewhere.
        for _ in 0..64 {
            let Some(parent) = self.definition(id).parent.as_deref() else { return Some(id) };
            id = *self.units(parent).first()?;
        }
        None
    }

    fn units(&self, name: &str) -> &[NameId] {
        self.definitions[NameKind::Unit as usize].get(&*folded(name)).map_or(&[], Vec::as_slice)
    }

    /// The years for which the names of a file hold.
    fn years(&self, file: Option<usize>) -> Option<Years> {
        self.files[file?].defined.years
    }

    /// The definition that a word of a file names: of several the one of its administration and year.
    pub(in crate::lsp) fn resolve(&self, kind: NameKind, written: &str, from: &str) -> Option<NameId> {
        let found = self.definitions[kind as usize].get(&*folded(plain(kind, written)))?;
        self.choose(found, written, &NameReader::of(self, from))
    }

    /// True if a thing may be named in a file by a field, whatever else has its name.
    pub(in crate::lsp) fn fits(&self, id: NameId, field: &str, from: &NameReader<'_>) -> bool {
        let kind = self.definition(id).kind;
        let year = from
            .year
            .filter(|_| kind == NameKind::Node || kind == NameKind::Objective && field == "continues");
        let holds = year.is_none_or(|year| match self.years(Some(id.file)) {
            Some(years) if kind == NameKind::Objective => years.first() < year,
            years => years.is_none_or(|years| years.contains(year)),
        });
        let is_itself = kind == NameKind::Objective && Some(id.file) == from.file;
        holds && !is_itself && self.is_reachable(id, from)
    }

    /// True if a file can name a thing.
    fn is_reachable(&self, id: NameId, from: &NameReader<'_>) -> bool {
        let path = &self.files[id.file].path;
        match self.definition(id).kind {
            NameKind::Unit => true,
            // The node above a node is one of its own plan.
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

    /// The one of several things of one name that a file names.
    fn choose(&self, found: &[NameId], written: &str, from: &NameReader<'_>) -> Option<NameId> {
        let kind = self.definition(*found.first()?).kind;
        if kind == NameKind::Unit {
            // An id is preferred to a name that is written like it.
            let exact = found.iter().find(|id| self.definition(**id).name == written);
            return exact.or(found.first()).copied();
        }
        let plan = written.split_once(':').filter(|_| kind == NameKind::Node).map(|(plan, _)| plan.trim());
        let year = from.year.filter(|_| kind == NameKind::Node);
        let fits = |id: &&NameId| {
            let holds = year.is_none_or(|year| self.years(Some(id.file)).is_none_or(|years| years.contains(year)));
            holds && plan.is_none_or(|plan| stem(&self.files[id.file].path) == plan) && self.is_reachable(**id, from)
        };
        found.iter().find(fits).copied()
    }

    /// The uses of a name, in the order of files and places. `typed` are texts that changed since.
    pub(in crate::lsp) fn uses<'s>(
        &'s self,
        id: NameId,
        typed: &'s TypedNames<'_>,
    ) -> Vec<(&'s Arc<str>, &'s Mention)> {
        let definition = self.definition(id);
        // A series is defined wherever it is named.
        let is_it = |found: Option<NameId>| found.is_some_and(|found| found == id || self.is_same_series(found, id));
        let mut uses = Vec::new();
        for key in &definition.keys {
            let Some(found) = self.definitions[definition.kind as usize].get(key) else { continue };
            for at in self.mentions[definition.kind as usize].get(key).into_iter().flatten() {
                let IndexedFile { path, current, .. } = &self.files[at.file];
                if typed.contains_key(path) {
                    continue;
                }
                let mention = &current.mentions[at.index];
                if is_it(self.choose(found, &mention.written, &NameReader::at(self, path, Some(at.file)))) {
                    uses.push((path, mention));
                }
            }
            for (path, names) in typed {
                let reader = NameReader::of(self, path);
                let mentions = names.mentions.iter().filter(|new| new.kind == definition.kind && new.key == *key);
                let named = mentions.filter(|new| is_it(self.choose(found, &new.written, &reader)));
                uses.extend(named.map(|new| (*path, new)));
            }
        }
        uses.sort_by(|a, b| (a.0, a.1.place.bytes.start).cmp(&(b.0, b.1.place.bytes.start)));
        uses
    }

    /// The links whose last part is a name, in the order of files and places. `typed` are texts that changed since.
    pub(in crate::lsp) fn links<'s>(&'s self, key: &str, typed: &'s TypedNames<'_>) -> Vec<(&'s Arc<str>, &'s Link)> {
        let known = self.links.get(key).into_iter().flatten().map(|at| {
            let IndexedFile { path, current, .. } = &self.files[at.file];
            (path, &current.links[at.index])
        });
        let new = typed.iter().flat_map(|(path, names)| names.links.iter().map(|link| (*path, link)));
        let known = known.filter(|(path, _)| !typed.contains_key(path));
        known.chain(new.filter(|(_, link)| *link.key == *key)).collect()
    }

    fn is_same_series(&self, a: NameId, b: NameId) -> bool {
        let (one, other) = (self.definition(a), self.definition(b));
        one.kind == NameKind::Series
            && one.keys == other.keys
            && self.administration(Some(a.file)) == self.administration(Some(b.file))
    }
}

/// A file in which names are used, with what decides between several things of one name.
pub(in crate::lsp) struct NameReader<'p> {
    path: &'p str,
    file: Option<usize>,
    administration: Option<NameId>,
    year: Option<i16>,
}

impl<'p> NameReader<'p> {
    pub(in crate::lsp) fn of(names: &SiteNames, path: &'p str) -> Self {
        Self::at(names, path, names.file(path))
    }

    fn at(names: &SiteNames, path: &'p str, file: Option<usize>) -> Self {
        Self { path, file, administration: names.administration(file), year: names.years(file).map(Years::first) }
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
            Some(names.definition(id).title.as_str())
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
