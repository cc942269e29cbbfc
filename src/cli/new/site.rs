use std::io::{self, Write};

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};
use include_dir::{Dir, include_dir};
use serde_json::json;

use super::{Asked, Done, failed};
use crate::diagnostic::Messages;
use crate::model::Lang;
use crate::site::slug;
use crate::{parse, writing};

static ITALIAN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/it");
static ENGLISH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/en");
static GITHUB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/github");
static GITLAB: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/new/skeleton/gitlab");

#[derive(Args, Debug)]
pub(in crate::cli) struct Arguments {
    /// The folder of the site: a new one, or one with nothing in it
    #[arg(value_name = "DIR")]
    folder: Utf8PathBuf,
    /// The title of the site
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The official name of the body that publishes, such as "Comune di Firenze"
    #[arg(long, value_name = "NAME")]
    administration: Option<String>,
    /// The address of the site
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The e-mail address where readers report errors
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    /// The language of the site [default: that of the messages]
    #[arg(long, value_parser = super::super::lang, value_name = "LANG")]
    language: Option<Lang>,
    /// Also a pipeline that checks each proposal and publishes what is accepted
    #[arg(long, value_enum, value_name = "PLACE")]
    ci: Option<Forge>,
}

/// Where editors commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Forge {
    Github,
    Gitlab,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> io::Result<Done> {
    let folder = &arguments.folder;
    if !writing::is_free(folder).map_err(io::Error::other)? {
        return Err(io::Error::other(messages.ui("new_not_free", &[("path", folder.as_str().into())])));
    }
    let asked = Asked::by(messages);
    let administration = asked.text(arguments.administration.as_ref(), "--administration", "new_administration")?;
    let title = asked.or(arguments.title.as_ref(), "new_site_title", &messages.ui("new_site_title_default", &[]))?;
    let base = asked.or(arguments.base_url.as_ref(), "new_base_url", "https://trasparenza.example.org")?;
    if parse::base_url(&base).is_none() {
        return Err(io::Error::other(messages.ui("new_bad_address", &[("written", (&base).into())])));
    }
    let email = asked.or(arguments.email.as_ref(), "new_email", "")?;
    let lang = arguments.language.unwrap_or_else(|| messages.lang());

    let id = Some(slug(&administration))
        .filter(|id| !id.is_empty())
        .unwrap_or_else(|| "ente".to_owned());
    let units = serde_yaml::to_string(&json!([{ "id": id, "name": administration }])).map_err(io::Error::other)?;
    let mut files = vec![
        ("site.toml".to_owned(), settings(&title, &administration, &base, &email, lang)),
        ("content/units.yaml".to_owned(), format!("# {}\n{units}", messages.ui("new_units", &[]))),
        (".gitignore".to_owned(), "/public/\n".to_owned()),
    ];
    let skeleton = if lang == Lang::En { &ENGLISH } else { &ITALIAN };
    let pipeline = arguments.ci.map(|forge| if forge == Forge::Github { &GITHUB } else { &GITLAB });
    for dir in [Some(skeleton), pipeline].into_iter().flatten() {
        collect(dir, &mut files);
    }
    writing::create(folder, &files).map_err(failed(messages))?;
    writeln!(io::stdout(), "{folder}")?;
    writeln!(io::stderr(), "{}", messages.ui("new_site_next", &[("path", folder.as_str().into())]))?;
    Ok(Done::Well)
}

/// What `site.toml` says at first.
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
