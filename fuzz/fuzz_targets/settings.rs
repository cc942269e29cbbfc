//! `site.toml` of a sound site, read and checked.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::source::SITE_FILE;
use vetro_fuzz::{report, site, text};

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let tree = site::with(SITE_FILE, &text(data));
        let (_, problems) = site::check(&tree);
        report::judge(&tree, &problems);
    }
);
