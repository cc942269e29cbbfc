//! Paths of the published files, which every usual system accepts.

use std::fmt;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The folder inside the published one that holds the publisher's manifest, lock and staging; no [`OutputPath`] is in it.
pub(crate) const OWN_FOLDER: &str = ".vetro";

/// The longest name that the usual file systems accept, in bytes (`NAME_MAX` of Linux).
const LONGEST_SEGMENT: usize = 255;

/// The longest path that has room below the usual folders, in bytes; macOS takes 1,024 in all (`PATH_MAX`).
const LONGEST_PATH: usize = 800;

/// Every `OutputPath` names one file below the published folder on any system: relative, `/` between its segments, in
/// Unicode normal form C, of at most 800 bytes, no segment empty, `.`, `..`, longer than 255 bytes or refused by Windows,
/// none of it inside [`OWN_FOLDER`].
///
/// The names that Windows refuses are those of Microsoft's "Naming Files, Paths, and Namespaces".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Reads a path; two spellings of one letter give one path, because the text is brought to normal form C first.
    pub fn parse(text: &str) -> Result<Self, OutputPathError> {
        let is_normal = text.is_ascii() || is_nfc(text);
        let path: Arc<str> = if is_normal { text.into() } else { text.nfc().collect::<String>().into() };
        if path.is_empty() {
            return Err(OutputPathError::Empty);
        }
        let mut segments = path.split('/').peekable();
        let top = segments.peek().copied().unwrap_or_default();
        segments.try_for_each(|segment| check_segment(segment, &path))?;
        if top.starts_with('.') && folded(top) == OWN_FOLDER {
            return Err(OutputPathError::OwnFolder { path: path.to_string() });
        }
        if path.len() > LONGEST_PATH {
            return Err(OutputPathError::LongPath { path: path.to_string() });
        }
        Ok(Self(path))
    }

    /// A key that is equal for two paths that are one file on a file system that ignores case or normalises letters.
    ///
    /// Case is folded by Unicode's full mappings, so a few paths have one key that only some systems take for one
    /// (`straße` and `strasse`).
    pub fn collision_key(&self) -> String {
        folded(&self.0)
    }

    /// The folders above the file, outermost first: `a` and `a/b` for `a/b/c.html`.
    pub fn folders(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }
}

impl AsRef<str> for OutputPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reason for which a text is no [`OutputPath`]; `path` is the whole text in normal form C.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutputPathError {
    /// The text is empty.
    #[error("an output path is empty")]
    Empty,
    /// `/` is at the start, at the end, or twice in a row.
    #[error("output path {path:?} has an empty segment")]
    EmptySegment {
        /// The whole path.
        path: String,
    },
    /// A segment is `.` or `..`.
    #[error("output path {path:?} has a `.` or `..` segment")]
    DotSegment {
        /// The whole path.
        path: String,
    },
    /// A control character, a backslash, one of `: * ? " < > |`, or one that can't be seen.
    #[error("output path {path:?} has the character {character:?}, which not every system takes")]
    Character {
        /// The whole path.
        path: String,
        /// The first such character.
        character: char,
    },
    /// A segment that Windows would silently shorten.
    #[error("output path {path:?} has a segment that ends with a dot or a space")]
    TrailingDotOrSpace {
        /// The whole path.
        path: String,
    },
    /// A segment that is a device on Windows, with or without an extension.
    #[error("output path {path:?} has the segment {segment:?}, which is a device on Windows")]
    Device {
        /// The whole path.
        path: String,
        /// The segment as written.
        segment: String,
    },
    /// A segment of more than 255 bytes.
    #[error("output path {path:?} has a segment of more than 255 bytes")]
    LongSegment {
        /// The whole path.
        path: String,
    },
    /// A path of more than 800 bytes.
    #[error("output path {path:?} has more than 800 bytes")]
    LongPath {
        /// The whole path.
        path: String,
    },
    /// The path is in [`OWN_FOLDER`] or is it, in any case of letters.
    #[error("output path {path:?} lies in the publisher's own folder")]
    OwnFolder {
        /// The whole path.
        path: String,
    },
}

impl OutputPathError {
    /// A word for the reason: `character`, `unseen`, `end`, `device`, `long` or `empty`.
    pub fn case(&self) -> &'static str {
        match self {
            Self::Empty | Self::EmptySegment { .. } | Self::DotSegment { .. } => "empty",
            Self::Character { character, .. } if is_unseen(*character) => "unseen",
            Self::Character { .. } => "character",
            Self::TrailingDotOrSpace { .. } => "end",
            Self::Device { .. } | Self::OwnFolder { .. } => "device",
            Self::LongSegment { .. } | Self::LongPath { .. } => "long",
        }
    }

    /// The character that not every system accepts, as it can be printed; empty if the reason is another.
    pub fn character(&self) -> String {
        match self {
            Self::Character { character, .. } => character.escape_debug().to_string(),
            _ => String::new(),
        }
    }
}

