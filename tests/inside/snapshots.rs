//! The `<main>` of one page of each kind, of Valdoro in its first language: a change of what readers see shows as a change of
//! a file. `INSTA_UPDATE=always cargo test --lib snapshots` writes the files anew; look at each before it is committed.

use std::collections::BTreeMap;

use crate::{Options, Session};
use jiff::civil::date;

use super::common::SiteTest;

#[test]
fn a_page_of_each_kind_is_as_it_was_looked_at() {
    let site = SiteTest::copy_of("tests/sites/valdoro");
    let options = Options { as_of: date(2026, 6, 15), ..site.options.clone() };
    let (_, edition, report) = Session::once_in(&site.root(), &options).expect("the site can be read");
    assert_eq!(report.errors(), 0);
    let edition = edition.expect("the theme is the program's own");
    let mut first = BTreeMap::new();
    for page in edition.site.pages() {
        first.entry(page.route.kind()).or_insert(page);
    }
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (kind, page) in first {
            let mut html = Vec::new();
            edition.page(page).expect("an address").make(&mut html).expect("the theme makes every page");
            let html = String::from_utf8(html).expect("a text");
            let main = html.find("<main").zip(html.find("</main>")).map(|(from, to)| &html[from..to]);
            insta::assert_snapshot!(kind, main.expect("every page has a <main>"));
        }
    });
}
