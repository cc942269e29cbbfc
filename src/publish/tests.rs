//! What only shows between two steps of a publication.

use std::collections::BTreeMap;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use tempfile::TempDir;

use super::*;
use crate::output::OWN_FOLDER;

type Site = BTreeMap<&'static str, &'static str>;

fn files(site: &Site) -> Vec<OutputFile<'_>> {
    let file = |(path, text): (&&'static str, &&'static str)| {
        let text = *text;
        OutputFile::new(OutputPath::parse(path).unwrap(), move |bytes| {
            bytes.extend_from_slice(text.as_bytes());
            Ok(())
        })
    };
    site.iter().map(file).collect()
}

fn output(folder: &TempDir) -> Destination {
    let folder = Utf8PathBuf::try_from(folder.path().to_owned()).unwrap();
    Destination::open(&folder.join("public"), &[]).unwrap()
}

fn standing(folder: &Utf8Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = Utf8Path::from_path(entry.path()).unwrap().strip_prefix(folder).unwrap();
        if entry.file_type().is_file() && !path.starts_with(OWN_FOLDER) {
            found.insert(path.to_string(), fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}

fn is(site: &Site, folder: &Utf8Path) -> bool {
    standing(folder)
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .eq(site.iter().map(|(&path, &text)| (path, text)))
}

/// Publishes `old`, stops the publication of `new` after each number of steps, shows what stands to `judge`, and lets
/// both the new and the old site heal it.
fn stop_everywhere(old: &Site, new: &Site, judge: impl Fn(&BTreeMap<String, String>)) {
    let mut stop = 0;
    loop {
        let mut steps = 0;
        for healer in [new, old] {
            let folder = tempfile::tempdir().unwrap();
            let destination = output(&folder);
            publish(&destination, &files(old), &(), &|| ()).unwrap();
            let prepared = prepare(&destination, &files(new), &(), &|| ()).unwrap();
            steps = prepared.steps.len();
            for step in &prepared.steps[..stop] {
                step.run(&destination).unwrap();
            }
            judge(&standing(destination.path()));
            let destination = output(&folder);
            publish(&destination, &files(healer), &(), &|| ()).unwrap();
            assert!(is(healer, destination.path()), "after {stop} steps: {:?}", standing(destination.path()));
            assert!(!destination.staging().exists() && !destination.displaced().exists());
            let again = publish(&destination, &files(healer), &(), &|| ()).unwrap();
            assert_eq!(again, Published { unchanged: healer.len(), ..Published::default() });
        }
        if stop == steps {
            return;
        }
        stop += 1;
    }
}

#[test]
fn a_publication_stopped_after_any_step_leaves_a_whole_site_that_the_next_one_heals() {
    let old = Site::from([
        ("index.html", "old home, links to a and former"),
        ("a/index.html", "old a"),
        ("same.css", "same"),
        ("former/index.html", "former"),
        ("former/deep/data.json", "former data"),
        ("a/former.json", "former a"),
    ]);
    let new = Site::from([
        ("index.html", "new home, links to a, b and c"),
        ("a/index.html", "new a"),
        ("same.css", "same"),
        ("a/new.json", "new in an old folder"),
        ("b/index.html", "new in a new folder"),
        ("c/d/e/index.html", "new and deep"),
        ("c/d/index.html", "new and less deep"),
    ]);
    stop_everywhere(&old, &new, |standing| {
        let changed: Vec<bool> =
            ["index.html", "a/index.html"].iter().map(|&path| standing[path] == new[path]).collect();
        for (path, text) in standing {
            let path = path.as_str();
            assert!([old.get(path), new.get(path)].contains(&Some(&text.as_str())), "{path} is neither old nor new");
        }
        assert_eq!(standing["same.css"], "same");
        if changed.contains(&true) {
            assert!(new.keys().all(|&path| standing.contains_key(path)), "a new page links to nothing");
        }
        if changed.contains(&false) {
            assert!(old.keys().all(|&path| standing.contains_key(path)), "an old page links to nothing");
        }
    });
}

#[test]
fn a_change_of_kind_stopped_after_any_step_is_healed() {
    let old = Site::from([("index.html", "1"), ("a", "file"), ("b/c/d", "deep"), ("b/e", "e")]);
    let new = Site::from([("index.html", "2"), ("a/f/g", "deep"), ("a/h", "h"), ("b", "file")]);
    stop_everywhere(&old, &new, |standing| {
        for (path, text) in standing {
            let path = path.as_str();
            assert!([old.get(path), new.get(path)].contains(&Some(&text.as_str())), "{path} is neither old nor new");
        }
    });
}

#[test]
fn a_first_publication_is_one_move_for_each_thing_at_the_top() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::from([("2016/1/index.html", "1"), ("2016/2/index.html", "2"), ("index.html", "home")]);
    let prepared = prepare(&output(&folder), &files(&site), &(), &|| ()).unwrap();
    let moves: Vec<&commit::Step> = prepared
        .steps
        .iter()
        .filter(|step| !matches!(step, commit::Step::Declare { .. }))
        .collect();
    let to = |path: &str| commit::Step::Move { path: path.to_owned() };
    assert_eq!(moves, [&to("2016"), &to("index.html")]);
}

/// A second name of one file is what a file system that ignores case shows.
#[cfg(unix)]
#[test]
fn a_path_that_only_changes_case_stands_under_its_new_spelling() {
    let folder = tempfile::tempdir().unwrap();
    let destination = output(&folder);
    publish(&destination, &files(&Site::from([("a/Foto.jpg", "photo")])), &(), &|| ()).unwrap();
    fs::hard_link(destination.place("a/Foto.jpg"), destination.place("a/foto.jpg")).unwrap();
    let renamed = Site::from([("a/foto.jpg", "photo")]);
    publish(&destination, &files(&renamed), &(), &|| ()).unwrap();
    assert!(is(&renamed, destination.path()));
}
