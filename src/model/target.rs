//! Targets of indicators, their outcomes, and verdicts on both.

mod assume;
mod grammar;
mod judge;
mod operators;
mod outcome;
mod phrases;
mod sentence;
mod token;
mod unit;
mod words;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::date::{DateError, EdtfDate};
use super::decimal::{Decimal, DecimalError, Doubt};
use super::{Conventions, Lang};

pub use assume::{Basis, Context};
pub use judge::{Reason, Verdict};
pub use sentence::Hint;
pub(crate) use unit::is_number;

vocabulary! {
    /// Intended direction of an indicator.
    pub enum Direction [directions] {
        /// More is better.
        Up = "up",
        /// Less is better.
        Down = "down",
        /// Staying the same is the aim.
        Keep = "keep",
    }
}

vocabulary! {
    /// Relation that an outcome needs to a target to meet it.
    pub enum Operator {
        /// At least.
        Ge = "ge",
        /// More than.
        Gt = "gt",
        /// At most.
        Le = "le",
        /// Less than.
        Lt = "lt",
        /// Exactly, at the target's decimals.
        Eq = "eq",
        /// Between two values, both included.
        Between = "between",
        /// By the last possible day of a date.
        By = "by",
    }
}

vocabulary! {
    /// Kind of thing that a target asks for.
    pub enum TargetKind {
        /// A plain number.
        Number = "number",
        /// A share of a hundred.
        Percent = "percent",
        /// Euros.
        Money = "money",
        /// So many out of so many.
        Ratio = "ratio",
        /// A date to be kept.
        Date = "date",
        /// Something to be done.
        YesNo = "yes_no",
        /// A change on the baseline.
        Relative = "relative",
        /// Prose, which only a declared state can judge.
        Text = "text",
        /// Nothing yet.
        None = "none",
    }
}

/// Measure of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// Things, named by the unit.
    Number,
    /// Hundredths.
    Percent,
    /// Euros.
    Money,
}

/// Every `Target` tells which outcomes meet it. It is read from an office's words and printed as it was read.
///
/// Ranges are in order, ratios are of more than nothing, dates are in the calendar. A figure has no operator only where
/// nothing that the office wrote tells whether it is a floor or a ceiling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    goal: Goal,
    basis: Basis,
    /// The unit of measure of the indicator, where the words of the target name none.
    counted_in: Option<String>,
    doubt: Option<Doubt>,
}

/// The promise itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// One figure, never `Between` or `By`: `=> 100`, `20,00`, `almeno 20 persone`.
    Quantity {
        /// Relation of the outcome to `value`; none if nobody wrote it and nothing tells it.
        operator: Option<Operator>,
        /// The figure; euros have at least two decimals.
        value: Decimal,
        /// Measure of the figure.
        measure: Measure,
        /// The words after the figure, as written.
        unit: Option<String>,
    },
    /// A closed range: `tra 10 e 20`.
    Range {
        /// The least value that will do.
        low: Decimal,
        /// The greatest value that will do.
        high: Decimal,
        /// Measure of the figures.
        measure: Measure,
        /// The words after the figures, as written.
        unit: Option<String>,
    },
    /// So many out of so many: `2/4`.
    Ratio {
        /// Relation of the outcome's ratio to this one, likewise; never `Between` or `By`.
        operator: Option<Operator>,
        /// The part.
        part: Decimal,
        /// The whole, above nought.
        whole: Decimal,
        /// The words after the figures, as written.
        unit: Option<String>,
    },
    /// A date; whatever its bound, its last possible day is the one to keep.
    Date(EdtfDate),
    /// Something to be done: `sì`, `fatto`.
    Yes,
    /// A change on the baseline: `+5%`, `riduzione del 10%`.
    Change {
        /// `Ge` or `Gt` for a rise, `Le` or `Lt` for a fall.
        operator: Operator,
        /// The change: below nought for a fall.
        by: Decimal,
        /// Measure of the change.
        measure: Measure,
        /// The words after the figure, as written, such as `rispetto al 2019`.
        note: Option<String>,
    },
    /// Words that no reading fits, verbatim.
    Text(String),
    /// Nothing yet: `n.d.`, `-`, `da definire`, or no words at all.
    None,
}

/// Every `Actual` is an outcome or a baseline as it was published: a figure, a day, an answer, or words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actual {
    outcome: Outcome,
    doubt: Option<Doubt>,
}

