//! Prints the problems of a site.

use std::io::{self, Write};

use camino::Utf8PathBuf;

use crate::diagnostic::{Format, Messages, Report, print, tally};
use crate::parse;
use crate::source::SourceTree;

/// The problems of a report that are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PrintExtent {
    /// The errors and the [first warnings](Report::brief); the others are counted.
    Brief,
    /// All problems.
    All,
    /// All problems, then those that the site silences, with their reasons.
    WithSilenced,
}

/// Prints problems: for people on the standard error, else on the standard output.
pub(super) fn print_problems(
    tree: &SourceTree,
    report: &Report,
    extent: PrintExtent,
    format: Format,
    messages: &Messages,
) -> io::Result<()> {
    let mut problems = match extent {
        PrintExtent::Brief => parse::locate_some(tree, report.brief()),
        PrintExtent::All | PrintExtent::WithSilenced => parse::locate(tree, report),
    };
    let unprinted = report.errors() + report.warnings() - problems.len();
    if extent == PrintExtent::WithSilenced {
        problems.extend(parse::locate_some(tree, report.silenced()));
    }
    // Services look for a file from the folder in which they run us; our own format from the site's folder.
    let below_root = matches!(format, Format::Sarif | Format::Github | Format::Gitlab) && tree.root().is_relative();
    let paths: Vec<Utf8PathBuf> = (problems.iter())
        .filter(|_| below_root)
        .map(|problem| tree.root().join(problem.path).components().filter(|part| part.as_str() != ".").collect())
        .collect();
    problems.iter_mut().zip(&paths).for_each(|(problem, path)| problem.path = path.as_str());
    if format.is_for_people() {
        let mut out = io::BufWriter::new(io::stderr().lock());
        // It is no error if nobody can read it.
        let _ = print(&problems, format, messages, &mut out);
        if unprinted > 0 {
            let _ = writeln!(out, "{}", messages.ui("warnings_untold", &[("n", unprinted.into())]));
        }
        if let Some(words) = tally(report, messages) {
            let _ = writeln!(out, "{words}");
        }
        let _ = out.flush();
        return Ok(());
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    match print(&problems, format, messages, &mut out).and_then(|()| out.flush()) {
        // A reader who closes the output still gets the exit code.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}
