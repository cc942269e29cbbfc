//! What slip of the pen makes a text no YAML or no TOML: the libraries say what they expected instead, in the words of
//! those who write such libraries.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::FileId;

/// A slip, where it is, and what its message needs.
struct SyntaxSlip {
    /// The name of its words, below V0201 in the catalogue of messages.
    case: &'static str,
    /// Where it is, where that is not where the library gave up.
    line: Option<Range<usize>>,
    /// The line as it would be right.
    mended: Option<String>,
}

impl SyntaxSlip {
    fn of(case: &'static str) -> Self {
        Self { case, line: None, mended: None }
    }

    /// A text on the line at a place that has to be between quotes.
    fn unquoted(case: &'static str, text: &str, at: usize) -> Self {
        Self { mended: quoted(&text[line(text, at)]), ..Self::of(case) }
    }
}

/// The problem of a text that isn't YAML; the library gave up at `at` with `reason`. The bytes count from the text's
/// own start, which is `start` in its file.
pub(super) fn yaml(file: FileId, start: usize, text: &str, at: usize, reason: &str) -> Diagnostic {
    let slip = yaml_slip(text, at, reason);
    let bytes = match slip.as_ref().and_then(|slip| slip.line.clone()) {
        Some(line) => line,
        None => at..line(text, at).end.max(at),
    };
    let character = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    diagnostic(file, start + bytes.start..start + bytes.end, slip, reason).with("character", character.to_string())
}

/// The same where the library doesn't say where it gave up: what is shown is some bytes of the file.
pub(super) fn yaml_as_a_whole(file: FileId, shown: Range<usize>, reason: &str) -> Diagnostic {
    diagnostic(file, shown, yaml_slip("", 0, reason), reason)
}

/// The problem of a text that isn't TOML, at some bytes of its file, where the library gave `reason`.
pub(super) fn toml(file: FileId, bytes: Option<Range<usize>>, reason: &str) -> Diagnostic {
    let place = bytes.map_or(Place::File, Place::Bytes);
    diagnostic(file, place, toml_case(reason).map(SyntaxSlip::of), reason)
}

fn diagnostic(file: FileId, place: impl Into<Place>, slip: Option<SyntaxSlip>, reason: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::Syntax, file, place).with("reason", reason);
    let Some(slip) = slip else { return problem };
    match slip.mended {
        Some(mended) => problem.with("case", slip.case).with("mended", mended),
        None => problem.with("case", slip.case),
    }
}

fn yaml_slip(text: &str, at: usize, reason: &str) -> Option<SyntaxSlip> {
    let rest = text.get(at..)?;
    let here = line(text, at);
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let before = before(text, here.start);
    let slip = match reason {
        _ if reason.contains("tab character") => SyntaxSlip::of("tab"),
        _ if reason.contains("cannot start any token") && tab_before(text, at) => SyntaxSlip::of("tab"),
        _ if reason.contains("cannot start any token") => SyntaxSlip::unquoted("start", text, at),
        _ if reason.contains("mapping values are not allowed") => {
            let written = &text[here.clone()];
            let up_to_here = written.get(..at - here.start).unwrap_or_default();
            if up_to_here.contains(": ") {
                SyntaxSlip::unquoted("colon", text, at)
            } else if let Some(above) = before.filter(|above| is_without_colon(&text[above.clone()])) {
                SyntaxSlip { line: Some(above.clone()), ..SyntaxSlip::of(colon_case(&text[above])) }
            } else {
                SyntaxSlip::of("indentation")
            }
        }
        _ if reason.contains("could not find expected ':'") => {
            let above = before.filter(|above| is_without_colon(&text[above.clone()]));
            match above {
                Some(above) => SyntaxSlip { line: Some(above.clone()), ..SyntaxSlip::of(colon_case(&text[above])) },
                None => SyntaxSlip::of("colon_missing"),
            }
        }
        _ if reason.contains("end of stream") => SyntaxSlip::of("quote_open"),
        _ if reason.contains("expected ',' or") => SyntaxSlip::of("bracket_open"),
        _ if reason.contains("expected key") => {
            let written = &text[here.clone()];
            let value = written.split_once(": ").map(|(_, value)| value.trim_start()).unwrap_or_default();
            let inside = at > here.start + indent(written);
            match value.chars().next() {
                Some('"' | '\'') if inside => SyntaxSlip::unquoted("quote_inside", text, at),
                Some('[' | '{') if inside => SyntaxSlip::unquoted("bracket_start", text, at),
                _ => SyntaxSlip::of("indentation"),
            }
        }
        _ if reason.contains("expected '-' indicator") => SyntaxSlip::of("list_mixed"),
        _ if reason.contains("block sequence entries are not allowed") => SyntaxSlip::of("list_inline"),
        _ if reason.contains("unknown anchor") || reason.contains("alphabetic or numeric character") => {
            SyntaxSlip::unquoted("asterisk", text, at)
        }
        _ if reason.contains("tag handle") || reason.contains("tag URI") => SyntaxSlip::unquoted("tag", text, at),
        _ if reason.contains("comment or line break") => SyntaxSlip::unquoted("mark", text, at),
        _ if reason.contains("mapping keys are not allowed") => SyntaxSlip::unquoted("mark", text, at),
        _ if reason.contains("escape character") || reason.contains("hexadecimal") => SyntaxSlip::of("backslash"),
        _ if reason.contains("control characters") => SyntaxSlip::of("control"),
        _ if reason.contains("more than one document") => SyntaxSlip::of("documents"),
        _ if reason.contains("expected node content") => SyntaxSlip::of("comma"),
        _ if reason.contains("expected a key") && rest.starts_with('{') => {
            SyntaxSlip::unquoted("bracket_start", text, at)
        }
        _ if reason.contains("expected a key") => SyntaxSlip::of("key_shape"),
        _ if reason.contains("limit exceeded") => SyntaxSlip::of("nesting"),
        _ => return None,
    };
    // Words that show the mended line are only for a line that can be mended.
    let needs_line =
        ["start", "colon", "quote_inside", "bracket_start", "asterisk", "tag", "mark"].contains(&slip.case);
    (!needs_line || slip.mended.is_some()).then_some(slip)
}

