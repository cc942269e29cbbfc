//! Exact numbers, read as offices write them in each language.

mod figures;
mod fraction;

use std::fmt;
use std::sync::LazyLock;

use rust_decimal::RoundingStrategy;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Lang;
use super::amount::Currency;
use super::language::{FigureWords, Table, table};
use super::scan::{Scanner, is_space};
use figures::Figures;

pub(super) use fraction::Fraction;

/// Every `Decimal` is exact and keeps the decimals it was written with: `20,00` is `20.00`.
///
/// Equality and order are those of the value (`20,00` equals `20`). At most 28 decimals and
/// 96 bits of digits; arithmetic that would leave this range, or would have to round, gives `None`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

/// A number as read, and what a careful reader would ask the writer about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberReading {
    /// The number.
    pub value: Decimal,
    /// Set when other readers would take the same figures for another number.
    pub doubt: Option<Doubt>,
}

/// Doubt about figures that may have meant another number than the one read.
///
/// The graver one is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Doubt {
    /// Usual figures of the language, which are another number in another one: `1.500` is fifteen hundred in Italian
    /// and German, one and a half in English.
    Language,
    /// Figures that the language has in another way: `1.5` in Italian and German, `1,5` in English; and `1,500` in
    /// Italian and German, where programs that speak English mean thousands.
    Mark,
}

