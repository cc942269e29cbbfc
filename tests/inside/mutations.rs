//! Slips of the pen in sound sites: each is said where it is or by what no longer fits to it, or does no harm. Harmless is
//! what leaves the published records as they were, or changes them by the value that was typed and loses nothing else that
//! the sheets still say.
//!
//! `faults.rs` shows that no code is left out; here nobody has chosen the place.

#![expect(clippy::disallowed_methods, reason = "the tests write faulty files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;

use super::common::SiteTest;
use super::dice::Dice;
use crate::check::Drafts;
use crate::{Session, parse, source};
use serde_json::Value;

/// How many slips are made; `VETRO_MUTATIONS` asks for more.
fn slips() -> usize {
    std::env::var("VETRO_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(50)
}

/// A slip of the pen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slip {
    KeyMisspelt,
    LetterDropped,
    LettersSwapped,
    DatesSwapped,
    ImpossibleDay,
    DigitChanged,
    IndentedMore,
    IndentedLess,
    IndentedByTab,
    QuoteDropped,
    BracketDropped,
    CommaDropped,
    ColonDropped,
    SpaceDropped,
    DashDropped,
    PercentDropped,
    LineDoubled,
    LineDeleted,
    LinesSwapped,
    ValueDeleted,
    CommentBegun,
    EncodingBroken,
    CutShort,
}

impl Slip {
    const ALL: [Self; 23] = [
        Self::KeyMisspelt,
        Self::LetterDropped,
        Self::LettersSwapped,
        Self::DatesSwapped,
        Self::ImpossibleDay,
        Self::DigitChanged,
        Self::IndentedMore,
        Self::IndentedLess,
        Self::IndentedByTab,
        Self::QuoteDropped,
        Self::BracketDropped,
        Self::CommaDropped,
        Self::ColonDropped,
        Self::SpaceDropped,
        Self::DashDropped,
        Self::PercentDropped,
        Self::LineDoubled,
        Self::LineDeleted,
        Self::LinesSwapped,
        Self::ValueDeleted,
        Self::CommentBegun,
        Self::EncodingBroken,
        Self::CutShort,
    ];

