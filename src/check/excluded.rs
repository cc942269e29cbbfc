//! Records that aren't part of the site yet: drafts, and updates that are dated after the day of the build.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::Origin;
use crate::parse::{PageFields, Sheet, Sheets, UpdateFields};

/// Choice whether records marked `draft` are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// Drafts are in the site, as `--drafts` wants.
    Include,
    /// Drafts are left out.
    Exclude,
}

/// Records that aren't part of the site yet.
#[derive(Default)]
pub(super) struct ExcludedRecords {
    /// The codes of drafts, by which references name them.
    pub(super) names: Vec<String>,
    /// The codes of drafts, and the paths of their files below the site's root, by which texts link to them.
    pub(super) targets: Vec<Box<str>>,
    /// The updates whose day hasn't come.
    pub(super) ahead: Vec<Arc<Sheet<UpdateFields>>>,
}

impl ExcludedRecords {
    /// Takes the drafts out, and the updates of projects that are drafts. Returns the names by which others may refer to
    /// them: a reference to a record that isn't published yet is no mistake, and leads nowhere until it is.
    pub(super) fn take_drafts(sheets: &mut Sheets) -> Self {
        let mut excluded = Self::default();
        for sheet in sheets.objectives.extract_if(.., |sheet| sheet.fields.draft) {
            excluded.add(sheet.fields.code.as_ref().unwrap_or(&sheet.stem), &sheet.origin);
        }
        let mut folders = HashSet::new();
        for sheet in sheets.projects.extract_if(.., |sheet| sheet.fields.draft) {
            sheet.fields.code.iter().for_each(|code| excluded.add(code, &sheet.origin));
            excluded.add(&sheet.folder, &sheet.origin);
            folders.insert(sheet.folder.clone());
        }
        let is_draft = |sheet: &Arc<Sheet<UpdateFields>>| sheet.fields.draft || folders.contains(&sheet.folder);
        let updates = sheets
            .updates
            .extract_if(.., |sheet| is_draft(sheet))
            .map(|sheet| sheet.origin.path.clone());
        excluded.targets.extend(updates.map(|path| Box::from(&*path)));
        let is_draft = |sheet: &mut Arc<Sheet<PageFields>>| sheet.fields.draft;
        let pages = sheets.pages.extract_if(.., is_draft).map(|sheet| sheet.origin.path.clone());
        excluded.targets.extend(pages.map(|path| Box::from(&*path)));
        excluded
    }

    /// Adds the updates whose day hasn't come: a text may link to a record that is published later, as it may to a draft.
    pub(super) fn add_ahead(&mut self, updates: Vec<Arc<Sheet<UpdateFields>>>) {
        self.targets.extend(updates.iter().map(|sheet| Box::from(&*sheet.origin.path)));
        self.ahead = updates;
    }

    fn add(&mut self, code: &str, origin: &Origin) {
        self.names.push(code.to_owned());
        self.targets.extend([code.into(), (*origin.path).into()]);
    }
}
