//! Time and memory grow with the input and not with its square, whatever list of a site is long.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

#[expect(dead_code, reason = "the tests of building use the rest")]
mod common;
#[path = "growth/kinds.rs"]
mod kinds;

use std::process::{Command, Stdio};

use common::SiteTest;
use kinds::{KEYS, Kind, RECORDS, TEXTS};
use wait4::Wait4;

fn all() -> impl Iterator<Item = &'static Kind> {
    RECORDS.iter().chain(KEYS).chain(TEXTS)
}

fn site(kind: &Kind, n: usize) -> SiteTest {
    let site = SiteTest::new();
    site.write("site.toml", "[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\n");
    for (path, text) in kind.1(n) {
        site.write(&path, &text);
    }
    site
}

/// Prints the CPU time and the most memory of `vetro build` with each long list. `GROWTH_SIZES` are the numbers of
/// entries, `GROWTH_ONLY` is a part of the names of the kinds that are wanted, and `VETRO` the binary.
#[test]
#[ignore = "takes minutes: cargo test --release --test growth -- --ignored --nocapture"]
fn no_list_of_fifty_thousand_entries_takes_ten_seconds_or_a_gibibyte() {
    let given = |name: &str, or: &str| std::env::var(name).unwrap_or_else(|_| or.to_owned());
    let sizes = given("GROWTH_SIZES", "12500,25000,50000");
    let sizes: Vec<usize> = sizes.split(',').map(|size| size.parse().expect("a number")).collect();
    let (only, vetro) = (given("GROWTH_ONLY", ""), given("VETRO", env!("CARGO_BIN_EXE_vetro")));
    let mut beyond = Vec::new();
    for kind in all().filter(|kind| kind.0.contains(&only)) {
        let mut line = format!("{:<32}", kind.0);
        for n in &sizes {
            let site = site(kind, *n);
            let mut command = Command::new(&vetro);
            command.args(["build", "--as-of", "2026-11-22", "--root", site.root().as_str()]);
            let mut child = command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("it runs");
            let used = child.wait4().expect("it ends");
            let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
            let memory = used.rusage.maxrss / (1 << 20);
            let code = used.status.code().map_or("killed".to_owned(), |code| code.to_string());
            line += &format!("{n:>8}: {cpu:>6.2} s {memory:>5} MiB ({code})");
            if cpu > 10.0 || memory > 1024 || code == "killed" {
                beyond.push(format!("{} of {n}", kind.0));
                break;
            }
        }
        println!("{line}");
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}
