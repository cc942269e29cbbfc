//! A target and its outcome: the figures large, a bar where one makes sense, and a sentence with the same meaning.

use jiff::civil::Date;
use serde::Serialize;

use super::components::{Badge, DocumentLink, When, date_note, deadline_words, declared_note, figure, to_f64};
use super::{PageContext, Phrase};
use crate::catalogue::Indicator;
use crate::model::{
    Actual, Basis, Decimal, Extent, Goal, IndicatorState, Lang, Measure, Operator, Outcome, Target, TargetKind,
    Written, is_number,
};
use crate::render::chart::{self, Meter};
use crate::site::Route;

/// The target of one indicator and its outcome.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Card {
    pub(crate) badges: Vec<Badge>,
    pub(crate) title: Phrase,
    pub(crate) target: String,
    /// `None` if nothing is published.
    pub(crate) result: Option<String>,
    /// True if the target or the result is long, and needs smaller letters.
    pub(crate) long: bool,
    pub(crate) meter: Option<Meter>,
    pub(crate) sentence: String,
    pub(crate) lines: Vec<String>,
    pub(crate) periods: Vec<PeriodRow>,
    /// The page that compares it over years.
    pub(crate) thread: Option<String>,
    pub(crate) evidence: Option<DocumentLink>,
}

/// Target and outcome of a part of the time.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PeriodRow {
    pub(crate) period: String,
    pub(crate) target: String,
    pub(crate) result: String,
    /// The office's remark, which has no translation.
    pub(crate) comment: Option<Phrase>,
    pub(crate) evidence: Option<DocumentLink>,
}

impl Card {
    /// `deadline` is the last day of the objective or project that promises it, if it is known.
    pub(super) fn of(
        cx: &PageContext<'_>,
        indicator: &Indicator,
        computed: IndicatorState,
        deadline: Option<Date>,
    ) -> Self {
        let state = computed.counted(indicator.declared);
        let target = promised_words(cx, indicator);
        let result = result_words(cx, indicator);
        let long = [Some(&target), result.as_ref()]
            .into_iter()
            .flatten()
            .any(|words| words.chars().count() > 14);
        Self {
            badges: vec![Badge::of(cx, state.key())],
            title: cx.text(&indicator.title),
            long,
            meter: meter(cx, indicator.target.value(), published_actual(indicator).map(Written::value)),
            sentence: sentence(cx, indicator, state, deadline),
            lines: lines(cx, indicator, computed),
            periods: periods(cx, indicator),
            thread: indicator.series.map(|series| cx.href(Route::Series(series))),
            evidence: evidence(cx, indicator.evidence.as_deref()),
            target,
            result,
        }
    }
}

/// The outcome, if one was published.
pub(super) fn published_actual(indicator: &Indicator) -> Option<&Written<Actual>> {
    indicator.actual.as_ref().filter(|actual| !actual.value().is_none())
}

/// A target in words, its figure without needless zeros, a date with the note that it is written with.
pub(super) fn target_words(written: &Written<Target>, lang: Lang) -> String {
    let target = written.value();
    let words = target.words(lang);
    match target.goal() {
        Goal::Quantity { value, measure: Measure::Number | Measure::Percent, .. } => shortened(&words, *value, lang),
        Goal::Date(_) => words + &date_note(written.text()),
        _ => words,
    }
}

/// An outcome in words, likewise.
pub(super) fn actual_words(written: &Written<Actual>, lang: Lang) -> String {
    let actual = written.value();
    let words = actual.words(lang);
    match actual.outcome() {
        Outcome::Date(_) => words + &date_note(written.text()),
        Outcome::Quantity { value, measure: Measure::Number | Measure::Percent, .. } => shortened(&words, *value, lang),
        _ => words,
    }
}

fn shortened(words: &str, value: Decimal, lang: Lang) -> String {
    words.replacen(&value.words(lang), &figure(value, lang), 1)
}

/// Figure of a target for a drawing, with the end of its scale if it has a natural one.
fn target_figure(target: &Target) -> Option<(f64, Option<f64>)> {
    match target.goal() {
        Goal::Quantity { value, measure: Measure::Percent, .. } => Some((to_f64(*value), Some(100.0))),
        Goal::Quantity { value, .. } => Some((to_f64(*value), None)),
        Goal::Ratio { part, whole, .. } => Some((to_f64(*part), Some(to_f64(*whole)))),
        _ => None,
    }
}

