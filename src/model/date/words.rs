//! Dates in plain words.

use super::{Bound, CalendarUnit, EdtfDate};
use crate::model::Lang;

impl EdtfDate {
    /// The date in plain words: `ultimo trimestre 2016`, `entro il 30 giugno 2017`,
    /// `da marzo 2024`; `by 30 June 2017`; `bis 30. Juni 2017`. [`EdtfDate::read`] reads them back.
    pub fn words(self, lang: Lang) -> String {
        let unit = self.unit.words(lang);
        match (lang, self.bound) {
            (_, Bound::In) => unit,
            (Lang::It, Bound::By) => format!("entro {}{unit}", self.unit.article()),
            (Lang::It, Bound::From) => format!("{}{unit}", self.unit.since_article()),
            (Lang::En, Bound::By) => match self.unit {
                CalendarUnit::Day(_) => format!("by {unit}"),
                CalendarUnit::Quarter { .. } | CalendarUnit::Semester { .. } => {
                    format!("by the end of the {unit}")
                }
                CalendarUnit::Month { .. } | CalendarUnit::Year(_) => format!("by the end of {unit}"),
            },
            (Lang::En, Bound::From) => match self.unit {
                CalendarUnit::Quarter { .. } | CalendarUnit::Semester { .. } => format!("from the {unit}"),
                CalendarUnit::Day(_) | CalendarUnit::Month { .. } | CalendarUnit::Year(_) => format!("from {unit}"),
            },
            (Lang::De, bound) => self.unit.german(bound),
        }
    }

    /// The date in plain words, as the end of something: an open one is `non prima di marzo 2024`, `not before March
    /// 2024`, `nicht vor März 2024`, as nothing ends "from March on".
    pub fn end_words(self, lang: Lang) -> String {
        if self.bound != Bound::From {
            return self.words(lang);
        }
        let unit = self.unit.words(lang);
        match (lang, self.unit) {
            (Lang::It, of) => format!("non prima {}{unit}", of.of_article()),
            (Lang::En, CalendarUnit::Quarter { .. } | CalendarUnit::Semester { .. }) => {
                format!("not before the {unit}")
            }
            (Lang::En, _) => format!("not before {unit}"),
            (Lang::De, CalendarUnit::Day(_)) => format!("nicht vor dem {unit}"),
            (Lang::De, of) => of.german(Bound::From).replacen("ab", "nicht vor", 1),
        }
    }
}

impl CalendarUnit {
    fn words(self, lang: Lang) -> String {
        let month_name = |month: i8| {
            let (italian, english, german) = MONTHS[usize::from(month.unsigned_abs() - 1)];
            match lang {
                Lang::It => italian,
                Lang::En => english,
                Lang::De => german,
            }
        };
        match (lang, self) {
            (_, Self::Year(year)) => year.to_string(),
            (_, Self::Month { year, month }) => format!("{} {year}", month_name(month)),
            (_, Self::Day(day)) => {
                // German days are ordinals; of the Italian ones, only the first of a month is.
                let mark = match (lang, day.day()) {
                    (Lang::De, _) => ".",
                    (Lang::It, 1) => "°",
                    (Lang::It | Lang::En, _) => "",
                };
                format!("{}{mark} {} {}", day.day(), month_name(day.month()), day.year())
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
            (Lang::De, Self::Quarter { .. } | Self::Semester { .. }) => self.german(Bound::In),
        }
    }

    /// The German words with their bound, by which quarters and half years are declined.
    fn german(self, bound: Bound) -> String {
        let (ordinal, period, year) = match self {
            Self::Quarter { year, quarter } => {
                let ordinal = match quarter {
                    1 => "erste",
                    2 => "zweite",
                    3 => "dritte",
                    _ => "letzte",
                };
                (ordinal, "Quartal", year)
            }
            Self::Semester { year, semester } => (if semester == 1 { "erste" } else { "zweite" }, "Halbjahr", year),
            Self::Day(_) | Self::Month { .. } | Self::Year(_) => {
                let words = self.words(Lang::De);
                return match (bound, self) {
                    (Bound::In, _) => words,
                    (Bound::By, Self::Day(_)) => format!("bis {words}"),
                    (Bound::By, _) => format!("bis Ende {words}"),
                    (Bound::From, _) => format!("ab {words}"),
                };
            }
        };
        match bound {
            Bound::In => format!("{ordinal}s {period} {year}"),
            Bound::By => format!("bis Ende des {ordinal}n {period}s {year}"),
            Bound::From => format!("ab dem {ordinal}n {period} {year}"),
        }
    }

    /// The Italian article before the words, with its space or apostrophe.
    fn article(self) -> &'static str {
        match self {
            Self::Month { .. } => "",
            unit if unit.is_elided() => "l’",
            _ => "il ",
        }
    }

    /// The Italian "from" before the words, with its space or apostrophe.
    fn since_article(self) -> &'static str {
        match self {
            Self::Month { .. } => "da ",
            unit if unit.is_elided() => "dall’",
            _ => "dal ",
        }
    }

    /// The Italian "of" before the words, with its space or apostrophe.
    fn of_article(self) -> &'static str {
        match self {
            Self::Month { .. } => "di ",
            unit if unit.is_elided() => "dell’",
            _ => "del ",
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

/// As South Tyrol's offices call them in German.
const MONTHS: [(&str, &str, &str); 12] = [
    ("gennaio", "January", "Jänner"),
    ("febbraio", "February", "Februar"),
    ("marzo", "March", "März"),
    ("aprile", "April", "April"),
    ("maggio", "May", "Mai"),
    ("giugno", "June", "Juni"),
    ("luglio", "July", "Juli"),
    ("agosto", "August", "August"),
    ("settembre", "September", "September"),
    ("ottobre", "October", "Oktober"),
    ("novembre", "November", "November"),
    ("dicembre", "December", "Dezember"),
];

/// Whether a word is the whole name of a month, in any language.
pub(in crate::model) fn is_month(word: &str) -> bool {
    let is = |name: &str| word.chars().flat_map(char::to_lowercase).eq(name.chars().flat_map(char::to_lowercase));
    MONTHS.iter().any(|(italian, english, german)| is(italian) || is(english) || is(german)) || is("Januar")
}
