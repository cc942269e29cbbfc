use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet, renderer::DecorStyle};

use super::located::Located;
use crate::diagnostic::{Messages, Severity};
use crate::output;

/// Prints problems for people, with the excerpt underlined, as compilers show it.
pub(super) fn print(
    problems: &[Located<'_>],
    colour: bool,
    messages: &Messages,
    out: &mut dyn Write,
) -> io::Result<()> {
    problems.iter().try_for_each(|problem| print_one(problem, colour, messages, out))
}

/// A text with control characters, and those that change the order of others, as escapes: on a terminal they could hide what
/// follows or put words in its place. Line ends stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_unseen = |c: char| (c.is_control() && c != '\n') || output::is_unseen(c);
    if !text.contains(is_unseen) {
        return text.into();
    }
    let mut visible = String::new();
    for c in text.chars() {
        if is_unseen(c) { visible.extend(c.escape_unicode()) } else { visible.push(c) }
    }
    visible.into()
}

fn print_one(problem: &Located<'_>, colour: bool, messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let code = problem.diagnostic.code;
    let (level, name) = match problem.diagnostic.severity() {
        Some(Severity::Error) => (Level::ERROR, messages.ui("error", &[])),
        Some(Severity::Warning) => (Level::WARNING, messages.ui("warning", &[])),
        None => (Level::INFO, messages.ui("silenced", &[])),
    };
    let message = messages.message(problem.diagnostic);
    let help = messages.help(problem.diagnostic);
    let help_name = messages.ui("help", &[]);
    let title = level.with_name(name).primary_title(message.as_str()).id(code.id());
    let at = &problem.location;
    let path = visible(problem.path);
    // Only the line of the mistake is given to the renderer: a file may be long.
    let group = match excerpt(&problem.text, &problem.bytes) {
        Some((line, span)) => {
            let underlined = AnnotationKind::Primary.span(span);
            title.element(Snippet::source(line).path(path.as_ref()).line_start(at.line).annotation(underlined))
        }
        None if problem.text.is_empty() => title.element(Origin::path(path.as_ref())),
        None => title.element(Origin::path(path.as_ref()).line(at.line).char_column(at.column)),
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

/// Maximum length of a line that is shown, in bytes.
const LONG: usize = 10_000;

/// The line of the bytes, and the bytes within it. Returns `None` if there is none or it is too long to be shown.
fn excerpt<'t>(text: &'t str, bytes: &Range<usize>) -> Option<(&'t str, Range<usize>)> {
    let start = text.floor_char_boundary(bytes.start);
    let (first, last) = (start.saturating_sub(LONG), text.len().min(start + LONG));
    let before = text.as_bytes()[first..start].iter().rposition(|byte| *byte == b'\n');
    let from = before.map(|newline| first + newline + 1).or((first == 0).then_some(0))?;
    // A value of many lines is shown by its first: the repair is there.
    let after = text.as_bytes()[start..last].iter().position(|byte| *byte == b'\n');
    let to = after.map(|newline| start + newline).or((last == text.len()).then_some(last))?;
    let from = if text[from..].starts_with('\u{feff}') { from + '\u{feff}'.len_utf8() } else { from };
    let end = bytes.end.clamp(start, to);
    let line = text[from..to].trim_end_matches('\r');
    (!line.is_empty()).then(|| (line, start.saturating_sub(from)..end.saturating_sub(from)))
}
