//! The texts that people read, record by record, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, KeyPath, Place};
use crate::model::{
    Catalogue, FileId, Indicator, Lang, Markdown, NodeId, ObjectiveId, Origin, PageId, PlanId, ProjectId, Translated,
    Translation, UnitId, UpdateId,
};
use crate::reads;
use crate::store::Sound;

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
    /// The imprint of a long text, with its record's time and unit.
    imprint: Option<u64>,
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
    texts: Vec<Text<'c>>,
    /// The imprints of the texts that are known to be sound, and aren't among the others.
    sound: Vec<u64>,
}

enum Of {
    Unit(UnitId),
    Plan(PlanId),
    Objective(ObjectiveId),
    Project(ProjectId),
    Update(UpdateId),
    Page(PageId),
}

/// The findings in the texts of each record, in the order of the catalogue, but for the long ones that are known to be sound.
pub(super) fn each(
    catalogue: &Catalogue,
    sound: Sound<'_>,
    look: impl Fn(&Sheet<'_>, &Text<'_>) -> Vec<Diagnostic> + Sync,
) -> Vec<Diagnostic> {
    let records: Vec<Of> = (catalogue.unit_ids().map(Of::Unit))
        .chain(catalogue.plan_ids().map(Of::Plan))
        .chain(catalogue.objective_ids().map(Of::Objective))
        .chain(catalogue.project_ids().map(Of::Project))
        .chain(catalogue.update_ids().map(Of::Update))
        .chain(catalogue.page_ids().map(Of::Page))
        .collect();
    let of_record = |record: &Of| {
        let sheet = sheet(catalogue, record, &sound);
        let (mut found, mut newly_sound) = (Vec::new(), Vec::new());
        for text in &sheet.texts {
            let of_text = look(&sheet, text);
            newly_sound.extend(text.imprint.filter(|_| of_text.is_empty()));
            found.extend(of_text);
        }
        (found, [sheet.sound, newly_sound].concat())
    };
    let looked: Vec<(Vec<Diagnostic>, Vec<u64>)> = records.par_iter().map(of_record).collect();
    let (found, sound_now): (Vec<_>, Vec<_>) = looked.into_iter().unzip();
    sound.keep(&sound_now.into_iter().flatten().collect());
    found.into_iter().flatten().collect()
}

fn sheet<'c>(catalogue: &'c Catalogue, record: &Of, sound: &Sound<'_>) -> Sheet<'c> {
    match record {
        Of::Unit(id) => unit(catalogue, *id),
        Of::Plan(id) => plan(catalogue, *id),
        Of::Objective(id) => objective(catalogue, *id, sound),
        Of::Project(id) => project(catalogue, *id, sound),
        Of::Update(id) => update(catalogue, *id, sound),
        Of::Page(id) => page(catalogue, *id, sound),
    }
}

/// Gathers a record's texts.
struct Gather<'c> {
    file: FileId,
    translations: &'c [Translation],
    sheet: Sheet<'c>,
}

impl<'c> Gather<'c> {
    fn new(origin: &Origin, translations: &'c [Translation], unit: Option<UnitId>, last_day: Option<Date>) -> Self {
        let sheet = Sheet { unit, last_day, texts: Vec::new(), sound: Vec::new() };
        Self { file: origin.file, translations, sheet }
    }

    fn add(&mut self, at: At, words: &'c str) {
        self.push(self.file, at, Role::Words, words);
    }

