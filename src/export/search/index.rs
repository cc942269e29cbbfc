//! Words to the documents that have them, cut into parts of a bounded size.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::FixedState;
use foldhash::quality;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::plain;
use super::words::{Grammar, words};
use crate::incremental::fingerprint;
use crate::incremental::store::Store;
use crate::model::Markdown;

/// How much a part holds, in bytes; a word that needs more has a part to itself.
pub(super) const PART: usize = 32_000;

/// Where in a document a word stands, the most telling place first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    Summary,
    Body,
}

/// How many fields there are, each with a list of documents.
const LISTS: usize = 3;

/// The texts of one document, as they are told, those of the most telling place first.
pub(super) trait TextSink {
    fn add(&mut self, field: Field, text: &str);

    /// The same of what Markdown shows, which isn't read where its fingerprint is enough.
    fn tell_markdown(&mut self, field: Field, text: &Markdown);
}

/// Documents by their numbers, from 0 on.
pub(super) struct Documents<'d> {
    /// One more than the last number.
    pub(super) count: usize,
    /// Tells what a document says.
    pub(super) tell: &'d (dyn Fn(usize, &mut dyn TextSink) + Sync),
    /// A number that a document keeps whatever others there are.
    pub(super) name: &'d (dyn Fn(usize) -> u64 + Sync),
}

impl Documents<'_> {
    /// The documents in runs, few enough that their words together are not many more than those of all. Where one begins
    /// depends on the name of its first document: one more or less changes one run.
    fn runs(&self) -> Vec<Range<usize>> {
        let mean = (self.count / 32).next_power_of_two().max(256) as u64;
        let begin: Vec<usize> = (0..self.count).filter(|i| *i == 0 || (self.name)(*i).is_multiple_of(mean)).collect();
        let ends = begin.iter().skip(1).copied().chain([self.count]);
        begin.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }
}

/// The words of some documents of a run, in the order of the documents.
#[derive(Default)]
struct DocumentWords {
    found: HashMap<Box<str>, Postings, FixedState>,
    document: u32,
}

/// Where a word stands: `4 * document + field`, ascending, each document once, by the place where the word tells most. Of
/// a large site there are millions, so all but the first are kept as steps, most of which take a byte.
#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Postings {
    first: u32,
    last: u32,
    steps: Vec<u8>,
}

impl Postings {
    fn of(place: u32) -> Self {
        Self { first: place, last: place, steps: Vec::new() }
    }

    /// The places of some, each of a document of its own, in whatever order.
    fn of_all(mut places: Vec<u32>) -> Option<Self> {
        places.sort_unstable();
        let mut places = places.into_iter();
        let mut all = Self::of(places.next()?);
        places.for_each(|place| all.add(place));
        Some(all)
    }

    fn add(&mut self, place: u32) {
        if place / 4 == self.last / 4 {
            return;
        }
        postcard::to_io(&(place - self.last), &mut self.steps).expect("a list takes every number");
        self.last = place;
    }

    /// The same of documents that come after others.
    fn after(self, first: u32) -> Self {
        Self { first: self.first.saturating_add(first), last: self.last.saturating_add(first), ..self }
    }

    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some((self.first, &*self.steps)), |(place, steps)| {
            let (step, rest) = postcard::take_from_bytes::<u32>(steps).ok()?;
            Some((place.saturating_add(step), rest))
        })
        .map(|(place, _)| place)
    }
}

impl DocumentWords {
    fn gather(&mut self, field: Field, text: &str) {
        let place = 4 * self.document + field as u32;
        let mut found = |word: &str| match self.found.get_mut(word) {
            Some(places) => places.add(place),
            None => {
                self.found.insert(word.into(), Postings::of(place));
            }
        };
        words(text, &mut found);
    }
}

impl TextSink for DocumentWords {
    fn add(&mut self, field: Field, text: &str) {
        self.gather(field, text);
    }

    fn tell_markdown(&mut self, field: Field, text: &Markdown) {
        self.gather(field, &plain(&text.text(), usize::MAX));
    }
}

/// What a document says, as a number that differs where it says something else.
struct FingerprintSink(quality::FoldHasher<'static>);

impl Default for FingerprintSink {
    fn default() -> Self {
        Self(quality::FixedState::with_seed(0).build_hasher())
    }
}

impl TextSink for FingerprintSink {
    fn add(&mut self, field: Field, text: &str) {
        (field, text).hash(&mut self.0);
    }

    fn tell_markdown(&mut self, field: Field, text: &Markdown) {
        (field, text.fingerprint()).hash(&mut self.0);
    }
}

/// A form as some documents write it, and where.
type FoundForm = (Box<str>, Postings);

/// A form, with all that was found of its spellings.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct WordForm<'a> {
    stem: String,
    folded: String,
    found: &'a [FoundForm],
}

