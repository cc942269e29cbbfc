//! Dates as offices write them: a certain piece of the calendar, or a bound on one.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;
use thiserror::Error;

use super::Lang;
use super::scan::Scanner;

/// Every `EdtfDate` is a real day, month, quarter, half year or year between 1000 and 9999, taken
/// as such, as the latest moment (`../2017-06-30`) or as the earliest (`2024-03/..`).
///
/// Written as EDTF (ISO 8601-2:2019): quarters are the sub-year groupings 33 to 36, half years
/// 40 and 41.
///
/// The order is by first possible day (an open beginning comes before all), then by last possible
/// day (an open end comes after all), then the shorter piece of the calendar first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EdtfDate {
    unit: Unit,
    bound: Bound,
}

/// A piece of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// One day.
    Day(Date),
    /// A month, 1 to 12, of a year.
    Month {
        /// The year.
        year: i16,
        /// 1 for January.
        month: i8,
    },
    /// A quarter, 1 to 4, of a year.
    Quarter {
        /// The year.
        year: i16,
        /// 1 for January to March.
        quarter: i8,
    },
    /// A half, 1 or 2, of a year.
    Semester {
        /// The year.
        year: i16,
        /// 1 for January to June.
        semester: i8,
    },
    /// A whole year.
    Year(i16),
}

/// How a date lies to its piece of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Within it: `giugno 2024`.
    In,
    /// At any time up to its end: `entro giugno 2024`.
    By,
    /// At any time from its beginning: `da giugno 2024`.
    From,
}

/// Why words are not a date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// Nothing was written.
    #[error("there is no date")]
    Empty,
    /// The text is no date that is known.
    #[error("`{written}` is not a date")]
    Unreadable {
        /// The text.
        written: String,
    },
    /// A date without a year, where no year is known for it.
    #[error("`{written}` does not say the year")]
    MissingYear {
        /// The text.
        written: String,
    },
    /// A year of two digits, which may be of any century.
    #[error("`{written}` has a year of two digits, `{year}`")]
    TwoDigitYear {
        /// The text.
        written: String,
        /// The two digits.
        year: String,
    },
    /// A year outside 1000 to 9999.
    #[error("`{written}` is of the year {year}, which is not between 1000 and 9999")]
    YearOutOfRange {
        /// The text.
        written: String,
        /// The year.
        year: i16,
    },
    /// A day or month that the calendar does not have, such as 31/02.
    #[error("`{written}` is not in the calendar")]
    Impossible {
        /// The text.
        written: String,
        /// The last day of that month, or the day with day and month swapped.
        nearest: Option<EdtfDate>,
    },
    /// The beginning, middle or end of something, without a day that can be kept.
    #[error("`{written}` does not say until when; `{nearest}` would")]
    Vague {
        /// The text.
        written: String,
        /// The certain date nearest to it.
        nearest: EdtfDate,
    },
    /// A span with a start and an end: these are two dates, in two fields.
    #[error("`{written}` is a span of time, not a date")]
    Span {
        /// The text.
        written: String,
    },
}

impl EdtfDate {
    /// Reads a date in Italian, English, ISO 8601 or EDTF: `31/12/2020`, `2 dicembre 2023`,
    /// `giugno 2024`, `Ultimo trimestre 2016`, `2016-Q4`, `I semestre 2021`, `2022`,
    /// `entro il 30 Giugno`, `da marzo 2024`, `2016-36`.
    ///
    /// `year` is the year of the record that the date stands in, for dates that leave it out.
    pub fn read(text: &str, year: Option<i16>) -> Result<Self, DateError> {
        let mut reader = Reader {
            words: Scanner::new(text),
            record_year: year,
        };
        if reader.words.rest().is_empty() {
            return Err(DateError::Empty);
        }
        reader.date().map_err(|fault| fault.into_error(text.trim()))
    }

    /// The piece of the calendar.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// How the date lies to its piece of the calendar.
    pub fn bound(self) -> Bound {
        self.bound
    }

    /// The first possible day; `None` when any earlier day would do.
    pub fn earliest(self) -> Option<Date> {
        (self.bound != Bound::By).then(|| self.unit.first_day())
    }

    /// The last possible day, after which it is late; `None` when any later day would do.
    pub fn latest(self) -> Option<Date> {
        (self.bound != Bound::From).then(|| self.unit.last_day())
    }

    /// The same piece of the calendar as the latest moment.
    pub fn as_deadline(self) -> Self {
        Self {
            bound: Bound::By,
            ..self
        }
    }

    /// The date in plain words: `ultimo trimestre 2016`, `entro il 30 giugno 2017`,
    /// `da marzo 2024`; `by 30 June 2017`. [`EdtfDate::read`] reads them back.
    pub fn words(self, lang: Lang) -> String {
        let unit = self.unit.words(lang);
        match (lang, self.bound) {
            (_, Bound::In) => unit,
            (Lang::It, Bound::By) => format!("entro {}{unit}", self.unit.article()),
            (Lang::It, Bound::From) => format!("{}{unit}", self.unit.since_article()),
            (Lang::En, Bound::By) => match self.unit {
                Unit::Day(_) => format!("by {unit}"),
                Unit::Quarter { .. } | Unit::Semester { .. } => {
                    format!("by the end of the {unit}")
                }
                Unit::Month { .. } | Unit::Year(_) => format!("by the end of {unit}"),
            },
            (Lang::En, Bound::From) => match self.unit {
                Unit::Quarter { .. } | Unit::Semester { .. } => format!("from the {unit}"),
                Unit::Day(_) | Unit::Month { .. } | Unit::Year(_) => format!("from {unit}"),
            },
        }
    }

