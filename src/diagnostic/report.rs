use serde::{Deserialize, Serialize};

use super::code::Severity;
use super::problem::Diagnostic;
use super::repair::Rewording;
use crate::model::FileId;

/// All mistakes of a run. A stage adds to it and goes on; only `build` decides to stop.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    pub(super) diagnostics: Vec<Diagnostic>,
    rewordings: Vec<Rewording>,
}

impl From<Vec<Diagnostic>> for Report {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, rewordings: Vec::new() }
    }
}

impl Report {
    /// Adds a mistake.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all mistakes of another report.
    pub fn extend(&mut self, other: Self) {
        self.diagnostics.extend(other.diagnostics);
        self.rewordings.extend(other.rewordings);
    }

    /// Adds another way to write a value that isn't wrong.
    pub(crate) fn reword(&mut self, rewording: Rewording) {
        self.rewordings.push(rewording);
    }

    /// Other ways to write values that aren't wrong, in the order in which they were found.
    pub(crate) fn rewordings(&self) -> &[Rewording] {
        &self.rewordings
    }

    /// Changes the file of all mistakes: for a report of one file, when that has another number among the files.
    pub fn set_file(&mut self, file: FileId) {
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.file = file);
        self.rewordings.iter_mut().for_each(|rewording| rewording.file = file);
    }

    /// The mistakes in the order in which they were found; silenced ones aren't among them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity().is_some())
    }

    /// The errors, then the first warnings by file, at most 100: for output whose purpose isn't to list them.
    pub fn brief(&self) -> Vec<&Diagnostic> {
        const WARNINGS: usize = 100;
        let (mut errors, mut others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            self.iter().partition(|diagnostic| diagnostic.severity() == Some(Severity::Error));
        others.sort_by_key(|diagnostic| diagnostic.file);
        errors.extend(others.iter().take(WARNINGS));
        errors
    }

    /// The mistakes that a site or record silenced, in the order in which they were found.
    pub fn silenced(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity().is_none())
    }

    /// Number of the mistakes that forbid publishing.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// Number of the mistakes that are warnings.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// True if there is no mistake, except silenced ones.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// All mistakes, silenced ones too.
    pub fn found(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    fn count(&self, severity: Severity) -> usize {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() == Some(severity))
            .count()
    }
}
