use clap::Args;
use serde_json::Map;

use super::files::file_name;
use super::workspace::Workspace;
use super::{Done, Result, SiteArguments};
use crate::diagnostic::Messages;

#[derive(Args, Debug)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,
    #[arg(long, value_name = "CODE")]
    plan: Vec<String>,
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    #[arg(long, value_name = "DATE")]
    end: Option<String>,
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done> {
    let workspace = Workspace::open(&arguments.site, messages)?;
    let answers = &workspace.answers;
    let title = answers.required(arguments.title.as_ref(), "--title", "new.title")?;
    let slug = file_name(&answers.optional(arguments.slug.as_ref(), "new.slug", &crate::site::slug(&title))?);
    let unit = workspace.unit(arguments.unit.as_ref())?;
    let code = answers.optional(arguments.code.as_ref(), "new.code", "")?;
    let start = answers.optional(arguments.start.as_ref(), "new.start", "")?;
    let end = answers.optional(arguments.end.as_ref(), "new.end", "")?;
    let amount = answers.optional(arguments.amount.as_ref(), "new.amount", "")?;
    let plan = workspace.plan(&arguments.plan, &unit, None)?;
    let mut given = Map::new();
    let texts = [("title", title), ("unit", unit), ("code", code), ("start", start), ("end", end), ("amount", amount)];
    for (key, text) in texts {
        if !text.is_empty() {
            given.insert(key.into(), text.into());
        }
    }
    if !plan.is_empty() {
        given.insert("plan".into(), plan.into());
    }
    let path = format!("content/projects/{slug}/index.md");
    workspace.write("project", &path, &given, &messages.ui("new.project_text", &[]))
}
