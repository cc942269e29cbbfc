//! One objective: its state and targets first, the plan and its codes later.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use super::card::{Card, target_words};
use super::chain::{ChainEnd, Step, chains};
use super::components::{
    Answer, Badge, Cited, DocumentLink, Fact, ProjectRow, When, administration_name, count_arg, deadline_words,
    declared_note, description, documents, is_long, objective_period, promised_count, record_source, responsible_units,
    sentence_case, targets_met_words,
};
use super::gantt::{Gantt, PhaseProgress, Phases};
use super::glossary_terms::{self, GlossaryTerms};
use super::{PageContext, Phrase, SourceBox, TocEntry, View};
use crate::catalogue::{CONTINUED, Objective, ObjectiveId};
use crate::model::{IndicatorState, NavItem, ObjectiveState};
use crate::site::{REPORT_PREFIX, Route};

#[derive(Serialize)]
struct Page {
    eyebrow: String,
    code: String,
    administration: Option<Phrase>,
    title: Phrase,
    long: bool,
    lead: Option<Phrase>,
    answer: Answer,
    facts: Vec<Fact>,
    targets: Vec<Card>,
    gantt: Option<Gantt>,
    progress: Option<PhaseProgress>,
    phase_notes: Vec<String>,
    report: Option<String>,
    body: Option<String>,
    chains: Vec<Vec<Step>>,
    years: Vec<OtherYear>,
    offices: Vec<Fact>,
    projects: Vec<ProjectRow>,
    documents: Vec<DocumentLink>,
    words: Option<GlossaryTerms>,
}

/// Another year of one continued work, or a year that has no sheet.
#[derive(Serialize)]
struct OtherYear {
    year: i16,
    title: Phrase,
    /// `None` if there is no sheet.
    href: Option<String>,
    code: String,
    lines: Vec<String>,
    badge: Option<Badge>,
}

pub(super) fn view(cx: &PageContext<'_>, id: ObjectiveId) -> View {
    let objective = &cx.catalogue()[id];
    let page = Page::of(cx, id);
    let year = objective.year.to_string();
    let administration = cx.text(&cx.catalogue()[cx.catalogue().administration(objective.unit)].name);
    let summary = cx.format(
        "obj.summary",
        &[
            ("anno", (&year).into()),
            ("amministrazione", (&administration).into()),
            ("testo", (&description(page.lead.as_ref(), &page.answer)).into()),
        ],
    );
    View {
        title: cx.format("obj.page_title", &[("titolo", (&page.title).into()), ("codice", (&objective.code).into())]),
        description: summary,
        crumbs: cx.crumbs(
            vec![
                (cx.format("page.year", &[("anno", (&year).into())]).into(), Route::Year(objective.year)),
                (cx.text(&cx.catalogue()[objective.unit].name), Route::Unit(objective.unit)),
            ],
            objective.code.clone(),
        ),
        nav: Some(NavItem::Objectives),
        toc: page.toc(cx),
        source: Some(SourceBox {
            approved: objective.approved_by.as_ref().and_then(|approval| Cited::act(cx, approval)),
            ..record_source(
                cx,
                cx.translated_origin(&objective.origin, &objective.translations),
                objective.source.as_deref(),
                cx.optional_text(&objective.note),
            )
        }),
        page: tera::Value::from_serializable(&page),
    }
}

impl Page {
    fn of(cx: &PageContext<'_>, id: ObjectiveId) -> Self {
        let objective = &cx.catalogue()[id];
        let phases = Phases::of(cx, id);
        let title = cx.text(&objective.title);
        let year = objective.year.to_string();
        let here = ChainEnd {
            level: cx.format("obj.here_objective", &[("anno", (&year).into())]),
            title: title.clone(),
            code: Some(objective.code.clone()),
        };
        let mut page = Self {
            eyebrow: cx.format("obj.eyebrow", &[("anno", (&year).into())]),
            code: cx.format("obj.code", &[("codice", (&objective.code).into())]),
            administration: administration_name(cx, objective.unit),
            long: is_long(title.text()),
            title,
            lead: cx.optional_text(&objective.lead),
            facts: facts(cx, objective),
            targets: cards(cx, id),
            gantt: phases.as_ref().map(|phases| phases.gantt(cx)),
            progress: phases.as_ref().and_then(|phases| phases.progress(cx)),
            phase_notes: phases.as_ref().map_or_else(Vec::new, |phases| phases.notes(cx)),
            report: cx.optional_html(&objective.report, 2, REPORT_PREFIX),
            body: cx.html(objective.body.read(), 2),
            chains: chains(cx, &objective.plan, &here),
            years: other_years(cx, id),
            offices: responsible_units(
                cx,
                objective.unit,
                (objective.year, objective.year),
                Some(objective.last_day()),
            ),
            projects: ProjectRow::all(cx, &objective.projects),
            documents: documents(cx, &objective.documents, &objective.attachments),
            answer: answer(cx, id),
            words: None,
        };
        page.words = GlossaryTerms::of(cx, &page.texts());
        page
    }