/// The outcome itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// One figure.
    Quantity {
        /// The figure; euros have at least two decimals.
        value: Decimal,
        /// Precision of the figure: `circa 25`, `oltre 3`.
        extent: Extent,
        /// Measure of the figure.
        measure: Measure,
        /// The words after the figure, as written.
        unit: Option<String>,
    },
    /// So many out of so many; the whole may be nothing.
    Ratio {
        /// The part.
        part: Decimal,
        /// The whole.
        whole: Decimal,
        /// The words after the figures, as written.
        unit: Option<String>,
    },
    /// Date on which it was done.
    Date(EdtfDate),
    /// True if it was done.
    Done(bool),
    /// By how much it changed: `+6%`.
    Change {
        /// The change: below nought for a fall.
        by: Decimal,
        /// Measure of the change.
        measure: Measure,
        /// The words after the figure, as written.
        note: Option<String>,
    },
    /// Words of another kind than figures, days and answers, verbatim.
    Text(String),
    /// Nothing published.
    None,
}

/// Relation of a published figure to the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Extent {
    /// It is the true one.
    Exact,
    /// It is about the true one: no more than a tenth of it away.
    About,
    /// The true one has this relation to it: `oltre 3`, `meno di 5`.
    Bound(Operator),
    /// The true one is between it and this one: `tra 10 e 20`.
    To(Decimal),
}

/// Error of words that are no target.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TargetError {
    /// The figures are not a number.
    #[error(transparent)]
    Number(#[from] DecimalError),
    /// The words are a date that can't be kept.
    #[error(transparent)]
    Date(DateError),
    /// A range that starts above its end.
    #[error("a range from {low} to {high} is empty")]
    EmptyRange {
        /// The first figure.
        low: Decimal,
        /// The second, smaller figure.
        high: Decimal,
    },
    /// A ratio of nothing: `2/0`.
    #[error("`{written}` is a part of nothing")]
    RatioOfNothing {
        /// The text.
        written: String,
    },
}

impl Default for Target {
    /// No target yet.
    fn default() -> Self {
        Self::of(Goal::None)
    }
}

impl Target {
    /// Reads a target in any of the languages, whatever its case: `=> 100`, `maggiore di 100`, `mindestens 100`,
    /// `20,00`, `tra 10 e 20`, `2/4`, `entro il 30 Giugno`, `fatto`, `+5%`, `€ 10.000,00`, `n.d.`, and sentences with one
    /// figure: `Documentazione di almeno 70.000 dataset`.
    ///
    /// `context` gives a bare figure its operator. Prose is a target too, one that only a declared state can judge; what
    /// looks like a figure or a date and is none is an error.
    pub fn read(text: &str, context: &Context<'_>, conventions: Conventions) -> Result<Self, TargetError> {
        let (goal, doubt) = grammar::goal(text, conventions)?;
        Ok(Self { doubt, ..Self::of(goal) }.in_context(context, grammar::is_year(text)))
    }

    /// Words that no reading fits: only a declared state can judge them.
    pub fn prose(text: &str) -> Self {
        Self::of(Goal::Text(text.trim().to_owned()))
    }

    fn of(goal: Goal) -> Self {
        Self { goal, basis: Basis::Written, counted_in: None, doubt: None }
    }

    /// The question that a careful reader asks about a target in words; none of other targets.
    pub fn hint(&self) -> Option<Hint> {
        match &self.goal {
            Goal::Text(text) => sentence::hint(text),
            _ => None,
        }
    }

    /// The promise itself.
    pub fn goal(&self) -> &Goal {
        &self.goal
    }

    /// Origin of its operator.
    pub fn basis(&self) -> Basis {
        self.basis
    }

    /// Better direction by the operator; none if it says nothing.
    pub fn direction(&self) -> Option<Direction> {
        match self.operator()? {
            Operator::Ge | Operator::Gt => Some(Direction::Up),
            Operator::Le | Operator::Lt => Some(Direction::Down),
            Operator::Eq | Operator::Between | Operator::By => None,
        }
    }

    /// Kind of thing that is asked for.
    pub fn kind(&self) -> TargetKind {
        match self.goal {
            Goal::Quantity { measure, .. } | Goal::Range { measure, .. } => measure.kind(),
            Goal::Ratio { .. } => TargetKind::Ratio,
            Goal::Date(_) => TargetKind::Date,
            Goal::Yes => TargetKind::YesNo,
            Goal::Change { .. } => TargetKind::Relative,
            Goal::Text(_) => TargetKind::Text,
            Goal::None => TargetKind::None,
        }
    }

    /// Relation that an outcome needs to the target; `None` for prose, for no target, and if nobody wrote it and nothing
    /// tells it.
    pub fn operator(&self) -> Option<Operator> {
        match self.goal {
            Goal::Quantity { operator, .. } | Goal::Ratio { operator, .. } => operator,
            Goal::Change { operator, .. } => Some(operator),
            Goal::Range { .. } => Some(Operator::Between),
            Goal::Date(_) => Some(Operator::By),
            Goal::Yes => Some(Operator::Eq),
            Goal::Text(_) | Goal::None => None,
        }
    }

