//! What a process costs, and what it leaves.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;
use walkdir::WalkDir;

use crate::Result;

/// What running a program to its end took. CPU and memory are those that the system counted for this process alone.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// That of all threads together, in the program and in the system for it.
    pub(crate) cpu: Duration,
    /// The most memory that it held at once, in bytes.
    pub(crate) peak: u64,
}

impl Cost {
    /// Figure by figure.
    ///
    /// # Panics
    /// When there is nothing.
    pub(crate) fn median(costs: &[Self]) -> Self {
        Self {
            wall: median(costs.iter().map(|cost| cost.wall)),
            cpu: median(costs.iter().map(|cost| cost.cpu)),
            peak: median(costs.iter().map(|cost| cost.peak)),
        }
    }
}

/// The middle one, or the lower of the two in the middle.
pub(crate) fn median<T: Ord + Copy>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values[(values.len() - 1) / 2]
}

/// Does something so many times.
pub(crate) fn runs<T>(times: u16, mut run: impl FnMut() -> Result<T>) -> Result<Vec<T>> {
    (0..times).map(|_| run()).collect()
}

/// Runs a program to its end.
///
/// The system counts the memory of the process that starts a program as the program's, so this one has to stay small:
/// it holds no site.
pub(crate) fn of(command: &mut Command) -> Result<Cost> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let used = command.spawn()?.wait4()?;
    let wall = start.elapsed();
    if !used.status.success() {
        return Err(format!("{:?}: {}", command.get_program(), used.status).into());
    }
    Ok(Cost { wall, cpu: used.rusage.utime + used.rusage.stime, peak: used.rusage.maxrss })
}

/// What is in a folder.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    /// Pages for people.
    pub(crate) pages: u64,
    pub(crate) files: u64,
    pub(crate) bytes: u64,
}

impl Tally {
    /// That of a folder with all below it.
    pub(crate) fn of(folder: &Path) -> Result<Self> {
        let mut tally = Self::default();
        for entry in WalkDir::new(folder) {
            let entry = entry?;
            if entry.file_type().is_file() {
                tally.files += 1;
                tally.pages += u64::from(entry.path().extension().is_some_and(|extension| extension == "html"));
                tally.bytes += entry.metadata()?.len();
            }
        }
        Ok(tally)
    }
}
