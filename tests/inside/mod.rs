//! Tests that look inside the library: they are compiled into it. `tests/README.md` says what is where.

#[expect(clippy::disallowed_methods, reason = "a test is a site in a folder")]
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/dice.rs"]
mod dice;
#[path = "../common/edits.rs"]
mod edits;

mod cache;
mod days;
mod faults;
mod fields;
mod incremental;
mod lists;
mod manual;
mod mutations;
mod names;
mod publishing;
mod reading;
mod snapshots;
