//! A text of an editor as HTML: nothing in it runs or loads anything, and no address leads to script.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vetro::SourceTree;
use vetro::internals::{Site, check_site, home_html};
use vetro_fuzz::{html, options, site, text};

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let (site, report) = check_site(&SourceTree::from_texts(site::SOUND), &options());
    assert_eq!(report.errors(), 0, "{report:?}");
    site.expect("the settings are sound")
});

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        for html in home_html(&SITE, &text(data)) {
            let danger = html::danger(&html);
            assert!(danger.is_none(), "{danger:?} in {html}");
        }
    }
);
