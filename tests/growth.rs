//! Time and memory grow with the input and not with its square, whatever list of a site is long.

// A release counts no work.
#![cfg(debug_assertions)]
#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

#[expect(dead_code, reason = "the tests of building use the rest")]
mod common;
#[path = "growth/kinds.rs"]
mod kinds;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use common::SiteTest;
use kinds::{KEYS, Kind, RECORDS, TEXTS};
use rayon::prelude::*;
use vetro::internals::counted;
use vetro::{Code, Drafts, Format, Lang, Messages, Options, Session, SourceTree, locate, print};
use wait4::Wait4;

/// Entries of a list of records, most of which have a page, and of other lists, in the smallest of three sites.
const RECORDS_LAID: usize = 100;
const LAID: usize = 250;

/// The files of a site in which a list has so many entries.
fn files(kind: &Kind, n: usize) -> BTreeMap<String, String> {
    let base = [
        ("site.toml", "[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\n"),
        ("content/units.yaml", "- {id: comune, name: Comune di Prova, kind: comune}\n"),
    ];
    let base = base.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    base.chain(kind.1(n)).collect()
}

/// The steps of work and the bytes that come of a site: of its files, and of all that is told of it.
fn work_of(kind: &Kind, n: usize) -> [usize; 2] {
    let tree = SourceTree::from_texts(&files(kind, n));
    let options = Options { as_of: common::TODAY, base: None, drafts: Drafts::Exclude, profiles: None };
    let before = counted();
    let (edition, report) = Session::once(&tree, &options);
    let mut told = Vec::new();
    let messages = Messages::new(Lang::It);
    for format in [Format::Human { colour: false }, Format::Sarif] {
        print(&locate(&tree, &report), format, &messages, &mut told).expect("memory takes all");
    }
    let made = edition.filter(|_| report.errors() == 0).map_or(0, |edition| {
        let files = edition.files(&tree).expect("addresses are paths");
        let length = |file: &vetro::OutputFile<'_>| {
            let mut bytes = Vec::new();
            file.make(&mut bytes).expect("a file can be made");
            bytes.len()
        };
        files.par_iter().map(length).sum()
    });
    [counted() - before, told.len() + made]
}

#[test]
fn no_list_costs_more_than_its_length() {
    let _alone = COUNTING.lock();
    let mut beyond = Vec::new();
    for (kinds, n) in [(RECORDS, RECORDS_LAID), (KEYS, LAID), (TEXTS, LAID)] {
        for kind in kinds {
            let [once, twice, thrice] = [n, 2 * n, 3 * n].map(|n| work_of(kind, n));
            for (which, name, slack) in [(0, "steps", 10 * n), (1, "bytes", 200 * n)] {
                let found = [once[which], twice[which], thrice[which]];
                if grows(found, slack) {
                    beyond.push(format!("{}: {found:?} {name}", kind.0));
                }
            }
        }
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}

/// The count is of the whole process: one test counts at a time.
static COUNTING: Mutex<()> = Mutex::new(());

/// True if the last third of a list costs more than the second, by more than a quarter and some slack.
fn grows([once, twice, thrice]: [usize; 3], slack: usize) -> bool {
    let (second, third) = (twice.saturating_sub(once), thrice.saturating_sub(twice));
    third > second + second / 4 + slack
}

#[test]
fn a_list_that_costs_the_square_of_its_length_is_found() {
    let of = |cost: fn(usize) -> usize| [1, 2, 3].map(|part| cost(part * LAID));
    assert!(!grows(of(|n| 5_000 + 90 * n), 10 * LAID));
    assert!(grows(of(|n| 5_000 + 90 * n + n * n / 2), 10 * LAID));
}

#[test]
fn work_of_more_sheets_than_a_page_lists_is_told_once() {
    let _alone = COUNTING.lock();
    let continuing = RECORDS.iter().find(|kind| kind.0 == "years that go on").expect("a kind");
    for (n, told) in [(100, 0), (101, 1), (150, 1)] {
        let tree = SourceTree::from_texts(&files(continuing, n));
        let options = Options { as_of: common::TODAY, base: None, drafts: Drafts::Exclude, profiles: None };
        let (_, report) = Session::once(&tree, &options);
        assert_eq!(report.iter().filter(|problem| problem.code == Code::LongContinuation).count(), told, "{n}");
    }
}

/// Prints the CPU time and the most memory of `vetro build` with each long list. `GROWTH_SIZES` are the numbers of
/// entries, `GROWTH_ONLY` is the name of the only kind that is wanted, and `VETRO` the binary.
#[test]
#[ignore = "takes minutes: cargo test --release --test growth -- --ignored --nocapture"]
fn no_list_of_fifty_thousand_entries_takes_ten_seconds_or_a_gibibyte() {
    let given = |name: &str, or: &str| std::env::var(name).unwrap_or_else(|_| or.to_owned());
    let sizes = given("GROWTH_SIZES", "12500,25000,50000");
    let sizes: Vec<usize> = sizes.split(',').map(|size| size.parse().expect("a number")).collect();
    let (only, vetro) = (given("GROWTH_ONLY", ""), given("VETRO", env!("CARGO_BIN_EXE_vetro")));
    let mut beyond = Vec::new();
    for kind in [RECORDS, KEYS, TEXTS]
        .into_iter()
        .flatten()
        .filter(|kind| only.is_empty() || kind.0 == only)
    {
        let mut line = format!("{:<32}", kind.0);
        for n in &sizes {
            let site = SiteTest::new();
            files(kind, *n).iter().for_each(|(path, text)| site.write(path, text));
            let mut command = Command::new(&vetro);
            command.args(["build", "--as-of", "2026-11-22", "--root", site.root().as_str()]);
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            let used = command.spawn().expect("it runs").wait4().expect("it ends");
            let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
            let memory = used.rusage.maxrss / (1 << 20);
            let code = used.status.code().map_or("killed".to_owned(), |code| code.to_string());
            line += &format!("{n:>8}: {cpu:>6.2} s {memory:>5} MiB ({code})");
            if cpu > 10.0 || memory > 1024 || code == "killed" {
                beyond.push(format!("{} of {n}", kind.0));
                break;
            }
        }
        println!("{line}");
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}
