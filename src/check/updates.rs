//! Makes updates, and finds those that contradict each other.

use std::sync::Arc;

use jiff::civil::Date;

use super::record_parts::{body, documents};
use super::translations::{AppliedTranslation, lay_over};
use crate::catalogue::{ProjectId, Update, UpdateId};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::Origin;
use crate::parse::{Sheet, UpdateFields};

/// Everything that an update is made of beside its own sheet.
#[derive(Debug, PartialEq)]
pub(super) struct UpdateTies {
    pub(super) id: UpdateId,
    pub(super) date: Date,
    pub(super) project: ProjectId,
    pub(super) milestone: Option<usize>,
    pub(super) translations: Vec<AppliedTranslation>,
}

pub(super) fn make(sheet: Sheet<UpdateFields>, ties: &UpdateTies, report: &mut Report) -> Update {
    let Sheet { mut fields, origin, .. } = sheet;
    let mut update = Update {
        slug: sheet.stem,
        date: ties.date,
        project: ties.project,
        body: body(sheet.body, ties.id),
        milestone: ties.milestone,
        documents: documents(&mut fields.documents, &[]),
        translations: Vec::new(),
        origin,
        fields,
    };
    lay_over(&ties.translations, &mut update, report);
    update
}

/// Reports updates of one project and day that contradict each other. The updates come newest first.
pub(super) fn check_contradictions(updates: &[Arc<Sheet<UpdateFields>>], report: &mut Report) {
    let is_same_day = |a: &Arc<Sheet<UpdateFields>>, b: &Arc<Sheet<UpdateFields>>| {
        a.folder == b.folder && a.fields.date == b.fields.date && a.fields.date.is_some()
    };
    for day in updates.chunk_by(is_same_day) {
        check_key(day, "lifecycle", |fields| fields.lifecycle, report);
        check_key(day, "health", |fields| fields.health, report);
        check_key(day, "progress", |fields| fields.progress.as_ref()?.read().copied(), report);
        check_key(day, "spent", |fields| fields.spent.as_ref()?.read().copied(), report);
    }
}

/// Reports each update that gives a key another value than the update of its day before it.
fn check_key<T: PartialEq>(
    day: &[Arc<Sheet<UpdateFields>>],
    key: &'static str,
    value: impl Fn(&UpdateFields) -> Option<T>,
    report: &mut Report,
) {
    let given: Vec<(&Origin, T)> =
        day.iter().filter_map(|sheet| Some((&sheet.origin, value(&sheet.fields)?))).collect();
    for pair in given.windows(2).filter(|pair| pair[0].1 != pair[1].1) {
        let problem = Diagnostic::new(Code::SameDay, pair[0].0.file, KeyPath::of(key));
        report.add(problem.with("other", pair[1].0.path.to_string()));
    }
}
