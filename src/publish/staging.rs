//! Makes the files, and writes those that differ from the published ones to a folder of their own.

use std::cell::Cell;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::destination::Destination;
use super::error::{PublishError, unreadable, unwritable};
use super::files::{create, if_there};
use super::layout::{Layout, Transfer};
use super::stream::Stream;
use crate::incremental::build_cache::FileCache;
use crate::incremental::file_stamp::FileStamp;
use crate::output::{MakeError, OutputFile, OutputPath};

/// Number of bytes of a published file that are compared at a time.
const CHUNK: usize = 64 * 1024;

thread_local! {
    /// Bytes of the file that is made. Taken out while in use, since a thread that waits inside a maker may be given
    /// another file to make.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    /// Bytes of the published file that is compared.
    static PUBLISHED: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Removes what is staged or displaced, by this publication or by one that was interrupted.
pub(super) fn clear(destination: &Destination) -> Result<(), PublishError> {
    for folder in [destination.staging(), destination.displaced()] {
        let cleared = match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => fs::remove_file(&folder),
            cleared => cleared,
        };
        if_there(cleared).map_err(unwritable(&folder))?;
    }
    Ok(())
}

/// The files that differ from the published ones, each complete in the staging folder.
pub(super) struct Staged<'a> {
    pub(super) files: Vec<(&'a OutputPath, Replaced)>,
    pub(super) bytes: u64,
}

/// Published entry that a staged file replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Replaced {
    /// Nothing of its name, so it moves with its folder or alone.
    Nothing,
    /// A file of ours, which one rename replaces.
    File,
    /// A folder of ours, which must be moved away first.
    Folder,
}

/// The files that must be made: all but those that have the stamp that `cache` knows.
pub(super) fn outdated<'f, 's>(
    destination: &Destination,
    files: &'f [OutputFile<'s>],
    cache: &impl FileCache,
    go_on: &(impl Fn() -> Result<(), PublishError> + Sync),
) -> Result<Vec<&'f OutputFile<'s>>, PublishError> {
    let outdated = |file: &'f OutputFile<'s>| {
        let path = file.path();
        let known = cache.known_stamp(path).filter(|known| destination.current_stamp(path) == Some(*known));
        let Some(known) = known else { return Ok(Some(file)) };
        cache.keep(path, known, None);
        go_on().map(|()| None)
    };
    let outdated: Vec<Option<&OutputFile<'_>>> = files.par_iter().map(outdated).collect::<Result<_, _>>()?;
    Ok(outdated.into_iter().flatten().collect())
}

enum StageOutcome {
    Unchanged,
    Staged(Replaced, u64),
    Foreign(Vec<Utf8PathBuf>),
    Failed(MakeError),
}

/// Makes the files, and stages those that differ from the published ones.
pub(super) fn stage<'a>(
    destination: &Destination,
    files: &[&'a OutputFile<'_>],
    layout: &Layout<'_>,
    cache: &impl FileCache,
    go_on: &(impl Fn() -> Result<(), PublishError> + Sync),
) -> Result<Staged<'a>, PublishError> {
    // Once one file has failed nothing will be published, and the rest is only made to report what else is wrong.
    let has_failed = AtomicBool::new(false);
    let outcome = |file: &&'a OutputFile<'_>| -> Result<StageOutcome, PublishError> {
        let outcome = stage_file(destination, layout, file, cache, &has_failed);
        go_on()?;
        outcome
    };
    // Files that take long are neighbours: no thread should have many of them to itself.
    let outcomes: Vec<StageOutcome> = files.par_iter().with_max_len(64).map(outcome).collect::<Result<_, _>>()?;

    let mut staged = Staged { files: Vec::new(), bytes: 0 };
    let mut failed = Vec::new();
    let mut foreign = Vec::new();
    for (file, outcome) in files.iter().zip(outcomes) {
        match outcome {
            StageOutcome::Unchanged => {}
            StageOutcome::Staged(replaced, bytes) => {
                staged.files.push((file.path(), replaced));
                staged.bytes += bytes;
            }
            StageOutcome::Foreign(paths) => foreign.extend(paths),
            StageOutcome::Failed(error) => failed.push(error),
        }
    }
    if !failed.is_empty() {
        return Err(PublishError::Make(failed));
    }
    if !foreign.is_empty() {
        foreign.sort_unstable();
        foreign.dedup();
        return Err(PublishError::NotOurs(foreign));
    }
    Ok(staged)
}

