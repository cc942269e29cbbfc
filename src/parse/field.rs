//! One declaration a field: its type, its names, its problems and its schema come from one line of [`record!`].

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use super::declaration::{Field, Holds};
use super::node::Node;
use super::source_map::{SourceMap, ValuePart};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report, Rewording, Segment, Wording};
use crate::model::{Conventions, FileId, Lang};

/// Type that a field's value is read into.
pub(crate) trait Value: Sized {
    /// Fields of the record that it is, or that it is a list of.
    const WITHIN: &'static [Field] = &[];

    /// Kind of value, for people and for `vetro read`.
    const HOLDS: Holds;

    /// Reads the value, or returns `None` and adds the problem to the report. The node is never blank.
    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self>;

    /// JSON Schema (2020-12) of the written value.
    fn schema() -> Json;
}

/// Languages of a site, as far as the reading of figures depends on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SiteLanguages {
    /// The first one, in which sheets are written.
    pub(crate) first: Lang,
    /// True if the marks in figures have another meaning in another one.
    pub(crate) differ: bool,
}

impl SiteLanguages {
    /// Conventions of a site in some languages; Italian if it names none.
    pub(crate) fn of(languages: &[Lang]) -> Self {
        let first = languages.first().copied().unwrap_or(Lang::It);
        let point = |lang: Lang| lang.language().figures.point;
        let differ = languages.iter().any(|lang| point(*lang) != point(first));
        Self { first, differ }
    }
}

impl Default for SiteLanguages {
    fn default() -> Self {
        Self::of(&[])
    }
}

/// State of the reading of a record: the file, the path to the value, and the problems so far.
pub(crate) struct Reader<'a> {
    pub(crate) file: FileId,
    fields: &'static [Field],
    /// YAML text, and its first byte in the file.
    text: &'a str,
    offset: usize,
    /// True if whole numbers may be written otherwise than in plain figures (`+5`, `0x1F`).
    odd_numbers: bool,
    /// Values of the text with their places, read when one is asked for.
    source_map: OnceCell<SourceMap>,
    pub(crate) languages: SiteLanguages,
    /// Year of the record, which completes dates such as `entro il 30 Giugno`.
    pub(crate) year: Option<i16>,
    path: KeyPath,
    pub(crate) report: Report,
}

impl<'a> Reader<'a> {
    /// Makes a reader of a text whose record, or each of whose records, has these fields.
    pub(crate) fn new(file: FileId, fields: &'static [Field], text: &'a str, offset: usize) -> Self {
        let odd_numbers = text.contains('+') || ["0x", "0o", "0b"].iter().any(|mark| text.contains(mark));
        let (languages, path, report) = (SiteLanguages::default(), KeyPath::default(), Report::default());
        let source_map = OnceCell::new();
        Self { file, fields, text, offset, odd_numbers, source_map, languages, year: None, path, report }
    }

    /// Conventions by which figures and dates are read.
    pub(crate) fn conventions(&self) -> Conventions {
        Conventions { lang: self.languages.first, year: self.year }
    }

    /// Reads the value of a key.
    pub(crate) fn at_key<T>(&mut self, key: impl Into<Cow<'static, str>>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.0.push(Segment::Key(key.into()));
        let result = read(self);
        self.path.0.pop();
        result
    }

