//! Grammar of targets and outcomes.

use crate::model::date::{DateError, EdtfDate};
use crate::model::decimal::{Decimal, Doubt};
use crate::model::scan::{LONGEST, Scanner, is_space};
use crate::model::{Conventions, Lang};

use super::change::{RelativeChange, change};
use super::operators::{OPERATORS, PREPOSITIONS};
use super::phrases::{AND, NONE, RANGES, WITHIN, YES};
use super::quantity::{Quantity, unit, whole};
use super::token::is_recent;
use super::{Context, Goal, Measure, Operator, Target, TargetError, sentence, unit as units};

impl Target {
    /// Reads a target in any of the languages, whatever its case: `=> 100`, `maggiore di 100`, `mindestens 100`,
    /// `20,00`, `tra 10 e 20`, `2/4`, `entro il 30 Giugno`, `fatto`, `+5%`, `€ 10.000,00`, `n.d.`, and sentences with one
    /// figure: `Documentazione di almeno 70.000 dataset`.
    ///
    /// `context` gives a bare figure its operator. Prose is a target too, one that only a declared state can judge; what
    /// looks like a figure or a date and is none is an error.
    pub fn read(text: &str, context: &Context<'_>, conventions: Conventions) -> Result<Self, TargetError> {
        let (goal, doubt) = goal(text, conventions)?;
        Ok(Self { doubt, ..Self::of(goal) }.in_context(context, is_year(text)))
    }
}

/// A target as written; the operator of a bare figure is left open.
fn goal(text: &str, conventions: Conventions) -> Result<(Goal, Option<Doubt>), TargetError> {
    let words = Scanner::with_figures(text, conventions.lang);
    if words.rest().is_empty() || words.is_any(&NONE) {
        return Ok((Goal::None, None));
    }
    if words.is_any(&YES) {
        return Ok((Goal::Yes, None));
    }
    if text.len() > LONGEST {
        return Ok((Goal::Text(text.trim_matches(is_space).to_owned()), None));
    }
    if may_be_date(words) {
        let day = may_be_day(words.rest(), words.lang()).then(|| words.rest().trim_end_matches('.').replace('.', "/"));
        match EdtfDate::read(day.as_deref().unwrap_or(text), conventions.year) {
            Ok(date) => return Ok((Goal::Date(date), None)),
            Err(DateError::Empty | DateError::Unreadable { .. }) => {}
            Err(error) => return Err(TargetError::Date(error)),
        }
    }
    let read = match change(words)? {
        Some((change, doubt)) => Some((change.into_goal(), doubt)),
        None => match range(words)? {
            Some(range) => Some(range),
            None if sentence::compares_a_year(words) => None,
            None => figure(words)?.or_else(|| sentence::read(words)),
        },
    };
    Ok(read.unwrap_or_else(|| (Goal::Text(text.trim_matches(is_space).to_owned()), None)))
}

/// True if a text has the shape of a date rather than that of a figure: `06/2024` but not `2/4`,
/// `2020-06` but not `2020`, `2. Dezember` but not `2.`.
fn may_be_date(words: Scanner<'_>) -> bool {
    let text = words.rest();
    if may_be_day(text, words.lang()) {
        return true;
    }
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return text.starts_with(|c: char| c.is_alphabetic() || c == '.');
    }
    let mut words = words;
    let first = words.digits();
    let Some(separator) = words.eat_char(&['/', '-', '.']) else {
        return (matches!(first.len(), 1 | 2) || first.len() == 4 && is_recent(first))
            && words.rest().starts_with(|c: char| c.is_alphabetic() || matches!(c, '°' | '^'));
    };
    let second = words.digits();
    let is_three_parts = words.eat_char(&[separator]).is_some();
    match (first.len(), second.len()) {
        (4, 4) => separator == '/' && is_school_year(first, second),
        (4, _) => is_recent(first) && (separator != '.' || is_three_parts),
        (1 | 2, 4) => separator != '.' && is_recent(second),
        // A stop after two figures ends a sentence.
        (1 | 2, 1 | 2) => is_three_parts && words.rest().starts_with(|c: char| c.is_ascii_digit()),
        (1 | 2, 0) => separator == '.' && words.rest().starts_with(char::is_alphabetic),
        _ => false,
    }
}

/// True if words are four figures that may be a year: `2022`.
fn is_year(text: &str) -> bool {
    let mut words = Scanner::new(text);
    let digits = words.digits();
    digits.len() == 4 && is_recent(digits) && words.is_done()
}

