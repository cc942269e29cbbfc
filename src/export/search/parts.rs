//! Words as the page's script reads them, cut into parts of a bounded size.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::postings::LISTS;

/// Size of a part, in bytes; a word that needs more has a part to itself.
pub(super) const PART: usize = 32_000;

/// The forms of one word and the documents that have it, written as the script reads them.
#[derive(Serialize, Deserialize)]
pub(super) struct Word {
    /// Folded, in order, each once.
    pub(super) forms: Vec<String>,
    pub(super) lists: [String; LISTS],
}

/// A part of the index: all words from its first form up to the next part's.
#[derive(Debug)]
pub(super) struct IndexPart {
    pub(super) first: String,
    pub(super) json: Vec<u8>,
}

/// Cuts words into parts. Every form is in one part; a word whose forms are in two is in both.
pub(super) fn cut(words: &[Word]) -> Vec<IndexPart> {
    let mut forms: Vec<(&str, usize)> = (words.iter().enumerate())
        .flat_map(|(i, word)| word.forms.iter().map(move |form| (form.as_str(), i)))
        .collect();
    forms.par_sort_unstable();
    let mut parts: Vec<Vec<(&str, usize)>> = Vec::new();
    let mut size = PART;
    let mut last_part = vec![usize::MAX; words.len()];
    for same in forms.chunk_by(|a, b| a.0 == b.0) {
        let adds = |last_part: &[usize], here: usize| -> usize {
            let bytes = |(form, word): &(&str, usize)| match last_part[*word] == here {
                true => form.len() + 1,
                false => form.len() + 13 + words[*word].lists.iter().map(String::len).sum::<usize>(),
            };
            same.iter().map(bytes).sum()
        };
        let mut added = adds(&last_part, parts.len().wrapping_sub(1));
        if size + added > PART {
            parts.push(Vec::new());
            added = adds(&last_part, parts.len() - 1);
            size = 0;
        }
        size += added;
        for (_, word) in same {
            last_part[*word] = parts.len() - 1;
        }
        parts.last_mut().expect("just pushed").extend(same);
    }
    let before = |i: usize| i.checked_sub(1).and_then(|i| Some(parts[i].last()?.0)).unwrap_or_default();
    (0..parts.len())
        .into_par_iter()
        .map(|i| IndexPart { first: parting(before(i), parts[i][0].0).to_owned(), json: json(words, &parts[i]) })
        .collect()
}

/// The shortest beginning of a word that comes after the one before it.
fn parting<'w>(before: &str, word: &'w str) -> &'w str {
    let same = before.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    let end = if before.is_empty() { None } else { word.char_indices().nth(same + 1) };
    match end {
        Some((end, _)) => &word[..end],
        None if before.is_empty() => "",
        None => word,
    }
}

fn json(words: &[Word], forms: &[(&str, usize)]) -> Vec<u8> {
    let mut by_word: Vec<(usize, &str)> = forms.iter().map(|(form, word)| (*word, *form)).collect();
    by_word.sort_unstable();
    let mut out: Vec<String> = Vec::new();
    let mut flat: Vec<&str> = Vec::new();
    for same in by_word.chunk_by(|a, b| a.0 == b.0) {
        out.push(joined(same));
    }
    for (same, forms) in by_word.chunk_by(|a, b| a.0 == b.0).zip(&out) {
        flat.push(forms);
        flat.extend(words[same[0].0].lists.iter().map(String::as_str));
    }
    serde_json::to_vec(&flat).expect("texts are JSON")
}

/// Forms as their common beginning, then the rest of each: `detenut e i o`. A single form is written as it is.
fn joined(forms: &[(usize, &str)]) -> String {
    let [first, .., last] = forms else { return forms[0].1.to_owned() };
    let same = first.1.char_indices().zip(last.1.chars()).find(|((_, a), b)| a != b);
    let end = same.map_or(first.1.len(), |((at, _), _)| at);
    let ends: Vec<&str> = forms.iter().map(|(_, form)| &form[end..]).collect();
    format!("{} {}", &first.1[..end], ends.join(" "))
}

/// Digits of base 64 (RFC 4648 §5): none of them needs an escape in JSON.
pub(super) const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A list of documents as digits of base 64, in the shorter of two forms: the steps from one to the next, five bits a digit,
/// the lowest first, 32 added to each that goes on; or, after a `!`, a bit for each document, six a digit.
pub(super) fn written(documents: &[u32], count: usize) -> String {
    let mut steps = Vec::with_capacity(documents.len());
    let mut last = 0;
    for &document in documents {
        let mut step = document - last;
        last = document;
        while step > 31 {
            steps.push(digit(step % 32 + 32));
            step /= 32;
        }
        steps.push(digit(step));
    }
    let bits = count.div_ceil(6) + 1;
    let bytes = if steps.len() <= bits {
        steps
    } else {
        let mut values = vec![0; bits - 1];
        for &document in documents {
            values[document as usize / 6] |= 1 << (document % 6);
        }
        std::iter::once(b'!').chain(values.into_iter().map(digit)).collect()
    };
    bytes.into_iter().map(char::from).collect()
}

fn digit(value: u32) -> u8 {
    DIGITS[value as usize % 64]
}
