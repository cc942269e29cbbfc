//! Rules that know the trade: one rule or tight family a file, one line in `ALL`. They read the resolved catalogue, and
//! run only if their [`Profile`](crate::diagnostic::Profile) is on. A finding is a warning, which the site or a record
//! may make an error or turn off.
//!
//! The rules of `accessibility` read Markdown and are the [site's](crate::site::check_texts); an outcome of another
//! kind than its target, a codice fiscale and an IBAN are errors in every site (V0311, V0310), and so no rules.

mod amounts;
mod capitals;
mod contacts;
mod deadlines;
mod measured;
mod names;
mod persons;
mod phases;
mod provenance;
mod rule;
mod sensitive;
mod series;
mod sources;
mod targets;
mod texts;
mod units;
mod weights;

use jiff::civil::Date;
use rayon::prelude::*;

use self::persons::Persons;
use self::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Report, Rules};
use crate::incremental::store::{CleanTexts, Store};
use crate::model::Settings;

const ALL: &[Rule] = &[
    weights::RULE,
    phases::RULE,
    targets::RULE,
    series::RULE,
    units::RULE,
    amounts::RULE,
    capitals::RULE,
    names::RULE,
    contacts::RULE,
    sensitive::RULE,
    sources::RULE,
    provenance::RULE,
    deadlines::RULE,
];

/// Findings of the rules that are on, in a catalogue on the day `as_of`. Texts that the store knows to be clean aren't
/// checked again.
pub(crate) fn check(catalogue: &Catalogue, settings: &Settings, rules: &Rules, as_of: Date, store: &Store) -> Report {
    let on: Vec<&Rule> = ALL.iter().filter(|rule| rules.has(rule.profile)).collect();
    if on.is_empty() {
        return Report::default();
    }
    let context = RuleContext { catalogue, settings, rules, as_of, persons: Persons::of(catalogue) };
    let checked = |rule: &Rule, found: Vec<Diagnostic>| {
        debug_assert!(found.iter().all(|problem| rule.codes.contains(&problem.code)), "a rule finds only its codes");
        found
    };
    let in_records = || {
        let found = on.par_iter().map(|rule| match rule.check {
            RuleInput::Records(check) => checked(rule, check(&context)),
            RuleInput::Texts(_) => Vec::new(),
        });
        found.collect::<Vec<_>>()
    };
    let in_texts = || {
        let clean = CleanTexts::recall(store, "rules", context.fingerprint());
        texts::check_each(catalogue, clean, |record, text| {
            let found = on.iter().map(|rule| match rule.check {
                RuleInput::Texts(check) => checked(rule, check(&context, record, text)),
                RuleInput::Records(_) => Vec::new(),
            });
            found.flatten().collect()
        })
    };
    let (records, texts) = rayon::join(in_records, in_texts);
    Report::from(records.into_iter().flatten().chain(texts).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::check::Drafts;
    use crate::diagnostic::{Code, Profile};
    use crate::parse;
    use crate::source::SourceTree;

    /// A site in which no rule finds anything, whichever are on.
    const SOUND: [(&str, &str); 3] = [
        ("site.toml", "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlicence = \"CC BY 4.0\"\n"),
        (
            "content/units.yaml",
            "- {id: c, name: Comune di Prova, heads: [{name: Foti Filippo, role: Dirigente}]}\n- {id: c/casa, name: Ufficio casa, parent: c}\n",
        ),
        ("content/objectives/2025/A1.md", SHEET),
    ];

    const SHEET: &str = "---\ntitle: Sportello casa\nunit: c/casa\napproved_by: {act: Delibera 12, date: 2025-01-20, url: \"https://example.org/12\"}\nsource: {title: Scheda, date: 2025-03-01}\nphases:\n  - {title: Apertura, weight: 100, start: 01/02/2025, end: 30/06/2025, actual_end: 30/06/2025}\nindicators:\n  - {title: Sportelli aperti, target: almeno 2, unit_of_measure: sportelli, actual: 2}\n---\nSi apre uno sportello.\n";

    /// Findings in the sound site with some files put in place of its own, as codes with the text that they mark.
    pub(super) fn found(files: &[(&str, &str)]) -> Vec<(Code, String)> {
        let all: BTreeMap<String, String> = SOUND
            .iter()
            .chain(files)
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        let tree = SourceTree::from_texts(&all);
        let (mut sheets, mut report) = parse::parse(&tree);
        let settings = sheets.take_settings().expect("the site has settings");
        let mut rules = sheets.take_rules();
        rules.profiles = Profile::ALL.map(|(profile, _)| profile).to_vec();
        let (catalogue, problems) = crate::check::catalogue(
            sheets,
            &settings.languages,
            Drafts::Include,
            date(2026, 6, 1),
            &mut crate::check::CheckCache::once(),
        );
        report.extend(problems);
        assert_eq!(report.errors(), 0, "{report:?}");
        let report = check(&catalogue, &settings, &rules, date(2026, 6, 1), &Store::default());
        let at = |problem: &crate::diagnostic::Located<'_>| {
            let text = problem.text.get(problem.bytes.clone()).unwrap_or_default();
            (problem.diagnostic.code, text.to_owned())
        };
        parse::locate(&tree, &report).iter().map(at).collect()
    }

    /// Findings in the sound objective with some of its text replaced.
    pub(super) fn planted(from: &str, to: &str) -> Vec<(Code, String)> {
        assert!(SHEET.contains(from), "{from}");
        found(&[("content/objectives/2025/A1.md", &SHEET.replacen(from, to, 1))])
    }

    #[test]
    fn nothing_is_found_in_a_sound_site() {
        assert_eq!(found(&[]), []);
    }

    #[test]
    fn no_two_rules_find_the_same() {
        let mut codes: Vec<Code> = ALL.iter().flat_map(|rule| rule.codes).copied().collect();
        assert!(ALL.iter().all(|rule| rule.codes.iter().all(|code| code.profile() == Some(rule.profile))));
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all);
    }
}
