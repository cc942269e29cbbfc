//! New files, and the messages if they can't be made.

use std::io;

use camino::Utf8Path;

use super::{Failure, Result};
use crate::diagnostic::Messages;
use crate::editor_files::{self, WriteError};
use crate::interrupt;
use crate::site::slug;

/// Writes new files, completely even if the process is interrupted.
pub(super) fn create<P: AsRef<Utf8Path>>(folder: &Utf8Path, files: &[(P, String)], messages: &Messages) -> Result<()> {
    interrupt::flag();
    editor_files::create(folder, files).map_err(failed(messages))
}

/// Makes the message of a file that isn't written.
pub(super) fn failed(messages: &Messages) -> impl Fn(WriteError) -> Failure + '_ {
    move |error| {
        let path = ("path", error.path.as_str().into());
        match error.source.kind() {
            io::ErrorKind::AlreadyExists => Failure::Message(messages.ui("new.taken", &[path])),
            _ => {
                Failure::Message(messages.ui("new.unwritable", &[path, ("reason", (&error.source.to_string()).into())]))
            }
        }
    }
}

/// The name of a file or folder for a code or title, in letters that every system accepts and without the suffix of a
/// language.
pub(super) fn file_name(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { slug(text) }
}
