//! Targets that can't be measured as they are written: figures without a unit of measure, figures without "at least" or
//! "at most", and prose. Of an indicator with periods the first such target is reported: the others are the same
//! mistake.

use super::measured::{PlacedIndicator, measured};
use super::rule::{Rule, RuleContext, RuleInput};
use crate::diagnostic::{Code, Diagnostic, Profile};
use crate::model::{Goal, Hint, Lang, Measure, Target};

pub(super) const RULE: Rule = Rule {
    profile: Profile::Quality,
    codes: &[Code::NoUnitOfMeasure, Code::AssumedOperator, Code::ProseTarget],
    check: RuleInput::Records(check),
};

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    measured(context.catalogue).flat_map(|measured| unmeasurable(&measured)).collect()
}

fn unmeasurable(measured: &PlacedIndicator<'_>) -> impl Iterator<Item = Diagnostic> + use<> {
    let indicator = measured.indicator;
    let in_periods = indicator.periods.iter().enumerate();
    let in_periods =
        in_periods.map(|(i, period)| (measured.path().key("periods").index(i).key("target"), &period.target));
    let targets: Vec<_> = std::iter::once((measured.path().key("target"), &indicator.target))
        .chain(in_periods)
        .collect();
    let first = |code: Code, is_one: fn(&Target) -> bool| {
        let (path, target) = targets.iter().find(|(_, target)| is_one(target.value()))?;
        let problem = Diagnostic::new(code, measured.origin.file, path.clone()).with("written", target.text());
        Some((problem, target.value()))
    };
    let unmeasured = match indicator.unit_of_measure.as_ref() {
        Some(_) => None,
        None => first(Code::NoUnitOfMeasure, counts_nothing).map(|(problem, _)| problem),
    };
    let assumed = first(Code::AssumedOperator, Target::is_assumed)
        .map(|(problem, target)| problem.with("read", target.words(Lang::It)));
    let prose = first(Code::ProseTarget, |target| matches!(target.goal(), Goal::Text(_)));
    let prose = prose.map(|(problem, target)| match target.hint() {
        Some(Hint::Several) => problem.with("case", "several"),
        _ => problem,
    });
    [unmeasured, assumed, prose].into_iter().flatten()
}

/// True if a target is a number without a word for its unit of measure.
fn counts_nothing(target: &Target) -> bool {
    match target.goal() {
        Goal::Quantity { measure, unit, .. } | Goal::Range { measure, unit, .. } => {
            *measure == Measure::Number && unit.is_none()
        }
        Goal::Change { measure, note, .. } => *measure == Measure::Number && note.is_none(),
        Goal::Ratio { .. } | Goal::Date(_) | Goal::Yes | Goal::Text(_) | Goal::None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use crate::diagnostic::Code;

    #[test]
    fn a_number_says_what_it_counts() {
        assert_eq!(planted("unit_of_measure: sportelli, ", ""), [(Code::NoUnitOfMeasure, "almeno 2".into())]);
        assert_eq!(planted("target: almeno 2, unit_of_measure: sportelli", "target: almeno 2 sportelli"), []);
        assert_eq!(planted("target: almeno 2, unit_of_measure: sportelli", "target: almeno 2%"), []);
    }

    #[test]
    fn an_operator_is_written() {
        assert_eq!(planted("target: almeno 2", "target: \"2\""), [(Code::AssumedOperator, "\"2\"".into())]);
    }

    #[test]
    fn a_target_in_prose_is_found_and_one_that_is_still_missing_is_not() {
        let prose = planted("target: almeno 2,", "target: migliorare il servizio,");
        assert_eq!(prose, [(Code::ProseTarget, "migliorare il servizio".into())]);
        assert_eq!(planted("target: almeno 2,", "target: da definire,"), []);
        let several = planted("target: almeno 2,", "target: almeno 3 incontri e 2 seminari,");
        assert_eq!(several, [(Code::ProseTarget, "almeno 3 incontri e 2 seminari".into())]);
    }
}
