//! Facts: a label and its value, as rows of a description list.

use serde::Serialize;

use super::date::When;
use super::money::Money;
use crate::model::Written;
use crate::render::view::phrase::Phrase;

/// A label and its value, in one of several forms.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Fact {
    pub(crate) label: Phrase,
    pub(crate) text: Phrase,
    pub(crate) href: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) money: Option<Money>,
    pub(crate) when: Option<When>,
    pub(crate) big: bool,
    pub(crate) notes: Vec<Phrase>,
}

impl Fact {
    pub(crate) fn new(label: impl Into<Phrase>, text: impl Into<Phrase>) -> Self {
        Self { label: label.into(), text: text.into(), ..Self::default() }
    }

    pub(crate) fn when(label: impl Into<Phrase>, when: When) -> Self {
        Self { label: label.into(), when: Some(when), ..Self::default() }
    }

    pub(crate) fn money(label: impl Into<Phrase>, money: Money) -> Self {
        Self { label: label.into(), money: Some(money), ..Self::default() }
    }

    /// A web address under its name; words that are no address are shown as they are written.
    pub(crate) fn address(label: String, url: &Written<Option<String>>, name: impl Into<Phrase>) -> Self {
        match url.read() {
            Some(address) => Self::new(label, name).with_url(address),
            None => Self::new(label, url.text().to_owned()),
        }
    }

    pub(crate) fn with_href(mut self, href: String) -> Self {
        self.href = Some(href);
        self
    }

    pub(crate) fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    pub(crate) fn with_note(mut self, note: impl Into<Phrase>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(crate) fn big(mut self) -> Self {
        self.big = true;
        self
    }
}
