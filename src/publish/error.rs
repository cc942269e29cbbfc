//! Reasons why a site can't be published.

use std::io;

use camino::{Utf8Path, Utf8PathBuf};

#[cfg(doc)]
use crate::output::collisions;
use crate::output::{MakeError, OutputPath};

/// Why a site was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Cancelled by the progress callback.
    #[error("interrupted")]
    Interrupted,
    /// Another publication into the same folder is under way.
    #[error("another build is publishing to {output}")]
    Busy {
        /// The published folder.
        output: Utf8PathBuf,
    },
    /// The list of our own files can't be read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Pairs of files that can't exist beside each other on every system, by the rule of [`collisions`].
    #[error("{} pairs of output paths meet", .0.len())]
    Collisions(Vec<(OutputPath, OutputPath)>),
    /// Files, links and folders that were not published by us and have other bytes than the site has for their paths; move
    /// them away. All of them, in order.
    #[error("{} files in the output folder are not ours and in the way", .0.len())]
    NotOurs(Vec<Utf8PathBuf>),
    /// Files whose bytes could not be made: all of them, in the order given.
    #[error("{} files can't be made{}", .0.len(), first_failure(.0))]
    Make(Vec<MakeError>),
    /// Something in the published folder can't be read.
    #[error("{path} can't be read")]
    Unreadable {
        /// The file or folder.
        path: Utf8PathBuf,
        /// Error of the system.
        source: io::Error,
    },
    /// Something in the published folder can't be written, moved or removed: no permission, no space.
    #[error("{path} can't be written")]
    Unwritable {
        /// The file or folder.
        path: Utf8PathBuf,
        /// Error of the system.
        source: io::Error,
    },
}

/// Why the manifest in a folder does not say which files are ours.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The system did not let us read it, or it is not UTF-8.
    #[error("manifest {path} can't be read")]
    Unreadable {
        /// The manifest.
        path: Utf8PathBuf,
        /// Error of the system.
        source: io::Error,
    },
    /// A list that was written by a version that we don't know, or changed by hand.
    #[error("line {line} of manifest {path} is unknown")]
    Unknown {
        /// The manifest.
        path: Utf8PathBuf,
        /// The first such line, from 1.
        line: usize,
    },
}

/// The first of the files that can't be made, with the reason.
fn first_failure(failed: &[MakeError]) -> String {
    failed
        .first()
        .map_or_else(String::new, |error| format!(", such as {}: {}", error.path, error.source))
}

pub(super) fn unreadable(path: &Utf8Path) -> impl FnOnce(io::Error) -> PublishError {
    move |source| PublishError::Unreadable { path: path.to_owned(), source }
}

pub(super) fn unwritable(path: &Utf8Path) -> impl FnOnce(io::Error) -> PublishError {
    move |source| PublishError::Unwritable { path: path.to_owned(), source }
}
