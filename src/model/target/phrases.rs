//! Phrases of targets and outcomes, from the files of the languages.

use std::sync::LazyLock;

use crate::model::language::phrases::{Table, lists, table};

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

#[cfg(test)]
mod tests {
    use crate::model::decimal::SPOKEN_ZEROS;
    use crate::model::language::phrases::Phrases;
    use crate::model::scan::Scanner;

    use super::super::operators::OPERATORS;
    use super::*;

    /// A phrase is hidden by an earlier one of its table with which it begins.
    fn assert_each_is_found<T: Copy>(table: &[(&str, T)]) {
        let plain = table.iter().map(|&(phrase, _)| phrase).collect::<Vec<_>>();
        for phrase in &plain {
            let mut words = Scanner::new(phrase);
            assert!(words.eat_any(&plain) && words.is_done(), "{phrase} is hidden, {} is left", words.rest());
            assert_eq!(plain.iter().filter(|other| *other == phrase).count(), 1, "{phrase} is there twice");
        }
    }

    #[test]
    fn no_phrase_of_one_language_hides_one_of_another() {
        let alone = |phrases: &Phrases| phrases.iter().map(|&phrase| (phrase, ())).collect::<Vec<_>>();
        assert_each_is_found(&OPERATORS);
        assert_each_is_found(&CHANGES);
        assert_each_is_found(&CHANGES_AFTER);
        assert_each_is_found(&SPOKEN_ZEROS);
        for phrases in [&PERCENT, &RANGES, &WITHIN] {
            assert_each_is_found(&alone(phrases));
        }
        // Whole texts and beginnings of targets are one table: none of them may be two things.
        let openings = OPERATORS.iter().map(|(phrase, _)| *phrase);
        let openings = openings.chain(CHANGES.iter().map(|(phrase, _)| *phrase));
        let openings = openings.chain(RANGES.iter().chain(WITHIN.iter()).copied());
        let whole = NONE.iter().chain(YES.iter()).chain(NO.iter()).copied().collect::<Vec<_>>();
        for (place, phrase) in whole.iter().enumerate() {
            assert!(!Scanner::new(phrase).is_any(&whole[..place]), "{phrase} stands for two things");
        }
        for opening in openings {
            assert!(!Scanner::new(opening).is_any(&whole), "{opening} is no target by itself");
        }
    }
}
