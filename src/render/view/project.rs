//! One project: its money and its time first.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use super::card::Card;
use super::chain::{ChainEnd, Step, chains};
use super::components::{
    Answer, Badge, DocumentLink, Fact, Link, Money, ObjectiveRow, UpdateRow, When, administration_name, description,
    documents, is_long, lifecycle_badge, money_words, omissions, record_source, responsible_units, to_f64,
};
use super::gantt::bounds;
use super::glossary_terms::{self, GlossaryTerms};
use super::{PageContext, Phrase, TocEntry, View};
use crate::catalogue::{Indicator, Milestone, NodeId, Project, ProjectId};
use crate::model::{Amount, Cig, Cup, Decimal, EdtfDate, Lifecycle, NavItem, Written};
use crate::render::address::encoded;
use crate::render::chart::{self, Calendar, FuzzySpan, Meter, Tick};
use crate::site::{Budget, Role, Route};

/// Limit of the projects that are listed with their shares; of more, only the sum is shown.
const SHARES: usize = 40;

#[derive(Serialize)]
struct Page {
    code: Option<String>,
    administration: Option<Phrase>,
    title: Phrase,
    long: bool,
    lead: Option<Phrase>,
    answer: Answer,
    facts: Vec<Fact>,
    time: String,
    bar: Option<TimeBar>,
    time_notes: Vec<String>,
    results: Vec<Card>,
    milestones: Vec<MilestoneRow>,
    body: Option<String>,
    cost: Vec<String>,
    spent: Option<Meter>,
    funding: Vec<Payer>,
    shares: Option<Shares>,
    updates: Vec<UpdateRow>,
    feeds: Vec<Link>,
    chains: Vec<Vec<Step>>,
    offices: Vec<Fact>,
    more: Vec<Fact>,
    objectives: Vec<ObjectiveRow>,
    documents: Vec<DocumentLink>,
    words: Option<GlossaryTerms>,
}

/// The time of a project on a scale of years.
#[derive(Serialize)]
struct TimeBar {
    ticks: Vec<Tick>,
    parts: Vec<FuzzySpan>,
    /// Position of the day on which the states are judged, while the project goes on.
    today: Option<String>,
}

#[derive(Serialize)]
struct MilestoneRow {
    title: Phrase,
    due: When,
    met: When,
}

#[derive(Serialize)]
struct Payer {
    name: String,
    amount: Option<Money>,
}

/// Costs of the projects below one node of the plan, each as a share of their sum.
#[derive(Serialize)]
struct Shares {
    caption: String,
    rows: Vec<Share>,
}

#[derive(Serialize)]
struct Share {
    title: Phrase,
    code: Option<String>,
    href: String,
    here: bool,
    amount: Money,
    share: String,
    x: String,
    width: String,
}

pub(super) fn view(cx: &PageContext<'_>, id: ProjectId) -> View {
    let project = &cx.catalogue()[id];
    let shares = NodeBudget::of(cx, id);
    let answer = answer(cx, id);
    let (title, lead) = (cx.text(&project.title), cx.optional_text(&project.lead));
    let here = ChainEnd { level: cx.word("prj.here"), title: title.clone(), code: project.code.clone() };
    let bar = bar(cx, id);
    let mut page = Page {
        code: project.code.as_ref().map(|code| cx.format("obj.code", &[("codice", code.into())])),
        administration: administration_name(cx, project.unit),
        long: is_long(title.text()),
        title: title.clone(),
        lead: lead.clone(),
        facts: facts(cx, id, shares.as_ref()),
        time: time(cx, id),
        time_notes: bar.as_ref().map_or_else(Vec::new, |bar| time_notes(cx, bar)),
        bar,
        results: results(cx, id),
        milestones: milestones(cx, project),
        body: cx.html(project.body.read(), 2),
        cost: cost(cx, id, shares.as_ref()),
        spent: spent(cx, id),
        funding: project
            .funding()
            .iter()
            .map(|payer| Payer {
                name: payer.name.clone(),
                amount: payer.amount.as_ref().map(|amount| Money::written(cx, amount)),
            })
            .collect(),
        shares: shares.and_then(|sum| sum.shares(cx)),
        updates: project.updates.iter().map(|update| UpdateRow::of(cx, *update, false)).collect(),
        feeds: feeds(cx),
        chains: chains(cx, &project.plan, &here),
        offices: responsible_units(cx, project.unit, years(project, cx.site.as_of), last_day(cx, id)),
        more: more(cx, project),
        objectives: ObjectiveRow::all(cx, &project.objectives),
        documents: documents(cx, &project.documents, &project.attachments),
        answer,
        words: None,
    };
    page.words = GlossaryTerms::of(cx, &page.texts());
    View {
        title: title.text().to_owned(),
        description: description(lead.as_ref(), &page.answer),
        crumbs: cx.crumbs(vec![(cx.word("nav.projects").into(), Route::Projects)], title),
        nav: Some(NavItem::Projects),
        toc: page.toc(cx),
        source: Some(record_source(
            cx,
            cx.translated_origin(&project.origin, &project.translations),
            project.source.as_deref(),
            cx.optional_text(&project.note),
        )),
        page: tera::Value::from_serializable(&page),
    }
}

