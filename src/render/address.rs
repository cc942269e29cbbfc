//! Addresses as links on pages write them.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::site::{Page, Route, Site};

/// Path from a page to the site's root, such as `../../`. The page for wrong addresses is shown at any depth, so it names
/// the root from the host on.
pub(super) fn root(site: &Site, page: Page) -> String {
    let depth = match page.route {
        Route::NotFound => return site.settings.base.path().to_owned(),
        _ => site.address(page).matches('/').count(),
    };
    if depth == 0 { "./".to_owned() } else { "../".repeat(depth) }
}

/// Address as links write it: every character that RFC 3986 lets in no path is percent-encoded.
pub(super) fn encoded(address: &str) -> String {
    const OUTSIDE_PATHS: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(address, OUTSIDE_PATHS).to_string()
}
