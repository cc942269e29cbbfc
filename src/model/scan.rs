//! Reading words without copying them: a cursor that compares case, accents and spacing away.

use super::Lang;
use super::language::phrases::lists;

/// Length of the longest text in which a figure or a date is searched, in bytes. A longer one has several subjects.
pub(super) const LONGEST: usize = 2_000;

lists! {
    /// Words that make a figure approximate.
    pub(super) ABOUT = ["~", "≈"], figures.about;
    /// Words of these that stand right after a figure, too: `100 circa persone`. Others begin what is counted: `10 around
    /// the park`.
    ABOUT_AFTER = [], figures.about_after;
}

/// Rest of a text that is being read; never starts with a space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
    lang: Lang,
}

impl<'a> Scanner<'a> {
    /// One of words in any language, whose figures are Italian.
    pub(super) fn new(text: &'a str) -> Self {
        Self::with_figures(text, Lang::It)
    }

    /// One of words in any language, whose figures are written as in `lang`.
    pub(super) fn with_figures(text: &'a str, lang: Lang) -> Self {
        Self { rest: text.trim_matches(is_space), lang }
    }

    /// The language of the figures.
    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Nothing is left but, at most, the stop that ends a sentence.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.rest, "" | "." | ";")
    }

    /// The whole text is one of `phrases`.
    pub(super) fn is_any(self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| {
            let mut words = self;
            words.eat(phrase) && words.is_done()
        })
    }

    /// Takes `phrase` (lower case, single spaces, no accents, no figure first) if the text goes on
    /// with it and its last word ends there. The German letters ä, ö, ü and ß of a phrase are also
    /// found as ae, oe, ue and ss.
    pub(super) fn eat(&mut self, phrase: &str) -> bool {
        debug_assert!(!starts_with_figure(phrase));
        // Nearly every phrase that is tried differs in its first letter already.
        if let (Some(first), Some(want)) = (self.rest.bytes().next(), phrase.bytes().next())
            && first.is_ascii()
            && want.is_ascii()
            && first.to_ascii_lowercase() != want
        {
            return false;
        }
        match after(self.rest, phrase) {
            Some(rest) => {
                self.rest = rest.trim_start_matches(is_space);
                true
            }
            None => false,
        }
    }

    /// Takes the first of `phrases` that the text goes on with: longer ones come first.
    pub(super) fn eat_any(&mut self, phrases: &[&str]) -> bool {
        !starts_with_figure(self.rest) && phrases.iter().any(|phrase| self.eat(phrase))
    }

    /// Takes as many of `phrases` as follow one another.
    pub(super) fn skip(&mut self, phrases: &[&str]) {
        while self.eat_any(phrases) {}
    }

    /// Takes the first phrase of `table` that the text goes on with, and gives its meaning.
    pub(super) fn find<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        if starts_with_figure(self.rest) {
            return None;
        }
        table.iter().find(|(phrase, _)| self.eat(phrase)).map(|&(_, meaning)| meaning)
    }

    /// Takes the digits that stand here; empty if there are none.
    pub(super) fn digits(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Takes one of `chars`.
    pub(super) fn eat_char(&mut self, chars: &[char]) -> Option<char> {
        let found = self.rest.chars().next().filter(|c| chars.contains(c))?;
        self.take(found.len_utf8());
        Some(found)
    }

    /// Takes the figures that stand here: a sign, digits, and the marks between digits. A space
    /// is such a mark only before a full group of three.
    pub(super) fn figures(&mut self) -> Option<&'a str> {
        let unsigned = self.rest.strip_prefix(is_sign).unwrap_or(self.rest);
        let sign = self.rest.len() - unsigned.len();
        if run(unsigned) == 0 {
            return None;
        }
        let mut end = 0;
        loop {
            end += run(&unsigned[end..]);
            let Some(mark) = unsigned[end..].chars().next() else {
                break;
            };
            let next = end + mark.len_utf8();
            let group = run(&unsigned[next..]);
            let joins = match mark {
                '.' | ',' => group > 0,
                mark if is_group_mark(mark) => group == 3,
                _ => false,
            };
            if !joins {
                break;
            }
            end = next;
        }
        Some(self.take(sign + end))
    }

    /// The words after a figure without what makes it approximate: those of `10 circa giorni` and `10 giorni circa`. None
    /// where nothing does.
    pub(super) fn without_about(mut self) -> Option<Self> {
        if self.eat_any(&ABOUT_AFTER) {
            return Some(self);
        }
        let start = self
            .rest
            .rfind(is_space)
            .map_or(0, |at| self.rest.len() - self.rest[at..].trim_start_matches(is_space).len());
        let (before, last) = self.rest.split_at(start);
        let is_about = Self::new(last.trim_matches(['(', ')'])).is_any(&ABOUT);
        is_about.then(|| Self { rest: before.trim_end_matches(is_space), ..self })
    }

    /// The text after its first `end` bytes.
    pub(super) fn past(mut self, end: usize) -> Self {
        self.take(end);
        self
    }

    fn take(&mut self, end: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start_matches(is_space);
        taken
    }
}

/// A space of any width, or one of the invisible marks that pasted text brings along.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// A plus or a minus, U+2212 and the dash that word processors make of it included.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '+' | '-' | '\u{2212}' | '\u{2013}')
}