impl Page {
    fn toc(&self, cx: &PageContext<'_>) -> Vec<TocEntry> {
        cx.toc(&[
            (true, "time", "prj.time"),
            (!self.results.is_empty(), "results", "prj.results"),
            (!self.milestones.is_empty(), "milestones", "prj.milestones"),
            (true, "about", "prj.about"),
            (true, "cost", "prj.cost"),
            (true, "updates", "prj.updates"),
            (true, "plan", "prj.plan"),
            (true, "who", "obj.answerable"),
            (!self.more.is_empty(), "more", "prj.facts"),
            (!self.objectives.is_empty(), "objectives", "prj.objectives"),
            (!self.documents.is_empty(), "documents", "obj.documents"),
            (self.words.is_some(), "words", "wrd.title"),
        ])
    }

    /// The words that offices wrote, and those of codes that only offices know.
    fn texts(&self) -> Vec<Cow<'_, str>> {
        let plain = std::iter::once(&self.title)
            .chain(&self.lead)
            .chain(&self.answer.sentences)
            .chain(self.results.iter().map(|card| &card.title))
            .chain(self.milestones.iter().map(|milestone| &milestone.title))
            .chain(self.updates.iter().flat_map(|update| std::iter::once(&update.title).chain(&update.lead)))
            .chain(self.more.iter().flat_map(|fact| [&fact.label, &fact.text]))
            .map(Phrase::text)
            .chain(self.funding.iter().map(|payer| payer.name.as_str()))
            .chain(glossary_terms::chain_words(&self.chains));
        let rich = self.body.iter().map(|html| glossary_terms::visible_text(html));
        plain.map(Cow::Borrowed).chain(rich).collect()
    }
}

fn is_completed(cx: &PageContext<'_>, id: ProjectId) -> bool {
    cx.catalogue().current(id).lifecycle == Some(Lifecycle::Completed)
}

/// The last day that was planned.
fn planned_end(project: &Project) -> Option<Date> {
    project.end.as_ref().and_then(|end| end.read()?.latest())
}

/// The last day of a project's time, as far as it is known.
fn last_day(cx: &PageContext<'_>, id: ProjectId) -> Option<Date> {
    cx.catalogue().completed_on(id).or(planned_end(&cx.catalogue()[id]))
}

/// The day on which the project ended, if an update says so, else its planned end.
fn end(cx: &PageContext<'_>, id: ProjectId) -> When {
    match cx.catalogue().completed_on(id) {
        Some(day) => When::day(cx, day),
        None => When::end(cx, cx.catalogue()[id].end.as_ref()),
    }
}

fn years(project: &Project, as_of: Date) -> (i16, i16) {
    let to = planned_end(project).unwrap_or(as_of);
    let from = project.start.as_ref().and_then(|start| start.read()?.earliest()).unwrap_or(to);
    (from.year(), to.year().max(from.year()))
}

