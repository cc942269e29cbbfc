//! Translations, which are laid over the records that they translate.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::catalogue::{Catalogue, Document, Indicator, Objective, Page, PlanId, Project, Update};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Near, Place, Report};
use crate::incremental::ByPointer;
use crate::model::folded;
use crate::model::{Body, FileId, Lang, Markdown, Origin, Translated, Translation};
use crate::parse::{
    IndicatorWords, MarkdownField, PlanWords, SheetWords, Sheets, TitleWords, TranslatedWords, TranslationSheet,
    UnitWords,
};

/// Translations of records into other languages of the site, by the path of the record's file.
#[derive(Default)]
pub(super) struct Translations(HashMap<String, Vec<AppliedTranslation>>);

/// One translation of a record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct AppliedTranslation {
    lang: Lang,
    sheet: ByPointer<TranslationSheet>,
}

impl Translations {
    /// Takes the translations out of the sheets. Reports those of records that don't exist and of languages that the
    /// site isn't in.
    pub(super) fn of(sheets: &mut Sheets, languages: &[Lang], report: &mut Report) -> Self {
        let mut translations = Self::default();
        let written = std::mem::take(&mut sheets.translations);
        if written.is_empty() {
            return translations;
        }
        let originals = originals(sheets);
        for sheet in written {
            let lang = sheet.language.parse().ok();
            let lang = lang.filter(|lang| languages.iter().skip(1).any(|known| known == lang));
            match lang {
                Some(lang) if originals.contains(&*sheet.of) => {
                    translations
                        .0
                        .entry(sheet.of.clone())
                        .or_default()
                        .push(AppliedTranslation { lang, sheet: ByPointer(sheet) });
                }
                _ => {
                    let stray = Diagnostic::new(Code::StrayTranslation, sheet.origin.file, Place::File);
                    report.add(stray.with("language", sheet.language.as_str()));
                }
            }
        }
        translations
    }

    /// Translations of the record in a file, handed over.
    pub(super) fn take(&mut self, origin: &Origin) -> Vec<AppliedTranslation> {
        self.0.remove(&*origin.path).unwrap_or_default()
    }
}

/// Paths of the files in the site's first language, with those that have mistakes.
fn originals(sheets: &Sheets) -> HashSet<Arc<str>> {
    let units = sheets.units.iter().map(|sheet| &sheet.origin);
    let plans = sheets.plans.iter().map(|sheet| &sheet.origin);
    let objectives = sheets.objectives.iter().map(|sheet| &sheet.origin);
    let projects = sheets.projects.iter().map(|sheet| &sheet.origin);
    let updates = sheets.updates.iter().map(|sheet| &sheet.origin);
    let pages = sheets.pages.iter().map(|sheet| &sheet.origin);
    let all = units.chain(plans).chain(objectives).chain(projects).chain(updates).chain(pages);
    all.map(|origin| origin.path.clone()).collect()
}

/// Lays translations over the units or plans that they are of.
pub(super) fn lay_over_organisation(
    translations: Vec<AppliedTranslation>,
    catalogue: &mut Catalogue,
    report: &mut Report,
) {
    for AppliedTranslation { lang, sheet } in translations {
        let TranslationSheet { of, origin, words, .. } = Arc::unwrap_or_clone(sheet.0);
        let mut at = Overlay { lang, file: origin.file, report };
        let translation = Translation { lang, origin };
        match words {
            TranslatedWords::Units(words) => {
                at.units(words, catalogue);
                for unit in catalogue.units.iter_mut().filter(|unit| *unit.origin.path == *of) {
                    Arc::make_mut(unit).translations.push(translation.clone());
                }
            }
            TranslatedWords::Plan(words) => {
                // A plan with another mistake may not be in the catalogue.
                let Some(place) = catalogue.plans.iter().position(|plan| *plan.origin.path == *of) else { continue };
                at.plan(words, PlanId::at(place), catalogue);
                Arc::make_mut(&mut catalogue.plans[place]).translations.push(translation);
            }
            TranslatedWords::Sheet(..) => {}
        }
    }
}

