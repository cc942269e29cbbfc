//! Names of persons in texts.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::catalogue::Catalogue;
use crate::model::Person;

/// A person whom a field of the site names.
pub(super) struct NamedPerson<'c> {
    pub(super) person: &'c Person,
    /// True if the person heads a unit.
    pub(super) is_head: bool,
}

/// Persons whom the fields of a site name, found in whichever order their names are written.
pub(super) struct Persons<'c> {
    known: HashMap<String, NamedPerson<'c>>,
    /// Every word of a name: most words of a text are none, and need no other look-up.
    words: HashSet<String>,
    /// A word of each name, up to its first letter with an accent: most texts hold none. `None` if a word begins with
    /// an accent.
    beginnings: Option<AhoCorasick>,
}

/// Most words of a name.
const LONGEST: usize = 4;

impl<'c> Persons<'c> {
    pub(super) fn of(catalogue: &'c Catalogue) -> Self {
        let heads = catalogue
            .units
            .iter()
            .flat_map(|unit| unit.heads.iter())
            .map(|head| (head.person(), true));
        let others = catalogue.objectives.iter().flat_map(|objective| &objective.phases);
        let others = others.filter_map(|phase| Some((phase.responsible.as_ref()?, false)));
        let mut persons = Self { known: HashMap::new(), words: HashSet::new(), beginnings: None };
        let mut beginnings = BTreeSet::new();
        for (person, is_head) in heads.chain(others) {
            let Some(name) = person.name() else { continue };
            let words: Vec<&str> = words(name).map(|word| &name[word]).collect();
            if (2..=LONGEST).contains(&words.len()) {
                persons.words.extend(words.iter().map(|word| word.to_lowercase()));
                beginnings.extend(words.iter().map(|word| beginning(word)).max_by_key(|beginning| beginning.len()));
                persons.known.entry(key(&words)).or_insert(NamedPerson { person, is_head });
            }
        }
        if !beginnings.contains("") {
            persons.beginnings = AhoCorasick::builder().ascii_case_insensitive(true).build(beginnings).ok();
        }
        persons
    }

    /// Names in the order of the alphabet, each with true if it is that of a head.
    pub(super) fn names(&self) -> Vec<(Option<&str>, bool)> {
        let mut names: Vec<_> = self.known.values().map(|known| (known.person.name(), known.is_head)).collect();
        names.sort_unstable();
        names
    }

    /// Bytes of a text that name one of the persons.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, &NamedPerson<'c>)> {
        let mut found = Vec::new();
        if self.beginnings.as_ref().is_some_and(|beginnings| !beginnings.is_match(text)) {
            return found;
        }
        let places: Vec<Range<usize>> = words(text).collect();
        let mut at = 0;
        while let Some(first) = places.get(at) {
            at += 1;
            if !is_capitalised(&text[first.clone()]) || !self.words.contains(&text[first.clone()].to_lowercase()) {
                continue;
            }
            let longest = (2..=LONGEST).rev().find_map(|n| {
                let name = places.get(at - 1..at - 1 + n)?;
                let joined = name.windows(2).all(|pair| text[pair[0].end..pair[1].start].trim().is_empty());
                let words: Vec<&str> = name.iter().map(|word| &text[word.clone()]).collect();
                let known = self.known.get(&key(&words)).filter(|_| joined)?;
                Some((n, first.start..name[n - 1].end, known))
            });
            if let Some((n, range, known)) = longest {
                found.push((range, known));
                at += n - 1;
            }
        }
        found
    }

    /// True if the part of an e-mail address before `@` is the name of a person: `mario.rossi`.
    pub(super) fn is_mailbox(&self, local: &str) -> bool {
        let parts: Vec<&str> = local.split(['.', '_', '-']).filter(|part| !part.is_empty()).collect();
        (2..=LONGEST).contains(&parts.len()) && self.known.contains_key(&key(&parts))
    }
}

/// Letters of a word before the first that isn't ASCII.
fn beginning(word: &str) -> &str {
    word.split(|c: char| !c.is_ascii()).next().unwrap_or_default()
}

/// Key of a name, of its words in any order.
fn key(words: &[&str]) -> String {
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_unstable();
    words.join(" ")
}

pub(super) fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Words of a text, in bytes: letters, with apostrophes and hyphens among them.
pub(super) fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_inside = |c: char| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '-');
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(char::is_alphabetic)?;
        // Most letters are ASCII, which need no decoding.
        let plain = text.as_bytes()[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let rest = start + plain;
        let end = text[rest..].find(|c| !is_inside(c)).map_or(text.len(), |length| rest + length);
        from = end;
        let written = text[start..end].trim_end_matches(|c: char| !c.is_alphabetic());
        Some(start..start + written.len())
    })
}
