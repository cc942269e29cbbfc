//! Names that editors, systems and programs give to files, codes and types: what `check` says of them, and what `build`
//! does with them, is one and the same.

#![expect(clippy::disallowed_methods, reason = "tests make folders and read what was published")]

use std::collections::BTreeSet;
use std::fs;

use crate::check::Drafts;
use crate::diagnostic::Code;
use crate::{Options, Outcome};
use rayon::prelude::*;

use super::common::SiteTest;

/// A site with a record of each kind.
fn site() -> SiteTest {
    SiteTest::new()
        .file("content/objectives/2020/A1.md", "---\ntitle: Uno\nunit: comune\n---\n")
        .file("content/projects/ponte/index.md", "---\ntitle: Ponte\nunit: comune\n---\n")
        .file("content/projects/ponte/updates/2021-03-01-gara.md", "---\ntitle: La gara\n---\n")
        .file("content/pages/mercato.md", "---\ntitle: Mercato\n---\n")
}

/// Writes a file, where the file system takes its name.
fn lay(site: &SiteTest, path: &str, text: &str) -> bool {
    let path = site.root().join(path);
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder).is_ok() && fs::write(&path, text).is_ok()
}

/// What `check` says: the codes with the paths of their files, and whether one is an error.
fn checked(site: &SiteTest) -> (Vec<(String, Code)>, bool) {
    let options = Options { drafts: Drafts::Include, ..site.options.clone() };
    let (tree, edition, mut report) = crate::Session::once_in(&site.root(), &options).expect("the site can be read");
    if let Some(edition) = &edition {
        report.extend(crate::look_back(edition, &site.root(), &site.output()));
    }
    let said = crate::locate(&tree, &report)
        .iter()
        .map(|found| (found.path.to_owned(), found.diagnostic.code))
        .collect();
    (said, report.errors() > 0)
}

/// Builds, and gives what `check` said, which must be what `build` says and does.
fn agreed(site: &SiteTest, what: &str) -> Vec<(String, Code)> {
    let (said, is_wrong) = checked(site);
    let (outcome, codes) = site.try_build();
    assert_eq!(is_wrong, matches!(outcome, Outcome::Wrong), "{what}: {said:?}");
    let (mut checked, mut built): (Vec<Code>, Vec<Code>) = (said.iter().map(|(_, code)| *code).collect(), codes);
    checked.sort();
    built.sort();
    assert_eq!(checked, built, "{what}");
    said
}

fn codes(said: &[(String, Code)]) -> Vec<Code> {
    said.iter().map(|(_, code)| *code).collect()
}

/// The paths of published files.
fn published(site: &SiteTest) -> BTreeSet<String> {
    site.published().into_iter().map(|(path, _)| path).collect()
}

const SHEET: &str = "---\ntitle: Un titolo\nunit: comune\n---\n";

type Lay = fn(&SiteTest, &str) -> bool;

/// Whatever an editor gives a name to, and how.
const RECORDS: [(&str, Lay); 13] = [
    ("objective", |site, name| lay(site, &format!("content/objectives/2020/{name}.md"), SHEET)),
    ("project", |site, name| lay(site, &format!("content/projects/{name}/index.md"), SHEET)),
    ("update", |site, name| {
        lay(site, &format!("content/projects/ponte/updates/2021-05-06-{name}.md"), "---\ntitle: Una notizia\n---\n")
    }),
    ("page", |site, name| lay(site, &format!("content/pages/{name}.md"), "---\ntitle: Una pagina\n---\n")),
    ("plan", |site, name| lay(site, &format!("content/plans/{name}.yaml"), "title: Piano\nadministration: comune\n")),
    ("node", |site, name| {
        let nodes = format!("title: Piano\nadministration: comune\nnodes:\n  - {{code: \"{name}\", title: Nodo}}\n");
        lay(site, "content/plans/dup.yaml", &nodes)
    }),
    ("unit", |site, name| {
        let units =
            format!("- {{id: comune, name: Comune}}\n- {{id: \"comune/{name}\", name: Ufficio, parent: comune}}\n");
        lay(site, "content/units.yaml", &units)
    }),
    ("code", |site, name| {
        let sheet = format!("---\ncode: \"{name}\"\ntitle: Due\nunit: comune\n---\n");
        lay(site, "content/objectives/2020/B2.md", &sheet)
    }),
    ("type", |site, name| {
        let sheet = format!("---\ntitle: Due\nunit: comune\ntype: \"{name}\"\n---\n");
        lay(site, "content/objectives/2020/B2.md", &sheet)
    }),
    ("thread", |site, name| {
        let sheet = format!("---\ntitle: Due\nunit: comune\nindicators:\n  - {{title: I, thread: \"{name}\"}}\n---\n");
        lay(site, "content/objectives/2020/B2.md", &sheet)
    }),
    ("old address", |site, name| {
        let sheet = format!("---\ntitle: Due\naliases: [\"/{name}\"]\n---\n");
        lay(site, "content/pages/due.md", &sheet)
    }),
    ("old address below a page", |site, name| {
        let sheet = format!("---\ntitle: Due\naliases: [\"/progetti/ponte/{name}\"]\n---\n");
        lay(site, "content/pages/due.md", &sheet)
    }),
    ("old address below a file", |site, name| {
        let sheet = format!("---\ntitle: Due\naliases: [\"/vecchio/{name}\", \"/vecchio/{name}/foto.html\"]\n---\n");
        lay(site, "content/pages/due.md", &sheet)
    }),
];

