//! Sums of money.

mod currency;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Lang;
use super::decimal::{Decimal, DecimalError, Doubt};
use super::language::phrases::{Table, lists, table};
use super::scan::{ABOUT, LONGEST, Scanner};

pub use currency::Currency;
pub(super) use currency::{EURO, OF};

/// Every `Amount` is exact, in a currency of ISO 4217, and has at least two decimals.
///
/// Two amounts are equal when value and currency are.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Amount {
    value: Decimal,
    currency: Currency,
    assumed_currency: bool,
    is_approximate: bool,
    vat: Option<Vat>,
    doubt: Option<Doubt>,
}

/// Value added tax of an amount, as it is written (D.P.R. 633/1972).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Vat {
    /// Part of the amount: `IVA inclusa`.
    Included,
    /// On top of the amount: `oltre IVA`.
    Excluded,
}

/// Error of words that are not an amount.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Nothing was written.
    #[error("there is no amount")]
    Empty,
    /// The text is something else than figures and a currency.
    #[error("`{written}` is not an amount")]
    Unreadable {
        /// The text.
        written: String,
    },
    /// Three capitals beside the figures that are no currency.
    #[error("`{code}` is not a currency")]
    UnknownCurrency {
        /// The three capitals.
        code: String,
    },
    /// The figures are not a number.
    #[error(transparent)]
    Number(#[from] DecimalError),
}

/// Error of two amounts that have no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SumError {
    /// Amounts in two currencies.
    #[error("{0} and {1} do not add up")]
    Currencies(Currency, Currency),
    /// One is with value added tax and one without.
    #[error("amounts with and without VAT do not add up")]
    Vat,
    /// A sum with more digits than an exact number can hold.
    #[error("the sum has too many digits")]
    TooLarge,
}

impl Amount {
    /// Reads `6.000.000,00 €`, `€ 10.000,00`, `EUR 10000`, `10 mila euro`, `1,5 milioni di euro`,
    /// `1,5 Mio. Euro`, `1.000 USD`, with figures as `lang` has them. Without a currency, euros are assumed. `circa` makes it
    /// approximate, and words about VAT are kept: `ca. 1,2 mld €`, `pari a euro 97.247 oltre IVA`.
    pub fn read(text: &str, lang: Lang) -> Result<Self, AmountError> {
        let mut words = Scanner::with_figures(text, lang);
        if words.rest().is_empty() {
            return Err(AmountError::Empty);
        }
        if text.len() > LONGEST {
            return Err(AmountError::Unreadable { written: text.trim().to_owned() });
        }
        words.skip(&LEADS);
        let mut is_approximate = words.eat_any(&ABOUT);
        let before = Currency::scan(&mut words);
        is_approximate |= words.eat_any(&ABOUT);
        let unreadable = || AmountError::Unreadable { written: text.trim().to_owned() };
        let scanned = if before.is_some() { Decimal::scan_money(&mut words) } else { Decimal::scan(&mut words) };
        let number = scanned.ok_or_else(unreadable)??;
        let currency = match before {
            Some(currency) => Some(currency),
            None => {
                words.skip(&OF);
                Currency::scan(&mut words)
            }
        };
        is_approximate |= words.eat_any(&ABOUT);
        let vat = Vat::scan(&mut words);
        if !words.is_done() {
            let rest = words.rest();
            return Err(if rest.len() == 3 && rest.bytes().all(|byte| byte.is_ascii_uppercase()) {
                AmountError::UnknownCurrency { code: rest.to_owned() }
            } else {
                unreadable()
            });
        }
        let value = number
            .value
            .with_decimals(2)
            .ok_or_else(|| DecimalError::TooLarge { written: text.trim().to_owned() })?;
        Ok(Self {
            value,
            currency: currency.unwrap_or(Currency::EUR),
            assumed_currency: currency.is_none(),
            is_approximate,
            vat,
            doubt: number.doubt,
        })
    }

    /// The figure, in units of the currency, with at least two decimals.
    pub fn value(self) -> Decimal {
        self.value
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// True if the currency was not written.
    pub fn assumed_currency(self) -> bool {
        self.assumed_currency
    }

    /// True if it was written as about so much.
    pub fn is_approximate(self) -> bool {
        self.is_approximate
    }

    /// Value added tax, if it was mentioned.
    pub fn vat(self) -> Option<Vat> {
        self.vat
    }

    /// The figure and its currency alone.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { is_approximate: false, vat: None, ..self }
    }

    /// Doubt about the figures, if they may have meant another number.
    pub(crate) fn doubt(self) -> Option<Doubt> {
        self.doubt
    }

