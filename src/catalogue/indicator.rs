//! Indicators of objectives and projects (IATI results, SDMX).

use jiff::civil::Date;

use super::SeriesId;
use crate::model::{Decimal, IndicatorState, Reason, Verdict, Written};
use crate::parse::Measured;

/// One thing that is measured, with what was promised and what came of it.
#[derive(Clone, Debug)]
pub(crate) struct Indicator {
    pub(crate) measured: Measured,
    /// Series of the same indicator over the years.
    pub(crate) series: Option<SeriesId>,
}

sheet_and_ties! {
    Indicator.measured: Measured;
}

impl Indicator {
    /// State by the published figures on the day `as_of`, if its record's time ends on `last_day` (none: never).
    pub(crate) fn computed(&self, last_day: Option<Date>, as_of: Date) -> IndicatorState {
        let actual = self.actual.as_ref().map(Written::value);
        let baseline = self.baseline.as_ref().map(Written::value);
        IndicatorState::computed(self.target.value(), actual, baseline, last_day, as_of)
    }

    /// Verdict of the figures on the outcome, whatever its time; none if nothing is published.
    pub(crate) fn verdict(&self) -> Option<Verdict> {
        let actual = self.actual.as_ref()?.value();
        let baseline = self.baseline.as_ref().map(Written::value);
        (!actual.is_none()).then(|| self.target.value().judge(actual, baseline))
    }

    /// Progress of the outcome from the baseline to the target; none if there is no such way.
    pub(crate) fn progress(&self) -> Option<Decimal> {
        let baseline = self.baseline.as_ref().map(Written::value);
        self.target.value().progress(self.actual.as_ref()?.value(), baseline)
    }

    /// Reason for which the figures can't decide on a target and a published outcome.
    pub(crate) fn reason(&self) -> Option<Reason> {
        match self.verdict()? {
            Verdict::NotEvaluable(reason) => Some(reason).filter(|reason| *reason != Reason::NoTarget),
            Verdict::Met | Verdict::NotMet => None,
        }
    }
}
