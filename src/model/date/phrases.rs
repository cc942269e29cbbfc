//! The words of dates, in tables. Of two phrases that begin alike the longer one comes first.

use crate::model::Lang;
use crate::model::scan::Scanner;

use super::{Bound, CalendarUnit};

/// A month as written. English ones may have their day after them; those that are German too are given as German, where
/// `August 24` is of the year 2024.
pub(super) const MONTH_NAMES: &[(&str, (i8, Lang))] = &[
    ("gennaio", (1, Lang::It)),
    ("january", (1, Lang::En)),
    ("gen", (1, Lang::It)),
    ("jan", (1, Lang::De)),
    ("januar", (1, Lang::De)),
    ("jänner", (1, Lang::De)),
    ("jän", (1, Lang::De)),
    ("febbraio", (2, Lang::It)),
    ("february", (2, Lang::En)),
    ("feb", (2, Lang::It)),
    ("februar", (2, Lang::De)),
    ("feber", (2, Lang::De)),
    ("marzo", (3, Lang::It)),
    ("march", (3, Lang::En)),
    ("mar", (3, Lang::It)),
    ("märz", (3, Lang::De)),
    ("mär", (3, Lang::De)),
    ("mrz", (3, Lang::De)),
    ("aprile", (4, Lang::It)),
    ("april", (4, Lang::De)),
    ("apr", (4, Lang::It)),
    ("maggio", (5, Lang::It)),
    ("may", (5, Lang::En)),
    ("mag", (5, Lang::It)),
    ("mai", (5, Lang::De)),
    ("giugno", (6, Lang::It)),
    ("june", (6, Lang::En)),
    ("giu", (6, Lang::It)),
    ("jun", (6, Lang::De)),
    ("juni", (6, Lang::De)),
    ("luglio", (7, Lang::It)),
    ("july", (7, Lang::En)),
    ("lug", (7, Lang::It)),
    ("jul", (7, Lang::De)),
    ("juli", (7, Lang::De)),
    ("agosto", (8, Lang::It)),
    ("august", (8, Lang::De)),
    ("ago", (8, Lang::It)),
    ("aug", (8, Lang::De)),
    ("settembre", (9, Lang::It)),
    ("september", (9, Lang::De)),
    ("sett", (9, Lang::It)),
    ("sept", (9, Lang::De)),
    ("set", (9, Lang::It)),
    ("sep", (9, Lang::De)),
    ("ottobre", (10, Lang::It)),
    ("october", (10, Lang::En)),
    ("ott", (10, Lang::It)),
    ("oct", (10, Lang::En)),
    ("oktober", (10, Lang::De)),
    ("okt", (10, Lang::De)),
    ("novembre", (11, Lang::It)),
    ("november", (11, Lang::De)),
    ("nov", (11, Lang::It)),
    ("dicembre", (12, Lang::It)),
    ("december", (12, Lang::En)),
    ("dic", (12, Lang::It)),
    ("dec", (12, Lang::En)),
    ("dezember", (12, Lang::De)),
    ("dez", (12, Lang::De)),
];

pub(super) const BOUNDS: &[(&str, Bound)] = &[
    ("fino a tutto", Bound::By),
    ("fino all'", Bound::By),
    ("fino alla", Bound::By),
    ("fino allo", Bound::By),
    ("fino al", Bound::By),
    ("sino all'", Bound::By),
    ("sino alla", Bound::By),
    ("sino al", Bound::By),
    ("until", Bound::By),
    ("till", Bound::By),
    ("entro e non oltre", Bound::By),
    ("entro", Bound::By),
    ("non oltre", Bound::By),
    ("al piu tardi", Bound::By),
    ("no later than", Bound::By),
    ("not later than", Bound::By),
    ("at the latest", Bound::By),
    ("within", Bound::By),
    ("by", Bound::By),
    ("bis spätestens zum", Bound::By),
    ("bis spätestens", Bound::By),
    ("bis einschließlich", Bound::By),
    ("bis zum", Bound::By),
    ("bis zur", Bound::By),
    ("bis", Bound::By),
    ("spätestens bis zum", Bound::By),
    ("spätestens bis", Bound::By),
    ("spätestens", Bound::By),
    ("nicht später als", Bound::By),
    ("innerhalb", Bound::By),
    ("binnen", Bound::By),
    ("a partire dall'", Bound::From),
    ("a partire dalla", Bound::From),
    ("a partire dal", Bound::From),
    ("a partire da", Bound::From),
    ("a decorrere dall'", Bound::From),
    ("a decorrere dalla", Bound::From),
    ("a decorrere dal", Bound::From),
    ("a decorrere da", Bound::From),
    ("a far data dall'", Bound::From),
    ("a far data dalla", Bound::From),
    ("a far data dal", Bound::From),
    ("a far data da", Bound::From),
    ("con decorrenza dall'", Bound::From),
    ("con decorrenza dalla", Bound::From),
    ("con decorrenza dal", Bound::From),
    ("con decorrenza da", Bound::From),
    ("con effetto dall'", Bound::From),
    ("con effetto dal", Bound::From),
    ("con effetto da", Bound::From),
    ("dall'", Bound::From),
    ("dalla", Bound::From),
    ("dal", Bound::From),
    ("da", Bound::From),
    ("starting from", Bound::From),
    ("starting in", Bound::From),
    ("starting on", Bound::From),
    ("since", Bound::From),
    ("from", Bound::From),
    ("beginnend mit", Bound::From),
    ("ab", Bound::From),
    ("seit", Bound::From),
];

