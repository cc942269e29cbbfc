//! Building a site: the same bytes every time, only what changed, nothing lost.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

use std::fs;
use std::time::SystemTime;

use crate::common::SiteTest;
use vetro::{Code, Drafts, Outcome};

const OBJECTIVE: &str = "---\ntitle: Aprire la biblioteca la sera\nunit: comune\n---\nApertura fino alle 22.\n";

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("a thread pool")
        .install(work)
}

#[test]
fn the_demonstration_site_has_the_same_bytes_at_any_number_of_threads() {
    let (one, many) = (SiteTest::copy_of(""), SiteTest::copy_of(""));
    with_threads(1, || one.build());
    with_threads(8, || many.build());
    assert_eq!(one.published(), many.published());
    assert!(one.published().len() > 100);
}

#[test]
fn a_second_build_writes_nothing() {
    let site = SiteTest::copy_of("");
    let first = site.build();
    let times = |site: &SiteTest| -> Vec<SystemTime> {
        let files = site.published();
        let modified = |path: &str| fs::metadata(site.output().join(path)).and_then(|file| file.modified());
        files.iter().map(|(path, _)| modified(path).expect("a time of change")).collect()
    };
    let before = times(&site);
    let second = site.build();
    assert_eq!((second.written, second.removed), (0, 0));
    assert_eq!(second.unchanged, first.written);
    assert_eq!(times(&site), before);
}

#[test]
fn a_changed_text_changes_its_own_page_and_record_alone() {
    let site = SiteTest::copy_of("");
    site.build();
    let path = "content/objectives/2020/2020_ZN07.md";
    let text = fs::read_to_string(site.root().join(path)).expect("the objective");
    let before = site.published();
    site.write(path, &format!("{text}\nUna frase in più.\n"));
    let published = site.build();
    let after = site.published();
    let changed: Vec<&str> = before.iter().zip(&after).filter(|(a, b)| a != b).map(|(a, _)| a.0.as_str()).collect();
    assert!(changed.contains(&"2020/2020_zn07/index.html"), "{changed:?}");
    assert!(!changed.contains(&"2019/2019_zn10/index.html"), "{changed:?}");
    assert_eq!(published.written, changed.len());
}

#[test]
fn a_removed_record_takes_its_pages_with_it_and_foreign_files_stay() {
    let site = SiteTest::new().file("content/objectives/2020/A1.md", OBJECTIVE);
    site.build();
    fs::write(site.output().join("CNAME"), "example.org").expect("a foreign file");
    fs::write(site.output().join("2020/a1/note.txt"), "di altri").expect("a foreign file");
    site.remove("content/objectives/2020/A1.md");
    assert!(site.build().removed > 0);
    assert!(!site.output().join("2020/a1/index.html").exists());
    assert_eq!(site.read("CNAME"), "example.org");
    assert_eq!(site.read("2020/a1/note.txt"), "di altri");
}

#[test]
fn wrong_content_leaves_the_published_site_as_it_was() {
    let site = SiteTest::copy_of("");
    site.build();
    let before = site.published();
    site.write("content/objectives/2020/A1.md", "---\ntitle: X\nunit: nessuno\n---\n");
    let (outcome, codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Wrong));
    assert_eq!(codes, [Code::Dangling]);
    assert_eq!(site.published(), before);
}

#[test]
fn a_broken_template_leaves_the_published_site_as_it_was() {
    let site = SiteTest::copy_of("");
    site.build();
    let before = site.published();
    let settings = fs::read_to_string(site.root().join("site.toml")).expect("the settings");
    site.write("site.toml", &format!("{settings}\n[theme]\nname = \"mio\"\n"));
    site.write("themes/mio/templates/objective.html", "{% extends \"base.html\" %}{% block content %}{{ page.nulla }}");
    let (outcome, codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Wrong));
    assert_eq!(codes, [Code::Template]);
    assert_eq!(site.published(), before);
}

#[test]
fn drafts_are_published_only_when_asked_for() {
    let mut site =
        SiteTest::new().file("content/objectives/2020/A1.md", "---\ntitle: Bozza\nunit: comune\ndraft: true\n---\n");
    site.build();
    assert!(!site.output().join("2020/a1/index.html").exists());
    site.options.drafts = Drafts::Include;
    site.build();
    assert!(site.main("2020/a1/index.html").contains("Bozza"));
}

