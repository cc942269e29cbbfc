use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::iter::repeat;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::attachments::AttachmentIndex;
use super::names::{ScopedNames, folded, groups};
use super::translations::{AppliedTranslation, Translations, lay_over};
use super::{ExcludedRecords, Organisation};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Place, Report, Rewording, Wording};
use crate::incremental::{ByPointer, LastEach};
use crate::model::{
    Approval, Attachment, Body, CONTINUED, Catalogue, Centre, Citation, Document, EdtfDate, FileId, Funding, Heads,
    Indicator, NodeId, Objective, ObjectiveId, Origin, Page, PageId, Phase, Project, ProjectId, Series, SeriesId,
    SeriesPoint, Unit, UnitId, Update, UpdateId, Written, composed,
};
use crate::parse::{
    self, AmountFields, ApprovalFields, DocumentFields, LinkTo, ObjectiveFields, PageFields, ProjectFields, Reference,
    Sheet, Sheets, UpdateFields,
};

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

/// Everything that all records are made of.
#[derive(Clone, Debug, PartialEq)]
struct Scope {
    organisation: ByPointer<Organisation>,
    /// The unit of records whose own isn't known.
    placeholder: UnitId,
}

/// Everything that was read of records, to be resolved.
pub(super) struct Sources<'s> {
    pub(super) sheets: Sheets,
    pub(super) excluded: ExcludedRecords,
    pub(super) translations: &'s mut Translations,
    pub(super) files: &'s mut AttachmentIndex,
}

/// What an objective is made of beside its own sheet.
#[derive(Debug, PartialEq)]
struct ObjectiveTies {
    id: ObjectiveId,
    unit: Option<UnitId>,
    continues: Vec<ObjectiveId>,
    continued_by: Vec<ObjectiveId>,
    projects: Vec<ProjectId>,
    /// Of each indicator; none at all where none has one.
    series: Vec<Option<SeriesId>>,
    attachments: Vec<Attachment>,
    translations: Vec<AppliedTranslation>,
}

/// What a project is made of beside its own sheet.
#[derive(Debug, PartialEq)]
struct ProjectTies {
    id: ProjectId,
    unit: Option<UnitId>,
    objectives: Vec<ObjectiveId>,
    updates: Vec<UpdateId>,
    /// The milestones that updates say were met, by their places, the newest word first.
    met: Vec<(usize, Date)>,
    attachments: Vec<Attachment>,
    translations: Vec<AppliedTranslation>,
}

/// What an update is made of beside its own sheet.
#[derive(Debug, PartialEq)]
struct UpdateTies {
    id: UpdateId,
    date: Date,
    project: ProjectId,
    milestone: Option<usize>,
    translations: Vec<AppliedTranslation>,
}

/// The updates of projects, with their ties, and those to come.
struct LinkedUpdates {
    written: Vec<Arc<Sheet<UpdateFields>>>,
    updates: Vec<UpdateTies>,
    ahead: Vec<Arc<Update>>,
}

/// What a free page is made of beside its own sheet.
#[derive(Debug, PartialEq)]
struct PageTies {
    id: PageId,
    attachments: Vec<Attachment>,
    translations: Vec<AppliedTranslation>,
}

/// Who has which name.
struct NameTables {
    objectives: ScopedNames<UnitId, ObjectiveId>,
    projects: ScopedNames<UnitId, ProjectId>,
}

