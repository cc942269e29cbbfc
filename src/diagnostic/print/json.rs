use std::io::{self, Write};

use serde::Serialize;

use super::located::Located;
use crate::diagnostic::{Messages, Severity};

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: String,
    help: String,
    /// The reason of the record or the site for this severity, if one of them gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// Prints one array, as the contract of `check --format json` fixes it.
pub(super) fn print(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Row<'_>> = problems
        .iter()
        .map(|problem| Row {
            code: problem.diagnostic.code.id(),
            severity: problem.diagnostic.severity().map_or("off", Severity::key),
            file: problem.path,
            line: problem.location.line,
            column: problem.location.column,
            end_line: problem.location.end_line,
            end_column: problem.location.end_column,
            message: messages.message(problem.diagnostic),
            help: messages.help(problem.diagnostic),
            reason: problem.diagnostic.ruling.as_ref().map(|ruling| ruling.reason.as_str()),
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    writeln!(out)
}
