//! The texts that people read, record by record, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, KeyPath, Place};
use crate::model::{
    Catalogue, FileId, Indicator, Markdown, NodeId, ObjectiveId, PageId, PlanId, ProjectId, Translated, Translation,
    UnitId, UpdateId,
};

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Words of an office.
    Words,
    /// How a unit is reached.
    Contact,
}

/// A text in its file.
pub(super) struct Text<'c> {
    file: FileId,
    at: At,
    pub(super) role: Role,
    pub(super) words: Cow<'c, str>,
}

#[derive(Clone, Copy)]
enum At {
    /// A key of the record.
    Key(&'static str),
    /// A key of one of a list.
    In(&'static str, usize, &'static str),
    /// A key of one of a file's records, perhaps below another.
    Item(usize, Option<&'static str>, &'static str),
    /// From a byte of the file on.
    Bytes(usize),
}

impl Text<'_> {
    /// A problem of some bytes of the words; of all of them where they are a key's.
    pub(super) fn problem(&self, code: Code, range: Range<usize>) -> Diagnostic {
        let place: Place = match self.at {
            At::Key(key) => KeyPath::of(key).into(),
            At::In(list, index, key) => KeyPath::of(list).index(index).key(key).into(),
            At::Item(item, above, key) => {
                let path = KeyPath::default().index(item);
                above.into_iter().fold(path, KeyPath::key).key(key).into()
            }
            At::Bytes(start) => (range.start + start..range.end + start).into(),
        };
        Diagnostic::new(code, self.file, place)
    }
}

/// A record's texts.
pub(super) struct Sheet<'c> {
    /// The unit that answers for it; none for what is the site's own.
    pub(super) unit: Option<UnitId>,
    /// The last day of its time, where it has one.
    pub(super) last_day: Option<Date>,
    pub(super) texts: Vec<Text<'c>>,
}

enum Of {
    Unit(UnitId),
    Plan(PlanId),
    Objective(ObjectiveId),
    Project(ProjectId),
    Update(UpdateId),
    Page(PageId),
}

/// What is found in the texts of each record, in the order of the catalogue.
pub(super) fn each(catalogue: &Catalogue, look: impl Fn(&Sheet<'_>, &mut Vec<Diagnostic>) + Sync) -> Vec<Diagnostic> {
    let records: Vec<Of> = (catalogue.unit_ids().map(Of::Unit))
        .chain(catalogue.plan_ids().map(Of::Plan))
        .chain(catalogue.objective_ids().map(Of::Objective))
        .chain(catalogue.project_ids().map(Of::Project))
        .chain(catalogue.update_ids().map(Of::Update))
        .chain(catalogue.page_ids().map(Of::Page))
        .collect();
    let found: Vec<Vec<Diagnostic>> = records
        .into_par_iter()
        .map(|record| {
            let mut found = Vec::new();
            look(&sheet(catalogue, &record), &mut found);
            found
        })
        .collect();
    found.into_iter().flatten().collect()
}

fn sheet<'c>(catalogue: &'c Catalogue, record: &Of) -> Sheet<'c> {
    match record {
        Of::Unit(id) => unit(catalogue, *id),
        Of::Plan(id) => plan(catalogue, *id),
        Of::Objective(id) => objective(catalogue, *id),
        Of::Project(id) => project(catalogue, *id),
        Of::Update(id) => update(catalogue, *id),
        Of::Page(id) => page(catalogue, *id),
    }
}

/// Gathers a record's texts.
struct Gather<'c> {
    file: FileId,
    translations: &'c [Translation],
    texts: Vec<Text<'c>>,
}

impl<'c> Gather<'c> {
    fn new(file: FileId, translations: &'c [Translation]) -> Self {
        Self { file, translations, texts: Vec::new() }
    }

    fn add(&mut self, at: At, words: impl Into<Cow<'c, str>>) {
        let words = words.into();
        self.texts.push(Text { file: self.file, at, role: Role::Words, words });
    }

    fn words(&mut self, at: At, words: &'c Translated<String>) {
        self.add(at, words.as_str());
        for (lang, words) in words.translations() {
            self.translated(lang, at, words.as_str());
        }
    }

    fn known(&mut self, at: At, words: &'c Translated<Option<String>>) {
        words.iter().for_each(|words| self.add(at, words.as_str()));
        for (lang, words) in words.translations() {
            words.iter().for_each(|words| self.translated(lang, at, words.as_str()));
        }
    }

    fn body(&mut self, body: &'c Translated<Markdown>) {
        self.add(At::Bytes(body.offset()), body.text());
        for (lang, body) in body.translations() {
            self.translated(lang, At::Bytes(body.offset()), body.text());
        }
    }

