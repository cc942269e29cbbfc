//! Words that an editor explains, and their search in the texts of a page.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::markdown::LINK_OPTIONS;
use crate::catalogue::PageId;
use crate::model::{Markdown, composed};

/// The terms of the pages that are glossaries, each once, in the order in which they are explained.
#[derive(Debug, Default)]
pub(crate) struct Glossary {
    terms: Vec<Term>,
    /// The names of terms by their first piece, longest first.
    names: HashMap<Box<str>, Vec<Name>, FixedState>,
}

/// A word that an editor explains.
#[derive(Debug)]
pub(crate) struct Term {
    /// Heading: all its names.
    pub(crate) title: String,
    /// Explanation.
    pub(crate) text: Markdown,
    /// The page that explains it.
    pub(crate) page: PageId,
}

#[derive(Debug)]
struct Name {
    /// Folded.
    pieces: Vec<Box<str>>,
    /// The spelling of a name in capitals, since `PO` is no river and no `po’`.
    exact: Option<String>,
    term: usize,
}

/// Separators of the names of one term in its heading, as in `CPIA — Centro provinciale per l’istruzione degli adulti`.
const BETWEEN_NAMES: [&str; 3] = [" — ", " – ", " / "];

impl Glossary {
    /// The terms of the given texts: each heading of the second level (`## Term`) with the text below it, up to the next
    /// one. Of two terms with one name the first has it.
    pub(crate) fn of(pages: &[(PageId, &Markdown)]) -> Self {
        let mut glossary = Self::default();
        for (page, text) in pages {
            for (title, text) in sections(&text.text()) {
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
            let pieces: Vec<Box<str>> = pieces(&name).map(|piece| folded(&name[piece]).into()).collect();
            let Some(first) = pieces.first().filter(|first| &***first != STOP) else { continue };
            let capitals =
                name.chars().filter(|c| c.is_uppercase()).count() > 1 && !name.chars().any(char::is_lowercase);
            let exact = capitals.then(|| name.trim().to_owned());
            let known = self.names.entry(first.clone()).or_default();
            if !known.iter().any(|other| other.pieces == pieces) {
                let place = known.partition_point(|other| other.pieces.len() >= pieces.len());
                known.insert(place, Name { pieces, exact, term: self.terms.len() });
            }
        }
        self.terms.push(term);
    }

    /// The terms that occur in the texts, in their own order: whole words, in capitals or not, save that a name in capitals
    /// occurs in capitals alone. Of a name inside a longer one, the longer one occurs. The time is that of reading the
    /// texts once.
    pub(crate) fn find(&self, texts: &[&str]) -> Vec<&Term> {
        let mut found = vec![false; self.terms.len()];
        if !self.terms.is_empty() {
            texts.iter().for_each(|text| self.mark(text, &mut found));
        }
        self.terms.iter().zip(found).filter_map(|(term, found)| found.then_some(term)).collect()
    }

    fn mark(&self, text: &str, found: &mut [bool]) {
        let mut rest = pieces(text);
        while let Some(first) = rest.next() {
            let Some(names) = self.names.get(&*folded(&text[first.clone()])) else { continue };
            let here = names.iter().find_map(|name| {
                let mut after = rest.clone();
                let mut end = first.end;
                let goes_on = name.pieces[1..].iter().all(|piece| {
                    let next = after.next().inspect(|next| end = next.end);
                    next.is_some_and(|next| folded(&text[next]) == **piece)
                });
                let is_exact = name.exact.as_ref().is_none_or(|exact| *exact == text[first.start..end]);
                (goes_on && is_exact).then_some((name.term, after))
            });
            if let Some((term, after)) = here {
                found[term] = true;
                rest = after;
            }
        }
    }
}

/// The end of a sentence, as pieces are compared: no name goes on over it.
const STOP: &str = ".";

/// The bytes of each word of a text, and of each sign that ends a sentence.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + Clone + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && !ends_sentence(c));
        let start = text.len() - rest.len();
        let first = rest.chars().next()?;
        // Most of a word are letters of ASCII, which need no decoding.
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let length = match rest.as_bytes().get(plain) {
            _ if ends_sentence(first) => first.len_utf8(),
            Some(byte) if !byte.is_ascii() => {
                let end = rest[plain..].find(|c: char| !c.is_alphanumeric() && !is_mark(c));
                end.map_or(rest.len(), |end| plain + end)
            }
            _ => plain,
        };
        rest = &rest[length..];
        Some(start..start + length)
    })
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | ';' | ':' | '!' | '?')
}

/// True for an accent that is a character of its own, after its letter.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

/// A piece as pieces are compared: two spellings of one letter are the same, and so are capitals and small letters.
fn folded(piece: &str) -> Cow<'_, str> {
    if piece.bytes().all(|byte| byte.is_ascii_lowercase()) {
        piece.into()
    } else if piece.starts_with(ends_sentence) {
        STOP.into()
    } else if piece.is_ascii() {
        piece.to_ascii_lowercase().into()
    } else {
        composed(piece).to_lowercase().into()
    }
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
