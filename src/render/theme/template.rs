//! Templates: the default theme's and the site's own over them, compiled; and the problems of both.

use std::collections::HashMap;
use std::ops::Range;

use tera::{ErrorKind, Tera};

use super::budget::{self, CountedTemplate};
use super::files::{ThemeFiles, built_in_files, own_files, text_of};
use super::manifest;
use crate::diagnostic::{Code, Diagnostic, Place, Report};
use crate::model::FileId;
use crate::site::TemplateIds;

/// Prefix of the names of the default theme's templates; a name without it means them too, if the site has no such
/// template.
const FALLBACK: &str = "default/";

/// The templates that are the site's own, so that a fault finds its file.
#[derive(Debug)]
pub(super) struct Sources {
    templates: HashMap<String, (FileId, String)>,
    /// Templates with the calls that count, which are those that are rendered.
    counted: HashMap<String, CountedTemplate>,
    /// The file to which faults outside the site's files are reported.
    theme: FileId,
}

/// A problem of a template, as Tera reports it.
pub(super) struct Fault {
    pub(super) template: String,
    pub(super) at: FaultPlace,
    pub(super) reason: String,
}

/// Place in a template.
pub(super) enum FaultPlace {
    /// Line and column, from 1, and the bytes where Tera gives them.
    Place { line: usize, column: usize, bytes: Option<Range<usize>> },
    /// Unknown to Tera.
    Unknown,
}

impl Sources {
    pub(super) fn ids(&self) -> TemplateIds {
        let built_in = built_in_files("templates");
        let built_in = built_in.iter().filter_map(|(path, bytes)| Some((&**path, str::from_utf8(bytes).ok()?)));
        let own = self.templates.iter().map(|(path, (_, text))| (&**path, &**text));
        TemplateIds::of(built_in.chain(own))
    }

    /// The problem of a template that was rendered: its places are those of what is rendered.
    pub(super) fn diagnose_rendered(&self, fault: Fault) -> Diagnostic {
        let counted = self.counted.get(&fault.template);
        let at = match (fault.at, counted) {
            (FaultPlace::Place { line, column, bytes: Some(bytes) }, Some(counted)) => {
                let bytes = Some(counted.original(bytes.start)..counted.original(bytes.end));
                FaultPlace::Place { line, column, bytes }
            }
            (at, _) => at,
        };
        let beyond = budget::exceeded_limit(&fault.reason);
        let problem = self.diagnose(Fault { at, ..fault });
        match beyond {
            None => problem,
            Some((case, limit)) => Diagnostic::new(Code::EndlessTemplate, problem.file, problem.place)
                .with("case", case)
                .with("limit", limit),
        }
    }

    pub(super) fn diagnose(&self, fault: Fault) -> Diagnostic {
        let Fault { template, at, reason } = fault;
        let Some((file, text)) = self.templates.get(&template) else {
            let place = match at {
                FaultPlace::Place { line, column, .. } => format!("{template}:{line}:{column}: "),
                FaultPlace::Unknown if template.is_empty() => String::new(),
                FaultPlace::Unknown => format!("{template}: "),
            };
            let diagnostic = Diagnostic::new(Code::Template, self.theme, Place::File);
            return diagnostic.with("reason", format!("{place}{reason}"));
        };
        let place = match at {
            FaultPlace::Place { bytes: Some(bytes), .. } => Place::Bytes(bytes),
            FaultPlace::Place { line, column, bytes: None } => Place::Bytes(word_range(text, line, column)),
            FaultPlace::Unknown => Place::File,
        };
        Diagnostic::new(Code::Template, *file, place).with("reason", reason)
    }
}

/// The bytes from a line and column to the next space.
fn word_range(text: &str, line: usize, column: usize) -> Range<usize> {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[before..];
    let start = before + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    start..text[start..].find(char::is_whitespace).map_or(text.len(), |length| start + length)
}

