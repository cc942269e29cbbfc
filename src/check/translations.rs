//! What was written in other languages is laid over the records that it translates.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::names::folded;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::{
    Body, Catalogue, Document, FileId, Indicator, Lang, Markdown, Phase, PlanId, Translated, Translation,
};
use crate::parse::{
    Drafts, IndicatorWords, PlanWords, SheetWords, TitleWords, TranslatedWords, TranslationDraft, UnitWords,
};

/// The paths of the files that were written in the site's first language, of whatever is wrong with them.
pub(super) fn originals(drafts: &Drafts) -> HashSet<Arc<str>> {
    if drafts.translations.is_empty() {
        return HashSet::new();
    }
    let units = drafts.units.iter().map(|draft| &draft.origin);
    let plans = drafts.plans.iter().map(|draft| &draft.origin);
    let objectives = drafts.objectives.iter().map(|draft| &draft.origin);
    let projects = drafts.projects.iter().map(|draft| &draft.origin);
    let updates = drafts.updates.iter().map(|draft| &draft.origin);
    let pages = drafts.pages.iter().map(|draft| &draft.origin);
    let all = units.chain(plans).chain(objectives).chain(projects).chain(updates).chain(pages);
    all.map(|origin| origin.path.clone()).collect()
}

/// A record that has a file of its own, by its place in the list of its kind.
#[derive(Clone, Copy)]
enum Record {
    Units,
    Plan(usize),
    Objective(usize),
    Project(usize),
    Update(usize),
    Page(usize),
}

/// Adds each translation to its record, and reports those of records that there aren't and of languages that the site
/// isn't in.
pub(super) fn overlay(
    translations: Vec<TranslationDraft>,
    originals: &HashSet<Arc<str>>,
    languages: &[Lang],
    catalogue: &mut Catalogue,
    report: &mut Report,
) {
    if translations.is_empty() {
        return;
    }
    let records = records(catalogue);
    for translation in translations {
        let file = translation.origin.file;
        let lang = translation
            .language
            .parse()
            .ok()
            .filter(|lang| languages.iter().skip(1).any(|known| known == lang));
        let (Some(lang), true) = (lang, originals.contains(&*translation.of)) else {
            let stray = Diagnostic::new(Code::StrayTranslation, file, Place::File);
            report.add(stray.with("language", translation.language));
            continue;
        };
        // A record that isn't published, or that something else is wrong with, has no words to translate.
        let Some(record) = records.get(&*translation.of).copied() else { continue };
        let mut at = Overlay { lang, file, report };
        match translation.words {
            TranslatedWords::Units(words) => at.units(words, catalogue),
            TranslatedWords::Plan(words) => {
                if let Record::Plan(plan) = record {
                    at.plan(words, PlanId::at(plan), catalogue);
                }
            }
            TranslatedWords::Sheet(words, body) => at.sheet(*words, body, record, catalogue),
        }
        let known = Translation { lang, origin: translation.origin };
        match record {
            Record::Units => {
                for unit in catalogue.units.iter_mut().filter(|unit| *unit.origin.path == *translation.of) {
                    unit.translations.push(known.clone());
                }
            }
            Record::Plan(i) => catalogue.plans[i].translations.push(known),
            Record::Objective(i) => catalogue.objectives[i].translations.push(known),
            Record::Project(i) => catalogue.projects[i].translations.push(known),
            Record::Update(i) => catalogue.updates[i].translations.push(known),
            Record::Page(i) => catalogue.pages[i].translations.push(known),
        }
    }
}

fn records(catalogue: &Catalogue) -> HashMap<Arc<str>, Record> {
    let mut records = HashMap::new();
    records.extend(catalogue.units.first().map(|unit| (unit.origin.path.clone(), Record::Units)));
    let plans = catalogue.plans.iter().enumerate();
    records.extend(plans.map(|(i, record)| (record.origin.path.clone(), Record::Plan(i))));
    let objectives = catalogue.objectives.iter().enumerate();
    records.extend(objectives.map(|(i, record)| (record.origin.path.clone(), Record::Objective(i))));
    let projects = catalogue.projects.iter().enumerate();
    records.extend(projects.map(|(i, record)| (record.origin.path.clone(), Record::Project(i))));
    let updates = catalogue.updates.iter().enumerate();
    records.extend(updates.map(|(i, record)| (record.origin.path.clone(), Record::Update(i))));
    let pages = catalogue.pages.iter().enumerate();
    records.extend(pages.map(|(i, record)| (record.origin.path.clone(), Record::Page(i))));
    records
}

/// One translation, while it is laid over its record.
struct Overlay<'r> {
    lang: Lang,
    file: FileId,
    report: &'r mut Report,
}

