//! Dates in plain words.

use std::sync::LazyLock;

use super::{Bound, EdtfDate};
use crate::model::Lang;

impl EdtfDate {
    /// The date in plain words: `ultimo trimestre 2016`, `entro il 30 giugno 2017`,
    /// `da marzo 2024`; `by 30 June 2017`; `bis 30. Juni 2017`. [`EdtfDate::read`] reads them back.
    pub fn words(self, lang: Lang) -> String {
        (lang.language().dates.date)(self.unit, self.bound)
    }

    /// The date in plain words, as the end of something: an open one is `non prima di marzo 2024`, `not before March
    /// 2024`, `nicht vor März 2024`, as nothing ends "from March on".
    pub fn end_words(self, lang: Lang) -> String {
        if self.bound == Bound::From { (lang.language().dates.not_before)(self.unit) } else { self.words(lang) }
    }
}

/// Whole names of months in all languages, in lower case.
static MONTHS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let dates = Lang::ALL.iter().map(|lang| &lang.language().dates);
    dates
        .flat_map(|dates| dates.months.iter().chain(dates.other_months))
        .map(|name| name.to_lowercase())
        .collect()
});

/// True if a word is the whole name of a month, in any language.
pub(in crate::model) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|name| word.chars().flat_map(char::to_lowercase).eq(name.chars()))
}
