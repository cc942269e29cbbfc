//! Judgement of objectives and expected results on the day of the build.

use jiff::civil::Date;

use crate::catalogue::{Catalogue, Indicator, Objective, Phase, ProjectId};
use crate::model::{IndicatorState, ObjectiveState, Percent, PhaseState, StateCounts, WeighedPhase, Weighing, Written};

/// States of an objective and of its parts on the day of the build.
#[derive(Clone, Debug)]
pub(crate) struct Judgement {
    /// State: declared, else computed.
    pub(crate) state: ObjectiveState,
    /// The state of each indicator, computed, in their order.
    pub(crate) indicators: Vec<IndicatorState>,
    /// Number of indicators in each state; a declaration fills in what figures leave open.
    pub(crate) counts: StateCounts<IndicatorState>,
    /// The state of each phase, in their order.
    pub(crate) phases: Vec<PhaseState>,
    /// The weights of the phases, and how much of the objective is done.
    pub(crate) weighing: Weighing,
}

/// Judges an objective on a day.
pub(super) fn judge(objective: &Objective, as_of: Date) -> Judgement {
    let last_day = objective.last_day();
    let computed = |indicator: &Indicator| indicator.computed(Some(last_day), as_of);
    let indicators: Vec<IndicatorState> = objective.indicators.iter().map(computed).collect();
    let counted = objective.indicators.iter().zip(&indicators);
    let counts: StateCounts<IndicatorState> =
        counted.map(|(indicator, computed)| computed.counted(indicator.declared)).collect();
    let first_day = Some(objective.first_day());
    let state = ObjectiveState::computed(objective.declared, first_day, Some(last_day), as_of, &counts);
    let days = (objective.first_day(), last_day);
    let phases: Vec<PhaseState> = objective.phases.iter().map(|phase| phase.state(days, as_of)).collect();
    let weighed: Vec<WeighedPhase> = objective
        .phases
        .iter()
        .zip(&phases)
        .map(|(phase, state)| weighed(phase, *state))
        .collect();
    Judgement { state, indicators, counts, phases, weighing: Weighing::of(&weighed) }
}

fn weighed(phase: &Phase, state: PhaseState) -> WeighedPhase {
    let written = || phase.weight.iter().chain(&phase.progress);
    let read = |part: &Option<Written<Option<Percent>>>| part.as_ref()?.read().copied();
    WeighedPhase {
        weight: read(&phase.weight),
        state,
        progress: read(&phase.progress),
        is_unread: written().any(|part| part.read().is_none()),
    }
}

/// Judges the expected results of a project on a day.
pub(super) fn judge_results(catalogue: &Catalogue, id: ProjectId, as_of: Date) -> Vec<IndicatorState> {
    let project = &catalogue[id];
    // A completed project's time is over on the day of the update that says so, whatever was planned.
    let planned = project.end.as_ref().and_then(|end| end.read()?.latest());
    let last_day = catalogue.completed_on(id).or(planned);
    project.expected_results.iter().map(|result| result.computed(last_day, as_of)).collect()
}
