use std::io::{self, Write};

use camino::Utf8PathBuf;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use include_dir::{Dir, include_dir};
use serde_json::json;

use super::answers::Answers;
use super::files::{create, failed};
use super::{Done, Failure, Result, print_message};
use crate::diagnostic::Messages;
use crate::model::Lang;
use crate::site::slug;
use crate::{editor_files, parse};

static ITALIAN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/it");
static ENGLISH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/en");
static GITHUB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/github");
static GITLAB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/gitlab");

#[derive(Args, Debug)]
pub(in crate::cli) struct Arguments {
    #[arg(value_name = "DIR")]
    folder: Utf8PathBuf,
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    #[arg(long, value_name = "NAME")]
    administration: Option<String>,
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    #[arg(long, value_parser = languages(), value_name = "LANG")]
    language: Option<Lang>,
    #[arg(long, value_enum, value_name = "PLACE")]
    ci: Option<Forge>,
}

fn languages() -> impl TypedValueParser<Value = Lang> {
    // The parser lets no other code through.
    PossibleValuesParser::new(Lang::ALL.map(Lang::code)).map(|code| code.parse().unwrap_or(Lang::It))
}

/// Service to which editors commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Forge {
    Github,
    Gitlab,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done> {
    let folder = &arguments.folder;
    if !editor_files::is_free(folder).map_err(failed(messages))? {
        return Err(Failure::Message(messages.ui("new.not_free", &[("path", folder.as_str().into())])));
    }
    let answers = Answers::new(messages);
    let administration =
        answers.required(arguments.administration.as_ref(), "--administration", "new.administration")?;
    let title =
        answers.optional(arguments.title.as_ref(), "new.site_title", &messages.ui("new.site_title_default", &[]))?;
    let base = answers.optional(arguments.base_url.as_ref(), "new.base_url", "https://trasparenza.example.org")?;
    if parse::base_url(&base).is_none() {
        return Err(Failure::Message(messages.ui("new.bad_address", &[("written", (&base).into())])));
    }
    let email = answers.optional(arguments.email.as_ref(), "new.email", "")?;
    let lang = arguments.language.unwrap_or_else(|| messages.lang());

    let id = Some(slug(&administration))
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| "ente".to_owned());
    let units = serde_yaml::to_string(&json!([{ "id": id, "name": administration }]))
        .map_err(|error| Failure::Message(error.to_string()))?;
    let mut files = vec![
        ("site.toml".to_owned(), settings(&title, &administration, &base, &email, lang)),
        ("content/units.yaml".to_owned(), format!("# {}\n{units}", messages.ui("new.units", &[]))),
        (".gitignore".to_owned(), "/public/\n".to_owned()),
    ];
    let skeleton = lang.for_editors(&ITALIAN, &ENGLISH);
    let pipeline = arguments.ci.map(|forge| if forge == Forge::Github { &GITHUB } else { &GITLAB });
    for dir in [Some(skeleton), pipeline].into_iter().flatten() {
        collect(dir, &mut files);
    }
    create(folder, &files, messages)?;
    writeln!(io::stdout(), "{folder}")?;
    print_message(&messages.ui("new.site_next", &[("path", folder.as_str().into())]));
    Ok(Done::Well)
}

/// The first text of `site.toml`.
fn settings(title: &str, administration: &str, base: &str, email: &str, lang: Lang) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut settings = format!(
        "[site]\ntitle = {}\nbase_url = {}\nlanguages = [{}]\nlicence = \"CC BY 4.0\"\n\n[city]\nname = {}\n",
        text(title),
        text(base),
        text(lang.code()),
        text(administration),
    );
    if !email.is_empty() {
        settings.push_str(&format!(
            "email = {}\n\n[links]\nreport_error = {}\n",
            text(email),
            text(&format!("mailto:{email}"))
        ));
    }
    settings
}

fn collect(dir: &Dir<'_>, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push((path.replace('\\', "/"), text.to_owned()));
        }
    }
    for dir in dir.dirs() {
        collect(dir, files);
    }
}
