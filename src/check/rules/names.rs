//! Names in texts that the site's policy keeps out of its pages (`[people]` of `site.toml`): pages leave a name out of
//! their fields, and can't out of an office's prose.

use super::rule::{Rule, RuleContext, RuleInput};
use super::texts::{RecordTexts, SourceText, TextRole};
use crate::diagnostic::{Code, Diagnostic, Profile};
use crate::model::Named;

pub(super) const RULE: Rule =
    Rule { profile: Profile::People, codes: &[Code::HiddenName], check: RuleInput::Texts(check) };

fn check(context: &RuleContext<'_>, record: &RecordTexts<'_>, text: &SourceText<'_>) -> Vec<Diagnostic> {
    if text.role != TextRole::Words {
        return Vec::new();
    }
    let found = context.persons.find(&text.words).into_iter().filter(|(_, known)| {
        let is_head = match record.unit {
            Some(unit) => context.catalogue.is_head(known.person, unit),
            None => known.is_head,
        };
        let shown = context.settings.people.display(known.person, is_head, record.last_day, context.as_of);
        !matches!(shown, Named::Full { .. })
    });
    found.map(|(range, _)| text.problem(Code::HiddenName, range)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{found, planted};
    use crate::diagnostic::Code;

    #[test]
    fn the_head_of_a_unit_is_named_until_the_years_are_over() {
        assert_eq!(planted("Si apre uno sportello.", "Lo apre Filippo Foti."), []);
        let sheet = "---\ntitle: Sportello\nunit: c/casa\napproved_by: {act: Delibera 12, date: 2025-01-20, url: \"https://example.org/12\"}\nsource: {title: Scheda, date: 2025-03-01}\n---\nLo apre Filippo Foti.\n";
        let years = "[site]\ntitle = \"A\"\nbase_url = \"https://example.org\"\nlicence = \"CC0 1.0\"\n[people]\nkeep_years = 0\n";
        let over = found(&[("site.toml", years), ("content/objectives/2025/A1.md", sheet)]);
        assert_eq!(over, [(Code::HiddenName, "Filippo Foti".into())]);
    }

    #[test]
    fn a_name_is_found_in_either_order() {
        let sheet = "Apertura, responsible: Verna Marco - Impiegato, notes: Ne risponde MARCO VERNA,";
        assert_eq!(planted("Apertura,", sheet), [(Code::HiddenName, "Ne risponde MARCO VERNA".into())]);
        let marco = "Apertura, responsible: Verna Marco - Impiegato, notes: Ne risponde Marco Polo,";
        assert_eq!(planted("Apertura,", marco), []);
    }
}
