//! A large file while it is made: compared with the published file as long as both are equal, written from where they
//! differ.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};

use camino::Utf8Path;

use super::error::{PublishError, unreadable, unwritable};
use super::files::create;
use crate::incremental::file_stamp::FileStamp;

/// Number of bytes that are compared or written at a time.
const PIECE: usize = 64 * 1024;

/// Takes the bytes of one file in their order.
pub(super) struct Stream<'a> {
    place: &'a Utf8Path,
    staged: &'a Utf8Path,
    target: StreamTarget,
    /// Number of bytes taken so far.
    length: u64,
    failed: Option<PublishError>,
    piece: Vec<u8>,
}

enum StreamTarget {
    /// All bytes so far are those of this published file.
    Same(BufReader<File>),
    Written(BufWriter<File>),
    /// There is no published file, and nothing is written yet.
    Empty,
}

impl<'a> Stream<'a> {
    /// A stream to `staged`, which is compared with `published`, the file at `place`, and never changes that.
    pub(super) fn new(published: Option<File>, place: &'a Utf8Path, staged: &'a Utf8Path) -> Self {
        let compare = |file| StreamTarget::Same(BufReader::with_capacity(PIECE, file));
        let target = published.map_or(StreamTarget::Empty, compare);
        Self { place, staged, target, length: 0, failed: None, piece: Vec::new() }
    }

    /// Returns the number of bytes, and the stamp of the staged file unless the bytes are those of the published file,
    /// which has `published` bytes.
    ///
    /// # Errors
    /// When something couldn't be read or written, from the first byte on.
    pub(super) fn end(mut self, published: Option<u64>) -> Result<(u64, Option<Option<FileStamp>>), PublishError> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        if matches!(self.target, StreamTarget::Same(_)) && published == Some(self.length) {
            return Ok((self.length, None));
        }
        self.begin_writing()?;
        let StreamTarget::Written(file) = self.target else { return Ok((self.length, None)) };
        let file = file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .map_err(unwritable(self.staged))?;
        let metadata = file.metadata().map_err(unwritable(self.staged))?;
        Ok((self.length, Some(FileStamp::of(&metadata).map(FileStamp::placed))))
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), PublishError> {
        if let StreamTarget::Same(published) = &mut self.target {
            self.piece.resize(bytes.len(), 0);
            match published.read_exact(&mut self.piece) {
                Ok(()) if self.piece == bytes => {
                    self.length += bytes.len() as u64;
                    return Ok(());
                }
                Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
                    return Err(unreadable(self.place)(error));
                }
                _ => {}
            }
        }
        self.begin_writing()?;
        if let StreamTarget::Written(file) = &mut self.target {
            file.write_all(bytes).map_err(unwritable(self.staged))?;
            self.length += bytes.len() as u64;
        }
        Ok(())
    }

    /// Creates the staged file, and copies to it the bytes that it has in common with the published one.
    fn begin_writing(&mut self) -> Result<(), PublishError> {
        if matches!(self.target, StreamTarget::Written(_)) {
            return Ok(());
        }
        let mut file = BufWriter::with_capacity(PIECE, create(self.staged).map_err(unwritable(self.staged))?);
        if matches!(self.target, StreamTarget::Same(_)) {
            let published = File::open(self.place).map_err(unreadable(self.place))?;
            io::copy(&mut published.take(self.length), &mut file).map_err(unwritable(self.staged))?;
        }
        self.target = StreamTarget::Written(file);
        Ok(())
    }
}

impl Write for Stream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_none() {
            self.failed = self.take(bytes).err();
        }
        match self.failed {
            None => Ok(bytes.len()),
            // The reason is returned by `end`, after the maker has given up.
            Some(_) => Err(io::ErrorKind::Other.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
