//! An amount that isn't what its sources give together.

use super::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::Project;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile};
use crate::model::{Amount, Lang, Written};

pub(super) const RULE: Rule =
    Rule { profile: Profile::Quality, codes: &[Code::AmountsSum], check: RuleInput::Records(check) };

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    context.catalogue.projects.iter().filter_map(|project| sum_problem(project)).collect()
}

fn sum_problem(project: &Project) -> Option<Diagnostic> {
    let total = project.amount()?;
    let total_value = *total.read()?;
    let mut known = project.funding().iter().filter_map(|source| source.amount.as_ref()?.read().copied());
    let first = known.next()?;
    // Sums in several currencies are none, nor are those of which a part is with VAT and another without.
    let sum = known.try_fold(first, Amount::checked_add).ok()?;
    let is_comparable = sum.currency() == total_value.currency() && sum.vat() == total_value.vat();
    if !is_comparable || sum.is_approximate() || total_value.is_approximate() {
        return None;
    }
    let is_known =
        |amount: &Option<Written<Option<Amount>>>| amount.as_ref().is_some_and(|amount| amount.read().is_some());
    let all_known = project.funding().iter().all(|source| is_known(&source.amount));
    let is_wrong = if all_known { sum != total_value } else { sum.value() > total_value.value() };
    is_wrong.then(|| {
        let path = KeyPath::of("amount").key("total");
        let problem = Diagnostic::new(Code::AmountsSum, project.origin.file, path);
        problem.with("written", total.text()).with("sum", sum.words(Lang::It))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use crate::diagnostic::Code;

    fn paid(sources: &str) -> Vec<(Code, String)> {
        let head = "---\ntitle: Casa\nunit: c\nsource: {title: Scheda, date: 2025-01-01}\n";
        let text = format!("{head}amount:\n  total: 100 €\n  sources: [{sources}]\n---\n");
        found(&[("content/projects/casa/index.md", &text)])
    }

    #[test]
    fn sources_make_the_total() {
        assert_eq!(paid("{name: UE, amount: 60 €}, {name: Comune, amount: 40 €}"), []);
        let short = paid("{name: UE, amount: 60 €}, {name: Comune, amount: 30 €}");
        assert_eq!(short, [(Code::AmountsSum, "100 €".into())]);
    }

    #[test]
    fn a_source_that_is_silent_may_give_the_rest_and_no_less_than_nothing() {
        assert_eq!(paid("{name: UE, amount: 60 €}, {name: Comune}"), []);
        assert_eq!(paid("{name: UE, amount: 160 €}, {name: Comune}"), [(Code::AmountsSum, "100 €".into())]);
    }
}
