//! The site in which a new file is made.

use std::collections::HashMap;
use std::io::{self, Write};

use camino::Utf8PathBuf;
use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::answers::Answers;
use super::files::{create, failed};
use super::{Done, Failure, PrintExtent, Result, SiteArguments, human_format, print_message, print_problems};
use crate::catalogue::{Catalogue, NodeId, UnitId};
use crate::check::Drafts;
use crate::diagnostic::{Code, Diagnostic, Messages, Report};
use crate::editor_files::WriteError;
use crate::model::{FileId, Lang};
use crate::parse::blank_sheet;
use crate::site::Site;
use crate::source::{self, OpenTexts, SourceTree};
use crate::{Options, Session};

/// A site in which a new file is made.
pub(super) struct Workspace<'m> {
    root: Utf8PathBuf,
    options: Options,
    tree: SourceTree,
    session: Session,
    pub(super) site: Site,
    /// The problems before.
    known: Report,
    pub(super) messages: &'m Messages,
    pub(super) answers: Answers<'m>,
}

impl<'m> Workspace<'m> {
    pub(super) fn open(arguments: &SiteArguments, messages: &'m Messages) -> Result<Self> {
        let (tree, _) = source::read(&arguments.root)?;
        let options = arguments.options(None, Drafts::Include);
        let mut session = Session::default();
        let (edition, known) = session.edition_of(&tree, &options);
        let missing = || Failure::Message(messages.ui("new.no_site", &[("folder", arguments.root.as_str().into())]));
        let site = edition.ok_or_else(missing)?.site;
        let root = arguments.root.clone();
        Ok(Self { root, options, tree, session, site, known, messages, answers: Answers::new(messages) })
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.site.catalogue
    }

    /// The language that the site's editors write in.
    pub(super) fn lang(&self) -> Lang {
        self.site.settings.language()
    }

    pub(super) fn today(&self) -> Date {
        self.options.as_of
    }

    /// The responsible unit: as given, or chosen among all.
    pub(super) fn unit(&self, given: Option<&String>) -> Result<String> {
        let ids: Vec<UnitId> = self.catalogue().unit_ids().collect();
        let names: Vec<String> = (ids.iter().map(|id| &self.catalogue()[*id]))
            .map(|unit| format!("{} ({})", unit.name.or_own(self.lang()), unit.id))
            .collect();
        match given {
            Some(unit) => Ok(unit.clone()),
            None => {
                let chosen = self.answers.choose("--unit", "new.unit", &names)?;
                Ok(self.catalogue()[ids[chosen]].id.clone())
            }
        }
    }

    /// The plan nodes: as given, or chosen among those of the unit's administration whose plans hold in a year.
    pub(super) fn plan(&self, given: &[String], unit: &str, year: Option<i16>) -> Result<Vec<String>> {
        let is_named = |id: &UnitId| {
            let known = &self.catalogue()[*id];
            known.id.eq_ignore_ascii_case(unit) || known.name.or_own(self.lang()).eq_ignore_ascii_case(unit)
        };
        let administration = self.catalogue().unit_ids().find(is_named).map(|id| self.catalogue().administration(id));
        let holds = |id: &NodeId| {
            let plan = &self.catalogue()[self.catalogue()[*id].plan];
            let is_same = administration.is_none_or(|administration| administration == plan.administration);
            is_same && year.is_none_or(|year| plan.years().is_none_or(|years| years.contains(year)))
        };
        if !given.is_empty() || !self.answers.can_ask() {
            return Ok(given.to_vec());
        }
        let nodes: Vec<NodeId> = self.catalogue().node_ids().filter(holds).collect();
        let written = |id: &NodeId| {
            let node = &self.catalogue()[*id];
            (format!("{}:{}", self.catalogue()[node.plan].slug, node.code), node.title.or_own(self.lang()))
        };
        let names: Vec<String> = nodes.iter().map(written).map(|(code, title)| format!("{code} · {title}")).collect();
        let chosen = self.answers.choose_many("new.plan", &names)?;
        Ok(chosen.into_iter().map(|i| written(&nodes[i]).0).collect())
    }

    /// Writes a sheet of a kind, unless the site would have one more problem with it: then prints the problem, and writes
    /// nothing.
    pub(super) fn write(mut self, kind: &str, path: &str, given: &Map<String, Json>, text: &str) -> Result<Done> {
        let front = blank_sheet(kind, self.lang(), given).ok_or_else(|| Failure::Message(kind.to_owned()))?;
        let sheet = format!("{front}\n{text}\n");
        if self.tree.find(path).is_some() {
            let place = self.root.join(path);
            return Err(failed(self.messages)(WriteError { path: place, source: io::ErrorKind::AlreadyExists.into() }));
        }
        let unsaved = OpenTexts::from([(path.into(), sheet.as_str().into())]);
        let (tree, _) = source::list(&self.root)?.overlaid(&unsaved).read(&self.tree)?;
        let (_, report) = self.session.edition_of(&tree, &self.options);
        let problems = new_problems(&self.tree, &self.known, &tree, &report);
        let unread = [Code::BadDate, Code::BadNumber, Code::BadAmount, Code::BadAddress, Code::TwoDates];
        if problems.errors() > 0 || problems.iter().any(|problem| unread.contains(&problem.code)) {
            print_problems(&tree, &problems, PrintExtent::All, human_format(), self.messages)?;
            print_message(&self.messages.ui("new.not_written", &[]));
            return Ok(Done::Wrong);
        }
        create(&self.root, &[(path, sheet)], self.messages)?;
        writeln!(io::stdout(), "{}", self.root.join(path))?;
        print_message(&self.messages.ui("new.next", &[]));
        Ok(Done::Well)
    }
}

/// The problems that a tree didn't have before, when its files may have had other numbers.
fn new_problems(before: &SourceTree, known: &Report, tree: &SourceTree, report: &Report) -> Report {
    let identity = |tree: &SourceTree, problem: &Diagnostic| {
        let path = tree.file(problem.file).map(|file| file.path.clone());
        (path, format!("{:?}", Diagnostic { file: FileId::NONE, ..problem.clone() }))
    };
    let mut known_times: HashMap<_, usize> = HashMap::new();
    for problem in known.iter() {
        *known_times.entry(identity(before, problem)).or_default() += 1;
    }
    let mut new = Report::default();
    for problem in report.iter() {
        match known_times.get_mut(&identity(tree, problem)) {
            Some(times) if *times > 0 => *times -= 1,
            _ => new.add(problem.clone()),
        }
    }
    new
}
