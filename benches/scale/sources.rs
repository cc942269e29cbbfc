//! The sources of the measured sites on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use include_dir::{Dir, include_dir};
use walkdir::WalkDir;

use crate::Result;
use crate::corpus::{Corpus, Size, sites};

/// Hugo's settings, templates and stylesheet: the same records on pages that are plainer than Vetro's.
static HUGO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/benches/scale/hugo");

/// Writes the sources of Vetro's site.
pub(crate) fn write_vetro(root: &Path, seed: u64, size: Size) -> Result<()> {
    sites::lay(&Corpus::new(seed, size), root)?;
    Ok(())
}

/// Writes those of Hugo's.
pub(crate) fn write_hugo(root: &Path, seed: u64, size: Size) -> Result<()> {
    fs::create_dir_all(root)?;
    HUGO.extract(root)?;
    Ok(sites::hugo(&Corpus::new(seed, size), |path, text| write(&root.join(path), &text))?)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Waits until no file is so new that a change within the same tick of the file system's clock could pass unseen: until
/// then Vetro doesn't take it for unchanged.
pub(crate) fn settle() {
    std::thread::sleep(Duration::from_secs(3));
}

/// Reads every file once, so that the system has them at hand.
pub(crate) fn read(root: &Path) -> Result<()> {
    for entry in WalkDir::new(root) {
        let entry = entry?;
        if entry.file_type().is_file() {
            io::copy(&mut fs::File::open(entry.path())?, &mut io::sink())?;
        }
    }
    Ok(())
}

/// A change to a sheet, given its text and a word that it has not had yet.
pub(crate) type Change = fn(&str, &str) -> String;

/// A sentence more at the end.
pub(crate) const TEXT: Change = |text, word| format!("{text}\nUna frase in più: {word}.\n");

/// A word more in the title.
pub(crate) const TITLE: Change = |text, word| text.replacen("\ntitle: ", &format!("\ntitle: Edizione {word}, "), 1);

/// Changes to one sheet that can be undone.
pub(crate) struct Edit {
    path: PathBuf,
    original: String,
    made: u32,
}

impl Edit {
    /// The sheet in the middle of all objectives.
    pub(crate) fn of_an_objective(root: &Path) -> Result<Self> {
        let sheets = || {
            WalkDir::new(root.join("content/objectives"))
                .sort_by_file_name()
                .into_iter()
                .filter(|entry| entry.as_ref().map_or(true, |entry| entry.file_type().is_file()))
        };
        let middle = sheets().count() / 2;
        let path = sheets().nth(middle).ok_or("there is no objective")??.into_path();
        Ok(Self { original: fs::read_to_string(&path)?, path, made: 0 })
    }

    /// Makes the change to the original text, in other words than the last time.
    pub(crate) fn make(&mut self, change: Change) -> io::Result<()> {
        self.made += 1;
        fs::write(&self.path, change(&self.original, &format!("numero {}", self.made)))
    }

    /// Puts the original text back.
    pub(crate) fn undo(self) -> io::Result<()> {
        fs::write(&self.path, self.original)
    }
}
