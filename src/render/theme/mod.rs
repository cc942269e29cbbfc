//! A theme: its templates compiled, its words, and the files that its pages load.
//!
//! The default theme is part of the binary. A site's own one lies over it: of each template, text and file the site's is
//! taken, else the default's. The default's templates are also there under `default/…`, so that a site's `base.html` can
//! extend `default/base.html`; a component of the same name replaces the default's.

mod asset;
mod budget;
mod indexing;
mod manifest;
mod template;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use tera::{Context, ErrorKind, Tera};

pub use self::asset::Asset;
pub(super) use self::asset::{AssetLinks, hashed};
pub use self::indexing::hiding;
pub use self::manifest::API;
pub(super) use self::manifest::Manifest;
use self::template::{Fault, FaultPlace, Sources};
use super::brand;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Place, Report};
use crate::model::{FileId, Lang, Settings};
use crate::site::TemplateIds;
use crate::source::Barred;
use crate::text::{Strings, StringsError};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// A file of a site's own theme, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeFile {
    /// The path in the theme's folder, `/`-separated: `templates/home.html`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Its number among the files read.
    pub file: FileId,
}

/// What was read for the look of a site.
#[derive(Clone, Copy, Debug)]
pub struct ThemeFiles<'a> {
    /// `site.toml`, which chooses the theme and names files.
    pub site: FileId,
    /// The names of the folders below `themes/`.
    pub folders: &'a [&'a str],
    /// The files of the chosen theme.
    pub own: &'a [ThemeFile],
    /// The files that [`Theme::named_files`] asks for, by their paths; one that can't be published is reported.
    pub named: &'a BTreeMap<String, Result<Vec<u8>, Barred>>,
}

/// A theme that can be rendered: every template was read, and every template, component and filter that one calls is there.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    sources: Sources,
    /// The error of a template that went beyond what it may do.
    endless: OnceLock<RenderError>,
    /// The words of each language of the site, in their order; never empty.
    languages: Vec<Strings>,
    assets: Vec<Asset>,
    pub(super) links: AssetLinks,
    pub(super) about: Manifest,
}

/// A page that a template can't make, as when it names a value that isn't there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{template}:{line}:{column}: {message}")]
pub struct RenderError {
    /// The template; those of the default theme begin with `default/`.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, in Tera's words.
    pub message: String,
    bytes: Range<usize>,
}

impl Theme {
    /// The theme that the settings choose, with the site's own files over the default theme's.
    ///
    /// There is none when one isn't found, is made for another version, or has a template or text that can't be read; the
    /// report says why, in every file. It also names a primary colour that white text can't be read on (WCAG 2.2, 1.4.3),
    /// labels that no text has, and files that `site.toml` names and the site lacks.
    pub fn load(settings: &Settings, files: &ThemeFiles<'_>) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let theme = layered(settings, files, &mut report);
        (theme, report)
    }

    /// The files that `site.toml` names for the look of the site, below the site's root folder.
    pub fn named_files(settings: &Settings) -> impl Iterator<Item = &str> {
        asset::named(settings).into_iter().filter_map(|(_, path)| path)
    }

    /// The words of the pages in each language of the site, in their order.
    pub fn languages(&self) -> &[Strings] {
        &self.languages
    }

    /// The words of the pages in a language; in the first where the site isn't in that one.
    pub fn strings(&self, lang: Lang) -> &Strings {
        self.languages.iter().find(|strings| strings.lang() == lang).unwrap_or(&self.languages[0])
    }

    /// The files that pages load, in the order of their addresses; no two have the same.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The ids that its templates write, the default theme's among them.
    pub fn ids(&self) -> TemplateIds {
        self.sources.ids()
    }

    /// What is wrong with a template that made no page, for its author. A fault in one of the default theme's is told of
    /// the site's theme, which calls it.
    pub fn diagnose(&self, error: &RenderError) -> Diagnostic {
        let RenderError { template, line, column, message, bytes } = error.clone();
        self.sources.diagnose_rendered(Fault {
            template,
            at: FaultPlace::Place { line, column, bytes: Some(bytes) },
            reason: message,
        })
    }

    /// Appends the page that a template makes of a context.
    pub(super) fn render(&self, template: &str, context: &Context, out: &mut Vec<u8>) -> Result<(), RenderError> {
        // A template that doesn't end is one mistake: what it would take for the next page isn't tried.
        if let Some(error) = self.endless.get() {
            return Err(error.clone());
        }
        self.tera.render_to(template, context, budget::Limited::new(out)).map_err(|error| {
            let error = RenderError::new(template, &error);
            if budget::beyond(&error.message).is_some() {
                return self.endless.get_or_init(|| error).clone();
            }
            error
        })
    }
}

impl RenderError {
    pub(super) fn new(template: &str, error: &tera::Error) -> Self {
        match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => Self {
                template: report.filename().to_owned(),
                line: report.span().start_line,
                column: report.span().start_col + 1,
                message: report.message().to_owned(),
                bytes: report.span().range.clone(),
            },
            kind => Self { template: template.to_owned(), line: 1, column: 1, message: kind.to_string(), bytes: 0..0 },
        }
    }
}