/// The files beside records, and how an editor names one.
const FILES: [(&str, Lay); 5] = [
    ("file of an objective", |site, name| lay(site, &format!("content/objectives/2020/A1-{name}"), "x")),
    ("file of a project", |site, name| lay(site, &format!("content/projects/ponte/{name}"), "x")),
    ("file of an update", |site, name| lay(site, &format!("content/projects/ponte/updates/{name}"), "x")),
    ("file of a page", |site, name| lay(site, &format!("content/pages/mercato-{name}"), "x")),
    ("file of a theme", |site, name| {
        site.write("themes/mio/theme.toml", "api = 1\nname = \"mio\"\nversion = \"1\"\n");
        site.write("site.toml", "[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\n[theme]\nname = \"mio\"\n");
        lay(site, &format!("themes/mio/static/{name}"), "x")
    }),
];

/// The name of the update of the site, at whose address a file would cover its page.
const UPDATE: &str = "2021-03-01-gara";

/// Names that some system, server or program takes badly.
fn hostile() -> Vec<String> {
    let names = [
        "10:30",
        "chi?",
        "a|b<c",
        "CON",
        "nul",
        "com1.pdf",
        "lpt¹",
        "x.",
        "x ",
        ".x",
        "index.html",
        "index.json",
        "index",
        "feed.xml",
        "Index.HTML",
        "404.html",
        "404",
        "2020",
        "stato",
        "assets",
        "data",
        "en",
        "gara",
        UPDATE,
        "a1",
        "relazione.pdf",
        "città.pdf",
        "citta\u{300}.pdf",
        "a\u{202e}b.pdf",
        "*",
        "a%2fb",
        "a&b=c.pdf",
        "theme.css",
        "fonts",
        "x.de",
        "Thumbs.db",
        "a\\\\b",
    ];
    let long = ["a".repeat(235), "è".repeat(120), "北".repeat(78), "a".repeat(300), format!("{}.pdf", "b".repeat(244))];
    names.into_iter().map(str::to_owned).chain(long).collect()
}

#[test]
fn what_check_says_of_a_hostile_name_build_does() {
    let names = hostile();
    let pairs: Vec<(&(&str, Lay), &String)> =
        RECORDS.iter().flat_map(|kind| names.iter().map(move |name| (kind, name))).collect();
    let laid = pairs.par_iter().filter(|((kind, lay), name)| {
        let site = site();
        let is_laid = lay(&site, name);
        if is_laid {
            agreed(&site, &format!("{kind} {name}"));
        }
        is_laid
    });
    // Only names that the file system itself refuses are left out.
    assert!(laid.count() > pairs.len() * 9 / 10);
}

