use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The way from the top of a YAML or TOML text to one of its values, such as `phases[1].start`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct KeyPath(pub Vec<Segment>);

/// One step of a [`KeyPath`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Segment {
    /// The value of a key.
    Key(Cow<'static, str>),
    /// The n-th value of a list, from 0; blank ones don't count.
    Index(usize),
}

impl KeyPath {
    /// The value of a key at the top.
    pub fn of(key: impl Into<Cow<'static, str>>) -> Self {
        Self(vec![Segment::Key(key.into())])
    }

    /// The same one key further.
    #[must_use]
    pub fn key(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(Segment::Key(key.into()));
        self
    }

    /// The same one list place further.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
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

/// Where in a file a mistake is, as the stage that found it knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
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

/// A stretch of a file, found. Lines and columns count from 1, columns in characters; the end is exclusive.
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

impl Location {
    /// The location of bytes of a text; bytes beyond its end are those of its end.
    pub fn of(text: &str, bytes: &Range<usize>) -> Self {
        let (line, column) = point(text, bytes.start);
        let (end_line, end_column) = point(text, bytes.end.max(bytes.start));
        Self { line, column, end_line, end_column }
    }
}

fn point(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    (line, before[start..].chars().filter(|c| *c != '\u{feff}').count() + 1)
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
}