/// Makes a file, stages it if it differs from the published one, and adds its stamp and queries to the cache.
fn stage_file<C: FileCache>(
    destination: &Destination,
    layout: &Layout<'_>,
    file: &OutputFile<'_>,
    cache: &C,
    has_failed: &AtomicBool,
) -> Result<StageOutcome, PublishError> {
    if file.is_in_pieces() {
        let (outcome, queries) = C::trace(|| stream(destination, layout, file));
        if let Ok((_, Some(stamp))) = &outcome {
            cache.keep(file.path(), *stamp, Some(queries));
        }
        return outcome.map(|(outcome, _)| outcome);
    }
    let mut bytes = BUFFER.take();
    let outcome = match C::trace(|| file.make(&mut bytes)) {
        (Err(error), _) => Ok(StageOutcome::Failed(error)),
        (Ok(()), _) if has_failed.load(Ordering::Relaxed) => Ok(StageOutcome::Unchanged),
        (Ok(()), queries) => compare_and_write(destination, layout, file.path(), &bytes).map(|(outcome, stamp)| {
            if let Some(stamp) = stamp {
                cache.keep(file.path(), stamp, Some(queries));
            }
            outcome
        }),
    };
    BUFFER.set(bytes);
    if matches!(outcome, Ok(StageOutcome::Failed(_))) {
        has_failed.store(true, Ordering::Relaxed);
    }
    outcome
}

/// Entry at a file's place.
enum PlacedFile {
    /// Entries that aren't ours, and would be lost.
    Foreign(Vec<Utf8PathBuf>),
    /// An entry that the file may replace, or none.
    Replaceable(Replaced),
    /// A file, ours or not.
    File(fs::Metadata),
}

fn placed_file(destination: &Destination, layout: &Layout<'_>, path: &OutputPath) -> Result<PlacedFile, PublishError> {
    Ok(match layout.transfer(path) {
        Transfer::Blocked(at) => PlacedFile::Foreign(vec![destination.place(at)]),
        Transfer::Missing(_) | Transfer::OverFile(_) => PlacedFile::Replaceable(Replaced::Nothing),
        Transfer::Open if layout.respelled.contains_key(path) => PlacedFile::Replaceable(Replaced::File),
        Transfer::Open => {
            let place = destination.place(path);
            match if_there(fs::symlink_metadata(&place)).map_err(unreadable(&place))? {
                None => PlacedFile::Replaceable(Replaced::Nothing),
                Some(metadata) if metadata.is_dir() => {
                    let foreign = foreign_within(destination, layout, path.as_ref())?;
                    if foreign.is_empty() {
                        PlacedFile::Replaceable(Replaced::Folder)
                    } else {
                        PlacedFile::Foreign(foreign)
                    }
                }
                Some(metadata) if metadata.is_file() => PlacedFile::File(metadata),
                Some(_) if is_ours(layout, path) => PlacedFile::Replaceable(Replaced::File),
                Some(_) => PlacedFile::Foreign(vec![place]),
            }
        }
    })
}

fn is_ours(layout: &Layout<'_>, path: &OutputPath) -> bool {
    layout.old.contains(path.as_ref())
}

fn compare_and_write(
    destination: &Destination,
    layout: &Layout<'_>,
    path: &OutputPath,
    bytes: &[u8],
) -> Result<(StageOutcome, Option<FileStamp>), PublishError> {
    let place = destination.place(path);
    let replaced = match placed_file(destination, layout, path)? {
        PlacedFile::Foreign(foreign) => return Ok((StageOutcome::Foreign(foreign), None)),
        PlacedFile::Replaceable(replaced) => replaced,
        PlacedFile::File(metadata) if metadata.len() == bytes.len() as u64 && has_bytes(&place, bytes)? => {
            return Ok((StageOutcome::Unchanged, FileStamp::of(&metadata).map(FileStamp::placed)));
        }
        PlacedFile::File(_) if is_ours(layout, path) => Replaced::File,
        PlacedFile::File(_) => return Ok((StageOutcome::Foreign(vec![place]), None)),
    };
    let staged = destination.staged(path);
    let stamp = write(&staged, bytes).map_err(unwritable(&staged))?;
    Ok((StageOutcome::Staged(replaced, bytes.len() as u64), stamp))
}

