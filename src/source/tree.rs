//! Every file of a site, as it was read.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::paths::is_text;
use crate::incremental::file_stamp::FileStamp;
use crate::incremental::fingerprint;
use crate::model::{FileId, Pixels};

/// Every file of a site, in the order of their paths. A copy shares them; two are equal if all their files are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceTree {
    root: Utf8PathBuf,
    files: Arc<Vec<SourceFile>>,
}

/// One file. Two are equal if their paths and contents are.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// The path relative to the site's root, `/`-separated.
    pub(crate) path: Arc<str>,
    /// Content of the file, as far as it is read.
    pub(crate) content: Content,
    /// Stamp, if it can't have changed since without another one.
    pub(super) stamp: Option<FileStamp>,
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        let is_same_text = match (&self.content, &other.content) {
            (Content::Text(text), Content::Text(other)) => Arc::ptr_eq(text, other),
            _ => false,
        };
        self.path == other.path && (is_same_text || self.content == other.content)
    }
}

/// Content of a file, as far as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// The text of a sheet, plan, catalogue or configuration.
    Text(Arc<str>),
    /// A text that isn't kept.
    Unloaded,
    /// A text that couldn't be read as one; the readable part is kept for the excerpt.
    Unreadable(Arc<str>),
    /// The bytes of a theme's file.
    Theme(Arc<[u8]>),
    /// A file that is published as it is.
    Attachment {
        /// Bytes.
        size: u64,
        /// Size on a page, if it is a picture that states it.
        pixels: Option<Pixels>,
        /// The file to which a link leads, if the path is or contains one: a path relative to the site's root.
        link_target: Option<Arc<str>>,
    },
}

impl SourceTree {
    /// A tree of files in the order of their paths.
    pub(super) fn new(root: Utf8PathBuf, files: Vec<SourceFile>) -> Self {
        Self { root, files: Arc::new(files) }
    }

    /// A site of texts, for tests and previews of what isn't saved: pairs of a path and a text. A path that isn't that of a
    /// text on disk gives a file beside the records.
    pub fn from_texts<P: AsRef<str>, T: AsRef<str>>(texts: impl IntoIterator<Item = (P, T)>) -> Self {
        let mut files: Vec<SourceFile> = texts
            .into_iter()
            .map(|(path, text)| SourceFile {
                path: path.as_ref().into(),
                content: match (path.as_ref(), text.as_ref()) {
                    (path, text) if path.starts_with("themes/") => Content::Theme(text.as_bytes().into()),
                    (path, text) if is_text(path) => Content::Text(text.into()),
                    (_, text) => Content::Attachment { size: text.len() as u64, pixels: None, link_target: None },
                },
                stamp: None,
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self::new(Utf8PathBuf::new(), files)
    }

    /// Replaces the text of a file by one that isn't saved; does nothing if the file is no text.
    pub fn rewrite(&mut self, id: FileId, text: Arc<str>) {
        let Some(file) = Arc::make_mut(&mut self.files).get_mut(id.0 as usize) else { return };
        if matches!(file.content, Content::Text(_) | Content::Unreadable(_)) {
            *file = SourceFile { path: file.path.clone(), content: Content::Text(text), stamp: None };
        }
    }

    /// The folder that was read.
    pub fn root(&self) -> &Utf8Path {
        &self.root
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files with their numbers.
    pub(crate) fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (FileId::at(i), file))
    }

    /// One file.
    pub(crate) fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The number of the file with a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let at = self.files.binary_search_by(|file| file.path.as_ref().cmp(path)).ok()?;
        Some(FileId::at(at))
    }

    /// True if one of the files is in a folder or below it.
    pub(super) fn has_folder(&self, folder: &Utf8Path) -> bool {
        let inside = format!("{folder}/");
        let first = self.files.partition_point(|file| &*file.path < inside.as_str());
        self.files.get(first).is_some_and(|file| file.path.starts_with(&inside))
    }

    /// The text of a file; empty if it has none.
    pub fn text(&self, id: FileId) -> Arc<str> {
        let Some(file) = self.file(id) else { return "".into() };
        match &file.content {
            Content::Text(text) | Content::Unreadable(text) => text.clone(),
            Content::Theme(bytes) => std::str::from_utf8(bytes).unwrap_or_default().into(),
            Content::Attachment { .. } => "".into(),
            Content::Unloaded => {
                let mut bytes = Vec::new();
                let read = self.bytes(&file.path, &mut bytes);
                read.map_or_else(|_| "".into(), |()| String::from_utf8_lossy(&bytes).into())
            }
        }
    }

    /// The bytes of a file as they are now, by its path relative to the root.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn bytes(&self, path: &str, into: &mut Vec<u8>) -> io::Result<()> {
        File::open(self.root.join(path))?.read_to_end(into).map(|_| ())
    }
}

impl Content {
    pub(super) fn link_target(&self) -> Option<Arc<str>> {
        if let Self::Attachment { link_target, .. } = self { link_target.clone() } else { None }
    }
}

impl SourceFile {
    /// A number that differs if the file was written again. Returns `None` if a write may leave no trace.
    pub(crate) fn stamp_fingerprint(&self) -> Option<u64> {
        Some(fingerprint(&self.stamp?))
    }

    /// Keeps its text no longer, if it is one of a folder, from which it can be read again.
    pub(crate) fn unload(&mut self) {
        if matches!(self.content, Content::Text(_)) {
            self.content = Content::Unloaded;
        }
    }
}
