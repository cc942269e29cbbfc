//! Vetro, a static-site generator for public transparency pages.
#![deny(missing_docs)]

pub mod output;
pub mod publish;
