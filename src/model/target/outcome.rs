//! Grammar of outcomes and baselines.

use crate::model::date::{DateError, EdtfDate};
use crate::model::decimal::{DecimalError, Doubt};
use crate::model::scan::{ABOUT, LONGEST, Scanner, is_sign, is_space};
use crate::model::{Conventions, Lang};

use super::change::{RelativeChange, change};
use super::goal::is_share;
use super::grammar::{may_be_day, range};
use super::operators::{OPERATORS, PREPOSITIONS};
use super::phrases::{NO, NONE, PERCENT, YES};
use super::quantity::{Quantity, unit, whole};
use super::{Actual, Extent, Goal, Measure, Operator, Outcome, Target, TargetKind};

impl Actual {
    /// Reads the outcome of `target` in the same grammar.
    ///
    /// A plain figure is taken in the target's own percents or euros. Words of another kind than the target asks for are
    /// kept, and never judged.
    ///
    /// # Errors
    /// Fails if the words are a day that there isn't.
    pub fn read(text: &str, target: &Target, conventions: Conventions) -> Result<Self, DateError> {
        let (outcome, doubt) = read(text, target.kind(), conventions)?;
        Ok(Self { outcome, doubt })
    }

    /// Reads where an indicator stood before: a figure with or without its unit, or words.
    pub fn baseline(text: &str, lang: Lang) -> Self {
        let (outcome, doubt) = baseline(text, lang);
        Self { outcome, doubt }
    }
}

/// An outcome of a target of `kind`: words of another kind are kept.
fn read(text: &str, kind: TargetKind, conventions: Conventions) -> Result<(Outcome, Option<Doubt>), DateError> {
    let words = Scanner::with_figures(text, conventions.lang);
    if words.rest().is_empty() || words.is_any(&NONE) {
        return Ok((Outcome::None, None));
    }
    let read = match kind {
        _ if text.len() > LONGEST => None,
        TargetKind::YesNo | TargetKind::Date if words.is_any(&YES) || kind == TargetKind::Date && is_whole(words) => {
            Some((Outcome::Done(true), None))
        }
        TargetKind::YesNo | TargetKind::Date if words.is_any(&NO) => Some((Outcome::Done(false), None)),
        TargetKind::YesNo => None,
        TargetKind::Date => match EdtfDate::read(text, conventions.year) {
            Ok(date) => Some((Outcome::Date(date), None)),
            Err(error @ DateError::Impossible { .. }) => return Err(error),
            Err(_) => None,
        },
        TargetKind::Ratio | TargetKind::Percent if may_be_day(words.rest(), conventions.lang) => None,
        TargetKind::Text
        | TargetKind::None
        | TargetKind::Relative
        | TargetKind::Number
        | TargetKind::Percent
        | TargetKind::Money
        | TargetKind::Ratio => measured(words),
    };
    let words = || (Outcome::Text(text.trim_matches(is_space).to_owned()), None);
    Ok(read.map_or_else(words, |(outcome, doubt)| (in_measure(outcome, kind), doubt)))
}

/// Baseline of an indicator, as written.
fn baseline(text: &str, lang: Lang) -> (Outcome, Option<Doubt>) {
    let words = Scanner::with_figures(text, lang);
    if words.rest().is_empty() || words.is_any(&NONE) {
        return (Outcome::None, None);
    }
    let read = if text.len() > LONGEST { None } else { measured(words) };
    read.unwrap_or_else(|| (Outcome::Text(text.trim_matches(is_space).to_owned()), None))
}

/// All of it: `100 %`.
fn is_whole(mut words: Scanner<'_>) -> bool {
    words.digits() == "100" && words.eat_any(&PERCENT) && words.is_done()
}

