//! Makes the certain repairs of a site's files, each file after its changes were shown and agreed to.

use std::io::{self, Write};
use std::sync::atomic::Ordering;

use camino::Utf8Path;
use dialoguer::Confirm;
use similar::TextDiff;

use super::{Failure, print_message, question_theme};
use crate::autofix::{self, FileChange};
use crate::diagnostic::Messages;
use crate::editor_files::{self, ReplaceError};
use crate::parse::CanonicalForms;
use crate::{Options, interrupt, source};

/// Consent to changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    /// A person at a terminal decides for each file; without a terminal nobody does.
    Asked,
    /// The command line gives it.
    Given,
}

/// Shows the changes of each file on the standard output, and makes the accepted ones.
pub(super) fn run(
    root: &Utf8Path,
    options: &Options,
    forms: CanonicalForms,
    consent: Consent,
    messages: &Messages,
) -> Result<(), Failure> {
    let (tree, read) = source::read(root)?;
    let changes = autofix::mend(tree, &read, options, forms);
    let theme = question_theme().filter(|_| consent == Consent::Asked);
    let interrupted = interrupt::flag();
    let mut written = 0_usize;
    for change in &changes {
        if interrupted.load(Ordering::SeqCst) {
            print_message(&messages.ui("fix.written", &[("n", written.into())]));
            return Err(Failure::Interrupted);
        }
        show(change)?;
        let is_accepted = match (consent, &theme) {
            (Consent::Given, _) => true,
            (Consent::Asked, None) => false,
            (Consent::Asked, Some(theme)) => Confirm::with_theme(theme)
                .with_prompt(messages.ui("fix.agree", &[("path", (&*change.path).into())]))
                .interact()
                .map_err(|dialoguer::Error::IO(error)| error)?,
        };
        if is_accepted {
            let path = root.join(&*change.path);
            editor_files::replace(&path, &change.before, change.new.as_bytes()).map_err(failed(messages))?;
            written += 1;
        }
    }
    if written > 0 {
        print_message(&messages.ui("fix.written", &[("n", written.into())]));
    } else if changes.is_empty() {
        print_message(&messages.ui("fix.nothing", &[]));
    } else if consent == Consent::Asked && theme.is_none() {
        print_message(&messages.ui("fix.unasked", &[]));
    }
    Ok(())
}

fn show(change: &FileChange) -> io::Result<()> {
    let (old, new) = (format!("a/{}", change.path), format!("b/{}", change.path));
    let diff = TextDiff::from_lines(&*change.old, &*change.new);
    let mut out = io::stdout().lock();
    write!(out, "{}", diff.unified_diff().header(&old, &new))?;
    out.flush()
}

/// Makes the message of a file that isn't changed.
fn failed(messages: &Messages) -> impl Fn(ReplaceError) -> Failure + '_ {
    move |error| {
        Failure::Message(match error {
            ReplaceError::Changed(path) => messages.ui("fix.changed", &[("path", path.as_str().into())]),
            ReplaceError::Write(error) => {
                let reason = error.source.to_string();
                let args = [("path", error.path.as_str().into()), ("reason", (&reason).into())];
                messages.ui("fix.unwritable", &args)
            }
        })
    }
}
