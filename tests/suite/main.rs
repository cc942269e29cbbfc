//! All integration tests but those that must be alone in their process; `tests/README.md` says what is where.

#[expect(clippy::disallowed_methods, reason = "a test is a site in a folder")]
#[path = "../common/mod.rs"]
mod common;

mod architecture;
mod build;
mod circles;
mod data;
mod feeds;
mod fix;
mod formats;
mod gate;
mod heads;
mod hostile;
mod languages;
mod lsp;
mod messages;
mod new;
mod pages;
mod read;
mod rules;
mod search;
mod serve;
mod texts;
mod twelve;
mod typing;
mod unread;
mod verdicts;
