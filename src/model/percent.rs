//! Shares of a hundred.

use serde::{Deserialize, Serialize};

use super::Lang;
use super::decimal::{Decimal, DecimalError};

/// Weight of a phase, or the part of it that is done, as it was written: from 0 to 100 if it
/// [is a share](Self::is_share).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Percent(Decimal);

impl Percent {
    /// Nothing.
    pub(crate) const ZERO: Self = Self(Decimal::ZERO);

    /// All of it.
    pub(crate) const HUNDRED: Self = Self(Decimal::HUNDRED);

    /// Reads `50`, `50,00`, `50%`, and `50.00`, which can't be thousands here, with figures as `lang` has them.
    pub(crate) fn read(text: &str, lang: Lang) -> Result<Self, DecimalError> {
        let figures = text.trim_end().strip_suffix('%').unwrap_or(text);
        Ok(Self(Decimal::parse(figures, lang)?.value))
    }

    /// True if it is between 0 and 100. Nothing is computed with other values.
    pub(crate) fn is_share(self) -> bool {
        !self.0.is_negative() && self.0 <= Decimal::HUNDRED
    }

    /// The number.
    pub(crate) fn value(self) -> Decimal {
        self.0
    }
}
