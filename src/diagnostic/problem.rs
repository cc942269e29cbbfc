use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::code::{Code, Severity};
use super::near::{Near, nearest};
use super::place::Place;
use super::repair::certain;
use super::ruling::{Level, Ruling};
use crate::model::FileId;

/// One mistake: its kind, its place, and the words that its message needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Kind of mistake.
    pub code: Code,
    /// The file.
    pub file: FileId,
    /// The place in the file.
    pub(crate) place: Place,
    /// The texts for the `{name}` places of the code's message.
    pub args: Vec<(Cow<'static, str>, String)>,
    /// The ruling of its record or of the site on its code, if there is one.
    pub(crate) ruling: Option<Arc<Ruling>>,
    /// The text that was certainly meant in place of the written one. `None` if somebody has to decide.
    pub meant: Option<Arc<str>>,
}

impl Diagnostic {
    /// A mistake without further words.
    pub(crate) fn new(code: Code, file: FileId, place: impl Into<Place>) -> Self {
        Self { code, file, place: place.into(), args: Vec::new(), ruling: None, meant: None }
    }

    /// The severity by its ruling, else by its code. Returns `None` if it is silenced.
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

    /// The diagnostic with one more word for its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.args.push((name.into(), text.into()));
        self
    }

    /// The diagnostic with the text that was certainly meant, if that is known.
    #[must_use]
    pub fn meant<T: Into<Arc<str>>>(self, text: Option<T>) -> Self {
        Self { meant: text.map(Into::into), ..self }
    }

    /// Variant of [`nearest`](Self::nearest) for many valid names.
    #[must_use]
    pub(crate) fn near(self, written: &str, names: &Near) -> Self {
        match names.nearest(written) {
            Some(name) => self.with("nearest", name).meant(names.certain(written)),
            None => self,
        }
    }

    /// The diagnostic with the valid name that is nearest to the written one, if one is near, also as the meant text if that
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
