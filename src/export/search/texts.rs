//! Texts of a document for the index, those of the most telling field first.

use jiff::civil::Date;

use super::postings::Field;
use super::runs::TextSink;
use crate::catalogue::{Citation, Document, Indicator, NodeId, ObjectiveId, ProjectId, UnitId, UpdateId};
use crate::model::{Cig, Cup, DateUnit, EdtfDate, Lang, Markdown, Written};
use crate::site::{Route, Site};

/// Adds the texts of a document to a sink.
pub(super) fn add_texts(site: &Site, lang: Lang, route: Route, sink: &mut dyn TextSink) {
    let mut texts = DocumentTexts { site, lang, sink };
    match route {
        Route::Objective(id) => texts.objective(id),
        Route::Project(id) => texts.project(id),
        Route::Update(id) => texts.update(id),
        Route::Unit(id) => texts.unit(id),
        Route::Node(id) => texts.node(id),
        Route::Plan(id) => {
            let plan = &site.catalogue[id];
            texts.title(plan.title.or_own(lang));
            texts.summary(plan.scheme.or_own(lang).as_deref());
        }
        Route::Series(id) => {
            for point in &site.catalogue[id].points {
                texts.title(site.catalogue[point.objective].indicators[point.indicator].title.or_own(lang));
            }
        }
        Route::Free(id) => {
            let page = &site.catalogue[id];
            texts.title(page.title.or_own(lang));
            texts.summary(page.lead.or_own(lang).as_deref());
            texts.text(page.body.read().or_own(lang));
        }
        _ => {}
    }
}

struct DocumentTexts<'a> {
    site: &'a Site,
    /// The language of the words, as far as somebody wrote them in it.
    lang: Lang,
    sink: &'a mut dyn TextSink,
}

