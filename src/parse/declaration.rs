//! Declaration of a field: all that the reader, the schema, editors and the reference of fields know of a key.

use crate::model::Lang;
use serde_json::Value as Json;

/// A key of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Name in data and documentation.
    pub(crate) name: &'static str,
    /// Other names that editors write: the Italian words of the sheets.
    pub(crate) also: &'static [&'static str],
    /// True if a record without it is a mistake.
    pub(crate) required: bool,
    /// Description in Italian.
    pub(crate) it: &'static str,
    /// Description in English.
    pub(crate) en: &'static str,
    /// Kind of its value.
    pub(crate) holds: Holds,
    /// JSON Schema of its value.
    pub(crate) schema: fn() -> Json,
    /// Fields of the record that it holds, or of each of its list's; none if it holds no record.
    pub(crate) within: &'static [Self],
}

/// Kind of value that a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A text.
    Text,
    /// Yes or no.
    YesNo,
    /// A small whole number.
    Count,
    /// A year of four figures.
    Year,
    /// A year, or a first and a last one.
    Years,
    /// A date, a part of time, or one of its ends.
    Date,
    /// One day.
    Day,
    /// A share from 0 to 100.
    Percent,
    /// Money.
    Amount,
    /// A target or its outcome.
    Target,
    /// The name of another record.
    Reference,
    /// A code that an authority gives, such as a CUP.
    Identifier,
    /// A web address, a page or a file of the site.
    Link,
    /// An absolute web address.
    WebAddress,
    /// A colour in hexadecimal figures.
    Colour,
    /// One word of those in its schema.
    Word,
    /// A record of the fields within.
    Record,
    /// A value for each key, which is no field's name.
    Keyed(&'static Self),
    /// One value, or a record of the fields within.
    ValueOrRecord(&'static Self),
    /// A list.
    List(&'static Self),
    /// Anything.
    Free,
}

/// A value that `vetro read` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quantity {
    /// A target or its outcome.
    Target,
    /// A date or a part of time.
    Date,
    /// Money.
    Amount,
}

impl Field {
    /// The key by which the editors of a site in a language write it.
    pub(crate) fn key(&self, lang: Lang) -> &'static str {
        lang.for_editors(self.also.first().copied().unwrap_or(self.name), self.name)
    }

    /// Description, for the editors of a site in a language.
    pub(crate) fn about(&self, lang: Lang) -> &'static str {
        lang.for_editors(self.it, self.en)
    }

    /// True if a written key is this one's, by any of its names.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.name == key || self.also.contains(&key)
    }
}

impl Holds {
    /// Quantity as which words of this kind are read; `None` if they are only words.
    pub(crate) fn quantity(self) -> Option<Quantity> {
        match self {
            Self::Target => Some(Quantity::Target),
            Self::Date | Self::Day => Some(Quantity::Date),
            Self::Amount => Some(Quantity::Amount),
            Self::List(of) | Self::ValueOrRecord(of) => of.quantity(),
            _ => None,
        }
    }
}
