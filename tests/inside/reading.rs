//! Sites as they lie on disks: whatever an editor's program, an old export or a file system makes of a text, it is read as
//! a plain one, or the problem says why not.

#![expect(clippy::disallowed_methods, reason = "the tests make the files that are read")]

use std::fs;
use std::time::{Duration, Instant};

use super::common::SiteTest;
use crate::check::Drafts;
use crate::diagnostic::{Code, Diagnostic, Located, Place, Report};
use crate::parse;
use crate::source::{self, Content, SourceError, SourceTree};
use camino::Utf8PathBuf;

const PAGE: &str = "content/pages/città.md";

/// A page with a problem in its front matter and one in its text.
const FAULTY: &str = "---\ntitle: Perché\nléad: Così\n---\nGià: [giù](giù.md).\n";

/// The two problems of [`FAULTY`], as line, columns and code.
const FAULTS: [(usize, usize, usize, Code); 2] = [(3, 1, 5, Code::UnknownKey), (5, 6, 19, Code::BrokenLink)];

/// Everything that is wrong in a site.
fn check(site: &SiteTest) -> (SourceTree, Report) {
    let (tree, mut report) = source::read(&site.root()).expect("the site can be read");
    let options = crate::Options { drafts: Drafts::Include, ..site.options.clone() };
    report.extend(crate::Session::once(&tree, &options).1);
    (tree, report)
}

fn places(located: &[Located<'_>]) -> Vec<(usize, usize, usize, Code)> {
    located
        .iter()
        .map(|at| (at.location.line, at.location.column, at.location.end_column, at.diagnostic.code))
        .collect()
}

fn write(site: &SiteTest, path: &str, bytes: &[u8]) -> Utf8PathBuf {
    let path = site.root().join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
    fs::write(&path, bytes).expect("the file can be written");
    path
}

/// The one problem of a site.
fn only(report: &Report) -> &Diagnostic {
    let all: Vec<&Diagnostic> = report.iter().collect();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0]
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_move_no_problem() {
    let mark = "\u{feff}";
    let windows = FAULTY.replace('\n', "\r\n");
    for text in [FAULTY.to_owned(), format!("{mark}{FAULTY}"), windows.clone(), format!("{mark}{windows}")] {
        let site = SiteTest::new().file(PAGE, &text);
        let (tree, report) = check(&site);
        assert_eq!(places(&parse::locate(&tree, &report)), FAULTS, "{text:?}");
    }
}

#[test]
fn units_and_settings_with_a_mark_and_windows_line_ends_are_plain_ones() {
    let units = "\u{feff}- id: comune\r\n  name: Comune\r\n  knd: comune\r\n";
    let settings =
        "\u{feff}[site]\r\ntitle = \"È\"\r\nbase_url = \"https://example.org\"\r\n[brand]\r\nprimary = \"x\"\r\n";
    let site = SiteTest::new().file("content/units.yaml", units).file("site.toml", settings);
    let (tree, report) = check(&site);
    let expected = [(3, 3, 6, Code::UnknownKey), (5, 11, 14, Code::BadColour)];
    assert_eq!(places(&parse::locate(&tree, &report)), expected);
}

#[test]
fn settings_that_are_no_toml_are_shown_where_they_stop_being_it_behind_a_mark() {
    let site = SiteTest::new().file("site.toml", "\u{feff}[site]\r\ntitle = \"È\" \"\r\n");
    let (tree, report) = check(&site);
    let found = parse::locate(&tree, &report);
    assert_eq!((found[0].diagnostic.code, found[0].location.line, found[0].location.column), (Code::Syntax, 2, 13));
}

#[test]
fn a_closing_line_without_an_end_closes_the_front_matter() {
    for text in ["---\ntitle: Breve\n---", "---\r\ntitle: Breve\r\n---", "--- \ntitle: Breve\n---  "] {
        let site = SiteTest::new().file(PAGE, text);
        assert!(check(&site).1.is_empty(), "{text:?}");
    }
}

#[test]
fn a_text_in_an_old_encoding_is_shown_at_its_first_strange_letter() {
    let site = SiteTest::new();
    // "Attività" and "è" as Windows-1252 has them.
    write(&site, PAGE, b"---\r\ntitle: Note\r\nlead: Attivit\xe0 e pi\xf9\r\n---\r\nC\xe8 il testo.\r\n");
    let (tree, report) = check(&site);
    let problem = only(&report);
    let located = parse::locate(&tree, &report);
    assert_eq!(places(&located), [(3, 14, 15, Code::NotUtf8)]);
    assert_eq!((problem.arg("line"), problem.arg("byte")), (Some("3"), Some("E0")));
}

#[test]
fn a_text_of_sixteen_bits_a_letter_is_strange_from_its_first_byte() {
    let site = SiteTest::new();
    let bytes: Vec<u8> = "\u{feff}---\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    write(&site, PAGE, &bytes);
    let (tree, report) = check(&site);
    assert_eq!(places(&parse::locate(&tree, &report)), [(1, 1, 2, Code::NotUtf8)]);
}

#[test]
fn a_text_of_ten_megabytes_is_refused_without_being_read() {
    let site = SiteTest::new();
    write(&site, PAGE, &b"[".repeat(10 << 20));
    let begun = Instant::now();
    let (_, report) = check(&site);
    assert!(begun.elapsed() < Duration::from_secs(2));
    let problem = only(&report);
    assert_eq!((problem.code, &problem.place), (Code::TooLarge, &Place::File));
    assert_eq!((problem.arg("size"), problem.arg("limit")), (Some("10240 KB"), Some("1024 KB")));
}

#[test]
fn nobody_is_told_that_a_record_that_cannot_be_read_does_not_exist() {
    let site = SiteTest::new();
    write(&site, "content/projects/casa/index.md", b"---\ncode: C1\ntitle: Citt\xe0\nunit: comune\n---\n");
    write(&site, "content/objectives/2020/Z1.md", &b"x".repeat(2 << 20));
    site.write("content/projects/casa/updates/2020-01-01-avvio.md", "---\ntitle: Avvio\n---\n");
    site.write(
        "content/objectives/2021/Z2.md",
        "---\ntitle: Due\nunit: comune\ncontinues: [Z1]\nprojects: [C1, casa]\n---\n[uno](../2020/Z1.md)\n",
    );
    let (_, report) = check(&site);
    let codes: Vec<Code> = report.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::TooLarge, Code::NotUtf8]);
}

