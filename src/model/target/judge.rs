//! Verdicts on outcomes, and their progress.

use std::cmp::Ordering;

use crate::model::date::EdtfDate;
use crate::model::decimal::{Decimal, Fraction};

use crate::model::scan::{Scanner, is_space};

use super::goal::is_share;
use super::phrases::{PERCENT_POINTS, REFERENCES};
use super::{Actual, Basis, Extent, Goal, Measure, Operator, Outcome, Reason, Target, unit};

/// Verdict of the figures on a target and its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The outcome meets the target.
    Met,
    /// The outcome does not meet the target.
    NotMet,
    /// The figures can't say.
    NotEvaluable(Reason),
}

/// The values that a published figure may stand for, each end with whether it is left out; none is endless.
#[derive(Clone, Copy, Debug)]
struct ValueRange {
    low: Option<(Fraction, bool)>,
    high: Option<(Fraction, bool)>,
}

/// An outcome and what it is compared with, on one scale.
struct Sides {
    outcome: ValueRange,
    goal: Fraction,
    /// Beginning of the way to the goal; none for a ceiling without a baseline.
    start: Option<Fraction>,
}

impl Target {
    /// Compares an outcome with the target, exactly: ratios are multiplied out, never divided.
    ///
    /// `baseline` is what a change is measured from; it also keeps an operator that nobody wrote from calling met what was
    /// met before.
    pub fn judge(&self, actual: &Actual, baseline: Option<&Actual>) -> Verdict {
        match self.is_met(&actual.outcome, baseline) {
            Ok(true) if self.is_assumed() && self.is_met_before(baseline) => {
                Verdict::NotEvaluable(Reason::BaselineMeets)
            }
            Ok(true) => Verdict::Met,
            Ok(false) => Verdict::NotMet,
            Err(reason) => Verdict::NotEvaluable(reason),
        }
    }

    /// Progress of the outcome from the baseline (nought by default) to the target: 1 is there, more is beyond, less
    /// than nought is the wrong way.
    ///
    /// `None` if the figures don't say whether the target is met; for dates, things to be done, prose, ranges and what
    /// is meant to stay the same; for a ceiling without a baseline, where there is no way to go; and where the baseline
    /// meets the target already. It is never below 1 for what is met, nor 1 or more for what is not.
    pub fn progress(&self, actual: &Actual, baseline: Option<&Actual>) -> Option<Decimal> {
        let is_met = match self.judge(actual, baseline) {
            Verdict::Met => true,
            Verdict::NotMet => false,
            Verdict::NotEvaluable(_) => return None,
        };
        if self.is_kept() || self.is_met_before(baseline) {
            return None;
        }
        let progress = match (&self.goal, &actual.outcome) {
            (Goal::Change { by, .. }, Outcome::Change { by: change, .. }) => change.checked_div(*by)?,
            (Goal::Quantity { .. } | Goal::Ratio { .. } | Goal::Change { .. }, _) => {
                let Sides { outcome, goal, start } = self.sides(&actual.outcome, baseline).ok()?;
                outcome.exact()?.minus(start?)?.divided_by(goal.minus(start?)?)?
            }
            _ => return None,
        };
        ((progress >= Decimal::from(1)) == is_met).then_some(progress)
    }

    /// The outcome on the scale of the target: in its unit, in per cent, or as a ratio of one. `None` if it lies on no
    /// such scale, is not exact, or the target is no one figure; a quotient is rounded at 28 digits.
    pub fn reached(&self, actual: &Actual) -> Option<Decimal> {
        self.figure()?;
        self.level(&actual.outcome).ok()?.exact()?.value()
    }

    /// True if the target, once met, stays met whatever else happens in its time.
    pub(in crate::model) fn stays_met(&self) -> bool {
        match &self.goal {
            Goal::Quantity { operator, .. } | Goal::Ratio { operator, .. } => operator.is_some_and(Operator::is_floor),
            Goal::Change { operator, .. } => operator.is_floor(),
            Goal::Date(_) | Goal::Yes => true,
            Goal::Range { .. } | Goal::Text(_) | Goal::None => false,
        }
    }

    /// Order of a baseline and the figure of the target; `None` if they can't be compared.
    pub(super) fn compare_with(&self, baseline: &Actual) -> Option<Ordering> {
        self.level(&baseline.outcome).ok()?.exact()?.compare(self.figure()?)
    }

    fn is_kept(&self) -> bool {
        self.basis == Basis::Direction && self.operator() == Some(Operator::Eq)
    }

