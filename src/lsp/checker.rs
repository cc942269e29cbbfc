//! Checks on a thread of their own, so that nobody waits for them while typing.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use lsp_types::{Diagnostic, DiagnosticSeverity, NumberOrString, Range, TextEdit};

use super::names::SiteNames;
use super::text::{Encoding, Lines};
use crate::diagnostic::{Messages, Report, Severity};
use crate::source::{OpenTexts, SourceError, SourceTree};
use crate::{Edition, Options, Session, locate};

/// Time without typing before a check begins.
const QUIET: Duration = Duration::from_millis(120);

/// Maximum time that a check waits for somebody who types on and on.
const PATIENCE: Duration = Duration::from_millis(800);

/// Reason to check again.
pub(super) enum Wake {
    /// The open texts changed.
    Open(Arc<OpenTexts>),
    /// Files changed.
    Files,
}

/// Result of a check.
pub(super) struct Checked {
    /// The texts that were open.
    pub(super) open: Arc<OpenTexts>,
    pub(super) tree: SourceTree,
    pub(super) names: Arc<SiteNames>,
    /// The site as far as it could be made.
    pub(super) edition: Option<Edition>,
    /// The problems, by the path of the file.
    pub(super) problems: BTreeMap<Arc<str>, Vec<Problem>>,
}

/// A problem as it is sent to the client.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) published: Diagnostic,
    /// The change that repairs it.
    pub(super) fix: Option<Fix>,
}

/// A change that repairs a problem.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fix {
    pub(super) edit: TextEdit,
    /// True if nobody has to decide on it.
    pub(super) is_certain: bool,
}

pub(super) struct Checker {
    pub(super) root: Utf8PathBuf,
    pub(super) options: Options,
    pub(super) messages: Messages,
    pub(super) encoding: Encoding,
}

impl Checker {
    /// Checks at once and whenever it is woken, until the senders are gone. Of several wakes the last counts.
    pub(super) fn run(&self, wakes: &Receiver<Wake>, mut done: impl FnMut(Result<Checked, SourceError>)) {
        let mut session = Session::new(&self.root);
        let mut open = Arc::<OpenTexts>::default();
        let mut names = Arc::<SiteNames>::default();
        loop {
            let checked = session.edition(&self.options, &open, None);
            done(checked.map(|(tree, edition, report)| {
                let problems = self.problems(&tree, &report);
                names = Arc::new(SiteNames::of(&tree, &names, self.encoding));
                Checked { open: open.clone(), tree, names: names.clone(), edition, problems }
            }));
            let Ok(wake) = wakes.recv() else { return };
            let woken = Instant::now();
            let mut last = Some(wake);
            while let Some(wake) = last.take() {
                if let Wake::Open(texts) = wake {
                    open = texts;
                }
                if woken.elapsed() < PATIENCE {
                    match wakes.recv_timeout(QUIET) {
                        Ok(wake) => last = Some(wake),
                        Err(RecvTimeoutError::Timeout) => {}
                        Err(RecvTimeoutError::Disconnected) => return,
                    }
                }
            }
        }
    }

    fn problems(&self, tree: &SourceTree, report: &Report) -> BTreeMap<Arc<str>, Vec<Problem>> {
        let mut problems: BTreeMap<Arc<str>, Vec<Problem>> = BTreeMap::new();
        let located = locate(tree, report);
        for of_file in located.chunk_by(|a, b| a.path == b.path) {
            let text = tree.find(of_file[0].path).map(|id| tree.text(id)).unwrap_or_default();
            let lines = Lines::of(&text, self.encoding);
            let found = of_file.iter().map(|problem| {
                // A problem of a file as a whole is shown above its text.
                let range = if problem.text.is_empty() { Range::default() } else { lines.range(&problem.bytes) };
                let found = problem.diagnostic;
                let reason = found
                    .ruling
                    .as_ref()
                    .map(|ruling| format!("\n{}: {}", self.messages.ui("reason", &[]), ruling.reason));
                let (message, help) = (self.messages.message(found), self.messages.help(found));
                Problem {
                    published: Diagnostic {
                        range,
                        severity: Some(match found.severity() {
                            Some(Severity::Error) => DiagnosticSeverity::ERROR,
                            _ => DiagnosticSeverity::WARNING,
                        }),
                        code: Some(NumberOrString::String(found.code.id().to_owned())),
                        source: Some("vetro".to_owned()),
                        message: format!("{message}\n{help}{}", reason.unwrap_or_default()),
                        ..Diagnostic::default()
                    },
                    fix: problem.repair.as_ref().or(problem.likely.as_ref()).map(|repair| Fix {
                        edit: TextEdit { range: lines.range(&repair.bytes), new_text: repair.text.clone() },
                        is_certain: problem.repair.is_some(),
                    }),
                }
            });
            problems.entry(of_file[0].path.into()).or_default().extend(found);
        }
        problems
    }
}
