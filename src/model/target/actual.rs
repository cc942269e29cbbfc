//! Outcomes and baselines as they were read: what was published.

use serde::{Deserialize, Serialize};

use crate::model::date::EdtfDate;
use crate::model::decimal::{Decimal, Doubt};

use super::{Measure, Operator};

/// Every `Actual` is an outcome or a baseline as it was published: a figure, a day, an answer, or words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actual {
    pub(super) outcome: Outcome,
    pub(super) doubt: Option<Doubt>,
}

/// The outcome itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
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
pub(crate) enum Extent {
    /// The true one.
    Exact,
    /// About the true one: no more than a tenth of it away.
    About,
    /// The true one has this relation to it: `oltre 3`, `meno di 5`.
    Bound(Operator),
    /// The true one is between it and this one: `tra 10 e 20`.
    To(Decimal),
}

impl Actual {
    /// The outcome itself.
    pub(crate) fn outcome(&self) -> &Outcome {
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

    /// The value for data, in the forms of [`Target::value`](super::Target::value); `no` for what was not done. A figure
    /// that is only about the true one has no value.
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
    pub(crate) fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }
}
