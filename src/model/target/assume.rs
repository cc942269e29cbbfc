//! The operator of a figure that was written without one.

use crate::model::decimal::Decimal;
use crate::model::scan::Scanner;

use super::phrases::{DURATIONS, LESS};
use super::{Actual, Basis, Direction, Goal, Measure, Operator, Outcome, Target, unit};

/// The words of an indicator beside its target, by which an operator that nobody wrote is assumed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The title of the indicator.
    pub title: &'a str,
    /// Intended direction, if the office states one.
    pub direction: Option<Direction>,
    /// The unit of measure.
    pub unit_of_measure: Option<&'a str>,
    /// Value before the promise.
    pub baseline: Option<&'a Actual>,
}

impl Target {
    /// The target with the measure and the operator that its indicator gives to a bare figure.
    ///
    /// `is_year` says that the words are those of a year: beside no unit and no direction it may be one.
    pub(super) fn in_context(mut self, context: &Context<'_>, is_year: bool) -> Self {
        self.measure_by(context.unit_of_measure);
        if let Some(Outcome::Quantity { measure, unit, .. }) = context.baseline.map(|baseline| &baseline.outcome) {
            self.measure_as(*measure, unit.as_deref());
        }
        let bare = matches!(self.goal, Goal::Quantity { operator: None, .. } | Goal::Ratio { operator: None, .. });
        if !bare {
            return self;
        }
        let (basis, found) = match self.assumed(context) {
            (Basis::Default, _) if is_year && self.counted_in.is_none() => (Basis::Year, None),
            assumed => assumed,
        };
        self.basis = basis;
        if let Goal::Quantity { operator, .. } | Goal::Ratio { operator, .. } = &mut self.goal {
            *operator = found;
        }
        self
    }

    /// Takes what is counted from the unit of measure, where the words of the target don't say it.
    fn measure_by(&mut self, unit_of_measure: Option<&str>) {
        let Some(counted) = unit_of_measure.and_then(unit::counted) else { return };
        let (Goal::Quantity { measure, unit, .. } | Goal::Range { measure, unit, .. }) = &self.goal else {
            self.counted_in = Some(counted);
            return;
        };
        if *measure == Measure::Number && unit.is_none() {
            match Measure::named(&counted).filter(|named| *named == Measure::Money || !self.goal.may_be_a_share()) {
                Some(named) => self.take_measure(named),
                None => self.counted_in = Some(counted),
            }
        }
    }

    /// Takes what is counted from the baseline, where neither the words of the target nor the unit of measure say it.
    fn measure_as(&mut self, measure: Measure, unit: Option<&str>) {
        if self.counted_in.is_some() || !self.is_plain() {
            return;
        }
        match measure {
            Measure::Number => self.counted_in = unit.map(str::to_owned),
            Measure::Percent if self.goal.may_be_a_share() => {}
            Measure::Percent | Measure::Money => self.take_measure(measure),
        }
    }

    fn take_measure(&mut self, named: Measure) {
        let euros = |value: &mut Decimal| match value.with_decimals(2) {
            Some(euros) if named == Measure::Money => *value = euros,
            _ => {}
        };
        match &mut self.goal {
            Goal::Quantity { measure, value, .. } => {
                *measure = named;
                euros(value);
            }
            Goal::Range { measure, low, high, .. } => {
                *measure = named;
                euros(low);
                euros(high);
            }
            _ => {}
        }
    }

    /// The operator that a bare figure is read with, and why.
    fn assumed(&self, context: &Context<'_>) -> (Basis, Option<Operator>) {
        if let Some(direction) = context.direction {
            return (Basis::Direction, Some(direction.operator()));
        }
        let nought = matches!(&self.goal, Goal::Quantity { value, .. } | Goal::Ratio { part: value, .. } if *value == Decimal::ZERO);
        let is_known = |actual: &&Actual| matches!(actual.outcome, Outcome::Quantity { .. } | Outcome::Ratio { .. });
        if let Some(baseline) = context.baseline.filter(is_known) {
            return match self.compare_with(baseline) {
                Some(std::cmp::Ordering::Greater) => (Basis::Baseline, Some(Operator::Le)),
                Some(std::cmp::Ordering::Less) => (Basis::Baseline, Some(Operator::Ge)),
                Some(std::cmp::Ordering::Equal) if nought => (Basis::Nought, Some(Operator::Le)),
                Some(std::cmp::Ordering::Equal) | None => (Basis::Open, None),
            };
        }
        let title = |phrases: &[&str]| Scanner::new(context.title).eat_any(phrases);
        if nought {
            (Basis::Nought, Some(Operator::Le))
        } else if title(&LESS) || self.is_duration() || self.is_plain() && title(&DURATIONS) {
            (Basis::Open, None)
        } else {
            (Basis::Default, Some(Operator::Ge))
        }
    }

    fn is_plain(&self) -> bool {
        matches!(self.goal, Goal::Quantity { measure: Measure::Number, unit: None, .. })
    }

    /// True if the figure is a length of time, of which less is as likely meant as more.
    fn is_duration(&self) -> bool {
        let Goal::Quantity { measure: Measure::Number, unit, .. } = &self.goal else { return false };
        unit.as_deref().or(self.counted_in.as_deref()).is_some_and(unit::is_time)
    }
}

impl Direction {
    /// The operator of a figure that stands alone.
    fn operator(self) -> Operator {
        match self {
            Self::Up => Operator::Ge,
            Self::Down => Operator::Le,
            Self::Keep => Operator::Eq,
        }
    }
}