/// Makes the objectives, projects, updates, series and pages: first who there is, then who names whom, then each by
/// itself.
pub(super) fn resolve(
    sources: Sources<'_>,
    organisation: &Arc<Organisation>,
    mut cache: Option<&mut RecordsCache>,
    report: &mut Report,
) -> Catalogue {
    let Sources { mut sheets, mut excluded, translations, files } = sources;
    sheets.objectives.sort_by(|a, b| (year_of(a), code_of(a)).cmp(&(year_of(b), code_of(b))));
    sheets.projects.sort_by(|a, b| a.stem.cmp(&b.stem));
    sheets.updates.sort_by(newest_first);
    excluded.ahead.sort_by(newest_first);
    sheets.pages.sort_by(|a, b| a.stem.cmp(&b.stem));
    let mut catalogue = organisation.catalogue.clone();

    let (objectives, projects) = cache
        .as_deref_mut()
        .map(|cache| (&mut cache.objective_units, &mut cache.project_units))
        .unzip();
    let answering = units_of(&sheets.objectives, organisation, objectives, |fields| fields.unit.as_ref());
    let running = units_of(&sheets.projects, organisation, projects, |fields| fields.unit.as_ref());
    let mut known = NameTables { objectives: ScopedNames::new(), projects: ScopedNames::new() };
    for name in &excluded.names {
        known.objectives.add_adrift(name);
        known.projects.add_adrift(name);
    }
    name_objectives(&sheets.objectives, &answering, organisation, &mut known, report);
    let folders = name_projects(&sheets.projects, &running, organisation, &mut known, report);
    let placeholder = placeholder_unit(&answering, &running, &mut catalogue);
    let scope = Scope { organisation: ByPointer(organisation.clone()), placeholder };

    let mut objectives = objective_ties(&sheets.objectives, &answering, organisation, &known, report);
    catalogue.series = link_series(&sheets.objectives, &mut objectives, organisation);
    link_continued(&sheets.objectives, &mut objectives, report);
    let mut projects = project_ties(&sheets.projects, &running, organisation, &known, report);
    link_both_ways(&mut objectives, &mut projects);
    for (sheet, ties) in sheets.objectives.iter().zip(&mut objectives) {
        ties.attachments = files.take(&sheet.origin);
        ties.translations = translations.take(&sheet.origin);
    }
    for (sheet, ties) in sheets.projects.iter().zip(&mut projects) {
        ties.attachments = files.take(&sheet.origin);
        ties.translations = translations.take(&sheet.origin);
    }
    let LinkedUpdates { written, updates, ahead } =
        link_updates(&sheets, &excluded.ahead, &folders, translations, &mut projects, report);
    catalogue.ahead = ahead;
    let page_ties = |(i, sheet): (usize, &Arc<Sheet<PageFields>>)| PageTies {
        id: PageId::at(i),
        attachments: files.take(&sheet.origin),
        translations: translations.take(&sheet.origin),
    };
    let pages = sheets.pages.iter().enumerate().map(page_ties).collect();
    catalogue.excluded = excluded.targets;
    catalogue.excluded.append(&mut files.excluded);
    catalogue.unpublished = std::mem::take(&mut files.unpublished);

    let of = cache.as_deref_mut().map(|cache| &mut cache.objectives);
    catalogue.objectives = make_all(sheets.objectives, objectives, &scope, of, objective, report);
    let of = cache.as_deref_mut().map(|cache| &mut cache.projects);
    catalogue.projects = make_all(sheets.projects, projects, &scope, of, project, report);
    let of = cache.as_deref_mut().map(|cache| &mut cache.updates);
    catalogue.updates =
        make_all(written, updates, &scope, of, |sheet, ties, _, report| update(sheet, ties, report), report);
    let of = cache.map(|cache| &mut cache.pages);
    catalogue.pages =
        make_all(sheets.pages, pages, &scope, of, |sheet, ties, _, report| page(sheet, ties, report), report);
    catalogue
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

fn name_objectives(
    sheets: &[Arc<Sheet<ObjectiveFields>>],
    answering: &[Option<UnitId>],
    organisation: &Organisation,
    known: &mut NameTables,
    report: &mut Report,
) {
    for (i, sheet) in sheets.iter().enumerate() {
        let code = code_of(sheet);
        match organisation.administration(answering[i]) {
            Some(administration) => {
                if let Some(before) = known.objectives.add(administration, code, ObjectiveId::at(i)) {
                    let other = &sheets[before.index()].origin;
                    report.add(duplicate("objective", code, sheet.fields.code.is_some(), &sheet.origin, other));
                }
            }
            None => known.objectives.add_adrift(code),
        }
        if let Some(year) = sheet.fields.year
            && Some(year.0) != year_of(sheet)
        {
            let problem = contradiction(&sheet.origin, "year", &year.0.to_string(), &sheet.folder);
            report.add(problem);
        }
    }
}

/// Gives the projects by their folders.
fn name_projects<'d>(
    sheets: &'d [Arc<Sheet<ProjectFields>>],
    running: &[Option<UnitId>],
    organisation: &Organisation,
    known: &mut NameTables,
    report: &mut Report,
) -> HashMap<&'d str, ProjectId> {
    let mut folders = HashMap::new();
    for (i, sheet) in sheets.iter().enumerate() {
        let id = ProjectId::at(i);
        folders.insert(&*sheet.folder, id);
        match organisation.administration(running[i]) {
            Some(administration) => {
                if let Some(code) = &sheet.fields.code
                    && let Some(before) = known.projects.add(administration, code, id)
                {
                    let other = &sheets[before.index()].origin;
                    report.add(duplicate("project", code, true, &sheet.origin, other));
                }
                known.projects.add(administration, &sheet.folder, id);
            }
            None => {
                sheet.fields.code.iter().for_each(|code| known.projects.add_adrift(code));
                known.projects.add_adrift(&sheet.folder);
            }
        }
    }
    folders
}

