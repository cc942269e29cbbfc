//! `site.toml` of a sound site, read and checked.

#![no_main]

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
