//! Cursors in TOML, where the head of a table holds for the lines below it.

use std::cmp::Ordering;

use super::flow::flow;
use super::line::Line;
use super::part::{Cursor, CursorPart};
use super::scope::{Scope, follow};
use crate::parse::Field;

/// The cursor at a byte of `site.toml`; `current` is the index of its line.
pub(super) fn table_cursor<'t>(
    text: &'t str,
    lines: &[Line<'t>],
    current: usize,
    byte: usize,
    top: &'static [Field],
) -> Option<Cursor<'t>> {
    let line = &lines[current];
    if line.content.starts_with('#') {
        return None;
    }
    let head = lines[..=current].iter().rposition(|line| line.table().is_some());
    let (table, mut word) = match head {
        Some(head) if head == current => {
            let name = line.table()?;
            let (above, last) = name.rsplit_once('.').unwrap_or(("", name));
            let end = line.start + 1 + name.len();
            (above, Some(end - last.len()..end))
        }
        Some(head) => (lines[head].table()?, None),
        None => ("", None),
    };
    let Scope { within, fields, .. } = follow(top, table.split('.').map(str::trim).filter(|name| !name.is_empty()))?;
    let part = if word.is_some() { CursorPart::Table } else { CursorPart::Key };
    if let Some((key, after)) = line.key.filter(|_| word.is_none()) {
        let at = byte.saturating_sub(line.start);
        if at >= after {
            let field = fields.iter().find(|field| field.is(key))?;
            return flow(text, line, after..at, Scope { within, fields: field.within, field: Some(field) });
        }
        word = Some(line.start..line.start + key.len());
    }
    let word = match word {
        Some(word) => word,
        None if line.content.is_empty() => byte..byte,
        None => line.start..line.start + line.content.trim_end().len(),
    };
    let first = head.map_or(0, |head| head + 1);
    let others = lines.iter().enumerate().skip(first).take_while(|(_, line)| line.table().is_none());
    let keys = others
        .filter(|(at, _)| *at != current)
        .filter_map(|(_, line)| Some(line.key.filter(|_| !line.is_continuation)?.0));
    let keys = if part == CursorPart::Table { Vec::new() } else { keys.collect() };
    let field = fields.iter().find(|field| field.is(&text[word.clone()]));
    Some(Cursor { within, fields, keys, field, part, italian: Ordering::Equal, word })
}
