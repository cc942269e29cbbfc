//! Makes new files. What is missing is asked for on a terminal; what is written has no problem that `check` would find.

mod objective;
mod project;
mod site;
mod update;

use std::collections::HashMap;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};
use clap::Subcommand;
use dialoguer::theme::ColorfulTheme;
use dialoguer::{FuzzySelect, Input, MultiSelect};
use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::{Done, Failure, PrintExtent, SiteArguments, human, tell, terminal, unless_left};
use crate::check::Drafts;
use crate::diagnostic::{Code, Diagnostic, Messages, Report};
use crate::editor_files::{self, WriteError};
use crate::model::{Catalogue, FileId, Lang, NodeId, UnitId};
use crate::parse::blank_sheet;
use crate::site::{Site, slug};
use crate::source::{self, OpenTexts, SourceTree};
use crate::{Options, Session};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Site(site::Arguments),
    Objective(objective::Arguments),
    Project(project::Arguments),
    Update(update::Arguments),
}

type Result<T> = std::result::Result<T, Failure>;

pub(super) fn run(command: &Command, messages: &Messages) -> Result<Done> {
    let made = match command {
        Command::Site(arguments) => site::run(arguments, messages),
        Command::Objective(arguments) => objective::run(arguments, messages),
        Command::Project(arguments) => project::run(arguments, messages),
        Command::Update(arguments) => update::run(arguments, messages),
    };
    unless_left(made, "new.left", messages)
}

/// A site that gets a new file.
struct Office<'m> {
    root: Utf8PathBuf,
    options: Options,
    tree: SourceTree,
    session: Session,
    site: Site,
    /// What was wrong before.
    known: Report,
    messages: &'m Messages,
    asked: Answers<'m>,
}

impl<'m> Office<'m> {
    fn open(arguments: &SiteArguments, messages: &'m Messages) -> Result<Self> {
        let (tree, _) = source::read(&arguments.root)?;
        let options = arguments.options(None, Drafts::Include);
        let mut session = Session::default();
        let (edition, known) = session.edition_of(&tree, &options);
        let missing = || Failure::Told(messages.ui("new.no_site", &[("folder", arguments.root.as_str().into())]));
        let site = edition.ok_or_else(missing)?.site;
        let root = arguments.root.clone();
        Ok(Self { root, options, tree, session, site, known, messages, asked: Answers::by(messages) })
    }

    fn catalogue(&self) -> &Catalogue {
        &self.site.catalogue
    }

    /// The language that the site's editors write in.
    fn lang(&self) -> Lang {
        self.site.settings.language()
    }

    fn today(&self) -> Date {
        self.options.as_of
    }

    /// The unit that answers: as given, or chosen among those that there are.
    fn unit(&self, given: Option<&String>) -> Result<String> {
        let ids: Vec<UnitId> = self.catalogue().unit_ids().collect();
        let names: Vec<String> = (ids.iter().map(|id| &self.catalogue()[*id]))
            .map(|unit| format!("{} ({})", unit.name.or_own(self.lang()), unit.id))
            .collect();
        match given {
            Some(unit) => Ok(unit.clone()),
            None => {
                let chosen = self.asked.one("--unit", "new.unit", &names)?;
                Ok(self.catalogue()[ids[chosen]].id.clone())
            }
        }
    }

    /// The plan nodes: as given, or chosen among those of the unit's administration whose plans hold in a year.
    fn plan(&self, given: &[String], unit: &str, year: Option<i16>) -> Result<Vec<String>> {
        let named = |id: &UnitId| {
            let found = &self.catalogue()[*id];
            found.id.eq_ignore_ascii_case(unit) || found.name.or_own(self.lang()).eq_ignore_ascii_case(unit)
        };
        let administration = self.catalogue().unit_ids().find(named).map(|id| self.catalogue().administration(id));
        let holds = |id: &NodeId| {
            let plan = &self.catalogue()[self.catalogue()[*id].plan];
            let same = administration.is_none_or(|administration| administration == plan.administration);
            same && year.is_none_or(|year| plan.years().is_none_or(|years| years.contains(year)))
        };
        if !given.is_empty() || !self.asked.can_ask() {
            return Ok(given.to_vec());
        }
        let nodes: Vec<NodeId> = self.catalogue().node_ids().filter(holds).collect();
        let written = |id: &NodeId| {
            let node = &self.catalogue()[*id];
            (format!("{}:{}", self.catalogue()[node.plan].slug, node.code), node.title.or_own(self.lang()))
        };
        let names: Vec<String> = nodes.iter().map(written).map(|(code, title)| format!("{code} · {title}")).collect();
        let chosen = self.asked.several("new.plan", &names)?;
        Ok(chosen.into_iter().map(|i| written(&nodes[i]).0).collect())
    }

