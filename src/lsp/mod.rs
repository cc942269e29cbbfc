//! A language server: an editor gets the problems while a text is typed, saved or not (Language Server Protocol 3.17).
//!
//! One thread answers, from the result of the last check; another checks. Texts that change during a check are checked
//! next, and the problems of a text that has changed since aren't shown.

mod checker;
mod complete;
mod context;
mod cursor;
mod documents;
mod fixes;
mod hover;
mod initialize;
mod links;
mod names;
mod navigate;
mod outline;
mod rename;
mod rename_links;
mod session;
mod text;
mod transport;
mod uri;
mod workspace;

pub(crate) use names::known;
pub use session::{Ended, run};
