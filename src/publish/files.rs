//! Single files: missing ones, new ones, and texts that replace another.

use std::fs::{self, File};
use std::io::{self, Write};

use camino::Utf8Path;

use super::error::{PublishError, unwritable};

/// Turns the error of a missing file into `None`; a path that leads through a file is missing too.
pub(super) fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Creates a file, with the folders above it.
pub(super) fn create(path: &Utf8Path) -> io::Result<File> {
    match File::create(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            File::create(path)
        }
        created => created,
    }
}

/// Puts a complete text at `place`, by way of `next`.
pub(super) fn put(next: &Utf8Path, place: &Utf8Path, text: &str) -> Result<(), PublishError> {
    if let Err(source) = write_new(next, text) {
        // Half a text is of no use; should it remain, the next one takes its place.
        let _ = fs::remove_file(next);
        return Err(unwritable(next)(source));
    }
    fs::rename(next, place).map_err(unwritable(place))
}

/// Writes a text to a new file: writing over an existing one could follow a link out of the folder.
fn write_new(place: &Utf8Path, text: &str) -> io::Result<()> {
    if_there(fs::remove_file(place))?;
    File::create_new(place)?.write_all(text.as_bytes())
}
