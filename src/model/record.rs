//! Parts of every record: its place, its text, its sources.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Lang, Translated};
use crate::incremental::fingerprint;
use crate::incremental::lazy_text::LazyText;
use crate::incremental::query::{self, Query, RecordId};

/// A Markdown text as the editor wrote it, with the place where it begins.
///
/// A copy shares the text; that of the rest of the file isn't kept. Whoever keeps one in a store keeps its text apart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Markdown {
    #[serde(skip)]
    text: Text,
    offset: usize,
    has_signs: bool,
    is_blank: bool,
    fingerprint: u64,
}

#[derive(Clone, Debug)]
enum Text {
    Held(Arc<str>),
    Shelved(LazyText),
}

impl Default for Text {
    fn default() -> Self {
        Self::Held(Arc::default())
    }
}

impl Markdown {
    /// The part of `text` from byte `offset` on; an `offset` that isn't a character border gives the empty text.
    pub(crate) fn new(text: &str, offset: usize) -> Self {
        let body = text.get(offset..);
        let offset = if body.is_some() { offset } else { text.len() };
        Self { offset, ..Self::from(body.unwrap_or_default()) }
    }

    /// The Markdown itself.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match &self.text {
            Text::Held(text) => Cow::Borrowed(text),
            Text::Shelved(text) => Cow::Owned(text.read()),
        }
    }

    /// Holds its text, which was kept apart.
    pub(crate) fn load(&mut self, text: &str) {
        self.text = Text::Held(text.into());
    }

    /// Holds its text no longer, which is on a shelf, from where it is read each time that it is asked for.
    pub(crate) fn unload(&mut self, shelved: LazyText) {
        self.text = Text::Shelved(shelved);
    }

    /// The [`fingerprint`] of the text.
    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Bytes from the start of the file to the first byte of the text.
    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// True if it has a sign of those in which something may be wrong: of links and HTML, of emphasis, headings and tables,
    /// of code, lists and other programs.
    pub(crate) fn has_signs(&self) -> bool {
        self.has_signs
    }

    /// True if there is nothing to read.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_blank
    }
}

/// True if a text has lines that begin as those of a list do, or as the blocks of other programs.
fn has_lines_of_signs(text: &str) -> bool {
    text.starts_with(['-', ':', '!']) || ["\n-", ":::", "!!!"].iter().any(|signs| text.contains(signs))
}

impl From<&str> for Markdown {
    fn from(text: &str) -> Self {
        Self {
            text: Text::Held(text.into()),
            offset: 0,
            has_signs: text.contains(['[', '<', '*', '_', '#', '|', '{', '~', '`']) || has_lines_of_signs(text),
            is_blank: text.trim().is_empty(),
            fingerprint: fingerprint(text),
        }
    }
}

impl From<String> for Markdown {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

/// The text of a record's file. Whoever reads it takes note of that for itself: what is made from the rest of a record is as
/// it was when only the text changes.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    text: Translated<Markdown>,
    /// The record, once it has a place in a catalogue.
    of: Option<RecordId>,
}

impl Body {
    /// The text.
    pub(crate) fn read(&self) -> &Translated<Markdown> {
        self.of.into_iter().for_each(|of| query::trace(Query::Body(of)));
        &self.text
    }

    /// The fingerprint of the text in all languages, which takes no note.
    pub(crate) fn fingerprint(&self) -> u64 {
        let others = self.text.translations().map(|(lang, text)| (lang, text.fingerprint));
        fingerprint(&(self.text.fingerprint, others.collect::<Vec<_>>()))
    }

    /// Adds the text in another language.
    pub(crate) fn add(&mut self, lang: Lang, text: Markdown) {
        self.text.add(lang, text);
    }

    /// Says which record's text it is.
    pub(crate) fn belong_to(&mut self, record: impl Into<RecordId>) {
        self.of = Some(record.into());
    }
}

impl From<Markdown> for Body {
    fn from(text: Markdown) -> Self {
        Self { text: text.into(), of: None }
    }
}