#[test]
fn each_file_of_a_hostile_name_is_published_or_told() {
    FILES.par_iter().for_each(|(kind, lay)| {
        let site = site();
        site.build();
        let before = published(&site).len();
        let laid = hostile().iter().filter(|name| *name != UPDATE && lay(&site, name)).count();
        let said = agreed(&site, kind);
        let told: BTreeSet<&String> = said.iter().map(|(path, _)| path).collect();
        assert_eq!(told.len(), said.len(), "{kind}: each is told once");
        let names: Vec<String> = published(&site).into_iter().collect();
        // `.x` is hidden, where it doesn't come after the name of a record.
        let hidden = usize::from(!["file of an objective", "file of a page"].contains(kind));
        // A theme's stylesheet comes in place of the default one.
        let replaced = usize::from(*kind == "file of a theme");
        assert_eq!(names.len() - before, laid - told.len() - hidden - replaced, "{kind}: {said:?} {names:?}");
    });
}

#[test]
fn what_check_says_of_two_spellings_of_one_name_build_does() {
    let spellings = [
        ("Rel.pdf", "rel.pdf"),
        ("citt\u{e0}.pdf", "citta\u{300}.pdf"),
        ("STRASSE", "straße"),
        ("A+", "A"),
        ("a b", "a-b"),
    ];
    RECORDS.iter().chain(&FILES).par_bridge().for_each(|(kind, lay)| {
        for (one, other) in spellings {
            let site = site();
            if lay(&site, one) && lay(&site, other) {
                agreed(&site, &format!("{kind} {one} {other}"));
            }
        }
    });
}

#[test]
fn a_file_that_would_cover_a_page_is_an_error_at_its_place() {
    for path in ["content/projects/ponte/2021-03-01-gara", "content/projects/ponte/updates/2021-03-01-GARA"] {
        assert_eq!(agreed(&site().file(path, "x"), path), [(path.to_owned(), Code::SameAddress)]);
    }
}

#[test]
fn no_file_takes_the_place_of_one_that_vetro_writes_beside_a_page() {
    let site = site().file("content/pages/index.md", "---\ntitle: Inizio\n---\n");
    site.build();
    for (folder, of) in [("progetti/ponte/", "content/projects/ponte/"), ("index/", "content/pages/")] {
        let own: Vec<String> = published(&site)
            .into_iter()
            .filter_map(|path| Some(path.strip_prefix(folder)?.to_owned()).filter(|name| !name.contains('/')))
            .collect();
        assert!(own.contains(&"index.html".to_owned()), "{own:?}");
        for name in own {
            let path = format!("{of}{name}");
            site.write(&path, "mine");
            assert_eq!(agreed(&site, &name), [(path.clone(), Code::SameFile)]);
            assert_ne!(site.read(&format!("{folder}{name}")), "mine");
            site.remove(&path);
        }
    }
}

#[test]
fn what_programs_and_systems_leave_is_told_and_not_published() {
    let left = [
        "~$relazione.docx",
        "Thumbs.db",
        "desktop.ini",
        "index.md.bak",
        "index.md.orig",
        "index.md.rej",
        "index.tmp",
        "index.md.swp",
        "#index.md#",
        "relazione - Copia.pdf",
        "Copia di relazione.pdf",
        "relazione.pdf.crdownload",
    ];
    let site = site().file("content/projects/ponte/relazione.pdf", "x");
    left.iter().for_each(|name| site.write(&format!("content/projects/ponte/{name}"), "x"));
    // Locks of sheets are no text.
    fs::write(site.root().join("content/pages/~$mercato.md"), b"\xff\x00").expect("the file can be written");
    site.write("content/pages/Copia di mercato.md", "---\ntitle: Una copia\n---\n");
    site.write("content/projects/ponte - Copia/index.md", SHEET);
    let said = agreed(&site, "leftovers");
    assert_eq!(codes(&said), vec![Code::Leftover; left.len() + 3]);
    let beside: Vec<String> = published(&site).into_iter().filter(|path| path.starts_with("progetti/ponte")).collect();
    assert!(beside.contains(&"progetti/ponte/relazione.pdf".to_owned()));
    for path in published(&site) {
        assert!(!left.iter().any(|name| path.ends_with(name)) && !path.contains("opia"), "{path}");
    }
}

#[test]
fn hidden_files_are_neither_published_nor_told() {
    let site = site();
    [".DS_Store", ".~lock.x.odt#", "index.md~", ".index.md.swp"]
        .iter()
        .for_each(|name| site.write(&format!("content/projects/ponte/{name}"), "x"));
    assert_eq!(agreed(&site, "hidden"), []);
    assert!(
        !published(&site)
            .iter()
            .any(|path| path.contains("DS_Store") || path.contains(".odt") || path.ends_with('~'))
    );
}

