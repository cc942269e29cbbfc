//! Headings of a text, and the places in it that links can lead to.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::html::TagScanner;
use super::slug::slug;
use crate::model::composed;

/// Names of which each is given once.
#[derive(Debug, Default)]
pub(crate) struct UniqueNames(HashMap<String, usize>);

impl UniqueNames {
    /// The name, or else the name with a number from 2 on that makes it another.
    pub(crate) fn take(&mut self, wanted: &str, before_number: &str) -> String {
        let mut name = wanted.to_owned();
        while self.has(&name) {
            // The last number is kept, so that a thousand equal names don't each try all before them.
            let last = self.0.entry(wanted.to_owned()).or_insert(1);
            *last += 1;
            name = format!("{wanted}{before_number}{last}");
        }
        self.0.insert(name.clone(), 1);
        name
    }

    /// True if the name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Every name.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The name that a link's place means: itself, or the one that a heading with these words has.
    pub(crate) fn find(&self, place: &str) -> Option<&str> {
        let found = |name: &str| self.0.get_key_value(name).map(|(name, _)| name.as_str());
        let decoded = percent_encoding::percent_decode_str(place).decode_utf8().ok()?;
        found(place).or_else(|| found(&composed(&decoded))).or_else(|| found(&slug(&decoded)))
    }
}

/// A heading as it is written.
#[derive(Debug)]
pub(crate) struct Heading {
    /// Level on the page.
    pub(crate) level: HeadingLevel,
    /// The place that it is.
    pub(crate) id: String,
    /// Words; a heading without any is left out of the page.
    pub(crate) title: String,
}

/// The headings of a text below those of its page, and the names of all places in it, those of its HTML among them.
///
/// The highest heading is `shift` levels below the page's title. No level is skipped on the way down, and none is below
/// `h6`.
pub(crate) fn outline(events: &[(Event<'_>, Range<usize>)], shift: u8) -> (Vec<Heading>, UniqueNames) {
    let found = found(events);
    // Names that editors chose come first: they are linked to.
    let mut ids = chosen_in_html(events);
    let chosen: Vec<Option<String>> =
        found.iter().map(|heading| heading.id.map(|id| ids.take(&composed(id), "-"))).collect();
    let top = found
        .iter()
        .filter(|heading| !heading.title.trim().is_empty())
        .map(|heading| heading.level)
        .min();
    let mut last = usize::from(shift);
    let headings = found
        .into_iter()
        .zip(chosen)
        .map(|(WrittenHeading { level, title, .. }, chosen)| {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let id = chosen.unwrap_or_else(|| {
                let slug = slug(&title);
                ids.take(if slug.is_empty() { "section" } else { &slug }, "-")
            });
            let level = (level.saturating_sub(top.unwrap_or(1)) + 1 + usize::from(shift)).min(last + 1).min(6);
            if !title.is_empty() {
                last = level;
            }
            Heading { level: HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6), id, title }
        })
        .collect();
    (headings, ids)
}

/// The places that a text's HTML names.
fn chosen_in_html(events: &[(Event<'_>, Range<usize>)]) -> UniqueNames {
    let mut ids = UniqueNames::default();
    let mut scan = TagScanner::default();
    for (event, _) in events {
        let (Event::Html(html) | Event::InlineHtml(html)) = event else { continue };
        for tag in scan.tags(html) {
            if let Some(anchor) = tag.anchor() {
                ids.0.entry(composed(&anchor.value).into_owned()).or_insert(1);
            }
        }
    }
    ids
}

/// A heading as the editor wrote it.
struct WrittenHeading<'e> {
    level: usize,
    id: Option<&'e str>,
    title: String,
}

fn found<'e>(events: &'e [(Event<'_>, Range<usize>)]) -> Vec<WrittenHeading<'e>> {
    let mut found: Vec<WrittenHeading<'_>> = Vec::new();
    let mut inside = false;
    for (event, _) in events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                found.push(WrittenHeading { level: *level as usize, id: id.as_deref(), title: String::new() });
                inside = true;
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            event => {
                if let Some(heading) = found.last_mut().filter(|_| inside) {
                    heading.title.push_str(words(event));
                }
            }
        }
    }
    found
}

/// The words of an event that a reader reads.
pub(crate) fn words<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(words) | Event::Code(words) => words,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}
