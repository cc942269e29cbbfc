use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::iter::repeat;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::beside::Beside;
use super::names::{Names, folded, groups};
use super::translations::{Told, Translations, lay_over};
use super::{Ground, LeftOut};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Place, Report, Rewording, Wording};
use crate::model::{
    Approval, Attachment, Body, CONTINUED, Catalogue, Centre, Citation, Document, EdtfDate, FileId, Funding, Heads,
    Indicator, NodeId, Objective, ObjectiveId, Origin, Page, PageId, Phase, Project, ProjectId, Thread, ThreadId,
    ThreadPoint, Unit, UnitId, Update, UpdateId, Written, composed,
};
use crate::parse::{
    self, AmountDraft, ApprovalDraft, DocumentDraft, Draft, Drafts, LinkTo, ObjectiveDraft, PageDraft, ProjectDraft,
    Reference, UpdateDraft,
};

/// The records of a site with what they were made of.
#[derive(Debug, Default)]
pub(super) struct Records {
    objectives: Vec<Made<ObjectiveDraft, ObjectiveTies, Objective>>,
    projects: Vec<Made<ProjectDraft, ProjectTies, Project>>,
    updates: Vec<Made<UpdateDraft, UpdateTies, Update>>,
    pages: Vec<Made<PageDraft, PageTies, Page>>,
}

/// A record with what it was made of, beside the ground: of the same it would be made as it is.
#[derive(Debug)]
struct Made<D, T, R> {
    draft: Arc<Draft<D>>,
    ties: T,
    record: Arc<R>,
    problems: Report,
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
    threads: Vec<Option<ThreadId>>,
    attachments: Vec<Attachment>,
    told: Vec<Told>,
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
    told: Vec<Told>,
}

/// What an update is made of beside its own sheet.
#[derive(Debug, PartialEq)]
struct UpdateTies {
    id: UpdateId,
    date: Date,
    project: ProjectId,
    milestone: Option<usize>,
    told: Vec<Told>,
}

/// The updates of projects, with their ties, and those to come.
struct TiedUpdates {
    written: Vec<Arc<Draft<UpdateDraft>>>,
    updates: Vec<UpdateTies>,
    ahead: Vec<Arc<Update>>,
}

/// What a free page is made of beside its own sheet.
#[derive(Debug, PartialEq)]
struct PageTies {
    id: PageId,
    attachments: Vec<Attachment>,
    told: Vec<Told>,
}

/// Who has which name.
struct Known {
    objectives: Names<UnitId, ObjectiveId>,
    projects: Names<UnitId, ProjectId>,
}

