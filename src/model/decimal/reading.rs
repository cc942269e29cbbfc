//! Numbers as they were read, with what is doubtful or wrong about their figures.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Decimal;

/// A number as read, and what a careful reader would ask the writer about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NumberReading {
    /// The number.
    pub(crate) value: Decimal,
    /// Set when other readers would take the same figures for another number.
    pub(crate) doubt: Option<Doubt>,
}

/// Doubt about figures that may have meant another number than the one read.
///
/// The graver one is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Doubt {
    /// Usual figures of the language, which are another number in another one: `1.500` is fifteen hundred in Italian
    /// and German, one and a half in English.
    Language,
    /// Figures that the language has in another way: `1.5` in Italian and German, `1,5` in English; and `1,500` in
    /// Italian and German, where programs that speak English mean thousands.
    Mark,
}

/// Error of figures that are not a number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecimalError {
    /// Nothing was written.
    #[error("there is no number")]
    Empty,
    /// The text is something else than figures.
    #[error("`{written}` is not a number")]
    NotANumber {
        /// The text.
        written: String,
    },
    /// The marks between the digits neither group by three nor set off decimals.
    #[error("`{written}` does not group its digits by three; without its marks it is {nearest}")]
    Grouping {
        /// The text.
        written: String,
        /// Number without the misplaced marks.
        nearest: Decimal,
    },
    /// More digits than an exact number can hold (28).
    #[error("`{written}` has too many digits")]
    TooLarge {
        /// The text.
        written: String,
    },
}
