//! The addresses of all pages, for search engines (<https://www.sitemaps.org/protocol.html>, version 0.9): each page in
//! each language, with its other languages beside it, and the day of its last change if the content states one.

use std::io;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::format::{Export, file, is_first};
use crate::incremental::query::{self, Query};
use crate::output::{Cause, OutputFile, OutputPathError};
use crate::site::{Page, Route, Site};

pub(super) const EXPORT: Export = Export {
    name: "sitemap",
    // Search engines find it through robots.txt; it is nothing for readers of a page.
    announce: |_, _, _| Vec::new(),
    files: |site, strings| if is_first(site, strings) { files(site, &PROTOCOL) } else { Ok(Vec::new()) },
};

/// The file with which search engines begin.
pub(super) const ADDRESS: &str = "sitemap.xml";

/// Limits of one file.
struct Limit {
    pages: usize,
    bytes: usize,
}

const PROTOCOL: Limit = Limit { pages: 50_000, bytes: 52_428_800 };

/// Room for the frame around the pages of a file, in bytes.
const FRAME: usize = 512;

/// One file; above the limit a list of files in its place.
fn files<'a>(site: &'a Site, limit: &Limit) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
    let pages: Arc<[Page]> = listed(site).collect();
    let parts = parts(site, &pages, limit);
    let [several @ .., _] = &*parts else { return Ok(Vec::new()) };
    if several.is_empty() {
        // Listed again while it is made, so that the pages that it is made of are traced.
        return Ok(vec![file(ADDRESS, |bytes| pages_of(site, listed(site), bytes))?]);
    }
    let addresses: Vec<String> = (1..=parts.len()).map(|n| format!("sitemap-{n}.xml")).collect();
    let mut files = Vec::with_capacity(parts.len() + 1);
    for (address, part) in addresses.iter().zip(parts) {
        let pages = Arc::clone(&pages);
        files.push(file(address, move |bytes| {
            // The pages of each file depend on all pages.
            query::trace(Query::Uncacheable);
            pages_of(site, pages[part.clone()].iter().copied(), bytes)
        })?);
    }
    files.push(file(ADDRESS, move |bytes| list_of(site, &addresses, bytes))?);
    Ok(files)
}

/// The pages that search engines may find.
fn listed(site: &Site) -> impl Iterator<Item = Page> {
    site.pages().into_iter().filter(|page| page.route.is_indexed())
}

/// The pages of each file, as many as fit.
fn parts(site: &Site, pages: &[Page], limit: &Limit) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut filled) = (0, FRAME);
    let mut one = Writer::new(Vec::new());
    for (place, page) in pages.iter().enumerate() {
        one.get_mut().clear();
        // Memory takes every write.
        let size = entry(site, *page, &mut one).map_or(0, |()| one.get_mut().len());
        if place - start == limit.pages || (filled + size > limit.bytes && place > start) {
            parts.push(start..place);
            (start, filled) = (place, FRAME);
        }
        filled += size;
    }
    if start < pages.len() {
        parts.push(start..pages.len());
    }
    parts
}

