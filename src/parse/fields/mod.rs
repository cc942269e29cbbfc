//! Records as editors write them: every key of every kind of file, declared once.

mod indicator;
mod objective;
mod page;
mod parts;
mod plan;
mod project;
mod rulings;
mod settings;
mod translation;
mod unit;

pub(crate) use indicator::{IndicatorFields, PeriodFields, UnreadWords};
pub(crate) use objective::{ObjectiveFields, PhaseFields};
pub(crate) use page::PageFields;
pub(super) use parts::PersonParts;
pub(crate) use parts::{Approval, Citation, DocumentFields, MarkdownField};
pub(crate) use plan::{NodeFields, PlanFields, validity};
pub(crate) use project::{Cost, Funding, Milestone, ProjectFields, UpdateFields};
pub(super) use rulings::RulingFields;
pub(super) use settings::{
    BrandTable, CheckTable, CityTable, CityWords, FeedsTable, Labels, LicenceTable, LinksTable, LinksWords, NavTable,
    PeopleTable, SiteFields, SiteTable, SiteWords, ThemeTable,
};
pub(crate) use translation::{IndicatorWords, PlanWords, SheetWords, TitleWords, UnitWords};
pub(super) use translation::{NodeWords, PhaseWords};
pub(crate) use unit::{Contact, HeadFields, UnitFields};
