//! Resolves the names by which records refer to each other.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::iter::repeat;
use std::sync::Arc;

use rayon::prelude::*;

use super::attachments::AttachmentIndex;
use super::excluded::ExcludedRecords;
use super::names::{ScopedNames, groups};
use super::objectives::{ObjectiveTies, code_of, year_of};
use super::organisation::Organisation;
use super::pages::PageTies;
use super::projects::ProjectTies;
use super::record_parts::collect;
use super::translations::Translations;
use super::updates::{self, UpdateTies, check_contradictions};
use crate::catalogue::{
    CONTINUED, ObjectiveId, PageId, ProjectId, Series, SeriesId, SeriesPoint, UnitId, Update, UpdateId,
};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Place, Report};
use crate::model::folded;
use crate::model::{FileId, Origin, composed};
use crate::parse::{ObjectiveFields, PageFields, ProjectFields, Reference, Sheet, Sheets, UpdateFields};

/// Everything that was parsed of records, to be resolved.
pub(super) struct Sources<'s> {
    pub(super) sheets: Sheets,
    pub(super) excluded: ExcludedRecords,
    pub(super) translations: &'s mut Translations,
    pub(super) files: &'s mut AttachmentIndex,
}

/// The unit of each objective and project. `None` for those whose unit isn't known.
pub(super) struct RecordUnits {
    pub(super) objectives: Vec<Option<UnitId>>,
    pub(super) projects: Vec<Option<UnitId>>,
}

/// The ties of all records.
pub(super) struct Links {
    pub(super) objectives: Vec<ObjectiveTies>,
    pub(super) projects: Vec<ProjectTies>,
    pub(super) series: Vec<Series>,
    pub(super) updates: LinkedUpdates,
    pub(super) pages: Vec<PageTies>,
}

/// The updates of projects, with their ties, and those whose day hasn't come.
pub(super) struct LinkedUpdates {
    pub(super) sheets: Vec<Arc<Sheet<UpdateFields>>>,
    pub(super) ties: Vec<UpdateTies>,
    pub(super) ahead: Vec<Arc<Update>>,
}

/// Names of objectives and projects, by administration.
struct NameTables {
    objectives: ScopedNames<UnitId, ObjectiveId>,
    projects: ScopedNames<UnitId, ProjectId>,
}

/// Links all records: first all get their names, then the references are resolved.
pub(super) fn link(
    sources: &mut Sources<'_>,
    units: &RecordUnits,
    organisation: &Organisation,
    report: &mut Report,
) -> Links {
    let Sources { sheets, excluded, translations, files } = sources;
    let mut names = NameTables { objectives: ScopedNames::new(), projects: ScopedNames::new() };
    for name in &excluded.names {
        names.objectives.add_adrift(name);
        names.projects.add_adrift(name);
    }
    name_objectives(&sheets.objectives, &units.objectives, organisation, &mut names, report);
    let folders = name_projects(&sheets.projects, &units.projects, organisation, &mut names, report);

    let mut objectives = objective_ties(&sheets.objectives, &units.objectives, organisation, &names, report);
    let series = link_series(&sheets.objectives, &mut objectives, organisation);
    link_continued(&sheets.objectives, &mut objectives, report);
    let mut projects = project_ties(&sheets.projects, &units.projects, organisation, &names, report);
    link_both_ways(&mut objectives, &mut projects);
    for (sheet, ties) in sheets.objectives.iter().zip(&mut objectives) {
        ties.attachments = files.take(&sheet.origin);
        ties.translations = translations.take(&sheet.origin);
    }
    for (sheet, ties) in sheets.projects.iter().zip(&mut projects) {
        ties.attachments = files.take(&sheet.origin);
        ties.translations = translations.take(&sheet.origin);
    }
    let updates = link_updates(sheets, &excluded.ahead, &folders, translations, &mut projects, report);
    let page_ties = |(i, sheet): (usize, &Arc<Sheet<PageFields>>)| PageTies {
        id: PageId::at(i),
        attachments: files.take(&sheet.origin),
        translations: translations.take(&sheet.origin),
    };
    let pages = sheets.pages.iter().enumerate().map(page_ties).collect();
    Links { objectives, projects, series, updates, pages }
}

fn name_objectives(
    sheets: &[Arc<Sheet<ObjectiveFields>>],
    units: &[Option<UnitId>],
    organisation: &Organisation,
    names: &mut NameTables,
    report: &mut Report,
) {
    for (i, sheet) in sheets.iter().enumerate() {
        let code = code_of(sheet);
        match organisation.administration(units[i]) {
            Some(administration) => {
                if let Some(before) = names.objectives.add(administration, code, ObjectiveId::at(i)) {
                    let other = &sheets[before.index()].origin;
                    report.add(duplicate("objective", code, sheet.fields.code.is_some(), &sheet.origin, other));
                }
            }
            None => names.objectives.add_adrift(code),
        }
        if let Some(year) = sheet.fields.year
            && Some(year.0) != year_of(sheet)
        {
            let problem = contradiction(&sheet.origin, "year", &year.0.to_string(), &sheet.folder);
            report.add(problem);
        }
    }
}

