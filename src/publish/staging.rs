//! Makes the files and sets apart those that differ from what stands.

use std::cell::Cell;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::destination::Destination;
use super::layout::{Layout, Transfer};
use super::stream::Stream;
use super::{PublishError, create, if_there, unreadable, unwritable};
use crate::incremental::build_cache::FileCache;
use crate::incremental::file_stamp::FileStamp;
use crate::output::{MakeError, OutputFile, OutputPath};
use crate::regular_file;

/// How much of a standing file is compared at a time, in bytes.
const CHUNK: usize = 64 * 1024;

thread_local! {
    /// Taken out while in use, since a thread that waits inside a maker may be given another file to make.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static STANDING: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// While a `Lock` lives, nobody else publishes to the folder.
///
/// Its file stays afterwards: were it removed, two builds could hold locks on two files of its name.
pub(super) struct Lock(File);

impl Lock {
    pub(super) fn take(destination: &Destination) -> Result<Self, PublishError> {
        let own = destination.own_folder();
        fs::create_dir_all(&own).map_err(unwritable(&own))?;
        let path = destination.lock();
        if_there(regular_file::size(&path)).map_err(unwritable(&path))?;
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(unwritable(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(PublishError::Busy { output: destination.path().to_owned() }),
            Err(TryLockError::Error(source)) => Err(unwritable(&path)(source)),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone releases nothing as long as a child that another thread just started still has a copy of the
        // open file. If unlocking fails, closing is all that is left.
        let _ = self.0.unlock();
    }
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

/// The files that differ from what stands, each complete in the staging folder.
pub(super) struct Staged<'a> {
    pub(super) files: Vec<(&'a OutputPath, Replaced)>,
    pub(super) bytes: u64,
}

/// What a staged file comes to stand over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Replaced {
    /// Nothing of its name, so it moves with its folder or alone.
    Nothing,
    /// A file of ours, which one rename replaces.
    File,
    /// A folder of ours, which has to give way first.
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
        let known = cache.known_stamp(path).filter(|known| placed_stamp(destination, path) == Some(*known));
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

pub(super) fn stage<'a, C: FileCache>(
    destination: &Destination,
    files: &[&'a OutputFile<'_>],
    layout: &Layout<'_>,
    cache: &C,
    go_on: &(impl Fn() -> Result<(), PublishError> + Sync),
) -> Result<Staged<'a>, PublishError> {
    // Once one file has failed nothing will be published, and the rest is only made to hear what else is wrong.
    let hopeless = AtomicBool::new(false);
    let outcome = |file: &&'a OutputFile<'_>| -> Result<StageOutcome, PublishError> {
        if file.is_in_pieces() {
            let (outcome, queries) = C::trace(|| stream(destination, layout, file));
            if let Ok((_, Some(stamp))) = &outcome {
                cache.keep(file.path(), *stamp, Some(queries));
            }
            go_on()?;
            return outcome.map(|(outcome, _)| outcome);
        }
        let mut bytes = BUFFER.take();
        let outcome = match C::trace(|| file.make(&mut bytes)) {
            (Err(error), _) => Ok(StageOutcome::Failed(error)),
            (Ok(()), _) if hopeless.load(Ordering::Relaxed) => Ok(StageOutcome::Unchanged),
            (Ok(()), queries) => compare_and_write(destination, layout, file.path(), &bytes).map(|(outcome, stamp)| {
                if let Some(stamp) = stamp {
                    cache.keep(file.path(), stamp, Some(queries));
                }
                outcome
            }),
        };
        BUFFER.set(bytes);
        if matches!(outcome, Ok(StageOutcome::Failed(_))) {
            hopeless.store(true, Ordering::Relaxed);
        }
        go_on()?;
        outcome
    };
    // Files that take long lie side by side: no thread should have many of them to itself.
    let outcomes: Vec<StageOutcome> = files.par_iter().with_max_len(64).map(outcome).collect::<Result<_, _>>()?;

    let mut staged = Staged { files: Vec::new(), bytes: 0 };
    let mut failed = Vec::new();
    let mut foreign = Vec::new();
    for (file, outcome) in files.iter().zip(outcomes) {
        match outcome {
            StageOutcome::Unchanged => {}
            StageOutcome::Staged(over, bytes) => {
                staged.files.push((file.path(), over));
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

/// What stands at a file's place.
enum PlacedFile {
    /// What isn't ours, and would be lost.
    Foreign(Vec<Utf8PathBuf>),
    /// What the file may come to stand over.
    GivesWay(Replaced),
    /// A file, ours or not.
    File(fs::Metadata),
}

fn placed_file(destination: &Destination, layout: &Layout<'_>, path: &OutputPath) -> Result<PlacedFile, PublishError> {
    Ok(match layout.way(path) {
        Transfer::Blocked(at) => PlacedFile::Foreign(vec![destination.place(at)]),
        Transfer::Missing(_) | Transfer::OverFile(_) => PlacedFile::GivesWay(Replaced::Nothing),
        Transfer::Open if layout.respelled.contains_key(path) => PlacedFile::GivesWay(Replaced::File),
        Transfer::Open => {
            let place = destination.place(path);
            match if_there(fs::symlink_metadata(&place)).map_err(unreadable(&place))? {
                None => PlacedFile::GivesWay(Replaced::Nothing),
                Some(standing) if standing.is_dir() => {
                    let foreign = foreign_within(destination, layout, path.as_ref())?;
                    if foreign.is_empty() {
                        PlacedFile::GivesWay(Replaced::Folder)
                    } else {
                        PlacedFile::Foreign(foreign)
                    }
                }
                Some(standing) if standing.is_file() => PlacedFile::File(standing),
                Some(_) if is_ours(layout, path) => PlacedFile::GivesWay(Replaced::File),
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
    let over = match placed_file(destination, layout, path)? {
        PlacedFile::Foreign(foreign) => return Ok((StageOutcome::Foreign(foreign), None)),
        PlacedFile::GivesWay(over) => over,
        PlacedFile::File(standing) if standing.len() == bytes.len() as u64 && holds(&place, bytes)? => {
            return Ok((StageOutcome::Unchanged, FileStamp::of(&standing).map(FileStamp::placed)));
        }
        PlacedFile::File(_) if is_ours(layout, path) => Replaced::File,
        PlacedFile::File(_) => return Ok((StageOutcome::Foreign(vec![place]), None)),
    };
    let staged = destination.staged(path);
    let stamp = write(&staged, bytes).map_err(unwritable(&staged))?;
    Ok((StageOutcome::Staged(over, bytes.len() as u64), stamp))
}

/// The same for a file that nobody holds whole: it is compared as it is made, and written from the first piece that differs.
fn stream(
    destination: &Destination,
    layout: &Layout<'_>,
    file: &OutputFile<'_>,
) -> Result<(StageOutcome, Option<FileStamp>), PublishError> {
    let path = file.path();
    let (place, staged) = (destination.place(path), destination.staged(path));
    let (stands, over) = match placed_file(destination, layout, path)? {
        PlacedFile::Foreign(foreign) => return Ok((StageOutcome::Foreign(foreign), None)),
        PlacedFile::GivesWay(over) => (None, over),
        PlacedFile::File(metadata) => (Some(metadata), Replaced::File),
    };
    let compared = stands.is_some().then(|| File::open(&place)).transpose().map_err(unreadable(&place))?;
    let mut stream = Stream::new(compared, &place, &staged);
    let made = file.write(&mut stream);
    let (length, written) = match (stream.end(stands.as_ref().map(fs::Metadata::len)), made) {
        (Err(failed), _) => return Err(failed),
        (Ok(_), Err(failed)) => return Ok((StageOutcome::Failed(failed), None)),
        (Ok(ended), Ok(())) => ended,
    };
    Ok(match (written, stands) {
        (None, stands) => (StageOutcome::Unchanged, stands.as_ref().and_then(FileStamp::of).map(FileStamp::placed)),
        (Some(_), Some(_)) if !is_ours(layout, path) => (StageOutcome::Foreign(vec![place]), None),
        (Some(stamp), _) => (StageOutcome::Staged(over, length), stamp),
    })
}

/// Whether a file that has as many bytes as `bytes` has the same ones.
fn holds(place: &Utf8Path, bytes: &[u8]) -> Result<bool, PublishError> {
    let mut file = File::open(place).map_err(unreadable(place))?;
    let mut standing = STANDING.take();
    standing.resize(CHUNK, 0);
    let same = bytes.chunks(CHUNK).try_fold(true, |same, chunk| {
        let standing = &mut standing[..chunk.len()];
        Ok(same && if_complete(file.read_exact(standing))? && standing == chunk)
    });
    STANDING.set(standing);
    same.map_err(unreadable(place))
}

/// A file that became shorter since its size was read differs.
fn if_complete(read: io::Result<()>) -> io::Result<bool> {
    match read {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// How a file stands; none where there is none.
pub(super) fn placed_stamp(destination: &Destination, path: &OutputPath) -> Option<FileStamp> {
    let standing = fs::symlink_metadata(destination.place(path)).ok()?;
    destination.untouched(&standing).filter(|_| standing.is_file())
}

fn write(staged: &Utf8Path, bytes: &[u8]) -> io::Result<Option<FileStamp>> {
    let mut file = create(staged)?;
    file.write_all(bytes)?;
    Ok(FileStamp::of(&file.metadata()?).map(FileStamp::placed))
}

/// What is not ours in a folder: it is ours itself if the old site has files in it, and so is each folder in it.
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