/// Figure of an outcome on the scale of its target.
fn actual_figure(target: &Target, actual: &Actual) -> Option<f64> {
    let reached = to_f64(target.reached(actual)?);
    match target.goal() {
        Goal::Ratio { whole, .. } => Some(reached * to_f64(*whole)),
        _ => Some(reached),
    }
}

/// The figures of a target and its outcome on one scale, with their words, for the chart of a series.
pub(super) fn figures(indicator: &Indicator, lang: Lang) -> [Option<(f64, String)>; 2] {
    let target = indicator.target.value();
    // The table beside shows if it is a floor or a ceiling: on the drawing there is room for figures.
    let goal = target_figure(target).and_then(|(at, _)| Some((at, bare_figure(target, lang)?)));
    let actual = published_actual(indicator)
        .and_then(|actual| Some((actual_figure(target, actual.value())?, actual_words(actual, lang))));
    [goal, actual]
}

/// The figure of a target without its operator. Returns `None` for a target without a figure.
fn bare_figure(target: &Target, lang: Lang) -> Option<String> {
    Some(match target.goal() {
        Goal::Quantity { value, measure, .. } => match measure {
            Measure::Number => figure(*value, lang),
            Measure::Percent => value.rounded(6).percent_words(lang),
            Measure::Money => format!("{}\u{a0}€", figure(*value, lang)),
        },
        Goal::Ratio { part, .. } => figure(*part, lang),
        _ => return None,
    })
}

fn meter(cx: &PageContext<'_>, target: &Target, actual: Option<&Actual>) -> Option<Meter> {
    let (at, end) = target_figure(target)?;
    // An outcome that has no scale in common with the target is shown in words alone.
    let reached = match actual {
        Some(actual) => Some(actual_figure(target, actual)?),
        None => None,
    };
    let value = bare_figure(target, cx.lang())?;
    chart::meter(at, reached, end, cx.format("say.target_tick", &[("valore", (&value).into())]))
}

fn sentence(cx: &PageContext<'_>, indicator: &Indicator, state: IndicatorState, deadline: Option<Date>) -> String {
    let target = indicator.target.value();
    let actual = published_actual(indicator).map(Written::value);
    if target.kind() == TargetKind::None {
        return cx.word("say.no_target");
    }
    if let (Goal::Text(text), None) = (target.goal(), actual) {
        return cx.format("say.text", &[("testo", text.into())]);
    }
    let Some(actual) = actual else {
        return open_sentence(cx, target, state, deadline);
    };
    let words = promised_words(cx, indicator);
    let result = result_words(cx, indicator).unwrap_or_default();
    let both = [("traguardo", (&words).into()), ("risultato", (&result).into())];
    match state {
        IndicatorState::NotEvaluable => match indicator.reason() {
            Some(reason) => reason.words(cx.lang()).to_owned(),
            None => cx.word("say.not_evaluable"),
        },
        IndicatorState::Met | IndicatorState::NotMet => date_sentence(cx, target, actual)
            .or_else(|| distance_sentence(cx, target, actual, &words, &result))
            .unwrap_or_else(|| cx.format(if state == IndicatorState::Met { "say.met" } else { "say.not_met" }, &both)),
        _ => cx.format("say.partially", &both),
    }
}

/// Sentence for a target whose outcome isn't published.
fn open_sentence(cx: &PageContext<'_>, target: &Target, state: IndicatorState, deadline: Option<Date>) -> String {
    let by_then = match target.goal() {
        Goal::Date(date) => date.latest().map(|day| deadline_words(cx, day)),
        _ => deadline.map(|day| deadline_words(cx, day)),
    };
    match (state, by_then, target.goal()) {
        (IndicatorState::NoData, _, Goal::Date(_)) => cx.word("say.no_data_date"),
        (IndicatorState::NoData, Some(then), _) => cx.format("say.no_data", &[("termine", (&then).into())]),
        (IndicatorState::Pending, Some(then), _) => cx.format("say.pending", &[("termine", (&then).into())]),
        _ => cx.word("say.unpublished"),
    }
}