#[test]
fn the_day_decides_what_is_over() {
    let sheet = "---\ntitle: X\nunit: comune\nindicators: [{title: Pratiche, target: '=> 10'}]\n---\n";
    let mut site = SiteTest::new().file("content/objectives/2026/A1.md", sheet);
    site.build();
    let open = site.main("2026/a1/index.html");
    site.options.as_of = jiff::civil::date(2027, 1, 1);
    site.build();
    let over = site.main("2026/a1/index.html");
    assert!(open.contains("In corso"), "{open}");
    assert!(over.contains("Risultato non pubblicato"), "{over}");
    assert!(!open.contains("Risultato non pubblicato"), "{open}");
}

#[test]
fn two_administrations_may_have_the_same_code() {
    let sheet = |unit: &str| format!("---\ncode: A1\ntitle: Promessa di {unit}\nunit: {unit}\n---\n");
    let site = SiteTest::new()
        .file("content/units.yaml", "- {id: uno, name: Comune Uno}\n- {id: due, name: Comune Due}\n")
        .file("content/objectives/2020/uno.md", &sheet("uno"))
        .file("content/objectives/2020/due.md", &sheet("due"));
    site.build();
    assert!(site.main("2020/uno-a1/index.html").contains("Promessa di uno"));
    assert!(site.main("2020/due-a1/index.html").contains("Promessa di due"));
}

#[test]
fn a_site_below_a_path_names_it_only_where_an_address_is_absolute() {
    let mut site = SiteTest::copy_of("");
    site.build();
    let plain = site.published();
    site.options.base = Some(vetro::BaseUrl::new("https://example.org", "/sotto/percorso/"));
    site.build();
    let page = site.read("2020/2020_zn07/index.html");
    assert!(page.contains("https://example.org/sotto/percorso/2020/2020_zn07/"));
    assert!(site.read("404.html").contains("\"/sotto/percorso/"));
    // What a reader sees is the same wherever the site stands.
    let path = "2020/2020_zn07/index.html";
    let before = plain.iter().find(|(name, _)| name == path).expect("the page was there");
    let main = |html: &str| html[html.find("<main").unwrap_or(0)..html.find("</main>").unwrap_or(0)].to_owned();
    assert_eq!(main(&String::from_utf8_lossy(&before.1)), main(&page));
}

#[test]
fn files_beside_a_record_are_published_with_it_and_links_to_them_hold() {
    let project = "---\ntitle: Orti\nunit: comune\ndocuments: [{title: Relazione, file: relazione.pdf}]\n---\n\
                   Vedi la [relazione](relazione.pdf).\n";
    let site = SiteTest::new().file("content/projects/orti/index.md", project);
    fs::write(site.root().join("content/projects/orti/relazione.pdf"), b"%PDF-1.7").expect("an attachment");
    site.build();
    assert_eq!(site.read("progetti/orti/relazione.pdf"), "%PDF-1.7");
    assert!(
        site.main("progetti/orti/index.html")
            .contains("href=\"../../progetti/orti/relazione.pdf\"")
    );
}

#[test]
fn a_picture_beside_a_page_is_published_with_it_and_a_file_of_nobody_is_told() {
    let page = "---\ntitle: Chi siamo\n---\n\n![La facciata del municipio](chi-siamo-foto.png)\n";
    let site = SiteTest::new().file("content/pages/chi-siamo.md", page);
    fs::write(site.root().join("content/pages/chi-siamo-foto.png"), b"PNG").expect("a picture");
    site.build();
    assert_eq!(site.read("chi-siamo/chi-siamo-foto.png"), "PNG");
    fs::write(site.root().join("content/pages/altro.png"), b"PNG").expect("a picture");
    let (outcome, codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Published { .. }));
    assert_eq!(codes, [Code::UnknownFile]);
}

#[test]
fn a_project_ends_on_the_day_that_an_update_says_and_not_on_one_that_nobody_promised() {
    let project = "---\ntitle: Orti\nunit: comune\nexpected_results: [{title: Orti, target: almeno 20}]\n---\n";
    let update = "---\ntitle: Finito\ndate: 2023-12-02\nlifecycle: completed\n---\n";
    let site = SiteTest::new()
        .file("content/projects/orti/index.md", project)
        .file("content/projects/orti/updates/2023-12-02-fine.md", update);
    site.build();
    let main = site.main("progetti/orti/index.html");
    assert!(main.contains("2 dicembre 2023") && main.contains("Concluso"), "{main}");
    assert!(!main.contains("entro il 2 dicembre 2023"), "{main}");
}

