use std::io;

use clap::Args;
use serde_json::Map;

use super::{Done, Office, SiteArguments, file_name};
use crate::diagnostic::Messages;

#[derive(Args, Debug)]
pub(in crate::cli) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The official title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The unit that answers for it: an id or a name of units.yaml
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// The code of the project
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// The folder of the project, and the last part of its address [default: made from the title]
    #[arg(long, value_name = "NAME")]
    slug: Option<String>,
    /// A plan node that it carries out; may be given several times
    #[arg(long, value_name = "CODE")]
    plan: Vec<String>,
    /// When it begins, as an office writes it
    #[arg(long, value_name = "DATE")]
    start: Option<String>,
    /// When it ends, as an office writes it
    #[arg(long, value_name = "DATE")]
    end: Option<String>,
    /// What it costs, as an office writes it
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> io::Result<Done> {
    let office = Office::open(&arguments.site, messages)?;
    let asked = &office.asked;
    let title = asked.text(arguments.title.as_ref(), "--title", "new_title")?;
    let slug = file_name(&asked.or(arguments.slug.as_ref(), "new_slug", &crate::site::slug(&title))?);
    let unit = office.unit(arguments.unit.as_ref())?;
    let code = asked.or(arguments.code.as_ref(), "new_code", "")?;
    let start = asked.or(arguments.start.as_ref(), "new_start", "")?;
    let end = asked.or(arguments.end.as_ref(), "new_end", "")?;
    let amount = asked.or(arguments.amount.as_ref(), "new_amount", "")?;
    let plan = office.plan(&arguments.plan, None)?;
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
    office.write("project", &path, &given, &messages.ui("new_project_text", &[]))
}
