//! Codes of public projects and contracts, and codes of persons that must not be published.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A Codice Unico di Progetto (legge 16 gennaio 2003 n. 3, art. 11), in capitals where it is well-formed:
/// `J41B21000000001`; else as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Cup(String);

/// A Codice Identificativo di Gara (legge 13 agosto 2010 n. 136, art. 3), in capitals where it is well-formed: ten letters
/// or digits; else as it was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Cig(String);

/// Error of a text that is not the code that it is given as.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum CodeError {
    /// Another number of characters.
    #[error("`{written}` has {found} characters, not {expected}")]
    Length {
        /// The text.
        written: String,
        /// Number of characters that the code has.
        expected: usize,
        /// Number of characters that were written.
        found: usize,
    },
    /// A character that the code does not have there.
    #[error("`{written}` has `{found}` at place {place}")]
    Character {
        /// The text.
        written: String,
        /// The character.
        found: char,
        /// Place, from 1.
        place: usize,
    },
}

impl Cup {
    /// Reads fifteen characters: a letter, two digits, a letter, eleven digits. Small letters are
    /// taken as capitals.
    pub(crate) fn parse(text: &str) -> Result<Self, CodeError> {
        code(text, 15, |place, c| match place {
            0 | 3 => c.is_ascii_alphabetic(),
            _ => c.is_ascii_digit(),
        })
        .map(Self)
    }

