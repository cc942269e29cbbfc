use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::{Done, Silenced, SiteArguments, human, print_problems};
use crate::check::Unfinished;
use crate::diagnostic::{Format, Messages};
use crate::{edit, source};

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Kind::Human)]
    format: Kind,
    /// Show also what site.toml or a record silences, with the reason
    #[arg(long)]
    show_silenced: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    Human,
    Json,
    /// A line a problem, by unit and deadline: a list to send round
    Csv,
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> io::Result<Done> {
    let (tree, mut report) = source::read(&arguments.site.root).map_err(io::Error::other)?;
    // What isn't published yet is checked too: it will be.
    let (_, problems) = edit(&tree, &arguments.site.options(None, Unfinished::Shown));
    report.extend(problems);
    let format = match arguments.format {
        Kind::Human => human(),
        Kind::Json => Format::Json,
        Kind::Csv => Format::Csv,
    };
    let silenced = if arguments.show_silenced { Silenced::Shown } else { Silenced::Hidden };
    print_problems(&tree, &report, silenced, format, messages)?;
    if report.is_empty() && matches!(format, Format::Human { .. }) {
        writeln!(io::stderr(), "{}", messages.ui("clean", &[]))?;
    }
    Ok(if report.errors() > 0 { Done::Wrong } else { Done::Well })
}
