//! Folders in memory.

#![expect(clippy::disallowed_methods, reason = "the targets lay sites on a disk in memory")]

use std::fs;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// A folder of this process alone, on the disk in memory where there is one. It is gone when its owner is.
pub struct Folder(Utf8PathBuf);

impl Folder {
    /// An empty one.
    ///
    /// # Panics
    /// When there can't be one.
    #[expect(clippy::new_without_default, reason = "to make a folder is no default")]
    pub fn new() -> Self {
        let above = if Utf8Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" };
        let path = Utf8Path::new(above).join(format!("vetro-fuzz-{}", std::process::id()));
        let folder = Self(path);
        folder.clear();
        folder
    }

    /// Its path.
    pub fn path(&self) -> &Utf8Path {
        &self.0
    }

    /// Takes away all that is in it.
    ///
    /// # Panics
    /// When it can't.
    pub fn clear(&self) {
        let _ = fs::remove_dir_all(&self.0);
        fs::create_dir_all(&self.0).expect("memory takes a folder");
    }

    /// Writes files, but for those whose paths lead out of the folder or can't be there.
    pub fn fill<P: AsRef<str>, T: AsRef<str>>(&self, files: impl IntoIterator<Item = (P, T)>) {
        for (path, text) in files {
            let path = Utf8Path::new(path.as_ref());
            let is_below = path.components().all(|part| matches!(part, Utf8Component::Normal(_)));
            let place = self.0.join(path);
            if is_below && place.parent().is_some_and(|above| fs::create_dir_all(above).is_ok()) {
                let _ = fs::write(place, text.as_ref());
            }
        }
    }

    /// All files below one of its folders with their bytes, in order.
    ///
    /// # Panics
    /// When one can't be read.
    pub fn read(&self, below: &str) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.0.join(below), &mut files);
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(folder: &Utf8Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in folder.read_dir_utf8().into_iter().flatten() {
        let entry = entry.expect("the entry can be read");
        if entry.file_type().expect("the entry has a type").is_dir() {
            collect(entry.path(), files);
        } else {
            files.push((entry.path().to_string(), fs::read(entry.path()).expect("the file can be read")));
        }
    }
}