    /// All its parts, to be compared or hashed: two amounts are equal even if only one of them is about VAT.
    pub(crate) fn parts(self) -> (Decimal, &'static str, bool, bool, Option<Vat>, Option<Doubt>) {
        let Self { value, currency, assumed_currency, is_approximate, vat, doubt } = self;
        (value, currency.code(), assumed_currency, is_approximate, vat, doubt)
    }

    /// The exact sum of two amounts in one currency; its currency is assumed if one of theirs is, and so it is approximate.
    /// There is none of one with VAT and one without.
    pub fn checked_add(self, other: Self) -> Result<Self, SumError> {
        if self.currency != other.currency {
            return Err(SumError::Currencies(self.currency, other.currency));
        }
        if let (Some(vat), Some(other)) = (self.vat, other.vat)
            && vat != other
        {
            return Err(SumError::Vat);
        }
        Ok(Self {
            value: self.value.checked_add(other.value).ok_or(SumError::TooLarge)?,
            currency: self.currency,
            assumed_currency: self.assumed_currency || other.assumed_currency,
            is_approximate: self.is_approximate || other.is_approximate,
            vat: self.vat.filter(|_| self.vat == other.vat),
            doubt: self.doubt.max(other.doubt),
        })
    }

    /// The amount in plain words, cents always written: `6.000.000,00 €` in Italian and
    /// German, `€6,000,000.00` in English; with what it was written to be about and with: `circa 100,00 € (IVA inclusa)`.
    /// The spaces are ordinary ones.
    pub fn words(self, lang: Lang) -> String {
        let figures = self.value.words(lang);
        let words = &lang.language().amounts;
        let amount = if self.currency == Currency::EUR {
            in_euros(&figures, lang)
        } else if words.has_code_first {
            format!("{} {figures}", self.currency)
        } else {
            format!("{figures} {}", self.currency)
        };
        let about = if self.is_approximate { words.about } else { "" };
        let vat = self.vat.map(|vat| format!(" ({})", words.vat[vat as usize])).unwrap_or_default();
        format!("{about}{amount}{vat}")
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        (self.value, self.currency) == (other.value, other.currency)
    }
}

impl Eq for Amount {}

impl Vat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Included, Self::Excluded];

    /// The word in data: `included`, `excluded`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Included => "included",
            Self::Excluded => "excluded",
        }
    }

    /// Takes words about the tax, its rate included: `IVA inclusa`, `(oltre IVA al 22%)`, `excl. VAT`.
    fn scan(words: &mut Scanner<'_>) -> Option<Self> {
        let mut ahead = *words;
        ahead.eat_char(&[',']);
        let is_bracketed = ahead.eat_char(&['(']).is_some();
        let before = ahead.find(&BEFORE_VAT);
        if !ahead.eat_any(&VAT) {
            return None;
        }
        let mut rate = ahead;
        rate.eat_any(&VAT_RATES);
        if rate.figures().is_some() && rate.eat("%") {
            ahead = rate;
        }
        // One word includes or excludes it, before the name or after it.
        let ((Some(vat), None) | (None, Some(vat))) = (before, ahead.find(&AFTER_VAT)) else { return None };
        if vat == Self::Excluded {
            ahead.eat_any(&VAT_ENDS);
        }
        if is_bracketed {
            ahead.eat_char(&[')'])?;
        }
        *words = ahead;
        Some(vat)
    }
}

/// A figure with the sign of the euro.
pub(super) fn in_euros(figures: &str, lang: Lang) -> String {
    let [before, after] = lang.language().amounts.euro;
    format!("{before}{figures}{after}")
}

lists! {
    /// Words before an amount that say nothing about it.
    LEADS = [], amounts.leads;
    /// Names of value added tax.
    VAT = [], amounts.vat_names;
    /// Words before the rate of the tax.
    VAT_RATES = [], amounts.vat_rates;
    /// Words after an excluded tax that say nothing more.
    VAT_ENDS = [], amounts.vat_ends;
}

/// Words before the name of the tax.
static BEFORE_VAT: Table<Vat> = LazyLock::new(|| {
    table(
        &[(Vat::Excluded, &["+"])],
        &[
            (Vat::Excluded, |language| language.amounts.without_vat),
            (Vat::Included, |language| language.amounts.with_vat),
        ],
    )
});

/// Words after the name of the tax.
static AFTER_VAT: Table<Vat> = LazyLock::new(|| {
    table(
        &[],
        &[
            (Vat::Excluded, |language| language.amounts.vat_excluded),
            (Vat::Included, |language| language.amounts.vat_included),
        ],
    )
});

#[cfg(test)]
mod tests;
