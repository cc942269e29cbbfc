//! Makes objectives, projects, updates, series and pages, or takes them from the last check.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::link::{Links, RecordUnits, Sources, link};
use super::objectives::{self, ObjectiveTies, code_of, year_of};
use super::organisation::Organisation;
use super::pages::{self, PageTies};
use super::projects::{self, ProjectTies};
use super::record_parts::{Scope, collect, unit_of};
use super::updates::{self, UpdateTies};
use crate::catalogue::{Catalogue, Heads, Objective, Page, Project, Unit, UnitId, Update};
use crate::diagnostic::Report;
use crate::incremental::{ByPointer, LastEach};
use crate::model::Origin;
use crate::parse::{ObjectiveFields, PageFields, ProjectFields, Reference, Sheet, UnitFields, UpdateFields};

/// Records of the last check, with everything that they were made of.
#[derive(Debug, Default)]
pub(super) struct RecordsCache {
    objective_units: UnitCache<ObjectiveFields>,
    project_units: UnitCache<ProjectFields>,
    objectives: RecordCache<ObjectiveFields, ObjectiveTies, Objective>,
    projects: RecordCache<ProjectFields, ProjectTies, Project>,
    updates: RecordCache<UpdateFields, UpdateTies, Update>,
    pages: RecordCache<PageFields, PageTies, Page>,
}

/// Records of one kind with their problems.
type RecordCache<F, T, R> = LastEach<RecordInput<F, T>, (Arc<R>, Report)>;

/// The unit that each sheet names.
type UnitCache<F> = LastEach<(ByPointer<Organisation>, ByPointer<Sheet<F>>), Option<UnitId>>;

/// Everything that a record is made of: its sheet, its ties to other records, and what all records are made of.
type RecordInput<F, T> = (ByPointer<Sheet<F>>, T, Scope);

/// Makes the records: first each gets its unit, then they are linked, then each is made by itself.
pub(super) fn resolve(
    mut sources: Sources<'_>,
    organisation: &Arc<Organisation>,
    mut cache: Option<&mut RecordsCache>,
    report: &mut Report,
) -> Catalogue {
    sort(&mut sources);
    let mut catalogue = organisation.catalogue.clone();
    let (objectives, projects) = cache
        .as_deref_mut()
        .map(|cache| (&mut cache.objective_units, &mut cache.project_units))
        .unzip();
    let sheets = &sources.sheets;
    let units = RecordUnits {
        objectives: units_of(&sheets.objectives, organisation, objectives, |fields| fields.unit.as_ref()),
        projects: units_of(&sheets.projects, organisation, projects, |fields| fields.unit.as_ref()),
    };
    let links = link(&mut sources, &units, organisation, report);
    let placeholder = placeholder_unit(&units, &mut catalogue);
    let scope = Scope { organisation: ByPointer(organisation.clone()), placeholder };

    let Links { objectives, projects, series, updates, pages } = links;
    let Sources { sheets, excluded, files, .. } = sources;
    catalogue.series = series;
    catalogue.ahead = updates.ahead;
    catalogue.excluded = excluded.targets;
    catalogue.excluded.append(&mut files.excluded);
    catalogue.unpublished = std::mem::take(&mut files.unpublished);

    let last = cache.as_deref_mut().map(|cache| &mut cache.objectives);
    catalogue.objectives = make_all(sheets.objectives, objectives, &scope, last, objectives::make, report);
    let last = cache.as_deref_mut().map(|cache| &mut cache.projects);
    catalogue.projects = make_all(sheets.projects, projects, &scope, last, projects::make, report);
    let last = cache.as_deref_mut().map(|cache| &mut cache.updates);
    let make = |sheet, ties: &_, _: &_, report: &mut _| updates::make(sheet, ties, report);
    catalogue.updates = make_all(updates.sheets, updates.ties, &scope, last, make, report);
    let last = cache.map(|cache| &mut cache.pages);
    let make = |sheet, ties: &_, _: &_, report: &mut _| pages::make(sheet, ties, report);
    catalogue.pages = make_all(sheets.pages, pages, &scope, last, make, report);
    catalogue
}

