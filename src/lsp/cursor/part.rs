use std::cmp::Ordering;
use std::ops::Range;

use crate::parse::Field;

/// Place of a cursor in a record.
#[derive(Debug)]
pub(in crate::lsp) struct Cursor<'t> {
    /// The names of the fields that lead to the cursor's record, from the top.
    pub(in crate::lsp) within: Vec<&'static str>,
    /// The fields of the cursor's record.
    pub(in crate::lsp) fields: &'static [Field],
    /// The keys that the record has, as written, without the cursor's own.
    pub(in crate::lsp) keys: Vec<&'t str>,
    /// The field of the key or value at the cursor, if it is known.
    pub(in crate::lsp) field: Option<&'static Field>,
    pub(in crate::lsp) part: CursorPart,
    /// `Greater` if more of the file's keys are Italian than English, `Less` if fewer are.
    pub(in crate::lsp) italian: Ordering,
    /// The bytes of the word at the cursor, without quotation marks.
    pub(in crate::lsp) word: Range<usize>,
}

/// Part of a record at a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum CursorPart {
    Key,
    /// A key of `site.toml` between the brackets that begin its table.
    Table,
    Value,
}
