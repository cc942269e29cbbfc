//! How dates are written.

use jiff::civil::Date;

use crate::model::Lang;
use crate::model::scan::Scanner;

use super::{Bound, DateError, EdtfDate, FIRST_QUARTER, FIRST_SEMESTER, Unit, YEARS};

/// The date that `text` is; `year` is the record's.
pub(super) fn date(text: &str, year: Option<i16>) -> Result<EdtfDate, DateError> {
    let mut reader = Reader { words: Scanner::new(text), record_year: year };
    if reader.words.rest().is_empty() {
        return Err(DateError::Empty);
    }
    // The German May is the Italian "never".
    if reader.words.is_any(&["mai"]) {
        return Err(DateError::Unreadable { written: text.trim().to_owned() });
    }
    reader.date().map_err(|fault| fault.into_error(text.trim()))
}

/// A month as written. English ones may have their day after them; those that are German too are given as German, where
/// `August 24` is of the year 2024.
const MONTH_NAMES: &[(&str, (i8, Lang))] = &[
    ("gennaio", (1, Lang::It)),
    ("january", (1, Lang::En)),
    ("gen", (1, Lang::It)),
    ("jan", (1, Lang::De)),
    ("januar", (1, Lang::De)),
    ("jänner", (1, Lang::De)),
    ("jän", (1, Lang::De)),
    ("febbraio", (2, Lang::It)),
    ("february", (2, Lang::En)),
    ("feb", (2, Lang::It)),
    ("februar", (2, Lang::De)),
    ("feber", (2, Lang::De)),
    ("marzo", (3, Lang::It)),
    ("march", (3, Lang::En)),
    ("mar", (3, Lang::It)),
    ("märz", (3, Lang::De)),
    ("mär", (3, Lang::De)),
    ("mrz", (3, Lang::De)),
    ("aprile", (4, Lang::It)),
    ("april", (4, Lang::De)),
    ("apr", (4, Lang::It)),
    ("maggio", (5, Lang::It)),
    ("may", (5, Lang::En)),
    ("mag", (5, Lang::It)),
    ("mai", (5, Lang::De)),
    ("giugno", (6, Lang::It)),
    ("june", (6, Lang::En)),
    ("giu", (6, Lang::It)),
    ("jun", (6, Lang::De)),
    ("juni", (6, Lang::De)),
    ("luglio", (7, Lang::It)),
    ("july", (7, Lang::En)),
    ("lug", (7, Lang::It)),
    ("jul", (7, Lang::De)),
    ("juli", (7, Lang::De)),
    ("agosto", (8, Lang::It)),
    ("august", (8, Lang::De)),
    ("ago", (8, Lang::It)),
    ("aug", (8, Lang::De)),
    ("settembre", (9, Lang::It)),
    ("september", (9, Lang::De)),
    ("sett", (9, Lang::It)),
    ("sept", (9, Lang::De)),
    ("set", (9, Lang::It)),
    ("sep", (9, Lang::De)),
    ("ottobre", (10, Lang::It)),
    ("october", (10, Lang::En)),
    ("ott", (10, Lang::It)),
    ("oct", (10, Lang::En)),
    ("oktober", (10, Lang::De)),
    ("okt", (10, Lang::De)),
    ("novembre", (11, Lang::It)),
    ("november", (11, Lang::De)),
    ("nov", (11, Lang::It)),
    ("dicembre", (12, Lang::It)),
    ("december", (12, Lang::En)),
    ("dic", (12, Lang::It)),
    ("dec", (12, Lang::En)),
    ("dezember", (12, Lang::De)),
    ("dez", (12, Lang::De)),
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
    ("bis spätestens zum", Bound::By),
    ("bis spätestens", Bound::By),
    ("bis einschließlich", Bound::By),
    ("bis zum", Bound::By),
    ("bis zur", Bound::By),
    ("bis", Bound::By),
    ("spätestens bis zum", Bound::By),
    ("spätestens bis", Bound::By),
    ("spätestens", Bound::By),
    ("nicht später als", Bound::By),
    ("innerhalb", Bound::By),
    ("binnen", Bound::By),
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
    ("beginnend mit", Bound::From),
    ("ab", Bound::From),
    ("seit", Bound::From),
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
    "im laufe",
    "im lauf",
    "im monat",
    "des monats",
    "mit datum",
    "am",
    "im",
    "vom",
    "von",
    "zum",
    "zur",
    "der",
    "des",
    "dem",
    "den",
    "das",
    "die",
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
    ("ende", Part::End),
    ("anfang", Part::Other),
    ("beginn", Part::Other),
    ("mitte", Part::Other),
];