fn answer(cx: &PageContext<'_>, id: ProjectId) -> Answer {
    let project = &cx.catalogue()[id];
    let now = cx.catalogue().current(id);
    let health = now.health.map(|health| Badge::of(cx, health.key()));
    let badges = std::iter::once(lifecycle_badge(cx, id)).chain(health).collect();
    let is_over = last_day(cx, id).is_some_and(|day| day < cx.site.as_of);
    let words = |end: &Written<Option<EdtfDate>>| match end.read() {
        Some(end) => end.end_words(cx.lang()),
        None => end.text().to_owned(),
    };
    let end = project.end.as_ref().map(words);
    let sentence = match now.lifecycle {
        Some(Lifecycle::Completed) => match cx.catalogue().completed_on(id) {
            Some(day) => cx.format("prans.completed_on", &[("data", (&When::day(cx, day).words).into())]),
            None => cx.word("prans.completed"),
        },
        Some(Lifecycle::InProgress) => cx.word("prans.in_progress"),
        Some(Lifecycle::Planned) => cx.word("prans.planned"),
        Some(Lifecycle::Suspended) => cx.word("prans.suspended"),
        Some(Lifecycle::Cancelled) => cx.word("prans.cancelled"),
        None => match (&end, is_over) {
            (Some(end), true) => cx.format("prans.unknown_over", &[("data", end.into())]),
            _ => cx.word("prans.unknown"),
        },
    };
    let mut statements = vec![sentence];
    let is_done = matches!(now.lifecycle, Some(Lifecycle::Completed | Lifecycle::Cancelled));
    match (&end, is_over) {
        (None, _) if !is_done => statements.push(cx.word("prans.no_end")),
        (Some(end), false) if !is_done => statements.push(cx.format("prans.end_planned", &[("data", end.into())])),
        (Some(end), true) if !is_done && now.lifecycle.is_some() => {
            statements.push(cx.format("prans.end_over", &[("data", end.into())]));
        }
        _ => {}
    }
    if is_over && !project.expected_results.iter().any(has_outcome) && !project.expected_results.is_empty() {
        statements.push(cx.word("prans.no_results"));
    }
    if is_over && now.spent.is_none() {
        statements.push(cx.word("prj.spent_none"));
    }
    // Everything that the answer has no room for comes below: dates among the facts, results on their cards, the sum
    // spent with the cost.
    Answer::new(badges, cx.optional_text(&project.summary), statements)
}

fn has_outcome(indicator: &Indicator) -> bool {
    super::card::published_actual(indicator).is_some()
}

fn facts(cx: &PageContext<'_>, id: ProjectId, sum: Option<&NodeBudget>) -> Vec<Fact> {
    let project = &cx.catalogue()[id];
    let amount = match project.amount() {
        Some(amount) => Fact::money(cx.word("prj.amount"), Money::written(cx, amount)),
        None => Fact::new(cx.word("prj.amount"), cx.word("val.missing")),
    };
    let amount = match sum.and_then(|sum| sum.share_note(cx, id)) {
        Some(note) => amount.with_note(note),
        None => amount,
    };
    let date = |label: &str, when: When| {
        let short = when.datetime.is_some() && when.words.chars().count() <= 22;
        let fact = Fact::when(cx.word(label), when);
        if short { fact.big() } else { fact }
    };
    let label = if is_completed(cx, id) { "prj.end" } else { "prj.end_planned" };
    vec![
        amount,
        date("prj.start", When::or_unknown(cx, project.start.as_ref(), "val.missing")),
        date(label, end(cx, id)),
    ]
}

fn bar(cx: &PageContext<'_>, id: ProjectId) -> Option<TimeBar> {
    let project = &cx.catalogue()[id];
    // An unknown end may be anywhere in the years that are drawn.
    let known = |date: &Option<Written<Option<EdtfDate>>>| date.as_ref().and_then(|date| date.read()?.earliest());
    let years = [known(&project.start), known(&project.end), Some(cx.site.as_of)];
    let last_year = years.into_iter().flatten().max().map_or(cx.site.as_of.year(), Date::year);
    let edge = cx.catalogue().completed_on(id).or_else(|| Date::new(last_year, 12, 31).ok())?;
    let (start, end) = bounds(project.start.as_ref(), project.end.as_ref(), edge)?;
    let calendar = Calendar::around(start.0, end.1);
    let letters = cx.word("date.months");
    let letters: Vec<&str> = letters.split(' ').collect();
    let is_done = matches!(cx.catalogue().current(id).lifecycle, Some(Lifecycle::Completed | Lifecycle::Cancelled));
    let today = (!is_done).then(|| calendar.position(cx.site.as_of)).flatten();
    Some(TimeBar { ticks: calendar.ticks(&letters), parts: calendar.period(start, end), today })
}