/// `2019/2020`, which is a span and not 2019 out of 2020.
fn is_school_year(first: &str, second: &str) -> bool {
    let number = |digits: &str| digits.parse::<i16>().unwrap_or_default();
    is_recent(first) && number(first) + 1 == number(second)
}

/// `tra 10 e 20`, `between 10 and 20`, `zwischen 10 und 20`, and the form of data, `10..20`.
pub(super) fn range(mut words: Scanner<'_>) -> Result<Option<(Goal, Option<Doubt>)>, TargetError> {
    let spoken = words.eat_any(&RANGES);
    if !spoken && !words.rest().contains("..") {
        return Ok(None);
    }
    words.skip(&PREPOSITIONS);
    let low = match Quantity::scan(&mut words) {
        Some(Ok(low)) => low,
        Some(Err(error)) if spoken => return Err(error.into()),
        Some(Err(_)) | None => return Ok(None),
    };
    let joined = if spoken { words.eat_any(&AND) } else { words.eat("..") };
    if !joined {
        return Ok(None);
    }
    words.skip(&PREPOSITIONS);
    let Some(high) = Quantity::scan(&mut words) else {
        return Ok(None);
    };
    let high = high?;
    if low.measure != high.measure && low.measure != Measure::Number {
        return Ok(None);
    }
    let Ok(unit) = unit(words) else {
        return Ok(None);
    };
    let low_value =
        if high.measure == Measure::Money { low.value.with_decimals(2).unwrap_or(low.value) } else { low.value };
    if low_value > high.value {
        return Err(TargetError::EmptyRange { low: low_value, high: high.value });
    }
    Ok(Some((Goal::Range { low: low_value, high: high.value, measure: high.measure, unit }, low.doubt.max(high.doubt))))
}

/// A figure or a ratio, with or without its operator: `=> 100`, `20,00`, `2/4`, `entro 30 giorni`.
fn figure(mut words: Scanner<'_>) -> Result<Option<(Goal, Option<Doubt>)>, TargetError> {
    let written = words.rest();
    let compared = words.find(&OPERATORS);
    let within = compared.is_none() && words.eat_any(&WITHIN);
    let explicit = if within { Some(Operator::Le) } else { compared };
    if explicit.is_some() {
        words.skip(&PREPOSITIONS);
    }
    let quantity = match Quantity::scan(&mut words) {
        Some(Ok(quantity)) => quantity,
        Some(Err(error)) if explicit.is_some() || words.is_done() => return Err(error.into()),
        Some(Err(_)) | None => return Ok(None),
    };
    if let None | Some(Operator::Ge | Operator::Gt) = explicit
        && let Some((change, doubt)) = RelativeChange::after(&quantity, explicit == Some(Operator::Gt), words)
    {
        return Ok(Some((change.into_goal(), doubt)));
    }
    if quantity.measure == Measure::Number
        && !within
        && let Some(whole) = whole(&mut words)
    {
        let whole = whole?;
        let doubt = quantity.doubt.max(whole.doubt);
        let Ok(unit) = unit(words) else {
            return Ok(None);
        };
        if quantity.value.is_negative() {
            return Ok(None);
        }
        if whole.value <= Decimal::ZERO {
            return Err(TargetError::RatioOfNothing { written: written.to_owned() });
        }
        let ratio = Goal::Ratio { operator: explicit, part: quantity.value, whole: whole.value, unit };
        return Ok(Some((ratio, doubt)));
    }
    let Ok(unit) = unit(words) else {
        return Ok(None);
    };
    if within && !unit.as_deref().is_some_and(units::is_time) {
        return Ok(None);
    }
    Ok(Some((
        Goal::Quantity { operator: explicit, value: quantity.value, measure: quantity.measure, unit },
        quantity.doubt,
    )))
}

/// True if two small numbers are a day without its year rather than a ratio or a decimal: `30/06`, `31.12`.
pub(super) fn may_be_day(written: &str, lang: Lang) -> bool {
    let written = written.trim_end_matches('.');
    let Some((day, month)) = written.split_once(['/', '.']) else {
        return false;
    };
    let (Ok(day_number), Ok(month_number)) = (day.parse::<u8>(), month.parse::<u8>()) else {
        return false;
    };
    let is_day = (1..=31).contains(&day_number) && (1..=12).contains(&month_number);
    let is_marked = day.starts_with('0') || month.starts_with('0');
    is_day
        && (is_marked || day_number > month_number)
        && (written.contains('/') || lang.language().figures.point != '.' && month.len() == 2 && day.len() == 2)
}