/// A character without a shape that changes the order of others (UAX #9, table 4) or parts them by nothing: with it a name
/// looks like another, such as `aexe.pdf`, which ends with `fdp.exe`.
pub(crate) fn is_unseen(c: char) -> bool {
    let orders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    orders || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn check_segment(segment: &str, path: &str) -> Result<(), OutputPathError> {
    let refused =
        |c: &char| c.is_control() || is_unseen(*c) || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let character = if segment.bytes().all(plain) { None } else { segment.chars().find(refused) };
    let path = || path.to_owned();
    if segment.is_empty() {
        Err(OutputPathError::EmptySegment { path: path() })
    } else if matches!(segment, "." | "..") {
        Err(OutputPathError::DotSegment { path: path() })
    } else if let Some(character) = character {
        Err(OutputPathError::Character { path: path(), character })
    } else if segment.ends_with(['.', ' ']) {
        Err(OutputPathError::TrailingDotOrSpace { path: path() })
    } else if is_device(segment) {
        Err(OutputPathError::Device { path: path(), segment: segment.to_owned() })
    } else if segment.len() > LONGEST_SEGMENT {
        Err(OutputPathError::LongSegment { path: path() })
    } else {
        Ok(())
    }
}

/// True if a segment is a device on Windows, which looks at the name up to the first dot and takes the superscripts of
/// Latin-1 for digits.
fn is_device(segment: &str) -> bool {
    let name = segment.split('.').next().unwrap_or_default().trim_end_matches(' ');
    let is_one_of = |name: &str, devices: &[&str]| devices.iter().any(|device| name.eq_ignore_ascii_case(device));
    is_one_of(name, &["con", "prn", "aux", "nul", "conin$", "conout$"])
        || name.split_at_checked(3).is_some_and(|(port, number)| {
            let mut digits = number.chars();
            is_one_of(port, &["com", "lpt"])
                && matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
}

/// Caseless matching by Unicode §3.13 without its table: up and down through the full case mappings reaches the same
/// classes, and going down first brings the capital sharp s along.
fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd()
        .flat_map(char::to_lowercase)
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OutputPath {
        OutputPath::parse(text).unwrap()
    }

    #[test]
    fn ordinary_addresses_are_paths() {
        for text in
            ["index.html", "2016/1.1/index.html", ".well-known/security.txt", "città/caffè.pdf", "a b/c", "com/10"]
        {
            assert_eq!(path(text).to_string(), text);
        }
    }

    #[test]
    fn each_fault_of_a_path_is_named() {
        use OutputPathError as E;
        let owned = |text: &str| text.to_owned();
        let empty_segment = |path: &str| E::EmptySegment { path: owned(path) };
        let dots = |path: &str| E::DotSegment { path: owned(path) };
        let trailing = |path: &str| E::TrailingDotOrSpace { path: owned(path) };
        let character = |path: &str, character| E::Character { path: owned(path), character };
        let device = |path: &str, segment: &str| E::Device { path: owned(path), segment: owned(segment) };
        for (text, error) in [
            ("", E::Empty),
            ("/a", empty_segment("/a")),
            ("a/", empty_segment("a/")),
            ("a//b", empty_segment("a//b")),
            (".", dots(".")),
            ("a/../b", dots("a/../b")),
            ("a\0", character("a\0", '\0')),
            ("a\nb", character("a\nb", '\n')),
            ("a\u{85}b", character("a\u{85}b", '\u{85}')),
            ("a\\b", character("a\\b", '\\')),
            ("a\u{202e}fdp.exe", character("a\u{202e}fdp.exe", '\u{202e}')),
            ("a\u{200b}.pdf", character("a\u{200b}.pdf", '\u{200b}')),
            ("c:/x", character("c:/x", ':')),
            ("what?", character("what?", '?')),
            ("a./b", trailing("a./b")),
            ("a/b ", trailing("a/b ")),
            ("a/CON/b", device("a/CON/b", "CON")),
            ("nul.html", device("nul.html", "nul.html")),
            ("con .txt", device("con .txt", "con .txt")),
            ("com1", device("com1", "com1")),
            ("lpt².a.b", device("lpt².a.b", "lpt².a.b")),
            (".vetro/manifest", E::OwnFolder { path: owned(".vetro/manifest") }),
            (".Vetro", E::OwnFolder { path: owned(".Vetro") }),
        ] {
            assert_eq!(OutputPath::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn a_segment_has_at_most_255_bytes() {
        let longest = format!("a/{}", "è".repeat(127));
        assert_eq!(path(&longest).as_ref(), longest);
        let longer = "è".repeat(128);
        assert_eq!(OutputPath::parse(&longer), Err(OutputPathError::LongSegment { path: longer.clone() }));
    }

    #[test]
    fn a_path_has_at_most_800_bytes() {
        let longest = "a/".repeat(399) + "aa";
        assert_eq!(path(&longest).as_ref(), longest);
        let longer = longest + "a";
        assert_eq!(OutputPath::parse(&longer), Err(OutputPathError::LongPath { path: longer.clone() }));
    }

    #[test]
    fn two_spellings_of_a_letter_are_one_path() {
        assert_eq!(path("caffe\u{300}.pdf"), path("caff\u{e8}.pdf"));
    }

    #[test]
    fn paths_that_meet_without_case_share_a_key() {
        for (one, other) in
            [("A/Foto.JPG", "a/foto.jpg"), ("CITTÀ", "città"), ("STRASSE", "straße"), ("ẞ", "ss"), ("ΟΔΟΣ", "οδος")]
        {
            assert_eq!(path(one).collision_key(), path(other).collision_key(), "{one} {other}");
        }
        assert_ne!(path("citta").collision_key(), path("città").collision_key());
    }

    #[test]
    fn the_folders_of_a_path_come_outermost_first() {
        assert_eq!(path("a/b/c.html").folders().collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(path("a").folders().count(), 0);
    }
}
