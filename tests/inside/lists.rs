//! Ready-made lists and filters: a reader without scripts finds every objective, in every language.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

use std::fs;

use super::common::SiteTest;
use crate::Outcome;
use crate::diagnostic::Code;
use crate::site::Route;

const UNITS: &str = "\
- {id: comune, name: Comune di Prova}
- {id: comune/cultura, name: Cultura, parent: comune}
- {id: comune/cultura/biblioteche, name: Biblioteche, parent: comune/cultura}
- {id: comune/strade, name: Strade, parent: comune}
";

fn objective(unit: &str, kind: &str, state: &str) -> String {
    format!("---\ntitle: Promessa\nunit: {unit}\ntype: {kind}\nstate: {state}\n---\n")
}

/// Six objectives of 2020: two units and one below, two types, one of them written in two ways, two states.
fn city() -> SiteTest {
    let site = SiteTest::new().file("content/units.yaml", UNITS);
    for (code, unit, kind, state) in [
        ("A1", "comune/strade", "MIGLIORAMENTO", "raggiunto"),
        ("A2", "comune/strade", "Miglioramento", "raggiunto"),
        ("A3", "comune/cultura", "Sviluppo", "raggiunto"),
        ("A4", "comune/cultura/biblioteche", "Sviluppo", "non raggiunto"),
        ("A5", "comune/cultura/biblioteche", "Sviluppo", "raggiunto"),
        ("A6", "comune/cultura/biblioteche", "Sviluppo", "raggiunto"),
    ] {
        site.write(&format!("content/objectives/2020/{code}.md"), &objective(unit, kind, state));
    }
    site
}

fn in_languages(site: SiteTest, languages: &str) -> SiteTest {
    let settings = format!("[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\nlanguages = [{languages}]\n");
    site.file("site.toml", &settings)
}

fn lists(site: &SiteTest, folder: &str) -> Vec<String> {
    let parts = |path: &str| path.strip_prefix(folder)?.strip_suffix("/index.html").map(str::to_owned);
    let files = site.published();
    files
        .iter()
        .filter_map(|(path, _)| parts(path))
        .filter(|path| path.contains('/'))
        .collect()
}

#[test]
fn every_list_of_a_year_that_is_not_empty_has_a_page() {
    let site = city();
    site.build();
    assert_eq!(
        lists(&site, "2020/"),
        [
            "stato/non-raggiunto",
            "stato/raggiunto",
            "tipo/miglioramento",
            "tipo/sviluppo",
            "ufficio/comune/cultura/biblioteche",
            "ufficio/comune/cultura",
            "ufficio/comune",
            "ufficio/comune/strade",
        ]
    );
    let list = site.main("2020/stato/non-raggiunto/index.html");
    assert!(list.contains("<h1>Obiettivi 2020: non raggiunto</h1>"), "{list}");
    assert_eq!(list.matches("<tbody>").count(), 1);
    assert_eq!(list.matches("<tr><th scope=\"row\">").count(), 1);
    assert_eq!(
        site.main("2020/ufficio/comune/cultura/index.html")
            .matches("<tr><th scope=\"row\">")
            .count(),
        4
    );
    assert_eq!(site.main("2020/tipo/miglioramento/index.html").matches("<tr><th scope=\"row\">").count(), 2);
}

#[test]
fn lists_have_the_words_of_each_language_in_their_addresses() {
    let site = in_languages(city(), "\"it\", \"en\", \"de\"");
    site.build();
    for (address, href) in [
        ("en/2020/status/not-achieved/", "de/2020/stand/nicht-erreicht/"),
        ("de/2020/amt/comune/cultura/biblioteche/", "2020/ufficio/comune/cultura/biblioteche/"),
        ("2020/tipo/sviluppo/", "en/2020/type/sviluppo/"),
    ] {
        let page = site.read(&format!("{address}index.html"));
        assert!(page.contains(&format!("href=\"https://example.org/{address}\"")), "{page}");
        assert!(page.contains(&format!("href=\"https://example.org/{href}\"")), "{page}");
    }
}