/// A mark between groups of three that is never a decimal mark.
pub(super) fn is_group_mark(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}' | '\'' | '\u{2019}')
}

/// Most of what is read does, and no phrase.
fn starts_with_figure(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

/// Number of ASCII digits at the start of a text.
fn run(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A letter without its case and accent, or a straight apostrophe for a curly one.
fn fold(c: char) -> char {
    match c {
        'À' | 'Á' | 'Â' | 'à' | 'á' | 'â' => 'a',
        'Ç' | 'ç' => 'c',
        'È' | 'É' | 'Ê' | 'Ë' | 'è' | 'é' | 'ê' | 'ë' => 'e',
        'Ì' | 'Í' | 'Î' | 'Ï' | 'ì' | 'í' | 'î' | 'ï' => 'i',
        'Ò' | 'Ó' | 'Ô' | 'ò' | 'ó' | 'ô' => 'o',
        'Ù' | 'Ú' | 'Û' | 'ù' | 'ú' | 'û' => 'u',
        '\u{2018}' | '\u{2019}' | '`' | '´' => '\'',
        other => other.to_ascii_lowercase(),
    }
}

/// An accent written as a character of its own, as decomposed text (NFD) has it.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

fn after<'a>(text: &'a str, phrase: &str) -> Option<&'a str> {
    let mut rest = text;
    for want in phrase.chars() {
        if want == ' ' {
            let bare = without_typed_accent(rest);
            rest = bare.trim_start_matches(is_space);
            if rest.len() == bare.len() {
                return None;
            }
        } else if let Some((plain, added)) = spelt_out(want) {
            rest = after_german_letter(rest, want, plain, added)?;
        } else {
            let got = rest.chars().next()?;
            if fold(got) != want {
                return None;
            }
            rest = rest[got.len_utf8()..].trim_start_matches(is_combining);
        }
    }
    if phrase.ends_with(char::is_alphabetic) {
        rest = without_typed_accent(rest);
        let unelided = rest.strip_prefix(['\'', '\u{2019}']).unwrap_or(rest);
        if unelided.starts_with(char::is_alphabetic) {
            return None;
        }
    }
    Some(rest)
}

/// The letters that stand for a German one where there is no key for it.
fn spelt_out(letter: char) -> Option<(char, char)> {
    match letter {
        'ä' => Some(('a', 'e')),
        'ö' => Some(('o', 'e')),
        'ü' => Some(('u', 'e')),
        'ß' => Some(('s', 's')),
        _ => None,
    }
}

fn after_german_letter(text: &str, letter: char, plain: char, added: char) -> Option<&str> {
    let got = text.chars().next()?;
    let rest = &text[got.len_utf8()..];
    if got.to_lowercase().eq([letter]) {
        return Some(rest);
    }
    // Decomposed text (NFD) has the two dots as a character of their own.
    rest.strip_prefix(|next: char| next == '\u{308}' || next.eq_ignore_ascii_case(&added))
        .filter(|_| got.eq_ignore_ascii_case(&plain))
}

/// Drops the apostrophe of `piu'`, typed for an accent; the one of `l'anno` stays.
fn without_typed_accent(text: &str) -> &str {
    match text.strip_prefix(['\'', '\u{2019}', '`', '´']) {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_found_whatever_its_case_accents_and_spacing() {
        for text in ["più di", "PIÙ  DI", "piu' di", "piu\u{300}\u{A0}di", "piu di", "Piu’ di"] {
            assert!(Scanner::new(text).is_any(&["piu di"]), "{text}");
        }
    }

    #[test]
    fn german_letters_are_found_in_every_spelling() {
        for text in ["höchstens", "HÖCHSTENS", "hoechstens", "Hoechstens", "ho\u{308}chstens"] {
            assert!(Scanner::new(text).is_any(&["höchstens"]), "{text}");
        }
        for text in ["größer", "groesser", "GRÖSSER", "GRÖẞER", "grösser"] {
            assert!(Scanner::new(text).is_any(&["größer"]), "{text}");
        }
        assert!(Scanner::new("Ueber 100").eat("über"));
        for text in ["hochstens", "hächstens", "uberall"] {
            assert!(!Scanner::new(text).is_any(&["höchstens", "über"]), "{text}");
        }
    }

    #[test]
    fn a_phrase_ends_where_its_last_word_ends() {
        assert!(!Scanner::new("dall'inizio").eat("da"));
        assert!(!Scanner::new("simulato").eat("si"));
        assert!(Scanner::new("almeno100").eat("almeno"));
        assert!(Scanner::new("l'anno").eat("l'"));
        assert!(!Scanner::new("l'anno").eat("l"));
    }

    #[test]
    fn figures_stop_where_the_words_begin() {
        for (text, figures, rest) in [
            ("6.000.000,00 €", "6.000.000,00", "€"),
            ("1 000 000 euro", "1 000 000", "euro"),
            ("20 persone", "20", "persone"),
            ("10..20", "10", "..20"),
            ("1'500 x", "1'500", "x"),
            ("\u{2212}5%", "\u{2212}5", "%"),
            ("31, poi", "31", ", poi"),
        ] {
            let mut words = Scanner::new(text);
            assert_eq!(words.figures(), Some(figures));
            assert_eq!(words.rest(), rest);
        }
        assert_eq!(Scanner::new("--5").figures(), None);
        assert_eq!(Scanner::new("−-5").figures(), None);
    }
}
