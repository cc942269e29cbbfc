use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A text in which two spellings of one letter are the same (Unicode normal form C, UAX #15); most texts are so already.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { text.into() } else { text.nfc().collect() }
}

/// Name in the form in which it is compared: case, spelling of accents and white space don't matter.
pub(crate) fn folded(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in composed(name).split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    if folded.is_ascii() {
        folded.make_ascii_lowercase();
        return folded;
    }
    folded.to_lowercase()
}