/// Lays translations over the record that they are of.
pub(super) fn lay_over<R: Translatable>(translations: &[AppliedTranslation], record: &mut R, report: &mut Report) {
    for AppliedTranslation { lang, sheet } in translations {
        let TranslatedWords::Sheet(words, body) = sheet.words.clone() else { continue };
        let body = Some(body).filter(|body| !body.is_blank());
        record.translate(*words, body, &mut Overlay { lang: *lang, file: sheet.origin.file, report });
        record.translations().push(Translation { lang: *lang, origin: sheet.origin.clone() });
    }
}

/// A record that has a file of its own, with a text.
pub(super) trait Translatable {
    /// Takes words in another language.
    fn translate(&mut self, words: SheetWords, body: Option<Markdown>, at: &mut Overlay<'_>);
    /// Files from which it took words.
    fn translations(&mut self) -> &mut Vec<Translation>;
}

impl Translatable for Objective {
    fn translate(&mut self, words: SheetWords, body: Option<Markdown>, at: &mut Overlay<'_>) {
        at.text(&mut self.fields.title, words.title);
        at.optional(&mut self.fields.lead, words.lead);
        at.optional(&mut self.fields.summary, words.summary);
        at.optional(&mut self.fields.classification, words.classification);
        at.optional(&mut self.fields.kind, words.kind);
        at.optional(&mut self.fields.note, words.note);
        at.optional(&mut self.fields.report, words.report.map(MarkdownField::from));
        at.body(&mut self.body, body);
        let phases = words.phases.unwrap_or_default();
        at.check_length("phases", phases.len(), self.phases.len());
        for (phase, words) in self.phases.iter_mut().zip(phases) {
            at.text(&mut phase.fields.title, words.title);
            at.optional(&mut phase.fields.notes, words.notes);
        }
        at.indicators("indicators", &mut self.indicators, words.indicators);
        at.documents(&mut self.documents, words.documents);
    }

    fn translations(&mut self) -> &mut Vec<Translation> {
        &mut self.translations
    }
}

impl Translatable for Project {
    fn translate(&mut self, words: SheetWords, body: Option<Markdown>, at: &mut Overlay<'_>) {
        at.text(&mut self.fields.title, words.title);
        at.optional(&mut self.fields.lead, words.lead);
        at.optional(&mut self.fields.summary, words.summary);
        at.optional(&mut self.fields.note, words.note);
        at.body(&mut self.body, body);
        at.indicators("expected_results", &mut self.expected_results, words.expected_results);
        let milestones = self.fields.milestones.iter_mut().map(|milestone| &mut milestone.title);
        at.titles("milestones", milestones, words.milestones);
        at.documents(&mut self.documents, words.documents);
    }

    fn translations(&mut self) -> &mut Vec<Translation> {
        &mut self.translations
    }
}

impl Translatable for Update {
    fn translate(&mut self, words: SheetWords, body: Option<Markdown>, at: &mut Overlay<'_>) {
        at.text(&mut self.fields.title, words.title);
        at.optional(&mut self.fields.lead, words.lead);
        at.body(&mut self.body, body);
        at.documents(&mut self.documents, words.documents);
    }

    fn translations(&mut self) -> &mut Vec<Translation> {
        &mut self.translations
    }
}

impl Translatable for Page {
    fn translate(&mut self, words: SheetWords, body: Option<Markdown>, at: &mut Overlay<'_>) {
        at.text(&mut self.fields.title, words.title);
        at.optional(&mut self.fields.lead, words.lead);
        at.body(&mut self.body, body);
    }

    fn translations(&mut self) -> &mut Vec<Translation> {
        &mut self.translations
    }
}

/// One translation, while it is laid over its record.
pub(super) struct Overlay<'r> {
    lang: Lang,
    file: FileId,
    report: &'r mut Report,
}

