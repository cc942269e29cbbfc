use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet, renderer::DecorStyle};

use super::Located;
use crate::diagnostic::{Messages, Severity};

/// For people: the excerpt underlined, as compilers show it.
pub(super) fn print(
    problems: &[Located<'_>],
    colour: bool,
    messages: &Messages,
    out: &mut dyn Write,
) -> io::Result<()> {
    problems.iter().try_for_each(|problem| human(problem, colour, messages, out))
}

fn human(problem: &Located<'_>, colour: bool, messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let code = problem.diagnostic.code;
    let (level, name) = match problem.diagnostic.severity() {
        Some(Severity::Error) => (Level::ERROR, messages.ui("error", &[])),
        Some(Severity::Warning) => (Level::WARNING, messages.ui("warning", &[])),
        None => (Level::INFO, messages.ui("silenced", &[])),
    };
    let message = messages.message(problem.diagnostic);
    let help = messages.help(problem.diagnostic);
    let help_name = messages.ui("help", &[]);
    // Only the lines around the mistake are given to the renderer: a file may be long.
    let (excerpt, first_line, span) = excerpt(&problem.text, &problem.bytes);
    let title = level.with_name(name).primary_title(message.as_str()).id(code.id());
    let group = if excerpt.is_empty() {
        title.element(Origin::path(problem.path))
    } else {
        let underlined = AnnotationKind::Primary.span(span);
        title.element(Snippet::source(excerpt).path(problem.path).line_start(first_line).annotation(underlined))
    };
    let mut group = group.element(Level::HELP.with_name(help_name).message(help.as_str()));
    if let Some(ruling) = &problem.diagnostic.ruling {
        let name = messages.ui("reason", &[]);
        group = group.element(Level::NOTE.with_name(name).message(ruling.reason.as_str()));
    }
    let report = [group];
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Unicode);
    writeln!(out, "{}\n", renderer.render(&report))
}

/// The lines that hold the bytes, the number of the first, and the bytes within them.
fn excerpt<'t>(text: &'t str, bytes: &Range<usize>) -> (&'t str, usize, Range<usize>) {
    let mut start = bytes.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let from = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    // A value of many lines is shown by its first: the repair is there.
    let to = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    let line = text[..from].bytes().filter(|b| *b == b'\n').count() + 1;
    let from = if text[from..].starts_with('\u{feff}') { from + '\u{feff}'.len_utf8() } else { from };
    let end = bytes.end.clamp(start, to);
    (text[from..to].trim_end_matches('\r'), line, start.saturating_sub(from)..end.saturating_sub(from))
}
