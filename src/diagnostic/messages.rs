use std::borrow::Cow;
use std::fmt;

use super::code::Code;
use super::problem::Diagnostic;
use super::report::Report;
use crate::model::{EdtfDate, Lang};
use crate::text::{Arg, Strings};

/// The words for every code, in one language.
#[derive(Debug)]
pub struct Messages(Strings);

impl Messages {
    /// The messages that are part of the binary, in the given language; if there are none, in Italian, the language of
    /// Italy's offices.
    ///
    /// # Panics
    /// Never: a test reads the messages of every language.
    pub fn new(lang: Lang) -> Self {
        let text = lang.for_editors(include_str!("messages/it.toml"), include_str!("messages/en.toml"));
        Self(
            Strings::read(lang.of_editors(), &[text])
                .expect("the embedded messages are well-formed: a test reads them"),
        )
    }

    /// The language of the messages.
    pub fn lang(&self) -> Lang {
        self.0.lang()
    }

    /// A message that belongs to no code.
    pub(crate) fn ui(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.0.format(&format!("ui.{key}"), args)
    }

    /// The mistake, in one sentence.
    pub fn message(&self, diagnostic: &Diagnostic) -> String {
        self.fill(diagnostic, "message")
    }

    /// The way to correct it.
    pub fn help(&self, diagnostic: &Diagnostic) -> String {
        let key = match (diagnostic.arg("nearest"), diagnostic.arg("known")) {
            (Some(_), _) => "help_nearest",
            (None, Some(_)) if self.0.find(&format!("{}.help_known", diagnostic.code)).is_some() => "help_known",
            _ => "help",
        };
        self.fill(diagnostic, key)
    }

    /// The title of a code, in a few words.
    pub fn title(&self, code: Code) -> &str {
        self.0.find(&format!("{code}.title")).unwrap_or_default()
    }

    /// The explanation of a code: its meaning, its reason and its repair, with an example.
    pub(crate) fn page(&self, code: Code) -> Page<'_> {
        let get = |key: &str| self.0.find(&format!("{code}.{key}")).unwrap_or_default().trim_end();
        Page {
            code,
            title: get("title"),
            text: get("explain"),
            wrong: Example { label: self.word("ui", "wrong"), text: get("example_wrong") },
            right: Example { label: self.word("ui", "right"), text: get("example_right") },
        }
    }

    /// A message without places that belongs to no code, if there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.0.find(&format!("ui.{key}"))
    }

    fn fill(&self, diagnostic: &Diagnostic, key: &str) -> String {
        let word = |name: &str, text| match name {
            // Names of shapes and kinds of record are the catalogue's own words.
            "expected" | "found" => self.word("expected", text).into(),
            "kind" => self.word("kind", text).into(),
            // Days are kept in the form of data, and written in that of people.
            "due" | "until" => self.day(text),
            _ => Cow::Borrowed(text),
        };
        let words: Vec<(&str, Cow<'_, str>)> =
            diagnostic.args.iter().map(|(name, text)| (&**name, word(name, text.as_str()))).collect();
        let args: Vec<(&str, Arg<'_>)> = words.iter().map(|(name, text)| (*name, Arg::Text(text))).collect();
        let code = diagnostic.code;
        // A code with several causes has words for each.
        let case = words
            .iter()
            .find(|(name, _)| *name == "case")
            .map(|(_, case)| format!("{code}.{case}.{key}"));
        match case.filter(|case| self.0.find(case).is_some()) {
            Some(case) => self.0.format(&case, &args),
            None => self.0.format(&format!("{code}.{key}"), &args),
        }
    }

    fn day<'s>(&self, text: &'s str) -> Cow<'s, str> {
        EdtfDate::read(text, None).map_or(text.into(), |day| day.words(self.lang()).into())
    }

    fn word<'s>(&'s self, table: &str, name: &'s str) -> &'s str {
        self.0.find(&format!("{table}.{name}")).unwrap_or(name)
    }
}

/// A code's page of the manual.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page<'a> {
    /// The code.
    pub(crate) code: Code,
    /// Title, in a few words.
    pub(crate) title: &'a str,
    /// Meaning, reason and repair.
    pub(crate) text: &'a str,
    /// An example of its cause.
    pub(crate) wrong: Example<'a>,
    /// The corrected example.
    pub(crate) right: Example<'a>,
}

/// A piece of a site's files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Example<'a> {
    /// The word for "wrong" or "right".
    pub(crate) label: &'a str,
    /// The piece.
    pub(crate) text: &'a str,
}

impl fmt::Display for Page<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}\n\n{}", self.code, self.title, self.text)?;
        [self.wrong, self.right].iter().try_for_each(|example| {
            writeln!(f, "\n{}", example.label)?;
            example.text.lines().try_for_each(|line| writeln!(f, "    {line}"))
        })
    }
}

/// The number of errors and warnings, in words. Returns `None` if there are none.
pub(crate) fn tally(report: &Report, messages: &Messages) -> Option<String> {
    let words = |key, n: usize| (n > 0).then(|| messages.ui(key, &[("n", n.into())]));
    match (words("errors", report.errors()), words("warnings", report.warnings())) {
        (Some(errors), Some(warnings)) => {
            Some(messages.ui("errors_and_warnings", &[("errors", (&errors).into()), ("warnings", (&warnings).into())]))
        }
        (errors, warnings) => errors.or(warnings),
    }
}
