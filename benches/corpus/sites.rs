//! The same records as the sources of two generators. What is written is handed on at once: no site is held in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::{Corpus, Node, Objective, Project, YEARS};

/// Lays the invented city into a folder as a site of Vetro. Gives the path of a sheet of the newest year.
#[expect(clippy::disallowed_methods, reason = "benchmarks write sites")]
pub(crate) fn lay(corpus: &Corpus, root: &Path) -> io::Result<String> {
    let mut sheet = String::new();
    vetro(corpus, |path, text| {
        if path.starts_with("content/objectives/2025/") {
            path.clone_into(&mut sheet);
        }
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)
    })?;
    Ok(sheet)
}

/// The invented city as a site of Vetro: each file's path and text.
pub(crate) fn vetro<E>(corpus: &Corpus, mut write: impl FnMut(&str, String) -> Result<(), E>) -> Result<(), E> {
    let site = json!({
        "title": "Amministrazione trasparente",
        "base_url": "https://trasparenza.example.it",
        "languages": ["it"],
    });
    write("site.toml", toml::to_string(&json!({ "site": site })).expect("plain values"))?;
    write("content/units.yaml", yaml(&units(corpus)))?;
    let mut nodes: BTreeMap<i16, BTreeSet<Node>> = BTreeMap::new();
    for objective in corpus.objectives() {
        nodes.entry(objective.year).or_default().extend(&objective.nodes);
        let path = format!("content/objectives/{}/{}.md", objective.year, objective.code);
        write(&path, sheet(&vetro_objective(corpus, &objective), &objective.body))?;
    }
    for (year, nodes) in nodes {
        write(&format!("content/plans/dup-{year}.yaml"), yaml(&plan(corpus, year, &nodes)))?;
    }
    write("content/plans/pon.yaml", yaml(&programme(corpus)))?;
    for project in corpus.projects() {
        write_vetro_project(&project, &mut write)?;
    }
    Ok(())
}

fn write_vetro_project<E>(project: &Project, write: &mut impl FnMut(&str, String) -> Result<(), E>) -> Result<(), E> {
    let folder = format!("content/projects/{}", project.code.to_lowercase().replace('.', "-"));
    let front = json!({
        "code": project.code,
        "title": project.title,
        "unit": "comune",
        "plan": [format!("pon:{}", Corpus::action(project.action.0, project.action.1))],
        "start": italian(project.start),
        "end": italian(project.end),
        "amount": format!("{},{:02} €", project.cents / 100, project.cents % 100),
    });
    write(&format!("{folder}/index.md"), sheet(&front, &project.body))?;
    for (day, update) in &project.updates {
        let front = json!({
            "title": update.title,
            "date": day.to_string(),
            "progress": update.progress,
            "lead": update.lead,
        });
        write(&format!("{folder}/updates/{day}-{}.md", update.slug), sheet(&front, &update.body))?;
    }
    Ok(())
}

fn vetro_objective(corpus: &Corpus, objective: &Objective<'_>) -> Value {
    let unit = format!("comune/{}/{}", objective.directorate.slug, objective.service.slug);
    let code = |node: &Node| corpus.node(objective.year, *node).0;
    let phases: Vec<Value> = (objective.phases.iter())
        .map(|phase| {
            json!({
                "title": phase.title,
                "weight": phase.weight,
                "start": italian(phase.start),
                "end": italian(phase.end),
                "responsible": phase.responsible,
                "centre": unit,
                "notes": phase.notes,
            })
        })
        .collect();
    let indicators: Vec<Value> = (objective.indicators.iter())
        .map(|indicator| {
            json!({
                "title": indicator.title,
                "type": indicator.kind,
                "target": indicator.target,
                "actual": indicator.actual,
            })
        })
        .collect();
    json!({
        "code": objective.code,
        "title": objective.title,
        "unit": unit,
        "classification": objective.classification,
        "type": objective.kind,
        "plan": objective.nodes.iter().map(code).collect::<Vec<_>>(),
        "phases": phases,
        "indicators": indicators,
    })
}

fn units(corpus: &Corpus) -> Value {
    let head = |name: String| json!([{ "name": name, "from": YEARS.start() }]);
    let mut units = vec![json!({ "id": "comune", "name": "Comune di Esempio", "kind": "comune" })];
    for directorate in &corpus.words.lists.directorates {
        let above = format!("comune/{}", directorate.slug);
        units.push(json!({
            "id": above,
            "name": directorate.name,
            "kind": "direzione",
            "parent": "comune",
            "heads": head(corpus.director(directorate)),
        }));
        units.extend(directorate.services.iter().map(|service| {
            json!({
                "id": format!("{above}/{}", service.slug),
                "name": service.name,
                "kind": "servizio",
                "parent": above,
                "heads": head(corpus.manager(service)),
            })
        }));
    }
    Value::Array(units)
}

/// The plan of a year: the nodes that its objectives name, and those above them.
fn plan(corpus: &Corpus, year: i16, named: &BTreeSet<Node>) -> Value {
    let directions: BTreeSet<u32> = named.iter().map(|node| node.0).collect();
    let nodes: BTreeSet<Node> = named.iter().flat_map(|node| [(node.0, node.1, None), *node]).collect();
    let directions = directions.into_iter().map(|direction| {
        let (code, title) = corpus.direction(year, direction);
        json!({ "code": code, "level": "Indirizzo strategico", "title": title })
    });
    let nodes = nodes.into_iter().map(|(direction, objective, operation)| {
        let (code, title) = corpus.node(year, (direction, objective, operation));
        let (level, above) = match operation {
            Some(_) => ("Obiettivo operativo", corpus.node(year, (direction, objective, None)).0),
            None => ("Obiettivo strategico", corpus.direction(year, direction).0),
        };
        json!({ "code": code, "level": level, "title": title, "parent": above })
    });
    json!({
        "title": format!("Documento unico di programmazione {year}"),
        "administration": "comune",
        "scheme": "DUP",
        "validity": year,
        "nodes": directions.chain(nodes).collect::<Vec<_>>(),
    })
}

