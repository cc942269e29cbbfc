//! `site.toml` of a sound site, read and checked.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::internals::{SITE_FILE, check_site};
use vetro_fuzz::{options, report, site, text};

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let tree = site::with(SITE_FILE, &text(data));
        let (_, problems) = check_site(&tree, &options());
        report::judge(&tree, &problems);
    }
);
