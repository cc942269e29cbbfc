//! Footnotes as a list below the text.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, TagEnd};

use super::escape::{escaped, escaped_href};
use super::links::LinkTargets;
use crate::site::Ids;

/// A footnote, taken out of the text that it was written in.
#[derive(Debug)]
pub(super) struct Note<'t> {
    pub(super) name: CowStr<'t>,
    pub(super) events: Vec<Event<'t>>,
}

/// A text with its notes in a list below it, numbered as a reader meets them and linked both ways (DPUB-ARIA 1.1). Notes
/// that nothing refers to come last: what an editor wrote isn't lost.
pub(super) fn append<'t>(
    body: Vec<Event<'t>>,
    notes: Vec<Note<'t>>,
    targets: &LinkTargets<'_>,
    ids: &mut Ids,
) -> Vec<Event<'t>> {
    if notes.is_empty() {
        return body;
    }
    let mut names = HashMap::new();
    for (index, note) in notes.iter().enumerate() {
        names.entry(note.name.clone()).or_insert(index);
    }
    let positions = notes.iter().map(|_| None).collect();
    let mut list =
        NoteList { targets, ids, names, notes, positions, order: Vec::new(), out: Vec::with_capacity(body.len()) };
    list.write_events(body);
    list.push("<section class=\"footnotes\" role=\"doc-endnotes\"><ol>\n");
    let mut written = 0;
    for index in 0..=list.notes.len() {
        while let Some(index) = list.order.get(written).copied() {
            list.write_note(index);
            written += 1;
        }
        if index < list.notes.len() {
            list.position_of(index);
        }
    }
    list.push("</ol></section>\n");
    list.out
}

struct NoteList<'l, 't> {
    targets: &'l LinkTargets<'l>,
    ids: &'l mut Ids,
    names: HashMap<CowStr<'t>, usize>,
    notes: Vec<Note<'t>>,
    positions: Vec<Option<NotePosition>>,
    /// The notes in the order in which a reader meets them.
    order: Vec<usize>,
    out: Vec<Event<'t>>,
}

/// Position of a note in the list, given when it is met.
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

    /// Position of a note, which it gets when it is first asked for.
    fn position_of(&mut self, index: usize) -> &mut NotePosition {
        self.positions[index].get_or_insert_with(|| {
            self.order.push(index);
            let number = self.order.len();
            NotePosition { number, id: self.ids.take(&format!("note-{number}"), "-"), back: None }
        })
    }

    /// Writes events with each reference to a note leading to it.
    fn write_events(&mut self, events: Vec<Event<'t>>) {
        for event in events {
            let Event::FootnoteReference(name) = &event else {
                self.out.push(event);
                continue;
            };
            let Some(index) = self.names.get(name).copied() else { continue };
            let number = self.position_of(index).number;
            let reference = self.ids.take(&format!("ref-{number}"), "-");
            let position = self.position_of(index);
            position.back.get_or_insert_with(|| reference.clone());
            let note = position.id.clone();
            self.out.push(Event::InlineHtml(
                format!(
                    "<sup><a id=\"{}\" href=\"{}\" role=\"doc-noteref\">{number}</a></sup>",
                    escaped(&self.targets.id(&reference)),
                    escaped_href(&self.targets.note_href(&note)),
                )
                .into(),
            ));
        }
    }

    fn write_note(&mut self, index: usize) {
        let NotePosition { number, id, back } = self.position_of(index).clone();
        self.push(format!("<li id=\"{}\">", escaped(&self.targets.id(&id))));
        let events = std::mem::take(&mut self.notes[index].events);
        self.write_events(events);
        if let Some(back) = back {
            let href = escaped_href(&self.targets.note_href(&back));
            let link = format!(" <a href=\"{href}\" role=\"doc-backlink\">↩\u{a0}{number}</a>");
            // In the last paragraph, not below it.
            let at = self.out.len() - usize::from(matches!(self.out.last(), Some(Event::End(TagEnd::Paragraph))));
            self.out.insert(at, Event::Html(link.into()));
        }
        self.push("</li>\n");
    }
}