#[test]
fn a_milestone_is_met_on_the_day_of_the_update_that_says_so() {
    let site = SiteTest::new()
        .file(
            "content/projects/ponte/index.md",
            "---\ntitle: Ponte\nunit: comune\nmilestones:\n  - {title: Avvio, due: 2020}\n  - {title: Posa, met: 03/03/2021}\n---\n",
        )
        .file("content/projects/ponte/updates/2020-05-01-via.md", "---\ntitle: Via\nmilestone: avvio\n---\nX\n")
        .file("content/projects/ponte/updates/2022-05-01-posa.md", "---\ntitle: Posa\nmilestone: Posa\n---\nX\n");
    site.build();
    let page = site.main("progetti/ponte/index.html");
    assert!(page.contains("<time datetime=\"2020-05-01\">1° maggio 2020</time></td></tr>"), "{page}");
    assert!(
        page.contains("3 marzo 2021") && !page.contains("datetime=\"2022-05-01\">1° maggio 2022</time></td>"),
        "{page}"
    );
}

#[test]
fn a_page_ends_with_the_words_of_the_glossary_that_its_texts_use_and_their_links_lead_from_there() {
    let glossary = "---\ntitle: Glossario\nglossario: sì\n---\n\n## CPIA — Centro per gli adulti\n\nUna scuola. Vedi [fase](#fase).\n\n## Fase\n\nUn passo.\n\n## PO\n\nUn incarico.\n";
    let project = "---\ntitle: Scuola\nunit: comune\n---\n\nCon il **CPIA**, un po’ alla volta.\n";
    let site = SiteTest::new()
        .file("content/pages/glossario.md", glossary)
        .file("content/projects/scuola/index.md", project);
    site.build();
    let main = site.main("progetti/scuola/index.html");
    let (_, words) = main.split_once("id=\"words\"").expect("a word of the glossary is used");
    assert!(words.contains("CPIA — Centro per gli adulti") && words.contains("Una scuola."), "{words}");
    assert!(words.contains("href=\"../../glossario/#fase\""), "{words}");
    assert!(!words.contains("Un passo.") && !words.contains("Un incarico."), "{words}");
    assert!(!site.main("uffici/comune/index.html").contains("id=\"words\""));
}

#[test]
fn an_error_is_reported_with_the_page_that_it_is_on() {
    let settings = |report: &str| {
        format!("[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\n[links]\nreport_error = \"{report}\"\n")
    };
    let site = SiteTest::new();
    for (written, published) in [
        ("mailto:a@example.org", "mailto:a@example.org?subject=Errore%20nella%20pagina"),
        ("mailto:a@example.org", "&amp;body=https%3A%2F%2Fexample%2Eorg%2Fuffici%2Fcomune%2F\""),
        (
            "https://citta.example.org/segnala?url={page}",
            "segnala?url=https%3A%2F%2Fexample%2Eorg%2Fuffici%2Fcomune%2F\"",
        ),
        ("https://citta.example.org/segnala", "href=\"https://citta.example.org/segnala\""),
    ] {
        site.write("site.toml", &settings(written));
        site.build();
        let page = site.read("uffici/comune/index.html");
        assert!(page.contains(published), "{published}");
    }
}

#[test]
fn the_map_of_the_site_leads_to_its_lists_and_free_pages_in_plain_links() {
    let site = SiteTest::new().file("content/pages/metodo.md", "---\ntitle: Metodo\n---\nTesto.\n");
    site.build();
    let map = site.main("mappa/index.html");
    for address in
        ["../progetti/", "../uffici/comune/", "../piani/", "../indicatori/", "../metodo/", "../dati/", "../feed/"]
    {
        assert!(map.contains(&format!("href=\"{address}\"")), "{address}");
    }
}

#[test]
fn timings_name_each_stage_and_what_made_the_files() {
    let site = SiteTest::new().file("content/objectives/2020/A1.md", OBJECTIVE);
    let run = |form: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_vetro"))
            .args(["--lang", "it", "build", "--root", site.root().as_str(), form])
            .output()
            .expect("the program runs")
    };
    let told: serde_json::Value = serde_json::from_slice(&run("--timings=json").stdout).expect("JSON");
    let stages: Vec<&str> = told["stages"]
        .as_array()
        .expect("stages")
        .iter()
        .filter_map(|stage| stage["name"].as_str())
        .collect();
    for stage in ["read and parse", "check", "plan", "make and publish"] {
        assert!(stages.contains(&stage), "{stages:?}");
    }
    assert_eq!(told["makers"]["objective"]["files"], 1);
    assert!(told["makers"]["objective"]["facts"].as_u64() > Some(0));
    assert!(!told["slowest"].as_array().expect("files").is_empty());
    // Nothing is made the second time, so nothing but what was compared is told.
    let table = String::from_utf8(run("--timings").stderr).expect("text");
    assert!(table.contains("confronto con il pubblicato") && !table.contains("objective"), "{table}");
    assert!(table.contains("fatti") && !table.contains("compare") && !table.contains("timings."), "{table}");
}

