//! Where in a text a value stands. Asked only when a problem is printed, or when YAML's own typing has lost how a
//! number was written: nothing on the way of a sound file.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::Field;
use crate::diagnostic::{KeyPath, Segment};

/// What of a value is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The key itself; of several equal ones the n-th, from 0.
    Key(usize),
    Value,
}

/// The bytes of a value in a YAML text, or of the nearest value around it. `fields` are those of the text's record: a
/// path has their names, a text may have the others that they go by.
pub(crate) fn yaml(text: &str, path: &KeyPath, part: Part, fields: &'static [Field]) -> Option<Range<usize>> {
    let mut finder = Finder::new(text, path, part, fields);
    finder.run();
    let span = finder.best?;
    let bytes = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(byte, _)| byte);
    let start = bytes(span.start.index());
    let end = bytes(span.end.index());
    // A block's span ends where the next token begins; what is underlined is its text.
    let written = text.get(start..end)?.trim_end();
    Some(start..start + written.len())
}

/// A scalar as it is written in a YAML text.
///
/// The text is read as far as YAML goes: a mistake further down doesn't matter.
pub(crate) fn scalar(text: &str, path: &KeyPath, fields: &'static [Field]) -> Option<String> {
    let mut finder = Finder::new(text, path, Part::Value, fields);
    finder.run();
    finder.raw
}

/// The byte at which what isn't YAML in a text begins.
pub(crate) fn syntax_error(text: &str) -> Option<usize> {
    let error = Parser::new_from_str(text).find_map(Result::err)?;
    Some(text.char_indices().nth(error.marker().index()).map_or(text.len(), |(byte, _)| byte))
}

/// What of a YAML text begins like a word and yet is a comment, such as `#casa` after a value: each from its `#` to the end
/// of the line. A comment of its own line, after quotes, or with a space
/// after its `#`, is meant as one.
pub(crate) fn swallowed(text: &str) -> Vec<Range<usize>> {
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let begins_a_word =
        |at: &usize| text[at + 1..].starts_with(char::is_alphanumeric) && !text[line(*at)..*at].trim().is_empty();
    let hashes = text.match_indices('#').map(|(at, _)| at);
    let mut found: Vec<usize> = hashes.filter(|at| *at == 0 || text[..*at].ends_with([' ', '\t', '\n'])).collect();
    if !found.iter().any(begins_a_word) {
        return Vec::new();
    }
    let mut last = (0, 0);
    let mut byte = |chars: usize| {
        let (from_char, from) = last;
        let on = text[from..]
            .char_indices()
            .nth(chars - from_char)
            .map_or(text.len(), |(byte, _)| from + byte);
        last = (chars, on);
        on
    };
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        // In a plain text there is none.
        if matches!(event, Event::Scalar(_, style, ..) if style != ScalarStyle::Plain) {
            let inside = byte(span.start.index())..byte(span.end.index());
            found.retain(|at| !inside.contains(at));
        }
    }
    // A line has one comment, which holds what follows.
    found.dedup_by_key(|at| line(*at));
    let end = |at: usize| at + text[at..].lines().next().map_or(0, |line| line.trim_end().len());
    found.into_iter().filter(begins_a_word).map(|at| at..end(at)).collect()
}

/// A step of a path with the field that it names, where it names one.
struct Step<'p> {
    segment: &'p Segment,
    field: Option<&'static Field>,
}

impl Step<'_> {
    fn is_key(&self, written: &str) -> bool {
        match (self.segment, self.field) {
            (Segment::Key(_), Some(field)) => field.is(written),
            (Segment::Key(key), None) => key == written,
            (Segment::Index(_), _) => false,
        }
    }

    fn is_index(&self, index: usize) -> bool {
        matches!(self.segment, Segment::Index(wanted) if *wanted == index)
    }
}

fn steps<'p>(path: &'p KeyPath, fields: &'static [Field]) -> Vec<Step<'p>> {
    let mut within = fields;
    path.0
        .iter()
        .map(|segment| {
            let field = match segment {
                Segment::Key(key) => within.iter().find(|field| field.name == key),
                Segment::Index(_) => return Step { segment, field: None },
            };
            within = field.map_or(&[], |field| field.within);
            Step { segment, field }
        })
        .collect()
}

