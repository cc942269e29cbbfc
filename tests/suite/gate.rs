//! Only what is part of the site is published: what is named, linked or laid beside a record passes one gate.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

use std::fs;

use crate::common::SiteTest;
use vetro::{Code, Outcome};

const PROJECT: &str = "content/projects/p/index.md";
const SHEET: &str = "---\ntitle: Ponte\nunit: comune\n---\n";

fn site() -> SiteTest {
    SiteTest::new().file(PROJECT, SHEET)
}

/// The sites's own settings with more of them.
fn settings(more: &str) -> String {
    format!("[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n[check]\nprofiles = []\n{more}")
}

fn holds(site: &SiteTest, words: &str) -> bool {
    let published = if site.output().exists() { site.published() } else { Vec::new() };
    published
        .iter()
        .any(|(_, bytes)| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
}

#[test]
fn a_file_that_settings_name_is_one_of_the_site() {
    for (name, code) in [
        (".git/config", Code::BarredName),
        (".env", Code::BarredName),
        ("assets/.env", Code::BarredName),
        ("content/pages/bozza.md", Code::BarredName),
        ("content/pages/bozza.png", Code::BarredName),
        ("content/projects/nessuno/a.png", Code::BarredName),
        ("content/projects/p/vecchio.png.bak", Code::BarredName),
        ("site.toml", Code::BarredName),
        ("../segreto", Code::BarredName),
        ("/etc/hostname", Code::BarredName),
        ("assets", Code::BarredName),
        ("assets/manca.svg", Code::BrokenLink),
    ] {
        for key in ["[city]\nlogo", "[city]\nlogo_dark", "[theme]\nextra_css", "[theme]\nbootstrap_italia_css"] {
            let site = site()
                .file(".git/config", "SEGRETO")
                .file(".env", "SEGRETO")
                .file("assets/.env", "SEGRETO")
                .file("content/pages/bozza.md", "---\ntitle: SEGRETO\ndraft: true\n---\n")
                .file("content/pages/bozza.png", "SEGRETO")
                .file("content/projects/nessuno/a.png", "SEGRETO")
                .file("content/projects/p/vecchio.png.bak", "SEGRETO")
                .file("site.toml", &settings(&format!("{key} = \"{name}\"\n")));
            let (outcome, codes) = site.try_build();
            assert!(matches!(outcome, Outcome::Wrong), "{name}");
            assert!(codes.contains(&code), "{name}: {codes:?}");
            assert!(!holds(&site, "SEGRETO"), "{name}");
        }
    }
}

#[test]
fn a_published_drawing_of_a_record_may_be_named_and_is_cleaned() {
    let site = site()
        .file(
            "content/projects/p/stemma.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script><path d=\"M0 0h9\"/></svg>",
        )
        .file("site.toml", &settings("[city]\nlogo = \"content/projects/p/stemma.svg\"\n"));
    let (outcome, codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Published { .. }), "{codes:?}");
    assert!(holds(&site, "M0 0h9") && !holds(&site, "alert(1)"));
}

#[test]
fn what_runs_script_is_left_out_and_told_and_drawings_are_cleaned() {
    let script = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script><path d=\"M0 0h9\"/></svg>";
    let names = [
        "a.html",
        "a.HTM",
        "a.xhtml",
        "a.xht",
        "a.xml",
        "a.xsl",
        "a.js",
        "a.mjs",
        "a.php",
        "a.php.pdf",
        "a.PHTML",
        "a.shtml",
        "a.svgz",
        "a.mht",
        "a.rdf",
        "a.kml",
        "a.swf",
        "a.html.it",
        "a.html.gz",
        "a.svg.de",
        "a.svg.gz.bak1",
    ];
    let sheet = "---\ntitle: Ponte\nunit: comune\n---\n![Il disegno](b.svg) e [i dati](a.xml)\n";
    let all = names
        .iter()
        .fold(site(), |site, name| site.file(&format!("content/projects/p/{name}"), script));
    let site = all.file("content/projects/p/b.svg", script).file(PROJECT, sheet);
    let (outcome, codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Published { .. }), "{codes:?}");
    assert_eq!(codes, [Code::ScriptFile; 21]);
    assert!(!holds(&site, "alert(1)"));
    assert!(site.read("progetti/p/b.svg").contains("M0 0h9"));
    for name in [
        "relazione.pdf",
        "dati.csv",
        "S.p.A.-bilancio.pdf",
        "dati.json",
        "piano.docx",
        "foto.jpg",
        "a.zip",
        "a.txt",
        "fattura.xml.p7m",
        "pagina.html.zip",
        "a.csv.gz",
    ] {
        let site = self::site().file(&format!("content/projects/p/{name}"), "x");
        assert_eq!(site.try_build().1, [], "{name}");
        assert_eq!(site.read(&format!("progetti/p/{name}")), "x");
    }
}

#[test]
fn a_drawing_that_cannot_be_read_stops_the_build() {
    for drawing in ["<svg", "", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>"] {
        let site = site().file("content/projects/p/b.svg", drawing);
        let (outcome, codes) = site.try_build();
        assert!(matches!(outcome, Outcome::Wrong), "{drawing}");
        assert_eq!(codes, [Code::BadDrawing], "{drawing}");
    }
}

#[cfg(unix)]
#[test]
fn links_publish_nothing_but_what_is_published_in_its_own_place() {
    use std::os::unix::fs::symlink;

    let outside = SiteTest::new().file("segreto.png", "SEGRETO");
    let site = site()
        .file("content/projects/q/index.md", "---\ntitle: Q\nunit: comune\ndraft: true\n---\n")
        .file("content/projects/q/bozza.png", "SEGRETO")
        .file("content/projects/p/vero.png", "vero");
    let root = site.root();
    fs::create_dir_all(root.join("assets")).expect("a folder");
    symlink(outside.root().join("segreto.png"), root.join("assets/x.css")).expect("a link");
    symlink("../q/bozza.png", root.join("content/projects/p/a.png")).expect("a link");
    symlink("../q", root.join("content/projects/p/b")).expect("a link");
    symlink("vero.png", root.join("content/projects/p/c.png")).expect("a link");
    let (_, codes) = site.try_build();
    assert!(!holds(&site, "SEGRETO"), "{codes:?}");
    assert_eq!(site.read("progetti/p/c.png"), "vero");
    site.write("site.toml", &settings("[theme]\nextra_css = \"assets/x.css\"\n"));
    let (_, codes) = site.try_build();
    assert!(codes.contains(&Code::BarredName) && !holds(&site, "SEGRETO"), "{codes:?}");
}