/// Names the projects. Returns them by their folders.
fn name_projects<'s>(
    sheets: &'s [Arc<Sheet<ProjectFields>>],
    units: &[Option<UnitId>],
    organisation: &Organisation,
    names: &mut NameTables,
    report: &mut Report,
) -> HashMap<&'s str, ProjectId> {
    let mut folders = HashMap::new();
    for (i, sheet) in sheets.iter().enumerate() {
        let id = ProjectId::at(i);
        folders.insert(&*sheet.folder, id);
        match organisation.administration(units[i]) {
            Some(administration) => {
                if let Some(code) = &sheet.fields.code
                    && let Some(before) = names.projects.add(administration, code, id)
                {
                    let other = &sheets[before.index()].origin;
                    report.add(duplicate("project", code, true, &sheet.origin, other));
                }
                names.projects.add(administration, &sheet.folder, id);
            }
            None => {
                sheet.fields.code.iter().for_each(|code| names.projects.add_adrift(code));
                names.projects.add_adrift(&sheet.folder);
            }
        }
    }
    folders
}

/// Problem of a code that two records have. A code that isn't a key is the name of the file.
fn duplicate(kind: &'static str, code: &str, is_key: bool, origin: &Origin, other: &Origin) -> Diagnostic {
    let place = if is_key { KeyPath::of("code").into() } else { Place::File };
    Diagnostic::new(Code::Duplicate, origin.file, place)
        .with("kind", kind)
        .with("written", code)
        .with("other", other.path.to_string())
}

/// Problem of a key that contradicts the folder of its file.
fn contradiction(origin: &Origin, key: &'static str, written: &str, folder: &str) -> Diagnostic {
    Diagnostic::new(Code::Contradiction, origin.file, KeyPath::of(key))
        .with("key", key)
        .with("written", written)
        .with("folder", folder)
}

fn objective_ties(
    sheets: &[Arc<Sheet<ObjectiveFields>>],
    units: &[Option<UnitId>],
    organisation: &Organisation,
    names: &NameTables,
    report: &mut Report,
) -> Vec<ObjectiveTies> {
    let ties = |(i, sheet): (usize, &Arc<Sheet<ObjectiveFields>>)| {
        let mut report = Report::default();
        let Sheet { fields, origin, .. } = &**sheet;
        let administration = organisation.administration(units[i]);
        let objectives = References { administration, names: &names.objectives, kind: "objective", origin };
        let projects = References { administration, names: &names.projects, kind: "project", origin };
        let ties = ObjectiveTies {
            id: ObjectiveId::at(i),
            unit: units[i],
            continues: objectives.resolve("continues", &fields.continues, &mut report),
            continued_by: Vec::new(),
            projects: projects.resolve("projects", &fields.projects, &mut report),
            series: Vec::new(),
            attachments: Vec::new(),
            translations: Vec::new(),
        };
        (ties, report)
    };
    collect(sheets.par_iter().enumerate().map(ties), report)
}

fn project_ties(
    sheets: &[Arc<Sheet<ProjectFields>>],
    units: &[Option<UnitId>],
    organisation: &Organisation,
    names: &NameTables,
    report: &mut Report,
) -> Vec<ProjectTies> {
    let ties = |(i, sheet): (usize, &Arc<Sheet<ProjectFields>>)| {
        let mut report = Report::default();
        let Sheet { fields, origin, .. } = &**sheet;
        let administration = organisation.administration(units[i]);
        let objectives = References { administration, names: &names.objectives, kind: "objective", origin };
        let ties = ProjectTies {
            id: ProjectId::at(i),
            unit: units[i],
            objectives: objectives.resolve("objectives", &fields.objectives, &mut report),
            updates: Vec::new(),
            met: Vec::new(),
            attachments: Vec::new(),
            translations: Vec::new(),
        };
        (ties, report)
    };
    collect(sheets.par_iter().enumerate().map(ties), report)
}

/// References of one sheet to records of one kind.
struct References<'n, Id> {
    administration: Option<UnitId>,
    names: &'n ScopedNames<UnitId, Id>,
    kind: &'static str,
    origin: &'n Origin,
}

