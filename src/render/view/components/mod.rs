//! Components that pages share: small flat records that templates print as they are, one file a component.

mod answer;
mod badge;
mod date;
mod document;
mod fact;
mod figure;
mod link;
mod money;
mod objective_row;
mod office;
mod project_row;
mod source_box;
mod title;
mod update_row;

pub(crate) use answer::{Answer, description};
pub(crate) use badge::Badge;
pub(crate) use date::{When, date_note, deadline_words, is_over, objective_period, period_words, year_heading};
pub(crate) use document::{DocumentLink, documents};
pub(crate) use fact::Fact;
pub(crate) use figure::{count_arg, figure, progress_line, progress_value, to_f64};
pub(crate) use link::{Choice, Link};
pub(crate) use money::{Money, money_words, omissions};
pub(crate) use objective_row::{
    ObjectiveGroup, ObjectiveRow, declared_note, group_by_year, promised_count, targets_met_words,
};
pub(crate) use office::{administration_name, head_line, person, responsible_units, unit_kind};
pub(crate) use project_row::{ProjectList, ProjectRow, lifecycle_badge};
pub(crate) use source_box::{Cited, SourceBox, page_source, record_source};
pub(crate) use title::{is_long, sentence_case};
pub(crate) use update_row::UpdateRow;
