//! Slips of the pen that make a text no YAML or no TOML. The libraries say instead what they expected, in the words of
//! those who write such libraries.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::model::FileId;

/// A slip with what its message needs.
struct SyntaxSlip {
    /// Name of its words, below V0201 in the catalogue of messages.
    case: &'static str,
    /// Bytes of the slip, if it isn't where the library gave up.
    bytes: Option<Range<usize>>,
    /// The line as it would be right.
    repaired: Option<String>,
}

impl SyntaxSlip {
    fn of(case: &'static str) -> Self {
        Self { case, bytes: None, repaired: None }
    }
}

/// Problem of a text that isn't YAML; the library gave up at `at` with `reason`. The bytes count from the text's own
/// start, which is `start` in its file.
pub(super) fn yaml(file: FileId, start: usize, text: &str, at: usize, reason: &str) -> Diagnostic {
    let slip = yaml_slip(text, at, reason);
    let bytes = slip.as_ref().and_then(|slip| slip.bytes.clone());
    let bytes = bytes.unwrap_or_else(|| at..line(text, at).end.max(at));
    let character = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
    diagnostic(file, start + bytes.start..start + bytes.end, slip, reason).with("character", character.to_string())
}

/// Variant of [`yaml`] for a library that doesn't say where it gave up: some bytes of the file are shown.
pub(super) fn yaml_as_a_whole(file: FileId, shown: Range<usize>, reason: &str) -> Diagnostic {
    diagnostic(file, shown, yaml_slip("", 0, reason), reason)
}

/// Problem of a text that isn't TOML, at some bytes of its file; the library gave `reason`.
pub(super) fn toml(file: FileId, bytes: Option<Range<usize>>, reason: &str) -> Diagnostic {
    let place = bytes.map_or(Place::File, Place::Bytes);
    diagnostic(file, place, toml_case(reason).map(SyntaxSlip::of), reason)
}

fn diagnostic(file: FileId, place: impl Into<Place>, slip: Option<SyntaxSlip>, reason: &str) -> Diagnostic {
    let problem = Diagnostic::new(Code::Syntax, file, place).with("reason", reason);
    let Some(slip) = slip else { return problem };
    match slip.repaired {
        Some(line) => problem.with("case", slip.case).with("mended", line),
        None => problem.with("case", slip.case),
    }
}

/// Place at which libyaml gave up.
struct ErrorPlace<'t> {
    text: &'t str,
    at: usize,
    /// Bytes of its line.
    line: Range<usize>,
}

