//! Cursors in YAML in block style.

use std::cmp::Ordering;
use std::ops::Range;

use super::flow::flow;
use super::line::Line;
use super::part::{Cursor, CursorPart};
use super::scope::{Scope, follow};
use crate::parse::Field;

/// The cursor at a byte of a record in YAML; `current` is the index of its line.
pub(super) fn record_cursor<'t>(
    text: &'t str,
    lines: &[Line<'t>],
    current: usize,
    byte: usize,
    top: &'static [Field],
) -> Option<Cursor<'t>> {
    let line = &lines[current];
    if byte < line.start && !line.content.is_empty() || line.content.starts_with('#') {
        return None;
    }
    let column = if line.content.is_empty() { line.column + byte.saturating_sub(line.start) } else { line.column };
    let context = LineContext::of(lines, current, column)?;
    let scope = follow(top, context.parents.iter().rev().copied())?;
    let fields = scope.fields;
    let key_cursor = |within, word: Range<usize>| {
        let field = fields.iter().find(|field| field.is(&text[word.clone()]));
        let (keys, part) = (context.keys, CursorPart::Key);
        Cursor { within, fields, keys, field, part, italian: Ordering::Equal, word }
    };
    let at = byte - line.start.min(byte);
    match line.key {
        Some((key, after)) if at >= after => {
            let field = fields.iter().find(|field| field.is(key))?;
            flow(text, line, after..at, Scope { fields: field.within, field: Some(field), ..scope })
        }
        Some((key, _)) => Some(key_cursor(scope.within, line.start..line.start + key.len())),
        // An entry of a list of words, such as codes of plan nodes.
        None if line.dash.is_some() && fields.is_empty() => flow(text, line, 0..at, scope),
        None if line.content.starts_with(['[', '{']) => flow(text, line, 0..at, scope),
        None if fields.is_empty() => None,
        None => Some(key_cursor(scope.within, line.start..line.start + line.content.trim_end().len())),
    }
}

/// The keys around a line.
struct LineContext<'t> {
    /// The keys of the records around it, the nearest first.
    parents: Vec<&'t str>,
    /// The other keys of its own record.
    keys: Vec<&'t str>,
}

impl<'t> LineContext<'t> {
    /// The context of a line at a column. Returns `None` if the line is part of a text of many lines.
    fn of(lines: &[Line<'t>], current: usize, column: usize) -> Option<Self> {
        let mut context = Self { parents: Vec::new(), keys: Vec::new() };
        // While the search is for an entry of a list, `level` is the column of its dash.
        let (mut level, mut in_item) = match lines[current].dash {
            Some(dash) => (dash, true),
            None => (column, false),
        };
        for line in lines[..current].iter().rev().filter(|line| !line.is_blank()) {
            if in_item {
                let Some((key, _)) = line.key.filter(|_| line.column <= level && line.dash != Some(level)) else {
                    continue;
                };
                if !line.value().is_empty() {
                    return None;
                }
                context.parents.push(key);
            } else if line.column == level {
                if let Some((key, _)) = line.key.filter(|_| context.parents.is_empty()) {
                    context.keys.push(key);
                }
                if let Some(dash) = line.dash {
                    (level, in_item) = (dash, true);
                }
                continue;
            } else if line.column < level {
                let (key, _) = line.key?;
                if !line.value().is_empty() {
                    return None;
                }
                context.parents.push(key);
            } else {
                continue;
            }
            (level, in_item) = line.dash.map_or((line.column, false), |dash| (dash, true));
        }
        let below = lines[current + 1..].iter().filter(|line| !line.is_blank());
        let below = below.take_while(|line| line.column >= column && line.dash.is_none_or(|dash| dash >= column));
        context
            .keys
            .extend(below.filter(|line| line.column == column).filter_map(|line| Some(line.key?.0)));
        Some(context)
    }
}
