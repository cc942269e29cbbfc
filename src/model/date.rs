//! Dates as offices write them: a certain piece of the calendar, or a bound on one.

mod calendar;
mod edtf;
mod error;
mod grammar;
mod note;
mod phrases;
mod span;
mod words;

pub(crate) use calendar::{Bound, CalendarUnit};
pub use edtf::EdtfDate;
pub use error::DateError;
pub use span::Span;

pub(super) use words::is_month;

#[cfg(test)]
pub(super) mod tests;