/// The plan of the projects.
fn programme(corpus: &Corpus) -> Value {
    let lists = &corpus.words.lists;
    let axes = lists.axes.iter().enumerate().flat_map(|(axis, title)| {
        let above = format!("asse-{}", axis + 1);
        let actions = lists.actions.iter().enumerate().map({
            let above = above.clone();
            move |(action, title)| {
                json!({ "code": Corpus::action(axis, action), "level": "Azione", "title": title, "parent": above })
            }
        });
        [json!({ "code": above, "level": "Asse", "title": title })].into_iter().chain(actions)
    });
    json!({
        "title": "Programma operativo nazionale",
        "administration": "comune",
        "scheme": "PON",
        "validity": "2014/2027",
        "nodes": axes.collect::<Vec<_>>(),
    })
}

/// The invented city as a site of Hugo, beside the templates and settings that stay the same: each file's path and text.
pub(crate) fn hugo<E>(corpus: &Corpus, mut write: impl FnMut(&str, String) -> Result<(), E>) -> Result<(), E> {
    for year in YEARS {
        let front = json!({ "title": format!("Obiettivi {year}"), "layout": "year" });
        write(&format!("content/objectives/{year}/_index.md"), sheet(&front, ""))?;
    }
    for directorate in &corpus.words.lists.directorates {
        let front = json!({ "title": directorate.name });
        write(&format!("content/directorates/{}/_index.md", directorate.slug), sheet(&front, ""))?;
    }
    for objective in corpus.objectives() {
        let path = format!("content/objectives/{}/{}.md", objective.year, objective.code);
        write(&path, sheet(&hugo_objective(corpus, &objective), &objective.body))?;
    }
    for (weight, project) in (1..).zip(corpus.projects()) {
        write_hugo_project(corpus, &project, weight, &mut write)?;
    }
    Ok(())
}

fn hugo_objective(corpus: &Corpus, objective: &Objective<'_>) -> Value {
    let named = |node: &Node| corpus.node(objective.year, *node);
    let (strategic, operations) = objective.nodes.split_first().expect("every objective is part of a plan");
    let operations: Vec<Value> = (operations.iter().map(named))
        .map(|(code, text)| json!({ "code": code, "text": text }))
        .collect();
    let phases: Vec<Value> = (objective.phases.iter())
        .map(|phase| {
            json!({
                "description": phase.title,
                "weight": phase.weight,
                "start": phase.start.to_string(),
                "end": phase.end.to_string(),
                "responsible": phase.responsible,
                "centre": objective.service.name,
                "note": phase.notes,
            })
        })
        .collect();
    let indicators: Vec<Value> = (objective.indicators.iter())
        .map(|indicator| {
            json!({
                "description": indicator.title,
                "type": indicator.kind,
                "target": indicator.target,
                "actual": indicator.actual,
            })
        })
        .collect();
    let spoken = |(code, text): (String, String)| format!("{code} {text}");
    let (direction, words) = corpus.direction(objective.year, strategic.0);
    json!({
        "title": objective.title,
        "date": objective.published.to_string(),
        "directorates": [objective.directorate.slug],
        "params": {
            "code": objective.code,
            "year": objective.year,
            "directorate_slug": objective.directorate.slug,
            "directorate": objective.directorate.name,
            "director": corpus.director(objective.directorate),
            "service": objective.service.name,
            "manager": corpus.manager(objective.service),
            "classification": objective.classification,
            // `type` would choose the template.
            "kind_of": objective.kind,
            "strategic_plan": {
                "direction": format!("{direction} {words}"),
                "objective": spoken(named(strategic)),
                "operational": operations,
            },
            "phases": phases,
            "indicators": indicators,
        },
    })
}

fn write_hugo_project<E>(
    corpus: &Corpus,
    project: &Project,
    weight: u32,
    write: &mut impl FnMut(&str, String) -> Result<(), E>,
) -> Result<(), E> {
    let (axis, action) = project.action;
    let lists = &corpus.words.lists;
    let folder = format!("content/projects/{}", project.code);
    let front = json!({
        "title": project.title,
        "layout": "project",
        "outputs": ["html", "rss"],
        "weight": weight,
        "params": {
            "code": project.code,
            "programme": "PON Città Metropolitane",
            "axis": format!("{} – {}", axis + 1, lists.axes[axis]),
            "action": format!("{} – {}", Corpus::action(axis, action), lists.actions[action]),
            "start": project.start.to_string(),
            "end": project.end.to_string(),
            "amount": format!("{}.{:02}", project.cents / 100, project.cents % 100),
        },
    });
    write(&format!("{folder}/_index.md"), sheet(&front, &project.body))?;
    for (day, update) in &project.updates {
        let front = json!({
            "title": update.title,
            "date": day.to_string(),
            "description": update.lead,
            "params": { "project": project.code, "progress": update.progress },
        });
        write(&format!("{folder}/updates/{day}-{}.md", update.slug), sheet(&front, &update.body))?;
    }
    Ok(())
}

fn sheet(front: &Value, body: &str) -> String {
    format!("---\n{}---\n\n{body}", yaml(front))
}

fn yaml(value: &Value) -> String {
    serde_yaml::to_string(value).expect("plain values")
}

fn italian(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}