/// Meanings of the signs that the bar has.
fn time_notes(cx: &PageContext<'_>, bar: &TimeBar) -> Vec<String> {
    let fuzzy = bar.parts.iter().any(|part| !part.sure).then(|| cx.word("prj.fuzzy"));
    let today =
        (bar.today.as_ref()).map(|_| cx.format("obj.today", &[("data", (&When::day(cx, cx.site.as_of).words).into())]));
    fuzzy.into_iter().chain(today).collect()
}

/// The sum spent beside the sum planned, if both are known and in one currency.
fn spent(cx: &PageContext<'_>, id: ProjectId) -> Option<Meter> {
    let planned = *cx.catalogue()[id].amount()?.read()?;
    let spent = *cx.catalogue().current(id).spent?.read()?;
    planned.checked_add(spent).ok()?;
    // On a drawing there is room for the figure alone.
    let label = cx.format("prj.planned_tick", &[("importo", (&money_words(cx, planned.bare())).into())]);
    chart::meter(to_f64(planned.value()), Some(to_f64(spent.value())), None, label)
}

fn time(cx: &PageContext<'_>, id: ProjectId) -> String {
    let project = &cx.catalogue()[id];
    let start = When::or_unknown(cx, project.start.as_ref(), "val.missing").words;
    let end = end(cx, id).words;
    let key = if is_completed(cx, id) { "prj.time_words" } else { "prj.time_words_planned" };
    cx.format(key, &[("inizio", (&start).into()), ("fine", (&end).into())])
}

fn results(cx: &PageContext<'_>, id: ProjectId) -> Vec<Card> {
    let project = &cx.catalogue()[id];
    // The day on which it ended is not the day by which it was promised.
    let deadline = planned_end(project);
    let states = cx.site.results(id);
    project
        .expected_results
        .iter()
        .zip(states)
        .map(|(result, state)| Card::of(cx, result, *state, deadline))
        .collect()
}

fn milestones(cx: &PageContext<'_>, project: &Project) -> Vec<MilestoneRow> {
    project
        .milestones
        .iter()
        .map(|milestone| MilestoneRow {
            title: cx.text(&milestone.title),
            due: When::end(cx, milestone.due.as_ref()),
            met: When::or_unknown(
                cx,
                milestone.met.as_ref(),
                if is_ahead(cx, milestone) { "lst.met_pending" } else { "val.unpublished" },
            ),
        })
        .collect()
}

fn is_ahead(cx: &PageContext<'_>, milestone: &Milestone) -> bool {
    milestone
        .due
        .as_ref()
        .and_then(|due| due.read()?.latest())
        .is_some_and(|last| cx.site.as_of <= last)
}

fn cost(cx: &PageContext<'_>, id: ProjectId, sum: Option<&NodeBudget>) -> Vec<String> {
    let project = &cx.catalogue()[id];
    let mut lines = match project.amount() {
        Some(amount) => vec![cx.format("prj.cost_line", &[("importo", (&Money::written(cx, amount).words).into())])],
        None => vec![cx.word("prj.cost_none")],
    };
    lines.push(match cx.catalogue().current(id).spent {
        Some(spent) => cx.format("prj.spent_line", &[("importo", (&Money::written(cx, spent).words).into())]),
        None => cx.word("prj.spent_none"),
    });
    if project.funding().is_empty() {
        lines.push(cx.word("prj.funding_none"));
    }
    lines.extend(sum.into_iter().flat_map(|sum| sum.lines(cx)));
    lines
}

/// Total cost of the projects below the first-level node of a project's plan.
struct NodeBudget {
    node: NodeId,
    here: ProjectId,
    budget: Budget,
}

