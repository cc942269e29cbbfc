//! What is kept from one build to the next, and how it is decided that something is still the same.

pub mod file_stamp;
pub mod lazy_text;
pub mod query;
pub mod store;

use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;

/// A number that differs, but for one chance in 2⁶⁴, between two values. It is the same in every run of one program, and
/// not between programs.
pub fn fingerprint(value: &(impl Hash + ?Sized)) -> u64 {
    FixedState::with_seed(0).hash_one(value)
}
