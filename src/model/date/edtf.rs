//! Dates, their order, and their form in data (EDTF).

use std::cmp::Ordering;
use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Bound, CalendarUnit};

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
    pub(super) unit: CalendarUnit,
    pub(super) bound: Bound,
}

impl EdtfDate {
    /// A day; none outside the years 1000 to 9999.
    pub fn day(day: Date) -> Option<Self> {
        YEARS.contains(&day.year()).then(|| CalendarUnit::Day(day).into())
    }

    /// The piece of the calendar.
    pub(crate) fn unit(self) -> CalendarUnit {
        self.unit
    }

    /// Relation of the date to its piece of the calendar.
    pub(crate) fn bound(self) -> Bound {
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
pub(super) const YEARS: RangeInclusive<i16> = 1000..=9999;

/// EDTF's codes for sub-year groupings, ISO 8601-2:2019 §4.8.
pub(super) const FIRST_QUARTER: i8 = 33;
pub(super) const FIRST_SEMESTER: i8 = 40;
