//! The list of the files that are ours in a published folder.

use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::if_there;
use crate::output::OutputPath;
use crate::regular_file;

const VERSION: &str = "vetro manifest 1";

/// Every `Manifest` is sorted and names no path twice.
///
/// On disk it is a line with the version, then a path a line, each line ended by a line feed. No time and no fact of the
/// machine is in it: the same files give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest(Arc<[OutputPath]>);

impl Manifest {
    pub(super) fn of(mut paths: Vec<OutputPath>) -> Self {
        paths.par_sort_unstable();
        paths.dedup();
        Self(paths.into())
    }

    /// `None` where no manifest stands. It costs less where what stands is what was read `before`.
    pub(super) fn read(path: &Utf8Path, before: Option<&Self>) -> Result<Option<Self>, ManifestError> {
        let unreadable = |source| ManifestError::Unreadable { path: path.to_owned(), source };
        let Some(text) = if_there(regular_file::text(path)).map_err(unreadable)? else {
            return Ok(None);
        };
        let unknown = |line| ManifestError::Unknown { path: path.to_owned(), line };
        let lines = text.strip_suffix('\n').ok_or_else(|| unknown(1))?;
        let paths = match lines.strip_prefix(VERSION) {
            Some("") => return Ok(Some(Self::default())),
            Some(paths) => paths.strip_prefix('\n').ok_or_else(|| unknown(1))?,
            None => return Err(unknown(1)),
        };
        if let Some(before) = before.filter(|before| before.0.iter().map(AsRef::as_ref).eq(paths.split('\n'))) {
            return Ok(Some(before.clone()));
        }
        match paths.par_split('\n').map(OutputPath::parse).collect() {
            Ok(paths) => Ok(Some(Self::of(paths))),
            Err(_) => Err(unknown(2 + paths.split('\n').take_while(|line| OutputPath::parse(line).is_ok()).count())),
        }
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::from(VERSION);
        for path in self.paths() {
            text.push('\n');
            text.push_str(path.as_ref());
        }
        text.push('\n');
        text
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        Self::of(self.0.iter().chain(other.paths()).cloned().collect())
    }

    /// Those of the paths that the other hasn't.
    pub(super) fn without<'a>(&'a self, other: &Self) -> Vec<&'a OutputPath> {
        if self == other {
            return Vec::new();
        }
        self.0.iter().filter(|path| !other.contains(path.as_ref())).collect()
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.0.binary_search_by(|ours| ours.as_ref().cmp(path)).is_ok()
    }

    /// Whether one of the paths lies in `folder`, at whatever depth: then the folder is one that we made.
    pub(super) fn reaches_into(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let first = self.0.partition_point(|path| path.as_ref() < inside.as_str());
        self.0.get(first).is_some_and(|path| path.as_ref().starts_with(&inside))
    }

    pub(super) fn paths(&self) -> &[OutputPath] {
        &self.0
    }
}

/// A manifest stands in the folder but does not tell what is ours.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The system did not let us read it, or it is not UTF-8.
    #[error("manifest {path} can't be read")]
    Unreadable {
        /// The manifest.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It was written by a version that we don't know, or changed by hand.
    #[error("line {line} of manifest {path} is unknown")]
    Unknown {
        /// The manifest.
        path: Utf8PathBuf,
        /// The first such line, from 1.
        line: usize,
    },
}