impl<Id: Copy + Eq> References<'_, Id> {
    /// The records that a list of references names.
    fn resolve(&self, key: &'static str, references: &[Reference], report: &mut Report) -> Vec<Id> {
        let Some(administration) = self.administration else { return Vec::new() };
        let references = references.iter().enumerate();
        references
            .filter_map(|(i, Reference(written))| {
                let found = self.names.get(administration, written).first().copied();
                if found.is_none() {
                    let at = (self.origin.file, KeyPath::of(key).index(i));
                    self.names.dangling(administration, written, self.kind, at, report);
                }
                found
            })
            .collect()
    }
}

/// Collects the indicators that continue over years. The objectives come by year, so the points of a series do too.
fn link_series(
    sheets: &[Arc<Sheet<ObjectiveFields>>],
    objectives: &mut [ObjectiveTies],
    organisation: &Organisation,
) -> Vec<Series> {
    let mut ids: HashMap<(UnitId, String), SeriesId> = HashMap::new();
    let mut series: Vec<Series> = Vec::new();
    for (sheet, ties) in sheets.iter().zip(objectives) {
        let Some(administration) = organisation.administration(ties.unit) else { continue };
        if sheet.fields.indicators.iter().all(|measured| measured.series.is_none()) {
            continue;
        }
        let objective = ties.id;
        let series = |(indicator, slug): (usize, Option<&str>)| {
            let slug = slug?;
            let id = *ids.entry((administration, folded(slug))).or_insert_with(|| {
                let slug = composed(slug).into_owned();
                series.push(Series { slug, administration, points: Vec::new() });
                SeriesId::at(series.len() - 1)
            });
            series[id.index()].points.push(SeriesPoint { objective, indicator });
            Some(id)
        };
        let slugs = sheet.fields.indicators.iter().map(|measured| measured.series.as_deref());
        ties.series = slugs.enumerate().map(series).collect();
    }
    series
}

/// Links objectives to those that they continue, which must be of earlier years: so none continues itself.
fn link_continued(sheets: &[Arc<Sheet<ObjectiveFields>>], objectives: &mut [ObjectiveTies], report: &mut Report) {
    let edges: Vec<Vec<usize>> = (objectives.iter())
        .map(|ties| ties.continues.iter().map(|earlier| earlier.index()).collect())
        .collect();
    check_length(sheets, &edges, report);
    let mut in_cycle = vec![false; edges.len()];
    for group in groups(&edges) {
        let codes: Vec<&str> = group.iter().chain(group.first()).map(|i| code_of(&sheets[*i])).collect();
        let problem = Diagnostic::new(Code::Cycle, sheets[group[0]].origin.file, KeyPath::of("continues"))
            .with("kind", "objective")
            .with("chain", codes.join(" → "));
        report.add(problem);
        group.iter().for_each(|member| in_cycle[*member] = true);
    }
    for (i, edges) in edges.iter().enumerate() {
        let year = year_of(&sheets[i]).unwrap_or_default();
        for (k, earlier) in edges.iter().copied().enumerate() {
            if year_of(&sheets[earlier]).unwrap_or_default() >= year && !(in_cycle[i] && in_cycle[earlier]) {
                let place = KeyPath::of("continues").index(k);
                let problem = Diagnostic::new(Code::NotEarlier, sheets[i].origin.file, place)
                    .with("written", code_of(&sheets[earlier]))
                    .with("year", year.to_string());
                report.add(problem);
            }
            objectives[earlier].continued_by.push(ObjectiveId::at(i));
        }
    }
}

/// Reports groups of objectives that continue each other and are more than a page lists, each at its last objective.
fn check_length(sheets: &[Arc<Sheet<ObjectiveFields>>], edges: &[Vec<usize>], report: &mut Report) {
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    for (i, earlier) in edges.iter().enumerate() {
        earlier.iter().for_each(|earlier| back[*earlier].push(i));
    }
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        let mut group = Vec::new();
        if !std::mem::replace(&mut seen[start], true) {
            group.push(start);
        }
        let mut next = 0;
        while let Some(here) = group.get(next).copied() {
            next += 1;
            for other in edges[here].iter().chain(&back[here]) {
                if !std::mem::replace(&mut seen[*other], true) {
                    group.push(*other);
                }
            }
        }
        let last = group.iter().filter(|i| !edges[**i].is_empty()).max();
        if let Some(last) = last.filter(|_| group.len() > CONTINUED) {
            let problem = Diagnostic::new(Code::LongContinuation, sheets[*last].origin.file, KeyPath::of("continues"));
            report.add(problem.with("written", group.len().to_string()).with("limit", CONTINUED.to_string()));
        }
    }
}

