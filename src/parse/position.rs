//! Where in a text a value stands. Asked only when a problem is printed, or when YAML's own typing has lost how a
//! number was written: nothing on the way of a sound file.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

use crate::diagnostic::{KeyPath, Segment};

/// What of a value is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The key itself; of several equal ones the n-th, from 0.
    Key(usize),
    Value,
}

/// The bytes of a value in a YAML text, or of the nearest value around it. `same` says whether a written key is the
/// one of a path (keys have names in two languages).
pub(crate) fn yaml(text: &str, path: &KeyPath, part: Part, same: &dyn Fn(&str, &str) -> bool) -> Option<Range<usize>> {
    let mut finder = Finder { parser: Parser::new_from_str(text), path: &path.0, part, same, best: None, raw: None };
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
pub(crate) fn scalar(text: &str, path: &KeyPath, same: &dyn Fn(&str, &str) -> bool) -> Option<String> {
    let mut finder =
        Finder { parser: Parser::new_from_str(text), path: &path.0, part: Part::Value, same, best: None, raw: None };
    finder.run();
    finder.raw
}

struct Finder<'t, 'p> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    path: &'p [Segment],
    part: Part,
    same: &'p dyn Fn(&str, &str) -> bool,
    best: Option<Span>,
    raw: Option<String>,
}

impl<'t> Finder<'t, '_> {
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
                    let wanted = matches!(self.path.get(depth), Some(Segment::Index(i)) if *i == index);
                    if wanted {
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
                    let wanted = matches!(self.path.get(depth), Some(Segment::Key(k)) if (self.same)(&key, k));
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
                                let blank = matches!(&event, Event::Scalar(text, ..) if text.is_empty());
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
pub(crate) fn toml(text: &str, path: &KeyPath, part: Part) -> Option<Range<usize>> {
    use toml::de::{DeTable, DeValue};
    let table = DeTable::parse(text).ok()?;
    let mut best: Option<Range<usize>> = None;
    let mut value: Option<&DeValue<'_>> = None;
    for (depth, segment) in path.0.iter().enumerate() {
        let last = depth + 1 == path.0.len();
        match segment {
            Segment::Key(key) => {
                let table = match value {
                    None => table.get_ref(),
                    Some(DeValue::Table(table)) => table,
                    Some(_) => break,
                };
                let Some((name, found)) = table.iter().find(|(name, _)| name.get_ref().as_ref() == key.as_ref()) else {
                    break;
                };
                best = Some(if last && matches!(part, Part::Key(_)) { name.span() } else { found.span() });
                value = Some(found.get_ref());
            }
            Segment::Index(index) => {
                let Some(DeValue::Array(list)) = value else { break };
                let Some(found) = list.get(*index) else { break };
                best = Some(found.span());
                value = Some(found.get_ref());
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "titolo: Città\nphases:\n  - title: Uno\n    start: 31/02/2020\n  - {title: Due, end: 2020}\ncode: 5.10\ncode: x\nnotes:\n";

    fn same(written: &str, name: &str) -> bool {
        written == name || (written == "titolo" && name == "title")
    }

    fn value(path: KeyPath) -> &'static str {
        &TEXT[yaml(TEXT, &path, Part::Value, &same).expect("the path is in the text")]
    }

    #[test]
    fn a_value_is_found_by_its_path_in_either_language() {
        assert_eq!(value(KeyPath::of("title")), "Città");
        assert_eq!(value(KeyPath::of("phases").index(0).key("start")), "31/02/2020");
        assert_eq!(value(KeyPath::of("phases").index(1).key("end")), "2020");
        assert_eq!(value(KeyPath::of("phases").index(1)), "{title: Due, end: 2020}");
    }

    #[test]
    fn what_is_absent_is_shown_at_the_nearest_value_around_it() {
        assert_eq!(value(KeyPath::of("phases").index(0).key("weight")), "title: Uno\n    start: 31/02/2020");
        assert_eq!(value(KeyPath::of("notes")), "notes");
    }

    #[test]
    fn the_second_of_two_equal_keys_is_found() {
        let second = yaml(TEXT, &KeyPath::of("code"), Part::Key(1), &same).expect("the key stands twice");
        assert_eq!(second.start, TEXT.rfind("code").expect("it is there"));
    }

    #[test]
    fn a_number_is_given_back_as_it_was_written() {
        assert_eq!(scalar(TEXT, &KeyPath::of("code"), &same).as_deref(), Some("5.10"));
    }

    #[test]
    fn a_toml_value_and_key_are_found() {
        let text = "[site]\ntitle = \"A\"\nlanguages = [\"it\", \"xx\"]\n";
        let at = |path, part| &text[toml(text, &path, part).expect("the path is in the text")];
        assert_eq!(at(KeyPath::of("site").key("languages").index(1), Part::Value), "\"xx\"");
        assert_eq!(at(KeyPath::of("site").key("title"), Part::Key(0)), "title");
    }
}
