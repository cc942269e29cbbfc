//! A whole site: what `check` passes `build` publishes, and a second build changes nothing.
//!
//! The input are its files, each begun by a line `=== path`, over a sound site.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::ops::ControlFlow;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vetro::{Claim, Drafts, Options, Outcome, Published, Report, Session, Timings, look_back};
use vetro_fuzz::folder::Folder;
use vetro_fuzz::{finish_work, options, report, site, text};

static FOLDER: LazyLock<Folder> = LazyLock::new(Folder::new);

fuzz_target!(
    init: vetro_fuzz::work_alone(),
    |data: &[u8]| {
        let folder = &*FOLDER;
        folder.clear();
        folder.fill(site::SOUND);
        folder.fill(site::files(&text(data)).into_iter().filter(|(path, _)| is_source(path)));
        let root = folder.path();
        let (tree, edition, mut problems) = Session::once_in(root, &options()).expect("the folder is there");
        if let Some(edition) = &edition {
            problems.extend(look_back(edition, root, &root.join("public")));
        }
        report::judge(&tree, &problems);
        let built = build();
        assert!(problems.errors() > 0 || built.is_some(), "{problems:?}");
        if built.is_some() {
            let before = folder.read("public");
            before.iter().for_each(|(path, bytes)| judge(path, bytes));
            let again = build().expect("it was built before");
            assert_eq!((again.written, again.removed), (0, 0));
            assert_eq!(folder.read("public").len(), before.len());
        }
        finish_work();
    }
);

/// Whether a path is one of a site's own, and not what a program keeps beside them.
fn is_source(path: &str) -> bool {
    ["content/", "themes/", "assets/", "static/"]
        .iter()
        .any(|folder| path.starts_with(folder))
        || path == "site.toml"
}

/// What is text has no character that its format can't carry.
fn judge(path: &str, bytes: &[u8]) {
    let is_text = [".html", ".xml", ".json", ".csv", ".txt"].iter().any(|end| path.ends_with(end));
    if !is_text || path.contains("/static/") {
        return;
    }
    assert!(!bytes.contains(&0), "{path}");
    if path.ends_with(".json") {
        let read: Result<serde_json::Value, _> = serde_json::from_slice(bytes);
        assert!(read.is_ok(), "{path}: {read:?}");
    }
}

/// Builds the site without drafts; none where it has problems.
fn build() -> Option<Published> {
    let root = FOLDER.path();
    let options = Options { drafts: Drafts::Exclude, ..options() };
    let mut said = Report::default();
    let reported = |_: &_, report: &Report| said = report.clone();
    let go_on = |_| ControlFlow::Continue(());
    let built =
        vetro::build(root, &root.join("public"), Claim::Listed, &options, &Timings::default(), reported, &go_on);
    match built.expect("the site can be built") {
        Outcome::Published { published, .. } => Some(published),
        Outcome::Wrong => {
            assert!(said.errors() > 0, "{said:?}");
            None
        }
    }
}
