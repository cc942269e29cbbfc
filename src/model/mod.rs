//! What an objective, project, target, date or amount **is**. Pure: no YAML, files, web pages or clock.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

#[macro_use]
mod vocabulary;
mod scan;

mod amount;
mod catalogue;
mod conventions;
mod date;
mod decimal;
mod identifiers;
mod objective;
mod page;
mod people;
mod plan;
mod progress;
mod project;
mod record;
mod settings;
mod spelling;
mod state;
mod target;
mod translated;
mod unit;

pub use amount::{Amount, AmountError, Currency, SumError, Vat};
pub use catalogue::{
    Catalogue, NodeId, ObjectiveId, PageId, PlanId, ProjectId, Series, SeriesId, SeriesPoint, UnitId, UpdateId,
};
pub use conventions::Conventions;
pub use date::{Bound, CalendarUnit as DateUnit, DateError, EdtfDate, Span};
pub use decimal::{Decimal, DecimalError, Doubt, NumberReading};
pub use identifiers::{Cig, CodeError, Cup, find_fiscal_code, find_iban, is_dangerous};
pub use objective::{CONTINUED, Centre, Indicator, Objective, Period, Phase};
pub use page::Page;
pub use people::{Head, NamePolicy, Named, Person, Publication, YearsOutOfOrder};
pub use plan::{Plan, PlanNode, Years};
pub use progress::{EffectiveWeight, NotComputed, Percent, WeighedPhase, Weighing};
pub use project::{Current, Funding, Milestone, Project, Update};
pub use record::{
    Approval, Attachment, Body, Citation, Document, Extra, FileId, Markdown, Origin, Pixels, is_picture, runs_script,
};
pub use settings::{BaseUrl, City, Colour, Licence, Links, NavItem, Settings, ThemeChoice};
pub use spelling::composed;
pub use state::{Health, IndicatorState, Lifecycle, ObjectiveState, PhaseFacts, PhaseState, StateCounts};
pub use target::{
    Actual, Basis, Context, Direction, Extent, Goal, Hint, Measure, Operator, Outcome, Reason, Target, TargetError,
    TargetKind, Verdict,
};
pub use translated::{Translated, Translation};
pub use unit::{Contact, Heads, Unit};
pub use vocabulary::UnknownWord;

/// A language in which Vetro reads an office's words and says back what it read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Italian.
    It,
    /// English.
    En,
    /// German.
    De,
}

impl Lang {
    /// Every language, in the order in which people are offered them.
    pub const ALL: [Self; 3] = [Self::It, Self::En, Self::De];

    /// The language's tag (BCP 47): `it`, `en`, `de`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::It => "it",
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// What those who speak the language call it: `Italiano`, `English`, `Deutsch`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::It => "Italiano",
            Self::En => "English",
            Self::De => "Deutsch",
        }
    }
}

impl FromStr for Lang {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|lang| lang.code() == text)
            .ok_or_else(|| UnknownWord { written: text.to_owned(), known: &["it", "en", "de"] })
    }
}

/// The words as somebody wrote them, beside what they were read as: neither is ever shown
/// without the other being at hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Written<T> {
    text: Box<str>,
    value: T,
}

impl<T> Written<T> {
    /// Keeps `text` beside its reading `value`.
    pub fn new(text: impl Into<Box<str>>, value: T) -> Self {
        Self { text: text.into(), value }
    }

    /// The words, unchanged.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the words were read as.
    pub fn value(&self) -> &T {
        &self.value
    }
}

impl<T> Written<Option<T>> {
    /// What the words were read as; none where they can't be read, and are shown as they were written.
    pub fn read(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_by_its_tag() {
        for lang in Lang::ALL {
            assert_eq!(lang.code().parse(), Ok(lang));
        }
        assert_eq!("fr".parse::<Lang>().unwrap_err().known, ["it", "en", "de"]);
    }

    #[test]
    fn what_was_written_stays_beside_its_reading() {
        let written = Written::new("=> 100", 100);
        assert_eq!(written.text(), "=> 100");
        assert_eq!(*written.value(), 100);
    }
}
