//! One indicator in two threads: its series over the years falls apart.

use std::collections::{HashMap, HashSet};

use super::{Look, Looked, Rule, measured};
use crate::check::names::folded;
use crate::diagnostic::{Code, Diagnostic, Profile};
use crate::model::{ThreadId, UnitId};

pub(super) const RULE: Rule = Rule { profile: Profile::Quality, codes: &[Code::TwoThreads], look: Look::Records(look) };

fn look(looked: &Looked<'_>) -> Vec<Diagnostic> {
    let catalogue = looked.catalogue;
    let mut known: HashMap<(UnitId, String), ThreadId> = HashMap::new();
    let mut said: HashSet<(ThreadId, ThreadId)> = HashSet::new();
    let mut found = Vec::new();
    for measured in measured(catalogue) {
        let Some(thread) = measured.indicator.thread else { continue };
        // Two offices may measure the same thing: theirs are two series.
        let title = folded(measured.indicator.title.as_str());
        let first = *known.entry((measured.unit, title)).or_insert(thread);
        if first != thread && said.insert((first, thread)) {
            let problem = measured.problem(Code::TwoThreads, "thread");
            let [written, other] = [thread, first].map(|id| catalogue[id].slug.as_str());
            found.push(problem.with("written", written).with("other", other));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use crate::diagnostic::Code;

    fn two(second: &str, thread: &str) -> Vec<(Code, String)> {
        let one = |title: &str, thread: &str| {
            format!("  - {{title: {title}, thread: {thread}, target: almeno 2 sportelli, actual: 2}}\n")
        };
        let own = "  - {title: Sportelli aperti, target: almeno 2, unit_of_measure: sportelli, actual: 2}\n";
        planted(own, &(one("Sportelli aperti", "sportelli") + &one(second, thread)))
    }

    #[test]
    fn what_has_one_title_in_one_office_is_one_series() {
        assert_eq!(two("SPORTELLI  aperti", "aperture"), [(Code::TwoThreads, "aperture".into())]);
        assert_eq!(two("Sportelli chiusi", "aperture"), []);
        assert_eq!(two("Sportelli aperti", "sportelli"), []);
    }
}