#[test]
fn every_page_is_found_by_its_address_in_every_language() {
    let project = "---\ntitle: Il ponte\nunit: comune\n---\n";
    let update = "---\ntitle: Novità\n---\nTesto.\n";
    let site = in_languages(city(), "\"de\", \"it\", \"en\"")
        .file("content/projects/ponte/index.md", project)
        .file("content/projects/ponte/updates/2021-02-03-novita.md", update);
    let (tree, _) = crate::source::read(&site.root()).expect("the site can be read");
    let (edition, report) = crate::Session::once(&tree, &site.options);
    assert_eq!(report.errors(), 0);
    let site = edition.expect("an edition").site;
    let pages = site.pages();
    assert!(pages.iter().any(|page| matches!(page.route, Route::List(..))));
    assert!(pages.iter().any(|page| matches!(page.route, Route::UpdatesOf(2021))));
    for page in pages {
        assert_eq!(site.find(&site.address(page)), Some(page));
    }
    assert_eq!(site.find("en/2020/stand/erreicht"), None, "a word of one language is no address in another");
}

#[test]
fn a_link_of_a_text_may_lead_to_a_list_by_its_address() {
    let text = "---\ntitle: Altro\nunit: comune\n---\nVedi [qui](/2020/stato/raggiunto/).\n";
    let site = city().file("content/objectives/2021/B1.md", text);
    site.build();
    assert!(site.main("2021/b1/index.html").contains("href=\"../../2020/stato/raggiunto/\""));
}

#[test]
fn an_objective_can_not_be_called_like_the_folder_of_lists_in_any_language() {
    for (languages, code) in [("\"it\"", "stato"), ("\"it\", \"de\"", "Amt"), ("\"de\", \"en\"", "type")] {
        let file = format!("content/objectives/2020/{code}.md");
        let site = in_languages(city(), languages).file(&file, &objective("comune", "Sviluppo", "raggiunto"));
        let (outcome, codes) = site.try_build();
        assert!(matches!(outcome, Outcome::Wrong));
        assert_eq!(codes, [Code::SameAddress], "{languages} {code}");
    }
    in_languages(city(), "\"it\"")
        .file("content/objectives/2020/status.md", &objective("comune", "Sviluppo", "raggiunto"))
        .build();
}

#[test]
fn a_state_in_a_count_leads_to_the_list_of_the_year() {
    let site = city();
    site.build();
    assert!(site.main("index.html").contains("<a href=\"./2020/stato/raggiunto/\">Raggiunto</a>"));
    assert!(
        site.main("2020/index.html")
            .contains("<a href=\"../2020/stato/raggiunto/\">Raggiunto</a>")
    );
    let unit = site.main("uffici/comune/cultura/index.html");
    assert!(unit.contains("<span>Raggiunto</span>") && !unit.contains("/stato/"), "{unit}");
}