#[test]
fn what_is_published_may_refer_to_what_is_not_yet() {
    let site = SiteTest::new()
        .file("content/projects/casa/index.md", "---\ncode: C1\ntitle: Casa\nunit: comune\ndraft: true\n---\n")
        .file("content/projects/casa/updates/2020-01-01-avvio.md", "---\ntitle: Avvio\n---\n")
        .file("content/objectives/2020/Z1.md", "---\ntitle: Uno\nunit: comune\ndraft: true\n---\n")
        .file(
            "content/objectives/2021/Z2.md",
            "---\ntitle: Due\nunit: comune\ncontinues: [Z1]\nprojects: [C1, casa]\n---\n",
        );
    assert!(check(&site).1.is_empty());
    site.build();
    let paths: Vec<String> = site.published().into_iter().map(|(path, _)| path).collect();
    assert!(paths.iter().any(|path| path == "2021/z2/index.html"));
    assert!(
        !paths
            .iter()
            .any(|path| path.contains("casa") || path.contains("avvio") || path.starts_with("2020/"))
    );
}

#[test]
fn names_with_accents_meet_in_either_spelling() {
    let (composed, parted) = ("citt\u{e0}", "citta\u{300}");
    for (on_disk, in_text) in [(composed, parted), (parted, composed)] {
        let site = SiteTest::new()
            .file(&format!("content/pages/{on_disk}.md"), "---\ntitle: Pagina\n---\n")
            .file(
                &format!("content/projects/{on_disk}/index.md"),
                &format!(
                    "---\ntitle: Progetto\nunit: comune\ndocuments: [{{title: Atto, file: {in_text}.pdf}}]\n---\n\
                 ![Una foto]({in_text}.jpg) e [l’atto]({in_text}.pdf)\n"
                ),
            )
            .file(
                "content/objectives/2020/Z1.md",
                &format!(
                    "---\ntitle: Uno\nunit: comune\nprojects: [{in_text}]\n---\n\
                 [pagina](/pages/{in_text}.md), [progetto](../../projects/{in_text}/index.md), [{in_text}]({in_text})\n"
                ),
            );
        for ending in ["pdf", "jpg"] {
            write(&site, &format!("content/projects/{on_disk}/{on_disk}.{ending}"), b"1");
        }
        let (tree, report) = check(&site);
        assert_eq!(places(&parse::locate(&tree, &report)), [], "{on_disk:?}");
    }
}

