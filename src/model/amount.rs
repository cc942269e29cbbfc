//! Sums of money.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::Lang;
use super::decimal::{Decimal, DecimalError, Doubt};
use super::scan::Scanner;

/// Every `Amount` is exact, in a currency of ISO 4217, and has at least two decimals.
///
/// Two amounts are equal when value and currency are.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Amount {
    value: Decimal,
    currency: Currency,
    assumed_currency: bool,
    doubt: Option<Doubt>,
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
    /// Their sum has more digits than an exact number can hold.
    #[error("the sum has too many digits")]
    TooLarge,
}

impl Amount {
    /// Reads `6.000.000,00 €`, `€ 10.000,00`, `EUR 10000`, `10 mila euro`, `1,5 milioni di euro`,
    /// `1,5 Mio. Euro`, `1.000 USD`, with figures as `lang` has them. Without a currency, euros are assumed.
    pub fn read(text: &str, lang: Lang) -> Result<Self, AmountError> {
        let mut words = Scanner::with_figures(text, lang);
        if words.rest().is_empty() {
            return Err(AmountError::Empty);
        }
        let before = Currency::scan(&mut words);
        let unreadable = || AmountError::Unreadable { written: text.trim().to_owned() };
        let number = Decimal::scan(&mut words).ok_or_else(unreadable)??;
        let currency = match before {
            Some(currency) => Some(currency),
            None => {
                words.skip(&["di", "d'", "of"]);
                Currency::scan(&mut words)
            }
        };
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

    /// Whether the figures may have meant another number.
    pub fn doubt(self) -> Option<Doubt> {
        self.doubt
    }

    /// The exact sum of two amounts in one currency; its currency is assumed if one of theirs is.
    pub fn checked_add(self, other: Self) -> Result<Self, SumError> {
        if self.currency != other.currency {
            return Err(SumError::Currencies(self.currency, other.currency));
        }
        Ok(Self {
            value: self.value.checked_add(other.value).ok_or(SumError::TooLarge)?,
            currency: self.currency,
            assumed_currency: self.assumed_currency || other.assumed_currency,
            doubt: self.doubt.max(other.doubt),
        })
    }

    /// The amount in plain words, cents always said: `6.000.000,00 €` in Italian and
    /// German, `€6,000,000.00` in English. The space is an ordinary one.
    pub fn words(self, lang: Lang) -> String {
        let figures = self.value.words(lang);
        let code = self.currency.code();
        match (lang, self.currency == Currency::EUR) {
            (Lang::It | Lang::De, true) => format!("{figures} €"),
            (Lang::It | Lang::De, false) => format!("{figures} {code}"),
            (Lang::En, true) => format!("€{figures}"),
            (Lang::En, false) => format!("{code} {figures}"),
        }
    }
}

impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        (self.value, self.currency) == (other.value, other.currency)
    }
}

impl Eq for Amount {}

impl Currency {
    /// The euro.
    pub const EUR: Self = Self("EUR");

    /// The three capitals of ISO 4217.
    pub const fn code(self) -> &'static str {
        self.0
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
mod tests {
    use proptest::prelude::*;

    use super::super::decimal::tests::any_decimal;
    use super::*;

