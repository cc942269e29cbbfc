use std::io;

use camino::{Utf8Path, Utf8PathBuf};

/// Error of a site that can't be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The site's folder isn't a folder.
    #[error("{0} is not a folder")]
    NoRoot(Utf8PathBuf),
    /// An entry that can't be read; nothing is ever skipped.
    #[error("{path}: {source}")]
    Unreadable {
        /// The entry.
        path: String,
        /// The system's error.
        source: io::Error,
    },
}

/// Makes the error of a file that the system can't read.
pub(super) fn unreadable(path: &Utf8Path) -> impl Fn(io::Error) -> SourceError {
    move |source| SourceError::Unreadable { path: path.to_string(), source }
}
