//! All integration tests but those that must be alone in their process; `tests/README.md` says what is where.

#[expect(clippy::disallowed_methods, reason = "a test is a site in a folder")]
#[path = "../common/mod.rs"]
mod common;
#[path = "../common/edits.rs"]
mod edits;

mod architecture;
mod build;
mod cache;
mod circles;
mod data;
mod days;
mod faults;
mod feeds;
mod fix;
mod formats;
mod gate;
mod heads;
mod hostile;
mod incremental;
mod languages;
mod lists;
mod lsp;
mod manual;
mod messages;
mod mutations;
mod names;
mod new;
mod pages;
mod publishing;
mod read;
mod reading;
mod rules;
mod search;
mod serve;
mod snapshots;
mod texts;
mod twelve;
mod typing;
mod unread;
mod verdicts;
