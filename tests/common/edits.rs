//! A random site, and the changes that editors, publishers and the calendar make of it.

use std::collections::BTreeMap;

use jiff::ToSpan;
use vetro::{Drafts, Options};

use super::common::TODAY;
use super::dice::Dice;

/// The texts of a site by their paths.
pub(crate) type Texts = BTreeMap<String, String>;

const SETTINGS: &str =
    "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org/x\"\nlanguages = [\"it\", \"de\"]\n";
pub(crate) const UNITS: &str = "- {id: comune, name: Comune di Prova, kind: comune}\n\
    - {id: comune/cultura, name: Cultura, parent: comune, kind: direzione, heads: [{name: Anna Rossi, from: 2019}]}\n\
    - {id: comune/strade, name: Strade, parent: comune, kind: direzione}\n";
pub(crate) const PLAN: &str = "title: Documento di programmazione\nadministration: comune\nscheme: DUP\nvalidity: 2019/2021\nnodes:\n\
    \x20 - {code: '1', title: Vivere bene, level: indirizzo}\n\
    \x20 - {code: '1.1', title: Leggere, level: obiettivo, parent: '1'}\n\
    \x20 - {code: '1.2', title: Muoversi, level: obiettivo, parent: '1'}\n";

fn objective(dice: &mut Dice, year: i16) -> String {
    let unit = ["comune", "comune/cultura", "comune/strade"][dice.roll(3)];
    let node = ["", "plan: '1.1'\n", "plan: '1.2'\n"][dice.roll(3)];
    let state = ["", "state: raggiunto\n", "state: sospeso\n"][dice.roll(3)];
    let kind = ["", "type: Sviluppo\n", "type: MIGLIORAMENTO\n"][dice.roll(3)];
    let actual = ["", ", actual: '120'", ", actual: '80'"][dice.roll(3)];
    let before = if year == 2020 && dice.roll(3) == 0 { "continues: 2019_A1\n" } else { "" };
    // Words that can't be read are published as they are.
    let end = if dice.roll(4) == 0 { "presto".to_owned() } else { format!("{year}-{:02}-15", dice.roll(12) + 1) };
    let weight = ["", ", weight: 100", ", weight: tanto"][dice.roll(3)];
    format!(
        "---\ntitle: Promessa {}\nunit: {unit}\n{node}{before}{state}{kind}phases:\n  - {{title: Avvio, end: {end}{weight}}}\n\
         indicators:\n  - {{title: Prestiti, target: almeno 100{actual}, thread: prestiti}}\n---\nSi fa il PO, parte {}.\n",
        dice.roll(50),
        dice.roll(50)
    )
}

fn project(dice: &mut Dice) -> String {
    let node = ["", "plan: '1.2'\n"][dice.roll(2)];
    let money = ["€", "€", "€ e qualcosa"][dice.roll(3)];
    format!(
        "---\ntitle: Il ponte {}\nunit: comune/strade\n{node}start: 2019\nend: 2022-06\namount: {}.000 {money}\n\
         milestones:\n  - {{title: Gara, due: 2020-03}}\n---\nSi attraversa.\n",
        dice.roll(9),
        dice.roll(900) + 1
    )
}

fn update(dice: &mut Dice) -> String {
    let states = [
        "",
        "lifecycle: in_progress\n",
        "lifecycle: completed\n",
        "milestone: Gara\n",
        "spent: poco\n",
        "spent: 9 €\n",
    ];
    let state = states[dice.roll(states.len())];
    format!("---\ntitle: Novità {}\n{state}---\nEcco, vedi [la promessa](/content/pages/metodo.md).\n", dice.roll(50))
}

/// A site of an office that writes in two languages.
pub(crate) fn site(dice: &mut Dice) -> Texts {
    let mut texts = Texts::new();
    let mut write = |path: &str, text: String| drop(texts.insert(path.to_owned(), text));
    write("site.toml", SETTINGS.to_owned());
    write("content/units.yaml", UNITS.to_owned());
    write("content/plans/dup.yaml", PLAN.to_owned());
    write("content/pages/metodo.md", "---\ntitle: Metodo\n---\nCome si legge.\n".to_owned());
    write(
        "content/pages/glossario.md",
        "---\ntitle: Glossario\nglossary: true\n---\n## PO\n\nUn incarico.\n".to_owned(),
    );
    for (year, code) in [(2019, "2019_A1"), (2019, "2019_A2"), (2020, "A1"), (2020, "B1"), (2020, "B2")] {
        write(&format!("content/objectives/{year}/{code}.md"), objective(dice, year));
    }
    write("content/projects/ponte/index.md", project(dice));
    write("content/projects/ponte/updates/2020-05-01-inizio.md", update(dice));
    texts
}

/// Words of the site and others in their place: a path, the one and the other.
const SWAPS: [(&str, &str, &str); 9] = [
    ("content/units.yaml", "name: Cultura", "name: Cultura e tempo libero"),
    (
        "content/units.yaml",
        "id: comune/strade, name: Strade, parent: comune,",
        "id: comune/strade, name: Strade, parent: comune/cultura,",
    ),
    ("content/plans/dup.yaml", "title: Leggere", "title: Leggere e scrivere"),
    ("content/plans/dup.yaml", "validity: 2019/2021", "validity: per tutto il mandato"),
    ("content/plans/dup.yaml", "title: Documento di programmazione", "title: DUP"),
    (
        "content/plans/dup.yaml",
        "  - {code: '1.1'",
        "  - {code: '1.0', title: Respirare, parent: '1'}\n  - {code: '1.1'",
    ),
    ("content/pages/metodo.md", "title: Metodo", "title: Come leggiamo"),
    ("content/pages/glossario.md", "Un incarico.", "Un incarico.\n\n## Avvio\n\nL’inizio."),
    ("site.toml", "title = \"Promesse\"", "title = \"Impegni\""),
];

