//! Sums of money.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Lang;
use super::decimal::{Decimal, DecimalError, Doubt};
use super::scan::{ABOUT, LONGEST, Scanner};

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

/// What an amount is written to say about value added tax (D.P.R. 633/1972).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Vat {
    /// It is part of the amount: `IVA inclusa`.
    Included,
    /// It comes on top: `oltre IVA`.
    Excluded,
}

/// Every `Currency` is an active alphabetic code of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(&'static str);

/// Why words are not an amount.
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

/// Why two amounts have no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SumError {
    /// They are in two currencies.
    #[error("{0} and {1} do not add up")]
    Currencies(Currency, Currency),
    /// One is with value added tax and one without.
    #[error("amounts with and without VAT do not add up")]
    Vat,
    /// Their sum has more digits than an exact number can hold.
    #[error("the sum has too many digits")]
    TooLarge,
}

impl Amount {
    /// Reads `6.000.000,00 €`, `€ 10.000,00`, `EUR 10000`, `10 mila euro`, `1,5 milioni di euro`,
    /// `1,5 Mio. Euro`, `1.000 USD`, with figures as `lang` has them. Without a currency, euros are assumed. `circa` makes it
    /// approximate, and what is said of VAT is kept: `ca. 1,2 mld €`, `pari a euro 97.247 oltre IVA`.
    pub fn read(text: &str, lang: Lang) -> Result<Self, AmountError> {
        let mut words = Scanner::with_figures(text, lang);
        if words.rest().is_empty() {
            return Err(AmountError::Empty);
        }
        if text.len() > LONGEST {
            return Err(AmountError::Unreadable { written: text.trim().to_owned() });
        }
        words.skip(LEADS);
        let mut is_approximate = words.eat_any(ABOUT);
        let before = Currency::scan(&mut words);
        is_approximate |= words.eat_any(ABOUT);
        let unreadable = || AmountError::Unreadable { written: text.trim().to_owned() };
        let scanned = if before.is_some() { Decimal::scan_money(&mut words) } else { Decimal::scan(&mut words) };
        let number = scanned.ok_or_else(unreadable)??;
        let currency = match before {
            Some(currency) => Some(currency),
            None => {
                words.skip(OF);
                Currency::scan(&mut words)
            }
        };
        is_approximate |= words.eat_any(ABOUT);
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

    /// Whether the currency was not written.
    pub fn assumed_currency(self) -> bool {
        self.assumed_currency
    }

    /// Whether it was written as about so much.
    pub fn is_approximate(self) -> bool {
        self.is_approximate
    }

    /// What it was written to say about value added tax.
    pub fn vat(self) -> Option<Vat> {
        self.vat
    }

    /// The figure and its currency alone.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { is_approximate: false, vat: None, ..self }
    }

    /// Whether the figures may have meant another number.
    pub fn doubt(self) -> Option<Doubt> {
        self.doubt
    }

    /// All that it says, to be compared or hashed: two amounts are equal also where one of them says more.
    pub(crate) fn parts(self) -> (Decimal, &'static str, bool, bool, Option<Vat>, Option<Doubt>) {
        let Self { value, currency, assumed_currency, is_approximate, vat, doubt } = self;
        (value, currency.0, assumed_currency, is_approximate, vat, doubt)
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

    /// The amount in plain words, cents always said: `6.000.000,00 €` in Italian and
    /// German, `€6,000,000.00` in English; with what it was written to be about and with: `circa 100,00 € (IVA inclusa)`.
    /// The spaces are ordinary ones.
    pub fn words(self, lang: Lang) -> String {
        let figures = self.value.words(lang);
        let code = self.currency.code();
        let amount = match (lang, self.currency == Currency::EUR) {
            (Lang::It | Lang::De, true) => format!("{figures} €"),
            (Lang::It | Lang::De, false) => format!("{figures} {code}"),
            (Lang::En, true) => format!("€{figures}"),
            (Lang::En, false) => format!("{code} {figures}"),
        };
        let about = match lang {
            Lang::It => "circa ",
            Lang::En => "about ",
            Lang::De => "rund ",
        };
        let vat = self.vat.map(|vat| format!(" ({})", vat.words(lang))).unwrap_or_default();
        format!("{}{amount}{vat}", if self.is_approximate { about } else { "" })
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

    fn words(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Included, Lang::It) => "IVA inclusa",
            (Self::Excluded, Lang::It) => "IVA esclusa",
            (Self::Included, Lang::En) => "including VAT",
            (Self::Excluded, Lang::En) => "excluding VAT",
            (Self::Included, Lang::De) => "inkl. MwSt.",
            (Self::Excluded, Lang::De) => "zzgl. MwSt.",
        }
    }

