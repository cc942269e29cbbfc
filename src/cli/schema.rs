use camino::Utf8PathBuf;
use clap::Args;

use super::{Done, Failure, print_output};
use crate::diagnostic::Messages;
use crate::parse::KnownNames;
use crate::{lsp, parse, source};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[arg(value_parser = ["objective", "project", "update", "units", "plan", "page", "site"])]
    kind: String,
    #[arg(long, value_name = "DIR")]
    root: Option<Utf8PathBuf>,
}

/// Prints the schema of a kind of file, with the names of the site in a folder if one is given.
pub(super) fn run(arguments: &Arguments, _: &Messages) -> Result<Done, Failure> {
    let known = match &arguments.root {
        Some(root) => lsp::known(&source::read(root)?.0),
        None => KnownNames::default(),
    };
    let mut schema = serde_json::to_string_pretty(&parse::schema(&arguments.kind, &known))?;
    schema.push('\n');
    print_output(&schema)
}