/// Words around a date that say nothing about which one.
pub(super) const FILLERS: &[&str] = &[
    "alla data del",
    "la data del",
    "il termine del",
    "in data",
    "il giorno",
    "il mese di",
    "nel mese di",
    "mese di",
    "nel corso dell'",
    "nel corso del",
    "nell'arco dell'",
    "nell'arco del",
    "durante",
    "nell'",
    "nel",
    "dell'",
    "del",
    "di",
    "all'",
    "alla",
    "al",
    "a",
    "il",
    "lo",
    "la",
    "l'",
    "in the course of",
    "the month of",
    "during",
    "in",
    "on",
    "of",
    "the",
    "im laufe",
    "im lauf",
    "im monat",
    "des monats",
    "mit datum",
    "am",
    "im",
    "vom",
    "von",
    "zum",
    "zur",
    "der",
    "des",
    "dem",
    "den",
    "das",
    "die",
];

/// Parts of a period that have no day of their own, except when something is due by its end.
pub(super) const PARTS: &[(&str, Part)] = &[
    ("fine", Part::End),
    ("end", Part::End),
    ("inizio", Part::Other),
    ("inizi", Part::Other),
    ("meta", Part::Other),
    ("early", Part::Other),
    ("beginning", Part::Other),
    ("start", Part::Other),
    ("middle", Part::Other),
    ("mid", Part::Other),
    ("late", Part::Other),
    ("ende", Part::End),
    ("anfang", Part::Other),
    ("beginn", Part::Other),
    ("mitte", Part::Other),
];

/// What stands before the last month of a time, and before figures is no date.
pub(super) const BEFORE_MONTHS: &[&str] = &["fino a", "sino a"];

/// What stands before the beginning of a span.
pub(super) const SINCE: &[&str] = &["dall'", "dalla", "dal", "da", "from", "vom", "von"];

/// What stands before the end of such a span.
pub(super) const ENDS: &[&str] =
    &["fino all'", "fino alla", "fino al", "fino a", "all'", "alla", "al", "a", "to", "until", "till", "bis"];

/// What stands before a span whose ends are joined by an "and".
pub(super) const BETWEEN: &[&str] = &["tra", "fra", "between", "zwischen"];

/// How the two ends of a span are told apart.
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
            Self::Bare => {
                words.eat_char(&['/', '-', '\u{2013}', '\u{2014}']).is_some() || words.eat_any(&["bis", "to"])
            }
            Self::Since => words.eat_any(ENDS),
            Self::Between => words.eat_any(&["e", "and", "und"]),
        }
    }
}

/// What spans of years are called.
pub(super) const SPAN_NAMES: &[&str] = &[
    "anno scolastico",
    "anno accademico",
    "anno",
    "a.s.",
    "a.a.",
    "anni",
    "annualita",
    "biennio",
    "triennio",
    "quadriennio",
    "quinquennio",
    "periodo",
    "school year",
    "academic year",
    "years",
    "schuljahr",
    "jahren",
    "jahre",
    "zeitraum",
];

/// What makes a certain date of the end of a period: its last day.
pub(super) const AT_THE_END: &[&str] = &["alla fine", "at the end", "am ende", "zum ende"];

