//! Hostile files, links and names, each with what becomes of a site that has them.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;

use rayon::prelude::*;

use super::{Answer, Harmless, PROJECT, Sanitised, Stopped, answer, site, sound};
use crate::common::SiteTest;

/// What must not be published, in files outside of the site and in hidden ones.
const SECRET: &str = "SEGRETO";
const SCRIPT: &str = "<script>alert(1)</script>";
const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><path d='M0 0h9'/></svg>";
const SHEET: &str = "---\ntitle: t\nunit: comune\n---\n";

/// Lays files in a site; the second folder is another's.
type Lay = fn(&SiteTest, &SiteTest);

/// The folder of the site's project.
const FOLDER: &str = "content/projects/p";

fn link(site: &SiteTest, target: &str, name: &str) {
    let place = site.root().join(name);
    fs::create_dir_all(place.parent().expect("a folder")).expect("it can be made");
    symlink(target, place).expect("its place is free");
}

fn pipe(site: &SiteTest, name: &str) {
    let made = Command::new("mkfifo").arg(site.root().join(name)).status().expect("the system has pipes");
    assert!(made.success());
}

/// A file of ten gigabytes that takes no space.
fn hollow(site: &SiteTest, name: &str) {
    site.write(name, "");
    let file = File::options()
        .write(true)
        .open(site.root().join(name))
        .and_then(|file| file.set_len(10 << 30));
    file.expect("a long file without blocks");
}

fn beside(site: &SiteTest, name: &str, text: &str) {
    site.write(&format!("{FOLDER}/{name}"), text);
}

fn bytes(site: &SiteTest, name: &[u8], bytes: &[u8]) {
    let place = site.root().as_std_path().join(FOLDER).join(OsStr::from_bytes(name));
    fs::write(place, bytes).expect("the file system takes the name");
}

fn settings(site: &SiteTest, more: &str) {
    let text = "[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\n[check]\nprofiles = []\n";
    site.write("site.toml", &format!("{text}{more}"));
}

const FILES: [(&str, Lay, Answer); 48] = [
    // What isn't a file.
    ("a pipe beside a record", |site, _| pipe(site, "content/projects/p/a.pdf"), Stopped),
    ("a pipe that is a sheet", |site, _| pipe(site, "content/objectives/2024/B.md"), Stopped),
    ("a pipe that is a drawing", |site, _| pipe(site, "content/projects/p/a.svg"), Stopped),
    (
        "a pipe that is the settings",
        |site, _| {
            site.remove("site.toml");
            pipe(site, "site.toml");
        },
        Stopped,
    ),
    ("a socket", |site, _| drop(UnixListener::bind(site.root().join("content/projects/p/a.pdf"))), Stopped),
    ("a link to a device", |site, _| link(site, "/dev/zero", "content/projects/p/a.pdf"), Stopped),
    ("a sheet that is a device", |site, _| link(site, "/dev/zero", "content/pages/b.md"), Stopped),
    ("a theme that is a device", |site, _| link(site, "/dev/zero", "themes"), Stopped),
    (
        "settings that are a folder",
        |site, _| {
            site.remove("site.toml");
            fs::create_dir(site.root().join("site.toml")).expect("its place is free");
        },
        Stopped,
    ),
    ("a folder with the name of a sheet", |site, _| site.write("content/pages/b.md/a.txt", "x"), Sanitised),
    ("a pipe in the place of the store", |site, _| pipe(site, ".vetro"), Harmless),
    ("a store that is a folder of others", |site, other| link(site, other.root().as_str(), ".vetro"), Harmless),
    // Links.
    ("a link to itself", |site, _| link(site, "a.pdf", "content/projects/p/a.pdf"), Stopped),
    ("a link to a folder above", |site, _| link(site, "..", "content/projects/p/a"), Stopped),
    (
        "a link out of the site",
        |site, other| link(site, other.root().join("a.pdf").as_str(), "content/projects/p/a.pdf"),
        Stopped,
    ),
    (
        "a link to a folder of a thousand files",
        |site, other| link(site, other.root().join("many").as_str(), "content/projects/p/a"),
        Stopped,
    ),
    (
        "a sheet that lies elsewhere",
        |site, other| link(site, other.root().join("a.md").as_str(), "content/pages/b.md"),
        Stopped,
    ),
    (
        "a template that lies elsewhere",
        |site, other| link(site, other.root().join("a.pdf").as_str(), "themes/default/templates/map.html"),
        Stopped,
    ),
    (
        "a template that leads to what is hidden",
        |site, _| {
            site.write(".env", SECRET);
            link(site, "../../../.env", "themes/default/templates/map.html");
        },
        Stopped,
    ),
    (
        "a stylesheet that lies elsewhere",
        |site, other| {
            link(site, other.root().join("a.pdf").as_str(), "assets/a.css");
            settings(site, "[theme]\nextra_css = \"assets/a.css\"\n");
        },
        Stopped,
    ),
    ("a link that leads nowhere", |site, _| link(site, "nulla.pdf", "content/projects/p/a.pdf"), Stopped),
    (
        "a link of an editor that leads nowhere",
        |site, _| link(site, "anna@ufficio.1", "content/projects/p/.#index.md"),
        Harmless,
    ),
    (
        "a link to a published file",
        |site, _| {
            beside(site, "a.pdf", "x");
            link(site, "a.pdf", "content/projects/p/b.pdf");
        },
        Harmless,
    ),
    // Names.
    ("a name in an old encoding", |site, _| bytes(site, b"citt\xe0.pdf", b"x"), Sanitised),
    ("a name of two lines", |site, _| beside(site, "a\nb.pdf", "x"), Sanitised),
    ("a name that is written from right to left", |site, _| beside(site, "a\u{202e}fdp.exe", "x"), Sanitised),
    ("a name with a zero-width letter", |site, _| beside(site, "a\u{200b}.pdf", "x"), Sanitised),
    (
        "two spellings of one name",
        |site, _| ["citt\u{e0}.pdf", "citta\u{300}.pdf"].iter().for_each(|name| beside(site, name, "x")),
        Sanitised,
    ),
    ("a file in the place of a page", |site, _| beside(site, "index.html", SCRIPT), Sanitised),
    ("a file in the place of a record's data", |site, _| beside(site, "index.json", "{}"), Sanitised),
    // Kinds.
    (
        "a drawing that is a page",
        |site, _| beside(site, "a.svg", "<html xmlns='http://www.w3.org/1999/xhtml'><script>alert(1)</script></html>"),
        Stopped,
    ),
    ("a drawing with script", |site, _| beside(site, "a.SVG", SVG), Harmless),
    (
        "a drawing with entities",
        |site, _| {
            beside(
                site,
                "a.svg",
                "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
            );
        },
        Harmless,
    ),
    ("a drawing that is none", |site, _| beside(site, "a.svg", "GIF89a<script>alert(1)</script>"), Stopped),
    ("a page that is a drawing", |site, _| beside(site, "a.svg.html", SVG), Sanitised),
    ("a page with two endings", |site, _| beside(site, "a.pdf.html", SCRIPT), Sanitised),
    ("a program with two endings", |site, _| beside(site, "a.php.jpg", SCRIPT), Sanitised),
    (
        "a sheet of styles and templates",
        |site, _| ["a.xsl", "a.xml", "a.shtml"].iter().for_each(|name| beside(site, name, SVG)),
        Sanitised,
    ),
    (
        "a picture that is a program",
        |site, _| beside(site, "a.jpg", "<?php system($_GET['a']); ?><script>alert(1)</script>"),
        Harmless,
    ),
    (
        "a document that is a page",
        |site, _| beside(site, "a.pdf", "%PDF-1.7\n<html><script>alert(1)</script>"),
        Harmless,
    ),
    (
        "what servers and tools read, in every folder",
        |site, _| {
            for folder in ["", "content", FOLDER, "content/pages", "themes/default", "assets", "static"] {
                [".htaccess", ".env", ".git/config", ".user.ini"].iter().for_each(|name| {
                    site.write(format!("{folder}/{name}").trim_start_matches('/'), SECRET);
                });
            }
        },
        Harmless,
    ),
    // Sizes and bytes.
    ("a hollow sheet", |site, _| hollow(site, "content/objectives/2024/B.md"), Stopped),
    ("a hollow file", |site, _| hollow(site, "content/projects/p/a.pdf"), Stopped),
    ("a hollow drawing", |site, _| hollow(site, "content/projects/p/a.svg"), Stopped),
    ("a hollow file of a theme", |site, _| hollow(site, "themes/default/static/a.woff2"), Stopped),
    ("hollow settings", |site, _| hollow(site, "site.toml"), Stopped),
    (
        "a sheet in UTF-16",
        |site, _| {
            let text: Vec<u8> = SHEET.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let place = site.root().join("content/objectives/2024/B.md");
            fs::write(place, text).expect("the folder is there");
        },
        Stopped,
    ),
    (
        "a sheet of one long line",
        |site, _| site.write(PROJECT, &format!("{SHEET}{}\n", "parola ".repeat(140_000))),
        Harmless,
    ),
];