/// Sorts the sheets into the order of the catalogue.
fn sort(Sources { sheets, excluded, .. }: &mut Sources<'_>) {
    sheets.objectives.sort_by(|a, b| (year_of(a), code_of(a)).cmp(&(year_of(b), code_of(b))));
    sheets.projects.sort_by(|a, b| a.stem.cmp(&b.stem));
    sheets.updates.sort_by(newest_first);
    excluded.ahead.sort_by(newest_first);
    sheets.pages.sort_by(|a, b| a.stem.cmp(&b.stem));
}

/// Newest first; of one project and day the last by file name first.
fn newest_first(a: &Arc<Sheet<UpdateFields>>, b: &Arc<Sheet<UpdateFields>>) -> Ordering {
    (b.fields.date, &a.folder, &b.stem).cmp(&(a.fields.date, &b.folder, &a.stem))
}

/// Makes every record of a kind. Without a cache each sheet is taken apart for its record.
fn make_all<F, T, R>(
    sheets: Vec<Arc<Sheet<F>>>,
    ties: Vec<T>,
    scope: &Scope,
    cache: Option<&mut RecordCache<F, T, R>>,
    make: impl Fn(Sheet<F>, &T, &Scope, &mut Report) -> R + Sync,
    report: &mut Report,
) -> Vec<Arc<R>>
where
    F: Clone + Send + Sync,
    T: PartialEq + Send + Sync,
    R: Send + Sync,
{
    let make = |sheet, ties: &T, scope: &Scope| {
        let mut problems = Report::default();
        let record = make(Arc::unwrap_or_clone(sheet), ties, scope, &mut problems);
        (Arc::new(record), problems)
    };
    let pairs = sheets.into_par_iter().zip(ties);
    let Some(cache) = cache else { return collect(pairs.map(|(sheet, ties)| make(sheet, &ties, scope)), report) };
    let inputs = pairs.map(|(sheet, ties)| (ByPointer(sheet), ties, scope.clone()));
    let made = cache.get(inputs.collect(), |(sheet, ties, scope)| make(sheet.0.clone(), ties, scope));
    collect(made.into_par_iter(), report)
}

/// The unit of each record; its problems are reported when the record is made.
fn units_of<F: Send + Sync>(
    sheets: &[Arc<Sheet<F>>],
    organisation: &Arc<Organisation>,
    cache: Option<&mut UnitCache<F>>,
    unit: impl Fn(&F) -> Option<&Reference> + Sync,
) -> Vec<Option<UnitId>> {
    let find = |organisation: &Organisation, sheet: &Sheet<F>| {
        unit_of(unit(&sheet.fields), &sheet.origin, organisation, &mut Report::default())
    };
    let Some(cache) = cache else { return sheets.par_iter().map(|sheet| find(organisation, sheet)).collect() };
    let input = |sheet: &Arc<Sheet<F>>| (ByPointer(organisation.clone()), ByPointer(sheet.clone()));
    cache.get(sheets.iter().map(input).collect(), |(organisation, sheet)| find(organisation, sheet))
}

/// The unit of records whose own isn't known: such a catalogue is never published, but later stages can process it.
fn placeholder_unit(units: &RecordUnits, catalogue: &mut Catalogue) -> UnitId {
    if units.objectives.iter().chain(&units.projects).all(Option::is_some) {
        return UnitId(0);
    }
    let id = UnitId::at(catalogue.units.len());
    catalogue.units.push(Arc::new(Unit {
        fields: UnitFields::default(),
        id: "unknown".into(),
        parent: None,
        children: Vec::new(),
        root: id,
        heads: Heads::default(),
        succeeded_by: None,
        translations: Vec::new(),
        origin: Origin::default(),
    }));
    id
}