fn layered(settings: &Settings, files: &ThemeFiles<'_>, report: &mut Report) -> Option<Theme> {
    check_primary(settings, files.site, report);
    let name = settings.theme.name.as_str();
    if name != "default" && !files.folders.contains(&name) {
        let place = KeyPath::of("theme").key("name");
        let diagnostic = Diagnostic::new(Code::NoTheme, files.site, place).with("written", name);
        report.add(diagnostic.nearest(name, files.folders.iter().copied().chain(["default"])));
        return None;
    }
    // Of a theme for another version nothing else can be told.
    let about = manifest::layered(files, report)?;
    let languages: Vec<Option<Strings>> =
        settings.languages.iter().map(|lang| strings(*lang, settings, files, report)).collect();
    let compiled = template::compile(files, report);
    let (assets, links) = asset::gather(settings, files, &about, report);
    let (languages, (tera, sources)) = (languages.into_iter().collect::<Option<Vec<_>>>()?, compiled?);
    Some(Theme { tera, sources, endless: OnceLock::new(), languages, assets, links, about })
}

fn check_primary(settings: &Settings, site: FileId, report: &mut Report) {
    let contrast = brand::contrast_with_white(settings.primary);
    if contrast < brand::TEXT {
        let diagnostic = Diagnostic::new(Code::LowContrast, site, KeyPath::of("brand").key("primary"));
        // Cut, not rounded: a contrast just under the least must not read as the least.
        let ratio = format!("{:.2}", (contrast * 100.0).floor() / 100.0);
        report.add(diagnostic.with("written", brand::hex(settings.primary)).with("ratio", ratio));
    }
}

fn strings(lang: Lang, settings: &Settings, files: &ThemeFiles<'_>, report: &mut Report) -> Option<Strings> {
    let path = format!("strings/{}.toml", lang.code());
    let mut layers = vec![built_in(&path)];
    if let Some(file) = files.own.iter().find(|file| file.path == path) {
        let own = text(file, report)?;
        // Read alone first: a mistake is of this file and not of the layers together.
        if let Err(error) = Strings::read(lang, &[own]) {
            report.add(match &error {
                StringsError::Syntax(error) => not_toml(file.file, error),
                StringsError::Value { key } => {
                    let place = key.split('.').fold(KeyPath::default(), |path, key| path.key(key.to_owned()));
                    Diagnostic::new(Code::Syntax, file.file, place).with("reason", error.to_string())
                }
            });
            return None;
        }
        layers.push(own);
    }
    let mut strings = Strings::read(lang, &layers).expect("each layer can be read");
    let labels = settings.labels.get(&lang);
    let keys = Near::of(strings.keys());
    for label in labels.map(|labels| strings.relabel(labels)).unwrap_or_default() {
        let table = KeyPath::of("labels");
        let table = if lang == settings.language() { table } else { table.key(lang.code()) };
        let place = table.key(label.to_owned());
        let diagnostic = Diagnostic::new(Code::UnknownLabel, files.site, place).with("key", label);
        report.add(diagnostic.near(label, &keys));
    }
    Some(strings)
}

/// A text of the default theme.
fn built_in(path: &str) -> &'static str {
    let file = BUILT_IN.get_file(path).expect("the default theme is whole: a test loads it");
    file.contents_utf8().expect("the default theme is text: a test loads it")
}

/// The files of the default theme below one of its folders, by their paths in it.
fn built_in_files(folder: &str) -> Vec<(String, &'static [u8])> {
    fn gather(dir: &'static Dir<'static>, folder: &str, files: &mut Vec<(String, &'static [u8])>) {
        files.extend(dir.files().filter_map(|file| {
            let path = file.path().to_str()?.replace('\\', "/");
            Some((path.strip_prefix(folder)?.strip_prefix('/')?.to_owned(), file.contents()))
        }));
        dir.dirs().for_each(|dir| gather(dir, folder, files));
    }
    let mut files = Vec::new();
    gather(BUILT_IN.get_dir(folder).expect("the default theme is whole: a test loads it"), folder, &mut files);
    files
}

/// The files of the site's own theme below one of its folders, by their paths in it.
fn own_files<'a>(files: &ThemeFiles<'a>, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a ThemeFile)> {
    files
        .own
        .iter()
        .filter_map(move |file| Some((file.path.strip_prefix(folder)?.strip_prefix('/')?, file)))
}

/// The text of a file, without the mark that some editors begin one with.
fn text<'a>(file: &'a ThemeFile, report: &mut Report) -> Option<&'a str> {
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

fn not_toml(file: FileId, error: &toml::de::Error) -> Diagnostic {
    let place = error.span().map_or(Place::File, Place::Bytes);
    Diagnostic::new(Code::Syntax, file, place).with("reason", error.message().trim())
}

#[cfg(test)]
mod tests;