    /// True if the baseline would meet the target as an outcome. A change is never met before it begins.
    fn is_met_before(&self, baseline: Option<&Actual>) -> bool {
        let is_level = matches!(self.goal, Goal::Quantity { .. } | Goal::Ratio { .. } | Goal::Range { .. });
        is_level && baseline.is_some_and(|baseline| self.is_met(&baseline.outcome, None) == Ok(true))
    }

    fn is_met(&self, outcome: &Outcome, baseline: Option<&Actual>) -> Result<bool, Reason> {
        match (&self.goal, outcome) {
            (Goal::None, _) => Err(Reason::NoTarget),
            (_, Outcome::None) => Err(Reason::Unpublished),
            (Goal::Text(_), _) => Err(Reason::Prose),
            (Goal::Date(_) | Goal::Yes, Outcome::Done(false)) => Ok(false),
            (Goal::Yes, Outcome::Done(true)) => Ok(true),
            (Goal::Date(_), Outcome::Done(true)) => Err(Reason::DayUnknown),
            (Goal::Date(due), Outcome::Date(done)) => is_in_time(*due, *done),
            (
                Goal::Change { operator, by, measure, note },
                Outcome::Change { by: change, measure: counted, note: of },
            ) => {
                if measure != counted {
                    return Err(Reason::OtherKind);
                }
                in_one_unit(change_unit(of.as_deref()), change_unit(note.as_deref()))?;
                Ok(operator.holds(change.cmp(by)))
            }
            (Goal::Range { low, high, .. }, _) => {
                let span = self.level(outcome)?;
                let ends =
                    (span.all(Operator::Ge, Fraction::whole(*low))?, span.all(Operator::Le, Fraction::whole(*high))?);
                match ends {
                    (Some(false), _) | (_, Some(false)) => Ok(false),
                    (Some(true), Some(true)) => Ok(true),
                    _ => Err(Reason::Imprecise),
                }
            }
            (Goal::Quantity { .. } | Goal::Ratio { .. } | Goal::Change { .. }, _) => {
                let Sides { outcome, goal, .. } = self.sides(outcome, baseline)?;
                let operator = self.operator().ok_or(self.basis.question().unwrap_or(Reason::NoOperator))?;
                match (operator, &self.goal, outcome.exact()) {
                    (Operator::Eq, Goal::Quantity { value, .. }, Some(level)) => {
                        rounds_to(level, *value).ok_or(Reason::TooLong)
                    }
                    _ => outcome.all(operator, goal)?.ok_or(Reason::Imprecise),
                }
            }
            (Goal::Date(_) | Goal::Yes, _) => Err(Reason::OtherKind),
        }
    }

    fn sides(&self, outcome: &Outcome, baseline: Option<&Actual>) -> Result<Sides, Reason> {
        if let Goal::Change { .. } = self.goal {
            return self.change_sides(outcome, baseline);
        }
        let goal = self.figure().ok_or(Reason::TooLong)?;
        let start = match baseline.filter(|baseline| !baseline.is_none()) {
            Some(baseline) => self.level(&baseline.outcome).ok().and_then(ValueRange::exact),
            None => match self.operator() {
                Some(Operator::Le | Operator::Lt) | None => None,
                _ => Some(Fraction::whole(Decimal::ZERO)),
            },
        };
        Ok(Sides { outcome: self.level(outcome)?, goal, start })
    }

    /// The level that an outcome gives and the one that the change asks for, both in the unit of the baseline.
    fn change_sides(&self, outcome: &Outcome, baseline: Option<&Actual>) -> Result<Sides, Reason> {
        let Goal::Change { by, measure, note, .. } = &self.goal else { return Err(Reason::OtherKind) };
        let Outcome::Quantity { value, extent, measure: counted, unit } = outcome else {
            return Err(Reason::OtherKind);
        };
        let points = note.as_deref().is_some_and(are_points);
        let is_percent = self
            .counted_in
            .as_deref()
            .is_some_and(|unit| Measure::named(unit) == Some(Measure::Percent));
        if *counted == Measure::Percent && !points && !is_percent {
            return Err(Reason::ChangeOrLevel);
        }
        let before = baseline.map(|baseline| &baseline.outcome);
        let Some(Outcome::Quantity { value: start, extent: Extent::Exact, measure: start_in, unit: start_unit }) =
            before
        else {
            return Err(Reason::NoBaseline);
        };
        let is_bare = |measure: Measure, unit: &Option<String>| measure == Measure::Number && unit.is_none();
        if counted != start_in && !is_bare(*counted, unit) && !is_bare(*start_in, start_unit) {
            return Err(Reason::Units);
        }
        if *measure == Measure::Money && *counted == Measure::Number && unit.is_some() {
            return Err(Reason::Units);
        }
        let factor = in_one_unit(unit.as_deref(), start_unit.as_deref())?;
        if *measure == Measure::Number && !points {
            in_one_unit(unit.as_deref().or(start_unit.as_deref()), change_unit(note.as_deref()))?;
        }
        let goal = match measure {
            Measure::Percent if *start == Decimal::ZERO => return Err(Reason::NoBaseline),
            Measure::Percent => grown(*start, *by),
            Measure::Number | Measure::Money => start.checked_add(*by).map(Fraction::whole),
        };
        let outcome = ValueRange::new(*value, *extent, factor).ok_or(Reason::TooLong)?;
        Ok(Sides { outcome, goal: goal.ok_or(Reason::TooLong)?, start: Some(Fraction::whole(*start)) })
    }

