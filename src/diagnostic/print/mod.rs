//! Problems in writing: one format a file.

mod csv;
mod github;
mod gitlab;
mod human;
mod json;
mod sarif;

pub use human::visible;

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use super::{Diagnostic, Location, Messages, Place, Repair};

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with the excerpt underlined; coloured or plain.
    Human {
        /// Whether to use colours.
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

    /// The name that `check --format` knows it by.
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

    /// Whether people read it, rather than programs.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Human { .. })
    }
}

/// A diagnostic with its place found in the text of its file.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// What is wrong.
    pub diagnostic: &'a Diagnostic,
    /// The file, relative to the site's root.
    pub path: &'a str,
    /// The file's text; empty where it has none that can be shown.
    pub text: Arc<str>,
    /// The bytes that are wrong; they lie in the file's text.
    pub bytes: Range<usize>,
    /// The same in lines and columns.
    pub location: Location,
    /// What mends it, where that needs nobody's decision.
    pub repair: Option<Repair>,
    /// What may mend it, which somebody has to decide; none where a repair is certain.
    pub likely: Option<Repair>,
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

/// A name for each problem, in their order, that it keeps while lines move and words of messages change: 64 hexadecimal
/// digits. No two of a run are equal.
fn fingerprints(problems: &[Located<'_>]) -> Vec<String> {
    let mut seen: HashMap<blake3::Hash, u32> = HashMap::with_capacity(problems.len());
    let print = |problem: &Located<'_>| {
        let Diagnostic { code, place, args, .. } = problem.diagnostic;
        let mut hasher = blake3::Hasher::new();
        // Lengths keep one part from running into the next.
        let mut part = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        part(code.id());
        part(problem.path);
        match place {
            Place::File => {}
            Place::Key(path, nth) => {
                part(&path.to_string());
                part(&nth.to_string());
            }
            Place::Value(path) => part(&path.to_string()),
            Place::Bytes(_) => part(problem.text.get(problem.bytes.clone()).unwrap_or_default()),
        }
        for (name, text) in args.iter().filter(|(name, _)| *name != "line") {
            part(name);
            part(text);
        }
        let first = hasher.finalize();
        let before = seen.entry(first).or_default();
        *before += 1;
        // The same mistake in the same words twice: the second is the second.
        hasher.update(&before.to_le_bytes());
        hasher.finalize().to_hex().to_string()
    };
    problems.iter().map(print).collect()
}
