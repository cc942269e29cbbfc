//! Rules that know the trade: one rule or tight family a file, one line in `ALL`. They read the resolved catalogue, and run
//! only where their [`Profile`] is on. What they find is a warning, of which the site or a record may make more or less.
//!
//! The rules of `accessibility` read Markdown and are the [site's](crate::site::check_texts); an outcome of another kind
//! than its target, a codice fiscale and an IBAN are errors in every site (V0311, V0310), and so no rules.

mod amounts;
mod capitals;
mod contacts;
mod deadlines;
mod names;
mod persons;
mod phases;
mod provenance;
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
use self::texts::{RecordTexts, SourceText};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile, Report, Rules};
use crate::incremental::fingerprint;
use crate::incremental::store::{CleanTexts, Store};
use crate::model::{Catalogue, Indicator, Origin, Publication, Settings, UnitId};

/// What rules look at.
struct RuleContext<'a> {
    catalogue: &'a Catalogue,
    settings: &'a Settings,
    rules: &'a Rules,
    as_of: Date,
    /// The persons whom the site names.
    persons: Persons<'a>,
}

/// A rule, or a tight family of them.
struct Rule {
    profile: Profile,
    /// What it finds.
    codes: &'static [Code],
    check: RuleInput,
}

/// The input of a rule.
#[derive(Clone, Copy)]
enum RuleInput {
    /// The records, as it likes.
    Records(fn(&RuleContext<'_>) -> Vec<Diagnostic>),
    /// One text of a record, given who answers for it and until when.
    Texts(fn(&RuleContext<'_>, &RecordTexts<'_>, &SourceText<'_>) -> Vec<Diagnostic>),
}

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

/// The findings of the rules that are on, in a catalogue on the day `as_of`. Texts that the store knows to be sound aren't looked at
/// again.
pub fn check(catalogue: &Catalogue, settings: &Settings, rules: &Rules, as_of: Date, store: &Store) -> Report {
    let on: Vec<&Rule> = ALL.iter().filter(|rule| rules.has(rule.profile)).collect();
    if on.is_empty() {
        return Report::default();
    }
    let context = RuleContext { catalogue, settings, rules, as_of, persons: Persons::of(catalogue) };
    let says = |rule: &Rule, found: &[Diagnostic]| found.iter().all(|problem| rule.codes.contains(&problem.code));
    let of_records = || {
        let found = on.par_iter().map(|rule| match rule.check {
            RuleInput::Records(check) => {
                let found = check(&context);
                debug_assert!(says(rule, &found), "a rule finds what it says");
                found
            }
            RuleInput::Texts(_) => Vec::new(),
        });
        found.collect::<Vec<_>>()
    };
    let of_texts = || {
        let sound = CleanTexts::recall(store, "rules", context.fingerprint());
        texts::each(catalogue, sound, |sheet, text| {
            let of_text = |rule: &&Rule| match rule.check {
                RuleInput::Texts(check) => {
                    let found = check(&context, sheet, text);
                    debug_assert!(says(rule, &found), "a rule finds what it says");
                    found
                }
                RuleInput::Records(_) => Vec::new(),
            };
            on.iter().flat_map(of_text).collect()
        })
    };
    let (records, texts) = rayon::join(of_records, of_texts);
    Report::from(records.into_iter().flatten().chain(texts).collect::<Vec<_>>())
}

impl RuleContext<'_> {
    /// The fingerprint of all that decides what is found in a text, beside the text and what is known of its record.
    fn fingerprint(&self) -> u64 {
        let Publication { names, keep_years } = self.settings.people;
        let on = Profile::ALL.map(|(profile, _)| self.rules.has(profile));
        let units = self.catalogue.units.iter().map(|unit| {
            let heads: Vec<Option<&str>> = unit.heads.iter().map(|head| head.person().name()).collect();
            (unit.parent, heads)
        });
        fingerprint(&(names, keep_years, self.as_of, on, units.collect::<Vec<_>>(), self.persons.names()))
    }
}

/// An indicator of an objective or an expected result of a project, with its place.
struct PlacedIndicator<'c> {
    origin: &'c Origin,
    /// Who answers for it.
    unit: UnitId,
    list: &'static str,
    index: usize,
    indicator: &'c Indicator,
}

impl PlacedIndicator<'_> {
    fn path(&self) -> KeyPath {
        KeyPath::of(self.list).index(self.index)
    }

    fn problem(&self, code: Code, key: &'static str) -> Diagnostic {
        Diagnostic::new(code, self.origin.file, self.path().key(key))
    }
}

/// Everything that is measured.
fn measured(catalogue: &Catalogue) -> impl Iterator<Item = PlacedIndicator<'_>> {
    let objectives = catalogue.objectives.iter().flat_map(|objective| {
        let (origin, unit) = (&objective.origin, objective.unit);
        let each = objective.indicators.iter().enumerate();
        each.map(move |(index, indicator)| PlacedIndicator { origin, unit, list: "indicators", index, indicator })
    });
    let projects = catalogue.projects.iter().flat_map(|project| {
        let (origin, unit) = (&project.origin, project.unit);
        let each = project.expected_results.iter().enumerate();
        each.map(move |(index, indicator)| PlacedIndicator { origin, unit, list: "expected_results", index, indicator })
    });
    objectives.chain(projects)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::check::Drafts;
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

    /// What rules find in the sound site with files put in place of its own, as codes with the text that they mark.
    pub(super) fn found(files: &[(&str, &str)]) -> Vec<(Code, String)> {
        let all: BTreeMap<String, String> = SOUND
            .iter()
            .chain(files)
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        let tree = SourceTree::from_texts(&all);
        let (mut drafts, mut report) = parse::parse(&tree);
        let settings = drafts.take_settings().expect("the site has settings");
        let mut rules = drafts.take_rules();
        rules.profiles = Profile::ALL.map(|(profile, _)| profile).to_vec();
        let (catalogue, problems) = crate::check::catalogue(
            drafts,
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

    /// What is found in the sound objective with some of its text replaced.
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
