//! The writer of a text's HTML.

use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::escape::{escaped, escaped_href};
use super::links::LinkTargets;
use super::notes::Note;
use super::numbers;
use crate::model::{Pixels, composed};
use crate::site::{Heading, Ids, MarkdownEvents, Picture, TagScanner, cells_beyond_head, words};

/// Turns the events of a text into those of its page, and takes its notes out.
///
/// It writes itself those parts that the library's HTML writer would write against the pages' rules: attributes of headings
/// that the editor chose, inline styles of cells, pictures.
struct Writer<'w, 't> {
    targets: &'w LinkTargets<'w>,
    markdown: &'t str,
    ids: &'w Ids,
    headings: IntoIter<Heading>,
    /// For each item of a list, the number that it doesn't have by itself.
    numbers: IntoIter<Option<u64>>,
    tags: TagScanner,
    /// The title of the last heading.
    section: String,
    /// Names of the tables so far.
    table_names: Ids,
    table: Option<Table>,
    /// True if the current event is in a link that leads nowhere.
    link_is_words: bool,
    /// True if the current event is in a link of the page.
    is_in_link: bool,
    body: Vec<Event<'t>>,
    notes: Vec<Note<'t>>,
    /// The notes that the current event is in, outermost first.
    open_notes: Vec<usize>,
}

struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    cell: &'static str,
    /// End of the last cell.
    end: usize,
    /// True if a row has more cells than the head.
    is_wide: bool,
}

/// The events of a text as those of its page, and its notes.
pub(super) fn rewrite<'t>(
    read: MarkdownEvents<'t>,
    targets: &LinkTargets<'_>,
    headings: Vec<Heading>,
    ids: &Ids,
) -> (Vec<Event<'t>>, Vec<Note<'t>>) {
    let mut writer = Writer {
        targets,
        markdown: read.markdown,
        ids,
        headings: headings.into_iter(),
        numbers: numbers::typed_numbers(&read).into_iter(),
        tags: TagScanner::default(),
        section: String::new(),
        table_names: Ids::default(),
        table: None,
        link_is_words: false,
        is_in_link: false,
        body: Vec::with_capacity(read.events.len()),
        notes: Vec::new(),
        open_notes: Vec::new(),
    };
    writer.rewrite(read.events);
    (writer.body, writer.notes)
}

