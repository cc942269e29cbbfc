//! Certain repairs, tried on a site before any file is changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place, Repair, Report};
use crate::model::FileId;
use crate::parse::{self, CanonicalForms};
use crate::source::SourceTree;
use crate::{Options, Session};

/// Maximum number of rounds, each for the repairs that the one before made possible.
const ROUNDS: usize = 8;

/// A file that repairs change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The path relative to the site's root.
    pub path: Arc<str>,
    /// The bytes as they were read.
    pub before: Vec<u8>,
    /// The text as it was read.
    pub old: Arc<str>,
    /// The text with the repairs.
    pub new: Arc<str>,
}

/// The files that certain repairs change, in the order of their paths. Each repair corrects its mistake and makes no other:
/// the site is checked with it, and a harmful one is left out. The changed files need no more repairs.
///
/// `read` is the report of reading the tree.
pub fn mend(tree: SourceTree, read: &Report, options: &Options, forms: CanonicalForms) -> Vec<FileChange> {
    let mut session = Session::default();
    let mut trial = Attempt { tree, options, session: &mut session, old: BTreeMap::new() };
    // Other problems of a text are found only when it can be read, and so are no reason against reading it.
    let unread: Vec<Repair> = (parse::repairs(&trial.tree, read, CanonicalForms::AsWritten).into_iter())
        .filter(|repair| repair.mends == Some(Code::NotUtf8))
        .collect();
    let undo = trial.apply(&unread);
    trial.old.extend(undo);
    let mut report = trial.check();
    for _ in 0..ROUNDS {
        let repairs = parse::repairs(&trial.tree, &report, forms);
        if trial.apply_harmless(&repairs, &mut report) == 0 {
            break;
        }
    }
    let Attempt { tree, old, .. } = trial;
    let change = |(id, old): (FileId, Arc<str>)| {
        let path = tree.file(id)?.path.clone();
        let mut before = old.as_bytes().to_vec();
        if old.contains(char::REPLACEMENT_CHARACTER) {
            before.clear();
            tree.bytes(&path, &mut before).ok()?;
        }
        // If somebody has saved the file meanwhile, the repairs are for another text.
        (String::from_utf8_lossy(&before) == *old).then(|| FileChange { path, before, old, new: tree.text(id) })
    };
    old.into_iter().filter_map(change).collect()
}

struct Attempt<'t> {
    tree: SourceTree,
    options: &'t Options,
    session: &'t mut Session,
    /// The previous texts of files that are changed.
    old: BTreeMap<FileId, Arc<str>>,
}

impl Attempt<'_> {
    fn check(&mut self) -> Report {
        self.session.edition_of(&self.tree, self.options).1
    }

    /// Makes those of the repairs that do no harm, and returns their number. They are in the order of their places.
    fn apply_harmless(&mut self, repairs: &[Repair], report: &mut Report) -> usize {
        if repairs.is_empty() {
            return 0;
        }
        let undo = self.apply(repairs);
        let after = self.check();
        if does_no_harm(report, &after, repairs) {
            for (id, text) in undo {
                self.old.entry(id).or_insert(text);
            }
            *report = after;
            return repairs.len();
        }
        for (id, text) in undo {
            self.tree.rewrite(id, text);
        }
        if repairs.len() == 1 {
            return 0;
        }
        // The later half first, so that the places of the first half don't move.
        let (first, last) = repairs.split_at(repairs.len() / 2);
        self.apply_harmless(last, report) + self.apply_harmless(first, report)
    }

    /// Makes repairs, and returns the previous texts.
    fn apply(&mut self, repairs: &[Repair]) -> Vec<(FileId, Arc<str>)> {
        let of_files = repairs.chunk_by(|a, b| a.file == b.file);
        let apply = |of_file: &[Repair]| {
            let id = of_file[0].file;
            let old = self.tree.text(id);
            let mut new = String::with_capacity(old.len());
            let mut at = 0;
            for repair in of_file {
                new.push_str(&old[at..repair.bytes.start]);
                new.push_str(&repair.text);
                at = repair.bytes.end;
            }
            new.push_str(&old[at..]);
            self.tree.rewrite(id, new.into());
            (id, old)
        };
        of_files.map(apply).collect()
    }
}

/// True if repairs corrected as many problems as they were made for, and made none. A new problem that can certainly be
/// repaired was hidden before: a record whose unit is unknown isn't checked for its plan. The next round repairs it.
fn does_no_harm(before: &Report, after: &Report, repairs: &[Repair]) -> bool {
    let mut known: HashMap<_, usize> = HashMap::new();
    for problem in before.iter() {
        *known.entry(identity(problem)).or_default() += 1;
    }
    let mut remaining = 0;
    for problem in after.iter() {
        match known.get_mut(&identity(problem)) {
            Some(times) if *times > 0 => {
                *times -= 1;
                remaining += 1;
            }
            _ if problem.meant.is_some() => {}
            _ => return false,
        }
    }
    let corrected = repairs.iter().filter(|repair| repair.mends.is_some()).count();
    remaining + corrected <= before.iter().count()
}

/// The parts of a problem that stay when the text around it changes.
fn identity(problem: &Diagnostic) -> (FileId, Code, Option<&Place>, Vec<&str>) {
    let place = Some(&problem.place).filter(|place| !matches!(place, Place::Bytes(_)));
    let args = problem.args.iter().filter(|(name, _)| !matches!(&**name, "line" | "nearest"));
    (problem.file, problem.code, place, args.map(|(_, text)| text.as_str()).collect())
}
