//! Exact numbers, read as Italian, English and German offices write them.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::RoundingStrategy;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Lang;
use super::amount::Currency;
use super::scan::{Scanner, is_group_mark, is_sign, is_space};

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

/// Why figures may have meant another number than the one read.
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

/// Why figures are not a number.
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
        /// What is read when the misplaced marks are dropped.
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
    /// `1,2 mld`, `300k`, `5 M€`); `None` when they do not go on with figures.
    ///
    /// A lone `M` is neither a number nor a unit where no word follows it: it may stand for millions or for metres.
    pub(super) fn scan(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
        Self::scan_beside(words, false)
    }

    /// The same after a currency, where one letter stands for millions (`€ 5 M`, `€ 10 ml`).
    pub(super) fn scan_money(words: &mut Scanner<'_>) -> Option<Result<NumberReading, DecimalError>> {
        Self::scan_beside(words, true)
    }

    fn scan_beside(words: &mut Scanner<'_>, currency: bool) -> Option<Result<NumberReading, DecimalError>> {
        let figures = words.figures()?;
        let reading = Self::parse(figures, words.lang());
        let zeros = match words.find(SPOKEN_ZEROS) {
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
        let (group, mark) = marks(lang);
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
            words.push(mark);
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
        let (_, point) = marks(lang);
        plain.replace('.', point.encode_utf8(&mut [0; 4]))
    }

    /// The number as hundredths: `25%` in Italian and English; in German `25 %`, as DIN 5008 has it, with a no-break
    /// space.
    pub fn percent_words(self, lang: Lang) -> String {
        let space = if lang == Lang::De { "\u{a0}" } else { "" };
        format!("{}{space}%", self.words(lang))
    }

    /// Whether the number is below nought.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// The number without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// The same number with at least `decimals` decimals (`5` as `5.00`); `None` when its digits
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
        self.checked_add(Self(-other.0))
    }

    /// The exact product.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = self.0.mantissa().checked_mul(other.0.mantissa())?;
        Self::from_parts(product, self.0.scale() + other.0.scale())
    }

    /// The quotient without noughts at its end, rounded at 28 digits when it does not come out
    /// even; `None` when `other` is nought.
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

/// A fraction whose denominator is above nought, so that ratios are compared without dividing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction {
    over: Decimal,
    under: Decimal,
}

impl Fraction {
    /// One.
    pub(super) const ONE: Self =
        Self { over: Decimal(rust_decimal::Decimal::ONE), under: Decimal(rust_decimal::Decimal::ONE) };

    /// `None` when `under` is not above nought.
    pub(super) fn new(over: Decimal, under: Decimal) -> Option<Self> {
        (under > Decimal::ZERO).then_some(Self { over, under })
    }

    pub(super) fn whole(value: Decimal) -> Self {
        Self { over: value, under: Decimal::from(1) }
    }