#[test]
fn an_old_address_leads_to_the_page_that_has_moved() {
    let sheet = OBJECTIVE.replace(
        "unit: comune\n",
        "unit: comune\naliases: [/2025/a1/, vecchio/foglio.html, \"https://example.org/una%20volta\", /2025/a2]\n",
    );
    let site = SiteTest::new().file("content/objectives/2025/A2.md", &sheet);
    site.build();
    let moved = site.read("2025/a1/index.html");
    assert!(moved.contains("<meta http-equiv=\"refresh\" content=\"0; url=../../2025/a2/\">"), "{moved}");
    assert!(moved.contains("<link rel=\"canonical\" href=\"https://example.org/2025/a2/\">"), "{moved}");
    assert!(moved.contains(">Aprire la biblioteca la sera</a>"), "{moved}");
    assert!(site.read("vecchio/foglio.html").contains("url=../2025/a2/"));
    assert!(site.read("una volta/index.html").contains("url=../2025/a2/"));
    assert!(site.main("2025/a2/index.html").contains("biblioteca"), "its own address is its page's");
    assert!(!site.read("sitemap.xml").contains("a1"));

    // Who has the address now is what counts, whatever was made before.
    let other = OBJECTIVE
        .replace("unit: comune\n", "unit: comune\naliases: [/2025/a1/]\n")
        .replace("la sera", "presto");
    site.write("content/objectives/2025/A2.md", OBJECTIVE);
    site.write("content/objectives/2025/A3.md", &other);
    site.build();
    assert!(site.read("2025/a1/index.html").contains("presto"));
    assert!(!site.output().join("vecchio").exists());
}

#[test]
fn an_old_address_that_is_taken_or_none_of_this_site_is_said() {
    let with = |aliases: &str| OBJECTIVE.replace("unit: comune\n", &format!("unit: comune\naliases: [{aliases}]\n"));
    for (aliases, code) in [
        ("/progetti/", Code::SameAddress),
        ("/2025/B1", Code::SameAddress),
        ("/una/, /Una/", Code::SameAddress),
        ("\"https://altrove.example.org/x\"", Code::NoAddress),
        ("\"/pagina?id=3\"", Code::NoAddress),
        ("../fuori", Code::NoAddress),
        ("/data/objectives.csv", Code::NoAddress),
        ("/feed.xml", Code::NoAddress),
    ] {
        let site = SiteTest::new()
            .file("content/objectives/2025/A1.md", &with(aliases))
            .file("content/objectives/2025/B1.md", OBJECTIVE);
        let (outcome, codes) = site.try_build();
        assert!(matches!(outcome, Outcome::Wrong), "{aliases}");
        assert_eq!(codes, [code], "{aliases}");
    }
}

/// A site of which the pages take a while.
fn large() -> SiteTest {
    let site = SiteTest::new();
    for number in 0..600 {
        site.write(&format!("content/objectives/2025/A{number}.md"), OBJECTIVE);
    }
    site
}

fn interrupt(child: &std::process::Child) {
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("kill starts").success());
}

#[cfg(unix)]
#[test]
fn an_interrupted_build_leaves_the_site_as_it_was_and_nothing_beside_it() {
    let site = large();
    let staging = site.output().join(".vetro/staging");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_vetro"));
    command
        .args(["--lang", "it", "build", "--jobs", "1", "--root", site.root().as_str()])
        .stderr(std::process::Stdio::piped());
    let child = command.spawn().expect("the program starts");
    let written = || fs::read_dir(&staging).is_ok_and(|mut entries| entries.next().is_some());
    while !written() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    interrupt(&child);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!((output.status.code(), &*said), (Some(130), "vetro: Interrotto: il sito pubblicato resta com'era.\n"));
    let left: Vec<String> = site.published().into_iter().map(|(path, _)| path).collect();
    assert_eq!(left, [".vetro/lock"]);
    assert!(!staging.exists());
    site.build();
}

