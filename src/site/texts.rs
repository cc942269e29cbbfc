//! Problems of editors' texts: links that lead nowhere, pictures without words, and whatever doesn't come out on its page as
//! it was meant.

use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use rayon::prelude::*;

use super::accessibility::{barriers, names_colours};
use super::anchors::is_top;
use super::graph::Site;
use super::html::{self, TagScanner, Unpublished};
use super::leftovers::{Leftover, cells_beyond_head, leftovers};
use super::link::{Broken, Link, Picture};
use super::markdown::MarkdownEvents;
use super::outline::{UniqueNames, outline};
use super::route::Page;
use super::site_text::{SiteText, texts};
use crate::diagnostic::{Code, Diagnostic, Profile, Report, Rules, nearest};
use crate::incremental::fingerprint;
use crate::incremental::store::{CleanTexts, Store};

/// Reports every link that leads nowhere, every image without words, all HTML that isn't published, all signs and words that
/// don't come out as they were meant, and, if the profile is on, barriers that keep readers from a text. Texts that the store
/// knows to be clean aren't checked again.
pub(crate) fn check_texts(site: &Site, rules: &Rules, store: &Store) -> Report {
    let with_barriers = rules.has(Profile::Accessibility);
    let clean =
        CleanTexts::recall(store, "texts", fingerprint(&(site.directory.targets(), &site.template_ids, with_barriers)));
    let checked: Vec<(u64, CheckedText)> = texts(site)
        .into_par_iter()
        .filter(|text| with_barriers || text.markdown.has_signs())
        .map(|text| {
            let fingerprint = text.fingerprint(&site.catalogue);
            (
                fingerprint,
                if clean.has(fingerprint) { CheckedText::default() } else { check(site, &text, with_barriers) },
            )
        })
        .collect();
    let is_clean = |checked: &CheckedText| checked.found.is_empty() && !checked.depends;
    clean.keep(
        &checked
            .iter()
            .filter(|(_, checked)| is_clean(checked))
            .map(|(fingerprint, _)| *fingerprint)
            .collect(),
    );
    Report::from(checked.into_iter().flat_map(|(_, checked)| checked.found).collect::<Vec<_>>())
}

/// Result of the check of a text.
#[derive(Default)]
struct CheckedText {
    found: Vec<Diagnostic>,
    /// True if the result depends on other texts, to whose places it links.
    depends: bool,
}

/// Number of missing places of a text for which the nearest is looked for, and their greatest length.
const NEAREST: (usize, usize) = (20, 100);

/// Number of characters of a text that a message repeats.
const QUOTED: usize = 80;

struct TextCheck<'c> {
    site: &'c Site,
    text: &'c SiteText<'c>,
    read: &'c MarkdownEvents<'c>,
    own: OnceCell<UniqueNames>,
    scan: TagScanner,
    unpublished: Unpublished,
    missing: usize,
    checked: CheckedText,
}

fn check(site: &Site, text: &SiteText<'_>, with_barriers: bool) -> CheckedText {
    let markdown = text.markdown.text();
    if !text.markdown.has_signs() && !names_colours(&markdown) {
        return CheckedText::default();
    }
    let read = MarkdownEvents::of(&markdown);
    let (own, scan, unpublished) = (OnceCell::new(), TagScanner::default(), Unpublished::default());
    let mut check =
        TextCheck { site, text, read: &read, own, scan, unpublished, missing: 0, checked: CheckedText::default() };
    check.events();
    let open = read.open.iter().map(|bytes| Leftover::new("html_open", bytes.clone()));
    for Leftover { case, bytes, repair } in leftovers(&read).into_iter().chain(open) {
        let problem = check.problem(Code::StraySigns, &bytes).with("case", case);
        check.add(problem.with("written", check.quoted(&bytes)).with("mended", repair));
    }
    read.unused.iter().for_each(|bytes| check.hidden("definition", bytes));
    if with_barriers {
        check.checked.found.extend(barriers(text, &read));
    }
    check.checked
}

