use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::code::{Code, Severity};
use super::place::{Place, Segment};
use super::problem::Diagnostic;
use super::profile::Profile;
use super::report::Report;
use super::ruling::{Ruling, Rulings};
use crate::model::FileId;

/// The rules that are on, with the rulings of the site and its records on single codes.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The file of these settings: `site.toml`.
    pub(crate) file: FileId,
    /// The profiles that are on.
    pub(crate) profiles: Vec<Profile>,
    /// Number of days before a deadline in which it is reported as due.
    pub(crate) due_days: u16,
    /// Rulings on single withdrawn pages, by their addresses without the slashes at the ends.
    pub(crate) withdrawn: BTreeMap<String, Arc<Ruling>>,
    site: Rulings,
    /// The rulings of records: by file, and by index in a file of several records.
    records: HashMap<(FileId, Option<usize>), Rulings>,
}

impl Default for Rules {
    fn default() -> Self {
        Self::new(FileId::NONE, Vec::new(), None, Rulings::new())
    }
}

impl Rules {
    /// The rules of a site whose records have no rulings; thirty days before a deadline by default.
    pub(crate) fn new(file: FileId, profiles: Vec<Profile>, due_days: Option<u16>, site: Rulings) -> Self {
        Self {
            file,
            profiles,
            due_days: due_days.unwrap_or(30),
            withdrawn: BTreeMap::new(),
            site,
            records: HashMap::new(),
        }
    }

    /// Adds the rulings of a record: the one of a file, or the `item`-th in it.
    pub(crate) fn add(&mut self, file: FileId, item: Option<usize>, rulings: Rulings) {
        if !rulings.is_empty() {
            self.records.insert((file, item), rulings);
        }
    }

    /// Applies the rulings of a record to the file that translates it, too.
    pub(crate) fn translate(&mut self, original: FileId, translation: FileId) {
        if let Some(rulings) = self.records.get(&(original, None)) {
            self.records.insert((translation, None), rulings.clone());
        }
    }

    /// True if a profile is on.
    pub(crate) fn has(&self, profile: Profile) -> bool {
        self.profiles.contains(&profile)
    }

    /// Gives each problem the ruling of its record, else of the site.
    ///
    /// Findings of rules in a file with errors are dropped: a value that can't be read is one mistake, and the gaps that it
    /// seems to leave are none.
    pub(crate) fn judge(&self, report: &mut Report) {
        let wrong: HashSet<FileId> = (report.diagnostics.iter())
            .filter(|problem| problem.code.severity() == Severity::Error)
            .map(|problem| problem.file)
            .collect();
        report
            .diagnostics
            .retain(|problem| problem.code.profile().is_none() || !wrong.contains(&problem.file));
        for problem in &mut report.diagnostics {
            problem.ruling = self.ruling(problem).cloned();
        }
    }

    fn ruling(&self, problem: &Diagnostic) -> Option<&Arc<Ruling>> {
        let item = match &problem.place {
            Place::Key(path, _) | Place::Value(path) => match path.0.first() {
                Some(Segment::Index(item)) => Some(*item),
                _ => None,
            },
            Place::File | Place::Bytes(_) => None,
        };
        let of_record = self.records.get(&(problem.file, item)).and_then(|rulings| rulings.get(&problem.code));
        // A withdrawn page has no record any more that could give the reason.
        let of_page = problem.arg("address").filter(|_| problem.code == Code::Withdrawn);
        let of_page = of_page.and_then(|address| self.withdrawn.get(address.trim_matches('/')));
        of_page.or(of_record).or_else(|| self.site.get(&problem.code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{KeyPath, Level};

    fn rulings(code: Code, level: Level) -> Rulings {
        Rulings::from([(code, Arc::new(Ruling { level, reason: "così vuole il piano".into() }))])
    }

    #[test]
    fn a_record_is_asked_before_the_site() {
        let mut rules = Rules::new(FileId::NONE, Vec::new(), None, rulings(Code::Capitals, Level::Error));
        rules.add(FileId(1), None, rulings(Code::Capitals, Level::Off));
        rules.add(FileId(2), Some(1), rulings(Code::Capitals, Level::Off));
        let mut report = Report::default();
        report.add(Diagnostic::new(Code::Capitals, FileId(0), KeyPath::of("title")));
        report.add(Diagnostic::new(Code::Capitals, FileId(1), KeyPath::of("title")));
        report.add(Diagnostic::new(Code::Capitals, FileId(2), KeyPath::default().index(0).key("name")));
        report.add(Diagnostic::new(Code::Capitals, FileId(2), KeyPath::default().index(1).key("name")));
        rules.judge(&mut report);
        assert_eq!((report.errors(), report.warnings(), report.silenced().count()), (2, 0, 2));
    }

    #[test]
    fn findings_of_rules_in_a_file_with_errors_are_dropped() {
        let mut report = Report::default();
        report.add(Diagnostic::new(Code::Capitals, FileId(0), Place::File));
        report.add(Diagnostic::new(Code::ImpossibleDay, FileId(0), Place::File));
        report.add(Diagnostic::new(Code::Capitals, FileId(1), Place::File));
        Rules::default().judge(&mut report);
        assert_eq!((report.errors(), report.warnings()), (1, 1));
    }
}
