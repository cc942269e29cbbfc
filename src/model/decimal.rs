//! Exact numbers, read as offices write them in each language.

mod figures;
mod fraction;
mod grammar;
mod number;
mod reading;
mod words;

pub use number::Decimal;
pub use reading::DecimalError;
pub(crate) use reading::{Doubt, NumberReading};

pub(super) use fraction::Fraction;
pub(super) use grammar::SPOKEN_ZEROS;

#[cfg(test)]
pub(super) mod tests;
