//! The open data: one row a file, and the words that its columns may hold.

use serde::Serialize;

use super::components::When;
use super::{PageContext, View};
use crate::model::{Health, IndicatorState, Lifecycle, NavItem, ObjectiveState};
use crate::render::address::encoded;
use crate::site::{Announcement, Role};

#[derive(Serialize)]
struct Page {
    title: String,
    files: Vec<DataFile>,
    states: Vec<StateList>,
    licence: String,
}

#[derive(Serialize)]
struct DataFile {
    title: String,
    href: String,
    format: String,
}

/// The words that one column may hold.
#[derive(Serialize)]
struct StateList {
    title: String,
    rows: Vec<State>,
}

#[derive(Serialize)]
struct State {
    key: &'static str,
    word: String,
}

pub(super) fn view(cx: &PageContext<'_>) -> View {
    let title = cx.word("nav.opendata");
    let page = Page {
        title: title.clone(),
        files: files(cx),
        states: vec![
            states(cx, "dat.states_objective", ObjectiveState::ALL.iter().map(|state| state.key())),
            states(cx, "dat.states_indicator", IndicatorState::ALL.iter().map(|state| state.key())),
            states(cx, "dat.states_lifecycle", Lifecycle::ALL.iter().map(|state| state.key())),
            states(cx, "dat.states_health", Health::ALL.iter().map(|state| state.key())),
        ],
        licence: licence(cx),
    };
    View {
        title: title.clone(),
        description: cx.word("page.data_lead"),
        crumbs: cx.crumbs(Vec::new(), title),
        nav: Some(NavItem::OpenData),
        toc: cx.toc(&[(true, "files", "dat.files"), (true, "how", "dat.how"), (true, "licence", "dat.licence")]),
        source: None,
        page: tera::Value::from_serializable(&page),
    }
}

/// One row a file; the formats of one table are together.
fn files(cx: &PageContext<'_>) -> Vec<DataFile> {
    let announced = cx.announced.of(cx.at);
    let announced: Vec<&Announcement> =
        announced.iter().map(|file| &**file).filter(|file| file.role == Role::Data).collect();
    let mut files: Vec<&Announcement> = announced.clone();
    files.sort_by_key(|file| announced.iter().position(|first| first.title == file.title));
    files
        .into_iter()
        .map(|file| DataFile {
            title: file.title.clone(),
            href: encoded(&file.address),
            format: format_name(file.media_type).to_owned(),
        })
        .collect()
}

/// Name of a format, in any language.
fn format_name(media_type: &str) -> &str {
    match media_type {
        "text/csv" => "CSV",
        "application/json" => "JSON",
        "application/ld+json" => "JSON-LD (DCAT-AP_IT)",
        "text/turtle" => "Turtle (DCAT-AP_IT)",
        "text/calendar" => "iCalendar",
        other => other,
    }
}

fn states(cx: &PageContext<'_>, title: &str, keys: impl Iterator<Item = &'static str>) -> StateList {
    let rows = keys.map(|key| State { key, word: cx.word(&format!("st.{key}")) });
    StateList { title: cx.word(title), rows: rows.collect() }
}

fn licence(cx: &PageContext<'_>) -> String {
    let settings = &cx.site.settings;
    let day = When::day(cx, cx.site.as_of).words;
    let address = settings.base.as_str();
    let citation = cx.format(
        "dat.citation",
        &[("sito", (&cx.text(&settings.title)).into()), ("data", (&day).into()), ("indirizzo", address.into())],
    );
    cx.format("dat.licence_text", &[("licenza", (&settings.licence.name).into()), ("citazione", (&citation).into())])
}