/// Error of figures that are not a number.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DecimalError {
    /// Nothing was written.
    #[error("there is no number")]
    Empty,
    /// The text is something else than figures.
    #[error("`{written}` is not a number")]
    NotANumber {
        /// The text.
        written: String,
    },
    /// The marks between the digits neither group by three nor set off decimals.
    #[error("`{written}` does not group its digits by three; without its marks it is {nearest}")]
    Grouping {
        /// The text.
        written: String,
        /// Number without the misplaced marks.
        nearest: Decimal,
    },
    /// More digits than an exact number can hold (28).
    #[error("`{written}` has too many digits")]
    TooLarge {
        /// The text.
        written: String,
    },
}

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self(rust_decimal::Decimal::ZERO);

    /// One.
    pub const ONE: Self = Self(rust_decimal::Decimal::ONE);

    /// One hundred.
    pub const HUNDRED: Self = Self(rust_decimal::Decimal::ONE_HUNDRED);

    /// Reads figures as they are written in a language: in Italian and German `6.000.000,00`, `20,00` and `1.500`, in
    /// English `6,000,000.00`, `20.00` and `1,500`; in all of them `1000`, `1 000`, `1'000`, `−5`, and those of another
    /// language that can be nothing else (`1,500.00`, `1,234,567`).
    ///
    /// Groups have exactly three digits. So `1.5` can only be a decimal, which is read in Italian with a [`Doubt`].
    pub fn parse(text: &str, lang: Lang) -> Result<NumberReading, DecimalError> {
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
    pub(super) fn scan(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
        Self::scan_beside(words, false)
    }

    /// Variant of [`scan`](Self::scan) after a currency, where one letter stands for millions (`€ 5 M`, `€ 10 ml`).
    pub(super) fn scan_money(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
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

    /// The number in people's figures, with the decimals it was written with: `6.000.000,00` in
    /// Italian and German, `6,000,000.00` in English.
    ///
    /// [`Decimal::parse`] reads them back in the same language.
    pub fn words(self, lang: Lang) -> String {
        let FigureWords { group, point, .. } = lang.language().figures;
        let plain = self.to_string();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = whole.trim_start_matches('-');
        let mut words = String::with_capacity(plain.len() + digits.len() / 3);
        if self.is_negative() {
            words.push('-');
        }
        for (place, digit) in digits.char_indices() {
            if place > 0 && (digits.len() - place) % 3 == 0 {
                words.push(group);
            }
            words.push(digit);
        }
        if !decimals.is_empty() {
            words.push(point);
            words.push_str(decimals);
        }
        words
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

    /// The number in figures of a language that have no groups and nothing like one.
    fn ungrouped(self, lang: Lang) -> String {
        let decimals = self.0.scale();
        let shorter = if decimals == 3 { Self(self.0.normalize()) } else { self };
        let plain = if shorter.0.scale() == 3 { format!("{shorter}0") } else { shorter.to_string() };
        plain.replace('.', lang.language().figures.point.encode_utf8(&mut [0; 4]))
    }

    /// The number as hundredths: `25%` in Italian and English; in German `25 %`, as DIN 5008 has it, with a no-break
    /// space.
    pub fn percent_words(self, lang: Lang) -> String {
        format!("{}{}", self.words(lang), lang.language().figures.percent)
    }

    /// True if the number is below nought.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// The number with the other sign.
    fn negated(self) -> Self {
        Self(-self.0)
    }

    /// The number without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// An equal number with at least `decimals` decimals (`5` as `5.00`); `None` if its digits
    /// do not leave room for them.
    pub fn with_decimals(self, decimals: u32) -> Option<Self> {
        let missing = decimals.saturating_sub(self.0.scale());
        let mantissa = self.0.mantissa().checked_mul(power_of_ten(missing)?)?;
        Self::from_parts(mantissa, self.0.scale() + missing)
    }

    /// The nearest number with at most `decimals` decimals; halves go away from nought, as in
    /// commercial rounding, and noughts at the end go.
    pub fn rounded(self, decimals: u32) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
                .normalize(),
        )
    }

    /// The exact sum.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.0.scale().max(other.0.scale());
        let sum = self.mantissa_at(scale)?.checked_add(other.mantissa_at(scale)?)?;
        Self::from_parts(sum, scale)
    }

    /// The exact difference.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated())
    }

    /// The exact product.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = self.0.mantissa().checked_mul(other.0.mantissa())?;
        Self::from_parts(product, self.0.scale() + other.0.scale())
    }

    /// The quotient without noughts at its end, rounded at 28 digits when it does not come out
    /// even; `None` if `other` is nought.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        Some(Self(self.0.checked_div(other.0)?.normalize()))
    }

    /// Half of the last decimal that the number was written with.
    pub(super) fn half_a_step(self) -> Option<Self> {
        Self::from_parts(5, self.0.scale() + 1)
    }

    /// The number `zeros` places up (`mila`, `milioni`), losing decimals before it gains noughts.
    pub(super) fn shifted(self, zeros: u32) -> Option<Self> {
        let dropped = zeros.min(self.0.scale());
        let mantissa = self.0.mantissa().checked_mul(power_of_ten(zeros - dropped)?)?;
        Self::from_parts(mantissa, self.0.scale() - dropped)
    }

    /// The groups of three of the whole part that say how it is spoken: the leading one and how
    /// many follow it.
    pub(super) fn leading_group(self) -> (u32, u32) {
        let mut leading = self.0.trunc().mantissa().unsigned_abs();
        let mut following = 0;
        while leading >= 1000 {
            leading /= 1000;
            following += 1;
        }
        (u32::try_from(leading).unwrap_or_default(), following)
    }

    fn mantissa_at(self, scale: u32) -> Option<i128> {
        self.0.mantissa().checked_mul(power_of_ten(scale - self.0.scale())?)
    }

    fn from_parts(mantissa: i128, scale: u32) -> Option<Self> {
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self(whole.into())
    }
}

impl fmt::Display for Decimal {
    /// The canonical form, for data: a decimal point, no groups, the written decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Decimal {
    /// As its digits and how many of them are decimals.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0.mantissa(), self.0.scale()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (digits, decimals) = Deserialize::deserialize(deserializer)?;
        let value = rust_decimal::Decimal::try_from_i128_with_scale(digits, decimals);
        value.map(Self).map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
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
pub(super) static SPOKEN_ZEROS: Table<u32> = LazyLock::new(|| {
    table(
        &[(3, &["k"])],
        &[
            (3, |language| language.figures.thousands),
            (6, |language| language.figures.millions),
            (9, |language| language.figures.billions),
        ],
    )
});

fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

#[cfg(test)]
pub(super) mod tests;
