//! What a build leaves for the next never makes the next one wrong, whatever happens to it, to the sources or to the site.

#![expect(clippy::disallowed_methods, reason = "tests write sites and meddle with what was published")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::time::{Duration, Instant, SystemTime};

use super::common::SiteTest;
use crate::check::Drafts;
use crate::publish::{Claim, Published};
use crate::source::{OpenTexts, SourceTree};
use crate::{Outcome, Session};

const SHEET: &str = "content/objectives/2020/A1.md";

fn sheet(text: &str) -> String {
    format!("---\ntitle: Aprire la sera\nunit: comune\n---\n{text}\n")
}

fn site() -> SiteTest {
    let site = SiteTest::new().file(SHEET, &sheet("Prima"));
    settle();
    site.build();
    site
}

/// Waits until no file was changed in this moment.
fn settle() {
    std::thread::sleep(Duration::from_millis(30));
}

/// The names of the pieces that are kept of the sheets.
fn pieces(site: &SiteTest) -> BTreeSet<String> {
    let kept = fs::read_dir(site.root().join(".vetro")).into_iter().flatten().flatten();
    let names = kept.map(|piece| piece.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with("sheets-")).collect()
}

fn set_time(site: &SiteTest, path: &str, time: SystemTime) {
    let file = File::options().write(true).open(site.root().join(path)).expect("the file is there");
    file.set_modified(time).expect("its time can be set");
}

fn page(site: &SiteTest) -> String {
    site.read("2020/a1/index.html")
}

#[test]
fn a_build_of_the_same_sources_makes_nothing_at_all() {
    let site = site();
    let before = site.published();
    let built = site.build();
    assert_eq!(built, Published { unchanged: built.unchanged, ..Published::default() });
    assert_eq!(site.published(), before);
    let cache = fs::metadata(site.output().join(".vetro/cache")).expect("a cache");
    site.build();
    let again = fs::metadata(site.output().join(".vetro/cache")).expect("a cache");
    assert_eq!(cache.modified().expect("a time"), again.modified().expect("a time"));
}

#[test]
fn another_first_language_reads_the_figures_of_every_sheet_again() {
    let sheet = "---\ntitle: Sera\nunit: comune\nindicators:\n  - {title: Ore, target: \"1.500\"}\n---\n";
    let site = SiteTest::new().file(SHEET, sheet);
    let mut session = Session::new(&site.root());
    for (languages, read) in [("\"it\"", "1500"), ("\"en\"", "1.500"), ("\"de\", \"it\"", "1500")] {
        let settings =
            format!("[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\nlanguages = [{languages}]\n");
        site.write("site.toml", &settings);
        settle();
        let edited = session.edition(&site.options, &OpenTexts::default(), None);
        let (_, edition, _) = edited.expect("it can be read");
        let catalogue = edition.expect("the site is sound").site.catalogue;
        let target = |objective: &crate::catalogue::Objective| objective.indicators[0].target.value().value();
        assert_eq!(catalogue.objectives.iter().map(|it| target(it)).collect::<Vec<_>>(), [Some(read.to_owned())]);
        site.build();
        assert!(site.read("data/indicators.csv").contains(&format!(",{read},")), "{languages}");
    }
}

#[test]
fn a_page_that_somebody_changed_or_took_away_comes_back() {
    let site = site();
    let before = site.published();
    let page = site.output().join("2020/a1/index.html");
    fs::write(&page, "altro").expect("the page can be written");
    assert_eq!(site.build().written, 1);
    assert_eq!(site.published(), before);
    fs::remove_file(&page).expect("the page is there");
    assert_eq!(site.build().written, 1);
    assert_eq!(site.published(), before);
}

#[test]
fn a_cache_that_is_gone_or_of_somebody_else_costs_time_and_nothing_else() {
    let site = site();
    let before = site.published();
    let cache = site.output().join(".vetro/cache");
    let kept = fs::read(&cache).expect("a cache");
    let mut newer = kept.clone();
    newer[12] += 1;
    for other in [&b""[..], b"vetro cache 1\n", &newer, &kept[..kept.len() / 2], &vec![0; kept.len()]] {
        fs::write(&cache, other).expect("the cache can be written");
        assert_eq!(site.build().written, 0);
        assert_eq!(site.published(), before);
        assert_eq!(fs::read(&cache).expect("a cache").len(), kept.len());
    }
    fs::remove_file(&cache).expect("the cache is there");
    assert_eq!(site.build().written, 0);
    fs::remove_file(&cache).expect("the cache is there");
    fs::create_dir(&cache).expect("a folder in its place");
    site.write(SHEET, &sheet("Altro"));
    site.build();
    assert!(page(&site).contains("Altro"));
}

#[test]
fn a_text_of_the_same_size_and_time_is_read_where_it_may_have_changed_in_one_tick() {
    for time in [SystemTime::now(), SystemTime::now() + Duration::from_secs(86_400)] {
        let site = site();
        site.write(SHEET, &sheet("Prima"));
        set_time(&site, SHEET, time);
        site.build();
        site.write(SHEET, &sheet("Dopo!"));
        set_time(&site, SHEET, time);
        site.build();
        assert!(page(&site).contains("Dopo!"), "{time:?}");
    }
}