/// A figure, ratio or change that was measured, exact or not.
fn measured(words: Scanner<'_>) -> Option<(Outcome, Option<Doubt>)> {
    // A minus may be the sign of a figure; a plus never is.
    let is_signed = words.rest().starts_with(is_sign) && !words.rest().starts_with('+');
    let change = if is_signed { None } else { change(words).ok()? };
    match change {
        Some((change, doubt)) => Some((change.into_outcome(), doubt)),
        None => outcome_figure(words).ok().flatten().or_else(|| outcome_range(words)),
    }
}

/// The outcome in the measure that a target asks for, where it names none: `98` of `100 %`.
fn in_measure(outcome: Outcome, kind: TargetKind) -> Outcome {
    match outcome {
        // `-6%` is a fall where a change is asked for, and a figure below nought elsewhere.
        Outcome::Quantity { value, extent: Extent::Exact, measure, unit }
            if kind == TargetKind::Relative && value.is_negative() =>
        {
            Outcome::Change { by: value, measure, note: unit }
        }
        Outcome::Quantity { value, extent, measure: Measure::Number, unit: None } if kind == TargetKind::Money => {
            let value = value.with_decimals(2).unwrap_or(value);
            Outcome::Quantity { value, extent, measure: Measure::Money, unit: None }
        }
        // A possible share of one stays a number: `0,8` of `100 %`.
        Outcome::Quantity { value, extent, measure: Measure::Number, unit: None }
            if kind == TargetKind::Percent && !is_share(value) =>
        {
            Outcome::Quantity { value, extent, measure: Measure::Percent, unit: None }
        }
        outcome => outcome,
    }
}

/// Extent of an outcome's figure, from the words before it.
fn extent(words: &mut Scanner<'_>) -> Option<Extent> {
    if words.eat_any(&ABOUT) {
        return Some(Extent::About);
    }
    let operator = words.find(&OPERATORS)?;
    Some(if operator == Operator::Eq { Extent::Exact } else { Extent::Bound(operator) })
}

/// A figure or a ratio as an outcome: `22`, `3 su 4`, `circa 25`, `25 circa`, `oltre 3`; a ratio may be of nothing.
fn outcome_figure(mut words: Scanner<'_>) -> Result<Option<(Outcome, Option<Doubt>)>, DecimalError> {
    let mut extent = extent(&mut words);
    words.skip(&PREPOSITIONS);
    let quantity = match Quantity::scan(&mut words) {
        Some(Ok(quantity)) => quantity,
        Some(Err(error)) if words.is_done() => return Err(error),
        Some(Err(_)) | None => return Ok(None),
    };
    if let Some(rest) = words.without_about() {
        // Of a figure that is a bound, too, nobody knows how far it may be off.
        if extent.is_some() {
            return Ok(None);
        }
        (words, extent) = (rest, Some(Extent::About));
    }
    if let Some((change, doubt)) = RelativeChange::after(&quantity, false, words) {
        return Ok(extent.is_none().then(|| (change.into_outcome(), doubt)));
    }
    let whole = match whole(&mut words) {
        Some(whole) if quantity.measure == Measure::Number => Some(whole?),
        Some(_) => return Ok(None),
        None => None,
    };
    let Ok(unit) = unit(words) else {
        return Ok(None);
    };
    let doubt = quantity.doubt.max(whole.as_ref().and_then(|whole| whole.doubt));
    let outcome = match whole {
        Some(whole) if quantity.value.is_negative() || whole.value.is_negative() || extent.is_some() => {
            return Ok(None);
        }
        Some(whole) => Outcome::Ratio { part: quantity.value, whole: whole.value, unit },
        None => {
            let extent = extent.unwrap_or(Extent::Exact);
            Outcome::Quantity { value: quantity.value, extent, measure: quantity.measure, unit }
        }
    };
    Ok(Some((outcome, doubt)))
}

/// An outcome between two figures: `tra 10 e 20`.
fn outcome_range(words: Scanner<'_>) -> Option<(Outcome, Option<Doubt>)> {
    let Ok(Some((Goal::Range { low, high, measure, unit }, doubt))) = range(words) else { return None };
    Some((Outcome::Quantity { value: low, extent: Extent::To(high), measure, unit }, doubt))
}
