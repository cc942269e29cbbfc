//! Places of values in a text. They are asked for only when a problem is printed, or when YAML's own typing has lost
//! how a number was written: never for a file without mistakes.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, ScalarStyle};
use toml::de::{DeTable, DeValue};

use super::declaration::Field;
use super::yaml_limits;
use crate::diagnostic::{KeyPath, Segment};
use crate::work;

/// Part of a value that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValuePart {
    /// The key itself; of several equal ones the n-th, from 0.
    Key(usize),
    Value,
}

/// Values of a text with their places, read in one pass, for any number of questions.
#[derive(Debug)]
pub(crate) struct SourceMap {
    /// Values in the order in which they begin; the first is the whole text.
    values: Vec<MappedValue>,
    fields: &'static [Field],
}

/// A value in a text.
#[derive(Debug)]
struct MappedValue {
    /// Bytes of the value; `None` if the text ends in it.
    bytes: Option<Range<usize>>,
    /// True if nothing is written: then its key is shown.
    is_blank: bool,
    inner: Inner,
}

#[derive(Debug)]
enum Inner {
    /// A scalar as it is written; `None` for a value that is no scalar.
    Leaf(Option<String>),
    /// The entries that aren't blank.
    List(Vec<usize>),
    /// The entries of each key, in the order of the text. A key of a field goes by the field's name.
    Map(HashMap<String, Vec<MappedEntry>>),
}

/// A key of a record with its value.
#[derive(Debug)]
struct MappedEntry {
    key: Range<usize>,
    value: usize,
}

impl SourceMap {
    /// Values of a YAML text, as far as it is YAML and not too [deep](yaml_limits::DEPTH). `fields` are those of the
    /// text's record: a path has their names, a text may have the others that they go by.
    pub(crate) fn yaml(text: &str, fields: &'static [Field]) -> Self {
        let mut reading = YamlReader { text, cursor: ByteCursor::new(text), values: Vec::new(), open: Vec::new() };
        for (event, span) in yaml_limits::events(text).map_while(Result::ok) {
            let bytes = reading.cursor.byte(span.start.index())..reading.cursor.byte(span.end.index());
            if matches!(event, Event::StreamStart | Event::DocumentStart(_)) {
                continue;
            }
            reading.take(event, bytes, fields);
            if reading.open.is_empty() {
                break;
            }
        }
        Self { values: reading.values, fields }
    }

    /// Values of a TOML text; `None` if it isn't TOML.
    pub(crate) fn toml(text: &str, fields: &'static [Field]) -> Option<Self> {
        let table = DeTable::parse(text).ok()?;
        let mut map = Self { values: Vec::new(), fields };
        let root = map.add(None, Inner::Leaf(None));
        map.values[root].inner = map.table(table.get_ref(), fields);
        Some(map)
    }

    fn add(&mut self, bytes: Option<Range<usize>>, inner: Inner) -> usize {
        work::count(1);
        self.values.push(MappedValue { bytes, is_blank: false, inner });
        self.values.len() - 1
    }

    fn table(&mut self, table: &DeTable<'_>, fields: &'static [Field]) -> Inner {
        let mut entries: HashMap<String, Vec<MappedEntry>> = HashMap::new();
        for (key, value) in table {
            let (name, within) = named(key.get_ref(), fields);
            let at = self.add(Some(value.span()), Inner::Leaf(None));
            self.values[at].inner = self.inner(value.get_ref(), within);
            entries
                .entry(name.to_owned())
                .or_default()
                .push(MappedEntry { key: key.span(), value: at });
        }
        // The table is sorted by key; what counts is the order of the text.
        entries.values_mut().for_each(|of_key| of_key.sort_by_key(|entry| entry.key.start));
        Inner::Map(entries)
    }

    fn inner(&mut self, value: &DeValue<'_>, fields: &'static [Field]) -> Inner {
        match value {
            DeValue::Table(table) => self.table(table, fields),
            DeValue::Array(list) => {
                let mut entries = Vec::new();
                for value in list {
                    if !matches!(value.get_ref(), DeValue::String(text) if text.trim().is_empty()) {
                        let at = self.add(Some(value.span()), Inner::Leaf(None));
                        self.values[at].inner = self.inner(value.get_ref(), fields);
                        entries.push(at);
                    }
                }
                Inner::List(entries)
            }
            _ => Inner::Leaf(None),
        }
    }

