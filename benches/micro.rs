//! What the parts of a build cost, each alone and on one thread: `cargo bench --bench micro`.

#[expect(dead_code, reason = "what only Hugo is told")]
mod corpus;

use std::convert::Infallible;
use std::hint::black_box;

use divan::Bencher;
use vetro::internals::{parse_texts, planning};
use vetro::{Actual, Amount, Context, Conventions, Drafts, EdtfDate, Lang, Options, Session, SourceTree, Target};

use corpus::{Corpus, Size, sites};

const CONVENTIONS: Conventions = Conventions { lang: Lang::It, year: Some(2020) };

/// How many objectives the sites of these benchmarks have; a tenth as many projects.
const OBJECTIVES: [u32; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

fn texts(objectives: u32) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let size = Size { objectives, projects: objectives / 10 };
    let Ok(()) = sites::vetro(&Corpus::new(1, size), |path, text| {
        texts.push((path.to_owned(), text));
        Ok::<(), Infallible>(())
    });
    texts
}

fn tree(objectives: u32) -> SourceTree {
    SourceTree::from_texts(texts(objectives))
}

/// The sheets of one kind, alone, and their number.
fn sheets(folder: &str, of: impl Fn(&str) -> bool) -> (SourceTree, usize) {
    let mut texts = texts(100);
    texts.retain(|(path, _)| path.starts_with(folder) && of(path));
    let count = texts.len();
    (SourceTree::from_texts(texts), count)
}

fn options() -> Options {
    Options { as_of: jiff::civil::date(2026, 1, 1), base: None, drafts: Drafts::Exclude, profiles: None }
}

mod parsing {
    use super::{Bencher, SourceTree, black_box, parse_texts, sheets};
    use divan::counter::ItemsCount;

    fn parse(bencher: Bencher<'_, '_>, (tree, count): &(SourceTree, usize)) {
        bencher.counter(ItemsCount::new(*count)).bench(|| parse_texts(black_box(tree)));
    }

    #[divan::bench]
    fn objectives(bencher: Bencher<'_, '_>) {
        parse(bencher, &sheets("content/objectives/", |_| true));
    }

    #[divan::bench]
    fn projects(bencher: Bencher<'_, '_>) {
        parse(bencher, &sheets("content/projects/", |path| path.ends_with("/index.md")));
    }

    #[divan::bench]
    fn updates(bencher: Bencher<'_, '_>) {
        parse(bencher, &sheets("content/projects/", |path| path.contains("/updates/")));
    }

    #[divan::bench]
    fn plans(bencher: Bencher<'_, '_>) {
        parse(bencher, &sheets("content/plans/", |_| true));
    }
}

#[divan::bench(args = ["=> 100", "20,00", "2/4", "tra 10 e 20", "entro il 30 Giugno", "€ 10.000,00", "da definire"])]
fn target(text: &str) -> Target {
    Target::read(text, &Context::default(), CONVENTIONS).expect("a target")
}

#[divan::bench(args = ["31/12/2020", "2020-12-31", "2 dicembre 2023", "Ultimo trimestre 2016", "entro il 30 Giugno"])]
fn date(text: &str) -> EdtfDate {
    EdtfDate::read(text, Some(2020)).expect("a date")
}

/// A megabyte of words in each grammar, none of which reads it: the time must be that of one look.
#[divan::bench(args = ["attività di almeno ", "5 e ", "entro ", "% (", "del 2020 "])]
fn megabyte(bencher: Bencher<'_, '_>, words: &str) {
    let text = words.repeat((1 << 20) / words.len());
    bencher.bench(|| {
        let target = Target::read(black_box(&text), &Context::default(), CONVENTIONS);
        (target, EdtfDate::read(&text, None), Amount::read(&text, Lang::It))
    });
}

#[divan::bench]
fn actual(bencher: Bencher<'_, '_>) {
    let target = Target::read("=> 100", &Context::default(), CONVENTIONS).expect("a target");
    bencher.bench(|| Actual::read(black_box("105,50"), &target, CONVENTIONS).expect("an outcome"));
}

#[divan::bench(args = OBJECTIVES, sample_count = 10)]
fn plan(bencher: Bencher<'_, '_>, objectives: u32) {
    bencher.bench(planning(&tree(objectives), &options()).expect("a site.toml"));
}

mod page {
    use super::{Bencher, OBJECTIVES, Session, options, tree};

    /// Makes the page in the middle of those whose address has so many parts below a folder.
    fn make(bencher: Bencher<'_, '_>, objectives: u32, folder: &str, parts: usize) {
        let tree = tree(objectives);
        let (edition, report) = Session::once(&tree, &options());
        assert_eq!(report.errors(), 0, "the site has problems");
        let edition = edition.expect("a site without errors is an edition");
        let files = edition.files(&tree).expect("its addresses are paths");
        let is_one = |path: &str| {
            let below = path.strip_prefix(folder).and_then(|path| path.strip_suffix("index.html"));
            below.is_some_and(|below| below.matches('/').count() == parts)
        };
        let pages: Vec<_> = files.iter().filter(|file| is_one(file.path().as_ref())).collect();
        let file = pages[pages.len() / 2];
        let mut bytes = Vec::new();
        bencher.bench_local(|| {
            bytes.clear();
            file.make(&mut bytes).expect("a page");
            bytes.len()
        });
    }

    #[divan::bench(args = OBJECTIVES)]
    fn objective(bencher: Bencher<'_, '_>, objectives: u32) {
        make(bencher, objectives, "2020/", 1);
    }

    #[divan::bench(args = OBJECTIVES)]
    fn node(bencher: Bencher<'_, '_>, objectives: u32) {
        make(bencher, objectives, "piani/", 2);
    }

    #[divan::bench(args = OBJECTIVES)]
    fn year(bencher: Bencher<'_, '_>, objectives: u32) {
        make(bencher, objectives, "2020/", 0);
    }
}
