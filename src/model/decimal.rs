//! Exact numbers, read as Italian, English and German offices write them.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::RoundingStrategy;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Lang;
use super::scan::{Scanner, is_group_mark, is_sign, is_space};

/// Every `Decimal` is exact and keeps the decimals it was written with: `20,00` is `20.00`.
///
/// Equality and order are those of the value (`20,00` equals `20`). At most 28 decimals and
/// 96 bits of digits; arithmetic that would leave this range, or would have to round, gives `None`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(rust_decimal::Decimal);

/// A number as read, and what a careful reader would ask the writer about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The number.
    pub value: Decimal,
    /// Set when other readers would take the same figures for another number.
    pub doubt: Option<Doubt>,
}

/// Why figures may have meant another number than the one read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Doubt {
    /// A point was read as the decimal mark (`1.5`), where an Italian or German text has a comma.
    Point,
    /// A comma before three digits was read as the decimal mark (`1,500` is one and a half), where
    /// an English text means thousands.
    Comma,
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

    /// Reads `6.000.000,00`, `20,00`, `1000`, `1 000`, `1'000`, `−5`, and English figures that can
    /// be nothing else (`1,500.00`, `1,234,567`).
    ///
    /// Groups have exactly three digits, so `1.500` is 1500 and `1.5` can only be a decimal, which
    /// is read with a [`Doubt`]. A lone comma is the Italian and German decimal mark.
    pub fn parse(text: &str) -> Result<Reading, DecimalError> {
        let text = text.trim_matches(is_space);
        if text.is_empty() {
            return Err(DecimalError::Empty);
        }
        Figures::of(text)?.reading(text)
    }

    /// Takes the number that `words` go on with, spoken thousands and millions included
    /// (`10 mila`); `None` when they do not go on with figures.
    pub(super) fn scan(words: &mut Scanner<'_>) -> Option<Result<Reading, DecimalError>> {
        let figures = words.figures()?;
        let reading = Self::parse(figures);
        let Some(zeros) = words.find(SPOKEN_ZEROS) else {
            return Some(reading);
        };
        Some(reading.and_then(|reading| {
            let value = reading.value.shifted(zeros);
            Ok(Reading {
                value: value.ok_or_else(|| DecimalError::TooLarge { written: figures.to_owned() })?,
                ..reading
            })
        }))
    }

    /// The number in people's figures, with the decimals it was written with: `6.000.000,00` in
    /// Italian and German, `6,000,000.00` in English.
    ///
    /// [`Decimal::parse`] reads the Italian and German figures back. English ones with a single mark before
    /// three digits (`10,500`, `1.500`) are Italian figures of another number, and are read as such.
    pub fn words(self, lang: Lang) -> String {
        let (group, mark) = match lang {
            Lang::It | Lang::De => ('.', ','),
            Lang::En => (',', '.'),
        };
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

/// Words after figures that stand for noughts.
pub(super) const SPOKEN_ZEROS: &[(&str, u32)] = &[
    ("mila", 3),
    ("thousand", 3),
    ("milioni", 6),
    ("milione", 6),
    ("million", 6),
    ("mln.", 6),
    ("mln", 6),
    ("miliardi", 9),
    ("miliardo", 9),
    ("billion", 9),
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

    fn reading(&self, text: &str) -> Result<Reading, DecimalError> {
        let too_large = || DecimalError::TooLarge { written: text.to_owned() };
        let runs = &self.runs[..self.count];
        let (decimals, doubt) = match *runs {
            [_] => (false, None),
            [_, ('.', 3)] if self.is_grouped(runs) => (false, None),
            [_, ('.', _)] => (true, Some(Doubt::Point)),
            [_, (',', 3)] if self.is_grouped(runs) => (true, Some(Doubt::Comma)),
            [_, (',', _)] => (true, None),
            [_, (first, _), .., (last, _)] => (first != last && last != ' ', None),
            _ => (false, None),
        };
        let scale = if decimals { runs[runs.len() - 1].1 } else { 0 };
        let grouped = if decimals { &runs[..runs.len() - 1] } else { runs };
        let value = self.number(scale).ok_or_else(too_large)?;
        if self.is_grouped(grouped) {
            Ok(Reading { value, doubt })
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

fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> String {
        Decimal::parse(text).unwrap().value.to_string()
    }

    #[test]
    fn italian_figures_group_by_exactly_three() {
        for (written, read) in [
            ("6.000.000,00", "6000000.00"),
            ("20,00", "20.00"),
            ("5668337,50", "5668337.50"),
            ("1000", "1000"),
            ("1.500", "1500"),
            ("21.168.337,50", "21168337.50"),
            ("6 000 000,00", "6000000.00"),
            ("6\u{A0}000\u{202F}000", "6000000"),
            ("1'500", "1500"),
            ("1’500,5", "1500.5"),
            ("007", "7"),
            ("0,125", "0.125"),
            ("1234,500", "1234.500"),
            ("+3", "3"),
            ("-3,5", "-3.5"),
            ("\u{2212}3", "-3"),
            (" 12 ", "12"),
            ("-0", "0"),
        ] {
            let reading = Decimal::parse(written).unwrap();
            assert_eq!(reading.value.to_string(), read, "{written}");
            assert_eq!(reading.doubt, None, "{written}");
        }
    }

    #[test]
    fn english_figures_are_read_when_they_can_be_nothing_else() {
        for (written, read) in
            [("1,500.00", "1500.00"), ("1,234,567", "1234567"), ("6,000,000.5", "6000000.5"), ("1'000.50", "1000.50")]
        {
            let reading = Decimal::parse(written).unwrap();
            assert_eq!(reading.value.to_string(), read, "{written}");
            assert_eq!(reading.doubt, None, "{written}");
        }
    }

    #[test]
    fn figures_of_two_meanings_are_read_with_a_doubt() {
        for (written, read, doubt) in [
            ("1.5", "1.5", Doubt::Point),
            ("12.50", "12.50", Doubt::Point),
            ("0.500", "0.500", Doubt::Point),
            ("1234.500", "1234.500", Doubt::Point),
            ("1,500", "1.500", Doubt::Comma),
        ] {
            let reading = Decimal::parse(written).unwrap();
            assert_eq!(reading.value.to_string(), read, "{written}");
            assert_eq!(reading.doubt, Some(doubt), "{written}");
        }
    }

    #[test]
    fn misplaced_groups_are_an_error_that_says_the_nearest_number() {
        for (written, nearest) in [
            ("6.00.000,00", "600000.00"),
            ("1.50,00", "150.00"),
            ("12 34", "1234"),
            ("1 000.000,00", "1000000.00"),
            ("0.000.000", "0"),
            ("1,50,000", "150000"),
        ] {
            let Err(DecimalError::Grouping { nearest: found, .. }) = Decimal::parse(written) else {
                panic!("{written} was not refused for its groups");
            };
            assert_eq!(found.to_string(), nearest, "{written}");
        }
    }

    #[test]
    fn what_is_not_figures_is_refused() {
        assert_eq!(Decimal::parse(" \u{A0} "), Err(DecimalError::Empty));
        for written in ["dodici", "1.", ",5", "1..5", "1e5", "--1", "5-", "-", "٣"] {
            assert!(matches!(Decimal::parse(written), Err(DecimalError::NotANumber { .. })), "{written}");
        }
        for written in ["9".repeat(40), "999 ".repeat(20) + "999", "9".repeat(29)] {
            assert!(matches!(Decimal::parse(&written), Err(DecimalError::TooLarge { .. })), "{written}");
        }
    }

    #[test]
    fn arithmetic_is_exact_or_refused() {
        let number = |text| Decimal::parse(text).unwrap().value;
        assert_eq!(number("0,1").checked_add(number("0,2")), Some(number("0,3")));
        assert_eq!(number("1").checked_sub(number("0,01")), Some(number("0,99")));
        let long = number("1,0000000000000000000000000001");
        assert_eq!(long.checked_mul(long), None);
        let most = Decimal::parse("79228162514264337593543950335").unwrap().value;
        assert_eq!(most.checked_add(number("1")), None);
        assert_eq!(number("1").checked_div(Decimal::ZERO), None);
        assert_eq!(number("120,00").checked_div(number("100")).unwrap().to_string(), "1.2");
        assert_eq!(number("2,5").rounded(0).to_string(), "3");
        assert_eq!(number("-2,5").rounded(0).to_string(), "-3");
        assert_eq!(number("5").with_decimals(2).unwrap().to_string(), "5.00");
        assert_eq!(most.with_decimals(2), None);
        assert_eq!(number("1,5").shifted(6).unwrap().to_string(), "1500000");
        assert_eq!(number("1,2345").shifted(3).unwrap().to_string(), "1234.5");
    }

    /// Figures whose only mark stands before three digits mean another number in Italian.
    fn has_an_italian_twin(english: &str) -> bool {
        let digits = english.trim_start_matches('-');
        match digits.split_once(['.', ',']) {
            Some((whole, rest)) => whole.len() <= 3 && rest.len() == 3 && !whole.starts_with('0'),
            None => false,
        }
    }

    pub(crate) fn any_decimal() -> impl Strategy<Value = Decimal> {
        (any::<i64>(), 0_u32..8, 0_u32..19).prop_map(|(digits, scale, shorter)| {
            Decimal::from_parts(i128::from(digits / 10_i64.pow(shorter)), scale).unwrap()
        })
    }

    proptest! {
        #[test]
        fn printed_numbers_are_read_back_with_their_decimals(number in any_decimal()) {
            prop_assert_eq!(value(&number.words(Lang::It)), number.to_string());
            prop_assert_eq!(value(&number.words(Lang::De)), number.to_string());
            let english = number.words(Lang::En);
            if !has_an_italian_twin(&english) {
                prop_assert_eq!(value(&english), number.to_string());
            }
            let plain = number.to_string();
            if !has_an_italian_twin(&plain) {
                prop_assert_eq!(value(&plain), number.to_string());
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*", figures in "[-+0-9., '’\u{A0}−]{0,60}") {
            let _ = Decimal::parse(&text);
            let _ = Decimal::parse(&figures);
        }

        #[test]
        fn fractions_keep_the_order_of_their_quotients(
            a in 0_i64..2000, b in 1_i64..2000, c in 0_i64..2000, d in 1_i64..2000,
        ) {
            let fraction = |over: i64, under: i64| Fraction::new(over.into(), under.into()).unwrap();
            prop_assert_eq!(
                fraction(a, b).compare(fraction(c, d)),
                Some((a * d).cmp(&(c * b)))
            );
        }
    }
}
