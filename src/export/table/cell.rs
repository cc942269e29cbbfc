//! Cells of a table.

use std::borrow::Cow;
use std::fmt::{self, Write};

use jiff::civil::Date;

use crate::catalogue::{Catalogue, NodeId, UnitId};
use crate::model::{Amount, Decimal, EdtfDate, Percent, Translated, Written};
use crate::site::{Route, Site};

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Integer(i64),
    Decimal(Decimal),
    Date(Date),
    /// The address of a page.
    Page(Route),
}

impl<'a> Cell<'a> {
    /// Appends the value as plain text.
    pub(super) fn print(&self, site: &Site, text: &mut String) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(words) => text.write_str(words),
            Self::Integer(number) => write!(text, "{number}"),
            Self::Decimal(number) => write!(text, "{number}"),
            Self::Date(date) => write!(text, "{date}"),
            Self::Page(route) => write!(text, "{}{}", site.settings.base.as_str(), site.address(site.page(*route))),
        }
    }

    /// Words. Empty words are an empty cell, so that CSV and JSON agree.
    fn text(words: impl Into<Cow<'a, str>>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Text(words) }
    }

    pub(super) fn of<T>(value: Option<T>) -> Self
    where
        Self: From<T>,
    {
        value.map_or(Self::Empty, Self::from)
    }

    pub(super) fn count(number: usize) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// A place in a list, from 1.
    pub(super) fn place(index: usize) -> Self {
        Self::count(index + 1)
    }

    pub(super) fn written<T>(written: Option<&'a Written<T>>) -> Self {
        Self::of(written.map(Written::text))
    }

    pub(super) fn edtf(written: Option<&Written<Option<EdtfDate>>>) -> Self {
        Self::of(written.and_then(|date| Some(date.read()?.to_string())))
    }

    pub(super) fn earliest(written: Option<&Written<Option<EdtfDate>>>) -> Self {
        Self::of(written.and_then(|date| date.read()?.earliest()))
    }

    pub(super) fn latest(written: Option<&Written<Option<EdtfDate>>>) -> Self {
        Self::of(written.and_then(|date| date.read()?.latest()))
    }

    pub(super) fn percent(written: Option<&Written<Option<Percent>>>) -> Self {
        Self::of(written.and_then(|part| Some(part.read()?.value())))
    }

    pub(super) fn amount(written: Option<&Written<Option<Amount>>>) -> Self {
        Self::of(written.and_then(|amount| Some(amount.read()?.value())))
    }

    /// `yes` or `no`; empty if the amount can't be read.
    pub(super) fn approximate(written: Option<&Written<Option<Amount>>>) -> Self {
        Self::of(written.and_then(|amount| Some(if amount.read()?.is_approximate() { "yes" } else { "no" })))
    }

    pub(super) fn vat(written: Option<&Written<Option<Amount>>>) -> Self {
        Self::of(written.and_then(|amount| Some(amount.read()?.vat()?.key())))
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(words: &'a str) -> Self {
        Self::text(words)
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(words: &'a String) -> Self {
        Self::text(words.as_str())
    }
}

impl From<String> for Cell<'_> {
    fn from(words: String) -> Self {
        Self::text(words)
    }
}

impl From<Decimal> for Cell<'_> {
    fn from(number: Decimal) -> Self {
        Self::Decimal(number)
    }
}

impl<'a> From<&'a Translated<String>> for Cell<'a> {
    /// The words in the site's first language.
    fn from(text: &'a Translated<String>) -> Self {
        Self::from(&**text)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

/// The id of the administration that a unit belongs to.
pub(super) fn administration(catalogue: &Catalogue, unit: UnitId) -> Cell<'_> {
    Cell::from(&catalogue[catalogue.administration(unit)].id)
}

/// Several codes in one cell.
pub(super) fn codes<C: AsRef<str>>(codes: impl Iterator<Item = C>) -> Cell<'static> {
    let mut text = String::new();
    for code in codes {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(code.as_ref());
    }
    Cell::from(text)
}

/// Plan nodes, each with its plan: codes are unique in their plan only.
pub(super) fn nodes(catalogue: &Catalogue, nodes: &[NodeId]) -> Cell<'static> {
    codes(
        nodes
            .iter()
            .map(|id| format!("{}:{}", catalogue[catalogue[*id].plan].slug, catalogue[*id].code)),
    )
}
