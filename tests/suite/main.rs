//! All integration tests but those that must be alone in their process; `tests/README.md` says what is where.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/edits.rs"]
mod edits;

mod architecture;
mod build;
mod cache;
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
mod texts;
mod twelve;
mod typing;
mod unread;
mod verdicts;
