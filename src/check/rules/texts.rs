//! The texts that people read, record by record, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, KeyPath, Place};
use crate::incremental::fingerprint;
use crate::incremental::store::CleanTexts;
use crate::model::{
    Catalogue, FileId, Indicator, Lang, Markdown, NodeId, ObjectiveId, Origin, PageId, PlanId, ProjectId, Translated,
    Translation, UnitId, UpdateId,
};

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextRole {
    /// Words of an office.
    Words,
    /// How a unit is reached.
    Contact,
}

/// A text in its file.
pub(super) struct SourceText<'c> {
    file: FileId,
    at: TextPlace,
    pub(super) role: TextRole,
    pub(super) words: Cow<'c, str>,
    /// The fingerprint of a long text, with its record's time and unit.
    fingerprint: Option<u64>,
}

#[derive(Clone, Copy)]
enum TextPlace {
    /// A key of the record.
    Key(&'static str),
    /// A key of one of a list.
    In(&'static str, usize, &'static str),
    /// A key of one of a file's records, perhaps below another.
    Item(usize, Option<&'static str>, &'static str),
    /// From a byte of the file on.
    Bytes(usize),
}

impl SourceText<'_> {
    /// A problem of some bytes of the words; of all of them where they are a key's.
    pub(super) fn problem(&self, code: Code, range: Range<usize>) -> Diagnostic {
        let place: Place = match self.at {
            TextPlace::Key(key) => KeyPath::of(key).into(),
            TextPlace::In(list, index, key) => KeyPath::of(list).index(index).key(key).into(),
            TextPlace::Item(item, above, key) => {
                let path = KeyPath::default().index(item);
                above.into_iter().fold(path, KeyPath::key).key(key).into()
            }
            TextPlace::Bytes(start) => (range.start + start..range.end + start).into(),
        };
        Diagnostic::new(code, self.file, place)
    }
}

/// A record's texts.
pub(super) struct RecordTexts<'c> {
    /// The unit that answers for it; none for what is the site's own.
    pub(super) unit: Option<UnitId>,
    /// The last day of its time, where it has one.
    pub(super) last_day: Option<Date>,
    texts: Vec<SourceText<'c>>,
    /// The fingerprints of the texts that are known to be sound, and aren't among the others.
    sound: Vec<u64>,
}

enum TextOwner {
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
    sound: CleanTexts<'_>,
    check: impl Fn(&RecordTexts<'_>, &SourceText<'_>) -> Vec<Diagnostic> + Sync,
) -> Vec<Diagnostic> {
    let records: Vec<TextOwner> = (catalogue.unit_ids().map(TextOwner::Unit))
        .chain(catalogue.plan_ids().map(TextOwner::Plan))
        .chain(catalogue.objective_ids().map(TextOwner::Objective))
        .chain(catalogue.project_ids().map(TextOwner::Project))
        .chain(catalogue.update_ids().map(TextOwner::Update))
        .chain(catalogue.page_ids().map(TextOwner::Page))
        .collect();
    let of_record = |record: &TextOwner| {
        let sheet = sheet(catalogue, record, &sound);
        let (mut found, mut newly_sound) = (Vec::new(), Vec::new());
        for text in &sheet.texts {
            let of_text = check(&sheet, text);
            newly_sound.extend(text.fingerprint.filter(|_| of_text.is_empty()));
            found.extend(of_text);
        }
        (found, [sheet.sound, newly_sound].concat())
    };
    let context: Vec<(Vec<Diagnostic>, Vec<u64>)> = records.par_iter().map(of_record).collect();
    let (found, sound_now): (Vec<_>, Vec<_>) = context.into_iter().unzip();
    sound.keep(&sound_now.into_iter().flatten().collect());
    found.into_iter().flatten().collect()
}