    /// The text after the slip; none where it has no place for one.
    fn make(self, text: &str, dice: &mut Dice) -> Option<Vec<u8>> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        // Where any line will do, one with a key or an item is taken.
        let end = lines.iter().skip(1).position(|line| *line == "---\n").map_or(lines.len(), |end| end + 1);
        let written = |of: &dyn Fn(&str) -> bool| {
            (0..end)
                .filter(|at| lines[*at].trim().len() > 3 && of(lines[*at]))
                .collect::<Vec<usize>>()
        };
        let mut line = |of: &dyn Fn(&str) -> bool| dice.of(&written(of)).copied();
        let with = |at: usize, new: String| [&lines[..at].concat(), new.as_str(), &lines[at + 1..].concat()].concat();
        let has = |what: char| move |line: &str| line.contains(what);
        let text = match self {
            Self::KeyMisspelt => {
                let at = line(&|line| key(line).is_some_and(|key| key.len() > 3))?;
                let key = key(lines[at])?;
                let cut = dice.roll(key.len() - 1) + 1;
                with(at, lines[at].replacen(key, &[&key[..cut], &key[cut + 1..]].concat(), 1))
            }
            Self::LetterDropped | Self::LettersSwapped | Self::DigitChanged => {
                let fits = |c: char| if self == Self::DigitChanged { c.is_ascii_digit() } else { c.is_alphanumeric() };
                let at = line(&|line| value(line).chars().filter(|c| fits(*c)).count() > 1)?;
                let from = lines[at].len() - lines[at][lines[at].find(value(lines[at]))?..].len();
                let places: Vec<(usize, char)> =
                    lines[at].char_indices().filter(|(i, c)| *i >= from && fits(*c)).collect();
                let pick = dice.roll(places.len() - 1);
                let ((one, first), (two, second)) = (places[pick], places[pick + 1]);
                let (before, after) = (&lines[at][..one], &lines[at][one + first.len_utf8()..]);
                with(
                    at,
                    match self {
                        Self::LetterDropped => [before, after].concat(),
                        Self::DigitChanged => format!("{before}{}{after}", (first as u8 - b'0' + 3) % 10),
                        _ => {
                            let between = &lines[at][one + first.len_utf8()..two];
                            format!("{before}{second}{between}{first}{}", &lines[at][two + second.len_utf8()..])
                        }
                    },
                )
            }
            Self::DatesSwapped => {
                let at = line(&|line| line.trim_start().starts_with("start: "))?;
                let start = value(lines[at]);
                let end = lines
                    .get(at + 1)
                    .filter(|line| line.trim_start().starts_with("end: "))
                    .map(|end| value(end))?;
                let swapped = [lines[at].replace(start, end), lines[at + 1].replace(end, start)].concat();
                [&lines[..at].concat(), swapped.as_str(), &lines[at + 2..].concat()].concat()
            }
            Self::ImpossibleDay => {
                let is_day = |word: &&str| word.len() == 10 && word.as_bytes()[2] == b'/' && word.as_bytes()[5] == b'/';
                let day = |line: &str| words(line).find(is_day).map(str::to_owned);
                let at = line(&|line| day(line).is_some())?;
                let day = day(lines[at])?;
                with(at, lines[at].replacen(&day, &format!("31/02{}", &day[5..]), 1))
            }
            Self::IndentedMore => {
                let at = line(&|_| true)?;
                with(at, format!(" {}", lines[at]))
            }
            Self::IndentedLess => {
                let at = line(&|line| line.starts_with(' '))?;
                with(at, lines[at][1..].to_owned())
            }
            Self::IndentedByTab => {
                let at = line(&|line| line.starts_with("  "))?;
                with(at, format!("\t{}", &lines[at][2..]))
            }
            Self::QuoteDropped | Self::BracketDropped | Self::CommaDropped | Self::PercentDropped => {
                let marks: &[char] = match self {
                    Self::QuoteDropped => &['"'],
                    Self::BracketDropped => &['[', ']', '{', '}'],
                    Self::CommaDropped => &[','],
                    _ => &['%'],
                };
                let at = line(&|line| line.contains(marks))?;
                let places: Vec<usize> = lines[at].match_indices(marks).map(|(place, _)| place).collect();
                let mut new = lines[at].to_owned();
                new.remove(*dice.of(&places)?);
                with(at, new)
            }
            Self::ColonDropped => {
                let at = line(&has(':'))?;
                with(at, lines[at].replacen(':', "", 1))
            }
            Self::SpaceDropped => {
                let at = line(&|line| line.contains(": "))?;
                with(at, lines[at].replacen(": ", ":", 1))
            }
            Self::DashDropped => {
                let at = line(&|line| line.trim_start().starts_with("- "))?;
                with(at, lines[at].replacen("- ", "", 1))
            }
            Self::LineDoubled => {
                let at = line(&|_| true)?;
                with(at, lines[at].repeat(2))
            }
            Self::LineDeleted => {
                let at = line(&|_| true)?;
                with(at, String::new())
            }
            Self::LinesSwapped => {
                let at = line(&|_| true).filter(|at| at + 1 < end)?;
                [&lines[..at].concat(), lines[at + 1], lines[at], &lines[at + 2..].concat()].concat()
            }
            Self::ValueDeleted => {
                let at = line(&|line| key(line).is_some() && !value(line).is_empty())?;
                with(at, lines[at].replacen(value(lines[at]), "", 1))
            }
            Self::CommentBegun => {
                let at = line(&|line| value(line).contains(' ') && !value(line).starts_with(['"', '[', '{']))?;
                let new = value(lines[at]).replacen(' ', " #", 1);
                with(at, lines[at].replacen(value(lines[at]), &new, 1))
            }
            // As an editor leaves it that saves in Windows-1252.
            Self::EncodingBroken => {
                let accented: Vec<(usize, char)> =
                    text.char_indices().filter(|(_, c)| ('à'..='ú').contains(c)).collect();
                let (at, letter) = *dice.of(&accented)?;
                let byte = u8::try_from(u32::from(letter)).ok()?;
                let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at + letter.len_utf8()..]);
                return Some([before, &[byte], after].concat());
            }
            Self::CutShort => {
                let at = dice.roll(end.max(2) - 1) + 1;
                lines[..at].concat()
            }
        };
        Some(text.into_bytes())
    }
}

/// The key of a line of YAML.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.trim_start().trim_start_matches("- ").trim_start_matches('{').split_once(": ")?;
    (!key.contains(' ')).then_some(key)
}

/// What a line of YAML says of its key, or as an item.
fn value(line: &str) -> &str {
    let item = line.trim().trim_start_matches("- ");
    match key(line) {
        Some(_) => item.split_once(": ").map_or("", |(_, value)| value).trim(),
        None => item,
    }
}

/// What is between spaces and marks.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || "/.-_@".contains(c)))
        .filter(|word| !word.is_empty())
}

