//! The only writer of editors' files: new ones, whole or not at all, and never over one that stands.

#![expect(clippy::disallowed_methods, reason = "writing is the only writer of editors' files")]

use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct WriteError {
    /// The file.
    pub path: Utf8PathBuf,
    /// What the system said; [`AlreadyExists`](io::ErrorKind::AlreadyExists) where something stands at its place.
    pub source: io::Error,
}

/// Makes new files below a folder, with the folders above them: pairs of a path and a text. Each file appears whole, or
/// doesn't: it is written beside its place and then given its name, which fails where somebody took the name meanwhile.
///
/// # Errors
/// When one can't be made, or something stands at its place; where that shows before the first is made, none is.
pub fn create<P: AsRef<Utf8Path>>(folder: &Utf8Path, files: &[(P, String)]) -> Result<(), WriteError> {
    let places: Vec<Utf8PathBuf> = files.iter().map(|(path, _)| folder.join(path)).collect();
    if let Some(path) = places.iter().find(|place| place.symlink_metadata().is_ok()) {
        return Err(WriteError { path: path.clone(), source: io::ErrorKind::AlreadyExists.into() });
    }
    for (path, (_, text)) in places.iter().zip(files) {
        one(path, text).map_err(|source| WriteError { path: path.clone(), source })?;
    }
    Ok(())
}

/// Whether a folder has nothing in it that isn't a tool's own, or isn't there.
///
/// # Errors
/// When it can't be read, or is no folder.
pub fn is_free(folder: &Utf8Path) -> Result<bool, WriteError> {
    let failed = |source| WriteError { path: folder.to_owned(), source };
    let entries = match folder.read_dir_utf8() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        if !entry.map_err(failed)?.file_name().starts_with('.') {
            return Ok(false);
        }
    }
    Ok(true)
}

fn one(path: &Utf8Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // Hidden from whoever reads the site in between. The permissions are those of any new file, less the user's mask.
    builder.prefix(".vetro-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8PathBuf::try_from(folder.path().to_owned()).expect("UTF-8");
        (folder, path)
    }

    #[test]
    fn new_files_come_with_their_folders_and_leave_nothing_else() {
        let (_kept, folder) = folder();
        create(&folder, &[("a/b.md", "uno".to_owned()), ("c.md", "due".to_owned())]).expect("two new files");
        assert_eq!(fs::read_to_string(folder.join("a/b.md")).expect("the first"), "uno");
        assert_eq!(fs::read_dir(folder.join("a")).expect("its folder").count(), 1);
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 2);
    }

    #[test]
    fn nothing_is_written_where_one_of_the_names_is_taken() {
        let (_kept, folder) = folder();
        fs::write(folder.join("c.md"), "di qualcuno").expect("a file of somebody");
        let error = create(&folder, &[("a.md", "uno".to_owned()), ("c.md", "due".to_owned())]).expect_err("taken");
        assert_eq!(error.source.kind(), io::ErrorKind::AlreadyExists);
        assert!(!folder.join("a.md").exists());
        assert_eq!(fs::read_to_string(folder.join("c.md")).expect("the file"), "di qualcuno");
    }

    #[test]
    fn a_folder_with_a_hidden_file_alone_is_free() {
        let (_kept, folder) = folder();
        assert!(is_free(&folder.join("none")).expect("nothing there"));
        fs::create_dir(folder.join(".git")).expect("a tool's folder");
        assert!(is_free(&folder).expect("a folder"));
        fs::write(folder.join("a"), "").expect("a file");
        assert!(!is_free(&folder).expect("a folder"));
    }
}
