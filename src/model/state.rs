//! States: declared by an office, or computed from its publications.

mod counts;

use jiff::civil::Date;

use super::percent::Percent;
use super::target::{Actual, Goal, Target, Verdict};

pub(crate) use counts::StateCounts;

vocabulary! {
    /// State of an indicator.
    pub(crate) enum IndicatorState [indicator_states] {
        /// The outcome meets the target.
        Met = "met",
        /// The outcome meets the target in part; only an office can declare this.
        PartiallyMet = "partially_met",
        /// The outcome does not meet the target.
        NotMet = "not_met",
        /// Not over.
        Pending = "pending",
        /// Over, and nothing was published: not the same as not met.
        NoData = "no_data",
        /// Nothing was promised yet.
        NoTarget = "no_target",
        /// The published outcome can't be judged: prose, a part of nothing, a missing baseline.
        NotEvaluable = "not_evaluable",
    }
}

vocabulary! {
    /// State of an objective.
    pub(crate) enum ObjectiveState [objective_states] {
        /// All that was promised is met.
        Met = "met",
        /// Some of what was promised is met.
        PartiallyMet = "partially_met",
        /// No target is met.
        NotMet = "not_met",
        /// Begun; its time is not over.
        InProgress = "in_progress",
        /// Not begun.
        Planned = "planned",
        /// Over; some outcomes that were promised are there and some missing.
        PartlyPublished = "partly_published",
        /// Over; no outcome that was promised is there.
        NoData = "no_data",
        /// Over; nothing that was promised can be judged.
        NotEvaluable = "not_evaluable",
        /// Put on hold; only an office can declare this.
        Suspended = "suspended",
        /// Given up; only an office can declare this.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// State of a phase.
    pub(crate) enum PhaseState {
        /// Done.
        Completed = "completed",
        /// Begun and not done.
        InProgress = "in_progress",
        /// Not begun.
        Planned = "planned",
        /// Over, and nothing was published.
        NoData = "no_data",
    }
}

vocabulary! {
    /// Lifecycle of a project.
    pub(crate) enum Lifecycle [lifecycles] {
        /// Not begun.
        Planned = "planned",
        /// Being carried out.
        InProgress = "in_progress",
        /// On hold.
        Suspended = "suspended",
        /// Done.
        Completed = "completed",
        /// Given up.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// Health of a project: it goes as planned or not.
    pub(crate) enum Health [healths] {
        /// On its plan.
        OnTrack = "on_track",
        /// Ahead of its plan.
        Ahead = "ahead",
        /// Behind its plan.
        Delayed = "delayed",
        /// Unable to go on.
        Blocked = "blocked",
    }
}

impl IndicatorState {
    /// State by the published figures on the day `as_of`; never [`PartiallyMet`](Self::PartiallyMet).
    ///
    /// `last_day` is the last day of the record, `None` if it has no end; a target that is a date
    /// goes by its own last possible day. Until then a target is met only if it can't be missed any
    /// more (a ceiling can), and pending otherwise.
    pub(crate) fn computed(
        target: &Target,
        actual: Option<&Actual>,
        baseline: Option<&Actual>,
        last_day: Option<Date>,
        as_of: Date,
    ) -> Self {
        let last_day = match target.goal() {
            Goal::None => return Self::NoTarget,
            Goal::Date(date) => date.latest().or(last_day),
            _ => last_day,
        };
        let is_over = last_day.is_some_and(|last_day| last_day < as_of);
        let Some(actual) = actual.filter(|actual| !actual.is_none()) else {
            return if is_over { Self::NoData } else { Self::Pending };
        };
        match target.judge(actual, baseline) {
            Verdict::Met if !is_over && !target.stays_met() => Self::Pending,
            Verdict::Met => Self::Met,
            Verdict::NotMet | Verdict::NotEvaluable(_) if !is_over => Self::Pending,
            Verdict::NotMet => Self::NotMet,
            Verdict::NotEvaluable(_) => Self::NotEvaluable,
        }
    }

    /// The state that counts, of the computed one and one that an office declared: figures that
    /// speak stand; a declaration fills in where they are silent, and may call a target that is
    /// not met partially met.
    pub(crate) fn counted(self, declared: Option<Self>) -> Self {
        match (self, declared) {
            (Self::Pending | Self::NoData | Self::NotEvaluable, Some(declared)) => declared,
            (Self::NotMet, Some(Self::PartiallyMet)) => Self::PartiallyMet,
            (computed, _) => computed,
        }
    }
}

impl From<Verdict> for IndicatorState {
    /// The state of an outcome whose time is over.
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Met => Self::Met,
            Verdict::NotMet => Self::NotMet,
            Verdict::NotEvaluable(_) => Self::NotEvaluable,
        }
    }
}

impl ObjectiveState {
    /// The declared state, else what the counted states of its indicators say on the day `as_of`.
    ///
    /// An indicator that promises nothing is left out. Over and with every outcome missing is [`NoData`](Self::NoData),
    /// with some [`PartlyPublished`](Self::PartlyPublished); over and with one still due is
    /// [`InProgress`](Self::InProgress).
    pub(crate) fn computed(
        declared: Option<Self>,
        first_day: Option<Date>,
        last_day: Option<Date>,
        as_of: Date,
        indicators: &StateCounts<IndicatorState>,
    ) -> Self {
        if let Some(declared) = declared {
            return declared;
        }
        if first_day.is_some_and(|first_day| as_of < first_day) {
            return Self::Planned;
        }
        if last_day.is_none_or(|last_day| as_of <= last_day) {
            return Self::InProgress;
        }
        let count = |state| indicators.get(state);
        let promised = indicators.total() - count(IndicatorState::NoTarget);
        let met = count(IndicatorState::Met);
        let partially_met = count(IndicatorState::PartiallyMet);
        let (missing, due) = (count(IndicatorState::NoData), count(IndicatorState::Pending));
        if missing > 0 {
            if missing + due == promised { Self::NoData } else { Self::PartlyPublished }
        } else if due > 0 {
            Self::InProgress
        } else if count(IndicatorState::NotEvaluable) == promised {
            Self::NotEvaluable
        } else if met == promised {
            Self::Met
        } else if met + partially_met == 0 {
            Self::NotMet
        } else {
            Self::PartiallyMet
        }
    }
}

/// Published facts about a phase.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PhaseFacts {
    /// First possible day, as planned.
    pub(crate) first_day: Option<Date>,
    /// Last possible day, as planned.
    pub(crate) last_day: Option<Date>,
    /// The day on which it had begun, at the latest.
    pub(crate) began: Option<Date>,
    /// The day on which it was done, at the latest.
    pub(crate) ended: Option<Date>,
    /// Share that is done.
    pub(crate) progress: Option<Percent>,
}

impl PhaseState {
    /// State by the published facts on the day `as_of`.
    pub(crate) fn computed(facts: &PhaseFacts, as_of: Date) -> Self {
        let has_come = |day: Option<Date>| day.is_some_and(|day| day <= as_of);
        if has_come(facts.ended) || facts.progress == Some(Percent::HUNDRED) {
            return Self::Completed;
        }
        let has_progress = facts.progress.is_some_and(|progress| progress > Percent::ZERO);
        if has_come(facts.began) || has_progress {
            return Self::InProgress;
        }
        if facts.last_day.is_some_and(|last_day| last_day < as_of) {
            // A published nought is an answer too: it has not begun.
            return if facts.progress.is_some() { Self::Planned } else { Self::NoData };
        }
        if facts.first_day.is_some_and(|first_day| first_day <= as_of) { Self::InProgress } else { Self::Planned }
    }
}

#[cfg(test)]
mod tests;
