use std::io::{self, Write};

use serde::Serialize;

use super::located::Located;
use crate::diagnostic::{Messages, Severity};

/// A line of the list that is sent to the units: unit and deadline come first, and are empty if a problem has none.
#[derive(Serialize)]
struct Line<'a> {
    unit: &'a str,
    due: &'a str,
    title: &'a str,
    message: String,
    help: String,
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    reason: &'a str,
}

/// The list, in the order of units and deadlines.
pub(super) fn print(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let arg = |problem: &Located<'_>, name| problem.diagnostic.arg(name).unwrap_or_default().to_owned();
    let mut sorted: Vec<&Located<'_>> = problems.iter().collect();
    // Within a unit and day the order of files and places is kept.
    sorted.sort_by_cached_key(|problem| (arg(problem, "unit"), arg(problem, "due")));
    let mut writer = ::csv::Writer::from_writer(out);
    for problem in sorted {
        let diagnostic = problem.diagnostic;
        writer.serialize(Line {
            unit: diagnostic.arg("unit").unwrap_or_default(),
            due: diagnostic.arg("due").unwrap_or_default(),
            title: diagnostic.arg("title").unwrap_or_default(),
            message: messages.message(diagnostic),
            help: messages.help(diagnostic),
            code: diagnostic.code.id(),
            severity: diagnostic.severity().map_or("off", Severity::key),
            file: problem.path,
            line: problem.location.line,
            column: problem.location.column,
            reason: diagnostic.ruling.as_ref().map_or("", |ruling| ruling.reason.as_str()),
        })?;
    }
    writer.flush()
}
