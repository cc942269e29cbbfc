//! Units of measure: figures are compared only in one unit, or in two of which one is an exact multiple of the other.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Lang;
use crate::model::amount::EURO;
use crate::model::decimal::Fraction;
use crate::model::language::Unit;
use crate::model::language::phrases::lists;
use crate::model::scan::{Scanner, is_space};

use super::Measure;
use super::phrases::{PERCENT, PERCENT_UNITS};

/// A kind of quantity whose units are exact multiples of one another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dimension {
    /// Clock time, in seconds. Days are not months: months differ.
    Time,
    /// Calendar time, in months.
    Months,
    /// In millimetres.
    Length,
    /// In square metres.
    Area,
    /// In grams.
    Mass,
    /// In litres.
    Volume,
    /// In kilowatt-hours.
    Energy,
}

/// Symbols of units with their dimension and size, in lower case (SI Brochure, tables 1, 4 and 8).
const SYMBOLS: &[(&[&str], Dimension, i64)] = &[
    (&["min", "min."], Dimension::Time, 60),
    (&["h"], Dimension::Time, 3_600),
    (&["mm"], Dimension::Length, 1),
    (&["cm"], Dimension::Length, 10),
    (&["m"], Dimension::Length, 1_000),
    (&["km"], Dimension::Length, 1_000_000),
    (&["mq", "m²", "m2"], Dimension::Area, 1),
    (&["ha"], Dimension::Area, 10_000),
    (&["kmq", "km²", "km2"], Dimension::Area, 1_000_000),
    (&["g"], Dimension::Mass, 1),
    (&["kg"], Dimension::Mass, 1_000),
    (&["q"], Dimension::Mass, 100_000),
    (&["t"], Dimension::Mass, 1_000_000),
    (&["l"], Dimension::Volume, 1),
    (&["mc", "m³", "m3"], Dimension::Volume, 1_000),
    (&["kwh"], Dimension::Energy, 1),
    (&["mwh"], Dimension::Energy, 1_000),
    (&["gwh"], Dimension::Energy, 1_000_000),
];

impl Unit {
    fn size(self) -> (Dimension, i64) {
        match self {
            Self::Second => (Dimension::Time, 1),
            Self::Minute => (Dimension::Time, 60),
            Self::Hour => (Dimension::Time, 3_600),
            Self::Day => (Dimension::Time, 86_400),
            Self::Week => (Dimension::Time, 604_800),
            Self::Month => (Dimension::Months, 1),
            Self::Year => (Dimension::Months, 12),
            Self::Millimetre => (Dimension::Length, 1),
            Self::Centimetre => (Dimension::Length, 10),
            Self::Metre => (Dimension::Length, 1_000),
            Self::Kilometre => (Dimension::Length, 1_000_000),
            Self::Hectare => (Dimension::Area, 10_000),
            Self::Gram => (Dimension::Mass, 1),
            Self::Kilogram => (Dimension::Mass, 1_000),
            Self::Quintal => (Dimension::Mass, 100_000),
            Self::Tonne => (Dimension::Mass, 1_000_000),
            Self::Litre => (Dimension::Volume, 1),
        }
    }
}

/// Symbols and words of all languages for units.
static UNITS: LazyLock<HashMap<&str, (Dimension, i64)>> = LazyLock::new(|| {
    let symbols = SYMBOLS.iter().map(|(symbols, dimension, size)| (*symbols, (*dimension, *size)));
    let words = Lang::ALL.iter().flat_map(|lang| lang.language().targets.units);
    let words = words.map(|(unit, words)| (*words, unit.size()));
    symbols
        .chain(words)
        .flat_map(|(names, size)| names.iter().map(move |name| (*name, size)))
        .collect()
});

lists! {
    /// Words for a plain number.
    NUMBERS = ["n", "nr", "num", "#"], targets.numbers;
    /// Further words for a plain count.
    COUNTS = ["n.", "nr.", "n°", "num."], targets.counts;
    /// Words between a figure and what it counts.
    JOINTS = [], targets.unit_joints;
    /// Names of the hundredth part of a euro.
    CENTS = [], targets.cents;
    /// Days other than those of the calendar.
    WORKING_DAYS = [], targets.working_days;
}

impl Measure {
    /// The measure that a unit of measure names: `%`, `euro`.
    pub(super) fn named(unit: &str) -> Option<Self> {
        let words = Scanner::new(unit);
        if words.is_any(&PERCENT) || words.is_any(&PERCENT_UNITS) {
            Some(Self::Percent)
        } else if words.is_any(&EURO) {
            Some(Self::Money)
        } else {
            None
        }
    }
}

/// True if a unit of measure is only a word for a number.
pub(crate) fn is_number(unit: &str) -> bool {
    let first = unit.split([' ', '.', '°']).next().unwrap_or_default().to_lowercase();
    first.is_empty() || NUMBERS.contains(&first.as_str())
}