/// Sentence with the days by which a thing was early or late.
fn date_sentence(cx: &PageContext<'_>, target: &Target, actual: &Actual) -> Option<String> {
    let (Goal::Date(due), Outcome::Date(done)) = (target.goal(), actual.outcome()) else { return None };
    let (last, day) = (due.latest()?, done.latest()?);
    let days = chart::days(day, last);
    let n = usize::try_from(days.unsigned_abs()).ok()?;
    let key = match days {
        0 => "say.date_on",
        1.. => "say.date_early",
        _ => "say.date_late",
    };
    let data = done.words(cx.lang());
    Some(cx.format(key, &[("n", n.into()), ("termine", (&deadline_words(cx, last)).into()), ("data", (&data).into())]))
}

/// Sentence with the distance of an outcome from the one figure of its target.
fn distance_sentence(
    cx: &PageContext<'_>,
    target: &Target,
    actual: &Actual,
    words: &str,
    result: &str,
) -> Option<String> {
    let Goal::Quantity { operator: Some(operator), value, measure, .. } = target.goal() else { return None };
    let reached = target.reached(actual)?;
    let lang = cx.lang();
    let gap = reached.checked_sub(*value)?;
    let size = match measure {
        Measure::Number => figure(gap.abs(), lang),
        // The distance of two percentages is in points, which no office's reader should have to know.
        Measure::Percent => return None,
        Measure::Money => format!("{}\u{a0}€", gap.abs().words(lang)),
    };
    let args = [("traguardo", words.into()), ("risultato", result.into()), ("scarto", (&size).into())];
    let is_floor = matches!(operator, Operator::Ge | Operator::Gt);
    if is_floor && gap.is_negative() {
        let share = reached
            .checked_mul(Decimal::HUNDRED)?
            .checked_div(*value)
            .filter(|_| !reached.is_negative());
        return Some(match share {
            Some(share) => {
                let quota = share.rounded(0).words(lang);
                let [a, b, c] = args;
                cx.format("say.less_share", &[a, b, c, ("quota", (&quota).into())])
            }
            None => cx.format("say.less", &args),
        });
    }
    if is_floor && gap != Decimal::ZERO {
        return Some(cx.format("say.exceeded", &args));
    }
    let is_ceiling = matches!(operator, Operator::Le | Operator::Lt);
    (is_ceiling && !gap.is_negative() && gap != Decimal::ZERO).then(|| cx.format("say.more", &args))
}

/// A target in words, with its unit of measure.
pub(super) fn promised_words(cx: &PageContext<'_>, indicator: &Indicator) -> String {
    let target = indicator.target.value();
    let words = target_words(&indicator.target, cx.lang());
    match target.goal() {
        Goal::Quantity { measure: Measure::Number, unit: None, .. }
        | Goal::Range { measure: Measure::Number, unit: None, .. } => with_unit(cx, indicator, words),
        Goal::Ratio { unit: None, .. } if !is_percent(indicator) => with_unit(cx, indicator, words),
        _ => words,
    }
}

/// The outcome in words, with its unit of measure. Returns `None` if nothing was published.
pub(super) fn result_words(cx: &PageContext<'_>, indicator: &Indicator) -> Option<String> {
    let actual = published_actual(indicator)?;
    let words = actual_words(actual, cx.lang());
    Some(match actual.value().outcome() {
        Outcome::Quantity { measure: Measure::Number, unit: None, .. } => with_unit(cx, indicator, words),
        Outcome::Ratio { unit: None, .. } if !is_percent(indicator) => with_unit(cx, indicator, words),
        _ => words,
    })
}

/// The baseline in words, with its unit of measure: most sheets write only the figure.
fn baseline_words(cx: &PageContext<'_>, indicator: &Indicator, baseline: &Written<Actual>) -> String {
    let Outcome::Quantity { value, extent: Extent::Exact, measure: Measure::Number, unit: None } =
        baseline.value().outcome()
    else {
        return actual_words(baseline, cx.lang());
    };
    let words = figure(*value, cx.lang());
    match indicator.target.value().goal() {
        Goal::Quantity { measure: Measure::Percent, .. } | Goal::Range { measure: Measure::Percent, .. } => {
            value.rounded(6).percent_words(cx.lang())
        }
        Goal::Quantity { measure: Measure::Money, .. } | Goal::Range { measure: Measure::Money, .. } => {
            format!("{words}\u{a0}€")
        }
        _ => with_unit(cx, indicator, words),
    }
}

