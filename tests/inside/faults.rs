//! Everything that an editor can get wrong. Each fixture in `tests/faults/` is a small site that carries the problems
//! expected of it beside the faults; what is found must be exactly that.
//!
//! A line `=== path` begins a file, which comes in place of the file of the sound base site (`base.txt`) with the same
//! path; `=== path absent` takes that file away. Codes at the end of such a line are problems of the whole file.
//!
//! A line that begins with a comment mark (`#`, `//` or `<!--`) and carets is an annotation and no part of the file:
//!
//! ```text
//! titel: Sportello casa
//! #^^^^ V0202 (title)
//! ```
//!
//! says that the line above has the problem V0202 at the characters over the carets, and that the nearest valid name
//! is `title`. A comment mark that touches its carets counts as one more. `>` in place of carets marks a gap: the
//! place before the character, where something is missing. A problem of several lines is marked to the end of its first.

#![expect(clippy::disallowed_methods, reason = "the test reads its own fixtures")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::path::Path;

use crate::Options;
use crate::check::Drafts;
use crate::diagnostic::{Code, Format, Located, Messages, Place, Report, print};
use crate::model::Lang;
use crate::parse;
use crate::source::SourceTree;
use jiff::civil::date;

/// Mistakes of bytes, links and sizes, which no text can hold: `reading.rs` and `gate.rs` make them.
const ON_DISK: [Code; 5] = [Code::NotUtf8, Code::TooLarge, Code::BarredFile, Code::BadDrawing, Code::BarredName];

/// Mistakes of themes and of a hundred files, and what only a theme or an earlier publication tells: `src/render/theme/`,
/// `rules.rs`, `names.rs` and `tests/growth.rs` make them.
const ELSEWHERE: [Code; 8] = [
    Code::EndlessTemplate,
    Code::LongContinuation,
    Code::NoTheme,
    Code::ThemeVersion,
    Code::Template,
    Code::HiddenFromSearch,
    Code::Withdrawn,
    Code::NewFeedIds,
];

#[test]
fn every_fixture_has_exactly_the_problems_that_it_is_annotated_with() {
    let mut differences = Vec::new();
    for (name, fixture) in fixtures() {
        let (tree, report) = fixture.read();
        let found: Vec<Problem> = parse::locate(&tree, &report).iter().map(Problem::of).collect();
        let missing = less(&fixture.expected, &found).map(|problem| format!("  - {problem}\n"));
        let surplus = less(&found, &fixture.expected).map(|problem| format!("  + {problem}\n"));
        let difference: String = missing.chain(surplus).collect();
        if !difference.is_empty() {
            differences.push(format!("{name}\n{difference}\n{}", printed(&tree, &report)));
        }
    }
    assert!(differences.is_empty(), "expected (-) and found (+) differ in\n\n{}", differences.join("\n"));
}

#[test]
fn every_code_that_content_can_cause_has_a_fixture() {
    let seen: BTreeSet<Code> = fixtures()
        .values()
        .flat_map(|fixture| fixture.expected.iter().map(|problem| problem.code))
        .chain(ON_DISK)
        .chain(ELSEWHERE)
        .collect();
    let unseen: Vec<&Code> = Code::ALL.iter().filter(|code| !seen.contains(code)).collect();
    assert!(unseen.is_empty(), "no fixture causes {unseen:?}");
}

#[test]
fn every_problem_is_said_in_full_in_both_languages() {
    for (name, fixture) in fixtures() {
        let (tree, report) = fixture.read();
        for lang in [Lang::It, Lang::En] {
            let messages = Messages::new(lang);
            for diagnostic in report.iter() {
                for text in [messages.message(diagnostic), messages.help(diagnostic)] {
                    assert!(!text.is_empty() && !has_unfilled_place(&text), "{name}, {}: {text}", diagnostic.code);
                    // The key stands in for words that are lacking.
                    assert!(!text.starts_with(diagnostic.code.id()), "{name}, {lang:?}: {text}");
                }
            }
            for problem in parse::locate(&tree, &report) {
                let mut out = Vec::new();
                print(std::slice::from_ref(&problem), Format::Human { colour: false }, &messages, &mut out).unwrap();
                let out = String::from_utf8(out).unwrap();
                let place = match problem.diagnostic.place {
                    Place::File => problem.path.to_owned(),
                    _ => format!("{}:{}:{}", problem.path, problem.location.line, problem.location.column),
                };
                assert!(
                    out.contains(problem.diagnostic.code.id()) && out.contains(&place),
                    "{name}: {place} in\n{out}"
                );
            }
        }
    }
}

/// A site with what is wrong in it.
struct Fixture {
    files: BTreeMap<String, String>,
    expected: Vec<Problem>,
}

/// One problem, as far as fixtures tell problems apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Problem {
    file: String,
    /// From 1; 0 where the whole file is meant.
    line: usize,
    column: usize,
    end_column: usize,
    code: Code,
    nearest: Option<String>,
}

