//! Texts left in capitals, as old exports write them: hard to read, and screen readers may spell them out.

use super::rule::{Rule, RuleContext, RuleInput};
use super::texts::{RecordTexts, SourceText, TextRole};
use crate::diagnostic::{Code, Diagnostic, Profile};

pub(super) const RULE: Rule =
    Rule { profile: Profile::Quality, codes: &[Code::Capitals], check: RuleInput::Texts(check) };

/// Least letters of a text in capitals: fewer may be an acronym or two, such as `SPRAR / SIPROIMI`.
const LETTERS: usize = 14;

/// Least letters of a word: shorter ones may be acronyms.
const WORD: usize = 6;

fn check(_: &RuleContext<'_>, _: &RecordTexts<'_>, text: &SourceText<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if text.role == TextRole::Contact {
        return found;
    }
    let mut start = 0;
    for line in text.words.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        if is_in_capitals(line) {
            let written = line.trim().chars().take(60).collect::<String>();
            found.push(text.problem(Code::Capitals, range).with("written", written));
        }
    }
    found
}

fn is_in_capitals(text: &str) -> bool {
    // Most lines have a small letter near their beginning.
    if text.chars().any(char::is_lowercase) {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_uppercase()).count();
    let words = || text.split(|c: char| !c.is_alphabetic());
    letters >= LETTERS && words().any(|word| word.chars().count() >= WORD)
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use super::*;

    #[test]
    fn a_title_in_capitals_is_found_and_an_acronym_is_not() {
        assert_eq!(
            planted("Sportello casa", "SPORTELLO PER LA CASA"),
            [(Code::Capitals, "SPORTELLO PER LA CASA".into())]
        );
        for sound in ["PNRR PEG DUP PIAO ANCI", "SPRAR / SIPROIMI", "Sportello CASA SICURA PER TUTTI"] {
            assert_eq!(planted("Sportello casa", sound), []);
        }
    }

    #[test]
    fn a_line_in_capitals_is_found_where_it_stands() {
        let found = planted("Si apre uno sportello.", "Si apre.\n\nORARI DI APERTURA\n");
        assert_eq!(found, [(Code::Capitals, "ORARI DI APERTURA".into())]);
    }
}
