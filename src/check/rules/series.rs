//! One indicator in two series: its series over the years falls apart.

use std::collections::{HashMap, HashSet};

use super::measured::measured;
use super::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::{SeriesId, UnitId};
use crate::diagnostic::{Code, Diagnostic, Profile};
use crate::model::folded;

pub(super) const RULE: Rule =
    Rule { profile: Profile::Quality, codes: &[Code::TwoSeries], check: RuleInput::Records(check) };

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    let catalogue = context.catalogue;
    let mut known: HashMap<(UnitId, String), SeriesId> = HashMap::new();
    let mut reported: HashSet<(SeriesId, SeriesId)> = HashSet::new();
    let mut found = Vec::new();
    for measured in measured(catalogue) {
        let Some(series) = measured.indicator.series else { continue };
        // Two offices may measure the same thing: theirs are two series.
        let title = folded(measured.indicator.title.as_str());
        let first = *known.entry((measured.unit, title)).or_insert(series);
        if first != series && reported.insert((first, series)) {
            let problem = measured.problem(Code::TwoSeries, "thread");
            let [written, other] = [series, first].map(|id| catalogue[id].slug.as_str());
            found.push(problem.with("written", written).with("other", other));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use crate::diagnostic::Code;

    fn two(second: &str, series: &str) -> Vec<(Code, String)> {
        let one = |title: &str, series: &str| {
            format!("  - {{title: {title}, thread: {series}, target: almeno 2 sportelli, actual: 2}}\n")
        };
        let own = "  - {title: Sportelli aperti, target: almeno 2, unit_of_measure: sportelli, actual: 2}\n";
        planted(own, &(one("Sportelli aperti", "sportelli") + &one(second, series)))
    }

    #[test]
    fn what_has_one_title_in_one_office_is_one_series() {
        assert_eq!(two("SPORTELLI  aperti", "aperture"), [(Code::TwoSeries, "aperture".into())]);
        assert_eq!(two("Sportelli chiusi", "aperture"), []);
        assert_eq!(two("Sportelli aperti", "sportelli"), []);
    }
}
