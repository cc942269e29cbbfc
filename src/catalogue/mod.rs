//! Everything that is published, with every reference resolved.
//!
//! A record is its sheet and its ties: the values of its own file, which it gives by its fields, and what only other files
//! tell, such as the unit that a name means. A tie that has the name of a field is what the words of that field mean.

#[macro_use]
mod sheet;

mod contents;
mod document;
mod ids;
mod indicator;
mod objective;
mod page;
mod plan;
mod project;
mod series;
mod unit;

pub use contents::{Catalogue, Current, ListedObjective};
pub use document::Document;
pub use ids::{NodeId, ObjectiveId, PageId, PlanId, ProjectId, SeriesId, UnitId, UpdateId};
pub use indicator::Indicator;
pub use objective::{CONTINUED, Centre, Objective, Phase};
pub use page::Page;
pub use plan::{Plan, PlanNode};
pub use project::{Project, Update};
pub use series::{Series, SeriesPoint};
pub use unit::{Heads, Unit};

pub use crate::parse::{Approval, Citation, Contact, Funding, MarkdownField, Milestone, Period};
