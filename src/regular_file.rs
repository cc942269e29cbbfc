//! Files that an earlier run kept on the disk, opened only if they are regular files: somebody may have put anything in their
//! place.

#![expect(clippy::disallowed_methods, reason = "it opens the files that other modules keep")]

use std::fs::{self, File};
use std::io::{self, Read};

use camino::Utf8Path;

/// Maximum size of a kept file that is read at once, in bytes: the list of a million files has fewer.
pub(crate) const LIMIT: u64 = 256 << 20;

/// Error of a path at which something else is than a regular file.
#[derive(Debug, thiserror::Error)]
#[error("not a regular file")]
pub(crate) struct NoFile;

impl NoFile {
    /// True if an error is of this kind.
    pub(crate) fn is(error: &io::Error) -> bool {
        matches!(error.get_ref(), Some(cause) if cause.is::<Self>())
    }
}

/// The size of the file at a path, if it is a regular file. To open a pipe is to wait for its other end, a device may never
/// end, and a link may lead anywhere.
///
/// # Errors
/// When nothing is there, or something else: a folder, or [`NoFile`].
pub(crate) fn size(path: &Utf8Path) -> io::Result<u64> {
    match fs::symlink_metadata(path)? {
        file if file.is_file() => Ok(file.len()),
        folder if folder.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        _ => Err(io::Error::other(NoFile)),
    }
}

/// Opens the file at a path for reading.
///
/// # Errors
/// As of [`size`], and when it can't be opened.
pub(crate) fn open(path: &Utf8Path) -> io::Result<File> {
    size(path)?;
    File::open(path)
}

/// All bytes of the file at a path.
///
/// # Errors
/// As of [`open`], and when it has more than the [`LIMIT`].
pub(crate) fn read(path: &Utf8Path) -> io::Result<Vec<u8>> {
    if size(path)? > LIMIT {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of the file at a path.
///
/// # Errors
/// As of [`read`], and when it is no UTF-8.
pub(crate) fn text(path: &Utf8Path) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(|_| io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn only_a_file_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| Utf8Path::from_path(folder.path()).expect("UTF-8").join(name);
        fs::write(at("file"), "parole").expect("a file");
        fs::create_dir(at("folder")).expect("a folder");
        for (target, link) in [("file", "link"), ("loop", "loop"), ("/dev/zero", "zero")] {
            std::os::unix::fs::symlink(target, at(link)).expect("a link");
        }
        let _socket = std::os::unix::net::UnixListener::bind(at("socket")).expect("a socket");
        let made = std::process::Command::new("mkfifo")
            .arg(at("pipe"))
            .status()
            .expect("the system has pipes");
        assert!(made.success());
        let sparse = File::create(at("sparse")).and_then(|file| file.set_len(LIMIT + 1));
        sparse.expect("a long file without blocks");
        assert_eq!(text(&at("file")).expect("a text"), "parole");
        let kind = |name: &str| text(&at(name)).expect_err(name).kind();
        assert_eq!(kind("none"), io::ErrorKind::NotFound);
        assert_eq!(kind("folder"), io::ErrorKind::IsADirectory);
        assert_eq!(kind("sparse"), io::ErrorKind::FileTooLarge);
        for name in ["link", "loop", "zero", "socket", "pipe"] {
            let error = open(&at(name)).expect_err(name);
            assert!(NoFile::is(&error), "{name}");
        }
    }
}