    /// Bytes of a value, or of the nearest value around it.
    pub(crate) fn find(&self, path: &KeyPath, part: ValuePart) -> Option<Range<usize>> {
        let (mut value, mut fields) = (self.values.first()?, self.fields);
        // A value in which the text ends has no bytes: its key is shown.
        let mut key: Option<&Range<usize>> = None;
        for (depth, segment) in path.0.iter().enumerate() {
            match (segment, &value.inner) {
                (Segment::Key(written), Inner::Map(entries)) => {
                    let (name, within) = named(written, fields);
                    let Some(entries) = entries.get(name) else { break };
                    if let (ValuePart::Key(nth), true) = (part, depth + 1 == path.0.len()) {
                        // A later one may be meant that isn't there: the first stands in for it.
                        return entries.get(nth).or(entries.first()).map(|entry| entry.key.clone());
                    }
                    let entry = entries.first()?;
                    value = &self.values[entry.value];
                    if value.is_blank {
                        return Some(entry.key.clone());
                    }
                    (key, fields) = (Some(&entry.key), within);
                }
                (Segment::Index(index), Inner::List(entries)) => {
                    let Some(place) = entries.get(*index) else { break };
                    value = &self.values[*place];
                }
                _ => break,
            }
        }
        // A value that the root lacks is shown nowhere.
        let is_root = std::ptr::eq(value, self.values.first()?) && !path.0.is_empty();
        value.bytes.clone().or(key.cloned()).filter(|_| !is_root)
    }

    /// A scalar as it is written.
    pub(crate) fn scalar(&self, path: &KeyPath) -> Option<&str> {
        let (mut value, mut fields) = (self.values.first()?, self.fields);
        for segment in &path.0 {
            let place = match (segment, &value.inner) {
                (Segment::Key(written), Inner::Map(entries)) => {
                    let (name, within) = named(written, fields);
                    fields = within;
                    entries.get(name)?.first()?.value
                }
                (Segment::Index(index), Inner::List(entries)) => *entries.get(*index)?,
                _ => return None,
            };
            value = &self.values[place];
        }
        match &value.inner {
            Inner::Leaf(text) => text.as_deref(),
            Inner::List(_) | Inner::Map(_) => None,
        }
    }
}

/// Name of the field that a key is, and the fields within it; the key itself if it is no field.
fn named<'k>(key: &'k str, fields: &'static [Field]) -> (&'k str, &'static [Field]) {
    fields
        .iter()
        .find(|field| field.is(key))
        .map_or((key, &[]), |field| (field.name, field.within))
}

/// A list or a record of a YAML text that hasn't ended yet.
struct OpenBlock {
    value: usize,
    /// First byte of the block.
    start: usize,
    fields: &'static [Field],
    /// Key of a record whose value comes next.
    key: Key,
}

enum Key {
    /// A key comes next.
    Awaited,
    /// The value of this key comes next, and has these fields within.
    Is(String, Range<usize>, &'static [Field]),
    /// The value of a key that is no scalar comes next.
    NotScalar,
}

/// Reader of a YAML text, event by event.
struct YamlReader<'t> {
    text: &'t str,
    cursor: ByteCursor<'t>,
    values: Vec<MappedValue>,
    open: Vec<OpenBlock>,
}

