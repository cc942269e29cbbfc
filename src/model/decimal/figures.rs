//! Digits of a number and the marks between them.

use super::{Decimal, DecimalError, Doubt, NumberReading};
use crate::model::Lang;
use crate::model::language::FigureWords;
use crate::model::scan::{is_group_mark, is_sign, is_space};

/// Most groups of digits that a number has.
const MOST_GROUPS: usize = 12;

/// The digits of a text and the marks between them, before any of it is understood.
pub(super) struct Figures {
    negative: bool,
    starts_with_zero: bool,
    mantissa: u128,
    /// Digits in each run, and the mark before it (a space for every group mark but point and comma).
    runs: [(char, usize); MOST_GROUPS],
    count: usize,
}

impl Figures {
    pub(super) fn of(text: &str) -> Result<Self, DecimalError> {
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

    pub(super) fn reading(&self, text: &str, lang: Lang) -> Result<NumberReading, DecimalError> {
        let too_large = || DecimalError::TooLarge { written: text.to_owned() };
        let runs = &self.runs[..self.count];
        let FigureWords { point, group: usual, .. } = lang.language().figures;
        // In a language that parts groups by spaces, the mark that is no decimal mark parts them as well, if less often.
        let group = if point == ',' { '.' } else { ',' };
        let doubt = if usual == group { Doubt::Language } else { Doubt::Mark };
        let (decimals, doubt) = match *runs {
            [_] => (false, None),
            [_, (mark, 3)] if mark == group && self.is_grouped(runs) => (false, Some(doubt)),
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
