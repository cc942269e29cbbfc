//! Pieces of the calendar.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A piece of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum CalendarUnit {
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
pub(crate) enum Bound {
    /// Within it: `giugno 2024`.
    In,
    /// At any time up to its end: `entro giugno 2024`.
    By,
    /// At any time from its beginning: `da giugno 2024`.
    From,
}

impl CalendarUnit {
    pub(super) fn first_day(self) -> Date {
        let (year, month) = match self {
            Self::Day(day) => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, 3 * quarter - 2),
            Self::Semester { year, semester } => (year, 6 * semester - 5),
            Self::Year(year) => (year, 1),
        };
        jiff::civil::date(year, month, 1)
    }

    pub(super) fn last_day(self) -> Date {
        let (year, month) = match self {
            Self::Day(day) => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, 3 * quarter),
            Self::Semester { year, semester } => (year, 6 * semester),
            Self::Year(year) => (year, 12),
        };
        jiff::civil::date(year, month, 1).last_of_month()
    }

    pub(super) fn rank(self) -> u8 {
        match self {
            Self::Day(_) => 0,
            Self::Month { .. } => 1,
            Self::Quarter { .. } => 2,
            Self::Semester { .. } => 3,
            Self::Year(_) => 4,
        }
    }
}