    /// Reads an entry of a list.
    pub(crate) fn at_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.0.push(Segment::Index(index));
        let result = read(self);
        self.path.0.pop();
        result
    }

    /// Problem of the current value.
    pub(crate) fn problem(&self, code: Code) -> Diagnostic {
        Diagnostic::new(code, self.file, self.path.clone())
    }

    /// Adds a problem of the current value, with what was written.
    pub(crate) fn add(&mut self, code: Code, written: &str) {
        let problem = self.problem(code).with("written", written);
        self.report.add(problem);
    }

    /// Variant of [`add`](Self::add) for a value that can't be used.
    pub(crate) fn refuse<T>(&mut self, code: Code, written: &str) -> Option<T> {
        self.add(code, written);
        None
    }

    /// Variant of [`refuse`](Self::refuse) for a whole number of a kind.
    pub(crate) fn refuse_whole<T>(&mut self, case: &'static str, written: &str) -> Option<T> {
        let problem = self.problem(Code::NotWhole).with("case", case).with("written", written);
        self.report.add(problem);
        None
    }

    /// Records the form of the current value that every program can read; its words are shown nowhere.
    pub(crate) fn canonical_form(&mut self, written: &str, text: String) {
        if written != text {
            let (file, place, written) = (self.file, self.path.clone(), written.to_owned());
            self.report.reword(Rewording { wording: Wording::Form, file, place, written, text });
        }
    }

    /// Name of the current field.
    pub(crate) fn key(&self) -> String {
        let key = self.path.0.iter().rev().find_map(|segment| match segment {
            Segment::Key(key) => Some(key.to_string()),
            Segment::Index(_) => None,
        });
        key.unwrap_or_default()
    }

    /// Adds the problem that the current value has another shape than its field's.
    pub(crate) fn wrong_type<T>(&mut self, expected: &'static str, found: &Node) -> Option<T> {
        let problem = self
            .problem(Code::WrongType)
            .with("key", self.key())
            .with("expected", expected)
            .with("found", found.shape());
        self.report.add(problem);
        None
    }

    /// Adds the problem that a field isn't there, or that its key is there without a value.
    pub(crate) fn missing(&mut self, name: &'static str, has_key: bool) {
        let mut path = self.path.clone();
        if has_key {
            path.0.push(Segment::Key(name.into()));
        }
        let place = if path.0.is_empty() { Place::Bytes(self.offset..self.offset) } else { Place::Value(path) };
        self.report.add(Diagnostic::new(Code::Missing, self.file, place).with("key", name));
    }

    /// Scalar as its editor wrote it: YAML makes `5.1` of `5.10`, and a code or a target must not lose its zero.
    pub(crate) fn written(&mut self, node: Node) -> Option<String> {
        match node {
            Node::Text(text) if text.contains(is_invisible) => Some(self.without_invisible(&text)),
            Node::Text(text) => Some(if text.trim().len() == text.len() { text } else { text.trim().to_owned() }),
            Node::Int(text) if !self.odd_numbers => Some(text),
            Node::Int(text) | Node::Float(text) => Some(self.scalar().unwrap_or(text)),
            Node::Bool(value) => Some(self.scalar().unwrap_or_else(|| value.to_string())),
            other => self.wrong_type("text", &other),
        }
    }

    /// Current scalar as it is written.
    fn scalar(&self) -> Option<String> {
        self.source_map().scalar(&self.path).map(str::to_owned)
    }

    fn source_map(&self) -> &SourceMap {
        self.source_map.get_or_init(|| SourceMap::yaml(self.text, self.fields))
    }

    /// Text without its characters that can't be published, which are a problem.
    fn without_invisible(&mut self, text: &str) -> String {
        if let Some(first) = text.chars().find(|c| is_invisible(*c)) {
            let problem = self.problem(Code::InvisibleCharacter);
            self.report.add(problem.with("character", format!("U+{:04X}", u32::from(first))));
        }
        text.replace(is_invisible, "").trim().to_owned()
    }
}

/// True if a character is one that no text has and no format of data carries (XML 1.0, §2.2; RFC 4180, §2).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

