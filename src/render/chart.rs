//! Drawings as positions: dates, figures and counts in, shares of the width out. Pure, exact to a hundredth of a percent.
//!
//! Positions are shares because the pages' drawings are never scaled: only lengths stretch, text stays text.

use jiff::civil::Date;
use serde::Serialize;

/// A share of the width as SVG writes it: `71.43%`.
fn percent(share: f64) -> String {
    let hundredths = (share.clamp(0.0, 1.0) * 10_000.0).round();
    let text = format!("{:.2}", hundredths / 100.0);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A piece of a bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Span {
    /// Start.
    pub(crate) x: String,
    /// Length.
    pub(crate) width: String,
}

impl Span {
    fn between(from: f64, to: f64) -> Self {
        Self { x: percent(from), width: percent(to - from) }
    }
}

/// A mark on a scale, with its word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Tick {
    /// Position.
    pub(crate) x: String,
    /// The word beside it.
    pub(crate) label: String,
}

/// Parts of a sum in their order, side by side. All are empty if the sum is zero.
pub(super) fn shares(parts: &[f64]) -> Vec<Span> {
    let sum: f64 = parts.iter().sum();
    let mut from = 0.0;
    parts
        .iter()
        .map(|part| {
            let share = if sum > 0.0 { part / sum } else { 0.0 };
            let span = Span::between(from, from + share);
            from += share;
            span
        })
        .collect()
}

/// Width of the given share of one part of a sum.
pub(super) fn part_of(part: f64, sum: f64, share: f64) -> String {
    percent(if sum > 0.0 { part / sum * share.clamp(0.0, 1.0) } else { 0.0 })
}

/// Middle of one part of a sum, which comes after the parts `before`.
pub(super) fn middle_of(before: f64, part: f64, sum: f64) -> String {
    percent(if sum > 0.0 { (before + part / 2.0) / sum } else { 0.0 })
}

/// A calendar of full years.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calendar {
    first: i16,
    last: i16,
}

impl Calendar {
    /// The years from that of `first` to that of `last`.
    pub(super) fn around(first: Date, last: Date) -> Self {
        Self { first: first.year(), last: last.year().max(first.year()) }
    }

    /// True if it is of one year, whose months can be distinguished.
    pub(super) fn is_one_year(self) -> bool {
        self.first == self.last
    }

    /// One mark for each month of a single year, else for each year; `months` are the twelve months' letters.
    pub(super) fn ticks(self, months: &[&str]) -> Vec<Tick> {
        if self.is_one_year() {
            let days = (1..=12).filter_map(|month| Date::new(self.first, month, 1).ok());
            return days
                .zip(months)
                .map(|(day, label)| Tick { x: self.day(day), label: (*label).to_owned() })
                .collect();
        }
        (self.first..=self.last)
            .filter_map(|year| Some(Tick { x: self.day(Date::new(year, 1, 1).ok()?), label: year.to_string() }))
            .collect()
    }

    /// Position of a day's start. Returns `None` for a day of other years.
    pub(super) fn position(self, day: Date) -> Option<String> {
        (self.first..=self.last).contains(&day.year()).then(|| self.day(day))
    }

    /// A period whose start and end are each known within two days, both included: uncertain from the first to the last
    /// day on which it may begin and on which it may end, certain between. Nothing certain is left where the two overlap.
    pub(super) fn period(self, start: (Date, Date), end: (Date, Date)) -> Vec<FuzzySpan> {
        let from = self.start_of(start.0);
        let to = self.end_of(end.1);
        // An exact day is certain from its start to its end.
        let sure_from = if start.0 == start.1 { from } else { self.end_of(start.1) };
        let sure_to = if end.0 == end.1 { to } else { self.start_of(end.0) };
        if sure_from >= sure_to {
            return vec![FuzzySpan::new(from, to, false)];
        }
        [(from, sure_from, false), (sure_from, sure_to, true), (sure_to, to, false)]
            .into_iter()
            .filter(|(from, to, _)| to > from)
            .map(|(from, to, sure)| FuzzySpan::new(from, to, sure))
            .collect()
    }

    fn day(self, day: Date) -> String {
        percent(self.start_of(day))
    }

    fn start_of(self, day: Date) -> f64 {
        self.share(day, 0)
    }

    fn end_of(self, day: Date) -> f64 {
        self.share(day, 1)
    }