/// Number of `to` in one of `from`; none if they are different units.
///
/// Equal are words that differ by case or by the ending of a plural. Exact multiples are those of clock time, of months
/// and years, and of the metric units; days are never months.
pub(super) fn factor(from: &str, to: &str) -> Option<Fraction> {
    let (from, to) = (words(from), words(to));
    if from.len() == to.len() && from.iter().zip(&to).all(|(from, to)| is_same_word(from, to)) {
        return Some(Fraction::ONE);
    }
    let ((from, of), (to, of_too)) = (from.split_first()?, to.split_first()?);
    let ((dimension, many), (other, one)) = (known(from)?, known(to)?);
    let is_of_the_same = of.len() == of_too.len() && of.iter().zip(of_too).all(|(a, b)| is_same_word(a, b));
    (dimension == other && is_of_the_same)
        .then(|| Fraction::new(many.into(), one.into()))
        .flatten()
}

/// True if the unit is a length of time.
pub(super) fn is_time(unit: &str) -> bool {
    let is_time = |word: &String| {
        let time = known(word).map(|(dimension, _)| dimension);
        matches!(time, Some(Dimension::Time | Dimension::Months)) || WORKING_DAYS.contains(&word.as_str())
    };
    words(unit).first().is_some_and(is_time)
}

/// True if words begin with years, which count the age of people within a sentence.
pub(super) fn is_age(words: &str) -> bool {
    let first = self::words(words.split(is_space).next().unwrap_or_default()).concat();
    let mut years = Lang::ALL.iter().flat_map(|lang| lang.language().targets.units);
    years.any(|(unit, words)| *unit == Unit::Year && words.contains(&first.as_str()))
}

/// True if the unit is the hundredth part of a euro.
pub(super) fn is_cent(unit: &str) -> bool {
    matches!(&words(unit)[..], [word] if CENTS.contains(&word.as_str()))
}

/// The unit without the words that say no more than that something is counted; none if nothing is left.
pub(super) fn counted(unit: &str) -> Option<String> {
    let unit = unit.trim_matches(|c: char| is_space(c) || matches!(c, '.' | ';' | ':' | '(' | ')' | '[' | ']'));
    let mut rest = unit;
    let counts: fn(&str) -> bool = |word| NUMBERS.contains(&word) || COUNTS.contains(&word);
    let joins: fn(&str) -> bool = |word| JOINTS.contains(&word);
    for is_left_out in [counts, joins] {
        let (first, after) = rest.split_once(is_space).unwrap_or((rest, ""));
        if is_left_out(&first.to_lowercase()) {
            rest = after.trim_start_matches(is_space);
        }
    }
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn known(word: &str) -> Option<(Dimension, i64)> {
    UNITS.get(word).copied()
}

/// The words of a unit in lower case, without the marks around them.
fn words(unit: &str) -> Vec<String> {
    let mut words: Vec<String> = unit
        .split(is_space)
        .map(|word| word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '(' | ')' | '[' | ']' | '"')))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.len() > 1 && JOINTS.contains(&words[0].as_str()) {
        words.remove(0);
    }
    words
}

/// True if two words are one, or its singular and plural: giorno and giorni, Tag and Tage, day and days.
fn is_same_word(one: &str, other: &str) -> bool {
    if one == other || known(one).is_some_and(|known_one| known(other) == Some(known_one)) {
        return true;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let common = short
        .chars()
        .zip(long.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let (stem, endings) = (&short[..common], (&short[common..], &long[common..]));
    let is_plural = Lang::ALL.iter().any(|lang| (lang.language().targets.is_plural)(stem, endings));
    is_plural && stem.chars().count() >= 3
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use crate::model::decimal::Decimal;

    use super::*;

    #[test]
    fn units_are_one_by_case_and_plural_or_exact_multiples() {
        for (from, to, size) in [
            ("giorni", "giorno", Some((1, 1))),
            ("gg.", "giorni", Some((1, 1))),
            ("Utenti", "utente", Some((1, 1))),
            ("pratiche", "pratica", Some((1, 1))),
            ("nuclei familiari", "nucleo familiare", Some((1, 1))),
            ("Tage", "Tag", Some((1, 1))),
            ("Stunden", "Stunde", Some((1, 1))),
            ("libraries", "library", Some((1, 1))),
            ("ore", "minuti", Some((60, 1))),
            ("giorni", "ore", Some((24, 1))),
            ("settimane", "giorni", Some((7, 1))),
            ("anni", "mesi", Some((12, 1))),
            ("m", "km", Some((1, 1000))),
            ("kg", "tonnellate", Some((1, 1000))),
            ("ore di formazione", "minuti di formazione", Some((60, 1))),
            ("utenti", "famiglie", None),
            ("giorni", "mesi", None),
            ("giorni lavorativi", "giorni", None),
            ("ore di formazione", "ore", None),
            ("corsi", "corsie", None),
            ("casi", "case", None),
            ("corse", "corsi", None),
            ("m", "kg", None),
            ("API", "API nel catalogo", None),
        ] {
            let found = factor(from, to).map(|factor| {
                size.is_some_and(|(many, one): (i64, i64)| {
                    let wanted = Fraction::new(Decimal::from(many), Decimal::from(one)).unwrap();
                    factor.compare(wanted) == Some(Ordering::Equal)
                })
            });
            assert_eq!(found, size.map(|_| true), "{from} in {to}");
        }
    }

    #[test]
    fn a_unit_of_measure_that_only_counts_is_none() {
        for (written, unit) in
            [("Numero", None), ("n.", None), ("numero di utenti", Some("utenti")), ("giorni", Some("giorni"))]
        {
            assert_eq!(counted(written).as_deref(), unit, "{written}");
        }
    }
}
