//! Makes new files. Missing values are asked for on a terminal; a written file has no problem that `check` would find.

mod answers;
mod files;
mod objective;
mod project;
mod site;
mod update;
mod workspace;

use clap::{Args, Subcommand};

use super::failure::Result;
use super::{
    Done, Failure, PrintExtent, SiteArguments, day, human_format, print_message, print_problems, question_theme,
    unless_aborted,
};
use crate::diagnostic::Messages;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Site(site::Arguments),
    Objective(objective::Arguments),
    Project(project::Arguments),
    Update(update::Arguments),
}

pub(super) fn run(arguments: &Arguments, messages: &Messages) -> Result<Done> {
    let made = match &arguments.command {
        Command::Site(arguments) => site::run(arguments, messages),
        Command::Objective(arguments) => objective::run(arguments, messages),
        Command::Project(arguments) => project::run(arguments, messages),
        Command::Update(arguments) => update::run(arguments, messages),
    };
    unless_aborted(made, "new.left", messages)
}
