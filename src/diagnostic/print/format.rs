use std::io::{self, Write};

use super::located::Located;
use super::{csv, github, gitlab, human, json, sarif};
use crate::diagnostic::Messages;

/// Format of printed problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with the excerpt underlined; coloured or plain.
    Human {
        /// True for colours.
        colour: bool,
    },
    /// One JSON array, as the contract of `check --format json` fixes it.
    Json,
    /// SARIF 2.1.0 (OASIS Standard, 27 March 2020), which services that show reports of static analysis read.
    Sarif,
    /// Workflow commands of GitHub Actions, which become annotations of a pull request.
    Github,
    /// A line a problem (RFC 4180), in the order of units and deadlines.
    Csv,
    /// GitLab's Code Quality report, which becomes remarks on a merge request.
    Gitlab,
}

impl Format {
    /// Every format, people's plain.
    pub const ALL: [Self; 6] =
        [Self::Human { colour: false }, Self::Json, Self::Csv, Self::Sarif, Self::Github, Self::Gitlab];

    /// Name for `check --format`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Human { .. } => "human",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }

    /// True if it is for people, rather than programs.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Human { .. })
    }
}

/// Writes all problems in a format.
///
/// # Errors
/// When `out` can't be written.
pub fn print(problems: &[Located<'_>], format: Format, messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human { colour } => human::print(problems, colour, messages, out),
        Format::Json => json::print(problems, messages, out),
        Format::Csv => csv::print(problems, messages, out),
        Format::Sarif => sarif::print(problems, messages, out),
        Format::Github => github::print(problems, messages, out),
        Format::Gitlab => gitlab::print(problems, messages, out),
    }
}