/// Place of a record: the file's path relative to the site's root, `/`-separated.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Origin {
    /// The number of the file among those read; like the path it is known to whoever reads it, and not kept.
    #[serde(skip)]
    pub(crate) file: FileId,
    /// The path that editors know, such as `content/objectives/2020/2020_ZN07.md`.
    #[serde(skip)]
    pub(crate) path: Arc<str>,
    /// The record's place in a file that holds several (units, plan nodes); 0 where the file is the record.
    pub(crate) item: usize,
    /// The [`fingerprint`] of the file's front matter.
    pub(crate) fingerprint: u64,
}

/// A file that gives a record's words in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Translation {
    /// The language.
    pub(crate) lang: Lang,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

/// The number of a source file in the order of their paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub(crate) u32);

impl Default for FileId {
    fn default() -> Self {
        Self::NONE
    }
}

impl FileId {
    /// No file: the place of what is wrong with a file that there isn't.
    pub const NONE: Self = Self(u32::MAX);

    /// The file at a place in the list of those read.
    pub(crate) fn at(index: usize) -> Self {
        u32::try_from(index).map_or(Self::NONE, Self)
    }
}

/// A file beside a record that is published with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    /// The number of the file among those read.
    pub(crate) file: FileId,
    /// The name of the file, without folders.
    pub(crate) name: String,
    /// The path relative to the site's root.
    pub(crate) path: String,
    /// Bytes.
    pub(crate) size: u64,
    /// Size at which it is shown, if it is a picture that states one.
    pub(crate) pixels: Option<Pixels>,
    /// Mark of its version, if it has one without being read.
    pub(crate) stamp_fingerprint: Option<u64>,
    /// Path of its target relative to the site's root, if it is a link.
    pub(crate) link_target: Option<Arc<str>>,
}

/// True if a file would run script where somebody opens it by its address, as a page of the city's: HTML, XML and script
/// (WHATWG MIME Sniffing, §4.6: scriptable types), and what servers run, wherever that ending is in the name. An ending
/// of a language or a compression leaves the type to the one before it, as in `index.html.it` (Apache's `mod_mime`).
/// Drawings aren't among them, except behind such an ending: they are cleaned.
pub(crate) fn runs_script(name: &str) -> bool {
    const ON_SERVERS: [&str; 20] = [
        "asp", "aspx", "cfm", "cgi", "jsp", "jspx", "php", "php3", "php4", "php5", "php7", "php8", "phar", "phps",
        "pht", "phtml", "pl", "py", "rb", "shtml",
    ];
    const IN_BROWSERS: [&str; 8] = ["hta", "htc", "htt", "mht", "mhtml", "svgz", "swf", "vbs"];
    let endings = || name.split('.').skip(1);
    let is_any = |ending: &str, known: &[&str]| known.iter().any(|known| ending.eq_ignore_ascii_case(known));
    if endings().any(|ending| is_any(ending, &ON_SERVERS))
        || endings().last().is_some_and(|it| is_any(it, &IN_BROWSERS))
    {
        return true;
    }
    const PACKED: [&str; 6] = ["br", "bz2", "gz", "xz", "z", "zst"];
    let has_type = |ending: &str| !is_any(ending, &PACKED) && !mime_guess::from_ext(ending).is_empty();
    let mut typed = name;
    while let Some((rest, _)) = typed.rsplit_once('.').filter(|(_, ending)| !has_type(ending)) {
        typed = rest;
    }
    mime_guess::from_path(typed).iter().any(|kind| {
        let kind = kind.essence_str();
        let is_markup = kind == "text/html" || kind.ends_with("/xml") || kind.ends_with("+xml");
        let is_cleaned = kind == "image/svg+xml" && typed == name;
        (is_markup && !is_cleaned) || kind.ends_with("/javascript") || kind.ends_with("/x-javascript")
    })
}

/// Size of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pixels {
    /// From left to right.
    pub(crate) width: u32,
    /// From top to bottom.
    pub(crate) height: u32,
}

/// True if a file's name is that of a picture, of a kind that browsers show.
pub(crate) fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg"))
}
