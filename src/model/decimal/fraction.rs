//! Fractions, with which ratios are compared without dividing.

use std::cmp::Ordering;

use super::Decimal;

/// A fraction whose denominator is above nought, so that ratios are compared without dividing.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Fraction {
    over: Decimal,
    under: Decimal,
}

impl Fraction {
    /// One.
    pub(in crate::model) const ONE: Self = Self { over: Decimal::ONE, under: Decimal::ONE };

    /// `None` if `under` is not above nought.
    pub(in crate::model) fn new(over: Decimal, under: Decimal) -> Option<Self> {
        (under > Decimal::ZERO).then_some(Self { over, under })
    }

    pub(in crate::model) fn whole(value: Decimal) -> Self {
        Self { over: value, under: Decimal::from(1) }
    }

    /// The order of the two values; `None` if their digits are too many to compare exactly.
    pub(in crate::model) fn compare(self, other: Self) -> Option<Ordering> {
        let left = self.over.checked_mul(other.under)?;
        let right = other.over.checked_mul(self.under)?;
        Some(left.cmp(&right))
    }

    /// The exact product; `None` if its digits are too many.
    pub(in crate::model) fn times(self, other: Self) -> Option<Self> {
        Self::new(self.over.checked_mul(other.over)?, self.under.checked_mul(other.under)?)
    }

    /// The exact sum; `None` if its digits are too many.
    pub(in crate::model) fn plus(self, value: Self) -> Option<Self> {
        self.minus(Self { over: value.over.negated(), ..value })
    }

    /// The exact difference; `None` if its digits are too many.
    pub(in crate::model) fn minus(self, value: Self) -> Option<Self> {
        let over = self.over.checked_mul(value.under)?.checked_sub(value.over.checked_mul(self.under)?)?;
        Self::new(over, self.under.checked_mul(value.under)?)
    }

    /// The value, rounded at 28 digits where it does not come out even.
    pub(in crate::model) fn value(self) -> Option<Decimal> {
        if self.under == Decimal::from(1) { Some(self.over) } else { self.over.checked_div(self.under) }
    }

    /// The quotient; `None` if `other` is nought.
    pub(in crate::model) fn divided_by(self, other: Self) -> Option<Decimal> {
        let over = self.over.checked_mul(other.under)?;
        let under = other.over.checked_mul(self.under)?;
        over.checked_div(under)
    }
}
