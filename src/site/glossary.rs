//! The words that an editor explains, and where they occur in the texts of a page.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use unicode_normalization::UnicodeNormalization;

use super::LINK_OPTIONS;
use crate::model::{Markdown, PageId};

/// The terms of the pages that are glossaries, each once, in the order in which they are explained.
#[derive(Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
    /// The names of terms by their first word, longest first.
    names: HashMap<Box<str>, Vec<Name>>,
}

/// A word that an editor explains.
#[derive(Debug)]
pub struct Term {
    /// Its heading: all its names.
    pub title: String,
    /// What it means.
    pub text: Markdown,
    /// The page that explains it.
    pub page: PageId,
}

#[derive(Debug)]
struct Name {
    words: Vec<Token>,
    /// Of a name in capitals: how it is written, since `PO` is no river and no `po’`.
    exact: Option<String>,
    term: usize,
}

/// A word as words are compared, or the end of a sentence, over which no name goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(Box<str>),
    Stop,
}

/// What parts the names of one term in its heading, as in `CPIA — Centro provinciale per l’istruzione degli adulti`.
const BETWEEN_NAMES: [&str; 3] = [" — ", " – ", " / "];

impl Glossary {
    /// The terms of the given texts: each heading of the second level (`## Term`) with what stands below it, to the next
    /// one. Of two terms of one name the first has it.
    pub fn of(pages: &[(PageId, &Markdown)]) -> Self {
        let mut glossary = Self::default();
        for (page, text) in pages {
            for (title, text) in sections(text.as_str()) {
                glossary.add(Term { title, text: text.into(), page: *page });
            }
        }
        glossary
    }

    fn add(&mut self, term: Term) {
        let mut names = vec![term.title.clone()];
        for between in BETWEEN_NAMES {
            names = names.iter().flat_map(|name| name.split(between)).map(str::to_owned).collect();
        }
        for name in names {
            let words: Vec<Token> = tokens(&name).map(|(token, _)| token).collect();
            let Some(Token::Word(first)) = words.first() else { continue };
            let capitals =
                name.chars().filter(|c| c.is_uppercase()).count() > 1 && !name.chars().any(char::is_lowercase);
            let exact = capitals.then(|| name.trim().to_owned());
            let known = self.names.entry(first.clone()).or_default();
            if !known.iter().any(|other| other.words == words) {
                let place = known.partition_point(|other| other.words.len() >= words.len());
                known.insert(place, Name { words, exact, term: self.terms.len() });
            }
        }
        self.terms.push(term);
    }

    /// The terms that occur in the texts, in their own order: whole words, in capitals or not, save that a name in capitals
    /// occurs in capitals alone. Of a name inside a longer one, the longer one occurs. The time is that of reading the
    /// texts once.
    pub fn find(&self, texts: &[&str]) -> Vec<&Term> {
        let mut found = vec![false; self.terms.len()];
        if !self.terms.is_empty() {
            texts.iter().for_each(|text| self.mark(text, &mut found));
        }
        self.terms.iter().zip(found).filter_map(|(term, found)| found.then_some(term)).collect()
    }

    fn mark(&self, text: &str, found: &mut [bool]) {
        let tokens: Vec<(Token, Range<usize>)> = tokens(text).collect();
        let mut at = 0;
        while let Some((token, _)) = tokens.get(at) {
            let candidates = match token {
                Token::Word(word) => self.names.get(word).map_or(&[][..], Vec::as_slice),
                Token::Stop => &[],
            };
            let here = candidates.iter().find(|name| {
                let Some(span) = tokens.get(at..at + name.words.len()) else { return false };
                let (Some((_, first)), Some((_, last))) = (span.first(), span.last()) else { return false };
                let written = &text[first.start..last.end];
                name.words.iter().eq(span.iter().map(|(token, _)| token))
                    && name.exact.as_ref().is_none_or(|exact| exact == written)
            });
            at += match here {
                Some(name) => {
                    found[name.term] = true;
                    name.words.len()
                }
                None => 1,
            };
        }
    }
}

