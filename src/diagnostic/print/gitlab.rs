use std::io::{self, Write};

use serde::Serialize;

use super::{Located, fingerprints};
use crate::diagnostic::{Messages, Severity};

/// One entry of a Code Quality report, with the keys that GitLab requires (GitLab documentation, "Code Quality report
/// format").
#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

pub(super) fn print(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Entry<'_>> = (problems.iter().zip(fingerprints(problems)))
        .map(|(problem, fingerprint)| Entry {
            description: format!("{} {}", messages.message(problem.diagnostic), messages.help(problem.diagnostic)),
            check_name: problem.diagnostic.code.id(),
            fingerprint,
            severity: match problem.diagnostic.severity() {
                Some(Severity::Error) => "major",
                Some(Severity::Warning) => "minor",
                None => "info",
            },
            location: Place { path: problem.path, lines: Lines { begin: problem.location.line } },
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}
