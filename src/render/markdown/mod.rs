//! Editors' Markdown as HTML: links lead where they should, headings stand below the page's own, nothing does harm.

mod clean;
mod notes;
mod numbers;

use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};
use url::Url;

use self::notes::Note;
use super::encoded;
use crate::model::{Lang, Markdown, Pixels, composed};
use crate::site::{
    Heading, Ids, Link, MarkdownEvents, Page, Picture, Site, TagScanner, cells_beyond_head, is_top, outline, words,
};

/// How links to pages and files of the site are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links<'a> {
    /// After what leads from the page to the site's root, such as `../../`.
    Below(&'a str),
    /// Likewise, on another page than the text's own: its places are on that one.
    Elsewhere(&'a str),
    /// With the site's whole address, as a feed needs them.
    Absolute,
}

/// The HTML of a text that stands on the page `from`, safe to put there as it is.
///
/// The text's highest headings are `h2` where `shift` is 1, `h3` where it is 2, and so on; no level is skipped on the way
/// down and none is below `h6`. Ids (of headings and notes) begin with `prefix` and are unique in the text, so two texts of
/// one page have two prefixes. A link that leads nowhere is left as its words: the site's report names it.
///
/// HTML that the editor wrote is sanitised together with the text around it. Where there is none, the output holds only
/// tags and attributes of this writer, every text and address in it escaped, and every address one to which [`Site::link`]
/// lets a page lead: then there is nothing to take away, and most texts are spared the time. HTML that opens more than a
/// thousand elements in each other is shown as text.
pub fn html(site: &Site, from: Page, text: &Markdown, links: Links<'_>, shift: u8, prefix: &str) -> String {
    let text = text.text();
    let mut read = MarkdownEvents::of(&text);
    let mut raw = read
        .events
        .iter()
        .any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    if raw && clean::depth(&read.events) > clean::DEEPEST {
        raw = false;
        for (event, _) in &mut read.events {
            if let Event::Html(html) | Event::InlineHtml(html) = event {
                *event = Event::Text(std::mem::replace(html, "".into()));
            }
        }
    }
    write(read, &LinkTargets { site, from, links, prefix, cleaned: raw }, shift)
}

/// The ids and titles of a text's `h2`s where it is written with a `shift` of 1 and no prefix, in their order.
pub fn headings(text: &Markdown) -> Vec<(String, String)> {
    let text = text.text();
    let (headings, _) = outline(&MarkdownEvents::of(&text).events, 1);
    headings
        .into_iter()
        .filter(|heading| heading.level == HeadingLevel::H2 && !heading.title.is_empty())
        .map(|heading| (heading.id, heading.title))
        .collect()
}

fn write(read: MarkdownEvents<'_>, leads: &LinkTargets<'_>, shift: u8) -> String {
    let (headings, mut ids) = outline(&read.events, shift);
    let mut writer = Writer {
        leads,
        markdown: read.markdown,
        ids: &ids,
        headings: headings.into_iter(),
        numbers: numbers::typed(&read).into_iter(),
        scan: TagScanner::default(),
        section: String::new(),
        labels: Ids::default(),
        table: None,
        link_is_words: false,
        is_in_link: false,
        body: Vec::with_capacity(read.events.len()),
        notes: Vec::new(),
        open: Vec::new(),
    };
    writer.rewrite(read.events);
    let (body, notes) = (writer.body, writer.notes);
    let events = notes::below(body, notes, leads, &mut ids);
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    if leads.cleaned { clean::clean(&html, leads, ids) } else { html }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_html(&mut escaped, text).expect("a text takes every write");
    escaped
}

fn escaped_href(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    escape_href(&mut escaped, address).expect("a text takes every write");
    escaped
}

/// Where the links of a text lead.
#[derive(Clone, Copy)]
struct LinkTargets<'a> {
    site: &'a Site,
    from: Page,
    links: Links<'a>,
    prefix: &'a str,
    /// Whether the text is sanitised. That leads the relative links of the editor's HTML, and so those of the writer too:
    /// until then they stay as the editor wrote them.
    cleaned: bool,
}

