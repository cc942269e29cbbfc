//! Files that may have to be read, one by one.

use std::sync::Arc;

use camino::Utf8Path;

use super::entry::Entry;
use super::error::SourceError;
use super::load::load;
use super::tree::{Content, SourceFile, SourceTree};
use crate::diagnostic::Diagnostic;
use crate::incremental::file_stamp::FileStamp;
use crate::incremental::fingerprint;
use crate::model::FileId;

/// A file that may have to be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnreadFile<'f> {
    /// Number among the files.
    pub(crate) id: FileId,
    /// Path relative to the site's root.
    pub(crate) path: &'f Arc<str>,
    /// Stamp, if it can't have changed since without another one.
    pub(super) stamp: Option<FileStamp>,
    pub(super) from: ReadFrom<'f>,
}

/// Place from which a file is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum ReadFrom<'f> {
    Folder(&'f Utf8Path, &'f Entry),
    Tree(&'f SourceFile),
}

impl UnreadFile<'_> {
    /// A number that differs if the file was written again. Returns `None` if a write may leave no trace.
    pub(crate) fn stamp_fingerprint(&self) -> Option<u64> {
        Some(fingerprint(&self.stamp?))
    }

    /// Reads the file. The diagnostic is the reason for which it can't be read as what it should be, unless it was
    /// reported before.
    ///
    /// # Errors
    /// When it can't be read at all.
    pub(crate) fn read(&self) -> Result<(SourceFile, Option<Diagnostic>), SourceError> {
        let ReadFrom::Folder(root, entry) = self.from else { return Ok((self.unread(), None)) };
        let mut stamp_when_read = entry.stamp;
        let (content, problem) = load(root, self.id, entry, &mut stamp_when_read)?;
        // A file that was written after it was listed isn't the listed one.
        let stamp = self.stamp.filter(|stamp| stamp_when_read == Some(*stamp));
        Ok((SourceFile { path: self.path.clone(), content, stamp }, problem))
    }

    /// The file as far as it is read already, for callers that know its content.
    pub(crate) fn unread(&self) -> SourceFile {
        match self.from {
            ReadFrom::Folder(..) => {
                SourceFile { path: self.path.clone(), content: Content::Unloaded, stamp: self.stamp }
            }
            ReadFrom::Tree(file) => file.clone(),
        }
    }

    /// True if `earlier` is the file as it is now. A file that can't be read as text is read again, since its problem is
    /// reported again.
    pub(super) fn is_unchanged_since(&self, earlier: &SourceFile) -> bool {
        earlier.stamp.is_some() && earlier.stamp == self.stamp && !matches!(earlier.content, Content::Unreadable(_))
    }
}

impl SourceTree {
    /// The files as they are read already.
    pub(crate) fn unread_files(&self) -> Vec<UnreadFile<'_>> {
        let files = self.files();
        files
            .map(|(id, file)| UnreadFile { id, path: &file.path, stamp: file.stamp, from: ReadFrom::Tree(file) })
            .collect()
    }
}
