//! Events after the day of the build, which haven't happened yet. They are reported and left out until their day: they
//! change no state, and no page, feed or table says that they happened.
//!
//! Other mistakes in them are reported at once, so that none waits for that day.

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::{Actual, EdtfDate, FileId, Outcome, Written};
use crate::parse::{Measured, ObjectiveFields, Period, ProjectFields, Sheet, Sheets, UpdateFields};

/// Leaves out what is dated after the day `as_of`. Returns the updates among it.
pub(super) fn take_excluded(sheets: &mut Sheets, as_of: Date, report: &mut Report) -> Vec<Arc<Sheet<UpdateFields>>> {
    sheets
        .objectives
        .iter_mut()
        .for_each(|sheet| exclude_from_objective(sheet, as_of, report));
    sheets.projects.iter_mut().for_each(|sheet| exclude_from_project(sheet, as_of, report));
    let is_ahead = |sheet: &mut Arc<Sheet<UpdateFields>>| sheet.fields.date.is_some_and(|date| as_of < date);
    let updates: Vec<_> = sheets.updates.extract_if(.., is_ahead).collect();
    for (sheet, date) in updates.iter().filter_map(|sheet| Some((sheet, sheet.fields.date?))) {
        let problem = Diagnostic::new(Code::UpdateAhead, sheet.origin.file, KeyPath::of("date"));
        report.add(problem.with("due", date.to_string()));
    }
    updates
}

/// Leaves out the dates of an objective that are ahead. A sheet that stays as it is stays shared.
fn exclude_from_objective(sheet: &mut Arc<Sheet<ObjectiveFields>>, as_of: Date, report: &mut Report) {
    let ObjectiveFields { phases, indicators, .. } = &sheet.fields;
    let of_phases = phases.iter().flat_map(|phase| [&phase.actual_start, &phase.actual_end]);
    if !of_phases.flatten().any(|date| is_written_ahead(date, as_of)) && !are_ahead(indicators, as_of) {
        return;
    }
    let Sheet { fields, origin, .. } = Arc::make_mut(sheet);
    let mut ahead = Ahead { as_of, file: origin.file, report };
    for (i, phase) in fields.phases.iter_mut().enumerate() {
        let path = KeyPath::of("phases").index(i);
        ahead.date(&mut phase.actual_start, path.clone().key("actual_start"));
        ahead.date(&mut phase.actual_end, path.key("actual_end"));
    }
    ahead.indicators(&mut fields.indicators, "indicators");
}

/// Leaves out the dates of a project that are ahead. A sheet that stays as it is stays shared.
fn exclude_from_project(sheet: &mut Arc<Sheet<ProjectFields>>, as_of: Date, report: &mut Report) {
    let ProjectFields { milestones, expected_results, .. } = &sheet.fields;
    let of_milestones = milestones.iter().flat_map(|milestone| &milestone.met);
    if !of_milestones.into_iter().any(|date| is_written_ahead(date, as_of)) && !are_ahead(expected_results, as_of) {
        return;
    }
    let Sheet { fields, origin, .. } = Arc::make_mut(sheet);
    let mut ahead = Ahead { as_of, file: origin.file, report };
    for (i, milestone) in fields.milestones.iter_mut().enumerate() {
        ahead.date(&mut milestone.met, KeyPath::of("milestones").index(i).key("met"));
    }
    ahead.indicators(&mut fields.expected_results, "expected_results");
}

/// True if a date hasn't come on the day `as_of`: no day of it, or not the last one of `entro giugno 2027`.
fn is_ahead(date: EdtfDate, as_of: Date) -> bool {
    date.earliest().or(date.latest()).is_some_and(|day| as_of < day)
}

fn is_written_ahead(date: &Written<Option<EdtfDate>>, as_of: Date) -> bool {
    date.read().is_some_and(|date| is_ahead(*date, as_of))
}

/// True if an outcome of some indicators is ahead.
fn are_ahead(indicators: &[Measured], as_of: Date) -> bool {
    let dates = indicators.iter().flat_map(|Measured { actual, periods, .. }| {
        let parts = periods
            .iter()
            .filter_map(|part| dated(part.actual.as_ref()?.value(), part.period.read().copied()));
        actual.iter().filter_map(|actual| dated(actual.value(), None)).chain(parts)
    });
    dates.into_iter().any(|date| is_ahead(date, as_of))
}

/// Date of an outcome: its own, else the part of the time that it is of.
fn dated(actual: &Actual, period: Option<EdtfDate>) -> Option<EdtfDate> {
    match actual.outcome() {
        Outcome::None => None,
        Outcome::Date(date) => Some(*date),
        _ => period,
    }
}

/// Takes out the dates of one sheet that are ahead.
struct Ahead<'r> {
    as_of: Date,
    file: FileId,
    report: &'r mut Report,
}

impl Ahead<'_> {
    fn date(&mut self, date: &mut Option<Written<Option<EdtfDate>>>, path: KeyPath) {
        if let Some(date) = date.take_if(|date| is_written_ahead(date, self.as_of)) {
            self.report_ahead(path, date.text());
        }
    }

    fn indicators(&mut self, indicators: &mut [Measured], list: &'static str) {
        for (i, Measured { actual, periods, .. }) in indicators.iter_mut().enumerate() {
            let path = KeyPath::of(list).index(i);
            self.outcome(actual, None, path.clone());
            for (k, Period { period, actual, .. }) in periods.iter_mut().enumerate() {
                self.outcome(actual, Some(period), path.clone().key("periods").index(k));
            }
        }
    }

    fn outcome(
        &mut self,
        actual: &mut Option<Written<Actual>>,
        period: Option<&Written<Option<EdtfDate>>>,
        path: KeyPath,
    ) {
        let date = |actual: &Written<Actual>| dated(actual.value(), period.and_then(|period| period.read().copied()));
        let as_of = self.as_of;
        let Some(actual) = actual.take_if(|actual| date(actual).is_some_and(|date| is_ahead(date, as_of))) else {
            return;
        };
        let is_date = matches!(actual.value().outcome(), Outcome::Date(_));
        let written = period.filter(|_| !is_date).map_or_else(|| actual.text(), Written::text);
        self.report_ahead(path.key("actual"), written);
    }

    fn report_ahead(&mut self, path: KeyPath, written: &str) {
        self.report.add(Diagnostic::new(Code::NotYet, self.file, path).with("written", written));
    }
}
