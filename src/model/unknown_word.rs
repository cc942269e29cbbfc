//! Words that name nothing.

use thiserror::Error;

/// A word that names none of the things that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{written}` is none of {}", .known.join(", "))]
pub struct UnknownWord {
    /// The word as written.
    pub written: String,
    /// The keys that would have been understood, in their order.
    pub known: &'static [&'static str],
}
