//! The list of the files that are ours in a published folder.

use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;

use super::error::ManifestError;
use super::files::if_there;
use crate::output::OutputPath;
use crate::regular_file;

const VERSION: &str = "vetro manifest 1";

/// Every `Manifest` is sorted and names no path twice.
///
/// On disk it is a line with the version, then one line for each path, each line ended by a line feed. It holds no time and
/// nothing about the machine: the same files give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Manifest(Arc<[OutputPath]>);

impl Manifest {
    pub(super) fn of(mut paths: Vec<OutputPath>) -> Self {
        paths.par_sort_unstable();
        paths.dedup();
        Self(paths.into())
    }

    /// Reads a manifest, in less time if it is still the one that was read `before`. Returns `None` if there is none.
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

    /// Paths that the other manifest lacks.
    pub(super) fn without<'a>(&'a self, other: &Self) -> Vec<&'a OutputPath> {
        if self == other {
            return Vec::new();
        }
        self.0.iter().filter(|path| !other.contains(path.as_ref())).collect()
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.0.binary_search_by(|ours| ours.as_ref().cmp(path)).is_ok()
    }

    /// True if one of the paths is in `folder`, at any depth: then we made the folder.
    pub(super) fn reaches_into(&self, folder: &str) -> bool {
        let inside = format!("{folder}/");
        let first = self.0.partition_point(|path| path.as_ref() < inside.as_str());
        self.0.get(first).is_some_and(|path| path.as_ref().starts_with(&inside))
    }

    pub(super) fn paths(&self) -> &[OutputPath] {
        &self.0
    }
}
