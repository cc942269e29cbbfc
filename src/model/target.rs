//! Targets of indicators, their outcomes, and verdicts on both.

mod actual;
mod assume;
mod change;
mod goal;
mod grammar;
mod judge;
mod kinds;
mod operators;
mod outcome;
mod phrases;
mod quantity;
mod sentence;
mod token;
mod unit;
mod words;

pub use actual::Actual;
pub(crate) use actual::{Extent, Outcome};
pub use assume::Context;
pub(crate) use goal::{Basis, Goal};
pub use goal::{Direction, Target, TargetError};
pub use judge::Verdict;
pub(crate) use kinds::Measure;
pub use kinds::{Operator, Reason, TargetKind};
pub(crate) use sentence::Hint;

pub(crate) use unit::is_number;

#[cfg(test)]
mod tests;