    fn toc(&self, cx: &PageContext<'_>) -> Vec<TocEntry> {
        cx.toc(&[
            (true, "targets", "obj.targets"),
            (true, "phases", "obj.phases"),
            (self.report.is_some(), "report", "obj.report"),
            (true, "description", "obj.desc"),
            (true, "why", "obj.why"),
            (!self.years.is_empty(), "years", "obj.other_years"),
            (true, "who", "obj.answerable"),
            (!self.projects.is_empty(), "projects", "obj.projects"),
            (!self.documents.is_empty(), "documents", "obj.documents"),
            (self.words.is_some(), "words", "wrd.title"),
        ])
    }

    /// The words that offices wrote.
    fn texts(&self) -> Vec<Cow<'_, str>> {
        let phases = self.gantt.iter().flat_map(|gantt| &gantt.rows).flat_map(|row| {
            let more = [&row.notes, &row.owner_note, &row.centre].into_iter().flatten();
            [row.title.text(), &row.owner].into_iter().chain(more.map(String::as_str))
        });
        let plain = std::iter::once(&self.title)
            .chain(&self.lead)
            .chain(&self.answer.sentences)
            .chain(self.targets.iter().map(|card| &card.title))
            .map(Phrase::text)
            .chain(phases)
            .chain(glossary_terms::chain_words(&self.chains));
        let rich = self.body.iter().chain(&self.report).map(|html| glossary_terms::visible_text(html));
        plain.map(Cow::Borrowed).chain(rich).collect()
    }
}

fn cards(cx: &PageContext<'_>, id: ObjectiveId) -> Vec<Card> {
    let objective = &cx.catalogue()[id];
    let computed = &cx.site.judgement(id).indicators;
    let deadline = Some(objective.last_day());
    objective
        .indicators
        .iter()
        .zip(computed)
        .map(|(indicator, state)| Card::of(cx, indicator, *state, deadline))
        .collect()
}

/// The state, and the facts that are known even when nothing was published.
fn answer(cx: &PageContext<'_>, id: ObjectiveId) -> Answer {
    let objective = &cx.catalogue()[id];
    let judgement = cx.site.judgement(id);
    let badge = Badge::of(cx, judgement.state.key());
    let promised = promised_count(&judgement.counts);
    let count_of = |state| judgement.counts.get(state);
    let unpublished = count_of(IndicatorState::NoData);
    let published = promised - unpublished - count_of(IndicatorState::Pending);
    let is_unknown = published == 0;
    let deadline = deadline_words(cx, objective.last_day());

    let counts = cx.format("ans.counts", &[("testo", (&targets_met_words(cx, &judgement.counts)).into())]);
    let sentence = match judgement.state {
        ObjectiveState::Planned => {
            cx.format("ans.planned", &[("data", (&When::day(cx, objective.first_day()).words).into())])
        }
        ObjectiveState::InProgress => cx.format("ans.in_progress", &[("termine", (&deadline).into())]),
        ObjectiveState::NoData | ObjectiveState::PartlyPublished => {
            cx.format("ans.no_data", &[("termine", (&deadline).into())])
        }
        // A state that the office declares is no statement on single targets.
        _ if promised > 0 && count_of(IndicatorState::Met) == promised => {
            cx.format("ans.met", &[("n", count_arg(promised))])
        }
        _ if promised > 0 && count_of(IndicatorState::NotMet) == promised => {
            cx.format("ans.not_met", &[("n", count_arg(promised))])
        }
        _ if !is_unknown => counts.clone(),
        _ => cx.format("ans.declared", &[("stato", (&badge.word).into())]),
    };
    let mut statements = vec![sentence];
    if judgement.state == ObjectiveState::PartlyPublished {
        statements
            .push(cx.format("ans.partly_published", &[("n", count_arg(published)), ("tutti", count_arg(promised))]));
    }
    if unpublished > 0 && unpublished == promised {
        statements.push(cx.word("ans.unpublished_all"));
    } else if unpublished > 0 && statements[0] != counts {
        statements.push(counts);
    }
    let open =
        [ObjectiveState::Planned, ObjectiveState::InProgress, ObjectiveState::PartlyPublished, ObjectiveState::NoData];
    if open.contains(&judgement.state) {
        statements.extend(promise(cx, objective));
    }
    let mut answer = Answer::new(vec![badge], cx.optional_text(&objective.summary), statements);
    if let Some(stated) = objective.declared {
        let (first_day, last_day) = (Some(objective.first_day()), Some(objective.last_day()));
        let computed = ObjectiveState::computed(None, first_day, last_day, cx.site.as_of, &judgement.counts);
        answer.notes.push(match promised {
            0 => cx.word("obj.declared"),
            _ => declared_note(cx, stated.key(), computed.key()),
        });
    }
    answer
}