    /// The one figure that an outcome is compared with; `None` if there are two, or it takes a baseline.
    fn figure(&self) -> Option<Fraction> {
        match &self.goal {
            Goal::Quantity { value, .. } => Some(Fraction::whole(*value)),
            Goal::Ratio { part, whole, .. } => Fraction::new(*part, *whole),
            _ => None,
        }
    }

    /// The outcome on the scale of the target: a ratio as percents where percents are asked for, percents as a ratio,
    /// hours as days.
    fn level(&self, outcome: &Outcome) -> Result<ValueRange, Reason> {
        match (&self.goal, outcome) {
            (Goal::Ratio { unit, .. }, Outcome::Ratio { part, whole, unit: counted }) => {
                in_one_unit(counted.as_deref(), unit.as_deref())?;
                Fraction::new(*part, *whole).map(ValueRange::of).ok_or(Reason::PartOfNothing)
            }
            (Goal::Quantity { measure, .. } | Goal::Range { measure, .. }, Outcome::Ratio { part, whole, .. })
                if *measure == Measure::Percent =>
            {
                let part = part.checked_mul(Decimal::HUNDRED).ok_or(Reason::TooLong)?;
                Fraction::new(part, *whole).map(ValueRange::of).ok_or(Reason::PartOfNothing)
            }
            (_, Outcome::Quantity { value, extent, measure, unit }) => {
                let factor = self.factor(*value, *measure, unit.as_deref())?;
                ValueRange::new(*value, *extent, factor).ok_or(Reason::TooLong)
            }
            _ => Err(Reason::OtherKind),
        }
    }

    /// Number of the target's units in one of the outcome's.
    fn factor(&self, value: Decimal, measure: Measure, counted: Option<&str>) -> Result<Fraction, Reason> {
        let hundredth = || Fraction::new(1.into(), Decimal::HUNDRED).ok_or(Reason::TooLong);
        let (promised, unit) = match &self.goal {
            Goal::Ratio { .. } if measure == Measure::Percent => return hundredth(),
            Goal::Quantity { measure, unit, .. } | Goal::Range { measure, unit, .. } => (*measure, unit.as_deref()),
            _ => return Err(Reason::OtherKind),
        };
        let unit = unit.or(self.counted_in.as_deref());
        match (promised, measure) {
            (Measure::Percent, Measure::Percent) => Ok(Fraction::ONE),
            (Measure::Percent, Measure::Number) if counted.is_none() && is_share(value) => Err(Reason::ShareOrPercent),
            (Measure::Percent, Measure::Number) if counted.is_none() => Ok(Fraction::ONE),
            (Measure::Number, Measure::Percent) if self.goal.may_be_a_share() => Err(Reason::ShareOrPercent),
            (Measure::Number, Measure::Number) if counted.is_none() && self.may_differ_by_hundred(value, unit) => {
                Err(Reason::ShareOrPercent)
            }
            (Measure::Money, Measure::Number) => match counted {
                Some(counted) if unit::is_cent(counted) => hundredth(),
                Some(_) => Err(Reason::Units),
                None => Ok(Fraction::ONE),
            },
            _ if promised == measure => in_one_unit(counted, unit),
            _ => Err(Reason::OtherKind),
        }
    }

    /// True if one of two bare figures may be a share of one and the other is a percentage.
    fn may_differ_by_hundred(&self, value: Decimal, unit: Option<&str>) -> bool {
        let is_percent = unit.is_some_and(|unit| Measure::named(unit) == Some(Measure::Percent));
        if !self.goal.may_be_a_share() || value <= Decimal::from(1) {
            return false;
        }
        let is_below_one = matches!(self.goal, Goal::Quantity { value, .. } if value < Decimal::from(1));
        is_percent || unit.is_none() && is_below_one
    }
}

