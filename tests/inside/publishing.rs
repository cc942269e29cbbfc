//! Publishing as others see it: what stands in the folder before and after.

#![expect(clippy::disallowed_methods, reason = "tests make folders and read what was published")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::output::{OutputFile, OutputPath};
use crate::publish::{Destination, ManifestError, PublishError, Published, Refusal, publish};
use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use tempfile::TempDir;

/// A temporary folder with `public` in it to publish to.
struct Place {
    _folder: TempDir,
    root: Utf8PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
        Self { _folder: folder, root }
    }

    fn output(&self) -> Utf8PathBuf {
        self.root.join("public")
    }

    fn at(&self, path: &str) -> Utf8PathBuf {
        self.output().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn publish(&self, site: &[(&str, &str)]) -> Result<Published, PublishError> {
        publish_to(&self.output(), site)
    }

    fn site(&self) -> BTreeMap<String, String> {
        site_in(&self.output())
    }
}

fn publish_to(output: &Utf8Path, site: &[(&str, &str)]) -> Result<Published, PublishError> {
    let files: Vec<OutputFile> = site.iter().map(|&(path, text)| file(path, text)).collect();
    publish(&Destination::open(output, &[]).unwrap(), &files, &(), &|| ControlFlow::Continue(()))
}

fn file<'a>(path: &str, text: &'a str) -> OutputFile<'a> {
    OutputFile::new(OutputPath::parse(path).unwrap(), move |bytes| {
        bytes.extend_from_slice(text.as_bytes());
        Ok(())
    })
}

fn failing(path: &str) -> OutputFile<'static> {
    OutputFile::new(OutputPath::parse(path).unwrap(), |_| Err("no such template".into()))
}

/// Every file below `folder` with its text, every link with its target, every empty folder.
fn tree(folder: &Utf8Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let path = Utf8Path::from_path(entry.path()).unwrap();
        let content = if entry.file_type().is_file() {
            fs::read_to_string(path).unwrap()
        } else if entry.file_type().is_symlink() {
            format!("link to {}", path.read_link_utf8().unwrap())
        } else if path.read_dir_utf8().unwrap().next().is_none() {
            "empty folder".to_owned()
        } else {
            continue;
        };
        found.insert(path.strip_prefix(folder).unwrap().to_string(), content);
    }
    found
}

/// The same without the publisher's own folder, of which no more than lock and manifest may be left.
fn site_in(output: &Utf8Path) -> BTreeMap<String, String> {
    let mut found = tree(output);
    let own = found.extract_if(.., |path, _| path.starts_with(".vetro/")).map(|(path, _)| path);
    assert!(own.into_iter().all(|path| [".vetro/lock", ".vetro/manifest"].contains(&path.as_str())));
    found
}

fn texts<'a>(site: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> BTreeMap<String, String> {
    site.into_iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect()
}

fn names(paths: &[Utf8PathBuf], place: &Place) -> Vec<String> {
    paths.iter().map(|path| path.strip_prefix(place.output()).unwrap().to_string()).collect()
}

// Opening

#[test]
fn a_missing_an_empty_and_a_published_folder_are_destinations() {
    let place = Place::new();
    assert_eq!(Destination::open(&place.output(), &[]).unwrap().path(), place.output());
    assert!(!place.output().exists(), "opening writes nothing");
    fs::create_dir(place.output()).unwrap();
    Destination::open(&place.output(), &[]).unwrap();
    place.publish(&[("index.html", "home")]).unwrap();
    place.write("public/CNAME", "example.org");
    Destination::open(&place.output(), &[]).unwrap();
}

#[test]
fn the_root_of_the_file_system_is_refused() {
    assert!(matches!(Destination::open("/".into(), &[]), Err(Refusal::FileSystemRoot { .. })));
    assert!(matches!(Destination::open("/no/../..".into(), &[]), Err(Refusal::FileSystemRoot { .. })));
}

#[test]
fn home_folders_and_what_holds_ours_are_refused() {
    let home = Utf8PathBuf::try_from(std::env::home_dir().unwrap()).unwrap();
    for output in [home.as_path(), "/root".into(), "/home/someone".into(), "/Users/someone".into()] {
        assert!(matches!(Destination::open(output, &[]), Err(Refusal::Home { .. })), "{output}");
    }
    Destination::open("/home/someone/no-such-folder/public".into(), &[]).unwrap();
}