/// The words of a text, and where each stands in it.
fn tokens(text: &str) -> impl Iterator<Item = (Token, Range<usize>)> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let first = text[rest..].chars().next()?;
            let start = rest;
            if !first.is_alphanumeric() {
                rest += first.len_utf8();
                if ".;:!?".contains(first) {
                    return Some((Token::Stop, start..rest));
                }
                continue;
            }
            let length = text[start..]
                .find(|c: char| !c.is_alphanumeric() && !is_mark(c))
                .unwrap_or(text.len() - start);
            rest = start + length;
            return Some((Token::Word(folded(&text[start..rest])), start..rest));
        }
    })
}

/// An accent that stands by itself, after its letter.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A word as words are compared: two spellings of one letter are the same, and so are capitals and small letters.
fn folded(word: &str) -> Box<str> {
    if word.is_ascii() { word.to_ascii_lowercase() } else { word.nfc().flat_map(char::to_lowercase).collect() }.into()
}

/// The headings of the second level with the Markdown below each, which keeps the text's link definitions.
fn sections(text: &str) -> Vec<(String, String)> {
    let parser = Parser::new_ext(text, LINK_OPTIONS);
    let mut definitions: Vec<Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| definition.span.clone())
        .collect();
    definitions.sort_by_key(|span| span.start);

    let mut found: Vec<(String, usize, Option<usize>)> = Vec::new();
    let mut inside = false;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) if level <= HeadingLevel::H2 => {
                if let Some((_, _, end @ None)) = found.last_mut() {
                    *end = Some(range.start);
                }
                if level == HeadingLevel::H2 {
                    found.push((String::new(), range.end, None));
                    inside = true;
                }
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(words) | Event::Code(words) if inside => {
                if let Some((title, ..)) = found.last_mut() {
                    title.push_str(&words);
                }
            }
            _ => {}
        }
    }
    let below = |start: usize, end: Option<usize>| {
        let mut below = text[start..end.unwrap_or(text.len())].trim().to_owned();
        if below.contains('[') {
            for definition in &definitions {
                below.extend(["\n\n", &text[definition.clone()]]);
            }
        }
        below
    };
    found
        .into_iter()
        .map(|(title, start, end)| (title.trim().to_owned(), below(start, end)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Prima.\n\n## CPIA — Centro provinciale adulti\n\nUna [scuola].\n\n### Nota\n\nAltro.\n\n## Fase\n\nUn passo.\n\n\
        ## Fase di prova\n\nUn altro passo.\n\n## PO\n\nUn incarico.\n\n## SPRAR / SIPROIMI\n\nUna rete.\n\n[scuola]: /metodo/\n";

    fn found(text: &str) -> Vec<String> {
        let body = Markdown::from(TEXT.to_owned());
        let glossary = Glossary::of(&[(PageId(0), &body)]);
        glossary.find(&[text]).into_iter().map(|term| term.title.clone()).collect()
    }

    #[test]
    fn a_term_has_each_of_its_names() {
        assert_eq!(found("nel CPIA"), ["CPIA — Centro provinciale adulti"]);
        assert_eq!(found("al centro provinciale\nadulti."), ["CPIA — Centro provinciale adulti"]);
        assert_eq!(found("SIPROIMI"), ["SPRAR / SIPROIMI"]);
    }

    #[test]
    fn only_whole_words_of_one_sentence_are_a_name() {
        assert_eq!(found("fasi, sfase, fase2"), [""; 0]);
        assert_eq!(found("l’ultima FASE"), ["Fase"]);
        assert_eq!(found("un centro. Provinciale adulti"), [""; 0]);
    }

    #[test]
    fn a_name_in_capitals_occurs_in_capitals_alone() {
        assert_eq!(found("un po’ di Po"), [""; 0]);
        assert_eq!(found("la PO"), ["PO"]);
    }

    #[test]
    fn of_a_name_inside_a_longer_one_the_longer_one_occurs() {
        assert_eq!(found("la fase di prova"), ["Fase di prova"]);
        assert_eq!(found("la fase di prova e la fase"), ["Fase", "Fase di prova"]);
    }

    #[test]
    fn an_explanation_ends_at_the_next_term_and_keeps_its_links() {
        let texts: Vec<(String, String)> = sections(TEXT);
        assert_eq!(texts[0].1, "Una [scuola].\n\n### Nota\n\nAltro.\n\n[scuola]: /metodo/");
        assert_eq!(
            texts[4],
            ("SPRAR / SIPROIMI".to_owned(), "Una rete.\n\n[scuola]: /metodo/\n\n[scuola]: /metodo/".to_owned())
        );
    }
}
