//! Outcomes that are overdue or fall due soon and aren't published: one finding each, with its unit and its day, so
//! that the list can be sent round. An outcome owner state is declared is published, as is a phase with a progress.

use jiff::Span;
use jiff::civil::Date;

use super::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::{Indicator, Objective, ProjectId, UnitId};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile};
use crate::model::{Actual, Goal, IndicatorState, Origin, PhaseState, Written};

pub(super) const RULE: Rule = Rule {
    profile: Profile::Outcomes,
    codes: &[Code::OutcomeMissing, Code::OutcomeDue],
    check: RuleInput::Records(check),
};

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    let soon = context.as_of.saturating_add(Span::new().days(i64::from(context.rules.due_days)));
    let mut outcomes = Outcomes { context, soon, found: Vec::new() };
    context.catalogue.objectives.iter().for_each(|objective| outcomes.objective(objective));
    context.catalogue.project_ids().for_each(|id| outcomes.project(id));
    outcomes.found
}

/// Collects the outcomes that are due.
struct Outcomes<'a> {
    context: &'a RuleContext<'a>,
    /// Last day that is soon.
    soon: Date,
    found: Vec<Diagnostic>,
}

/// Record and unit of an outcome.
#[derive(Clone, Copy)]
struct OutcomeOwner<'a> {
    origin: &'a Origin,
    unit: UnitId,
}

impl Outcomes<'_> {
    fn objective(&mut self, objective: &Objective) {
        let owner = OutcomeOwner { origin: &objective.origin, unit: objective.unit };
        let days = (objective.first_day(), objective.last_day());
        for (i, phase) in objective.phases.iter().enumerate() {
            let due = phase.end.as_ref().and_then(|end| end.read()?.latest()).unwrap_or(days.1);
            let path = || KeyPath::of("phases").index(i);
            match phase.state(days, self.context.as_of) {
                // An outcome that is published and can't be read is a mistake of its own.
                PhaseState::NoData if phase.has_unread_outcome() => {}
                PhaseState::NoData => self.add(owner, path(), "phase", &phase.title, due),
                PhaseState::Planned | PhaseState::InProgress if due >= self.context.as_of => {
                    self.add(owner, path(), "phase", &phase.title, due);
                }
                PhaseState::Planned | PhaseState::InProgress | PhaseState::Completed => {}
            }
        }
        for (i, indicator) in objective.indicators.iter().enumerate() {
            self.indicator(owner, KeyPath::of("indicators").index(i), indicator, Some(days.1));
        }
    }

    fn project(&mut self, id: ProjectId) {
        let catalogue = self.context.catalogue;
        if catalogue.is_cancelled(id) {
            return;
        }
        let project = &catalogue[id];
        let owner = OutcomeOwner { origin: &project.origin, unit: project.unit };
        let planned = project.end.as_ref().and_then(|end| end.read()?.latest());
        let last_day = catalogue.completed_on(id).or(planned);
        for (i, result) in project.expected_results.iter().enumerate() {
            self.indicator(owner, KeyPath::of("expected_results").index(i), result, last_day);
        }
        for (i, milestone) in project.milestones.iter().enumerate() {
            let due = milestone.due.as_ref().and_then(|due| due.read()?.latest());
            if let (Some(due), None) = (due, &milestone.met) {
                self.add(owner, KeyPath::of("milestones").index(i), "milestone", &milestone.title, due);
            }
        }
    }

    fn indicator(&mut self, owner: OutcomeOwner<'_>, path: KeyPath, indicator: &Indicator, last_day: Option<Date>) {
        let is_unpublished = |actual: Option<&Actual>| actual.is_none_or(Actual::is_none);
        for (i, period) in indicator.periods.iter().enumerate() {
            let is_promised = *period.target.value().goal() != Goal::None;
            let actual = period.actual.as_ref().map(Written::value);
            if let Some(due) = period
                .period
                .read()
                .and_then(|period| period.latest())
                .filter(|_| is_promised && is_unpublished(actual))
            {
                let title = format!("{} ({})", *indicator.title, period.period.text());
                self.add(owner, path.clone().key("periods").index(i), "indicator", &title, due);
            }
        }
        let due = match indicator.target.value().goal() {
            Goal::Date(date) => date.latest().or(last_day),
            _ => last_day,
        };
        let state = indicator.computed(last_day, self.context.as_of);
        let is_open = matches!(state, IndicatorState::NoData | IndicatorState::Pending);
        let actual = indicator.actual.as_ref().map(Written::value);
        if let Some(due) = due.filter(|_| is_open && is_unpublished(actual) && indicator.declared.is_none()) {
            self.add(owner, path, "indicator", &indicator.title, due);
        }
    }

    /// Adds an outcome that isn't published, if its day is over or comes soon.
    fn add(&mut self, owner: OutcomeOwner<'_>, path: KeyPath, kind: &'static str, title: &str, due: Date) {
        let code = match due {
            due if due < self.context.as_of => Code::OutcomeMissing,
            due if due <= self.soon => Code::OutcomeDue,
            _ => return,
        };
        let unit = &self.context.catalogue[owner.unit];
        let problem = Diagnostic::new(code, owner.origin.file, path)
            .with("kind", kind)
            .with("title", title)
            .with("unit", unit.name.as_str())
            .with("due", due.to_string());
        self.found.push(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, planted};
    use crate::diagnostic::Code;

    fn codes(found: Vec<(Code, String)>) -> Vec<Code> {
        found.into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn what_is_over_and_unpublished_is_listed_once() {
        assert_eq!(codes(planted(", actual: 2}", "}")), [Code::OutcomeMissing]);
        assert_eq!(codes(planted(", actual_end: 30/06/2025}", "}")), [Code::OutcomeMissing]);
        assert_eq!(codes(planted(", actual: 2}", ", state: not_met}")), []);
        assert_eq!(codes(planted("actual_end: 30/06/2025", "actual_end: in estate")), []);
    }

    #[test]
    fn what_falls_due_within_the_days_is_listed_and_what_comes_later_is_not() {
        let project = |milestones: &str| {
            let head = "---\ntitle: Casa\nunit: c\nsource: {title: Scheda, date: 2025-01-01}\n";
            let text = format!("{head}milestones: [{milestones}]\n---\n");
            codes(found(&[("content/projects/casa/index.md", &text)]))
        };
        // The day is 1 June 2026.
        assert_eq!(project("{title: Bando, due: 20/06/2026}"), [Code::OutcomeDue]);
        assert_eq!(project("{title: Bando, due: 31/05/2026}"), [Code::OutcomeMissing]);
        assert_eq!(project("{title: Bando, due: 20/06/2026, met: 01/05/2026}"), []);
        assert_eq!(project("{title: Bando, due: 20/07/2026}"), []);
        let later = "[site]\ntitle = \"A\"\nbase_url = \"https://example.org\"\nlicence = \"CC BY 4.0\"\n[check]\ndue_days = 60\n";
        let head = "---\ntitle: Casa\nunit: c\nsource: {title: Scheda, date: 2025-01-01}\nmilestones: [{title: Bando, due: 20/07/2026}]\n---\n";
        let found = found(&[("site.toml", later), ("content/projects/casa/index.md", head)]);
        assert_eq!(codes(found), [Code::OutcomeDue]);
    }
}
