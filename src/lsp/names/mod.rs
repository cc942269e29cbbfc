//! The names of a site, where they are defined and used: units, plan nodes, objectives, projects, milestones, series.
//!
//! They are read from the texts as they are, so that names are found while a site has problems. Every place is kept as the
//! client counts it: a search for the uses of a name reads no text.

mod index;
mod kind;
mod known;
mod scan;

pub(super) use index::{NameId, NameReader, SiteNames, TypedNames};
pub(super) use kind::{NameKind, defined, named, plain, stem};
pub(crate) use known::known;
