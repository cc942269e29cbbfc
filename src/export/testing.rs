//! A small site for the tests of the formats, with words that break careless writers.

use std::sync::Arc;

use jiff::civil::date;

use super::{ALL, Export};
use crate::model::{
    Actual, Amount, BaseUrl, Catalogue, Centre, City, Colour, Context, Conventions, Direction, EdtfDate, FileId, Head,
    Health, Indicator, Lang, Licence, Lifecycle, Links, Markdown, NamePolicy, NodeId, Objective, ObjectiveId, Origin,
    Percent, Person, Phase, Plan, PlanId, PlanNode, Project, ProjectId, Publication, Series, SeriesId, SeriesPoint,
    Settings, Target, ThemeChoice, Unit, UnitId, Update, UpdateId, Written,
};
use crate::site::{self, Site};
use crate::text::Strings;

/// Italian figures, dates with their years.
const CONVENTIONS: Conventions = Conventions { lang: Lang::It, year: None };

/// A title that is hard to write in CSV, JSON and XML, with characters that XML has no way to write.
pub(super) const HARD: &str = "=Case & \"orti\" <b>]]> 🌱\u{0}\u{8},\r\n\u{FFFE}fine";

/// The same as XML readers find it: without those characters, and with one line end (XML 1.0 §2.11).
pub(super) const HARD_IN_XML: &str = "=Case & \"orti\" <b>]]> 🌱,\nfine";

pub(super) fn strings() -> Strings {
    let words = include_str!("../../themes/default/strings/it.toml");
    Strings::read(Lang::It, &[words]).expect("the theme's strings")
}

pub(super) fn export(name: &str) -> &'static Export {
    ALL.iter().find(|export| export.name == name).expect("a format of that name")
}

/// The bytes of a format's file.
pub(super) fn bytes(site: &Site, name: &str, address: &str) -> Vec<u8> {
    let strings = strings();
    let files = (export(name).files)(site, &strings).expect("well-formed paths");
    let file = files.iter().find(|file| file.path().as_ref() == address).expect("a file at that address");
    let mut bytes = Vec::new();
    file.make(&mut bytes).expect("bytes");
    bytes
}

pub(super) fn text(site: &Site, name: &str, address: &str) -> String {
    String::from_utf8(bytes(site, name, address)).expect("UTF-8")
}

pub(super) fn site(base: &str) -> Site {
    planned(catalogue(), base)
}

pub(super) fn empty(base: &str) -> Site {
    planned(Catalogue { updates: Vec::new(), projects: shared([project("vuoto", None, vec![])]), ..catalogue() }, base)
}

fn planned(catalogue: Catalogue, base: &str) -> Site {
    site::plan(catalogue, settings(base), date(2026, 5, 1), &mut site::PlanCache::default()).0
}

pub(super) fn settings(base: &str) -> Settings {
    Settings {
        title: "Promesse & fatti".into(),
        description: None.into(),
        base: BaseUrl::new(base, "/"),
        languages: vec![Lang::It],
        city: City { name: "Città di Prova".into(), ..City::default() },
        primary: Colour([0, 102, 204]),
        theme: ThemeChoice { name: "default".into(), dark: true, bootstrap_italia_css: None, extra_css: None },
        links: Links::default(),
        nav: Vec::new(),
        people: Publication { names: NamePolicy::All, keep_years: None },
        licence: Licence::default(),
        licence_is_stated: true,
        tag: "prova.example.org,2026".into(),
        tag_is_stated: false,
        labels: Default::default(),
    }
}

