use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::site::slug;

/// Names of which each is given once.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, usize>);

impl Names {
    /// The name, or else the name with a number from 2 on that makes it another.
    pub(super) fn take(&mut self, wanted: &str, before_number: &str) -> String {
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

    /// Whether the name is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}

/// A heading as it is written.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: HeadingLevel,
    pub(super) id: String,
    /// Its words; a heading without any is left out of the page.
    pub(super) title: String,
}

/// The headings of a text below those of its page, and the ids that they take.
///
/// The highest stands `shift` levels below the page's title. No level is skipped on the way down, and none is below `h6`.
pub(super) fn outline(events: &[Event<'_>], shift: u8, prefix: &str) -> (Vec<Heading>, Names) {
    let found = found(events);
    let mut ids = Names::default();
    // Ids that editors chose come first: they are linked to.
    let chosen: Vec<Option<String>> = found
        .iter()
        .map(|heading| heading.id.map(|id| ids.take(&format!("{prefix}{id}"), "-")))
        .collect();
    let top = found
        .iter()
        .filter(|heading| !heading.title.trim().is_empty())
        .map(|heading| heading.level)
        .min();
    let mut last = usize::from(shift);
    let headings = found
        .into_iter()
        .zip(chosen)
        .map(|(Found { level, title, .. }, chosen)| {
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let id = chosen.unwrap_or_else(|| {
                let slug = slug(&title);
                ids.take(&format!("{prefix}{}", if slug.is_empty() { "section" } else { &slug }), "-")
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

/// A heading as the editor wrote it.
struct Found<'e> {
    level: usize,
    id: Option<&'e str>,
    title: String,
}

fn found<'e>(events: &'e [Event<'_>]) -> Vec<Found<'e>> {
    let mut found: Vec<Found<'_>> = Vec::new();
    let mut inside = false;
    for event in events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                found.push(Found { level: *level as usize, id: id.as_deref(), title: String::new() });
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

/// What a reader reads of an event.
pub(super) fn words<'e>(event: &'e Event<'_>) -> &'e str {
    match event {
        Event::Text(words) | Event::Code(words) => words,
        Event::SoftBreak | Event::HardBreak => " ",
        _ => "",
    }
}
