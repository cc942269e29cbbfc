//! Grammar of dates.

use jiff::civil::Date;

use crate::model::language::AfterMonth;
use crate::model::scan::{LONGEST, Scanner};

use super::edtf::{FIRST_QUARTER, FIRST_SEMESTER, YEARS};
use super::note;
use super::phrases::{
    AT_THE_END, BEFORE_MONTHS, BETWEEN, BOUNDS, DAY_ENDINGS, Ends, FILLERS, MONTH_NAMES, NO_DATES, OF_MONTH, OF_YEAR,
    ONWARDS, ORDINALS, Ordinal, PARTS, PARTS_OF_YEAR, PERIODS, Part, PeriodWord, SINCE, SPAN_NAMES, YEAR_NAMES,
};
use super::words::is_month;
use super::{Bound, CalendarUnit, DateError, EdtfDate, Span};

impl EdtfDate {
    /// Reads a date in any of the languages, ISO 8601 or EDTF: `31/12/2020`, `2 dicembre 2023`,
    /// `2. Dezember 2023`, `giugno 2024`, `Ultimo trimestre 2016`, `2016-Q4`, `I semestre 2021`,
    /// `2022`, `entro il 30 Giugno`, `bis 30. Juni`, `da marzo 2024`, `alla fine del 2021`, `2022 - 4° trimestre`,
    /// `2016-36`. A note in brackets after it ([`EdtfDate::note`]) says nothing about which date it is.
    ///
    /// `year` is the year of the date's record, for dates without a year.
    pub fn read(text: &str, year: Option<i16>) -> Result<Self, DateError> {
        if text.len() > LONGEST {
            return Err(DateError::Unreadable { written: text.trim().to_owned() });
        }
        let (date, _) = note::split(text);
        let reader = Reader { words: Scanner::new(date), record_year: year, end_year: None, is_borrowed: false };
        if reader.words.rest().is_empty() {
            return Err(DateError::Empty);
        }
        if reader.words.is_any(&NO_DATES) {
            return Err(DateError::Unreadable { written: text.trim().to_owned() });
        }
        let read = match { reader }.date() {
            Err(Fault::Unreadable) => Err({ reader }.span().map_or_else(|fault| fault, Fault::Span)),
            read => read,
        };
        read.map_err(|fault| fault.into_error(text.trim()))
    }
}

/// A [`DateError`] without the text that it is about.
enum Fault {
    Unreadable,
    MissingYear,
    TwoDigitYear(String),
    YearOutOfRange(i16),
    Impossible(Option<CalendarUnit>),
    Vague(EdtfDate),
    Span(Span),
    Backwards(Span),
}

impl Fault {
    /// The fault of words that are no date; a day that does not exist is one.
    fn of_words(self) -> Result<(), Self> {
        if matches!(self, Self::Impossible(_)) { Ok(()) } else { Err(self) }
    }

    fn into_error(self, text: &str) -> DateError {
        let written = text.to_owned();
        match self {
            Self::Unreadable => DateError::Unreadable { written },
            Self::MissingYear => DateError::MissingYear { written },
            Self::TwoDigitYear(year) => DateError::TwoDigitYear { written, year },
            Self::YearOutOfRange(year) => DateError::YearOutOfRange { written, year },
            Self::Impossible(nearest) => DateError::Impossible { written, nearest: nearest.map(EdtfDate::from) },
            Self::Vague(nearest) => DateError::Vague { written, nearest },
            Self::Span(span) => DateError::Span { written, span },
            Self::Backwards(Span { first, last }) => DateError::Backwards { start: first.into(), end: last.into() },
        }
    }
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    words: Scanner<'a>,
    record_year: Option<i16>,
    /// The year in which a span ends, while its beginning is read.
    end_year: Option<i16>,
    /// True if the beginning took it, having none of its own.
    is_borrowed: bool,
}