    #[test]
    fn every_way_of_writing_an_amount_is_read() {
        for (written, value, currency, assumed) in [
            ("6.000.000,00 €", "6000000.00", "EUR", false),
            ("6.000.000,00€", "6000000.00", "EUR", false),
            ("6.000.000,00\u{A0}€ ", "6000000.00", "EUR", false),
            ("€ 10.000,00", "10000.00", "EUR", false),
            ("€. 10.000,00", "10000.00", "EUR", false),
            ("Euro 10.000", "10000.00", "EUR", false),
            ("EUR 10000", "10000.00", "EUR", false),
            ("10000 eur", "10000.00", "EUR", false),
            ("10 mila euro", "10000.00", "EUR", false),
            ("1,5 milioni di euro", "1500000.00", "EUR", false),
            ("€ 1,25 mln", "1250000.00", "EUR", false),
            ("2 million euro", "2000000.00", "EUR", false),
            ("1,5 Millionen Euro", "1500000.00", "EUR", false),
            ("1,25 Mio. €", "1250000.00", "EUR", false),
            ("20 Tsd. Euro", "20000.00", "EUR", false),
            ("5.668.337,50", "5668337.50", "EUR", true),
            ("5668337,50", "5668337.50", "EUR", true),
            ("€6,000,000.00", "6000000.00", "EUR", false),
            ("1.000 USD", "1000.00", "USD", false),
            ("CHF 1'000.50", "1000.50", "CHF", false),
            ("$ 20", "20.00", "USD", false),
            ("0,125 €", "0.125", "EUR", false),
            ("\u{2212}5 €", "-5.00", "EUR", false),
        ] {
            let amount = Amount::read(written, Lang::It).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(amount.value().to_string(), value, "{written}");
            assert_eq!(amount.currency().code(), currency, "{written}");
            assert_eq!(amount.assumed_currency(), assumed, "{written}");
            assert_ne!(amount.doubt(), Some(Doubt::Mark), "{written}");
        }
        assert_eq!(Amount::read("12.50 €", Lang::It).unwrap().doubt(), Some(Doubt::Mark));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        assert_eq!(Amount::read("  ", Lang::It), Err(AmountError::Empty));
        for written in ["da definire", "10.000,00 € oltre IVA", "circa 100", "€", "10 €/mese"] {
            assert!(matches!(Amount::read(written, Lang::It), Err(AmountError::Unreadable { .. })), "{written}");
        }
        assert_eq!(Amount::read("10 ORE", Lang::It), Err(AmountError::UnknownCurrency { code: "ORE".into() }));
        assert!(matches!(
            Amount::read("6.00.000,00 €", Lang::It),
            Err(AmountError::Number(DecimalError::Grouping { .. }))
        ));
        let most = "79228162514264337593543950335";
        for written in [most.to_owned(), format!("{most} milioni")] {
            assert!(
                matches!(Amount::read(&written, Lang::It), Err(AmountError::Number(DecimalError::TooLarge { .. }))),
                "{written}"
            );
        }
    }

    #[test]
    fn words_always_say_the_cents() {
        for (written, italian, english) in [
            ("6.000.000,00 €", "6.000.000,00 €", "€6,000,000.00"),
            ("1000", "1.000,00 €", "€1,000.00"),
            ("USD 20,5", "20,50 USD", "USD 20.50"),
        ] {
            let amount = Amount::read(written, Lang::It).unwrap();
            assert_eq!(amount.words(Lang::It), italian);
            assert_eq!(amount.words(Lang::En), english);
            assert_eq!(amount.words(Lang::De), italian, "Germans write amounts as Italians do");
        }
    }

    #[test]
    fn amounts_add_up_in_one_currency_only() {
        let amount = |text| Amount::read(text, Lang::It).unwrap();
        // The five projects of Catania's axis 3.
        let total = ["6.000.000,00 €", "4.000.000,00 €", "4.400.000,00 €", "5.668.337,50"]
            .into_iter()
            .map(amount)
            .try_fold(amount("1.100.000,00 €"), Amount::checked_add)
            .unwrap();
        assert_eq!(total.words(Lang::It), "21.168.337,50 €");
        assert!(total.assumed_currency());
        assert_eq!(
            amount("1 €").checked_add(amount("1 CHF")),
            Err(SumError::Currencies(Currency::EUR, Currency("CHF")))
        );
        let most = amount("792281625142643375935439503,35 €");
        assert_eq!(most.checked_add(most), Err(SumError::TooLarge));
    }

    #[test]
    fn the_codes_are_in_the_order_that_they_are_searched_in() {
        assert!(CODES.is_sorted());
    }

    proptest! {
        #[test]
        fn printed_amounts_are_read_back(number in any_decimal(), code in prop::sample::select(CODES)) {
            let Some(value) = number.with_decimals(2) else { return Ok(()) };
            let amount = Amount { value, currency: Currency(code), assumed_currency: false, doubt: None };
            prop_assert_eq!(Amount::read(&amount.words(Lang::It), Lang::It), Ok(amount));
            prop_assert_eq!(Amount::read(&amount.words(Lang::De), Lang::De), Ok(amount));
            prop_assert_eq!(Amount::read(&amount.words(Lang::En), Lang::En), Ok(amount));
        }

        #[test]
        fn no_text_makes_the_reader_panic(
            text in "\\PC*",
            amounts in "(€|EUR|USD|[0-9.,' -]|mila|milioni|Mio\\.| di |euro|\u{A0}){0,12}",
        ) {
            let _ = Amount::read(&text, Lang::It);
            let _ = Amount::read(&amounts, Lang::It);
        }
    }
}