#[test]
fn filters_name_what_rows_have_and_no_word_of_an_editor_is_in_their_stylesheet() {
    let site = city();
    site.build();
    let page = site.read("2020/index.html");
    let assets = fs::read_dir(site.output().join("assets")).expect("the assets");
    let names = assets.map(|file| file.expect("a file").file_name().into_string().expect("a plain name"));
    let sheets: Vec<String> = names.filter(|name| name.starts_with("filters.")).collect();
    let [sheet] = &sheets[..] else { panic!("{sheets:?}") };
    assert!(page.contains(&format!("<link rel=\"stylesheet\" href=\"../assets/{sheet}\">")), "{page}");
    let css = site.read(&format!("assets/{sheet}"));
    let values: Vec<&str> = page.split("<option value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let chosen: Vec<&str> = values.into_iter().filter(|value| !value.is_empty()).collect();
    assert_eq!(chosen.len(), 6, "two states, two directorates, two types: {chosen:?}");
    for value in chosen {
        let plain = value.len() > 1 && value[1..].bytes().all(|byte| byte.is_ascii_digit());
        assert!(plain, "{value}");
        assert!(css.contains(&format!("main:has([value={value}]:checked)")), "{css}");
        let rows = page.split("<tr class=\"").skip(1).filter_map(|rest| rest.split('"').next());
        assert!(rows.filter(|row| row.split(' ').any(|class| class == value)).count() > 0, "{value}");
    }
    for other in ["index.html", "2020/stato/raggiunto/index.html", "uffici/comune/index.html"] {
        assert!(!site.read(other).contains(sheet), "{other}");
    }
}

#[test]
fn a_short_list_has_no_filters_but_its_lists() {
    let site = city();
    site.remove("content/objectives/2020/A6.md");
    site.build();
    let page = site.read("2020/index.html");
    assert!(!page.contains("<form") && !page.contains("filters."), "{page}");
    assert!(page.contains("href=\"../2020/ufficio/comune/cultura/\""), "{page}");
}

#[test]
fn no_page_is_too_long_and_every_objective_can_be_reached_from_its_year() {
    let site = SiteTest::new().file("content/units.yaml", UNITS);
    let long =
        "Una promessa dal titolo lungo come ne scrivono gli uffici, con tutte le parole che servono a capirla bene";
    for i in 0..900 {
        let unit = ["comune", "comune/strade", "comune/cultura/biblioteche"][i % 3];
        let text = format!("---\ntitle: {long} {i}\nunit: {unit}\nstate: raggiunto\n---\n");
        site.write(&format!("content/objectives/2020/C{i}.md"), &text);
    }
    site.build();
    for (path, bytes) in site.published() {
        let is_index_of_all = path == "cerca/index.html";
        assert!(!path.ends_with(".html") || is_index_of_all || bytes.len() <= 250_000, "{path}: {} bytes", bytes.len());
    }
    let hrefs = |path: &str| -> Vec<String> {
        let main = site.main(path);
        main.split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next().map(str::to_owned))
            .collect()
    };
    let mut reached: Vec<String> = Vec::new();
    for list in ["comune", "comune/strade", "comune/cultura", "comune/cultura/biblioteche"] {
        let found = hrefs(&format!("2020/ufficio/{list}/index.html"));
        reached.extend(found.into_iter().filter_map(|href| Some(href.split_once("2020/c")?.1.to_owned())));
    }
    reached.sort();
    reached.dedup();
    assert_eq!(reached.len(), 900);
    let year = hrefs("2020/index.html");
    for list in ["comune", "comune/strade", "comune/cultura"] {
        assert!(year.contains(&format!("../2020/ufficio/{list}/")), "{year:?}");
    }
    assert!(hrefs("uffici/comune/index.html").contains(&"../../2020/ufficio/comune/".to_owned()));
}

#[test]
fn updates_are_whole_year_by_year() {
    let project = "---\ntitle: Il ponte\nunit: comune\n---\n";
    let site = SiteTest::new().file("content/projects/ponte/index.md", project);
    for day in 1..=28 {
        for (year, month) in [(2020, "01"), (2020, "02"), (2021, "01")] {
            let update = format!("content/projects/ponte/updates/{year}-{month}-{day:02}-novita.md");
            site.write(&update, &format!("---\ntitle: Novità\ndate: {year}-{month}-{day:02}\n---\nTesto.\n"));
        }
    }
    site.build();
    let count = |path: &str| site.main(path).matches("<span class=\"when\">").count();
    assert_eq!(count("aggiornamenti/index.html"), 50);
    assert_eq!(count("aggiornamenti/2020/index.html"), 56);
    assert_eq!(count("aggiornamenti/2021/index.html"), 28);
    assert!(site.main("aggiornamenti/index.html").contains("href=\"../aggiornamenti/2020/\""));
}
