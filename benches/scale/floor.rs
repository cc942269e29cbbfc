//! The least that publishing a site costs: its files written, or found to be there, by as many threads as there are.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use walkdir::WalkDir;

use crate::Result;
use crate::cost::{median, runs};
use crate::machine;
use crate::table::Row;

/// Files taken by a thread at once.
const SHARE: usize = 128;

/// What is written: the cost of a file is that of its name and its length, whatever is in it.
static BLOCK: [u8; 1 << 16] = [b'x'; 1 << 16];

/// Both floors, measured in another process since the list of files is large.
pub(crate) fn rows(sources: &Path, site: &Path, copy: &Path, times: u16) -> Result<[Row; 2]> {
    eprintln!("the floor");
    let both = runs(times, || measured_apart([sources, site, copy]))?;
    let threads = machine::threads();
    Ok([
        Row::of_floor(
            &format!("Floor: the same files written, {threads} threads"),
            median(both.iter().map(|both| both.0)),
        ),
        Row::of_floor(
            &format!("Floor: sources and the same files compared by stat, {threads} threads"),
            median(both.iter().map(|both| both.1)),
        ),
    ])
}

fn measured_apart(folders: [&Path; 3]) -> Result<(Duration, Duration)> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.arg("--floor").args(folders).stderr(Stdio::inherit()).output()?;
    let text = String::from_utf8(output.stdout)?;
    let (write, compare) = text.trim().split_once(' ').ok_or("the floor wasn't measured")?;
    Ok((Duration::from_nanos(write.parse()?), Duration::from_nanos(compare.parse()?)))
}

/// Prints the nanoseconds that writing a site of such files in a new folder takes, and comparing them and the sources, which
/// have to be found first.
pub(crate) fn print(sources: &Path, site: &Path, copy: &Path) -> Result<()> {
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for entry in WalkDir::new(site).sort_by_file_name() {
        let entry = entry?;
        let path = copy.join(entry.path().strip_prefix(site)?);
        if entry.file_type().is_dir() { folders.push(path) } else { files.push((path, entry.metadata()?.len())) }
    }
    let start = Instant::now();
    folders.iter().try_for_each(fs::create_dir_all)?;
    each(&files, |(path, length)| write(path, *length))?;
    let written = start.elapsed();
    let start = Instant::now();
    let sources: Vec<_> = WalkDir::new(sources).into_iter().collect::<std::result::Result<_, _>>()?;
    each(&sources, |entry| entry.path().symlink_metadata().map(|_| ()))?;
    each(&files, |(path, length)| match fs::symlink_metadata(path)?.len() == *length {
        true => Ok(()),
        false => Err(io::Error::other(format!("{} is cut short", path.display()))),
    })?;
    let compared = start.elapsed();
    fs::remove_dir_all(copy)?;
    println!("{} {}", written.as_nanos(), compared.as_nanos());
    Ok(())
}

fn write(path: &PathBuf, length: u64) -> io::Result<()> {
    let mut file = File::create(path)?;
    let mut left = usize::try_from(length).map_err(io::Error::other)?;
    while left > 0 {
        let part = left.min(BLOCK.len());
        file.write_all(&BLOCK[..part])?;
        left -= part;
    }
    Ok(())
}

/// Does something with every one of a list, on all threads.
fn each<T: Sync>(list: &[T], work: impl Fn(&T) -> io::Result<()> + Sync) -> io::Result<()> {
    let shares: Vec<&[T]> = list.chunks(SHARE).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let take = || {
            while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
                share.iter().try_for_each(&work)?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..machine::threads()).map(|_| scope.spawn(take)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().expect("a thread that doesn't panic"))
    })
}