    /// What the order goes by. An open beginning is the least `Option`; an open end is told by the
    /// first half of its pair.
    fn order(self) -> (Option<Date>, (bool, Option<Date>), u8) {
        let latest = self.latest();
        (
            self.earliest(),
            (latest.is_none(), latest),
            self.unit.rank(),
        )
    }
}

impl Ord for EdtfDate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for EdtfDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for EdtfDate {
    /// EDTF: `2020-12-31`, `2016-36`, `../2017-06-30`, `2024-03/..`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bound == Bound::By {
            f.write_str("../")?;
        }
        match self.unit {
            Unit::Day(day) => write!(f, "{day}")?,
            Unit::Month { year, month } => write!(f, "{year}-{month:02}")?,
            Unit::Quarter { year, quarter } => write!(f, "{year}-{}", FIRST_QUARTER - 1 + quarter)?,
            Unit::Semester { year, semester } => {
                write!(f, "{year}-{}", FIRST_SEMESTER - 1 + semester)?;
            }
            Unit::Year(year) => write!(f, "{year}")?,
        }
        if self.bound == Bound::From {
            f.write_str("/..")?;
        }
        Ok(())
    }
}

/// EDTF's codes for sub-year groupings, ISO 8601-2:2019 §4.8.
const FIRST_QUARTER: i8 = 33;
const FIRST_SEMESTER: i8 = 40;

impl Unit {
    fn first_day(self) -> Date {
        let (year, month) = match self {
            Self::Day(day) => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, 3 * quarter - 2),
            Self::Semester { year, semester } => (year, 6 * semester - 5),
            Self::Year(year) => (year, 1),
        };
        jiff::civil::date(year, month, 1)
    }

    fn last_day(self) -> Date {
        let (year, month) = match self {
            Self::Day(day) => return day,
            Self::Month { year, month } => (year, month),
            Self::Quarter { year, quarter } => (year, 3 * quarter),
            Self::Semester { year, semester } => (year, 6 * semester),
            Self::Year(year) => (year, 12),
        };
        jiff::civil::date(year, month, 1).last_of_month()
    }

    fn rank(self) -> u8 {
        match self {
            Self::Day(_) => 0,
            Self::Month { .. } => 1,
            Self::Quarter { .. } => 2,
            Self::Semester { .. } => 3,
            Self::Year(_) => 4,
        }
    }

    fn words(self, lang: Lang) -> String {
        let month_name = |month: i8| {
            let (italian, english) = MONTHS[usize::from(month.unsigned_abs() - 1)];
            match lang {
                Lang::It => italian,
                Lang::En => english,
            }
        };
        match (lang, self) {
            (_, Self::Year(year)) => year.to_string(),
            (_, Self::Month { year, month }) => format!("{} {year}", month_name(month)),
            (_, Self::Day(day)) => {
                // Italian says the first of a month as an ordinal, the other days as numbers.
                let mark = if lang == Lang::It && day.day() == 1 {
                    "°"
                } else {
                    ""
                };
                format!(
                    "{}{mark} {} {}",
                    day.day(),
                    month_name(day.month()),
                    day.year()
                )
            }
            (Lang::It, Self::Quarter { year, quarter }) => {
                let ordinal = match quarter {
                    1 => "primo",
                    2 => "secondo",
                    3 => "terzo",
                    _ => "ultimo",
                };
                format!("{ordinal} trimestre {year}")
            }
            (Lang::En, Self::Quarter { year, quarter }) => {
                let ordinal = match quarter {
                    1 => "first",
                    2 => "second",
                    3 => "third",
                    _ => "last",
                };
                format!("{ordinal} quarter of {year}")
            }
            (Lang::It, Self::Semester { year, semester }) => {
                let ordinal = if semester == 1 { "primo" } else { "secondo" };
                format!("{ordinal} semestre {year}")
            }
            (Lang::En, Self::Semester { year, semester }) => {
                let ordinal = if semester == 1 { "first" } else { "second" };
                format!("{ordinal} half of {year}")
            }
        }
    }

    /// The Italian article before the words, with its space or apostrophe.
    fn article(self) -> &'static str {
        match self {
            Self::Month { .. } => "",
            unit if unit.is_elided() => "l'",
            _ => "il ",
        }
    }

    /// The Italian "from" before the words, with its space or apostrophe.
    fn since_article(self) -> &'static str {
        match self {
            Self::Month { .. } => "da ",
            unit if unit.is_elided() => "dall'",
            _ => "dal ",
        }
    }

    /// Whether its Italian words start with a vowel: otto, undici, ultimo.
    fn is_elided(self) -> bool {
        match self {
            Self::Day(day) => matches!(day.day(), 8 | 11),
            Self::Quarter { quarter, .. } => quarter == 4,
            Self::Month { .. } | Self::Semester { .. } | Self::Year(_) => false,
        }
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("gennaio", "January"),
    ("febbraio", "February"),
    ("marzo", "March"),
    ("aprile", "April"),
    ("maggio", "May"),
    ("giugno", "June"),
    ("luglio", "July"),
    ("agosto", "August"),
    ("settembre", "September"),
    ("ottobre", "October"),
    ("novembre", "November"),
    ("dicembre", "December"),
];

/// Whether a word is the whole name of a month, in either language.
pub(super) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|(italian, english)| {
        word.eq_ignore_ascii_case(italian) || word.eq_ignore_ascii_case(english)
    })
}

