//! Index of words: the documents that have each.
//!
//! Bytes from the store are never trusted: if some can't be read, the index is made without the store.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use super::parts::{IndexPart, Word, cut, written};
use super::postings::{LISTS, number};
use super::runs::{ByInitials, Documents, FoundForm, IndexedRun, Initials, indexed_run};
use super::words::Grammar;
use crate::incremental::fingerprint;
use crate::incremental::store::Store;

/// A form, with everything that was found of its spellings.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct WordForm<'a> {
    stem: String,
    folded: String,
    found: &'a [FoundForm],
}

/// Forms with the same initials in a run, encoded, with the place from which theirs count.
struct FoundInRun<'b> {
    first: u32,
    fingerprint: u64,
    bytes: &'b [u8],
}

/// Words with the same initials, and their encoded form, with a fingerprint of the forms that they were made from.
struct InitialsIndex<'b> {
    initials: Initials,
    made_from: u64,
    bytes: Cow<'b, [u8]>,
    words: Vec<Word>,
}

/// The index of documents; the same whatever the threads. Their words are found again in the store, run by run, below names
/// that begin with `prefix`.
pub(super) fn index(documents: &Documents<'_>, grammar: &Grammar, store: &Store, prefix: &str) -> Vec<IndexPart> {
    let words = words_of(documents, grammar, store, prefix)
        .or_else(|| words_of(documents, grammar, &Store::default(), prefix))
        .unwrap_or_default();
    cut(&words)
}

/// The words of all documents. For initials that no changed document has, only the words made the last time are read. Returns
/// `None` if the store holds bytes that can't be read.
fn words_of(documents: &Documents<'_>, grammar: &Grammar, store: &Store, prefix: &str) -> Option<Vec<Word>> {
    let runs = documents.runs();
    let name = |run: &Range<usize>| format!("{prefix}{:016x}", (documents.name)(run.start));
    let is_new = AtomicBool::new(false);
    let indexed: Vec<Vec<u8>> = (runs.par_iter())
        .map(|run| indexed_run(documents, grammar, run, store, &name(run), &is_new))
        .collect::<Option<_>>()?;
    let finished = format!("{prefix}made");
    if is_new.into_inner() {
        store.forget(prefix, &runs.iter().map(name).chain([finished.clone()]).collect::<HashSet<_>>());
    }
    let mut found: BTreeMap<Initials, Vec<FoundInRun<'_>>> = BTreeMap::new();
    for (run, bytes) in runs.iter().zip(&indexed) {
        let (_, parts): IndexedRun<'_> = postcard::from_bytes(bytes).ok()?;
        let first = 4 * number(run.start);
        for (initials, fingerprint, bytes) in parts {
            found.entry(initials).or_default().push(FoundInRun { first, fingerprint, bytes });
        }
    }
    let recalled = store.recall(&finished).unwrap_or_default();
    let known: ByInitials<'_> = postcard::from_bytes(&recalled).unwrap_or_default();
    let known: HashMap<(Initials, u64), &[u8]> =
        known.into_iter().map(|(initials, of, words)| ((initials, of), words)).collect();
    let words = found.into_par_iter().map(|(initials, found)| {
        let runs: Vec<(u32, u64)> = found.iter().map(|found| (found.first, found.fingerprint)).collect();
        let made_from = fingerprint(&(documents.count, runs));
        let previous = known
            .get(&(initials, made_from))
            .and_then(|bytes| Some((*bytes, postcard::from_bytes(bytes).ok()?)));
        if let Some((bytes, words)) = previous {
            return Some(InitialsIndex { initials, made_from, bytes: Cow::Borrowed(bytes), words });
        }
        let words = words_with(&found, documents.count, grammar)?;
        let bytes = Cow::Owned(postcard::to_stdvec(&words).ok()?);
        Some(InitialsIndex { initials, made_from, bytes, words })
    });
    let words: Vec<InitialsIndex<'_>> = words.collect::<Option<_>>()?;
    if words.len() != known.len() || words.iter().any(|made| matches!(made.bytes, Cow::Owned(_))) {
        let encoded: ByInitials<'_> = words.iter().map(|made| (made.initials, made.made_from, &*made.bytes)).collect();
        postcard::to_stdvec(&encoded).into_iter().for_each(|bytes| store.keep(&finished, &bytes));
    }
    Some(words.into_iter().flat_map(|made| made.words).collect())
}