/// Slip that one of libyaml's reasons tells of.
enum YamlCase {
    /// Words that need nothing else.
    Words(&'static str),
    /// Words that show the line with its value between quotes; none if the line can't be repaired in this way.
    Unquoted(&'static str),
    /// Words that depend on the text.
    ByText(fn(&ErrorPlace<'_>) -> Option<SyntaxSlip>),
}

/// Slips by parts of libyaml's reasons; the first that is in a reason counts.
const YAML_CASES: [(&str, YamlCase); 22] = [
    ("tab character", YamlCase::Words("tab")),
    ("cannot start any token", YamlCase::ByText(bad_start)),
    ("mapping values are not allowed", YamlCase::ByText(second_colon)),
    ("could not find expected ':'", YamlCase::ByText(missing_colon)),
    ("end of stream", YamlCase::Words("quote_open")),
    ("expected ',' or", YamlCase::Words("bracket_open")),
    ("expected key", YamlCase::ByText(not_a_key)),
    ("expected '-' indicator", YamlCase::Words("list_mixed")),
    ("block sequence entries are not allowed", YamlCase::Words("list_inline")),
    ("unknown anchor", YamlCase::Unquoted("asterisk")),
    ("alphabetic or numeric character", YamlCase::Unquoted("asterisk")),
    ("tag handle", YamlCase::Unquoted("tag")),
    ("tag URI", YamlCase::Unquoted("tag")),
    ("comment or line break", YamlCase::Unquoted("mark")),
    ("mapping keys are not allowed", YamlCase::Unquoted("mark")),
    ("escape character", YamlCase::Words("backslash")),
    ("hexadecimal", YamlCase::Words("backslash")),
    ("control characters", YamlCase::Words("control")),
    ("more than one document", YamlCase::Words("documents")),
    ("expected node content", YamlCase::Words("comma")),
    ("expected a key", YamlCase::ByText(bad_key)),
    ("limit exceeded", YamlCase::Words("nesting")),
];

/// Slip behind libyaml's `reason` for giving up at a place; `None` if the reason tells of none.
fn yaml_slip(text: &str, at: usize, reason: &str) -> Option<SyntaxSlip> {
    text.get(at..)?;
    let (_, case) = YAML_CASES.iter().find(|(part, _)| reason.contains(part))?;
    let place = ErrorPlace { text, at, line: line(text, at) };
    match case {
        YamlCase::Words(case) => Some(SyntaxSlip::of(case)),
        YamlCase::Unquoted(case) => place.unquoted(case),
        YamlCase::ByText(slip) => slip(&place),
    }
}

impl ErrorPlace<'_> {
    fn line_text(&self) -> &str {
        &self.text[self.line.clone()]
    }

    /// Slip of a text on the line that has to be between quotes; `None` if it can't be put there.
    fn unquoted(&self, case: &'static str) -> Option<SyntaxSlip> {
        Some(SyntaxSlip { repaired: Some(quoted(self.line_text())?), ..SyntaxSlip::of(case) })
    }

    /// Slip of the line above that is a key without a colon, if it is.
    fn key_above(&self) -> Option<SyntaxSlip> {
        let above = line_above(self.text, self.line.start)?;
        let key = &self.text[above.clone()];
        is_without_colon(key).then(|| SyntaxSlip { bytes: Some(above.clone()), ..SyntaxSlip::of(colon_case(key)) })
    }
}

fn bad_start(place: &ErrorPlace<'_>) -> Option<SyntaxSlip> {
    let is_tab =
        place.line_text().trim_start_matches(' ').starts_with('\t') || place.text[place.at..].starts_with('\t');
    if is_tab { Some(SyntaxSlip::of("tab")) } else { place.unquoted("start") }
}

fn second_colon(place: &ErrorPlace<'_>) -> Option<SyntaxSlip> {
    let before = place.line_text().get(..place.at - place.line.start).unwrap_or_default();
    if before.contains(": ") {
        return place.unquoted("colon");
    }
    Some(place.key_above().unwrap_or_else(|| SyntaxSlip::of("indentation")))
}

fn missing_colon(place: &ErrorPlace<'_>) -> Option<SyntaxSlip> {
    Some(place.key_above().unwrap_or_else(|| SyntaxSlip::of("colon_missing")))
}

fn not_a_key(place: &ErrorPlace<'_>) -> Option<SyntaxSlip> {
    let written = place.line_text();
    let indent = written.len() - written.trim_start_matches([' ', '-']).len();
    let value = written.split_once(": ").map(|(_, value)| value.trim_start()).unwrap_or_default();
    let is_inside = place.at > place.line.start + indent;
    match value.chars().next() {
        Some('"' | '\'') if is_inside => place.unquoted("quote_inside"),
        Some('[' | '{') if is_inside => place.unquoted("bracket_start"),
        _ => Some(SyntaxSlip::of("indentation")),
    }
}

fn bad_key(place: &ErrorPlace<'_>) -> Option<SyntaxSlip> {
    if place.text[place.at..].starts_with('{') {
        return place.unquoted("bracket_start");
    }
    Some(SyntaxSlip::of("key_shape"))
}

/// Name of the words for a reason of the `toml` crate.
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
    CASES.iter().find(|(beginning, _)| reason.starts_with(beginning)).map(|(_, case)| *case)
}

/// Bytes of the line at a place, without its end.
fn line(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
    start..end
}

/// Bytes of the last line before a place that isn't blank, without its indentation.
fn line_above(text: &str, at: usize) -> Option<Range<usize>> {
    let above = text[..at].trim_end();
    let start = above.rfind('\n').map_or(0, |newline| newline + 1);
    let start = start + (above[start..].len() - above[start..].trim_start().len());
    (start < above.len()).then_some(start..above.len())
}

fn is_without_colon(line: &str) -> bool {
    !line.starts_with(['-', '#', '"', '\'', '[', '{']) && !line.ends_with(':') && !line.contains(": ")
}

/// Words for a key that a colon without a space follows, or none.
fn colon_case(line: &str) -> &'static str {
    if line.contains(':') { "space_missing" } else { "colon_missing" }
}

/// A line of a key and a value, with the value between quotes; `None` if it isn't one.
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