/// A month as written. English ones may have their day after them.
const MONTH_NAMES: &[(&str, (i8, Lang))] = &[
    ("gennaio", (1, Lang::It)),
    ("january", (1, Lang::En)),
    ("gen", (1, Lang::It)),
    ("jan", (1, Lang::En)),
    ("febbraio", (2, Lang::It)),
    ("february", (2, Lang::En)),
    ("feb", (2, Lang::It)),
    ("marzo", (3, Lang::It)),
    ("march", (3, Lang::En)),
    ("mar", (3, Lang::It)),
    ("aprile", (4, Lang::It)),
    ("april", (4, Lang::En)),
    ("apr", (4, Lang::It)),
    ("maggio", (5, Lang::It)),
    ("may", (5, Lang::En)),
    ("mag", (5, Lang::It)),
    ("giugno", (6, Lang::It)),
    ("june", (6, Lang::En)),
    ("giu", (6, Lang::It)),
    ("jun", (6, Lang::En)),
    ("luglio", (7, Lang::It)),
    ("july", (7, Lang::En)),
    ("lug", (7, Lang::It)),
    ("jul", (7, Lang::En)),
    ("agosto", (8, Lang::It)),
    ("august", (8, Lang::En)),
    ("ago", (8, Lang::It)),
    ("aug", (8, Lang::En)),
    ("settembre", (9, Lang::It)),
    ("september", (9, Lang::En)),
    ("sett", (9, Lang::It)),
    ("sept", (9, Lang::En)),
    ("set", (9, Lang::It)),
    ("sep", (9, Lang::En)),
    ("ottobre", (10, Lang::It)),
    ("october", (10, Lang::En)),
    ("ott", (10, Lang::It)),
    ("oct", (10, Lang::En)),
    ("novembre", (11, Lang::It)),
    ("november", (11, Lang::En)),
    ("nov", (11, Lang::It)),
    ("dicembre", (12, Lang::It)),
    ("december", (12, Lang::En)),
    ("dic", (12, Lang::It)),
    ("dec", (12, Lang::En)),
];

const BOUNDS: &[(&str, Bound)] = &[
    ("entro e non oltre", Bound::By),
    ("entro", Bound::By),
    ("non oltre", Bound::By),
    ("al piu tardi", Bound::By),
    ("no later than", Bound::By),
    ("not later than", Bound::By),
    ("at the latest", Bound::By),
    ("within", Bound::By),
    ("by", Bound::By),
    ("a partire dall'", Bound::From),
    ("a partire dalla", Bound::From),
    ("a partire dal", Bound::From),
    ("a partire da", Bound::From),
    ("a decorrere dall'", Bound::From),
    ("a decorrere dalla", Bound::From),
    ("a decorrere dal", Bound::From),
    ("a decorrere da", Bound::From),
    ("dall'", Bound::From),
    ("dalla", Bound::From),
    ("dal", Bound::From),
    ("da", Bound::From),
    ("starting from", Bound::From),
    ("starting in", Bound::From),
    ("starting on", Bound::From),
    ("from", Bound::From),
];

/// Words around a date that say nothing about which one.
const FILLERS: &[&str] = &[
    "alla data del",
    "in data",
    "il giorno",
    "il mese di",
    "nel mese di",
    "mese di",
    "nel corso dell'",
    "nel corso del",
    "nell'",
    "nel",
    "dell'",
    "del",
    "di",
    "all'",
    "alla",
    "al",
    "a",
    "il",
    "lo",
    "la",
    "l'",
    "in the course of",
    "the month of",
    "during",
    "in",
    "on",
    "of",
    "the",
];

/// Parts of a period that have no day of their own, except when something is due by its end.
const PARTS: &[(&str, Part)] = &[
    ("fine", Part::End),
    ("end", Part::End),
    ("inizio", Part::Other),
    ("inizi", Part::Other),
    ("meta", Part::Other),
    ("early", Part::Other),
    ("beginning", Part::Other),
    ("start", Part::Other),
    ("middle", Part::Other),
    ("mid", Part::Other),
    ("late", Part::Other),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    End,
    Other,
}

const ORDINALS: &[(&str, Ordinal)] = &[
    ("primo", Ordinal::Nth(1)),
    ("prima", Ordinal::Nth(1)),
    ("first", Ordinal::Nth(1)),
    ("secondo", Ordinal::Nth(2)),
    ("seconda", Ordinal::Nth(2)),
    ("second", Ordinal::Nth(2)),
    ("terzo", Ordinal::Nth(3)),
    ("third", Ordinal::Nth(3)),
    ("quarto", Ordinal::Nth(4)),
    ("fourth", Ordinal::Nth(4)),
    ("ultimo", Ordinal::Last),
    ("ultima", Ordinal::Last),
    ("last", Ordinal::Last),
    ("iv", Ordinal::Nth(4)),
    ("iii", Ordinal::Nth(3)),
    ("ii", Ordinal::Nth(2)),
    ("i", Ordinal::Nth(1)),
];

#[derive(Clone, Copy)]
enum Ordinal {
    Nth(i8),
    Last,
}

/// What a period that is counted within a year is called.
const PERIODS: &[(&str, Period)] = &[
    ("trimestre", Period::Quarter),
    ("trim.", Period::Quarter),
    ("trim", Period::Quarter),
    ("quarter", Period::Quarter),
    ("semestre", Period::Semester),
    ("sem.", Period::Semester),
    ("sem", Period::Semester),
    ("semester", Period::Semester),
    ("half-year", Period::Semester),
    ("half year", Period::Semester),
    ("half", Period::Semester),
    ("meta", Period::Semester),
];

#[derive(Clone, Copy)]
enum Period {
    Quarter,
    Semester,
}

