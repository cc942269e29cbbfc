//! The command line: its commands, each with the file that runs it.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use super::language::language;
use super::{
    Done, Failure, build, check, completions, explain, help, lsp, man, new, print_message, print_output, read, schema,
    serve, usage,
};
use crate::diagnostic::Messages;
use crate::interrupt;

// The words of commands and arguments are in the catalogue of messages: `help` puts them here.
#[derive(Debug, Parser)]
#[command(name = "vetro", arg_required_else_help = true)]
struct Cli {
    #[arg(long, global = true, value_parser = ["it", "en"], value_name = "LANG")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

/// Makes the enum of commands, each of which a module runs; in brackets the value that it needs beside its arguments and
/// the messages.
macro_rules! commands {
    ($($name:ident: $module:ident $([$value:expr])?,)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($name($module::Arguments),)*
        }

        impl Command {
            fn run(&self, messages: &Messages) -> Result<Done, Failure> {
                match self {
                    $(Self::$name(arguments) => $module::run(arguments, messages $(, $value(messages))?),)*
                }
            }
        }
    };
}

commands! {
    Build: build,
    Check: check,
    Serve: serve,
    Lsp: lsp,
    New: new,
    Read: read,
    Explain: explain,
    Schema: schema,
    Completions: completions [command],
    Man: man [command],
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let messages = Messages::new(language(&arguments));
    let parsed = command(&messages).try_get_matches_from(arguments);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        // Help and version, which were asked for.
        Err(error) if !error.use_stderr() => return exit(print_output(&error.to_string()), &messages),
        Err(error) => {
            let words = usage::words(&error, &messages);
            print_message(&messages.ui("usage.wrong", &[("words", (&words).into())]));
            return ExitCode::from(2);
        }
    };
    exit(cli.command.run(&messages), &messages)
}

/// The command line, with its words in the language of the messages.
pub fn command(messages: &Messages) -> clap::Command {
    help::translated(Cli::command(), messages)
}

/// The exit code of a command, after its failure is printed.
fn exit(done: Result<Done, Failure>, messages: &Messages) -> ExitCode {
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Wrong) => ExitCode::from(1),
        // A reader of our output may stop reading: that is no failure of ours.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            print_message(&format!("vetro: {}", failure.words(messages)));
            ExitCode::from(if failure.is_interrupt() { interrupt::EXIT } else { 2 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn the_arguments_are_well_formed() {
        for lang in [Lang::It, Lang::En] {
            command(&Messages::new(lang)).debug_assert();
        }
    }
}