fn pages_of(site: &Site, mut pages: impl Iterator<Item = Page>, bytes: &mut Vec<u8>) -> Result<(), Cause> {
    let mut root = BytesStart::new("urlset");
    root.push_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    if site.settings.languages.len() > 1 {
        root.push_attribute(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    }
    document(&root, bytes, |writer| pages.try_for_each(|page| entry(site, page, writer)))
}

fn list_of(site: &Site, addresses: &[String], bytes: &mut Vec<u8>) -> Result<(), Cause> {
    let mut root = BytesStart::new("sitemapindex");
    root.push_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    document(&root, bytes, |writer| {
        addresses.iter().try_for_each(|address| {
            open(writer, "sitemap")?;
            text(writer, "loc", &site.settings.base.join(address))?;
            close(writer, "sitemap")
        })
    })
}

fn document<'b>(
    root: &BytesStart<'_>,
    bytes: &'b mut Vec<u8>,
    inside: impl FnOnce(&mut Writer<&'b mut Vec<u8>>) -> io::Result<()>,
) -> Result<(), Cause> {
    let mut writer = Writer::new(bytes);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.write_event(Event::Start(root.borrow()))?;
    inside(&mut writer)?;
    writer.write_event(Event::Text(BytesText::new("\n")))?;
    writer.write_event(Event::End(root.to_end()))?;
    Ok(())
}

fn entry<W: io::Write>(site: &Site, page: Page, writer: &mut Writer<W>) -> io::Result<()> {
    open(writer, "url")?;
    text(writer, "loc", &site.canonical(page))?;
    if let Some(day) = modified(site, page.route) {
        text(writer, "lastmod", &day.to_string())?;
    }
    if site.settings.languages.len() > 1 {
        let same = || site.in_every_language(page.route).filter(|other| other.route == page.route);
        for other in same() {
            alternate(writer, other.lang.code(), &site.canonical(other))?;
        }
        if let Some(first) = same().next() {
            alternate(writer, "x-default", &site.canonical(first))?;
        }
    }
    close(writer, "url")
}

/// The day that the content gives a page. A sheet's own dates are those of its act: what it says may have changed later,
/// and a day that is too early keeps search engines away.
fn modified(site: &Site, route: Route) -> Option<Date> {
    let catalogue = &site.catalogue;
    let newest = match route {
        Route::Update(id) => Some(id),
        Route::Project(id) => catalogue[id].updates.first().copied(),
        // The catalogue's order is newest first.
        Route::Updates => catalogue.update_ids().next(),
        _ => None,
    };
    newest.map(|id| catalogue[id].date)
}

/// Opens an element on a line of its own, for people who look.
fn open<W: io::Write>(writer: &mut Writer<W>, name: &str) -> io::Result<()> {
    writer.write_event(Event::Text(BytesText::new("\n")))?;
    writer.write_event(Event::Start(BytesStart::new(name)))
}

fn close<W: io::Write>(writer: &mut Writer<W>, name: &str) -> io::Result<()> {
    writer.write_event(Event::End(BytesEnd::new(name)))
}

fn text<W: io::Write>(writer: &mut Writer<W>, name: &str, text: &str) -> io::Result<()> {
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    writer.write_event(Event::Text(BytesText::new(text)))?;
    close(writer, name)
}

/// A link from a page to one of its languages, itself among them (Google's extension of the protocol, which Bing reads too).
fn alternate<W: io::Write>(writer: &mut Writer<W>, lang: &str, url: &str) -> io::Result<()> {
    let mut link = BytesStart::new("xhtml:link");
    link.extend_attributes([("rel", "alternate"), ("hreflang", lang), ("href", url)]);
    writer.write_event(Event::Empty(link))
}

#[cfg(test)]
mod tests {
    use roxmltree::{Document, Node};

    use super::*;
    use crate::export::tests::sample::{in_languages, many_updates, site};
    use crate::model::Lang;

    const BASE: &str = "https://prova.example.org";
    const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    const XHTML: &str = "http://www.w3.org/1999/xhtml";

    /// Each file by its address, in the order of the files.
    fn made(site: &Site, limit: &Limit) -> Vec<(String, String)> {
        let files = files(site, limit).expect("well-formed paths");
        let text = |file: &OutputFile<'_>| {
            let mut bytes = Vec::new();
            file.make(&mut bytes).expect("bytes");
            (file.path().to_string(), String::from_utf8(bytes).expect("UTF-8"))
        };
        files.iter().map(text).collect()
    }

    fn only(site: &Site) -> String {
        let [(address, xml)] = &made(site, &PROTOCOL)[..] else { panic!("one file") };
        assert_eq!(address, "sitemap.xml");
        xml.clone()
    }

    /// The texts that an independent reader finds in the children of the root, by their names.
    fn texts(xml: &str, root: &str, child: &str, name: &str) -> Vec<String> {
        let document = Document::parse(xml).expect("XML");
        assert!(document.root_element().has_tag_name((NAMESPACE, root)), "{xml}");
        let children = document.root_element().children().filter(Node::is_element);
        let children = children.inspect(|node| assert!(node.has_tag_name((NAMESPACE, child)), "{xml}"));
        let found = children.flat_map(|node| node.children().filter(|node| node.has_tag_name((NAMESPACE, name))));
        found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
    }

    fn addresses(xml: &str) -> Vec<String> {
        texts(xml, "urlset", "url", "loc")
    }

    #[test]
    fn every_page_but_that_for_wrong_addresses_is_there_once() {
        let site = site(BASE);
        let mut found = addresses(&only(&site));
        let pages = site.pages();
        let mut expected: Vec<String> = pages.iter().map(|page| site.canonical(*page)).collect();
        expected.retain(|address| !address.ends_with("404.html"));
        assert_eq!(expected.len(), pages.len() - 1);
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_address_is_read_back_as_it_is_whatever_stands_in_it() {
        let site = site("https://prova.example.org/a&b/'c'");
        let found = addresses(&only(&site));
        assert!(found.contains(&site.cited(Route::Projects)), "{found:?}");
        assert!(site.cited(Route::Projects).contains("a&b"));
    }

    #[test]
    fn a_page_names_itself_in_every_language_of_the_site_where_there_are_several() {
        assert!(!only(&site(BASE)).contains("xhtml"));
        let site = in_languages(vec![Lang::It, Lang::En]);
        let xml = only(&site);
        let document = Document::parse(&xml).expect("XML");
        let english = Page { lang: Lang::En, route: Route::Projects };
        let urls: Vec<Node<'_, '_>> = document.root_element().children().filter(Node::is_element).collect();
        assert_eq!(urls.len(), site.pages().len() - 1);
        for url in urls {
            let links: Vec<(&str, &str)> = url
                .children()
                .filter(|node| node.has_tag_name((XHTML, "link")))
                .filter_map(|link| Some((link.attribute("hreflang")?, link.attribute("href")?)))
                .collect();
            assert_eq!(links.iter().map(|(lang, _)| *lang).collect::<Vec<_>>(), ["it", "en", "x-default"]);
            assert_eq!(links[0].1, links[2].1);
            let own = url
                .children()
                .find(|node| node.has_tag_name((NAMESPACE, "loc")))
                .and_then(|loc| loc.text());
            assert!(links.iter().any(|(_, href)| Some(*href) == own), "{links:?}");
            if own == Some(&*site.canonical(english)) {
                assert_eq!(links[1].1, site.canonical(english));
            }
        }
    }

    #[test]
    fn only_what_an_update_changes_has_a_day() {
        let site = site(BASE);
        let xml = only(&site);
        let document = Document::parse(&xml).expect("XML");
        let dated: Vec<(String, String)> = document
            .root_element()
            .children()
            .filter_map(|url| {
                let of = |name| url.children().find(|node: &Node<'_, '_>| node.has_tag_name((NAMESPACE, name)))?.text();
                Some((of("loc")?.trim_start_matches(BASE).to_owned(), of("lastmod")?.to_owned()))
            })
            .collect();
        let expected = [
            ("/progetti/habito/", "2024-02-03"),
            ("/progetti/senza-codice/", "2023-12-02"),
            ("/aggiornamenti/", "2024-02-03"),
            ("/progetti/habito/2024-02-03-fine/", "2024-02-03"),
            ("/progetti/senza-codice/2023-12-02-avviso/", "2023-12-02"),
            ("/progetti/habito/2023-01-09/", "2023-01-09"),
        ];
        assert_eq!(dated, expected.map(|(address, day)| (address.to_owned(), day.to_owned())));
    }

    #[test]
    fn above_the_number_of_pages_a_list_names_files_that_hold_them_all() {
        let site = many_updates(40);
        let all = addresses(&only(&site));
        let limit = |pages| Limit { pages, ..PROTOCOL };
        assert_eq!(made(&site, &limit(all.len())).len(), 1);
        let files = made(&site, &limit(all.len() - 1));
        let names: Vec<&str> = files.iter().map(|(address, _)| address.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        let listed = texts(&files[2].1, "sitemapindex", "sitemap", "loc");
        assert_eq!(listed, names[..2].iter().map(|name| format!("{BASE}/{name}")).collect::<Vec<_>>());
        let parts = [&files[0].1, &files[1].1].map(|xml| addresses(xml));
        assert_eq!(parts.each_ref().map(Vec::len), [all.len() - 1, 1]);
        assert_eq!(parts.concat(), all);
    }

    #[test]
    fn no_file_is_larger_than_the_limit() {
        let site = many_updates(40);
        let all = addresses(&only(&site));
        let limit = Limit { bytes: 2_000, ..PROTOCOL };
        let files = made(&site, &limit);
        assert!(files.len() > 3);
        assert!(files.iter().all(|(_, xml)| xml.len() <= limit.bytes));
        let parts: Vec<String> = files[..files.len() - 1].iter().flat_map(|(_, xml)| addresses(xml)).collect();
        assert_eq!(parts, all);
    }
}
