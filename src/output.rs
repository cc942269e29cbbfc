//! The files of a site as values: where each one goes and how its bytes are made. Nothing here touches the disk.

pub(crate) mod json;

use std::error::Error;
use std::fmt;
use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The folder inside the published one that holds the publisher's manifest, lock and staging; no [`OutputPath`] lies in it.
pub const OWN_FOLDER: &str = ".vetro";

/// The longest name that the usual file systems take, in bytes (`NAME_MAX` of Linux).
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
        segments.try_for_each(|segment| judge(segment, &path))?;
        if top.starts_with('.') && folded(top) == OWN_FOLDER {
            return Err(OutputPathError::OwnFolder { path: path.to_string() });
        }
        if path.len() > LONGEST_PATH {
            return Err(OutputPathError::LongPath { path: path.to_string() });
        }
        Ok(Self(path))
    }

    /// The same for two paths that are one file on a file system that ignores case or normalises letters.
    ///
    /// Case is folded by Unicode's full mappings, so a few paths meet here that only some systems take for one
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

/// Why a text is no [`OutputPath`]; `path` is the whole text in normal form C.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutputPathError {
    /// There is nothing to read.
    #[error("an output path is empty")]
    Empty,
    /// `/` stands at the start, at the end, or twice in a row.
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
    /// The path lies in [`OWN_FOLDER`] or is it, in whatever case.
    #[error("output path {path:?} lies in the publisher's own folder")]
    OwnFolder {
        /// The whole path.
        path: String,
    },
}

impl OutputPathError {
    /// A word for why no file can be called so: `character`, `unseen`, `end`, `device`, `long` or `empty`.
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

    /// The character that not every system takes, as it can be printed; empty where it isn't one that is the reason.
    pub fn character(&self) -> String {
        match self {
            Self::Character { character, .. } => character.escape_debug().to_string(),
            _ => String::new(),
        }
    }
}

/// A character without a shape that changes the order of others (UAX #9, table 4) or parts them by nothing: with it a name
/// looks like another, such as `aexe.pdf`, which ends with `fdp.exe`.
pub fn is_unseen(c: char) -> bool {
    let orders = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    orders || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn judge(segment: &str, path: &str) -> Result<(), OutputPathError> {
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

/// Windows takes the name up to the first dot for a device, and the superscripts of Latin-1 for digits.
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

/// Every path that can't stand beside another, as pairs of places in `paths`, the smaller place first, in order.
///
/// Two paths clash when their [collision keys](OutputPath::collision_key) are equal, or when one is a folder of the
/// other (`a/b` and `a/b/c`). Of n paths that all meet, n - 1 pairs tell. Takes O(n log n).
pub fn collisions(paths: &[OutputPath]) -> Vec<(usize, usize)> {
    // With the separator below every other character, what lies in a folder follows it at once.
    let key = |(place, path): (usize, &OutputPath)| (path.collision_key().replace('/', "\0"), place);
    let mut keys: Vec<(String, usize)> = paths.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable();

    let mut clashes = Vec::new();
    let mut above: Vec<&(String, usize)> = Vec::new();
    for entry in &keys {
        let (key, place) = entry;
        while above.last().is_some_and(|(over, _)| !meets(over, key)) {
            above.pop();
        }
        if let Some((_, over)) = above.last() {
            clashes.push((*over.min(place), *over.max(place)));
        }
        above.push(entry);
    }
    clashes.sort_unstable();
    clashes
}

fn meets(over: &str, key: &str) -> bool {
    key.strip_prefix(over).is_some_and(|rest| rest.is_empty() || rest.starts_with('\0'))
}

/// Whatever kept a file's bytes from being made.
pub type Cause = Box<dyn Error + Send + Sync>;

enum Make<'a> {
    Whole(Box<MakeWhole<'a>>),
    InPieces(Box<MakePieces<'a>>),
}

type MakeWhole<'a> = dyn Fn(&mut Vec<u8>) -> Result<(), Cause> + Send + Sync + 'a;
type MakePieces<'a> = dyn Fn(&mut dyn Write) -> Result<(), Cause> + Send + Sync + 'a;

/// A file of the site before it is written: its path, and a pure function that makes its bytes as often as it is asked.
pub struct OutputFile<'a> {
    path: OutputPath,
    maker: &'static str,
    make: Make<'a>,
}

impl<'a> OutputFile<'a> {
    /// `make` appends the file's bytes to the buffer, the same at every call, from any thread.
    pub fn new(path: OutputPath, make: impl Fn(&mut Vec<u8>) -> Result<(), Cause> + Send + Sync + 'a) -> Self {
        OutputFile { path, maker: "", make: Make::Whole(Box::new(make)) }
    }

    /// A file that grows with the site, so that nobody holds all of it: `make` writes the bytes piece by piece.
    pub fn in_pieces(path: OutputPath, make: impl Fn(&mut dyn Write) -> Result<(), Cause> + Send + Sync + 'a) -> Self {
        OutputFile { path, maker: "", make: Make::InPieces(Box::new(make)) }
    }

    /// The same file with the name of what makes it.
    pub fn by(self, maker: &'static str) -> Self {
        Self { maker, ..self }
    }

    /// What makes the file: a template or an export; empty where nobody said.
    pub fn maker(&self) -> &'static str {
        self.maker
    }

    /// Where the file goes.
    pub fn path(&self) -> &OutputPath {
        &self.path
    }

    /// Whether it is better [written](Self::write) than [made](Self::make), since it may be large.
    pub fn is_in_pieces(&self) -> bool {
        matches!(self.make, Make::InPieces(_))
    }

    /// Replaces what `bytes` holds by the file's bytes; after an error `bytes` holds nothing of use.
    pub fn make(&self, bytes: &mut Vec<u8>) -> Result<(), MakeError> {
        bytes.clear();
        let made = match &self.make {
            Make::Whole(make) => make(bytes),
            Make::InPieces(make) => make(bytes),
        };
        made.map_err(|source| self.failed(source))
    }

    /// Writes the file's bytes in their order; after an error what was written is of no use.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), MakeError> {
        let written = match &self.make {
            Make::Whole(make) => {
                let mut bytes = Vec::new();
                make(&mut bytes).and_then(|()| Ok(out.write_all(&bytes)?))
            }
            Make::InPieces(make) => make(out),
        };
        written.map_err(|source| self.failed(source))
    }

    fn failed(&self, source: Cause) -> MakeError {
        MakeError { path: self.path.clone(), source }
    }
}

