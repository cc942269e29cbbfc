//! A large site on the disk, in memory where there is such a folder, for benchmarks of those who write in it.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tempfile::TempDir;

use crate::corpus::{Corpus, Size, sites};

pub(crate) const SIZE: Size = Size { objectives: 10_000, projects: 2_000 };

/// The site: its folder, which goes with this, and a sheet of the newest year.
pub(crate) struct Site {
    _folder: TempDir,
    pub(crate) root: PathBuf,
    pub(crate) sheet: String,
}

impl Site {
    /// None where nothing is to be measured: `cargo test --all-targets` runs benchmarks too.
    pub(crate) fn wanted() -> io::Result<Option<Self>> {
        if !std::env::args().any(|argument| argument == "--bench") {
            println!("nothing is measured: this is for cargo bench");
            return Ok(None);
        }
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory)? } else { tempfile::tempdir()? };
        let root = fs::canonicalize(folder.path())?;
        let sheet = sites::lay(&Corpus::new(1, SIZE), &root)?;
        Ok(Some(Self { _folder: folder, root, sheet }))
    }
}