#[test]
fn a_copy_without_its_original_is_a_file_like_any() {
    let site = site().file("content/projects/ponte/Copia di delibera.pdf", "x");
    assert_eq!(agreed(&site, "a copy of something else"), []);
    assert!(published(&site).contains("progetti/ponte/Copia di delibera.pdf"));
}

#[test]
fn a_sheet_with_another_ending_is_told() {
    for (path, wanted) in [
        ("content/objectives/2020/A1.de.markdown", true),
        ("content/objectives/2020/B2.MD", true),
        ("content/projects/molo/index.md.txt", true),
        ("content/pages/due.mkd", true),
        ("content/plans/dup.YAML", true),
        ("content/projects/ponte/leggimi.markdown", false),
        ("content/projects/ponte/leggimi.txt", false),
    ] {
        let site = site().file(path, SHEET);
        let told = if wanted { vec![(path.to_owned(), Code::OtherEnding)] } else { Vec::new() };
        assert_eq!(agreed(&site, path), told);
    }
}

const DRAFT: &str = "---\ntitle: Bozza\nunit: comune\ndraft: true\n---\n";

#[test]
fn nothing_beside_a_draft_is_published_and_check_and_build_say_so() {
    for (draft, file) in [
        ("content/objectives/2020/D1.md", "content/objectives/2020/D1-verbale.pdf"),
        ("content/objectives/2020/A1-bozza.md", "content/objectives/2020/A1-bozza-verbale.pdf"),
        ("content/projects/molo/index.md", "content/projects/molo/verbale.pdf"),
        ("content/projects/molo/index.md", "content/projects/molo/updates/verbale.pdf"),
        (
            "content/projects/ponte/updates/2021-08-01-bozza.md",
            "content/projects/ponte/updates/2021-08-01-bozza-verbale.pdf",
        ),
        ("content/projects/ponte/updates/2021-03-01.md", "content/projects/ponte/updates/2021-03-01_verbale.pdf"),
        ("content/pages/bozza.md", "content/pages/bozza-verbale.pdf"),
    ] {
        let text = if draft.contains("updates") || draft.contains("pages") {
            DRAFT.replace("unit: comune\n", "")
        } else {
            DRAFT.into()
        };
        let mut site = site().file(draft, &text).file(file, "x");
        assert_eq!(agreed(&site, file), [(file.to_owned(), Code::BesideFields)]);
        assert!(!published(&site).iter().any(|path| path.ends_with(".pdf")), "{file}");
        site.options.drafts = Drafts::Include;
        site.build();
        assert_eq!(published(&site).iter().filter(|path| path.ends_with("verbale.pdf")).count(), 1, "{file}");
    }
}

#[test]
fn a_file_of_an_update_is_that_of_the_draft_that_alone_names_it() {
    let draft = "---\ntitle: Bozza\ndraft: true\n---\nCon ![una foto](foto.jpg).\n";
    let (path, file) =
        ("content/projects/ponte/updates/2021-08-01-bozza.md", "content/projects/ponte/updates/foto.jpg");
    let site = site().file(path, draft).file(file, "x");
    assert_eq!(agreed(&site, "named by a draft"), [(file.to_owned(), Code::BesideFields)]);
    site.write("content/projects/ponte/index.md", &format!("{SHEET}Con ![una foto](updates/foto.jpg).\n"));
    assert_eq!(agreed(&site, "named by the project too"), []);
    assert!(published(&site).contains("progetti/ponte/foto.jpg"));
}

