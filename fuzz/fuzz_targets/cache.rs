//! What a build leaves for the next, changed and sealed anew: it is as good as none, or as what was left.
//!
//! The first byte of the input says which part is changed, and whether the rest [changes](vetro_fuzz::changed) it or is it.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::ops::ControlFlow;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vetro::internals::{
    Destination, FileCache, FileStamp, HEAD, NextMark, PreviousBuild, UpToDateMark, build_cache, fingerprint,
    read_cache, stamps,
};
use vetro::{Claim, Diagnostic, Edition, Options, OutputPath, Report, Session, SourceTree, Timings};
use vetro_fuzz::folder::Folder;
use vetro_fuzz::{changed, options, report, site};

/// How many numbers the head of a cache has, the last of which is the fingerprint of the others.
const NUMBERS: usize = 9;

/// A published site, and what its build left.
struct Built {
    edition: Edition,
    tree: SourceTree,
    files: Vec<(OutputPath, FileStamp)>,
    mark: Vec<u8>,
    numbers: [u64; NUMBERS],
    /// What was said, what is told, and the facts of files.
    parts: [Vec<u8>; 3],
}

static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let folder = Folder::new();
    folder.fill(site::SOUND);
    // What is said of it is kept, too.
    folder.fill([("content/pages/a.md", "---\ntitle: Una pagina\n---\nEcco <b onclick=x>parola</b>.\n")]);
    let output = folder.path().join("public");
    let options: Options = options();
    let go_on = |_| ControlFlow::Continue(());
    vetro::build(folder.path(), &output, Claim::Listed, &options, &Timings::default(), |_, _| (), &go_on)
        .expect("memory takes the site");
    let (tree, edition, _) = Session::once_in(folder.path(), &options).expect("the site is there");
    let destination = Destination::open(&output, &[]).expect("it is published");
    let bytes = read_cache(&destination).expect("it is kept");
    let files = stamps(&destination).expect("all stand");
    let (head, rest) = bytes.split_at(HEAD);
    let (mark, numbers) = head.split_at(HEAD - NUMBERS * size_of::<u64>());
    let numbers: Vec<u64> = numbers.as_chunks().0.iter().map(|number| u64::from_le_bytes(*number)).collect();
    let numbers: [u64; NUMBERS] = numbers.try_into().expect("so many");
    let (said, rest) = rest.split_at(usize::try_from(numbers[3]).expect("a length"));
    let (told, facts) = rest.split_at(usize::try_from(numbers[5]).expect("a length"));
    let parts = [said, told, facts].map(<[u8]>::to_vec);
    Built { edition: edition.expect("it is sound"), tree, files, mark: mark.to_vec(), numbers, parts }
});

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let Some((first, rest)) = data.split_first() else { return };
        let built = &*BUILT;
        let mut parts = built.parts.clone();
        let part = &mut parts[usize::from(first / 2) % 3];
        *part = if first % 2 == 0 { changed(part, rest) } else { rest.to_vec() };
        recall(built, sealed(built, &parts));
    }
);

/// A whole cache of its parts, with sound fingerprints.
fn sealed(built: &Built, [said, told, facts]: &[Vec<u8>; 3]) -> Vec<u8> {
    let mut numbers = built.numbers;
    let size = HEAD + said.len() + told.len() + facts.len();
    let told_with_facts = fingerprint(&(&**told, &**facts));
    numbers[3..8].copy_from_slice(&[
        said.len() as u64,
        fingerprint(&**said),
        told.len() as u64,
        told_with_facts,
        size as u64,
    ]);
    numbers[8] = fingerprint(&numbers[..8]);
    let head = built.mark.iter().copied().chain(numbers.into_iter().flat_map(u64::to_le_bytes));
    head.chain([said, told, facts].into_iter().flatten().copied()).collect()
}

/// Recalls a cache and keeps the next one, as a build does that makes half of the files.
fn recall(built: &Built, bytes: Vec<u8>) {
    let head = bytes.first_chunk().expect("a head");
    let mark = UpToDateMark::read(head, bytes.len() as u64).expect("a sound head");
    let note = mark.note(|| Some(bytes.clone()));
    let found: Option<Vec<Diagnostic>> = note.and_then(|note| postcard::from_bytes(&note).ok());
    if let Some(found) = found {
        report::judge(&built.tree, &Report::from(found));
    }
    let next = NextMark { sources: 1, pages: 2, note: Vec::new() };
    keep(&build_cache(&built.edition, PreviousBuild::read(bytes), Some(next)), built);
}

fn keep<C: FileCache>(cache: &C, built: &Built) {
    for (number, (path, stamp)) in built.files.iter().enumerate() {
        let known = cache.known_stamp(path);
        let queries = (number % 2 == 0 || known.is_none()).then(|| C::trace(|| ()).1);
        cache.keep(path, known.unwrap_or(*stamp), queries);
    }
    if let Some(pieces) = cache.bytes() {
        assert!(PreviousBuild::read(pieces.concat()).is_some());
    }
}
