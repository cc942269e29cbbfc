use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::names::{Names, folded, groups};
use super::plans::Nodes;
use super::units::Units;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report, Rewording, Wording};
use crate::model::{
    Approval, Attachment, Body, Catalogue, Citation, Document, EdtfDate, FileId, Funding, NodeId, Objective,
    ObjectiveId, Origin, Page, PageId, Phase, Project, ProjectId, Thread, ThreadId, ThreadPoint, Unit, UnitId, Update,
    UpdateId, Written, composed,
};
use crate::parse::{
    self, AmountDraft, ApprovalDraft, DocumentDraft, Draft, Drafts, Measured, ObjectiveDraft, ProjectDraft, Reference,
    UpdateDraft,
};

/// What a reference may name.
struct Known<'a> {
    units: &'a Units,
    nodes: &'a Nodes,
    objectives: Names<UnitId, ObjectiveId>,
    projects: Names<UnitId, ProjectId>,
}

/// Makes the objectives, projects, updates, threads and pages.
pub(super) fn resolve(
    mut drafts: Drafts,
    left_out: &[String],
    units: &Units,
    nodes: &Nodes,
    catalogue: &mut Catalogue,
    report: &mut Report,
) {
    drafts.objectives.sort_by(|a, b| (year_of(a), code_of(a)).cmp(&(year_of(b), code_of(b))));
    drafts.projects.sort_by(|a, b| a.stem.cmp(&b.stem));
    drafts
        .updates
        .sort_by(|a, b| (b.fields.date, &a.folder, &a.stem).cmp(&(a.fields.date, &b.folder, &b.stem)));
    drafts.pages.sort_by(|a, b| a.stem.cmp(&b.stem));
    let mut files = Beside::of(std::mem::take(&mut drafts.attachments));
    let mut known = Known { units, nodes, objectives: Names::new(), projects: Names::new() };

    for name in left_out {
        known.objectives.add_adrift(name);
        known.projects.add_adrift(name);
    }

    // First who there is, then who names whom: a record may name one that comes later.
    let mut answering: Vec<Option<UnitId>> = Vec::with_capacity(drafts.objectives.len());
    for (i, draft) in drafts.objectives.iter().enumerate() {
        let id = ObjectiveId::at(i);
        let unit = unit_of(draft.fields.unit.as_ref(), &draft.origin, units, catalogue, report);
        answering.push(unit);
        let code = code_of(draft);
        match unit.and_then(|unit| units.administration(catalogue, unit)) {
            Some(administration) => {
                if let Some(before) = known.objectives.add(administration, code, id) {
                    let other = &drafts.objectives[before.index()].origin;
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
    let mut running: Vec<Option<UnitId>> = Vec::with_capacity(drafts.projects.len());
    let mut folders: HashMap<String, ProjectId> = HashMap::new();
    for (i, draft) in drafts.projects.iter().enumerate() {
        let id = ProjectId::at(i);
        let unit = unit_of(draft.fields.unit.as_ref(), &draft.origin, units, catalogue, report);
        running.push(unit);
        folders.insert(draft.folder.clone(), id);
        match unit.and_then(|unit| units.administration(catalogue, unit)) {
            Some(administration) => {
                if let Some(code) = &draft.fields.code
                    && let Some(before) = known.projects.add(administration, code, id)
                {
                    let other = &drafts.projects[before.index()].origin;
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

    let nowhere = Nowhere::new(&answering, &running, catalogue);
    let mut threads = Threads::default();
    let beside: Vec<Vec<Attachment>> = drafts
        .objectives
        .iter()
        .map(|draft| files.named_after(&format!("content/objectives/{}", draft.folder), &draft.stem))
        .collect();
    let resolved: Vec<((Objective, Vec<Measured>), Report)> = (drafts.objectives, beside, &answering)
        .into_par_iter()
        .map(|(draft, beside, unit)| {
            let mut report = Report::default();
            (objective(draft, *unit, &known, catalogue, beside, &mut report), report)
        })
        .collect();
    catalogue.objectives.reserve_exact(resolved.len());
    for (i, ((mut objective, measured), problems)) in resolved.into_iter().enumerate() {
        report.extend(problems);
        let administration = answering[i].and_then(|unit| units.administration(catalogue, unit));
        objective.indicators = threads.take(measured, ObjectiveId::at(i), administration);
        objective.unit = answering[i].unwrap_or(nowhere.0);
        objective.body.belong_to(ObjectiveId::at(i));
        catalogue.objectives.push(objective);
    }
    // The objectives come by year, so the points of a thread do too.
    catalogue.threads = threads.threads;
    check_continues(catalogue, report);
    catalogue.projects.reserve_exact(drafts.projects.len());
    for (i, draft) in drafts.projects.into_iter().enumerate() {
        let mut project = project(draft, running[i], &known, catalogue, &mut files, report);
        project.unit = running[i].unwrap_or(nowhere.0);
        project.body.belong_to(ProjectId::at(i));
        catalogue.projects.push(project);
    }
    link_both_ways(catalogue);
    let mut orphans: BTreeMap<String, Origin> = BTreeMap::new();
    catalogue.updates.reserve_exact(drafts.updates.len());
    for draft in drafts.updates {
        let Some(project) = folders.get(&draft.folder).copied() else {
            // All updates of a folder lack the same project.
            orphans.insert(draft.folder, draft.origin);
            continue;
        };
        let id = UpdateId::at(catalogue.updates.len());
        if let Some(mut update) = update(draft, project, catalogue, report) {
            update.body.belong_to(id);
            meet_milestone(&mut catalogue.projects[project.index()], &update);
            catalogue.projects[project.index()].updates.push(id);
            catalogue.updates.push(update);
        }
    }
    for (folder, origin) in orphans {
        let problem = Diagnostic::new(Code::Dangling, origin.file, Place::File)
            .with("kind", "project")
            .with("written", folder.as_str())
            .nearest(&folder, folders.keys().map(String::as_str));
        report.add(problem);
    }
    for draft in drafts.pages {
        let mut body = Body::from(draft.body);
        body.belong_to(PageId::at(catalogue.pages.len()));
        catalogue.pages.push(Page {
            body,
            attachments: files.named_after("content/pages", &draft.stem),
            slug: draft.stem,
            title: draft.fields.title.unwrap_or_default().into(),
            lead: draft.fields.lead.into(),
            glossary: draft.fields.glossary.unwrap_or(false),
            aliases: draft.fields.aliases.unwrap_or_default(),
            draft: draft.fields.draft.unwrap_or(false),
            extra: draft.fields.extra.map(|free| free.0).unwrap_or_default(),
            translations: Vec::new(),
            origin: draft.origin,
        });
    }
    // What belongs to no record would vanish unseen.
    for file in files.left() {
        report.add(Diagnostic::new(Code::UnknownFile, file, Place::File).with("folders", parse::FOLDERS));
    }
}

fn year_of(draft: &Draft<ObjectiveDraft>) -> Option<i16> {
    draft.folder.parse().ok()
}

fn code_of(draft: &Draft<ObjectiveDraft>) -> &str {
    draft.fields.code.as_deref().unwrap_or(&draft.stem)
}

fn unit_of(
    written: Option<&Reference>,
    origin: &Origin,
    units: &Units,
    catalogue: &Catalogue,
    report: &mut Report,
) -> Option<UnitId> {
    let written = &written?.0;
    let unit = units.find(catalogue, written, None, (origin.file, KeyPath::of("unit")), report)?;
    // No page shows by which of its names a record calls its unit.
    if is_old_name(written, &catalogue[unit]) {
        report.reword(Rewording {
            wording: Wording::Name,
            file: origin.file,
            place: KeyPath::of("unit"),
            written: written.clone(),
            text: catalogue[unit].id.clone(),
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
struct Nowhere(UnitId);

impl Nowhere {
    fn new(objectives: &[Option<UnitId>], projects: &[Option<UnitId>], catalogue: &mut Catalogue) -> Self {
        if objectives.iter().chain(projects).all(Option::is_some) {
            return Self(UnitId(0));
        }
        let id = UnitId::at(catalogue.units.len());
        catalogue.units.push(Unit {
            id: "unknown".into(),
            name: String::new().into(),
            kind: None.into(),
            description: None.into(),
            parent: None,
            children: Vec::new(),
            root: id,
            heads: Vec::new(),
            aliases: Vec::new(),
            succeeded_by: None,
            ipa: None,
            contact: None,
            translations: Vec::new(),
            origin: Origin::default(),
        });
        Self(id)
    }
}

fn objective(
    draft: Draft<ObjectiveDraft>,
    unit: Option<UnitId>,
    known: &Known<'_>,
    catalogue: &Catalogue,
    attachments: Vec<Attachment>,
    report: &mut Report,
) -> (Objective, Vec<Measured>) {
    let administration = unit.and_then(|unit| known.units.administration(catalogue, unit));
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
        let centre = written
            .as_deref()
            .and_then(|written| known.units.find(catalogue, written, administration, (origin.file, path), report));
        let shown = written.filter(|written| {
            centre.is_some_and(|unit| catalogue[unit].id != *written && *catalogue[unit].name != *written)
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
            centre_written: shown,
            notes: phase.notes.into(),
        });
    }
    let plan = plan_nodes(fields.plan, administration, year, &origin, known, catalogue, report);
    let mut continues = Vec::new();
    let mut projects = Vec::new();
    if let Some(administration) = administration {
        for (i, reference) in fields.continues.unwrap_or_default().into_iter().enumerate() {
            let path = KeyPath::of("continues").index(i);
            match known.objectives.get(administration, &reference.0) {
                [earlier, ..] => continues.push(*earlier),
                [] => {
                    known
                        .objectives
                        .dangling(administration, &reference.0, "objective", (origin.file, path), report);
                }
            }
        }
        projects = project_ids(fields.projects, administration, &origin, known, report);
    }
    let objective = Objective {
        code,
        year: year.unwrap_or_default(),
        title: fields.title.unwrap_or_default().into(),
        unit: UnitId(0),
        classification: fields.classification.into(),
        kind: fields.kind.into(),
        plan,
        lead: fields.lead.into(),
        summary: fields.summary.into(),
        body: draft.body.into(),
        phases,
        indicators: Vec::new(),
        continues,
        continued_by: Vec::new(),
        projects,
        declared: fields.declared,
        approved_by: fields.approved_by.map(approval),
        report: fields.report.map(Into::into).into(),
        source: fields.source.map(citation),
        note: fields.note.into(),
        documents: documents(fields.documents, &attachments, &origin, report),
        attachments,
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin,
    };
    (objective, draft.indicators)
}

fn plan_nodes(
    references: Option<Vec<Reference>>,
    administration: Option<UnitId>,
    year: Option<i16>,
    origin: &Origin,
    known: &Known<'_>,
    catalogue: &Catalogue,
    report: &mut Report,
) -> Vec<NodeId> {
    let Some(administration) = administration else { return Vec::new() };
    let references = references.unwrap_or_default().into_iter().enumerate();
    references
        .filter_map(|(i, reference)| {
            let at = (origin.file, KeyPath::of("plan").index(i));
            known.nodes.find(catalogue, &reference.0, administration, year, at, report)
        })
        .collect()
}

fn project_ids(
    references: Option<Vec<Reference>>,
    administration: UnitId,
    origin: &Origin,
    known: &Known<'_>,
    report: &mut Report,
) -> Vec<ProjectId> {
    let references = references.unwrap_or_default().into_iter().enumerate();
    references
        .filter_map(|(i, reference)| match known.projects.get(administration, &reference.0) {
            [project, ..] => Some(*project),
            [] => {
                let path = KeyPath::of("projects").index(i);
                known
                    .projects
                    .dangling(administration, &reference.0, "project", (origin.file, path), report);
                None
            }
        })
        .collect()
}

/// What an objective goes on with is of an earlier year, and nothing goes on with itself.
fn check_continues(catalogue: &mut Catalogue, report: &mut Report) {
    let edges: Vec<Vec<usize>> = catalogue
        .objectives
        .iter()
        .map(|objective| objective.continues.iter().map(|earlier| earlier.index()).collect())
        .collect();
    let mut in_cycle = vec![false; edges.len()];
    for group in groups(&edges) {
        let codes: Vec<&str> = group
            .iter()
            .chain(group.first())
            .map(|i| catalogue.objectives[*i].code.as_str())
            .collect();
        let origin = &catalogue.objectives[group[0]].origin;
        let problem = Diagnostic::new(Code::Cycle, origin.file, KeyPath::of("continues"))
            .with("kind", "objective")
            .with("chain", codes.join(" → "));
        report.add(problem);
        group.iter().for_each(|member| in_cycle[*member] = true);
    }
    for i in 0..catalogue.objectives.len() {
        let id = ObjectiveId::at(i);
        let (year, file) = (catalogue[id].year, catalogue[id].origin.file);
        for (k, earlier) in catalogue[id].continues.clone().into_iter().enumerate() {
            if catalogue[earlier].year >= year && !(in_cycle[i] && in_cycle[earlier.index()]) {
                let problem = Diagnostic::new(Code::NotEarlier, file, KeyPath::of("continues").index(k))
                    .with("written", catalogue[earlier].code.as_str())
                    .with("year", year.to_string());
                report.add(problem);
            }
            catalogue.objectives[earlier.index()].continued_by.push(id);
        }
    }
}

fn project(
    draft: Draft<ProjectDraft>,
    unit: Option<UnitId>,
    known: &Known<'_>,
    catalogue: &Catalogue,
    files: &mut Beside,
    report: &mut Report,
) -> Project {
    let administration = unit.and_then(|unit| known.units.administration(catalogue, unit));
    let origin = draft.origin;
    let fields = draft.fields;
    let plan = plan_nodes(fields.plan, administration, None, &origin, known, catalogue, report);
    let mut objectives = Vec::new();
    if let Some(administration) = administration {
        for (i, reference) in fields.objectives.unwrap_or_default().into_iter().enumerate() {
            match known.objectives.get(administration, &reference.0) {
                [objective, ..] => objectives.push(*objective),
                [] => {
                    let path = KeyPath::of("objectives").index(i);
                    known
                        .objectives
                        .dangling(administration, &reference.0, "objective", (origin.file, path), report);
                }
            }
        }
    }
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
    let attachments = files.of_project(&draft.folder);
    Project {
        slug: draft.folder,
        code: fields.code,
        title: fields.title.unwrap_or_default().into(),
        unit: UnitId(0),
        plan,
        lead: fields.lead.into(),
        summary: fields.summary.into(),
        body: draft.body.into(),
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
        milestones: draft.milestones,
        partners: fields.partners.unwrap_or_default(),
        places: fields.places.unwrap_or_default(),
        objectives,
        updates: Vec::new(),
        source: fields.source.map(citation),
        note: fields.note.into(),
        documents: documents(fields.documents, &attachments, &origin, report),
        attachments,
        aliases: fields.aliases.unwrap_or_default(),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin,
    }
}

/// A project and an objective that name each other are linked once on each side, whoever wrote it.
fn link_both_ways(catalogue: &mut Catalogue) {
    for i in 0..catalogue.objectives.len() {
        let id = ObjectiveId::at(i);
        for project in catalogue[id].projects.clone() {
            let back = &mut catalogue.projects[project.index()].objectives;
            if !back.contains(&id) {
                back.push(id);
            }
        }
    }
    for i in 0..catalogue.projects.len() {
        let id = ProjectId::at(i);
        catalogue.projects[i].objectives.sort_unstable();
        for objective in catalogue[id].objectives.clone() {
            let back = &mut catalogue.objectives[objective.index()].projects;
            if !back.contains(&id) {
                back.push(id);
            }
        }
    }
}

/// An update that names a milestone says when it was met, where the project's own file doesn't; updates come newest
/// first, and the newest word counts.
fn meet_milestone(project: &mut Project, update: &Update) {
    let Some(met) = update.milestone else { return };
    let Some(day) = EdtfDate::day(update.date) else { return };
    project.milestones[met]
        .met
        .get_or_insert_with(|| Written::new(update.date.to_string(), day));
}

fn update(draft: Draft<UpdateDraft>, project: ProjectId, catalogue: &Catalogue, report: &mut Report) -> Option<Update> {
    let fields = draft.fields;
    let origin = draft.origin;
    let of = &catalogue[project];
    if let Some(written) = &fields.project
        && folded(written) != folded(&of.slug)
        && of.code.as_ref().is_none_or(|code| folded(code) != folded(written))
    {
        report.add(contradiction(&origin, "project", written, &draft.folder));
    }
    let titles = || of.milestones.iter().map(|milestone| milestone.title.as_str());
    let mut met = None;
    if let Some(milestone) = &fields.milestone {
        met = titles().position(|title| folded(title) == folded(&milestone.0));
        let known = titles().all(|title| !title.is_empty()) && !milestone.0.is_empty();
        if known && met.is_none() {
            let problem = Diagnostic::new(Code::Dangling, origin.file, KeyPath::of("milestone"))
                .with("kind", "milestone")
                .with("written", milestone.0.as_str())
                .nearest(&milestone.0, titles());
            report.add(problem);
        }
    }
    Some(Update {
        slug: draft.stem,
        date: fields.date?,
        title: fields.title.unwrap_or_default().into(),
        project,
        lead: fields.lead.into(),
        body: draft.body.into(),
        lifecycle: fields.lifecycle,
        health: fields.health,
        progress: fields.progress,
        spent: fields.spent,
        milestone: met,
        source: fields.source.map(citation),
        documents: documents(fields.documents, &[], &origin, report),
        draft: fields.draft.unwrap_or(false),
        extra: fields.extra.map(|free| free.0).unwrap_or_default(),
        translations: Vec::new(),
        origin,
    })
}

fn approval(draft: ApprovalDraft) -> Approval {
    Approval { act: draft.act, date: draft.date, url: draft.url.map(|url| url.0) }
}

fn citation(draft: parse::Citation) -> Citation {
    match draft {
        parse::Citation::Text(title) => Citation { title: Some(title), url: None, date: None },
        parse::Citation::Parts(parts) => {
            Citation { title: parts.title, url: parts.url.map(|url| url.0), date: parts.date }
        }
    }
}

/// Documents are web addresses or files beside the record.
fn documents(
    drafts: Option<Vec<DocumentDraft>>,
    beside: &[Attachment],
    origin: &Origin,
    report: &mut Report,
) -> Vec<Document> {
    let mut documents = Vec::new();
    for (i, draft) in drafts.unwrap_or_default().into_iter().enumerate() {
        let (Some(title), Some(href)) = (draft.title, draft.href) else { continue };
        let outside = href.starts_with("https://") || href.starts_with("http://");
        let file = beside.iter().find(|file| composed(&file.name) == composed(&href));
        if !outside && file.is_none() {
            // What has a scheme was meant as an address, and isn't one that a page may lead to.
            let code = if href.contains(':') { Code::BadAddress } else { Code::BrokenLink };
            let problem = Diagnostic::new(code, origin.file, KeyPath::of("documents").index(i).key("file"))
                .with("written", href.as_str());
            let names = beside.iter().map(|file| file.name.as_str());
            report.add(if code == Code::BrokenLink { problem.nearest(&href, names) } else { problem });
        }
        // The name as the file has it: two spellings of a letter are one file here and two addresses.
        documents.push(Document { title: title.into(), href: file.map_or(href, |file| file.name.clone()) });
    }
    documents
}

/// The files beside records, by the folder that they lie in.
struct Beside(HashMap<String, Vec<Attachment>>);

impl Beside {
    fn of(attachments: Vec<Attachment>) -> Self {
        let mut folders: HashMap<String, Vec<Attachment>> = HashMap::new();
        for attachment in attachments {
            let folder = attachment.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            folders.entry(folder).or_default().push(attachment);
        }
        Self(folders)
    }

    /// The files of a project: those in its folder and in that of its updates.
    fn of_project(&mut self, folder: &str) -> Vec<Attachment> {
        let own = format!("content/projects/{folder}");
        let mut files = self.0.remove(&own).unwrap_or_default();
        files.extend(self.0.remove(&format!("{own}/updates")).unwrap_or_default());
        files
    }

    /// The files of a record that shares its folder with others: those whose names begin with its own.
    fn named_after(&mut self, folder: &str, stem: &str) -> Vec<Attachment> {
        let Some(files) = self.0.get_mut(folder) else { return Vec::new() };
        let own = |file: &mut Attachment| {
            file.name.strip_prefix(stem).is_some_and(|rest| rest.starts_with(['.', '-', '_', ' ']))
        };
        files.extract_if(.., own).collect()
    }

    /// The files that no record has taken, in their order.
    fn left(self) -> Vec<FileId> {
        let mut left: Vec<FileId> = self.0.into_values().flatten().map(|file| file.file).collect();
        left.sort_unstable();
        left
    }
}

/// The indicators that go on over years, gathered while the objectives are made.
#[derive(Default)]
struct Threads {
    ids: HashMap<(UnitId, String), ThreadId>,
    threads: Vec<Thread>,
}

impl Threads {
    fn take(
        &mut self,
        measured: Vec<Measured>,
        objective: ObjectiveId,
        administration: Option<UnitId>,
    ) -> Vec<crate::model::Indicator> {
        measured
            .into_iter()
            .enumerate()
            .map(|(place, measured)| {
                let mut indicator = measured.indicator;
                if let (Some(slug), Some(administration)) = (measured.thread, administration) {
                    let id = *self.ids.entry((administration, folded(&slug))).or_insert_with(|| {
                        let slug = composed(&slug).into_owned();
                        self.threads.push(Thread { slug, administration, points: Vec::new() });
                        ThreadId::at(self.threads.len() - 1)
                    });
                    self.threads[id.index()].points.push(ThreadPoint { objective, indicator: place });
                    indicator.thread = Some(id);
                }
                indicator
            })
            .collect()
    }
}