/// What words begin with: all forms of a word with the same. Where they don't begin alike they aren't found together.
type Initials = (char, char);

/// Words by their initials, told by bytes, with a number that differs where others are told: so one is read without the rest.
type ByInitials<'b> = Vec<(Initials, u64, &'b [u8])>;

/// What was found of words with the same initials in a run: told by bytes, with the place that theirs count from.
struct FoundInRun<'b> {
    first: u32,
    fingerprint: u64,
    told: &'b [u8],
}

/// The words with the same initials, and the bytes that tell them, with a number that differs where others were found.
struct InitialsIndex<'b> {
    initials: Initials,
    of: u64,
    told: Cow<'b, [u8]>,
    words: Vec<Word>,
}

/// What is kept of a run of documents: the fingerprint of what each says, and [what was found](Found), whose places count from
/// the first.
type IndexedRun<'b> = (Vec<u64>, ByInitials<'b>);

/// The forms of one word and the documents that have it, written as the script reads them.
#[derive(Serialize, Deserialize)]
struct Word {
    /// Folded, in order, each once.
    forms: Vec<String>,
    lists: [String; LISTS],
}

/// A part of the index: all words from its first form up to the next part's.
#[derive(Debug)]
pub(super) struct IndexPart {
    pub(super) first: String,
    pub(super) json: Vec<u8>,
}

/// The index of documents; the same whatever the threads. Their words are found again in the store, run by run, below names
/// that begin with `kept`.
pub(super) fn index(documents: &Documents<'_>, grammar: &Grammar, store: &Store, kept: &str) -> Vec<IndexPart> {
    cut(&words_of(documents, grammar, store, kept))
}

/// The words of all documents. Of those whose initials no document has that changed, nothing is read but what they were made
/// to the last time.
fn words_of(documents: &Documents<'_>, grammar: &Grammar, store: &Store, kept: &str) -> Vec<Word> {
    let runs = documents.runs();
    let name = |run: &Range<usize>| format!("{kept}{:016x}", (documents.name)(run.start));
    let is_new = AtomicBool::new(false);
    let told: Vec<Vec<u8>> = (runs.par_iter())
        .map(|run| gathered(documents, grammar, run, store, &name(run), &is_new))
        .collect();
    let made = format!("{kept}made");
    if is_new.into_inner() {
        store.forget(kept, &runs.iter().map(name).chain([made.clone()]).collect::<HashSet<_>>());
    }
    let mut found: BTreeMap<Initials, Vec<FoundInRun<'_>>> = BTreeMap::new();
    for (run, told) in runs.iter().zip(&told) {
        let (_, parts): IndexedRun<'_> = postcard::from_bytes(told).expect("a run is read as it was told");
        for (initials, fingerprint, told) in parts {
            found
                .entry(initials)
                .or_default()
                .push(FoundInRun { first: 4 * number(run.start), fingerprint, told });
        }
    }
    let recalled = store.recall(&made).unwrap_or_default();
    let known: ByInitials<'_> = postcard::from_bytes(&recalled).unwrap_or_default();
    let known: HashMap<(Initials, u64), &[u8]> =
        known.into_iter().map(|(initials, of, words)| ((initials, of), words)).collect();
    let words = found.into_par_iter().map(|(initials, found)| {
        let of: Vec<(u32, u64)> = found.iter().map(|found| (found.first, found.fingerprint)).collect();
        let of = fingerprint(&(documents.count, of));
        let last = known
            .get(&(initials, of))
            .and_then(|told| Some((*told, postcard::from_bytes(told).ok()?)));
        if let Some((told, words)) = last {
            return InitialsIndex { initials, of, told: Cow::Borrowed(told), words };
        }
        let words = words_with(&found, documents.count, grammar);
        let told = Cow::Owned(postcard::to_stdvec(&words).expect("words can be told"));
        InitialsIndex { initials, of, told, words }
    });
    let words: Vec<InitialsIndex<'_>> = words.collect();
    if words.len() != known.len() || words.iter().any(|made| matches!(made.told, Cow::Owned(_))) {
        let told: ByInitials<'_> = words.iter().map(|made| (made.initials, made.of, &*made.told)).collect();
        postcard::to_stdvec(&told).into_iter().for_each(|bytes| store.keep(&made, &bytes));
    }
    words.into_iter().flat_map(|made| made.words).collect()
}