impl LinkTargets<'_> {
    /// Where a link leads; none where that is nowhere.
    fn link(&self, written: &str, ids: &Ids) -> Option<String> {
        match self.site.link(self.from.route, written).ok()? {
            Link::Page(route, place) => {
                let to = Page { route, ..self.from };
                let page = match self.links {
                    Links::Below(root) | Links::Elsewhere(root) => format!("{root}{}", self.site.address(to)),
                    Links::Absolute => self.site.canonical(to),
                };
                let id = place.filter(|place| !is_top(place)).and_then(|place| self.site.place(to, &place));
                Some(id.map_or_else(|| page.clone(), |id| format!("{page}#{id}")))
            }
            Link::File(address, _) => Some(self.file(&address)),
            Link::Here(place) if is_top(&place) => Some(match self.links {
                Links::Below(_) => "#".to_owned(),
                Links::Elsewhere(root) => format!("{root}{}", self.site.address(self.from)),
                Links::Absolute => self.site.canonical(self.from),
            }),
            Link::Here(place) => match ids.find(&place).or_else(|| ids.find(place.strip_prefix(self.prefix)?)) {
                Some(id) => Some(self.here(id)),
                None => Some(self.there(&self.site.place(self.from, &place)?)),
            },
            Link::Outside(address) => Some(address),
        }
    }

    /// What the writer makes of a link; none where it leads nowhere.
    fn href(&self, written: &str, ids: &Ids) -> Option<String> {
        let led = self.link(written, ids)?;
        Some(if self.cleaned && Url::parse(&led).is_err() { written.to_owned() } else { led })
    }

    /// What the writer makes of a picture's address; none where there is no such picture.
    fn picture(&self, written: &str) -> Option<Picture> {
        Some(match self.site.picture(self.from.route, written).ok()? {
            Picture::Own(_, pixels) if self.cleaned => Picture::Own(written.to_owned(), pixels),
            Picture::Own(address, pixels) => Picture::Own(self.file(&address), pixels),
            elsewhere @ Picture::Elsewhere(_) => elsewhere,
        })
    }

    /// What the writer makes of a link to a note, or back from one.
    fn note(&self, id: &str) -> String {
        if self.cleaned { format!("#{id}") } else { self.here(id) }
    }

    /// A name in the text as the id that it has on the page.
    fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    fn file(&self, address: &str) -> String {
        let address = encoded(address);
        match self.links {
            Links::Below(root) | Links::Elsewhere(root) => format!("{root}{address}"),
            Links::Absolute => self.site.settings.base.join(&address),
        }
    }

    /// A place in the text itself, by its name in it.
    fn here(&self, name: &str) -> String {
        let id = self.id(name);
        match self.links {
            Links::Below(_) | Links::Elsewhere(_) => format!("#{id}"),
            Links::Absolute => format!("{}#{id}", self.site.canonical(self.from)),
        }
    }

    /// A place in the rest of the page that the text is from.
    fn there(&self, id: &str) -> String {
        match self.links {
            Links::Below(_) => format!("#{id}"),
            Links::Elsewhere(root) => format!("{root}{}#{id}", self.site.address(self.from)),
            Links::Absolute => format!("{}#{id}", self.site.canonical(self.from)),
        }
    }
}

/// Turns the events of a text into those of its page, and takes its notes out.
///
/// What the library's HTML writer would write against the pages' rules, this writes itself: attributes of headings that
/// the editor chose, inline styles of cells, pictures.
struct Writer<'w, 't> {
    leads: &'w LinkTargets<'w>,
    markdown: &'t str,
    ids: &'w Ids,
    headings: IntoIter<Heading>,
    /// Of each item of a list the number that it doesn't have by itself.
    numbers: IntoIter<Option<u64>>,
    scan: TagScanner,
    /// The title of the last heading.
    section: String,
    /// What tables are called.
    labels: Ids,
    table: Option<Table>,
    /// Whether the link that the current event stands in leads nowhere.
    link_is_words: bool,
    /// Whether the current event stands in a link of the page.
    is_in_link: bool,
    body: Vec<Event<'t>>,
    notes: Vec<Note<'t>>,
    /// The notes that the current event stands in, outermost first.
    open: Vec<usize>,
}

struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    cell: &'static str,
    /// Where the last cell ends.
    end: usize,
    /// Whether a row has more cells than the head.
    is_wide: bool,
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
                    self.open.push(self.notes.len());
                    self.notes.push(Note { name, events: Vec::new() });
                }
                Event::End(TagEnd::FootnoteDefinition) => drop(self.open.pop()),
                Event::Html(html) => {
                    let html = self.named(html);
                    self.html(html);
                }
                Event::InlineHtml(html) => {
                    let html = self.named(html);
                    self.push(Event::InlineHtml(html));
                }
                event => self.rewrite_table(event, bytes, events.as_slice()),
            }
        }
    }

    /// What is of a table; all else is written as it is.
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
        match self.open.last() {
            Some(note) => self.notes[*note].events.push(event),
            None => self.body.push(event),
        }
    }

    fn html(&mut self, html: impl Into<CowStr<'t>>) {
        self.push(Event::Html(html.into()));
    }

    /// A heading; one without words is none, and what else it holds is a paragraph.
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
        let id = Some(self.leads.id(&id).into());
        self.push(Event::Start(Tag::Heading { level, id, classes: Vec::new(), attrs: Vec::new() }));
        self.rewrite(inside);
        self.push(Event::End(TagEnd::Heading(level)));
    }

    /// An item of a list, with the number that the editor typed.
    fn start_item(&mut self) {
        match self.numbers.next().flatten() {
            Some(number) => self.html(format!("<li value=\"{number}\">")),
            None => self.push(Event::Start(Tag::Item)),
        }
    }

    /// The editor's HTML with its places named as on the page, and links for pictures that lie elsewhere.
    fn named(&mut self, html: CowStr<'t>) -> CowStr<'t> {
        let mut named = String::new();
        let mut written = 0;
        for tag in self.scan.tags(&html) {
            if tag.name == "a" {
                self.is_in_link = !tag.closes && tag.get("href").is_some();
            }
            if let Some(link) = self.picture_elsewhere(&html, &tag) {
                named.push_str(&html[written..tag.bytes.start]);
                named.push_str(&link);
                written = tag.bytes.end;
                continue;
            }
            let Some(anchor) = tag.anchor() else { continue };
            named.push_str(&html[written..anchor.bytes.start]);
            let id = self.leads.id(&composed(&anchor.value));
            if !self.leads.site.is_of_template(self.leads.from.route, &id) {
                named.push_str(&format!("id=\"{}\"", escaped(&id)));
            }
            written = anchor.bytes.end;
        }
        if written == 0 {
            return html;
        }
        named.push_str(&html[written..]);
        named.into()
    }

    /// What stands for a picture of HTML that lies elsewhere; none for other tags.
    fn picture_elsewhere(&self, html: &str, tag: &crate::site::Tag<'_>) -> Option<String> {
        let src = tag.get("src").filter(|_| tag.name == "img" && tag.is_whole && !tag.closes)?;
        let Some(Picture::Elsewhere(address)) = self.leads.picture(src) else { return None };
        // As it is written: what its references stand for is the reader's to know.
        let alt = tag.attributes.iter().find(|attribute| attribute.name == "alt");
        let alt = alt
            .and_then(|alt| html[alt.bytes.clone()].split_once('='))
            .map_or("", |(_, value)| value.trim());
        let words = alt.trim_matches(['"', '\'']).replace('<', "&lt;").replace('>', "&gt;");
        let link = self.link_to_picture(&address, src, words);
        let place = tag.anchor().map(|anchor| self.leads.id(&composed(&anchor.value)));
        Some(match place.filter(|id| !self.leads.site.is_of_template(self.leads.from.route, id)) {
            Some(id) => format!("<span id=\"{}\">{link}</span>", escaped(&id)),
            None => link,
        })
    }

    /// A link to a picture that the page can't show: its description, which is HTML, or else its address as written. A link
    /// holds no other, so that in one only the words stand.
    fn link_to_picture(&self, address: &str, written: &str, alt: String) -> String {
        let words = if alt.trim().is_empty() { escaped(written.trim()) } else { alt };
        if self.is_in_link { words } else { format!("<a href=\"{}\">{words}</a>", escaped_href(address)) }
    }

    fn start_link(&mut self, written: &str) {
        let href = self.leads.href(written, self.ids);
        // A link holds no other, so one mark is enough.
        self.link_is_words = href.is_none();
        self.is_in_link = href.is_some();
        if let Some(href) = href {
            // A title would be shown to readers with a mouse alone.
            let (title, id) = (CowStr::from(""), CowStr::from(""));
            self.push(Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url: href.into(), title, id }));
        }
    }

    /// A picture, with its size, so that the text below it needn't move when it comes; one that lies elsewhere is a link, and
    /// one that isn't there is left as its words.
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
        self.push(match self.leads.picture(written) {
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
        let name = escaped(&self.labels.take(&name, " "));
        self.html(format!("<section class=\"scroll\" tabindex=\"0\" aria-label=\"{name}\">"));
        self.push(Event::Start(Tag::Table(Vec::new())));
        let is_wide = is_wide(self.markdown, events);
        self.table = Some(Table { alignments, column: 0, cell: "td", end: 0, is_wide });
    }

    /// The words of a table's first row, for one that no heading stands above.
    fn header_words(&self, events: &[(Event<'_>, Range<usize>)]) -> String {
        let mut cells = vec![String::new()];
        for (event, _) in events.iter().take_while(|(event, _)| !matches!(event, Event::End(TagEnd::TableHead))) {
            match (event, cells.last_mut()) {
                (Event::Start(Tag::TableCell), _) | (_, None) => cells.push(String::new()),
                (event, Some(cell)) => cell.push_str(words(event)),
            }
        }
        cells.retain(|cell| !cell.trim().is_empty());
        match self.leads.from.lang {
            _ if !cells.is_empty() => cells.join(", "),
            Lang::It => "Tabella".to_owned(),
            Lang::En => "Table".to_owned(),
            Lang::De => "Tabelle".to_owned(),
        }
    }

    fn start_row(&mut self, row: Tag<'t>, cell: &'static str) {
        if let Some(table) = &mut self.table {
            (table.column, table.cell) = (0, cell);
        }
        self.push(Event::Start(row));
    }

    /// The end of a row. What an editor wrote beyond the last cell of the head is one more cell.
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

/// Whether a row of a table has more cells than its head.
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

#[cfg(test)]
mod tests;
