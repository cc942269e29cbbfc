//! Figures with what they measure and count.

use crate::model::amount::{EURO, OF};
use crate::model::date::is_month;
use crate::model::decimal::{Decimal, DecimalError, Doubt, NumberReading, SPOKEN_ZEROS};
use crate::model::scan::{Scanner, is_sign, is_space};

use super::Measure;
use super::phrases::{COUNT_MARKS, NOT_A_UNIT, OUT_OF, PERCENT, REFERENCES};

/// A figure with what it measures.
pub(super) struct Quantity {
    pub(super) value: Decimal,
    pub(super) measure: Measure,
    pub(super) doubt: Option<Doubt>,
}

impl Quantity {
    /// A plain number of things.
    pub(super) fn counted(value: Decimal) -> Self {
        Self { value, measure: Measure::Number, doubt: None }
    }

    /// Takes the figure that `words` go on with: `20`, `n. 20`, `25%`, `€ 10.000,00`, `10 mila euro`.
    pub(super) fn scan(words: &mut Scanner<'_>) -> Option<Result<Self, DecimalError>> {
        words.eat_any(&COUNT_MARKS);
        let euro_before = words.eat_any(&EURO);
        let figures = words.rest();
        let scanned = if euro_before { Decimal::scan_money(words) } else { Decimal::scan(words) };
        let reading = match scanned? {
            Ok(reading) => reading,
            Err(error) => return Some(Err(error)),
        };
        let mut after = *words;
        after.skip(&OF);
        let measure = if euro_before {
            Measure::Money
        } else if words.eat_any(&PERCENT) {
            Measure::Percent
        } else if after.eat_any(&EURO) {
            *words = after;
            Measure::Money
        } else {
            Measure::Number
        };
        let value = match measure {
            Measure::Money => reading.value.with_decimals(2),
            Measure::Number | Measure::Percent => Some(reading.value),
        };
        Some(match value {
            Some(value) => Ok(Self { value, measure, doubt: reading.doubt }),
            None => Err(DecimalError::TooLarge { written: figures.to_owned() }),
        })
    }
}

/// Takes the second half of a ratio: `/4`, `su 4`, `out of 4`, `von 4`.
pub(super) fn whole(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
    let mut ahead = *words;
    let joined = ahead.eat_char(&['/']).is_some() || ahead.eat_any(&OUT_OF);
    if !joined || ahead.rest().starts_with(is_sign) {
        return None;
    }
    let whole = Decimal::scan(&mut ahead)?;
    *words = ahead;
    Some(whole)
}

/// More follows a figure than a unit.
pub(super) struct NotAUnit;

/// The words after a figure, when they can be what it counts.
pub(super) fn unit(words: Scanner<'_>) -> Result<Option<String>, NotAUnit> {
    tail(words, 6, |text| !text.contains(|c: char| c.is_ascii_digit()))
}

/// The words after a change: what it counts, or what it is measured against.
pub(super) fn note(words: Scanner<'_>) -> Result<Option<String>, NotAUnit> {
    tail(words, 12, |text| {
        !text.contains(|c: char| c.is_ascii_digit())
            || text.split(is_space).any(|word| Scanner::new(word).is_any(&REFERENCES))
    })
}

fn tail(words: Scanner<'_>, most_words: usize, fits: impl Fn(&str) -> bool) -> Result<Option<String>, NotAUnit> {
    if words.is_done() {
        return Ok(None);
    }
    let text = words.rest();
    // After `in più`, say, a percent sign, euros or thousands come too late to be read as such.
    let is_late = { words }.eat_any(&PERCENT)
        || { words }.eat_any(&EURO)
        || SPOKEN_ZEROS.iter().any(|(zeros, _)| { words }.eat(zeros));
    let is_unit = !is_late
        && words.without_about().is_none()
        && text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '\''))
        && text.chars().all(|c| c.is_alphanumeric() || is_space(c) || "'’/.-°²³".contains(c))
        && text.split(is_space).filter(|word| !word.is_empty()).count() <= most_words
        && !text.split(is_space).any(|word| {
            let scanner = Scanner::new(word);
            scanner.is_any(&NOT_A_UNIT)
                || is_month(word)
                || SPOKEN_ZEROS.iter().any(|(zeros, _)| scanner.is_any(&[zeros]))
        })
        && fits(text);
    if is_unit { Ok(Some(text.to_owned())) } else { Err(NotAUnit) }
}