impl YamlReader<'_> {
    fn take(&mut self, event: Event<'_>, bytes: Range<usize>, fields: &'static [Field]) {
        if matches!(event, Event::SequenceEnd | Event::MappingEnd) {
            if let Some(open) = self.open.pop() {
                self.values[open.value].bytes = Some(self.written(open.start..bytes.end));
            }
            return;
        }
        let is_blank = is_blank(&event);
        if let (Some(OpenBlock { key: key @ Key::Awaited, fields, value, .. }), Event::Scalar(text, ..)) =
            (self.open.last_mut(), &event)
            && matches!(self.values[*value].inner, Inner::Map(_))
        {
            let (name, within) = named(text, fields);
            *key = Key::Is(name.to_owned(), bytes, within);
            return;
        }
        let inner = match event {
            Event::Scalar(text, ..) => Inner::Leaf(Some(text.into_owned())),
            Event::SequenceStart(..) => Inner::List(Vec::new()),
            Event::MappingStart(..) => Inner::Map(HashMap::new()),
            _ => Inner::Leaf(None),
        };
        let fields = self.place(is_blank).unwrap_or(fields);
        let (value, start) = (self.values.len(), bytes.start);
        let bytes = if matches!(inner, Inner::Leaf(_)) {
            Some(self.written(bytes))
        } else {
            self.open.push(OpenBlock { value, start, fields, key: Key::Awaited });
            None
        };
        self.values.push(MappedValue { bytes, is_blank, inner });
    }

    /// Bytes without the white space at their end. A block's span ends where the next token begins; its text is
    /// underlined.
    fn written(&self, bytes: Range<usize>) -> Range<usize> {
        let written = self.text.get(bytes.clone()).unwrap_or_default().trim_end();
        bytes.start..bytes.start + written.len()
    }

    /// Adds the next value to the list or record that it is in. Returns the fields that it has there.
    fn place(&mut self, is_blank: bool) -> Option<&'static [Field]> {
        let value = self.values.len();
        let open = self.open.last_mut()?;
        match &mut self.values[open.value].inner {
            Inner::List(entries) if !is_blank => entries.push(value),
            Inner::List(_) | Inner::Leaf(_) => {}
            Inner::Map(entries) => {
                let next = if matches!(open.key, Key::Awaited) { Key::NotScalar } else { Key::Awaited };
                if let Key::Is(name, key, within) = std::mem::replace(&mut open.key, next) {
                    entries.entry(name).or_default().push(MappedEntry { key, value });
                    return Some(within);
                }
                return Some(&[]);
            }
        }
        Some(open.fields)
    }
}

/// Cursor that turns the places of characters into those of bytes, each from the one before.
struct ByteCursor<'t> {
    text: &'t str,
    character: usize,
    byte: usize,
}

impl<'t> ByteCursor<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, character: 0, byte: 0 }
    }

    /// Byte at which a character begins; the end of the text if there is none.
    fn byte(&mut self, character: usize) -> usize {
        work::count(character.abs_diff(self.character));
        self.byte = if character < self.character {
            let back = self.text[..self.byte].char_indices().rev().nth(self.character - character - 1);
            back.map_or(0, |(byte, _)| byte)
        } else {
            let on = self.text[self.byte..].char_indices().nth(character - self.character);
            on.map_or(self.text.len(), |(byte, _)| self.byte + byte)
        };
        self.character = character;
        self.byte
    }
}

/// True if a scalar is blank, as [`Node::is_blank`](super::node::Node::is_blank) has it.
fn is_blank(event: &Event<'_>) -> bool {
    match event {
        Event::Scalar(text, style, ..) => {
            text.trim().is_empty()
                || (*style == ScalarStyle::Plain && ["~", "null", "Null", "NULL"].contains(&text.as_ref()))
        }
        _ => false,
    }
}

/// Byte at which a text stops being YAML.
pub(crate) fn syntax_error(text: &str) -> Option<usize> {
    let error = yaml_limits::events(text).find_map(Result::err)?;
    Some(text.char_indices().nth(error.marker().index()).map_or(text.len(), |(byte, _)| byte))
}

/// A `#` that begins a comment, or is in a text between quotes.
struct Hash {
    at: usize,
    line: Range<usize>,
    /// True if it begins like a word, after something else.
    begins_a_word: bool,
}

/// Comments of a YAML text that begin like a word, such as `#casa` after a value: each from its `#` to the end of the
/// line. A comment on its own line, after quotes, or with a space after its `#`, is meant as one.
pub(crate) fn swallowed(text: &str) -> Vec<Range<usize>> {
    let mut found = hashes(text);
    if !found.iter().any(|hash| hash.begins_a_word) {
        return Vec::new();
    }
    let mut cursor = ByteCursor::new(text);
    let mut next = 0;
    let mut quoted: Vec<Range<usize>> = Vec::new();
    for (event, span) in yaml_limits::events(text).map_while(Result::ok) {
        // A plain text holds none.
        if matches!(event, Event::Scalar(_, style, ..) if style != ScalarStyle::Plain) {
            quoted.push(cursor.byte(span.start.index())..cursor.byte(span.end.index()));
        }
    }
    found.retain(|hash| {
        next += quoted[next..].iter().take_while(|text| text.end <= hash.at).count();
        quoted.get(next).is_none_or(|text| hash.at < text.start)
    });
    // A line has one comment, which holds what follows.
    found.dedup_by_key(|hash| hash.line.start);
    let words = found.into_iter().filter(|hash| hash.begins_a_word);
    words.map(|Hash { at, line, .. }| at..at + text[at..line.end].trim_end().len()).collect()
}

