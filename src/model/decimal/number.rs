//! Exact numbers and their arithmetic.

use std::fmt;

use rust_decimal::RoundingStrategy;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Every `Decimal` is exact and keeps the decimals it was written with: `20,00` is `20.00`.
///
/// Equality and order are those of the value (`20,00` equals `20`). At most 28 decimals and
/// 96 bits of digits; arithmetic that would leave this range, or would have to round, gives `None`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub(super) rust_decimal::Decimal);

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self(rust_decimal::Decimal::ZERO);

    /// One.
    pub const ONE: Self = Self(rust_decimal::Decimal::ONE);

    /// One hundred.
    pub const HUNDRED: Self = Self(rust_decimal::Decimal::ONE_HUNDRED);

    /// True if the number is below nought.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }

    /// The number with the other sign.
    pub(super) fn negated(self) -> Self {
        Self(-self.0)
    }

    /// The number without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// An equal number with at least `decimals` decimals (`5` as `5.00`); `None` if its digits
    /// do not leave room for them.
    pub fn with_decimals(self, decimals: u32) -> Option<Self> {
        let missing = decimals.saturating_sub(self.0.scale());
        let mantissa = self.0.mantissa().checked_mul(power_of_ten(missing)?)?;
        Self::from_parts(mantissa, self.0.scale() + missing)
    }

    /// The nearest number with at most `decimals` decimals; halves go away from nought, as in
    /// commercial rounding, and noughts at the end go.
    pub fn rounded(self, decimals: u32) -> Self {
        Self(
            self.0
                .round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
                .normalize(),
        )
    }

    /// The exact sum.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.0.scale().max(other.0.scale());
        let sum = self.mantissa_at(scale)?.checked_add(other.mantissa_at(scale)?)?;
        Self::from_parts(sum, scale)
    }

    /// The exact difference.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.negated())
    }

    /// The exact product.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let product = self.0.mantissa().checked_mul(other.0.mantissa())?;
        Self::from_parts(product, self.0.scale() + other.0.scale())
    }

    /// The quotient without noughts at its end, rounded at 28 digits when it does not come out
    /// even; `None` if `other` is nought.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        Some(Self(self.0.checked_div(other.0)?.normalize()))
    }

    /// Half of the last decimal that the number was written with.
    pub(in crate::model) fn half_a_step(self) -> Option<Self> {
        Self::from_parts(5, self.0.scale() + 1)
    }

    /// The number `zeros` places up (`mila`, `milioni`), losing decimals before it gains noughts.
    pub(in crate::model) fn shifted(self, zeros: u32) -> Option<Self> {
        let dropped = zeros.min(self.0.scale());
        let mantissa = self.0.mantissa().checked_mul(power_of_ten(zeros - dropped)?)?;
        Self::from_parts(mantissa, self.0.scale() - dropped)
    }

    /// The groups of three of the whole part that say how it is spoken: the leading one and how
    /// many follow it.
    pub(in crate::model) fn leading_group(self) -> (u32, u32) {
        let mut leading = self.0.trunc().mantissa().unsigned_abs();
        let mut following = 0;
        while leading >= 1000 {
            leading /= 1000;
            following += 1;
        }
        (u32::try_from(leading).unwrap_or_default(), following)
    }

    fn mantissa_at(self, scale: u32) -> Option<i128> {
        self.0.mantissa().checked_mul(power_of_ten(scale - self.0.scale())?)
    }

    pub(super) fn from_parts(mantissa: i128, scale: u32) -> Option<Self> {
        rust_decimal::Decimal::try_from_i128_with_scale(mantissa, scale).ok().map(Self)
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self(whole.into())
    }
}

impl fmt::Display for Decimal {
    /// The canonical form, for data: a decimal point, no groups, the written decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Decimal {
    /// As its digits and how many of them are decimals.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0.mantissa(), self.0.scale()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (digits, decimals) = Deserialize::deserialize(deserializer)?;
        let value = rust_decimal::Decimal::try_from_i128_with_scale(digits, decimals);
        value.map(Self).map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}
