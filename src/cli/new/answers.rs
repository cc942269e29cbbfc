//! Answers to questions: from flags, or from a person at a terminal.

use dialoguer::theme::ColorfulTheme;
use dialoguer::{FuzzySelect, Input, MultiSelect};

use super::{Failure, Result, question_theme};
use crate::diagnostic::Messages;

/// Source of answers: flags, and a terminal if there is one.
pub(super) struct Answers<'m> {
    messages: &'m Messages,
    theme: Option<ColorfulTheme>,
}

impl<'m> Answers<'m> {
    pub(super) fn new(messages: &'m Messages) -> Self {
        Self { messages, theme: question_theme() }
    }

    pub(super) fn can_ask(&self) -> bool {
        self.theme.is_some()
    }

    fn question(&self, key: &str) -> String {
        self.messages.ui(key, &[])
    }

    /// The failure if a flag is missing and nobody can be asked.
    fn unanswered(&self, flag: &str) -> Failure {
        Failure::Message(self.messages.ui("new.unsaid", &[("flag", flag.into())]))
    }

    /// A required text: as given, or typed.
    pub(super) fn required(&self, given: Option<&String>, flag: &str, key: &str) -> Result<String> {
        match (given, &self.theme) {
            (Some(given), _) => Ok(given.clone()),
            (None, None) => Err(self.unanswered(flag)),
            (None, Some(theme)) => {
                Input::with_theme(theme).with_prompt(self.question(key)).interact_text().map_err(io_error)
            }
        }
    }

    /// An optional text: as given, or typed, or else `default`.
    pub(super) fn optional(&self, given: Option<&String>, key: &str, default: &str) -> Result<String> {
        match (given, &self.theme) {
            (Some(given), _) => Ok(given.clone()),
            (None, None) => Ok(default.to_owned()),
            (None, Some(theme)) => Input::with_theme(theme)
                .with_prompt(self.question(key))
                .with_initial_text(default)
                .allow_empty(true)
                .interact_text()
                .map_err(io_error),
        }
    }

    /// The index of the chosen one of several things.
    pub(super) fn choose(&self, flag: &str, key: &str, names: &[String]) -> Result<usize> {
        let theme = self.theme.as_ref().filter(|_| !names.is_empty()).ok_or_else(|| self.unanswered(flag))?;
        FuzzySelect::with_theme(theme)
            .with_prompt(self.question(key))
            .items(names)
            .default(0)
            .interact()
            .map_err(io_error)
    }

    /// The indices of any chosen of several things; empty if nobody can be asked.
    pub(super) fn choose_many(&self, key: &str, names: &[String]) -> Result<Vec<usize>> {
        match &self.theme {
            Some(theme) if !names.is_empty() => MultiSelect::with_theme(theme)
                .with_prompt(self.question(key))
                .items(names)
                .interact()
                .map_err(io_error),
            _ => Ok(Vec::new()),
        }
    }
}

fn io_error(dialoguer::Error::IO(error): dialoguer::Error) -> Failure {
    error.into()
}
