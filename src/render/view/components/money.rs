//! Sums of money in words and for machines.

use serde::Serialize;

use crate::model::{Amount, Written};
use crate::render::view::context::PageContext;
use crate::site::Budget;

/// A sum of money: exact for machines, with cents in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Money {
    /// `None` if the words can't be read.
    pub(crate) value: Option<String>,
    pub(crate) words: String,
}

impl Money {
    pub(crate) fn of(cx: &PageContext<'_>, amount: Amount) -> Self {
        Self { value: Some(amount.value().to_string()), words: money_words(cx, amount) }
    }

    /// An amount as it is written, if it can't be read.
    pub(crate) fn written(cx: &PageContext<'_>, written: &Written<Option<Amount>>) -> Self {
        match written.read() {
            Some(amount) => Self::of(cx, *amount),
            None => Self { value: None, words: written.text().to_owned() },
        }
    }
}

/// An amount in words, whose figure and currency never part over two lines.
pub(crate) fn money_words(cx: &PageContext<'_>, amount: Amount) -> String {
    let words = amount.words(cx.lang());
    let bare = amount.bare().words(cx.lang());
    words.replace(&bare, &bare.replace(' ', "\u{a0}"))
}

/// Notes on the projects that a sum leaves out.
pub(crate) fn omissions(cx: &PageContext<'_>, budget: Budget) -> Vec<String> {
    let without_amount = (budget.silent > 0).then(|| cx.format("prj.shares_missing", &[("n", budget.silent.into())]));
    let cancelled = (budget.cancelled > 0).then(|| cx.word("prj.shares_cancelled"));
    without_amount.into_iter().chain(cancelled).collect()
}
