//! Phases whose dates contradict their objective's year, or the phases that they follow.

use jiff::civil::Date;

use super::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::Objective;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile};
use crate::model::{EdtfDate, Written};

pub(super) const RULE: Rule = Rule {
    profile: Profile::Quality,
    codes: &[Code::OutsideYear, Code::BeginsTooSoon],
    check: RuleInput::Records(check),
};

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    let objectives = &context.catalogue.objectives;
    objectives
        .iter()
        .flat_map(|objective| outside_year(objective).chain(too_soon(objective)))
        .collect()
}

fn outside_year(objective: &Objective) -> impl Iterator<Item = Diagnostic> {
    let days = Date::new(objective.year, 1, 1).ok().zip(Date::new(objective.year, 12, 31).ok());
    objective.phases.iter().enumerate().filter_map(move |(i, phase)| {
        let (first, last) = days?;
        let is_outside = |date: &Written<Option<EdtfDate>>| {
            let days = date.read().map(|date| [date.earliest(), date.latest()]);
            days.into_iter().flatten().flatten().any(|day| day < first || day > last)
        };
        // A phase with both dates outside is one mistake.
        let (key, date) = [("start", &phase.start), ("end", &phase.end)]
            .into_iter()
            .find_map(|(key, date)| Some((key, date.as_ref().filter(|date| is_outside(date))?)))?;
        let path = KeyPath::of("phases").index(i).key(key);
        let problem = Diagnostic::new(Code::OutsideYear, objective.origin.file, path);
        Some(problem.with("written", date.text()).with("year", objective.year.to_string()))
    })
}

/// Phases that certainly begin too soon: their last possible start is before the first possible end of a phase that
/// they follow.
fn too_soon(objective: &Objective) -> impl Iterator<Item = Diagnostic> {
    objective.phases.iter().enumerate().flat_map(move |(i, phase)| {
        phase.after.iter().filter_map(move |before| {
            let (start, end) = (phase.start.as_ref()?, objective.phases.get(*before)?.end.as_ref()?);
            (start.read()?.latest()? < end.read()?.earliest()?).then(|| {
                let path = KeyPath::of("phases").index(i).key("start");
                Diagnostic::new(Code::BeginsTooSoon, objective.origin.file, path)
                    .with("written", start.text())
                    .with("phase", (before + 1).to_string())
                    .with("end", end.text())
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use crate::diagnostic::Code;

    #[test]
    fn a_phase_lies_in_the_year_of_its_objective() {
        assert_eq!(planted("end: 30/06/2025", "end: 31/01/2026"), [(Code::OutsideYear, "31/01/2026".into())]);
        assert_eq!(planted("start: 01/02/2025", "start: dicembre 2024"), [(Code::OutsideYear, "dicembre 2024".into())]);
        assert_eq!(planted("end: 30/06/2025", "end: entro il 30 giugno"), []);
    }

    #[test]
    fn a_phase_begins_when_those_that_it_follows_may_be_over() {
        let with = |start: &str| {
            let second = format!(
                "actual_end: 30/06/2025}}\n  - {{title: Seconda, after: 1, start: {start}, end: 2025, progress: 0}}"
            );
            planted("actual_end: 30/06/2025}", &second)
        };
        assert_eq!(with("01/06/2025"), [(Code::BeginsTooSoon, "01/06/2025".into())]);
        assert_eq!(with("30/06/2025"), []);
        assert_eq!(with("giugno 2025"), []);
    }
}
