//! Text and addresses as HTML has them.

use pulldown_cmark_escape::{escape_href, escape_html};

pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_html(&mut escaped, text).expect("a text takes every write");
    escaped
}

pub(super) fn escaped_href(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    escape_href(&mut escaped, address).expect("a text takes every write");
    escaped
}
