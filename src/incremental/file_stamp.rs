//! Stamps by which a file counts as unchanged without being read.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use camino::Utf8Path;
use serde::{Deserialize, Serialize};

/// Size, times and number of a file: a file that is written again has another time, even if its time of writing is put
/// back, and one that is put in its place has another number.
///
/// A write that leaves the size and comes in the same tick of the file system's clock as the one before can't be told: see
/// [`is_settled`](Self::is_settled). Some file systems keep no time of change: see [`keeps_change_times`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileStamp {
    /// Size in bytes.
    size: u64,
    /// Time of the last write, in seconds and nanoseconds since 1970.
    written: (u64, u32),
    /// Number by which the file system knows it, where it has such.
    number: u64,
    /// Time of the last change of anything, its times among that (`st_ctime`, POSIX.1-2024, §4.12): nobody can put it back.
    changed: (u64, u32),
}

/// The longest tick of a file system's clock that is in use (FAT).
const TICK: Duration = Duration::from_secs(2);

/// Longest tick of clocks with parts of seconds: two ticks of a kernel that counts a hundred a second.
pub(crate) const FINE_TICK: Duration = Duration::from_millis(20);

impl FileStamp {
    /// The stamp of a file. Returns `None` if the system doesn't know when it was written.
    pub fn of(file: &Metadata) -> Option<Self> {
        let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let written = (written.as_secs(), written.subsec_nanos());
        Some(Self { size: file.len(), written, number: number(file), changed: changed(file) })
    }

    /// The stamp without the time of change, since moving a file to its place counts as a change.
    #[must_use]
    pub(crate) fn placed(self) -> Self {
        Self { changed: (0, 0), ..self }
    }

    /// True if the file was certainly not changed since the last change of another: not in the same tick either.
    pub(crate) fn is_older_than(&self, other: &Self) -> bool {
        self.changed < other.changed
    }

    /// Stamp of this program, by which it differs from others of the same name, such as the next version. Returns `None` if
    /// the system doesn't know it.
    #[expect(clippy::disallowed_methods, reason = "it is about the program, not about a site")]
    pub(crate) fn of_program() -> Option<Self> {
        Self::of(&std::env::current_exe().and_then(std::fs::metadata).ok()?)
    }

    /// True if a write from `now` on would give another stamp: the last change is more than a tick ago, and not in the
    /// future.
    pub(crate) fn is_settled(&self, now: SystemTime) -> bool {
        let (seconds, nanoseconds) = if self.changed == (0, 0) { self.written } else { self.changed };
        let tick = if self.changed == (0, 0) || nanoseconds == 0 { TICK } else { FINE_TICK };
        now.duration_since(UNIX_EPOCH + Duration::new(seconds, nanoseconds))
            .is_ok_and(|since| since > tick)
    }
}

/// True if the file system of a folder keeps the time of each change. If it doesn't, only the bytes of a file show if it
/// has changed: on systems other than Unix, on FAT and exFAT, and on folders that another machine or a program lends.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn keeps_change_times(folder: &Utf8Path) -> bool {
    /// FAT, exFAT, CIFS, SMB2, FUSE, 9P, folders of virtual machines (`linux/magic.h` and the drivers' sources), in 32 bits.
    const OTHERS: [u32; 7] = [0x4d44, 0x2011_bab0, 0xff53_4d42, 0xfe53_4d42, 0x6573_5546, 0x0102_1997, 0x786f_4256];
    let is_other = |kind: i128| OTHERS.iter().any(|other| i128::from(*other) == kind & 0xffff_ffff);
    rustix::fs::statfs(folder.as_std_path()).is_ok_and(|system| !is_other(system.f_type.into()))
}

/// True if the file system of a folder keeps the time of each change: all that these systems use do.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(crate) fn keeps_change_times(_folder: &Utf8Path) -> bool {
    true
}

/// True if the file system of a folder keeps the time of each change: there is no such time on this system.
#[cfg(not(unix))]
pub(crate) fn keeps_change_times(_folder: &Utf8Path) -> bool {
    false
}

#[cfg(unix)]
fn changed(file: &Metadata) -> (u64, u32) {
    use std::os::unix::fs::MetadataExt;
    (u64::try_from(file.ctime()).unwrap_or(0), u32::try_from(file.ctime_nsec()).unwrap_or(0))
}

#[cfg(not(unix))]
fn changed(_file: &Metadata) -> (u64, u32) {
    (0, 0)
}

#[cfg(unix)]
fn number(file: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn number(_file: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_of_this_moment_or_of_the_future_may_change_without_a_new_stamp() {
        let now = UNIX_EPOCH + Duration::from_secs(100);
        let written =
            |seconds| FileStamp { size: 1, written: (seconds, 0), number: 1, changed: (0, 0) }.is_settled(now);
        assert_eq!([90, 97, 99, 100, 101].map(written), [true, true, false, false, false]);
        let changed = |time| FileStamp { size: 1, written: (7, 0), number: 1, changed: time }.is_settled(now);
        let times = [(97, 0), (99, 0), (99, 800_000_000), (99, 985_000_000), (100, 1)];
        assert_eq!(times.map(changed), [true, false, true, false, false]);
    }
}