impl Reader<'_> {
    fn date(&mut self) -> Result<EdtfDate, Fault> {
        let bound = self.bound();
        let is_end = bound.is_none() && self.words.eat_any(&AT_THE_END);
        self.words.skip(&FILLERS);
        let part_of_year = self.words.find(&PARTS_OF_YEAR);
        let part = part_of_year.or_else(|| self.words.find(&PARTS));
        let unit = if part_of_year.is_some() {
            self.year().map(CalendarUnit::Year)
        } else {
            if part.is_some() {
                self.words.eat_char(&['-']);
                self.words.skip(&FILLERS);
            }
            self.unit()
        };
        let unit = unit.map_err(|fault| self.unless_more_follows(fault))?;
        if bound.is_none() && self.words.rest() == "/.." {
            return Ok(EdtfDate { unit, bound: Bound::From });
        }
        if bound == Some(Bound::From) {
            self.words.eat_any(&ONWARDS);
        }
        if !self.words.is_done() {
            return Err(Fault::Unreadable);
        }
        let is_day = matches!(unit, CalendarUnit::Day(_));
        let certain = EdtfDate { unit, bound: bound.unwrap_or(if is_end && !is_day { Bound::By } else { Bound::In }) };
        match part {
            None => Ok(certain),
            Some(Part::End) if certain.bound == Bound::By => Ok(certain),
            Some(Part::End) => Err(Fault::Vague(certain.as_deadline())),
            Some(Part::Other) => Err(Fault::Vague(certain)),
        }
    }

    /// A day that does not exist is one only if nothing else was meant by the text.
    fn unless_more_follows(&self, fault: Fault) -> Fault {
        match fault {
            Fault::Impossible(_) | Fault::YearOutOfRange(_) if !self.words.is_done() => Fault::Unreadable,
            fault => fault,
        }
    }

    fn bound(&mut self) -> Option<Bound> {
        if self.words.eat("../") {
            return Some(Bound::By);
        }
        if let Some(bound) = self.words.find(&BOUNDS) {
            return Some(bound);
        }
        // Figures after `fino a` are a number rather than a year or a day: `fino a 2000`, `fino a 2/4`.
        let mut ahead = self.words;
        if !ahead.eat_any(&BEFORE_MONTHS) || !ahead.rest().starts_with(char::is_alphabetic) {
            return None;
        }
        self.words = ahead;
        Some(Bound::By)
    }

    /// The span that the text is: `2021-2023`, `dal 10 novembre al 15 dicembre 2020`, `tra marzo e giugno 2024`.
    fn span(&mut self) -> Result<Span, Fault> {
        let ends = if self.words.eat_any(&BETWEEN) {
            Ends::Between
        } else if self.words.eat_any(&SINCE) {
            Ends::Since
        } else {
            Ends::Bare
        };
        while self.words.eat_any(&SPAN_NAMES) || self.words.eat_any(&FILLERS) {}
        if let Some(year) = self.school_year() {
            let last = in_range_of(year + 1)?;
            return Ok(Span { first: CalendarUnit::Year(year), last: CalendarUnit::Year(last) });
        }
        match { *self }.whole_ends(ends) {
            Err(Fault::Unreadable) => self.days_of_month(ends),
            read => read,
        }
    }

    /// A span with a month at each end.
    fn whole_ends(mut self, ends: Ends) -> Result<Span, Fault> {
        let mut beginning = self;
        // Every day is in some leap year; which one the end is of shows only there.
        self.end_year = Some(2000);
        // A day that isn't in the calendar is an error once all is known to be a span.
        self.unit().map(|_| ()).or_else(Fault::of_words)?;
        self.end_year = None;
        let last = self.end(ends)?;
        beginning.end_year = Some(last.first_day().year());
        let span = Span { first: beginning.unit()?, last };
        match span.earliest() <= span.latest() {
            true => Ok(span),
            // The year before may be meant.
            false if beginning.is_borrowed => Err(Fault::Unreadable),
            false => Err(Fault::Backwards(span)),
        }
    }

    /// A span whose beginning is a day of the month of its end: `dal 10 al 15 dicembre`.
    fn days_of_month(&mut self, ends: Ends) -> Result<Span, Fault> {
        let digits = self.words.digits();
        self.words.eat_char(&['°', 'º', '.']);
        if self.words.rest().starts_with('/') {
            return Err(Fault::Unreadable);
        }
        let (1 | 2, CalendarUnit::Day(last)) = (digits.len(), self.end(ends)?) else { return Err(Fault::Unreadable) };
        let span = Span { first: day_of(last.year(), last.month(), small(digits))?, last: CalendarUnit::Day(last) };
        if span.earliest() <= span.latest() { Ok(span) } else { Err(Fault::Unreadable) }
    }

    /// The end of a span, before which nothing but what joins the two may stand.
    fn end(&mut self, ends: Ends) -> Result<CalendarUnit, Fault> {
        if !ends.eat_joint(&mut self.words) {
            return Err(Fault::Unreadable);
        }
        self.words.skip(&FILLERS);
        let last = self.unit().map_err(|fault| self.unless_more_follows(fault))?;
        if self.words.is_done() { Ok(last) } else { Err(Fault::Unreadable) }
    }

    /// The first year of `2021/22`; `2011/12` is a month.
    fn school_year(&mut self) -> Option<i16> {
        let mut ahead = self.words;
        let year = ahead.digits();
        ahead.eat_char(&['/'])?;
        let next = ahead.digits();
        let year = in_range(year).ok().filter(|_| next.len() == 2 && ahead.is_done())?;
        is_year_after(year, small(next)).then_some(year)
    }

    /// Takes a mark between words and the figures that follow.
    fn eat_before_figures(&mut self, marks: &[char]) {
        let mut ahead = self.words;
        if ahead.eat_char(marks).is_some() && ahead.rest().starts_with(|c: char| c.is_ascii_digit()) {
            self.words = ahead;
        }
    }

    /// The year of the end of a span, for a beginning without its own.
    fn year_of_end(&mut self) -> Option<i16> {
        let year = self.end_year?;
        let mut ahead = self.words;
        let is_joined = [Ends::Bare, Ends::Since, Ends::Between].iter().any(|ends| ends.eat_joint(&mut ahead));
        self.is_borrowed |= is_joined && ahead.digits().len() != 4;
        self.is_borrowed.then_some(year)
    }

    fn unit(&mut self) -> Result<CalendarUnit, Fault> {
        if self.words.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let digits = self.words.digits();
            return match digits.len() {
                4 => self.after_year(digits),
                1 | 2 => self.after_small_number(digits),
                _ => Err(Fault::Unreadable),
            };
        }
        if self.words.eat_any(&YEAR_NAMES) {
            let year = self.year()?;
            return self.part_of(year).unwrap_or(Ok(CalendarUnit::Year(year)));
        }
        if let Some((month, figures)) = self.words.find(&MONTH_NAMES) {
            return self.after_month(month, figures);
        }
        if let Some(ordinal) = self.words.find(&ORDINALS) {
            return self.after_ordinal(ordinal);
        }
        if let Some(period) = self.words.find(&PERIODS) {
            let nth = self.ordinal().ok_or(Fault::Unreadable)?;
            return self.period_of_year(period, nth);
        }
        match self.numbered_period() {
            Some((period, nth)) => self.period_of_year(period, Ordinal::Nth(nth)),
            None => Err(Fault::Unreadable),
        }
    }

    /// `2022`, `2024-06`, `2016-36`, `2016-Q4`, `2020-12-31`, `2022 - 4° trimestre`, `2022, dicembre`.
    fn after_year(&mut self, digits: &str) -> Result<CalendarUnit, Fault> {
        let year = in_range(digits)?;
        let alone = self.words;
        if let Some(unit) = self.part_of(year) {
            return unit;
        }
        let separator = self.words.eat_char(&['-', '/', '.']);
        if let Some((period, nth)) = self.numbered_period() {
            return period.of_year(Ordinal::Nth(nth), year).ok_or(Fault::Impossible(None));
        }
        let Some(separator) = separator else {
            return Ok(CalendarUnit::Year(year));
        };
        let second = self.words.digits();
        if second.len() != 2 && !(second.len() == 1 && separator != '-') {
            self.words = alone;
            return Ok(CalendarUnit::Year(year));
        }
        if self.words.eat_char(&[separator]).is_some() {
            let third = self.words.digits();
            if !third.is_empty() {
                return day_of(year, small(second), small(third));
            }
            // After the month stands the open end of EDTF, `2024-03/..`.
            self.words = alone;
            self.words.eat_char(&[separator]);
            self.words.digits();
        }
        let number = small(second);
        match number {
            _ if separator == '/' && is_year_after(year, number) => Err(Fault::Unreadable),
            1..=12 => Ok(CalendarUnit::Month { year, month: number }),
            33..=36 => Ok(CalendarUnit::Quarter { year, quarter: number - FIRST_QUARTER + 1 }),
            40..=41 => Ok(CalendarUnit::Semester { year, semester: number - FIRST_SEMESTER + 1 }),
            _ => Err(Fault::Impossible(None)),
        }
    }

    /// A quarter, a half year or a month after its year: `2022 - 4° trimestre`.
    fn part_of(&mut self, year: i16) -> Option<Result<CalendarUnit, Fault>> {
        let mut ahead = *self;
        ahead.words.eat_char(&['-', '\u{2013}', '\u{2014}', '/', ',', ':']);
        let word = ahead.words.rest().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let unit = if is_month(word) {
            let (month, _) = ahead.words.find(&MONTH_NAMES)?;
            Ok(CalendarUnit::Month { year, month })
        } else {
            let ordinal = ahead.ordinal()?;
            let period = ahead.words.find(&PERIODS)?;
            period.of_year(ordinal, year).ok_or(Fault::Impossible(None))
        };
        self.words = ahead.words;
        Some(unit)
    }

    /// `IV`, `quarto`, `4°`.
    fn ordinal(&mut self) -> Option<Ordinal> {
        if let Some(ordinal) = self.words.find(&ORDINALS) {
            self.words.eat_char(&['.', '°', 'º']);
            return Some(ordinal);
        }
        let digits = self.words.digits();
        self.words.eat_char(&['.', '°', 'º', 'ª', '^']);
        (digits.len() == 1).then(|| Ordinal::Nth(small(digits)))
    }

    /// `31/12/2020`, `06/2024`, `2 dicembre 2023`, `2. Dezember 2023`, `4° trimestre 2016`, `30/06` and `30.06.` of the
    /// record's year.
    fn after_small_number(&mut self, digits: &str) -> Result<CalendarUnit, Fault> {
        let first = small(digits);
        if let Some(separator) = self.words.eat_char(&['/', '-', '.']) {
            let second = self.words.digits();
            match second.len() {
                4 if separator != '.' => return month_of(in_range(second)?, first),
                1 | 2 => return self.after_day_and_month(separator, first, second),
                // A German ordinal.
                0 if separator == '.' => {}
                0 if self.words.rest().starts_with(char::is_alphabetic) => {
                    let (month, _) = self.words.find(&MONTH_NAMES).ok_or(Fault::Unreadable)?;
                    self.words.eat_char(&['.']);
                    self.words.eat_char(&[separator]).ok_or(Fault::Unreadable)?;
                    return day_of(self.year()?, month, first);
                }
                _ => return Err(Fault::Unreadable),
            }
        } else {
            self.words.eat_any(&DAY_ENDINGS);
            self.words.eat_char(&['°', 'º', 'ª', '^']);
        }
        self.words.skip(&OF_MONTH);
        if let Some((month, _)) = self.words.find(&MONTH_NAMES) {
            self.words.eat_char(&['.']);
            let year = self.year()?;
            return day_of(year, month, first);
        }
        self.after_ordinal(Ordinal::Nth(first))
    }

    fn after_day_and_month(&mut self, separator: char, first: i8, second: &str) -> Result<CalendarUnit, Fault> {
        let month = small(second);
        if self.words.eat_char(&[separator]).is_some() {
            let third = self.words.digits();
            return match third.len() {
                4 => day_of(in_range(third)?, month, first),
                0 if separator == '.' && self.words.is_done() => day_of(self.year()?, month, first),
                2 if self.words.is_done() => Err(Fault::TwoDigitYear(third.to_owned())),
                _ => Err(Fault::Unreadable),
            };
        }
        if let Some(year) = self.year_of_end() {
            return day_of(year, month, first);
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
    fn after_month(&mut self, month: i8, figures: AfterMonth) -> Result<CalendarUnit, Fault> {
        self.words.eat_char(&['.']);
        let alone = self.words;
        let digits = self.words.digits();
        if matches!(digits.len(), 1 | 2) {
            let is_day = self.words.eat_any(&DAY_ENDINGS) || digits.len() == 1;
            let comma = self.words.eat_char(&[',']).is_some();
            let day = small(digits);
            return match (self.words.is_done(), figures) {
                (false, _) | (true, AfterMonth::Day) => day_of(self.year()?, month, day),
                (true, AfterMonth::DayIfShort) if is_day => day_of(self.year()?, month, day),
                (true, _) if !comma => Err(Fault::TwoDigitYear(digits.to_owned())),
                (true, _) => Err(Fault::Unreadable),
            };
        }
        self.words = alone;
        if let Some(year) = self.year_of_end() {
            return Ok(CalendarUnit::Month { year, month });
        }
        self.words.eat_char(&[',']);
        self.eat_before_figures(&['-', '/']);
        Ok(CalendarUnit::Month { year: self.year()?, month })
    }

    fn after_ordinal(&mut self, ordinal: Ordinal) -> Result<CalendarUnit, Fault> {
        self.words.eat_char(&['.', '°', 'º']);
        if let (Ordinal::Nth(1), Some((month, _))) = (ordinal, { self.words }.find(&MONTH_NAMES)) {
            self.words.find(&MONTH_NAMES);
            return day_of(self.year()?, month, 1);
        }
        let period = self.words.find(&PERIODS).ok_or(Fault::Unreadable)?;
        self.period_of_year(period, ordinal)
    }

    fn period_of_year(&mut self, period: PeriodWord, ordinal: Ordinal) -> Result<CalendarUnit, Fault> {
        let year = match self.year_of_end() {
            Some(year) => year,
            None => {
                self.words.eat_char(&['/', '-']);
                self.eat_before_figures(&[',']);
                self.year()?
            }
        };
        period.of_year(ordinal, year).ok_or(Fault::Impossible(None))
    }

    /// `T4`, `Q4`, `S1`, `H1`.
    fn numbered_period(&mut self) -> Option<(PeriodWord, i8)> {
        let mut words = self.words;
        let period = match words.eat_char(&['T', 't', 'Q', 'q', 'S', 's', 'H', 'h'])? {
            'T' | 't' | 'Q' | 'q' => PeriodWord::Quarter,
            _ => PeriodWord::Semester,
        };
        let digits = words.digits();
        if digits.len() != 1 {
            return None;
        }
        self.words = words;
        Some((period, small(digits)))
    }

    /// The year at this place; at the end of the text, the record's.
    fn year(&mut self) -> Result<i16, Fault> {
        if let Some(year) = self.year_of_end() {
            return Ok(year);
        }
        self.words.skip(&OF_YEAR);
        self.words.skip(&YEAR_NAMES);
        if self.words.is_done() {
            return in_range_of(self.record_year.ok_or(Fault::MissingYear)?);
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

/// The value of one or two digits; of more, a number that no day or month has.
fn small(digits: &str) -> i8 {
    digits
        .bytes()
        .fold(0_i8, |value, digit| value.saturating_mul(10).saturating_add((digit - b'0').cast_signed()))
}

/// The year of four digits.
fn in_range(digits: &str) -> Result<i16, Fault> {
    let year = digits.parse().map_err(|_| Fault::Unreadable)?;
    if year < 1000 {
        return Err(Fault::YearOutOfRange(year));
    }
    Ok(year)
}

fn in_range_of(year: i16) -> Result<i16, Fault> {
    if YEARS.contains(&year) { Ok(year) } else { Err(Fault::YearOutOfRange(year)) }
}

/// True if two digits are the year after another one, and no month.
fn is_year_after(year: i16, digits: i8) -> bool {
    digits > 12 && i16::from(digits) == (year + 1) % 100
}

fn month_of(year: i16, month: i8) -> Result<CalendarUnit, Fault> {
    if (1..=12).contains(&month) { Ok(CalendarUnit::Month { year, month }) } else { Err(Fault::Impossible(None)) }
}

fn day_of(year: i16, month: i8, day: i8) -> Result<CalendarUnit, Fault> {
    if let Ok(date) = Date::new(year, month, day) {
        return Ok(CalendarUnit::Day(date));
    }
    let nearest = if (1..=12).contains(&month) && (29..=31).contains(&day) {
        Some(jiff::civil::date(year, month, 1).last_of_month())
    } else {
        Date::new(year, day, month).ok()
    };
    Err(Fault::Impossible(nearest.map(CalendarUnit::Day)))
}