fn sheet<'c>(catalogue: &'c Catalogue, record: &TextOwner, sound: &CleanTexts<'_>) -> RecordTexts<'c> {
    match record {
        TextOwner::Unit(id) => unit(catalogue, *id),
        TextOwner::Plan(id) => plan(catalogue, *id),
        TextOwner::Objective(id) => objective(catalogue, *id, sound),
        TextOwner::Project(id) => project(catalogue, *id, sound),
        TextOwner::Update(id) => update(catalogue, *id, sound),
        TextOwner::Page(id) => page(catalogue, *id, sound),
    }
}

/// Gathers a record's texts.
struct TextCollector<'c> {
    file: FileId,
    translations: &'c [Translation],
    sheet: RecordTexts<'c>,
}

impl<'c> TextCollector<'c> {
    fn new(origin: &Origin, translations: &'c [Translation], unit: Option<UnitId>, last_day: Option<Date>) -> Self {
        let sheet = RecordTexts { unit, last_day, texts: Vec::new(), sound: Vec::new() };
        Self { file: origin.file, translations, sheet }
    }

    fn add(&mut self, at: TextPlace, words: &'c str) {
        self.push(self.file, at, TextRole::Words, words);
    }

    fn push(&mut self, file: FileId, at: TextPlace, role: TextRole, words: &'c str) {
        self.sheet
            .texts
            .push(SourceText { file, at, role, words: words.into(), fingerprint: None });
    }

    fn words(&mut self, at: TextPlace, words: &'c Translated<String>) {
        self.add(at, words.as_str());
        for (lang, words) in words.translations() {
            self.translated(lang, at, words.as_str());
        }
    }

    fn known(&mut self, at: TextPlace, words: &'c Translated<Option<String>>) {
        words.iter().for_each(|words| self.add(at, words.as_str()));
        for (lang, words) in words.translations() {
            words.iter().for_each(|words| self.translated(lang, at, words.as_str()));
        }
    }

    fn body(&mut self, body: &'c Translated<Markdown>, sound: &CleanTexts<'_>) {
        self.long(self.file, TextPlace::Bytes(body.offset()), body, sound);
        for (lang, body) in body.translations() {
            if let Some(file) = self.file_in(lang) {
                self.long(file, TextPlace::Bytes(body.offset()), body, sound);
            }
        }
    }

    /// A text that isn't read where it is known to be sound.
    fn long(&mut self, file: FileId, at: TextPlace, markdown: &'c Markdown, sound: &CleanTexts<'_>) {
        let fingerprint = fingerprint(&(markdown.fingerprint(), self.sheet.unit, self.sheet.last_day));
        if sound.has(fingerprint) {
            self.sheet.sound.push(fingerprint);
        } else {
            let (words, fingerprint) = (markdown.text(), Some(fingerprint));
            self.sheet.texts.push(SourceText { file, at, role: TextRole::Words, words, fingerprint });
        }
    }

    /// Units and nodes are translated by name, not by place, so theirs are read in the first language alone.
    fn translated(&mut self, lang: Lang, at: TextPlace, words: &'c str) {
        if let Some(file) = self.file_in(lang) {
            self.push(file, at, TextRole::Words, words);
        }
    }

    fn file_in(&self, lang: Lang) -> Option<FileId> {
        let translation = self.translations.iter().find(|translation| translation.lang == lang)?;
        Some(translation.origin.file)
    }

    fn indicators(&mut self, list: &'static str, indicators: &'c [Indicator]) {
        for (i, indicator) in indicators.iter().enumerate() {
            self.words(TextPlace::In(list, i, "title"), &indicator.title);
            self.known(TextPlace::In(list, i, "definition"), &indicator.definition);
            self.known(TextPlace::In(list, i, "comment"), &indicator.comment);
        }
    }
}