/// Sentence with the numbers of targets and phases.
fn promise(cx: &PageContext<'_>, objective: &Objective) -> Option<String> {
    let targets = cx.format("count.targets", &[("n", objective.indicators.len().into())]);
    let phases = cx.format("count.phases", &[("n", objective.phases.len().into())]);
    match (objective.indicators.is_empty(), objective.phases.is_empty()) {
        (false, false) => {
            Some(cx.format("ans.promised", &[("traguardi", (&targets).into()), ("fasi", (&phases).into())]))
        }
        (false, true) => Some(cx.format("ans.promised_one", &[("cosa", (&targets).into())])),
        (true, false) => Some(cx.format("ans.promised_one", &[("cosa", (&phases).into())])),
        (true, true) => None,
    }
}

fn facts(cx: &PageContext<'_>, objective: &Objective) -> Vec<Fact> {
    let catalogue = cx.catalogue();
    let chain: Vec<_> = catalogue.chain(objective.unit).collect();
    // The directorate is what people know; the office below it is the detail.
    let lead = if chain.len() > 2 { chain[chain.len() - 2] } else { objective.unit };
    let mut who = Fact::new(cx.word("obj.who"), cx.text(&catalogue[lead].name));
    if lead != objective.unit {
        who = who.with_note(cx.text(&catalogue[objective.unit].name));
    }
    let missing = || cx.word("val.missing").into();
    let kind = cx.optional_text(&objective.kind).map_or_else(missing, |kind| kind.map(sentence_case));
    let mut kind = Fact::new(cx.word("obj.type"), kind);
    if let Some(class) = cx.optional_text(&objective.classification) {
        kind = kind.with_note(cx.format("obj.class", &[("testo", (&class).into())]));
    }
    vec![who, Fact::new(cx.word("obj.when"), objective_period(cx, objective)), kind]
}

/// The other years of a continued work, newest first, with the years between them that have no sheet.
fn other_years(cx: &PageContext<'_>, id: ObjectiveId) -> Vec<OtherYear> {
    let catalogue = cx.catalogue();
    let series = cx.site.continuation(id);
    let years: BTreeSet<i16> = series.iter().map(|id| catalogue.listed(*id).year).collect();
    let mut others: Vec<OtherYear> = series
        .iter()
        .filter(|other| **other != id)
        .map(|other| other_year(cx, id, *other))
        .collect();
    if let (Some(first), Some(last)) = (years.first(), years.last())
        && (i32::from(*last) - i32::from(*first)).unsigned_abs() as usize <= CONTINUED
    {
        others.extend((*first..=*last).filter(|year| !years.contains(year)).map(|year| OtherYear {
            year,
            title: cx.format("obj.no_sheet", &[("anno", (&year.to_string()).into())]).into(),
            href: None,
            code: String::new(),
            lines: Vec::new(),
            badge: None,
        }));
    }
    others.sort_by_key(|other| std::cmp::Reverse(other.year));
    others
}

/// Another year, with those of its targets that this page's objective has too.
fn other_year(cx: &PageContext<'_>, here: ObjectiveId, id: ObjectiveId) -> OtherYear {
    let objective = &cx.catalogue()[id];
    let own: Vec<_> = cx.catalogue()[here].indicators.iter().filter_map(|indicator| indicator.series).collect();
    let shared =
        |indicator: &&crate::catalogue::Indicator| indicator.series.is_some_and(|series| own.contains(&series));
    let line = |indicator: &crate::catalogue::Indicator| {
        let target = target_words(&indicator.target, cx.lang());
        cx.format(
            "obj.target_line",
            &[("traguardo", (&target).into()), ("titolo", (&cx.text(&indicator.title)).into())],
        )
    };
    OtherYear {
        year: objective.year,
        title: cx.text(&objective.title),
        href: Some(cx.href(Route::Objective(id))),
        code: objective.code.clone(),
        lines: objective.indicators.iter().filter(shared).map(line).collect(),
        badge: Some(Badge::of(cx, cx.site.state(id).0.key())),
    }
}
