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

pub(crate) use contents::Catalogue;
pub(crate) use document::Document;
pub(crate) use ids::{NodeId, ObjectiveId, PageId, PlanId, ProjectId, SeriesId, UnitId, UpdateId};
pub(crate) use indicator::Indicator;
pub(crate) use objective::{CONTINUED, Centre, Objective, Phase};
pub(crate) use page::Page;
pub(crate) use plan::{Plan, PlanNode};
pub(crate) use project::{Project, Update};
pub(crate) use series::{Series, SeriesPoint};
pub(crate) use unit::{Heads, Unit};

pub(crate) use crate::parse::{Approval, Citation, Contact, Funding, MarkdownField, Milestone, Period};
