//! A large file on its way: compared with what stands as long as it is the same, written from where it differs.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};

use camino::Utf8Path;

use super::{PublishError, create, unreadable, unwritable};
use crate::incremental::file_stamp::FileStamp;

/// How much is compared or written at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// Takes the bytes of one file in their order.
pub(super) struct Stream<'a> {
    place: &'a Utf8Path,
    staged: &'a Utf8Path,
    way: StreamTarget,
    /// How many bytes were taken.
    length: u64,
    failed: Option<PublishError>,
    piece: Vec<u8>,
}

enum StreamTarget {
    /// So far it is what stands.
    Same(BufReader<File>),
    Written(BufWriter<File>),
    /// Nothing stands, and nothing is written yet.
    Begins,
}

impl<'a> Stream<'a> {
    /// The way of a file to its place, which stays as it is; `standing` is what stands there.
    pub(super) fn new(standing: Option<File>, place: &'a Utf8Path, staged: &'a Utf8Path) -> Self {
        let way =
            standing.map_or(StreamTarget::Begins, |file| StreamTarget::Same(BufReader::with_capacity(PIECE, file)));
        Self { place, staged, way, length: 0, failed: None, piece: Vec::new() }
    }

    /// Gives the number of bytes, and the stamp of the staged file where the bytes aren't those of the file of `standing`
    /// bytes at its place.
    ///
    /// # Errors
    /// When something couldn't be read or written, from the first byte on.
    pub(super) fn end(mut self, standing: Option<u64>) -> Result<(u64, Option<Option<FileStamp>>), PublishError> {
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        if matches!(self.way, StreamTarget::Same(_)) && standing == Some(self.length) {
            return Ok((self.length, None));
        }
        self.part_ways()?;
        let StreamTarget::Written(file) = self.way else { return Ok((self.length, None)) };
        let file = file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .map_err(unwritable(self.staged))?;
        let metadata = file.metadata().map_err(unwritable(self.staged))?;
        Ok((self.length, Some(FileStamp::of(&metadata).map(FileStamp::placed))))
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), PublishError> {
        if let StreamTarget::Same(standing) = &mut self.way {
            self.piece.resize(bytes.len(), 0);
            match standing.read_exact(&mut self.piece) {
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
        self.part_ways()?;
        if let StreamTarget::Written(file) = &mut self.way {
            file.write_all(bytes).map_err(unwritable(self.staged))?;
            self.length += bytes.len() as u64;
        }
        Ok(())
    }

    /// From here on it is written, after what it has in common with what stands.
    fn part_ways(&mut self) -> Result<(), PublishError> {
        if matches!(self.way, StreamTarget::Written(_)) {
            return Ok(());
        }
        let mut file = BufWriter::with_capacity(PIECE, create(self.staged).map_err(unwritable(self.staged))?);
        if matches!(self.way, StreamTarget::Same(_)) {
            let standing = File::open(self.place).map_err(unreadable(self.place))?;
            io::copy(&mut standing.take(self.length), &mut file).map_err(unwritable(self.staged))?;
        }
        self.way = StreamTarget::Written(file);
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
            // Why is said once the maker has given up.
            Some(_) => Err(io::ErrorKind::Other.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
