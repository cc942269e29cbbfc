#![deny(missing_docs)]
//! Vetro makes a transparency site out of what a city promised and what became of it.

pub mod model;