#[test]
fn an_output_that_is_holds_or_lies_in_a_source_is_refused() {
    let place = Place::new();
    let sources = [place.root.join("content"), place.root.join("site.toml")];
    place.write("content/a.md", "a");
    place.write("site.toml", "");
    let open = |path: &str| Destination::open(&place.root.join(path), &sources);
    assert!(matches!(open("content"), Err(Refusal::Source { output }) if output == sources[0]));
    assert!(matches!(open("content/public"), Err(Refusal::InSource { folder, .. }) if folder == sources[0]));
    assert!(matches!(open("."), Err(Refusal::HoldsSource { folder, .. }) if folder == sources[0]));
    assert!(matches!(open("other/../content"), Err(Refusal::Source { .. })));
    open("contents").unwrap();
}

#[cfg(unix)]
#[test]
fn links_are_followed_before_an_output_is_judged() {
    let place = Place::new();
    place.write("content/a.md", "a");
    std::os::unix::fs::symlink(place.root.join("content"), place.root.join("linked")).unwrap();
    let content = place.root.join("content");
    let open = |output: &str, source: &str| Destination::open(&place.root.join(output), &[place.root.join(source)]);
    assert!(matches!(open("linked", "content"), Err(Refusal::Source { output }) if output == content));
    assert!(matches!(open("linked/new/public", "content"), Err(Refusal::InSource { .. })));
    assert!(matches!(open("content", "linked"), Err(Refusal::Source { .. })));

    fs::create_dir(place.root.join("www")).unwrap();
    std::os::unix::fs::symlink("www", place.output()).unwrap();
    assert_eq!(open("public", "content").unwrap().path(), place.root.join("www"));
    place.publish(&[("index.html", "home")]).unwrap();
    assert_eq!(site_in(&place.root.join("www")), texts(&[("index.html", "home")]));

    std::os::unix::fs::symlink("nowhere", place.root.join("dangling")).unwrap();
    assert!(matches!(open("dangling", "content"), Err(Refusal::Unreadable { .. })));
}

#[test]
fn a_repository_is_refused_even_if_it_was_published_to() {
    for marker in [".git", ".hg", ".svn", ".jj"] {
        let place = Place::new();
        place.publish(&[("index.html", "home")]).unwrap();
        place.write(&format!("public/{marker}/config"), "");
        let refusal = Destination::open(&place.output(), &[]).unwrap_err();
        assert!(matches!(refusal, Refusal::Repository { marker: found, .. } if found == place.at(marker)));
    }
}

#[test]
fn a_file_is_refused_and_so_is_what_lies_below_one() {
    let place = Place::new();
    place.write("public", "a file");
    assert!(matches!(Destination::open(&place.output(), &[]), Err(Refusal::NotAFolder { .. })));
    assert!(matches!(Destination::open(&place.at("below"), &[]), Err(Refusal::NotAFolder { .. })));
}

#[test]
fn a_folder_with_something_in_it_that_we_did_not_publish_is_refused() {
    let place = Place::new();
    place.write("public/photo.jpg", "mine");
    place.write("public/z.jpg", "mine");
    let refusal = Destination::open(&place.output(), &[]).unwrap_err();
    assert!(matches!(refusal, Refusal::NotOurs { found, .. } if found == "photo.jpg"));
}

#[cfg(unix)]
#[test]
fn an_own_folder_that_leads_elsewhere_does_not_make_a_folder_ours() {
    let place = Place::new();
    publish_to(&place.root.join("elsewhere"), &[("index.html", "home")]).unwrap();
    fs::create_dir(place.output()).unwrap();
    std::os::unix::fs::symlink(place.root.join("elsewhere/.vetro"), place.at(".vetro")).unwrap();
    let refusal = Destination::open(&place.output(), &[]).unwrap_err();
    assert!(matches!(refusal, Refusal::NotOurs { found, .. } if found == ".vetro"));
}

