//! A small site for the tests of the formats, read from texts, with words that break careless writers.

use std::sync::Arc;

use jiff::civil::date;

use crate::check::{self, Drafts};
use crate::export::{ALL, Export};
use crate::model::{BaseUrl, Lang, NamePolicy, Publication, Settings, Translated};
use crate::parse;
use crate::site::{self, Site};
use crate::source::SourceTree;
use crate::text::Strings;

/// A title that is hard to write in CSV, JSON and XML, with characters that XML has no way to write.
pub(in crate::export) const HARD: &str = "=Case & \"orti\" <b>]]> 🌱\u{0}\u{8},\r\n\u{FFFE}fine";

/// [`HARD`] as XML readers find it: without those characters, and with one line end (XML 1.0 §2.11).
pub(in crate::export) const HARD_IN_XML: &str = "=Case & \"orti\" <b>]]> 🌱,\nfine";

/// Placeholder of [`HARD`] in front matter, from which the reader takes such characters.
const PLACEHOLDER: &str = "DURO";

const BASE: &str = "https://prova.example.org";

const UNITS: &str = "
- id: firenze
  name: Ufficio firenze
  kind: servizio
  heads: [{name: Cavalleri Vincenzo, role: Direttore, from: 2017}]
  ipa: c_d612
- id: firenze/sociale
  name: Ufficio firenze/sociale
  kind: servizio
  parent: firenze
  heads: [{name: Cavalleri Vincenzo, role: Direttore, from: 2017}]
- id: catania
  name: Ufficio catania
  kind: servizio
  heads: [{name: Cavalleri Vincenzo, role: Direttore, from: 2017}]
  ipa: c_c351
";

const PLAN: &str = "
title: Documento unico
administration: firenze
scheme: DUP
nodes:
  - {code: '05', level: Indirizzo, title: Famiglie, written: FAMIGLIE SOLID.}
  - {code: 5.2.10, level: Indirizzo, title: Famiglie, written: FAMIGLIE SOLID., parent: '05'}
";

const FIRST: &str = "---
title: DURO
unit: firenze/sociale
type: Miglioramento
plan: [5.2.10]
indicators:
  - {title: Inseriti, type: Risultato, target: '>= 100', actual: 90, direction: up, thread: inseriti}
---
Vedi [il progetto](CT3.1) e «HARD».
";

const SECOND: &str = "---
title: DURO
unit: firenze/sociale
type: Miglioramento
plan: [5.2.10]
continues: [2019_ZN10]
phases:
  - title: Raccordo
    weight: '50,00'
    start: 01/01/2020
    end: giugno 2020
    responsible: {name: Maltoni Daniele, role: PO Marginalità}
    centre: firenze/sociale
  - title: DURO
    start: 01/01/2020
    end: giugno 2020
    responsible: {name: Maltoni Daniele, role: PO Marginalità}
    centre: firenze/sociale
  - title: Terza
    start: 01/01/2020
    end: giugno 2020
    responsible: {name: Maltoni Daniele, role: PO Marginalità}
    centre: firenze/sociale
indicators:
  - {title: Inseriti, type: Risultato, target: '=> 100', direction: up, thread: inseriti}
  - {title: DURO, type: Risultato, direction: up}
---
Vedi [il progetto](CT3.1) e «HARD».
";

const HABITO: &str = "---
code: CT3.1
title: Progetto habito
unit: catania
start: 2016-Q4
amount: 6.000.000,00 €
lifecycle: in_progress
expected_results:
  - {title: Alloggi, type: Risultato, target: almeno 20, direction: up}
---
";

/// The files of the small site beside `site.toml`, except those of projects.
const FILES: [(&str, &str); 4] = [
    ("content/units.yaml", UNITS),
    ("content/plans/dup-2020.yaml", PLAN),
    ("content/objectives/2019/2019_ZN10.md", FIRST),
    ("content/objectives/2020/2020_ZN07.md", SECOND),
];

type Texts = Vec<(String, String)>;

/// The small site.
pub(in crate::export) fn site(base: &str) -> Site {
    planned(&projects(), |settings| settings.base = BaseUrl::new(base, "/"))
}

/// A site with one project and no updates.
pub(in crate::export) fn empty(base: &str) -> Site {
    let project = project("vuoto", "title: Progetto vuoto\nunit: catania");
    planned(&[project], |settings| settings.base = BaseUrl::new(base, "/"))
}

/// A site with one project that has so many updates, a day each.
pub(in crate::export) fn many_updates(count: usize) -> Site {
    let days = std::iter::successors(Some(date(2025, 12, 31)), |day| day.yesterday().ok()).take(count);
    let updates = days.map(|day| update("lungo", &format!("{day}-passo"), &format!("title: Un passo\ndate: {day}")));
    let project = project("lungo", "title: Progetto lungo\nunit: catania");
    planned(&updates.chain([project]).collect::<Texts>(), |_| {})
}

