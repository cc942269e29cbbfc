//! Whether an outcome meets its target, and how far it has come.

use std::cmp::Ordering;

use crate::model::decimal::{Decimal, Fraction};

use super::{Actual, Direction, Goal, Measure, Operator, Outcome, Target};

/// What the figures say about a target and its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The outcome meets the target.
    Met,
    /// It does not.
    NotMet,
    /// The figures can't say: prose, nothing published, a ratio of nothing, a change without its
    /// baseline.
    NotEvaluable,
}

impl Target {
    /// Compares an outcome with the target, exactly: ratios are multiplied out, never divided.
    ///
    /// `baseline` is what a change is measured from; other targets don't need it.
    pub fn judge(&self, actual: &Actual, baseline: Option<Decimal>) -> Verdict {
        match self.is_met(&actual.outcome, baseline) {
            Some(true) => Verdict::Met,
            Some(false) => Verdict::NotMet,
            None => Verdict::NotEvaluable,
        }
    }

    /// How far the outcome has come from the baseline (nought by default) to the target: 1 is
    /// there, more is beyond, less than nought is the wrong way.
    ///
    /// `None` for dates, things to be done, prose, ranges and what is meant to stay the same; for
    /// a ceiling without a baseline, where there is no way to go; and when target and baseline are
    /// one.
    pub fn progress(&self, actual: &Actual, baseline: Option<Decimal>) -> Option<Decimal> {
        if self.direction == Direction::Keep {
            return None;
        }
        if let (Goal::Change { by, measure, .. }, Outcome::Change { by: change, measure: counted, .. }) =
            (&self.goal, &actual.outcome)
        {
            return (measure == counted).then(|| change.checked_div(*by)).flatten();
        }
        let start = match self.operator()? {
            Operator::Le | Operator::Lt => baseline?,
            _ => baseline.unwrap_or(Decimal::ZERO),
        };
        let way = self.goal.figure(baseline)?.minus(start)?;
        self.goal.level(&actual.outcome)?.minus(start)?.divided_by(way)
    }

    /// Whether the target, once met, stays met whatever else happens in its time.
    pub(in crate::model) fn is_settled_when_met(&self) -> bool {
        match &self.goal {
            Goal::Quantity { operator, .. } | Goal::Ratio { operator, .. } | Goal::Change { operator, .. } => {
                operator.is_floor()
            }
            Goal::Date(_) | Goal::Yes => true,
            Goal::Range { .. } | Goal::Text(_) | Goal::None => false,
        }
    }

    fn is_met(&self, outcome: &Outcome, baseline: Option<Decimal>) -> Option<bool> {
        match (&self.goal, outcome) {
            (Goal::Date(_) | Goal::Yes, Outcome::Done(is_done)) => Some(*is_done),
            (Goal::Date(due), Outcome::Date(done)) => Some(done.latest()? <= due.latest()?),
            (Goal::Change { operator, by, measure, .. }, Outcome::Change { by: change, measure: counted, .. }) => {
                (measure == counted).then(|| operator.holds(change.cmp(by)))
            }
            (Goal::Range { low, high, .. }, _) => {
                let level = self.goal.level(outcome)?;
                Some(level.compare(Fraction::whole(*low))?.is_ge() && level.compare(Fraction::whole(*high))?.is_le())
            }
            (Goal::Quantity { operator: Operator::Eq, value, .. }, _) => rounds_to(self.goal.level(outcome)?, *value),
            _ => {
                let order = self.goal.level(outcome)?.compare(self.goal.figure(baseline)?)?;
                Some(self.operator()?.holds(order))
            }
        }
    }
}

impl Goal {
    /// The one figure that an outcome is compared with.
    fn figure(&self, baseline: Option<Decimal>) -> Option<Fraction> {
        match self {
            Self::Quantity { value, .. } => Some(Fraction::whole(*value)),
            Self::Ratio { part, whole, .. } => Fraction::new(*part, *whole),
            Self::Change { by, measure: Measure::Percent, .. } => {
                let baseline = baseline.filter(|baseline| *baseline != Decimal::ZERO)?;
                let before = baseline.checked_mul(Decimal::HUNDRED)?;
                let after = before.checked_add(baseline.abs().checked_mul(*by)?)?;
                Fraction::new(after, Decimal::HUNDRED)
            }
            Self::Change { by, .. } => Some(Fraction::whole(baseline?.checked_add(*by)?)),
            Self::Range { .. } | Self::Date(_) | Self::Yes | Self::Text(_) | Self::None => None,
        }
    }

    /// The outcome as a figure that compares with the goal's: a ratio as percents where percents
    /// are asked for, and percents as a ratio.
    fn level(&self, outcome: &Outcome) -> Option<Fraction> {
        match (self, outcome) {
            (Self::Ratio { .. }, Outcome::Quantity { value, .. }) => Fraction::new(*value, Decimal::HUNDRED),
            (Self::Ratio { .. }, Outcome::Ratio { part, whole, .. }) => Fraction::new(*part, *whole),
            (Self::Quantity { measure, .. } | Self::Range { measure, .. }, Outcome::Ratio { part, whole, .. })
                if *measure == Measure::Percent =>
            {
                Fraction::new(part.checked_mul(Decimal::HUNDRED)?, *whole)
            }
            (
                Self::Quantity { measure, .. } | Self::Range { measure, .. },
                Outcome::Quantity { value, measure: counted, .. },
            ) if measure == counted => Some(Fraction::whole(*value)),
            (Self::Change { .. }, Outcome::Quantity { value, .. }) => Some(Fraction::whole(*value)),
            _ => None,
        }
    }
}

impl Operator {
    /// Whether an outcome that lies so to the target meets it.
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Ge => order.is_ge(),
            Self::Gt => order.is_gt(),
            Self::Le | Self::By => order.is_le(),
            Self::Lt => order.is_lt(),
            Self::Eq | Self::Between => order.is_eq(),
        }
    }
}

/// Whether `level`, rounded at the decimals that `value` was written with, is `value`; halves go
/// away from nought.
fn rounds_to(level: Fraction, value: Decimal) -> Option<bool> {
    let half = value.half_a_step()?;
    let from = level.compare(Fraction::whole(value.checked_sub(half)?))?;
    let to = level.compare(Fraction::whole(value.checked_add(half)?))?;
    Some(match value.cmp(&Decimal::ZERO) {
        Ordering::Greater => from.is_ge() && to.is_lt(),
        Ordering::Equal => from.is_gt() && to.is_lt(),
        Ordering::Less => from.is_gt() && to.is_le(),
    })
}