    fn share(self, day: Date, after: i32) -> f64 {
        let (Ok(first), Ok(last)) = (Date::new(self.first, 1, 1), Date::new(self.last, 12, 31)) else { return 0.0 };
        let all_days = days(first, last) + 1;
        f64::from(days(first, day) + after) / f64::from(all_days)
    }
}

/// The days from one to the other.
pub(super) fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// A piece of a bar that is certain or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct FuzzySpan {
    /// Start.
    pub(crate) x: String,
    /// Length.
    pub(crate) width: String,
    /// True if every day in it belongs to the period.
    pub(crate) sure: bool,
}

impl FuzzySpan {
    fn new(from: f64, to: f64, sure: bool) -> Self {
        let (from, to) = (from.clamp(0.0, 1.0), to.clamp(0.0, 1.0));
        let Span { x, width } = Span::between(from, to);
        Self { x, width, sure }
    }
}

/// A bar with a mark at the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Meter {
    /// Length of the bar up to the outcome, if there is one.
    pub(crate) fill: Option<String>,
    /// Position of the target.
    pub(crate) tick: String,
    /// Anchor of the target's word.
    pub(crate) anchor: &'static str,
    /// True if there is room for the zero of the scale.
    pub(crate) zero: bool,
    /// The target's word.
    pub(crate) label: String,
}

/// The bar of a target and its outcome. It ends where the scale does, such as at 100 of percents, or a quarter beyond the
/// greater of the two. Returns `None` if either is negative or the target is zero.
pub(super) fn meter(target: f64, actual: Option<f64>, scale: Option<f64>, label: String) -> Option<Meter> {
    if target <= 0.0 || actual.is_some_and(|actual| actual < 0.0) {
        return None;
    }
    let greater = actual.map_or(target, |actual| actual.max(target));
    let end = scale.filter(|end| greater <= *end).unwrap_or(1.25 * greater);
    let tick = target / end;
    // Near the start the word would run into the zero, near the end out of the drawing.
    let near = tick < 0.3;
    Some(Meter {
        fill: actual.map(|actual| percent(actual / end)),
        tick: percent(tick),
        anchor: if near {
            "start"
        } else if tick > 0.8 {
            "end"
        } else {
            "middle"
        },
        zero: !near,
        label,
    })
}

/// One year of a series.
#[derive(Clone, Debug)]
pub(super) struct ChartPoint {
    /// The year.
    pub(crate) year: i16,
    /// The figure of its target, and the word for it.
    pub(crate) target: Option<(f64, String)>,
    /// The figure of its outcome, and the word for it.
    pub(crate) actual: Option<(f64, String)>,
    /// True if something else is counted from this year on.
    pub(crate) breaks: bool,
}

/// Points over years, in shares of the width and in pixels of the height.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct ChartSeries {
    /// The levels of the scale.
    pub(crate) levels: Vec<Level>,
    /// The years.
    pub(crate) years: Vec<Tick>,
    /// Positions from which something else is counted.
    pub(crate) breaks: Vec<String>,
    /// Lines between points that can be compared.
    pub(crate) lines: Vec<Line>,
    /// Targets and outcomes.
    pub(crate) points: Vec<Dot>,
}

/// A level of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Level {
    y: i32,
    text_y: i32,
    label: String,
}

/// A line between two points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    x1: String,
    x2: String,
    y1: i32,
    y2: i32,
    /// True if there are years without a sheet between them.
    pub(crate) gap: bool,
}

/// A point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Dot {
    x: String,
    y: i32,
    text_y: i32,
    label: String,
    /// Anchor of the label, by which no label leaves the drawing.
    anchor: &'static str,
    /// True if it is an outcome.
    pub(crate) done: bool,
}

/// Limit of the characters of a label that is centred on its point, wherever that is.
const SERIES_SHORT: usize = 8;
const SERIES_TOP: f64 = 30.0;
const SERIES_FLOOR: f64 = 170.0;
const SERIES_LEFT: f64 = 0.20;
const SERIES_RIGHT: f64 = 0.92;

