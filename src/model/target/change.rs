//! Changes on a baseline: a rise or a fall, and by how much.

use crate::model::decimal::{Decimal, DecimalError, Doubt};
use crate::model::scan::{Scanner, is_sign, is_space};

use super::operators::{OPERATORS, PREPOSITIONS};
use super::phrases::{CHANGES, CHANGES_AFTER, CHANGES_AFTER_NOUN, REFERENCES};
use super::quantity::{Quantity, note, unit};
use super::{Goal, Measure, Operator, Outcome};

/// A change as it was read.
pub(super) struct RelativeChange {
    operator: Operator,
    by: Decimal,
    measure: Measure,
    note: Option<String>,
}

impl RelativeChange {
    /// A rise (`Ge`, `Gt`) or a fall (`Le`, `Lt`) of `size`, if the words that follow it allow one.
    fn new(operator: Operator, size: &Quantity, after: Scanner<'_>) -> Option<(Self, Option<Doubt>)> {
        if size.value.is_negative() {
            return None;
        }
        let change = Self {
            operator,
            by: if operator.is_floor() { size.value } else { Decimal::ZERO.checked_sub(size.value)? },
            measure: size.measure,
            note: note(after).ok()?,
        };
        Some((change, size.doubt))
    }

    /// The change of `size` that `words` go on to speak of: `in più`, `less`.
    pub(super) fn after(size: &Quantity, strict: bool, words: Scanner<'_>) -> Option<(Self, Option<Doubt>)> {
        let mut after = words;
        match after.find(&CHANGES_AFTER) {
            Some(rise) => Self::new(Operator::of_change(rise, strict), size, after),
            None => Self::after_noun(size, strict, words),
        }
    }

    /// The change of `size` of what `words` name first: `agenti in più rispetto al 2019`.
    fn after_noun(size: &Quantity, strict: bool, words: Scanner<'_>) -> Option<(Self, Option<Doubt>)> {
        let text = words.rest();
        let (noun, rise, rest) = text.match_indices(' ').find_map(|(at, _)| {
            let mut after = Scanner::new(&text[at..]);
            let rise = after.find(&CHANGES_AFTER_NOUN)?;
            Some((&text[..at], rise, after))
        })?;
        let is_reference = |word: &str| Scanner::new(word).is_any(&REFERENCES);
        if !rest.is_done() && !rest.rest().split(is_space).next().is_some_and(is_reference) {
            return None;
        }
        unit(Scanner::new(noun)).ok()??;
        let (mut change, doubt) = Self::new(Operator::of_change(rise, strict), size, rest)?;
        let reference = change.note.map(|reference| format!(" {reference}")).unwrap_or_default();
        change.note = Some(format!("{noun}{reference}"));
        Some((change, doubt))
    }

    pub(super) fn into_goal(self) -> Goal {
        Goal::Change { operator: self.operator, by: self.by, measure: self.measure, note: self.note }
    }

    pub(super) fn into_outcome(self) -> Outcome {
        Outcome::Change { by: self.by, measure: self.measure, note: self.note }
    }
}

/// `+5%`, `aumento del 25% rispetto al 2019`, `riduzione di oltre il 10%`.
pub(super) fn change(mut words: Scanner<'_>) -> Result<Option<(RelativeChange, Option<Doubt>)>, DecimalError> {
    let mut operator = None;
    let rise = if words.rest().starts_with(is_sign) {
        let rise = words.rest().starts_with('+');
        // A dash and a space begin an entry of a list, not a negative figure.
        if !rise && words.rest().chars().nth(1).is_some_and(is_space) {
            return Ok(None);
        }
        words.eat_char(&['+', '-', '\u{2212}', '\u{2013}']);
        rise
    } else {
        let Some(rise) = words.find(&CHANGES) else {
            return Ok(None);
        };
        words.skip(&PREPOSITIONS);
        operator = words.find(&OPERATORS);
        words.skip(&PREPOSITIONS);
        rise
    };
    if !matches!(operator, None | Some(Operator::Ge | Operator::Gt)) {
        return Ok(None);
    }
    let Some(size) = Quantity::scan(&mut words) else {
        return Ok(None);
    };
    let operator = Operator::of_change(rise, operator == Some(Operator::Gt));
    Ok(RelativeChange::new(operator, &size?, words))
}
