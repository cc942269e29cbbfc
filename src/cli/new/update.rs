use clap::Args;
use clap::builder::PossibleValuesParser;
use jiff::civil::Date;
use serde_json::Map;

use super::workspace::Workspace;
use super::{Done, Failure, Result, SiteArguments};
use crate::catalogue::ProjectId;
use crate::diagnostic::Messages;
use crate::model::Lifecycle;
use crate::site::slug;

#[derive(Args, Debug)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    date: Option<Date>,
    #[arg(long, value_name = "STATE", value_parser = PossibleValuesParser::new(Lifecycle::ALL.iter().map(|state| state.key())))]
    lifecycle: Option<String>,
    #[arg(long, value_name = "PERCENT")]
    progress: Option<String>,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done> {
    let workspace = Workspace::open(&arguments.site, messages)?;
    let answers = &workspace.answers;
    let folder = folder(&workspace, arguments.project.as_ref())?;
    let title = answers.required(arguments.title.as_ref(), "--title", "new.happened")?;
    let date = answers.optional(
        arguments.date.map(|date| date.to_string()).as_ref(),
        "new.date",
        &workspace.today().to_string(),
    )?;
    let date = super::day(&date)
        .map_err(|_| Failure::Message(messages.ui("usage.bad_date", &[("written", (&date).into())])))?;
    let lifecycle = match &arguments.lifecycle {
        None if answers.can_ask() => {
            let unchanged = [messages.ui("new.lifecycle_none", &[])];
            let states = Lifecycle::ALL.iter().map(|state| state.key().to_owned());
            let names: Vec<String> = unchanged.into_iter().chain(states).collect();
            let chosen = answers.choose("--lifecycle", "new.lifecycle", &names)?;
            (chosen > 0).then(|| names[chosen].clone())
        }
        given => given.clone(),
    };
    let mut given = Map::new();
    given.insert("title".into(), title.clone().into());
    given.insert("date".into(), date.to_string().into());
    for (key, value) in [("lifecycle", lifecycle), ("progress", arguments.progress.clone())] {
        if let Some(value) = value {
            given.insert(key.into(), value.into());
        }
    }
    let path = format!("content/projects/{folder}/updates/{date}-{}.md", slug(&title));
    workspace.write("update", &path, &given, &messages.ui("new.update_text", &[]))
}

/// The folder of the project: found by any of its names, or chosen.
fn folder(workspace: &Workspace<'_>, given: Option<&String>) -> Result<String> {
    let catalogue = workspace.catalogue();
    let ids: Vec<ProjectId> = catalogue.project_ids().collect();
    let titles = ids.iter().map(|id| catalogue[*id].title.or_own(workspace.lang()).clone());
    let chosen = match given {
        None => workspace.answers.choose("--project", "new.project", &titles.collect::<Vec<_>>())?,
        Some(given) => {
            let is_named = |id: &ProjectId| {
                let project = &catalogue[*id];
                let names = [project.slug.as_str(), project.title.or_own(workspace.lang())];
                names
                    .into_iter()
                    .chain(project.code.as_deref())
                    .any(|name| name.eq_ignore_ascii_case(given))
            };
            let near = || crate::diagnostic::nearest(given, ids.iter().map(|id| catalogue[*id].slug.as_str()));
            ids.iter().position(is_named).ok_or_else(|| match near() {
                Some(near) => Failure::Message(
                    workspace
                        .messages
                        .ui("new.no_project_near", &[("written", given.into()), ("nearest", near.into())]),
                ),
                None => Failure::Message(workspace.messages.ui("new.no_project", &[("written", given.into())])),
            })?
        }
    };
    let path = &catalogue[ids[chosen]].origin.path;
    Ok(path.split('/').nth(2).unwrap_or_default().to_owned())
}