    /// A text in place of a code, whatever it is.
    pub(crate) fn as_written(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// True if other registers can know it.
    pub(crate) fn is_well_formed(&self) -> bool {
        Self::parse(&self.0).is_ok()
    }

    /// Characters: fifteen where it is well-formed.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Cig {
    /// Reads ten letters or digits. Small letters are taken as capitals.
    pub(crate) fn parse(text: &str) -> Result<Self, CodeError> {
        code(text, 10, |_, c| c.is_ascii_alphanumeric()).map(Self)
    }

    /// A text in place of a code, whatever it is.
    pub(crate) fn as_written(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Characters: ten where it is well-formed.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Cup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Cig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn code(text: &str, length: usize, fits: impl Fn(usize, char) -> bool) -> Result<String, CodeError> {
    let text = text.trim();
    if let Some((place, found)) = text.chars().take(length).enumerate().find(|&(place, c)| !fits(place, c)) {
        return Err(CodeError::Character { written: text.to_owned(), found, place: place + 1 });
    }
    let found = text.chars().count();
    if found != length {
        return Err(CodeError::Length { written: text.to_owned(), expected: length, found });
    }
    Ok(text.to_ascii_uppercase())
}

/// Bytes of a person's codice fiscale in a text: sixteen characters that stand alone, of its form
/// (digits replaced for omocodia included) and with its check character, D.M. 23 dicembre 1976
/// art. 2-4.
///
/// The range is in bytes of `text`.
pub(crate) fn find_fiscal_code(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    // The search goes on behind the last character that can be in no code: so most of a text is never read.
    while let Some(window) = bytes.get(start..start + FISCAL_CODE_LENGTH) {
        if let Some(place) = window.iter().rposition(|byte| !byte.is_ascii_alphanumeric()) {
            start += place + 1;
            continue;
        }
        let length = alphanumerics(&bytes[start..]);
        let end = start + length;
        if length == FISCAL_CODE_LENGTH && is_separate(text, start, end) && is_fiscal_code(&bytes[start..end]) {
            return Some(start..end);
        }
        start = end;
    }
    None
}

/// Bytes of a bank account in a text: an IBAN of a country of the SEPA area, with or without spaces,
/// of that country's length and with its check digits (ISO 13616-1, ISO 7064 MOD 97-10).
///
/// The range is in bytes of `text`.
pub(crate) fn find_iban(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_figure = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    // The check digits, which follow the two letters of the country, are rarer than letters: most stretches of a text have no
    // figure, which is seen at once where none is looked for by itself.
    let has_figure = |stretch: &[u8]| stretch.iter().fold(false, |has, byte| has | byte.is_ascii_digit());
    let stretches = bytes.chunks(STRETCH).enumerate().filter(|(_, stretch)| has_figure(stretch));
    stretches
        .flat_map(|(nth, stretch)| (nth * STRETCH..).take(stretch.len()))
        .filter(|place| *place >= 2 && is_figure(*place) && !is_figure(place - 1))
        .find_map(|place| {
            let start = if bytes[place - 1] == b' ' { place.checked_sub(3)? } else { place - 2 };
            let end = start + iban_end(&bytes[start..])?;
            (text.is_char_boundary(start) && is_separate(text, start, end)).then_some(start..end)
        })
}

const FISCAL_CODE_LENGTH: usize = 16;

/// Number of bytes that are searched at once for a figure.
const STRETCH: usize = 32;

/// Number of ASCII letters and digits at the beginning.
fn alphanumerics(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// True if no letter or digit of any script touches the ends of a range.
fn is_separate(text: &str, start: usize, end: usize) -> bool {
    !text[..start].ends_with(char::is_alphanumeric) && !text[end..].starts_with(char::is_alphanumeric)
}

fn is_fiscal_code(code: &[u8]) -> bool {
    let mut plain = [0; FISCAL_CODE_LENGTH];
    for (place, byte) in code.iter().enumerate() {
        let byte = byte.to_ascii_uppercase();
        let is_figure = matches!(place, 6 | 7 | 9 | 10 | 12..=14);
        plain[place] = match (is_figure, byte) {
            (true, b'0'..=b'9') | (false, b'A'..=b'Z') => byte,
            (true, _) => match OMOCODIA.iter().position(|&letter| letter == byte) {
                Some(digit) => b'0' + u8::try_from(digit).unwrap_or_default(),
                None => return false,
            },
            (false, _) => return false,
        };
    }
    let day = 10 * (plain[9] - b'0') + plain[10] - b'0';
    b"ABCDEHLMPRST".contains(&plain[8]) && matches!(day, 1..=31 | 41..=71) && check_character(code) == plain[15]
}

/// True if an address is of a scheme that runs instructions, or opens a program, if a reader follows it. Spaces before
/// it and tabs and line ends within it hide no scheme (URL Standard §4.4).
pub(crate) fn is_dangerous(address: &str) -> bool {
    let lead = |c: char| c <= ' ';
    let Some((scheme, _)) = address.trim_start_matches(lead).split_once(':') else { return false };
    let scheme = scheme.replace(['\t', '\n', '\r'], "");
    DANGEROUS.iter().any(|dangerous| scheme.eq_ignore_ascii_case(dangerous))
}

const DANGEROUS: &[&str] =
    &["blob", "data", "filesystem", "intent", "jar", "javascript", "ms-msdt", "search-ms", "vbscript", "view-source"];

/// The letters that stand for the digits 0 to 9 where two persons would have one code.
const OMOCODIA: [u8; 10] = *b"LMNPQRSTUV";

/// Value of a digit or letter in an odd place, D.M. 23 dicembre 1976 art. 3; a digit counts
/// as the letter in its place (0 as A).
const ODD_VALUES: [u32; 26] =
    [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

fn check_character(code: &[u8]) -> u8 {
    let sum: u32 = code[..FISCAL_CODE_LENGTH - 1]
        .iter()
        .enumerate()
        .map(|(place, byte)| {
            let letter = match byte.to_ascii_uppercase() {
                digit @ b'0'..=b'9' => digit - b'0',
                letter => letter - b'A',
            };
            if place % 2 == 0 { ODD_VALUES[usize::from(letter)] } else { u32::from(letter) }
        })
        .sum();
    b'A' + u8::try_from(sum % 26).unwrap_or_default()
}

/// Length of the IBAN at the beginning, its spaces included.
fn iban_end(bytes: &[u8]) -> Option<usize> {
    let country = [bytes.first()?.to_ascii_uppercase(), bytes.get(1)?.to_ascii_uppercase()];
    let &(_, length) = IBAN_LENGTHS.iter().find(|(code, _)| **code == country)?;
    let mut found = 0;
    let mut head = 0;
    let mut rest = 0;
    let mut end = 0;
    while found < length {
        let byte = bytes.get(end)?.to_ascii_uppercase();
        end += 1;
        let value = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            b'A'..=b'Z' => u32::from(byte - b'A') + 10,
            b' ' if found > 0 && bytes.get(end) != Some(&b' ') => continue,
            _ => return None,
        };
        if matches!(found, 2 | 3) && value > 9 {
            return None;
        }
        let places = if value > 9 { 100 } else { 10 };
        if found < 4 {
            head = head * places + value;
        } else {
            rest = (rest * places + value) % 97;
        }
        found += 1;
    }
    // The country and the check digits, six figures in all, count after the rest.
    ((rest * 1_000_000 + head) % 97 == 1).then_some(end)
}

/// The lengths of IBANs in the SEPA area, from the registry of ISO 13616.
const IBAN_LENGTHS: [(&[u8; 2], usize); 42] = [
    (b"AD", 24),
    (b"AL", 28),
    (b"AT", 20),
    (b"BE", 16),
    (b"BG", 22),
    (b"CH", 21),
    (b"CY", 28),
    (b"CZ", 24),
    (b"DE", 22),
    (b"DK", 18),
    (b"EE", 20),
    (b"ES", 24),
    (b"FI", 18),
    (b"FR", 27),
    (b"GB", 22),
    (b"GI", 23),
    (b"GR", 27),
    (b"HR", 21),
    (b"HU", 28),
    (b"IE", 22),
    (b"IS", 26),
    (b"IT", 27),
    (b"LI", 21),
    (b"LT", 20),
    (b"LU", 20),
    (b"LV", 21),
    (b"MC", 27),
    (b"MD", 24),
    (b"ME", 22),
    (b"MK", 19),
    (b"MT", 31),
    (b"NL", 18),
    (b"NO", 15),
    (b"PL", 28),
    (b"PT", 25),
    (b"RO", 24),
    (b"RS", 22),
    (b"SE", 24),
    (b"SI", 19),
    (b"SK", 24),
    (b"SM", 27),
    (b"VA", 22),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cup_is_read_in_its_form() {
        assert_eq!(Cup::parse(" j41b21000000001 ").unwrap().as_str(), "J41B21000000001");
        assert_eq!(
            Cup::parse("J41B2100000000"),
            Err(CodeError::Length { written: "J41B2100000000".into(), expected: 15, found: 14 })
        );
        assert_eq!(
            Cup::parse("J4IB21000000001"),
            Err(CodeError::Character { written: "J4IB21000000001".into(), found: 'I', place: 3 })
        );
        assert!(Cup::parse("J41B210000000012").is_err());
        assert!(Cup::parse("").is_err());
    }

    #[test]
    fn a_cig_is_ten_letters_or_digits() {
        assert_eq!(Cig::parse("z1a2b3c4d5").unwrap().to_string(), "Z1A2B3C4D5");
        assert!(matches!(Cig::parse("8361-45678"), Err(CodeError::Character { place: 5, .. })));
        assert!(matches!(Cig::parse("836145678"), Err(CodeError::Length { found: 9, .. })));
    }

    #[test]
    fn a_scheme_that_runs_instructions_is_known_however_it_is_written() {
        for address in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " \u{1}java\nscript:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "ms-msdt:/id",
        ] {
            assert!(is_dangerous(address), "{address:?}");
        }
        for address in ["", "www.comune.it", "htp://comune.it", "https://comune.it/javascript:", "file:///C:/a.pdf"] {
            assert!(!is_dangerous(address), "{address:?}");
        }
    }

    #[test]
    fn fiscal_codes_are_found_where_they_stand() {
        for (text, code) in [
            ("C.F. RSSMRA85T10A562S, residente", "RSSMRA85T10A562S"),
            ("(mrtmtt25d09f205z)", "mrtmtt25d09f205z"),
            ("città: RSSMRA85T10A562S", "RSSMRA85T10A562S"),
            ("RSSMRA80A01H501U", "RSSMRA80A01H501U"),
        ] {
            let range = find_fiscal_code(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[range], code);
        }
    }

    #[test]
    fn a_fiscal_code_changed_for_omocodia_is_found() {
        let mut code = *b"RSSMRA85T10A56NS";
        code[15] = check_character(&code);
        let text = String::from_utf8(code.to_vec()).unwrap();
        assert_eq!(find_fiscal_code(&text), Some(0..16));
    }

    #[test]
    fn ibans_are_found_with_and_without_spaces() {
        for (text, iban) in [
            ("IBAN IT60X0542811101000000123456.", "IT60X0542811101000000123456"),
            ("IT60 X054 2811 1010 0000 0123 456", "IT60 X054 2811 1010 0000 0123 456"),
            ("su it60x0542811101000000123456", "it60x0542811101000000123456"),
            ("DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00"),
            ("GB82WEST12345698765432", "GB82WEST12345698765432"),
            ("NO9386011117947", "NO9386011117947"),
            ("MT84MALT011000012345MTLCAST001S", "MT84MALT011000012345MTLCAST001S"),
        ] {
            let range = find_iban(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[range], iban);
        }
    }

    #[test]
    fn an_iban_is_found_wherever_it_stands() {
        for before in ["è ", "1 ", "12 aprile "] {
            for times in 0..40 {
                let text = format!("{}IT60X0542811101000000123456, poi", before.repeat(times));
                assert_eq!(find_iban(&text).map(|range| range.start), Some(before.len() * times), "{text}");
            }
        }
    }

    #[test]
    fn other_codes_raise_no_alarm() {
        for text in [
            "2020_05_IS_OB_STR_02",
            "2020_IND_STRATEG_05",
            "J41B21000000001",
            "CT3.1.1.a",
            "2020_ZN07",
            "8361456789",
            "RSSMRA85T10A562T",
            "RSSMRA85T40A562S",
            "XRSSMRA85T10A562S",
            "èRSSMRA85T10A562S",
            "RSSMRA85T10A562SX",
            "RSSMRA85F10A562S",
            "IT60X0542811101000000123457",
            "IT60X05428111010000001234567",
            "IT60X054281110100000012345",
            "XX60X0542811101000000123456",
            "ITXXX0542811101000000123456",
            "it is 2020 and it rains in Trento again",
            "Attività di orientamento e formazione",
            "https://www.comune.fi.it/dalle-redazioni/2020",
            "",
        ] {
            assert_eq!(find_fiscal_code(text), None, "{text}");
            assert_eq!(find_iban(text), None, "{text}");
        }
    }

    #[test]
    fn both_check_a_text_to_its_end() {
        let prose = "È un testo lungo, con più parole: ".repeat(20);
        let text = format!("{prose}RSSMRA85T10A562S {prose}IT60X0542811101000000123456 {prose}");
        assert_eq!(&text[find_fiscal_code(&text).unwrap()], "RSSMRA85T10A562S");
        assert_eq!(&text[find_iban(&text).unwrap()], "IT60X0542811101000000123456");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_finders_panic(
            text in "\\PC*",
            codes in "(IT|DE|[A-Z0-9]|è| |_|-){0,60}",
        ) {
            for text in [&text, &codes] {
                if let Some(range) = find_fiscal_code(text) {
                    prop_assert_eq!(text[range].len(), 16);
                }
                if let Some(range) = find_iban(text) {
                    prop_assert!(text[range].len() >= 15);
                }
                let _ = (Cup::parse(text), Cig::parse(text));
            }
        }

        #[test]
        fn a_slip_in_one_digit_of_an_iban_is_noticed(place in 2_usize..27, digit in 0_u8..10) {
            let mut iban = *b"IT60X0542811101000000123456";
            let before = iban[place];
            iban[place] = b'0' + digit;
            let text = String::from_utf8(iban.to_vec()).unwrap();
            prop_assert_eq!(find_iban(&text).is_some(), iban[place] == before);
        }
    }
}