/// Variant of [`compare_and_write`] for a file that is never in memory as a whole: it is compared as it is made, and
/// written from the first piece that differs.
fn stream(
    destination: &Destination,
    layout: &Layout<'_>,
    file: &OutputFile<'_>,
) -> Result<(StageOutcome, Option<FileStamp>), PublishError> {
    let path = file.path();
    let (place, staged) = (destination.place(path), destination.staged(path));
    let (published, replaced) = match placed_file(destination, layout, path)? {
        PlacedFile::Foreign(foreign) => return Ok((StageOutcome::Foreign(foreign), None)),
        PlacedFile::Replaceable(replaced) => (None, replaced),
        PlacedFile::File(metadata) => (Some(metadata), Replaced::File),
    };
    let compared = published.is_some().then(|| File::open(&place)).transpose().map_err(unreadable(&place))?;
    let mut stream = Stream::new(compared, &place, &staged);
    let made = file.write(&mut stream);
    let (length, written) = match (stream.end(published.as_ref().map(fs::Metadata::len)), made) {
        (Err(failed), _) => return Err(failed),
        (Ok(_), Err(failed)) => return Ok((StageOutcome::Failed(failed), None)),
        (Ok(ended), Ok(())) => ended,
    };
    Ok(match (written, published) {
        (None, published) => {
            (StageOutcome::Unchanged, published.as_ref().and_then(FileStamp::of).map(FileStamp::placed))
        }
        (Some(_), Some(_)) if !is_ours(layout, path) => (StageOutcome::Foreign(vec![place]), None),
        (Some(stamp), _) => (StageOutcome::Staged(replaced, length), stamp),
    })
}

/// True if a file that has as many bytes as `bytes` has the same ones.
fn has_bytes(place: &Utf8Path, bytes: &[u8]) -> Result<bool, PublishError> {
    let mut file = File::open(place).map_err(unreadable(place))?;
    let mut published = PUBLISHED.take();
    published.resize(CHUNK, 0);
    let same = bytes.chunks(CHUNK).try_fold(true, |same, chunk| {
        let published = &mut published[..chunk.len()];
        Ok(same && if_complete(file.read_exact(published))? && published == chunk)
    });
    PUBLISHED.set(published);
    same.map_err(unreadable(place))
}

/// Turns the error of a file that became shorter since its size was read into `false`.
fn if_complete(read: io::Result<()>) -> io::Result<bool> {
    match read {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn write(staged: &Utf8Path, bytes: &[u8]) -> io::Result<Option<FileStamp>> {
    let mut file = create(staged)?;
    file.write_all(bytes)?;
    Ok(FileStamp::of(&file.metadata()?).map(FileStamp::placed))
}

/// Entries that are not ours in a folder: it is ours itself if the old site has files in it, and so is each folder in it.
fn foreign_within(
    destination: &Destination,
    layout: &Layout<'_>,
    folder: &str,
) -> Result<Vec<Utf8PathBuf>, PublishError> {
    let place = destination.place(folder);
    if !layout.old.reaches_into(folder) {
        return Ok(vec![place]);
    }
    let mut foreign = Vec::new();
    for entry in place.read_dir_utf8().map_err(unreadable(&place))? {
        let entry = entry.map_err(unreadable(&place))?;
        let path = format!("{folder}/{}", entry.file_name());
        if entry.file_type().map_err(unreadable(entry.path()))?.is_dir() {
            foreign.extend(foreign_within(destination, layout, &path)?);
        } else if !layout.old.contains(&path) {
            foreign.push(entry.path().to_owned());
        }
    }
    Ok(foreign)
}
