//! One file of `content/` in a sound site, read and checked. The first line of the input is its path there.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use libfuzzer_sys::fuzz_target;
use vetro::internals::check_site;
use vetro_fuzz::{options, report, site, text};

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let text = text(data);
        let Some((path, text)) = text.split_once('\n') else { return };
        let tree = site::with(&format!("content/{path}"), text);
        let (_, problems) = check_site(&tree, &options());
        report::judge(&tree, &problems);
    }
);
