//! Facts that D.Lgs. 33/2013 requires beside the content: the act that approved it (art. 10 and 12), where its data
//! come from and of which day they are (art. 6), and under which licence they may be reused (art. 7). The unit that
//! answers for a record is required of every site (V0205).

use super::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::{Citation, Objective};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Profile};
use crate::model::Origin;

pub(super) const RULE: Rule = Rule {
    profile: Profile::Dlgs33,
    codes: &[Code::NoAct, Code::NoSource, Code::NoDate, Code::NoLicence],
    check: RuleInput::Records(check),
};

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    let catalogue = context.catalogue;
    let acts = catalogue.objectives.iter().filter_map(|objective| missing_act(objective));
    let objectives = catalogue
        .objectives
        .iter()
        .map(|objective| (&objective.origin, objective.source.as_deref()));
    let projects = catalogue.projects.iter().map(|project| (&project.origin, project.source.as_deref()));
    let sources = objectives.chain(projects).filter_map(|(origin, source)| missing_source(origin, source));
    let licence = (!context.settings.licence_is_stated)
        .then(|| Diagnostic::new(Code::NoLicence, context.rules.file, KeyPath::of("site")));
    acts.chain(sources).chain(licence).collect()
}

fn missing_act(objective: &Objective) -> Option<Diagnostic> {
    let approval = objective.approved_by.clone().unwrap_or_default();
    let has = [("act", approval.act.is_some()), ("date", approval.date.is_some()), ("url", approval.url.is_some())];
    let missing: Vec<&str> = has.iter().filter(|(_, has)| !has).map(|(key, _)| *key).collect();
    let place = if objective.approved_by.is_some() { KeyPath::of("approved_by").into() } else { Place::File };
    (!missing.is_empty())
        .then(|| Diagnostic::new(Code::NoAct, objective.origin.file, place).with("missing", missing.join(", ")))
}

/// Problem of a record without a source, or of a source without a date. A record without a source has no date either,
/// which is one mistake.
fn missing_source(origin: &Origin, source: Option<&Citation>) -> Option<Diagnostic> {
    match source {
        None | Some(Citation { title: None, url: None, .. }) => {
            Some(Diagnostic::new(Code::NoSource, origin.file, Place::File))
        }
        Some(Citation { date: None, .. }) => Some(Diagnostic::new(Code::NoDate, origin.file, KeyPath::of("source"))),
        Some(_) => None,
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
    fn an_objective_names_the_act_that_approved_it() {
        assert_eq!(codes(planted("act: Delibera 12, ", "")), [Code::NoAct]);
        assert_eq!(codes(planted("approved_by:", "extra:")), [Code::NoAct]);
    }

    #[test]
    fn a_record_names_its_source_and_the_day_of_its_data() {
        assert_eq!(codes(planted("source: {title: Scheda, date: 2025-03-01}\n", "")), [Code::NoSource]);
        assert_eq!(codes(planted(", date: 2025-03-01", "")), [Code::NoDate]);
    }

    #[test]
    fn a_site_states_its_licence() {
        let silent = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n";
        assert_eq!(codes(found(&[("site.toml", silent)])), [Code::NoLicence]);
    }
}
