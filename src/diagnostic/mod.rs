//! What is wrong in a site's files, for the person who can mend it.

mod code;
mod messages;
mod near;
mod place;
mod print;
mod repair;
mod rules;

pub use code::{Code, Severity};
pub use messages::{Example, Messages, Page, tally};
pub use near::{Near, nearest};
pub use place::{KeyPath, Lines, Location, Place, Segment};
pub use print::{Format, Located, print, visible};
pub use repair::{Repair, Rewording, Wording, certain};
pub use rules::{Level, Profile, Rules, Ruling, Rulings};

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::FileId;

/// One mistake: what it is, where it is, and the words that its message needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What kind of mistake.
    pub code: Code,
    /// The file.
    pub file: FileId,
    /// Where in the file.
    pub place: Place,
    /// The texts for the `{name}` places of the code's message.
    pub args: Vec<(Cow<'static, str>, String)>,
    /// What its record or the site says of its code, where they say something.
    pub ruling: Option<Arc<Ruling>>,
    /// What certainly was meant in place of what is written there; none where somebody has to decide.
    pub meant: Option<Arc<str>>,
}

impl Diagnostic {
    /// A mistake without further words.
    pub fn new(code: Code, file: FileId, place: impl Into<Place>) -> Self {
        Self { code, file, place: place.into(), args: Vec::new(), ruling: None, meant: None }
    }

    /// Whether it forbids publishing, as its code or what is ruled of it says; none where it is silenced.
    pub fn severity(&self) -> Option<Severity> {
        match self.ruling.as_ref().map(|ruling| ruling.level) {
            None => Some(self.code.severity()),
            Some(Level::Error) => Some(Severity::Error),
            Some(Level::Warning) => Some(Severity::Warning),
            Some(Level::Off) => None,
        }
    }

    /// The word for a place of its message.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
    }

    /// The same with one more word for its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.args.push((name.into(), text.into()));
        self
    }

    /// The same with what was certainly meant, where that is known.
    #[must_use]
    pub fn meant<T: Into<Arc<str>>>(self, text: Option<T>) -> Self {
        Self { meant: text.map(Into::into), ..self }
    }

    /// The diagnostic with the nearest of many valid names, as [`nearest`](Self::nearest) says it.
    #[must_use]
    pub fn near(self, written: &str, names: &Near) -> Self {
        match names.nearest(written) {
            Some(name) => self.with("nearest", name).meant(names.certain(written)),
            None => self,
        }
    }

    /// The same with the valid name that is nearest to what was written, if one is near, and as what was meant where that
    /// is [`certain`].
    #[must_use]
    pub fn nearest<'n, N>(self, written: &str, names: N) -> Self
    where
        N: IntoIterator<Item = &'n str>,
    {
        let names: Vec<&str> = names.into_iter().collect();
        match nearest(written, names.iter().copied()) {
            Some(name) => self.with("nearest", name).meant(certain(written, names)),
            None => self,
        }
    }
}

/// All mistakes of a run. A stage adds to it and goes on; only `build` decides to stop.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
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

    /// Adds another way to write what isn't wrong.
    pub fn reword(&mut self, rewording: Rewording) {
        self.rewordings.push(rewording);
    }

    /// What isn't wrong and could be written in another way, in the order in which it was found.
    pub fn rewordings(&self) -> &[Rewording] {
        &self.rewordings
    }

    /// Says all of it of another file: a report of one, when that has another number among the files.
    pub fn set_file(&mut self, file: FileId) {
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.file = file);
        self.rewordings.iter_mut().for_each(|rewording| rewording.file = file);
    }

    /// The mistakes in the order in which they were found; silenced ones aren't among them.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity().is_some())
    }

    /// The errors, then the first warnings by file, at most so many.
    pub fn brief(&self, warnings: usize) -> Vec<&Diagnostic> {
        let (mut errors, mut others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            self.iter().partition(|diagnostic| diagnostic.severity() == Some(Severity::Error));
        others.sort_by_key(|diagnostic| diagnostic.file);
        errors.extend(others.iter().take(warnings));
        errors
    }

    /// What a site or record silenced, in the order in which it was found.
    pub fn silenced(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity().is_none())
    }

    /// How many mistakes forbid publishing.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    /// How many mistakes are worth a look.
    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// All that was found, also what is silenced.
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