/// The small site with another policy for officials' names.
pub(in crate::export) fn named(names: NamePolicy) -> Site {
    planned(&projects(), |settings| settings.people = Publication { names, keep_years: None })
}

/// The small site in several languages.
pub(in crate::export) fn in_languages(languages: Vec<Lang>) -> Site {
    planned(&projects(), |settings| settings.languages = languages)
}

/// The projects of the small site, and their updates.
fn projects() -> Texts {
    vec![
        ("content/projects/habito/index.md".to_owned(), HABITO.to_owned()),
        project(
            "senza-codice",
            "title: Progetto senza-codice\nunit: firenze/sociale\nstart: 2016-Q4\nobjectives: [2020_ZN07]",
        ),
        update("habito", "2024-02-03-fine", "title: DURO\ndate: 2024-02-03\nlifecycle: completed"),
        update("senza-codice", "2023-12-02-avviso", "title: Avviso\ndate: 2023-12-02\nhealth: delayed"),
        update("habito", "2023-01-09", "title: Avvio\ndate: 2023-01-09"),
    ]
}

fn project(slug: &str, keys: &str) -> (String, String) {
    (format!("content/projects/{slug}/index.md"), format!("---\n{keys}\n---\n"))
}

fn update(project: &str, name: &str, keys: &str) -> (String, String) {
    let text = format!("---\n{keys}\nlead: 'In breve: DURO'\n---\n# Che cosa\n\n`HARD` e [la scheda](2020_ZN07).\n");
    (format!("content/projects/{project}/updates/{name}.md"), text)
}

/// The small site with some projects and updates, and with changed settings.
fn planned(projects: &[(String, String)], change: impl FnOnce(&mut Settings)) -> Site {
    let settings = format!(
        "[site]\ntitle = \"Promesse & fatti\"\nbase_url = \"{BASE}\"\nlanguages = [\"it\"]\nlicence = \"CC BY 4.0\"\n\
         [city]\nname = \"Città di Prova\"\n[people]\nnames = \"all\"\n"
    );
    let projects = projects.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let texts = FILES.into_iter().chain([("site.toml", settings.as_str())]).chain(projects);
    let tree = SourceTree::from_texts(texts.map(|(path, text)| (path, text.replace("HARD", HARD))));
    let (mut sheets, mut report) = parse::parse(&tree);
    let mut settings = sheets.take_settings().expect("the site has settings");
    change(&mut settings);
    let as_of = date(2026, 5, 1);
    let (mut catalogue, problems) =
        check::catalogue(sheets, &settings.languages, Drafts::Exclude, as_of, &mut check::CheckCache::once());
    report.extend(problems);
    assert_eq!(report.errors(), 0, "{report:?}");
    let hard = |title: &mut Translated<String>| *title = title.replace(PLACEHOLDER, HARD).into();
    for objective in &mut catalogue.objectives {
        let objective = Arc::make_mut(objective);
        hard(&mut objective.fields.title);
        objective.phases.iter_mut().for_each(|phase| hard(&mut phase.fields.title));
        objective
            .indicators
            .iter_mut()
            .for_each(|indicator| hard(&mut indicator.measured.fields.title));
    }
    for update in &mut catalogue.updates {
        let update = Arc::make_mut(update);
        hard(&mut update.fields.title);
        update.fields.lead = update.lead.as_deref().map(|lead| lead.replace(PLACEHOLDER, HARD)).into();
    }
    site::plan(catalogue, settings, as_of, &mut site::PlanCache::default()).0
}

/// The Italian words of the default theme.
pub(in crate::export) fn strings() -> Strings {
    let words = include_str!("../../../themes/default/strings/it.toml");
    Strings::read(Lang::It, &[words]).expect("the theme's strings")
}

fn export(name: &str) -> &'static Export {
    ALL.iter().find(|export| export.name == name).expect("a format of that name")
}

/// The bytes of a format's file.
pub(in crate::export) fn bytes(site: &Site, name: &str, address: &str) -> Vec<u8> {
    let strings = strings();
    let files = (export(name).files)(site, &strings).expect("well-formed paths");
    let file = files.iter().find(|file| file.path().as_ref() == address).expect("a file at that address");
    let mut bytes = Vec::new();
    file.make(&mut bytes).expect("bytes");
    bytes
}

/// The text of a format's file.
pub(in crate::export) fn text(site: &Site, name: &str, address: &str) -> String {
    String::from_utf8(bytes(site, name, address)).expect("UTF-8")
}