    /// Units and nodes are translated by name, not by place, so theirs are read in the first language alone.
    fn translated(&mut self, lang: crate::model::Lang, at: At, words: impl Into<Cow<'c, str>>) {
        if let Some(translation) = self.translations.iter().find(|translation| translation.lang == lang) {
            let words = words.into();
            self.texts.push(Text { file: translation.origin.file, at, role: Role::Words, words });
        }
    }

    fn indicators(&mut self, list: &'static str, indicators: &'c [Indicator]) {
        for (i, indicator) in indicators.iter().enumerate() {
            self.words(At::In(list, i, "title"), &indicator.title);
            self.known(At::In(list, i, "definition"), &indicator.definition);
            self.known(At::In(list, i, "comment"), &indicator.comment);
        }
    }

    fn done(self, unit: Option<UnitId>, last_day: Option<Date>) -> Sheet<'c> {
        Sheet { unit, last_day, texts: self.texts }
    }
}

fn unit(catalogue: &Catalogue, id: UnitId) -> Sheet<'_> {
    let unit = &catalogue[id];
    let item = unit.origin.item;
    let mut gather = Gather::new(unit.origin.file, &[]);
    gather.words(At::Item(item, None, "name"), &unit.name);
    gather.known(At::Item(item, None, "description"), &unit.description);
    if let Some(contact) = &unit.contact {
        for (key, words) in [("email", &contact.email), ("phone", &contact.phone)] {
            let at = At::Item(item, Some("contact"), key);
            let file = unit.origin.file;
            let texts = words.iter().map(|words| Text { file, at, role: Role::Contact, words: words.into() });
            gather.texts.extend(texts);
        }
    }
    gather.done(Some(id), None)
}

fn plan(catalogue: &Catalogue, id: PlanId) -> Sheet<'_> {
    let plan = &catalogue[id];
    let mut gather = Gather::new(plan.origin.file, &[]);
    gather.words(At::Key("title"), &plan.title);
    for node in plan.nodes.iter().map(|node: &NodeId| &catalogue[*node]) {
        gather.words(At::In("nodes", node.origin.item, "title"), &node.title);
    }
    gather.done(Some(plan.administration), None)
}

fn objective(catalogue: &Catalogue, id: ObjectiveId) -> Sheet<'_> {
    let objective = &catalogue[id];
    let mut gather = Gather::new(objective.origin.file, &objective.translations);
    gather.words(At::Key("title"), &objective.title);
    gather.known(At::Key("lead"), &objective.lead);
    gather.known(At::Key("summary"), &objective.summary);
    gather.known(At::Key("note"), &objective.note);
    for (i, phase) in objective.phases.iter().enumerate() {
        gather.words(At::In("phases", i, "title"), &phase.title);
        gather.known(At::In("phases", i, "notes"), &phase.notes);
    }
    gather.indicators("indicators", &objective.indicators);
    if let Some(report) = objective.report.as_ref() {
        gather.add(At::Key("report"), report.text());
    }
    gather.body(objective.body.read());
    gather.done(Some(objective.unit), Some(objective.last_day()))
}

fn project(catalogue: &Catalogue, id: ProjectId) -> Sheet<'_> {
    let project = &catalogue[id];
    let mut gather = Gather::new(project.origin.file, &project.translations);
    gather.words(At::Key("title"), &project.title);
    gather.known(At::Key("lead"), &project.lead);
    gather.known(At::Key("summary"), &project.summary);
    gather.known(At::Key("note"), &project.note);
    gather.indicators("expected_results", &project.expected_results);
    for (i, milestone) in project.milestones.iter().enumerate() {
        gather.words(At::In("milestones", i, "title"), &milestone.title);
    }
    gather.body(project.body.read());
    gather.done(Some(project.unit), project.end.as_ref().and_then(|end| end.value().latest()))
}

fn update(catalogue: &Catalogue, id: UpdateId) -> Sheet<'_> {
    let update = &catalogue[id];
    let mut gather = Gather::new(update.origin.file, &update.translations);
    gather.words(At::Key("title"), &update.title);
    gather.known(At::Key("lead"), &update.lead);
    gather.body(update.body.read());
    gather.done(Some(catalogue[update.project].unit), Some(update.date))
}

fn page(catalogue: &Catalogue, id: PageId) -> Sheet<'_> {
    let page = &catalogue[id];
    let mut gather = Gather::new(page.origin.file, &page.translations);
    gather.words(At::Key("title"), &page.title);
    gather.known(At::Key("lead"), &page.lead);
    gather.body(page.body.read());
    gather.done(None, None)
}
