//! Names as parts of addresses and as they are compared.

use crate::model::composed;

/// A readable, lower-case part of an address: `[a-z0-9_-]` without `-` at its ends. Empty if nothing is left of the text.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = Vec::with_capacity(text.len());
    let mut add = |byte: u8| match byte.to_ascii_lowercase() {
        byte @ (b'a'..=b'z' | b'0'..=b'9' | b'_') => slug.push(byte),
        _ if slug.last().is_some_and(|last| *last != b'-') => slug.push(b'-'),
        _ => {}
    };
    if text.is_ascii() {
        text.bytes().for_each(add);
    } else {
        // NFC first: the transliteration knows composed letters only.
        for letter in composed(text).chars() {
            match u8::try_from(letter).ok().filter(u8::is_ascii) {
                Some(byte) => add(byte),
                None => deunicode::deunicode_char(letter).unwrap_or("-").bytes().for_each(&mut add),
            }
        }
    }
    slug.pop_if(|last| *last == b'-');
    String::from_utf8(slug).unwrap_or_default()
}

/// The [`slug`] of each part of a unit's id.
pub(crate) fn slugs(id: &str) -> String {
    id.split('/').map(slug).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

/// The beginning of a name that is too long to be shown whole.
pub(super) fn shortened(name: &str) -> String {
    const SHOWN: usize = 60;
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_readable_in_every_spelling_of_a_letter() {
        assert_eq!(slug("2020_ZN07"), "2020_zn07");
        assert_eq!(slug("CT3.1.1.a"), "ct3-1-1-a");
        assert_eq!(slug("Città «aperta»"), "citta-aperta");
        assert_eq!(slug("Citta\u{300}"), "citta");
        assert_eq!(slug("../.."), "");
    }
}