    /// True if an operator that was not written is assumed. An indicator that is meant to stay the same leaves no choice, a
    /// bare ratio means at least, and where either may be meant none is assumed.
    pub fn is_assumed(&self) -> bool {
        match self.basis {
            Basis::Written | Basis::Open | Basis::Year => false,
            Basis::Default => !matches!(self.goal, Goal::Ratio { .. }),
            _ => self.operator() != Some(Operator::Eq),
        }
    }

    /// The value for data: `100`, `10..20`, `2/4`, EDTF, `yes`, `+5%`; `None` for prose and for
    /// no target.
    pub fn value(&self) -> Option<String> {
        match &self.goal {
            Goal::Quantity { value, .. } => Some(value.to_string()),
            Goal::Range { low, high, .. } => Some(format!("{low}..{high}")),
            Goal::Ratio { part, whole, .. } => Some(format!("{part}/{whole}")),
            Goal::Date(date) => Some(date.to_string()),
            Goal::Yes => Some("yes".to_owned()),
            Goal::Change { operator, by, measure, .. } => Some(measure.change(operator.is_floor(), *by)),
            Goal::Text(_) | Goal::None => None,
        }
    }

    /// The words after the figures, as written: `persone` of `almeno 20 persone`.
    pub fn unit(&self) -> Option<&str> {
        match &self.goal {
            Goal::Quantity { unit, .. } | Goal::Range { unit, .. } | Goal::Ratio { unit, .. } => unit.as_deref(),
            Goal::Change { .. } | Goal::Date(_) | Goal::Yes | Goal::Text(_) | Goal::None => None,
        }
    }

    /// Doubt about the figures, if they may have meant another number.
    pub fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }
}

impl Actual {
    /// Reads the outcome of `target` in the same grammar.
    ///
    /// A plain figure is taken in the target's own percents or euros. Words of another kind than the target asks for are
    /// kept, and never judged.
    ///
    /// # Errors
    /// Fails if the words are a day that there isn't.
    pub fn read(text: &str, target: &Target, conventions: Conventions) -> Result<Self, DateError> {
        let (outcome, doubt) = outcome::read(text, target.kind(), conventions)?;
        Ok(Self { outcome, doubt })
    }

    /// Reads where an indicator stood before: a figure with or without its unit, or words.
    pub fn baseline(text: &str, lang: Lang) -> Self {
        let (outcome, doubt) = outcome::baseline(text, lang);
        Self { outcome, doubt }
    }

    /// The outcome itself.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// True if nothing was published: `n.d.`, `-`, or no words at all.
    pub fn is_none(&self) -> bool {
        self.outcome == Outcome::None
    }

    /// The one exact figure; none of ratios, changes, and figures that are only about the true one.
    pub fn figure(&self) -> Option<Decimal> {
        match self.outcome {
            Outcome::Quantity { value, extent: Extent::Exact, .. } => Some(value),
            _ => None,
        }
    }

    /// The value for data, in the forms of [`Target::value`]; `no` for what was not done. A figure that is only about the
    /// true one has no value.
    pub fn value(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Quantity { value, extent: Extent::To(high), .. } => Some(format!("{value}..{high}")),
            Outcome::Quantity { value, extent: Extent::Exact, .. } => Some(value.to_string()),
            Outcome::Quantity { .. } => None,
            Outcome::Ratio { part, whole, .. } => Some(format!("{part}/{whole}")),
            Outcome::Date(date) => Some(date.to_string()),
            Outcome::Done(true) => Some("yes".to_owned()),
            Outcome::Done(false) => Some("no".to_owned()),
            Outcome::Change { by, measure, .. } => Some(measure.change(!by.is_negative(), *by)),
            Outcome::Text(_) | Outcome::None => None,
        }
    }

    /// The words after the figures, as written.
    pub fn unit(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Quantity { unit, .. } | Outcome::Ratio { unit, .. } => unit.as_deref(),
            Outcome::Change { .. } | Outcome::Date(_) | Outcome::Done(_) | Outcome::Text(_) | Outcome::None => None,
        }
    }

    /// Doubt about the figures, if they may have meant another number.
    pub fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }
}

impl Measure {
    fn kind(self) -> TargetKind {
        match self {
            Self::Number => TargetKind::Number,
            Self::Percent => TargetKind::Percent,
            Self::Money => TargetKind::Money,
        }
    }

    /// A change as data: its sign, its size, `%` for percents.
    fn change(self, rise: bool, by: Decimal) -> String {
        let sign = if rise { '+' } else { '-' };
        let mark = if self == Self::Percent { "%" } else { "" };
        format!("{sign}{}{mark}", by.abs())
    }
}

impl Operator {
    /// True if more of the outcome can only help.
    pub(super) fn is_floor(self) -> bool {
        matches!(self, Self::Ge | Self::Gt)
    }

    pub(super) fn is_strict(self) -> bool {
        matches!(self, Self::Gt | Self::Lt)
    }
}

#[cfg(test)]
mod tests;
