//! Tests between two steps of a publication.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;

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

fn published_files(folder: &Utf8Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = Utf8Path::from_path(entry.path()).unwrap().strip_prefix(folder).unwrap();
        if entry.file_type().is_file() && !path.starts_with(OWN_FOLDER) {
            files.insert(path.to_string(), fs::read_to_string(entry.path()).unwrap());
        }
    }
    files
}

fn holds(site: &Site, folder: &Utf8Path) -> bool {
    published_files(folder)
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .eq(site.iter().map(|(&path, &text)| (path, text)))
}

/// Publishes `old`, stops the publication of `new` after each number of steps, passes the published files to `check`, and
/// then publishes both the new and the old site over them.
fn stop_everywhere(old: &Site, new: &Site, check: impl Fn(&BTreeMap<String, String>)) {
    let mut stop = 0;
    loop {
        let mut steps = 0;
        for next in [new, old] {
            let folder = tempfile::tempdir().unwrap();
            let destination = output(&folder);
            publish(&destination, &files(old), &(), &|| ControlFlow::Continue(())).unwrap();
            let prepared = prepare(&destination, &files(new), &(), &|| ControlFlow::Continue(())).unwrap();
            steps = prepared.steps.len();
            for step in &prepared.steps[..stop] {
                step.run(&destination).unwrap();
            }
            check(&published_files(destination.path()));
            let destination = output(&folder);
            publish(&destination, &files(next), &(), &|| ControlFlow::Continue(())).unwrap();
            assert!(holds(next, destination.path()), "after {stop} steps: {:?}", published_files(destination.path()));
            assert!(!destination.staging().exists() && !destination.displaced().exists());
            let again = publish(&destination, &files(next), &(), &|| ControlFlow::Continue(())).unwrap();
            assert_eq!(again, Published { unchanged: next.len(), ..Published::default() });
        }
        if stop == steps {
            return;
        }
        stop += 1;
    }
}

#[test]
fn a_publication_stopped_after_any_step_leaves_a_complete_site_that_the_next_one_finishes() {
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
    stop_everywhere(&old, &new, |files| {
        let changed: Vec<bool> = ["index.html", "a/index.html"].iter().map(|&path| files[path] == new[path]).collect();
        for (path, text) in files {
            let path = path.as_str();
            assert!([old.get(path), new.get(path)].contains(&Some(&text.as_str())), "{path} is neither old nor new");
        }
        assert_eq!(files["same.css"], "same");
        if changed.contains(&true) {
            assert!(new.keys().all(|&path| files.contains_key(path)), "a new page links to nothing");
        }
        if changed.contains(&false) {
            assert!(old.keys().all(|&path| files.contains_key(path)), "an old page links to nothing");
        }
    });
}

#[test]
fn a_change_of_kind_stopped_after_any_step_is_finished_by_the_next_publication() {
    let old = Site::from([("index.html", "1"), ("a", "file"), ("b/c/d", "deep"), ("b/e", "e")]);
    let new = Site::from([("index.html", "2"), ("a/f/g", "deep"), ("a/h", "h"), ("b", "file")]);
    stop_everywhere(&old, &new, |files| {
        for (path, text) in files {
            let path = path.as_str();
            assert!([old.get(path), new.get(path)].contains(&Some(&text.as_str())), "{path} is neither old nor new");
        }
    });
}

#[test]
fn a_first_publication_is_one_move_for_each_thing_at_the_top() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::from([("2016/1/index.html", "1"), ("2016/2/index.html", "2"), ("index.html", "home")]);
    let prepared = prepare(&output(&folder), &files(&site), &(), &|| ControlFlow::Continue(())).unwrap();
    let moves: Vec<&commit::Step> = prepared
        .steps
        .iter()
        .filter(|step| !matches!(step, commit::Step::Declare { .. }))
        .collect();
    let to = |path: &str| commit::Step::Move { path: path.to_owned() };
    assert_eq!(moves, [&to("2016"), &to("index.html")]);
}

