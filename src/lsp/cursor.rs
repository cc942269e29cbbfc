//! What stands at a place of a text that is being typed. It is read line by line, since a text that is half typed is no
//! YAML: what is above and to the left of the cursor says where it is.

use std::cmp::Ordering;
use std::ops::Range;

use crate::parse::{Field, front};
use crate::source::SITE_FILE;

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
    pub(super) part: CursorPart,
    /// Whether more or fewer of the file's keys are Italian than English.
    pub(super) italian: Ordering,
    /// The bytes of the word at the cursor, without quotation marks.
    pub(super) word: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CursorPart {
    Key,
    /// A key of `site.toml` between the brackets that begin its table.
    Table,
    Value,
}

/// What stands between a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    /// A colon and a space (YAML 1.2.2 §7.4).
    Yaml,
    /// An equals sign (TOML 1.0, Key/Value Pair).
    Toml,
}

impl Syntax {
    /// The byte of what ends a key.
    fn mark(self, content: &str) -> Option<usize> {
        match self {
            Self::Yaml => {
                let mut colons = content.match_indices(':').map(|(at, _)| at);
                colons.find(|at| self.is_mark(':', &content[at + 1..]))
            }
            Self::Toml => content.find('='),
        }
    }

    fn is_mark(self, c: char, after: &str) -> bool {
        match self {
            Self::Yaml => c == ':' && (after.is_empty() || after.starts_with([' ', '\t', '\n', '\r'])),
            Self::Toml => c == '=',
        }
    }
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
    /// Whether it goes on with what is between the brackets of a line above.
    goes_on: bool,
}

impl<'t> Line<'t> {
    fn of(text: &'t str, start: usize, end: usize, syntax: Syntax) -> Self {
        let line = text[start..end].trim_end_matches(['\n', '\r']);
        let (mut dash, mut column) = (None, 0);
        loop {
            column += line[column..].len() - line[column..].trim_start_matches(' ').len();
            let rest = &line[column..];
            if syntax == Syntax::Toml || rest != "-" && !rest.starts_with("- ") {
                break;
            }
            dash = dash.or(Some(column));
            column += 1;
        }
        let content = &line[column..];
        let key = (!content.starts_with(['[', '{', '#', '"', '\''])).then(|| syntax.mark(content)).flatten();
        let key = key.map(|mark| (content[..mark].trim_end(), mark + 1));
        Self { dash, column, start: start + column, content, key, goes_on: false }
    }

    fn is_blank(&self) -> bool {
        self.goes_on || self.dash.is_none() && (self.content.is_empty() || self.content.starts_with('#'))
    }

    /// The name of the table that it begins, as far as it is written.
    fn table(&self) -> Option<&'t str> {
        let name = self.content.strip_prefix('[').filter(|_| !self.goes_on)?;
        Some(name.split([']', '#']).next().unwrap_or_default())
    }

    /// What stands beside the key, without a comment.
    fn value(&self) -> &'t str {
        let value = self.key.map_or("", |(_, after)| self.content[after..].trim());
        if value.starts_with('#') { "" } else { value.split(" #").next().unwrap_or_default().trim_end() }
    }
}

/// How many brackets are open where a text has been read to.
#[derive(Default)]
struct Brackets {
    open: usize,
    quote: Option<char>,
}

impl Brackets {
    fn read(&mut self, content: &str) {
        let mut before = ' ';
        for c in content.chars() {
            match (self.quote, c) {
                (Some(quote), c) => self.quote = (c != quote).then_some(quote),
                // An apostrophe within a word is none.
                (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | ':' | '=') => self.quote = Some(c),
                (None, '#') if before == ' ' => return,
                (None, '[' | '{') => self.open += 1,
                (None, ']' | '}') => self.open = self.open.saturating_sub(1),
                _ => {}
            }
            before = c;
        }
    }
}

