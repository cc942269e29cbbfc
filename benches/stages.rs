//! How long each stage takes on a site: `cargo bench --bench stages -- FOLDER` (default: the demonstration site).
//!
//! One thread, so that the figures add up to the work; what a build waits for is less.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use camino::Utf8PathBuf;
use vetro::Options;
use vetro::check::Unfinished;

fn timed<T>(stage: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    println!("{stage:<28}{:>10.3} s", start.elapsed().as_secs_f64());
    made
}

fn main() {
    // Cargo hands its own flags on.
    let folder = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let root = Utf8PathBuf::from(folder.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").to_owned()));
    let options = Options { as_of: jiff::civil::date(2026, 11, 22), base: None, unfinished: Unfinished::LeftOut };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread pool");
    threads.install(|| {
        let (tree, _) = timed("read", || vetro::source::read(&root).expect("the folder can be read"));
        let (edition, report) = timed("parse, check, plan", || vetro::edit(&tree, &options));
        assert_eq!(report.errors(), 0, "the site has problems");
        let edition = edition.expect("a site without errors is an edition");
        let files = timed("list the files", || edition.files(&tree).expect("every address is a path"));
        let mut kinds: BTreeMap<String, (usize, usize, Duration)> = BTreeMap::new();
        let mut bytes = Vec::new();
        for file in &files {
            let start = Instant::now();
            file.make(&mut bytes).expect("the file can be made");
            let path = file.path().as_ref();
            let name = path.rsplit('/').next().unwrap_or_default();
            let top = path.split('/').next().unwrap_or_default();
            let top = if top.parse::<u16>().is_ok() { "<year>" } else { top };
            let kind = if path.contains('/') { format!("{top}/…/{name}") } else { name.to_owned() };
            let kind = if top == "data" || top == "assets" { top.to_owned() } else { kind };
            let entry = kinds.entry(kind).or_default();
            *entry = (entry.0 + 1, entry.1 + bytes.len(), entry.2 + start.elapsed());
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, (_, _, time))| std::cmp::Reverse(*time));
        for (kind, (count, size, time)) in kinds.into_iter().take(16) {
            let each = time.as_secs_f64() * 1e6 / count as f64;
            println!("{kind:<28}{:>10.3} s{count:>8} files{size:>12} bytes{each:>10.1} µs each", time.as_secs_f64());
        }
    });
}
