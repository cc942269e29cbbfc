//! What publishing costs beside making the pages: 20,000 of 8 KB, each in a folder of its own as addresses want it.
//!
//! The files go below `TMPDIR`; a RAM disk there gives figures that repeat.

use camino::Utf8Path;
use divan::Bencher;
use tempfile::TempDir;
use vetro::internals::{Destination, publish};
use vetro::{OutputFile, OutputPath, Published};

const PAGES: usize = 20_000;
const PAGE: usize = 8_000;

fn main() {
    divan::main();
}

/// A site whose pages below `edited` differ from those of a site without edits.
fn site(edited: usize) -> Vec<OutputFile<'static>> {
    let page = |number: usize| {
        let path = OutputPath::parse(&format!("{}/{number}/index.html", 2010 + number % 10)).expect("a plain address");
        OutputFile::new(path, move |bytes| {
            let letter = if number < edited { b'y' } else { b'x' };
            bytes.resize(PAGE, letter);
            Ok(())
        })
    };
    (0..PAGES).map(page).collect()
}

fn publish_in(folder: &TempDir, site: &[OutputFile<'_>]) -> Published {
    let output = Utf8Path::from_path(folder.path()).expect("a UTF-8 path").join("public");
    let destination = Destination::open(&output, &[]).expect("a folder of our own");
    publish(&destination, site, &(), &|| std::ops::ControlFlow::Continue(())).expect("a published site")
}

fn published() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    publish_in(&folder, &site(0));
    folder
}

#[divan::bench(sample_count = 7, sample_size = 1)]
fn first(bencher: Bencher) {
    let site = site(0);
    let folder = || tempfile::tempdir().expect("a temporary folder");
    bencher.with_inputs(folder).bench_local_refs(|folder| publish_in(folder, &site));
}

#[divan::bench(args = [0, 1, PAGES], sample_count = 7, sample_size = 1)]
fn after_edits_of(bencher: Bencher, edited: usize) {
    let site = site(edited);
    bencher.with_inputs(published).bench_local_refs(|folder| publish_in(folder, &site));
}
