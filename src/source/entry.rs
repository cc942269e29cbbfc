//! A file of a listing, before it is read.

use std::fs::Metadata;
use std::sync::Arc;

use super::gate::{self, Barred};
use super::paths::is_text;
use crate::incremental::file_stamp::FileStamp;

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: Arc<str>,
    pub(super) size: u64,
    pub(super) stamp: Option<FileStamp>,
    /// The file to which a link leads, if the path is or contains one: a path relative to the site's root.
    pub(super) link_target: Option<Arc<str>>,
    /// The reason for which it isn't read, if it isn't.
    pub(super) skipped: Option<SkipReason>,
    /// The text of an editor, in place of the saved one.
    pub(super) open: Option<Arc<str>>,
}

impl Entry {
    pub(super) fn new(path: Arc<str>, link_target: Option<Arc<str>>) -> Self {
        Self { path, size: 0, stamp: None, link_target, skipped: None, open: None }
    }

    pub(super) fn skipped(path: Arc<str>, reason: SkipReason) -> Self {
        Self { skipped: Some(reason), ..Self::new(path, None) }
    }

    pub(super) fn open(path: Arc<str>, text: Arc<str>) -> Self {
        Self { size: text.len() as u64, open: Some(text), ..Self::new(path, None) }
    }

    /// Records its size, and its stamp if the file system keeps the times of changes.
    pub(super) fn record_size(&mut self, file: &Metadata, keeps_times: bool) {
        (self.size, self.stamp) = (file.len(), FileStamp::of(file).filter(|_| keeps_times));
        let is_read_as_text = is_text(&self.path) && !self.path.starts_with("themes/");
        if !is_read_as_text && self.size > gate::limit(&self.path) {
            self.skipped = Some(SkipReason::Barred(Barred::TooLarge));
        }
    }
}

/// Reason for which a file isn't read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SkipReason {
    /// Link to something that may not be published, or no file.
    Barred(Barred),
    /// A name that is no UTF-8 text; the path is as near as text comes.
    Unnamed,
}