#[test]
fn a_text_whose_time_of_writing_is_put_back_is_read() {
    let site = site();
    settle();
    let written = fs::metadata(site.root().join(SHEET)).and_then(|sheet| sheet.modified()).expect("a time");
    site.write(SHEET, &sheet("Dopo!"));
    set_time(&site, SHEET, written);
    settle();
    site.build();
    assert!(page(&site).contains("Dopo!"));
}

#[test]
fn a_page_whose_time_of_writing_is_put_back_is_made_again() {
    let site = site();
    settle();
    for _ in 0..2 {
        let before = page(&site);
        let path = site.output().join("2020/a1/index.html");
        let written = fs::metadata(&path).and_then(|page| page.modified()).expect("a time");
        fs::write(&path, before.replace("Prima", "Falso")).expect("the page can be written");
        File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(written))
            .expect("its time can be set");
        settle();
        assert_eq!(site.build().written, 1);
        assert_eq!(page(&site), before);
    }
}

#[test]
fn what_a_server_has_read_is_told_to_the_next_build() {
    let site = site();
    let told = pieces(&site);
    fs::remove_dir_all(site.root().join(".vetro")).expect("it may be deleted at any time");
    let mut session = Session::new(&site.root());
    session.edition(&site.options, &OpenTexts::new(), None).expect("the site is read");
    let begun = Instant::now();
    // A piece has its own name only when it is whole.
    while !pieces(&site).is_superset(&told) {
        assert!(begun.elapsed() < Duration::from_secs(20), "the store has {:?} of {told:?}", pieces(&site));
        std::thread::sleep(Duration::from_millis(5));
    }
    let anew = site.published();
    site.write("content/units.yaml", "- {id: comune, name: Comune di Altrove, kind: comune}\n");
    site.build();
    assert!(page(&site).contains("Prima") && site.published() != anew);
}

#[test]
fn a_sheet_that_was_damaged_in_the_store_is_read_again() {
    let site = site();
    for piece in fs::read_dir(site.root().join(".vetro")).expect("the store").flatten() {
        fs::write(piece.path(), "guasto").expect("it can be written");
    }
    site.write("content/units.yaml", "- {id: comune, name: Comune di Altrove, kind: comune}\n");
    site.build();
    assert!(page(&site).contains("Prima"));
}

#[test]
fn a_file_beside_a_record_is_copied_again_when_it_is_written_again() {
    let site = site();
    let copy = "progetti/ponte/pianta.pdf";
    let write = |bytes: &str, hours: u64| {
        site.write("content/projects/ponte/pianta.pdf", bytes);
        set_time(&site, "content/projects/ponte/pianta.pdf", SystemTime::now() - Duration::from_secs(3600 * hours));
    };
    site.write("content/projects/ponte/index.md", "---\ntitle: Il ponte\nunit: comune\n---\nEcco.\n");
    write("prima", 2);
    site.build();
    write("dopo!", 1);
    assert_eq!(site.build().written, 1);
    assert_eq!(site.read(copy), "dopo!");
    // One that stands as it did is left alone, whatever else changes.
    site.write("content/projects/ponte/index.md", "---\ntitle: Il ponte\nunit: comune\n---\nAltro.\n");
    assert!(site.build().written > 0);
    assert_eq!(site.read(copy), "dopo!");
}

#[test]
fn a_file_that_the_settings_name_is_read_again_when_it_is_written_again() {
    for folder in ["assets", "static"] {
        let path = format!("{folder}/citta.css");
        let site = site();
        let named = format!(
            "{}\n[theme]\nextra_css = \"{path}\"\n",
            fs::read_to_string(site.root().join("site.toml")).expect("settings")
        );
        let site = site.file("site.toml", &named).file(&path, "main { color: red }");
        let style = || {
            let published = site.published();
            let styles = published.iter().filter(|(path, _)| path.ends_with(".css"));
            styles.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect::<String>()
        };
        settle();
        site.build();
        assert!(style().contains("color: red"));
        site.write(&path, "main { color: tan }");
        settle();
        site.build();
        assert!(style().contains("color: tan") && !style().contains("color: red"));
        settle();
        site.build();
        fs::remove_file(site.root().join(&path)).expect("it is there");
        assert!(matches!(site.try_build().0, Outcome::Wrong), "{path}");
    }
}

#[test]
fn a_clock_that_goes_back_hides_no_change() {
    let site = site();
    site.write(SHEET, &sheet("Dopo!"));
    set_time(&site, SHEET, SystemTime::now() - Duration::from_secs(86_400 * 365));
    site.build();
    assert!(page(&site).contains("Dopo!"));
}