#[test]
fn files_of_tools_are_passed_over() {
    let site = SiteTest::new()
        .file("content/pages/.nota.md", "Non è una scheda")
        .file("content/pages/nota.md~", "Non è una scheda")
        .file("content/.git/config.toml", "Non è TOML")
        .file(".nascosta/pagina.md", "Non è del sito");
    let (tree, report) = check(&site);
    assert!(report.is_empty());
    let paths: Vec<&str> = tree.files().map(|(_, file)| &*file.path).collect();
    assert_eq!(paths, ["content/units.yaml", "site.toml"]);
}

#[test]
fn a_folder_that_is_not_there_is_an_error_of_the_program() {
    let site = SiteTest::new();
    assert!(matches!(source::read(&site.root().join("altrove")), Err(SourceError::NoRoot(_))));
}

#[cfg(unix)]
mod on_unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::*;

    /// The paths of files that may not be read, and why.
    fn barred(site: &SiteTest) -> Vec<(String, String)> {
        let (tree, report) = source::read(&site.root()).expect("the rest can be read");
        let barred = parse::locate(&tree, &report).into_iter().map(|problem| {
            assert_eq!(problem.diagnostic.code, Code::BarredFile);
            (problem.path.to_owned(), problem.diagnostic.arg("case").expect("a case").to_owned())
        });
        barred.collect()
    }

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(path, case)| ((*path).to_owned(), (*case).to_owned())).collect()
    }

    #[test]
    fn a_link_that_stays_in_the_site_is_read_and_one_that_leaves_it_is_not() {
        let outside = SiteTest::new().file("segreto.md", "---\ntitle: Segreto\n---\n");
        let site = SiteTest::new().file(PAGE, "---\ntitle: Pagina\n---\n");
        symlink("città.md", site.root().join("content/pages/rimando.md")).expect("a link");
        symlink(outside.root().join("segreto.md"), site.root().join("content/pages/segreto.md")).expect("a link");
        symlink(outside.root(), site.root().join("content/projects")).expect("a link");
        let (tree, report) = check(&site);
        let found = parse::locate(&tree, &report);
        let files: Vec<(&str, Code)> = found.iter().map(|problem| (problem.path, problem.diagnostic.code)).collect();
        assert_eq!(files, [("content/pages/segreto.md", Code::BarredFile), ("content/projects", Code::BarredFile)]);
        let followed = tree
            .find("content/pages/rimando.md")
            .and_then(|id| tree.file(id))
            .expect("the link is a file");
        assert!(matches!(&followed.content, Content::Text(text) if text.contains("Pagina")));
        assert!(tree.files().all(|(id, _)| !tree.text(id).contains("Segreto")));
    }

    #[test]
    fn settings_that_are_a_link_out_of_the_site_are_not_read() {
        let outside = SiteTest::new();
        let site = SiteTest::new();
        site.remove("site.toml");
        symlink(outside.root().join("site.toml"), site.root().join("site.toml")).expect("a link");
        assert_eq!(only(&check(&site).1).code, Code::BarredFile);
    }

    #[test]
    fn a_loop_of_links_is_told_and_no_endless_walk() {
        let site = SiteTest::new();
        fs::create_dir_all(site.root().join("content/pages")).expect("a folder");
        symlink("..", site.root().join("content/pages/su")).expect("a link");
        symlink("a.pdf", site.root().join("content/pages/a.pdf")).expect("a link");
        assert_eq!(barred(&site), owned(&[("content/pages/a.pdf", "loop"), ("content/pages/su", "loop")]));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_told_unless_it_is_a_tool_s() {
        let site = SiteTest::new().file(PAGE, "---\ntitle: Pagina\n---\n");
        symlink("anna@ufficio.1234", site.root().join("content/pages/.#città.md")).expect("a link");
        assert!(check(&site).1.is_empty());
        symlink("niente.md", site.root().join("content/pages/rotto.md")).expect("a link");
        assert_eq!(barred(&site), owned(&[("content/pages/rotto.md", "missing")]));
    }

    #[test]
    fn content_that_is_a_link_that_leads_nowhere_is_not_an_empty_site() {
        let site = SiteTest::new();
        fs::rename(site.root().join("content"), site.root().join("altrove")).expect("the folder can be moved");
        symlink("non-montata", site.root().join("content")).expect("a link");
        assert_eq!(barred(&site), owned(&[("content", "missing")]));
    }

    #[test]
    fn what_is_neither_a_file_nor_a_folder_is_told_and_not_opened() {
        let site = SiteTest::new();
        let _listening = UnixListener::bind(site.root().join("content/presa")).expect("a socket");
        symlink("/dev/zero", site.root().join("content/zero.pdf")).expect("a link");
        symlink("presa", site.root().join("content/a.md")).expect("a link");
        let told = [("content/a.md", "no_file"), ("content/presa", "no_file"), ("content/zero.pdf", "outside")];
        assert_eq!(barred(&site), owned(&told));
    }

    #[test]
    fn links_to_what_is_hidden_left_over_or_a_sheet_are_not_followed() {
        let site = SiteTest::new()
            .file(".env", "segreto")
            .file("content/.git/config", "segreto")
            .file("content/pages/bozza.md", "---\ntitle: Segreto\ndraft: true\n---\n")
            .file("content/pages/vecchia.pdf.bak", "segreto")
            .file("content/projects/p/index.md", "---\ntitle: P\nunit: comune\n---\n");
        for (target, name) in [
            ("../../../.env", "a.pdf"),
            ("../../.git/config", "b.pdf"),
            ("../../pages/bozza.md", "c.pdf"),
            ("../../pages/vecchia.pdf.bak", "d.pdf"),
            ("../../../site.toml", "e.pdf"),
            ("../../.git", "f"),
            ("../../pages", "g"),
        ] {
            symlink(target, site.root().join("content/projects/p").join(name)).expect("a link");
        }
        let barred = barred(&site);
        let told = [
            ("content/projects/p/a.pdf", "hidden"),
            ("content/projects/p/b.pdf", "hidden"),
            ("content/projects/p/c.pdf", "unpublished"),
            ("content/projects/p/d.pdf", "hidden"),
            ("content/projects/p/e.pdf", "outside"),
            ("content/projects/p/f", "hidden"),
        ];
        assert_eq!(barred, owned(&told));
    }

    #[test]
    fn a_file_that_may_not_be_read_is_an_error() {
        let site = SiteTest::new().file(PAGE, "---\ntitle: Pagina\n---\n");
        let path = site.root().join(PAGE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("the permissions can be set");
        // The superuser reads everything: then there is nothing that may not be read.
        if fs::read(&path).is_err() {
            let read = source::read(&site.root());
            assert!(matches!(&read, Err(SourceError::Unreadable { path, .. }) if path.ends_with(PAGE)), "{read:?}");
        }
    }

    #[test]
    fn a_name_that_is_no_text_is_told_and_its_file_is_not_read() {
        let site = SiteTest::new();
        let name = OsStr::from_bytes(b"content/citt\xe0.md");
        if fs::write(site.root().as_std_path().join(name), "").is_ok() {
            let (_, report) = source::read(&site.root()).expect("the rest can be read");
            assert_eq!(report.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::UnfitName]);
        }
    }
}