/// Reads a map's entries into fields: each key once, each known, the required ones present.
///
/// `set` stores the value of the field with the given place in `fields`.
pub(crate) fn read_fields(
    node: Node,
    fields: &'static [Field],
    at: &mut Reader<'_>,
    mut set: impl FnMut(usize, Node, &mut Reader<'_>),
) {
    let Node::Map(entries) = node else {
        at.wrong_type::<()>("record", &node);
        return;
    };
    let mut seen = vec![0_usize; fields.len()];
    let mut blank = vec![true; fields.len()];
    let mut misspelt: Vec<(usize, Node)> = Vec::new();
    let mut unknown_keys: HashMap<String, usize> = HashMap::new();
    for (key, value) in entries {
        let Some(index) = fields.iter().position(|field| field.is(&key)) else {
            let nth = unknown_keys.get(&key).copied().unwrap_or_default();
            if let Some(problem) = divided_number(&key, &value, nth, at) {
                at.report.add(problem);
            } else if let Some(field) = report_unknown(&key, nth, fields, at) {
                misspelt.push((field, value));
            }
            unknown_keys.insert(key, nth + 1);
            continue;
        };
        seen[index] += 1;
        if seen[index] > 1 {
            let mut path = at.path.clone();
            path.0.push(Segment::Key(fields[index].name.into()));
            let place = Place::Key(path, seen[index] - 1);
            at.report.add(Diagnostic::new(Code::DuplicateKey, at.file, place).with("key", key));
            continue;
        }
        if value.is_blank() {
            continue;
        }
        blank[index] = false;
        at.at_key(fields[index].name, |at| set(index, value, at));
    }
    // A key that is only misspelt is one mistake: its value is read, so that nothing is missed for want of it.
    for (index, value) in misspelt {
        if seen[index] == 0 && !value.is_blank() {
            let report = std::mem::take(&mut at.report);
            at.at_key(fields[index].name, |at| set(index, value, at));
            at.report = report;
        }
        blank[index] = false;
    }
    for (index, field) in fields.iter().enumerate() {
        if field.required && blank[index] {
            at.missing(field.name, seen[index] > 0);
        }
    }
}

/// Problem of a number that its decimal comma divides, as every comma between braces does: `{target: 3,5}` is a target
/// of 3 and a key `5` without a value. Returns `None` if the key is another mistake.
fn divided_number(key: &str, value: &Node, nth: usize, at: &Reader<'_>) -> Option<Diagnostic> {
    let is_digit = |c: char| c.is_ascii_digit();
    if *value != Node::Null || !key.starts_with(is_digit) {
        return None;
    }
    let mut path = at.path.clone();
    path.0.push(Segment::Key(key.to_owned().into()));
    let place = at.source_map().find(&path, ValuePart::Key(nth))?;
    // An entry of its own would have a space before it, and what ends in a quotation mark is no number.
    let before = at.text[..place.start].strip_suffix(',').filter(|before| before.ends_with(is_digit))?;
    let start = before.rfind(": ")? + ": ".len();
    let start = start + (before[start..].len() - before[start..].trim_start().len());
    let bytes = start + at.offset..place.end + at.offset;
    let problem = Diagnostic::new(Code::DividedNumber, at.file, Place::Bytes(bytes));
    Some(
        problem
            .with("key", key)
            .with("kept", &before[start..])
            .with("written", &at.text[start..place.end]),
    )
}

/// Adds the problem of an unknown key. Returns the place of the field that was most likely meant.
fn report_unknown(key: &str, nth: usize, fields: &'static [Field], at: &mut Reader<'_>) -> Option<usize> {
    let mut path = at.path.clone();
    path.0.push(Segment::Key(key.to_owned().into()));
    let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let names = fields.iter().flat_map(|field| std::iter::once(&field.name).chain(field.also)).copied();
    let problem = Diagnostic::new(Code::UnknownKey, at.file, Place::Key(path, nth))
        .with("key", key)
        .with("known", known.join(", "))
        .nearest(key, names);
    let meant = fields.iter().position(|field| problem.arg("nearest").is_some_and(|near| field.is(near)));
    at.report.add(problem);
    meant
}

/// JSON Schema of a record.
///
/// A key may have no value, and go by any of its names.
pub(crate) fn schema_of(fields: &'static [Field]) -> Json {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let mut schema = or_null((field.schema)());
        if let Json::Object(object) = &mut schema {
            object.insert("title".into(), json!(field.it));
            object.insert("description".into(), json!(field.en));
        }
        let names = || std::iter::once(&field.name).chain(field.also);
        for name in names() {
            properties.insert((*name).into(), schema.clone());
        }
        if field.required {
            required.push(json!({ "anyOf": names().map(|name| json!({ "required": [name] })).collect::<Vec<_>>() }));
        }
    }
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["allOf"] = Json::Array(required);
    }
    schema
}

