//! Everything that is kept between two builds, and the rules by which something counts as unchanged.
//!
//! | kept | where | keyed by | trusted by |
//! |---|---|---|---|
//! | parsed sheets with their problems | [`store::Store`], `sheets-*` | path and [`file_stamp::FileStamp`] | `parse` |
//! | texts of descriptions | beside them, as [`lazy_text::LazyText`] | offset and [`fingerprint`] | whoever shows the text |
//! | texts without problems | [`store::CleanTexts`] | fingerprint of the text and of what it is checked against | `check`, `site` |
//! | words of the search | `Store`, `search-*` | fingerprints of the documents | `export` |
//! | queries and stamp of each published file | [`build_cache::BuildCache`], in the published folder | path; [`query::Query`] and its fingerprint | `publish` |
//! | that nothing has changed | [`build_cache::UpToDateMark`], at its head | stamps of all sources and published files | `build` |
//! | results of the last edition | [`Last`] and [`LastEach`], in memory | the whole input of the function | `Session` |
//!
//! There are three ways to decide that something is the same, and no other: in memory the key of a [`Last`] is equal; on the
//! disk a fingerprint is equal; a file that isn't read has the same stamp. Nothing that is kept is ever needed: it may be deleted
//! at any time, and what is damaged or of another program counts as missing.

pub(crate) mod build_cache;
pub(crate) mod file_stamp;
mod last;
pub(crate) mod lazy_text;
pub(crate) mod query;
pub(crate) mod store;

use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;

pub(crate) use last::{ByPointer, Last, LastEach};

/// Number that differs, but for one chance in 2⁶⁴, between two values. It is the same in every run of one program, and may
/// differ between programs.
pub fn fingerprint(value: &(impl Hash + ?Sized)) -> u64 {
    FixedState::with_seed(0).hash_one(value)
}