impl DocumentTexts<'_> {
    fn title(&mut self, text: &str) {
        self.sink.add(Field::Title, text);
    }

    fn summary(&mut self, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        for text in texts {
            self.sink.add(Field::Summary, text.as_ref());
        }
    }

    fn text(&mut self, text: &Markdown) {
        self.sink.add_markdown(Field::Body, text);
    }

    fn details(&mut self, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        for text in texts {
            self.sink.add(Field::Body, text.as_ref());
        }
    }

    /// A day as pages write it and in figures; less exact dates in words alone.
    fn dates<const N: usize>(&mut self, field: Field, dates: [Option<&Written<Option<EdtfDate>>>; N]) {
        for date in dates.into_iter().flatten() {
            let Some(read) = date.read() else {
                self.sink.add(field, date.text());
                continue;
            };
            self.sink.add(field, &read.words(self.lang));
            if let DateUnit::Day(day) = read.unit() {
                self.sink.add(field, &figures(day));
            }
        }
    }

    fn day(&mut self, field: Field, date: Date) {
        self.sink.add(field, &day(date, self.lang));
        self.sink.add(field, &figures(date));
    }

    fn documents(&mut self, source: Option<&Citation>, documents: &[Document]) {
        let lang = self.lang;
        self.details(documents.iter().map(|document| document.title.or_own(lang)));
        self.details(source.and_then(|source| source.title.as_deref()));
        self.dates(Field::Body, [source.and_then(|source| source.date.as_ref())]);
    }

    fn objective(&mut self, id: ObjectiveId) {
        let catalogue = &self.site.catalogue;
        let objective = &catalogue[id];
        self.title(objective.title.or_own(self.lang));
        self.title(&objective.code);
        self.summary([&*objective.year.to_string(), catalogue[objective.unit].name.or_own(self.lang)]);
        self.summary(objective.lead.or_own(self.lang).as_deref());
        self.summary(objective.summary.or_own(self.lang).as_deref());
        self.summary(objective.kind.or_own(self.lang).as_deref());
        self.summary(objective.classification.or_own(self.lang).as_deref());
        let lang = self.lang;
        self.summary(objective.phases.iter().map(|phase| phase.title.or_own(lang)));
        self.indicators(&objective.indicators);
        self.plan(&objective.plan);
        if let Some(act) = &objective.approved_by {
            self.summary(act.act.as_deref());
            self.dates(Field::Summary, [act.date.as_ref()]);
        }
        self.text(objective.body.read().or_own(self.lang));
        if let Some(report) = objective.report.or_own(self.lang) {
            self.text(report);
        }
        for phase in &objective.phases {
            let dates = [&phase.start, &phase.end, &phase.actual_start, &phase.actual_end];
            self.dates(Field::Body, dates.map(Option::as_ref));
            self.details(phase.notes.or_own(lang).as_deref());
        }
        self.outcomes(&objective.indicators);
        self.details(objective.note.or_own(lang).as_deref());
        self.documents(objective.source.as_deref(), &objective.documents);
    }

    fn project(&mut self, id: ProjectId) {
        let catalogue = &self.site.catalogue;
        let project = &catalogue[id];
        self.title(project.title.or_own(self.lang));
        let codes = project.code.iter().map(String::as_str);
        for code in codes
            .chain(project.cup.iter().map(Cup::as_str))
            .chain(project.cig.iter().map(Cig::as_str))
        {
            self.title(code);
        }
        self.summary([catalogue[project.unit].name.or_own(self.lang)]);
        self.summary(project.lead.or_own(self.lang).as_deref());
        self.summary(project.summary.or_own(self.lang).as_deref());
        let lang = self.lang;
        self.summary(project.milestones.iter().map(|milestone| milestone.title.or_own(lang)));
        self.summary(project.places.iter().chain(&project.partners).map(String::as_str));
        self.summary(project.funding().iter().map(|funding| funding.name.as_str()));
        self.indicators(&project.expected_results);
        self.plan(&project.plan);
        self.text(project.body.read().or_own(self.lang));
        self.dates(Field::Body, [project.start.as_ref(), project.end.as_ref()]);
        let amounts = project
            .funding()
            .iter()
            .filter_map(|funding| funding.amount.as_ref())
            .chain(project.amount())
            .chain(&project.spent);
        for amount in amounts {
            self.details([amount.text()]);
            self.details(amount.read().map(|amount| amount.words(lang)));
        }
        for milestone in &project.milestones {
            self.dates(Field::Body, [milestone.due.as_ref(), milestone.met.as_ref()]);
        }
        self.outcomes(&project.expected_results);
        self.details(project.note.or_own(lang).as_deref());
        self.documents(project.source.as_deref(), &project.documents);
    }

    fn indicators(&mut self, indicators: &[Indicator]) {
        let lang = self.lang;
        self.summary(indicators.iter().map(|indicator| indicator.title.or_own(lang)));
    }

    fn outcomes(&mut self, indicators: &[Indicator]) {
        let lang = self.lang;
        for indicator in indicators {
            self.details([indicator.target.text()]);
            self.details(indicator.actual.as_ref().map(Written::text));
            self.details(indicator.baseline.as_ref().map(Written::text));
            let words = [&indicator.unit_of_measure, &indicator.definition, &indicator.source, &indicator.comment];
            self.details(words.into_iter().filter_map(|words| words.or_own(lang).as_deref()));
        }
    }

    fn plan(&mut self, nodes: &[NodeId]) {
        for node in nodes {
            self.sink.add(Field::Summary, &self.site.catalogue[*node].code);
        }
    }

    fn update(&mut self, id: UpdateId) {
        let catalogue = &self.site.catalogue;
        let update = &catalogue[id];
        self.title(update.title.or_own(self.lang));
        self.day(Field::Summary, update.date);
        self.summary([catalogue[update.project].title.or_own(self.lang)]);
        self.summary(update.lead.or_own(self.lang).as_deref());
        self.text(update.body.read().or_own(self.lang));
        self.details(update.spent.as_ref().map(Written::text));
        self.documents(update.source.as_deref(), &update.documents);
    }

    fn unit(&mut self, id: UnitId) {
        let catalogue = &self.site.catalogue;
        let unit = &catalogue[id];
        self.title(unit.name.or_own(self.lang));
        for alias in &unit.aliases {
            self.title(alias);
        }
        self.summary(unit.ipa.as_deref());
        self.summary(unit.kind.or_own(self.lang).as_deref());
        self.summary(unit.parent.map(|parent| catalogue[parent].name.or_own(self.lang)));
        if let Some(description) = unit.description.or_own(self.lang) {
            self.sink.add(Field::Body, description);
        }
    }

    fn node(&mut self, id: NodeId) {
        let catalogue = &self.site.catalogue;
        let node = &catalogue[id];
        self.title(node.title.or_own(self.lang));
        self.title(&node.code);
        self.summary([catalogue[node.plan].title.or_own(self.lang)]);
        self.summary(node.level.or_own(self.lang).as_deref());
        self.summary(node.written.as_deref());
        if let Some(quote) = node.quote.or_own(self.lang) {
            self.sink.add(Field::Body, quote);
        }
    }
}

/// A day as offices write it in figures.
fn figures(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// A day in the words of a language.
pub(super) fn day(date: Date, lang: Lang) -> String {
    EdtfDate::day(date).map_or_else(|| date.to_string(), |date| date.words(lang))
}