impl NodeBudget {
    /// Returns `None` if there is nothing to compare: no plan, no amount, no other project, two currencies, or a project
    /// that was called off and so is no part of a sum.
    fn of(cx: &PageContext<'_>, here: ProjectId) -> Option<Self> {
        let catalogue = cx.catalogue();
        if catalogue.is_cancelled(here) {
            return None;
        }
        let node = catalogue.node_chain(*catalogue[here].plan.first()?).last()?;
        catalogue[here].amount()?.read()?;
        let budget = cx.site.budget_of_node(node)?;
        (budget.known > 1 && budget.total.value() != Decimal::ZERO).then_some(Self { node, here, budget })
    }

    fn share(&self, amount: Amount) -> Option<Decimal> {
        amount.value().checked_mul(Decimal::HUNDRED)?.checked_div(self.budget.total.value())
    }

    fn name(&self, cx: &PageContext<'_>) -> Phrase {
        cx.text(&cx.catalogue()[self.node].title)
    }

    fn share_note(&self, cx: &PageContext<'_>, id: ProjectId) -> Option<String> {
        let share = self.share(*cx.catalogue()[id].amount()?.read()?)?.rounded(0).words(cx.lang());
        Some(cx.format("prj.of_100", &[("valore", (&share).into()), ("nome", (&self.name(cx)).into())]))
    }

    fn lines(&self, cx: &PageContext<'_>) -> Vec<String> {
        let total = money_words(cx, self.budget.total);
        let name = self.name(cx);
        let args = [("n", self.budget.known.into()), ("nome", (&name).into()), ("importo", (&total).into())];
        std::iter::once(cx.format("prj.shares", &args))
            .chain(omissions(cx, self.budget))
            .collect()
    }

    fn shares(&self, cx: &PageContext<'_>) -> Option<Shares> {
        if self.budget.known > SHARES {
            return None;
        }
        let catalogue = cx.catalogue();
        let amount = |id: &ProjectId| Some((*id, *catalogue[*id].amount()?.read()?));
        let counted = cx.site.projects_of_node(self.node).iter().filter(|id| !catalogue.is_cancelled(**id));
        let mut parts: Vec<(ProjectId, Amount)> = counted.filter_map(amount).collect();
        // In the order of the plan, whatever their folders are called.
        parts.sort_by_key(|(id, _)| (&catalogue[*id].code, *id));
        let sizes: Vec<f64> = parts.iter().map(|(_, amount)| to_f64(amount.value())).collect();
        let spans = chart::shares(&sizes);
        let rows = parts.iter().zip(spans).map(|((id, amount), span)| {
            let project = &catalogue[*id];
            let share = self
                .share(*amount)
                .map_or_else(String::new, |share| share.rounded(1).percent_words(cx.lang()));
            Share {
                title: cx.text(&project.title),
                code: project.code.clone(),
                href: cx.href(Route::Project(*id)),
                here: *id == self.here,
                amount: Money::of(cx, *amount),
                share,
                x: span.x,
                width: span.width,
            }
        });
        Some(Shares {
            caption: cx.format("prj.share_caption", &[("nome", (&self.name(cx)).into())]),
            rows: rows.collect(),
        })
    }
}

/// The feeds of the project itself.
fn feeds(cx: &PageContext<'_>) -> Vec<Link> {
    cx.announced
        .of(cx.at)
        .into_iter()
        .filter(|file| file.role == Role::Feed && file.on == Some(cx.at.route))
        .map(|file| {
            let format = super::feeds::format_name(file.media_type);
            Link {
                title: cx.format("upd.follow", &[("formato", format.into())]).into(),
                href: encoded(&file.address),
                meta: None,
            }
        })
        .collect()
}

fn more(cx: &PageContext<'_>, project: &Project) -> Vec<Fact> {
    let list = |key: &str, words: Vec<&str>| (!words.is_empty()).then(|| Fact::new(cx.word(key), words.join(", ")));
    [
        list("prj.partners", project.partners.iter().map(String::as_str).collect()),
        list("prj.places", project.places.iter().map(String::as_str).collect()),
        list("prj.cup", project.cup.iter().map(Cup::as_str).collect()),
        list("prj.cig", project.cig.iter().map(Cig::as_str).collect()),
    ]
    .into_iter()
    .flatten()
    .collect()
}