/// Gives a line whose brackets are closed further down all that is between them. What isn't closed yet ends where a line
/// begins at its column, since the rest of the file is no part of it.
fn join<'t>(text: &'t str, lines: &mut [Line<'t>]) {
    // The column of the key of a text of many lines, which has brackets of its own.
    let mut words: Option<usize> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let column = line.dash.unwrap_or(line.column);
        let value = line.key.map_or(line.content, |(_, after)| line.content[after..].trim_start());
        let is_words = words.is_some_and(|of| line.is_blank() || column > of);
        at += 1;
        if is_words {
            continue;
        }
        words = value.starts_with(['|', '>']).then_some(column);
        let is_table = line.key.is_none() && line.dash.is_none() && line.table().is_some() && column == 0;
        if !value.starts_with(['[', '{']) || is_table {
            continue;
        }
        let mut brackets = Brackets::default();
        brackets.read(value);
        let first = at - 1;
        while brackets.open > 0
            && let Some(next) = lines.get(at)
            && (next.content.is_empty()
                || next.dash.unwrap_or(next.column) > column
                || next.content.starts_with([']', '}']))
        {
            brackets.read(next.content);
            at += 1;
        }
        let last = lines[at - 1].start + lines[at - 1].content.len();
        lines[first].content = &text[lines[first].start..last];
        lines[first + 1..at].iter_mut().for_each(|line| line.goes_on = true);
    }
}

/// What stands at a byte of a file's text; none where no key or value of a record can.
pub(super) fn at<'t>(path: &str, text: &'t str, byte: usize) -> Option<Cursor<'t>> {
    let (front, top) = front(path, text)?;
    if byte < front.start || byte > front.end {
        return None;
    }
    let syntax = if path == SITE_FILE { Syntax::Toml } else { Syntax::Yaml };
    let mut lines = Vec::new();
    let mut own = 0;
    let mut start = front.start;
    for line in text[front.clone()].split_inclusive('\n') {
        if start <= byte {
            own = lines.len();
        }
        lines.push(Line::of(text, start, start + line.len(), syntax));
        start += line.len();
    }
    // Behind the last line end begins one more line.
    if byte == front.end && text[front].ends_with('\n') || lines.is_empty() {
        own = lines.len();
        lines.push(Line::of(text, byte, byte, syntax));
    }
    join(text, &mut lines);
    while lines[own].goes_on {
        own -= 1;
    }
    if syntax == Syntax::Toml {
        return in_table(text, &lines, own, byte, top);
    }
    let cursor = in_record(text, &lines, own, byte, top)?;
    Some(Cursor { italian: italian(&lines, top), ..cursor })
}

/// Lines that are enough to tell in which language a file's keys are.
const ENOUGH: usize = 200;

fn italian(lines: &[Line<'_>], fields: &[Field]) -> Ordering {
    let keys = lines.iter().take(ENOUGH).filter_map(|line| Some(line.key?.0));
    let named =
        keys.filter_map(|key| Some((key, fields.iter().find(|field| field.is(key) && !field.also.is_empty())?)));
    let (mut italian, mut english) = (0, 0);
    for (key, field) in named {
        *(if field.name == key { &mut english } else { &mut italian }) += 1;
    }
    italian.cmp(&english)
}

/// The fields to which keys lead, one in the other, by their names, and the last of them.
fn below(
    top: &'static [Field],
    keys: impl Iterator<Item: AsRef<str>>,
) -> Option<(Vec<&'static str>, Option<&'static Field>)> {
    let (mut names, mut last) = (Vec::new(), None::<&Field>);
    for key in keys {
        let field = last.map_or(top, |field| field.within).iter().find(|field| field.is(key.as_ref()))?;
        names.push(field.name);
        last = Some(field);
    }
    Some((names, last))
}

/// The same of a record in YAML.
fn in_record<'t>(
    text: &'t str,
    lines: &[Line<'t>],
    own: usize,
    byte: usize,
    top: &'static [Field],
) -> Option<Cursor<'t>> {
    let line = &lines[own];
    if byte < line.start && !line.content.is_empty() || line.content.starts_with('#') {
        return None;
    }
    let column = if line.content.is_empty() { line.column + byte.saturating_sub(line.start) } else { line.column };
    let place = climb(lines, own, column)?;
    let (within, holder) = below(top, place.parents.iter().rev().copied())?;
    let fields = holder.map_or(top, |field| field.within);
    let named = |keys: Vec<&'t str>, word: Range<usize>, part| {
        let field = fields.iter().find(|field| field.is(&text[word.clone()]));
        Cursor { within: within.clone(), fields, keys, field, part, italian: Ordering::Equal, word }
    };
    let at = byte - line.start.min(byte);
    match line.key {
        Some((key, after)) if at >= after => {
            let field = fields.iter().find(|field| field.is(key))?;
            flow(text, line, after, at, (field.within, Some(field)), within.clone(), Syntax::Yaml)
        }
        Some((key, _)) => Some(named(place.keys, line.start..line.start + key.len(), CursorPart::Key)),
        // An entry of a list of words, such as codes of plan nodes.
        None if line.dash.is_some() && fields.is_empty() => {
            flow(text, line, 0, at, (fields, holder), within.clone(), Syntax::Yaml)
        }
        None if line.content.starts_with(['[', '{']) => {
            flow(text, line, 0, at, (fields, holder), within.clone(), Syntax::Yaml)
        }
        None if fields.is_empty() => None,
        None => Some(named(place.keys, line.start..line.start + line.content.trim_end().len(), CursorPart::Key)),
    }
}

