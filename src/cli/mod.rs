//! The commands: one a file. Exit 0 done, 1 the content is wrong, 2 the program could not work.

mod build;
mod check;
mod explain;
mod new;
mod read;
mod serve;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{Args, CommandFactory, Parser, Subcommand};
use jiff::civil::Date;

use crate::check::Unfinished;
use crate::diagnostic::{Format, Messages, Profile, Report, nearest, print, tally};
use crate::model::{BaseUrl, EdtfDate, Lang};
use crate::source::SourceTree;
use crate::{Options, parse};

/// Publishes what a city promised, and whether it happened.
#[derive(Debug, Parser)]
#[command(name = "vetro", version, propagate_version = true, arg_required_else_help = true)]
struct Cli {
    /// The language of messages: it, en [default: the environment’s, else Italian]
    #[arg(long, global = true, value_parser = lang, value_name = "LANG")]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site
    Build(build::Arguments),
    /// Check the content and say every problem
    Check(check::Arguments),
    /// Show the site while it is being written
    Serve(serve::Arguments),
    /// Make a site, or a sheet of one
    #[command(subcommand)]
    New(new::Command),
    /// Show how a target, a date or an amount is read
    Read(read::Arguments),
    /// Say what a problem means and how to mend it
    Explain(explain::Arguments),
    /// Print the JSON Schema of a kind of file
    Schema {
        /// The kind of file
        #[arg(value_parser = ["objective", "project", "update", "units", "plan", "page", "site"])]
        kind: String,
    },
    /// Print the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let messages = Messages::new(cli.lang.unwrap_or_else(locale));
    let result = match cli.command {
        Command::Build(arguments) => build::run(&arguments, &messages),
        Command::Check(arguments) => check::run(&arguments, &messages),
        Command::Serve(arguments) => serve::run(&arguments, &messages),
        Command::New(command) => new::run(&command, &messages),
        Command::Read(arguments) => read::run(&arguments, &messages),
        Command::Explain(arguments) => explain::run(&arguments, &messages),
        Command::Schema { kind } => schema(&kind),
        Command::Completions { shell } => completions(shell),
        Command::Man => clap_mangen::Man::new(Cli::command()).render(&mut io::stdout()).map(|()| Done::Well),
    };
    match result {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Wrong) => ExitCode::from(1),
        // Whoever reads our output may stop reading: that is no failure of ours.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "vetro: {error}");
            ExitCode::from(2)
        }
    }
}

/// How a command that could work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    Well,
    /// The content, or what was to be read, is wrong.
    Wrong,
}

/// What every command on a site takes.
#[derive(Args, Debug)]
struct SiteArguments {
    /// The folder that holds `site.toml`
    #[arg(long, default_value = ".", value_name = "DIR")]
    root: Utf8PathBuf,
    /// The day on which "over" and "late" are judged [default: `SOURCE_DATE_EPOCH`, else today]
    #[arg(long, value_parser = day, value_name = "DATE")]
    as_of: Option<Date>,
    /// A group of rules to check, in place of site.toml's; may be given more than once
    #[arg(long = "profile", value_parser = profile, value_name = "NAME")]
    profiles: Option<Vec<Profile>>,
}

impl SiteArguments {
    fn options(&self, base: Option<BaseUrl>, unfinished: Unfinished) -> Options {
        let profiles = self.profiles.clone();
        Options { as_of: self.as_of.unwrap_or_else(today), base, unfinished, profiles }
    }
}

/// The day given by `SOURCE_DATE_EPOCH` (reproducible-builds.org), else today's.
#[expect(clippy::disallowed_methods, reason = "the clock is read here, once, and handed on as an argument")]
fn today() -> Date {
    let seconds = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.trim().parse::<i64>().ok());
    let seconds = seconds.unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    });
    let day = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    // Local midnight would make the same build differ between two cities' machines.
    day.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The language of the environment, where it is one that Vetro speaks; else Italian, the language of its editors.
fn locale() -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|value| value.get(..2).and_then(|code| code.parse().ok()))
        .unwrap_or(Lang::It)
}

fn lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|_| "it or en".to_owned())
}

fn profile(text: &str) -> Result<Profile, String> {
    let found = Profile::ALL.into_iter().find(|(_, name)| *name == text);
    let names = || Profile::ALL.map(|(_, name)| name);
    found.map(|(profile, _)| profile).ok_or_else(|| match nearest(text, names()) {
        Some(near) => format!("perhaps {near} was meant; there are {}", names().join(", ")),
        None => format!("there are {}", names().join(", ")),
    })
}

fn day(text: &str) -> Result<Date, String> {
    let date = EdtfDate::read(text, None).map_err(|error| error.to_string())?;
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) if first == last => Ok(first),
        _ => Err("a day such as 2026-11-22".to_owned()),
    }
}

fn base(text: &str) -> Result<BaseUrl, String> {
    parse::base_url(text).ok_or_else(|| "an address such as https://www.example.org/promesse".to_owned())
}

/// What of the problems that a site silences is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Silenced {
    /// Nothing.
    Hidden,
    /// Each, with the reason, after the others.
    Shown,
}

/// Prints all problems: for people on the standard error, else on the standard output.
fn print_problems(
    tree: &SourceTree,
    report: &Report,
    silenced: Silenced,
    format: Format,
    messages: &Messages,
) -> io::Result<()> {
    let mut problems = parse::locate(tree, report);
    if silenced == Silenced::Shown {
        problems.extend(parse::locate_silenced(tree, report));
    }
    match format {
        Format::Json | Format::Csv => print(&problems, format, messages, &mut io::stdout().lock()),
        Format::Human { .. } => {
            let mut out = io::BufWriter::new(io::stderr().lock());
            print(&problems, format, messages, &mut out)?;
            if let Some(words) = tally(report, messages) {
                writeln!(out, "{words}")?;
            }
            out.flush()
        }
    }
}

/// Human output, coloured where a person looks at it and hasn't asked otherwise (no-color.org).
fn human() -> Format {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Format::Human { colour: wanted && io::stderr().is_terminal() }
}

fn schema(kind: &str) -> io::Result<Done> {
    let schema = parse::schema(kind).ok_or_else(|| io::Error::other(format!("no kind of file is called {kind}")))?;
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema)?;
    writeln!(out)?;
    Ok(Done::Well)
}

fn completions(shell: clap_complete::Shell) -> io::Result<Done> {
    // Made in memory: the generator panics when nobody reads its output.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "vetro", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Done::Well)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
