//! The commands: one a file. Exit 0 done, 1 the content is wrong, 2 the program could not work, 130 it was interrupted.

mod build;
mod check;
mod explain;
mod failure;
mod fix;
mod help;
mod lsp;
mod new;
mod read;
mod serve;
mod usage;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use dialoguer::theme::ColorfulTheme;
use jiff::civil::Date;

use self::failure::Failure;
use crate::check::Drafts;
use crate::diagnostic::{Format, Messages, Profile, Report, print, tally, visible};
use crate::model::{BaseUrl, EdtfDate, Lang};
use crate::source::{self, SourceTree};
use crate::{Options, parse};

// The words of commands and arguments are in the catalogue of messages: `help` puts them here.
#[derive(Debug, Parser)]
#[command(name = "vetro", arg_required_else_help = true)]
struct Cli {
    #[arg(long, global = true, value_parser = ["it", "en"], value_name = "LANG")]
    lang: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Serve(serve::Arguments),
    Lsp(lsp::Arguments),
    #[command(subcommand)]
    New(new::Command),
    Read(read::Arguments),
    Explain(explain::Arguments),
    Schema {
        #[arg(value_parser = ["objective", "project", "update", "units", "plan", "page", "site"])]
        kind: String,
        #[arg(long, value_name = "DIR")]
        root: Option<Utf8PathBuf>,
    },
    Completions {
        shell: clap_complete::Shell,
    },
    Man,
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let messages = Messages::new(language(&arguments));
    let parsed = command(&messages).try_get_matches_from(arguments);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        // Help and version, which were asked for.
        Err(error) if !error.use_stderr() => return end(print_words(&error.to_string()), &messages),
        Err(error) => {
            let words = usage::words(&error, &messages);
            tell(&messages.ui("usage.wrong", &[("words", (&words).into())]));
            return ExitCode::from(2);
        }
    };
    let done = match cli.command {
        Command::Build(arguments) => build::run(&arguments, &messages),
        Command::Check(arguments) => check::run(&arguments, &messages),
        Command::Serve(arguments) => serve::run(&arguments, &messages),
        Command::Lsp(arguments) => lsp::run(&arguments, &messages),
        Command::New(command) => new::run(&command, &messages),
        Command::Read(arguments) => read::run(&arguments, &messages),
        Command::Explain(arguments) => explain::run(&arguments, &messages),
        Command::Schema { kind, root } => schema(&kind, root.as_deref()),
        Command::Completions { shell } => completions(shell, &messages),
        Command::Man => man(&messages),
    };
    end(done, &messages)
}

/// The command line, with its words in the language of the messages.
pub fn command(messages: &Messages) -> clap::Command {
    help::translated(Cli::command(), messages)
}

fn end(done: Result<Done, Failure>, messages: &Messages) -> ExitCode {
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Wrong) => ExitCode::from(1),
        // Whoever reads our output may stop reading: that is no failure of ours.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&format!("vetro: {}", failure.words(messages)));
            ExitCode::from(if failure.is_interrupt() { crate::interrupt::EXIT } else { 2 })
        }
    }
}

/// How questions look; none where nobody can be asked.
fn terminal() -> Option<ColorfulTheme> {
    let terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
    if terminal {
        // Else an interrupt ends the process in the middle of a question, which leaves the terminal as questions need it.
        crate::interrupt::on(|| {});
    }
    terminal.then(ColorfulTheme::default)
}

/// What came of a command that asks; whoever is asked may leave, and is then told what that means for what was asked.
fn unless_left(done: Result<Done, Failure>, words: &str, messages: &Messages) -> Result<Done, Failure> {
    match done {
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::Interrupted => {
            // The question had hidden it.
            let _ = dialoguer::console::Term::stderr().show_cursor();
            tell(&messages.ui(words, &[]));
            Ok(Done::Wrong)
        }
        done => done,
    }
}

/// Says something to people. That nobody can hear it changes nothing of what was done.
fn tell(words: &str) {
    let _ = writeln!(io::stderr(), "{}", visible(words));
}

/// Prints what was asked for.
fn print_words(words: &str) -> Result<Done, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(words.as_bytes())?;
    out.flush()?;
    Ok(Done::Well)
}

/// The language of all that is said to people: the one asked for, else the site's, else the environment's where it is
/// one that Vetro speaks, else Italian, the language of its editors.
///
/// It is known before the arguments are, since what is wrong with them is said in it too.
fn language(arguments: &[OsString]) -> Lang {
    let value = |name: &str| {
        let mut words = arguments
            .iter()
            .filter_map(|word| word.to_str())
            .skip_while(|word| !word.starts_with(name));
        match words.next()?.strip_prefix(name)? {
            "" => words.next(),
            joined => joined.strip_prefix('='),
        }
    };
    let spoken = |lang: &Lang| matches!(lang, Lang::It | Lang::En);
    let site = || parse::language(&source::settings(Utf8Path::new(value("--root").unwrap_or(".")))?);
    let asked = value("--lang").and_then(|name| name.parse().ok());
    asked
        .filter(spoken)
        .or_else(|| site().filter(spoken))
        .or_else(|| locale().filter(spoken))
        .unwrap_or(Lang::It)
}