fn is_percent(indicator: &Indicator) -> bool {
    indicator.unit_of_measure.as_deref().is_some_and(|unit| unit.trim() == "%")
}

/// A figure with its unit of measure: the target's own, else the indicator's, unless that only means that it is a number.
fn with_unit(cx: &PageContext<'_>, indicator: &Indicator, words: String) -> String {
    let measure = cx.optional_text(&indicator.unit_of_measure);
    let unit = indicator.target.value().unit().or(measure.as_ref().map(Phrase::text)).map(str::trim);
    match unit {
        Some("%") => format!("{words}{}", cx.lang().language().figures.percent),
        Some(unit) if !is_number(unit) => format!("{words} {unit}"),
        _ => words,
    }
}

fn lines(cx: &PageContext<'_>, indicator: &Indicator, computed: IndicatorState) -> Vec<String> {
    let target = indicator.target.value();
    let written = indicator.target.text().trim();
    // The office's text is compared with its reading in the site's first language, in whichever that is shown.
    let own = cx.site.settings.language();
    let words = target_words(&indicator.target, cx.lang());
    let mut lines = Vec::new();
    if target.is_assumed() {
        lines.push(assumption_line(cx, indicator, &words));
    } else if !written.is_empty()
        && !is_same_text(written, &target_words(&indicator.target, own))
        && target.kind() != TargetKind::Text
    {
        lines.push(cx.format("say.written", &[("testo", written.into())]));
    }
    if let Some(actual) = published_actual(indicator) {
        let written = actual.text().trim();
        if !is_same_text(written, &actual_words(actual, own)) {
            lines.push(cx.format("say.result_written", &[("testo", written.into())]));
        }
    }
    if let Some(stated) = indicator.declared {
        lines.push(declared_note(cx, stated.key(), computed.key()));
    }
    if let Some(baseline) = &indicator.baseline {
        let value = baseline_words(cx, indicator, baseline);
        lines.push(cx.format("obj.baseline", &[("valore", (&value).into())]));
    }
    for (text, key) in [
        (&indicator.kind, "obj.kind"),
        (&indicator.unit_of_measure, "obj.unit"),
        (&indicator.definition, "obj.definition"),
        (&indicator.source, "obj.figures_from"),
        (&indicator.comment, "obj.comment"),
    ] {
        if let Some(text) = cx.optional_text(text) {
            lines.push(cx.format(key, &[("testo", (&text).into())]));
        }
    }
    lines
}

/// Line on the operator that a figure without one is read with, and why.
fn assumption_line(cx: &PageContext<'_>, indicator: &Indicator, words: &str) -> String {
    let written = indicator.target.text().trim();
    let baseline = indicator.baseline.as_ref().map(|baseline| baseline_words(cx, indicator, baseline));
    let (key, baseline) = match (indicator.target.value().basis(), baseline) {
        (Basis::Baseline, Some(baseline)) => ("say.assumed_baseline", baseline),
        (Basis::Nought, _) => ("say.assumed_nought", String::new()),
        _ => ("say.assumed", String::new()),
    };
    cx.format(key, &[("testo", written.into()), ("parole", words.into()), ("partenza", (&baseline).into())])
}

/// Link to the evidence of an outcome.
fn evidence(cx: &PageContext<'_>, href: Option<&str>) -> Option<DocumentLink> {
    DocumentLink::to(cx, href?, cx.word("obj.evidence").into())
}

/// True if two texts have the same words, whatever their spaces and apostrophes.
fn is_same_text(written: &str, words: &str) -> bool {
    let plain = |text: &str| text.replace('\u{a0}', " ").replace('’', "'");
    plain(written).eq_ignore_ascii_case(&plain(words))
}

fn periods(cx: &PageContext<'_>, indicator: &Indicator) -> Vec<PeriodRow> {
    indicator
        .periods
        .iter()
        .map(|period| {
            let result = period.actual.as_ref().filter(|actual| !actual.value().is_none());
            PeriodRow {
                period: When::or_unknown(cx, Some(&period.period), "val.missing_f").words,
                target: target_words(&period.target, cx.lang()),
                result: result.map_or_else(|| cx.word("val.unpublished"), |actual| actual_words(actual, cx.lang())),
                comment: period.comment.as_deref().map(|comment| cx.in_first_language(comment)),
                evidence: evidence(cx, period.evidence.as_deref()),
            }
        })
        .collect()
}
