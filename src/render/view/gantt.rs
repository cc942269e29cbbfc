//! The phases of an objective over its calendar: one table whose bars show its dates.

use jiff::civil::Date;
use serde::Serialize;

use super::components::{Badge, When, date_note, figure, period_words, person, progress_line, to_f64};
use super::{PageContext, Phrase};
use crate::catalogue::{Objective, ObjectiveId, Phase};
use crate::model::{Decimal, EdtfDate, NotComputed, PhaseState, Weighing, Written};
use crate::render::chart::{self, Calendar, FuzzySpan, Tick};

/// The table of the phases.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Gantt {
    pub(crate) caption: String,
    /// Meanings of the signs that the drawing has.
    pub(crate) legend: Vec<String>,
    /// True if the marks are months.
    pub(crate) months: bool,
    pub(crate) ticks: Vec<Tick>,
    /// Position of the day on which the states are judged, while the objective's time isn't over.
    pub(crate) today: Option<String>,
    pub(crate) rows: Vec<PhaseRow>,
}

/// One phase.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PhaseRow {
    pub(crate) title: Phrase,
    /// `None` if nothing was published of any phase, or the outcome of this one can't be read.
    pub(crate) badge: Option<Badge>,
    pub(crate) notes: Option<String>,
    pub(crate) bars: Vec<PhaseBar>,
    pub(crate) dates: String,
    pub(crate) length: Option<String>,
    pub(crate) lines: Vec<String>,
    pub(crate) weight: String,
    pub(crate) weight_note: Option<String>,
    pub(crate) owner: String,
    pub(crate) owner_note: Option<String>,
    pub(crate) centre: Option<String>,
}

/// A piece of a phase's bar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PhaseBar {
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) sure: bool,
    /// True for the time of the work, false for the planned time.
    pub(crate) done: bool,
}

/// Progress of the phases, by weight.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PhaseProgress {
    pub(crate) sentence: String,
    pub(crate) done: String,
    pub(crate) parts: Vec<ProgressPart>,
}

/// One phase's piece of the bar.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ProgressPart {
    pub(crate) x: String,
    pub(crate) width: String,
    /// Width of the completed part, as a share of the bar.
    pub(crate) fill: Option<String>,
    pub(crate) middle: String,
    /// `None` if the piece is too short for words.
    pub(crate) label: Option<String>,
}

/// The phases of an objective with their weights.
pub(super) struct Phases<'a> {
    objective: &'a Objective,
    states: &'a [PhaseState],
    weighing: &'a Weighing,
    /// The last day of the objective.
    last_day: Date,
    /// True if something is published of any of them.
    any_published: bool,
}

impl<'a> Phases<'a> {
    /// Returns `None` if there are no phases.
    pub(super) fn of(cx: &PageContext<'a>, id: ObjectiveId) -> Option<Self> {
        let objective = &cx.catalogue()[id];
        let judgement = cx.site.judgement(id);
        (!objective.phases.is_empty()).then_some(Self {
            objective,
            states: &judgement.phases,
            weighing: &judgement.weighing,
            last_day: objective.last_day(),
            any_published: judgement.phases.iter().any(|state| *state != PhaseState::NoData),
        })
    }

    pub(super) fn gantt(&self, cx: &PageContext<'_>) -> Gantt {
        let letters = cx.word("date.months");
        let letters: Vec<&str> = letters.split(' ').collect();
        let (first, last) = (self.objective.first_day(), self.last_day);
        let calendar = Calendar::around(first, last);
        let rows: Vec<PhaseRow> = (0..self.objective.phases.len()).map(|place| self.row(cx, place, calendar)).collect();
        let today = (cx.site.as_of <= last).then(|| calendar.position(cx.site.as_of)).flatten();

        let has = |what: fn(&PhaseBar) -> bool| rows.iter().flat_map(|row| &row.bars).any(what);
        let mut legend = Vec::new();
        if has(|bar| !bar.sure) {
            legend.push(cx.word("obj.fuzzy_bar"));
        }
        if has(|bar| bar.done) {
            legend.push(cx.word("obj.actual_bar"));
        }
        if today.is_some() {
            legend.push(cx.format("obj.today", &[("data", (&When::day(cx, cx.site.as_of).words).into())]));
        }
        Gantt {
            caption: cx.format("obj.phases_caption", &[("n", rows.len().into())]),
            legend,
            months: calendar.is_one_year(),
            ticks: calendar.ticks(&letters),
            today,
            rows,
        }
    }