impl fmt::Debug for OutputFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutputFile").field("path", &self.path).finish_non_exhaustive()
    }
}

/// A file whose bytes could not be made, and why.
#[derive(Debug, thiserror::Error)]
#[error("{path} can't be made")]
pub struct MakeError {
    /// The file.
    pub path: OutputPath,
    /// What its maker said.
    pub source: Cause,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(text: &str) -> OutputPath {
        OutputPath::parse(text).unwrap()
    }

    fn paths(texts: &[&str]) -> Vec<OutputPath> {
        texts.iter().map(|text| path(text)).collect()
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

    #[test]
    fn a_file_clashes_with_its_double_and_with_what_lies_below_it() {
        assert_eq!(collisions(&paths(&["a/b", "x", "A/B"])), [(0, 2)]);
        assert_eq!(collisions(&paths(&["a/b/c", "a/b"])), [(0, 1)]);
        assert_eq!(collisions(&paths(&["a", "a/b", "a/c/d"])), [(0, 1), (0, 2)]);
        assert_eq!(collisions(&paths(&["a", "a", "a"])), [(0, 1), (1, 2)]);
        assert_eq!(collisions(&paths(&["a/b", "a-b", "a.b/c", "a/bc", "a0"])), []);
        // Other names sort between `a` and `a/b` byte by byte.
        assert_eq!(collisions(&paths(&["a", "a-c", "a.d", "a/b"])), [(0, 3)]);
    }

    proptest! {
        #[test]
        fn collisions_are_those_that_comparing_all_pairs_finds(texts in prop::collection::vec("[abA](/[ab-]){0,2}", 0..12)) {
            let paths: Vec<OutputPath> = texts.iter().map(|text| path(text)).collect();
            let clash = |one: &OutputPath, other: &OutputPath| {
                let (one, other) = (one.collision_key(), other.collision_key());
                one == other || other.starts_with(&format!("{one}/")) || one.starts_with(&format!("{other}/"))
            };
            let found = collisions(&paths);
            for &(one, other) in &found {
                prop_assert!(one < other && clash(&paths[one], &paths[other]));
            }
            for place in 0..paths.len() {
                let clashes = (0..paths.len()).any(|other| other != place && clash(&paths[place], &paths[other]));
                prop_assert_eq!(clashes, found.iter().any(|&(one, other)| one == place || other == place));
            }
        }
    }

    #[test]
    fn a_file_makes_its_bytes_anew_at_every_call() {
        let file = OutputFile::new(path("a"), |bytes| {
            bytes.extend_from_slice(b"page");
            Ok(())
        });
        let mut bytes = b"left over".to_vec();
        file.make(&mut bytes).unwrap();
        file.make(&mut bytes).unwrap();
        assert_eq!(bytes, b"page");
    }

    #[test]
    fn a_file_is_the_same_made_and_written_whole_and_in_pieces() {
        let whole = OutputFile::new(path("a"), |bytes| {
            bytes.extend_from_slice(b"one two");
            Ok(())
        });
        let pieces = OutputFile::in_pieces(path("a"), |out| {
            out.write_all(b"one ")?;
            Ok(out.write_all(b"two")?)
        });
        for file in [whole, pieces] {
            let (mut made, mut written) = (b"left over".to_vec(), Vec::new());
            file.make(&mut made).unwrap();
            file.write(&mut written).unwrap();
            assert_eq!((&*made, &*written), (&b"one two"[..], &b"one two"[..]));
        }
    }

    #[test]
    fn a_make_error_names_its_file() {
        let file = OutputFile::new(path("a/b"), |_| Err("no template".into()));
        let error = file.make(&mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "a/b can't be made");
        assert_eq!(error.source().unwrap().to_string(), "no template");
    }
}
