//! Vetro: a small compiler for public promises.

#![deny(missing_docs)]

pub mod check;
pub mod diagnostic;
pub mod model;
pub mod output;
pub mod parse;
pub mod publish;
pub mod site;
pub mod source;
pub mod text;
