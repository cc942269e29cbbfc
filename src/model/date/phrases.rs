//! Phrases of dates, from the files of the languages.

use std::sync::LazyLock;

use crate::model::Lang;
use crate::model::language::AfterMonth;
use crate::model::language::phrases::{Table, lists, longest_first, table};
use crate::model::scan::Scanner;

use super::{Bound, CalendarUnit};

lists! {
    /// Words before the last month of a time, while figures after them are no date.
    pub(super) BEFORE_MONTHS = [], dates.by_before_words;
    /// Words around a date that say nothing about which one.
    pub(super) FILLERS = [], dates.fillers;
    /// Words that look like a date and are none.
    pub(super) NO_DATES = [], dates.no_dates;
    /// Words that make a certain date of the end of a period: its last day.
    pub(super) AT_THE_END = [], dates.at_the_end;
    /// Words after an open beginning that say it again.
    pub(super) ONWARDS = [], dates.onwards;
    /// Words before the beginning of a span.
    pub(super) SINCE = [], dates.span_from;
    /// Words before the end of such a span.
    pub(super) SPAN_ENDS = [], dates.span_to;
    /// Words between two bare ends of a span.
    pub(super) SPAN_JOINTS = [], dates.span_joints;
    /// Words before a span whose ends are joined by an "and".
    pub(super) BETWEEN = [], dates.between;
    /// The "and" between the ends of a span.
    pub(super) AND = [], dates.and;
    /// Names of spans of years.
    pub(super) SPAN_NAMES = [], dates.span_names;
    /// Names of a year, before its figures.
    pub(super) YEAR_NAMES = [], dates.year_names;
    /// Words between a part of a year and the year.
    pub(super) OF_YEAR = [], dates.of_year;
    /// Words between a day and its month.
    pub(super) OF_MONTH = [], dates.of_month;
    /// Endings of the figures of a day.
    pub(super) DAY_ENDINGS = [], dates.day_endings;
}

/// Names of months, each with its number and with what two figures after it are. A name that two languages share is the
/// first one's.
pub(super) static MONTH_NAMES: Table<(i8, AfterMonth)> = LazyLock::new(|| {
    let mut names: Vec<(&str, (i8, AfterMonth))> = Vec::new();
    for dates in Lang::ALL.iter().map(|lang| &lang.language().dates) {
        for (month, list) in (1..).zip(dates.month_names) {
            for name in list {
                if names.iter().all(|(known, _)| known != name) {
                    names.push((name, (month, dates.after_month)));
                }
            }
        }
    }
    longest_first(&mut names);
    names
});

/// Words before a bound.
pub(super) static BOUNDS: Table<Bound> = LazyLock::new(|| {
    table(&[], &[(Bound::By, |language| language.dates.by), (Bound::From, |language| language.dates.from)])
});

/// Parts of a period that have no day of their own, except when something is due by its end.
pub(super) static PARTS: Table<Part> = LazyLock::new(|| {
    table(&[], &[(Part::End, |language| language.dates.ends), (Part::Other, |language| language.dates.parts)])
});

/// Parts of a year whose word names the year as well.
pub(super) static PARTS_OF_YEAR: Table<Part> = LazyLock::new(|| {
    table(&[], &[(Part::End, |language| language.dates.year_ends), (Part::Other, |language| language.dates.year_parts)])
});

/// Ordinals of a day, a quarter or a half year.
pub(super) static ORDINALS: Table<Ordinal> = LazyLock::new(|| {
    let roman: [(Ordinal, &[&str]); 4] = [
        (Ordinal::Nth(1), &["i"]),
        (Ordinal::Nth(2), &["ii"]),
        (Ordinal::Nth(3), &["iii"]),
        (Ordinal::Nth(4), &["iv"]),
    ];
    table(
        &roman,
        &[
            (Ordinal::Nth(1), |language| language.dates.ordinals[0]),
            (Ordinal::Nth(2), |language| language.dates.ordinals[1]),
            (Ordinal::Nth(3), |language| language.dates.ordinals[2]),
            (Ordinal::Nth(4), |language| language.dates.ordinals[3]),
            (Ordinal::Last, |language| language.dates.last),
        ],
    )
});

/// Names of periods that are counted within a year.
pub(super) static PERIODS: Table<PeriodWord> = LazyLock::new(|| {
    table(
        &[],
        &[
            (PeriodWord::Quarter, |language| language.dates.quarters),
            (PeriodWord::Semester, |language| language.dates.half_years),
        ],
    )
});

/// Words between the two ends of a span.
#[derive(Clone, Copy)]
pub(super) enum Ends {
    /// `2021-2023`, `2016 bis 2022`.
    Bare,
    /// `dal 2021 al 2023`.
    Since,
    /// `tra il 2021 e il 2023`.
    Between,
}

impl Ends {
    pub(super) fn eat_joint(self, words: &mut Scanner<'_>) -> bool {
        match self {
            Self::Bare => words.eat_char(&['/', '-', '\u{2013}', '\u{2014}']).is_some() || words.eat_any(&SPAN_JOINTS),
            Self::Since => words.eat_any(&SPAN_ENDS),
            Self::Between => words.eat_any(&AND),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    End,
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordinal {
    Nth(i8),
    Last,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PeriodWord {
    Quarter,
    Semester,
}

impl PeriodWord {
    pub(super) fn of_year(self, ordinal: Ordinal, year: i16) -> Option<CalendarUnit> {
        let parts = match self {
            Self::Quarter => 4,
            Self::Semester => 2,
        };
        let nth = match ordinal {
            Ordinal::Nth(nth) => nth,
            Ordinal::Last => parts,
        };
        (1..=parts).contains(&nth).then_some(match self {
            Self::Quarter => CalendarUnit::Quarter { year, quarter: nth },
            Self::Semester => CalendarUnit::Semester { year, semester: nth },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_each_is_found<T: Copy>(table: &[(&str, T)]) {
        for (place, &(phrase, _)) in table.iter().enumerate() {
            let mut words = Scanner::new(phrase);
            let places = table.iter().enumerate().map(|(place, &(phrase, _))| (phrase, place)).collect::<Vec<_>>();
            assert_eq!(words.find(&places), Some(place), "{phrase} is hidden or there twice");
            assert!(words.is_done() || words.rest() == ".", "{phrase} is found in part");
        }
    }

    #[test]
    fn no_phrase_of_one_language_hides_one_of_another() {
        assert_each_is_found(&MONTH_NAMES);
        assert_each_is_found(&BOUNDS);
        assert_each_is_found(&PARTS);
        assert_each_is_found(&PARTS_OF_YEAR);
        assert_each_is_found(&ORDINALS);
        assert_each_is_found(&PERIODS);
        for filler in FILLERS.iter() {
            let mut words = Scanner::new(filler);
            assert!(words.find(&MONTH_NAMES).is_none(), "{filler} is a month");
            assert!(words.find(&ORDINALS).is_none(), "{filler} is an ordinal");
            assert!(words.find(&PARTS).is_none(), "{filler} is a part");
        }
    }
}
