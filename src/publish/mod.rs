//! Puts a finished site on the disk, and is the only part that writes there. It knows files, not pages.
//!
//! A published folder holds the site and, under [`OWN_FOLDER`], a manifest of the paths that are ours. A publication
//! makes every file, writes those that differ from what stands into a staging folder, and only when all are there moves
//! them over. So until the first move nothing of the site has changed, and from then on each file is whole, the old or
//! the new one: pages that appear come before the pages that link to them, and pages that go leave last. Whoever is
//! interrupted in between is finished by the next publication, since the manifest claims both sites while one becomes
//! the other.
//!
//! A file that is replaced by a folder of its name, or the other way round, is the exception: no system swaps the two
//! in one step, so for an instant neither stands.

#![expect(clippy::disallowed_methods, reason = "publish is the only writer, and reads what it wrote")]

mod commit;
mod destination;
mod layout;
mod manifest;
mod previous;
mod staging;
mod stream;

use std::fs::{self, File};
use std::io;
use std::ops::ControlFlow;

use camino::{Utf8Path, Utf8PathBuf};

pub use self::destination::{Claim, Destination, Refusal};
use self::layout::Layout;
use self::manifest::Manifest;
pub use self::manifest::ManifestError;
pub use self::previous::{published, read, read_cache, read_cache_head, read_notes, stamps, write_notes};
use self::staging::Lock;
use crate::incremental::build_cache::FileCache;
use crate::incremental::file_stamp::FINE_TICK;
#[cfg(doc)]
use crate::output::OWN_FOLDER;
use crate::output::{MakeError, OutputFile, OutputPath, collisions};

/// What a publication did, in files, and in bytes for those that it wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Files that are new or whose bytes changed.
    pub written: usize,
    /// Files that stood there with the same bytes and were left alone.
    pub unchanged: usize,
    /// Files of an earlier publication that are made no longer and were removed.
    pub removed: usize,
    /// The bytes of the files counted in `written`.
    pub bytes: u64,
}

/// Makes the folder hold exactly `files` beside whatever in it is not ours, or leaves the site as it was.
///
/// Files are made and written by the rayon pool that this is called in, one buffer a thread, large ones piece by piece;
/// `progress` is called once for each file, from any of them, and says whether to go on: once all are made nothing is
/// asked any more. A file that has the stamp that `cache` knows is not made at all: it would
/// come out the same. A file that already stands with the same bytes is not touched, so publishing the
/// same site twice writes nothing. A foreign file that happens to hold the very bytes of a page becomes ours.
///
/// Every error but an [`Unwritable`](PublishError::Unwritable) or [`Unreadable`](PublishError::Unreadable) one comes
/// before the first move. Those do too as far as the system tells in advance (space, permissions); should it refuse a
/// move all the same, the site is left between old and new as an interruption leaves it: no file cut short, and the next
/// publication finishes.
pub fn publish(
    destination: &Destination,
    files: &[OutputFile<'_>],
    cache: &impl FileCache,
    progress: &(dyn Fn() -> ControlFlow<()> + Sync),
) -> Result<Published, PublishError> {
    let _lock = Lock::take(destination)?;
    staging::clear(destination)?;
    let prepared = prepare(destination, files, cache, progress).and_then(|prepared| {
        prepared.steps.iter().try_for_each(|step| step.run(destination))?;
        Ok(prepared)
    });
    let cleared = staging::clear(destination);
    let Prepared { published, steps } = prepared?;
    // Nothing is kept of a publication that has left something lying: so the next one clears it away.
    cleared?;
    if !steps.is_empty() {
        // What is kept is later than every file that it tells of: whatever is changed after it is known to be.
        std::thread::sleep(FINE_TICK);
    }
    previous::write_cache(destination, cache);
    Ok(published)
}

/// A site that is wholly staged: what is left to do is a list of moves.
struct Prepared {
    published: Published,
    steps: Vec<commit::Step>,
}

fn prepare(
    destination: &Destination,
    files: &[OutputFile<'_>],
    cache: &impl FileCache,
    progress: &(dyn Fn() -> ControlFlow<()> + Sync),
) -> Result<Prepared, PublishError> {
    let standing = destination.read_manifest()?;
    let old = standing.clone().unwrap_or_default();
    let paths: Vec<OutputPath> = files.iter().map(|file| file.path().clone()).collect();
    let new = Manifest::of(paths.clone());
    // Once they are one, to compare them costs nothing.
    let new = if new == old { old.clone() } else { new };
    // What is published already stands side by side.
    if new != old || new.paths().len() != paths.len() {
        let clashes = collisions(&paths);
        if !clashes.is_empty() {
            let pair = |(one, other): (usize, usize)| (paths[one].clone(), paths[other].clone());
            return Err(PublishError::Collisions(clashes.into_iter().map(pair).collect()));
        }
    }
    let go_on = || if progress().is_break() { Err(PublishError::Interrupted) } else { Ok(()) };
    let outdated = staging::outdated(destination, files, cache, &go_on)?;
    let layout = Layout::survey(destination, &old, &new, outdated.iter().map(|file| file.path()))?;
    let staged = staging::stage(destination, &outdated, &layout, cache, &go_on)?;
    let steps = commit::plan(destination, standing.as_ref(), &layout, &staged)?;
    let published = Published {
        written: staged.files.len(),
        unchanged: files.len() - staged.files.len(),
        removed: layout.leaving.len(),
        bytes: staged.bytes,
    };
    Ok(Prepared { published, steps })
}

/// Why a site was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// Whoever is told of the progress wants no more of it.
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
    /// Pairs of files that can't stand beside each other on every system, by the rule of [`collisions`].
    #[error("{} pairs of output paths meet", .0.len())]
    Collisions(Vec<(OutputPath, OutputPath)>),
    /// Files, links and folders that were not published by us stand where the site wants other bytes; move them away.
    /// All of them, in order.
    #[error("{} files in the output folder are not ours and in the way", .0.len())]
    NotOurs(Vec<Utf8PathBuf>),
    /// Files whose bytes could not be made: all of them, in the order given.
    #[error("{} files can't be made{}", .0.len(), first(.0))]
    Make(Vec<MakeError>),
    /// Something in the published folder can't be read.
    #[error("{path} can't be read")]
    Unreadable {
        /// The file or folder.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something in the published folder can't be written, moved or removed: no permission, no space.
    #[error("{path} can't be written")]
    Unwritable {
        /// The file or folder.
        path: Utf8PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// The first of the files that can't be made, with what stands in its way.
fn first(failed: &[MakeError]) -> String {
    failed
        .first()
        .map_or_else(String::new, |error| format!(", such as {}: {}", error.path, error.source))
}

fn unreadable(path: &Utf8Path) -> impl FnOnce(io::Error) -> PublishError {
    move |source| PublishError::Unreadable { path: path.to_owned(), source }
}

fn unwritable(path: &Utf8Path) -> impl FnOnce(io::Error) -> PublishError {
    move |source| PublishError::Unwritable { path: path.to_owned(), source }
}

/// A new file, with the folders above it.
fn create(path: &Utf8Path) -> io::Result<File> {
    match File::create(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create(path)
        }
        created => created,
    }
}

/// Lets a missing thing be `None`; a path that leads through a file is missing too.
fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
