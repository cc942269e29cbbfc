//! Dates in plain words.

use super::{Bound, EdtfDate, Unit};
use crate::model::Lang;

impl EdtfDate {
    /// The date in plain words: `ultimo trimestre 2016`, `entro il 30 giugno 2017`,
    /// `da marzo 2024`; `by 30 June 2017`. [`EdtfDate::read`] reads them back.
    pub fn words(self, lang: Lang) -> String {
        let unit = self.unit.words(lang);
        match (lang, self.bound) {
            (_, Bound::In) => unit,
            (Lang::It, Bound::By) => format!("entro {}{unit}", self.unit.article()),
            (Lang::It, Bound::From) => format!("{}{unit}", self.unit.since_article()),
            (Lang::En | Lang::De, Bound::By) => match self.unit {
                Unit::Day(_) => format!("by {unit}"),
                Unit::Quarter { .. } | Unit::Semester { .. } => {
                    format!("by the end of the {unit}")
                }
                Unit::Month { .. } | Unit::Year(_) => format!("by the end of {unit}"),
            },
            (Lang::En | Lang::De, Bound::From) => match self.unit {
                Unit::Quarter { .. } | Unit::Semester { .. } => format!("from the {unit}"),
                Unit::Day(_) | Unit::Month { .. } | Unit::Year(_) => format!("from {unit}"),
            },
        }
    }
}

impl Unit {
    fn words(self, lang: Lang) -> String {
        let month_name = |month: i8| {
            let (italian, english) = MONTHS[usize::from(month.unsigned_abs() - 1)];
            match lang {
                Lang::It => italian,
                Lang::En | Lang::De => english,
            }
        };
        match (lang, self) {
            (_, Self::Year(year)) => year.to_string(),
            (_, Self::Month { year, month }) => format!("{} {year}", month_name(month)),
            (_, Self::Day(day)) => {
                // Italian says the first of a month as an ordinal, the other days as numbers.
                let mark = if lang == Lang::It && day.day() == 1 { "°" } else { "" };
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
            (Lang::En | Lang::De, Self::Quarter { year, quarter }) => {
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
            (Lang::En | Lang::De, Self::Semester { year, semester }) => {
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
pub(in crate::model) fn is_month(word: &str) -> bool {
    MONTHS
        .iter()
        .any(|(italian, english)| word.eq_ignore_ascii_case(italian) || word.eq_ignore_ascii_case(english))
}
