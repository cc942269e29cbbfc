//! Currencies, and the words for them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::language::phrases::lists;
use crate::model::scan::Scanner;

/// Every `Currency` is an active alphabetic code of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub(super) &'static str);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self("EUR");

    /// The three capitals of ISO 4217.
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// True if words go on with a currency.
    pub(in crate::model) fn follows(mut words: Scanner<'_>) -> bool {
        words.skip(&OF);
        Self::scan(&mut words).is_some()
    }

    pub(super) fn scan(words: &mut Scanner<'_>) -> Option<Self> {
        if words.eat_any(&EURO) {
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

lists! {
    /// Signs and words for the euro.
    pub(in crate::model) EURO = ["€.", "€", "eur"], amounts.euros;
    /// Words between spoken figures and their currency.
    pub(in crate::model) OF = [], amounts.joints;
}

/// The active codes of ISO 4217 that are money, in alphabetical order.
pub(super) const CODES: &[&str] = &[
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