fn year_of(sheet: &Sheet<ObjectiveFields>) -> Option<i16> {
    sheet.folder.parse().ok()
}

fn code_of(sheet: &Sheet<ObjectiveFields>) -> &str {
    sheet.fields.code.as_deref().unwrap_or(&sheet.stem)
}

fn unit_of(
    written: Option<&Reference>,
    origin: &Origin,
    organisation: &Organisation,
    report: &mut Report,
) -> Option<UnitId> {
    let written = &written?.0;
    let unit = organisation.unit(written, None, (origin.file, KeyPath::of("unit")), report)?;
    // No page shows by which of its names a record calls its unit.
    if is_old_name(written, &organisation.catalogue[unit]) {
        report.reword(Rewording {
            wording: Wording::Name,
            file: origin.file,
            place: KeyPath::of("unit"),
            written: written.clone(),
            text: organisation.catalogue[unit].id.clone(),
        });
    }
    Some(unit)
}

fn is_old_name(written: &str, unit: &Unit) -> bool {
    let written = folded(written);
    written != folded(&unit.id) && written != folded(&unit.name)
}

/// A code that isn't a key is the name of the file.
fn duplicate(kind: &'static str, code: &str, is_key: bool, origin: &Origin, other: &Origin) -> Diagnostic {
    let place = if is_key { KeyPath::of("code").into() } else { Place::File };
    Diagnostic::new(Code::Duplicate, origin.file, place)
        .with("kind", kind)
        .with("written", code)
        .with("other", other.path.to_string())
}

fn contradiction(origin: &Origin, key: &'static str, written: &str, folder: &str) -> Diagnostic {
    Diagnostic::new(Code::Contradiction, origin.file, KeyPath::of(key))
        .with("key", key)
        .with("written", written)
        .with("folder", folder)
}

/// The unit of records whose own isn't known: such a catalogue is never published, but later stages can walk it.
fn placeholder_unit(objectives: &[Option<UnitId>], projects: &[Option<UnitId>], catalogue: &mut Catalogue) -> UnitId {
    if objectives.iter().chain(projects).all(Option::is_some) {
        return UnitId(0);
    }
    let id = UnitId::at(catalogue.units.len());
    catalogue.units.push(Arc::new(Unit {
        id: "unknown".into(),
        name: String::new().into(),
        kind: None.into(),
        description: None.into(),
        parent: None,
        children: Vec::new(),
        root: id,
        heads: Heads::default(),
        aliases: Vec::new(),
        succeeded_by: None,
        ipa: None,
        contact: None,
        translations: Vec::new(),
        origin: Origin::default(),
    }));
    id
}

