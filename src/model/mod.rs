//! What an objective, project, target, date or amount **is**. Pure: no YAML, files, web pages or clock.

mod amount;
mod catalogue;
mod date;
mod decimal;
mod identifiers;
mod objective;
mod page;
mod people;
mod plan;
mod progress;
mod project;
mod record;
mod settings;
mod state;
mod target;
mod unit;

pub use catalogue::{
    Catalogue, NodeId, ObjectiveId, PageId, PlanId, ProjectId, Thread, ThreadId, ThreadPoint, UnitId, UpdateId,
};
pub use objective::{Indicator, Objective, Period, Phase};
pub use page::Page;
pub use plan::{Plan, PlanNode, Years};
pub use project::{Current, Funding, Milestone, Project, Update};
pub use record::{Approval, Attachment, Citation, Document, Extra, FileId, Markdown, Origin};
pub use settings::{BaseUrl, City, Colour, Licence, Links, NavItem, Settings, ThemeChoice};
pub use unit::{Contact, Unit};
