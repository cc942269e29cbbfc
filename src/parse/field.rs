//! One declaration a field: its type, its names, its problems and its schema come from one line.

use serde_json::{Map, Value as Json, json};

use super::node::Node;
use super::position;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report, Segment, nearest};
use crate::model::FileId;

/// A key of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name in data and documentation.
    pub name: &'static str,
    /// Other names that editors write: the Italian words of the sheets.
    pub also: &'static [&'static str],
    /// Whether a record without it is a mistake.
    pub required: bool,
    /// What it is, in Italian.
    pub it: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// The JSON Schema of its value.
    pub schema: fn() -> Json,
}

impl Field {
    fn is(&self, key: &str) -> bool {
        self.name == key || self.also.contains(&key)
    }
}

/// What a field's value is read into.
pub(crate) trait Value: Sized {
    /// The value, or none with the problem added to the report. The node is never blank.
    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self>;

    /// The JSON Schema (2020-12) of what is read.
    fn schema() -> Json;
}

/// Where reading stands: the file, the way to the value, and the problems so far.
pub(crate) struct Reader<'a> {
    pub(crate) file: FileId,
    /// The YAML text, and its first byte in the file.
    text: &'a str,
    offset: usize,
    /// Whether whole numbers may be written otherwise than in plain figures (`+5`, `0x1F`).
    odd_numbers: bool,
    /// The year of the record, which completes dates such as `entro il 30 Giugno`.
    pub(crate) year: Option<i16>,
    path: KeyPath,
    pub(crate) report: Report,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(file: FileId, text: &'a str, offset: usize, year: Option<i16>) -> Self {
        let odd_numbers = text.contains('+') || ["0x", "0o", "0b"].iter().any(|mark| text.contains(mark));
        Self { file, text, offset, odd_numbers, year, path: KeyPath::default(), report: Report::default() }
    }

    /// Reads below one more key.
    pub(crate) fn at_key<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.0.push(Segment::Key(key.into()));
        let result = read(self);
        self.path.0.pop();
        result
    }

    /// Reads below one more place of a list.
    pub(crate) fn at_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.0.push(Segment::Index(index));
        let result = read(self);
        self.path.0.pop();
        result
    }

    /// A problem of the value at hand.
    pub(crate) fn problem(&self, code: Code) -> Diagnostic {
        Diagnostic::new(code, self.file, self.path.clone())
    }

    /// Adds a problem of the value at hand about what was written.
    pub(crate) fn add(&mut self, code: Code, written: &str) {
        let problem = self.problem(code).with("written", written);
        self.report.add(problem);
    }

    /// The same, as the reading of a field that gives nothing.
    pub(crate) fn refuse<T>(&mut self, code: Code, written: &str) -> Option<T> {
        self.add(code, written);
        None
    }

    /// The name of the field at hand.
    pub(crate) fn key(&self) -> String {
        let keys = self.path.0.iter().rev().find_map(|segment| match segment {
            Segment::Key(key) => Some(key.to_string()),
            Segment::Index(_) => None,
        });
        keys.unwrap_or_default()
    }

    /// Adds the problem that a value has another shape than its field's.
    pub(crate) fn wrong_type<T>(&mut self, expected: &'static str, found: &Node) -> Option<T> {
        let problem = self
            .problem(Code::WrongType)
            .with("key", self.key())
            .with("expected", expected)
            .with("found", found.shape());
        self.report.add(problem);
        None
    }

    /// A scalar as its editor wrote it: YAML makes `5.1` of `5.10`, and a code or a target must not lose its zero.
    pub(crate) fn written(&mut self, node: Node) -> Option<String> {
        match node {
            Node::Text(text) => Some(if text.trim().len() == text.len() { text } else { text.trim().to_owned() }),
            Node::Int(text) if !self.odd_numbers => Some(text),
            Node::Int(text) | Node::Float(text) => {
                Some(position::scalar(self.text, &self.path, &same_key).unwrap_or(text))
            }
            Node::Bool(value) => {
                Some(position::scalar(self.text, &self.path, &same_key).unwrap_or_else(|| value.to_string()))
            }
            other => self.wrong_type("text", &other),
        }
    }
}

/// Whether a written key is the field of a canonical name, in any record.
pub(crate) fn same_key(written: &str, name: &str) -> bool {
    written == name
        || super::draft::RECORDS
            .iter()
            .flat_map(|(_, fields)| fields.iter())
            .any(|field| field.name == name && field.also.contains(&written))
}