/// Makes the objectives, projects, updates, threads and pages: first who there is, then who names whom, then each by
/// itself.
pub(super) fn resolve(
    mut drafts: Drafts,
    mut left_out: LeftOut,
    ground: &Ground,
    translations: &mut Translations,
    files: &mut Beside,
    mut before: Option<&mut Records>,
    report: &mut Report,
) -> Catalogue {
    drafts.objectives.sort_by(|a, b| (year_of(a), code_of(a)).cmp(&(year_of(b), code_of(b))));
    drafts.projects.sort_by(|a, b| a.stem.cmp(&b.stem));
    drafts.updates.sort_by(newest_first);
    left_out.ahead.sort_by(newest_first);
    drafts.pages.sort_by(|a, b| a.stem.cmp(&b.stem));
    let mut catalogue = ground.catalogue.clone();

    let (objectives, projects) = before.as_deref().map(|before| (&before.objectives, &before.projects)).unzip();
    let answering =
        units_of(&drafts.objectives, objectives, |draft| draft.fields.unit.as_ref(), |ties| ties.unit, ground);
    let running = units_of(&drafts.projects, projects, |draft| draft.fields.unit.as_ref(), |ties| ties.unit, ground);
    let mut known = Known { objectives: Names::new(), projects: Names::new() };
    for name in &left_out.names {
        known.objectives.add_adrift(name);
        known.projects.add_adrift(name);
    }
    name_objectives(&drafts.objectives, &answering, ground, &mut known, report);
    let folders = name_projects(&drafts.projects, &running, ground, &mut known, report);
    let nowhere = nowhere(&answering, &running, &mut catalogue);

    let mut objectives = objective_ties(&drafts.objectives, &answering, ground, &known, report);
    catalogue.threads = tie_threads(&drafts.objectives, &mut objectives, ground);
    tie_continued(&drafts.objectives, &mut objectives, report);
    let mut projects = project_ties(&drafts.projects, &running, ground, &known, report);
    tie_both_ways(&mut objectives, &mut projects);
    for (draft, ties) in drafts.objectives.iter().zip(&mut objectives) {
        ties.attachments = files.take(&draft.origin);
        ties.told = translations.take(&draft.origin);
    }
    for (draft, ties) in drafts.projects.iter().zip(&mut projects) {
        ties.attachments = files.take(&draft.origin);
        ties.told = translations.take(&draft.origin);
    }
    let TiedUpdates { written, updates, ahead } =
        tie_updates(&drafts, &left_out.ahead, &folders, translations, &mut projects, report);
    catalogue.ahead = ahead;
    let page_ties = |(i, draft): (usize, &Arc<Draft<PageDraft>>)| PageTies {
        id: PageId::at(i),
        attachments: files.take(&draft.origin),
        told: translations.take(&draft.origin),
    };
    let pages = drafts.pages.iter().enumerate().map(page_ties).collect();
    catalogue.left_out = left_out.targets;
    catalogue.left_out.append(&mut files.left_out);
    catalogue.unpublished = std::mem::take(&mut files.unpublished);

    let kept = before.as_deref_mut().map(|before| &mut before.objectives);
    let make = |draft, ties: &_, report: &mut _| objective(draft, ties, nowhere, ground, report);
    catalogue.objectives = make_all(drafts.objectives, objectives, kept, make, report);
    let kept = before.as_deref_mut().map(|before| &mut before.projects);
    let make = |draft, ties: &_, report: &mut _| project(draft, ties, nowhere, ground, report);
    catalogue.projects = make_all(drafts.projects, projects, kept, make, report);
    let kept = before.as_deref_mut().map(|before| &mut before.updates);
    catalogue.updates = make_all(written, updates, kept, update, report);
    let kept = before.map(|before| &mut before.pages);
    catalogue.pages = make_all(drafts.pages, pages, kept, page, report);
    catalogue
}

/// Newest first; of one project and day the last by file name first.
fn newest_first(a: &Arc<Draft<UpdateDraft>>, b: &Arc<Draft<UpdateDraft>>) -> Ordering {
    (b.fields.date, &a.folder, &b.stem).cmp(&(a.fields.date, &b.folder, &a.stem))
}

/// Makes every record of a kind, but for those that are known and made of the same.
fn make_all<D, T, R>(
    mut drafts: Vec<Arc<Draft<D>>>,
    mut ties: Vec<T>,
    before: Option<&mut Vec<Made<D, T, R>>>,
    make: impl Fn(Draft<D>, &T, &mut Report) -> R + Sync,
    report: &mut Report,
) -> Vec<Arc<R>>
where
    D: Clone + Send + Sync,
    T: PartialEq + Send + Sync,
    R: Send + Sync,
{
    let make = |draft, ties: &T| {
        let mut problems = Report::default();
        let record = make(Arc::unwrap_or_clone(draft), ties, &mut problems);
        (Arc::new(record), problems)
    };
    let Some(made) = before else {
        return collect(drafts.into_par_iter().zip(ties).map(|(draft, ties)| make(draft, &ties)), report);
    };
    let make = |(draft, ties): (Arc<Draft<D>>, T)| {
        let (record, problems) = make(draft.clone(), &ties);
        Made { draft, ties, record, problems }
    };
    made.truncate(drafts.len());
    let more = drafts.split_off(made.len()).into_par_iter().zip(ties.split_off(made.len()));
    made.par_iter_mut().zip(drafts).zip(ties).for_each(|((made, draft), ties)| {
        if !Arc::ptr_eq(&made.draft, &draft) || made.ties != ties {
            *made = make((draft, ties));
        }
    });
    made.par_extend(more.map(make));
    made.iter().for_each(|made| report.extend(made.problems.clone()));
    made.iter().map(|made| made.record.clone()).collect()
}