/// The published records by their addresses, and what is said of the site.
struct Read {
    records: BTreeMap<String, Value>,
    /// Each problem with its file and all that its message names.
    problems: BTreeMap<(String, String), usize>,
    errors: usize,
}

fn read(site: &SiteTest) -> Read {
    let mut options = site.options.clone();
    options.drafts = Drafts::Include;
    let (tree, mut report) = source::read(&site.root()).expect("the folder can be read");
    let (edition, problems) = Session::once(&tree, &options);
    report.extend(problems);
    let mut said = BTreeMap::new();
    for problem in parse::locate(&tree, &report) {
        let words = format!("{:?} {:?}", problem.diagnostic.code, problem.diagnostic.args);
        *said.entry((problem.path.to_owned(), words)).or_insert(0) += 1;
    }
    let files = edition
        .as_ref()
        .map_or_else(Vec::new, |edition| edition.files(&tree).expect("addresses are paths"));
    let records = files.iter().filter(|file| file.path().as_ref().ends_with("/index.json")).map(|file| {
        let mut bytes = Vec::new();
        file.make(&mut bytes).expect("a record can be made");
        (file.path().to_string(), serde_json::from_slice(&bytes).expect("JSON"))
    });
    Read { records: records.collect(), problems: said, errors: report.errors() }
}

/// Every value of the records that isn't null, by the path of its keys without places in lists, and how often.
fn leaves(records: &BTreeMap<String, Value>) -> BTreeMap<(String, String), usize> {
    fn collect(path: &str, value: &Value, into: &mut BTreeMap<(String, String), usize>) {
        match value {
            Value::Null => {}
            Value::Array(all) => all.iter().for_each(|value| collect(path, value, into)),
            Value::Object(all) => all.iter().for_each(|(key, value)| collect(&format!("{path}.{key}"), value, into)),
            Value::String(text) => *into.entry((path.to_owned(), text.clone())).or_insert(0) += 1,
            other => *into.entry((path.to_owned(), other.to_string())).or_insert(0) += 1,
        }
    }
    let mut into = BTreeMap::new();
    for (address, record) in records {
        collect(address, record, &mut into);
    }
    into
}

/// What came of a slip.
enum Fate {
    /// A problem names the file, or stands in it.
    Found,
    /// An error elsewhere, of what no longer fits to the file, keeps the site from being published.
    Elsewhere,
    /// The records are as they were.
    Same,
    /// The records differ by what was typed.
    Typed,
    /// Something is lost that the sheets still say, without a word.
    Lost(String),
}

/// The words of the lines of a text that another lacks.
fn own_words(text: &str, other: &str) -> BTreeSet<String> {
    let known: BTreeSet<&str> = other.lines().collect();
    let own = text.lines().filter(|line| !known.contains(line));
    // A number may be published without the zeros that it was written with.
    let plain = |word: &str| word.trim_matches(['.', '-', '/']).to_lowercase();
    own.flat_map(|line| words(value(line)).map(plain).collect::<Vec<_>>())
        .filter(|word| word.len() > 2)
        .collect()
}

/// Compares what is published before and after a slip in a file.
fn fate(path: &str, texts: (&str, &str), before: &Read, after: &Read) -> Fate {
    let (old, new) = texts;
    let removed = own_words(old, new);
    let names_it = |(file, words): &(String, String)| {
        file == path || words.contains(path) || removed.iter().any(|word| words.to_lowercase().contains(word.as_str()))
    };
    let is_new = |(problem, count): (&(String, String), &usize)| {
        *count > before.problems.get(problem).copied().unwrap_or(0) && names_it(problem)
    };
    if after.problems.iter().any(is_new) {
        return Fate::Found;
    }
    if after.errors > 0 {
        return Fate::Elsewhere;
    }
    if before.records == after.records {
        return Fate::Same;
    }
    let (had, has) = (leaves(&before.records), leaves(&after.records));
    let surplus = |of: &BTreeMap<(String, String), usize>, than: &BTreeMap<(String, String), usize>| {
        let more = of.iter().filter(|(leaf, count)| **count > than.get(*leaf).copied().unwrap_or(0));
        more.map(|(leaf, _)| leaf.clone()).collect::<Vec<_>>()
    };
    let (gone, come) = (surplus(&had, &has), surplus(&has, &had));
    // What was typed is published: each word of the changed lines stands in a value that is new, or stood there before.
    let typed = own_words(new, old);
    let published = |word: &String| has.keys().any(|(_, text)| text.to_lowercase().contains(word.as_str()));
    let stood = |word: &String| had.keys().any(|(_, text)| text.to_lowercase().contains(word.as_str()));
    let unsaid: Vec<&String> = typed
        .iter()
        .filter(|word| !published(word) && (stood(word) || !removed.contains(*word)))
        .collect();
    if !unsaid.is_empty() {
        return Fate::Lost(format!("typed and not published: {unsaid:?}; gone {gone:?}; come {come:?}"));
    }
    // What went without another value in its place was in a line that changed, or was read from one that did.
    let kept = old.lines().filter(|line| new.lines().any(|other| other == *line));
    let kept: BTreeSet<String> = kept
        .flat_map(|line| words(value(line)).map(str::to_lowercase).collect::<Vec<_>>())
        .collect();
    let lost = gone.iter().filter(|(path, text)| {
        let replaced = come.iter().any(|(other, _)| other == path);
        let all: Vec<String> = words(text).map(str::to_lowercase).collect();
        // What is nowhere any more though the file still says all its words.
        !replaced
            && !all.is_empty()
            && all.iter().all(|word| kept.contains(word) && !removed.contains(word))
            && !has.keys().any(|(_, other)| other == text)
    });
    let lost: Vec<_> = lost.collect();
    if lost.is_empty() { Fate::Typed } else { Fate::Lost(format!("still written and no longer published: {lost:?}")) }
}