pub(super) fn catalogue() -> Catalogue {
    let objective = |code: &str, year, phases, indicators| Objective {
        code: code.into(),
        year,
        title: HARD.into(),
        unit: UnitId(1),
        classification: None.into(),
        kind: Some("Miglioramento".into()).into(),
        plan: vec![NodeId(1)],
        lead: None.into(),
        summary: None.into(),
        body: Markdown::from(format!("Vedi [il progetto](CT3.1) e «{HARD}».")).into(),
        phases,
        indicators,
        continues: Vec::new(),
        continued_by: Vec::new(),
        projects: vec![ProjectId(0)],
        declared: None,
        approved_by: None,
        report: None.into(),
        source: None,
        note: None.into(),
        documents: Vec::new(),
        attachments: Vec::new(),
        aliases: Vec::new(),
        draft: false,
        extra: Default::default(),
        translations: Vec::new(),
        origin: origin(&format!("content/objectives/{year}/{code}.md"), 0),
    };
    let first = objective("2019_ZN10", 2019, vec![], vec![indicator("Inseriti", ">= 100", Some("90"))]);
    let second = Objective {
        continues: vec![ObjectiveId(0)],
        ..objective(
            "2020_ZN07",
            2020,
            vec![phase("Raccordo", Some("50,00")), phase(HARD, None), phase("Terza", None)],
            vec![indicator("Inseriti", "=> 100", None), indicator(HARD, "", None)],
        )
    };
    Catalogue {
        units: shared([
            unit("firenze", None, 0, vec![UnitId(1)]),
            unit("firenze/sociale", Some(UnitId(0)), 0, vec![]),
            unit("catania", None, 2, vec![]),
        ]),
        plans: shared([Plan {
            slug: "dup-2020".into(),
            title: "Documento unico".into(),
            administration: UnitId(0),
            scheme: Some("DUP".into()).into(),
            validity: None,
            url: None,
            roots: vec![NodeId(0)],
            nodes: vec![NodeId(0), NodeId(1)],
            translations: Vec::new(),
            origin: origin("content/plans/dup-2020.yaml", 0),
        }]),
        nodes: shared([node("05", None, vec![NodeId(1)]), node("5.2.10", Some(NodeId(0)), vec![])]),
        objectives: shared([first, second]),
        projects: shared([
            Project {
                expected_results: vec![indicator("Alloggi", "almeno 20", None)],
                amount: Some(amount("6.000.000,00 €")),
                lifecycle: Some(Lifecycle::InProgress),
                objectives: vec![ObjectiveId(1)],
                ..project("habito", Some("CT3.1"), vec![UpdateId(0), UpdateId(2)])
            },
            Project { unit: UnitId(1), ..project("senza-codice", None, vec![UpdateId(1)]) },
        ]),
        updates: shared([
            Update { lifecycle: Some(Lifecycle::Completed), ..update(0, "2024-02-03", "2024-02-03-fine", HARD) },
            Update { health: Some(Health::Delayed), ..update(1, "2023-12-02", "2023-12-02-avviso", "Avviso") },
            update(0, "2023-01-09", "2023-01-09", "Avvio"),
        ]),
        series: vec![Series {
            slug: "inseriti".into(),
            administration: UnitId(0),
            points: [0, 1].map(|id| SeriesPoint { objective: ObjectiveId(id), indicator: 0 }).into(),
        }],
        pages: Vec::new(),
        excluded: Vec::new(),
        unpublished: Vec::new(),
        ahead: Vec::new(),
    }
}

/// Records as a catalogue holds them.
pub(super) fn shared<T>(records: impl IntoIterator<Item = T>) -> Vec<Arc<T>> {
    records.into_iter().map(Arc::new).collect()
}

fn origin(path: &str, item: usize) -> Origin {
    Origin { file: FileId(0), path: Arc::from(path), item, ..Origin::default() }
}

fn unit(id: &str, parent: Option<UnitId>, root: u32, children: Vec<UnitId>) -> Unit {
    Unit {
        id: id.into(),
        name: format!("Ufficio {id}").into(),
        kind: Some("servizio".into()).into(),
        description: None.into(),
        parent,
        children,
        root: UnitId(root),
        heads: vec![Head::new(person("Cavalleri Vincenzo - Direttore"), Some(2017), None).expect("years in order")]
            .into(),
        aliases: Vec::new(),
        succeeded_by: None,
        ipa: Some("c_d612".into()),
        contact: None,
        translations: Vec::new(),
        origin: origin("content/units.yaml", 0),
    }
}

fn node(code: &str, parent: Option<NodeId>, children: Vec<NodeId>) -> PlanNode {
    PlanNode {
        plan: PlanId(0),
        code: code.into(),
        level: Some("Indirizzo".into()).into(),
        title: "Famiglie".into(),
        written: Some("FAMIGLIE SOLID.".into()),
        quote: None.into(),
        url: None,
        parent,
        children,
        origin: origin("content/plans/dup-2020.yaml", 0),
    }
}

