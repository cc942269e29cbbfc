//! The first answer of a page.

use serde::Serialize;

use super::badge::{Badge, NO_DATA};
use crate::render::view::phrase::Phrase;

/// The first answer of a page: the state, in a badge and at most two sentences.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Answer {
    pub(crate) class: &'static str,
    pub(crate) badges: Vec<Badge>,
    pub(crate) sentences: Vec<Phrase>,
    /// Further sentences from data, for which the answer has no room.
    pub(crate) rest: Vec<String>,
    /// Remarks on how the answer came about.
    pub(crate) notes: Vec<String>,
}

impl Answer {
    /// An editor's own words, else the first two sentences that are made from data: the most telling come first. The
    /// first badge gives the colour.
    pub(crate) fn new(badges: Vec<Badge>, summary: Option<Phrase>, mut statements: Vec<String>) -> Self {
        let class = badges.first().map_or(NO_DATA.0, |badge| badge.class);
        let rest = statements.split_off(if summary.is_some() { 0 } else { statements.len().min(2) });
        let sentences = summary.into_iter().chain(statements.into_iter().map(Phrase::from)).collect();
        Self { class, badges, sentences, rest, notes: Vec::new() }
    }

    /// All of it as one text.
    pub(crate) fn text(&self) -> String {
        let sentences: Vec<&str> = self.sentences.iter().map(Phrase::text).collect();
        sentences.join(" ")
    }
}

/// Summary of a page for search engines: the lead if there is one, else the answer.
pub(crate) fn description(lead: Option<&Phrase>, answer: &Answer) -> String {
    lead.map_or_else(|| answer.text(), |lead| lead.text().to_owned())
}
