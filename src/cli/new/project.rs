use clap::Args;
use serde_json::Map;

use super::{Done, Office, Result, SiteArguments, file_name};
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
    let office = Office::open(&arguments.site, messages)?;
    let asked = &office.asked;
    let title = asked.text(arguments.title.as_ref(), "--title", "new.title")?;
    let slug = file_name(&asked.or(arguments.slug.as_ref(), "new.slug", &crate::site::slug(&title))?);
    let unit = office.unit(arguments.unit.as_ref())?;
    let code = asked.or(arguments.code.as_ref(), "new.code", "")?;
    let start = asked.or(arguments.start.as_ref(), "new.start", "")?;
    let end = asked.or(arguments.end.as_ref(), "new.end", "")?;
    let amount = asked.or(arguments.amount.as_ref(), "new.amount", "")?;
    let plan = office.plan(&arguments.plan, &unit, None)?;
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
    office.write("project", &path, &given, &messages.ui("new.project_text", &[]))
}
