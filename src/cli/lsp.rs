use std::io;

use clap::Args;

use super::{Done, Failure, SiteArguments};
use crate::check::Drafts;
use crate::diagnostic::Messages;
use crate::lsp::{self, Ended};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    // Editors' client libraries add it to every server's command.
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done, Failure> {
    // As in `check`: drafts will be published.
    let options = arguments.site.options(None, Drafts::Include);
    let lang = messages.lang();
    let words = move |error| Failure::from(error).words(&Messages::new(lang));
    let ended = lsp::run(io::stdin(), io::stdout(), &arguments.site.root, &options, &Messages::new(lang), words);
    Ok(if ended == Ended::Asked { Done::Well } else { Done::Wrong })
}
