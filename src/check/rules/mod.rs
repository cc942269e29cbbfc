//! Rules that know the trade: one rule or tight family a file, one line in `ALL`. They read the resolved catalogue, and run
//! only where their [`Profile`] is on. What they find is a warning, of which the site or a record may make more or less.
//!
//! The rules of `accessibility` read Markdown and are the [site's](crate::site::barriers); an outcome of another kind
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
mod targets;
mod texts;
mod threads;
mod units;
mod weights;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile, Report, Rules};
use crate::model::{Catalogue, Indicator, Origin, Settings, UnitId};

/// What rules look at.
struct Looked<'a> {
    catalogue: &'a Catalogue,
    settings: &'a Settings,
    rules: &'a Rules,
    as_of: Date,
}

/// A rule, or a tight family of them.
struct Rule {
    profile: Profile,
    /// What it finds.
    codes: &'static [Code],
    look: fn(&Looked<'_>) -> Vec<Diagnostic>,
}

const ALL: &[Rule] = &[
    weights::RULE,
    phases::RULE,
    targets::RULE,
    threads::RULE,
    units::RULE,
    amounts::RULE,
    capitals::RULE,
    names::RULE,
    contacts::RULE,
    sensitive::RULE,
    provenance::RULE,
    deadlines::RULE,
];

/// What the rules that are on find in a catalogue on the day `as_of`.
pub fn look(catalogue: &Catalogue, settings: &Settings, rules: &Rules, as_of: Date) -> Report {
    let looked = Looked { catalogue, settings, rules, as_of };
    let on: Vec<&Rule> = ALL.iter().filter(|rule| rules.has(rule.profile)).collect();
    let found = on.into_par_iter().map(|rule| {
        let found = (rule.look)(&looked);
        debug_assert!(found.iter().all(|problem| rule.codes.contains(&problem.code)), "a rule finds what it says");
        found
    });
    let found: Vec<Vec<Diagnostic>> = found.collect();
    let mut report = Report::default();
    found.into_iter().flatten().for_each(|problem| report.add(problem));
    report
}

/// An indicator of an objective or an expected result of a project, with its place.
struct Measured<'c> {
    origin: &'c Origin,
    /// Who answers for it.
    unit: UnitId,
    list: &'static str,
    index: usize,
    indicator: &'c Indicator,
}

impl Measured<'_> {
    fn path(&self) -> KeyPath {
        KeyPath::of(self.list).index(self.index)
    }

    fn problem(&self, code: Code, key: &'static str) -> Diagnostic {
        Diagnostic::new(code, self.origin.file, self.path().key(key))
    }
}

/// Everything that is measured.
fn measured(catalogue: &Catalogue) -> impl Iterator<Item = Measured<'_>> {
    let objectives = catalogue.objectives.iter().flat_map(|objective| {
        let (origin, unit) = (&objective.origin, objective.unit);
        let each = objective.indicators.iter().enumerate();
        each.map(move |(index, indicator)| Measured { origin, unit, list: "indicators", index, indicator })
    });
    let projects = catalogue.projects.iter().flat_map(|project| {
        let (origin, unit) = (&project.origin, project.unit);
        let each = project.expected_results.iter().enumerate();
        each.map(move |(index, indicator)| Measured { origin, unit, list: "expected_results", index, indicator })
    });
    objectives.chain(projects)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::check::Unfinished;
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
        let (mut drafts, mut report) = parse::draft(&tree);
        let settings = drafts.take_settings().expect("the site has settings");
        let mut rules = drafts.take_rules();
        rules.profiles = Profile::ALL.map(|(profile, _)| profile).to_vec();
        let (catalogue, problems) =
            crate::check::catalogue(drafts, &settings.languages, Unfinished::Shown, date(2026, 6, 1), None);
        report.extend(problems);
        assert_eq!(report.errors(), 0, "{report:?}");
        let report = look(&catalogue, &settings, &rules, date(2026, 6, 1));
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
