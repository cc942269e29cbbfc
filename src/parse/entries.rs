//! Keys and values of a text with their places, as an editor needs them: half-typed texts are read as far as they go.

use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, StrInput};

use super::declaration::Field;
use super::front_matter::FrontMatter;
use super::kind::{SheetKind, fields_at};
use super::yaml_limits::DEPTH;
use crate::diagnostic::Code;

/// Entries of a text, key by key with their places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entries {
    /// The file's record, or each of its records.
    pub(crate) records: Vec<WrittenRecord>,
    /// True if the text could be read to its end.
    pub(crate) is_complete: bool,
}

/// A record as written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenRecord {
    /// Bytes in the text.
    pub(crate) bytes: Range<usize>,
    pub(crate) entries: Vec<WrittenEntry>,
}

/// A known key with its value, or the values of its list.
#[derive(Clone, Debug)]
pub(crate) struct WrittenEntry {
    pub(crate) field: &'static Field,
    pub(crate) scalars: Vec<(Range<usize>, String)>,
    pub(crate) records: Vec<WrittenRecord>,
}

impl WrittenRecord {
    /// The first value of a key.
    pub(crate) fn get(&self, name: &str) -> Option<&(Range<usize>, String)> {
        self.entries.iter().find(|entry| entry.field.name == name)?.scalars.first()
    }
}

/// Bytes of a file's YAML or TOML, with the fields of its record or of each of its records; `None` if it is neither a
/// file of records nor the settings. Front matter that isn't closed yet goes on to the end.
pub(crate) fn front(path: &str, text: &str) -> Option<(Range<usize>, &'static [Field])> {
    let fields = fields_at(path)?;
    if !path.ends_with(".md") {
        return Some((text.len() - text.trim_start_matches('\u{feff}').len()..text.len(), fields));
    }
    let yaml = match FrontMatter::find(text) {
        Ok(FrontMatter { yaml, .. }) => yaml,
        Err(Code::FenceOpen) => text.find('\n')? + 1..text.len(),
        Err(_) => return None,
    };
    Some((yaml, fields))
}

/// Byte at which the Markdown of a record begins; the end of the text if there is none.
pub(crate) fn body(text: &str) -> usize {
    FrontMatter::find(text).map_or(text.len(), |parts| parts.body)
}

/// Reads the entries of a text, as far as it is YAML; `None` if it is no file of records.
pub(crate) fn entries(path: &str, text: &str) -> Option<Entries> {
    SheetKind::of(path)?;
    let (yaml, fields) = front(path, text)?;
    let offset = yaml.start;
    let yaml = &text[yaml];
    // The parser counts characters.
    let starts = (!yaml.is_ascii()).then(|| yaml.char_indices().map(|(byte, _)| byte).collect());
    let mut walk = Walk { parser: Parser::new_from_str(yaml), text, offset, end: yaml.len(), starts, depth: 0 };
    let mut found = Entries::default();
    found.is_complete = walk.document(fields, &mut found.records).is_some();
    Some(found)
}

struct Walk<'t> {
    parser: Parser<'t, StrInput<'t>>,
    text: &'t str,
    offset: usize,
    end: usize,
    starts: Option<Vec<usize>>,
    depth: usize,
}

impl<'t> Walk<'t> {
    fn byte(&self, marker: Marker) -> usize {
        let at = match &self.starts {
            Some(starts) => starts.get(marker.index()).copied().unwrap_or(self.end),
            None => marker.index().min(self.end),
        };
        self.offset + at
    }

    fn next(&mut self) -> Option<(Event<'t>, Range<usize>)> {
        let (event, span) = self.parser.next_event()?.ok()?;
        let bytes = self.byte(span.start)..self.byte(span.end);
        Some((event, bytes))
    }

    /// Reads all values. This step and each below returns `None` if the text ends too soon; what was read until then
    /// stays.
    fn document(&mut self, fields: &'static [Field], records: &mut Vec<WrittenRecord>) -> Option<()> {
        loop {
            let (event, bytes) = self.next()?;
            match event {
                Event::StreamEnd => return Some(()),
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                event => self.value(&event, bytes, fields, &mut Vec::new(), records)?,
            }
        }
    }