    fn push(&mut self, file: FileId, at: At, role: Role, words: &'c str) {
        self.sheet.texts.push(Text { file, at, role, words: words.into(), imprint: None });
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

    fn body(&mut self, body: &'c Translated<Markdown>, sound: &Sound<'_>) {
        self.long(self.file, At::Bytes(body.offset()), body, sound);
        for (lang, body) in body.translations() {
            if let Some(file) = self.file_in(lang) {
                self.long(file, At::Bytes(body.offset()), body, sound);
            }
        }
    }

    /// A text that isn't read where it is known to be sound.
    fn long(&mut self, file: FileId, at: At, markdown: &'c Markdown, sound: &Sound<'_>) {
        let imprint = reads::imprint(&(markdown.imprint(), self.sheet.unit, self.sheet.last_day));
        if sound.has(imprint) {
            self.sheet.sound.push(imprint);
        } else {
            let (words, imprint) = (markdown.text(), Some(imprint));
            self.sheet.texts.push(Text { file, at, role: Role::Words, words, imprint });
        }
    }

    /// Units and nodes are translated by name, not by place, so theirs are read in the first language alone.
    fn translated(&mut self, lang: Lang, at: At, words: &'c str) {
        if let Some(file) = self.file_in(lang) {
            self.push(file, at, Role::Words, words);
        }
    }

    fn file_in(&self, lang: Lang) -> Option<FileId> {
        let translation = self.translations.iter().find(|translation| translation.lang == lang)?;
        Some(translation.origin.file)
    }

    fn indicators(&mut self, list: &'static str, indicators: &'c [Indicator]) {
        for (i, indicator) in indicators.iter().enumerate() {
            self.words(At::In(list, i, "title"), &indicator.title);
            self.known(At::In(list, i, "definition"), &indicator.definition);
            self.known(At::In(list, i, "comment"), &indicator.comment);
        }
    }
}

fn unit(catalogue: &Catalogue, id: UnitId) -> Sheet<'_> {
    let unit = &catalogue[id];
    let item = unit.origin.item;
    let mut gather = Gather::new(&unit.origin, &[], Some(id), None);
    gather.words(At::Item(item, None, "name"), &unit.name);
    gather.known(At::Item(item, None, "description"), &unit.description);
    if let Some(contact) = &unit.contact {
        for (key, words) in [("email", &contact.email), ("phone", &contact.phone)] {
            let at = At::Item(item, Some("contact"), key);
            words.iter().for_each(|words| gather.push(unit.origin.file, at, Role::Contact, words));
        }
    }
    gather.sheet
}

fn plan(catalogue: &Catalogue, id: PlanId) -> Sheet<'_> {
    let plan = &catalogue[id];
    let mut gather = Gather::new(&plan.origin, &[], Some(plan.administration), None);
    gather.words(At::Key("title"), &plan.title);
    for node in plan.nodes.iter().map(|node: &NodeId| &catalogue[*node]) {
        gather.words(At::In("nodes", node.origin.item, "title"), &node.title);
    }
    gather.sheet
}

fn objective<'c>(catalogue: &'c Catalogue, id: ObjectiveId, sound: &Sound<'_>) -> Sheet<'c> {
    let objective = &catalogue[id];
    let last_day = Some(objective.last_day());
    let mut gather = Gather::new(&objective.origin, &objective.translations, Some(objective.unit), last_day);
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
        gather.long(objective.origin.file, At::Key("report"), report, sound);
    }
    gather.body(objective.body.read(), sound);
    gather.sheet
}

fn project<'c>(catalogue: &'c Catalogue, id: ProjectId, sound: &Sound<'_>) -> Sheet<'c> {
    let project = &catalogue[id];
    let last_day = project.end.as_ref().and_then(|end| end.read()?.latest());
    let mut gather = Gather::new(&project.origin, &project.translations, Some(project.unit), last_day);
    gather.words(At::Key("title"), &project.title);
    gather.known(At::Key("lead"), &project.lead);
    gather.known(At::Key("summary"), &project.summary);
    gather.known(At::Key("note"), &project.note);
    gather.indicators("expected_results", &project.expected_results);
    for (i, milestone) in project.milestones.iter().enumerate() {
        gather.words(At::In("milestones", i, "title"), &milestone.title);
    }
    gather.body(project.body.read(), sound);
    gather.sheet
}

fn update<'c>(catalogue: &'c Catalogue, id: UpdateId, sound: &Sound<'_>) -> Sheet<'c> {
    let update = &catalogue[id];
    let unit = Some(catalogue[update.project].unit);
    let mut gather = Gather::new(&update.origin, &update.translations, unit, Some(update.date));
    gather.words(At::Key("title"), &update.title);
    gather.known(At::Key("lead"), &update.lead);
    gather.body(update.body.read(), sound);
    gather.sheet
}

fn page<'c>(catalogue: &'c Catalogue, id: PageId, sound: &Sound<'_>) -> Sheet<'c> {
    let page = &catalogue[id];
    let mut gather = Gather::new(&page.origin, &page.translations, None, None);
    gather.words(At::Key("title"), &page.title);
    gather.known(At::Key("lead"), &page.lead);
    gather.body(page.body.read(), sound);
    gather.sheet
}