#[test]
fn a_manifest_of_another_version_or_changed_by_hand_is_refused() {
    for (manifest, bad) in [
        ("", 1),
        ("vetro manifest 1", 1),
        ("vetro manifest 2\nindex.html\n", 1),
        ("vetro manifest 1\nindex.html\n../outside\n", 3),
        ("vetro manifest 1\n\n", 2),
    ] {
        let place = Place::new();
        place.write("public/.vetro/manifest", manifest);
        let refusal = Destination::open(&place.output(), &[]).unwrap_err();
        assert!(
            matches!(refusal, Refusal::Manifest(ManifestError::Unknown { line, .. }) if line == bad),
            "{manifest:?}"
        );
    }
}

// What is written, and what is left alone

#[test]
fn a_site_is_published_with_a_manifest_of_its_paths() {
    let place = Place::new();
    let site = [("index.html", "home"), ("2016/1/index.html", "one"), ("2016.csv", "a,b"), ("empty", "")];
    let published = place.publish(&site).unwrap();
    assert_eq!(published, Published { written: 4, unchanged: 0, removed: 0, bytes: 10 });
    assert_eq!(place.site(), texts(&site));
    let manifest = fs::read_to_string(place.at(".vetro/manifest")).unwrap();
    assert_eq!(manifest, "vetro manifest 1\n2016.csv\n2016/1/index.html\nempty\nindex.html\n");
}

#[test]
fn a_site_without_files_is_a_site() {
    let place = Place::new();
    place.publish(&[]).unwrap();
    assert_eq!(fs::read_to_string(place.at(".vetro/manifest")).unwrap(), "vetro manifest 1\n");
    place.publish(&[("a/b", "1")]).unwrap();
    assert_eq!(place.publish(&[]).unwrap(), Published { removed: 1, ..Published::default() });
    assert_eq!(place.site(), texts(&[]));
}

/// The identity and time of each entry, so that a file written again with the same bytes shows.
#[cfg(unix)]
fn identities(output: &Utf8Path) -> BTreeMap<Utf8PathBuf, (u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    let entries = walkdir::WalkDir::new(output).into_iter().map(|entry| {
        let entry = entry.unwrap();
        let facts = entry.metadata().unwrap();
        let path = Utf8PathBuf::try_from(entry.path().to_owned()).unwrap();
        (path, (facts.ino(), facts.mtime(), facts.mtime_nsec()))
    });
    entries.collect()
}

#[cfg(unix)]
#[test]
fn publishing_the_same_site_again_writes_nothing() {
    let place = Place::new();
    let long = "x".repeat(200_000);
    let site = [("index.html", "home"), ("a/b/index.html", long.as_str())];
    place.publish(&site).unwrap();
    let before = identities(&place.output());
    assert_eq!(place.publish(&site).unwrap(), Published { unchanged: 2, ..Published::default() });
    assert_eq!(identities(&place.output()), before);
}

#[cfg(unix)]
#[test]
fn only_the_file_that_changed_is_written() {
    let place = Place::new();
    let long = "x".repeat(200_000);
    let mut longer = long.clone();
    longer.replace_range(150_000..150_001, "y");
    place
        .publish(&[("index.html", "home"), ("a/index.html", &long), ("a/b.html", "b")])
        .unwrap();
    let before = identities(&place.output());
    let published = place
        .publish(&[("index.html", "home"), ("a/index.html", &longer), ("a/b.html", "b")])
        .unwrap();
    assert_eq!(published, Published { written: 1, unchanged: 2, removed: 0, bytes: 200_000 });
    let after = identities(&place.output());
    let kept = |path: &str| before[&place.at(path)] == after[&place.at(path)];
    assert!(kept("index.html") && kept("a/b.html") && kept(".vetro/manifest") && !kept("a/index.html"));
    assert_eq!(place.site()["a/index.html"], longer);
}