/// Schema of a value that may be left blank.
fn or_null(mut schema: Json) -> Json {
    match schema.get_mut("type") {
        Some(Json::Array(types)) => types.push(json!("null")),
        Some(one) => *one = json!([one.take(), "null"]),
        None => {}
    }
    if let Some(Json::Array(words)) = schema.get_mut("enum") {
        words.push(Json::Null);
    }
    schema
}

/// The fields of a record, followed by one for each language that holds a record of its own.
pub(crate) const fn with_languages<const ALL: usize>(
    own: &[Field],
    schema: fn() -> Json,
    within: &'static [Field],
) -> [Field; ALL] {
    let mut all = [own[0]; ALL];
    let mut at = 0;
    while at < ALL {
        all[at] = if at < own.len() {
            own[at]
        } else {
            let language = Lang::ALL[at - own.len()].language();
            let [it, en] = language.in_it;
            Field { name: language.code, also: &[], required: false, it, en, holds: Holds::Record, schema, within }
        };
        at += 1;
    }
    all
}

/// Declares a record: a struct with the value of each field, its list of fields, its reader and its schema. A field that
/// isn't written, or whose value can't be read, has the default of its type.
///
/// `name: Type = "key" | "chiave", required => "descrizione" / "description";`
///
/// `+ name: Type = each language;` at the end adds a key for each language, below which a record stands.
macro_rules! record {
    (
        $(#[$about:meta])*
        $seen:vis struct $record:ident {
            $( $field:ident : $type:ty = $name:literal $(| $also:literal)* $(, $required:ident)? => $it:literal / $en:literal; )+
            $( + $others:ident : $words:ty = each language; )?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default)]
        $seen struct $record {
            $( #[doc = concat!($en, ".")] $seen $field: $type, )+
            $( #[doc = "Texts of other languages."] $seen $others: std::collections::BTreeMap<$crate::model::Lang, $words>, )?
        }

        impl $record {
            /// Every key that the record declares itself.
            const OWN: &'static [$crate::parse::declaration::Field] = &[$(
                $crate::parse::declaration::Field {
                    name: $name,
                    also: &[$($also),*],
                    required: record!(@required $($required)?),
                    it: $it,
                    en: $en,
                    holds: <$type as $crate::parse::field::Value>::HOLDS,
                    schema: <$type as $crate::parse::field::Value>::schema,
                    within: <$type as $crate::parse::field::Value>::WITHIN,
                },
            )+];

            /// Every key.
            pub(crate) const FIELDS: &'static [$crate::parse::declaration::Field] = record!(@fields $($words)?);
        }

        impl $crate::parse::field::Value for $record {
            const WITHIN: &'static [$crate::parse::declaration::Field] = Self::FIELDS;
            const HOLDS: $crate::parse::declaration::Holds = $crate::parse::declaration::Holds::Record;

            /// Reads a value that is no record at all as an empty one: references to it aren't wrong, too.
            fn read(node: $crate::parse::node::Node, at: &mut $crate::parse::field::Reader<'_>) -> Option<Self> {
                let mut record = Self::default();
                $crate::parse::field::read_fields(node, Self::FIELDS, at, |index, node, at| {
                    let mut place = 0..;
                    $(
                        if place.next() == Some(index) {
                            record.$field = <$type as $crate::parse::field::Value>::read(node, at).unwrap_or_default();
                            return;
                        }
                    )+
                    $(
                        let lang = index.checked_sub(Self::OWN.len()).and_then(|at| $crate::model::Lang::ALL.get(at));
                        let words = <$words as $crate::parse::field::Value>::read(node, at);
                        record.$others.extend(lang.copied().zip(words));
                    )?
                });
                Some(record)
            }

            fn schema() -> serde_json::Value {
                $crate::parse::field::schema_of(Self::FIELDS)
            }
        }
    };
    (@fields) => { Self::OWN };
    (@fields $words:ty) => {
        &$crate::parse::field::with_languages::<{ Self::OWN.len() + $crate::model::Lang::ALL.len() }>(
            Self::OWN,
            <$words as $crate::parse::field::Value>::schema,
            <$words as $crate::parse::field::Value>::WITHIN,
        )
    };
    (@required required) => { true };
    (@required) => { false };
}
pub(crate) use record;
