//! What stands at a place of a text that is being typed. It is read line by line, since a text that is half typed is no
//! YAML: what is above and to the left of the cursor says where it is.

use std::ops::Range;

use crate::parse::{Field, front};

/// Where a cursor is.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    /// The names of the fields that the cursor's record lies in, from the top.
    pub(super) within: Vec<&'static str>,
    /// The fields of the cursor's record.
    pub(super) fields: &'static [Field],
    /// The keys that the record has, as written, without the cursor's own.
    pub(super) keys: Vec<&'t str>,
    /// The field of the key or value at the cursor, where it is known.
    pub(super) field: Option<&'static Field>,
    pub(super) part: Part,
    /// The bytes of the word at the cursor, without quotation marks.
    pub(super) word: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Key,
    Value,
}

/// A line of block style: `  - key: value`.
struct Line<'t> {
    /// The column of its first dash.
    dash: Option<usize>,
    /// The column of what follows the dashes.
    column: usize,
    /// The byte of what follows the dashes, in the text.
    start: usize,
    content: &'t str,
    /// The key with the byte in `content` after its colon.
    key: Option<(&'t str, usize)>,
}

impl<'t> Line<'t> {
    fn of(text: &'t str, start: usize, end: usize) -> Self {
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let (mut dash, mut column) = (None, 0);
        loop {
            column += line[column..].len() - line[column..].trim_start_matches(' ').len();
            let rest = &line[column..];
            if rest != "-" && !rest.starts_with("- ") {
                break;
            }
            dash = dash.or(Some(column));
            column += 1;
        }
        let content = &line[column..];
        let key = (!content.starts_with(['[', '{', '#', '"', '\''])).then(|| colon(content)).flatten();
        let key = key.map(|colon| (content[..colon].trim_end(), colon + 1));
        Self { dash, column, start: start + column, content, key }
    }

    fn is_blank(&self) -> bool {
        self.dash.is_none() && (self.content.is_empty() || self.content.starts_with('#'))
    }

    /// What stands beside the key, without a comment.
    fn value(&self) -> &'t str {
        let value = self.key.map_or("", |(_, after)| self.content[after..].trim());
        if value.starts_with('#') { "" } else { value.split(" #").next().unwrap_or_default().trim_end() }
    }
}

/// The byte of the colon that ends a key.
fn colon(content: &str) -> Option<usize> {
    content.match_indices(':').map(|(at, _)| at).find(|at| {
        let after = &content[at + 1..];
        after.is_empty() || after.starts_with([' ', '\t'])
    })
}

/// What stands at a byte of a file's text; none where no key or value of a record can.
pub(super) fn at<'t>(path: &str, text: &'t str, byte: usize) -> Option<Cursor<'t>> {
    let (yaml, top) = front(path, text)?;
    if byte < yaml.start || byte > yaml.end {
        return None;
    }
    let mut lines = Vec::new();
    let mut own = 0;
    let mut start = yaml.start;
    for line in text[yaml.clone()].split_inclusive('\n') {
        if start <= byte {
            own = lines.len();
        }
        lines.push(Line::of(text, start, start + line.len()));
        start += line.len();
    }
    // Behind the last line end begins one more line.
    if byte == yaml.end && text[yaml].ends_with('\n') || lines.is_empty() {
        own = lines.len();
        lines.push(Line::of(text, byte, byte));
    }
    let line = &lines[own];
    if byte < line.start && !line.content.is_empty() || line.content.starts_with('#') {
        return None;
    }
    let column = if line.content.is_empty() { line.column + byte.saturating_sub(line.start) } else { line.column };
    let place = climb(&lines, own, column)?;
    let mut fields = top;
    let mut within = Vec::new();
    let mut holder = None;
    for key in place.parents.iter().rev() {
        let field = fields.iter().find(|field| field.is(key))?;
        within.push(field.name);
        (fields, holder) = (field.within, Some(field));
    }
    let named = |keys: Vec<&'t str>, word: Range<usize>, part| {
        let field = fields.iter().find(|field| field.is(&text[word.clone()]));
        Cursor { within: within.clone(), fields, keys, field, part, word }
    };
    let at = byte - line.start.min(byte);
    match line.key {
        Some((key, after)) if at >= after => {
            let field = fields.iter().find(|field| field.is(key))?;
            flow(text, line, after, at, (field.within, Some(field)), within.clone(), Part::Value)
        }
        Some((key, _)) => Some(named(place.keys, line.start..line.start + key.len(), Part::Key)),
        // An entry of a list of words, such as codes of plan nodes.
        None if line.dash.is_some() && fields.is_empty() => {
            flow(text, line, 0, at, (fields, holder), within.clone(), Part::Value)
        }
        None if line.content.starts_with(['[', '{']) => {
            flow(text, line, 0, at, (fields, holder), within.clone(), Part::Value)
        }
        None if fields.is_empty() => None,
        None => Some(named(place.keys, line.start..line.start + line.content.trim_end().len(), Part::Key)),
    }
}