/// The same of `site.toml`, where a line says what the lines below it are part of.
fn in_table<'t>(
    text: &'t str,
    lines: &[Line<'t>],
    own: usize,
    byte: usize,
    top: &'static [Field],
) -> Option<Cursor<'t>> {
    let line = &lines[own];
    if line.content.starts_with('#') {
        return None;
    }
    let head = lines[..=own].iter().rposition(|line| line.table().is_some());
    let (table, mut word) = match head {
        Some(head) if head == own => {
            let name = line.table()?;
            let (above, last) = name.rsplit_once('.').unwrap_or(("", name));
            let end = line.start + 1 + name.len();
            (above, Some(end - last.len()..end))
        }
        Some(head) => (lines[head].table()?, None),
        None => ("", None),
    };
    let (within, holder) = below(top, table.split('.').map(str::trim).filter(|name| !name.is_empty()))?;
    let fields = holder.map_or(top, |field| field.within);
    let part = if word.is_some() { CursorPart::Table } else { CursorPart::Key };
    if let Some((key, after)) = line.key.filter(|_| word.is_none()) {
        let at = byte.saturating_sub(line.start);
        if at >= after {
            let field = fields.iter().find(|field| field.is(key))?;
            return flow(text, line, after, at, (field.within, Some(field)), within, Syntax::Toml);
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
        .filter(|(at, _)| *at != own)
        .filter_map(|(_, line)| Some(line.key.filter(|_| !line.goes_on)?.0));
    let keys = if part == CursorPart::Table { Vec::new() } else { keys.collect() };
    let field = fields.iter().find(|field| field.is(&text[word.clone()]));
    Some(Cursor { within, fields, keys, field, part, italian: Ordering::Equal, word })
}

/// Where a line lies in the lines around it.
struct LineContext<'t> {
    /// The keys that it lies below, the nearest first.
    parents: Vec<&'t str>,
    keys: Vec<&'t str>,
}

/// Looks above a line for what it is part of; none where that is a text of many lines.
fn climb<'t>(lines: &[Line<'t>], own: usize, column: usize) -> Option<LineContext<'t>> {
    let mut place = LineContext { parents: Vec::new(), keys: Vec::new() };
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