/// The default theme's templates and the site's own over them.
pub(super) fn compile(files: &ThemeFiles<'_>, report: &mut Report) -> Option<(Tera, Sources)> {
    let mut sources = Sources { templates: HashMap::new(), counted: HashMap::new(), theme: manifest::file(files) };
    let mut is_readable = true;
    for (name, file) in own_files(files, "templates") {
        let Some(text) = text_of(file, report) else {
            is_readable = false;
            continue;
        };
        let counted = CountedTemplate::of(text);
        if let Some(long) = counted.long_join.clone() {
            let problem = Diagnostic::new(Code::EndlessTemplate, file.file, Place::Bytes(long));
            report.add(problem.with("case", "joined").with("limit", budget::JOIN_LIMIT.to_string()));
        }
        sources.counted.insert(name.to_owned(), counted);
        sources.templates.insert(name.to_owned(), (file.file, text.to_owned()));
        // Tera stops at the first template that it can't parse; alone, each is reported.
        if let Err(error) = Tera::default().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            faults(&error).into_iter().for_each(|fault| report.add(sources.diagnose(fault)));
            is_readable = false;
        }
    }
    if !is_readable {
        return None;
    }

    let tera = assemble(&sources, report, |name| &sources.templates[name].1)?;
    if sources.templates.is_empty() {
        return Some((tera, sources));
    }
    let tera = assemble(&sources, report, |name| &sources.counted[name].text)?;
    Some((tera, sources))
}

/// The default theme's templates with the site's own over them, each of those by its name.
fn assemble<'s>(sources: &'s Sources, report: &mut Report, own: impl Fn(&'s str) -> &'s str) -> Option<Tera> {
    let mut tera = Tera::default();
    budget::register(&mut tera);
    // Whatever a template is called, what it prints is escaped.
    tera.autoescape_on([""]);
    tera.set_fallback_prefixes([FALLBACK]).expect("there is no template yet");
    let built_in: Vec<(String, &str)> = built_in_files("templates")
        .into_iter()
        .map(|(path, bytes)| (format!("{FALLBACK}{path}"), str::from_utf8(bytes).expect("the default theme is text")))
        .collect();
    let mut own: Vec<(&str, &str)> = sources.templates.keys().map(|name| (name.as_str(), own(name))).collect();
    own.sort_unstable();
    let added = tera.add_raw_templates(built_in.iter().map(|(name, text)| (name.as_str(), *text)).chain(own));
    match added {
        Ok(()) => Some(tera),
        Err(error) if sources.templates.is_empty() => panic!("the default theme is sound, a test loads it: {error}"),
        Err(error) => {
            faults(&error).into_iter().for_each(|fault| report.add(sources.diagnose(fault)));
            None
        }
    }
}

fn faults(error: &tera::Error) -> Vec<Fault> {
    let of_template =
        |template: &str| vec![Fault { template: template.into(), at: FaultPlace::Unknown, reason: error.to_string() }];
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let (line, column, bytes) = (span.start_line, span.start_col + 1, Some(span.range.clone()));
            let at = FaultPlace::Place { line, column, bytes };
            vec![Fault { template: report.filename().to_owned(), at, reason: report.message().to_owned() }]
        }
        ErrorKind::MissingParent { current: template, .. }
        | ErrorKind::CircularExtend { tpl: template, .. }
        | ErrorKind::CircularInclude { tpl: template, .. } => of_template(template),
        ErrorKind::Msg(text) => {
            let faults = parse_reports(text);
            // Tera names both of two templates that define one component, in backquotes.
            if faults.is_empty() { of_template(text.split('`').nth(3).unwrap_or_default()) } else { faults }
        }
        _ => of_template(""),
    }
}

/// The faults of which Tera gives the reports alone, as one text: calls to what isn't there, in all templates at once.
/// Each report begins with the lines `error: what` and `--> template:line:column`.
fn parse_reports(text: &str) -> Vec<Fault> {
    let mut lines = text.lines().peekable();
    let mut faults = Vec::new();
    while let Some(line) = lines.next() {
        let Some(reason) = line.strip_prefix("error: ") else { continue };
        let place = lines.peek().and_then(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let mut number = || parts.next()?.parse::<usize>().ok();
        if let (Some(column), Some(line)) = (number(), number())
            && let Some(template) = parts.next()
        {
            let at = FaultPlace::Place { line, column, bytes: None };
            faults.push(Fault { template: template.into(), at, reason: reason.into() });
        }
    }
    faults
}
