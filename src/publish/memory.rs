//! What one publication leaves for the next, beside the site.

use std::fs::{self, File};
use std::io::{self, Read, Write};

use rayon::prelude::*;

use super::commit::put;
use super::destination::Destination;
use super::manifest::Manifest;
use super::staging::{Lock, placed_stamp};
use super::{PublishError, if_there, unwritable};
use crate::incremental::file_stamp::FileStamp;
use crate::incremental::query::{Query, RecordId};
use crate::output::OutputPath;
use crate::regular_file;

/// What is known of files before they are made, and what is to be known of them in the next publication.
pub trait Memory: Sync {
    /// How a file was left, where it would come out the same if it were made again.
    fn left(&self, path: &OutputPath) -> Option<FileStamp>;

    /// Takes note of how a file is left, each once: with the facts that it read where it was made, else as it was.
    fn keep(&self, path: &OutputPath, stamp: FileStamp, read: Option<Vec<Query<RecordId>>>);

    /// What is to be kept of all that, in pieces that follow each other; none where that stands already.
    fn bytes(&self) -> Option<Vec<Vec<u8>>>;
}

/// No memory: every file is made.
impl Memory for () {
    fn left(&self, _: &OutputPath) -> Option<FileStamp> {
        None
    }

    fn keep(&self, _: &OutputPath, _: FileStamp, _: Option<Vec<Query<RecordId>>>) {}

    fn bytes(&self) -> Option<Vec<Vec<u8>>> {
        None
    }
}

/// What the last publication left; none where there is nothing, or nothing that can be read.
pub fn recall(destination: &Destination) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    regular_file::open(&destination.cache()).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The first bytes of that, and how many there are in all.
pub fn recall_head<const N: usize>(destination: &Destination) -> Option<([u8; N], u64)> {
    let mut file = regular_file::open(&destination.cache()).ok()?;
    let mut head = [0; N];
    file.read_exact(&mut head).ok()?;
    Some((head, file.metadata().ok()?.len()))
}

/// Every file that had been published there when the folder was opened, with how it stands now; none where one is missing or
/// none is known.
pub fn left(destination: &Destination) -> Option<Vec<(OutputPath, FileStamp)>> {
    let stands = |path: &OutputPath| Some((path.clone(), placed_stamp(destination, path)?));
    destination.published()?.paths().par_iter().map(stands).collect()
}

/// The files that had been published there, in order, when the folder was opened; none where nothing had.
pub fn published(destination: &Destination) -> &[OutputPath] {
    destination.published().map_or(&[], Manifest::paths)
}

/// The bytes of one of them as it stands now, where it does.
pub fn read(destination: &Destination, path: &OutputPath) -> Option<Vec<u8>> {
    regular_file::read(&destination.place(path)).ok()
}

/// What was [noted](note) last; none where nothing is, or what is there can't be read.
pub fn noted(destination: &Destination) -> Option<String> {
    regular_file::text(&destination.notes()).ok()
}

/// Notes a text for all builds to come, until another takes its place; an empty one leaves nothing. Unlike what is
/// [recalled](recall) it outlives the program that wrote it.
///
/// # Errors
/// When it can't be written, or another publication is under way.
pub fn note(destination: &Destination, text: &str) -> Result<(), PublishError> {
    if noted(destination).unwrap_or_default() == text {
        return Ok(());
    }
    let _lock = Lock::take(destination)?;
    let place = destination.notes();
    if text.is_empty() {
        return if_there(fs::remove_file(&place)).map(drop).map_err(unwritable(&place));
    }
    put(&destination.next_notes(), &place, text)
}

/// A site without memory is as good a site: should there be no space for it, it is left away.
pub(super) fn keep(destination: &Destination, memory: &impl Memory) {
    let Some(pieces) = memory.bytes() else { return };
    let next = destination.next_cache();
    let write = || {
        if_there(fs::remove_file(&next))?;
        let mut file = File::create_new(&next)?;
        pieces.iter().try_for_each(|piece| file.write_all(piece))?;
        fs::rename(&next, destination.cache())
    };
    let written: io::Result<()> = write();
    if written.is_err() {
        let _ = fs::remove_file(&next);
        let _ = fs::remove_file(destination.cache());
    }
}
