//! Targets and outcomes in plain words.

use crate::model::Lang;
use crate::model::amount::in_euros;
use crate::model::decimal::Decimal;
use crate::model::language::Figure;

use super::{Actual, Basis, Extent, Goal, Measure, Operator, Outcome, Reason, Target};

impl Target {
    /// The target in plain words: `almeno 100`, `più del 25%`, `2 su 4`,
    /// `entro il 31 dicembre 2020`, `tra 10 e 20`, `aumento del 25%`; prose verbatim.
    ///
    /// [`Target::read`] reads them back in the same language.
    pub fn words(&self, lang: Lang) -> String {
        let words = &lang.language().targets;
        match &self.goal {
            Goal::Quantity { operator, value, measure, unit, .. } => {
                followed_by(compared(*operator, measure.figure(*value, lang), lang), unit)
            }
            Goal::Range { low, high, measure, unit } => {
                followed_by((words.range)(&measure.figure(*low, lang), &measure.figure(*high, lang)), unit)
            }
            Goal::Ratio { operator, part, whole, unit } => {
                // Of a ratio, at least is what everybody reads.
                let operator = operator.filter(|operator| *operator != Operator::Ge || self.basis != Basis::Default);
                let ratio = Figure { words: ratio(*part, *whole, lang), value: *part, measure: Measure::Number };
                followed_by(compared(operator, ratio, lang), unit)
            }
            Goal::Date(date) if date.latest().is_some() => date.as_deadline().words(lang),
            Goal::Date(date) => date.words(lang),
            Goal::Yes => done(true, lang).to_owned(),
            Goal::Change { operator, by, measure, note } => {
                followed_by((words.change)(*operator, &measure.figure(by.abs(), lang)), note)
            }
            Goal::Text(text) => text.clone(),
            Goal::None => words.not_stated.to_owned(),
        }
    }
}

impl Actual {
    /// The outcome in plain words: `22 persone`, `98%`, `3 su 4`, `15 giugno 2017`, `sì`,
    /// `aumento del 6%`, `non pubblicato`; prose verbatim.
    pub fn words(&self, lang: Lang) -> String {
        let words = &lang.language().targets;
        match &self.outcome {
            Outcome::Quantity { value, extent, measure, unit } => {
                followed_by(extent.words(*value, *measure, lang), unit)
            }
            Outcome::Ratio { part, whole, unit } => followed_by(ratio(*part, *whole, lang), unit),
            Outcome::Date(date) => date.words(lang),
            Outcome::Done(is_done) => done(*is_done, lang).to_owned(),
            Outcome::Change { by, measure, note } => {
                let operator = if by.is_negative() { Operator::Le } else { Operator::Ge };
                followed_by((words.change)(operator, &measure.figure(by.abs(), lang)), note)
            }
            Outcome::Text(text) => text.clone(),
            Outcome::None => words.not_published.to_owned(),
        }
    }
}

impl Measure {
    fn figure(self, value: Decimal, lang: Lang) -> Figure {
        let words = match self {
            Self::Number => value.words(lang),
            Self::Percent => value.percent_words(lang),
            Self::Money => in_euros(&value.words(lang), lang),
        };
        Figure { words, value, measure: self }
    }
}

impl Extent {
    /// A published figure with its relation to the true one.
    fn words(self, value: Decimal, measure: Measure, lang: Lang) -> String {
        let words = &lang.language().targets;
        let figure = measure.figure(value, lang);
        match self {
            Self::Exact => figure.words,
            Self::Bound(operator) => compared(Some(operator), figure, lang),
            Self::To(high) => (words.range)(&figure, &measure.figure(high, lang)),
            Self::About => (words.approximate)(&figure),
        }
    }
}

fn compared(operator: Option<Operator>, figure: Figure, lang: Lang) -> String {
    match operator {
        Some(operator) => (lang.language().targets.compared)(operator, &figure),
        None => figure.words,
    }
}

fn ratio(part: Decimal, whole: Decimal, lang: Lang) -> String {
    (lang.language().targets.ratio)(&part.words(lang), &whole.words(lang))
}

fn done(is_done: bool, lang: Lang) -> &'static str {
    lang.language().targets.done[usize::from(!is_done)]
}

fn followed_by(mut words: String, unit: &Option<String>) -> String {
    if let Some(unit) = unit {
        if unit.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '(' | '“' | '"' | '«')) {
            words.push(' ');
        }
        words.push_str(unit);
    }
    words
}

impl Reason {
    /// Reason for which there is no verdict, in one plain sentence.
    pub fn words(self, lang: Lang) -> &'static str {
        let known = lang.language().targets.reasons.iter().find(|(reason, _)| *reason == self);
        known.map_or("", |(_, words)| words)
    }
}