#[test]
fn a_link_to_a_draft_leads_nowhere_until_it_is_published_and_stops_nothing() {
    let links = "---\ntitle: Mercato\n---\n[Uno](D1), [due](../objectives/2020/D1.md), [tre](../objectives/2020/D1-a.pdf), \
                 [quattro](bozza.md), [sei](/2020/d1/), [sette](/bozza/), ![cinque](../objectives/2020/D1-b.png)\n";
    let mut site = site()
        .file("content/objectives/2020/D1.md", DRAFT)
        .file("content/objectives/2020/D1-a.pdf", "x")
        .file("content/objectives/2020/D1-b.png", "x")
        .file("content/pages/bozza.md", "---\ntitle: Bozza\ndraft: true\n---\n")
        .file("content/pages/mercato.md", links);
    assert_eq!(codes(&agreed(&site, "links")), [Code::BesideFields; 2]);
    let page = site.main("mercato/index.html");
    for word in ["Uno", "due", "tre", "quattro", "sei", "sette"] {
        assert!(page.contains(word) && !page.contains(&format!(">{word}</a>")), "{word} in {page}");
    }
    site.options.drafts = Drafts::Include;
    site.build();
    let page = site.main("mercato/index.html");
    for word in ["Uno", "due", "tre", "quattro", "sei", "sette"] {
        assert!(page.contains(&format!(">{word}</a>")), "{word} in {page}");
    }
    // What a draft has never had is a mistake.
    site.write("content/pages/mercato.md", &links.replace("D1-a", "D1-c"));
    site.options.drafts = Drafts::Exclude;
    assert!(codes(&agreed(&site, "a wrong link")).contains(&Code::BrokenLink));
}

#[test]
fn a_file_beside_a_free_page_is_published_beside_it() {
    let site = site()
        .file("content/pages/mercato.md", "---\ntitle: M\n---\n[a](relazione.pdf) ![b](foto%20nuova.png)\n")
        .file("content/pages/sagra.md", "---\ntitle: S\n---\n[a](relazione.pdf) <a href=\"mappa.pdf\">b</a>\n");
    for name in ["relazione.pdf", "foto nuova.png", "mappa.pdf", "sagra-orari.pdf", "nessuno.pdf"] {
        site.write(&format!("content/pages/{name}"), "x");
    }
    assert_eq!(agreed(&site, "pages"), [("content/pages/nessuno.pdf".to_owned(), Code::UnknownFile)]);
    let published = published(&site);
    for path in ["mercato/relazione.pdf", "mercato/foto nuova.png", "sagra/mappa.pdf", "sagra/sagra-orari.pdf"] {
        assert!(published.contains(path), "{path} in {published:?}");
    }
    assert!(
        !published
            .iter()
            .any(|path| path.ends_with("nessuno.pdf") || path == "sagra/relazione.pdf")
    );
    for page in ["mercato/index.html", "sagra/index.html"] {
        assert!(site.main(page).contains("href=\"../mercato/relazione.pdf\""), "{page}");
    }
}

#[test]
fn a_name_is_published_and_linked_in_one_form_however_its_accents_are_written() {
    let form = |accent: &str| {
        let name = |name: &str| name.replace('à', accent);
        let site = SiteTest::new();
        let project = name("content/projects/città");
        let link = name("[relazione](<attività.pdf>)");
        let documents = name("documents: [{title: D, file: attività.pdf}]");
        site.write(&format!("{project}/index.md"), &format!("---\ntitle: C\nunit: comune\n{documents}\n---\n{link}\n"));
        site.write(&name(&format!("{project}/attività.pdf")), "x");
        site.write(&name(&format!("{project}/updates/2021-03-01-novità.md")), "---\ntitle: N\n---\n");
        site.write(&name("content/objectives/2020/unità.md"), &format!("{SHEET}[x]({})\n", name("unità-piano.pdf")));
        site.write(&name("content/objectives/2020/unità-piano.pdf"), "x");
        site.write(&name("content/pages/novità.md"), &format!("---\ntitle: N\n---\n[x]({})\n", name("carità.pdf")));
        site.write(&name("content/pages/carità.pdf"), "x");
        assert_eq!(agreed(&site, accent), []);
        let mut files = site.published();
        files.retain(|(path, _)| !path.starts_with(".vetro"));
        files
    };
    let (composed, decomposed) = (form("\u{e0}"), form("a\u{300}"));
    for ((path, bytes), (other, others)) in composed.iter().zip(&decomposed) {
        assert_eq!(path, other);
        // A text keeps the letters that its author typed; addresses and ids are in one form.
        if path.ends_with("feed.xml") || path.ends_with("feed/index.html") {
            assert!(bytes == others, "{path}");
        }
    }
    let page = |files: &[(String, Vec<u8>)]| {
        let page = files.iter().find(|(path, _)| path == "progetti/citta/index.html").expect("a page");
        let html = String::from_utf8_lossy(&page.1).into_owned();
        html.split("href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(page(&composed), page(&decomposed));
    assert!(page(&composed).iter().any(|href| href.contains("attivit%C3%A0.pdf")), "{:?}", page(&composed));
}

/// The ids of the news in the feed.
fn ids(site: &SiteTest) -> Vec<String> {
    let feed = site.read("feed.xml");
    let ids = feed
        .split("<guid")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('>')?.1.split_once('<')?.0.to_owned()));
    ids.collect()
}

