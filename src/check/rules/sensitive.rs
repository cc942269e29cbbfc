//! Words of health or justice near the name of a person who is no official: special categories of data, and data on
//! convictions (GDPR art. 9 and 10; D.Lgs. 33/2013 art. 7-bis and 26 c. 4).
//!
//! Names are told by a given name beside a capitalised word, or by a title; officials whom the site names are left out, for
//! they are named with the service that they run. A person called otherwise isn't found.

use std::ops::Range;

use super::persons::{Persons, is_capitalised, words};
use super::texts::{self, Role};
use super::{Looked, Rule};
use crate::diagnostic::{Code, Diagnostic, Profile};

pub(super) const RULE: Rule = Rule { profile: Profile::People, codes: &[Code::SensitiveData], look };

/// How many words apart a name and such a word are still said of each other.
const NEAR: usize = 12;

/// How words of health and justice begin, in small letters.
#[rustfmt::skip]
const SENSITIVE: [&str; 34] = [
    "alcolist", "alcoldipenden", "arrestat", "autis", "carcerat", "condannat", "convicted", "demenza", "depression",
    "detained", "detenut", "diagnos", "disabil", "disabled", "domiciliari", "handicap", "hiv", "illness", "imputat",
    "indagat", "invalid", "malat", "oncologic", "patologi", "pregiudicat", "psichiatr", "psichic", "ricoverat",
    "schizofreni", "sieropositiv", "tossicodipenden", "tumor", "recidiv", "imprisoned",
];

/// Titles before a name.
const TITLES: [&str; 8] = ["sig", "sig.ra", "signor", "signora", "signorina", "mr", "mrs", "ms"];

/// After these words a name is that of a place or a body.
#[rustfmt::skip]
const PLACES: [&str; 30] = [
    "via", "viale", "vicolo", "piazza", "piazzale", "piazzetta", "corso", "largo", "lungarno", "ponte", "san", "santa",
    "santo", "santi", "ospedale", "policlinico", "istituto", "scuola", "liceo", "fondazione", "associazione",
    "cooperativa", "centro", "casa", "villa", "palazzo", "teatro", "biblioteca", "legge", "parco",
];

/// The commonest given names of Italy (ISTAT, Contanomi), in small letters; those that are also common words are left out.
#[rustfmt::skip]
const GIVEN: [&str; 96] = [
    "adriana", "agnese", "alberto", "alessandra", "alessandro", "alessia", "alessio", "alfonso", "alfredo", "alice",
    "andrea", "angela", "angelo", "anna", "annamaria", "antonella", "antonietta", "antonino", "antonio", "barbara",
    "beatrice", "bruno", "camilla", "carla", "carlo", "carmela", "caterina", "cecilia", "chiara", "claudia", "claudio",
    "concetta", "cristian", "cristina", "daniela", "daniele", "davide", "domenico", "edoardo", "elena", "eleonora",
    "elisa", "emanuela", "emanuele", "enrico", "fabio", "federica", "federico", "filippo", "francesca", "francesco",
    "gabriele", "giacomo", "gianluca", "giorgia", "giorgio", "giovanna", "giovanni", "giulia", "giuseppe",
    "giuseppina", "ilaria", "laura", "lorenzo", "luca", "lucia", "luigi", "manuela", "marco", "maria", "mario",
    "martina", "massimo", "matteo", "mattia", "maurizio", "michela", "michele", "mirko", "monica", "nicola", "paola",
    "paolo", "patrizia", "pietro", "raffaele", "riccardo", "roberta", "roberto", "salvatore", "sara", "silvia",
    "simone", "stefania", "stefano", "vincenzo",
];