/// The language of the environment (POSIX.1-2024, §8.2: the first of these that isn't empty counts).
fn locale() -> Option<Lang> {
    let value = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))?;
    value.split(['_', '.', '@']).next()?.parse().ok()
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
    #[arg(long, default_value = ".", value_name = "DIR")]
    root: Utf8PathBuf,
    #[arg(long, value_parser = day, value_name = "DATE")]
    as_of: Option<Date>,
    #[arg(long = "profile", value_parser = profile, value_name = "NAME")]
    profiles: Option<Vec<Profile>>,
}

impl SiteArguments {
    /// Where the site is published, where nothing else is asked for.
    fn output(&self) -> Utf8PathBuf {
        self.root.join("public")
    }

    fn options(&self, base: Option<BaseUrl>, drafts: Drafts) -> Options {
        let profiles = self.profiles.clone();
        Options { as_of: self.as_of.unwrap_or_else(today), base, drafts, profiles }
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

fn profile(text: &str) -> Result<Profile, String> {
    let found = Profile::ALL.into_iter().find(|(_, name)| *name == text);
    // `usage` has the words for people.
    found.map(|(profile, _)| profile).ok_or_else(|| "not a profile".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    let date = EdtfDate::read(text, None).ok();
    match date.map(|date| (date.earliest(), date.latest())) {
        Some((Some(first), Some(last))) if first == last => Ok(first),
        // `usage` has the words for people.
        _ => Err("not a day".to_owned()),
    }
}

fn base(text: &str) -> Result<BaseUrl, String> {
    parse::base_url(text).ok_or_else(|| "not an address".to_owned())
}

/// The problems of a report that are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PrintExtent {
    /// The errors and the first [`BRIEF`] warnings; the others are counted.
    Brief,
    /// All.
    Whole,
    /// All, then those that the site silences, with their reasons.
    WithSilenced,
}

/// The number of warnings that a command prints whose purpose isn't to list them.
const BRIEF: usize = 100;

/// Prints problems: for people on the standard error, else on the standard output.
fn print_problems(
    tree: &SourceTree,
    report: &Report,
    extent: PrintExtent,
    format: Format,
    messages: &Messages,
) -> io::Result<()> {
    let mut problems = match extent {
        PrintExtent::Brief => parse::locate_some(tree, report.brief(BRIEF)),
        PrintExtent::Whole | PrintExtent::WithSilenced => parse::locate(tree, report),
    };
    let untold = report.errors() + report.warnings() - problems.len();
    if extent == PrintExtent::WithSilenced {
        problems.extend(parse::locate_some(tree, report.silenced()));
    }
    // Services look for a file from where they run us; our own format looks for it from the site's folder.
    let below_root = matches!(format, Format::Sarif | Format::Github | Format::Gitlab) && tree.root().is_relative();
    let paths: Vec<Utf8PathBuf> = (problems.iter())
        .filter(|_| below_root)
        .map(|problem| tree.root().join(problem.path).components().filter(|part| part.as_str() != ".").collect())
        .collect();
    problems.iter_mut().zip(&paths).for_each(|(problem, path)| problem.path = path.as_str());
    if format.is_for_people() {
        let mut out = io::BufWriter::new(io::stderr().lock());
        // That nobody can read it changes nothing of what is wrong.
        let _ = print(&problems, format, messages, &mut out);
        if untold > 0 {
            let _ = writeln!(out, "{}", messages.ui("warnings_untold", &[("n", untold.into())]));
        }
        if let Some(words) = tally(report, messages) {
            let _ = writeln!(out, "{words}");
        }
        let _ = out.flush();
        return Ok(());
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    match print(&problems, format, messages, &mut out).and_then(|()| out.flush()) {
        // Whoever has read enough still wants to know whether the content is wrong.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        printed => printed,
    }
}

/// Human output, coloured where a person looks at it and hasn't asked otherwise (no-color.org).
fn human() -> Format {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    Format::Human { colour: wanted && io::stderr().is_terminal() }
}

/// Prints the schema of a kind of file, with the names of the site in a folder where one is named.
fn schema(kind: &str, root: Option<&Utf8Path>) -> Result<Done, Failure> {
    let known = match root {
        Some(root) => crate::lsp::known(&source::read(root)?.0),
        None => parse::KnownNames::default(),
    };
    let mut words = serde_json::to_string_pretty(&parse::schema(kind, &known))?;
    words.push('\n');
    print_words(&words)
}

fn completions(shell: clap_complete::Shell, messages: &Messages) -> Result<Done, Failure> {
    // Made in memory: the generator panics when nobody reads its output.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(messages), "vetro", &mut script);
    print_words(&String::from_utf8_lossy(&script))
}

fn man(messages: &Messages) -> Result<Done, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(messages)).render(&mut page)?;
    let page = String::from_utf8_lossy(&page);
    // The names of the sections are the generator's own.
    let translated = page.lines().map(|line| {
        let section = line.strip_prefix(".SH ").map(|name| name.trim_matches('"').to_lowercase());
        let words = section.as_deref().and_then(|name| messages.find(&format!("manual.{name}")));
        words.map_or_else(|| format!("{line}\n"), |words| format!(".SH \"{words}\"\n"))
    });
    print_words(&translated.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        for lang in [Lang::It, Lang::En] {
            command(&Messages::new(lang)).debug_assert();
        }
    }
}