impl TextCheck<'_> {
    fn events(&mut self) {
        let read = self.read;
        // The picture that is open, and whether it has words or needs none.
        let mut image: Option<(&str, &Range<usize>, bool)> = None;
        let mut cell = 0;
        for (event, range) in &read.events {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => self.link(dest_url, range),
                Event::Start(Tag::Image { dest_url, .. }) => {
                    let is_shown = self.picture(dest_url, range);
                    image = Some((dest_url, range, !is_shown));
                }
                Event::Text(words) | Event::Code(words) => {
                    if let Some((_, _, has_words)) = &mut image {
                        *has_words |= !words.trim().is_empty();
                    }
                }
                Event::Html(html) | Event::InlineHtml(html) => self.html(html, range),
                Event::End(TagEnd::Image) => {
                    if let Some((written, range, false)) = image.take() {
                        self.add(self.problem(Code::NoAlt, range).with("written", written));
                    }
                }
                // A language is one word, and nothing to a reader.
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(words))) if words.trim().contains(' ') => {
                    let line = read.markdown[range.clone()].lines().next().unwrap_or_default();
                    self.hidden("fence", &(range.start..range.start + line.len()));
                }
                Event::End(TagEnd::TableCell) => cell = range.end,
                Event::End(TagEnd::TableRow) => {
                    if let Some(bytes) = cells_beyond_head(read.markdown, cell..range.end) {
                        let written = self.quoted(&bytes);
                        self.add(self.problem(Code::CellsBeyondHead, &bytes).with("written", written));
                    }
                }
                _ => {}
            }
        }
    }

    fn problem(&self, code: Code, bytes: &Range<usize>) -> Diagnostic {
        Diagnostic::new(code, self.text.file, self.text.place(bytes))
    }

    fn add(&mut self, problem: Diagnostic) {
        self.checked.found.push(problem);
    }

    /// The text at some bytes, on one line and not too long for a message.
    fn quoted(&self, bytes: &Range<usize>) -> String {
        let written = self.read.markdown[bytes.clone()].split_whitespace().flat_map(|word| [" ", word]).skip(1);
        let mut quoted = String::new();
        for piece in written {
            quoted.push_str(piece);
            if let Some((end, _)) = quoted.char_indices().nth(QUOTED) {
                quoted.truncate(end);
                quoted.push('…');
                break;
            }
        }
        quoted
    }

    fn hidden(&mut self, case: &'static str, bytes: &Range<usize>) {
        let problem = self.problem(Code::HiddenWords, bytes).with("case", case);
        self.add(problem.with("written", self.quoted(bytes)));
    }

    fn link(&mut self, written: &str, range: &Range<usize>) {
        let on = self.text.on;
        match self.site.link(on.route, written) {
            Ok(Link::Here(place)) => self.place(on, &place, written, range),
            Ok(Link::Page(route, Some(place))) => self.place(Page { route, ..on }, &place, written, range),
            Ok(Link::Page(_, None) | Link::File(..) | Link::Outside(_)) => {}
            Err(broken) => self.broken(broken, written, range),
        }
    }

    /// Checks a picture, which must be the site's: the pages' security policy shows no other. Returns false if a link takes
    /// its place, which needs no description.
    fn picture(&mut self, written: &str, range: &Range<usize>) -> bool {
        match self.site.picture(self.text.on.route, written) {
            Ok(Picture::Own(..)) => {}
            Ok(Picture::Elsewhere(_)) => {
                self.add(self.problem(Code::PictureElsewhere, range).with("written", written));
                return false;
            }
            Err(broken) => self.broken(broken, written, range),
        }
        true
    }

    fn broken(&mut self, broken: Broken, written: &str, range: &Range<usize>) {
        let (code, near) = match broken {
            Broken::NotYet | Broken::Unpublished => return,
            Broken::Nowhere(near) => (Code::BrokenLink, near),
            Broken::Unsafe => (Code::UnsafeAddress, None),
        };
        let problem = self.problem(code, range).with("written", written);
        self.add(near.into_iter().fold(problem, |problem, near| problem.with("nearest", near)));
    }

    /// A link to a place in a page, which must be there.
    fn place(&mut self, page: Page, place: &str, written: &str, range: &Range<usize>) {
        let names = || outline(&self.read.events, 1).1;
        if is_top(place) || page == self.text.on && self.own.get_or_init(names).find(place).is_some() {
            return;
        }
        self.checked.depends = true;
        if self.site.place(page, place).is_some() {
            return;
        }
        self.missing += 1;
        let (most, longest) = NEAREST;
        let places = if self.missing > most || place.len() > longest { Vec::new() } else { self.site.places(page) };
        let problem = self.problem(Code::MissingAnchor, range).with("written", written);
        let near = nearest(place, places.iter().map(String::as_str));
        let before = written.len() - place.len();
        self.add(match near {
            Some(near) => problem.with("nearest", format!("{}{near}", &written[..before])),
            None => problem,
        });
    }

    fn html(&mut self, html: &str, range: &Range<usize>) {
        // In a quotation the bytes of a tag aren't those of the text.
        let is_as_written = self.read.markdown[range.clone()] == *html;
        for tag in self.scan.tags(html) {
            let bytes = range.start + tag.bytes.start..range.start + tag.bytes.end;
            let bytes = if is_as_written { bytes } else { range.clone() };
            self.tag(&tag, &bytes);
        }
        self.comments(range);
    }

    /// A comment in which another begins, most likely because its own end is missing.
    fn comments(&mut self, range: &Range<usize>) {
        let html = &self.read.markdown[range.clone()];
        let starts: Vec<usize> = html.match_indices("<!--").map(|(at, _)| at).collect();
        if let Some(pair) = starts.windows(2).find(|pair| !html[pair[0]..pair[1]].contains("-->")) {
            self.hidden("comment", &(range.start + pair[0]..range.start + pair[1]));
        }
    }

    fn tag(&mut self, tag: &html::Tag<'_>, bytes: &Range<usize>) {
        if self.unpublished.is(tag) {
            self.add(self.problem(Code::UnsafeHtml, bytes));
        } else if tag.holds_words() {
            self.hidden("tag", bytes);
        }
        match (&*tag.name, tag.closes) {
            ("a", false) => {
                if let Some(href) = tag.get("href") {
                    self.link(href, bytes);
                }
            }
            ("img", false) => {
                let is_shown = self.picture(tag.get("src").unwrap_or_default(), bytes);
                if is_shown && tag.get("alt").is_none() {
                    let written = tag.get("src").unwrap_or_default();
                    self.add(self.problem(Code::NoAlt, bytes).with("written", written));
                }
            }
            _ => {}
        }
    }
}
