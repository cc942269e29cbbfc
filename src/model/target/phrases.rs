//! Phrases of targets and outcomes, from the files of the languages.

use std::sync::LazyLock;

use crate::model::language::{Table, lists, table};

lists! {
    /// Whole texts that stand for nothing yet.
    pub(super) NONE = [
        "-", "--", "\u{2013}", "\u{2014}", "/", "...", "\u{2026}", "?", "n.d.", "n.d", "nd", "n/d", "n. d.", "n/a",
        "n.a.", "n.a",
    ], targets.none;
    /// Whole texts that say that something is done.
    pub(super) YES = [], targets.yes;
    /// Whole texts that say that something isn't done.
    pub(super) NO = [], targets.no;
    /// Marks before a count.
    pub(super) COUNT_MARKS = ["n.", "n°", "nº", "n", "nr.", "nr"], targets.count_marks;
    /// Sign and words of percents.
    pub(super) PERCENT = ["%"], figures.percents;
    /// Words before a range.
    pub(super) RANGES = [], targets.ranges;
    /// Words between the figures of a range.
    pub(super) AND = [], targets.and;
    /// Words between a part and its whole.
    pub(super) OUT_OF = [], targets.out_of;
    /// Words that show that more is meant than a figure and its unit.
    pub(super) NOT_A_UNIT = ["euro", "eur"], targets.no_units;
    /// Words before what a change is measured against.
    pub(super) REFERENCES = [], targets.references;
    /// Words before a length of time that must not be passed.
    pub(super) WITHIN = [], targets.within;
    /// Names of points of a percentage.
    pub(super) PERCENT_POINTS = ["p.p."], targets.percent_points;
    /// Names of percents as a unit of measure.
    pub(super) PERCENT_UNITS = [], targets.percent_units;
    /// Beginnings of titles that promise less of something.
    pub(super) LESS = [], targets.less;
    /// Beginnings of titles of indicators that count a length of time.
    pub(super) DURATIONS = [], targets.durations;
}

/// Words of a change before its figure; true if it is a rise.
pub(super) static CHANGES: Table<bool> = LazyLock::new(|| {
    table(&[], &[(true, |language| language.targets.rises), (false, |language| language.targets.falls)])
});

/// Words of a change right after its figure: `5% in più`.
pub(super) static CHANGES_AFTER: Table<bool> = LazyLock::new(|| {
    table(&[], &[(true, |language| language.targets.rises_after), (false, |language| language.targets.falls_after)])
});

/// Words of a change after what is counted: `20 agenti in più`.
pub(super) static CHANGES_AFTER_NOUN: Table<bool> = LazyLock::new(|| {
    table(
        &[],
        &[(true, |language| language.targets.rises_after_noun), (false, |language| language.targets.falls_after_noun)],
    )
});
