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
pub(crate) use date::{Bound, CalendarUnit as DateUnit};
pub use date::{DateError, EdtfDate, Span};
pub(crate) use decimal::Doubt;
pub use decimal::{Decimal, DecimalError};
pub(crate) use identifiers::{Cig, Cup, find_fiscal_code, find_iban, is_dangerous};
pub(crate) use language::AddressWords;
pub use language::Lang;
pub(crate) use people::{Head, NamePolicy, Named, Person, Publication};
pub(crate) use percent::Percent;
pub(crate) use progress::{EffectiveWeight, NotComputed, WeighedPhase, Weighing};
pub use record::FileId;
pub(crate) use record::{Attachment, Body, Markdown, Origin, Pixels, Translation, is_picture, runs_script};
pub use settings::BaseUrl;
pub(crate) use settings::{City, Colour, Licence, Links, NavItem, Settings, ThemeChoice};
pub(crate) use spelling::{composed, folded};
pub(crate) use state::{Health, IndicatorState, Lifecycle, ObjectiveState, PhaseFacts, PhaseState, StateCounts};
pub use target::{Actual, Context, Direction, Operator, Reason, Target, TargetError, TargetKind, Verdict};
pub(crate) use target::{Basis, Extent, Goal, Hint, Measure, Outcome, is_number};
pub(crate) use translated::Translated;
pub use unknown_word::UnknownWord;
pub(crate) use years::Years;

/// The words as somebody wrote them, beside what they were read as: neither is ever shown
/// without the other being at hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Written<T> {
    text: Box<str>,
    value: T,
}

impl<T> Written<T> {
    /// Keeps `text` beside its reading `value`.
    pub(crate) fn new(text: impl Into<Box<str>>, value: T) -> Self {
        Self { text: text.into(), value }
    }

    /// The words, unchanged.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Value that was read from the words.
    pub(crate) fn value(&self) -> &T {
        &self.value
    }
}

impl<T> Written<Option<T>> {
    /// Value that was read from the words; none if they can't be read, and are shown as they were written.
    pub(crate) fn read(&self) -> Option<&T> {
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
