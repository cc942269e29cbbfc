use std::io::{self, Write};
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::fingerprints::fingerprints;
use super::located::Located;
use crate::diagnostic::{Code, Lines, Location, Messages, Place, Severity};

/// The characters that a path keeps in a relative reference (RFC 3986 §3.3); a colon in the first segment would make it a
/// scheme.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Prints one log of one run, with every rule, in the language of the messages. Only repairs that need nobody's decision are
/// offered as fixes.
pub(super) fn print(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code, messages)).collect();
    let mut lines = Lines::of("".into());
    let results: Vec<Value> = (problems.iter().zip(fingerprints(problems)))
        .map(|(problem, fingerprint)| {
            // Problems come file by file.
            if problem.repair.is_some() && !Arc::ptr_eq(lines.text(), &problem.text) {
                lines = Lines::of(problem.text.clone());
            }
            result(problem, &lines, &fingerprint, messages)
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Vetro",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": messages.lang().code(),
                "rules": rules,
            }},
            "language": messages.lang().code(),
            "columnKind": "unicodeCodePoints",
            // A service with the reports of several tools recognises ours by this (§3.17.3).
            "automationDetails": {"id": "vetro/check/"},
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(code: Code, messages: &Messages) -> Value {
    let page = messages.page(code);
    json!({
        "id": code.id(),
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.text},
        "help": {"text": page.to_string()},
        "defaultConfiguration": {"level": level(code.severity())},
    })
}

fn result(problem: &Located<'_>, lines: &Lines, fingerprint: &str, messages: &Messages) -> Value {
    let code = problem.diagnostic.code;
    let words = format!("{} {}", messages.message(problem.diagnostic), messages.help(problem.diagnostic));
    let file = json!({
        "uri": utf8_percent_encode(problem.path, KEPT).to_string(),
        "uriBaseId": "%SRCROOT%",
    });
    let mut place = json!({"artifactLocation": file});
    if problem.diagnostic.place != Place::File {
        place["region"] = region(&problem.location);
    }
    let mut result = json!({
        "ruleId": code.id(),
        "ruleIndex": Code::ALL.iter().position(|other| *other == code),
        "level": problem.diagnostic.severity().map_or("note", level),
        "message": {"text": words},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"vetro/v1": fingerprint},
    });
    // Columns mean nothing in a file that isn't text.
    if let Some(repair) = problem.repair.as_ref().filter(|_| code != Code::NotUtf8) {
        result["fixes"] = json!([{"artifactChanges": [{
            "artifactLocation": file,
            "replacements": [{
                "deletedRegion": region(&lines.location(&repair.bytes)),
                "insertedContent": {"text": repair.text},
            }],
        }]}]);
    }
    // A silenced problem is marked as such, with the reason (§3.27.23).
    if let Some(ruling) = problem.diagnostic.ruling.as_ref().filter(|_| problem.diagnostic.severity().is_none()) {
        result["suppressions"] = json!([{"kind": "external", "justification": ruling.reason}]);
    }
    result
}

fn region(at: &Location) -> Value {
    json!({"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
