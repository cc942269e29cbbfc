//! A stream of bytes as the input of the language server: the session ends with it, whatever it was.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::io::{Cursor, sink};

use camino::Utf8Path;
use libfuzzer_sys::fuzz_target;
use vetro::internals::run_language_server;
use vetro_fuzz::{MESSAGES, options};

/// Nothing is there: to check a site would take longer than to read the stream.
const ROOT: &str = "/dev/null/site";

fuzz_target!(|data: &[u8]| {
    let input = Cursor::new(data.to_vec());
    run_language_server(input, sink(), Utf8Path::new(ROOT), &options(), &MESSAGES, |error| error.to_string());
});