/// The drawing of a series. Lines join targets, year to year, but never across a break. Returns `None` with fewer than
/// two years that have a figure.
pub(super) fn series(points: &[ChartPoint], label: impl Fn(f64) -> String) -> Option<ChartSeries> {
    let figures: Vec<f64> = points
        .iter()
        .flat_map(|point| [&point.target, &point.actual])
        .flatten()
        .map(|(figure, _)| *figure)
        .collect();
    let drawn = points.iter().filter(|point| point.target.is_some() || point.actual.is_some()).count();
    let (first, last) = (points.first()?.year, points.last()?.year);
    if drawn < 2 || first == last || figures.iter().any(|figure| *figure < 0.0) {
        return None;
    }
    let top = round_up(figures.iter().copied().fold(0.0, f64::max));
    let y = |figure: f64| pixel(SERIES_FLOOR - (SERIES_FLOOR - SERIES_TOP) * figure / top);
    let at =
        |year: f64| SERIES_LEFT + (SERIES_RIGHT - SERIES_LEFT) * (year - f64::from(first)) / f64::from(last - first);
    let x = |year: i16| percent(at(f64::from(year)));

    let levels =
        [0.0, 0.5, 1.0].map(|share| Level { y: y(top * share), text_y: y(top * share) - 5, label: label(top * share) });
    let years = (first..=last).map(|year| Tick { x: x(year), label: year.to_string() }).collect();
    let breaks = points
        .iter()
        .skip(1)
        .filter(|point| point.breaks)
        .map(|point| percent(at(f64::from(point.year) - 0.5)));
    let mut lines = Vec::new();
    for pair in points.windows(2) {
        if let ([before, after], false) = (pair, pair[1].breaks)
            && let (Some((from, _)), Some((to, _))) = (&before.target, &after.target)
        {
            let gap = after.year - before.year > 1;
            lines.push(Line { x1: x(before.year), x2: x(after.year), y1: y(*from), y2: y(*to), gap });
        }
    }
    let dots = dots(points, x, y);
    Some(ChartSeries { levels: levels.into(), years, breaks: breaks.collect(), lines, points: dots })
}

/// The points of a series, each with its word.
fn dots(points: &[ChartPoint], x: impl Fn(i16) -> String, y: impl Fn(f64) -> i32) -> Vec<Dot> {
    let (first, last) = (points.first().map(|point| point.year), points.last().map(|point| point.year));
    let mut dots = Vec::new();
    for point in points {
        for (figure, done) in [(&point.target, false), (&point.actual, true)] {
            if let Some((figure, label)) = figure {
                let other = if done { &point.target } else { &point.actual };
                // The word of the greater figure is over its point, the other's under it, so that both can be read.
                let is_lower = other
                    .as_ref()
                    .is_some_and(|(other, _)| if done { figure <= other } else { figure < other });
                let y = y(*figure);
                dots.push(Dot {
                    x: x(point.year),
                    y,
                    text_y: if is_lower { y + 24 } else { y - 14 },
                    anchor: match Some(point.year) {
                        _ if label.chars().count() <= SERIES_SHORT => "middle",
                        year if year == last => "end",
                        year if year == first => "start",
                        _ => "middle",
                    },
                    label: label.clone(),
                    done,
                });
            }
        }
    }
    dots
}

/// The least of 1, 2, 4, 6, 8, 12 … times a power of ten that isn't below the figure, so that half of it is round as well.
fn round_up(figure: f64) -> f64 {
    let magnitude = 10f64.powf(figure.max(1.0).log10().floor());
    let steps = [1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0];
    steps
        .into_iter()
        .map(|step| step * magnitude)
        .find(|level| *level >= figure)
        .unwrap_or(figure)
}

