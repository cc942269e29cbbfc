//! The manifest of a theme, `theme.toml`.

use serde::Serialize;

use super::files::{ThemeFiles, built_in, not_toml, text_of};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::FileId;

/// The version of the interface between Vetro and its themes: the names and shapes of what templates are given.
pub(crate) const API: i64 = 1;

const FILE: &str = "theme.toml";
const KEYS: [&str; 5] = ["api", "name", "version", "stylesheet", "preload"];

/// Content of `theme.toml`, of a theme for this version.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Manifest {
    name: String,
    version: String,
    /// The stylesheet that every page loads, below `static/`.
    #[serde(skip)]
    pub(super) stylesheet: Option<String>,
    /// The fonts that every page needs first, below `static/`.
    #[serde(skip)]
    pub(super) preload: Vec<String>,
}

/// The chosen theme's `theme.toml`, with the default theme's values for those that it lacks, or if it isn't there: a
/// folder of a few changes needs none.
pub(super) fn load(files: &ThemeFiles<'_>, report: &mut Report) -> Option<Manifest> {
    let base = read(built_in(FILE), files.site, &mut Report::default());
    let base = base.expect("the default theme is for this version: a test loads it");
    let Some(file) = files.own.iter().find(|file| file.path == FILE) else { return Some(base) };
    let own = read(text_of(file, report)?, file.file, report)?;
    Some(Manifest {
        stylesheet: own.stylesheet.or(base.stylesheet),
        preload: if own.preload.is_empty() { base.preload } else { own.preload },
        ..own
    })
}

/// The file to which problems of a theme as a whole are reported: its `theme.toml`, else the one that chooses it.
pub(super) fn file(files: &ThemeFiles<'_>) -> FileId {
    files.own.iter().find(|file| file.path == FILE).map_or(files.site, |file| file.file)
}

fn read(text: &str, file: FileId, report: &mut Report) -> Option<Manifest> {
    let table = text.parse::<toml::Table>().map_err(|error| report.add(not_toml(file, &error))).ok()?;
    // The version comes first: another one may have other keys.
    match table.get("api") {
        Some(toml::Value::Integer(API)) => {}
        Some(other) => {
            let diagnostic = Diagnostic::new(Code::ThemeVersion, file, KeyPath::of("api"));
            report.add(diagnostic.with("written", other.to_string()).with("supported", API.to_string()));
            return None;
        }
        None => {
            report.add(Diagnostic::new(Code::Missing, file, Place::File).with("key", "api"));
            return None;
        }
    }
    for key in table.keys().filter(|key| !KEYS.contains(&key.as_str())) {
        let place = Place::Key(KeyPath::of(key.clone()), 0);
        let diagnostic = Diagnostic::new(Code::UnknownKey, file, place).with("key", key.as_str());
        report.add(diagnostic.with("known", KEYS.join(", ")).nearest(key, KEYS));
    }
    for key in ["name", "version"] {
        if !table.contains_key(key) {
            report.add(Diagnostic::new(Code::Missing, file, Place::File).with("key", key));
        }
    }
    let mut text = |key: &'static str, value: &toml::Value| match value {
        toml::Value::String(text) => Some(text.clone()),
        other => {
            let diagnostic = Diagnostic::new(Code::WrongType, file, KeyPath::of(key)).with("key", key);
            report.add(diagnostic.with("expected", "text").with("found", other.type_str()));
            None
        }
    };
    let preload = match table.get("preload") {
        Some(toml::Value::Array(paths)) => paths.iter().filter_map(|path| text("preload", path)).collect(),
        path => path.and_then(|path| text("preload", path)).into_iter().collect(),
    };
    let mut text = |key: &'static str| text(key, table.get(key)?);
    Some(Manifest {
        name: text("name").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        stylesheet: text("stylesheet"),
        preload,
    })
}