/// The level that a change by so many per cent makes of another.
fn grown(before: Decimal, percent: Decimal) -> Option<Fraction> {
    let after = before.checked_mul(Decimal::HUNDRED)?.checked_add(before.abs().checked_mul(percent)?)?;
    Fraction::new(after, Decimal::HUNDRED)
}

/// True if a thing was done by the last possible day of its date.
fn is_in_time(due: EdtfDate, done: EdtfDate) -> Result<bool, Reason> {
    let due = due.latest().ok_or(Reason::Imprecise)?;
    match (done.earliest(), done.latest()) {
        (_, Some(last)) if last <= due => Ok(true),
        (Some(first), _) if first > due => Ok(false),
        _ => Err(Reason::Imprecise),
    }
}

/// Number of one unit in another; figures without a unit are in the other's.
fn in_one_unit(from: Option<&str>, to: Option<&str>) -> Result<Fraction, Reason> {
    match (from, to) {
        (Some(from), Some(to)) => unit::factor(from, to).ok_or(Reason::Units),
        _ => Ok(Fraction::ONE),
    }
}

/// The unit in the words after a change; none if they name what it is measured against.
fn change_unit(note: Option<&str>) -> Option<&str> {
    note.filter(|note| !note.split(is_space).any(|word| Scanner::new(word).is_any(&REFERENCES)))
}

/// True if the words after a change count points of a percentage.
fn are_points(note: &str) -> bool {
    Scanner::new(note).eat_any(&PERCENT_POINTS)
}

impl ValueRange {
    fn of(value: Fraction) -> Self {
        Self { low: Some((value, false)), high: Some((value, false)) }
    }

    /// `value` times `factor`, as far as its extent allows to know it.
    fn new(value: Decimal, extent: Extent, factor: Fraction) -> Option<Self> {
        let at = Fraction::whole(value).times(factor)?;
        Some(match extent {
            Extent::Exact => Self::of(at),
            Extent::About => {
                let tenth = Fraction::new(value.abs(), 10.into())?.times(factor)?;
                Self { low: Some((at.minus(tenth)?, false)), high: Some((at.plus(tenth)?, false)) }
            }
            Extent::To(high) => {
                Self { low: Some((at, false)), high: Some((Fraction::whole(high).times(factor)?, false)) }
            }
            Extent::Bound(operator) => {
                let end = Some((at, operator.is_strict()));
                if operator.is_floor() { Self { low: end, high: None } } else { Self { low: None, high: end } }
            }
        })
    }

    /// The one value that it is; `None` if it may be several.
    fn exact(self) -> Option<Fraction> {
        let ((low, _), (high, _)) = (self.low?, self.high?);
        (low.compare(high)? == Ordering::Equal).then_some(low)
    }

    /// True if every value has this relation to `goal`, false if none has; `None` if some have.
    fn all(self, operator: Operator, goal: Fraction) -> Result<Option<bool>, Reason> {
        let order = |end: Option<(Fraction, bool)>| match end {
            Some((at, is_open)) => at.compare(goal).map(|order| Some((order, is_open))).ok_or(Reason::TooLong),
            None => Ok(None),
        };
        let (low, high) = (order(self.low)?, order(self.high)?);
        // A value at an end that is left out is beyond the goal.
        let lowest = low.map(|(order, is_open)| if is_open && order.is_eq() { Ordering::Greater } else { order });
        let highest = high.map(|(order, is_open)| if is_open && order.is_eq() { Ordering::Less } else { order });
        let (least, most) = match operator {
            Operator::Eq | Operator::Between => {
                let is_outside = lowest.is_some_and(Ordering::is_gt) || highest.is_some_and(Ordering::is_lt);
                let is_there = lowest.is_some_and(Ordering::is_eq) && highest.is_some_and(Ordering::is_eq);
                return Ok(if is_outside { Some(false) } else { is_there.then_some(true) });
            }
            Operator::Ge | Operator::Gt => (lowest, highest),
            Operator::Le | Operator::Lt | Operator::By => (highest, lowest),
        };
        if least.is_some_and(|order| operator.holds(order)) {
            return Ok(Some(true));
        }
        Ok(most.is_some_and(|order| !operator.holds(order)).then_some(false))
    }
}

impl Operator {
    /// True if an outcome with this order to the target meets it.
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

/// True if `level`, rounded at the decimals that `value` was written with, is `value`; halves go
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