impl Period {
    fn of_year(self, ordinal: Ordinal, year: i16) -> Option<Unit> {
        let parts = match self {
            Self::Quarter => 4,
            Self::Semester => 2,
        };
        let nth = match ordinal {
            Ordinal::Nth(nth) => nth,
            Ordinal::Last => parts,
        };
        (1..=parts).contains(&nth).then_some(match self {
            Self::Quarter => Unit::Quarter { year, quarter: nth },
            Self::Semester => Unit::Semester {
                year,
                semester: nth,
            },
        })
    }
}

/// A [`DateError`] before it is told the text that it is about.
enum Fault {
    Unreadable,
    MissingYear,
    TwoDigitYear(String),
    YearOutOfRange(i16),
    Impossible(Option<Unit>),
    Vague(EdtfDate),
    Span,
}

impl Fault {
    fn into_error(self, text: &str) -> DateError {
        let written = text.to_owned();
        match self {
            Self::Unreadable => DateError::Unreadable { written },
            Self::MissingYear => DateError::MissingYear { written },
            Self::TwoDigitYear(year) => DateError::TwoDigitYear { written, year },
            Self::YearOutOfRange(year) => DateError::YearOutOfRange { written, year },
            Self::Impossible(nearest) => DateError::Impossible {
                written,
                nearest: nearest.map(|unit| EdtfDate {
                    unit,
                    bound: Bound::In,
                }),
            },
            Self::Vague(nearest) => DateError::Vague { written, nearest },
            Self::Span => DateError::Span { written },
        }
    }
}

struct Reader<'a> {
    words: Scanner<'a>,
    record_year: Option<i16>,
}

