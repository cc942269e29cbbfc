//! A text of an editor as HTML: nothing in it runs or loads anything, and no address leads to script.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vetro::model::Markdown;
use vetro::render::markdown::{self, Links};
use vetro::site::{Route, Site};
use vetro::source::SourceTree;
use vetro_fuzz::{html, site, text};

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let (site, report) = site::check(&SourceTree::from_texts(site::SOUND));
    assert_eq!(report.errors(), 0, "{report:?}");
    site.expect("the settings are sound").0
});

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let text = Markdown::from(&*text(data));
        let home = SITE.page(Route::Home);
        for (links, shift) in [(Links::Below("../"), 1), (Links::Absolute, 3)] {
            let html = markdown::html(&SITE, home, &text, links, shift, "a-");
            let danger = html::danger(&html);
            assert!(danger.is_none(), "{danger:?} in {html}");
        }
        let _ = markdown::headings(&text);
    }
);
