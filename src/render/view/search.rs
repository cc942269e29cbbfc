//! Every page from A to Z: the browser's own search finds a word in it without any script.

use std::collections::BTreeMap;

use serde::Serialize;

use super::part::{Link, whose};
use super::{Cx, Phrase, View};
use crate::site::{Route, slug};

#[derive(Serialize)]
struct Page {
    title: String,
    groups: Vec<Group>,
}

/// The titles under one letter.
#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    links: Vec<Link>,
}

pub(super) fn view(cx: &Cx<'_>) -> View {
    let title = cx.word("page.search_title");
    View {
        title: title.clone(),
        description: cx.word("page.search_lead"),
        crumbs: cx.crumbs(Vec::new(), title.clone()),
        nav: None,
        toc: Vec::new(),
        source: None,
        page: tera::Value::from_serializable(&Page { title, groups: groups(cx) }),
    }
}

fn groups(cx: &Cx<'_>) -> Vec<Group> {
    let mut letters: BTreeMap<Option<char>, Vec<(String, Link)>> = BTreeMap::new();
    for link in links(cx) {
        // Accents and quotation marks don't part what people look for together.
        let key = slug(link.title.text());
        let letter = key
            .chars()
            .next()
            .filter(char::is_ascii_alphabetic)
            .map(|letter| letter.to_ascii_uppercase());
        letters.entry(letter).or_default().push((key, link));
    }
    letters
        .into_iter()
        .map(|(letter, mut links)| {
            links.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.href.cmp(&other.href)));
            let (id, title) = match letter {
                Some(letter) => (format!("letter-{}", letter.to_ascii_lowercase()), letter.to_string()),
                None => ("letter-0".to_owned(), cx.word("page.search_digits")),
            };
            Group { id, title, links: links.into_iter().map(|(_, link)| link).collect() }
        })
        .collect()
}

fn links(cx: &Cx<'_>) -> Vec<Link> {
    let catalogue = cx.catalogue();
    let mut links = Vec::new();
    let mut add = |route: Route, title: Phrase, meta: Vec<String>| {
        links.push(Link::to(cx, route, title).with(meta.join(" · ")));
    };
    let plain = |phrase: Phrase| phrase.text().to_owned();
    let whose = |unit| whose(cx, unit).map(plain);
    for id in catalogue.objective_ids() {
        let objective = &catalogue[id];
        let mut meta =
            vec![cx.say("obj.eyebrow", &[("anno", (&objective.year.to_string()).into())]), objective.code.clone()];
        meta.extend(whose(objective.unit));
        add(Route::Objective(id), cx.text(&objective.title), meta);
    }
    for id in catalogue.project_ids() {
        let project = &catalogue[id];
        let meta = [Some(cx.word("lst.project")), project.code.clone(), whose(project.unit)];
        add(Route::Project(id), cx.text(&project.title), meta.into_iter().flatten().collect());
    }
    for id in catalogue.update_ids() {
        let update = &catalogue[id];
        let meta = vec![cx.word("lst.update"), plain(cx.text(&catalogue[update.project].title))];
        add(Route::Update(id), cx.text(&update.title), meta);
    }
    for id in catalogue.unit_ids() {
        let unit = &catalogue[id];
        let whose = whose(id).filter(|_| unit.parent.is_some());
        add(Route::Unit(id), cx.text(&unit.name), std::iter::once(cx.word("lst.office")).chain(whose).collect());
    }
    for id in catalogue.plan_ids() {
        let plan = &catalogue[id];
        let whose = whose(plan.administration);
        add(Route::Plan(id), cx.text(&plan.title), std::iter::once(cx.word("lst.plan")).chain(whose).collect());
    }
    for id in catalogue.node_ids() {
        let node = &catalogue[id];
        let meta = vec![cx.word("lst.node"), node.code.clone(), plain(cx.text(&catalogue[node.plan].title))];
        add(Route::Node(id), cx.text(&node.title), meta);
    }
    for id in catalogue.thread_ids() {
        add(Route::Thread(id), super::indicators::title(cx, id), vec![cx.word("lst.indicator")]);
    }
    for id in catalogue.page_ids() {
        add(Route::Free(id), cx.text(&catalogue[id].title), vec![cx.word("lst.page")]);
    }
    links
}
