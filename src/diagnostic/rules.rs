use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Code, Diagnostic, Place, Report, Segment, Severity};
use crate::model::FileId;

/// A family of rules that a site turns on together, in `site.toml` or with `--profile`. [`Profile::DEFAULT`] are on where
/// neither says anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// What makes a promise hard to measure.
    Quality,
    /// What says more of persons than transparency wants.
    People,
    /// What keeps readers from a text (WCAG 2.2).
    Accessibility,
    /// What D.Lgs. 33/2013 wants beside the content.
    Dlgs33,
    /// What is over and unpublished, and what falls due.
    Outcomes,
}

impl Profile {
    /// Every profile with its name in `site.toml` and on the command line.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Quality, "quality"),
        (Self::People, "people"),
        (Self::Accessibility, "accessibility"),
        (Self::Dlgs33, "dlgs33"),
        (Self::Outcomes, "outcomes"),
    ];

    /// The profiles of a site that names none: what every text can be held to, whoever publishes it.
    pub const DEFAULT: [Self; 3] = [Self::Quality, Self::People, Self::Accessibility];

    /// The profile that a code's rule belongs to; none where it is no rule's.
    pub(super) fn of(code: Code) -> Option<Self> {
        Some(match &code.id()[..3] {
            "V08" => Self::Quality,
            "V09" => Self::People,
            "V10" => Self::Accessibility,
            "V11" => Self::Dlgs33,
            "V12" => Self::Outcomes,
            _ => return None,
        })
    }
}

/// How much a site makes of what a rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Level {
    /// Nothing is published until it is mended.
    Error,
    /// It is said.
    Warning,
    /// It is kept, and said only to those who ask (`--show-silenced`).
    Off,
}

impl Level {
    /// Every level with its names in files.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Error, "error"),
        (Self::Warning, "warning"),
        (Self::Off, "off"),
        (Self::Error, "errore"),
        (Self::Warning, "avviso"),
        (Self::Off, "spenta"),
    ];
}

/// What a site or a record says of a code, and why. The reason is never blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// How much is made of it.
    pub level: Level,
    /// Why.
    pub reason: String,
}

/// What is said of codes. None of them is one that [forbids publishing](Code::severity) by itself.
pub type Rulings = BTreeMap<Code, Arc<Ruling>>;

/// Which rules are on, and what the site and its records say of single ones.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The file that says so: `site.toml`.
    pub file: FileId,
    /// The profiles that are on.
    pub profiles: Vec<Profile>,
    /// How many days ahead of a deadline it is said to fall due.
    pub due_days: u16,
    /// What is said of single pages that were withdrawn, by their addresses without the slashes at the ends.
    pub withdrawn: BTreeMap<String, Arc<Ruling>>,
    site: Rulings,
    /// By file, and by place in a file that holds several records.
    records: HashMap<(FileId, Option<usize>), Rulings>,
}

impl Default for Rules {
    fn default() -> Self {
        Self::new(FileId::NONE, Vec::new(), None, Rulings::new())
    }
}

impl Rules {
    /// The rules of a site whose records say nothing; thirty days ahead where none are given.
    pub fn new(file: FileId, profiles: Vec<Profile>, due_days: Option<u16>, site: Rulings) -> Self {
        Self {
            file,
            profiles,
            due_days: due_days.unwrap_or(30),
            withdrawn: BTreeMap::new(),
            site,
            records: HashMap::new(),
        }
    }

    /// Adds what a record says: the one of a file, or the `item`-th in it.
    pub fn add(&mut self, file: FileId, item: Option<usize>, rulings: Rulings) {
        if !rulings.is_empty() {
            self.records.insert((file, item), rulings);
        }
    }

    /// What is said of a record holds for the file that translates it, too.
    pub fn translate(&mut self, original: FileId, translation: FileId) {
        if let Some(rulings) = self.records.get(&(original, None)) {
            self.records.insert((translation, None), rulings.clone());
        }
    }

    /// Whether a profile is on.
    pub fn has(&self, profile: Profile) -> bool {
        self.profiles.contains(&profile)
    }

    /// Gives each problem the level that its record, else the site, wants.
    ///
    /// What rules found in a file with errors is left away: a value that can't be read is one mistake, and what it seems
    /// to lack for that is none.
    pub fn judge(&self, report: &mut Report) {
        let wrong: HashSet<FileId> = (report.diagnostics.iter())
            .filter(|problem| problem.code.severity() == Severity::Error)
            .map(|problem| problem.file)
            .collect();
        report
            .diagnostics
            .retain(|problem| problem.code.profile().is_none() || !wrong.contains(&problem.file));
        for problem in &mut report.diagnostics {
            problem.ruling = self.of(problem).cloned();
        }
    }

    fn of(&self, problem: &Diagnostic) -> Option<&Arc<Ruling>> {
        let item = match &problem.place {
            Place::Key(path, _) | Place::Value(path) => match path.0.first() {
                Some(Segment::Index(item)) => Some(*item),
                _ => None,
            },
            Place::File | Place::Bytes(_) => None,
        };
        let of_record = self.records.get(&(problem.file, item)).and_then(|rulings| rulings.get(&problem.code));
        // A page that was withdrawn has no record any more that could say why.
        let of_page = problem.arg("address").filter(|_| problem.code == Code::Withdrawn);
        let of_page = of_page.and_then(|address| self.withdrawn.get(address.trim_matches('/')));
        of_page.or(of_record).or_else(|| self.site.get(&problem.code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::KeyPath;

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
    fn what_a_rule_finds_in_a_file_with_errors_is_not_said() {
        let mut report = Report::default();
        report.add(Diagnostic::new(Code::Capitals, FileId(0), Place::File));
        report.add(Diagnostic::new(Code::ImpossibleDay, FileId(0), Place::File));
        report.add(Diagnostic::new(Code::Capitals, FileId(1), Place::File));
        Rules::default().judge(&mut report);
        assert_eq!((report.errors(), report.warnings()), (1, 1));
    }

    #[test]
    fn every_rule_is_of_the_profile_of_its_block_and_none_forbids_publishing_by_itself() {
        for code in Code::ALL {
            let later = code.id() >= "V08";
            assert_eq!(code.profile().is_some(), later, "{code}");
            assert!(!later || code.severity() == Severity::Warning, "{code}");
        }
    }
}
