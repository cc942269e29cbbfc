use std::fmt::Write as _;
use std::io::{self, Write};

use super::located::Located;
use crate::diagnostic::{Messages, Place, Severity};

/// One workflow command a problem: `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, as GitHub's
/// "Workflow commands for GitHub Actions" has them.
pub(super) fn print(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    for problem in problems {
        let code = problem.diagnostic.code;
        let command = match problem.diagnostic.severity() {
            Some(Severity::Error) => "error",
            Some(Severity::Warning) => "warning",
            None => "notice",
        };
        let mut place = format!("file={}", property(problem.path));
        if problem.diagnostic.place != Place::File {
            let at = &problem.location;
            let _ = write!(place, ",line={}", at.line);
            // Columns are accepted only within one line (REST API, check runs, `start_column`).
            if at.line == at.end_line {
                let _ = write!(place, ",col={},endLine={},endColumn={}", at.column, at.end_line, at.end_column);
            } else {
                let _ = write!(place, ",endLine={}", at.end_line);
            }
        }
        let title = property(&format!("{code}: {}", messages.title(code)));
        let words = format!("{}\n{}", messages.message(problem.diagnostic), messages.help(problem.diagnostic));
        writeln!(out, "::{command} {place},title={title}::{}", data(&words))?;
    }
    Ok(())
}

/// A message, escaped as `@actions/core` escapes it (`escapeData`).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, escaped as `@actions/core` escapes it (`escapeProperty`).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_is_escaped_once_and_before_the_rest() {
        assert_eq!(data("100%\r\na:b,c"), "100%25%0D%0Aa:b,c");
        assert_eq!(property("100%\na:b,c"), "100%25%0Aa%3Ab%2Cc");
    }
}
