//! Places of problems in the files, all of a file found in one reading of its text.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::front_matter::{FrontMatter, first_line};
use super::kind::fields_at;
use super::replacement;
use super::source_map::{SourceMap, ValuePart};
use crate::diagnostic::{Diagnostic, KeyPath, Lines, Located, Place, Report};
use crate::model::FileId;
use crate::source::{SITE_FILE, SourceTree};

/// Finds every problem of a report in the texts, in the order of files and places.
pub fn locate<'a>(tree: &'a SourceTree, report: &'a Report) -> Vec<Located<'a>> {
    locate_some(tree, report.iter())
}

/// Locations of some problems of a report, as [`locate`] gives those of all.
pub(crate) fn locate_some<'a>(
    tree: &'a SourceTree,
    problems: impl IntoIterator<Item = &'a Diagnostic>,
) -> Vec<Located<'a>> {
    let mut places = Locator::of(tree);
    let mut located: Vec<Located<'a>> =
        problems.into_iter().map(|problem| places.file(problem.file).locate(problem)).collect();
    located.sort_by(|a, b| (a.path, &a.location, a.diagnostic.code).cmp(&(b.path, &b.location, b.diagnostic.code)));
    located
}

/// Finds places, and keeps what was read of each file for the next question.
pub(super) struct Locator<'a> {
    tree: &'a SourceTree,
    files: HashMap<FileId, LocatedFile<'a>>,
}

/// A file with the places of its values.
pub(super) struct LocatedFile<'a> {
    path: &'a str,
    lines: Lines,
    /// Values of its YAML or TOML with the byte from which they count; `None` if it has none.
    values: OnceCell<Option<(usize, SourceMap)>>,
}

impl<'a> Locator<'a> {
    pub(super) fn of(tree: &'a SourceTree) -> Self {
        Self { tree, files: HashMap::new() }
    }

    pub(super) fn file(&mut self, file: FileId) -> &LocatedFile<'a> {
        let tree = self.tree;
        self.files.entry(file).or_insert_with(|| LocatedFile {
            path: tree.file(file).map_or(SITE_FILE, |file| &*file.path),
            lines: Lines::of(tree.text(file)),
            values: OnceCell::new(),
        })
    }
}

impl<'a> LocatedFile<'a> {
    pub(super) fn text(&self) -> &Arc<str> {
        self.lines.text()
    }

    /// Bytes of a value or key, or of the nearest value around it.
    pub(super) fn find(&self, path: &KeyPath, part: ValuePart) -> Option<Range<usize>> {
        let (start, values) = self.values.get_or_init(|| values(self.path, self.text())).as_ref()?;
        let found = values.find(path, part)?;
        Some(start + found.start..start + found.end)
    }

    fn locate(&self, diagnostic: &'a Diagnostic) -> Located<'a> {
        let text = self.text();
        let bytes = match &diagnostic.place {
            Place::File => None,
            Place::Bytes(bytes) => Some(bytes.clone()),
            Place::Key(path, nth) => self.find(path, ValuePart::Key(*nth)),
            Place::Value(path) => self.find(path, ValuePart::Value),
        };
        // A text may be another by now than the one in which a problem was found.
        let bytes = bytes.map_or_else(|| first_line(text), |bytes| within(text, &bytes));
        let location = self.lines.location(&bytes);
        let repair = replacement::certain(diagnostic, text, &bytes);
        let likely = replacement::likely(diagnostic, text, &bytes).filter(|_| repair.is_none());
        let text = if matches!(diagnostic.place, Place::File) { "".into() } else { text.clone() };
        Located { diagnostic, path: self.path, text, location, bytes, repair, likely }
    }
}

/// Part of a range that is in a text, between two of its characters.
fn within(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(bytes.start);
    start..text.floor_char_boundary(bytes.end).max(start)
}

/// Values of a file's YAML or TOML, with the byte from which they count.
fn values(path: &str, text: &str) -> Option<(usize, SourceMap)> {
    let fields = fields_at(path).unwrap_or_default();
    if path.ends_with(".toml") {
        return SourceMap::toml(text, fields).map(|values| (0, values));
    }
    let yaml = if path.ends_with(".md") { FrontMatter::find(text).ok()?.yaml } else { 0..text.len() };
    Some((yaml.start, SourceMap::yaml(&text[yaml], fields)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn a_place_lies_in_the_text_also_where_that_has_changed() {
        let tree = SourceTree::from_texts([("content/units.yaml", "- {id: città}\n")]);
        let file = tree.find("content/units.yaml").expect("it is there");
        for bytes in [0..4000, 4000..4002, 12..13, 11..4000] {
            let mut report = Report::default();
            report.add(Diagnostic::new(Code::UnknownKey, file, Place::Bytes(bytes.clone())));
            let located = locate(&tree, &report);
            assert!(tree.text(file).get(located[0].bytes.clone()).is_some(), "{bytes:?}");
        }
    }
}