/// The words with the same initials, of all that was found of them.
fn words_with(found: &[FoundInRun<'_>], count: usize, grammar: &Grammar) -> Vec<Word> {
    let mut all: Vec<FoundForm> = Vec::new();
    for FoundInRun { first, told, .. } in found {
        // Only one that was forged with a sound fingerprint can't be read.
        let found: Vec<FoundForm> = postcard::from_bytes(told).unwrap_or_default();
        all.extend(found.into_iter().map(|(word, places)| (word, places.after(*first))));
    }
    // Two documents of one number there are not, so equal words part by their places.
    all.sort_unstable();
    let mut forms: Vec<WordForm<'_>> = (all.chunk_by(|a, b| a.0 == b.0))
        .map(|same| WordForm {
            stem: grammar.stem(&same[0].0),
            folded: grammar.fold(&same[0].0).into_owned(),
            found: same,
        })
        .collect();
    forms.sort_unstable();
    forms.chunk_by(|a, b| a.stem == b.stem).map(|group| word(group, count)).collect()
}

/// What is kept of a run of documents: of those that say what they said, without asking them for their words. Where the store
/// doesn't know all of it, it is new to it.
fn gathered(
    documents: &Documents<'_>,
    grammar: &Grammar,
    run: &Range<usize>,
    store: &Store,
    name: &str,
    is_new: &AtomicBool,
) -> Vec<u8> {
    let document_fingerprint = |document| {
        let mut hasher = FingerprintSink::default();
        (documents.tell)(document, &mut hasher);
        hasher.0.finish()
    };
    let fingerprints: Vec<u64> = run.clone().map(document_fingerprint).collect();
    let recalled = store.recall(name).unwrap_or_default();
    let (then, last): IndexedRun<'_> = postcard::from_bytes(&recalled).unwrap_or_default();
    if then == fingerprints {
        return recalled;
    }
    is_new.store(true, Ordering::Relaxed);
    let last: Option<Vec<(Initials, Vec<FoundForm>)>> = (last.into_iter())
        .map(|(initials, _, bytes)| Some((initials, postcard::from_bytes(bytes).ok()?)))
        .collect();
    // Of another number of documents there is no telling which are the same.
    let (then, last) = last
        .filter(|_| then.len() == fingerprints.len())
        .map_or_else(Default::default, |last| (then, last));
    let changed: Vec<bool> = fingerprints.iter().enumerate().map(|(i, now)| then.get(i) != Some(now)).collect();
    let mut gathered = DocumentWords::default();
    for document in (0..run.len()).filter(|document| changed[*document]) {
        gathered.document = number(document);
        (documents.tell)(run.start + document, &mut gathered);
    }
    let mut new: Vec<FoundForm> = gathered.found.into_iter().collect();
    new.sort_unstable();
    let mut found: BTreeMap<Initials, Vec<FoundForm>> = BTreeMap::new();
    for (word, places) in new {
        found.entry(grammar.initials(&word)).or_default().push((word, places));
    }
    for (initials, last) in last {
        let new = found.remove(&initials).unwrap_or_default();
        found.insert(initials, mended(last, &changed, new));
    }
    let told: Vec<(Initials, Vec<u8>)> = (found.into_iter())
        .map(|(initials, found)| (initials, postcard::to_stdvec(&found).expect("words and numbers can be told")))
        .collect();
    let parts = told.iter().map(|(initials, found)| (*initials, fingerprint(found), &**found)).collect();
    let run: IndexedRun<'_> = (fingerprints, parts);
    let told = postcard::to_stdvec(&run).expect("numbers and bytes can be told");
    store.keep(name, &told);
    told
}

/// What was found, without the documents that have changed since, and what is found in those now; in order, as both are.
fn mended(last: Vec<FoundForm>, changed: &[bool], new: Vec<FoundForm>) -> Vec<FoundForm> {
    let mut places: BTreeMap<Box<str>, Vec<u32>> = BTreeMap::new();
    for (word, last) in last {
        let stay = last.iter().filter(|place| changed.get(*place as usize / 4) == Some(&false));
        places.entry(word).or_default().extend(stay);
    }
    for (word, new) in new {
        places.entry(word).or_default().extend(new.iter());
    }
    places
        .into_iter()
        .filter_map(|(word, places)| Some((word, Postings::of_all(places)?)))
        .collect()
}

fn word(group: &[WordForm<'_>], count: usize) -> Word {
    let mut forms: Vec<String> = group.iter().map(|form| form.folded.clone()).collect();
    forms.dedup();
    let found = group.iter().flat_map(|form| form.found);
    let is_place = |place: &u32| (*place as usize) < 4 * count;
    let mut places: Vec<u32> = found.flat_map(|(_, places)| places.iter().filter(is_place)).collect();
    places.sort_unstable();
    // A document is listed where the word tells most of it.
    places.dedup_by_key(|place| *place / 4);
    let mut lists: [Vec<u32>; LISTS] = Default::default();
    for place in places {
        lists[(place % 4) as usize].push(place / 4);
    }
    Word { forms, lists: lists.map(|list| written(&list, count)) }
}

/// RFC 4648 §5: none of them needs an escape in JSON.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A list of documents as digits of base 64, in the shorter of two forms: the steps from one to the next, five bits a digit,
/// the lowest first, 32 added to each that goes on; or, after a `!`, a bit for each document, six a digit.
fn written(documents: &[u32], count: usize) -> String {
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

fn number(document: usize) -> u32 {
    u32::try_from(document).expect("fewer documents than numbers")
}

/// Every form stands in one part; a word whose forms stand in two is in both.
fn cut(words: &[Word]) -> Vec<IndexPart> {
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

/// What the forms begin with, then what each goes on with: `detenut e i o`. One form stands alone.
fn joined(forms: &[(usize, &str)]) -> String {
    let [first, .., last] = forms else { return forms[0].1.to_owned() };
    let same = first.1.char_indices().zip(last.1.chars()).find(|((_, a), b)| a != b);
    let end = same.map_or(first.1.len(), |((at, _), _)| at);
    let ends: Vec<&str> = forms.iter().map(|(_, form)| &form[end..]).collect();
    format!("{} {}", &first.1[..end], ends.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    const COUNT: usize = 3_000;

    fn indexed(count: usize, store: &Store, tell: impl Fn(usize, &mut dyn TextSink) + Sync) -> Vec<IndexPart> {
        let documents = Documents { count, tell: &tell, name: &|i| fingerprint(&i) };
        index(&documents, &Grammar::of(Lang::It), store, "search-")
    }

    /// Documents of many words: one in all of them, some in many, most in few.
    fn many() -> Vec<IndexPart> {
        indexed(COUNT, &Store::default(), |i, told| {
            told.add(Field::Title, &format!("2020_ZN{i:04}"));
            told.add(Field::Body, &format!("ovunque spesso{} raro{}z obiettivi", i % 7, i % 977));
        })
    }

    /// What the script reads: each word's forms, and the documents of its lists.
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
        let parts = indexed(2, &Store::default(), |i, told| {
            let title = ["Detenuti e città", "Le detenute"][i];
            told.add(Field::Title, title);
            told.add(Field::Body, "detenuto");
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
        // How often a document was told, and the index.
        let indexed = |count: usize, store: &Store, word: &str| {
            let told = AtomicUsize::new(0);
            let parts = indexed(count, store, |i, to| {
                told.fetch_add(1, Ordering::Relaxed);
                to.add(Field::Title, &format!("2020_ZN{i:04}"));
                to.tell_markdown(Field::Body, &Markdown::from(if i == 1_234 { word } else { "*Ovunque* [qui](x)" }));
            });
            let parts: Vec<_> = parts.into_iter().map(|part| (part.first, part.json)).collect();
            (told.into_inner(), parts)
        };
        let mut often = Vec::new();
        for (count, word) in [(COUNT, "prima"), (COUNT, "prima"), (COUNT, "dopo"), (COUNT - 7, "dopo"), (COUNT, "")] {
            let (told, parts) = indexed(count, &store, word);
            assert!(parts == indexed(count, &Store::default(), word).1, "{count} {word}");
            often.push((told, count));
        }
        // Once to see whether it says what it said, and once more for its words where it doesn't.
        assert_eq!(often[..3], [(2 * COUNT, COUNT), (COUNT, COUNT), (COUNT + 1, COUNT)]);
        // Of a run of more or fewer documents all are asked.
        assert!(often[3..].iter().all(|(told, count)| told > count && *told < 2 * count), "{often:?}");
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