/// Each `#` of a text at the beginning of a line or after a space.
fn hashes(text: &str) -> Vec<Hash> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        for (at, _) in line.match_indices('#').filter(|(at, _)| *at == 0 || line[..*at].ends_with([' ', '\t'])) {
            let begins_a_word = at > indent && line[at + 1..].starts_with(char::is_alphanumeric);
            found.push(Hash { at: start + at, line: start..start + line.len(), begins_a_word });
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fields::{ObjectiveFields, SiteFields, UnitFields};
    use super::*;

    const TEXT: &str = "titolo: Città\nphases:\n  - title: Uno\n    start: 31/02/2020\n  - {title: Due, end: 2020}\ncode: 5.10\ncode: x\nnotes:\n";

    fn value(path: &KeyPath) -> &'static str {
        &TEXT[SourceMap::yaml(TEXT, ObjectiveFields::FIELDS)
            .find(path, ValuePart::Value)
            .expect("the path is in the text")]
    }

    #[test]
    fn a_value_is_found_by_its_path_in_either_language() {
        assert_eq!(value(&KeyPath::of("title")), "Città");
        assert_eq!(value(&KeyPath::of("phases").index(0).key("start")), "31/02/2020");
        assert_eq!(value(&KeyPath::of("phases").index(1).key("end")), "2020");
        assert_eq!(value(&KeyPath::of("phases").index(1)), "{title: Due, end: 2020}");
    }

    #[test]
    fn what_is_absent_is_shown_at_the_nearest_value_around_it() {
        assert_eq!(value(&KeyPath::of("phases").index(0).key("weight")), "title: Uno\n    start: 31/02/2020");
        assert_eq!(value(&KeyPath::of("notes")), "notes");
    }

    #[test]
    fn the_second_of_two_equal_keys_is_found() {
        let second = SourceMap::yaml(TEXT, ObjectiveFields::FIELDS).find(&KeyPath::of("code"), ValuePart::Key(1));
        let second = second.expect("the key stands twice");
        assert_eq!(second.start, TEXT.rfind("code").expect("it is there"));
    }

    #[test]
    fn a_word_that_names_two_fields_is_the_field_of_its_own_record() {
        let text = "- id: a\n  contatti: {indirizzo: Via Roma, sito: x}\n";
        let url = KeyPath::default().index(0).key("contact").key("url");
        assert_eq!(
            &text[SourceMap::yaml(text, UnitFields::FIELDS)
                .find(&url, ValuePart::Value)
                .expect("it is there")],
            "x"
        );
    }

    #[test]
    fn a_blank_entry_of_a_list_does_not_count() {
        let text = "phases:\n  -\n  - ~\n  - title: Uno\n";
        let title = KeyPath::of("phases").index(0).key("title");
        assert_eq!(
            &text[SourceMap::yaml(text, ObjectiveFields::FIELDS)
                .find(&title, ValuePart::Value)
                .expect("it is there")],
            "Uno"
        );
    }

    #[test]
    fn a_number_is_given_back_as_it_was_written() {
        assert_eq!(SourceMap::yaml(TEXT, ObjectiveFields::FIELDS).scalar(&KeyPath::of("code")), Some("5.10"));
    }

    #[test]
    fn a_toml_value_and_key_are_found() {
        let text = "[site]\ntitolo = \"A\"\nlanguages = [\"it\", \"xx\"]\n";
        let marks = SourceMap::toml(text, SiteFields::FIELDS).expect("it is TOML");
        let at = |path, part| &text[marks.find(&path, part).expect("the path is in the text")];
        assert_eq!(at(KeyPath::of("site").key("languages").index(1), ValuePart::Value), "\"xx\"");
        assert_eq!(at(KeyPath::of("site").key("title"), ValuePart::Key(0)), "titolo");
    }
}
