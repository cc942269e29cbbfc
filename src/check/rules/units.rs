//! Names of units that were meant to be one name: a slip of the pen apart, or cut short by an old export.

use std::collections::{HashMap, HashSet};

use super::rule::{Rule, RuleContext, RuleInput};
use crate::catalogue::{Catalogue, UnitId};
use crate::check::names::LONG_NAME;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Profile};
use crate::incremental::fingerprint;
use crate::work;

pub(super) const RULE: Rule =
    Rule { profile: Profile::Quality, codes: &[Code::NearName, Code::CutShort], check: RuleInput::Records(check) };

/// Least letters of a word that may be misspelt; a shorter one differs from another in earnest: `Area A`, `Zona II`.
const LONG: usize = 5;

/// Most letters of a name that is compared.
const LONGEST: usize = 200;

/// Least letters of a cut word; fewer may be a number or a letter of a zone.
const PART: usize = 3;

fn check(context: &RuleContext<'_>) -> Vec<Diagnostic> {
    let catalogue = context.catalogue;
    let mut by_administration: HashMap<UnitId, Vec<(Vec<String>, usize)>> = HashMap::new();
    for (i, unit) in catalogue.units.iter().enumerate() {
        let words = words(unit.name.as_str());
        if !words.is_empty() {
            by_administration.entry(unit.root).or_default().push((words, i));
        }
    }
    let mut found = Vec::new();
    for id in catalogue.unit_ids().filter(|id| catalogue[*id].parent.is_none()) {
        let Some(names) = by_administration.get_mut(&id) else { continue };
        names.sort();
        find_cut_short(names, catalogue, &mut found);
        find_near(names, catalogue, &mut found);
    }
    found
}

fn words(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| deunicode::deunicode(word).to_lowercase())
        .collect()
}

/// Finds names that were cut short. In the order of the alphabet, the name from which one was cut follows it.
fn find_cut_short(names: &[(Vec<String>, usize)], catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    for pair in names.windows(2) {
        let [(short, i), (long, of)] = pair else { continue };
        let (Some((last, before)), Some(same)) = (short.split_last(), long.get(short.len() - 1)) else { continue };
        let is_cut = long[..short.len() - 1] == *before && same.len() > last.len() && same.starts_with(last.as_str());
        // Exports cut long names: `Municipio I` and `Ufficio sport` are whole.
        let length: usize = short.iter().map(String::len).sum();
        if is_cut && short.len() > 1 && length >= LONG_NAME && last.len() >= PART {
            found.push(problem(Code::CutShort, catalogue, *i, *of));
        }
    }
}

/// Finds names with all words alike but one, in which one letter was added, left out or changed. The index is by the
/// rest of that word when one letter is taken out, so that no name is compared with all others.
fn find_near(names: &[(Vec<String>, usize)], catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    // By the fingerprint of the words with the rest of one.
    let mut first: HashMap<u64, usize> = HashMap::new();
    let mut reported = HashSet::new();
    for (place, (words, i)) in names.iter().enumerate() {
        if words.iter().map(String::len).sum::<usize>() > LONGEST {
            continue;
        }
        for (at, word) in words.iter().enumerate() {
            if word.len() < LONG || word.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let shapes = (0..word.len()).filter_map(|out| Some((word.get(..out)?, word.get(out + 1..)?)));
            for (begin, end) in shapes.chain([(word.as_str(), "")]) {
                work::count(word.len());
                let (before, after) = (&words[..at], &words[at + 1..]);
                let shape = fingerprint(&(before, begin.to_owned() + end, after));
                let other = *first.entry(shape).or_insert(place);
                let (others, of) = &names[other];
                let is_alike = others.len() == words.len() && others[..at] == *before && others[at + 1..] == *after;
                let is_near = other != place && is_alike && differ_by_a_letter(&others[at], word);
                if is_near && !is_cut(&others[at], word) && reported.insert((other, place)) {
                    found.push(problem(Code::NearName, catalogue, *i, *of));
                }
            }
        }
    }
}

/// True if two words differ by one letter. Equal rests may come of two letters: `abcde` and `acbde`, whose letters
/// changed places, are near, too.
fn differ_by_a_letter(a: &str, b: &str) -> bool {
    a.len() >= LONG && strsim::damerau_levenshtein(a, b) == 1
}

/// True if one word begins with the other: it was cut short or is the plural, which are two other things.
fn is_cut(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

fn problem(code: Code, catalogue: &Catalogue, unit: usize, other: usize) -> Diagnostic {
    let [unit, other] = [unit, other].map(|i| &catalogue.units[i]);
    Diagnostic::new(code, unit.origin.file, KeyPath::default().index(unit.origin.item).key("name"))
        .with("written", unit.name.as_str())
        .with("other", other.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use crate::diagnostic::Code;

    fn named(names: &[&str]) -> Vec<(Code, String)> {
        let units = names.iter().enumerate();
        let units = units.map(|(i, name)| format!("- {{id: c/{i}, name: {name}, parent: c}}\n"));
        let own = "- {id: c, name: Comune di Prova}\n- {id: c/casa, name: Ufficio casa, parent: c}\n".to_owned();
        found(&[("content/units.yaml", &units.fold(own, |all, unit| all + &unit))])
    }

    #[test]
    fn a_name_a_letter_away_from_another_is_found_once() {
        assert_eq!(named(&["Servizi demografici", "Servizi demograffici"]).len(), 1);
        assert_eq!(named(&["Servizi demografici", "Servizi demogarfici"])[0].0, Code::NearName);
        assert_eq!(named(&["Municipio I", "Municipio II", "Area 1", "Area 2", "Zona nord", "Zona sud"]), []);
        assert_eq!(named(&["Segreteria", "Segreteria"]), []);
    }

    #[test]
    fn a_name_that_was_cut_short_is_found() {
        let cut = named(&["SERVIZIO SOCIALE AMMINISTRATIV", "Servizio sociale amministrativo"]);
        assert_eq!(cut.iter().filter(|(code, _)| *code == Code::CutShort).count(), 1);
        for name in ["Servizio sociale", "Ufficio sport"] {
            assert_eq!(named(&[name, "Servizio sociale professionale", "Ufficio sportelli"]), []);
        }
    }
}
