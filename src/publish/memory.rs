//! What one publication leaves for the next, beside the site.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::destination::Destination;
use super::if_there;
use crate::output::OutputPath;
use crate::reads::{Fact, Record};

/// What is known of files before they are made, and what is to be known of them in the next publication.
pub trait Memory: Sync {
    /// How a file was left, where it would come out the same if it were made again.
    fn left(&self, path: &OutputPath) -> Option<Stamp>;

    /// Takes note of how a file is left: with the facts that it read where it was made, else as it was.
    fn keep(&self, path: &OutputPath, stamp: Stamp, read: Option<Vec<Fact<Record>>>);

    /// What is to be kept of all that; none where that stands already.
    fn bytes(&self) -> Option<Vec<u8>>;
}

/// No memory: every file is made.
impl Memory for () {
    fn left(&self, _: &OutputPath) -> Option<Stamp> {
        None
    }

    fn keep(&self, _: &OutputPath, _: Stamp, _: Option<Vec<Fact<Record>>>) {}

    fn bytes(&self) -> Option<Vec<u8>> {
        None
    }
}

/// What tells that a file is still the one that was left, without reading it: a file that is written again has another
/// time, and one that is put in its place another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size in bytes.
    size: u64,
    /// When it was last written, in seconds and nanoseconds since 1970.
    written: (u64, u32),
    /// The number that the file system knows it by, where it has such.
    number: u64,
}

impl Stamp {
    /// The stamp of a file; none where the system doesn't tell when it was written.
    pub fn of(file: &Metadata) -> Option<Self> {
        let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { size: file.len(), written: (written.as_secs(), written.subsec_nanos()), number: number(file) })
    }
}

#[cfg(unix)]
fn number(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn number(_file: &Metadata) -> u64 {
    0
}

/// What tells one program from another of the same name, such as the next version; none where the system doesn't say.
pub fn program() -> Option<Stamp> {
    Stamp::of(&std::env::current_exe().and_then(fs::metadata).ok()?)
}

/// What the last publication left; none where there is nothing, or nothing that can be read.
pub fn recall(destination: &Destination) -> Option<Vec<u8>> {
    fs::read(destination.cache()).ok()
}

/// A site without memory is as good a site: should there be no space for it, it is left away.
pub(super) fn keep(destination: &Destination, memory: &impl Memory) {
    let Some(bytes) = memory.bytes() else { return };
    let next = destination.next_cache();
    let write = || {
        if_there(fs::remove_file(&next))?;
        File::create_new(&next)?.write_all(&bytes)?;
        fs::rename(&next, destination.cache())
    };
    let written: io::Result<()> = write();
    if written.is_err() {
        let _ = fs::remove_file(&next);
        let _ = fs::remove_file(destination.cache());
    }
}
