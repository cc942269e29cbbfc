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

pub use actual::{Actual, Extent, Outcome};
pub use assume::Context;
pub use goal::{Basis, Direction, Goal, Target, TargetError};
pub use judge::Verdict;
pub use kinds::{Measure, Operator, Reason, TargetKind};
pub use sentence::Hint;

pub(crate) use unit::is_number;

#[cfg(test)]
mod tests;
