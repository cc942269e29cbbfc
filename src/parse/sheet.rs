//! Results of parsing: sheets, one record each, whose references are still words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::fields::{
    ObjectiveFields, PageFields, PlanFields, PlanWords, ProjectFields, SheetWords, UnitFields, UnitWords, UpdateFields,
};
use crate::diagnostic::{Report, Rules};
use crate::model::{Attachment, Markdown, Origin, Settings};

/// Everything that was written, read file by file; names of other records are still words.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    /// Settings in `site.toml`; `None` if it isn't there or can't be read.
    pub(crate) settings: Option<Settings>,
    /// Rules that `site.toml` turns on, with the rulings of the site and of its records on single ones.
    pub(crate) rules: Rules,
    pub(crate) units: Vec<Arc<Sheet<UnitFields>>>,
    pub(crate) plans: Vec<Arc<Sheet<PlanFields>>>,
    pub(crate) objectives: Vec<Arc<Sheet<ObjectiveFields>>>,
    pub(crate) projects: Vec<Arc<Sheet<ProjectFields>>>,
    pub(crate) updates: Vec<Arc<Sheet<UpdateFields>>>,
    pub(crate) pages: Vec<Arc<Sheet<PageFields>>>,
    /// Files beside records, by path.
    pub(crate) attachments: Vec<Attachment>,
    /// Paths of files in `content/` that are no part of the site, each of which has a problem of its own.
    pub(crate) unpublished: Vec<Box<str>>,
    /// Translations of records, by path.
    pub(crate) translations: Vec<Arc<TranslationSheet>>,
}

impl Sheets {
    /// Settings in `site.toml`, handed over; `None` if it isn't there or can't be read.
    pub(crate) fn take_settings(&mut self) -> Option<Settings> {
        self.settings.take()
    }

    /// Rules that are on and the rulings on single ones, handed over.
    pub(crate) fn take_rules(&mut self) -> Rules {
        std::mem::take(&mut self.rules)
    }
}

/// One record as written, with its place and its text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sheet<T> {
    pub(crate) fields: T,
    pub(crate) origin: Origin,
    /// Folder that gives defaults: the year of an objective, the project of an update.
    pub(crate) folder: String,
    /// Name of the file without its ending.
    pub(crate) stem: String,
    /// False if the front matter couldn't be read: then the fields are those by which others name the record.
    pub(crate) is_readable: bool,
    pub(crate) body: Markdown,
}

/// A file that says in another language what a file beside it says in the first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TranslationSheet {
    /// Language in the file's name.
    pub(crate) language: String,
    /// Path of the file that it translates.
    pub(crate) of: String,
    pub(crate) origin: Origin,
    pub(crate) words: TranslatedWords,
}

/// Words of a translation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum TranslatedWords {
    Sheet(Box<SheetWords>, Markdown),
    Units(Vec<UnitWords>),
    Plan(PlanWords),
}

/// Contents of one file with their problems.
pub(super) type FileResult = (Option<Parsed>, Report);

/// Contents of one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Parsed {
    Units(Vec<Arc<Sheet<UnitFields>>>),
    Plan(Arc<Sheet<PlanFields>>),
    Objective(Arc<Sheet<ObjectiveFields>>),
    Project(Arc<Sheet<ProjectFields>>),
    Update(Arc<Sheet<UpdateFields>>),
    Page(Arc<Sheet<PageFields>>),
    Translation(Arc<TranslationSheet>),
    // These are not kept; serde doesn't count them when it reads, so they come last.
    #[serde(skip)]
    Settings(Box<(Settings, Rules)>),
    #[serde(skip)]
    Attachment(Box<Attachment>),
}

impl Parsed {
    /// The text of a file of which something is published.
    pub(super) fn body(&self) -> Option<&Markdown> {
        match self {
            Self::Objective(objective) => Some(&objective.body),
            Self::Project(project) => Some(&project.body),
            Self::Update(update) => Some(&update.body),
            Self::Page(page) => Some(&page.body),
            Self::Translation(translation) => match &translation.words {
                TranslatedWords::Sheet(_, body) => Some(body),
                TranslatedWords::Units(_) | TranslatedWords::Plan(_) => None,
            },
            Self::Units(_) | Self::Plan(_) | Self::Settings(_) | Self::Attachment(_) => None,
        }
    }

    /// The text that [`body`](Self::body) gives, to be changed.
    pub(super) fn body_mut(&mut self) -> Option<&mut Markdown> {
        match self {
            Self::Objective(objective) => Some(&mut Arc::make_mut(objective).body),
            Self::Project(project) => Some(&mut Arc::make_mut(project).body),
            Self::Update(update) => Some(&mut Arc::make_mut(update).body),
            Self::Page(page) => Some(&mut Arc::make_mut(page).body),
            Self::Translation(translation) => match &mut Arc::make_mut(translation).words {
                TranslatedWords::Sheet(_, body) => Some(body),
                TranslatedWords::Units(_) | TranslatedWords::Plan(_) => None,
            },
            Self::Units(_) | Self::Plan(_) | Self::Settings(_) | Self::Attachment(_) => None,
        }
    }
}