    fn value(
        &mut self,
        event: &Event<'t>,
        bytes: Range<usize>,
        fields: &'static [Field],
        scalars: &mut Vec<(Range<usize>, String)>,
        records: &mut Vec<WrittenRecord>,
    ) -> Option<()> {
        if self.depth == DEPTH {
            return None;
        }
        self.depth += 1;
        let read = self.value_within(event, bytes, fields, scalars, records);
        self.depth -= 1;
        read
    }

    fn value_within(
        &mut self,
        event: &Event<'t>,
        bytes: Range<usize>,
        fields: &'static [Field],
        scalars: &mut Vec<(Range<usize>, String)>,
        records: &mut Vec<WrittenRecord>,
    ) -> Option<()> {
        match event {
            Event::Scalar(written, ..) => {
                if !written.trim().is_empty() {
                    scalars.push((self.inner(bytes, written), written.to_string()));
                }
                Some(())
            }
            Event::SequenceStart(..) => loop {
                let (event, bytes) = self.next()?;
                if event == Event::SequenceEnd {
                    return Some(());
                }
                self.value(&event, bytes, fields, scalars, records)?;
            },
            Event::MappingStart(..) => {
                let place = records.len();
                records.push(WrittenRecord { bytes: bytes.clone(), entries: Vec::new() });
                loop {
                    let (event, key_bytes) = self.next()?;
                    if event == Event::MappingEnd {
                        records[place].bytes.end = self.trimmed(bytes.start..key_bytes.end).end;
                        return Some(());
                    }
                    let field = match &event {
                        Event::Scalar(key, ..) => fields.iter().find(|field| field.is(key)),
                        // A list or a map as a key is a mistake of its own.
                        _ => {
                            self.value(&event, key_bytes.clone(), &[], &mut Vec::new(), &mut Vec::new())?;
                            None
                        }
                    };
                    let (event, value_bytes) = self.next()?;
                    let mut scalars = Vec::new();
                    let mut inner = Vec::new();
                    let within = field.map_or(&[][..], |field| field.within);
                    let read = self.value(&event, value_bytes, within, &mut scalars, &mut inner);
                    if let Some(field) = field {
                        records[place].entries.push(WrittenEntry { field, scalars, records: inner });
                    }
                    records[place].bytes.end = self.trimmed(bytes.start..key_bytes.end).end;
                    read?;
                }
            }
            _ => Some(()),
        }
    }

    /// Bytes of a scalar without its quotation marks.
    fn inner(&self, bytes: Range<usize>, written: &str) -> Range<usize> {
        let bytes = self.trimmed(bytes);
        let quoted = bytes.start + 1..bytes.end.saturating_sub(1);
        if self.text.get(quoted.clone()) == Some(written) { quoted } else { bytes }
    }

    fn trimmed(&self, bytes: Range<usize>) -> Range<usize> {
        let written = self.text.get(bytes.clone()).map_or(0, |written| written.trim_end().len());
        bytes.start..bytes.start + written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_found_at_its_place_and_by_the_name_of_its_field() {
        let text =
            "\u{feff}---\ntitolo: Città\nplan: [\"5.10\", b]\nfasi:\n  - {titolo: Uno}\n  - titolo: Due\n---\ncorpo\n";
        let found = entries("content/objectives/2020/A.md", text).expect("it is a record");
        assert!(found.is_complete);
        let [record] = &found.records[..] else { panic!("{found:?}") };
        let (bytes, title) = record.get("title").expect("it has a title");
        assert_eq!((&text[bytes.clone()], title.as_str()), ("Città", "Città"));
        let plan = &record.entries[1];
        assert_eq!(plan.scalars.iter().map(|(bytes, _)| &text[bytes.clone()]).collect::<Vec<_>>(), ["5.10", "b"]);
        let phases: Vec<&str> = record.entries[2].records.iter().map(|phase| &text[phase.bytes.clone()]).collect();
        assert_eq!(phases, ["{titolo: Uno}", "titolo: Due"]);
    }

    #[test]
    fn a_text_that_is_half_typed_is_read_as_far_as_it_goes() {
        let text = "---\ncode: A\nfasi:\n  - titolo: Uno\n    fine: [\n---\n";
        let found = entries("content/objectives/2020/A.md", text).expect("it is a record");
        assert!(!found.is_complete);
        assert_eq!(found.records[0].get("code").map(|(_, code)| code.as_str()), Some("A"));
        assert!(entries("content/objectives/2020/A.md", "").is_none());
        assert!(entries("content/nota.txt", "a: b").is_none());
    }
}