/// Links a project and an objective on both sides if either of them names the other, once if both do.
fn link_both_ways(objectives: &mut [ObjectiveTies], projects: &mut [ProjectTies]) {
    let mut pairs: HashSet<(ObjectiveId, ProjectId)> = HashSet::new();
    for objective in objectives.iter() {
        for project in &objective.projects {
            projects[project.index()].objectives.push(objective.id);
            pairs.insert((objective.id, *project));
        }
    }
    for project in projects {
        project.objectives.sort_unstable();
        project.objectives.dedup();
        let added = project.objectives.iter().filter(|objective| pairs.insert((**objective, project.id)));
        added.for_each(|objective| objectives[objective.index()].projects.push(project.id));
    }
}

/// Links each update to its project: those that have a project and a date. Those that are `ahead` belong to none yet.
///
/// An update that names a milestone gives the date when it was met, unless the project's own file does; updates come newest
/// first, and the newest counts.
fn link_updates(
    sheets: &Sheets,
    ahead: &[Arc<Sheet<UpdateFields>>],
    folders: &HashMap<&str, ProjectId>,
    translations: &mut Translations,
    projects: &mut [ProjectTies],
    report: &mut Report,
) -> LinkedUpdates {
    check_contradictions(&sheets.updates, report);
    check_contradictions(ahead, report);
    let mut linked = LinkedUpdates { sheets: Vec::new(), ties: Vec::new(), ahead: Vec::new() };
    let mut orphans: BTreeMap<&str, FileId> = BTreeMap::new();
    let mut milestones: HashMap<ProjectId, Milestones> = HashMap::new();
    let present = sheets.updates.iter().zip(repeat(false));
    for (sheet, is_ahead) in present.chain(ahead.iter().zip(repeat(true))) {
        let Some(project) = folders.get(&*sheet.folder).copied() else {
            // All updates of a folder lack the same project.
            orphans.insert(&sheet.folder, sheet.origin.file);
            continue;
        };
        let project_sheet = &sheets.projects[project.index()];
        let milestones = milestones.entry(project).or_insert_with(|| Milestones::of(project_sheet));
        let milestone = milestone_of(sheet, project_sheet, milestones, report);
        let Some(date) = sheet.fields.date else { continue };
        let id = UpdateId::at(linked.ties.len());
        let ties = UpdateTies { id, date, project, milestone, translations: translations.take(&sheet.origin) };
        if is_ahead {
            linked
                .ahead
                .push(Arc::new(updates::make(Arc::unwrap_or_clone(sheet.clone()), &ties, report)));
            continue;
        }
        let project_ties = &mut projects[project.index()];
        project_ties.updates.push(id);
        project_ties.met.extend(milestone.map(|milestone| (milestone, date)));
        linked.ties.push(ties);
        linked.sheets.push(sheet.clone());
    }
    if !orphans.is_empty() {
        report_orphans(&orphans, folders, report);
    }
    linked
}

/// Reports the folders of updates that have no project.
fn report_orphans(orphans: &BTreeMap<&str, FileId>, folders: &HashMap<&str, ProjectId>, report: &mut Report) {
    let near = Near::of(folders.keys().copied());
    for (folder, file) in orphans {
        let problem = Diagnostic::new(Code::Dangling, *file, Place::File)
            .with("kind", "project")
            .with("written", *folder)
            .near(folder, &near);
        report.add(problem);
    }
}

/// The milestones of a project, as updates name them.
struct Milestones {
    /// The first place of each title.
    places: HashMap<String, usize>,
    near: Near,
    /// True if all titles are known.
    is_complete: bool,
}

impl Milestones {
    fn of(project: &Sheet<ProjectFields>) -> Self {
        let titles = || project.fields.milestones.iter().map(|milestone| milestone.title.as_str());
        let mut places = HashMap::new();
        titles().enumerate().for_each(|(place, title)| {
            places.entry(folded(title)).or_insert(place);
        });
        Self { places, near: Near::of(titles()), is_complete: titles().all(|title| !title.is_empty()) }
    }
}

/// The place of the milestone that an update names among those of its project.
fn milestone_of(
    update: &Sheet<UpdateFields>,
    project: &Sheet<ProjectFields>,
    milestones: &Milestones,
    report: &mut Report,
) -> Option<usize> {
    let (fields, origin) = (&update.fields, &update.origin);
    if let Some(written) = &fields.project
        && folded(written) != folded(&project.folder)
        && project.fields.code.as_ref().is_none_or(|code| folded(code) != folded(written))
    {
        report.add(contradiction(origin, "project", written, &update.folder));
    }
    let Reference(written) = fields.milestone.as_ref()?;
    let place = milestones.places.get(&folded(written)).copied();
    if milestones.is_complete && !written.is_empty() && place.is_none() {
        let problem = Diagnostic::new(Code::Dangling, origin.file, KeyPath::of("milestone"))
            .with("kind", "milestone")
            .with("written", &**written)
            .near(written, &milestones.near);
        report.add(problem);
    }
    place
}
