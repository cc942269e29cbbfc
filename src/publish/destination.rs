//! The folder that a site is published in, judged before anything is written.

use std::{fs, io};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::error::ManifestError;
use super::files::if_there;
use super::manifest::Manifest;
use crate::incremental::file_stamp::{self, FileStamp};
use crate::output::{OWN_FOLDER, OutputPath};

/// Name of the list of our own files.
const MANIFEST: &str = "manifest";

const REPOSITORY_MARKERS: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// The folders at the root of a system in which its people have their homes, one each.
const HOMES: [&str; 2] = ["home", "Users"];

/// Rule by which a file in the published folder is ours, and may be replaced and removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The list of files that the last publication left.
    Listed,
    /// As [`Listed`](Self::Listed), or, if there is no such list or it can't be read, the very bytes that the site has for
    /// the file's path.
    Adopted,
}

/// Every `Destination` was, when it was opened, a folder that may be filled with a site: missing, empty or published by
/// us before; apart from all sources; no home, repository or file-system root. It holds the folder's absolute path
/// without symbolic links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    root: Utf8PathBuf,
    /// The files that were published there when it was opened. `None` if nothing was.
    published: Option<Manifest>,
    claim: Claim,
    /// Stamp that the cache of the last publication had then: the cache was the last file to be written. `None` if there is
    /// no cache, or the file system doesn't keep the time of changes.
    cache_stamp: Option<FileStamp>,
}

impl Destination {
    /// Judges `output` and writes nothing; an output that is a link to a folder stands for that folder.
    ///
    /// `sources` are the files and folders that the site is made from.
    pub fn open(output: &Utf8Path, sources: &[Utf8PathBuf]) -> Result<Self, Refusal> {
        Self::open_by(output, sources, Claim::Listed)
    }

    /// Variant of [`open`](Self::open) with another rule for which files are ours.
    pub fn open_by(output: &Utf8Path, sources: &[Utf8PathBuf], claim: Claim) -> Result<Self, Refusal> {
        let root = resolve(output)?;
        refuse_system_folder(&root)?;
        for source in sources {
            refuse_relation(&root, resolve(source)?)?;
        }
        let published = refuse_foreign(&root, claim)?;
        let mut destination = Self { root, published, claim, cache_stamp: None };
        let cache = fs::metadata(destination.cache()).ok();
        destination.cache_stamp = cache
            .and_then(|cache| FileStamp::of(&cache))
            .filter(|_| file_stamp::keeps_change_times(&destination.root));
        Ok(destination)
    }

    /// Stamp of a published file that was not changed in any way since the last publication ended. Returns `None` if it was
    /// or may have been changed, or there is no such file.
    pub(super) fn current_stamp(&self, path: &OutputPath) -> Option<FileStamp> {
        let metadata = fs::symlink_metadata(self.place(path)).ok().filter(fs::Metadata::is_file)?;
        let stamp = FileStamp::of(&metadata)?;
        stamp.is_older_than(self.cache_stamp.as_ref()?).then(|| stamp.placed())
    }

    /// The published folder, absolute and without symbolic links.
    pub fn path(&self) -> &Utf8Path {
        &self.root
    }

    /// Absolute path of a published file or folder.
    pub(super) fn place(&self, path: impl AsRef<str>) -> Utf8PathBuf {
        self.root.join(path.as_ref())
    }

    pub(super) fn own_folder(&self) -> Utf8PathBuf {
        self.root.join(OWN_FOLDER)
    }

    pub(super) fn lock(&self) -> Utf8PathBuf {
        self.own_folder().join("lock")
    }

    /// The files that were published there when it was opened. Returns `None` if nothing was.
    pub(super) fn published(&self) -> Option<&Manifest> {
        self.published.as_ref()
    }

    /// The files that are published there now. Returns `None` if nothing is.
    pub(super) fn read_manifest(&self) -> Result<Option<Manifest>, ManifestError> {
        match (Manifest::read(&self.manifest(), self.published()), self.claim) {
            (Err(_), Claim::Adopted) => Ok(None),
            (manifest, _) => manifest,
        }
    }

    pub(super) fn manifest(&self) -> Utf8PathBuf {
        self.own_folder().join(MANIFEST)
    }

    /// Path at which a manifest is written before it is moved to its place.
    pub(super) fn next_manifest(&self) -> Utf8PathBuf {
        self.own_folder().join("manifest.next")
    }

    /// Path of the cache that a publication leaves for the next.
    pub(super) fn cache(&self) -> Utf8PathBuf {
        self.own_folder().join("cache")
    }

    /// Path at which a cache is written before it is moved to its place.
    pub(super) fn next_cache(&self) -> Utf8PathBuf {
        self.own_folder().join("cache.next")
    }

    /// Path of the notes for all builds to come.
    pub(super) fn notes(&self) -> Utf8PathBuf {
        self.own_folder().join("withdrawn")
    }

    /// Path at which notes are written before they are moved to their place.
    pub(super) fn next_notes(&self) -> Utf8PathBuf {
        self.own_folder().join("withdrawn.next")
    }

    pub(super) fn staging(&self) -> Utf8PathBuf {
        self.own_folder().join("staging")
    }

    pub(super) fn staged(&self, path: &OutputPath) -> Utf8PathBuf {
        self.staging().join(path.as_ref())
    }

    /// Folder for entries in whose place the site now has something of another kind, until they are removed.
    pub(super) fn displaced(&self) -> Utf8PathBuf {
        self.own_folder().join("displaced")
    }
}

