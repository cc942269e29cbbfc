//! Units of measure: figures are compared only in one unit, or in two of which one is an exact multiple of the other.

use crate::model::decimal::Fraction;
use crate::model::scan::is_space;

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

/// The words of units with their dimension and size, in lower case (SI Brochure, tables 1, 4 and 8).
const KNOWN: &[(&[&str], Dimension, i64)] = &[
    (&["secondi", "secondo", "seconds", "second", "sekunden", "sekunde"], Dimension::Time, 1),
    (&["minuti", "minuto", "min", "min.", "minutes", "minute", "minuten"], Dimension::Time, 60),
    (&["ore", "ora", "h", "hours", "hour", "stunden", "stunde"], Dimension::Time, 3_600),
    (&["giorni", "giorno", "gg", "gg.", "days", "day", "tage", "tagen", "tag"], Dimension::Time, 86_400),
    (&["settimane", "settimana", "weeks", "week", "wochen", "woche"], Dimension::Time, 604_800),
    (&["mesi", "mese", "months", "month", "monate", "monaten", "monats", "monat"], Dimension::Months, 1),
    (&["anni", "anno", "years", "year", "jahre", "jahren", "jahr"], Dimension::Months, 12),
    (&["mm", "millimetri", "millimetro"], Dimension::Length, 1),
    (&["cm", "centimetri", "centimetro"], Dimension::Length, 10),
    (&["m", "mt", "metri", "metro", "metres", "metre", "meters", "meter", "metern"], Dimension::Length, 1_000),
    (
        &["km", "chilometri", "chilometro", "kilometres", "kilometers", "kilometern", "kilometer"],
        Dimension::Length,
        1_000_000,
    ),
    (&["mq", "m²", "m2"], Dimension::Area, 1),
    (&["ha", "ettari", "ettaro", "hectares", "hectare", "hektar"], Dimension::Area, 10_000),
    (&["kmq", "km²", "km2"], Dimension::Area, 1_000_000),
    (&["g", "grammi", "grammo", "grams", "gramm"], Dimension::Mass, 1),
    (&["kg", "chilogrammi", "chili", "kilograms", "kilogramm"], Dimension::Mass, 1_000),
    (&["q", "quintali", "quintale"], Dimension::Mass, 100_000),
    (&["t", "tonnellate", "tonnellata", "tonnes", "tonne", "tonnen"], Dimension::Mass, 1_000_000),
    (&["l", "litri", "litro", "litres", "liters", "liter"], Dimension::Volume, 1),
    (&["mc", "m³", "m3"], Dimension::Volume, 1_000),
    (&["kwh"], Dimension::Energy, 1),
    (&["mwh"], Dimension::Energy, 1_000),
    (&["gwh"], Dimension::Energy, 1_000_000),
];

/// Words that say no more than that things are counted.
const COUNTS: &[&str] =
    &["n", "n.", "nr", "nr.", "n°", "num", "num.", "#", "numero", "unità", "number", "count", "anzahl", "valore"];

/// Words between a figure and what it counts.
const JOINTS: &[&str] = &["di", "d", "de", "dei", "degli", "delle", "del", "della", "of", "von"];

/// The hundredth part of a euro.
const CENTS: &[&str] = &["centesimi", "centesimo", "cent", "cents"];

/// How many of `to` one of `from` is; none where they are different units.
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
    let words = words(unit);
    let time = words.first().and_then(|word| known(word));
    time.is_some_and(|(dimension, _)| matches!(dimension, Dimension::Time | Dimension::Months))
        || words
            .first()
            .is_some_and(|word| ["arbeitstage", "arbeitstagen", "werktage", "werktagen"].contains(&&**word))
}

/// True if words begin with years, which count the age of people within a sentence.
pub(super) fn is_age(words: &str) -> bool {
    ["anni", "anno", "years", "year", "jahre", "jahren"]
        .contains(&self::words(words.split(is_space).next().unwrap_or_default()).concat().as_str())
}

/// True if the unit is the hundredth part of a euro.
pub(super) fn is_cent(unit: &str) -> bool {
    matches!(&words(unit)[..], [word] if CENTS.contains(&word.as_str()))
}

/// The unit without the words that say no more than that something is counted; none where nothing is left.
pub(super) fn counted(unit: &str) -> Option<String> {
    let unit = unit.trim_matches(|c: char| is_space(c) || matches!(c, '.' | ';' | ':' | '(' | ')' | '[' | ']'));
    let mut rest = unit;
    for table in [COUNTS, JOINTS] {
        let (first, after) = rest.split_once(is_space).unwrap_or((rest, ""));
        if table.contains(&first.to_lowercase().as_str()) {
            rest = after.trim_start_matches(is_space);
        }
    }
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn known(word: &str) -> Option<(Dimension, i64)> {
    KNOWN
        .iter()
        .find(|(words, ..)| words.contains(&word))
        .map(|(_, dimension, size)| (*dimension, *size))
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
    let is_plural = match endings {
        ("o", "i" | "hi") | ("i", "o") | ("a", "e" | "he") | ("e", "a") | ("y", "ies") => true,
        // The case of "casi" and "case" is another: their singulars end in o and a.
        ("e", "i") | ("i", "e") => SINGULARS_IN_E.iter().any(|end| stem.ends_with(end)),
        ("", "s" | "es") => true,
        ("", "n") => stem.ends_with('e'),
        ("", "e" | "en" | "er") => !stem.ends_with(['a', 'e', 'i', 'o', 'u']),
        _ => false,
    };
    is_plural && stem.chars().count() >= 3
}

/// How the stems of Italian nouns end whose singular ends in e and whose plural in i: utente, settore, azione.
const SINGULARS_IN_E: &[&str] = &["nt", "or", "on", "er", "al", "il", "ar", "an", "ic", "es"];

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
