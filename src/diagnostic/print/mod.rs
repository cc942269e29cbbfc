//! Problems in writing: one format a file.

mod csv;
mod fingerprints;
mod format;
mod github;
mod gitlab;
mod human;
mod json;
mod located;
mod sarif;

pub use format::{Format, print};
pub(crate) use human::visible;
pub use located::Located;