/// The unit of each record, of which nothing is said yet.
fn units_of<D, T, R>(
    drafts: &[Arc<Draft<D>>],
    before: Option<&Vec<Made<D, T, R>>>,
    written: impl Fn(&Draft<D>) -> Option<&Reference> + Sync,
    known: impl Fn(&T) -> Option<UnitId> + Sync,
    ground: &Ground,
) -> Vec<Option<UnitId>>
where
    D: Send + Sync,
    T: Sync,
    R: Send + Sync,
{
    let unit = |(i, draft): (usize, &Arc<Draft<D>>)| match before.and_then(|before| before.get(i)) {
        Some(made) if Arc::ptr_eq(&made.draft, draft) => known(&made.ties),
        _ => unit_of(written(draft), &draft.origin, ground, &mut Report::default()),
    };
    drafts.par_iter().enumerate().map(unit).collect()
}

fn name_objectives(
    drafts: &[Arc<Draft<ObjectiveDraft>>],
    answering: &[Option<UnitId>],
    ground: &Ground,
    known: &mut Known,
    report: &mut Report,
) {
    for (i, draft) in drafts.iter().enumerate() {
        let code = code_of(draft);
        match ground.administration(answering[i]) {
            Some(administration) => {
                if let Some(before) = known.objectives.add(administration, code, ObjectiveId::at(i)) {
                    let other = &drafts[before.index()].origin;
                    report.add(duplicate("objective", code, draft.fields.code.is_some(), &draft.origin, other));
                }
            }
            None => known.objectives.add_adrift(code),
        }
        if let Some(year) = draft.fields.year
            && Some(year.0) != year_of(draft)
        {
            let problem = contradiction(&draft.origin, "year", &year.0.to_string(), &draft.folder);
            report.add(problem);
        }
    }
}

/// Gives the projects by their folders.
fn name_projects<'d>(
    drafts: &'d [Arc<Draft<ProjectDraft>>],
    running: &[Option<UnitId>],
    ground: &Ground,
    known: &mut Known,
    report: &mut Report,
) -> HashMap<&'d str, ProjectId> {
    let mut folders = HashMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let id = ProjectId::at(i);
        folders.insert(&*draft.folder, id);
        match ground.administration(running[i]) {
            Some(administration) => {
                if let Some(code) = &draft.fields.code
                    && let Some(before) = known.projects.add(administration, code, id)
                {
                    let other = &drafts[before.index()].origin;
                    report.add(duplicate("project", code, true, &draft.origin, other));
                }
                known.projects.add(administration, &draft.folder, id);
            }
            None => {
                draft.fields.code.iter().for_each(|code| known.projects.add_adrift(code));
                known.projects.add_adrift(&draft.folder);
            }
        }
    }
    folders
}

fn year_of(draft: &Draft<ObjectiveDraft>) -> Option<i16> {
    draft.folder.parse().ok()
}

fn code_of(draft: &Draft<ObjectiveDraft>) -> &str {
    draft.fields.code.as_deref().unwrap_or(&draft.stem)
}