/// The words with the same initials, made from all their forms. Returns `None` if some can't be read.
fn words_with(found: &[FoundInRun<'_>], count: usize, grammar: &Grammar) -> Option<Vec<Word>> {
    let mut all: Vec<FoundForm> = Vec::new();
    for FoundInRun { first, bytes, .. } in found {
        let found: Vec<FoundForm> = postcard::from_bytes(bytes).ok()?;
        all.extend(found.into_iter().map(|(word, places)| (word, places.after(*first))));
    }
    // No two documents have one number, so equal words differ by their places.
    all.sort_unstable();
    let mut forms: Vec<WordForm<'_>> = (all.chunk_by(|a, b| a.0 == b.0))
        .map(|same| WordForm {
            stem: grammar.stem(&same[0].0),
            folded: grammar.fold(&same[0].0).into_owned(),
            found: same,
        })
        .collect();
    forms.sort_unstable();
    Some(forms.chunk_by(|a, b| a.stem == b.stem).map(|group| word(group, count)).collect())
}

/// The word of several forms with one stem.
fn word(group: &[WordForm<'_>], count: usize) -> Word {
    let mut forms: Vec<String> = group.iter().map(|form| form.folded.clone()).collect();
    forms.dedup();
    let found = group.iter().flat_map(|form| form.found);
    let is_place = |place: &u32| (*place as usize) < 4 * count;
    let mut places: Vec<u32> = found.flat_map(|(_, places)| places.iter().filter(is_place)).collect();
    places.sort_unstable();
    // A document is listed by the field in which the word tells most.
    places.dedup_by_key(|place| *place / 4);
    let mut lists: [Vec<u32>; LISTS] = Default::default();
    for place in places {
        lists[(place % 4) as usize].push(place / 4);
    }
    Word { forms, lists: lists.map(|list| written(&list, count)) }
}

#[cfg(test)]
mod tests {
    use super::super::parts::{DIGITS, PART};
    use super::super::postings::{Field, Postings};
    use super::super::runs::TextSink;
    use super::*;
    use crate::model::{Lang, Markdown};

    const COUNT: usize = 3_000;

    fn indexed(count: usize, store: &Store, texts: impl Fn(usize, &mut dyn TextSink) + Sync) -> Vec<IndexPart> {
        let documents = Documents { count, texts: &texts, name: &|i| fingerprint(&i) };
        index(&documents, &Grammar::of(Lang::It), store, "search-")
    }

    /// Documents of many words: one in all of them, some in many, most in few.
    fn many() -> Vec<IndexPart> {
        indexed(COUNT, &Store::default(), |i, sink| {
            sink.add(Field::Title, &format!("2020_ZN{i:04}"));
            sink.add(Field::Body, &format!("ovunque spesso{} raro{}z obiettivi", i % 7, i % 977));
        })
    }

    /// The words as the script reads them: each word's forms, and the documents of its lists.
    fn read(part: &IndexPart, count: usize) -> Vec<(Vec<String>, [Vec<u32>; LISTS])> {
        let flat: Vec<String> = serde_json::from_slice(&part.json).expect("JSON");
        flat.chunks(1 + LISTS)
            .map(|word| {
                let mut pieces = word[0].split(' ');
                let begins = pieces.next().unwrap_or_default();
                let mut forms: Vec<String> = pieces.map(|end| format!("{begins}{end}")).collect();
                if forms.is_empty() {
                    forms.push(begins.to_owned());
                }
                (forms, [1, 2, 3].map(|list| decoded(&word[list], count)))
            })
            .collect()
    }

    fn decoded(text: &str, count: usize) -> Vec<u32> {
        let value = |c: u8| number(DIGITS.iter().position(|digit| *digit == c).expect("a digit"));
        if let Some(bits) = text.strip_prefix('!') {
            let bits = bits.as_bytes();
            return (0..number(count))
                .filter(|id| value(bits[*id as usize / 6]) >> (id % 6) & 1 == 1)
                .collect();
        }
        let (mut found, mut last, mut step, mut power) = (Vec::new(), 0, 0, 1);
        for c in text.bytes() {
            step += value(c) % 32 * power;
            power *= 32;
            if value(c) < 32 {
                last += step;
                found.push(last);
                (step, power) = (0, 1);
            }
        }
        found
    }

    #[test]
    fn a_list_is_read_as_it_was_written_whichever_form_is_shorter() {
        for documents in
            [vec![], vec![0], vec![7, 8, 1_000, 2_999], (0..3_000).collect(), (0..1_500).map(|i| 2 * i).collect()]
        {
            assert_eq!(decoded(&written(&documents, COUNT), COUNT), documents);
        }
        let everywhere: Vec<u32> = (0..3_000).collect();
        assert_eq!(written(&everywhere, COUNT).len(), 501);
        assert_eq!(written(&[2_999], COUNT).len(), 3);
    }

    #[test]
    fn the_places_of_a_word_are_read_as_they_were_added_each_document_once() {
        let added = [3, 4, 6, 8, 130, 131, 40_000, 5_000_000, u32::MAX - 1, u32::MAX];
        let mut places = Postings::of(added[0]);
        added[1..].iter().for_each(|place| places.add(*place));
        assert_eq!(places.iter().collect::<Vec<_>>(), [3, 4, 8, 130, 40_000, 5_000_000, u32::MAX - 1]);
        assert_eq!(Postings::of(7).iter().collect::<Vec<_>>(), [7]);
    }

    #[test]
    fn the_forms_of_a_word_are_found_together_where_the_word_tells_most() {
        let parts = indexed(2, &Store::default(), |i, sink| {
            let title = ["Detenuti e città", "Le detenute"][i];
            sink.add(Field::Title, title);
            sink.add(Field::Body, "detenuto");
        });
        let words = read(&parts[0], 2);
        let found =
            |form: &str| words.iter().find(|(forms, _)| forms.iter().any(|known| known == form)).expect("the form");
        let (forms, lists) = found("detenute");
        assert_eq!(forms, &["detenute", "detenuti", "detenuto"]);
        assert_eq!(lists, &[vec![0, 1], vec![], vec![]]);
        assert_eq!(found("citta").1, [vec![0], vec![], vec![]]);
    }

    #[test]
    fn no_part_is_larger_than_its_bound_and_every_form_is_in_the_part_where_it_is_looked_for() {
        let parts = many();
        assert!(parts.len() > 1);
        assert_eq!(parts[0].first, "");
        let mut forms = 0;
        for (i, part) in parts.iter().enumerate() {
            assert!(part.json.len() <= PART + 2, "{} bytes", part.json.len());
            for form in read(part, COUNT).into_iter().flat_map(|(forms, _)| forms) {
                assert_eq!(parts.iter().rposition(|part| part.first <= form), Some(i), "{form}");
                forms += 1;
            }
        }
        // A code whole and its end, the words of the texts, and the year.
        assert_eq!(forms, 2 * COUNT + 1 + 7 + 977 + 1 + 1);
    }

    #[test]
    fn an_index_of_which_much_is_known_is_the_one_of_which_nothing_is() {
        use std::sync::atomic::{AtomicUsize, Ordering};

        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::of(camino::Utf8Path::from_path(folder.path()).expect("UTF-8"));
        // The number of times that a document was read, and the index.
        let indexed = |count: usize, store: &Store, word: &str| {
            let read = AtomicUsize::new(0);
            let parts = indexed(count, store, |i, to| {
                read.fetch_add(1, Ordering::Relaxed);
                to.add(Field::Title, &format!("2020_ZN{i:04}"));
                to.add_markdown(Field::Body, &Markdown::from(if i == 1_234 { word } else { "*Ovunque* [qui](x)" }));
            });
            let parts: Vec<_> = parts.into_iter().map(|part| (part.first, part.json)).collect();
            (read.into_inner(), parts)
        };
        let mut often = Vec::new();
        for (count, word) in [(COUNT, "prima"), (COUNT, "prima"), (COUNT, "dopo"), (COUNT - 7, "dopo"), (COUNT, "")] {
            let (read, parts) = indexed(count, &store, word);
            assert!(parts == indexed(count, &Store::default(), word).1, "{count} {word}");
            often.push((read, count));
        }
        // Once for its fingerprint, and once more for its words if that has changed.
        assert_eq!(often[..3], [(2 * COUNT, COUNT), (COUNT, COUNT), (COUNT + 1, COUNT)]);
        // If a run has more or fewer documents than before, all of them are read.
        assert!(often[3..].iter().all(|(read, count)| read > count && *read < 2 * count), "{often:?}");
    }

    #[test]
    fn the_index_is_the_same_whatever_the_threads() {
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(many).into_iter().map(|part| (part.first, part.json)).collect::<Vec<_>>()
        };
        assert_eq!(with(1), with(5));
    }
}
