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
pub use gate::{Barred, pass, read as read_published};
pub use leftover::is_leftover;
pub use listing::{Listing, list, list_again, read, settings};
pub use paths::{ChangedPaths, FOLDERS, NAMED_FOLDERS, OpenTexts, SITE_FILE, TEXT_LIMIT};
pub use tree::{Content, SourceFile, SourceTree};
pub use unread::UnreadFile;
