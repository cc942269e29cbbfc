//! Links to the source files of a site whose pages leave names out: the files have them, and so has their history.

use super::rule::{Rule, RuleContext, RuleInput};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile};
use crate::model::{Named, Person};

pub(super) const RULE: Rule =
    Rule { profile: Profile::People, codes: &[Code::NamesInSources], check: RuleInput::Records(check) };

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    let links = &context.settings.links;
    let linked = [("source_files", &links.source_files), ("source_history", &links.source_history)];
    let linked: Vec<&str> = linked.into_iter().filter(|(_, link)| link.is_some()).map(|(key, _)| key).collect();
    if linked.is_empty() || !hides_a_name(context) {
        return Vec::new();
    }
    let problem = |key| Diagnostic::new(Code::NamesInSources, context.rules.file, KeyPath::of("links").key(key));
    linked.into_iter().map(problem).collect()
}

/// True if a field of a record names somebody whom its page doesn't name.
fn hides_a_name(context: &RuleContext<'_>) -> bool {
    let (catalogue, policy) = (context.catalogue, &context.settings.people);
    let is_hidden = |person: &Person, is_head, last_day| {
        let shown = policy.display(person, is_head, last_day, context.as_of);
        person.name().is_some() && !matches!(shown, Named::Full { .. })
    };
    let mut heads = catalogue.units.iter().flat_map(|unit| unit.heads.iter());
    heads.any(|head| is_hidden(head.person(), true, None))
        || catalogue.objectives.iter().any(|objective| {
            let mut responsible = objective.phases.iter().filter_map(|phase| phase.responsible.as_ref());
            responsible
                .any(|person| is_hidden(person, catalogue.is_head(person, objective.unit), Some(objective.last_day())))
        })
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use crate::diagnostic::Code;

    fn with(people: &str, responsible: &str) -> Vec<(Code, String)> {
        let settings = format!(
            "[site]\ntitle = \"A\"\nbase_url = \"https://example.org\"\nlicence = \"CC0 1.0\"\n[links]\nsource_files = \"https://git.example.org/blob/\"\n[people]\n{people}"
        );
        let sheet = format!(
            "---\ntitle: Sportello\nunit: c/casa\napproved_by: {{act: Delibera 12, date: 2025-01-20, url: \"https://example.org/12\"}}\nsource: {{title: Scheda, date: 2025-03-01}}\nphases: [{{title: Gara, responsible: {responsible}}}]\n---\nSi apre.\n"
        );
        let mut found = found(&[("site.toml", &settings), ("content/objectives/2025/A1.md", &sheet)]);
        found.retain(|(code, _)| *code == Code::NamesInSources);
        found
    }

    #[test]
    fn links_to_files_that_name_whom_the_pages_do_not_are_told() {
        let expected = [(Code::NamesInSources, "\"https://git.example.org/blob/\"".to_owned())];
        assert_eq!(with("names = \"none\"\n", "Verna Marco - Impiegato"), expected);
        assert_eq!(with("names = \"executives\"\n", "Verna Marco - Impiegato"), expected);
        assert_eq!(with("names = \"all\"\nkeep_years = 0\n", "Verna Marco - Impiegato"), expected);
        assert_eq!(with("names = \"all\"\n", "Verna Marco - Impiegato"), []);
        assert_eq!(with("names = \"executives\"\n", "{role: Impiegato}"), []);
    }
}
