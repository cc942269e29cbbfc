//! Editors' Markdown as HTML: links go to pages and files of the site, headings come below the page's own, nothing does
//! harm.

mod clean;
mod escape;
mod links;
mod notes;
mod numbers;
mod writer;

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Event, HeadingLevel};

use self::links::LinkTargets;
use crate::model::Markdown;
use crate::site::{MarkdownEvents, Page, Site, outline};
pub(crate) use links::Links;

/// The HTML of a text on the page `from`, safe to put there as it is.
///
/// The text's highest headings are `h2` where `shift` is 1, `h3` where it is 2, and so on; no level is skipped on the way
/// down and none is below `h6`. Ids (of headings and notes) begin with `prefix` and are unique in the text, so two texts of
/// one page have two prefixes. A link that leads nowhere is left as its words: the site's report names it.
///
/// HTML that the editor wrote is sanitised together with the text around it. If there is none, the output holds only
/// tags and attributes of this writer, every text and address in it escaped, and every address one to which [`Site::link`]
/// lets a page lead: then there is nothing to take away, and most texts are spared the time. HTML that opens more than a
/// thousand elements in each other is shown as text.
pub(crate) fn html(site: &Site, from: Page, text: &Markdown, links: Links<'_>, shift: u8, prefix: &str) -> String {
    let text = text.text();
    let mut read = MarkdownEvents::of(&text);
    let mut is_sanitised = read
        .events
        .iter()
        .any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    if is_sanitised && clean::depth(&read.events) > clean::MAX_DEPTH {
        is_sanitised = false;
        for (event, _) in &mut read.events {
            if let Event::Html(html) | Event::InlineHtml(html) = event {
                *event = Event::Text(std::mem::replace(html, "".into()));
            }
        }
    }
    write(read, &LinkTargets { site, from, links, prefix, is_sanitised }, shift)
}

/// The ids and titles of a text's `h2`s if it is written with a `shift` of 1 and no prefix, in their order.
pub(crate) fn headings(text: &Markdown) -> Vec<(String, String)> {
    let text = text.text();
    let (headings, _) = outline(&MarkdownEvents::of(&text).events, 1);
    headings
        .into_iter()
        .filter(|heading| heading.level == HeadingLevel::H2 && !heading.title.is_empty())
        .map(|heading| (heading.id, heading.title))
        .collect()
}

fn write(read: MarkdownEvents<'_>, targets: &LinkTargets<'_>, shift: u8) -> String {
    let (headings, mut ids) = outline(&read.events, shift);
    let (body, notes) = writer::rewrite(read, targets, headings, &ids);
    let events = notes::append(body, notes, targets, &mut ids);
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    if targets.is_sanitised { clean::clean(&html, targets, ids) } else { html }
}

#[cfg(test)]
mod tests;
