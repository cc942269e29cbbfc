//! Cursors in values, which may be lists `[a, b]` or records `{key: value}` (YAML's flow style, TOML's inline tables).

use std::cmp::Ordering;
use std::ops::Range;

use super::line::Line;
use super::part::{Cursor, CursorPart};
use super::scope::Scope;
use crate::parse::Field;

/// The cursor at the end of a range of a line's content, which begins with a value of the scope's field.
pub(super) fn flow<'t>(text: &'t str, line: &Line<'t>, range: Range<usize>, scope: Scope) -> Option<Cursor<'t>> {
    let Range { start: from, end: at } = range;
    let mut reader = FlowReader::new(line, from, scope);
    for (i, c) in line.content.char_indices().skip_while(|(i, _)| *i < from).take_while(|(i, _)| *i < at) {
        reader.read(i, c)?;
    }
    reader.cursor(text, at)
}

/// Brackets that are open, or the value around them all.
struct Open<'t> {
    fields: &'static [Field],
    field: Option<&'static Field>,
    is_map: bool,
    /// True if they added a name to `within`.
    is_step: bool,
    keys: Vec<&'t str>,
    /// The field of the key whose value is being read, if it is known; the outer `None` if no value is being read.
    key: Option<Option<&'static Field>>,
}

/// Reads a value up to the cursor.
struct FlowReader<'l, 't> {
    line: &'l Line<'t>,
    /// The first byte of the value.
    from: usize,
    within: Vec<&'static str>,
    stack: Vec<Open<'t>>,
    /// The first byte of the current key or value.
    start: usize,
    quote: Option<char>,
    is_comment: bool,
}

impl<'l, 't> FlowReader<'l, 't> {
    fn new(line: &'l Line<'t>, from: usize, scope: Scope) -> Self {
        let Scope { within, fields, field } = scope;
        let stack = vec![Open { fields, field, is_map: false, is_step: false, keys: Vec::new(), key: None }];
        Self { line, from, within, stack, start: from, quote: None, is_comment: false }
    }

    /// Reads a character at a byte of the line's content. Returns `None` if the cursor can't be in a value.
    fn read(&mut self, i: usize, c: char) -> Option<()> {
        if self.is_comment {
            self.is_comment = c != '\n';
            return Some(());
        }
        if let Some(open) = self.quote {
            self.quote = (c != open).then_some(open);
            return Some(());
        }
        let content = self.line.content;
        let token = content[self.start..i].trim();
        let is_flow = self.stack.len() > 1;
        let top = self.stack.last_mut()?;
        match c {
            '"' | '\'' if token.is_empty() => self.quote = Some(c),
            '#' if i > self.from && content[..i].ends_with([' ', '\n']) => {
                self.is_comment = true;
                // A token before a comment is read to its end, or else it would be a part of what follows.
                if token.is_empty() {
                    self.start = content[i..].find('\n').map_or(content.len(), |end| i + end + 1);
                }
            }
            '[' | '{' if token.is_empty() => self.open(i, c)?,
            ',' if is_flow => {
                top.key = None;
                self.start = i + 1;
            }
            ']' | '}' if is_flow => {
                if self.stack.pop()?.is_step {
                    self.within.pop();
                }
                self.start = i + 1;
            }
            c if top.is_map && top.key.is_none() && self.line.syntax.is_mark(c, &content[i + c.len_utf8()..]) => {
                top.keys.push(token);
                top.key = Some(top.fields.iter().find(|field| field.is(token)));
                self.start = i + 1;
            }
            _ => {}
        }
        Some(())
    }

    /// Opens brackets at a byte.
    fn open(&mut self, i: usize, bracket: char) -> Option<()> {
        let top = self.stack.last()?;
        let field = if top.is_map { top.key? } else { top.field };
        let fields = if top.is_map { field.map_or(&[][..], |field| field.within) } else { top.fields };
        let is_map = bracket == '{';
        let step = field.filter(|field| is_map && self.within.last() != Some(&field.name));
        self.within.extend(step.map(|field| field.name));
        self.stack
            .push(Open { fields, field, is_map, is_step: step.is_some(), keys: Vec::new(), key: None });
        self.start = i + 1;
        Some(())
    }

    /// The cursor at a byte, up to which the value has been read. Returns `None` in a comment.
    fn cursor(mut self, text: &str, at: usize) -> Option<Cursor<'t>> {
        if self.is_comment {
            return None;
        }
        let is_flow = self.stack.len() > 1;
        let top = self.stack.pop()?;
        let is_key = top.is_map && top.key.is_none();
        let is_end = |c| is_flow && matches!(c, ',' | ']' | '}' | '\n') || is_key && matches!(c, ':' | '=');
        let word = self.word(at, is_end);
        let field = match top.key {
            Some(field) => field,
            None if is_key => top.fields.iter().find(|field| field.is(&text[word.clone()])),
            None => top.field,
        };
        let part = if is_key { CursorPart::Key } else { CursorPart::Value };
        let Open { fields, keys, .. } = top;
        Some(Cursor { within: self.within, fields, keys, field, part, italian: Ordering::Equal, word })
    }

    /// The bytes of the word at a byte, without blanks and quotation marks; `is_end` knows the characters behind it.
    fn word(&self, at: usize, is_end: impl Fn(char) -> bool) -> Range<usize> {
        let (content, start) = (self.line.content, self.start);
        let end = content[start..]
            .char_indices()
            .find(|(i, c)| {
                let i = start + i;
                i >= at && (is_end(*c) || *c == '#' && content[..i].ends_with(' '))
            })
            .map_or(content.len(), |(i, _)| start + i);
        let token = &content[start..end];
        let skipped = if token.trim().is_empty() { at - start } else { token.len() - token.trim_start().len() };
        let token = token.trim();
        let marks = usize::from(token.len() > 1 && token.starts_with(['"', '\'']) && token.ends_with(['"', '\'']));
        let first = (self.line.start + start + skipped + marks).min(self.line.start + at.max(start + skipped));
        let last = (self.line.start + start + skipped + token.len() - marks).max(first);
        first..last
    }
}
