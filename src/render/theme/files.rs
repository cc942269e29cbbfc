//! The files of themes: those of the default theme, which are part of the binary, and those of a site's own.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::diagnostic::{Code, Diagnostic, Place, Report};
use crate::model::FileId;
use crate::source::Barred;

pub(super) static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A file of a site's own theme, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ThemeFile {
    /// The path in the theme's folder, `/`-separated: `templates/home.html`.
    pub(crate) path: String,
    /// Content.
    pub(crate) bytes: Vec<u8>,
    /// Number among the files read.
    pub(crate) file: FileId,
}

/// Files that were read for the look of a site.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ThemeFiles<'a> {
    /// `site.toml`, which chooses the theme and names files.
    pub(crate) site: FileId,
    /// The names of the folders below `themes/`.
    pub(crate) folders: &'a [&'a str],
    /// The files of the chosen theme.
    pub(crate) own: &'a [ThemeFile],
    /// The files that [`Theme::named_files`](super::Theme::named_files) asks for, by their paths; one that can't be
    /// published is reported.
    pub(crate) named: &'a BTreeMap<String, Result<Vec<u8>, Barred>>,
}

/// A text of the default theme.
pub(super) fn built_in(path: &str) -> &'static str {
    let file = BUILT_IN.get_file(path).expect("the default theme is complete: a test loads it");
    file.contents_utf8().expect("the default theme is text: a test loads it")
}

/// The files of the default theme below one of its folders, by their paths in it.
pub(super) fn built_in_files(folder: &str) -> Vec<(String, &'static [u8])> {
    fn gather(dir: &'static Dir<'static>, folder: &str, files: &mut Vec<(String, &'static [u8])>) {
        files.extend(dir.files().filter_map(|file| {
            let path = file.path().to_str()?.replace('\\', "/");
            Some((path.strip_prefix(folder)?.strip_prefix('/')?.to_owned(), file.contents()))
        }));
        dir.dirs().for_each(|dir| gather(dir, folder, files));
    }
    let mut files = Vec::new();
    gather(BUILT_IN.get_dir(folder).expect("the default theme is complete: a test loads it"), folder, &mut files);
    files
}

/// The files of the site's own theme below one of its folders, by their paths in it.
pub(super) fn own_files<'a>(files: &ThemeFiles<'a>, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
    files
        .own
        .iter()
        .filter_map(move |file| Some((file.path.strip_prefix(folder)?.strip_prefix('/')?, file)))
}

/// The text of a file, without the mark that some editors begin one with.
pub(super) fn text_of<'a>(file: &'a ThemeFile, report: &mut Report) -> Option<&'a str> {
    match std::str::from_utf8(&file.bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let at = error.valid_up_to();
            let line = file.bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let diagnostic = Diagnostic::new(Code::NotUtf8, file.file, at..at + 1);
            report.add(diagnostic.with("byte", format!("{:02X}", file.bytes[at])).with("line", line.to_string()));
            None
        }
    }
}

pub(super) fn not_toml(file: FileId, error: &toml::de::Error) -> Diagnostic {
    let place = error.span().map_or(Place::File, Place::Bytes);
    Diagnostic::new(Code::Syntax, file, place).with("reason", error.message().trim())
}
