//! Dates, deadlines, years and times in words, with the machine's form where HTML has one.

use jiff::civil::Date;
use serde::Serialize;

use crate::catalogue::Objective;
use crate::model::{EdtfDate, Lang, Written};
use crate::render::view::context::PageContext;

/// A date in words, with the machine's form where HTML has one (HTML, "valid date string" and its shorter kin).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct When {
    pub(crate) words: String,
    pub(crate) datetime: Option<String>,
}

impl When {
    pub(crate) fn day(cx: &PageContext<'_>, day: Date) -> Self {
        let words = EdtfDate::day(day).map_or_else(|| day.to_string(), |date| date.words(cx.lang()));
        Self { words, datetime: Some(day.to_string()) }
    }

    /// A date, or the words of the key `unknown` if there is none.
    pub(crate) fn or_unknown(cx: &PageContext<'_>, date: Option<&Written<Option<EdtfDate>>>, unknown: &str) -> Self {
        date.map_or_else(|| Self::words_only(cx.word(unknown)), |date| Self::written(cx, date, EdtfDate::words))
    }

    /// A date in words, with the note that it is written with. A date that can't be read stays as it is written.
    fn written(cx: &PageContext<'_>, date: &Written<Option<EdtfDate>>, words: fn(EdtfDate, Lang) -> String) -> Self {
        match date.read() {
            Some(read) => Self { words: words(*read, cx.lang()) + &date_note(date.text()), datetime: html_date(*read) },
            None => Self::words_only(date.text().to_owned()),
        }
    }

    fn words_only(words: String) -> Self {
        Self { words, datetime: None }
    }

    /// A planned end.
    pub(crate) fn end(cx: &PageContext<'_>, date: Option<&Written<Option<EdtfDate>>>) -> Self {
        let unknown = || Self::words_only(cx.word("val.missing_f"));
        date.map_or_else(unknown, |date| Self::written(cx, date, EdtfDate::end_words))
    }
}

/// The note that a date is written with, as it follows the words: ` (in corso)`.
pub(crate) fn date_note(date: &str) -> String {
    EdtfDate::note(date).map_or_else(String::new, |note| format!(" ({note})"))
}

/// A day, month or year as HTML writes it; HTML has no quarters, halves and open ends.
fn html_date(date: EdtfDate) -> Option<String> {
    let (earliest, latest) = (date.earliest()?, date.latest()?);
    let edtf = date.to_string();
    let fits = match edtf.len() {
        4 => true,
        7 => earliest.month() == latest.month(),
        10 => earliest == latest,
        _ => false,
    };
    fits.then_some(edtf)
}

/// The last day of a time as the words of a deadline: `entro il 31 dicembre 2020`.
pub(crate) fn deadline_words(cx: &PageContext<'_>, day: Date) -> String {
    EdtfDate::day(day).map_or_else(|| day.to_string(), |date| date.as_deadline().words(cx.lang()))
}

/// A time from a date to a date in words: two equal dates are written once, and so is one year.
pub(crate) fn period_words(cx: &PageContext<'_>, from: EdtfDate, to: EdtfDate) -> String {
    let (start, end) = (from.words(cx.lang()), to.end_words(cx.lang()));
    if start == end {
        return start;
    }
    let year = to.latest().map(|day| format!(" {}", day.year()));
    let short = year
        .as_deref()
        .filter(|year| end.ends_with(year))
        .and_then(|year| start.strip_suffix(year));
    // A date without a day is written in full.
    let exact = html_date(from).is_some_and(|date| date.len() == 10);
    let start = short.filter(|_| exact).unwrap_or(&start);
    cx.format("date.span", &[("da", start.into()), ("a", (&end).into())])
}

/// The calendar of an objective in words.
pub(crate) fn objective_period(cx: &PageContext<'_>, objective: &Objective) -> String {
    let (first, last) = (objective.first_day(), objective.last_day());
    match (EdtfDate::day(first), EdtfDate::day(last)) {
        (Some(first), Some(last)) => period_words(cx, first, last),
        _ => objective.year.to_string(),
    }
}

/// True if a year is over: one that isn't hasn't gone well or badly yet.
pub(crate) fn is_over(cx: &PageContext<'_>, year: i16) -> bool {
    year < cx.site.as_of.year()
}

/// The heading of a year's counts.
pub(crate) fn year_heading(cx: &PageContext<'_>, year: i16) -> String {
    let key = if is_over(cx, year) { "home.year" } else { "home.year_open" };
    cx.format(key, &[("anno", (&year.to_string()).into())])
}