    fn row(&self, cx: &PageContext<'_>, place: usize, calendar: Calendar) -> PhaseRow {
        let phase = &self.objective.phases[place];
        // The row shows the words.
        let is_unreadable = self.states[place] == PhaseState::NoData && phase.has_unread_outcome();
        let number = (place + 1).to_string();
        let titled =
            |title: &str| cx.format("obj.phase_title", &[("numero", (&number).into()), ("titolo", title.into())]);
        let (weight, weight_note) = self.weight(cx, place);
        let (owner, owner_note) = match &phase.responsible {
            Some(responsible) => {
                let unit = phase.centre.as_ref().map_or(self.objective.unit, |centre| centre.unit);
                person(cx, responsible, unit, self.last_day)
            }
            None => (cx.word("val.missing"), None),
        };
        PhaseRow {
            title: cx.text(&phase.title).map(titled),
            // Beside a phase with a state, one without would be a silent gap; if no phase has one, the answer says so
            // once.
            badge: (self.any_published && !is_unreadable).then(|| Badge::of_phase(cx, self.states[place].key())),
            notes: cx
                .optional_text(&phase.notes)
                .map(|notes| cx.format("obj.notes", &[("testo", (&notes).into())])),
            bars: bars(phase, calendar, self.last_day, cx.site.as_of),
            dates: dates(cx, phase.start.as_ref(), phase.end.as_ref()),
            length: length(cx, phase),
            lines: lines(cx, phase),
            weight,
            weight_note,
            owner,
            owner_note,
            centre: self.centre(cx, phase),
        }
    }

    fn weight(&self, cx: &PageContext<'_>, place: usize) -> (String, Option<String>) {
        let percent = |value: Decimal| value.rounded(6).percent_words(cx.lang());
        match (&self.objective.phases[place].weight, self.weighing.weights[place]) {
            (Some(weight), _) => {
                (weight.read().map_or_else(|| weight.text().to_owned(), |weight| percent(weight.value())), None)
            }
            (None, Some(share)) => {
                let share = share.value.rounded(1).percent_words(cx.lang());
                (cx.word("val.missing"), Some(cx.format("obj.weight_shared", &[("valore", (&share).into())])))
            }
            (None, None) => (cx.word("val.missing"), None),
        }
    }

    /// The centre, if it isn't the unit that is responsible for the objective.
    fn centre(&self, cx: &PageContext<'_>, phase: &Phase) -> Option<String> {
        let centre = phase.centre.as_ref().filter(|centre| centre.unit != self.objective.unit)?;
        let name = cx.text(&cx.catalogue()[centre.unit].name);
        Some(cx.format("obj.centre", &[("nome", (&name).into())]))
    }

    /// Progress of the phases. Returns `None` if it isn't computed.
    pub(super) fn progress(&self, cx: &PageContext<'_>) -> Option<PhaseProgress> {
        let progress = self.weighing.progress.as_ref().ok()?;
        let weights: Vec<f64> = self
            .weighing
            .weights
            .iter()
            .map(|weight| weight.map_or(0.0, |weight| to_f64(weight.value)))
            .collect();
        let done = self.states.iter().filter(|state| **state == PhaseState::Completed).count();
        let sum: f64 = weights.iter().sum();
        let mut before = 0.0;
        let parts = chart::shares(&weights).into_iter().enumerate().map(|(place, span)| {
            let (part, from) = (weights[place], before);
            before += part;
            let share = match self.states[place] {
                PhaseState::Completed => 1.0,
                _ => self.objective.phases[place]
                    .progress
                    .as_ref()
                    .and_then(Written::read)
                    .map_or(0.0, |progress| to_f64(progress.value()) / 100.0),
            };
            let n = (place + 1).to_string();
            let weight = format!("{part:.0}");
            let label = cx.format("obj.part", &[("numero", (&n).into()), ("peso", (&weight).into())]);
            ProgressPart {
                x: span.x,
                width: span.width,
                fill: (share > 0.0).then(|| chart::part_of(part, sum, share)),
                middle: chart::middle_of(from, part, sum),
                label: (part >= 18.0).then_some(label),
            }
        });
        let value = progress.rounded(0).words(cx.lang());
        Some(PhaseProgress {
            sentence: cx.format("obj.progress", &[("valore", (&value).into())]),
            done: cx.format("obj.progress_done", &[("n", done.into()), ("tutte", self.states.len().into())]),
            parts: parts.collect(),
        })
    }

    /// Notes on the weights, and on the reasons for which no progress is computed of them.
    pub(super) fn notes(&self, cx: &PageContext<'_>) -> Vec<String> {
        let mut notes = Vec::new();
        let shared = self.weighing.weights.iter().flatten().filter(|weight| weight.is_computed).count();
        if shared == self.objective.phases.len() {
            notes.push(cx.format("obj.no_weights", &[("n", shared.into())]));
        } else if shared > 0 {
            notes.push(cx.format("obj.shared", &[("n", shared.into())]));
        }
        match &self.weighing.progress {
            Err(NotComputed::NoOutcome { .. }) => notes.push(cx.word("obj.no_progress")),
            Err(NotComputed::Weights { sum }) => {
                notes.push(cx.format("obj.bad_weights", &[("somma", (&figure(*sum, cx.lang())).into())]));
            }
            Err(NotComputed::NoShare { .. }) => notes.push(cx.word("obj.no_share")),
            Ok(_) | Err(NotComputed::NoPhases | NotComputed::TooLarge) => {}
        }
        notes
    }
}

