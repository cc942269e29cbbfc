//! Links of texts to records and to files beside them, as they are written.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::text::{ClientPosition, Lines};
use crate::model::folded;
use crate::parse::{self, WrittenRecord};
use crate::site::{LINK_OPTIONS, Route, Site};

/// A link within the site.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// Target as written, without the place in the page.
    pub(super) written: String,
    pub(super) place: ClientPosition,
    /// The last part of its target, as names are compared.
    pub(super) key: Arc<str>,
}

/// The links of a file: in its Markdown, in the report of an objective, and to files that documents and evidence name.
pub(super) fn of(path: &str, text: &str, records: &[WrittenRecord], lines: &Lines<'_>) -> Vec<Link> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    if path.ends_with(".md") {
        let body = parse::body(text);
        let inside = destinations(&text[body..]).into_iter();
        found.extend(inside.map(|(bytes, written)| (bytes.start + body..bytes.end + body, written)));
    }
    records.iter().for_each(|record| add_links(record, text, &mut found));
    let within = found.into_iter().filter_map(|(bytes, written)| {
        let page = &written[..written.find('#').unwrap_or(written.len())];
        // A scheme leads out of the site (RFC 3986 §3.1).
        if page.is_empty() || page.contains(':') || page.starts_with("//") {
            return None;
        }
        let key = key(page).into();
        Some(Link {
            place: lines.client_position(&(bytes.start..bytes.start + page.len())),
            written: page.to_owned(),
            key,
        })
    });
    within.collect()
}

/// The target of a link without the end that every address may have.
pub(super) fn bare(page: &str) -> &str {
    page.strip_suffix("index.html").unwrap_or(page).trim_end_matches('/')
}

/// The last part of a link's target, as names are compared: a code, the name of a file, or the end of an address.
fn key(page: &str) -> String {
    let last = bare(page).rsplit('/').next().unwrap_or_default();
    folded(&percent_encoding::percent_decode_str(last).decode_utf8_lossy())
}

/// Adds the links in the fields of a record.
fn add_links(record: &WrittenRecord, text: &str, found: &mut Vec<(Range<usize>, String)>) {
    for entry in &record.entries {
        match entry.field.name {
            "file" | "evidence" => {
                let is_as_written =
                    |(bytes, written): &&(Range<usize>, String)| text.get(bytes.clone()) == Some(written);
                found.extend(entry.scalars.iter().filter(is_as_written).cloned());
            }
            "report" => {
                for (bytes, written) in &entry.scalars {
                    let Some(raw) = text.get(bytes.clone()) else { continue };
                    let mut targets: Vec<String> =
                        destinations(written).into_iter().map(|(_, target)| target).collect();
                    targets.sort_unstable();
                    targets.dedup();
                    for target in targets {
                        let places = raw.match_indices(&target).map(|(at, _)| at);
                        let is_whole = |at: &usize| {
                            let (before, after) = (&raw[..*at], &raw[at + target.len()..]);
                            let ends = after.is_empty() || after.starts_with([')', '>', ' ', '\n', '\r']);
                            ends && before.trim_end().ends_with(['(', '<', ':'])
                        };
                        found.extend(
                            places
                                .filter(is_whole)
                                .map(|at| (bytes.start + at..bytes.start + at + target.len(), target.clone())),
                        );
                    }
                }
            }
            _ => entry.records.iter().for_each(|inner| add_links(inner, text, found)),
        }
    }
}

/// The targets of the links of a Markdown text, with their bytes. A target that is written with escapes isn't among them.
fn destinations(markdown: &str) -> Vec<(Range<usize>, String)> {
    // Most texts have no link, and Markdown takes a while to read.
    if !markdown.contains("](") && !markdown.contains("]:") {
        return Vec::new();
    }
    let parser = Parser::new_ext(markdown, LINK_OPTIONS);
    let after = |mark: &str, bytes: &Range<usize>, target: &str| {
        let link = &markdown[bytes.clone()];
        let at = if mark == "](" { link.rfind(mark) } else { link.find(mark) }? + mark.len();
        let rest = link[at..].trim_start();
        let rest = rest.strip_prefix('<').unwrap_or(rest);
        let start = bytes.end - rest.len();
        rest.starts_with(target).then(|| (start..start + target.len(), target.to_owned()))
    };
    let mut found: Vec<_> = (parser.reference_definitions().iter())
        .filter_map(|(_, definition)| after("]:", &definition.span, &definition.dest))
        .collect();
    found.extend(parser.into_offset_iter().filter_map(|(event, bytes)| match event {
        Event::Start(
            Tag::Link { link_type: LinkType::Inline, dest_url, .. }
            | Tag::Image { link_type: LinkType::Inline, dest_url, .. },
        ) => after("](", &bytes, &dest_url),
        _ => None,
    }));
    found
}

/// The page of a record's file, or of its translation. Returns `None` for files without a page.
pub(super) fn page_of(site: &Site, path: &str) -> Option<Route> {
    let own = parse::record_path(path);
    let catalogue = &site.catalogue;
    let is_own = |path: &str| parse::record_path(path) == own;
    match parse::SheetKind::of(path)? {
        parse::SheetKind::Objective(_) => catalogue
            .objective_ids()
            .find(|id| is_own(&catalogue[*id].origin.path))
            .map(Route::Objective),
        parse::SheetKind::Project(_) => {
            catalogue.project_ids().find(|id| is_own(&catalogue[*id].origin.path)).map(Route::Project)
        }
        parse::SheetKind::Update(_) => {
            catalogue.update_ids().find(|id| is_own(&catalogue[*id].origin.path)).map(Route::Update)
        }
        parse::SheetKind::Page => catalogue.page_ids().find(|id| is_own(&catalogue[*id].origin.path)).map(Route::Free),
        parse::SheetKind::Units | parse::SheetKind::Plan => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::text::Encoding;

    #[test]
    fn every_link_within_the_site_is_found_where_it_is_written() {
        let text = "---\ncode: A\nreport: |\n  Vedi [qui](B1) e [là](../2019/A0.md#fasi).\ndocuments: [{title: T, file: A-x.pdf}]\n---\n\
            [uno](2020_ZN10) ![foto](A-y.png) [due](</2020/zn10/> \"Titolo\") [tre][t] `[no](X)` [fuori](https://a.it/B1)\n\n[t]: C1#c\n";
        let path = "content/objectives/2020/A.md";
        let records = parse::entries(path, text).expect("it is a record").records;
        let mut found = of(path, text, &records, &Lines::of(text, Encoding::Utf8));
        found.sort_by_key(|link| link.place.bytes.start);
        for link in &found {
            assert_eq!(text[link.place.bytes.clone()], link.written);
        }
        let found: Vec<(&str, &str)> = found.iter().map(|link| (&*link.written, &*link.key)).collect();
        let wanted = [
            ("B1", "b1"),
            ("../2019/A0.md", "a0.md"),
            ("A-x.pdf", "a-x.pdf"),
            ("2020_ZN10", "2020_zn10"),
            ("A-y.png", "a-y.png"),
            ("/2020/zn10/", "zn10"),
            ("C1", "c1"),
        ];
        assert_eq!(found, wanted);
    }
}
