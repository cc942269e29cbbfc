//! Limits of a YAML text, found before anything is made of it: a text of a page can nest a hundred thousand lists,
//! or repeat itself to gigabytes.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScanError, Span};

use crate::source::TEXT_LIMIT;
use crate::work;

/// Limit of the depth of lists and records. libyaml's reader goes as far.
pub(super) const DEPTH: usize = 128;

/// The events of a YAML text, as far as it is YAML and no deeper than [`DEPTH`].
pub(super) fn events(text: &str) -> impl Iterator<Item = Result<(Event<'_>, Span), ScanError>> {
    let mut depth = 0;
    Parser::new_from_str(text).take_while(move |event| {
        work::count(1);
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), _)) => depth += 1,
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => depth -= 1,
            _ => {}
        }
        depth <= DEPTH
    })
}

/// Character at which a text exceeds a limit, and which one.
pub(super) fn beyond(text: &str) -> Option<(usize, &'static str)> {
    if !may_be_deep(text) && !may_repeat(text) {
        return None;
    }
    let mut volume = Volume::default();
    for event in Parser::new_from_str(text) {
        work::count(1);
        let (event, span) = match event {
            Ok(event) => event,
            // The parser itself goes no deeper.
            Err(error) if error.info().contains("recursion") => {
                return Some((error.marker().index(), "recursion limit exceeded"));
            }
            Err(_) => return None,
        };
        volume.take(&event);
        if volume.open.len() > DEPTH {
            return Some((span.start.index(), "recursion limit exceeded"));
        }
        if volume.repeated > TEXT_LIMIT {
            return Some((span.start.index(), "repetition limit exceeded"));
        }
    }
    None
}

/// Sizes of the values that have been read, with all that aliases repeat.
#[derive(Default)]
struct Volume {
    /// Anchor and size of each list and record that hasn't ended.
    open: Vec<(usize, u64)>,
    /// Size of each value that has an anchor, with all that it repeats.
    anchored: HashMap<usize, u64>,
    /// Bytes that aliases repeat.
    repeated: u64,
}

impl Volume {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Scalar(text, _, anchor, _) => self.add(*anchor, text.len() as u64 + 1),
            Event::Alias(anchor) => {
                let size = self.anchored.get(anchor).copied().unwrap_or(1);
                self.repeated = self.repeated.saturating_add(size);
                self.add(0, size);
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => self.open.push((*anchor, 1)),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((anchor, size)) = self.open.pop() {
                    self.add(anchor, size);
                }
            }
            _ => {}
        }
    }

    /// Adds a value to the one that it is in.
    fn add(&mut self, anchor: usize, size: u64) {
        if anchor > 0 {
            self.anchored.insert(anchor, size);
        }
        if let Some((_, parent_size)) = self.open.last_mut() {
            *parent_size = parent_size.saturating_add(size);
        }
    }
}

/// True if a text has so many open brackets, or a line of so many indents, that its values may be too deep.
fn may_be_deep(text: &str) -> bool {
    let mut open = 0_usize;
    let mut indent = Some(0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        indent = match (byte, indent) {
            (b'\n', _) => Some(0),
            (b' ' | b'-' | b'?', Some(indent)) => Some(indent + 1),
            _ => None,
        };
        // Either may add to the other.
        if open > DEPTH / 2 || indent.is_some_and(|indent| indent > DEPTH / 2) {
            return true;
        }
    }
    false
}

/// True if a text may have an alias.
fn may_repeat(text: &str) -> bool {
    let marks = |mark: u8| {
        let begins = |pair: &[u8]| pair[0] == mark && !pair[1].is_ascii_whitespace();
        text.as_bytes().windows(2).any(begins)
    };
    text.contains('*') && marks(b'&') && marks(b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> Option<(usize, &'static str)> {
        beyond(text)
    }

    #[test]
    fn values_are_as_deep_as_they_are_written_in_either_style() {
        let flow = |depth: usize| format!("a: {}{}\n", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(reason(&flow(DEPTH - 1)), None);
        assert_eq!(reason(&flow(DEPTH)), Some((3 + DEPTH - 1, "recursion limit exceeded")));
        assert_eq!(reason(&format!("{}a\n", "- ".repeat(DEPTH + 1))).map(|(at, _)| at), Some(2 * DEPTH));
        assert_eq!(reason(&format!("{}a: b\n", "? ".repeat(100_000))).map(|(at, _)| at), Some(2 * DEPTH));
        assert_eq!(reason(&format!("a: '{}'\n", "[".repeat(DEPTH + 1))), None);
        assert_eq!(reason(&flow(100_000)).map(|(_, reason)| reason), Some("recursion limit exceeded"));
    }

    #[test]
    fn what_aliases_say_again_is_counted_with_what_it_repeats() {
        let limit = usize::try_from(TEXT_LIMIT).expect("a size");
        let text = |times: usize| format!("a: &a {}\nb: [{}]\n", "x".repeat(1023), vec!["*a"; times].join(", "));
        assert_eq!(reason(&text(limit / 1024)), None);
        assert_eq!(reason(&text(limit / 1024 + 1)).map(|(_, reason)| reason), Some("repetition limit exceeded"));
        let bomb: String = (1..=20).map(|i| format!("- &a{i} [*a{0}, *a{0}, *a{0}]\n", i - 1)).collect();
        assert!(reason(&format!("- &a0 x\n{bomb}")).is_some());
        assert_eq!(reason("a: &a x\nb: *a\nc: R&D *cose*\n"), None);
    }
}
