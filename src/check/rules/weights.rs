//! Weights that don't make 100: how much of an objective is done can't be computed from them.

use super::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::Phase;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile};
use crate::model::{Lang, NotComputed, PhaseState, WeighedPhase, Weighing};

pub(super) const RULE: Rule =
    Rule { profile: Profile::Quality, codes: &[Code::WeightsSum], check: RuleInput::Records(check) };

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    let objectives = context.catalogue.objectives.iter();
    let found = objectives.filter_map(|objective| {
        // The state of a phase has no part in what weights make.
        let weighed = |phase: &Phase| WeighedPhase {
            weight: phase.weight.as_ref().and_then(|weight| weight.read().copied()),
            state: PhaseState::Planned,
            progress: None,
            is_unread: phase.weight.as_ref().is_some_and(|weight| weight.read().is_none()),
        };
        let phases: Vec<WeighedPhase> = objective.phases.iter().map(weighed).collect();
        let Err(NotComputed::Weights { sum }) = Weighing::of(&phases).progress else { return None };
        let problem = Diagnostic::new(Code::WeightsSum, objective.origin.file, KeyPath::of("phases"));
        Some(problem.with("sum", sum.words(Lang::It)))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use crate::diagnostic::Code;

    #[test]
    fn weights_make_100_or_leave_the_rest_to_blanks() {
        assert_eq!(planted("weight: 100", "weight: 90")[0].0, Code::WeightsSum);
        assert_eq!(planted("weight: 100, ", ""), []);
        assert_eq!(planted("weight: 100", "weight: quasi tutto"), []);
    }
}
