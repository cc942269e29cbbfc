//! Targets as they were read: what is promised.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::model::date::{DateError, EdtfDate};
use crate::model::decimal::{Decimal, DecimalError, Doubt};

use super::{Measure, Operator, Reason, TargetKind};

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

/// Every `Target` tells which outcomes meet it. It is read from an office's words and printed as it was read.
///
/// Ranges are in order, ratios are of more than nothing, dates are in the calendar. A figure has no operator only where
/// nothing that the office wrote tells whether it is a floor or a ceiling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    pub(super) goal: Goal,
    pub(super) basis: Basis,
    /// The unit of measure of the indicator, where the words of the target name none.
    pub(super) counted_in: Option<String>,
    pub(super) doubt: Option<Doubt>,
}

/// The promise itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Goal {
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

/// Origin of the operator of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Basis {
    /// The office wrote it, or the target needs none.
    Written,
    /// The office wrote the direction.
    Direction,
    /// The baseline is on the other side of the target.
    Baseline,
    /// The target is nought: nobody promises at least nothing.
    Nought,
    /// Nothing was written: at least.
    Default,
    /// Nothing was written and either operator may be meant: the office is asked.
    Open,
    /// Nothing was written, and the figure may be a year: the office is asked.
    Year,
}

impl Basis {
    /// Reason for which a target with this basis can't be judged; none if it has an operator.
    pub(crate) fn question(self) -> Option<Reason> {
        match self {
            Self::Open => Some(Reason::NoOperator),
            Self::Year => Some(Reason::YearOrCount),
            _ => None,
        }
    }
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
    /// Words that no reading fits: only a declared state can judge them.
    pub fn prose(text: &str) -> Self {
        Self::of(Goal::Text(text.trim().to_owned()))
    }

    pub(super) fn of(goal: Goal) -> Self {
        Self { goal, basis: Basis::Written, counted_in: None, doubt: None }
    }

    /// The promise itself.
    pub(crate) fn goal(&self) -> &Goal {
        &self.goal
    }

    /// Origin of its operator.
    pub(crate) fn basis(&self) -> Basis {
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
    pub(crate) fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }
}

impl Goal {
    /// True if the figure may be a share of one, as spreadsheets write percentages: `0,8` for 80 %.
    pub(super) fn may_be_a_share(&self) -> bool {
        match self {
            Self::Quantity { value, .. } | Self::Range { high: value, .. } => is_share(*value),
            _ => false,
        }
    }
}

/// True if a figure is above nought and at most one.
pub(super) fn is_share(value: Decimal) -> bool {
    value > Decimal::ZERO && value <= Decimal::from(1)
}