#[test]
fn files_that_are_made_no_longer_go_with_their_folders_and_foreign_ones_stay() {
    let place = Place::new();
    place
        .publish(&[("index.html", "1"), ("a/b/c.html", "2"), ("d/e.html", "3"), ("f/g/h.html", "4")])
        .unwrap();
    place.write("public/.well-known/security.txt", "mine");
    place.write("public/CNAME", "example.org");
    place.write("public/d/photo.jpg", "mine");
    fs::create_dir(place.at("f/empty")).unwrap();
    let published = place.publish(&[("index.html", "1")]).unwrap();
    assert_eq!(published, Published { written: 0, unchanged: 1, removed: 3, bytes: 0 });
    let left = [
        (".well-known/security.txt", "mine"),
        ("CNAME", "example.org"),
        ("d/photo.jpg", "mine"),
        ("f/empty", "empty folder"),
        ("index.html", "1"),
    ];
    assert_eq!(place.site(), texts(&left));
}

#[test]
fn foreign_files_in_the_way_are_all_named_before_anything_moves() {
    let place = Place::new();
    place.publish(&[("index.html", "old")]).unwrap();
    place.write("public/b.html", "mine");
    place.write("public/a", "mine");
    place.write("public/c/d/e.html", "mine");
    place.write("public/same.html", "same");
    fs::create_dir(place.at("hollow")).unwrap();
    let before = tree(&place.output());
    let site = [
        ("index.html", "new"),
        ("new.html", "new"),
        ("b.html", "ours"),
        ("a/1.html", "ours"),
        ("a/2.html", "ours"),
        ("c", "ours"),
        ("hollow", "ours"),
        ("same.html", "same"),
    ];
    let Err(PublishError::NotOurs(paths)) = place.publish(&site) else { panic!("published over foreign files") };
    assert_eq!(names(&paths, &place), ["a", "b.html", "c", "hollow"]);
    assert_eq!(tree(&place.output()), before);
}

#[test]
fn a_foreign_file_with_the_very_bytes_of_a_page_is_taken_over_as_it_stands() {
    let place = Place::new();
    place.publish(&[]).unwrap();
    place.write("public/robots.txt", "Allow: /");
    let published = place.publish(&[("robots.txt", "Allow: /")]).unwrap();
    assert_eq!(published, Published { unchanged: 1, ..Published::default() });
    place.publish(&[("robots.txt", "Disallow: /")]).unwrap();
    assert_eq!(place.site(), texts(&[("robots.txt", "Disallow: /")]));
}

#[test]
fn a_file_becomes_a_folder_and_a_file_again() {
    let place = Place::new();
    let as_file = [("a", "file"), ("index.html", "home")];
    let as_folder = [("a/b/index.html", "deep"), ("a/index.html", "folder"), ("index.html", "home")];
    for site in [&as_file[..], &as_folder, &as_file] {
        place.publish(site).unwrap();
        assert_eq!(place.site(), texts(site));
    }
    assert_eq!(place.publish(&as_folder).unwrap(), Published { written: 2, unchanged: 1, removed: 1, bytes: 10 });
}

#[test]
fn a_folder_with_a_foreign_file_deep_inside_does_not_become_a_file() {
    let place = Place::new();
    place.publish(&[("a/b/c.html", "1"), ("a/d.html", "2")]).unwrap();
    place.write("public/a/b/photo.jpg", "mine");
    let before = tree(&place.output());
    let Err(PublishError::NotOurs(paths)) = place.publish(&[("a", "file")]) else { panic!("published over a photo") };
    assert_eq!(names(&paths, &place), ["a/b/photo.jpg"]);
    assert_eq!(tree(&place.output()), before);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.write("outside/page.html", "mine");
    place.write("outside/kept.html", "mine");
    place
        .publish(&[("index.html", "1"), ("a/page.html", "2"), ("a/kept.html", "3"), ("b.html", "4")])
        .unwrap();
    fs::remove_dir_all(place.at("a")).unwrap();
    symlink(place.root.join("outside"), place.at("a")).unwrap();
    let outside = tree(&place.root.join("outside"));

    let Err(PublishError::NotOurs(paths)) = place.publish(&[("index.html", "1"), ("a/page.html", "new")]) else {
        panic!("published through a link")
    };
    assert_eq!(names(&paths, &place), ["a"]);

    fs::remove_file(place.at("b.html")).unwrap();
    symlink(place.root.join("outside/page.html"), place.at("b.html")).unwrap();
    place.publish(&[("index.html", "1"), ("b.html", "mine")]).unwrap();
    symlink(place.root.join("outside/page.html"), place.at(".vetro/manifest.next")).unwrap();
    place.publish(&[("index.html", "1"), ("b.html", "mine"), ("c.html", "5")]).unwrap();
    place.publish(&[("index.html", "1"), ("b.html", "mine")]).unwrap();
    let linked = format!("link to {}", place.root.join("outside"));
    assert_eq!(place.site(), texts(&[("a", linked.as_str()), ("b.html", "mine"), ("index.html", "1")]));
    assert_eq!(tree(&place.root.join("outside")), outside);
}

