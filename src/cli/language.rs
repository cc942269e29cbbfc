//! The language of messages.

use std::ffi::OsString;

use camino::Utf8Path;

use crate::model::Lang;
use crate::{parse, source};

/// The language of all messages for people: the one of `--lang`, else the site's, else the environment's if Vetro speaks it,
/// else Italian, the language of its editors.
///
/// Read before the arguments are, since messages about wrong arguments are in this language too.
pub(super) fn language(arguments: &[OsString]) -> Lang {
    let value = |name: &str| {
        let mut words = arguments
            .iter()
            .filter_map(|word| word.to_str())
            .skip_while(|word| !word.starts_with(name));
        match words.next()?.strip_prefix(name)? {
            "" => words.next(),
            joined => joined.strip_prefix('='),
        }
    };
    let is_spoken = |lang: &Lang| lang.of_editors() == *lang;
    let site = || parse::language(&source::settings(Utf8Path::new(value("--root").unwrap_or(".")))?);
    let wanted = value("--lang").and_then(|name| name.parse().ok());
    wanted
        .filter(is_spoken)
        .or_else(|| site().filter(is_spoken))
        .or_else(|| locale().filter(is_spoken))
        .unwrap_or(Lang::It)
}

/// The language of the environment (POSIX.1-2024, §8.2: the first of these that isn't empty counts).
fn locale() -> Option<Lang> {
    let value = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))?;
    value.split(['_', '.', '@']).next()?.parse().ok()
}
