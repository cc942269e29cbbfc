//! Words of a record in other languages than the site's first.

use serde_json::{Map, Value, json};

use super::values::html;
use crate::catalogue::Indicator;
use crate::model::{Lang, Markdown, Translated};
use crate::site::{Page, REPORT_PREFIX, Route, Site, id_prefix};

/// Words of a record by language, under the keys that they have in it. A language without any is left out.
pub(super) fn translations(site: &Site, route: Route) -> Value {
    let others = site.settings.languages.iter().filter(|lang| **lang != site.settings.language());
    others
        .filter_map(|lang| Some((lang.code().to_owned(), written(words(site, Page { lang: *lang, route }))?)))
        .collect()
}

/// Removes words that nobody wrote. Lists keep the places of their entries.
fn written(words: Value) -> Option<Value> {
    match words {
        Value::Null => None,
        Value::Object(words) => {
            let written = |(key, words)| Some((key, written(words)?));
            let words: Map<String, Value> = words.into_iter().filter_map(written).collect();
            (!words.is_empty()).then_some(words.into())
        }
        Value::Array(words) => {
            let words: Vec<Option<Value>> = words.into_iter().map(written).collect();
            let some = words.iter().any(Option::is_some);
            some.then(|| words.into_iter().map(|words| words.unwrap_or_else(|| json!({}))).collect())
        }
        words => Some(words),
    }
}

fn words(site: &Site, page: Page) -> Value {
    let catalogue = &site.catalogue;
    let lang = page.lang;
    let text = |text: &Markdown| html(site, page, text, id_prefix(page.route));
    match page.route {
        Route::Objective(id) => {
            let objective = &catalogue[id];
            let phases = objective
                .phases
                .iter()
                .map(|phase| json!({ "title": phase.title.translation(lang), "notes": phase.notes.translation(lang) }));
            let report = objective.report.translation(lang).and_then(Option::as_ref);
            json!({
                "title": objective.title.translation(lang),
                "classification": objective.classification.translation(lang),
                "type": objective.kind.translation(lang),
                "lead": objective.lead.translation(lang),
                "summary": objective.summary.translation(lang),
                "description_html": objective.body.read().translation(lang).map(text),
                "phases": phases.collect::<Vec<_>>(),
                "indicators": indicators(&objective.indicators, lang),
                "report_html": report.map(|report| html(site, page, report, REPORT_PREFIX)),
                "note": objective.note.translation(lang),
                "documents": titles(objective.documents.iter().map(|document| &document.title), lang),
            })
        }
        Route::Project(id) => {
            let project = &catalogue[id];
            json!({
                "title": project.title.translation(lang),
                "lead": project.lead.translation(lang),
                "summary": project.summary.translation(lang),
                "description_html": project.body.read().translation(lang).map(text),
                "expected_results": indicators(&project.expected_results, lang),
                "milestones": titles(project.milestones.iter().map(|milestone| &milestone.title), lang),
                "note": project.note.translation(lang),
                "documents": titles(project.documents.iter().map(|document| &document.title), lang),
            })
        }
        Route::Update(id) => {
            let update = &catalogue[id];
            json!({
                "title": update.title.translation(lang),
                "lead": update.lead.translation(lang),
                "body_html": update.body.read().translation(lang).map(text),
                "milestone": catalogue.met(update).and_then(|met| met.title.translation(lang)),
                "documents": titles(update.documents.iter().map(|document| &document.title), lang),
            })
        }
        Route::Unit(id) => {
            let unit = &catalogue[id];
            json!({
                "name": unit.name.translation(lang),
                "kind": unit.kind.translation(lang),
                "description": unit.description.translation(lang),
            })
        }
        Route::Plan(id) => {
            let plan = &catalogue[id];
            json!({ "title": plan.title.translation(lang), "scheme": plan.scheme.translation(lang) })
        }
        Route::Node(id) => {
            let node = &catalogue[id];
            json!({
                "level": node.level.translation(lang),
                "title": node.title.translation(lang),
                "quote": node.quote.translation(lang),
            })
        }
        Route::Series(id) => {
            let points = catalogue[id].points.iter().map(|point| {
                let measured = &catalogue[point.objective].indicators[point.indicator];
                json!({ "indicator": indicator(measured, lang) })
            });
            json!({ "points": points.collect::<Vec<_>>() })
        }
        _ => Value::Null,
    }
}

fn indicators(indicators: &[Indicator], lang: Lang) -> Vec<Value> {
    indicators.iter().map(|of| indicator(of, lang)).collect()
}

fn indicator(indicator: &Indicator, lang: Lang) -> Value {
    json!({
        "title": indicator.title.translation(lang),
        "type": indicator.kind.translation(lang),
        "unit_of_measure": indicator.unit_of_measure.translation(lang),
        "definition": indicator.definition.translation(lang),
        "source": indicator.source.translation(lang),
        "comment": indicator.comment.translation(lang),
    })
}

fn titles<'t, T: Iterator<Item = &'t Translated<String>>>(titles: T, lang: Lang) -> Vec<Value> {
    titles.map(|title| json!({ "title": title.translation(lang) })).collect()
}