impl<'t> Writer<'_, 't> {
    fn rewrite(&mut self, events: Vec<(Event<'t>, Range<usize>)>) {
        let mut events = events.into_iter();
        while let Some((event, bytes)) = events.next() {
            match event {
                Event::Start(Tag::Heading { .. }) => self.heading(&mut events),
                Event::Start(Tag::Link { dest_url, .. }) => self.start_link(&dest_url),
                Event::End(TagEnd::Link) if self.link_is_words => {}
                Event::End(TagEnd::Link) => {
                    self.is_in_link = false;
                    self.push(Event::End(TagEnd::Link));
                }
                // Code isn't coloured, so its language is nothing to a reader.
                Event::Start(Tag::CodeBlock(_)) => self.push(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))),
                Event::Start(Tag::Image { dest_url, .. }) => self.picture(&dest_url, &mut events),
                Event::Start(Tag::Item) => self.start_item(),
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    self.open_notes.push(self.notes.len());
                    self.notes.push(Note { name, events: Vec::new() });
                }
                Event::End(TagEnd::FootnoteDefinition) => drop(self.open_notes.pop()),
                Event::Html(html) => {
                    let html = self.rewrite_html(html);
                    self.html(html);
                }
                Event::InlineHtml(html) => {
                    let html = self.rewrite_html(html);
                    self.push(Event::InlineHtml(html));
                }
                event => self.rewrite_table(event, bytes, events.as_slice()),
            }
        }
    }

    /// Rewrites an event of a table; any other is written as it is.
    fn rewrite_table(&mut self, event: Event<'t>, bytes: Range<usize>, rest: &[(Event<'t>, Range<usize>)]) {
        match event {
            Event::Start(Tag::Table(alignments)) => self.start_table(alignments, rest),
            Event::End(TagEnd::Table) => {
                self.table = None;
                self.push(Event::End(TagEnd::Table));
                self.html("</section>\n");
            }
            Event::Start(Tag::TableHead) => self.start_row(Tag::TableHead, "th"),
            Event::Start(Tag::TableRow) => self.start_row(Tag::TableRow, "td"),
            Event::End(end @ (TagEnd::TableHead | TagEnd::TableRow)) => self.end_row(end, bytes.end),
            Event::Start(Tag::TableCell) => self.start_cell(),
            Event::End(TagEnd::TableCell) => {
                let cell = self.table.as_mut().map_or("td", |table| {
                    table.end = bytes.end;
                    table.cell
                });
                self.html(format!("</{cell}>"));
            }
            event => self.push(event),
        }
    }

    fn push(&mut self, event: Event<'t>) {
        match self.open_notes.last() {
            Some(note) => self.notes[*note].events.push(event),
            None => self.body.push(event),
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'t>>) {
        self.push(Event::Html(html.into()));
    }

    /// Rewrites a heading. Without words it is no heading, and anything else in it is a paragraph.
    fn heading(&mut self, events: &mut IntoIter<(Event<'t>, Range<usize>)>) {
        let inside: Vec<(Event<'t>, Range<usize>)> =
            events.take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Heading(_)))).collect();
        let Some(Heading { level, id, title }) = self.headings.next() else { return };
        if title.is_empty() {
            if !inside.is_empty() {
                self.push(Event::Start(Tag::Paragraph));
                self.rewrite(inside);
                self.push(Event::End(TagEnd::Paragraph));
            }
            return;
        }
        self.section = title;
        let id = Some(self.targets.id(&id).into());
        self.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }));
        self.rewrite(inside);
        self.push(Event::End(TagEnd::Heading(level)));
    }

    /// Starts an item of a list, with the number that the editor typed.
    fn start_item(&mut self) {
        match self.numbers.next().flatten() {
            Some(number) => self.html(format!("<li value=\"{number}\">")),
            None => self.push(Event::Start(Tag::Item)),
        }
    }

    /// The editor's HTML with its places named as on the page, and links for pictures of other sites.
    fn rewrite_html(&mut self, html: CowStr<'t>) -> CowStr<'t> {
        let mut rewritten = String::new();
        let mut written = 0;
        for tag in self.tags.tags(&html) {
            if tag.name == "a" {
                self.is_in_link = !tag.closes && tag.get("href").is_some();
            }
            if let Some(link) = self.picture_elsewhere(&html, &tag) {
                rewritten.push_str(&html[written..tag.bytes.start]);
                rewritten.push_str(&link);
                written = tag.bytes.end;
                continue;
            }
            let Some(anchor) = tag.anchor() else { continue };
            rewritten.push_str(&html[written..anchor.bytes.start]);
            let id = self.targets.id(&composed(&anchor.value));
            if !self.targets.site.is_of_template(self.targets.from.route, &id) {
                rewritten.push_str(&format!("id=\"{}\"", escaped(&id)));
            }
            written = anchor.bytes.end;
        }
        if written == 0 {
            return html;
        }
        rewritten.push_str(&html[written..]);
        rewritten.into()
    }

    /// Link in place of a picture of another site in the editor's HTML. Returns `None` for other tags.
    fn picture_elsewhere(&self, html: &str, tag: &crate::site::Tag<'_>) -> Option<String> {
        let src = tag.get("src").filter(|_| tag.name == "img" && tag.is_whole && !tag.closes)?;
        let Some(Picture::Elsewhere(address)) = self.targets.picture(src) else { return None };
        // As it is written: the browser reads its character references.
        let alt = tag.attributes.iter().find(|attribute| attribute.name == "alt");
        let alt = alt
            .and_then(|alt| html[alt.bytes.clone()].split_once('='))
            .map_or("", |(_, value)| value.trim());
        let words = alt.trim_matches(['"', '\'']).replace('<', "&lt;").replace('>', "&gt;");
        let link = self.link_to_picture(&address, src, words);
        let place = tag.anchor().map(|anchor| self.targets.id(&composed(&anchor.value)));
        Some(match place.filter(|id| !self.targets.site.is_of_template(self.targets.from.route, id)) {
            Some(id) => format!("<span id=\"{}\">{link}</span>", escaped(&id)),
            None => link,
        })
    }

    /// Link to a picture that the page can't show: its description, which is HTML, or else its address as written. A link
    /// holds no other link, so in one the words alone are written.
    fn link_to_picture(&self, address: &str, written: &str, alt: String) -> String {
        let words = if alt.trim().is_empty() { escaped(written.trim()) } else { alt };
        if self.is_in_link { words } else { format!("<a href=\"{}\">{words}</a>", escaped_href(address)) }
    }

    fn start_link(&mut self, written: &str) {
        let href = self.targets.href(written, self.ids);
        // A link holds no other, so one mark is enough.
        self.link_is_words = href.is_none();
        self.is_in_link = href.is_some();
        if let Some(href) = href {
            // A title would be shown to readers with a mouse alone.
            let (title, id) = (CowStr::from(""), CowStr::from(""));
            self.push(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url: href.into(), title, id }));
        }
    }

    /// Rewrites a picture, with its size, so that the text below it needn't move when it comes; one of another site is a
    /// link, and one that isn't there is left as its words.
    fn picture(&mut self, written: &str, events: &mut IntoIter<(Event<'t>, Range<usize>)>) {
        let mut alt = String::new();
        let mut depth = 1;
        for (event, _) in events {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                event => alt.push_str(words(&event)),
            }
            if depth == 0 {
                break;
            }
        }
        self.push(match self.targets.picture(written) {
            Some(Picture::Own(src, pixels)) => {
                let (src, alt) = (escaped_href(&src), escaped(&alt));
                let size = pixels.map_or_else(String::new, |Pixels { width, height }| {
                    format!(" width=\"{width}\" height=\"{height}\"")
                });
                Event::InlineHtml(format!("<img src=\"{src}\" alt=\"{alt}\"{size} loading=\"lazy\">").into())
            }
            Some(Picture::Elsewhere(address)) => {
                Event::InlineHtml(self.link_to_picture(&address, written, escaped(&alt)).into())
            }
            None => Event::Text(alt.into()),
        });
    }

    /// A table may be wider than a telephone: then it scrolls alone, by keys too (WCAG 2.2, 2.1.1), and so has a name.
    fn start_table(&mut self, alignments: Vec<Alignment>, events: &[(Event<'_>, Range<usize>)]) {
        let name = if self.section.is_empty() { self.header_words(events) } else { self.section.clone() };
        let name = escaped(&self.table_names.take(&name, " "));
        self.html(format!("<section class=\"scroll\" tabindex=\"0\" aria-label=\"{name}\">"));
        self.push(Event::Start(Tag::Table(Vec::new())));
        let is_wide = is_wide(self.markdown, events);
        self.table = Some(Table { alignments, column: 0, cell: "td", end: 0, is_wide });
    }

    /// The words of a table's first row, for one that has no heading above it.
    fn header_words(&self, events: &[(Event<'_>, Range<usize>)]) -> String {
        let mut cells = vec![String::new()];
        for (event, _) in events.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::TableHead))) {
            match (event, cells.last_mut()) {
                (Event::Start(Tag::TableCell), _) | (_, None) => cells.push(String::new()),
                (event, Some(cell)) => cell.push_str(words(event)),
            }
        }
        cells.retain(|cell| !cell.trim().is_empty());
        if cells.is_empty() { self.targets.from.lang.language().table.to_owned() } else { cells.join(", ") }
    }

    fn start_row(&mut self, row: Tag<'t>, cell: &'static str) {
        if let Some(table) = &mut self.table {
            (table.column, table.cell) = (0, cell);
        }
        self.push(Event::Start(row));
    }

    /// Ends a row. Text that an editor wrote beyond the last cell of the head is one more cell.
    fn end_row(&mut self, row: TagEnd, end: usize) {
        if let Some(table) = &self.table {
            let beyond = cells_beyond_head(self.markdown, table.end..end);
            match (table.cell, beyond) {
                ("th", _) if table.is_wide => self.html("<td></td>"),
                ("td", Some(bytes)) => {
                    let words = escaped(&self.markdown[bytes]);
                    self.html(format!("<td>{words}</td>"));
                }
                _ => {}
            }
        }
        self.push(Event::End(row));
    }

    /// Alignment is a class: an inline style is against the pages' security policy.
    fn start_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Right) => " class=\"num\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Left | Alignment::None) | None => "",
        };
        let scope = if table.cell == "th" { " scope=\"col\"" } else { "" };
        let tag = format!("<{}{scope}{class}>", table.cell);
        table.column += 1;
        self.html(tag);
    }
}

/// True if a row of a table has more cells than its head.
fn is_wide(markdown: &str, table: &[(Event<'_>, Range<usize>)]) -> bool {
    let mut last = 0;
    let mut rows = table.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Table)));
    rows.any(|(event, bytes)| match event {
        Event::End(TagEnd::TableCell) => {
            last = bytes.end;
            false
        }
        Event::End(TagEnd::TableRow) => cells_beyond_head(markdown, last..bytes.end).is_some(),
        _ => false,
    })
}
