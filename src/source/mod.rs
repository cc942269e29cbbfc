//! The only reader: a site's files from disk, or from strings in tests. No byte is interpreted here except those that
//! state the size of a picture.

#![expect(clippy::disallowed_methods, reason = "source is the only reader")]

mod copies;
mod drawing;
mod entry;
mod error;
mod gate;
mod leftover;
mod listing;
mod load;
mod paths;
mod picture;
mod tree;
mod unread;
mod walk;

pub use error::SourceError;
pub(crate) use gate::{Barred, pass, read as read_published};
pub(crate) use leftover::is_leftover;
pub(crate) use listing::{Listing, list, list_again, read, settings};
pub use paths::SITE_FILE;
pub(crate) use paths::{ChangedPaths, FOLDERS, NAMED_FOLDERS, OpenTexts, TEXT_LIMIT};
pub use tree::SourceTree;
pub(crate) use tree::{Content, SourceFile};
pub(crate) use unread::UnreadFile;