fn look(looked: &Looked<'_>) -> Vec<Diagnostic> {
    let persons = Persons::of(looked);
    texts::each(looked.catalogue, |sheet, found| {
        for text in sheet.texts.iter().filter(|text| text.role == Role::Words) {
            // Most texts have no such word, and aren't looked at for names.
            let places: Vec<Range<usize>> = words(&text.words).collect();
            let is_sensitive = |place: &Range<usize>| {
                let word = text.words[place.clone()].as_bytes();
                let begins =
                    |stem: &&str| word.get(..stem.len()).is_some_and(|word| word.eq_ignore_ascii_case(stem.as_bytes()));
                SENSITIVE.iter().any(begins)
            };
            let sensitive: Vec<usize> = (0..places.len()).filter(|i| is_sensitive(&places[*i])).collect();
            if sensitive.is_empty() {
                continue;
            }
            let officials = persons.find(&text.words);
            let is_official = |place: &Range<usize>| officials.iter().any(|(name, _)| name.contains(&place.start));
            let names: Vec<usize> = (0..places.len())
                .filter(|i| is_name(&text.words, &places, *i) && !is_official(&places[*i]))
                .collect();
            for word in sensitive {
                let is_near = |name: &usize| {
                    let (first, last) = (word.min(*name), word.max(*name));
                    last - first <= NEAR && !has_end(&text.words, &places[first..=last])
                };
                if names.iter().any(is_near) {
                    let place = places[word].clone();
                    let written = text.words[place.clone()].to_owned();
                    found.push(text.problem(Code::SensitiveData, place).with("written", written));
                }
            }
        }
    })
}

/// Whether the `i`-th word begins or is a person's name.
fn is_name(text: &str, places: &[Range<usize>], i: usize) -> bool {
    let word = |i: usize| places.get(i).map(|place| &text[place.clone()]);
    let touches = |a: usize, b: usize| match (places.get(a), places.get(b)) {
        (Some(a), Some(b)) => text[a.end..b.start].chars().all(|c| c == ' ' || c == '.'),
        _ => false,
    };
    let Some(own) = word(i).filter(|own| is_capitalised(own)) else { return false };
    let before = i.checked_sub(1).filter(|before| touches(*before, i)).and_then(word);
    let lower = before.map(str::to_lowercase).unwrap_or_default();
    if PLACES.contains(&lower.as_str()) {
        return false;
    }
    if TITLES.contains(&lower.as_str()) || (lower == "ra" && text[..places[i].start].trim_end().ends_with("ig.ra")) {
        return true;
    }
    let beside = |other: Option<&str>| other.is_some_and(is_capitalised);
    let after = Some(i + 1).filter(|after| touches(i, *after)).and_then(word);
    let before_before = i.checked_sub(2).filter(|at| touches(*at, i - 1)).and_then(word).map(str::to_lowercase);
    let of_a_place = before_before.is_some_and(|word| PLACES.contains(&word.as_str()));
    GIVEN.contains(&own.to_lowercase().as_str()) && (beside(after) || (beside(before) && !of_a_place))
}

/// Whether a sentence ends between the first and the last of some words; the point of `Sig.` ends none.
fn has_end(text: &str, places: &[Range<usize>]) -> bool {
    places.windows(2).any(|pair| {
        let between = &text[pair[0].end..pair[1].start];
        let is_long = pair[0].len() > 3;
        between.contains(['\n', '!', '?', ';']) || (between.contains('.') && is_long)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use super::*;

    fn said(sentence: &str) -> Vec<(Code, String)> {
        planted("Si apre uno sportello.", sentence)
    }

    #[test]
    fn what_is_said_of_a_persons_health_or_justice_is_found() {
        for (sentence, word) in [
            ("Lo spazio è dedicato a Maria Bianchi, invalida al 100%.", "invalida"),
            ("Il Sig. Bianchi, detenuto, frequenta il corso.", "detenuto"),
            ("Bianchi Maria ha avuto la diagnosi.", "diagnosi"),
        ] {
            assert_eq!(said(sentence), [(Code::SensitiveData, word.into())], "{sentence}");
        }
    }

    #[test]
    fn groups_places_and_officials_are_no_persons_in_this_sense() {
        for sentence in [
            "Si promuovono corsi per i detenuti e per persone con disabilità.",
            "Il centro di via Giovanni Verdi accoglie persone con disabilità.",
            "Il servizio disabili è diretto da Filippo Foti.",
            "Lo dirige Maria Bianchi. Il corso è per i detenuti.",
        ] {
            assert_eq!(said(sentence), [], "{sentence}");
        }
    }
}