impl Overlay<'_> {
    fn indicators(&mut self, key: &'static str, indicators: &mut [Indicator], words: Option<Vec<IndicatorWords>>) {
        let words = words.unwrap_or_default();
        self.check_length(key, words.len(), indicators.len());
        for (indicator, words) in indicators.iter_mut().zip(words) {
            self.text(&mut indicator.measured.fields.title, words.title);
            self.optional(&mut indicator.measured.fields.kind, words.kind);
            self.optional(&mut indicator.measured.fields.unit_of_measure, words.unit_of_measure);
            self.optional(&mut indicator.measured.fields.definition, words.definition);
            self.optional(&mut indicator.measured.fields.source, words.source);
            self.optional(&mut indicator.measured.fields.comment, words.comment);
        }
    }

    fn documents(&mut self, documents: &mut [Document], words: Option<Vec<TitleWords>>) {
        self.titles("documents", documents.iter_mut().map(|document| &mut document.fields.title), words);
    }

    fn titles<'t, T>(&mut self, key: &'static str, titles: T, words: Option<Vec<TitleWords>>)
    where
        T: ExactSizeIterator<Item = &'t mut Translated<String>>,
    {
        let words = words.unwrap_or_default();
        self.check_length(key, words.len(), titles.len());
        for (title, words) in titles.zip(words) {
            self.text(title, words.title);
        }
    }

    fn units(&mut self, words: Vec<UnitWords>, catalogue: &mut Catalogue) {
        let places = by_name(catalogue.units.iter().map(|unit| unit.id.as_str()));
        let near = OnceCell::new();
        for (i, words) in words.into_iter().enumerate() {
            let Some(id) = words.id else { continue };
            let Some(unit) = places.get(&folded(&id)).map(|place| Arc::make_mut(&mut catalogue.units[*place])) else {
                let place = KeyPath::default().index(i).key("id");
                let near = near.get_or_init(|| Near::of(catalogue.units.iter().map(|unit| unit.id.as_str())));
                self.dangling("unit", &id, place, near);
                continue;
            };
            self.text(&mut unit.fields.name, words.name);
            self.optional(&mut unit.fields.kind, words.kind);
            self.optional(&mut unit.fields.description, words.description);
        }
    }

    fn plan(&mut self, words: PlanWords, id: PlanId, catalogue: &mut Catalogue) {
        let plan = Arc::make_mut(&mut catalogue.plans[id.index()]);
        self.text(&mut plan.fields.title, words.title);
        self.optional(&mut plan.fields.scheme, words.scheme);
        let nodes = plan.nodes.clone();
        let places = by_name(nodes.iter().map(|node| catalogue[*node].code.as_str()));
        let near = OnceCell::new();
        for (i, words) in words.nodes.unwrap_or_default().into_iter().enumerate() {
            let Some(code) = words.code else { continue };
            let Some(place) = places.get(&folded(&code)) else {
                let place = KeyPath::of("nodes").index(i).key("code");
                let codes = nodes.iter().map(|node| catalogue[*node].code.as_str());
                self.dangling("node", &code, place, near.get_or_init(|| Near::of(codes)));
                continue;
            };
            let node = Arc::make_mut(&mut catalogue.nodes[nodes[*place].index()]);
            self.optional(&mut node.fields.level, words.level);
            self.text(&mut node.fields.title, words.title);
            self.optional(&mut node.fields.quote, words.quote);
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

    fn optional<T>(&self, text: &mut Translated<Option<T>>, words: Option<T>) {
        if words.is_some() {
            text.add(self.lang, words);
        }
    }

    /// Reports a list that is longer than the record's. Lists are translated by position: such a one is of another
    /// record, or out of step.
    fn check_length(&mut self, key: &'static str, translated: usize, own: usize) {
        if translated > own {
            let problem = Diagnostic::new(Code::LongTranslation, self.file, KeyPath::of(key).index(own))
                .with("key", key)
                .with("found", translated.to_string())
                .with("known", own.to_string());
            self.report.add(problem);
        }
    }

    fn dangling(&mut self, kind: &'static str, written: &str, place: KeyPath, names: &Near) {
        let problem = Diagnostic::new(Code::Dangling, self.file, place)
            .with("kind", kind)
            .with("written", written);
        self.report.add(problem.near(written, names));
    }
}

/// Place of each name, the first if two are the same.
fn by_name<'n, N: Iterator<Item = &'n str>>(names: N) -> HashMap<String, usize> {
    let mut places = HashMap::new();
    for (place, name) in names.enumerate() {
        places.entry(folded(name)).or_insert(place);
    }
    places
}