impl Reader<'_> {
    fn date(&mut self) -> Result<EdtfDate, Fault> {
        let edtf_deadline = self.words.eat("../");
        let bound = if edtf_deadline {
            Some(Bound::By)
        } else {
            self.words.find(BOUNDS)
        };
        self.words.skip(FILLERS);
        let part = self.words.find(PARTS);
        if part.is_some() {
            self.words.eat_char(&['-']);
            self.words.skip(FILLERS);
        }
        let unit = self.unit().map_err(|fault| match fault {
            // A day that does not exist is one only if nothing else was meant by the text.
            Fault::Impossible(_) | Fault::YearOutOfRange(_) if !self.words.is_done() => {
                Fault::Unreadable
            }
            fault => fault,
        })?;
        if bound.is_none() && self.words.rest() == "/.." {
            return Ok(EdtfDate {
                unit,
                bound: Bound::From,
            });
        }
        if !self.words.is_done() {
            return Err(self.span_or_unreadable(bound));
        }
        let certain = EdtfDate {
            unit,
            bound: bound.unwrap_or(Bound::In),
        };
        match part {
            None => Ok(certain),
            Some(Part::End) if certain.bound == Bound::By => Ok(certain),
            Some(Part::End) => Err(Fault::Vague(certain.as_deadline())),
            Some(Part::Other) => Err(Fault::Vague(certain)),
        }
    }

    /// What is wrong when something follows a date: either it is the other end of a span.
    fn span_or_unreadable(&mut self, bound: Option<Bound>) -> Fault {
        let joined = self.words.eat_char(&['/', '-', '\u{2013}']).is_some()
            || (bound == Some(Bound::From)
                && self
                    .words
                    .eat_any(&["fino", "al", "alla", "all'", "a", "to", "until", "till"]));
        self.words.skip(FILLERS);
        if joined && self.unit().is_ok() && self.words.is_done() {
            Fault::Span
        } else {
            Fault::Unreadable
        }
    }

    fn unit(&mut self) -> Result<Unit, Fault> {
        if self.words.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let digits = self.words.digits();
            return match digits.len() {
                4 => self.after_year(digits),
                1 | 2 => self.after_small_number(digits),
                _ => Err(Fault::Unreadable),
            };
        }
        if self.words.eat("anno") || self.words.eat("year") {
            return self.year().map(Unit::Year);
        }
        if let Some((month, lang)) = self.words.find(MONTH_NAMES) {
            return self.after_month(month, lang);
        }
        if let Some(ordinal) = self.words.find(ORDINALS) {
            return self.after_ordinal(ordinal);
        }
        match self.numbered_period() {
            Some((period, nth)) => self.period_of_year(period, Ordinal::Nth(nth)),
            None => Err(Fault::Unreadable),
        }
    }

    /// `2022`, `2024-06`, `2016-36`, `2016-Q4`, `2020-12-31`, `2019/2020`.
    fn after_year(&mut self, digits: &str) -> Result<Unit, Fault> {
        let year = in_range(digits)?;
        let alone = self.words;
        let separator = self.words.eat_char(&['-', '/', '.']);
        if let Some((period, nth)) = self.numbered_period() {
            return period
                .of_year(Ordinal::Nth(nth), year)
                .ok_or(Fault::Impossible(None));
        }
        let Some(separator) = separator else {
            return Ok(Unit::Year(year));
        };
        let second = self.words.digits();
        if second.len() != 2 && !(second.len() == 1 && separator != '-') {
            self.words = alone;
            return Ok(Unit::Year(year));
        }
        if self.words.eat_char(&[separator]).is_some() {
            let third = self.words.digits();
            if !third.is_empty() {
                return day_of(year, small(second), small(third));
            }
            // What follows the month is the open end of EDTF, `2024-03/..`.
            self.words = alone;
            self.words.eat_char(&[separator]);
            self.words.digits();
        }
        let number = small(second);
        match number {
            1..=12 => Ok(Unit::Month {
                year,
                month: number,
            }),
            33..=36 => Ok(Unit::Quarter {
                year,
                quarter: number - FIRST_QUARTER + 1,
            }),
            40..=41 => Ok(Unit::Semester {
                year,
                semester: number - FIRST_SEMESTER + 1,
            }),
            _ => Err(Fault::Impossible(None)),
        }
    }

    /// `31/12/2020`, `06/2024`, `2 dicembre 2023`, `4° trimestre 2016`, `30/06` of the record's year.
    fn after_small_number(&mut self, digits: &str) -> Result<Unit, Fault> {
        let first = small(digits);
        if let Some(separator) = self.words.eat_char(&['/', '-', '.']) {
            let second = self.words.digits();
            return match second.len() {
                4 if separator != '.' => month_of(in_range(second)?, first),
                1 | 2 => self.after_day_and_month(separator, first, second),
                _ => Err(Fault::Unreadable),
            };
        }
        self.words.eat_any(&["st", "nd", "rd", "th"]);
        self.words.eat_char(&['°', 'º', 'ª', '^']);
        self.words.skip(&["di", "of"]);
        if let Some((month, _)) = self.words.find(MONTH_NAMES) {
            self.words.eat_char(&['.']);
            let year = self.year()?;
            return day_of(year, month, first);
        }
        self.after_ordinal(Ordinal::Nth(first))
    }

    fn after_day_and_month(
        &mut self,
        separator: char,
        first: i8,
        second: &str,
    ) -> Result<Unit, Fault> {
        let month = small(second);
        if self.words.eat_char(&[separator]).is_some() {
            let third = self.words.digits();
            return match third.len() {
                4 => day_of(in_range(third)?, month, first),
                2 if self.words.is_done() => Err(Fault::TwoDigitYear(third.to_owned())),
                _ => Err(Fault::Unreadable),
            };
        }
        if separator == '.' || !self.words.is_done() {
            return Err(Fault::Unreadable);
        }
        if !(1..=12).contains(&month) {
            return Err(Fault::TwoDigitYear(second.to_owned()));
        }
        day_of(self.year()?, month, first)
    }

    /// `giugno 2024`, `giugno` of the record's year, `December 2, 2023`, `June 30`.
    fn after_month(&mut self, month: i8, lang: Lang) -> Result<Unit, Fault> {
        self.words.eat_char(&['.']);
        let alone = self.words;
        let digits = self.words.digits();
        if matches!(digits.len(), 1 | 2) {
            self.words.eat_any(&["st", "nd", "rd", "th"]);
            let comma = self.words.eat_char(&[',']).is_some();
            let day = small(digits);
            return match (self.words.is_done(), lang) {
                (true, Lang::En) => day_of(self.year()?, month, day),
                (true, Lang::It) if !comma => Err(Fault::TwoDigitYear(digits.to_owned())),
                (true, Lang::It) => Err(Fault::Unreadable),
                (false, _) => day_of(self.year()?, month, day),
            };
        }
        self.words = alone;
        self.words.eat_char(&[',']);
        Ok(Unit::Month {
            year: self.year()?,
            month,
        })
    }

    fn after_ordinal(&mut self, ordinal: Ordinal) -> Result<Unit, Fault> {
        let period = self.words.find(PERIODS).ok_or(Fault::Unreadable)?;
        self.period_of_year(period, ordinal)
    }

    fn period_of_year(&mut self, period: Period, ordinal: Ordinal) -> Result<Unit, Fault> {
        self.words.eat_char(&['/', '-']);
        let year = self.year()?;
        period.of_year(ordinal, year).ok_or(Fault::Impossible(None))
    }

    /// `T4`, `Q4`, `S1`, `H1`.
    fn numbered_period(&mut self) -> Option<(Period, i8)> {
        let mut words = self.words;
        let period = match words.eat_char(&['T', 't', 'Q', 'q', 'S', 's', 'H', 'h'])? {
            'T' | 't' | 'Q' | 'q' => Period::Quarter,
            _ => Period::Semester,
        };
        let digits = words.digits();
        if digits.len() != 1 {
            return None;
        }
        self.words = words;
        Some((period, small(digits)))
    }

    /// The year that stands here; where the text ends, the record's.
    fn year(&mut self) -> Result<i16, Fault> {
        self.words
            .skip(&["dell'", "del", "di", "of", "anno", "the year", "year"]);
        if self.words.is_done() {
            let year = self.record_year.ok_or(Fault::MissingYear)?;
            return if (1000..=9999).contains(&year) {
                Ok(year)
            } else {
                Err(Fault::YearOutOfRange(year))
            };
        }
        let shortened = self.words.eat_char(&['\'', '\u{2019}']).is_some();
        let digits = self.words.digits();
        match digits.len() {
            4 if !shortened => in_range(digits),
            2 if self.words.is_done() => Err(Fault::TwoDigitYear(digits.to_owned())),
            _ => Err(Fault::Unreadable),
        }
    }
}

/// The value of one or two digits.
fn small(digits: &str) -> i8 {
    digits.bytes().fold(0_i8, |value, digit| {
        value * 10 + (digit - b'0').cast_signed()
    })
}

/// The year of four digits.
fn in_range(digits: &str) -> Result<i16, Fault> {
    let year = digits.parse().map_err(|_| Fault::Unreadable)?;
    if year < 1000 {
        return Err(Fault::YearOutOfRange(year));
    }
    Ok(year)
}

fn month_of(year: i16, month: i8) -> Result<Unit, Fault> {
    if (1..=12).contains(&month) {
        Ok(Unit::Month { year, month })
    } else {
        Err(Fault::Impossible(None))
    }
}

