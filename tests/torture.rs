//! Builds that are killed, find the disk full, or find what they keep damaged; and edits with their times put back: the
//! published folder is whole at any time, and the next build makes of it what a build from nothing makes.
//!
//! Each round is a function of its number. A few of each kind run here, and many by `tests/torture`.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

#[expect(dead_code, reason = "the tests of building use the rest")]
mod common;
#[path = "common/dice.rs"]
mod dice;
#[path = "common/edits.rs"]
mod edits;
mod rounds {
    pub(crate) mod disks;
    pub(crate) mod found;
    pub(crate) mod kills;
    pub(crate) mod place;
    pub(crate) mod run;
    pub(crate) mod saves;
    pub(crate) mod stores;
}

use std::time::{Duration, Instant};

use rayon::prelude::*;
use rounds::found::{Fault, Found};
use rounds::{disks, kills, saves, stores};

type Round = fn(u64, &mut Found);

/// The kinds of rounds, and how many of each are tried with all other tests.
const KINDS: [(&str, Round, u64); 6] = [
    ("killed builds", kills::build, 6),
    ("other kills", kills::others, 4),
    ("full disks", disks::full, 6),
    ("damaged stores", stores::damage, 8),
    ("forged stores", stores::forge, 5),
    ("edits", saves::edits, 2),
];

/// Runs one round; what it finds names it.
fn found((name, round, _): (&str, Round, u64), seed: u64) -> Found {
    let mut found = Found::default();
    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| round(seed, &mut found))).is_err() {
        found.add(Fault::Other, "the round itself failed");
    }
    found.rounds += 1;
    let again = format!("VETRO_ROUND=\"{name} {seed}\" cargo test --test torture -- --ignored one_round");
    found.told.iter_mut().for_each(|told| *told = format!("{again}\n  {told}"));
    found
}

/// Runs rounds side by side, and finds nothing.
fn nothing_is_found(kind: usize) {
    let kind = KINDS[kind];
    let found: Vec<Found> = (1..=kind.2).into_par_iter().map(|seed| found(kind, seed)).collect();
    let told: Vec<String> = found.into_iter().flat_map(|found| found.told).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_build_that_is_killed_leaves_whole_pages_and_the_next_one_a_whole_site() {
    nothing_is_found(0);
}

#[test]
fn a_server_a_new_sheet_and_a_repair_that_are_killed_leave_whole_files() {
    nothing_is_found(1);
}

#[test]
fn a_disk_that_stands_in_the_way_is_named_and_leaves_the_site_as_it_was() {
    nothing_is_found(2);
}

#[test]
fn what_is_kept_may_be_damaged_and_no_page_is_wrong() {
    nothing_is_found(3);
}

#[test]
fn what_is_kept_may_be_forged_and_the_program_comes_to_an_end() {
    nothing_is_found(4);
}

#[test]
fn an_edit_is_published_whatever_its_time() {
    nothing_is_found(5);
}

#[test]
#[ignore = "one round again, by its name and number in VETRO_ROUND"]
fn one_round() {
    let wanted = std::env::var("VETRO_ROUND").expect("VETRO_ROUND names a kind and a number");
    let (name, seed) = wanted.rsplit_once(' ').expect("a kind and a number");
    let kind = KINDS.into_iter().find(|kind| kind.0 == name).expect("a kind");
    let found = found(kind, seed.parse().expect("a number"));
    assert!(found.told.is_empty(), "{}", found.told.join("\n"));
}

#[test]
#[ignore = "runs for the minutes in VETRO_MINUTES: tests/torture"]
fn many_rounds() {
    let minutes: u64 = std::env::var("VETRO_MINUTES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let mut all: [Found; KINDS.len()] = Default::default();
    let mut seeds = 1..;
    while Instant::now() < end {
        let seeds: Vec<u64> = seeds.by_ref().take(8).collect();
        let rounds: Vec<(usize, u64)> =
            (0..KINDS.len()).flat_map(|kind| seeds.iter().map(move |seed| (kind, *seed))).collect();
        let found: Vec<(usize, Found)> =
            rounds.into_par_iter().map(|(kind, seed)| (kind, found(KINDS[kind], seed))).collect();
        for (kind, found) in found {
            found.told.iter().for_each(|told| println!("{told}"));
            all[kind].extend(found);
        }
    }
    print!("{:<16}", "");
    Found::HEAD.iter().for_each(|head| print!("{head:>10}"));
    println!();
    KINDS.iter().zip(&all).for_each(|((name, ..), found)| println!("{name:<16}{found}"));
    assert!(all.iter().all(|found| found.told.is_empty()));
}