/// Whether a scalar says nothing, as [`Node::is_blank`](super::node::Node::is_blank) has it.
fn is_blank(event: &Event<'_>) -> bool {
    match event {
        Event::Scalar(text, style, ..) => {
            text.trim().is_empty()
                || (*style == ScalarStyle::Plain && ["~", "null", "Null", "NULL"].contains(&text.as_ref()))
        }
        _ => false,
    }
}

struct Finder<'t, 'p> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    path: Vec<Step<'p>>,
    part: Part,
    best: Option<Span>,
    raw: Option<String>,
}

impl<'t, 'p> Finder<'t, 'p> {
    fn new(text: &'t str, path: &'p KeyPath, part: Part, fields: &'static [Field]) -> Self {
        Self { parser: Parser::new_from_str(text), path: steps(path, fields), part, best: None, raw: None }
    }

    fn run(&mut self) {
        while let Some((event, span)) = self.next() {
            if !matches!(event, Event::StreamStart | Event::DocumentStart(_)) {
                self.value(event, span, 0);
                return;
            }
        }
    }

    fn next(&mut self) -> Option<(Event<'t>, Span)> {
        self.parser.next_event()?.ok()
    }

    /// Looks into the value that `event` begins, `depth` segments down the path. Gives its span, or none where the
    /// text ends in it or the search is over.
    fn value(&mut self, event: Event<'t>, span: Span, depth: usize) -> Option<Span> {
        let here = depth == self.path.len();
        match event {
            Event::Scalar(text, ..) => {
                if here {
                    self.raw = Some(text.into_owned());
                }
                self.found(span, here)
            }
            Event::SequenceStart(..) => {
                let mut index = 0;
                let end = loop {
                    let (event, span) = self.next()?;
                    if event == Event::SequenceEnd {
                        break span.end;
                    }
                    if is_blank(&event) {
                        continue;
                    }
                    if self.path.get(depth).is_some_and(|step| step.is_index(index)) {
                        let inner = self.value(event, span, depth + 1);
                        self.best = self.best.or(inner);
                        return None;
                    }
                    self.skip(&event)?;
                    index += 1;
                };
                self.found(Span::new(span.start, end), here)
            }
            Event::MappingStart(..) => {
                let mut seen = 0;
                let end = loop {
                    let (event, key_span) = self.next()?;
                    let Event::Scalar(key, ..) = event else {
                        if event == Event::MappingEnd {
                            break key_span.end;
                        }
                        self.skip(&event)?;
                        let (event, _) = self.next()?;
                        self.skip(&event)?;
                        continue;
                    };
                    let wanted = self.path.get(depth).is_some_and(|step| step.is_key(&key));
                    let (event, value_span) = self.next()?;
                    if wanted {
                        let target = depth + 1 == self.path.len();
                        match self.part {
                            Part::Key(nth) if target => {
                                if seen == nth {
                                    self.best = Some(key_span);
                                    return None;
                                }
                                seen += 1;
                                // A later one may be meant; the first stands in until it is found.
                                self.best = self.best.or(Some(key_span));
                            }
                            _ => {
                                // Nothing is written there: its key is what can be shown.
                                let blank = is_blank(&event);
                                let inner = self.value(event, value_span, depth + 1);
                                let shown = if blank { Some(key_span) } else { self.best.or(inner) };
                                self.best = shown.or(Some(key_span));
                                return None;
                            }
                        }
                        self.skip(&event)?;
                        continue;
                    }
                    self.skip(&event)?;
                };
                self.found(Span::new(span.start, end), here)
            }
            _ => self.found(span, here),
        }
    }

    fn found(&mut self, span: Span, here: bool) -> Option<Span> {
        if here && self.best.is_none() && self.part == Part::Value {
            self.best = Some(span);
        }
        Some(span)
    }

