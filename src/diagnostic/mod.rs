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

pub use code::{Code, NoSuchCode, Severity};
pub use messages::Messages;
pub(crate) use messages::tally;
pub(crate) use near::{Near, nearest};
pub use place::Location;
pub(crate) use place::{KeyPath, Lines, Place, Segment};
pub(crate) use print::visible;
pub use print::{Format, Located, print};
pub use problem::Diagnostic;
pub use profile::Profile;
pub(crate) use repair::{Repair, Rewording, Wording};
pub use report::Report;
pub use rules::Rules;
pub(crate) use ruling::{Level, Ruling, Rulings};