fn unit(catalogue: &Catalogue, id: UnitId) -> RecordTexts<'_> {
    let unit = &catalogue[id];
    let item = unit.origin.item;
    let mut gather = TextCollector::new(&unit.origin, &[], Some(id), None);
    gather.words(TextPlace::Item(item, None, "name"), &unit.name);
    gather.known(TextPlace::Item(item, None, "description"), &unit.description);
    if let Some(contact) = &unit.contact {
        for (key, words) in [("email", &contact.email), ("phone", &contact.phone)] {
            let at = TextPlace::Item(item, Some("contact"), key);
            words.iter().for_each(|words| gather.push(unit.origin.file, at, TextRole::Contact, words));
        }
    }
    gather.sheet
}

fn plan(catalogue: &Catalogue, id: PlanId) -> RecordTexts<'_> {
    let plan = &catalogue[id];
    let mut gather = TextCollector::new(&plan.origin, &[], Some(plan.administration), None);
    gather.words(TextPlace::Key("title"), &plan.title);
    for node in plan.nodes.iter().map(|node: &NodeId| &catalogue[*node]) {
        gather.words(TextPlace::In("nodes", node.origin.item, "title"), &node.title);
    }
    gather.sheet
}

fn objective<'c>(catalogue: &'c Catalogue, id: ObjectiveId, sound: &CleanTexts<'_>) -> RecordTexts<'c> {
    let objective = &catalogue[id];
    let last_day = Some(objective.last_day());
    let mut gather = TextCollector::new(&objective.origin, &objective.translations, Some(objective.unit), last_day);
    gather.words(TextPlace::Key("title"), &objective.title);
    gather.known(TextPlace::Key("lead"), &objective.lead);
    gather.known(TextPlace::Key("summary"), &objective.summary);
    gather.known(TextPlace::Key("note"), &objective.note);
    for (i, phase) in objective.phases.iter().enumerate() {
        gather.words(TextPlace::In("phases", i, "title"), &phase.title);
        gather.known(TextPlace::In("phases", i, "notes"), &phase.notes);
    }
    gather.indicators("indicators", &objective.indicators);
    if let Some(report) = objective.report.as_ref() {
        gather.long(objective.origin.file, TextPlace::Key("report"), report, sound);
    }
    gather.body(objective.body.read(), sound);
    gather.sheet
}

fn project<'c>(catalogue: &'c Catalogue, id: ProjectId, sound: &CleanTexts<'_>) -> RecordTexts<'c> {
    let project = &catalogue[id];
    let last_day = project.end.as_ref().and_then(|end| end.read()?.latest());
    let mut gather = TextCollector::new(&project.origin, &project.translations, Some(project.unit), last_day);
    gather.words(TextPlace::Key("title"), &project.title);
    gather.known(TextPlace::Key("lead"), &project.lead);
    gather.known(TextPlace::Key("summary"), &project.summary);
    gather.known(TextPlace::Key("note"), &project.note);
    gather.indicators("expected_results", &project.expected_results);
    for (i, milestone) in project.milestones.iter().enumerate() {
        gather.words(TextPlace::In("milestones", i, "title"), &milestone.title);
    }
    gather.body(project.body.read(), sound);
    gather.sheet
}

fn update<'c>(catalogue: &'c Catalogue, id: UpdateId, sound: &CleanTexts<'_>) -> RecordTexts<'c> {
    let update = &catalogue[id];
    let unit = Some(catalogue[update.project].unit);
    let mut gather = TextCollector::new(&update.origin, &update.translations, unit, Some(update.date));
    gather.words(TextPlace::Key("title"), &update.title);
    gather.known(TextPlace::Key("lead"), &update.lead);
    gather.body(update.body.read(), sound);
    gather.sheet
}

fn page<'c>(catalogue: &'c Catalogue, id: PageId, sound: &CleanTexts<'_>) -> RecordTexts<'c> {
    let page = &catalogue[id];
    let mut gather = TextCollector::new(&page.origin, &page.translations, None, None);
    gather.words(TextPlace::Key("title"), &page.title);
    gather.known(TextPlace::Key("lead"), &page.lead);
    gather.body(page.body.read(), sound);
    gather.sheet
}