    fn skip(&mut self, event: &Event<'_>) -> Option<()> {
        if !matches!(event, Event::SequenceStart(..) | Event::MappingStart(..)) {
            return Some(());
        }
        let mut depth = 1;
        while depth > 0 {
            match self.next()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => depth += 1,
                Event::SequenceEnd | Event::MappingEnd => depth -= 1,
                _ => {}
            }
        }
        Some(())
    }
}

/// The bytes of a value in a TOML text, or of the nearest value around it.
pub(crate) fn toml(text: &str, path: &KeyPath, part: Part, fields: &'static [Field]) -> Option<Range<usize>> {
    use toml::de::{DeTable, DeValue};
    let table = DeTable::parse(text).ok()?;
    let mut best: Option<Range<usize>> = None;
    let mut value: Option<&DeValue<'_>> = None;
    for (depth, step) in steps(path, fields).iter().enumerate() {
        let last = depth + 1 == path.0.len();
        match step.segment {
            Segment::Key(_) => {
                let table = match value {
                    None => table.get_ref(),
                    Some(DeValue::Table(table)) => table,
                    Some(_) => break,
                };
                // The table is sorted by key; what counts is the order of the text.
                let mut named: Vec<_> = table.iter().filter(|(name, _)| step.is_key(name.get_ref())).collect();
                named.sort_by_key(|(name, _)| name.span().start);
                let nth = match part {
                    Part::Key(nth) if last => nth,
                    _ => 0,
                };
                let Some((name, found)) = named.get(nth).or(named.first()).copied() else { break };
                best = Some(if last && matches!(part, Part::Key(_)) { name.span() } else { found.span() });
                value = Some(found.get_ref());
            }
            Segment::Index(index) => {
                let Some(DeValue::Array(list)) = value else { break };
                let blank = |value: &DeValue<'_>| matches!(value, DeValue::String(text) if text.trim().is_empty());
                let Some(found) = list.iter().filter(|found| !blank(found.get_ref())).nth(*index) else { break };
                best = Some(found.span());
                value = Some(found.get_ref());
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::draft::{ObjectiveDraft, SiteDraft, UnitDraft};
    use super::*;

    const TEXT: &str = "titolo: Città\nphases:\n  - title: Uno\n    start: 31/02/2020\n  - {title: Due, end: 2020}\ncode: 5.10\ncode: x\nnotes:\n";

    fn value(path: &KeyPath) -> &'static str {
        &TEXT[yaml(TEXT, path, Part::Value, ObjectiveDraft::FIELDS).expect("the path is in the text")]
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
        let second = yaml(TEXT, &KeyPath::of("code"), Part::Key(1), ObjectiveDraft::FIELDS);
        let second = second.expect("the key stands twice");
        assert_eq!(second.start, TEXT.rfind("code").expect("it is there"));
    }

    #[test]
    fn a_word_that_names_two_fields_is_the_field_of_its_own_record() {
        let text = "- id: a\n  contatti: {indirizzo: Via Roma, sito: x}\n";
        let url = KeyPath::default().index(0).key("contact").key("url");
        assert_eq!(&text[yaml(text, &url, Part::Value, UnitDraft::FIELDS).expect("it is there")], "x");
    }

    #[test]
    fn a_blank_entry_of_a_list_does_not_count() {
        let text = "phases:\n  -\n  - ~\n  - title: Uno\n";
        let title = KeyPath::of("phases").index(0).key("title");
        assert_eq!(&text[yaml(text, &title, Part::Value, ObjectiveDraft::FIELDS).expect("it is there")], "Uno");
    }

    #[test]
    fn a_number_is_given_back_as_it_was_written() {
        assert_eq!(scalar(TEXT, &KeyPath::of("code"), ObjectiveDraft::FIELDS).as_deref(), Some("5.10"));
    }

    #[test]
    fn a_toml_value_and_key_are_found() {
        let text = "[site]\ntitolo = \"A\"\nlanguages = [\"it\", \"xx\"]\n";
        let at = |path, part| &text[toml(text, &path, part, SiteDraft::FIELDS).expect("the path is in the text")];
        assert_eq!(at(KeyPath::of("site").key("languages").index(1), Part::Value), "\"xx\"");
        assert_eq!(at(KeyPath::of("site").key("title"), Part::Key(0)), "titolo");
    }
}
