use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::{LinkTargets, escaped, escaped_href};
use crate::site::Ids;

/// A footnote, taken out of the text that it was written in.
#[derive(Debug)]
pub(super) struct Note<'t> {
    pub(super) name: CowStr<'t>,
    pub(super) events: Vec<Event<'t>>,
}

/// A text with its notes in a list below it, numbered as a reader meets them and linked both ways (DPUB-ARIA 1.1). Notes
/// that nothing refers to come last: what an editor wrote isn't lost.
pub(super) fn below<'t>(
    body: Vec<Event<'t>>,
    notes: Vec<Note<'t>>,
    leads: &LinkTargets<'_>,
    ids: &mut Ids,
) -> Vec<Event<'t>> {
    if notes.is_empty() {
        return body;
    }
    let mut names = HashMap::new();
    for (index, note) in notes.iter().enumerate() {
        names.entry(note.name.clone()).or_insert(index);
    }
    let places = notes.iter().map(|_| None).collect();
    let mut list =
        NoteList { leads, ids, names, notes, places, order: Vec::new(), out: Vec::with_capacity(body.len()) };
    list.refer(body);
    list.push("<section class=\"footnotes\" role=\"doc-endnotes\"><ol>\n");
    let mut written = 0;
    for index in 0..=list.notes.len() {
        while let Some(index) = list.order.get(written).copied() {
            list.write(index);
            written += 1;
        }
        if index < list.notes.len() {
            list.meet(index);
        }
    }
    list.push("</ol></section>\n");
    list.out
}

struct NoteList<'l, 't> {
    leads: &'l LinkTargets<'l>,
    ids: &'l mut Ids,
    names: HashMap<CowStr<'t>, usize>,
    notes: Vec<Note<'t>>,
    places: Vec<Option<NotePosition>>,
    /// The notes in the order in which they are met.
    order: Vec<usize>,
    out: Vec<Event<'t>>,
}

/// The place that a note was given when it was met.
#[derive(Clone)]
struct NotePosition {
    number: usize,
    id: String,
    /// The id of the first reference.
    back: Option<String>,
}

impl<'t> NoteList<'_, 't> {
    fn push(&mut self, html: impl Into<CowStr<'t>>) {
        self.out.push(Event::Html(html.into()));
    }

    fn meet(&mut self, index: usize) -> &mut NotePosition {
        self.places[index].get_or_insert_with(|| {
            self.order.push(index);
            let number = self.order.len();
            NotePosition { number, id: self.ids.take(&format!("note-{number}"), "-"), back: None }
        })
    }

    /// Writes events with each reference to a note leading to it.
    fn refer(&mut self, events: Vec<Event<'t>>) {
        for event in events {
            let Event::FootnoteReference(name) = &event else {
                self.out.push(event);
                continue;
            };
            let Some(index) = self.names.get(name).copied() else { continue };
            let number = self.meet(index).number;
            let reference = self.ids.take(&format!("ref-{number}"), "-");
            let place = self.meet(index);
            place.back.get_or_insert_with(|| reference.clone());
            let note = place.id.clone();
            self.out.push(Event::InlineHtml(
                format!(
                    "<sup><a id=\"{}\" href=\"{}\" role=\"doc-noteref\">{number}</a></sup>",
                    escaped(&self.leads.id(&reference)),
                    escaped_href(&self.leads.note(&note)),
                )
                .into(),
            ));
        }
    }

    fn write(&mut self, index: usize) {
        let NotePosition { number, id, back } = self.meet(index).clone();
        self.push(format!("<li id=\"{}\">", escaped(&self.leads.id(&id))));
        let events = std::mem::take(&mut self.notes[index].events);
        self.refer(events);
        if let Some(back) = back {
            let href = escaped_href(&self.leads.note(&back));
            let link = format!(" <a href=\"{href}\" role=\"doc-backlink\">↩\u{a0}{number}</a>");
            // In the last paragraph, not below it.
            let at = self.out.len() - usize::from(matches!(self.out.last(), Some(Event::End(TagEnd::Paragraph))));
            self.out.insert(at, Event::Html(link.into()));
        }
        self.push("</li>\n");
    }
}
