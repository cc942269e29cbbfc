//! Dates as offices write them: a certain piece of the calendar, or a bound on one.

mod grammar;
mod note;
mod phrases;
mod span;
mod words;

use std::cmp::Ordering;
use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use span::Span;
pub(super) use words::is_month;

/// Every `EdtfDate` is a real day, month, quarter, half year or year between 1000 and 9999, taken
/// as such, as the latest moment (`../2017-06-30`) or as the earliest (`2024-03/..`).
///
/// Written as EDTF (ISO 8601-2:2019): quarters are the sub-year groupings 33 to 36, half years
/// 40 and 41.
///
/// The order is by first possible day (an open beginning comes before all), then by last possible
/// day (an open end comes after all), then the shorter piece of the calendar first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct EdtfDate {
    unit: CalendarUnit,
    bound: Bound,
}

/// A piece of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CalendarUnit {
    /// One day.
    Day(Date),
    /// A month, 1 to 12, of a year.
    Month {
        /// The year.
        year: i16,
        /// 1 for January.
        month: i8,
    },
    /// A quarter, 1 to 4, of a year.
    Quarter {
        /// The year.
        year: i16,
        /// 1 for January to March.
        quarter: i8,
    },
    /// A half, 1 or 2, of a year.
    Semester {
        /// The year.
        year: i16,
        /// 1 for January to June.
        semester: i8,
    },
    /// A whole year.
    Year(i16),
}

/// Relation of a date to its piece of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// Within it: `giugno 2024`.
    In,
    /// At any time up to its end: `entro giugno 2024`.
    By,
    /// At any time from its beginning: `da giugno 2024`.
    From,
}

/// Error of words that are not a date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// Nothing was written.
    #[error("there is no date")]
    Empty,
    /// The text is no date that is known.
    #[error("`{written}` is not a date")]
    Unreadable {
        /// The text.
        written: String,
    },
    /// A date without a year, where no year is known for it.
    #[error("`{written}` does not say the year")]
    MissingYear {
        /// The text.
        written: String,
    },
    /// A year of two digits, which may be of any century.
    #[error("`{written}` has a year of two digits, `{year}`")]
    TwoDigitYear {
        /// The text.
        written: String,
        /// The two digits.
        year: String,
    },
    /// A year outside 1000 to 9999.
    #[error("`{written}` is of the year {year}, which is not between 1000 and 9999")]
    YearOutOfRange {
        /// The text.
        written: String,
        /// The year.
        year: i16,
    },
    /// A day or month that the calendar does not have, such as 31/02.
    #[error("`{written}` is not in the calendar")]
    Impossible {
        /// The text.
        written: String,
        /// The last day of that month, or the day with day and month swapped.
        nearest: Option<EdtfDate>,
    },
    /// The beginning, middle or end of something, without a day that can be kept.
    #[error("`{written}` does not say until when; `{nearest}` would")]
    Vague {
        /// The text.
        written: String,
        /// The certain date nearest to it.
        nearest: EdtfDate,
    },
    /// A span with a start and an end: these are two dates, in two fields.
    #[error("`{written}` is a span of time, not a date")]
    Span {
        /// The text.
        written: String,
        /// The span that it is.
        span: Span,
    },
    /// A span whose end is before its start.
    #[error("{end} is before {start}")]
    Backwards {
        /// Its beginning.
        start: EdtfDate,
        /// Its end.
        end: EdtfDate,
    },
}

impl EdtfDate {
    /// Reads a date in any of the languages, ISO 8601 or EDTF: `31/12/2020`, `2 dicembre 2023`,
    /// `2. Dezember 2023`, `giugno 2024`, `Ultimo trimestre 2016`, `2016-Q4`, `I semestre 2021`,
    /// `2022`, `entro il 30 Giugno`, `bis 30. Juni`, `da marzo 2024`, `alla fine del 2021`, `2022 - 4° trimestre`,
    /// `2016-36`. A note in brackets after it ([`EdtfDate::note`]) says nothing about which date it is.
    ///
    /// `year` is the year of the date's record, for dates without a year.
    pub fn read(text: &str, year: Option<i16>) -> Result<Self, DateError> {
        grammar::date(text, year)
    }