/// Reads a map's entries into fields: each key once, each known, the required ones present.
///
/// `set` stores the value of the field with the given place in `fields`.
pub(crate) fn read_fields(
    node: Node,
    fields: &'static [Field],
    at: &mut Reader<'_>,
    mut set: impl FnMut(usize, Node, &mut Reader<'_>),
) -> Option<()> {
    let Node::Map(entries) = node else { return at.wrong_type("record", &node) };
    let mut seen = vec![0_usize; fields.len()];
    let mut blank = vec![true; fields.len()];
    // A required key that is only misspelt is one mistake, not two.
    let mut meant = vec![false; fields.len()];
    for (key, value) in entries {
        let Some(index) = fields.iter().position(|field| field.is(&key)) else {
            if let Some(field) = unknown(key, fields, at) {
                meant[field] = true;
            }
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
    for (index, field) in fields.iter().enumerate() {
        if field.required && blank[index] && !meant[index] {
            let mut path = at.path.clone();
            if seen[index] > 0 {
                path.0.push(Segment::Key(field.name.into()));
            }
            let place = if path.0.is_empty() { Place::Bytes(at.offset..at.offset) } else { Place::Value(path) };
            at.report.add(Diagnostic::new(Code::Missing, at.file, place).with("key", field.name));
        }
    }
    Some(())
}

/// Adds the problem of an unknown key. Gives the place of the field that was most likely meant.
fn unknown(key: String, fields: &'static [Field], at: &mut Reader<'_>) -> Option<usize> {
    let mut path = at.path.clone();
    path.0.push(Segment::Key(key.clone().into()));
    let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
    let names = fields.iter().flat_map(|field| std::iter::once(&field.name).chain(field.also)).copied();
    let near = nearest(&key, names);
    let problem = Diagnostic::new(Code::UnknownKey, at.file, Place::Key(path, 0))
        .with("key", key)
        .with("known", known.join(", "));
    at.report.add(match near {
        Some(near) => problem.with("nearest", near),
        None => problem,
    });
    fields.iter().position(|field| near.is_some_and(|near| field.is(near)))
}

/// The JSON Schema of a record.
pub(crate) fn schema_of(fields: &'static [Field]) -> Json {
    let mut properties = Map::new();
    for field in fields {
        let mut schema = (field.schema)();
        if let Json::Object(object) = &mut schema {
            object.insert("title".into(), json!(field.it));
            object.insert("description".into(), json!(field.en));
        }
        for name in std::iter::once(&field.name).chain(field.also) {
            properties.insert((*name).into(), schema.clone());
        }
    }
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// Declares a record: a struct with one optional value a field, its list of fields, its reader and its schema.
///
/// `name: Type = "key" | "chiave", required => "che cos'è" / "what it is";`
macro_rules! record {
    (
        $(#[$about:meta])*
        pub(crate) struct $record:ident {
            $( $field:ident : $type:ty = $name:literal $(| $also:literal)* $(, $required:ident)? => $it:literal / $en:literal; )+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Default)]
        pub(crate) struct $record { $( pub(crate) $field: Option<$type>, )+ }

        impl $record {
            /// Every key.
            pub(crate) const FIELDS: &'static [$crate::parse::Field] = &[$(
                $crate::parse::Field {
                    name: $name,
                    also: &[$($also),*],
                    required: record!(@required $($required)?),
                    it: $it,
                    en: $en,
                    schema: <$type as $crate::parse::field::Value>::schema,
                },
            )+];
        }

        impl $crate::parse::field::Value for $record {
            fn read(node: $crate::parse::node::Node, at: &mut $crate::parse::field::Reader<'_>) -> Option<Self> {
                let mut record = Self::default();
                $crate::parse::field::read_fields(node, Self::FIELDS, at, |index, node, at| {
                    let mut place = 0..;
                    $(
                        if place.next() == Some(index) {
                            record.$field = <$type as $crate::parse::field::Value>::read(node, at);
                            return;
                        }
                    )+
                })?;
                Some(record)
            }

            fn schema() -> serde_json::Value {
                $crate::parse::field::schema_of(Self::FIELDS)
            }
        }
    };
    (@required required) => { true };
    (@required) => { false };
}
pub(crate) use record;