/// A figure as machines write it, without needless zeros.
pub(super) fn plain_number(figure: f64) -> String {
    let text = format!("{figure:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[expect(clippy::cast_possible_truncation, reason = "a pixel of a drawing of some two hundred")]
fn pixel(y: f64) -> i32 {
    y.round() as i32
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const LETTERS: [&str; 12] = ["G", "F", "M", "A", "M", "G", "L", "A", "S", "O", "N", "D"];

    fn spans(period: &[FuzzySpan]) -> Vec<(&str, &str, bool)> {
        period.iter().map(|span| (span.x.as_str(), span.width.as_str(), span.sure)).collect()
    }

    #[test]
    fn a_period_of_exact_days_is_one_certain_piece() {
        let year = Calendar::around(date(2020, 1, 1), date(2020, 12, 31));
        let [start, end] = [date(2020, 1, 1), date(2020, 9, 30)];
        assert_eq!(spans(&year.period((start, start), (end, end))), [("0%", "74.86%", true)]);
        let whole = year.period((start, start), (date(2020, 12, 31), date(2020, 12, 31)));
        assert_eq!(spans(&whole), [("0%", "100%", true)]);
    }

    #[test]
    fn a_vague_start_and_end_are_uncertain_on_both_sides_of_what_is_certain() {
        let years = Calendar::around(date(2016, 10, 1), date(2022, 12, 31));
        let bar = years.period((date(2016, 10, 1), date(2016, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31)));
        let sure: Vec<bool> = bar.iter().map(|span| span.sure).collect();
        assert_eq!(sure, [false, true, false]);
        assert_eq!(bar[0].x, "10.72%");
        assert_eq!(bar[1].x, "14.31%");
        assert_eq!(bar[2].x, "85.73%");
        assert_eq!(years.ticks(&LETTERS).len(), 7);
    }

    #[test]
    fn a_period_that_is_nowhere_certain_is_one_uncertain_piece() {
        let year = Calendar::around(date(2022, 1, 1), date(2022, 12, 31));
        let vague = (date(2022, 1, 1), date(2022, 12, 31));
        assert_eq!(spans(&year.period(vague, vague)), [("0%", "100%", false)]);
    }

    #[test]
    fn a_calendar_of_one_year_is_marked_by_months_and_a_day_outside_has_no_place() {
        let year = Calendar::around(date(2020, 1, 1), date(2020, 12, 31));
        let ticks = year.ticks(&LETTERS);
        assert_eq!((ticks.len(), ticks[1].x.as_str(), ticks[1].label.as_str()), (12, "8.47%", "F"));
        assert_eq!(year.position(date(2020, 7, 1)).as_deref(), Some("49.73%"));
        assert_eq!(year.position(date(2021, 1, 1)), None);
    }

    #[test]
    fn a_meter_reaches_a_quarter_beyond_the_greater_figure() {
        let over = meter(100.0, Some(112.0), None, "100".into()).expect("two figures above nought");
        assert_eq!((over.tick.as_str(), over.fill.as_deref()), ("71.43%", Some("80%")));
        let open = meter(20.0, None, None, "20".into()).expect("a target above nought");
        assert_eq!((open.tick.as_str(), open.fill), ("80%", None));
        assert_eq!(meter(0.0, Some(1.0), None, String::new()), None);
    }

    #[test]
    fn the_word_of_a_mark_near_the_start_gets_the_place_of_the_nought() {
        let near = meter(10.0, Some(100.0), None, "10".into()).expect("two figures above nought");
        assert_eq!((near.anchor, near.zero), ("start", false));
    }

    #[test]
    fn a_scale_with_an_end_is_drawn_to_its_end() {
        let ratio = meter(2.0, Some(1.0), Some(4.0), "2".into()).expect("two figures above nought");
        assert_eq!((ratio.tick.as_str(), ratio.fill.as_deref(), ratio.anchor), ("50%", Some("25%"), "middle"));
        let full = meter(95.0, None, Some(100.0), "95%".into()).expect("a target above nought");
        assert_eq!((full.tick.as_str(), full.anchor), ("95%", "end"));
    }

    #[test]
    fn shares_stand_side_by_side_and_nothing_of_nothing_is_empty() {
        let parts = shares(&[1.0, 1.0, 2.0]);
        assert_eq!(parts[2], Span { x: "50%".into(), width: "50%".into() });
        assert_eq!(part_of(2.0, 4.0, 0.5), "25%");
        assert_eq!(middle_of(30.0, 20.0, 100.0), "40%");
        assert_eq!(shares(&[0.0])[0].width, "0%");
    }

    #[test]
    fn the_word_of_the_greater_of_two_figures_stands_over_its_point() {
        let point = |year, target: f64, actual: f64| ChartPoint {
            year,
            target: Some((target, String::new())),
            actual: Some((actual, String::new())),
            breaks: false,
        };
        let chart =
            series(&[point(2024, 22.0, 23.4), point(2025, 20.0, 20.0)], plain_number).expect("two years with a figure");
        let over: Vec<bool> = chart.points.iter().map(|dot| dot.text_y < dot.y).collect();
        assert_eq!(over, [false, true, true, false]);
    }

    #[test]
    fn no_line_of_a_series_crosses_a_break() {
        let point = |year, figure: f64, breaks| ChartPoint {
            year,
            target: Some((figure, figure.to_string())),
            actual: None,
            breaks,
        };
        let chart =
            series(&[point(2017, 100.0, false), point(2019, 100.0, false), point(2020, 20.0, true)], plain_number)
                .expect("three years with a figure");
        assert_eq!(chart.lines.len(), 1);
        assert!(chart.lines[0].gap);
        assert_eq!(chart.breaks, ["80%"]);
        assert_eq!(chart.years.len(), 4);
        assert_eq!(chart.levels[2].label, "100");
        assert_eq!(series(&[point(2017, 100.0, false)], plain_number), None);
    }
}
