//! What the parts of a build cost, each alone and on one thread: `cargo bench --bench micro`.

#[expect(dead_code, reason = "what only Hugo is told")]
mod corpus;

use std::convert::Infallible;
use std::hint::black_box;

use divan::Bencher;
use vetro::check::Drafts;
use vetro::model::{Actual, Amount, Context, Conventions, EdtfDate, Lang, Settings, Target};
use vetro::site::Route;
use vetro::source::SourceTree;
use vetro::{Edition, Options, Session, check, parse, site};

use corpus::{Corpus, Size, sites};

const CONVENTIONS: Conventions = Conventions { lang: Lang::It, year: Some(2020) };

/// How many objectives the sites of these benchmarks have; a tenth as many projects.
const OBJECTIVES: [u32; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

fn tree(objectives: u32) -> SourceTree {
    let mut texts = Vec::new();
    let size = Size { objectives, projects: objectives / 10 };
    let Ok(()) = sites::vetro(&Corpus::new(1, size), |path, text| {
        texts.push((path.to_owned(), text));
        Ok::<(), Infallible>(())
    });
    SourceTree::from_texts(texts)
}

/// The sheets of one kind, alone.
fn sheets(folder: &str, of: impl Fn(&str) -> bool) -> SourceTree {
    let tree = tree(100);
    let texts = tree.files().filter(|(_, file)| file.path.starts_with(folder) && of(&file.path));
    SourceTree::from_texts(texts.map(|(id, file)| (file.path.to_string(), tree.text(id))))
}

fn options() -> Options {
    Options { as_of: jiff::civil::date(2026, 1, 1), base: None, drafts: Drafts::Exclude, profiles: None }
}

fn edition(objectives: u32) -> Edition {
    let (edition, report) = Session::once(&tree(objectives), &options());
    assert_eq!(report.errors(), 0, "the site has problems");
    edition.expect("a site without errors is an edition")
}

mod parsing {
    use super::{Bencher, SourceTree, black_box, parse, sheets};
    use divan::counter::ItemsCount;

    fn parse(bencher: Bencher<'_, '_>, tree: &SourceTree) {
        bencher
            .counter(ItemsCount::new(tree.files().count()))
            .bench(|| parse::parse(black_box(tree)));
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
fn planning(bencher: Bencher<'_, '_>, objectives: u32) {
    let tree = tree(objectives);
    let (mut drafts, _) = parse::parse(&tree);
    let settings: Settings = drafts.take_settings().expect("a site.toml");
    let (catalogue, _) =
        check::catalogue(drafts, &settings.languages, Drafts::Exclude, options().as_of, &mut check::CheckCache::once());
    bencher
        .with_inputs(|| (catalogue.clone(), settings.clone()))
        .bench_values(|(catalogue, settings)| {
            site::plan(catalogue, settings, options().as_of, &mut site::PlanCache::default())
        });
}

mod page {
    use super::{Bencher, OBJECTIVES, Route, edition};

    /// Makes the page in the middle of those of a kind.
    fn make(bencher: Bencher<'_, '_>, objectives: u32, of: fn(Route) -> bool) {
        let edition = edition(objectives);
        let pages: Vec<_> = edition.site.pages().into_iter().filter(|page| of(page.route)).collect();
        let file = edition.page(pages[pages.len() / 2]).expect("its address is a path");
        let mut bytes = Vec::new();
        bencher.bench_local(|| {
            bytes.clear();
            file.make(&mut bytes).expect("a page");
            bytes.len()
        });
    }

    #[divan::bench(args = OBJECTIVES)]
    fn objective(bencher: Bencher<'_, '_>, objectives: u32) {
        make(bencher, objectives, |route| matches!(route, Route::Objective(_)));
    }

    #[divan::bench(args = OBJECTIVES)]
    fn node(bencher: Bencher<'_, '_>, objectives: u32) {
        make(bencher, objectives, |route| matches!(route, Route::Node(_)));
    }

    #[divan::bench(args = OBJECTIVES)]
    fn year(bencher: Bencher<'_, '_>, objectives: u32) {
        make(bencher, objectives, |route| matches!(route, Route::Year(_)));
    }
}