/// What a year is called, before its figures.
pub(super) const YEAR_NAMES: &[&str] = &[
    "anno finanziario",
    "anno solare",
    "anno",
    "esercizio finanziario",
    "esercizio",
    "annualita",
    "the year",
    "year",
    "jahres",
    "jahre",
    "jahr",
];

/// What follows an open beginning and says it again.
pub(super) const ONWARDS: &[&str] = &["in poi", "in avanti", "onwards", "onward"];

/// The same parts where the German word for them names the year as well.
pub(super) const PARTS_OF_YEAR: &[(&str, Part)] = &[
    ("jahresende", Part::End),
    ("jahresanfang", Part::Other),
    ("jahresbeginn", Part::Other),
    ("jahresmitte", Part::Other),
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    End,
    Other,
}

pub(super) const ORDINALS: &[(&str, Ordinal)] = &[
    ("primo", Ordinal::Nth(1)),
    ("prima", Ordinal::Nth(1)),
    ("first", Ordinal::Nth(1)),
    ("secondo", Ordinal::Nth(2)),
    ("seconda", Ordinal::Nth(2)),
    ("second", Ordinal::Nth(2)),
    ("terzo", Ordinal::Nth(3)),
    ("third", Ordinal::Nth(3)),
    ("quarto", Ordinal::Nth(4)),
    ("fourth", Ordinal::Nth(4)),
    ("ultimo", Ordinal::Last),
    ("ultima", Ordinal::Last),
    ("last", Ordinal::Last),
    ("erstes", Ordinal::Nth(1)),
    ("ersten", Ordinal::Nth(1)),
    ("erste", Ordinal::Nth(1)),
    ("zweites", Ordinal::Nth(2)),
    ("zweiten", Ordinal::Nth(2)),
    ("zweite", Ordinal::Nth(2)),
    ("drittes", Ordinal::Nth(3)),
    ("dritten", Ordinal::Nth(3)),
    ("dritte", Ordinal::Nth(3)),
    ("viertes", Ordinal::Nth(4)),
    ("vierten", Ordinal::Nth(4)),
    ("vierte", Ordinal::Nth(4)),
    ("letztes", Ordinal::Last),
    ("letzten", Ordinal::Last),
    ("letzte", Ordinal::Last),
    ("iv", Ordinal::Nth(4)),
    ("iii", Ordinal::Nth(3)),
    ("ii", Ordinal::Nth(2)),
    ("i", Ordinal::Nth(1)),
];

#[derive(Clone, Copy)]
pub(super) enum Ordinal {
    Nth(i8),
    Last,
}

/// What a period that is counted within a year is called.
pub(super) const PERIODS: &[(&str, PeriodWord)] = &[
    ("trimestre", PeriodWord::Quarter),
    ("trim.", PeriodWord::Quarter),
    ("trim", PeriodWord::Quarter),
    ("quarter", PeriodWord::Quarter),
    ("quartals", PeriodWord::Quarter),
    ("quartal", PeriodWord::Quarter),
    ("vierteljahres", PeriodWord::Quarter),
    ("vierteljahr", PeriodWord::Quarter),
    ("trimesters", PeriodWord::Quarter),
    ("trimester", PeriodWord::Quarter),
    ("semestre", PeriodWord::Semester),
    ("sem.", PeriodWord::Semester),
    ("sem", PeriodWord::Semester),
    ("semester", PeriodWord::Semester),
    ("half-year", PeriodWord::Semester),
    ("half year", PeriodWord::Semester),
    ("half", PeriodWord::Semester),
    ("halbjahres", PeriodWord::Semester),
    ("halbjahrs", PeriodWord::Semester),
    ("halbjahr", PeriodWord::Semester),
    ("semesters", PeriodWord::Semester),
    ("jahreshälfte", PeriodWord::Semester),
    ("hälfte", PeriodWord::Semester),
    ("meta", PeriodWord::Semester),
];

#[derive(Clone, Copy)]
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
        assert_each_is_found(MONTH_NAMES);
        assert_each_is_found(BOUNDS);
        assert_each_is_found(PARTS);
        assert_each_is_found(PARTS_OF_YEAR);
        assert_each_is_found(ORDINALS);
        assert_each_is_found(PERIODS);
        for filler in FILLERS {
            let mut words = Scanner::new(filler);
            assert!(words.find(MONTH_NAMES).is_none(), "{filler} is a month");
            assert!(words.find(ORDINALS).is_none(), "{filler} is an ordinal");
            assert!(words.find(PARTS).is_none(), "{filler} is a part");
        }
    }
}
