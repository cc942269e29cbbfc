//! Puts a finished site on the disk, and is the only part that writes there. It knows files, not pages.
//!
//! A published folder holds the site and, under [`OWN_FOLDER`], a manifest of the paths that are ours. A publication
//! makes every file, writes those that differ from the published ones into a staging folder, and only when all are there
//! moves them over. So until the first move nothing of the site has changed, and from then on each file is complete, the
//! old or the new one: new pages come before the pages that link to them, and old pages are removed last. A publication
//! that is interrupted in between is finished by the next one, since the manifest claims both sites while one becomes the
//! other.
//!
//! A file that is replaced by a folder of its name, or the other way round, is the exception: no system swaps the two
//! in one step, so for an instant neither exists.

#![expect(clippy::disallowed_methods, reason = "publish is the only writer, and reads what it wrote")]

mod commit;
mod destination;
mod error;
mod files;
mod layout;
mod lock;
mod manifest;
mod previous;
mod staging;
mod stream;

use std::ops::ControlFlow;

use self::layout::Layout;
use self::lock::Lock;
use self::manifest::Manifest;
use crate::incremental::build_cache::FileCache;
use crate::incremental::file_stamp::FINE_TICK;
#[cfg(doc)]
use crate::output::OWN_FOLDER;
use crate::output::{OutputFile, OutputPath, collisions};
pub use destination::{Claim, Destination, Refusal};
pub use error::{ManifestError, PublishError};
pub use previous::{published, read_cache, stamps};
pub(crate) use previous::{read, read_cache_head, read_notes, write_notes};

/// Summary of a publication, in files, and in bytes for those that it wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// Files that are new or whose bytes changed.
    pub written: usize,
    /// Files that were there with the same bytes and were left alone.
    pub unchanged: usize,
    /// Files of an earlier publication that are no longer made and were removed.
    pub removed: usize,
    /// The bytes of the files counted in `written`.
    pub bytes: u64,
}

/// Makes the folder hold exactly `files` beside whatever in it is not ours, or leaves the site as it was.
///
/// Files are made and written by the rayon pool that this is called in, one buffer for each thread, large ones piece by
/// piece; `progress` is called once for each file, from any thread, and returns whether to go on: once all are made it
/// isn't called any more. A file that has the stamp that `cache` knows is not made at all: it would come out the same. A
/// file that is already there with the same bytes is not touched, so publishing the same site twice writes nothing. A
/// foreign file that happens to hold the very bytes of a page becomes ours.
///
/// Every error but an [`Unwritable`](PublishError::Unwritable) or [`Unreadable`](PublishError::Unreadable) one comes
/// before the first move. Those do too as far as the system tells in advance (space, permissions); should it refuse a
/// move all the same, the site is between old and new as after an interruption: no file is cut short, and the next
/// publication finishes it.
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
    // A publication that couldn't clear its own folders writes no cache: so the next one clears them.
    cleared?;
    if !steps.is_empty() {
        // The cache is later than every file that it has a stamp of: so whatever is changed after it is known to be.
        std::thread::sleep(FINE_TICK);
    }
    previous::write_cache(destination, cache);
    Ok(published)
}

/// A site that is completely staged: only a list of moves remains to be done.
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
    let current = destination.read_manifest()?;
    let old = current.clone().unwrap_or_default();
    let paths: Vec<OutputPath> = files.iter().map(|file| file.path().clone()).collect();
    let new = Manifest::of(paths.clone());
    // Two handles of one list are compared at no cost.
    let new = if new == old { old.clone() } else { new };
    // The paths of a published site can't collide.
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
    let steps = commit::plan(destination, current.as_ref(), &layout, &staged)?;
    let published = Published {
        written: staged.files.len(),
        unchanged: files.len() - staged.files.len(),
        removed: layout.removable.len(),
        bytes: staged.bytes,
    };
    Ok(Prepared { published, steps })
}

#[cfg(test)]
mod tests;