    /// The order of the two values; `None` when their digits are too many to compare exactly.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Some(left.cmp(&right))
    }

    /// The exact product; `None` when its digits are too many.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        Self::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    /// The exact sum; `None` when its digits are too many.
    pub(super) fn plus(self, value: Self) -> Option<Self> {
        self.minus(Self { over: Decimal(-value.over.0), ..value })
    }

    /// The exact difference; `None` when its digits are too many.
    pub(super) fn minus(self, value: Self) -> Option<Self> {
        let over = self.over.checked_mul(value.under)?.checked_sub(value.over.checked_mul(self.under)?)?;
        Self::new(over, self.under.checked_mul(value.under)?)
    }

    /// The value, rounded at 28 digits where it does not come out even.
    pub(super) fn value(self) -> Option<Decimal> {
        if self.under == Decimal::from(1) { Some(self.over) } else { self.over.checked_div(self.under) }
    }

    /// The quotient; `None` when `other` is nought.
    pub(super) fn divided_by(self, other: Self) -> Option<Decimal> {
        let over = self.over.checked_mul(other.under)?;
        let under = other.over.checked_mul(self.under)?;
        over.checked_div(under)
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
pub(super) const SPOKEN_ZEROS: &[(&str, u32)] = &[
    ("mila", 3),
    ("thousand", 3),
    ("milioni", 6),
    ("milione", 6),
    ("million", 6),
    ("mln.", 6),
    ("mln", 6),
    ("k", 3),
    ("miliardi", 9),
    ("miliardo", 9),
    ("mld.", 9),
    ("mld", 9),
    ("billion", 9),
    ("bn", 9),
    ("tausend", 3),
    ("tsd.", 3),
    ("tsd", 3),
    ("millionen", 6),
    ("mio.", 6),
    ("mio", 6),
    ("milliarden", 9),
    ("milliarde", 9),
    ("mrd.", 9),
    ("mrd", 9),
];

const MOST_GROUPS: usize = 12;

/// The digits of a text and the marks between them, before any of it is understood.
struct Figures {
    negative: bool,
    starts_with_zero: bool,
    mantissa: u128,
    /// Digits in each run, and the mark before it (a space for every group mark but point and comma).
    runs: [(char, usize); MOST_GROUPS],
    count: usize,
}

impl Figures {
    fn of(text: &str) -> Result<Self, DecimalError> {
        let not_a_number = || DecimalError::NotANumber { written: text.to_owned() };
        let too_large = || DecimalError::TooLarge { written: text.to_owned() };
        let unsigned = text.strip_prefix(is_sign).map_or(text, |rest| rest.trim_start_matches(is_space));
        let mut figures = Self {
            negative: text.starts_with(is_sign) && !text.starts_with('+'),
            starts_with_zero: unsigned.starts_with('0'),
            mantissa: 0,
            runs: [(' ', 0); MOST_GROUPS],
            count: 1,
        };
        for c in unsigned.chars() {
            let last = figures.count - 1;
            if let Some(digit) = c.to_digit(10) {
                figures.runs[last].1 += 1;
                figures.mantissa = figures
                    .mantissa
                    .checked_mul(10)
                    .and_then(|mantissa| mantissa.checked_add(digit.into()))
                    .ok_or_else(too_large)?;
            } else if matches!(c, '.' | ',') || is_group_mark(c) {
                if figures.runs[last].1 == 0 {
                    return Err(not_a_number());
                }
                if figures.count == MOST_GROUPS {
                    return Err(too_large());
                }
                figures.runs[figures.count].0 = if is_group_mark(c) { ' ' } else { c };
                figures.count += 1;
            } else {
                return Err(not_a_number());
            }
        }
        if figures.runs[figures.count - 1].1 == 0 {
            return Err(not_a_number());
        }
        Ok(figures)
    }

    fn reading(&self, text: &str, lang: Lang) -> Result<NumberReading, DecimalError> {
        let too_large = || DecimalError::TooLarge { written: text.to_owned() };
        let runs = &self.runs[..self.count];
        let (group, point) = marks(lang);
        let (decimals, doubt) = match *runs {
            [_] => (false, None),
            [_, (mark, 3)] if mark == group && self.is_grouped(runs) => (false, Some(Doubt::Language)),
            [_, (mark, _)] if mark == group => (true, Some(Doubt::Mark)),
            [_, (',', 3)] if self.is_grouped(runs) => (true, Some(Doubt::Mark)),
            [_, ('.', 3)] if self.is_grouped(runs) => (true, Some(Doubt::Language)),
            [_, (mark, _)] if mark == point => (true, None),
            [_, (first, _), .., (last, _)] => (first != last && last != ' ', None),
            _ => (false, None),
        };
        let scale = if decimals { runs[runs.len() - 1].1 } else { 0 };
        let grouped = if decimals { &runs[..runs.len() - 1] } else { runs };
        let value = self.number(scale).ok_or_else(too_large)?;
        if self.is_grouped(grouped) {
            Ok(NumberReading { value, doubt })
        } else {
            Err(DecimalError::Grouping { written: text.to_owned(), nearest: value })
        }
    }

    /// One run alone, or runs of exactly three digits after one to three, under one mark.
    fn is_grouped(&self, runs: &[(char, usize)]) -> bool {
        match runs {
            [] | [_] => true,
            [(_, first), groups @ ..] => {
                *first <= 3
                    && !self.starts_with_zero
                    && groups.iter().all(|&(mark, digits)| digits == 3 && mark == groups[0].0)
            }
        }
    }

    fn number(&self, scale: usize) -> Option<Decimal> {
        let size = i128::try_from(self.mantissa).ok()?;
        let mantissa = if self.negative { -size } else { size };
        Decimal::from_parts(mantissa, u32::try_from(scale).ok()?)
    }
}

/// The mark between groups of three and the decimal mark.
fn marks(lang: Lang) -> (char, char) {
    match lang {
        Lang::It | Lang::De => ('.', ','),
        Lang::En => (',', '.'),
    }
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

#[cfg(test)]
pub(super) mod tests;
