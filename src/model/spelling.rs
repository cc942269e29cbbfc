use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A text in which two spellings of one letter are the same (Unicode normal form C, UAX #15); most texts are so already.
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { text.into() } else { text.nfc().collect() }
}