impl Overlay<'_> {
    fn sheet(&mut self, words: SheetWords, body: Markdown, record: Record, catalogue: &mut Catalogue) {
        let body = Some(body).filter(|body| !body.is_blank());
        match record {
            Record::Objective(i) => {
                let objective = &mut catalogue.objectives[i];
                self.text(&mut objective.title, words.title);
                self.known(&mut objective.lead, words.lead);
                self.known(&mut objective.summary, words.summary);
                self.known(&mut objective.classification, words.classification);
                self.known(&mut objective.kind, words.kind);
                self.known(&mut objective.note, words.note);
                self.known(&mut objective.report, words.report.map(Markdown::from));
                self.body(&mut objective.body, body);
                let phases = words.phases.unwrap_or_default();
                self.fits("phases", phases.len(), objective.phases.len());
                for (phase, words) in objective.phases.iter_mut().zip(phases) {
                    let Phase { title, notes, .. } = phase;
                    self.text(title, words.title);
                    self.known(notes, words.notes);
                }
                self.indicators("indicators", &mut objective.indicators, words.indicators);
                self.documents(&mut objective.documents, words.documents);
            }
            Record::Project(i) => {
                let project = &mut catalogue.projects[i];
                self.text(&mut project.title, words.title);
                self.known(&mut project.lead, words.lead);
                self.known(&mut project.summary, words.summary);
                self.known(&mut project.note, words.note);
                self.body(&mut project.body, body);
                self.indicators("expected_results", &mut project.expected_results, words.expected_results);
                let milestones = project.milestones.iter_mut().map(|milestone| &mut milestone.title);
                self.titles("milestones", milestones, words.milestones);
                self.documents(&mut project.documents, words.documents);
            }
            Record::Update(i) => {
                let update = &mut catalogue.updates[i];
                self.text(&mut update.title, words.title);
                self.known(&mut update.lead, words.lead);
                self.body(&mut update.body, body);
                self.documents(&mut update.documents, words.documents);
            }
            Record::Page(i) => {
                let page = &mut catalogue.pages[i];
                self.text(&mut page.title, words.title);
                self.known(&mut page.lead, words.lead);
                self.body(&mut page.body, body);
            }
            Record::Units | Record::Plan(_) => {}
        }
    }

    fn indicators(&mut self, key: &'static str, indicators: &mut [Indicator], words: Option<Vec<IndicatorWords>>) {
        let words = words.unwrap_or_default();
        self.fits(key, words.len(), indicators.len());
        for (indicator, words) in indicators.iter_mut().zip(words) {
            self.text(&mut indicator.title, words.title);
            self.known(&mut indicator.kind, words.kind);
            self.known(&mut indicator.unit_of_measure, words.unit_of_measure);
            self.known(&mut indicator.definition, words.definition);
            self.known(&mut indicator.source, words.source);
            self.known(&mut indicator.comment, words.comment);
        }
    }

    fn documents(&mut self, documents: &mut [Document], words: Option<Vec<TitleWords>>) {
        self.titles("documents", documents.iter_mut().map(|document| &mut document.title), words);
    }

    fn titles<'t, T>(&mut self, key: &'static str, titles: T, words: Option<Vec<TitleWords>>)
    where
        T: ExactSizeIterator<Item = &'t mut Translated<String>>,
    {
        let words = words.unwrap_or_default();
        self.fits(key, words.len(), titles.len());
        for (title, words) in titles.zip(words) {
            self.text(title, words.title);
        }
    }

    fn units(&mut self, words: Vec<UnitWords>, catalogue: &mut Catalogue) {
        let places = by_name(catalogue.units.iter().map(|unit| unit.id.as_str()));
        for (i, words) in words.into_iter().enumerate() {
            let Some(id) = words.id else { continue };
            let Some(unit) = places.get(&folded(&id)).map(|place| &mut catalogue.units[*place]) else {
                let place = KeyPath::default().index(i).key("id");
                self.dangling("unit", &id, place, catalogue.units.iter().map(|unit| unit.id.as_str()));
                continue;
            };
            self.text(&mut unit.name, words.name);
            self.known(&mut unit.kind, words.kind);
            self.known(&mut unit.description, words.description);
        }
    }

    fn plan(&mut self, words: PlanWords, id: PlanId, catalogue: &mut Catalogue) {
        let plan = &mut catalogue.plans[id.index()];
        self.text(&mut plan.title, words.title);
        self.known(&mut plan.scheme, words.scheme);
        let nodes = plan.nodes.clone();
        let places = by_name(nodes.iter().map(|node| catalogue[*node].code.as_str()));
        for (i, words) in words.nodes.unwrap_or_default().into_iter().enumerate() {
            let Some(code) = words.code else { continue };
            let Some(place) = places.get(&folded(&code)) else {
                let place = KeyPath::of("nodes").index(i).key("code");
                self.dangling("node", &code, place, nodes.iter().map(|node| catalogue[*node].code.as_str()));
                continue;
            };
            let node = &mut catalogue.nodes[nodes[*place].index()];
            self.known(&mut node.level, words.level);
            self.text(&mut node.title, words.title);
            self.known(&mut node.quote, words.quote);
        }
    }

    fn text<T>(&self, text: &mut Translated<T>, words: Option<T>) {
        if let Some(words) = words {
            text.add(self.lang, words);
        }
    }

    fn body(&self, text: &mut Body, words: Option<Markdown>) {
        if let Some(words) = words {
            text.add(self.lang, words);
        }
    }

    fn known<T>(&self, text: &mut Translated<Option<T>>, words: Option<T>) {
        if words.is_some() {
            text.add(self.lang, words);
        }
    }

    /// A list is translated by position: one that is longer than the record's is of another record, or out of step.
    fn fits(&mut self, key: &'static str, translated: usize, own: usize) {
        if translated > own {
            let problem = Diagnostic::new(Code::LongTranslation, self.file, KeyPath::of(key).index(own))
                .with("key", key)
                .with("found", translated.to_string())
                .with("known", own.to_string());
            self.report.add(problem);
        }
    }

    fn dangling<'n, N>(&mut self, kind: &'static str, written: &str, place: KeyPath, names: N)
    where
        N: IntoIterator<Item = &'n str>,
    {
        let problem = Diagnostic::new(Code::Dangling, self.file, place)
            .with("kind", kind)
            .with("written", written);
        self.report.add(problem.nearest(written, names));
    }
}

/// The place of each name, the first where two are the same.
fn by_name<'n, N: Iterator<Item = &'n str>>(names: N) -> HashMap<String, usize> {
    let mut places = HashMap::new();
    for (place, name) in names.enumerate() {
        places.entry(folded(name)).or_insert(place);
    }
    places
}