impl Problem {
    fn of(found: &Located<'_>) -> Self {
        let nearest = found
            .diagnostic
            .args
            .iter()
            .find(|(name, _)| *name == "nearest")
            .map(|(_, text)| text.clone());
        let (file, code) = (found.path.to_owned(), found.diagnostic.code);
        if found.diagnostic.place == Place::File {
            return Self { file, line: 0, column: 0, end_column: 0, code, nearest };
        }
        let at = &found.location;
        let first_line = found.text.lines().nth(at.line - 1).unwrap_or_default();
        let end_column = if at.end_line == at.line { at.end_column } else { first_line.chars().count() + 1 };
        Self { file, line: at.line, column: at.column, end_column, code, nearest }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}-{}", self.line, self.column, self.end_column)?;
        }
        write!(f, " {}", self.code)?;
        self.nearest.iter().try_for_each(|name| write!(f, " ({name})"))
    }
}

impl Fixture {
    fn parse(text: &str, base: &BTreeMap<String, String>) -> Self {
        let mut fixture = Self { files: base.clone(), expected: Vec::new() };
        let mut path = String::new();
        let mut lines: Vec<&str> = Vec::new();
        for line in text.lines() {
            if let Some(header) = line.strip_prefix("=== ") {
                fixture.close(&path, &mut lines);
                let (name, rest) = header.split_once(' ').unwrap_or((header, ""));
                name.clone_into(&mut path);
                let codes = match rest.trim().strip_prefix("absent") {
                    Some(codes) => {
                        fixture.files.remove(name);
                        codes
                    }
                    None => {
                        fixture.files.insert(path.clone(), String::new());
                        rest
                    }
                };
                fixture.expect(&path, 0, 0..0, codes);
            } else if let Some((columns, codes)) = annotation(line) {
                assert!(!lines.is_empty(), "an annotation without a line above: {line}");
                fixture.expect(&path, lines.len(), columns, codes);
            } else {
                assert!(!path.is_empty() || line.is_empty(), "a line before the first section: {line}");
                lines.push(line);
            }
        }
        fixture.close(&path, &mut lines);
        fixture
    }

    fn close(&mut self, path: &str, lines: &mut Vec<&str>) {
        let text: String = lines.drain(..).flat_map(|line| [line, "\n"]).collect();
        if let Some(file) = self.files.get_mut(path)
            && !text.is_empty()
        {
            *file = text;
        }
    }

    /// Reads `V0202 (title) V0203` and the like.
    fn expect(&mut self, file: &str, line: usize, columns: std::ops::Range<usize>, codes: &str) {
        let mut rest = codes.trim();
        while !rest.is_empty() {
            let (code, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
            let after = after.trim_start();
            let (nearest, after) = match after.strip_prefix('(').and_then(|named| named.split_once(')')) {
                Some((name, after)) => (Some(name.to_owned()), after),
                None => (None, after),
            };
            let problem = Problem {
                file: file.to_owned(),
                line,
                column: columns.start,
                end_column: columns.end,
                code: code.parse().unwrap_or_else(|error| panic!("{codes}: {error}")),
                nearest,
            };
            self.expected.push(problem);
            rest = after.trim_start();
        }
    }

    fn read(&self) -> (SourceTree, Report) {
        let tree = SourceTree::from_texts(&self.files);
        let options = Options { as_of: date(2026, 11, 22), base: None, drafts: Drafts::Include, profiles: None };
        let (_, report) = crate::Session::once(&tree, &options);
        (tree, report)
    }
}

/// The columns, from 1, that an annotation marks, and its codes.
fn annotation(line: &str) -> Option<(std::ops::Range<usize>, &str)> {
    let comment = line.trim_start();
    let mark = ["#", "//", "<!--"].into_iter().find(|mark| comment.starts_with(mark))?;
    let inside = &comment[mark.len()..];
    let carets = inside.trim_start();
    let width = carets.len() - carets.trim_start_matches('^').len();
    let gap = width == 0 && carets.starts_with('>');
    let codes = carets.trim_start_matches(['^', '>']);
    if !(width > 0 || gap) || !codes.trim_start().starts_with('V') {
        return None;
    }
    let touches = inside.len() == carets.len();
    let before = line.len() - if touches { comment.len() } else { carets.len() };
    let width = if gap { 0 } else { width + if touches { mark.len() } else { 0 } };
    Some((before + 1..before + 1 + width, codes.trim_end_matches("-->")))
}

/// What of `all` isn't in `others`; a problem that is said twice is two.
fn less<'p>(all: &'p [Problem], others: &[Problem]) -> impl Iterator<Item = &'p Problem> {
    let mut others = others.to_vec();
    all.iter().filter(move |problem| match others.iter().position(|other| other == *problem) {
        Some(at) => {
            others.swap_remove(at);
            false
        }
        None => true,
    })
}

fn fixtures() -> BTreeMap<String, Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults");
    let base = Fixture::parse(&fs::read_to_string(folder.join("base.txt")).unwrap(), &BTreeMap::new());
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, Fixture::parse(&fs::read_to_string(path).unwrap(), &base.files))
        })
        .collect()
}

fn printed(tree: &SourceTree, report: &Report) -> String {
    let mut out = Vec::new();
    let plain = Format::Human { colour: false };
    print(&parse::locate(tree, report), plain, &Messages::new(Lang::En), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn has_unfilled_place(text: &str) -> bool {
    text.split('{').skip(1).any(|rest| {
        rest.split_once('}').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        })
    })
}
