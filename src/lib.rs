//! Vetro: a small compiler for public promises.

#![deny(missing_docs)]

pub mod diagnostic;
pub mod model;
pub mod site;
pub mod text;
