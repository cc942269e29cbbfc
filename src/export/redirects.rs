//! A page at each old address (`aliases`) that leads to the new one: at once, which readers don't notice (WCAG 2.2,
//! technique H76), and for search engines by the canonical link (RFC 6596). A static site has no other way to say that a page
//! has moved.

use pulldown_cmark_escape::escape_html;

use super::format::{Export, is_first};
use crate::incremental::query::{self, Query};
use crate::output::{Cause, OutputFile};
use crate::site::{Route, Site};

pub(super) const EXPORT: Export = Export {
    name: "moved",
    announce: |_, _, _| Vec::new(),
    files: |site, strings| {
        if !is_first(site, strings) {
            return Ok(Vec::new());
        }
        let redirect = |(path, route): &(_, Route)| {
            let (route, depth) = (*route, AsRef::<str>::as_ref(path).matches('/').count());
            OutputFile::new(Clone::clone(path), move |bytes| write(site, route, depth, bytes))
        };
        Ok(site.moved().iter().map(redirect).collect())
    },
};

/// Writes the page at an old address, which is `depth` folders below the site's root.
fn write(site: &Site, route: Route, depth: usize, bytes: &mut Vec<u8>) -> Result<(), Cause> {
    // The record names its old addresses.
    route.record().into_iter().for_each(|record| query::trace(Query::Whole(record)));
    let page = site.page(route);
    let escaped = |text: &str| {
        let mut html = String::new();
        escape_html(&mut html, text).map(|()| html)
    };
    let title = escaped(site.title(route).map_or("", |title| title))?;
    let canonical = escaped(&site.canonical(page))?;
    let new = escaped(&format!("{}{}", "../".repeat(depth), site.address(page)))?;
    let lang = page.lang.code();
    let html = format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={new}\">\n</head>\n<body>\n<main>\n\
         <h1><a href=\"{new}\">{title}</a></h1>\n</main>\n</body>\n</html>\n"
    );
    bytes.extend_from_slice(html.as_bytes());
    Ok(())
}