/// How often each slip met which fate.
#[derive(Default)]
struct Figures(BTreeMap<Slip, [usize; 4]>);

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<16}{:>7}{:>10}{:>7}{:>7}", "", "found", "elsewhere", "same", "typed")?;
        let mut sums = [0; 4];
        for (slip, counts) in &self.0 {
            let [found, elsewhere, same, typed] = counts;
            writeln!(f, "{:<16}{found:>7}{elsewhere:>10}{same:>7}{typed:>7}", format!("{slip:?}"))?;
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let [found, elsewhere, same, typed] = sums;
        write!(f, "{:<16}{found:>7}{elsewhere:>10}{same:>7}{typed:>7}", "all")
    }
}

#[test]
fn every_slip_of_the_pen_is_said_or_does_no_harm() {
    let mut figures = Figures::default();
    let mut lost = Vec::new();
    let mut dice = Dice(0x5EED_0000_1234_5678);
    let sites = ["", "tests/sites/valdoro"].map(SiteTest::copy_of);
    for (number, site) in sites.iter().enumerate() {
        let before = read(site);
        assert_eq!(before.errors, 0, "{:?}", before.problems);
        let content = walkdir::WalkDir::new(site.root().join("content")).sort_by_file_name();
        let paths: Vec<String> = (content.into_iter())
            .map(|entry| entry.expect("it can be read").path().to_str().expect("UTF-8").to_owned())
            // Free pages have no records.
            .filter(|path| path.ends_with(".md") && !path.contains("/pages/") || path.ends_with(".yaml"))
            .collect();
        for turn in (number..slips()).step_by(sites.len()) {
            let slip = Slip::ALL[turn % Slip::ALL.len()];
            let first = dice.roll(paths.len());
            let made = paths[first..].iter().chain(&paths[..first]).find_map(|path| {
                let old = fs::read_to_string(path).expect("it can be read");
                let new = slip.make(&old, &mut dice).filter(|new| *new != old.as_bytes())?;
                Some((path, old, new))
            });
            // A site may have no place for one, such as no percent sign.
            let Some((path, old, new)) = made else { continue };
            fs::write(path, &new).expect("it can be written");
            let after = read(site);
            fs::write(path, &old).expect("it can be written");
            let relative = path.strip_prefix(&format!("{}/", site.root())).expect("it lies in the site");
            let new = String::from_utf8_lossy(&new);
            let place = match fate(relative, (&old, &new), &before, &after) {
                Fate::Found => 0,
                Fate::Elsewhere => 1,
                Fate::Same => 2,
                Fate::Typed => 3,
                Fate::Lost(why) => {
                    let changes = |one: &str, other: &str| {
                        let known: Vec<&str> = other.lines().collect();
                        one.lines().filter(|line| !known.contains(line)).map(str::to_owned).collect::<Vec<_>>()
                    };
                    let (gone, come) = (changes(&old, &new), changes(&new, &old));
                    lost.push(format!("{slip:?} in {relative}\n  - {gone:#?}\n  + {come:#?}\n  {why}"));
                    continue;
                }
            };
            figures.0.entry(slip).or_default()[place] += 1;
        }
    }
    println!("{figures}");
    assert!(lost.is_empty(), "{}", lost.join("\n\n"));
}
