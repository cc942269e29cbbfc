//! Grammar of numbers.

use std::sync::LazyLock;

use crate::model::Lang;
use crate::model::amount::Currency;
use crate::model::language::phrases::{Table, table};
use crate::model::scan::{Scanner, is_space};

use super::figures::Figures;
use super::{Decimal, DecimalError, NumberReading};

impl Decimal {
    /// Reads figures as they are written in a language: in Italian and German `6.000.000,00`, `20,00` and `1.500`, in
    /// English `6,000,000.00`, `20.00` and `1,500`; in all of them `1000`, `1 000`, `1'000`, `−5`, and those of another
    /// language that can be nothing else (`1,500.00`, `1,234,567`).
    ///
    /// Groups have exactly three digits. So `1.5` can only be a decimal, which is read in Italian with a
    /// [`Doubt`](super::Doubt).
    pub(crate) fn parse(text: &str, lang: Lang) -> Result<NumberReading, DecimalError> {
        let text = text.trim_matches(is_space);
        if text.is_empty() {
            return Err(DecimalError::Empty);
        }
        Figures::of(text)?.reading(text, lang)
    }

    /// Takes the number that `words` go on with, spoken and shortened thousands and millions included (`10 mila`,
    /// `1,2 mld`, `300k`, `5 M€`); `None` if they do not go on with figures.
    ///
    /// A lone `M` is neither a number nor a unit where no word follows it: it may stand for millions or for metres.
    pub(in crate::model) fn scan(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
        Self::scan_beside(words, false)
    }

    /// Variant of [`scan`](Self::scan) after a currency, where one letter stands for millions (`€ 5 M`, `€ 10 ml`).
    pub(in crate::model) fn scan_money(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
        Self::scan_beside(words, true)
    }

    fn scan_beside(words: &mut Scanner<'_>, currency: bool) -> Option<Result<NumberReading, DecimalError>> {
        let figures = words.figures()?;
        let reading = Self::parse(figures, words.lang());
        let zeros = match words.find(&SPOKEN_ZEROS) {
            Some(zeros) => zeros,
            None => match letters(words, currency) {
                Ok(Some(zeros)) => zeros,
                Ok(None) => return Some(reading),
                Err(letter) => return Some(Err(DecimalError::NotANumber { written: format!("{figures} {letter}") })),
            },
        };
        Some(reading.and_then(|reading| {
            let value = reading.value.shifted(zeros);
            Ok(NumberReading {
                value: value.ok_or_else(|| DecimalError::TooLarge { written: figures.to_owned() })?,
                ..reading
            })
        }))
    }

    /// A text whose doubtful figures are written as nobody doubts them in a language: `1,5 km` for `1.5 km`, `1500` for
    /// `1.500`. The rest of it stays as it is.
    pub fn without_doubt(text: &str, lang: Lang) -> String {
        let mut rest = text.trim_matches(is_space);
        let mut sure = String::with_capacity(rest.len());
        while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
            let (before, after) = rest.split_at(start);
            let figures = Scanner::new(after).figures().unwrap_or(after);
            sure.push_str(before);
            match Self::parse(figures, lang) {
                Ok(NumberReading { value, doubt: Some(_) }) => sure.push_str(&value.ungrouped(lang)),
                _ => sure.push_str(figures),
            }
            rest = &after[figures.len()..];
        }
        sure + rest
    }
}

/// Takes the letters after figures that stand for noughts, where nothing else fits: beside a currency, or as `M` before
/// the word for what is counted (`5M utenti`). A capital `M` alone may be either, and is given back.
fn letters(words: &mut Scanner<'_>, currency: bool) -> Result<Option<u32>, char> {
    let mut after = *words;
    if !after.eat_any(&["ml", "m"]) {
        return Ok(None);
    }
    let is_capital = words.rest().starts_with('M') && !words.rest().starts_with("ML");
    let counts = after.rest().starts_with(char::is_alphabetic);
    if currency || Currency::follows(after) || is_capital && counts {
        *words = after;
        return Ok(Some(6));
    }
    if is_capital && words.is_any(&["m"]) {
        *words = after;
        return Err('M');
    }
    Ok(None)
}

/// Words and abbreviations after figures that stand for noughts.
pub(in crate::model) static SPOKEN_ZEROS: Table<u32> = LazyLock::new(|| {
    table(
        &[(3, &["k"])],
        &[
            (3, |language| language.figures.thousands),
            (6, |language| language.figures.millions),
            (9, |language| language.figures.billions),
        ],
    )
});
