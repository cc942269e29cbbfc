use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use serde::Serialize;

use super::{Code, Diagnostic, Location, Report, Severity};
use crate::model::{EdtfDate, Lang};
use crate::text::{Arg, Strings};

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with the excerpt underlined; coloured or plain.
    Human {
        /// Whether to use colours.
        colour: bool,
    },
    /// One JSON array, as the contract of `check --format json` fixes it.
    Json,
    /// A line a problem (RFC 4180), in the order of units and deadlines.
    Csv,
}

/// The words for every code, in one language.
#[derive(Debug)]
pub struct Messages(Strings);

impl Messages {
    /// The messages that the binary carries, in the given language; in Italian, the language of Italy's offices, where
    /// there are none in it.
    ///
    /// # Panics
    /// Never: a test reads the messages of every language.
    pub fn new(lang: Lang) -> Self {
        let (lang, text) = match lang {
            Lang::It | Lang::De => (Lang::It, include_str!("messages/it.toml")),
            Lang::En => (Lang::En, include_str!("messages/en.toml")),
        };
        Self(Strings::read(lang, &[text]).expect("the embedded messages are well-formed: a test reads them"))
    }

    /// The language of the messages.
    pub fn lang(&self) -> Lang {
        self.0.lang()
    }

    /// Words that belong to no code.
    pub fn ui(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.0.say(&format!("ui.{key}"), args)
    }

    /// What is wrong, in one sentence.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        self.say(diagnostic, "message")
    }

    /// How to mend it.
    pub fn help(&self, diagnostic: &Diagnostic) -> String {
        let near = diagnostic.args.iter().any(|(name, _)| *name == "nearest");
        self.say(diagnostic, if near { "help_nearest" } else { "help" })
    }

    /// What a code means, why it matters and how to mend it, with an example.
    pub fn explain(&self, code: Code) -> String {
        let get = |key: &str| self.0.get(&format!("{code}.{key}")).trim_end().to_owned();
        format!(
            "{code}: {}\n\n{}\n\n{}\n{}\n\n{}\n{}\n",
            get("title"),
            get("explain"),
            self.0.get("ui.wrong"),
            indent(&get("example_wrong")),
            self.0.get("ui.right"),
            indent(&get("example_right")),
        )
    }

    fn say(&self, diagnostic: &Diagnostic, key: &str) -> String {
        let words: Vec<(&str, Cow<'_, str>)> = diagnostic
            .args
            .iter()
            .map(|(name, text)| match *name {
                // Names of shapes and kinds of record are the catalogue's own words.
                "expected" | "found" => (*name, self.word("expected", text).into()),
                "kind" => (*name, self.word("kind", text).into()),
                // Days are kept as data have them, and said as people do.
                "due" | "until" => (*name, self.day(text)),
                _ => (*name, text.into()),
            })
            .collect();
        let args: Vec<(&str, Arg<'_>)> = words.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        self.0.say(&format!("{}.{key}", diagnostic.code), &args)
    }

    fn day<'s>(&self, text: &'s str) -> Cow<'s, str> {
        EdtfDate::read(text, None).map_or(text.into(), |day| day.words(self.lang()).into())
    }

    fn word<'s>(&'s self, table: &str, name: &'s str) -> &'s str {
        self.0.find(&format!("{table}.{name}")).unwrap_or(name)
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// A diagnostic with its place found in the text of its file.
#[derive(Clone, Debug)]
pub struct Located<'a> {
    /// What is wrong.
    pub diagnostic: &'a Diagnostic,
    /// The file, relative to the site's root.
    pub path: &'a str,
    /// The file's text; empty where it has none that can be shown.
    pub text: Arc<str>,
    /// The bytes of the text that are wrong.
    pub bytes: Range<usize>,
    /// The same in lines and columns.
    pub location: Location,
}

/// Writes all problems in a format.
///
/// # Errors
/// When `out` can't be written.
pub fn print(problems: &[Located<'_>], format: Format, messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Human { colour } => problems.iter().try_for_each(|problem| human(problem, colour, messages, out)),
        Format::Json => json(problems, messages, out),
        Format::Csv => csv(problems, messages, out),
    }
}

/// How many errors and warnings there are, in words; nothing where there is none.
pub fn tally(report: &Report, messages: &Messages) -> Option<String> {
    let parts: Vec<String> = [("errors", report.errors()), ("warnings", report.warnings())]
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| messages.ui(key, &[("n", n.into())]))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
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
        title.element(annotate_snippets::Origin::path(problem.path))
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
    /// Why the record or the site gave it this severity, where one of them did.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

fn json(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
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

/// A line of the list that is sent round: whose it is and by when come first, and are empty where a problem has none.
#[derive(Serialize)]
struct Line<'a> {
    unit: &'a str,
    due: &'a str,
    title: &'a str,
    message: String,
    help: String,
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    reason: &'a str,
}

fn csv(problems: &[Located<'_>], messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let arg = |problem: &Located<'_>, name| problem.diagnostic.arg(name).unwrap_or_default().to_owned();
    let mut sorted: Vec<&Located<'_>> = problems.iter().collect();
    // Within a unit and day in the order of files and places, which is theirs.
    sorted.sort_by_cached_key(|problem| (arg(problem, "unit"), arg(problem, "due")));
    let mut writer = csv::Writer::from_writer(out);
    for problem in sorted {
        let diagnostic = problem.diagnostic;
        writer.serialize(Line {
            unit: diagnostic.arg("unit").unwrap_or_default(),
            due: diagnostic.arg("due").unwrap_or_default(),
            title: diagnostic.arg("title").unwrap_or_default(),
            message: messages.message(diagnostic),
            help: messages.help(diagnostic),
            code: diagnostic.code.id(),
            severity: diagnostic.severity().map_or("off", Severity::key),
            file: problem.path,
            line: problem.location.line,
            column: problem.location.column,
            reason: diagnostic.ruling.as_ref().map_or("", |ruling| ruling.reason.as_str()),
        })?;
    }
    writer.flush()
}
