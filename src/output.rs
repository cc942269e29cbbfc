//! The files of a site as values: their paths, and the functions that make their bytes. Nothing here touches the disk.

mod collisions;
mod file;
pub(crate) mod json;
mod path;

pub use collisions::collisions;
pub use file::{Cause, MakeError, OutputFile};
pub use path::{OWN_FOLDER, OutputPath, OutputPathError, is_unseen};
