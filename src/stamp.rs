//! What tells that a file is still the same without reading it.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How a file stands: one that is written again has another time, and one that is put in its place another number.
///
/// A write that leaves the size and comes in the same tick of the file system's clock as the one before can't be told: see
/// [`is_settled`](Self::is_settled).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size in bytes.
    size: u64,
    /// When it was last written, in seconds and nanoseconds since 1970.
    written: (u64, u32),
    /// The number that the file system knows it by, where it has such.
    number: u64,
}

/// The longest tick of a file system's clock that is in use (FAT).
const TICK: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file; none where the system doesn't tell when it was written.
    pub fn of(file: &Metadata) -> Option<Self> {
        let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self { size: file.len(), written: (written.as_secs(), written.subsec_nanos()), number: number(file) })
    }

    /// What tells one program from another of the same name, such as the next version; none where the system doesn't say.
    #[expect(clippy::disallowed_methods, reason = "it is about the program, not about a site")]
    pub fn of_program() -> Option<Self> {
        Self::of(&std::env::current_exe().and_then(std::fs::metadata).ok()?)
    }

    /// Whether a write from `now` on would give another stamp: the last one is longer ago than a tick, and not to come.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let written = UNIX_EPOCH + Duration::new(self.written.0, self.written.1);
        now.duration_since(written).is_ok_and(|since| since > TICK)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_this_moment_or_of_tomorrow_may_change_unseen() {
        let stamp = |seconds| Stamp { size: 1, written: (seconds, 0), number: 1 };
        let now = UNIX_EPOCH + Duration::from_secs(100);
        assert_eq!(
            [90, 97, 99, 100, 101].map(|seconds| stamp(seconds).is_settled(now)),
            [true, true, false, false, false]
        );
    }
}
