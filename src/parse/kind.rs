//! Kinds of files, which their paths tell.

use super::declaration::Field;
use super::fields::{
    ObjectiveFields, PageFields, PlanFields, PlanWords, ProjectFields, SheetWords, SiteFields, UnitFields, UnitWords,
    UpdateFields,
};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::FileId;
use crate::source::SITE_FILE;

/// Folders in which records are looked for, for the message about a file that lies elsewhere.
pub(crate) const FOLDERS: &str = "content/objectives/<anno>/, content/projects/<nome>/, content/projects/<nome>/updates/, content/pages/, content/plans/";

/// Languages of Italian public bodies, those of minorities among them, and English: a file whose name ends in one is a
/// translation.
const LANGUAGES: [&str; 5] = ["it", "en", "de", "fr", "sl"];

/// Kind of a file of content, by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SheetKind<'p> {
    Units,
    Plan,
    /// Objective of this year.
    Objective(i16),
    /// Project in the folder of this name.
    Project(&'p str),
    /// Update of the project in the folder of this name.
    Update(&'p str),
    Page,
}

impl<'p> SheetKind<'p> {
    pub(crate) fn of(path: &'p str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["content", name] if is_yaml(name) => {
                let (stem, _) = name.rsplit_once('.')?;
                let own = translation(stem).map_or(stem, |language| &stem[..stem.len() - language.len() - 1]);
                (own == "units").then_some(Self::Units)
            }
            ["content", "plans", name] if is_yaml(name) => Some(Self::Plan),
            ["content", "objectives", year, name] if name.ends_with(".md") => folder_year(year).map(Self::Objective),
            ["content", "projects", slug, "index.md"] => Some(Self::Project(slug)),
            ["content", "projects", slug, name] => {
                let name = name.strip_prefix("index.")?.strip_suffix(".md")?;
                LANGUAGES.contains(&name).then_some(Self::Project(slug))
            }
            ["content", "projects", slug, "updates", name] if name.ends_with(".md") => Some(Self::Update(slug)),
            ["content", "pages", name] if name.ends_with(".md") => Some(Self::Page),
            _ => None,
        }
    }

    /// Fields of a translation of it, or of each record of a translation.
    pub(super) fn words(self) -> &'static [Field] {
        match self {
            Self::Units => UnitWords::FIELDS,
            Self::Plan => PlanWords::FIELDS,
            Self::Objective(_) | Self::Project(_) | Self::Update(_) | Self::Page => SheetWords::FIELDS,
        }
    }

    /// Fields of its record, or of each of its records.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::Units => UnitFields::FIELDS,
            Self::Plan => PlanFields::FIELDS,
            Self::Objective(_) => ObjectiveFields::FIELDS,
            Self::Project(_) => ProjectFields::FIELDS,
            Self::Update(_) => UpdateFields::FIELDS,
            Self::Page => PageFields::FIELDS,
        }
    }
}

/// Fields of a file's record, or of each of its records; `None` if the file is neither a file of records nor the
/// settings.
pub(super) fn fields_at(path: &str) -> Option<&'static [Field]> {
    match SheetKind::of(path) {
        Some(kind) if is_translation(path) => Some(kind.words()),
        Some(kind) => Some(kind.fields()),
        None => (path == SITE_FILE).then_some(SiteFields::FIELDS),
    }
}

/// Endings that programs give to Markdown, other than ours.
const MARKDOWN: [&str; 5] = [".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn"];

/// Problem of a file that would be a sheet if its ending were written as Vetro reads it.
pub(super) fn misspelt_ending(id: FileId, path: &str) -> Option<Diagnostic> {
    let lowercase = path.to_ascii_lowercase();
    // Editors that hide endings add one.
    let own = lowercase.strip_suffix(".txt").unwrap_or(&lowercase);
    let others = MARKDOWN.iter().map(|ending| (*ending, ".md"));
    let endings = others.chain([".md", ".yaml", ".yml"].map(|ending| (ending, ending)));
    let (stem, ending) = endings.filter_map(|(found, ours)| Some((own.strip_suffix(found)?, ours))).next()?;
    let meant = format!("{}{ending}", &path[..stem.len()]);
    SheetKind::of(&meant).filter(|_| meant != path)?;
    let name = meant.rsplit('/').next().unwrap_or_default();
    Some(Diagnostic::new(Code::OtherEnding, id, Place::File).with("wanted", name))
}

/// Year that a folder is named after: four figures, and nothing that only a program would take for a number.
fn folder_year(name: &str) -> Option<i16> {
    let figures = name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|year| figures && *year >= 1000)
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// Name of a path's file without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Path of a record without the language of a translation and the ending, which a file and its translations share.
pub(crate) fn record_path(path: &str) -> &str {
    let path = &path[..path.rfind('.').unwrap_or(path.len())];
    path.rsplit_once('.')
        .filter(|(_, language)| LANGUAGES.contains(language))
        .map_or(path, |(own, _)| own)
}

/// True if a file says in another language what a file beside it says in the first.
pub(crate) fn is_translation(path: &str) -> bool {
    translation(stem(path)).is_some()
}

/// Language in a translation's name, such as `2020_ZN07.de`.
pub(super) fn translation(stem: &str) -> Option<&str> {
    let (_, language) = stem.rsplit_once('.')?;
    LANGUAGES.contains(&language).then_some(language)
}
