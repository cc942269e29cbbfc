use clap::Args;
use serde_json::{Map, Value as Json, json};

use super::files::file_name;
use super::workspace::Workspace;
use super::{Done, Result, SiteArguments};
use crate::catalogue::{Indicator, Objective, ObjectiveId, Phase};
use crate::diagnostic::Messages;
use crate::model::Written;

#[derive(Args, Debug)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "Y", value_parser = clap::value_parser!(i16).range(1000..=9999))]
    year: Option<i16>,
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    #[arg(long, value_name = "CODE")]
    plan: Vec<String>,
    #[arg(long, value_name = "CODE")]
    continues: Option<String>,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done> {
    let workspace = Workspace::open(&arguments.site, messages)?;
    let year = workspace.answers.optional(
        arguments.year.map(|year| year.to_string()).as_ref(),
        "new.year",
        &workspace.today().year().to_string(),
    )?;
    let previous = earlier(&workspace, arguments, year.parse().ok())?;
    let previous = previous.map(|id| &workspace.catalogue()[id]);
    let title = match previous {
        Some(previous) => workspace.answers.optional(
            arguments.title.as_ref(),
            "new.title",
            previous.title.or_own(workspace.lang()),
        )?,
        None => workspace.answers.required(arguments.title.as_ref(), "--title", "new.title")?,
    };
    let unit = match (&arguments.unit, previous) {
        (None, Some(previous)) => workspace.catalogue()[previous.unit].id.clone(),
        (given, _) => workspace.unit(given.as_ref())?,
    };
    let suggested = previous.map_or_else(String::new, |previous| next_code(previous, &year));
    let code = workspace.answers.optional(arguments.code.as_ref(), "new.code", &suggested)?;
    let plan = workspace.plan(&arguments.plan, &unit, year.parse().ok())?;

    let mut given = Map::new();
    given.insert("title".into(), title.clone().into());
    given.insert("unit".into(), unit.into());
    if !code.is_empty() {
        given.insert("code".into(), code.clone().into());
    }
    if !plan.is_empty() {
        given.insert("plan".into(), plan.into());
    }
    if let Some(continues) = previous.map(|previous| &previous.code).or(arguments.continues.as_ref()) {
        given.insert("continues".into(), json!([continues]));
    }
    if let Some(previous) = previous {
        carry_over(&workspace, previous, &mut given);
    }
    let name = file_name(if code.is_empty() { &title } else { &code });
    let path = format!("content/objectives/{year}/{name}.md");
    workspace.write("objective", &path, &given, &messages.ui("new.objective_text", &[]))
}

/// The objective that the new one continues: as given, or chosen among those of the year before.
fn earlier(workspace: &Workspace<'_>, arguments: &Arguments, year: Option<i16>) -> Result<Option<ObjectiveId>> {
    let catalogue = workspace.catalogue();
    if let Some(code) = &arguments.continues {
        // A code of no objective or of several is a problem of the new sheet.
        return Ok(catalogue.objective_ids().find(|id| catalogue[*id].code.eq_ignore_ascii_case(code)));
    }
    let last = year.and_then(|year| workspace.site.years().find(|known| *known < year));
    let ids = last.map_or(&[][..], |last| workspace.site.objectives_of_year(last));
    if ids.is_empty() || !workspace.answers.can_ask() {
        return Ok(None);
    }
    let named = ids
        .iter()
        .map(|id| &catalogue[*id])
        .map(|objective| format!("{} · {}", objective.code, objective.title.or_own(workspace.lang())));
    let names: Vec<String> = [workspace.messages.ui("new.continues_none", &[])].into_iter().chain(named).collect();
    let chosen = workspace.answers.choose("--continues", "new.continues", &names)?;
    Ok(chosen.checked_sub(1).map(|i| ids[i]))
}

/// The code of an earlier year with the new year in place of its own; empty if it contains no year.
fn next_code(previous: &Objective, year: &str) -> String {
    let own = previous.year.to_string();
    if previous.code.contains(&own) { previous.code.replacen(&own, year, 1) } else { String::new() }
}

/// Copies the promises of an earlier year. Its days and outcomes stay behind, and so does a target that names its year.
fn carry_over(workspace: &Workspace<'_>, previous: &Objective, given: &mut Map<String, Json>) {
    let lang = workspace.lang();
    let mut put = |key: &str, value: Option<Json>| {
        if let Some(value) = value {
            given.insert(key.into(), value);
        }
    };
    put("classification", previous.classification.or_own(lang).clone().map(Json::from));
    put("type", previous.kind.or_own(lang).clone().map(Json::from));
    let phase = |phase: &Phase| {
        let responsible = phase.responsible.as_ref();
        let person = responsible.map(|person| json!({ "role": person.role(), "name": person.name() }));
        let centre = phase.centre.as_ref().map(|centre| &workspace.catalogue()[centre.unit].id);
        written([
            ("title", Some(phase.title.or_own(lang).clone().into())),
            ("weight", phase.weight.as_ref().and_then(|weight| Some(weight.read()?.value().to_string().into()))),
            ("responsible", person.map(without_blanks)),
            ("centre", centre.map(|centre| centre.as_str().into())),
        ])
    };
    let indicator = |indicator: &Indicator| {
        let target =
            Some(indicator.target.text()).filter(|text| !text.is_empty() && !text.contains(&previous.year.to_string()));
        let series = indicator.series.map(|series| &workspace.catalogue()[series].slug);
        let text = |text: &Option<String>| text.clone().map(Json::from);
        written([
            ("title", Some(indicator.title.or_own(lang).clone().into())),
            ("type", text(indicator.kind.or_own(lang))),
            ("unit_of_measure", text(indicator.unit_of_measure.or_own(lang))),
            ("target", target.map(Json::from)),
            ("baseline", indicator.baseline.as_ref().map(Written::text).map(Json::from)),
            ("thread", series.map(|series| series.as_str().into())),
            ("definition", text(indicator.definition.or_own(lang))),
            ("source", text(indicator.source.or_own(lang))),
        ])
    };
    put("phases", (!previous.phases.is_empty()).then(|| previous.phases.iter().map(phase).collect()));
    put("indicators", (!previous.indicators.is_empty()).then(|| previous.indicators.iter().map(indicator).collect()));
}

fn written<const N: usize>(fields: [(&str, Option<Json>); N]) -> Json {
    fields
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect::<Map<_, _>>()
        .into()
}

fn without_blanks(mut record: Json) -> Json {
    if let Json::Object(fields) = &mut record {
        fields.retain(|_, value| !value.is_null());
    }
    record
}
