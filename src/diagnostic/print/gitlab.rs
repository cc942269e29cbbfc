use std::io::{self, Write};

use serde::Serialize;

use super::fingerprints::fingerprints;
use super::located::Located;
use crate::diagnostic::{Messages, Severity};

/// One entry of a Code Quality report, with the keys that GitLab requires (GitLab documentation, "Code Quality report
/// format").
#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: ViolationLocation<'a>,
}

#[derive(Serialize)]
struct ViolationLocation<'a> {
    path: &'a str,
    lines: ViolationLines,
}

#[derive(Serialize)]
struct ViolationLines {
    begin: usize,
}

pub(super) fn print(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let entries: Vec<Violation<'_>> = (problems.iter().zip(fingerprints(problems)))
        .map(|(problem, fingerprint)| Violation {
            description: format!("{} {}", messages.message(problem.diagnostic), messages.help(problem.diagnostic)),
            check_name: problem.diagnostic.code.id(),
            fingerprint,
            severity: match problem.diagnostic.severity() {
                Some(Severity::Error) => "major",
                Some(Severity::Warning) => "minor",
                None => "info",
            },
            location: ViolationLocation { path: problem.path, lines: ViolationLines { begin: problem.location.line } },
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}