/// Looks into a value that begins on a line, which may be a list `[a, b]` or a record `{key: value}`.
fn flow<'t>(
    text: &'t str,
    line: &Line<'t>,
    from: usize,
    at: usize,
    (fields, field): (&'static [Field], Option<&'static Field>),
    mut within: Vec<&'static str>,
    syntax: Syntax,
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
    let mut is_comment = false;
    for (i, c) in content.char_indices().skip_while(|(i, _)| *i < from).take_while(|(i, _)| *i < at) {
        if is_comment {
            is_comment = c != '\n';
            continue;
        }
        if let Some(open) = quote {
            quote = quote.filter(|_| c != open);
            continue;
        }
        let token = content[start..i].trim();
        let is_flow = stack.len() > 1;
        let top = stack.last_mut()?;
        match c {
            '"' | '\'' if token.is_empty() => quote = Some(c),
            '#' if i > from && content[..i].ends_with([' ', '\n']) => {
                is_comment = true;
                // What stands before a comment is read to its end, or else it is a part of what follows.
                if token.is_empty() {
                    start = content[i..].find('\n').map_or(content.len(), |end| i + end + 1);
                }
            }
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
            c if top.is_map && top.key.is_none() && syntax.is_mark(c, &content[i + c.len_utf8()..]) => {
                top.keys.push(token);
                top.key = Some(top.fields.iter().find(|field| field.is(token)));
                start = i + 1;
            }
            _ => {}
        }
    }
    if is_comment {
        return None;
    }
    let is_flow = stack.len() > 1;
    let top = stack.pop()?;
    let is_key = top.is_map && top.key.is_none();
    let end = content[start..]
        .char_indices()
        .find(|(i, c)| {
            let i = start + i;
            let ends = is_flow && matches!(c, ',' | ']' | '}' | '\n') || is_key && matches!(c, ':' | '=');
            i >= at && (ends || *c == '#' && content[..i].ends_with(' '))
        })
        .map_or(content.len(), |(i, _)| start + i);
    let token = &content[start..end];
    let skipped = if token.trim().is_empty() { at - start } else { token.len() - token.trim_start().len() };
    let token = token.trim();
    let marks = usize::from(token.len() > 1 && token.starts_with(['"', '\'']) && token.ends_with(['"', '\'']));
    let first = (line.start + start + skipped + marks).min(line.start + at.max(start + skipped));
    let word = first..(line.start + start + skipped + token.len() - marks).max(first);
    let field = match top.key {
        Some(field) => field,
        None if is_key => top.fields.iter().find(|field| field.is(&text[word.clone()])),
        None => top.field,
    };
    let part = if is_key { CursorPart::Key } else { CursorPart::Value };
    Some(Cursor { within, fields: top.fields, keys: top.keys, field, part, italian: Ordering::Equal, word })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cursor at the `|` of a sheet's front matter.
    fn look<T>(yaml: &str, then: impl Fn(&str, Option<Cursor<'_>>) -> T) -> T {
        look_in("content/objectives/2020/A.md", &format!("---\n{yaml}"), then)
    }

    fn look_in<T>(path: &str, text: &str, then: impl Fn(&str, Option<Cursor<'_>>) -> T) -> T {
        let byte = text.find('|').expect("the text has a cursor");
        let text = text.replacen('|', "", 1);
        then(&text, at(path, &text, byte))
    }

    type CursorView = Option<(CursorPart, Option<&'static str>, String)>;

    fn told(text: &str, cursor: Option<Cursor<'_>>) -> CursorView {
        let cursor = cursor?;
        Some((cursor.part, cursor.field.map(|field| field.name), text[cursor.word].to_owned()))
    }

    fn found(part: CursorPart, field: impl Into<Option<&'static str>>, word: &str) -> CursorView {
        Some((part, field.into(), word.to_owned()))
    }

    fn seen(yaml: &str) -> CursorView {
        look(yaml, told)
    }

    #[test]
    fn what_is_between_brackets_may_go_on_over_several_lines() {
        use CursorPart::{Key, Value};
        assert_eq!(seen("fasi: [{titolo: A},\n  {titolo: B, fine: 20|20}]\n"), found(Value, "end", "2020"));
        assert_eq!(seen("fasi: [\n  {titolo: A,\n   fi|\n   peso: 5},\n]\n"), found(Key, None, "fi"));
        assert_eq!(seen("fasi: [ # tre\n  {titolo: A, # dell'anno\n   fine: |\n  }\n]\n"), found(Value, "end", ""));
        assert_eq!(seen("piano: [\n  5.1,\n  5.|2\n]\n---\n"), found(Value, "plan", "5.2"));
        assert_eq!(seen("fasi:\n  - {titolo: A,\n     fine: 20|20}\n"), found(Value, "end", "2020"));
        assert_eq!(seen("fasi: [{titolo: A,\n  fine: 2020}]\nuf|\n"), found(Key, None, "uf"));
        // What isn't closed ends with what is indented.
        assert_eq!(seen("piano: [5.1\nuni|\n"), found(Key, None, "uni"));
        assert_eq!(seen("lead: >\n  [no\n  ta\nuni|\n"), found(Key, None, "uni"));
        assert_eq!(seen("fasi: [{titolo: A, # no|ta\n  fine: 2020}]\n"), None);
        let keys = look("fasi: [{titolo: A,\n  |}]\n", |_, cursor| cursor.map(|cursor| cursor.keys.join(" ")));
        assert_eq!(keys.as_deref(), Some("titolo"));
    }

    #[test]
    fn the_tables_of_the_settings_have_keys_and_values() {
        use CursorPart::{Key, Table, Value};
        let seen = |toml: &str| look_in("site.toml", toml, told);
        assert_eq!(seen("[si|"), found(Table, None, "si"));
        assert_eq!(seen("[site|]\ntitle = \"A\"\n"), found(Table, "site", "site"));
        assert_eq!(seen("[site.i|]\n"), found(Table, None, "i"));
        assert_eq!(seen("[site]\nla|\n"), found(Key, None, "la"));
        assert_eq!(seen("[site]\nlanguages = [\"it\", \"e|n\"]\n"), found(Value, "languages", "en"));
        assert_eq!(seen("[site]\nlanguages = [\n  \"it\",\n  \"e|n\",\n]\n"), found(Value, "languages", "en"));
        assert_eq!(seen("[people]\nnames = |\n"), found(Value, "names", ""));
        assert_eq!(seen("[rules]\nV08|\n"), found(Key, None, "V08"));
        assert_eq!(seen("[rules]\nV0801 = {level = \"o|\", reason = \"x\"}\n"), found(Value, "level", "o"));
        assert_eq!(seen("[rules.V0801]\nlevel = \"off|\"\n"), found(Value, "level", "off"));
        assert_eq!(seen("|"), found(Key, None, ""));
        assert_eq!(seen("[site]\n# no|ta\n"), None);
        assert_eq!(seen("[ignota]\nch|\n"), None);
        let keys = |toml: &str| look_in("site.toml", toml, |_, cursor| cursor.map(|cursor| cursor.keys.join(" ")));
        assert_eq!(
            keys("[city]\nname = \"A\"\n[site]\n|\ntitle = \"A\"\n[nav]\nitems = []\n").as_deref(),
            Some("title")
        );
    }

    #[test]
    fn the_rules_of_a_record_have_codes_and_levels() {
        assert_eq!(seen("regole:\n  V08|\n"), found(CursorPart::Key, None, "V08"));
        assert_eq!(seen("regole:\n  V0801:\n    livello: o|\n"), found(CursorPart::Value, "level", "o"));
        assert_eq!(seen("rules: {V0801: {level: o|}}\n"), found(CursorPart::Value, "level", "o"));
    }

    #[test]
    fn a_key_and_a_value_are_told_apart_also_where_the_text_is_half_typed() {
        assert_eq!(seen("titolo: A\nuni|"), found(CursorPart::Key, None, "uni"));
        assert_eq!(seen("titolo: A\nunit|: x\n---\n"), found(CursorPart::Key, "unit", "unit"));
        assert_eq!(seen("ufficio: |\n---\n"), found(CursorPart::Value, "unit", ""));
        assert_eq!(seen("ufficio: com|une # nota\n---\n"), found(CursorPart::Value, "unit", "comune"));
        assert_eq!(seen("plan: [a, \"5.|1\"]\n"), found(CursorPart::Value, "plan", "5.1"));
        assert_eq!(seen("plan:\n  - 5.|1\n"), found(CursorPart::Value, "plan", "5.1"));
        assert_eq!(seen("fasi:\n  - titolo: A\n    fi|\n"), found(CursorPart::Key, None, "fi"));
        assert_eq!(seen("fasi:\n- titolo: A\n  fine: 20|20\n"), found(CursorPart::Value, "end", "2020"));
        assert_eq!(seen("fasi:\n  - {titolo: A, fi|}\n"), found(CursorPart::Key, None, "fi"));
        assert_eq!(seen("fasi: [{titolo: A, fine: 20|20}, {titolo: B}]\n"), found(CursorPart::Value, "end", "2020"));
        assert_eq!(seen("fasi:\n  - titolo: A\n|"), found(CursorPart::Key, None, ""));
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