#[test]
fn a_new_address_of_the_site_is_told_with_the_line_that_keeps_the_ids_of_feeds() {
    let settings = |base: &str, more: &str| format!("[site]\ntitle = \"P\"\nbase_url = \"{base}\"\n{more}");
    let site = site().file("site.toml", &settings("https://vecchio.example.org/a", ""));
    assert_eq!(agreed(&site, "nothing was published"), []);
    let before = ids(&site);
    assert_eq!(before.len(), 1);

    site.write("site.toml", &settings("https://vecchio.example.org/b", ""));
    assert_eq!(agreed(&site, "another path"), []);
    assert_eq!(ids(&site), before);

    site.write("site.toml", &settings("https://nuovo.example.org", ""));
    let (said, is_wrong) = checked(&site);
    assert_eq!((said, is_wrong), (vec![("site.toml".to_owned(), Code::NewFeedIds)], false));
    let messages = crate::diagnostic::Messages::new(crate::model::Lang::It);
    let (tree, edition, _) = crate::Session::once_in(&site.root(), &site.options).expect("the site can be read");
    let report = crate::look_back(&edition.expect("an edition"), &site.root(), &site.output());
    let found = crate::locate(&tree, &report);
    assert_eq!(found[0].location.line, 3);
    let help = messages.help(found[0].diagnostic);
    let line = help.split_once('\n').expect("a line to add").1;

    site.write("site.toml", &settings("https://nuovo.example.org", &format!("{line}\n")));
    assert_eq!(agreed(&site, "with the line"), []);
    assert_eq!(ids(&site), before);

    site.write("site.toml", &settings("https://nuovo.example.org", "[feeds]\ntag = \"altro.example.org,2026\"\n"));
    let (tree, edition, _) = crate::Session::once_in(&site.root(), &site.options).expect("the site can be read");
    let report = crate::look_back(&edition.expect("an edition"), &site.root(), &site.output());
    assert_eq!(crate::locate(&tree, &report)[0].location.line, 5, "where another tag is written");
    assert_eq!(agreed(&site, "another tag"), [("site.toml".to_owned(), Code::NewFeedIds)]);
    assert_ne!(ids(&site), before);
}

#[test]
fn two_types_with_one_address_are_told_and_share_no_list() {
    let objective = |kind: &str| format!("---\ntitle: Uno\nunit: comune\ntype: \"{kind}\"\n---\n");
    for (one, other) in [("Fascia <50", "Fascia >50"), ("Classe A", "Classe A+"), ("C#", "C"), ("Tipo 1.1", "Tipo 1-1")]
    {
        let site = site()
            .file("content/objectives/2020/B1.md", &objective(one))
            .file("content/objectives/2020/B2.md", &objective(other))
            .file("content/objectives/2020/B3.md", &objective(&one.to_uppercase()));
        assert_eq!(agreed(&site, one), [("content/objectives/2020/B2.md".to_owned(), Code::SameList)]);
        let lists: Vec<String> = published(&site)
            .into_iter()
            .filter(|path| path.starts_with("2020/tipo/") && path.ends_with(".html"))
            .collect();
        assert_eq!(lists.len(), 1, "{lists:?}");
        let list = site.main(&lists[0]);
        assert!(list.contains("b1/") && list.contains("b3/") && !list.contains("b2/"), "{list}");
        assert!(site.main("2020/b2/index.html").contains(&other.replace('<', "&lt;").replace('>', "&gt;")));
    }
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_told_and_stops_nothing() {
    use std::os::unix::ffi::OsStrExt;
    let site = site();
    let name = std::ffi::OsStr::from_bytes(b"content/projects/ponte/citt\xe0.pdf");
    if fs::write(site.root().as_std_path().join(name), "x").is_ok() {
        assert_eq!(codes(&agreed(&site, "latin 1")), [Code::UnfitName]);
        assert!(!published(&site).iter().any(|path| path.ends_with(".pdf")));
    }
}
