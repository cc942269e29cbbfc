//! A theme: its templates compiled, its words, and the files that its pages load.
//!
//! The default theme is part of the binary. A site's own theme overrides it: of each template, text and file the site's is
//! taken, else the default's. The default's templates are also there under `default/…`, so that a site's `base.html` can
//! extend `default/base.html`; a component of the same name replaces the default's.

mod asset;
mod budget;
mod files;
mod indexing;
mod manifest;
mod template;

use std::ops::Range;
use std::sync::OnceLock;

use tera::{Context, ErrorKind, Tera};

pub(crate) use self::asset::Asset;
pub(super) use self::asset::{AssetLinks, hashed};
pub(crate) use self::files::{ThemeFile, ThemeFiles};
use self::files::{built_in, not_toml, text_of};
pub(crate) use self::indexing::hiding;
pub(super) use self::manifest::Manifest;
use self::template::{Fault, FaultPlace, Sources};
use super::brand;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Report};
use crate::model::{FileId, Lang, Settings};
use crate::site::TemplateIds;
use crate::text::{Strings, StringsError};

/// A theme that can be rendered: every template was read, and every template, component and filter that one calls is there.
#[derive(Debug)]
pub(crate) struct Theme {
    tera: Tera,
    sources: Sources,
    /// The error of a template that exceeded a limit.
    endless_error: OnceLock<RenderError>,
    /// The words of each language of the site, in their order; never empty.
    languages: Vec<Strings>,
    assets: Vec<Asset>,
    pub(super) links: AssetLinks,
    pub(super) about: Manifest,
}

/// A page that a template can't make, as when it names a value that isn't there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{template}:{line}:{column}: {message}")]
pub(crate) struct RenderError {
    /// The template; those of the default theme begin with `default/`.
    pub(crate) template: String,
    /// The line, from 1.
    pub(crate) line: usize,
    /// The column, from 1, in characters.
    pub(crate) column: usize,
    /// The problem, in Tera's words.
    pub(crate) message: String,
    bytes: Range<usize>,
}

impl Theme {
    /// The theme that the settings choose, with the site's own files over the default theme's.
    ///
    /// Returns `None` if it isn't found, is made for another version, or has a template or text that can't be read; the
    /// report says why, in every file. It also names a primary colour that white text can't be read on (WCAG 2.2, 1.4.3),
    /// labels that no text has, and files that `site.toml` names and the site lacks.
    pub(crate) fn load(settings: &Settings, files: &ThemeFiles<'_>) -> (Option<Self>, Report) {
        let mut report = Report::default();
        let theme = merge(settings, files, &mut report);
        (theme, report)
    }

    /// The files that `site.toml` names for the look of the site, below the site's root folder.
    pub(crate) fn named_files(settings: &Settings) -> impl Iterator<Item = &str> {
        asset::configured_files(settings).into_iter().filter_map(|(_, path)| path)
    }

    /// The words of the pages in each language of the site, in their order.
    pub(crate) fn languages(&self) -> &[Strings] {
        &self.languages
    }

    /// The words of the pages in a language; in the first where the site isn't in that one.
    pub(crate) fn strings(&self, lang: Lang) -> &Strings {
        self.languages.iter().find(|strings| strings.lang() == lang).unwrap_or(&self.languages[0])
    }

    /// The files that pages load, in the order of their addresses, of which no two are equal.
    pub(crate) fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The ids that its templates write, the default theme's among them.
    pub(crate) fn ids(&self) -> TemplateIds {
        self.sources.ids()
    }

    /// The problem of a template that made no page, for its author. A fault in a template of the default theme is
    /// reported of the site's theme, which calls it.
    pub(crate) fn diagnose(&self, error: &RenderError) -> Diagnostic {
        let RenderError { template, line, column, message, bytes } = error.clone();
        self.sources.diagnose_rendered(Fault {
            template,
            at: FaultPlace::Place { line, column, bytes: Some(bytes) },
            reason: message,
        })
    }

    /// Appends the page that a template makes of a context.
    pub(super) fn render(&self, template: &str, context: &Context, out: &mut Vec<u8>) -> Result<(), RenderError> {
        // A template that doesn't end is one mistake: no more time is spent on the next page.
        if let Some(error) = self.endless_error.get() {
            return Err(error.clone());
        }
        self.tera.render_to(template, context, budget::LimitedWriter::new(out)).map_err(|error| {
            let error = RenderError::new(template, &error);
            if budget::exceeded_limit(&error.message).is_some() {
                return self.endless_error.get_or_init(|| error).clone();
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

fn merge(settings: &Settings, files: &ThemeFiles<'_>, report: &mut Report) -> Option<Theme> {
    check_primary(settings, files.site, report);
    let name = settings.theme.name.as_str();
    if name != "default" && !files.folders.contains(&name) {
        let place = KeyPath::of("theme").key("name");
        let diagnostic = Diagnostic::new(Code::NoTheme, files.site, place).with("written", name);
        report.add(diagnostic.nearest(name, files.folders.iter().copied().chain(["default"])));
        return None;
    }
    // Nothing else is known about a theme for another version.
    let about = manifest::load(files, report)?;
    let languages: Vec<Option<Strings>> =
        settings.languages.iter().map(|lang| strings(*lang, settings, files, report)).collect();
    let compiled = template::compile(files, report);
    let (assets, links) = asset::collect(settings, files, &about, report);
    let (languages, (tera, sources)) = (languages.into_iter().collect::<Option<Vec<_>>>()?, compiled?);
    Some(Theme { tera, sources, endless_error: OnceLock::new(), languages, assets, links, about })
}

fn check_primary(settings: &Settings, site: FileId, report: &mut Report) {
    let contrast = brand::contrast_with_white(settings.primary);
    if contrast < brand::TEXT_CONTRAST {
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
        let own = text_of(file, report)?;
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

#[cfg(test)]
mod tests;