fn unit_of(written: Option<&Reference>, origin: &Origin, ground: &Ground, report: &mut Report) -> Option<UnitId> {
    let written = &written?.0;
    let unit = ground.unit(written, None, (origin.file, KeyPath::of("unit")), report)?;
    // No page shows by which of its names a record calls its unit.
    if is_old_name(written, &ground.catalogue[unit]) {
        report.reword(Rewording {
            wording: Wording::Name,
            file: origin.file,
            place: KeyPath::of("unit"),
            written: written.clone(),
            text: ground.catalogue[unit].id.clone(),
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
fn nowhere(objectives: &[Option<UnitId>], projects: &[Option<UnitId>], catalogue: &mut Catalogue) -> UnitId {
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
    drafts: &[Arc<Draft<ObjectiveDraft>>],
    answering: &[Option<UnitId>],
    ground: &Ground,
    known: &Known,
    report: &mut Report,
) -> Vec<ObjectiveTies> {
    let ties = |(i, draft): (usize, &Arc<Draft<ObjectiveDraft>>)| {
        let mut report = Report::default();
        let administration = ground.administration(answering[i]);
        let (continues, projects) = (draft.fields.continues.as_deref(), draft.fields.projects.as_deref());
        let ties = ObjectiveTies {
            id: ObjectiveId::at(i),
            unit: answering[i],
            continues: named(
                continues,
                "continues",
                "objective",
                administration,
                draft,
                &known.objectives,
                &mut report,
            ),
            continued_by: Vec::new(),
            projects: named(projects, "projects", "project", administration, draft, &known.projects, &mut report),
            threads: Vec::new(),
            attachments: Vec::new(),
            told: Vec::new(),
        };
        (ties, report)
    };
    collect(drafts.par_iter().enumerate().map(ties), report)
}

fn project_ties(
    drafts: &[Arc<Draft<ProjectDraft>>],
    running: &[Option<UnitId>],
    ground: &Ground,
    known: &Known,
    report: &mut Report,
) -> Vec<ProjectTies> {
    let ties = |(i, draft): (usize, &Arc<Draft<ProjectDraft>>)| {
        let mut report = Report::default();
        let administration = ground.administration(running[i]);
        let objectives = draft.fields.objectives.as_deref();
        let ties = ProjectTies {
            id: ProjectId::at(i),
            unit: running[i],
            objectives: named(
                objectives,
                "objectives",
                "objective",
                administration,
                draft,
                &known.objectives,
                &mut report,
            ),
            updates: Vec::new(),
            met: Vec::new(),
            attachments: Vec::new(),
            told: Vec::new(),
        };
        (ties, report)
    };
    collect(drafts.par_iter().enumerate().map(ties), report)
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
    draft: &Draft<D>,
    names: &Names<UnitId, Id>,
    report: &mut Report,
) -> Vec<Id> {
    let Some(administration) = administration else { return Vec::new() };
    let references = references.unwrap_or_default().iter().enumerate();
    references
        .filter_map(|(i, Reference(written))| {
            let found = names.get(administration, written).first().copied();
            if found.is_none() {
                let at = (draft.origin.file, KeyPath::of(key).index(i));
                names.dangling(administration, written, kind, at, report);
            }
            found
        })
        .collect()
}

/// Gathers the indicators that go on over years. The objectives come by year, so the points of a thread do too.
fn tie_threads(
    drafts: &[Arc<Draft<ObjectiveDraft>>],
    objectives: &mut [ObjectiveTies],
    ground: &Ground,
) -> Vec<Thread> {
    let mut ids: HashMap<(UnitId, String), ThreadId> = HashMap::new();
    let mut threads: Vec<Thread> = Vec::new();
    for (draft, ties) in drafts.iter().zip(objectives) {
        let Some(administration) = ground.administration(ties.unit) else { continue };
        if draft.indicators.iter().all(|measured| measured.thread.is_none()) {
            continue;
        }
        let objective = ties.id;
        let thread = |(indicator, slug): (usize, Option<&str>)| {
            let slug = slug?;
            let id = *ids.entry((administration, folded(slug))).or_insert_with(|| {
                let slug = composed(slug).into_owned();
                threads.push(Thread { slug, administration, points: Vec::new() });
                ThreadId::at(threads.len() - 1)
            });
            threads[id.index()].points.push(ThreadPoint { objective, indicator });
            Some(id)
        };
        let slugs = draft.indicators.iter().map(|measured| measured.thread.as_deref());
        ties.threads = slugs.enumerate().map(thread).collect();
    }
    threads
}

fn objective(
    draft: Draft<ObjectiveDraft>,
    ties: &ObjectiveTies,
    nowhere: UnitId,
    ground: &Ground,
    report: &mut Report,
) -> Objective {
    let administration = ground.administration(ties.unit);
    unit_of(draft.fields.unit.as_ref(), &draft.origin, ground, report);
    let code = code_of(&draft).to_owned();
    let year = year_of(&draft);
    let origin = draft.origin;
    let fields = draft.fields;
    let mut phases = Vec::with_capacity(draft.phases.len());
    let count = draft.phases.len();
    for (i, phase) in draft.phases.into_iter().enumerate() {
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
            let unit = ground.unit(&written, administration, (origin.file, path), report)?;
            let Unit { id, name, .. } = &ground.catalogue[unit];
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
    let plan = plan_nodes(fields.plan, administration, year, &origin, ground, report);
    let mut indicators: Vec<Indicator> = draft.indicators.into_iter().map(|measured| measured.indicator).collect();
    for (indicator, thread) in indicators.iter_mut().zip(&ties.threads) {
        indicator.thread = *thread;
    }
    let mut body = Body::from(draft.body);
    body.belong_to(ties.id);
    let mut objective = Objective {
        code,
        year: year.unwrap_or_default(),
        title: fields.title.unwrap_or_default().into(),
        unit: ties.unit.unwrap_or(nowhere),
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
    lay_over(&ties.told, &mut objective, report);
    objective
}

fn plan_nodes(
    references: Option<Vec<Reference>>,
    administration: Option<UnitId>,
    year: Option<i16>,
    origin: &Origin,
    ground: &Ground,
    report: &mut Report,
) -> Vec<NodeId> {
    let Some(administration) = administration else { return Vec::new() };
    let references = references.unwrap_or_default().into_iter().enumerate();
    references
        .filter_map(|(i, reference)| {
            let at = (origin.file, KeyPath::of("plan").index(i));
            ground.nodes.find(&ground.catalogue, &reference.0, administration, year, at, report)
        })
        .collect()
}

/// What an objective goes on with is of an earlier year, and nothing goes on with itself.
fn tie_continued(drafts: &[Arc<Draft<ObjectiveDraft>>], objectives: &mut [ObjectiveTies], report: &mut Report) {
    let edges: Vec<Vec<usize>> = (objectives.iter())
        .map(|ties| ties.continues.iter().map(|earlier| earlier.index()).collect())
        .collect();
    tell_long_continuations(drafts, &edges, report);
    let mut in_cycle = vec![false; edges.len()];
    for group in groups(&edges) {
        let codes: Vec<&str> = group.iter().chain(group.first()).map(|i| code_of(&drafts[*i])).collect();
        let problem = Diagnostic::new(Code::Cycle, drafts[group[0]].origin.file, KeyPath::of("continues"))
            .with("kind", "objective")
            .with("chain", codes.join(" → "));
        report.add(problem);
        group.iter().for_each(|member| in_cycle[*member] = true);
    }
    for (i, edges) in edges.iter().enumerate() {
        let year = year_of(&drafts[i]).unwrap_or_default();
        for (k, earlier) in edges.iter().copied().enumerate() {
            if year_of(&drafts[earlier]).unwrap_or_default() >= year && !(in_cycle[i] && in_cycle[earlier]) {
                let place = KeyPath::of("continues").index(k);
                let problem = Diagnostic::new(Code::NotEarlier, drafts[i].origin.file, place)
                    .with("written", code_of(&drafts[earlier]))
                    .with("year", year.to_string());
                report.add(problem);
            }
            objectives[earlier].continued_by.push(ObjectiveId::at(i));
        }
    }
}

/// Tells the last objective of those that go on with more others than a page lists.
fn tell_long_continuations(drafts: &[Arc<Draft<ObjectiveDraft>>], edges: &[Vec<usize>], report: &mut Report) {
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
            let problem = Diagnostic::new(Code::LongContinuation, drafts[*last].origin.file, KeyPath::of("continues"));
            report.add(problem.with("written", group.len().to_string()).with("limit", CONTINUED.to_string()));
        }
    }
}

fn project(
    draft: Draft<ProjectDraft>,
    ties: &ProjectTies,
    nowhere: UnitId,
    ground: &Ground,
    report: &mut Report,
) -> Project {
    unit_of(draft.fields.unit.as_ref(), &draft.origin, ground, report);
    let origin = draft.origin;
    let fields = draft.fields;
    let plan = plan_nodes(fields.plan, ground.administration(ties.unit), None, &origin, ground, report);
    let (amount, funding) = match fields.amount {
        Some(AmountDraft::Text(amount)) => (Some(amount), Vec::new()),
        Some(AmountDraft::Parts(parts)) => (
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
    let mut milestones = draft.milestones;
    for (place, date) in &ties.met {
        let Some(day) = EdtfDate::day(*date) else { continue };
        milestones[*place].met.get_or_insert_with(|| Written::new(date.to_string(), Some(day)));
    }
    let mut body = Body::from(draft.body);
    body.belong_to(ties.id);
    let mut project = Project {
        slug: draft.folder,
        code: fields.code,
        title: fields.title.unwrap_or_default().into(),
        unit: ties.unit.unwrap_or(nowhere),
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
        expected_results: draft.indicators.into_iter().map(|measured| measured.indicator).collect(),
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
    lay_over(&ties.told, &mut project, report);
    project
}

/// A project and an objective that name each other are linked once on each side, whoever wrote it.
fn tie_both_ways(objectives: &mut [ObjectiveTies], projects: &mut [ProjectTies]) {
    let mut told: HashSet<(ObjectiveId, ProjectId)> = HashSet::new();
    for objective in objectives.iter() {
        for project in &objective.projects {
            projects[project.index()].objectives.push(objective.id);
            told.insert((objective.id, *project));
        }
    }
    for project in projects {
        project.objectives.sort_unstable();
        project.objectives.dedup();
        for objective in project.objectives.iter().filter(|objective| told.insert((**objective, project.id))) {
            objectives[objective.index()].projects.push(project.id);
        }
    }
}

/// Gives each update to its project: those that have one and say their day, with their ties. Those that are `ahead` belong
/// to none yet; they come last.
///
/// An update that names a milestone says when it was met, where the project's own file doesn't; updates come newest first,
/// and the newest word counts.
fn tie_updates(
    drafts: &Drafts,
    ahead: &[Arc<Draft<UpdateDraft>>],
    folders: &HashMap<&str, ProjectId>,
    translations: &mut Translations,
    projects: &mut [ProjectTies],
    report: &mut Report,
) -> TiedUpdates {
    tell_contradictions(&drafts.updates, report);
    tell_contradictions(ahead, report);
    let (mut written, mut updates, mut to_come) = (Vec::new(), Vec::new(), Vec::new());
    let mut orphans: BTreeMap<&str, FileId> = BTreeMap::new();
    let mut milestones: HashMap<ProjectId, Milestones> = HashMap::new();
    let come = drafts.updates.iter().zip(repeat(false));
    for (draft, is_ahead) in come.chain(ahead.iter().zip(repeat(true))) {
        let Some(project) = folders.get(&*draft.folder).copied() else {
            // All updates of a folder lack the same project.
            orphans.insert(&draft.folder, draft.origin.file);
            continue;
        };
        let of = &drafts.projects[project.index()];
        let known = milestones.entry(project).or_insert_with(|| Milestones::of(of));
        let milestone = milestone_of(draft, of, known, report);
        let Some(date) = draft.fields.date else { continue };
        let id = UpdateId::at(updates.len());
        let ties = UpdateTies { id, date, project, milestone, told: translations.take(&draft.origin) };
        if is_ahead {
            to_come.push(Arc::new(update(Arc::unwrap_or_clone(draft.clone()), &ties, report)));
            continue;
        }
        let of = &mut projects[project.index()];
        of.updates.push(id);
        of.met.extend(milestone.map(|milestone| (milestone, date)));
        updates.push(ties);
        written.push(draft.clone());
    }
    if orphans.is_empty() {
        return TiedUpdates { written, updates, ahead: to_come };
    }
    let known = Near::of(folders.keys().copied());
    for (folder, file) in orphans {
        let problem = Diagnostic::new(Code::Dangling, file, Place::File)
            .with("kind", "project")
            .with("written", folder)
            .near(folder, &known);
        report.add(problem);
    }
    TiedUpdates { written, updates, ahead: to_come }
}

/// Tells where updates of a project and a day contradict each other. The updates come newest first.
fn tell_contradictions(updates: &[Arc<Draft<UpdateDraft>>], report: &mut Report) {
    let is_same_day = |a: &Arc<Draft<UpdateDraft>>, b: &Arc<Draft<UpdateDraft>>| {
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
    day: &[Arc<Draft<UpdateDraft>>],
    key: &'static str,
    value: impl Fn(&UpdateDraft) -> Option<T>,
    report: &mut Report,
) {
    let given: Vec<(&Origin, T)> =
        day.iter().filter_map(|draft| Some((&draft.origin, value(&draft.fields)?))).collect();
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
    fn of(project: &Draft<ProjectDraft>) -> Self {
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
    update: &Draft<UpdateDraft>,
    project: &Draft<ProjectDraft>,
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

fn update(draft: Draft<UpdateDraft>, ties: &UpdateTies, report: &mut Report) -> Update {
    let fields = draft.fields;
    let origin = draft.origin;
    let mut body = Body::from(draft.body);
    body.belong_to(ties.id);
    let mut update = Update {
        slug: draft.stem,
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
    lay_over(&ties.told, &mut update, report);
    update
}

fn page(draft: Draft<PageDraft>, ties: &PageTies, report: &mut Report) -> Page {
    let fields = draft.fields;
    let mut body = Body::from(draft.body);
    body.belong_to(ties.id);
    let mut page = Page {
        body,
        attachments: ties.attachments.clone(),
        slug: draft.stem,
        title: fields.title.unwrap_or_default().into(),
        lead: fields.lead.into(),
        glossary: fields.glossary.unwrap_or(false),
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin: draft.origin,
    };
    lay_over(&ties.told, &mut page, report);
    page
}

fn approval(draft: ApprovalDraft) -> Approval {
    Approval { act: draft.act, date: draft.date, url: draft.url }
}

fn citation(draft: parse::Citation) -> Citation {
    match draft {
        parse::Citation::Text(title) => Citation { title: Some(title), url: None, date: None },
        parse::Citation::Parts(parts) => Citation { title: parts.title, url: parts.url, date: parts.date },
    }
}

/// Documents are web addresses, files beside the record or pages.
fn documents(drafts: Option<Vec<DocumentDraft>>, beside: &[Attachment]) -> Vec<Document> {
    let by_name: HashMap<_, &Attachment> = beside.iter().map(|file| (composed(&file.name), file)).collect();
    let drafts = drafts.unwrap_or_default().into_iter();
    // One without its title or address keeps its place: by that, problems are found.
    let documents = drafts.map(|draft| {
        let (title, href) = (draft.title.unwrap_or_default(), draft.href.map_or_else(String::new, |LinkTo(href)| href));
        let file = by_name.get(&composed(&href)).copied();
        // The name as the file has it: two spellings of a letter are one file here and two addresses.
        Document { title: title.into(), href: file.map_or(href, |file| file.name.clone()) }
    });
    documents.collect()
}