pub(super) fn project(slug: &str, code: Option<&str>, updates: Vec<UpdateId>) -> Project {
    Project {
        slug: slug.into(),
        code: code.map(Into::into),
        title: format!("Progetto {slug}").into(),
        unit: UnitId(2),
        plan: Vec::new(),
        lead: None.into(),
        summary: None.into(),
        body: Markdown::from(String::new()).into(),
        start: Some(edtf("2016-Q4")),
        end: None,
        amount: None,
        funding: Vec::new(),
        spent: None,
        cup: Vec::new(),
        cig: Vec::new(),
        lifecycle: None,
        health: None,
        expected_results: Vec::new(),
        milestones: Vec::new(),
        partners: Vec::new(),
        places: Vec::new(),
        objectives: Vec::new(),
        updates,
        source: None,
        note: None.into(),
        documents: Vec::new(),
        attachments: Vec::new(),
        aliases: Vec::new(),
        draft: false,
        extra: Default::default(),
        translations: Vec::new(),
        origin: origin(&format!("content/projects/{slug}/index.md"), 0),
    }
}

pub(super) fn update(project: u32, day: &str, slug: &str, title: &str) -> Update {
    Update {
        slug: slug.into(),
        date: day.parse().expect("a day"),
        title: title.into(),
        project: ProjectId(project),
        lead: Some(format!("In breve: {HARD}")).into(),
        body: Markdown::from(format!("# Che cosa\n\n`{HARD}` e [la scheda](2020_ZN07).")).into(),
        lifecycle: None,
        health: None,
        progress: None,
        spent: None,
        milestone: None,
        source: None,
        documents: Vec::new(),
        draft: false,
        extra: Default::default(),
        translations: Vec::new(),
        origin: origin(&format!("content/projects/p{project}/updates/{day}-{slug}.md"), 0),
    }
}

fn phase(title: &str, share: Option<&str>) -> Phase {
    Phase {
        title: title.into(),
        weight: share.map(weight),
        start: Some(edtf("01/01/2020")),
        end: Some(edtf("giugno 2020")),
        actual_start: None,
        actual_end: None,
        progress: None,
        after: Vec::new(),
        responsible: Some(person("Maltoni Daniele - PO Marginalità")),
        centre: Some(Centre { unit: UnitId(1), written: None }),
        notes: None.into(),
    }
}

fn indicator(title: &str, written: &str, actual: Option<&str>) -> Indicator {
    let target = Target::read(written, &Context::default(), CONVENTIONS).expect("a target");
    let actual = actual.map(|text| Written::new(text, Actual::read(text, &target, CONVENTIONS).expect("an outcome")));
    Indicator {
        title: title.into(),
        kind: Some("Risultato".into()).into(),
        unit_of_measure: None.into(),
        target: Written::new(written, target),
        actual,
        direction: Some(Direction::Up),
        baseline: None,
        series: (title == "Inseriti").then_some(SeriesId(0)),
        periods: Vec::new(),
        definition: None.into(),
        source: None.into(),
        comment: None.into(),
        evidence: None,
        declared: None,
    }
}

fn edtf(text: &str) -> Written<Option<EdtfDate>> {
    Written::new(text, Some(EdtfDate::read(text, None).expect("a date")))
}

fn amount(text: &str) -> Written<Option<Amount>> {
    Written::new(text, Some(Amount::read(text, Lang::It).expect("an amount")))
}

fn weight(text: &str) -> Written<Option<Percent>> {
    Written::new(text, Some(Percent::read(text, Lang::It).expect("a weight")))
}

fn person(text: &str) -> Person {
    Person::read(text).expect("a person")
}

/// One project with so many updates, a day each.
pub(super) fn many_updates(count: usize) -> Site {
    let days = std::iter::successors(Some(date(2025, 12, 31)), |day| day.yesterday().ok()).take(count);
    let updates = shared(days.map(|day| update(0, &day.to_string(), "passo", "Un passo")));
    let project = project("lungo", None, (0..).map(UpdateId).take(count).collect());
    planned(Catalogue { updates, projects: shared([project]), ..catalogue() }, "https://prova.example.org")
}

/// The small site with another policy for officials' names.
pub(super) fn named(names: NamePolicy) -> Site {
    let people = Publication { names, keep_years: None };
    let settings = Settings { people, ..settings("https://prova.example.org") };
    site::plan(catalogue(), settings, date(2026, 5, 1), &mut site::PlanCache::default()).0
}

/// The small site in several languages.
pub(super) fn in_languages(languages: Vec<Lang>) -> Site {
    let settings = Settings { languages, ..settings("https://prova.example.org") };
    site::plan(catalogue(), settings, date(2026, 5, 1), &mut site::PlanCache::default()).0
}