fn day_of(year: i16, month: i8, day: i8) -> Result<Unit, Fault> {
    if let Ok(date) = Date::new(year, month, day) {
        return Ok(Unit::Day(date));
    }
    let nearest = if (1..=12).contains(&month) && (29..=31).contains(&day) {
        Some(jiff::civil::date(year, month, 1).last_of_month())
    } else {
        Date::new(year, day, month).ok()
    };
    Err(Fault::Impossible(nearest.map(Unit::Day)))
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> String {
        EdtfDate::read(text, Some(2017))
            .unwrap_or_else(|error| panic!("{error}"))
            .to_string()
    }

    #[test]
    fn every_way_of_writing_a_date_is_read() {
        for (written, edtf) in [
            ("31/12/2020", "2020-12-31"),
            ("31-12-2020", "2020-12-31"),
            ("31.12.2020", "2020-12-31"),
            ("1/3/2020", "2020-03-01"),
            ("2020-12-31", "2020-12-31"),
            ("2020/12/31", "2020-12-31"),
            ("2 dicembre 2023", "2023-12-02"),
            ("il 2 Dicembre 2023.", "2023-12-02"),
            ("2 dic. 2023", "2023-12-02"),
            ("1° agosto 2019", "2019-08-01"),
            ("1º agosto 2019", "2019-08-01"),
            ("l'8 marzo 2020", "2020-03-08"),
            ("in data 2 dicembre 2023", "2023-12-02"),
            ("December 2, 2023", "2023-12-02"),
            ("December 2nd, 2023", "2023-12-02"),
            ("2 December 2023", "2023-12-02"),
            ("the 2nd of December 2023", "2023-12-02"),
            ("Mar 2, 2023", "2023-03-02"),
            ("giugno 2024", "2024-06"),
            ("GIUGNO 2024", "2024-06"),
            ("giugno del 2024", "2024-06"),
            ("nel mese di giugno 2024", "2024-06"),
            ("June 2024", "2024-06"),
            ("Sept. 2024", "2024-09"),
            ("06/2024", "2024-06"),
            ("6/2024", "2024-06"),
            ("2024-06", "2024-06"),
            ("Ultimo trimestre 2016", "2016-36"),
            ("ultimo trimestre del 2016", "2016-36"),
            ("primo trimestre 2016", "2016-33"),
            ("secondo trimestre dell'anno 2016", "2016-34"),
            ("terzo trimestre 2016", "2016-35"),
            ("quarto trimestre 2016", "2016-36"),
            ("IV trimestre 2016", "2016-36"),
            ("III trim. 2016", "2016-35"),
            ("4° trimestre 2016", "2016-36"),
            ("T4 2016", "2016-36"),
            ("2016-T4", "2016-36"),
            ("2016-Q4", "2016-36"),
            ("2016 Q4", "2016-36"),
            ("Q4 2016", "2016-36"),
            ("Q4/2016", "2016-36"),
            ("last quarter of 2016", "2016-36"),
            ("fourth quarter 2016", "2016-36"),
            ("4th quarter of 2016", "2016-36"),
            ("2016-36", "2016-36"),
            ("I semestre 2021", "2021-40"),
            ("primo semestre 2021", "2021-40"),
            ("II semestre 2021", "2021-41"),
            ("ultimo semestre 2021", "2021-41"),
            ("prima metà del 2021", "2021-40"),
            ("first half of 2021", "2021-40"),
            ("S2 2021", "2021-41"),
            ("H1 2021", "2021-40"),
            ("2021-40", "2021-40"),
            ("2022", "2022"),
            ("anno 2022", "2022"),
            ("nel corso del 2022", "2022"),
            ("entro il 30 giugno 2017", "../2017-06-30"),
            ("entro e non oltre il 30/06/2017", "../2017-06-30"),
            ("non oltre il 30 giugno 2017", "../2017-06-30"),
            ("by 30 June 2017", "../2017-06-30"),
            ("by June 30, 2017", "../2017-06-30"),
            ("within June 2017", "../2017-06"),
            ("no later than 30 June 2017", "../2017-06-30"),
            ("entro l'8 marzo 2020", "../2020-03-08"),
            ("entro l’ultimo trimestre 2016", "../2016-36"),
            ("entro la fine del 2020", "../2020"),
            ("entro fine 2020", "../2020"),
            ("entro fine giugno 2020", "../2020-06"),
            ("by the end of 2020", "../2020"),
            ("entro il 2020", "../2020"),
            ("../2017-06-30", "../2017-06-30"),
            ("../2016-36", "../2016-36"),
            ("da marzo 2024", "2024-03/.."),
            ("dal 1° marzo 2024", "2024-03-01/.."),
            ("dall'11 marzo 2024", "2024-03-11/.."),
            ("a partire da marzo 2024", "2024-03/.."),
            ("a partire dal 2024", "2024/.."),
            ("from March 2024", "2024-03/.."),
            ("2024-03/..", "2024-03/.."),
            ("2024-03-01/..", "2024-03-01/.."),
            ("2024/..", "2024/.."),
        ] {
            assert_eq!(read(written), edtf, "{written}");
            assert_eq!(
                EdtfDate::read(written, None).map(|date| date.to_string()),
                Ok(edtf.to_owned()),
                "{written} needs no year"
            );
        }
    }

    #[test]
    fn a_date_without_a_year_takes_the_record_s_and_fails_without_one() {
        for (written, edtf) in [
            ("entro il 30 Giugno", "../2017-06-30"),
            ("30 giugno", "2017-06-30"),
            ("30/06", "2017-06-30"),
            ("entro il 30/6", "../2017-06-30"),
            ("entro giugno", "../2017-06"),
            ("giugno", "2017-06"),
            ("by June 30", "../2017-06-30"),
            ("entro l'anno", "../2017"),
            ("entro la fine dell'anno", "../2017"),
            ("entro fine anno", "../2017"),
            ("by the end of the year", "../2017"),
            ("primo trimestre", "2017-33"),
            ("entro il primo semestre", "../2017-40"),
            ("Q4", "2017-36"),
        ] {
            assert_eq!(read(written), edtf, "{written}");
            assert!(
                matches!(
                    EdtfDate::read(written, None),
                    Err(DateError::MissingYear { .. })
                ),
                "{written}"
            );
        }
        assert!(matches!(
            EdtfDate::read("30 giugno", Some(17)),
            Err(DateError::YearOutOfRange { year: 17, .. })
        ));
    }

    #[test]
    fn two_digit_years_are_refused() {
        for (written, digits) in [
            ("31/12/20", "20"),
            ("31.12.20", "20"),
            ("entro il 30/06/17", "17"),
            ("2 dicembre 23", "23"),
            ("giugno 24", "24"),
            ("giugno '24", "24"),
            ("06/24", "24"),
            ("T4 16", "16"),
        ] {
            assert!(
                matches!(
                    EdtfDate::read(written, Some(2017)),
                    Err(DateError::TwoDigitYear { year, .. }) if year == digits
                ),
                "{written}"
            );
        }
    }

    #[test]
    fn days_that_the_calendar_does_not_have_are_an_error_of_their_own() {
        for (written, expected) in [
            ("31/02/2020", Some("2020-02-29")),
            ("31 febbraio 2021", Some("2021-02-28")),
            ("entro il 31 Giugno", Some("2017-06-30")),
            ("12/31/2020", Some("2020-12-31")),
            ("2020-13-01", Some("2020-01-13")),
            ("32/01/2020", None),
            ("00/01/2020", None),
            ("13/2024", None),
            ("2024-13", None),
            ("5° trimestre 2016", None),
            ("III semestre 2016", None),
            ("2016-Q5", None),
        ] {
            let Err(DateError::Impossible { nearest, .. }) = EdtfDate::read(written, Some(2017))
            else {
                panic!("{written} was taken for a day");
            };
            assert_eq!(
                nearest.map(|day| day.to_string()).as_deref(),
                expected,
                "{written}"
            );
        }
    }

    #[test]
    fn vague_parts_of_a_period_say_the_nearest_date() {
        for (written, expected) in [
            ("fine 2020", "../2020"),
            ("alla fine del 2020", "../2020"),
            ("end of 2020", "../2020"),
            ("metà 2020", "2020"),
            ("metà giugno", "2017-06"),
            ("mid-2020", "2020"),
            ("entro la metà di giugno", "../2017-06"),
            ("inizio 2020", "2020"),
        ] {
            let Err(DateError::Vague { nearest, .. }) = EdtfDate::read(written, Some(2017)) else {
                panic!("{written} was taken for a certain date");
            };
            assert_eq!(nearest.to_string(), expected, "{written}");
        }
    }

    #[test]
    fn a_span_is_two_dates() {
        for written in [
            "2019/2020",
            "2016 - 2022",
            "dal 2016 al 2022",
            "from 2016 to 2022",
            "01/01/2020 - 31/12/2020",
            "2016-01-01/2022-12-31",
        ] {
            assert!(
                matches!(
                    EdtfDate::read(written, Some(2017)),
                    Err(DateError::Span { .. })
                ),
                "{written}: {:?}",
                EdtfDate::read(written, Some(2017))
            );
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        assert_eq!(EdtfDate::read(" ", None), Err(DateError::Empty));
        for written in [
            "presto",
            "20",
            "20 persone",
            "entro 30 giorni",
            "maggio dei libri",
            "2020 e oltre",
            "20201231",
            "31/12-2020",
            "entro",
            "da 10 a 20",
            "dalle 8 alle 13",
            "1.500.000",
            "set 10 nuovi servizi",
            "https://example.org/2020",
            "2020-45 atti",
            "31/02/2020 o prima",
            "da marzo a giugno 2024",
        ] {
            assert!(
                matches!(
                    EdtfDate::read(written, Some(2017)),
                    Err(DateError::Unreadable { .. })
                ),
                "{written}: {:?}",
                EdtfDate::read(written, Some(2017))
            );
        }
        assert!(matches!(
            EdtfDate::read("31/12/0020", None),
            Err(DateError::YearOutOfRange { year: 20, .. })
        ));
    }

    #[test]
    fn the_first_and_last_possible_days_are_those_of_the_calendar() {
        for (edtf, earliest, latest) in [
            ("2020-12-31", "2020-12-31", "2020-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2016-33", "2016-01-01", "2016-03-31"),
            ("2016-36", "2016-10-01", "2016-12-31"),
            ("2021-40", "2021-01-01", "2021-06-30"),
            ("2021-41", "2021-07-01", "2021-12-31"),
            ("2022", "2022-01-01", "2022-12-31"),
            ("../2017-06-30", "open", "2017-06-30"),
            ("../2017", "open", "2017-12-31"),
            ("2024-03/..", "2024-03-01", "open"),
        ] {
            let date = EdtfDate::read(edtf, None).unwrap();
            let open = |day: Option<Date>| day.map_or("open".to_owned(), |day| day.to_string());
            assert_eq!(open(date.earliest()), earliest, "{edtf}");
            assert_eq!(open(date.latest()), latest, "{edtf}");
        }
    }

    #[test]
    fn words_are_plain_and_correct() {
        for (edtf, italian, english) in [
            ("2023-12-02", "2 dicembre 2023", "2 December 2023"),
            ("2019-08-01", "1° agosto 2019", "1 August 2019"),
            ("2024-06", "giugno 2024", "June 2024"),
            ("2016-36", "ultimo trimestre 2016", "last quarter of 2016"),
            ("2021-40", "primo semestre 2021", "first half of 2021"),
            ("2022", "2022", "2022"),
            (
                "../2017-06-30",
                "entro il 30 giugno 2017",
                "by 30 June 2017",
            ),
            ("../2020-03-08", "entro l'8 marzo 2020", "by 8 March 2020"),
            (
                "../2019-08-01",
                "entro il 1° agosto 2019",
                "by 1 August 2019",
            ),
            ("../2024-06", "entro giugno 2024", "by the end of June 2024"),
            (
                "../2016-36",
                "entro l'ultimo trimestre 2016",
                "by the end of the last quarter of 2016",
            ),
            ("../2020", "entro il 2020", "by the end of 2020"),
            ("2024-03/..", "da marzo 2024", "from March 2024"),
            ("2024-03-11/..", "dall'11 marzo 2024", "from 11 March 2024"),
            ("2024/..", "dal 2024", "from 2024"),
            (
                "2021-41/..",
                "dal secondo semestre 2021",
                "from the second half of 2021",
            ),
        ] {
            let date = EdtfDate::read(edtf, None).unwrap();
            assert_eq!(date.words(Lang::It), italian);
            assert_eq!(date.words(Lang::En), english);
        }
    }

    pub(crate) fn any_date() -> impl Strategy<Value = EdtfDate> {
        let unit = prop_oneof![
            (1000_i16..=9999, 1_i8..=12, 1_i8..=31)
                .prop_filter_map("not in the calendar", |(year, month, day)| Some(Unit::Day(
                    Date::new(year, month, day).ok()?
                ))),
            (1000_i16..=9999, 1_i8..=12).prop_map(|(year, month)| Unit::Month { year, month }),
            (1000_i16..=9999, 1_i8..=4).prop_map(|(year, quarter)| Unit::Quarter { year, quarter }),
            (1000_i16..=9999, 1_i8..=2)
                .prop_map(|(year, semester)| Unit::Semester { year, semester }),
            (1000_i16..=9999).prop_map(Unit::Year),
        ];
        let bound = prop_oneof![Just(Bound::In), Just(Bound::By), Just(Bound::From)];
        (unit, bound).prop_map(|(unit, bound)| EdtfDate { unit, bound })
    }

    /// Words and marks that dates are made of, in any order.
    pub(crate) fn date_like_text() -> impl Strategy<Value = String> {
        let mut tokens = vec![
            "entro",
            "il",
            "la",
            "fine",
            "del",
            "l'",
            "anno",
            "da",
            "dal",
            "al",
            "by",
            "the",
            "end",
            "of",
            "ultimo",
            "IV",
            "trimestre",
            "semestre",
            "T4",
            "Q9",
            "giugno",
            "June",
            "febbraio",
            "31",
            "30",
            "2",
            "12",
            "06",
            "2020",
            "0999",
            "99999",
            "-",
            "/",
            "/..",
            "../",
            ".",
            ",",
            "°",
            "'",
            "th",
            "36",
            "40",
            " ",
        ];
        tokens.extend(["\u{A0}", "è", "metà", "’24"]);
        prop::collection::vec(
            (
                prop::sample::select(tokens),
                prop::sample::select(vec!["", " "]),
            ),
            0..8,
        )
        .prop_map(|parts| {
            parts
                .into_iter()
                .flat_map(|(token, gap)| [token, gap])
                .collect()
        })
    }

    proptest! {
        #[test]
        fn printed_dates_are_read_back(date in any_date()) {
            prop_assert_eq!(EdtfDate::read(&date.to_string(), None), Ok(date));
            prop_assert_eq!(EdtfDate::read(&date.words(Lang::It), None), Ok(date));
            prop_assert_eq!(EdtfDate::read(&date.words(Lang::En), None), Ok(date));
        }

        #[test]
        fn no_text_makes_the_reader_panic(
            text in "\\PC*",
            dates in date_like_text(),
            year in prop::option::of(any::<i16>()),
        ) {
            let _ = EdtfDate::read(&text, year);
            let _ = EdtfDate::read(&dates, year);
        }

        #[test]
        fn whatever_is_read_is_read_back_from_its_words(dates in date_like_text()) {
            if let Ok(date) = EdtfDate::read(&dates, Some(2017)) {
                prop_assert_eq!(EdtfDate::read(&date.words(Lang::It), None), Ok(date));
                prop_assert_eq!(EdtfDate::read(&date.to_string(), None), Ok(date));
            }
        }

        #[test]
        fn the_order_is_total_and_that_of_the_possible_days(
            a in any_date(), b in any_date(), c in any_date(),
        ) {
            prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
            prop_assert_eq!(a == b, a.cmp(&b).is_eq());
            if a <= b && b <= c {
                prop_assert!(a <= c);
            }
            if let (Some(end), Some(start)) = (a.latest(), b.earliest())
                && a.earliest().is_some()
                && end < start
            {
                prop_assert!(a < b);
            }
            if a.earliest().is_none() && b.earliest().is_some() {
                prop_assert!(a < b);
            }
            if a.earliest() == b.earliest() && a.latest().is_some() && b.latest().is_none() {
                prop_assert!(a < b);
            }
            if let (Some(first), Some(last)) = (a.earliest(), a.latest()) {
                prop_assert!(first <= last);
            }
        }
    }
}
