//! One indicator over the years: its targets and outcomes, as far as the years count the same thing.

use serde::Serialize;

use super::card::{figures, promised_words, result_words};
use super::components::{administration_name, figure, page_source};
use super::indicators::indicator_of;
use super::{PageContext, Phrase, View};
use crate::catalogue::{Indicator, SeriesId};
use crate::model::{Decimal, Lang};
use crate::render::chart::{self, ChartPoint, ChartSeries};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    title: Phrase,
    span: String,
    administration: Option<Phrase>,
    lead: String,
    chart: Option<Chart>,
    rows: Vec<YearRow>,
    breaks: Vec<String>,
    definitions: Vec<Phrase>,
    titles: Vec<Phrase>,
}

/// The drawing, with a description in words.
#[derive(Serialize)]
struct Chart {
    title: String,
    description: String,
    /// Meanings of the signs that the drawing has.
    legend: Vec<String>,
    #[serde(flatten)]
    series: ChartSeries,
}

/// One year, or a year without a sheet.
#[derive(Serialize)]
struct YearRow {
    year: i16,
    target: String,
    result: Option<String>,
    href: Option<String>,
    code: String,
}

/// The indicator of one year.
struct Point<'a> {
    year: i16,
    indicator: &'a Indicator,
    row: YearRow,
    /// True if something else is counted than the year before.
    breaks: bool,
}

pub(super) fn view(cx: &PageContext<'_>, id: SeriesId) -> View {
    let catalogue = cx.catalogue();
    let series = &catalogue[id];
    let name = cx.title(Route::Series(id));
    let points = points(cx, id);
    let (first, last) = (points.first().map_or(0, |point| point.year), points.last().map_or(0, |point| point.year));
    let span = match (first, last) {
        (same, other) if same == other => same.to_string(),
        _ => cx.format("unit.span", &[("da", (&first.to_string()).into()), ("a", (&last.to_string()).into())]),
    };
    let page = Page {
        title: name.clone(),
        administration: administration_name(cx, series.administration),
        lead: lead(cx, &points),
        chart: chart(cx, name.text(), &span, &points),
        breaks: points
            .iter()
            .filter(|point| point.breaks)
            .map(|point| cx.format("ind.break_sentence", &[("anno", (&point.year.to_string()).into())]))
            .collect(),
        definitions: by_years(cx, &points, |indicator| {
            cx.optional_text(&indicator.definition)
                .unwrap_or_else(|| cx.word("ind.no_definition").into())
        }),
        titles: by_years(cx, &points, |indicator| cx.text(&indicator.title)),
        rows: rows(points),
        span,
    };
    View {
        title: cx.format("ind.page_title", &[("titolo", (&name).into()), ("anni", (&page.span).into())]),
        description: page.lead.clone(),
        crumbs: cx.crumbs(vec![(cx.word("nav.indicators").into(), Route::SeriesList)], name),
        nav: None,
        toc: Vec::new(),
        source: Some(page_source(cx)),
        page: tera::Value::from_serializable(&page),
    }
}

fn points<'a>(cx: &PageContext<'a>, id: SeriesId) -> Vec<Point<'a>> {
    let catalogue = cx.catalogue();
    let mut before: Option<&str> = None;
    catalogue[id]
        .points
        .iter()
        .map(|point| {
            let objective = &catalogue[point.objective];
            let indicator = indicator_of(cx, point);
            let definition = indicator.definition.as_deref();
            // A year without a definition is taken to count what the year before did.
            let breaks = matches!((before, definition), (Some(before), Some(now)) if before != now);
            before = definition.or(before);
            let row = YearRow {
                year: objective.year,
                target: promised_words(cx, indicator),
                result: result_words(cx, indicator),
                href: Some(cx.href(Route::Objective(point.objective))),
                code: objective.code.clone(),
            };
            Point { year: objective.year, indicator, row, breaks }
        })
        .collect()
}

/// Sentence on the newest year.
fn lead(cx: &PageContext<'_>, points: &[Point<'_>]) -> String {
    let Some(point) = points.last() else { return String::new() };
    let year = point.year.to_string();
    let args = [("anno", (&year).into()), ("traguardo", (&point.row.target).into())];
    match &point.row.result {
        Some(result) => {
            let [year, target] = args;
            let key = if point.year < cx.site.as_of.year() { "ind.last_known" } else { "ind.last_so_far" };
            cx.format(key, &[year, target, ("risultato", result.into())])
        }
        None if point.year >= cx.site.as_of.year() => cx.format("ind.last_open", &args),
        None => cx.format("ind.last_unknown", &args),
    }
}

fn chart(cx: &PageContext<'_>, name: &str, span: &str, points: &[Point<'_>]) -> Option<Chart> {
    let drawn: Vec<ChartPoint> = points
        .iter()
        .map(|point| {
            let [target, actual] = figures(point.indicator, cx.lang());
            ChartPoint { year: point.year, target, actual, breaks: point.breaks }
        })
        .collect();
    let series = chart::series(&drawn, |level| {
        let plain = chart::plain_number(level);
        Decimal::parse(&plain, Lang::En).map_or(plain, |read| figure(read.value, cx.lang()))
    })?;
    let sentences: Vec<String> = points
        .iter()
        .map(|point| {
            let unpublished = cx.word("val.unpublished");
            let result = point.row.result.as_ref().unwrap_or(&unpublished);
            let year = point.year.to_string();
            let args =
                [("anno", (&year).into()), ("traguardo", (&point.row.target).into()), ("risultato", result.into())];
            cx.format("ind.chart_point", &args)
        })
        .collect();
    Some(Chart {
        title: cx.format("ind.chart_title", &[("titolo", name.into()), ("anni", span.into())]),
        description: sentences.join(" "),
        legend: legend(cx, &series),
        series,
    })
}

/// Meanings of the signs that the chart has.
fn legend(cx: &PageContext<'_>, series: &ChartSeries) -> Vec<String> {
    [
        (series.points.iter().any(|point| !point.done), "ind.legend_target"),
        (series.points.iter().any(|point| point.done), "ind.legend_result"),
        (series.lines.iter().any(|line| line.gap), "ind.legend_gap"),
        (!series.breaks.is_empty(), "ind.break"),
    ]
    .into_iter()
    .filter(|(is_drawn, _)| *is_drawn)
    .map(|(_, key)| cx.word(key))
    .collect()
}

/// Texts of the years; consecutive years with one text share a line.
fn by_years(cx: &PageContext<'_>, points: &[Point<'_>], text: impl Fn(&Indicator) -> Phrase) -> Vec<Phrase> {
    let texts: Vec<(String, Phrase)> =
        points.iter().map(|point| (point.year.to_string(), text(point.indicator))).collect();
    texts
        .chunk_by(|a, b| a.1 == b.1)
        .map(|same| {
            let years: Vec<&str> = same.iter().map(|(year, _)| year.as_str()).collect();
            let years = years.join(", ");
            same[0]
                .1
                .clone()
                .map(|words| cx.format("val.colon", &[("nome", (&years).into()), ("valore", words.into())]))
        })
        .collect()
}

/// Every year from the first to the last, those without a sheet too.
fn rows(points: Vec<Point<'_>>) -> Vec<YearRow> {
    let mut rows: Vec<YearRow> = Vec::new();
    for point in points {
        let next = rows.last().map_or(point.year, |row| row.year + 1);
        rows.extend((next..point.year).map(|year| YearRow {
            year,
            target: String::new(),
            result: None,
            href: None,
            code: String::new(),
        }));
        rows.push(point.row);
    }
    rows
}
