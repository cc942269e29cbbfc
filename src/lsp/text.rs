//! Places in a text, as editors count them.

use std::ops::Range;

use lsp_types::{Position, PositionEncodingKind};

/// Unit of columns (LSP 3.17, `PositionEncodingKind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, which every client knows.
    Utf16,
}

impl Encoding {
    /// Bytes if the client offers them, since texts are kept as bytes.
    pub(super) fn of(offered: Option<&[PositionEncodingKind]>) -> Self {
        let has_bytes = offered.is_some_and(|offered| offered.contains(&PositionEncodingKind::UTF8));
        if has_bytes { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// A place in a text, in bytes and as the client counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ClientPosition {
    pub(super) bytes: Range<usize>,
    pub(super) range: lsp_types::Range,
}

/// A text with the bytes at which its lines begin. Lines end as the protocol has it: `\n`, `\r\n` or `\r`.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = (0..bytes.len())
            .filter(|at| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
            .map(|at| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect(), encoding }
    }

    /// The position of a byte; of one beyond the text, that of its end.
    pub(super) fn position(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let units: usize = self.text[self.starts[line]..byte].chars().map(|c| self.encoding.units(c)).sum();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(number(line), number(units))
    }

    pub(super) fn range(&self, bytes: &Range<usize>) -> lsp_types::Range {
        lsp_types::Range::new(self.position(bytes.start), self.position(bytes.end.max(bytes.start)))
    }

    pub(super) fn client_position(&self, bytes: &Range<usize>) -> ClientPosition {
        ClientPosition { bytes: bytes.clone(), range: self.range(bytes) }
    }

    /// The byte at a position. Beyond the end of a line it is that end, as the protocol wants; in the middle of a
    /// character, its first byte.
    pub(super) fn byte(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let mut units_left = position.character as usize;
        let mut byte = start;
        for c in self.text[start..end].chars().take_while(|c| !matches!(c, '\n' | '\r')) {
            let units = self.encoding.units(c);
            if units_left < units {
                break;
            }
            units_left -= units;
            byte += c.len_utf8();
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_the_agreed_units_and_leads_back_to_its_byte() {
        let text = "è 😀!\r\nb\rc\n";
        let at = text.find('!').expect("it is there");
        assert_eq!(Lines::of(text, Encoding::Utf16).position(at), Position::new(0, 4));
        assert_eq!(Lines::of(text, Encoding::Utf8).position(at), Position::new(0, 7));
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let lines = Lines::of(text, encoding);
            for (byte, c) in text.char_indices().filter(|(_, c)| !matches!(c, '\n')) {
                assert_eq!(lines.byte(lines.position(byte)), byte, "{c:?}");
            }
        }
    }

    #[test]
    fn a_position_that_does_not_exist_is_the_end_of_its_line_or_of_the_text() {
        let lines = Lines::of("ab\ncd", Encoding::Utf16);
        assert_eq!(lines.byte(Position::new(0, 99)), 2);
        assert_eq!(lines.byte(Position::new(9, 0)), 5);
        assert_eq!(lines.position(99), Position::new(1, 2));
        assert_eq!(Lines::of("😀", Encoding::Utf16).byte(Position::new(0, 1)), 0, "the middle of a character");
    }
}