/// One thing that an editor, a publisher or the calendar does.
pub(crate) fn change(dice: &mut Dice, texts: &mut Texts, options: &mut Options) -> String {
    let below = |texts: &Texts, folder: &str, end: &str| -> Vec<String> {
        texts
            .keys()
            .filter(|path| path.starts_with(folder) && path.ends_with(end))
            .cloned()
            .collect()
    };
    let objectives = below(texts, "content/objectives/", ".md");
    let own: Vec<String> = objectives.iter().filter(|path| !path.ends_with(".de.md")).cloned().collect();
    let updates = below(texts, "content/projects/", "o.md");
    let swap = |texts: &mut Texts, path: &str, from: &str, to: &str| {
        if let Some(text) = texts.get_mut(path) {
            *text = if text.contains(from) { text.replace(from, to) } else { text.replace(to, from) };
        }
    };
    let number = dice.roll(1000);
    match dice.roll(17) {
        0 => {
            let written = below(texts, "content/", ".md");
            let Some(path) = dice.of(&written) else { return String::new() };
            texts
                .entry(path.clone())
                .and_modify(|text| text.push_str(&format!("\nAltro {number}.\n")));
            format!("text of {path}")
        }
        1 => {
            let Some(path) = dice.of(&own) else { return String::new() };
            let text = objective(dice, 2020);
            texts.insert(path.clone(), text);
            format!("all of {path}")
        }
        2 => {
            let (year, code) = ([2018, 2019, 2020, 2021][dice.roll(4)], ["A0", "A3", "A4", "C1"][dice.roll(4)]);
            let path = format!("content/objectives/{year}/{code}.md");
            let text = objective(dice, year);
            texts.insert(path.clone(), text);
            format!("write {path}")
        }
        3 => {
            let Some(path) = dice.of(&objectives) else { return String::new() };
            texts.remove(path);
            format!("remove {path}")
        }
        4 => {
            let Some(path) = dice.of(&own) else { return String::new() };
            let Some(text) = texts.remove(path) else { return String::new() };
            let to = path.replace(".md", "x.md");
            texts.insert(to.clone(), text);
            format!("move {path} to {to}")
        }
        5 => {
            let Some(path) = dice.of(&own) else { return String::new() };
            let path = path.replace(".md", ".de.md");
            texts.insert(path.clone(), format!("---\ntitle: Versprechen {number}\n---\nEs wird getan.\n"));
            format!("translate {path}")
        }
        6 => {
            let path =
                format!("content/projects/ponte/updates/2020-0{}-1{}-seguito.md", dice.roll(9) + 1, dice.roll(9));
            let text = update(dice);
            texts.insert(path.clone(), text);
            format!("write {path}")
        }
        7 => {
            let Some(path) = dice.of(&updates) else { return String::new() };
            let text = update(dice);
            texts.insert(path.clone(), text);
            format!("all of {path}")
        }
        8 => {
            let Some(path) = dice.of(&updates) else { return String::new() };
            texts.remove(path);
            format!("remove {path}")
        }
        9 => {
            let slug = ["ponte", "asilo", "a-prato"][dice.roll(3)];
            let text = project(dice);
            texts.insert(format!("content/projects/{slug}/index.md"), text);
            format!("project {slug}")
        }
        10 => {
            let units = texts.entry("content/units.yaml".to_owned()).or_default();
            let extra = "- {id: comune/anagrafe, name: Anagrafe, parent: comune}\n";
            let first = "- {id: comune, name: Comune di Prova, kind: comune}\n";
            *units = match units.strip_suffix(extra) {
                Some(rest) => rest.to_owned(),
                None if units.contains("anagrafe") => units.replace(extra, ""),
                None => units.replace(first, &format!("{first}{extra}")),
            };
            "a unit in between".to_owned()
        }
        11 => {
            let day = options.as_of.checked_add([-400, -30, -1, 1, 40, 300][dice.roll(6)].days());
            options.as_of = day.unwrap_or(TODAY);
            format!("today is {}", options.as_of)
        }
        12 => {
            let path = "themes/default/templates/map.html".to_owned();
            let text = format!("{{% extends \"default/map.html\" %}}{{% block body %}}{number}{{% endblock %}}");
            if texts.remove(&path).is_none() && dice.roll(2) == 0 {
                texts.insert(path, text);
            }
            "a template".to_owned()
        }
        13 => {
            options.drafts = match options.drafts {
                Drafts::Include => Drafts::Exclude,
                Drafts::Exclude => Drafts::Include,
            };
            let Some(path) = dice.of(&own) else { return String::new() };
            swap(texts, path, "---\ntitle", "---\ndraft: true\ntitle");
            format!("draft {path}")
        }
        _ => {
            let (path, from, to) = SWAPS[dice.roll(SWAPS.len())];
            swap(texts, path, from, to);
            format!("{path}: {from:?} or {to:?}")
        }
    }
}
