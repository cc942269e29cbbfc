//! Addresses and numbers that reach a person and no office.

use std::collections::HashSet;
use std::ops::Range;

use super::rule::{Rule, RuleContext, RuleInput};
use super::texts::{RecordTexts, SourceText};
use crate::diagnostic::{Code, Diagnostic, Profile};

pub(super) const RULE: Rule = Rule {
    profile: Profile::People,
    codes: &[Code::PersonalEmail, Code::PersonalPhone],
    check: RuleInput::Texts(check),
};

/// Providers of mailboxes for anybody, by the first part of their domain.
#[rustfmt::skip]
const PROVIDERS: [&str; 17] = [
    "alice", "aol", "email", "fastwebnet", "gmail", "googlemail", "hotmail", "icloud", "libero", "live", "msn",
    "outlook", "proton", "protonmail", "tiscali", "virgilio", "yahoo",
];

fn check(context: &RuleContext<'_>, _: &RecordTexts<'_>, text: &SourceText<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // A link has the same address twice.
    let mut reported = HashSet::new();
    for (local, domain) in addresses(&text.words) {
        let provider = text.words[domain.clone()].split('.').next().unwrap_or_default();
        let is_personal = PROVIDERS.contains(&provider.to_ascii_lowercase().as_str())
            || context.persons.is_mailbox(&text.words[local.clone()]);
        let range = local.start..domain.end;
        if is_personal && reported.insert(text.words[range.clone()].to_lowercase()) {
            found.push(text.problem(Code::PersonalEmail, range));
        }
    }
    for range in mobiles(&text.words) {
        let digits = text.words[range.clone()].chars().filter(char::is_ascii_digit);
        // The same number is written with spaces and without.
        let number: String = digits.collect::<Vec<_>>().into_iter().rev().take(10).collect();
        if reported.insert(number) {
            found.push(text.problem(Code::PersonalPhone, range));
        }
    }
    found
}

/// E-mail addresses of a text: the part before `@`, and the domain.
fn addresses(text: &str) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + '_ {
    let is_domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let is_local = move |c: char| is_domain(c) || matches!(c, '_' | '+' | '%');
    text.match_indices('@').filter_map(move |(at, _)| {
        let start = at - (text[..at].len() - text[..at].trim_end_matches(is_local).len());
        let end = text[at + 1..].find(|c| !is_domain(c)).map_or(text.len(), |length| at + 1 + length);
        let domain = text[at + 1..end].trim_end_matches(['.', '-']);
        (start < at && domain.contains('.')).then(|| (start..at, at + 1..at + 1 + domain.len()))
    })
}

/// Italian mobile numbers of a text: `3` and nine more digits (ITU-T E.164; Piano nazionale di numerazione, AGCOM
/// 8/15/CIR, art. 13), perhaps after `+39`. Sums of money and tender codes (CIG) have as many digits and are none.
fn mobiles(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'3')) {
        let start = at + next;
        at = start + 1;
        let before = &text[..start];
        let prefixed = ["+39", "0039"].iter().find_map(|prefix| before.trim_end().strip_suffix(prefix));
        let begins = prefixed.is_some()
            || !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '+' | '/' | '-' | '='));
        if !begins {
            continue;
        }
        let Some(end) = ten_digits(&bytes[start..]).map(|length| start + length) else { continue };
        let (words, after) = (prefixed.unwrap_or(before).trim_end(), text[end..].trim_start());
        let is_money = ends_with(words, &["€", "$", "eur", "euro"])
            || after.starts_with('€')
            || after.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("eur"));
        let goes_on = text[end..].starts_with(|c: char| c.is_alphanumeric())
            || (text[end..].starts_with(['.', ',', '/']) && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()));
        if !is_money && !goes_on && !ends_with(words, &["cig", "cig:"]) {
            found.push(prefixed.map_or(start, str::len)..end);
            at = end;
        }
    }
    found
}

/// True if a text ends with one of some words, in small letters or capitals.
fn ends_with(text: &str, words: &[&str]) -> bool {
    let end = |word: &str| text.len().checked_sub(word.len()).and_then(|start| text.get(start..));
    words.iter().any(|word| end(word).is_some_and(|end| end.eq_ignore_ascii_case(word)))
}

/// Number of bytes of ten digits, with at most one mark between two of them.
fn ten_digits(bytes: &[u8]) -> Option<usize> {
    let mut digits = 0;
    let mut at = 0;
    let mut was_mark = true;
    while digits < 10 {
        match bytes.get(at)? {
            byte if byte.is_ascii_digit() => (digits, was_mark) = (digits + 1, false),
            b' ' | b'.' | b'-' | b'/' if !was_mark && digits >= 3 => was_mark = true,
            _ => return None,
        }
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use super::*;

    fn findings(sentence: &str) -> Vec<(Code, String)> {
        planted("Si apre uno sportello.", sentence)
    }

    #[test]
    fn an_address_of_a_person_is_found_once_and_one_of_an_office_is_not() {
        let link = findings("Scrivi a [pippo@gmail.com](mailto:pippo@gmail.com).");
        assert_eq!(link, [(Code::PersonalEmail, "pippo@gmail.com".into())]);
        let own = findings("Scrivi a filippo.foti@comune.example.it.");
        assert_eq!(own, [(Code::PersonalEmail, "filippo.foti@comune.example.it".into())]);
        assert_eq!(findings("Scrivi a ufficio.casa@comune.example.it, @casa o casa@qui."), []);
    }

    #[test]
    fn a_mobile_number_is_found_and_what_only_has_its_digits_is_not() {
        for (sentence, number) in [
            ("Chiama il 333 1234567.", "333 1234567"),
            ("Chiama +39 333.123.45.67 ora", "+39 333.123.45.67"),
            ("(3331234567)", "3331234567"),
        ] {
            assert_eq!(findings(sentence), [(Code::PersonalPhone, number.into())], "{sentence}");
        }
        for sentence in [
            "Chiama lo 055 3331234 o il numero verde 800 123456.",
            "Costa 3.331.234.567 €, cioè € 3331234567.",
            "CIG 3331234567, pratica 33312345678",
            "31/12/2020, 300 persone",
        ] {
            assert_eq!(findings(sentence), [], "{sentence}");
        }
    }
}