#[test]
fn output_paths_that_meet_are_refused() {
    let place = Place::new();
    let Err(PublishError::Collisions(pairs)) = place.publish(&[("a/b", "1"), ("c", "2"), ("A/B", "3"), ("c/d", "4")])
    else {
        panic!("published paths that meet")
    };
    let pairs: Vec<String> = pairs.iter().map(|(one, other)| format!("{one} {other}")).collect();
    assert_eq!(pairs, ["a/b A/B", "c c/d"]);
    assert_eq!(place.site(), texts(&[]));
}

#[test]
fn progress_is_told_of_each_file() {
    let place = Place::new();
    let told = AtomicUsize::new(0);
    let files: Vec<OutputFile> = (0..100).map(|number| file(&format!("{number}.html"), "page")).collect();
    let destination = Destination::open(&place.output(), &[]).unwrap();
    publish(&destination, &files, &(), &|| {
        told.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!(told.into_inner(), 100);
}

#[test]
fn any_number_of_threads_gives_the_same_folder() {
    let texts: Vec<String> = (0..500).map(|number| "page ".repeat(number)).collect();
    let trees = [1, 8].map(|threads| {
        let place = Place::new();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let files = (0..500).map(|number| file(&format!("{}/{number}/index.html", number % 7), &texts[number]));
        let files: Vec<OutputFile> = files.collect();
        let destination = Destination::open(&place.output(), &[]).unwrap();
        pool.install(|| publish(&destination, &files, &(), &|| ControlFlow::Continue(())))
            .unwrap();
        tree(&place.output())
    });
    assert_eq!(trees[0].len(), 502);
    assert!(trees[0] == trees[1]);
}

#[test]
fn a_maker_may_use_the_thread_pool_itself() {
    use rayon::prelude::*;
    let place = Place::new();
    let files: Vec<OutputFile> = (0..50)
        .map(|number| {
            OutputFile::new(OutputPath::parse(&format!("{number}")).unwrap(), move |bytes: &mut Vec<u8>| {
                let sum: usize = (0..2000_usize).into_par_iter().map(|part| part * number).sum();
                bytes.extend_from_slice(sum.to_string().as_bytes());
                Ok(())
            })
        })
        .collect();
    publish(&Destination::open(&place.output(), &[]).unwrap(), &files, &(), &|| ControlFlow::Continue(())).unwrap();
    let site = place.site();
    assert!((0..50).all(|number| site[&number.to_string()] == (number * 1_999_000).to_string()));
}

// What goes wrong

#[test]
fn make_errors_are_all_told_and_leave_the_site_as_it_was() {
    let place = Place::new();
    place.publish(&[("index.html", "old"), ("gone.html", "old")]).unwrap();
    let before = tree(&place.output());
    let files = [failing("a/1.html"), file("index.html", "new"), failing("b/2.html"), file("c/3.html", "new")];
    let result = publish(&Destination::open(&place.output(), &[]).unwrap(), &files, &(), &|| ControlFlow::Continue(()));
    let Err(PublishError::Make(errors)) = result else { panic!("published half a site") };
    assert_eq!(errors.iter().map(|error| error.path.as_ref()).collect::<Vec<_>>(), ["a/1.html", "b/2.html"]);
    assert_eq!(tree(&place.output()), before);
}

#[test]
fn a_second_publication_at_once_is_turned_away() {
    let place = Place::new();
    let destination = Destination::open(&place.output(), &[]).unwrap();
    let rival = OutputFile::new(OutputPath::parse("index.html").unwrap(), |bytes| {
        let second = publish(&destination, &[], &(), &|| ControlFlow::Continue(()));
        assert!(matches!(second, Err(PublishError::Busy { output }) if output == place.output()));
        bytes.extend_from_slice(b"first");
        Ok(())
    });
    publish(&destination, &[rival], &(), &|| ControlFlow::Continue(())).unwrap();
    assert_eq!(place.site(), texts(&[("index.html", "first")]));
    place.publish(&[("index.html", "second")]).unwrap();
}

#[test]
fn a_place_that_can_not_be_written_leaves_the_site_as_it_was() {
    let place = Place::new();
    place.publish(&[("index.html", "old")]).unwrap();
    // Whatever the rights of who builds, no file can be written over a folder.
    fs::create_dir(place.at(".vetro/manifest.next")).unwrap();
    let before = tree(&place.output());
    let result = place.publish(&[("a/index.html", "new"), ("index.html", "new")]);
    assert!(matches!(result, Err(PublishError::Unwritable { path, .. }) if path == place.at(".vetro/manifest.next")));
    assert_eq!(tree(&place.output()), before);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_to_write_leaves_the_site_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.publish(&[("a.html", "old"), ("b/index.html", "old")]).unwrap();
    fs::set_permissions(place.at("b"), fs::Permissions::from_mode(0o555)).unwrap();
    let before = tree(&place.output());
    let stopped = fs::write(place.at("b/probe"), "").is_err();
    let result = place.publish(&[("a.html", "new"), ("b/index.html", "new"), ("c.html", "new")]);
    if stopped {
        assert!(matches!(result, Err(PublishError::Unwritable { path, .. }) if path == place.at("b")));
        assert_eq!(tree(&place.output()), before);
    } else {
        // The superuser is not bound by permissions.
        assert_eq!(result.unwrap().written, 3);
    }
    fs::set_permissions(place.at("b"), fs::Permissions::from_mode(0o755)).unwrap();
}

/// Set in the copies of this program that are started to fail; holds the folder to publish to.
#[cfg(unix)]
const OUTPUT_OF_CHILD: &str = "VETRO_TEST_OUTPUT";

/// The shell runs `before` and then this program for the one test `name`.
#[cfg(unix)]
fn run_in_child(before: &str, name: &str, place: &Place) -> std::process::Output {
    let command = format!("{before} exec \"$0\" --exact \"$1\" --test-threads 1");
    let program = std::env::current_exe().unwrap();
    let mut child = std::process::Command::new("sh");
    child
        .args(["-c", &command])
        .arg(program)
        .arg(format!("{}::{name}", module_path!().split_once("::").expect("a module of the suite").1))
        .env(OUTPUT_OF_CHILD, place.output().as_str());
    child.output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_build_that_dies_leaves_the_site_as_it_was_and_the_next_one_tidies() {
    if let Ok(output) = std::env::var(OUTPUT_OF_CHILD) {
        let deadly = OutputFile::new(OutputPath::parse("z.html").unwrap(), |_| std::process::abort());
        let files = [file("index.html", "new"), file("a/new.html", "new"), deadly];
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let destination = Destination::open(Utf8Path::new(&output), &[]).unwrap();
        pool.install(|| publish(&destination, &files, &(), &|| ControlFlow::Continue(())))
            .unwrap();
        return;
    }
    for old in [&[][..], &[("index.html", "old"), ("a/old.html", "old")]] {
        let place = Place::new();
        if !old.is_empty() {
            place.publish(old).unwrap();
        }
        let child =
            run_in_child("ulimit -c 0;", "a_build_that_dies_leaves_the_site_as_it_was_and_the_next_one_tidies", &place);
        assert_eq!(child.status.code(), None, "the child was to be killed: {child:?}");
        assert!(place.at(".vetro/staging/index.html").exists());
        let mut left = tree(&place.output());
        left.retain(|path, _| !path.starts_with(".vetro/"));
        assert_eq!(left, texts(old));
        let site = [("index.html", "newer"), ("a/old.html", "old")];
        place.publish(&site).unwrap();
        assert_eq!(place.site(), texts(&site));
    }
}

/// A limit on the size of a file stops a write half way, as a full disk does.
#[cfg(unix)]
#[test]
fn a_write_that_breaks_off_leaves_the_site_as_it_was() {
    let long = "new ".repeat(100_000);
    if let Ok(output) = std::env::var(OUTPUT_OF_CHILD) {
        let result = publish_to(Utf8Path::new(&output), &[("a.html", "new"), ("index.html", &long)]);
        assert!(matches!(result, Err(PublishError::Unwritable { path, .. }) if path.ends_with("staging/index.html")));
        return;
    }
    let place = Place::new();
    place.publish(&[("index.html", "old"), ("gone.html", "old")]).unwrap();
    let before = tree(&place.output());
    // Ignored, the signal that comes with the limit turns into an error of the write.
    let limit = "trap '' XFSZ; ulimit -f 100;";
    let child = run_in_child(limit, "a_write_that_breaks_off_leaves_the_site_as_it_was", &place);
    assert!(child.status.success() && String::from_utf8_lossy(&child.stdout).contains("1 passed"), "{child:?}");
    assert_eq!(tree(&place.output()), before);
    place.publish(&[("a.html", "new"), ("index.html", &long)]).unwrap();
}

// Any sequence of sites

const PATHS: [&str; 12] =
    ["a", "a/b", "a/b/c", "a/b/d", "a/index.html", "b", "b/c", "b/c/d", "e.html", "f/g/h/i", "f/g/j", "index.html"];

fn above(path: &str, other: &str) -> bool {
    other.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
}

/// Paths of the pool that can stand together, with a text each.
fn any_site() -> impl Strategy<Value = BTreeMap<&'static str, String>> {
    prop::collection::vec((prop::sample::select(&PATHS[..]), "[xy]{0,2}"), 0..9).prop_map(|drawn| {
        let mut site: BTreeMap<&str, String> = BTreeMap::new();
        for (path, text) in drawn {
            if !site.keys().any(|&other| above(path, other) || above(other, path)) {
                site.insert(path, text);
            }
        }
        site
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn after_each_publication_the_folder_is_the_site_and_what_is_foreign(
        rounds in prop::collection::vec((any_site(), prop::option::of((prop::sample::select(&PATHS[..]), any::<bool>()))), 1..6),
    ) {
        let place = Place::new();
        place.publish(&[]).unwrap();
        let mut ours: BTreeMap<&str, String> = BTreeMap::new();
        let mut foreign: BTreeSet<String> = BTreeSet::new();
        for (site, stranger) in rounds {
            // A stranger puts a file somewhere where one can be, or takes one of our files away.
            if let Some((path, puts)) = stranger {
                let stranger = format!("{path}~");
                let blocked = ours.keys().any(|&our| above(our, &stranger));
                if puts && !blocked {
                    place.write(&format!("public/{stranger}"), "mine");
                    foreign.insert(stranger);
                } else if !puts && ours.remove(path).is_some() {
                    fs::remove_file(place.at(path)).unwrap();
                }
            }
            let before = tree(&place.output());
            let files: Vec<(&str, &str)> = site.iter().map(|(&path, text)| (path, text.as_str())).collect();
            let in_the_way = foreign.iter().any(|stranger| site.keys().any(|our| above(our, stranger)));
            match place.publish(&files) {
                Ok(published) => {
                    prop_assert!(!in_the_way);
                    let unchanged = site.iter().filter(|&(path, text)| ours.get(path) == Some(text)).count();
                    prop_assert_eq!(published.unchanged, unchanged);
                    prop_assert_eq!(published.written, site.len() - unchanged);
                    prop_assert_eq!(published.removed, ours.keys().filter(|path| !site.contains_key(*path)).count());
                    ours = site;
                    let mut expected: BTreeMap<String, String> =
                        ours.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).collect();
                    expected.extend(foreign.iter().map(|path| (path.clone(), "mine".to_owned())));
                    prop_assert_eq!(place.site(), expected);
                }
                Err(PublishError::NotOurs(_)) => {
                    prop_assert!(in_the_way);
                    prop_assert_eq!(tree(&place.output()), before);
                }
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            }
        }
    }
}
