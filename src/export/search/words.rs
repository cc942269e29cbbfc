//! Words, as the index and the search field count them: the page's script does the same.

use std::borrow::Cow;

use snowball_stemmers_rs::Stemmer;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{Lang, composed};

/// Longer runs of letters, in bytes, are no words: addresses, keys.
const LONGEST: usize = 80;

const SOFT_HYPHEN: char = '\u{ad}';

/// Gives the words of a text in lower case, in their order, as often as they occur: all but single letters. What joints
/// hold together is given by its parts and, where it has a figure, whole without its signs (`45/2020` is `452020`, `45` and
/// `2020`), so that numbers of acts, codes and days are found as they are written.
pub(super) fn words(text: &str, found: &mut impl FnMut(&str)) {
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
            joined_words(&text[start..i], &mut lower, found);
        } else if start < i {
            word(&text[start..i], &mut lower, found);
        }
        (start, joined) = (i + c.len_utf8(), false);
    }
}

/// Numbers that stand together are a word within a longer piece too: `n.45/2020` has `452020`.
fn joined_words(piece: &str, lower: &mut String, found: &mut impl FnMut(&str)) {
    let parts: Vec<&str> = piece.split(is_joint).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > 1 && piece.contains(is_digit) {
        word(&parts.concat(), lower, found);
    }
    for stretch in parts.chunk_by(|a, b| is_number(a) && is_number(b)) {
        if stretch.len() > 1 && stretch.len() < parts.len() {
            word(&stretch.concat(), lower, found);
        }
        stretch.iter().for_each(|part| word(part, lower, found));
    }
}

fn word(written: &str, lower: &mut String, found: &mut impl FnMut(&str)) {
    lower.clear();
    if written.is_ascii() {
        lower.push_str(written);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(written.to_lowercase().chars().filter(|c| *c != SOFT_HYPHEN));
    }
    if lower.len() <= LONGEST && (lower.len() > 1 || lower.contains(is_digit)) {
        found(lower);
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && (c == SOFT_HYPHEN || is_combining_mark(c))
}

/// Characters that join the parts of a code.
fn is_joint(c: char) -> bool {
    matches!(c, '.' | '_' | '/' | '-')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
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
        let language = lang.language();
        Self { stemmer: Stemmer::create(language.stemmer), has_umlauts: language.has_umlauts }
    }

    /// One form for all spellings of a lower-case word: `città` and `citta`, in German `ämter`, `aemter` and `amter`.
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

    /// One stem for all forms of a word; a code has one form.
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

    fn of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text, &mut |word| all.push(word.to_owned()));
        all
    }

    /// The table that the script is held to as well, by `tests/web/lib/search.mjs`: texts, each with its words.
    #[test]
    fn the_words_of_a_text_are_those_of_the_table_that_the_script_shares() {
        let table: Vec<(String, Vec<String>)> =
            serde_json::from_str(include_str!("../../../tests/web/lib/words.json")).expect("a table of texts");
        for (text, expected) in table {
            let found: Vec<String> = of(&text).iter().map(|word| unaccented(word).into_owned()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_run_of_letters_longer_than_any_word_is_none() {
        assert_eq!(of(&"a".repeat(LONGEST + 1)), [""; 0]);
        assert_eq!(of(&format!("{}.1", "a".repeat(LONGEST))), ["a".repeat(LONGEST), "1".to_owned()]);
    }

    #[test]
    fn accents_and_case_do_not_part_words() {
        assert_eq!(of("CITTÀ citta\u{300}").iter().map(|word| unaccented(word)).collect::<Vec<_>>(), ["citta"; 2]);
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
            (Lang::Fr, &["objectif", "objectifs"]),
            (Lang::Fr, &["réalisé", "réalisée", "realisés"]),
        ] {
            let grammar = Grammar::of(lang);
            for form in forms {
                assert_eq!(grammar.stem(form), grammar.stem(forms[0]), "{form}");
            }
        }
    }
}
