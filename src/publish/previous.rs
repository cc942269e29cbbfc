//! Files beside the site that one publication leaves for the next.

use std::fs::{self, File};
use std::io::{self, Read, Write};

use rayon::prelude::*;

use super::destination::Destination;
use super::error::{PublishError, unwritable};
use super::files::{if_there, put};
use super::lock::Lock;
use super::manifest::Manifest;
use crate::incremental::build_cache::FileCache;
use crate::incremental::file_stamp::FileStamp;
use crate::output::OutputPath;
use crate::regular_file;

/// Bytes of the cache that the last publication left. Returns `None` if there is none that can be read.
pub fn read_cache(destination: &Destination) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    regular_file::open(&destination.cache()).ok()?.read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// First bytes of that cache, and its length.
pub(crate) fn read_cache_head<const N: usize>(destination: &Destination) -> Option<([u8; N], u64)> {
    let mut file = regular_file::open(&destination.cache()).ok()?;
    let mut head = [0; N];
    file.read_exact(&mut head).ok()?;
    Some((head, file.metadata().ok()?.len()))
}

/// Current stamps of all files that had been published when the folder was opened. Returns `None` if one is missing or
/// none is known.
pub fn stamps(destination: &Destination) -> Option<Vec<(OutputPath, FileStamp)>> {
    let stamp = |path: &OutputPath| Some((path.clone(), destination.current_stamp(path)?));
    destination.published()?.paths().par_iter().map(stamp).collect()
}

/// The files that had been published when the folder was opened, in order.
pub fn published(destination: &Destination) -> &[OutputPath] {
    destination.published().map_or(&[], Manifest::paths)
}

/// Current bytes of one of them. Returns `None` if it is no longer there.
pub(crate) fn read(destination: &Destination, path: &OutputPath) -> Option<Vec<u8>> {
    regular_file::read(&destination.place(path)).ok()
}

/// The [notes](write_notes) that were written last. Returns `None` if there are none that can be read.
pub(crate) fn read_notes(destination: &Destination) -> Option<String> {
    regular_file::text(&destination.notes()).ok()
}

/// Writes a text for all builds to come, in place of the one before; an empty one removes it. Unlike the
/// [cache](read_cache) it outlives the program that wrote it.
///
/// # Errors
/// When it can't be written, or another publication is under way.
pub(crate) fn write_notes(destination: &Destination, text: &str) -> Result<(), PublishError> {
    if read_notes(destination).unwrap_or_default() == text {
        return Ok(());
    }
    let _lock = Lock::take(destination)?;
    let place = destination.notes();
    if text.is_empty() {
        return if_there(fs::remove_file(&place)).map(drop).map_err(unwritable(&place));
    }
    put(&destination.next_notes(), &place, text)
}

/// Writes the cache for the next publication. A site without one is as good a site: if there is no space, none is written.
pub(super) fn write_cache(destination: &Destination, cache: &impl FileCache) {
    let Some(pieces) = cache.bytes() else { return };
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
