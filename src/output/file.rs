//! A file of the site before it is written.

use std::error::Error;
use std::fmt;
use std::io::Write;

use super::path::OutputPath;

/// Error for which a file's bytes can't be made.
pub(crate) type Cause = Box<dyn Error + Send + Sync>;

enum Make<'a> {
    Whole(Box<MakeWhole<'a>>),
    InPieces(Box<MakePieces<'a>>),
}

type MakeWhole<'a> = dyn Fn(&mut Vec<u8>) -> Result<(), Cause> + Send + Sync + 'a;
type MakePieces<'a> = dyn Fn(&mut dyn Write) -> Result<(), Cause> + Send + Sync + 'a;

/// A file of the site before it is written: its path, and a pure function that makes its bytes as often as it is asked.
pub struct OutputFile<'a> {
    path: OutputPath,
    maker: &'static str,
    make: Make<'a>,
}

impl<'a> OutputFile<'a> {
    /// A file of which `make` appends the bytes to the buffer, the same at every call, from any thread.
    pub fn new(path: OutputPath, make: impl Fn(&mut Vec<u8>) -> Result<(), Cause> + Send + Sync + 'a) -> Self {
        OutputFile { path, maker: "", make: Make::Whole(Box::new(make)) }
    }

    /// A file that grows with the site, and so is never in memory as a whole: `make` writes the bytes piece by piece.
    pub(crate) fn in_pieces(
        path: OutputPath,
        make: impl Fn(&mut dyn Write) -> Result<(), Cause> + Send + Sync + 'a,
    ) -> Self {
        OutputFile { path, maker: "", make: Make::InPieces(Box::new(make)) }
    }

    /// The file with the name of its maker: a template or an export.
    pub fn by(self, maker: &'static str) -> Self {
        Self { maker, ..self }
    }

    /// Name of the template or export that makes the file; empty if none was given.
    pub fn maker(&self) -> &'static str {
        self.maker
    }

    /// The path in the published folder.
    pub fn path(&self) -> &OutputPath {
        &self.path
    }

    /// True if it may be large, and so is better [written](Self::write) than [made](Self::make).
    pub fn is_in_pieces(&self) -> bool {
        matches!(self.make, Make::InPieces(_))
    }

    /// Replaces the content of `bytes` by the file's bytes; after an error it is of no use.
    pub fn make(&self, bytes: &mut Vec<u8>) -> Result<(), MakeError> {
        bytes.clear();
        let made = match &self.make {
            Make::Whole(make) => make(bytes),
            Make::InPieces(make) => make(bytes),
        };
        made.map_err(|source| self.error(source))
    }

    /// Writes the file's bytes in their order; after an error the written part is of no use.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), MakeError> {
        let written = match &self.make {
            Make::Whole(make) => {
                let mut bytes = Vec::new();
                make(&mut bytes).and_then(|()| Ok(out.write_all(&bytes)?))
            }
            Make::InPieces(make) => make(out),
        };
        written.map_err(|source| self.error(source))
    }

    fn error(&self, source: Cause) -> MakeError {
        MakeError { path: self.path.clone(), source }
    }
}

impl fmt::Debug for OutputFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutputFile").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Error of a file whose bytes could not be made.
#[derive(Debug, thiserror::Error)]
#[error("{path} can't be made")]
pub struct MakeError {
    /// The file.
    pub path: OutputPath,
    /// The error of its maker.
    pub source: Cause,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OutputPath {
        OutputPath::parse(text).unwrap()
    }

    #[test]
    fn a_file_makes_its_bytes_anew_at_every_call() {
        let file = OutputFile::new(path("a"), |bytes| {
            bytes.extend_from_slice(b"page");
            Ok(())
        });
        let mut bytes = b"left over".to_vec();
        file.make(&mut bytes).unwrap();
        file.make(&mut bytes).unwrap();
        assert_eq!(bytes, b"page");
    }

    #[test]
    fn a_file_is_the_same_made_and_written_whole_and_in_pieces() {
        let whole = OutputFile::new(path("a"), |bytes| {
            bytes.extend_from_slice(b"one two");
            Ok(())
        });
        let pieces = OutputFile::in_pieces(path("a"), |out| {
            out.write_all(b"one ")?;
            Ok(out.write_all(b"two")?)
        });
        for file in [whole, pieces] {
            let (mut made, mut written) = (b"left over".to_vec(), Vec::new());
            file.make(&mut made).unwrap();
            file.write(&mut written).unwrap();
            assert_eq!((&*made, &*written), (&b"one two"[..], &b"one two"[..]));
        }
    }

    #[test]
    fn a_make_error_names_its_file() {
        let file = OutputFile::new(path("a/b"), |_| Err("no template".into()));
        let error = file.make(&mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "a/b can't be made");
        assert_eq!(error.source().unwrap().to_string(), "no template");
    }
}