/// Why a folder can't be filled with a site; all paths are absolute and without symbolic links.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The output is the root of a file system.
    #[error("output {output} is the root of a file system")]
    FileSystemRoot {
        /// The output.
        output: Utf8PathBuf,
    },
    /// The output is someone's home folder, or holds the home of whoever builds.
    #[error("output {output} is or holds the home folder {home}")]
    Home {
        /// The output.
        output: Utf8PathBuf,
        /// The home folder.
        home: Utf8PathBuf,
    },
    /// The output is a source of the site.
    #[error("output {output} is a source of the site")]
    Source {
        /// The output.
        output: Utf8PathBuf,
    },
    /// The output is inside a source of the site.
    #[error("output {output} lies in the source {folder}")]
    InSource {
        /// The output.
        output: Utf8PathBuf,
        /// The source.
        folder: Utf8PathBuf,
    },
    /// A source of the site is inside the output.
    #[error("output {output} holds the source {folder}")]
    HoldsSource {
        /// The output.
        output: Utf8PathBuf,
        /// The source.
        folder: Utf8PathBuf,
    },
    /// The output is not a folder.
    #[error("output {output} is not a folder")]
    NotAFolder {
        /// The output.
        output: Utf8PathBuf,
    },
    /// The output is the root of a repository of Git, Mercurial, Subversion or Jujutsu.
    #[error("output {output} is the root of a repository: it has {marker}")]
    Repository {
        /// The output.
        output: Utf8PathBuf,
        /// The file or folder that makes it one.
        marker: Utf8PathBuf,
    },
    /// The output holds something and was never published by us.
    #[error("output {output} is not empty and not ours: it has {found}")]
    NotOurs {
        /// The output.
        output: Utf8PathBuf,
        /// The first entry found that is not ours, by name.
        found: String,
    },
    /// The output has a list of our files that can't be read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The system did not let us read something.
    #[error("{path} can't be read")]
    Unreadable {
        /// The file or folder.
        path: Utf8PathBuf,
        /// Error of the system.
        source: io::Error,
    },
}

fn unreadable(path: &Utf8Path) -> impl FnOnce(io::Error) -> Refusal {
    move |source| Refusal::Unreadable { path: path.to_owned(), source }
}

/// The path without links and dots, as far as it exists; the rest is kept as it is written.
fn resolve(path: &Utf8Path) -> Result<Utf8PathBuf, Refusal> {
    let absolute = camino::absolute_utf8(path).map_err(unreadable(path))?;
    let mut resolved = Utf8PathBuf::new();
    for component in absolute.components() {
        match component {
            Utf8Component::ParentDir => drop(resolved.pop()),
            component => resolved.push(component),
        }
        let is_named = matches!(component, Utf8Component::Normal(_));
        if is_named && if_there(fs::symlink_metadata(&resolved)).map_err(unreadable(&resolved))?.is_some() {
            resolved = resolved.canonicalize_utf8().map_err(unreadable(&resolved))?;
        }
    }
    Ok(resolved)
}

fn refuse_system_folder(output: &Utf8Path) -> Result<(), Refusal> {
    let Some(parent) = output.parent() else {
        return Err(Refusal::FileSystemRoot { output: output.to_owned() });
    };
    let own_home = match std::env::home_dir().map(Utf8PathBuf::try_from) {
        Some(Ok(home)) if !home.as_str().is_empty() => Some(resolve(&home)?),
        _ => None,
    };
    if let Some(home) = own_home.filter(|home| home.starts_with(output)) {
        return Err(Refusal::Home { output: output.to_owned(), home });
    }
    let below_homes = parent.file_name().is_some_and(|name| HOMES.contains(&name));
    let is_home = below_homes && parent.parent().is_some_and(|above| above.parent().is_none());
    if is_home || output == "/root" {
        return Err(Refusal::Home { output: output.to_owned(), home: output.to_owned() });
    }
    Ok(())
}

fn refuse_relation(output: &Utf8Path, source: Utf8PathBuf) -> Result<(), Refusal> {
    let output = output.to_owned();
    if output == source {
        Err(Refusal::Source { output })
    } else if output.starts_with(&source) {
        Err(Refusal::InSource { output, folder: source })
    } else if source.starts_with(&output) {
        Err(Refusal::HoldsSource { output, folder: source })
    } else {
        Ok(())
    }
}

/// The files that were published in a folder, unless there is something that was not.
fn refuse_foreign(output: &Utf8Path, claim: Claim) -> Result<Option<Manifest>, Refusal> {
    let entries = match output.read_dir_utf8() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Refusal::NotAFolder { output: output.to_owned() });
        }
        entries => entries.map_err(unreadable(output))?,
    };
    for marker in REPOSITORY_MARKERS.map(|marker| output.join(marker)) {
        if if_there(fs::symlink_metadata(&marker)).map_err(unreadable(&marker))?.is_some() {
            return Err(Refusal::Repository { output: output.to_owned(), marker });
        }
    }
    let own = output.join(OWN_FOLDER);
    let is_own_folder = if_there(fs::symlink_metadata(&own))
        .map_err(unreadable(&own))?
        .is_none_or(|own| own.is_dir());
    let published = if is_own_folder { Manifest::read(&own.join(MANIFEST), None) } else { Ok(None) };
    match (published, claim) {
        (Ok(None) | Err(_), Claim::Adopted) => return Ok(None),
        (Ok(None), Claim::Listed) => {}
        (published, _) => return Ok(published?),
    }
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(unreadable(output))?.file_name().to_owned());
    }
    // A publication that was interrupted before its first move leaves no manifest, only its own folder.
    match names.into_iter().filter(|name| name != OWN_FOLDER || !is_own_folder).min() {
        Some(found) => Err(Refusal::NotOurs { output: output.to_owned(), found }),
        None => Ok(None),
    }
}