    /// The note in brackets that a date is written with: `in corso` of `da ottobre 2020 (in corso)`. What could be another
    /// date or a figure is none.
    pub fn note(text: &str) -> Option<&str> {
        note::split(text).1
    }

    /// A day; none outside the years 1000 to 9999.
    pub fn day(day: Date) -> Option<Self> {
        YEARS.contains(&day.year()).then(|| CalendarUnit::Day(day).into())
    }

    /// The piece of the calendar.
    pub fn unit(self) -> CalendarUnit {
        self.unit
    }

    /// Relation of the date to its piece of the calendar.
    pub fn bound(self) -> Bound {
        self.bound
    }

    /// The first possible day; `None` if any earlier day would do.
    pub fn earliest(self) -> Option<Date> {
        (self.bound != Bound::By).then(|| self.unit.first_day())
    }

    /// The last possible day, after which it is late; `None` if any later day would do.
    pub fn latest(self) -> Option<Date> {
        (self.bound != Bound::From).then(|| self.unit.last_day())
    }

    /// Variant with the piece of the calendar as the latest moment.
    pub fn as_deadline(self) -> Self {
        Self { bound: Bound::By, ..self }
    }

    /// Key of the order. An open beginning is the least `Option`; an open end is told by the
    /// first half of its pair.
    fn order(self) -> (Option<Date>, (bool, Option<Date>), u8) {
        let latest = self.latest();
        (self.earliest(), (latest.is_none(), latest), self.unit.rank())
    }
}

impl From<CalendarUnit> for EdtfDate {
    /// Within it.
    fn from(unit: CalendarUnit) -> Self {
        Self { unit, bound: Bound::In }
    }
}

impl Ord for EdtfDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for EdtfDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for EdtfDate {
    /// EDTF: `2020-12-31`, `2016-36`, `../2017-06-30`, `2024-03/..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bound == Bound::By {
            f.write_str("../")?;
        }
        match self.unit {
            CalendarUnit::Day(day) => write!(f, "{day}")?,
            CalendarUnit::Month { year, month } => write!(f, "{year}-{month:02}")?,
            CalendarUnit::Quarter { year, quarter } => write!(f, "{year}-{}", FIRST_QUARTER - 1 + quarter)?,
            CalendarUnit::Semester { year, semester } => {
                write!(f, "{year}-{}", FIRST_SEMESTER - 1 + semester)?;
            }
            CalendarUnit::Year(year) => write!(f, "{year}")?,
        }
        if self.bound == Bound::From {
            f.write_str("/..")?;
        }
        Ok(())
    }
}

/// The years that offices write, with four figures.
const YEARS: RangeInclusive<i16> = 1000..=9999;

/// EDTF's codes for sub-year groupings, ISO 8601-2:2019 §4.8.
const FIRST_QUARTER: i8 = 33;
const FIRST_SEMESTER: i8 = 40;

impl CalendarUnit {
    fn first_day(self) -> Date {
        let (year, month) = match self {
            Self::Day(day) => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, 3 * quarter - 2),
            Self::Semester { year, semester } => (year, 6 * semester - 5),
            Self::Year(year) => (year, 1),
        };
        jiff::civil::date(year, month, 1)
    }

    fn last_day(self) -> Date {
        let (year, month) = match self {
            Self::Day(day) => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, 3 * quarter),
            Self::Semester { year, semester } => (year, 6 * semester),
            Self::Year(year) => (year, 12),
        };
        jiff::civil::date(year, month, 1).last_of_month()
    }

    fn rank(self) -> u8 {
        match self {
            Self::Day(_) => 0,
            Self::Month { .. } => 1,
            Self::Quarter { .. } => 2,
            Self::Semester { .. } => 3,
            Self::Year(_) => 4,
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
