//! Records of a file out of its values, with the checks that need more than one field.

use std::sync::Arc;

use jiff::civil::Date;

use super::field::{Reader, Value};
use super::fields::{ObjectiveFields, PageFields, PhaseFields, PlanFields, ProjectFields, UnitFields, UpdateFields};
use super::kind::SheetKind;
use super::node::Node;
use super::sheet::{Parsed, Sheet};
use crate::diagnostic::{Code, KeyPath};
use crate::model::{EdtfDate, Markdown, Origin, Written, composed};

/// Parts of a file that are no fields: its place, its name, its text.
pub(super) struct SheetParts<'t> {
    pub(super) origin: Origin,
    pub(super) stem: &'t str,
    pub(super) is_readable: bool,
    pub(super) body: Markdown,
}

impl SheetParts<'_> {
    fn with<T>(&self, folder: &str, fields: T) -> Sheet<T> {
        Sheet {
            fields,
            origin: self.origin.clone(),
            // Two spellings of a letter are one name.
            folder: composed(folder).into_owned(),
            stem: composed(self.stem).into_owned(),
            is_readable: self.is_readable,
            body: self.body.clone(),
        }
    }
}

/// Reads the record or the records of a file. The report of `at` has the problems.
pub(super) fn read(kind: SheetKind<'_>, node: Node, sheet: &SheetParts<'_>, at: &mut Reader<'_>) -> Option<Parsed> {
    match kind {
        SheetKind::Units => Some(Parsed::Units(units(node, sheet, at))),
        SheetKind::Plan => PlanFields::read(node, at).map(|plan| Parsed::Plan(Arc::new(sheet.with("", plan)))),
        SheetKind::Objective(_) => ObjectiveFields::read(node, at).map(|fields| objective(fields, sheet, at)),
        SheetKind::Project(folder) => ProjectFields::read(node, at).map(|fields| project(fields, folder, sheet, at)),
        SheetKind::Update(folder) => UpdateFields::read(node, at).map(|mut fields| {
            update_date(&mut fields, sheet.stem, at);
            Parsed::Update(Arc::new(sheet.with(folder, fields)))
        }),
        SheetKind::Page => PageFields::read(node, at).map(|page| Parsed::Page(Arc::new(sheet.with("", page)))),
    }
}

fn units(node: Node, sheet: &SheetParts<'_>, at: &mut Reader<'_>) -> Vec<Arc<Sheet<UnitFields>>> {
    let list = match node {
        Node::List(list) => list,
        other => {
            at.wrong_type::<()>("list", &other);
            // One unit of which nothing is known: that there are units isn't denied.
            return vec![Arc::new(Sheet { is_readable: false, ..sheet.with("", UnitFields::default()) })];
        }
    };
    list.into_iter()
        .filter(|node| !node.is_blank())
        .enumerate()
        .filter_map(|(item, node)| {
            let fields = at.at_index(item, |at| UnitFields::read(node, at))?;
            Some(Arc::new(Sheet { origin: Origin { item, ..sheet.origin.clone() }, ..sheet.with("", fields) }))
        })
        .collect()
}

fn objective(fields: ObjectiveFields, sheet: &SheetParts<'_>, at: &mut Reader<'_>) -> Parsed {
    at.at_key("phases", |at| check_phases(&fields.phases, at));
    let folder = at.year.map_or_else(String::new, |year| year.to_string());
    Parsed::Objective(Arc::new(sheet.with(&folder, fields)))
}

fn project(fields: ProjectFields, folder: &str, sheet: &SheetParts<'_>, at: &mut Reader<'_>) -> Parsed {
    check_order(fields.start.as_ref(), fields.end.as_ref(), "end", at);
    let sheet = sheet.with(folder, fields);
    Parsed::Project(Arc::new(Sheet { stem: sheet.folder.clone(), ..sheet }))
}

fn check_phases(phases: &[PhaseFields], at: &mut Reader<'_>) {
    for (i, phase) in phases.iter().enumerate() {
        at.at_index(i, |at| {
            check_order(phase.start.as_ref(), phase.end.as_ref(), "end", at);
            check_order(phase.actual_start.as_ref(), phase.actual_end.as_ref(), "actual_end", at);
        });
    }
}

/// Reports an end whose last possible day is before the first possible day of its start.
fn check_order(
    start: Option<&Written<Option<EdtfDate>>>,
    end: Option<&Written<Option<EdtfDate>>>,
    key: &'static str,
    at: &mut Reader<'_>,
) {
    let (Some(start), Some(end)) = (start, end) else { return };
    let first = start.read().and_then(|start| start.earliest());
    let last = end.read().and_then(|end| end.latest());
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        at.at_key(key, |at| {
            let problem = at.problem(Code::EndBeforeStart).with("start", start.text()).with("end", end.text());
            at.report.add(problem);
        });
    }
}

/// Completes the day of an update, which is in its front matter or begins the name of its file; both must agree.
fn update_date(fields: &mut UpdateFields, stem: &str, at: &mut Reader<'_>) {
    let in_name: Option<Date> = stem.get(..10).and_then(|day| day.parse().ok());
    match (fields.date, in_name) {
        (Some(date), Some(in_name)) if date != in_name => {
            let problem = at.at_key("date", |at| {
                let written = date.to_string();
                at.problem(Code::Contradiction)
                    .with("key", "date")
                    .with("written", written)
                    .with("folder", stem)
            });
            at.report.add(problem);
        }
        (None, Some(in_name)) => fields.date = Some(in_name),
        // A day that can't be read is there.
        (None, None) if at.report.iter().all(|problem| problem.place != KeyPath::of("date").into()) => {
            at.missing("date", false);
        }
        _ => {}
    }
}
