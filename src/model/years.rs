//! Ranges of years.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::EdtfDate;

/// A closed range of years; `first` is never after `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Years {
    first: i16,
    last: i16,
}

impl Years {
    /// The range from `first` to `last`; none if it would be empty.
    pub(crate) fn new(first: i16, last: i16) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The years that a date may lie in; an open end reaches as far as years go.
    pub(crate) fn of(date: &EdtfDate) -> Option<Self> {
        Self::new(date.earliest().map_or(i16::MIN, Date::year), date.latest().map_or(i16::MAX, Date::year))
    }

    /// True if `year` is one of them.
    pub(crate) fn contains(self, year: i16) -> bool {
        self.first <= year && year <= self.last
    }

    /// The first year.
    pub(crate) fn first(self) -> i16 {
        self.first
    }

    /// The last year.
    pub(crate) fn last(self) -> i16 {
        self.last
    }
}
