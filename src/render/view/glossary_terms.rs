//! Words to know: the glossary's explanations of terms in a page's texts.

use std::borrow::Cow;

use serde::Serialize;

use super::PageContext;
use super::chain::Step;
use crate::render::markdown;
use crate::site::{Page, Route, slug};

/// The terms that a page uses, at least one.
#[derive(Serialize)]
pub(super) struct GlossaryTerms {
    terms: Vec<Term>,
    /// Address of the page that explains all terms.
    href: String,
}

#[derive(Serialize)]
struct Term {
    title: String,
    text: String,
}

impl GlossaryTerms {
    /// Returns `None` if the texts use no term.
    pub(super) fn of(cx: &PageContext<'_>, texts: &[Cow<'_, str>]) -> Option<Self> {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let found = cx.site.glossary(cx.lang())?.find(&texts);
        let page = found.first()?.page;
        let terms = found.into_iter().map(|term| {
            let from = Page { route: Route::Free(term.page), ..cx.at };
            let prefix = format!("word-{}-", slug(&term.title));
            let text = markdown::html(cx.site, from, &term.text, markdown::Links::Elsewhere(cx.root), 2, &prefix);
            Term { title: term.title.clone(), text }
        });
        Some(Self { terms: terms.collect(), href: cx.href(Route::Free(page)) })
    }
}

/// The words of chains: the kinds of plans and the titles of nodes, but not the names of levels, of which an “Obiettivo
/// strategico” is no objective of a year.
pub(super) fn chain_words(chains: &[Vec<Step>]) -> impl Iterator<Item = &str> {
    let kinds = chains.iter().filter_map(|chain| Some(chain.first()?.level.text()));
    kinds.chain(chains.iter().flatten().flat_map(|step| step.nodes.iter().map(|node| node.title.text())))
}

/// The words of a text's HTML without its tags.
pub(super) fn visible_text(html: &str) -> Cow<'static, str> {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
    Cow::Owned(pieces.collect::<Vec<_>>().join(" "))
}