    /// Writes a sheet of a kind, unless the site would have a problem more with it: then says which, and writes nothing.
    fn write(mut self, kind: &str, path: &str, given: &Map<String, Json>, text: &str) -> Result<Done> {
        let front = blank_sheet(kind, self.lang(), given).ok_or_else(|| Failure::Told(kind.to_owned()))?;
        let sheet = format!("{front}\n{text}\n");
        if self.tree.find(path).is_some() {
            let place = self.root.join(path);
            return Err(failed(self.messages)(WriteError { path: place, source: io::ErrorKind::AlreadyExists.into() }));
        }
        let unsaved = OpenTexts::from([(path.into(), sheet.as_str().into())]);
        let (tree, _) = source::list(&self.root)?.overlaid(&unsaved).read(&self.tree)?;
        let (_, report) = self.session.edition_of(&tree, &self.options);
        let problems = more(&self.tree, &self.known, &tree, &report);
        let unread = [Code::BadDate, Code::BadNumber, Code::BadAmount, Code::BadAddress, Code::TwoDates];
        if problems.errors() > 0 || problems.iter().any(|problem| unread.contains(&problem.code)) {
            super::print_problems(&tree, &problems, PrintExtent::Whole, human(), self.messages)?;
            tell(&self.messages.ui("new.not_written", &[]));
            return Ok(Done::Wrong);
        }
        create(&self.root, &[(path, sheet)], self.messages)?;
        writeln!(io::stdout(), "{}", self.root.join(path))?;
        tell(&self.messages.ui("new.next", &[]));
        Ok(Done::Well)
    }
}

/// Writes new files, whole whoever interrupts it.
fn create<P: AsRef<Utf8Path>>(folder: &Utf8Path, files: &[(P, String)], messages: &Messages) -> Result<()> {
    crate::interrupt::noted();
    editor_files::create(folder, files).map_err(failed(messages))
}

/// The problems of a tree that it didn't have before, when its files may have had other numbers.
fn more(before: &SourceTree, known: &Report, tree: &SourceTree, report: &Report) -> Report {
    let named = |tree: &SourceTree, problem: &Diagnostic| {
        let path = tree.file(problem.file).map(|file| file.path.clone());
        (path, format!("{:?}", Diagnostic { file: FileId::NONE, ..problem.clone() }))
    };
    let mut known_times: HashMap<_, usize> = HashMap::new();
    for problem in known.iter() {
        *known_times.entry(named(before, problem)).or_default() += 1;
    }
    let mut more = Report::default();
    for problem in report.iter() {
        match known_times.get_mut(&named(tree, problem)) {
            Some(times) if *times > 0 => *times -= 1,
            _ => more.add(problem.clone()),
        }
    }
    more
}

/// Says why nothing was written.
fn failed(messages: &Messages) -> impl Fn(WriteError) -> Failure + '_ {
    move |error| {
        let path = ("path", error.path.as_str().into());
        match error.source.kind() {
            io::ErrorKind::AlreadyExists => Failure::Told(messages.ui("new.taken", &[path])),
            _ => Failure::Told(messages.ui("new.unwritable", &[path, ("reason", (&error.source.to_string()).into())])),
        }
    }
}

/// The name of a file or folder for a code or title, in letters that every system takes and that name no language.
fn file_name(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { slug(text) }
}

/// Where answers come from: flags, and a terminal where there is one.
struct Answers<'m> {
    messages: &'m Messages,
    theme: Option<ColorfulTheme>,
}

impl<'m> Answers<'m> {
    fn by(messages: &'m Messages) -> Self {
        Self { messages, theme: terminal() }
    }

    fn can_ask(&self) -> bool {
        self.theme.is_some()
    }

    fn question(&self, key: &str) -> String {
        self.messages.ui(key, &[])
    }

    /// Nobody can be asked, and nobody said.
    fn unsaid(&self, flag: &str) -> Failure {
        Failure::Told(self.messages.ui("new.unsaid", &[("flag", flag.into())]))
    }

    /// A text that must be there: as given, or typed.
    fn text(&self, given: Option<&String>, flag: &str, key: &str) -> Result<String> {
        match (given, &self.theme) {
            (Some(given), _) => Ok(given.clone()),
            (None, None) => Err(self.unsaid(flag)),
            (None, Some(theme)) => {
                Input::with_theme(theme).with_prompt(self.question(key)).interact_text().map_err(io_error)
            }
        }
    }

    /// A text that may be left out, with what it is where nobody says otherwise.
    fn or(&self, given: Option<&String>, key: &str, else_: &str) -> Result<String> {
        match (given, &self.theme) {
            (Some(given), _) => Ok(given.clone()),
            (None, None) => Ok(else_.to_owned()),
            (None, Some(theme)) => Input::with_theme(theme)
                .with_prompt(self.question(key))
                .with_initial_text(else_)
                .allow_empty(true)
                .interact_text()
                .map_err(io_error),
        }
    }

    /// The place of one of several things.
    fn one(&self, flag: &str, key: &str, names: &[String]) -> Result<usize> {
        let theme = self.theme.as_ref().filter(|_| !names.is_empty()).ok_or_else(|| self.unsaid(flag))?;
        FuzzySelect::with_theme(theme)
            .with_prompt(self.question(key))
            .items(names)
            .default(0)
            .interact()
            .map_err(io_error)
    }

    /// The places of any of several things; none where nobody can be asked.
    fn several(&self, key: &str, names: &[String]) -> Result<Vec<usize>> {
        match &self.theme {
            Some(theme) if !names.is_empty() => MultiSelect::with_theme(theme)
                .with_prompt(self.question(key))
                .items(names)
                .interact()
                .map_err(io_error),
            _ => Ok(Vec::new()),
        }
    }
}

fn io_error(dialoguer::Error::IO(error): dialoguer::Error) -> Failure {
    error.into()
}