#[test]
fn hostile_files_get_the_expected_answer() {
    let sound = sound();
    let other = SiteTest::new()
        .file("a.pdf", SECRET)
        .file("a.md", &format!("---\ntitle: {SECRET}\n---\n"));
    (0..1000).for_each(|number| other.write(&format!("many/{number}.pdf"), SECRET));
    let files = || walkdir::WalkDir::new(other.root()).into_iter().count();
    let before = files();
    let wrong: Vec<String> = (FILES.par_iter())
        .filter_map(|(what, lay, expected)| {
            let site = site("content/pages/a.md", "---\ntitle: t\n---\nEcco.\n");
            lay(&site, &other);
            let found = answer(&site, &sound, what);
            if site.output().exists() {
                for (path, bytes) in site.published() {
                    let text = String::from_utf8_lossy(&bytes);
                    assert!(!text.contains(SECRET) && !text.contains("root:"), "{what}: {path}");
                    assert!(!path.to_lowercase().ends_with(".svg") || !text.contains("alert"), "{what}: {path}");
                }
            }
            (found != *expected).then(|| format!("{what}: {found:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(files(), before, "somebody wrote into the folder of others");
}

#[test]
fn what_may_not_be_read_stops_the_program_with_its_name() {
    for path in [PROJECT, "content/projects/p/a.pdf", "content/projects/p", "site.toml"] {
        let site = site("content/projects/p/a.pdf", "x");
        let place = site.root().join(path);
        fs::set_permissions(&place, fs::Permissions::from_mode(0o000)).expect("it is ours");
        // The superuser reads everything: then there is nothing that may not be read.
        if File::open(&place).is_err() {
            let mut vetro = Command::new(env!("CARGO_BIN_EXE_vetro"));
            let ended = vetro
                .args(["build", "--lang", "it", "--root", site.root().as_str()])
                .output()
                .expect("it runs");
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert!(ended.status.code() == Some(2) && said.contains("Manca il permesso"), "{path}: {said}");
        }
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
}
