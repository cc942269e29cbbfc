//! The only writer of editors' files: completely or not at all, and never over the text of somebody else.

#![expect(clippy::disallowed_methods, reason = "it is the only writer of editors' files")]

use std::fs;
use std::io::{self, Write};

use camino::{Utf8Path, Utf8PathBuf};

/// Error of a file that was not written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub(crate) struct WriteError {
    /// The file.
    pub(crate) path: Utf8PathBuf,
    /// The system's error; [`AlreadyExists`](io::ErrorKind::AlreadyExists) if its name is taken.
    pub(crate) source: io::Error,
}

/// Makes new files below a folder, with the folders above them: pairs of a path and a text. Each file appears completely or
/// not at all: it is written under another name and then renamed, which fails if somebody took its name meanwhile.
///
/// # Errors
/// When one can't be made, or its name is taken; if that is known before the first is made, none is.
pub(crate) fn create<P: AsRef<Utf8Path>>(folder: &Utf8Path, files: &[(P, String)]) -> Result<(), WriteError> {
    let places: Vec<Utf8PathBuf> = files.iter().map(|(path, _)| folder.join(path)).collect();
    if let Some(path) = places.iter().find(|place| place.symlink_metadata().is_ok()) {
        return Err(WriteError { path: path.clone(), source: io::ErrorKind::AlreadyExists.into() });
    }
    for (path, (_, text)) in places.iter().zip(files) {
        create_one(path, text).map_err(|source| WriteError { path: path.clone(), source })?;
    }
    Ok(())
}

/// Error of a file that was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplaceError {
    /// The file no longer has the text that was read.
    #[error("{0}: changed meanwhile")]
    Changed(Utf8PathBuf),
    /// The file can't be read or written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Replaces the bytes `before` of a file by `after`, and keeps its permissions. Whatever happens, it has one or the other:
/// the new text is written beside it and then renamed. Of a symbolic link, the file to which it leads is changed.
///
/// # Errors
/// When it has other bytes, may not be written, or there is no space.
pub(crate) fn replace(path: &Utf8Path, before: &[u8], after: &[u8]) -> Result<(), ReplaceError> {
    let failed = |source| WriteError { path: path.to_owned(), source };
    let place = path.canonicalize_utf8().map_err(failed)?;
    let permissions = place.metadata().map_err(failed)?.permissions();
    // A new name would hide that the file itself may not be written.
    if permissions.readonly() {
        return Err(failed(io::ErrorKind::PermissionDenied.into()).into());
    }
    fs::OpenOptions::new().write(true).open(&place).map_err(failed)?;
    let mut beside = tempfile::Builder::new()
        .prefix(".vetro-")
        .tempfile_in(place.parent().unwrap_or(Utf8Path::new(".")))
        .map_err(failed)?;
    beside.write_all(after).map_err(failed)?;
    beside.as_file().set_permissions(permissions).map_err(failed)?;
    beside.as_file().sync_all().map_err(failed)?;
    if fs::read(&place).map_err(failed)? != before {
        return Err(ReplaceError::Changed(path.to_owned()));
    }
    beside.persist(&place).map_err(|error| failed(error.error))?;
    Ok(())
}

/// True if a folder has no files except those of tools, or doesn't exist.
///
/// # Errors
/// When it can't be read, or is no folder.
pub(crate) fn is_free(folder: &Utf8Path) -> Result<bool, WriteError> {
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

fn create_one(path: &Utf8Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Utf8Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // Hidden from programs that read the site meanwhile. The permissions are those of any new file, less the user's mask.
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
    fn a_file_is_replaced_only_while_it_has_the_text_that_was_read() {
        let (_kept, folder) = folder();
        let path = folder.join("a.md");
        fs::write(&path, "di qualcuno").expect("a file");
        let error = replace(&path, b"uno", b"due").expect_err("it was changed");
        assert!(matches!(error, ReplaceError::Changed(changed) if changed == path));
        assert_eq!(fs::read_to_string(&path).expect("the file"), "di qualcuno");
        replace(&path, "di qualcuno".as_bytes(), b"due").expect("it stands");
        assert_eq!(fs::read_to_string(&path).expect("the file"), "due");
        assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1);
    }

    #[test]
    fn a_file_that_may_not_be_written_stays() {
        let (_kept, folder) = folder();
        let path = folder.join("a.md");
        fs::write(&path, "uno").expect("a file");
        let mut permissions = path.metadata().expect("the file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("it is ours");
        let error = replace(&path, b"uno", b"due").expect_err("read only");
        assert!(matches!(error, ReplaceError::Write(error) if error.source.kind() == io::ErrorKind::PermissionDenied));
        assert_eq!(fs::read_to_string(&path).expect("the file"), "uno");
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_permissions_and_the_links_to_it() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (_kept, folder) = folder();
        let (path, link) = (folder.join("a.md"), folder.join("b.md"));
        fs::write(&path, "uno").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("it is ours");
        symlink("a.md", &link).expect("a link");
        replace(&link, b"uno", b"due").expect("it stands");
        assert_eq!(fs::read_to_string(&path).expect("the file"), "due");
        assert_eq!(path.metadata().expect("the file").permissions().mode() & 0o777, 0o640);
        assert!(link.symlink_metadata().expect("the link").is_symlink());
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
