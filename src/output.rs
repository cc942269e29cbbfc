//! The files of a site as values: their paths, and the functions that make their bytes. Nothing here touches the disk.

mod collisions;
mod file;
pub(crate) mod json;
mod path;

pub(crate) use collisions::collisions;
pub(crate) use file::Cause;
pub use file::{MakeError, OutputFile};
pub(crate) use path::{OWN_FOLDER, is_unseen};
pub use path::{OutputPath, OutputPathError};