/// The same parts where the German word for them names the year as well.
const PARTS_OF_YEAR: &[(&str, Part)] = &[
    ("jahresende", Part::End),
    ("jahresanfang", Part::Other),
    ("jahresbeginn", Part::Other),
    ("jahresmitte", Part::Other),
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
    ("erstes", Ordinal::Nth(1)),
    ("ersten", Ordinal::Nth(1)),
    ("erste", Ordinal::Nth(1)),
    ("zweites", Ordinal::Nth(2)),
    ("zweiten", Ordinal::Nth(2)),
    ("zweite", Ordinal::Nth(2)),
    ("drittes", Ordinal::Nth(3)),
    ("dritten", Ordinal::Nth(3)),
    ("dritte", Ordinal::Nth(3)),
    ("viertes", Ordinal::Nth(4)),
    ("vierten", Ordinal::Nth(4)),
    ("vierte", Ordinal::Nth(4)),
    ("letztes", Ordinal::Last),
    ("letzten", Ordinal::Last),
    ("letzte", Ordinal::Last),
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
    ("quartals", Period::Quarter),
    ("quartal", Period::Quarter),
    ("vierteljahres", Period::Quarter),
    ("vierteljahr", Period::Quarter),
    ("trimesters", Period::Quarter),
    ("trimester", Period::Quarter),
    ("semestre", Period::Semester),
    ("sem.", Period::Semester),
    ("sem", Period::Semester),
    ("semester", Period::Semester),
    ("half-year", Period::Semester),
    ("half year", Period::Semester),
    ("half", Period::Semester),
    ("halbjahres", Period::Semester),
    ("halbjahrs", Period::Semester),
    ("halbjahr", Period::Semester),
    ("semesters", Period::Semester),
    ("jahreshälfte", Period::Semester),
    ("hälfte", Period::Semester),
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
            Self::Semester => Unit::Semester { year, semester: nth },
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
            Self::Impossible(nearest) => {
                DateError::Impossible { written, nearest: nearest.map(|unit| EdtfDate { unit, bound: Bound::In }) }
            }
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
        let bound = if edtf_deadline { Some(Bound::By) } else { self.words.find(BOUNDS) };
        self.words.skip(FILLERS);
        let part_of_year = self.words.find(PARTS_OF_YEAR);
        let part = part_of_year.or_else(|| self.words.find(PARTS));
        let unit = if part_of_year.is_some() {
            self.year().map(Unit::Year)
        } else {
            if part.is_some() {
                self.words.eat_char(&['-']);
                self.words.skip(FILLERS);
            }
            self.unit()
        };
        let unit = unit.map_err(|fault| match fault {
            // A day that does not exist is one only if nothing else was meant by the text.
            Fault::Impossible(_) | Fault::YearOutOfRange(_) if !self.words.is_done() => Fault::Unreadable,
            fault => fault,
        })?;
        if bound.is_none() && self.words.rest() == "/.." {
            return Ok(EdtfDate { unit, bound: Bound::From });
        }
        if !self.words.is_done() {
            return Err(self.span_or_unreadable(bound));
        }
        let certain = EdtfDate { unit, bound: bound.unwrap_or(Bound::In) };
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
                && self.words.eat_any(&["fino", "al", "alla", "all'", "a", "to", "until", "till"]))
            || self.words.eat("bis");
        self.words.skip(FILLERS);
        if joined && self.unit().is_ok() && self.words.is_done() { Fault::Span } else { Fault::Unreadable }
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
        if self.words.eat_any(&["anno", "year", "jahres", "jahre", "jahr"]) {
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
            return period.of_year(Ordinal::Nth(nth), year).ok_or(Fault::Impossible(None));
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
            1..=12 => Ok(Unit::Month { year, month: number }),
            33..=36 => Ok(Unit::Quarter { year, quarter: number - FIRST_QUARTER + 1 }),
            40..=41 => Ok(Unit::Semester { year, semester: number - FIRST_SEMESTER + 1 }),
            _ => Err(Fault::Impossible(None)),
        }
    }

    /// `31/12/2020`, `06/2024`, `2 dicembre 2023`, `2. Dezember 2023`, `4° trimestre 2016`, `30/06` and `30.06.` of the
    /// record's year.
    fn after_small_number(&mut self, digits: &str) -> Result<Unit, Fault> {
        let first = small(digits);
        if let Some(separator) = self.words.eat_char(&['/', '-', '.']) {
            let second = self.words.digits();
            match second.len() {
                4 if separator != '.' => return month_of(in_range(second)?, first),
                1 | 2 => return self.after_day_and_month(separator, first, second),
                // A German ordinal.
                0 if separator == '.' => {}
                _ => return Err(Fault::Unreadable),
            }
        } else {
            self.words.eat_any(&["st", "nd", "rd", "th"]);
            self.words.eat_char(&['°', 'º', 'ª', '^']);
        }
        self.words.skip(&["di", "of"]);
        if let Some((month, _)) = self.words.find(MONTH_NAMES) {
            self.words.eat_char(&['.']);
            let year = self.year()?;
            return day_of(year, month, first);
        }
        self.after_ordinal(Ordinal::Nth(first))
    }

    fn after_day_and_month(&mut self, separator: char, first: i8, second: &str) -> Result<Unit, Fault> {
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
            let is_day = self.words.eat_any(&["st", "nd", "rd", "th"]) || digits.len() == 1;
            let comma = self.words.eat_char(&[',']).is_some();
            let day = small(digits);
            return match (self.words.is_done(), lang) {
                (true, Lang::En) => day_of(self.year()?, month, day),
                (true, Lang::De) if is_day => day_of(self.year()?, month, day),
                (true, Lang::It | Lang::De) if !comma => Err(Fault::TwoDigitYear(digits.to_owned())),
                (true, Lang::It | Lang::De) => Err(Fault::Unreadable),
                (false, _) => day_of(self.year()?, month, day),
            };
        }
        self.words = alone;
        self.words.eat_char(&[',']);
        Ok(Unit::Month { year: self.year()?, month })
    }

    fn after_ordinal(&mut self, ordinal: Ordinal) -> Result<Unit, Fault> {
        self.words.eat_char(&['.']);
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
            .skip(&["dell'", "del", "di", "of", "anno", "the year", "year", "des", "im", "jahres", "jahr"]);
        if self.words.is_done() {
            let year = self.record_year.ok_or(Fault::MissingYear)?;
            return if YEARS.contains(&year) { Ok(year) } else { Err(Fault::YearOutOfRange(year)) };
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

fn month_of(year: i16, month: i8) -> Result<Unit, Fault> {
    if (1..=12).contains(&month) { Ok(Unit::Month { year, month }) } else { Err(Fault::Impossible(None)) }
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
mod tests {
    use super::*;

    fn assert_each_is_found<T: Copy>(table: &[(&str, T)]) {
        for (place, &(phrase, _)) in table.iter().enumerate() {
            let mut words = Scanner::new(phrase);
            let places = table.iter().enumerate().map(|(place, &(phrase, _))| (phrase, place)).collect::<Vec<_>>();
            assert_eq!(words.find(&places), Some(place), "{phrase} is hidden or there twice");
            assert!(words.is_done() || words.rest() == ".", "{phrase} is found in part");
        }
    }

    #[test]
    fn no_phrase_of_one_language_hides_one_of_another() {
        assert_each_is_found(MONTH_NAMES);
        assert_each_is_found(BOUNDS);
        assert_each_is_found(PARTS);
        assert_each_is_found(PARTS_OF_YEAR);
        assert_each_is_found(ORDINALS);
        assert_each_is_found(PERIODS);
        for filler in FILLERS {
            let mut words = Scanner::new(filler);
            assert!(words.find(MONTH_NAMES).is_none(), "{filler} is a month");
            assert!(words.find(ORDINALS).is_none(), "{filler} is an ordinal");
            assert!(words.find(PARTS).is_none(), "{filler} is a part");
        }
    }
}