/// Where a line lies in the lines around it.
struct Place<'t> {
    /// The keys that it lies below, the nearest first.
    parents: Vec<&'t str>,
    keys: Vec<&'t str>,
}

/// Looks above a line for what it is part of; none where that is a text of many lines.
fn climb<'t>(lines: &[Line<'t>], own: usize, column: usize) -> Option<Place<'t>> {
    let mut place = Place { parents: Vec::new(), keys: Vec::new() };
    // While an entry of a list is looked for, `level` is the column of its dash.
    let (mut level, mut in_item) = match lines[own].dash {
        Some(dash) => (dash, true),
        None => (column, false),
    };
    for line in lines[..own].iter().rev().filter(|line| !line.is_blank()) {
        if in_item {
            let Some((key, _)) = line.key.filter(|_| line.column <= level && line.dash != Some(level)) else {
                continue;
            };
            if !line.value().is_empty() {
                return None;
            }
            place.parents.push(key);
        } else if line.column == level {
            if let Some((key, _)) = line.key.filter(|_| place.parents.is_empty()) {
                place.keys.push(key);
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
            place.parents.push(key);
        } else {
            continue;
        }
        (level, in_item) = line.dash.map_or((line.column, false), |dash| (dash, true));
    }
    let below = lines[own + 1..].iter().filter(|line| !line.is_blank());
    let below = below.take_while(|line| line.column >= column && line.dash.is_none_or(|dash| dash >= column));
    place
        .keys
        .extend(below.filter(|line| line.column == column).filter_map(|line| Some(line.key?.0)));
    Some(place)
}

