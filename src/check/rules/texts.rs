//! Texts that people read, record by record, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::catalogue::{
    Catalogue, Indicator, MarkdownField, NodeId, ObjectiveId, PageId, PlanId, ProjectId, UnitId, UpdateId,
};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place};
use crate::incremental::fingerprint;
use crate::incremental::store::CleanTexts;
use crate::model::{FileId, Lang, Markdown, Origin, Translated, Translation};

/// Purpose of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextRole {
    /// Words of an office.
    Words,
    /// E-mail or telephone of a unit.
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

/// Texts of a record.
pub(super) struct RecordTexts<'c> {
    /// Unit that answers for the record; `None` for a page of the site.
    pub(super) unit: Option<UnitId>,
    /// Last day of the record's time, if it has one.
    pub(super) last_day: Option<Date>,
    texts: Vec<SourceText<'c>>,
    /// Fingerprints of the texts that are known to be clean, which are not in `texts`.
    clean: Vec<u64>,
}

enum TextOwner {
    Unit(UnitId),
    Plan(PlanId),
    Objective(ObjectiveId),
    Project(ProjectId),
    Update(UpdateId),
    Page(PageId),
}

/// Findings in the texts of each record, in the order of the catalogue. Long texts that are known to be clean aren't
/// checked.
pub(super) fn check_each(
    catalogue: &Catalogue,
    clean: CleanTexts<'_>,
    check: impl Fn(&RecordTexts<'_>, &SourceText<'_>) -> Vec<Diagnostic> + Sync,
) -> Vec<Diagnostic> {
    let records: Vec<TextOwner> = (catalogue.unit_ids().map(TextOwner::Unit))
        .chain(catalogue.plan_ids().map(TextOwner::Plan))
        .chain(catalogue.objective_ids().map(TextOwner::Objective))
        .chain(catalogue.project_ids().map(TextOwner::Project))
        .chain(catalogue.update_ids().map(TextOwner::Update))
        .chain(catalogue.page_ids().map(TextOwner::Page))
        .collect();
    let check_record = |record: &TextOwner| {
        let record = texts_of(catalogue, record, &clean);
        let (mut found, mut newly_clean) = (Vec::new(), Vec::new());
        for text in &record.texts {
            let in_text = check(&record, text);
            newly_clean.extend(text.fingerprint.filter(|_| in_text.is_empty()));
            found.extend(in_text);
        }
        (found, [record.clean, newly_clean].concat())
    };
    let results: Vec<(Vec<Diagnostic>, Vec<u64>)> = records.par_iter().map(check_record).collect();
    let (found, now_clean): (Vec<_>, Vec<_>) = results.into_iter().unzip();
    clean.keep(&now_clean.into_iter().flatten().collect());
    found.into_iter().flatten().collect()
}

fn texts_of<'c>(catalogue: &'c Catalogue, record: &TextOwner, clean: &CleanTexts<'_>) -> RecordTexts<'c> {
    match record {
        TextOwner::Unit(id) => unit(catalogue, *id),
        TextOwner::Plan(id) => plan(catalogue, *id),
        TextOwner::Objective(id) => objective(catalogue, *id, clean),
        TextOwner::Project(id) => project(catalogue, *id, clean),
        TextOwner::Update(id) => update(catalogue, *id, clean),
        TextOwner::Page(id) => page(catalogue, *id, clean),
    }
}

/// Collects the texts of a record.
struct TextCollector<'c> {
    file: FileId,
    translations: &'c [Translation],
    collected: RecordTexts<'c>,
}

impl<'c> TextCollector<'c> {
    fn new(origin: &Origin, translations: &'c [Translation], unit: Option<UnitId>, last_day: Option<Date>) -> Self {
        let collected = RecordTexts { unit, last_day, texts: Vec::new(), clean: Vec::new() };
        Self { file: origin.file, translations, collected }
    }

    fn add(&mut self, at: TextPlace, words: &'c str) {
        self.push(self.file, at, TextRole::Words, words);
    }