#[test]
fn a_folder_that_lost_its_list_is_taken_back_and_nothing_else_in_it_is_touched() {
    let build = |site: &SiteTest, more: &[&str]| {
        let mut vetro = std::process::Command::new(env!("CARGO_BIN_EXE_vetro"));
        vetro
            .args(["--lang", "it", "build", "--as-of", "2026-11-22", "--root", site.root().as_str()])
            .args(more);
        let output = vetro.output().expect("the program runs");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"))
    };
    let pages = |site: &SiteTest| -> Vec<(String, Vec<u8>)> {
        site.published().into_iter().filter(|(path, _)| !path.starts_with(".vetro/")).collect()
    };
    for damage in [Some("guasto\n"), Some(""), None] {
        let site = SiteTest::new().file("content/pages/metodo.md", "---\ntitle: Metodo\n---\nEcco.\n");
        assert_eq!(build(&site, &[]).0, Some(0));
        let manifest = site.output().join(".vetro/manifest");
        match damage {
            Some(words) => fs::write(&manifest, words).expect("it can be written"),
            None => fs::remove_file(&manifest).expect("it is there"),
        }
        let of_others = site.output().join("altro.html");
        fs::write(&of_others, "di altri").expect("it can be written");
        let before = pages(&site);
        let (code, said) = build(&site, &[]);
        assert!(code == Some(2) && said.contains("vetro build --adopt"), "{damage:?}: {said}");
        assert_eq!(build(&site, &["--adopt"]).0, Some(0), "{damage:?}");
        assert!(pages(&site) == before, "{damage:?}");
        // What was taken back is ours again, and what wasn't is not.
        site.remove("content/pages/metodo.md");
        assert_eq!(build(&site, &[]).0, Some(0), "{damage:?}");
        assert!(!site.output().join("metodo/index.html").exists() && of_others.exists());
    }
}

#[test]
fn a_file_of_others_in_the_way_of_a_site_that_is_taken_back_is_named_and_stays() {
    let site = SiteTest::new();
    site.build();
    fs::remove_file(site.output().join(".vetro/manifest")).expect("it is there");
    fs::write(site.output().join("index.html"), "di altri").expect("it can be written");
    let vetro = std::process::Command::new(env!("CARGO_BIN_EXE_vetro"))
        .args(["--lang", "it", "build", "--adopt", "--as-of", "2026-11-22", "--root", site.root().as_str()])
        .output()
        .expect("the program runs");
    let said = String::from_utf8(vetro.stderr).expect("text");
    assert!(vetro.status.code() == Some(2) && said.contains("index.html"), "{said}");
    assert_eq!(site.read("index.html"), "di altri");
}

#[test]
fn what_was_said_of_the_sources_is_said_again_without_reading_them() {
    let site = SiteTest::new().file(
        "content/objectives/2020/A1.md",
        "---\ntitle: Aprire la sera\nunit: comune\nphases:\n  - {title: Bando, weight: \"33.3\"}\n---\n",
    );
    // No file was changed in this moment.
    std::thread::sleep(std::time::Duration::from_millis(30));
    let run = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_vetro"))
            .args(["--lang", "it", "build", "--as-of", "2026-11-22", "--root", site.root().as_str()])
            .arg("--timings=json")
            .output()
            .expect("the program runs");
        let said = String::from_utf8(output.stderr).expect("text");
        let problems = said.split("Sito pubblicato").next().expect("a beginning").to_owned();
        (problems, String::from_utf8(output.stdout).expect("text").contains("\"read and parse\""))
    };
    let (first, parsed) = run();
    assert!(parsed && first.contains("V0306") && first.contains("33.3"), "{first}");
    assert_eq!(run(), (first.clone(), false));
    // What is kept of it is looked at before it is trusted, like the rest.
    let cache = site.output().join(".vetro/cache");
    let mut bytes = fs::read(&cache).expect("a cache");
    bytes[vetro::internals::HEAD + 1] ^= 1;
    fs::write(&cache, bytes).expect("it can be written");
    assert_eq!(run(), (first, true));
}

#[test]
fn a_disk_that_fills_up_in_the_middle_leaves_the_site_whole_and_says_so() {
    let sheet = "content/objectives/2020/A1.md";
    let site = SiteTest::new().file(sheet, OBJECTIVE);
    site.build();
    let before = site.published();
    site.write(sheet, &(OBJECTIVE.to_owned() + &"Una frase che non finisce mai. ".repeat(10_000)));
    // No file may grow over 128 kB: writing fails there as it does on a full disk.
    let script = "trap '' XFSZ; ulimit -f 256; exec \"$0\" --lang en build --root \"$1\" --as-of 2026-11-22";
    let run = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_vetro"), site.root().as_str()])
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("can't be written") && said.contains("A1") | said.contains("a1"), "{said}");
    assert_eq!(site.published(), before);
    assert!(!site.output().join(".vetro/staging").exists());
}