/// Looks into a value of one line, which may be a list `[a, b]` or a record `{key: value}`.
fn flow<'t>(
    text: &'t str,
    line: &Line<'t>,
    from: usize,
    at: usize,
    (fields, field): (&'static [Field], Option<&'static Field>),
    mut within: Vec<&'static str>,
    part: Part,
) -> Option<Cursor<'t>> {
    struct Open<'t> {
        fields: &'static [Field],
        field: Option<&'static Field>,
        is_map: bool,
        /// Whether it is one more step down.
        enters: bool,
        keys: Vec<&'t str>,
        /// Whether the value of a key is being read, and which.
        key: Option<Option<&'static Field>>,
    }
    let content = line.content;
    let mut stack = vec![Open { fields, field, is_map: false, enters: false, keys: Vec::new(), key: None }];
    let mut start = from;
    let mut quote = None;
    for (i, c) in content.char_indices().skip_while(|(i, _)| *i < from).take_while(|(i, _)| *i < at) {
        if let Some(open) = quote {
            quote = quote.filter(|_| c != open);
            continue;
        }
        let token = content[start..i].trim();
        let is_flow = stack.len() > 1;
        let top = stack.last_mut()?;
        match c {
            '"' | '\'' if token.is_empty() => quote = Some(c),
            '#' if i > from && content[..i].ends_with(' ') => return None,
            '[' | '{' if token.is_empty() => {
                let field = if top.is_map { top.key? } else { top.field };
                let fields = if top.is_map { field.map_or(&[][..], |field| field.within) } else { top.fields };
                let enters = field.filter(|field| c == '{' && within.last() != Some(&field.name));
                within.extend(enters.map(|field| field.name));
                let enters = enters.is_some();
                stack.push(Open { fields, field, is_map: c == '{', enters, keys: Vec::new(), key: None });
                start = i + 1;
            }
            ',' if is_flow => {
                top.key = None;
                start = i + 1;
            }
            ']' | '}' if is_flow => {
                if stack.pop()?.enters {
                    within.pop();
                }
                start = i + 1;
            }
            ':' if top.is_map && top.key.is_none() && content[i + 1..].starts_with([' ', '\t']) => {
                top.keys.push(token);
                top.key = Some(top.fields.iter().find(|field| field.is(token)));
                start = i + 1;
            }
            _ => {}
        }
    }
    let is_flow = stack.len() > 1;
    let top = stack.pop()?;
    let end = content[start..]
        .char_indices()
        .find(|(i, c)| {
            let i = start + i;
            i >= at && (is_flow && matches!(c, ',' | ']' | '}') || top.is_map && top.key.is_none() && *c == ':')
                || i >= at && *c == '#' && content[..i].ends_with(' ')
        })
        .map_or(content.len(), |(i, _)| start + i);
    let token = &content[start..end];
    let skipped = token.len() - token.trim_start().len();
    let token = token.trim();
    let marks = usize::from(token.len() > 1 && token.starts_with(['"', '\'']) && token.ends_with(['"', '\'']));
    let first = (line.start + start + skipped + marks).min(line.start + at.max(start + skipped));
    let word = first..(line.start + start + skipped + token.len() - marks).max(first);
    let is_key = top.is_map && top.key.is_none();
    let field = match top.key {
        Some(field) => field,
        None if is_key => top.fields.iter().find(|field| field.is(&text[word.clone()])),
        None => top.field,
    };
    let part = if is_key { Part::Key } else { part };
    Some(Cursor { within, fields: top.fields, keys: top.keys, field, part, word })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor at the `|` of a sheet's front matter.
    fn look<T>(yaml: &str, then: impl Fn(&str, Option<Cursor<'_>>) -> T) -> T {
        let text = format!("---\n{yaml}");
        let byte = text.find('|').expect("the text has a cursor");
        let text = text.replacen('|', "", 1);
        then(&text, at("content/objectives/2020/A.md", &text, byte))
    }

    fn seen(yaml: &str) -> Option<(Part, Option<&'static str>, String)> {
        look(yaml, |text, cursor| {
            let cursor = cursor?;
            Some((cursor.part, cursor.field.map(|field| field.name), text[cursor.word].to_owned()))
        })
    }

    #[test]
    fn a_key_and_a_value_are_told_apart_also_where_the_text_is_half_typed() {
        let found = |part, field, word: &str| Some((part, field, word.to_owned()));
        assert_eq!(seen("titolo: A\nuni|"), found(Part::Key, None, "uni"));
        assert_eq!(seen("titolo: A\nunit|: x\n---\n"), found(Part::Key, Some("unit"), "unit"));
        assert_eq!(seen("ufficio: |\n---\n"), found(Part::Value, Some("unit"), ""));
        assert_eq!(seen("ufficio: com|une # nota\n---\n"), found(Part::Value, Some("unit"), "comune"));
        assert_eq!(seen("plan: [a, \"5.|1\"]\n"), found(Part::Value, Some("plan"), "5.1"));
        assert_eq!(seen("plan:\n  - 5.|1\n"), found(Part::Value, Some("plan"), "5.1"));
        assert_eq!(seen("fasi:\n  - titolo: A\n    fi|\n"), found(Part::Key, None, "fi"));
        assert_eq!(seen("fasi:\n- titolo: A\n  fine: 20|20\n"), found(Part::Value, Some("end"), "2020"));
        assert_eq!(seen("fasi:\n  - {titolo: A, fi|}\n"), found(Part::Key, None, "fi"));
        assert_eq!(seen("fasi: [{titolo: A, fine: 20|20}, {titolo: B}]\n"), found(Part::Value, Some("end"), "2020"));
        assert_eq!(seen("fasi:\n  - titolo: A\n|"), found(Part::Key, None, ""));
    }

    #[test]
    fn a_text_of_many_lines_has_no_keys() {
        assert_eq!(seen("report: >\n  Nota: qu|i\n"), None);
        assert_eq!(seen("titolo: A\n  anco|ra\n"), None);
        assert_eq!(seen("# un|a nota\n"), None);
        assert_eq!(seen("ignota:\n  chi|ave\n"), None);
    }

    #[test]
    fn the_keys_that_a_record_has_are_those_above_and_below() {
        let keys = |yaml: &str| look(yaml, |_, cursor| cursor.map(|cursor| cursor.keys.join(" ")));
        assert_eq!(keys("code: A\nt|\nfasi:\n  - titolo: B\nunit: x\n").as_deref(), Some("code fasi unit"));
        assert_eq!(
            keys("fasi:\n  - titolo: B\n    pe|\n    fine: 2020\n  - inizio: 2020\n").as_deref(),
            Some("titolo fine")
        );
    }
}
