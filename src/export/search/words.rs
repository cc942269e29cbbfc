//! What counts as a word, for the index and for what is typed: the page's script does the same.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{Lang, composed};

/// Longer runs of letters are no words: addresses, keys.
const LONGEST: usize = 40;

/// How much of a text is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Text {
    /// A code: its parts and the whole without its signs (`2020_ZN07` is `2020`, `zn07` and `2020zn07`).
    Code,
    /// Words, years, and codes that have letters; not every number of a budget.
    Prose,
}

/// Gives the words of a text in lower case, in their order, as often as they occur.
pub(super) fn words(text: &str, kind: Text, found: &mut impl FnMut(&str)) {
    let mut lower = String::new();
    let (mut start, mut joined) = (0, false);
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_letter(c) {
            continue;
        }
        if is_joint(c) {
            joined = true;
            continue;
        }
        if joined {
            parts(text[start..i].trim_matches(is_joint), kind, &mut lower, found);
        } else if start < i {
            lowered(&text[start..i], &mut lower);
            found_word(&lower, kind, found);
        }
        (start, joined) = (i + c.len_utf8(), false);
    }
}

fn parts(piece: &str, kind: Text, lower: &mut String, found: &mut impl FnMut(&str)) {
    if piece.contains(is_joint) && piece.contains(is_digit) && (kind == Text::Code || has_letter(piece)) {
        let whole: String = piece.chars().filter(|c| !is_joint(*c)).collect();
        lowered(&whole, lower);
        found_word(lower, Text::Code, found);
    }
    for part in piece.split(is_joint) {
        lowered(part, lower);
        found_word(lower, kind, found);
    }
}

fn found_word(word: &str, kind: Text, found: &mut impl FnMut(&str)) {
    let enough = word.len() > 1 && word.len() <= LONGEST;
    if enough && (kind == Text::Code || word.len() == 4 || has_letter(word)) {
        found(word);
    }
}

fn lowered(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(word);
        into.make_ascii_lowercase();
    } else {
        into.extend(word.chars().flat_map(char::to_lowercase));
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

/// What joins the parts of a code.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | '_' | '/' | '-')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

fn has_letter(word: &str) -> bool {
    word.contains(|c: char| !is_digit(c) && !is_joint(c))
}

/// A lower-case word without its accents: `città` and `citta` are one.
fn unaccented(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)) {
        // Letters of Europe that Unicode doesn't take apart.
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            c => folded.push(c),
        }
    }
    Cow::Owned(folded)
}

/// Which spellings and forms of a language are one word.
pub(super) struct Grammar {
    stemmer: Stemmer,
    has_umlauts: bool,
}

impl Grammar {
    pub(super) fn of(lang: Lang) -> Self {
        let algorithm = match lang {
            Lang::It => Algorithm::Italian,
            Lang::En => Algorithm::English,
            Lang::De => Algorithm::German,
        };
        Self { stemmer: Stemmer::create(algorithm), has_umlauts: lang == Lang::De }
    }

    /// The same for all spellings of a lower-case word: `città` and `citta`, in German `ämter`, `aemter` and `amter`.
    pub(super) fn fold<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let plain = unaccented(word);
        if self.has_umlauts { Cow::Owned(without_umlauts(&plain)) } else { plain }
    }

    /// The first two letters of all forms of a word. English writes `die` and `dying`.
    pub(super) fn initials(&self, word: &str) -> (char, char) {
        let folded = self.fold(word);
        let mut letters = folded.chars().map(|letter| if letter == 'y' { 'i' } else { letter });
        (letters.next().unwrap_or_default(), letters.next().unwrap_or_default())
    }

    /// The same for all forms of a word; a code has one form.
    pub(super) fn stem(&self, word: &str) -> String {
        if word.contains(is_digit) {
            return self.fold(word).into_owned();
        }
        self.fold(&self.stemmer.stem(&composed(word))).into_owned()
    }
}

/// `ae`, `oe` and `ue` as the one letter that they stand for; those after `a`, `e` and `q` (`neue`, `quelle`) stand for
/// themselves.
fn without_umlauts(word: &str) -> String {
    let mut before = None;
    let mut whole = String::with_capacity(word.len());
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        whole.push(letter);
        let is_umlaut = matches!(letter, 'a' | 'o' | 'u') && !matches!(before, Some('a' | 'e' | 'q'));
        before = if is_umlaut { letters.next_if_eq(&'e').or(Some(letter)) } else { Some(letter) };
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, kind: Text) -> Vec<String> {
        let mut all = Vec::new();
        words(text, kind, &mut |word| all.push(word.to_owned()));
        all
    }

    #[test]
    fn a_code_is_found_whole_and_by_its_parts() {
        assert_eq!(of("2020_ZN07", Text::Code), ["2020zn07", "2020", "zn07"]);
        assert_eq!(of("CT3.1.1.a", Text::Code), ["ct311a", "ct3"]);
        assert_eq!(of("5.2.10", Text::Code), ["5210", "10"]);
        assert_eq!(of("vedi 2020_ZN07.", Text::Prose), ["vedi", "2020zn07", "2020", "zn07"]);
    }

    #[test]
    fn of_the_numbers_of_a_text_only_years_are_words() {
        assert_eq!(
            of("Nel 2020 l'80% di 6.000.000,00 € e/o socio-sanitario", Text::Prose),
            ["nel", "2020", "di", "socio", "sanitario"]
        );
    }

    #[test]
    fn accents_and_case_do_not_part_words() {
        assert_eq!(
            of("CITTÀ citta\u{300}", Text::Prose)
                .iter()
                .map(|word| unaccented(word))
                .collect::<Vec<_>>(),
            ["citta"; 2]
        );
        assert_eq!(unaccented("straße"), "strasse");
        assert_eq!(unaccented("ﬁne"), "fine");
    }

    #[test]
    fn an_umlaut_may_be_written_with_two_letters_or_left_out_in_german_alone() {
        let german = Grammar::of(Lang::De);
        for spellings in [["ämter", "aemter", "amter"], ["über", "ueber", "uber"], ["bäuerin", "baeuerin", "bauerin"]]
        {
            for word in spellings {
                assert_eq!(german.fold(word), spellings[2]);
                assert_eq!(german.stem(word), german.stem(spellings[0]), "{word}");
            }
        }
        assert_eq!(german.fold("größe"), german.fold("groesse"));
        assert_eq!(["neue", "quelle", "frauen"].map(|word| german.fold(word)), ["neue", "quelle", "frauen"]);
        assert_eq!(Grammar::of(Lang::It).fold("aereo"), "aereo");
    }

    #[test]
    fn the_forms_of_a_word_have_one_stem_in_each_language() {
        for (lang, forms) in [
            (Lang::It, &["obiettivo", "obiettivi"][..]),
            (Lang::It, &["detenuto", "detenuta", "detenuti", "detenute"]),
            (Lang::It, &["città", "citta\u{300}"]),
            (Lang::En, &["city", "cities"]),
            (Lang::De, &["haus", "häuser", "hauses"]),
            (Lang::De, &["amt", "ämter"]),
        ] {
            let grammar = Grammar::of(lang);
            for form in forms {
                assert_eq!(grammar.stem(form), grammar.stem(forms[0]), "{form}");
            }
        }
    }
}