#[test]
fn a_text_that_changes_after_the_folder_was_looked_at_is_read_as_it_is_and_looked_at_again() {
    let site = site();
    let listing = crate::source::list(&site.root()).expect("the site can be looked at");
    let before = listing.fingerprint().expect("old files");
    site.write(SHEET, &sheet("Nel mezzo"));
    settle();
    let (tree, _) = listing.read(&SourceTree::default()).expect("the site can be read");
    let text = tree.text(tree.find(SHEET).expect("the sheet"));
    assert!(text.contains("Nel mezzo"));
    assert_ne!(crate::source::list(&site.root()).expect("the site").fingerprint(), Some(before));
}

#[test]
fn another_day_and_drafts_are_another_site() {
    let mut site = site();
    site.options.as_of = site.options.as_of.tomorrow().expect("a day");
    assert!(site.build().written > 0);
    site.options.drafts = Drafts::Include;
    site.write("content/pages/bozza.md", "---\ntitle: Bozza\ndraft: true\n---\nEcco.\n");
    assert!(site.build().written > 0);
    site.options.drafts = Drafts::Exclude;
    assert!(site.build().removed > 0);
}

#[test]
fn a_hundred_thousand_files_in_one_folder_are_looked_at() {
    let site = site();
    let folder = site.root().join("content/projects/ponte");
    fs::create_dir_all(&folder).expect("a folder");
    for number in 0..100_000 {
        File::create(folder.join(format!("{number}.pdf"))).expect("a file");
    }
    let listing = crate::source::list(&site.root()).expect("the site can be looked at");
    let (tree, _) = listing.read(&SourceTree::default()).expect("the site can be read");
    assert_eq!(tree.files().count(), 100_003);
}

#[cfg(unix)]
#[cfg(target_os = "linux")]
#[test]
fn descriptions_that_a_disk_loses_while_a_site_is_made_are_read_again_from_their_sheets() {
    use std::ops::ControlFlow;
    use std::path::PathBuf;

    use crate::diagnostic::Report;
    use crate::timings::Timings;

    let site = site();
    // Words that are looked at before they are written: a link, and a term for the search.
    let text = "Un testo [che porta](A1) alla biblioteca";
    site.write(SHEET, &sheet(text));
    let mut said = 0;
    let lose = |_: &SourceTree, _: &Report| {
        said += 1;
        let open = fs::read_dir("/proc/self/fd").expect("the open files").flatten().map(|entry| entry.path());
        let folder = site.root().join(".vetro");
        let held = |place: &PathBuf| fs::read_link(place).is_ok_and(|of| of.starts_with(&folder));
        let lost: Vec<PathBuf> = open.filter(held).collect();
        assert_eq!(lost.len(), 1);
        File::options()
            .write(true)
            .open(&lost[0])
            .and_then(|file| file.set_len(0))
            .expect("it can be cut short");
    };
    let go_on = |_| ControlFlow::Continue(());
    let built =
        crate::build(&site.root(), &site.output(), Claim::Listed, &site.options, &Timings::default(), lose, &go_on);
    built.expect("the sheets are there");
    assert_eq!(said, 1);
    assert!(page(&site).contains("alla biblioteca"));
}

#[test]
fn what_was_touched_is_looked_at_alone_unless_it_is_strange() {
    use crate::source::{ChangedPaths, list, list_again};

    let site = site();
    let (tree, _) = crate::source::read(&site.root()).expect("the site can be read");
    let texts = |touched: &[&str]| {
        let touched: ChangedPaths = touched.iter().map(|path| (*path).into()).collect();
        let listing = list_again(&site.root(), &tree, &touched).expect("the site can be looked at");
        listing.read(&tree).expect("the site can be read").0
    };
    // Nobody told of the units.
    site.write("content/units.yaml", "[]");
    site.write(SHEET, &sheet("Dopo!"));
    let told = texts(&[SHEET, "content/objectives/2020/.A1.md.swp"]);
    let text = |tree: &SourceTree, path: &str| tree.text(tree.find(path).expect("it is known")).to_string();
    assert!(text(&told, SHEET).contains("Dopo!"));
    assert_ne!(text(&told, "content/units.yaml"), "[]");
    let whole = list(&site.root())
        .and_then(|listing| listing.read(&tree))
        .expect("the site can be read")
        .0;
    let same = |tree: &SourceTree| tree.files().eq(whole.files());
    assert!(!same(&told));
    site.write("content/objectives/2020/A2.md", &sheet("Nuovo"));
    fs::remove_file(site.root().join("content/objectives/2020/A2.md")).expect("it is there");
    for strange in ["content/objectives/2020", "content", "content/pages/nuova.md"] {
        site.write("content/pages/nuova.md", "---\ntitle: Nuova\n---\n");
        let known = texts(&[strange]);
        assert!(known.find("content/pages/nuova.md").is_some(), "{strange}");
        assert_eq!(text(&known, "content/units.yaml"), "[]", "{strange}");
        fs::remove_file(site.root().join("content/pages/nuova.md")).expect("it is there");
    }
    fs::rename(site.root().join("content/objectives"), site.root().join("altrove")).expect("it can be moved");
    assert!(texts(&["content/objectives"]).find(SHEET).is_none());
    assert!(texts(&[SHEET]).find(SHEET).is_none());
}
