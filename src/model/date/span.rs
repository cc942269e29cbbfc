//! Spans of time.

use std::fmt;

use jiff::civil::Date;

use super::{CalendarUnit, EdtfDate};
use crate::model::Lang;

/// Every `Span` goes from the first day of one piece of the calendar to the last day of another, which is not before it:
/// `2021-2023`, `dal 10 novembre al 15 dicembre 2020`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub(super) first: CalendarUnit,
    pub(super) last: CalendarUnit,
}

impl Span {
    /// The piece of the calendar with which it begins.
    pub fn first(self) -> EdtfDate {
        self.first.into()
    }

    /// The piece of the calendar with which it ends.
    pub fn last(self) -> EdtfDate {
        self.last.into()
    }

    /// First day.
    pub fn earliest(self) -> Date {
        self.first.first_day()
    }

    /// Last day.
    pub fn latest(self) -> Date {
        self.last.last_day()
    }

    /// The two ends in plain words, with a dash between: `2021–2023`, `10 novembre 2020 – 15 dicembre 2020`.
    pub fn words(self, lang: Lang) -> String {
        let dash = if matches!((self.first, self.last), (CalendarUnit::Year(_), CalendarUnit::Year(_))) {
            "–"
        } else {
            " – "
        };
        format!("{}{dash}{}", self.first().words(lang), self.last().words(lang))
    }
}

impl fmt::Display for Span {
    /// The interval of EDTF, ISO 8601-2:2019 §4.4: `2021/2023`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first(), self.last())
    }
}