/// A second name of one file stands for a file system that ignores case.
#[cfg(unix)]
#[test]
fn a_path_that_only_changes_case_is_published_under_its_new_spelling() {
    let folder = tempfile::tempdir().unwrap();
    let destination = output(&folder);
    publish(&destination, &files(&Site::from([("a/Foto.jpg", "photo")])), &(), &|| ControlFlow::Continue(())).unwrap();
    fs::hard_link(destination.place("a/Foto.jpg"), destination.place("a/foto.jpg")).unwrap();
    let renamed = Site::from([("a/foto.jpg", "photo")]);
    publish(&destination, &files(&renamed), &(), &|| ControlFlow::Continue(())).unwrap();
    assert!(holds(&renamed, destination.path()));
}

/// Publishes `text` in pieces of `piece` bytes.
fn in_pieces(destination: &Destination, text: &str, piece: usize) -> Published {
    let file = OutputFile::in_pieces(OutputPath::parse("data/table.csv").unwrap(), move |out| {
        text.as_bytes().chunks(piece).try_for_each(|bytes| Ok(out.write_all(bytes)?))
    });
    publish(destination, &[file], &(), &|| ControlFlow::Continue(())).unwrap()
}

#[test]
fn a_file_made_in_pieces_is_written_where_a_byte_differs_and_else_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let destination = output(&folder);
    let place = destination.path().join("data/table.csv");
    let table = "riga\n".repeat(40_000);
    let others = ["", "riga\n", &table[5..], &format!("{table}!"), &format!("{}!", &table[1..]), &table];
    for piece in [7, 5_000, 1_000_000] {
        for text in others {
            let written = in_pieces(&destination, text, piece);
            assert_eq!(fs::read_to_string(&place).unwrap(), text);
            let changed = fs::metadata(&place).unwrap().modified().unwrap();
            let again = in_pieces(&destination, text, piece);
            assert_eq!((again.written, again.unchanged, again.bytes), (0, 1, 0));
            assert_eq!(fs::metadata(&place).unwrap().modified().unwrap(), changed);
            assert!(written.written == 0 || written.bytes == text.len() as u64, "{written:?}");
        }
    }
}

#[test]
fn a_file_made_in_pieces_replaces_no_file_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let destination = output(&folder);
    let place = destination.path().join("table.csv");
    fs::create_dir_all(destination.path()).unwrap();
    fs::write(&place, "un file del Comune").unwrap();
    let file = |text: &'static str| {
        OutputFile::in_pieces(OutputPath::parse("table.csv").unwrap(), move |out| Ok(out.write_all(text.as_bytes())?))
    };
    let refused = publish(&destination, &[file("una tabella")], &(), &|| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(PublishError::NotOurs(paths)) if paths == [place.clone()]));
    assert_eq!(fs::read_to_string(&place).unwrap(), "un file del Comune");
    assert_eq!(
        publish(&destination, &[file("un file del Comune")], &(), &|| ControlFlow::Continue(()))
            .unwrap()
            .unchanged,
        1
    );
}

#[test]
fn a_file_that_fails_after_its_first_piece_leaves_the_published_one() {
    let folder = tempfile::tempdir().unwrap();
    let destination = output(&folder);
    in_pieces(&destination, "la tabella di ieri", 3);
    let broken = OutputFile::in_pieces(OutputPath::parse("data/table.csv").unwrap(), |out| {
        out.write_all(b"la tabella di oggi")?;
        Err("a row too short".into())
    });
    let failed = publish(&destination, &[broken], &(), &|| ControlFlow::Continue(()));
    assert!(matches!(failed, Err(PublishError::Make(errors)) if errors.len() == 1));
    assert_eq!(fs::read_to_string(destination.path().join("data/table.csv")).unwrap(), "la tabella di ieri");
}