fn objective_ties(
    sheets: &[Arc<Sheet<ObjectiveFields>>],
    answering: &[Option<UnitId>],
    organisation: &Organisation,
    known: &NameTables,
    report: &mut Report,
) -> Vec<ObjectiveTies> {
    let ties = |(i, sheet): (usize, &Arc<Sheet<ObjectiveFields>>)| {
        let mut report = Report::default();
        let administration = organisation.administration(answering[i]);
        let (continues, projects) = (sheet.fields.continues.as_deref(), sheet.fields.projects.as_deref());
        let ties = ObjectiveTies {
            id: ObjectiveId::at(i),
            unit: answering[i],
            continues: named(
                continues,
                "continues",
                "objective",
                administration,
                sheet,
                &known.objectives,
                &mut report,
            ),
            continued_by: Vec::new(),
            projects: named(projects, "projects", "project", administration, sheet, &known.projects, &mut report),
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
    running: &[Option<UnitId>],
    organisation: &Organisation,
    known: &NameTables,
    report: &mut Report,
) -> Vec<ProjectTies> {
    let ties = |(i, sheet): (usize, &Arc<Sheet<ProjectFields>>)| {
        let mut report = Report::default();
        let administration = organisation.administration(running[i]);
        let objectives = sheet.fields.objectives.as_deref();
        let ties = ProjectTies {
            id: ProjectId::at(i),
            unit: running[i],
            objectives: named(
                objectives,
                "objectives",
                "objective",
                administration,
                sheet,
                &known.objectives,
                &mut report,
            ),
            updates: Vec::new(),
            met: Vec::new(),
            attachments: Vec::new(),
            translations: Vec::new(),
        };
        (ties, report)
    };
    collect(sheets.par_iter().enumerate().map(ties), report)
}

/// What was made of each in their order, and all that is wrong with it.
fn collect<T: Send>(made: impl IndexedParallelIterator<Item = (T, Report)>, report: &mut Report) -> Vec<T> {
    let made: Vec<(T, Report)> = made.collect();
    let take = |(made, problems)| {
        report.extend(problems);
        made
    };
    made.into_iter().map(take).collect()
}

/// The records that a list of references names.
fn named<D, Id: Copy + Eq>(
    references: Option<&[Reference]>,
    key: &'static str,
    kind: &'static str,
    administration: Option<UnitId>,
    sheet: &Sheet<D>,
    names: &ScopedNames<UnitId, Id>,
    report: &mut Report,
) -> Vec<Id> {
    let Some(administration) = administration else { return Vec::new() };
    let references = references.unwrap_or_default().iter().enumerate();
    references
        .filter_map(|(i, Reference(written))| {
            let found = names.get(administration, written).first().copied();
            if found.is_none() {
                let at = (sheet.origin.file, KeyPath::of(key).index(i));
                names.dangling(administration, written, kind, at, report);
            }
            found
        })
        .collect()
}

/// Gathers the indicators that go on over years. The objectives come by year, so the points of a series do too.
fn link_series(
    sheets: &[Arc<Sheet<ObjectiveFields>>],
    objectives: &mut [ObjectiveTies],
    organisation: &Organisation,
) -> Vec<Series> {
    let mut ids: HashMap<(UnitId, String), SeriesId> = HashMap::new();
    let mut series: Vec<Series> = Vec::new();
    for (sheet, ties) in sheets.iter().zip(objectives) {
        let Some(administration) = organisation.administration(ties.unit) else { continue };
        if sheet.indicators.iter().all(|measured| measured.series.is_none()) {
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
        let slugs = sheet.indicators.iter().map(|measured| measured.series.as_deref());
        ties.series = slugs.enumerate().map(series).collect();
    }
    series
}

fn objective(
    sheet: Sheet<ObjectiveFields>,
    ties: &ObjectiveTies,
    Scope { organisation, placeholder }: &Scope,
    report: &mut Report,
) -> Objective {
    let administration = organisation.administration(ties.unit);
    unit_of(sheet.fields.unit.as_ref(), &sheet.origin, organisation, report);
    let code = code_of(&sheet).to_owned();
    let year = year_of(&sheet);
    let origin = sheet.origin;
    let fields = sheet.fields;
    let mut phases = Vec::with_capacity(sheet.phases.len());
    let count = sheet.phases.len();
    for (i, phase) in sheet.phases.into_iter().enumerate() {
        let mut after = Vec::new();
        for (k, number) in phase.after.into_iter().flatten().enumerate() {
            match usize::from(number.0).checked_sub(1) {
                Some(before) if before < count && before != i => after.push(before),
                _ => {
                    let path = KeyPath::of("phases").index(i).key("after").index(k);
                    let problem = Diagnostic::new(Code::Dangling, origin.file, path);
                    report.add(problem.with("kind", "phase").with("written", number.0.to_string()));
                }
            }
        }
        let path = KeyPath::of("phases").index(i).key("centre");
        let written = phase.centre.map(|centre| centre.0);
        let centre = written.and_then(|written| {
            let unit = organisation.unit(&written, administration, (origin.file, path), report)?;
            let Unit { id, name, .. } = &organisation.catalogue[unit];
            Some(Centre { unit, written: Some(written).filter(|written| written != id && *written != **name) })
        });
        phases.push(Phase {
            title: phase.title.unwrap_or_default().into(),
            weight: phase.weight,
            start: phase.start,
            end: phase.end,
            actual_start: phase.actual_start,
            actual_end: phase.actual_end,
            progress: phase.progress,
            after,
            responsible: phase.responsible.and_then(parse::person),
            centre,
            notes: phase.notes.into(),
        });
    }
    let plan = plan_nodes(fields.plan, administration, year, &origin, organisation, report);
    let mut indicators: Vec<Indicator> = sheet.indicators.into_iter().map(|measured| measured.indicator).collect();
    for (indicator, series) in indicators.iter_mut().zip(&ties.series) {
        indicator.series = *series;
    }
    let mut body = Body::from(sheet.body);
    body.belong_to(ties.id);
    let mut objective = Objective {
        code,
        year: year.unwrap_or_default(),
        title: fields.title.unwrap_or_default().into(),
        unit: ties.unit.unwrap_or(*placeholder),
        classification: fields.classification.into(),
        kind: fields.kind.into(),
        plan,
        lead: fields.lead.into(),
        summary: fields.summary.into(),
        body,
        phases,
        indicators,
        continues: ties.continues.clone(),
        continued_by: ties.continued_by.clone(),
        projects: ties.projects.clone(),
        declared: fields.declared,
        approved_by: fields.approved_by.map(approval),
        report: fields.report.map(Into::into).into(),
        source: fields.source.map(citation),
        note: fields.note.into(),
        documents: documents(fields.documents, &ties.attachments),
        attachments: ties.attachments.clone(),
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin,
    };
    lay_over(&ties.translations, &mut objective, report);
    objective
}

fn plan_nodes(
    references: Option<Vec<Reference>>,
    administration: Option<UnitId>,
    year: Option<i16>,
    origin: &Origin,
    organisation: &Organisation,
    report: &mut Report,
) -> Vec<NodeId> {
    let Some(administration) = administration else { return Vec::new() };
    let references = references.unwrap_or_default().into_iter().enumerate();
    references
        .filter_map(|(i, reference)| {
            let at = (origin.file, KeyPath::of("plan").index(i));
            organisation
                .nodes
                .find(&organisation.catalogue, &reference.0, administration, year, at, report)
        })
        .collect()
}

/// What an objective goes on with is of an earlier year, and nothing goes on with itself.
fn link_continued(sheets: &[Arc<Sheet<ObjectiveFields>>], objectives: &mut [ObjectiveTies], report: &mut Report) {
    let edges: Vec<Vec<usize>> = (objectives.iter())
        .map(|ties| ties.continues.iter().map(|earlier| earlier.index()).collect())
        .collect();
    tell_long_continuations(sheets, &edges, report);
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

/// Tells the last objective of those that go on with more others than a page lists.
fn tell_long_continuations(sheets: &[Arc<Sheet<ObjectiveFields>>], edges: &[Vec<usize>], report: &mut Report) {
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

fn project(
    sheet: Sheet<ProjectFields>,
    ties: &ProjectTies,
    Scope { organisation, placeholder }: &Scope,
    report: &mut Report,
) -> Project {
    unit_of(sheet.fields.unit.as_ref(), &sheet.origin, organisation, report);
    let origin = sheet.origin;
    let fields = sheet.fields;
    let plan = plan_nodes(fields.plan, organisation.administration(ties.unit), None, &origin, organisation, report);
    let (amount, funding) = match fields.amount {
        Some(AmountFields::Text(amount)) => (Some(amount), Vec::new()),
        Some(AmountFields::Parts(parts)) => (
            parts.total,
            parts
                .sources
                .unwrap_or_default()
                .into_iter()
                .map(|source| Funding { name: source.name.unwrap_or_default(), amount: source.amount })
                .collect(),
        ),
        None => (None, Vec::new()),
    };
    let mut milestones = sheet.milestones;
    for (place, date) in &ties.met {
        let Some(day) = EdtfDate::day(*date) else { continue };
        milestones[*place].met.get_or_insert_with(|| Written::new(date.to_string(), Some(day)));
    }
    let mut body = Body::from(sheet.body);
    body.belong_to(ties.id);
    let mut project = Project {
        slug: sheet.folder,
        code: fields.code,
        title: fields.title.unwrap_or_default().into(),
        unit: ties.unit.unwrap_or(*placeholder),
        plan,
        lead: fields.lead.into(),
        summary: fields.summary.into(),
        body,
        start: fields.start,
        end: fields.end,
        amount,
        funding,
        spent: fields.spent,
        cup: fields.cup.unwrap_or_default(),
        cig: fields.cig.unwrap_or_default(),
        lifecycle: fields.lifecycle,
        health: fields.health,
        expected_results: sheet.indicators.into_iter().map(|measured| measured.indicator).collect(),
        milestones,
        partners: fields.partners.unwrap_or_default(),
        places: fields.places.unwrap_or_default(),
        objectives: ties.objectives.clone(),
        updates: ties.updates.clone(),
        source: fields.source.map(citation),
        note: fields.note.into(),
        documents: documents(fields.documents, &ties.attachments),
        attachments: ties.attachments.clone(),
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin,
    };
    lay_over(&ties.translations, &mut project, report);
    project
}

/// A project and an objective that name each other are linked once on each side, whoever wrote it.
fn link_both_ways(objectives: &mut [ObjectiveTies], projects: &mut [ProjectTies]) {
    let mut translations: HashSet<(ObjectiveId, ProjectId)> = HashSet::new();
    for objective in objectives.iter() {
        for project in &objective.projects {
            projects[project.index()].objectives.push(objective.id);
            translations.insert((objective.id, *project));
        }
    }
    for project in projects {
        project.objectives.sort_unstable();
        project.objectives.dedup();
        for objective in project
            .objectives
            .iter()
            .filter(|objective| translations.insert((**objective, project.id)))
        {
            objectives[objective.index()].projects.push(project.id);
        }
    }
}

/// Gives each update to its project: those that have one and say their day, with their ties. Those that are `ahead` belong
/// to none yet; they come last.
///
/// An update that names a milestone says when it was met, where the project's own file doesn't; updates come newest first,
/// and the newest word counts.
fn link_updates(
    sheets: &Sheets,
    ahead: &[Arc<Sheet<UpdateFields>>],
    folders: &HashMap<&str, ProjectId>,
    translations: &mut Translations,
    projects: &mut [ProjectTies],
    report: &mut Report,
) -> LinkedUpdates {
    tell_contradictions(&sheets.updates, report);
    tell_contradictions(ahead, report);
    let (mut written, mut updates, mut to_come) = (Vec::new(), Vec::new(), Vec::new());
    let mut orphans: BTreeMap<&str, FileId> = BTreeMap::new();
    let mut milestones: HashMap<ProjectId, Milestones> = HashMap::new();
    let come = sheets.updates.iter().zip(repeat(false));
    for (sheet, is_ahead) in come.chain(ahead.iter().zip(repeat(true))) {
        let Some(project) = folders.get(&*sheet.folder).copied() else {
            // All updates of a folder lack the same project.
            orphans.insert(&sheet.folder, sheet.origin.file);
            continue;
        };
        let of = &sheets.projects[project.index()];
        let known = milestones.entry(project).or_insert_with(|| Milestones::of(of));
        let milestone = milestone_of(sheet, of, known, report);
        let Some(date) = sheet.fields.date else { continue };
        let id = UpdateId::at(updates.len());
        let ties = UpdateTies { id, date, project, milestone, translations: translations.take(&sheet.origin) };
        if is_ahead {
            to_come.push(Arc::new(update(Arc::unwrap_or_clone(sheet.clone()), &ties, report)));
            continue;
        }
        let of = &mut projects[project.index()];
        of.updates.push(id);
        of.met.extend(milestone.map(|milestone| (milestone, date)));
        updates.push(ties);
        written.push(sheet.clone());
    }
    if orphans.is_empty() {
        return LinkedUpdates { written, updates, ahead: to_come };
    }
    let known = Near::of(folders.keys().copied());
    for (folder, file) in orphans {
        let problem = Diagnostic::new(Code::Dangling, file, Place::File)
            .with("kind", "project")
            .with("written", folder)
            .near(folder, &known);
        report.add(problem);
    }
    LinkedUpdates { written, updates, ahead: to_come }
}

/// Tells where updates of a project and a day contradict each other. The updates come newest first.
fn tell_contradictions(updates: &[Arc<Sheet<UpdateFields>>], report: &mut Report) {
    let is_same_day = |a: &Arc<Sheet<UpdateFields>>, b: &Arc<Sheet<UpdateFields>>| {
        a.folder == b.folder && a.fields.date == b.fields.date && a.fields.date.is_some()
    };
    for day in updates.chunk_by(is_same_day) {
        tell_contradiction(day, "lifecycle", |fields| fields.lifecycle, report);
        tell_contradiction(day, "health", |fields| fields.health, report);
        tell_contradiction(day, "progress", |fields| fields.progress.as_ref()?.read().copied(), report);
        tell_contradiction(day, "spent", |fields| fields.spent.as_ref()?.read().copied(), report);
    }
}

/// Tells each update that gives a key another value than the update of its day before it.
fn tell_contradiction<T: PartialEq>(
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

/// The milestones of a project, as updates name them.
struct Milestones {
    /// The first place of each title.
    places: HashMap<String, usize>,
    near: Near,
    /// True if all titles are known.
    is_whole: bool,
}

impl Milestones {
    fn of(project: &Sheet<ProjectFields>) -> Self {
        let titles = || project.milestones.iter().map(|milestone| milestone.title.as_str());
        let mut places = HashMap::new();
        titles().enumerate().for_each(|(place, title)| {
            places.entry(folded(title)).or_insert(place);
        });
        Self { places, near: Near::of(titles()), is_whole: titles().all(|title| !title.is_empty()) }
    }
}

/// The place of the milestone that an update names in those of its project.
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
    let met = milestones.places.get(&folded(written)).copied();
    if milestones.is_whole && !written.is_empty() && met.is_none() {
        let problem = Diagnostic::new(Code::Dangling, origin.file, KeyPath::of("milestone"))
            .with("kind", "milestone")
            .with("written", written.as_str())
            .near(written, &milestones.near);
        report.add(problem);
    }
    met
}

fn update(sheet: Sheet<UpdateFields>, ties: &UpdateTies, report: &mut Report) -> Update {
    let fields = sheet.fields;
    let origin = sheet.origin;
    let mut body = Body::from(sheet.body);
    body.belong_to(ties.id);
    let mut update = Update {
        slug: sheet.stem,
        date: ties.date,
        title: fields.title.unwrap_or_default().into(),
        project: ties.project,
        lead: fields.lead.into(),
        body,
        lifecycle: fields.lifecycle,
        health: fields.health,
        progress: fields.progress,
        spent: fields.spent,
        milestone: ties.milestone,
        source: fields.source.map(citation),
        documents: documents(fields.documents, &[]),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin,
    };
    lay_over(&ties.translations, &mut update, report);
    update
}

fn page(sheet: Sheet<PageFields>, ties: &PageTies, report: &mut Report) -> Page {
    let fields = sheet.fields;
    let mut body = Body::from(sheet.body);
    body.belong_to(ties.id);
    let mut page = Page {
        body,
        attachments: ties.attachments.clone(),
        slug: sheet.stem,
        title: fields.title.unwrap_or_default().into(),
        lead: fields.lead.into(),
        glossary: fields.glossary.unwrap_or(false),
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin: sheet.origin,
    };
    lay_over(&ties.translations, &mut page, report);
    page
}

fn approval(sheet: ApprovalFields) -> Approval {
    Approval { act: sheet.act, date: sheet.date, url: sheet.url }
}

fn citation(sheet: parse::Citation) -> Citation {
    match sheet {
        parse::Citation::Text(title) => Citation { title: Some(title), url: None, date: None },
        parse::Citation::Parts(parts) => Citation { title: parts.title, url: parts.url, date: parts.date },
    }
}

/// Documents are web addresses, files beside the record or pages.
fn documents(sheets: Option<Vec<DocumentFields>>, beside: &[Attachment]) -> Vec<Document> {
    let by_name: HashMap<_, &Attachment> = beside.iter().map(|file| (composed(&file.name), file)).collect();
    let sheets = sheets.unwrap_or_default().into_iter();
    // One without its title or address keeps its place: by that, problems are found.
    let documents = sheets.map(|sheet| {
        let (title, href) = (sheet.title.unwrap_or_default(), sheet.href.map_or_else(String::new, |LinkTo(href)| href));
        let file = by_name.get(&composed(&href)).copied();
        // The name as the file has it: two spellings of a letter are one file here and two addresses.
        Document { title: title.into(), href: file.map_or(href, |file| file.name.clone()) }
    });
    documents.collect()
}