    fn push(&mut self, file: FileId, at: TextPlace, role: TextRole, words: &'c str) {
        self.collected
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

    fn body(&mut self, body: &'c Translated<Markdown>, clean: &CleanTexts<'_>) {
        self.long(self.file, TextPlace::Bytes(body.offset()), body, clean);
        for (lang, body) in body.translations() {
            if let Some(file) = self.file_in(lang) {
                self.long(file, TextPlace::Bytes(body.offset()), body, clean);
            }
        }
    }

    fn known_long(&mut self, at: TextPlace, text: &'c Translated<Option<MarkdownField>>, clean: &CleanTexts<'_>) {
        text.iter().for_each(|text| self.long(self.file, at, text, clean));
        for (lang, text) in text.translations() {
            if let (Some(file), Some(text)) = (self.file_in(lang), text) {
                self.long(file, at, text, clean);
            }
        }
    }

    /// Adds a text that isn't read if it is known to be clean.
    fn long(&mut self, file: FileId, at: TextPlace, markdown: &'c Markdown, clean: &CleanTexts<'_>) {
        let fingerprint = fingerprint(&(markdown.fingerprint(), self.collected.unit, self.collected.last_day));
        if clean.has(fingerprint) {
            self.collected.clean.push(fingerprint);
        } else {
            let (words, fingerprint) = (markdown.text(), Some(fingerprint));
            self.collected
                .texts
                .push(SourceText { file, at, role: TextRole::Words, words, fingerprint });
        }
    }

    /// Adds a translated text. Units and nodes are translated by name, not by place, so theirs are read in the first
    /// language alone.
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
    let mut texts = TextCollector::new(&unit.origin, &[], Some(id), None);
    texts.words(TextPlace::Item(item, None, "name"), &unit.name);
    texts.known(TextPlace::Item(item, None, "description"), &unit.description);
    if let Some(contact) = &unit.contact {
        for (key, words) in [("email", &contact.email), ("phone", &contact.phone)] {
            let at = TextPlace::Item(item, Some("contact"), key);
            words.iter().for_each(|words| texts.push(unit.origin.file, at, TextRole::Contact, words));
        }
    }
    texts.collected
}

fn plan(catalogue: &Catalogue, id: PlanId) -> RecordTexts<'_> {
    let plan = &catalogue[id];
    let mut texts = TextCollector::new(&plan.origin, &[], Some(plan.administration), None);
    texts.words(TextPlace::Key("title"), &plan.title);
    for node in plan.nodes.iter().map(|node: &NodeId| &catalogue[*node]) {
        texts.words(TextPlace::In("nodes", node.origin.item, "title"), &node.title);
    }
    texts.collected
}

fn objective<'c>(catalogue: &'c Catalogue, id: ObjectiveId, clean: &CleanTexts<'_>) -> RecordTexts<'c> {
    let objective = &catalogue[id];
    let last_day = Some(objective.last_day());
    let mut texts = TextCollector::new(&objective.origin, &objective.translations, Some(objective.unit), last_day);
    texts.words(TextPlace::Key("title"), &objective.title);
    texts.known(TextPlace::Key("lead"), &objective.lead);
    texts.known(TextPlace::Key("summary"), &objective.summary);
    texts.known(TextPlace::Key("note"), &objective.note);
    for (i, phase) in objective.phases.iter().enumerate() {
        texts.words(TextPlace::In("phases", i, "title"), &phase.title);
        texts.known(TextPlace::In("phases", i, "notes"), &phase.notes);
    }
    texts.indicators("indicators", &objective.indicators);
    texts.known_long(TextPlace::Key("report"), &objective.report, clean);
    texts.body(objective.body.read(), clean);
    texts.collected
}

fn project<'c>(catalogue: &'c Catalogue, id: ProjectId, clean: &CleanTexts<'_>) -> RecordTexts<'c> {
    let project = &catalogue[id];
    let last_day = project.end.as_ref().and_then(|end| end.read()?.latest());
    let mut texts = TextCollector::new(&project.origin, &project.translations, Some(project.unit), last_day);
    texts.words(TextPlace::Key("title"), &project.title);
    texts.known(TextPlace::Key("lead"), &project.lead);
    texts.known(TextPlace::Key("summary"), &project.summary);
    texts.known(TextPlace::Key("note"), &project.note);
    texts.indicators("expected_results", &project.expected_results);
    for (i, milestone) in project.milestones.iter().enumerate() {
        texts.words(TextPlace::In("milestones", i, "title"), &milestone.title);
    }
    texts.body(project.body.read(), clean);
    texts.collected
}

fn update<'c>(catalogue: &'c Catalogue, id: UpdateId, clean: &CleanTexts<'_>) -> RecordTexts<'c> {
    let update = &catalogue[id];
    let unit = Some(catalogue[update.project].unit);
    let mut texts = TextCollector::new(&update.origin, &update.translations, unit, Some(update.date));
    texts.words(TextPlace::Key("title"), &update.title);
    texts.known(TextPlace::Key("lead"), &update.lead);
    texts.body(update.body.read(), clean);
    texts.collected
}

fn page<'c>(catalogue: &'c Catalogue, id: PageId, clean: &CleanTexts<'_>) -> RecordTexts<'c> {
    let page = &catalogue[id];
    let mut texts = TextCollector::new(&page.origin, &page.translations, None, None);
    texts.words(TextPlace::Key("title"), &page.title);
    texts.known(TextPlace::Key("lead"), &page.lead);
    texts.body(page.body.read(), clean);
    texts.collected
}
