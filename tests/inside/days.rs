//! What is dated after the day of the build has no effect before its day, and of two updates of one day the later by file
//! name counts.

use std::collections::BTreeMap;

use super::common::SiteTest;
use crate::catalogue::{Catalogue, Indicator, Objective, ObjectiveId, Phase, Project, ProjectId};
use crate::check::Drafts;
use crate::model::{Lifecycle, Written};
use crate::source::SourceTree;
use crate::{Edition, Options};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const SETTINGS: &str = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n";
const UNITS: &str = "- {id: comune, name: Comune di Prova}\n";
const PROJECT: &str = "content/projects/ponte/index.md";

/// A project with updates, by the names of their files; the day is 22 November 2026.
fn bridge(fields: &str, updates: &[(&str, &str)]) -> SiteTest {
    let site = SiteTest::new().file(PROJECT, &format!("---\ntitle: Ponte\nunit: comune\n{fields}---\n"));
    for (name, fields) in updates {
        let path = format!("content/projects/ponte/updates/{name}.md");
        site.write(&path, &format!("---\ntitle: {name}\n{fields}\n---\n"));
    }
    site
}

fn column(site: &SiteTest, table: &str, column: &str) -> Vec<String> {
    let text = site.read(&format!("data/{table}.csv"));
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let at = rows
        .headers()
        .expect("a head")
        .iter()
        .position(|name| name == column)
        .expect("the column");
    rows.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

#[test]
fn an_update_is_published_on_its_day_and_not_before() {
    let updates = [
        ("2026-03-01-gara", "lifecycle: in_progress\nspent: 10,00 €"),
        ("2026-11-23-fine", "lifecycle: completed\nspent: 90,00 €\nprogress: 100\nmilestone: Posa\nhealth: ahead"),
    ];
    let mut site = bridge("milestones: [{title: Posa, due: 2027}]\n", &updates);
    let texts = |site: &SiteTest| -> Vec<String> {
        let files = site.published().into_iter();
        files
            .filter_map(|(path, bytes)| Some(format!("{path}\n{}", String::from_utf8(bytes).ok()?)))
            .collect()
    };
    site.build();
    assert_eq!(texts(&site).iter().find(|text| text.contains("2026-11-23")), None);
    assert_eq!(column(&site, "projects", "lifecycle"), ["in_progress"]);
    assert_eq!(column(&site, "projects", "spent"), ["10.00"]);
    assert!(site.main("progetti/ponte/index.html").contains("c’è ancora tempo"));

    // The published folder is the same, and only the day is another.
    site.options.as_of = date(2026, 11, 23);
    site.build();
    assert_eq!(column(&site, "projects", "lifecycle"), ["completed"]);
    assert_eq!(column(&site, "projects", "spent"), ["90.00"]);
    assert_eq!(column(&site, "updates", "date"), ["2026-11-23", "2026-03-01"]);
    assert!(site.main("progetti/ponte/2026-11-23-fine/index.html").contains("Posa"));
    assert!(site.read("feed.xml").contains("2026-11-23-fine"));
}

#[test]
fn what_belongs_to_an_update_of_a_day_that_is_to_come_waits_for_it() {
    let mut site = bridge("", &[("2026-11-23-fine", "lifecycle: completed")]);
    site.write("content/projects/ponte/updates/2026-11-23-fine-verbale.pdf", "%PDF");
    site.write(
        "content/pages/nota.md",
        "---\ntitle: Nota\n---\nLeggi [la notizia](../projects/ponte/updates/2026-11-23-fine.md).\n",
    );
    site.build();
    let verbale =
        |site: &SiteTest| site.published().iter().any(|(path, _)| path.ends_with("2026-11-23-fine-verbale.pdf"));
    assert!(!verbale(&site));
    assert!(site.main("nota/index.html").contains("Leggi la notizia."));
    site.options.as_of = date(2026, 11, 23);
    site.build();
    assert!(verbale(&site));
    assert!(site.main("nota/index.html").contains("2026-11-23-fine/\">la notizia</a>"));
}

#[test]
fn an_outcome_of_a_day_that_is_to_come_is_none_before_it() {
    let sheet = "---\ntitle: Aprire\nunit: comune\nphases:\n  - {title: Lavori, actual_start: 1/12/2026, actual_end: 2/12/2026}\nindicators:\n  - {title: Apertura, target: entro il 31/12/2028, actual: 3/12/2026}\n  - {title: Sere, target: 9, periods: [{period: dicembre 2026, target: 4, actual: 5}]}\n---\n";
    let mut site = SiteTest::new().file("content/objectives/2026/A1.md", sheet);
    site.build();
    let page = site.main("2026/a1/index.html");
    for said in ["3 dicembre 2026", "2 dicembre 2026", "<td>5</td>", "Raggiunto"] {
        assert!(!page.contains(said), "{said}: {page}");
    }
    assert_eq!(column(&site, "indicators", "state"), ["pending", "pending"]);
    assert_eq!(column(&site, "indicators", "actual_written"), ["", ""]);
    assert_eq!(column(&site, "phases", "state"), ["in_progress"]);
    site.options.as_of = date(2026, 12, 3);
    site.build();
    let page = site.main("2026/a1/index.html");
    assert!(page.contains("3 dicembre 2026") && page.contains("<td>5</td>"), "{page}");
    assert_eq!(column(&site, "indicators", "state"), ["met", "pending"]);
    assert_eq!(column(&site, "phases", "state"), ["completed"]);
}

#[test]
fn of_updates_of_one_day_the_last_by_file_name_is_the_newest_everywhere() {
    let updates = [
        ("2026-05-01-b", "lifecycle: suspended\nspent: 2,00 €"),
        ("2026-05-01-a", "lifecycle: completed\nspent: 3,00 €\nhealth: delayed"),
        ("2026-05-01-c", "lifecycle: in_progress"),
    ];
    let site = bridge("", &updates);
    site.build();
    assert_eq!(column(&site, "projects", "lifecycle"), ["in_progress"]);
    assert_eq!(column(&site, "projects", "spent"), ["2.00"]);
    assert_eq!(column(&site, "projects", "health"), ["delayed"]);
    for text in ["feed.xml", "atom.xml", "progetti/ponte/index.html", "aggiornamenti/index.html", "data/updates.csv"]
        .map(|path| site.read(path))
    {
        let places = ["a", "b", "c"].map(|name| text.find(&format!("2026-05-01-{name}")).expect("the update"));
        assert!(places.is_sorted_by(|a, b| a > b), "{text}");
    }
}

/// A day of 2026 or 2027 by its number from 1 January 2026.
fn day(number: u16) -> Date {
    date(2026, 1, 1).saturating_add(jiff::Span::new().days(i64::from(number)))
}

/// What was drawn: dated facts, each with the number of its day, and the number of today.
#[derive(Clone, Debug)]
struct Drawn {
    today: u16,
    /// Day, lifecycle, percents.
    updates: Vec<(u16, Option<usize>, Option<u8>)>,
    started: Option<u16>,
    ended: Option<u16>,
    met: Option<u16>,
    target: u16,
    outcome: Option<u16>,
    /// The part of the time that another outcome is of.
    part: Option<u16>,
}

impl Drawn {
    /// The same without what comes after its day.
    fn so_far(&self) -> Self {
        let is_past = |number: &u16| *number <= self.today;
        Self {
            today: self.today,
            target: self.target,
            updates: self.updates.iter().filter(|(number, ..)| is_past(number)).copied().collect(),
            started: self.started.filter(is_past),
            ended: self.ended.filter(is_past),
            met: self.met.filter(is_past),
            outcome: self.outcome.filter(is_past),
            part: self.part.filter(is_past),
        }
    }

    /// The last word on the project's life: the greatest day, of one day the last that was drawn.
    fn lifecycle(&self) -> Option<Lifecycle> {
        let mut word = None;
        for (number, lifecycle, _) in &self.updates {
            if let (Some(lifecycle), true) = (lifecycle, *number <= self.today) {
                word = word.filter(|(newest, _)| newest > number).or(Some((*number, *lifecycle)));
            }
        }
        word.map(|(_, place)| Lifecycle::ALL[place])
    }

    fn texts(&self) -> BTreeMap<String, String> {
        let dated = |key: &str, number: Option<u16>| {
            number.map(|number| format!(", {key}: {}", day(number))).unwrap_or_default()
        };
        let (start, end, met) =
            (dated("actual_start", self.started), dated("actual_end", self.ended), dated("met", self.met));
        let target = day(self.target);
        let actual = dated("actual", self.outcome);
        let part = self
            .part
            .map(|number| format!(", periods: [{{period: {}, target: 2, actual: 3}}]", day(number)))
            .unwrap_or_default();
        let measured = format!("{{title: Apertura, target: '{target}'{actual}{part}}}");
        let head = "title: X\nunit: comune\n";
        let objective = format!("---\n{head}phases: [{{title: Lavori{start}{end}}}]\nindicators: [{measured}]\n---\n");
        let project = format!("---\n{head}milestones: [{{title: Posa{met}}}]\nexpected_results: [{measured}]\n---\n");
        let mut texts = BTreeMap::from([
            ("site.toml".to_owned(), SETTINGS.to_owned()),
            ("content/units.yaml".to_owned(), UNITS.to_owned()),
            ("content/objectives/2026/A1.md".to_owned(), objective),
            (PROJECT.to_owned(), project),
        ]);
        for (place, (number, lifecycle, progress)) in self.updates.iter().enumerate() {
            let lifecycle = lifecycle
                .map(|place| format!("lifecycle: {}\n", Lifecycle::ALL[place].key()))
                .unwrap_or_default();
            let progress = progress.map(|progress| format!("progress: {progress}\n")).unwrap_or_default();
            let path = format!("content/projects/ponte/updates/{}-{place}.md", day(*number));
            texts.insert(path, format!("---\ntitle: Notizia\nmilestone: Posa\n{lifecycle}{progress}---\n"));
        }
        texts
    }

    fn edition(&self) -> Edition {
        let options = Options { as_of: day(self.today), base: None, drafts: Drafts::Exclude, profiles: None };
        let (edition, report) = crate::Session::once(&SourceTree::from_texts(&self.texts()), &options);
        assert_eq!(report.errors(), 0, "{report:?}");
        edition.expect("an edition")
    }
}

/// All that a site says of its objective and its project.
fn said(edition: &Edition) -> String {
    let catalogue: &Catalogue = &edition.site.catalogue;
    let judgement = edition.site.judgement(ObjectiveId(0));
    let objective: &Objective = &catalogue[ObjectiveId(0)];
    let project: &Project = &catalogue[ProjectId(0)];
    let outcomes = |indicators: &[Indicator]| -> Vec<String> {
        let one = |indicator: &Indicator| {
            let parts: Vec<_> =
                indicator.periods.iter().filter_map(|part| Some(part.actual.as_ref()?.text())).collect();
            format!("{:?} {parts:?}", indicator.actual.as_ref().map(Written::text))
        };
        indicators.iter().map(one).collect()
    };
    let happened = |phase: &Phase| format!("{:?} {:?}", phase.actual_start, phase.actual_end);
    let updates: Vec<_> = catalogue.updates.iter().map(|update| update.date).collect();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {updates:?}",
        (judgement.state, &judgement.indicators, &judgement.phases),
        outcomes(&objective.indicators),
        objective.phases.iter().map(happened).collect::<Vec<_>>(),
        catalogue.current(ProjectId(0)),
        edition.site.results(ProjectId(0)),
        outcomes(&project.expected_results),
        project
            .milestones
            .iter()
            .map(|milestone| milestone.met.as_ref().map(Written::text))
            .collect::<Vec<_>>(),
    )
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let number = || 1..720_u16;
    let some = || prop::option::of(number());
    let update = (number(), prop::option::of(0..Lifecycle::ALL.len()), prop::option::of(0..=100_u8));
    let dates = (some(), some(), some(), some(), some());
    (number(), number(), prop::collection::vec(update, 0..6), dates).prop_map(|(today, target, updates, dates)| {
        let (started, ended, met, outcome, part) = dates;
        // Nothing ends before it begins.
        let ended = ended.filter(|_| ended >= started);
        Drawn { today, updates, started, ended, met, target, outcome, part }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn nothing_after_the_day_of_the_build_has_an_effect_before_it(drawn in drawn()) {
        let edition = drawn.edition();
        prop_assert_eq!(said(&edition), said(&drawn.so_far().edition()));
        prop_assert_eq!(edition.site.catalogue.current(ProjectId(0)).lifecycle, drawn.lifecycle());
    }
}