/// Work that was planned without an end may take all of the objective's time; work that began may go on until today.
fn bars(phase: &Phase, calendar: Calendar, last_day: Date, as_of: Date) -> Vec<PhaseBar> {
    let planned = bounds(phase.start.as_ref(), phase.end.as_ref(), last_day);
    let actual = bounds(phase.actual_start.as_ref(), phase.actual_end.as_ref(), as_of);
    let bar = |span: FuzzySpan, done| PhaseBar { x: span.x, width: span.width, sure: span.sure, done };
    [(planned, false), (actual, true)]
        .into_iter()
        .filter_map(|(bounds, done)| Some((bounds?, done)))
        .flat_map(|((start, end), done)| calendar.period(start, end).into_iter().map(move |span| bar(span, done)))
        .collect()
}

type Days = (Date, Date);

/// First and last day on which a period may begin, and on which it may end. A start with an open end may be as late as
/// the end, an end with an open beginning as early as the start; an end that is open or unknown may be as late as `edge`.
/// Returns `None` if nobody knows its start, or a date can't be read.
pub(super) fn bounds(
    start: Option<&Written<Option<EdtfDate>>>,
    end: Option<&Written<Option<EdtfDate>>>,
    edge: Date,
) -> Option<(Days, Days)> {
    let start = start?.read()?;
    let end = match end {
        Some(end) => Some(end.read()?),
        None => None,
    };
    let first = start.earliest()?;
    let earliest_end = end.and_then(|end| end.earliest()).unwrap_or(first);
    let last = end.and_then(|end| end.latest()).unwrap_or_else(|| edge.max(earliest_end));
    Some(((first, start.latest().unwrap_or(last)), (earliest_end, last)))
}

/// A start and an end in words.
fn dates(
    cx: &PageContext<'_>,
    start: Option<&Written<Option<EdtfDate>>>,
    end: Option<&Written<Option<EdtfDate>>>,
) -> String {
    if let (Some(Some(from)), Some(Some(to))) = (start.map(Written::read), end.map(Written::read)) {
        let notes: String = [start, end].into_iter().flatten().map(|date| date_note(date.text())).collect();
        return period_words(cx, *from, *to) + &notes;
    }
    let first = || When::or_unknown(cx, start, "val.missing").words;
    let last = || When::end(cx, end).words;
    match (start, end) {
        (Some(_), Some(_)) => cx.format("date.span", &[("da", (&first()).into()), ("a", (&last()).into())]),
        (Some(_), None) => cx.format("date.start_only", &[("data", (&first()).into())]),
        (None, Some(_)) => cx.format("date.end_only", &[("data", (&last()).into())]),
        (None, None) => cx.word("date.none"),
    }
}

/// Planned duration of a phase of full months.
fn length(cx: &PageContext<'_>, phase: &Phase) -> Option<String> {
    // An open or unknown end has no last day.
    let planned_end = phase.end.as_ref()?.read()?.latest()?;
    let ((first, latest_start), (earliest_end, last)) = bounds(phase.start.as_ref(), phase.end.as_ref(), planned_end)?;
    let after = last.tomorrow().ok()?;
    if first != latest_start || earliest_end != last || first.day() != 1 || after.day() != 1 {
        return None;
    }
    let months = i32::from(after.year() - first.year()) * 12 + i32::from(after.month() - first.month());
    Some(cx.format("count.months", &[("n", usize::try_from(months).ok()?.into())]))
}

fn lines(cx: &PageContext<'_>, phase: &Phase) -> Vec<String> {
    let mut lines = Vec::new();
    if phase.actual_start.is_some() || phase.actual_end.is_some() {
        let words = dates(cx, phase.actual_start.as_ref(), phase.actual_end.as_ref());
        lines.push(cx.format("obj.actual_line", &[("testo", (&words).into())]));
    }
    if let Some(written) = &phase.progress {
        lines.push(match written.read() {
            Some(progress) => {
                let value = figure(progress.value(), cx.lang());
                cx.format("obj.phase_progress", &[("valore", (&value).into())])
            }
            None => progress_line(cx, written),
        });
    }
    if !phase.after.is_empty() {
        let numbers: Vec<String> = phase.after.iter().map(|place| (place + 1).to_string()).collect();
        lines.push(cx.format("obj.after", &[("n", numbers.len().into()), ("fasi", (&numbers.join(", ")).into())]));
    }
    lines
}