    /// Takes what is said of the tax, its rate included: `IVA inclusa`, `(oltre IVA al 22%)`, `excl. VAT`.
    fn scan(words: &mut Scanner<'_>) -> Option<Self> {
        let mut ahead = *words;
        ahead.eat_char(&[',']);
        let is_bracketed = ahead.eat_char(&['(']).is_some();
        let before = ahead.find(BEFORE_VAT);
        if !ahead.eat_any(VAT) {
            return None;
        }
        let mut rate = ahead;
        rate.eat_any(&["al", "at", "von"]);
        if rate.figures().is_some() && rate.eat("%") {
            ahead = rate;
        }
        // It is said once, before the name or after it.
        let ((Some(vat), None) | (None, Some(vat))) = (before, ahead.find(AFTER_VAT)) else { return None };
        if vat == Self::Excluded {
            ahead.eat_any(&["nella misura di legge", "di legge", "se dovuta"]);
        }
        if is_bracketed {
            ahead.eat_char(&[')'])?;
        }
        *words = ahead;
        Some(vat)
    }
}

impl Currency {
    /// The euro.
    pub const EUR: Self = Self("EUR");

    /// The three capitals of ISO 4217.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Whether words go on with a currency.
    pub(super) fn follows(mut words: Scanner<'_>) -> bool {
        words.skip(OF);
        Self::scan(&mut words).is_some()
    }

    fn scan(words: &mut Scanner<'_>) -> Option<Self> {
        if words.eat_any(EURO) {
            return Some(Self::EUR);
        }
        if words.eat("$") {
            return Some(Self("USD"));
        }
        if words.eat("£") {
            return Some(Self("GBP"));
        }
        let code = words.rest().get(..3)?;
        let known = CODES[CODES.binary_search(&code).ok()?];
        words.eat(&known.to_ascii_lowercase()).then_some(Self(known))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Currency {
    /// As its code.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <&str>::deserialize(deserializer)?;
        let known = CODES.iter().find(|known| **known == code);
        known.map(|code| Self(code)).ok_or_else(|| serde::de::Error::custom("no currency"))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How the euro is written.
pub(super) const EURO: &[&str] = &["€.", "€", "euro", "eur"];

/// What stands between spoken figures and their currency.
const OF: &[&str] = &["di", "d'", "of"];

/// What stands before an amount and says nothing about it.
const LEADS: &[&str] = &[
    "per un importo complessivo di",
    "per un importo di",
    "per un importo pari a",
    "per complessivi",
    "importo complessivo di",
    "importo complessivo pari a",
    "importo di",
    "importo pari a",
    "pari ad",
    "pari a",
];

/// How value added tax is written.
const VAT: &[&str] = &["iva", "i.v.a.", "vat", "mwst.", "mwst", "mehrwertsteuer"];

/// What is said of the tax before its name.
const BEFORE_VAT: &[(&str, Vat)] = &[
    ("oltre all'", Vat::Excluded),
    ("oltre alla", Vat::Excluded),
    ("oltre ad", Vat::Excluded),
    ("oltre a", Vat::Excluded),
    ("oltre l'", Vat::Excluded),
    ("oltre", Vat::Excluded),
    ("piu", Vat::Excluded),
    ("+", Vat::Excluded),
    ("al netto dell'", Vat::Excluded),
    ("al netto di", Vat::Excluded),
    ("esclusa", Vat::Excluded),
    ("escluso", Vat::Excluded),
    ("senza", Vat::Excluded),
    ("excluding", Vat::Excluded),
    ("exclusive of", Vat::Excluded),
    ("excl.", Vat::Excluded),
    ("plus", Vat::Excluded),
    ("zuzüglich", Vat::Excluded),
    ("zzgl.", Vat::Excluded),
    ("zzgl", Vat::Excluded),
    ("exkl.", Vat::Excluded),
    ("ohne", Vat::Excluded),
    ("al lordo dell'", Vat::Included),
    ("al lordo di", Vat::Included),
    ("comprensivi di", Vat::Included),
    ("comprensivo di", Vat::Included),
    ("comprensiva di", Vat::Included),
    ("compresa", Vat::Included),
    ("inclusa", Vat::Included),
    ("con", Vat::Included),
    ("including", Vat::Included),
    ("inclusive of", Vat::Included),
    ("incl.", Vat::Included),
    ("inklusive", Vat::Included),
    ("einschließlich", Vat::Included),
    ("inkl.", Vat::Included),
    ("mit", Vat::Included),
];

/// What is said of the tax after its name.
const AFTER_VAT: &[(&str, Vat)] = &[
    ("esclusa", Vat::Excluded),
    ("escluso", Vat::Excluded),
    ("escl.", Vat::Excluded),
    ("escl", Vat::Excluded),
    ("excluded", Vat::Excluded),
    ("inclusa", Vat::Included),
    ("incluso", Vat::Included),
    ("compresa", Vat::Included),
    ("compreso", Vat::Included),
    ("incl.", Vat::Included),
    ("incl", Vat::Included),
    ("included", Vat::Included),
];

/// The active codes of ISO 4217 that are money, in alphabetical order.
const CODES: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BGN", "BHD", "BIF",
    "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CLP", "CNY", "COP", "CRC",
    "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS",
    "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD",
    "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL",
    "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD",
    "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD",
    "RUB", "RWF", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP",
    "SZL", "THB", "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VED",
    "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
];

#[cfg(test)]
mod tests;
