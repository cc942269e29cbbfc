//! Words of health or justice near the name of a person who is no official: special categories of data, and data on
//! convictions (GDPR art. 9 and 10; D.Lgs. 33/2013 art. 7-bis and 26 c. 4).
//!
//! A name is recognised by a given name beside a capitalised word, or by a title; officials whom the site names are
//! left out, for they are named with the service that they run. A person called otherwise isn't found.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::persons::{is_capitalised, words};
use super::rule::{Rule, RuleContext, RuleInput};
use super::texts::{RecordTexts, SourceText, TextRole};
use crate::diagnostic::{Code, Diagnostic, Profile};

pub(super) const RULE: Rule =
    Rule { profile: Profile::People, codes: &[Code::SensitiveData], check: RuleInput::Texts(check) };

/// Most words between a name and such a word that may belong together.
const NEAR: usize = 12;

/// Beginnings of words of health and justice, in small letters.
#[rustfmt::skip]
const SENSITIVE: [&str; 34] = [
    "alcolist", "alcoldipenden", "arrestat", "autis", "carcerat", "condannat", "convicted", "demenza", "depression",
    "detained", "detenut", "diagnos", "disabil", "disabled", "domiciliari", "handicap", "hiv", "illness", "imputat",
    "indagat", "invalid", "malat", "oncologic", "patologi", "pregiudicat", "psichiatr", "psichic", "ricoverat",
    "schizofreni", "sieropositiv", "tossicodipenden", "tumor", "recidiv", "imprisoned",
];

/// Titles before a name.
const TITLES: [&str; 8] = ["sig", "sig.ra", "signor", "signora", "signorina", "mr", "mrs", "ms"];

/// Words after which a name is that of a place or a body.
#[rustfmt::skip]
const PLACES: [&str; 30] = [
    "via", "viale", "vicolo", "piazza", "piazzale", "piazzetta", "corso", "largo", "lungarno", "ponte", "san", "santa",
    "santo", "santi", "ospedale", "policlinico", "istituto", "scuola", "liceo", "fondazione", "associazione",
    "cooperativa", "centro", "casa", "villa", "palazzo", "teatro", "biblioteca", "legge", "parco",
];

/// Commonest given names of Italy (ISTAT, Contanomi), in small letters; those that are also common words are left out.
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

/// Characters that end a sentence anywhere.
const ENDS: [char; 4] = ['\n', '!', '?', ';'];

fn check(context: &RuleContext<'_>, _: &RecordTexts<'_>, text: &SourceText<'_>) -> Vec<Diagnostic> {
    static STEMS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(SENSITIVE));
    static NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| finder(GIVEN.into_iter().chain(TITLES)));
    let words = &*text.words;
    let mut found = Vec::new();
    let mut checked_to = 0;
    let officials = OnceCell::new();
    let officials =
        || officials.get_or_init(|| context.persons.find(words).into_iter().map(|(name, _)| name).collect());
    let stems = STEMS
        .iter()
        .filter(|_| text.role == TextRole::Words)
        .flat_map(|stems| stems.find_iter(words));
    for stem in stems {
        // Most texts have no such word; of the others only its own sentence is checked, if it may hold a name.
        if stem.start() >= checked_to {
            let start = words[..stem.start()].rfind(ENDS).map_or(0, |end| end + 1);
            checked_to = words[stem.end()..].find(ENDS).map_or(words.len(), |end| stem.end() + end);
            if NAMES.as_ref().is_none_or(|names| names.is_match(&words[start..checked_to])) {
                found.extend(in_sentence(words, start..checked_to, officials));
            }
        }
    }
    let problem = |place: Range<usize>| {
        let written = words[place.clone()].to_owned();
        text.problem(Code::SensitiveData, place).with("written", written)
    };
    found.into_iter().map(problem).collect()
}

/// Finder of words in a text, in small letters and capitals.
fn finder(words: impl IntoIterator<Item = &'static str>) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
}

/// Words of health and justice in a sentence that are near the name of a person who is no official.
fn in_sentence<'o>(
    text: &str,
    sentence: Range<usize>,
    officials: impl Fn() -> &'o Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let places: Vec<Range<usize>> = words(&text[sentence.clone()])
        .map(|word| word.start + sentence.start..word.end + sentence.start)
        .collect();
    let is_sensitive = |place: &Range<usize>| {
        let word = text[place.clone()].as_bytes();
        let begins =
            |stem: &&str| word.get(..stem.len()).is_some_and(|word| word.eq_ignore_ascii_case(stem.as_bytes()));
        SENSITIVE.iter().any(begins)
    };
    let mut names: Vec<usize> = (0..places.len()).filter(|i| is_name(text, &places, *i)).collect();
    if !names.is_empty() {
        let officials = officials();
        names.retain(|i| !officials.iter().any(|name| name.contains(&places[*i].start)));
    }
    let is_near = |word: usize, name: &usize| {
        let (first, last) = (word.min(*name), word.max(*name));
        !has_end(text, &places[first..=last])
    };
    let is_of_a_person = |word: &usize| {
        let near = names.partition_point(|name| name + NEAR < *word);
        names[near..]
            .iter()
            .take_while(|name| **name <= word + NEAR)
            .any(|name| is_near(*word, name))
    };
    let sensitive = (0..places.len()).filter(|i| is_sensitive(&places[*i]));
    sensitive.filter(is_of_a_person).map(|word| places[word].clone()).collect()
}

/// True if the `i`-th word begins or is a person's name.
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

/// True if a sentence ends between the first and the last of some words; the point of `Sig.` ends none.
fn has_end(text: &str, places: &[Range<usize>]) -> bool {
    places.windows(2).any(|pair| {
        let between = &text[pair[0].end..pair[1].start];
        let is_long = pair[0].len() > 3;
        between.contains(ENDS) || (between.contains('.') && is_long)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::planted;
    use super::*;

    fn findings(sentence: &str) -> Vec<(Code, String)> {
        planted("Si apre uno sportello.", sentence)
    }

    #[test]
    fn what_is_said_of_a_persons_health_or_justice_is_found() {
        for (sentence, word) in [
            ("Lo spazio è dedicato a Maria Bianchi, invalida al 100%.", "invalida"),
            ("Il Sig. Bianchi, detenuto, frequenta il corso.", "detenuto"),
            ("Bianchi Maria ha avuto la diagnosi.", "diagnosi"),
        ] {
            assert_eq!(findings(sentence), [(Code::SensitiveData, word.into())], "{sentence}");
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
            assert_eq!(findings(sentence), [], "{sentence}");
        }
    }
}
