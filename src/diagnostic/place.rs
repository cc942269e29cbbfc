use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::work;

/// The way from the top of a YAML or TOML text to one of its values, such as `phases[1].start`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct KeyPath(pub(crate) Vec<Segment>);

/// One step of a [`KeyPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Segment {
    /// The value of a key.
    Key(Cow<'static, str>),
    /// The n-th value of a list, from 0; blank ones don't count.
    Index(usize),
}

impl KeyPath {
    /// The value of a key at the top.
    pub(crate) fn of(key: impl Into<Cow<'static, str>>) -> Self {
        Self(vec![Segment::Key(key.into())])
    }

    /// The path one key further.
    #[must_use]
    pub(crate) fn key(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(Segment::Key(key.into()));
        self
    }

    /// The path one list index further.
    #[must_use]
    pub(crate) fn index(mut self, index: usize) -> Self {
        self.0.push(Segment::Index(index));
        self
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if i == 0 => write!(f, "{key}")?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Place of a mistake in a file, as the stage that found it knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Place {
    /// The file as a whole.
    File,
    /// A key; of several equal ones the n-th, from 0.
    Key(KeyPath, usize),
    /// A value.
    Value(KeyPath),
    /// Bytes of the text.
    Bytes(Range<usize>),
}

impl From<KeyPath> for Place {
    fn from(path: KeyPath) -> Self {
        Self::Value(path)
    }
}

impl From<Range<usize>> for Place {
    fn from(bytes: Range<usize>) -> Self {
        Self::Bytes(bytes)
    }
}

/// A located range of a file. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The first line.
    pub line: usize,
    /// The first column.
    pub column: usize,
    /// The last line.
    pub end_line: usize,
    /// The column after the last.
    pub end_column: usize,
}

/// Starts of the lines and characters of a text, found once for all places of the text.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    text: Arc<str>,
    /// The first byte of each line.
    starts: Vec<usize>,
    /// The first byte of each [`STRIDE`]-th character, from the first on.
    characters: Vec<usize>,
    /// The bytes of the byte order marks, which have no column.
    marks: Vec<usize>,
}

/// Maximum number of characters that are counted from a known one.
const STRIDE: usize = 64;

impl Lines {
    /// The lines of a text.
    pub(crate) fn of(text: Arc<str>) -> Self {
        work::count(text.len());
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let characters = text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect();
        let marks = text.match_indices('\u{feff}').map(|(at, _)| at).collect();
        Self { text, starts, characters, marks }
    }

    /// The text.
    pub(crate) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The location of bytes of the text; bytes beyond its end are those of its end.
    pub(crate) fn location(&self, bytes: &Range<usize>) -> Location {
        let (line, column) = self.point(bytes.start);
        let (end_line, end_column) = self.point(bytes.end.max(bytes.start));
        Location { line, column, end_line, end_column }
    }

    fn point(&self, byte: usize) -> (usize, usize) {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let marks = self.marks.partition_point(|mark| *mark < byte) - self.marks.partition_point(|mark| *mark < start);
        (line, self.character(byte) - self.character(start) - marks + 1)
    }

    /// Number of the characters that begin before a byte.
    fn character(&self, byte: usize) -> usize {
        let known = self.characters.partition_point(|at| *at <= byte);
        let Some(last) = known.checked_sub(1) else { return 0 };
        last * STRIDE + self.text[self.characters[last]..byte].chars().count()
    }
}

impl Location {
    /// The location of bytes of a text; bytes beyond its end are those of its end. For many locations in
    /// one text use [`Lines`].
    pub fn of(text: &str, bytes: &Range<usize>) -> Self {
        Lines::of(text.into()).location(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_a_byte_order_mark_is_none() {
        let text = "\u{feff}perché: à\nb";
        let at = text.find('à').expect("the letter is there");
        assert_eq!(Location::of(text, &(at..at + 2)), Location { line: 1, column: 9, end_line: 1, end_column: 10 });
        assert_eq!(Location::of(text, &(400..500)).line, 2);
    }

    #[test]
    fn a_place_is_found_however_far_its_line_goes() {
        let text = format!("{}\n{}b\u{feff}c", "à".repeat(1000), "è\u{feff}".repeat(500));
        let at = text.find('c').expect("the letter is there");
        assert_eq!(Location::of(&text, &(at..at + 1)), Location { line: 2, column: 502, end_line: 2, end_column: 503 });
    }
}
