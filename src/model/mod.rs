//! Values of records: targets, dates, amounts, weights, states, texts. Pure: no YAML, files, web pages or clock.

use serde::{Deserialize, Serialize};

#[macro_use]
mod vocabulary;
mod scan;

mod amount;
mod conventions;
mod date;
mod decimal;
mod identifiers;
mod language;
mod people;
mod percent;
mod progress;
mod record;
mod settings;
mod spelling;
mod state;
mod target;
mod translated;
mod unknown_word;
mod years;

pub use amount::{Amount, AmountError, Currency, SumError, Vat};
pub use conventions::Conventions;
pub use date::{Bound, CalendarUnit as DateUnit, DateError, EdtfDate, Span};
pub use decimal::{Decimal, DecimalError, Doubt, NumberReading};
pub use identifiers::{Cig, CodeError, Cup, find_fiscal_code, find_iban, is_dangerous};
pub use language::{AddressWords, Lang};
pub use people::{Head, NamePolicy, Named, Person, Publication, YearsOutOfOrder};
pub use percent::Percent;
pub use progress::{EffectiveWeight, NotComputed, WeighedPhase, Weighing};
pub use record::{Attachment, Body, Extra, FileId, Markdown, Origin, Pixels, Translation, is_picture, runs_script};
pub use settings::{BaseUrl, City, Colour, Licence, Links, NavItem, Settings, ThemeChoice};
pub use spelling::{composed, folded};
pub use state::{Health, IndicatorState, Lifecycle, ObjectiveState, PhaseFacts, PhaseState, StateCounts};
pub(crate) use target::is_number;
pub use target::{
    Actual, Basis, Context, Direction, Extent, Goal, Hint, Measure, Operator, Outcome, Reason, Target, TargetError,
    TargetKind, Verdict,
};
pub use translated::Translated;
pub use unknown_word::UnknownWord;
pub use years::Years;

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

    /// Value that was read from the words.
    pub fn value(&self) -> &T {
        &self.value
    }
}

impl<T> Written<Option<T>> {
    /// Value that was read from the words; none if they can't be read, and are shown as they were written.
    pub fn read(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_stays_beside_its_reading() {
        let written = Written::new("=> 100", 100);
        assert_eq!(written.text(), "=> 100");
        assert_eq!(*written.value(), 100);
    }
}
