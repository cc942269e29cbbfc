//! The mistakes in a site's files, for the person who can correct them.

mod code;
mod messages;
mod near;
mod place;
mod print;
mod problem;
mod profile;
mod repair;
mod report;
mod rules;
mod ruling;

pub use code::{Code, Severity};
pub use messages::{Example, Messages, Page, tally};
pub use near::{Near, nearest};
pub use place::{KeyPath, Lines, Location, Place, Segment};
pub use print::{Format, Located, print, visible};
pub use problem::Diagnostic;
pub use profile::Profile;
pub use repair::{Repair, Rewording, Wording, certain};
pub use report::Report;
pub use rules::Rules;
pub use ruling::{Level, Ruling, Rulings};