/// The names of the words for what the `toml` crate says.
fn toml_case(reason: &str) -> Option<&'static str> {
    const CASES: [(&str, &str); 12] = [
        ("string values must be quoted", "toml_quotes"),
        ("invalid basic string", "quote_open"),
        ("invalid literal string", "quote_open"),
        ("invalid multi-line", "quote_open"),
        ("key with no value", "toml_equals"),
        ("missing assignment", "toml_equals"),
        ("unclosed", "bracket_open"),
        ("unexpected key or value", "toml_surplus"),
        ("missing escaped value", "backslash"),
        ("duplicate key", "toml_duplicate"),
        ("invalid unquoted key", "toml_key"),
        ("unquoted keys cannot be empty", "toml_key"),
    ];
    CASES.iter().find(|(said, _)| reason.starts_with(said)).map(|(_, case)| *case)
}

/// The bytes of the line at a place, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
    start..end
}

/// The line before a place that says something, without its indentation.
fn before(text: &str, at: usize) -> Option<Range<usize>> {
    let above = text[..at].trim_end();
    let start = above.rfind('\n').map_or(0, |newline| newline + 1);
    let start = start + (above[start..].len() - above[start..].trim_start().len());
    (start < above.len()).then_some(start..above.len())
}

fn tab_before(text: &str, at: usize) -> bool {
    text[line(text, at)].trim_start_matches(' ').starts_with('\t') || text[at..].starts_with('\t')
}

fn is_without_colon(line: &str) -> bool {
    !line.starts_with(['-', '#', '"', '\'', '[', '{']) && !line.ends_with(':') && !line.contains(": ")
}

/// Whether a key is followed by a colon without a space, or by none.
fn colon_case(line: &str) -> &'static str {
    if line.contains(':') { "space_missing" } else { "colon_missing" }
}

/// A line of a key and a value, with the value between quotes; none where it isn't one.
fn quoted(line: &str) -> Option<String> {
    let line = line.trim();
    let (key, value) = match line.split_once(": ") {
        Some((key, value)) => (format!("{key}: "), value),
        None => ("- ".to_owned(), line.strip_prefix("- ")?),
    };
    let value = value.trim();
    let inner = |mark: char| value.strip_prefix(mark).map(|inner| inner.strip_suffix(mark).unwrap_or(inner));
    let plain = match value.chars().next()? {
        // Quotes around a word are the text's own; those around the whole are not.
        mark @ ('"' | '\'') if value.len() > 1 && value.ends_with(mark) => inner(mark)?,
        _ => value,
    };
    if plain.contains('"') || plain.contains('\\') {
        return Some(format!("{key}'{}'", plain.replace('\'', "''")));
    }
    Some(format!("{key}\"{plain}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_put_between_the_quotes_that_need_no_thought() {
        assert_eq!(quoted("title: Casa: uno").as_deref(), Some("title: \"Casa: uno\""));
        assert_eq!(quoted("  - title: Il \"centro\": uno").as_deref(), Some("- title: 'Il \"centro\": uno'"));
        assert_eq!(quoted("title: 'L'agenzia'").as_deref(), Some("title: \"L'agenzia\""));
        assert_eq!(quoted("title: \"Uno\" e due").as_deref(), Some("title: '\"Uno\" e due'"));
        assert_eq!(quoted("  - @comune").as_deref(), Some("- \"@comune\""));
        assert_eq!(quoted("solo parole"), None);
    }
}
