//! Finding pages: the index, the page that searches it, and the list that needs no script.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

use std::collections::BTreeSet;

use crate::common::SiteTest;

fn page(title: &str) -> String {
    format!("---\ntitle: {title}\n---\nUn testo.\n")
}

#[test]
fn a_short_list_of_all_pages_stands_on_the_search_page() {
    let site = SiteTest::new().file("content/pages/metodo.md", &page("Metodo"));
    site.build();
    let main = site.main("cerca/index.html");
    assert!(main.contains("<h2>M</h2>") && main.contains("href=\"../metodo/\""), "{main}");
    assert!(!site.output().join("cerca/m/index.html").exists());
    site.remove("content/pages/metodo.md");
    site.build();
    assert!(!site.main("cerca/index.html").contains("metodo"));
}

#[test]
fn a_long_list_of_all_pages_is_parted_by_letters_and_whole() {
    let site = SiteTest::new();
    for i in 0..600 {
        site.write(&format!("content/pages/pagina-{i}.md"), &page(&format!("Pagina {i}")));
    }
    site.write("content/pages/elenco.md", &page("È un elenco"));
    site.build();
    let main = site.main("cerca/index.html");
    assert!(main.contains("<a href=\"../cerca/p/\">P</a><span class=\"code\">600 pagine</span>"), "{main}");
    assert!(main.contains("<a href=\"../cerca/e/\">E</a><span class=\"code\">1 pagina</span>"), "{main}");
    assert!(!main.contains("pagina-1/"));
    let (first, second) = (site.main("cerca/p/index.html"), site.main("cerca/p/2/index.html"));
    assert!(first.contains("href=\"../../cerca/p/2/\""), "{first}");
    for i in 0..600 {
        let link = format!("/pagina-{i}/\"");
        assert_eq!(first.matches(&link).count() + second.matches(&link).count(), 1, "{link}");
    }
}

#[test]
fn only_the_search_page_loads_a_script() {
    let site = SiteTest::copy_of("");
    site.build();
    let with_script = |(path, bytes): &(String, Vec<u8>)| {
        path.ends_with(".html") && String::from_utf8_lossy(bytes).contains("<script src=")
    };
    let pages: Vec<String> = site.published().into_iter().filter(with_script).map(|(path, _)| path).collect();
    assert_eq!(pages, ["cerca/index.html"]);
}

#[test]
fn each_language_has_an_index_of_its_own() {
    let settings = "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlanguages = [\"it\", \"en\"]\n";
    let site = SiteTest::new().file("site.toml", settings);
    site.build();
    assert!(site.main("cerca/index.html").contains("data-index=\"data/search/it/\""));
    assert!(site.main("en/search/index.html").contains("data-index=\"data/search/en/\""));
    let described = site.read("data/search/en/docs-0.json");
    assert!(described.contains("\"en/offices/comune/\""), "{described}");
}

#[test]
fn the_search_of_the_citys_own_site_is_asked_without_a_script() {
    let site = SiteTest::new();
    let settings = site.root().join("site.toml");
    let settings = std::fs::read_to_string(settings).expect("the settings");
    site.write("site.toml", &format!("{settings}[links]\nsearch_action = \"https://c.example/cerca?testo=\"\n"));
    site.build();
    let main = site.main("cerca/index.html");
    assert!(main.contains("action=\"https://c.example/cerca\" method=\"get\""), "{main}");
    assert!(main.contains("name=\"testo\""), "{main}");
}

/// All forms of words in the index of a language.
fn forms(site: &SiteTest, lang: &str) -> BTreeSet<String> {
    let folder = format!("data/search/{lang}/words-");
    let parts = site.published().into_iter().filter(|(path, _)| path.starts_with(&folder));
    let words = parts.flat_map(|(_, bytes)| serde_json::from_slice::<Vec<String>>(&bytes).expect("JSON"));
    // Each word has its forms, and three lists of documents.
    let forms = words.step_by(4).flat_map(|word| {
        let (begins, ends) = word.split_once(' ').unwrap_or((&word, ""));
        ends.split(' ').map(|end| format!("{begins}{end}")).collect::<Vec<_>>()
    });
    forms.collect()
}

const ACTS: &str = "---
code: 2020_ZN07
title: Piano CT3.1.1.a del D.Lgs. 33/2013
unit: comune
approved_by: {act: Delibera n.45/2020, date: 2020-01-30}
phases:
  - {title: Gara, start: 2 dicembre 2020, end: 31/12/2020, notes: Vedi la determina 7/2021.}
indicators:
  - {title: Pratiche, target: almeno 1.250 pratiche, actual: \"1318\", comment: Fonte ISTAT}
source: {title: Scheda PEG 2020/2022}
---
Approvato con 241/1990 e L.R. 12-2004, per 6.000.000,00 €.

<div>
Avviso <b>prot. 18394</b>.
</div>
";

#[test]
fn acts_codes_numbers_and_days_are_words_as_they_are_written() {
    let project = "---\ntitle: Ponte\nunit: comune\ncup: D51B17000180006\ncig: [8035871A2B]\namount: 3.250.000,00 €\nend: 30/09/2021\n---\n";
    let update = "---\ntitle: Posa\ndate: 2023-12-02\n---\n";
    let site = SiteTest::new()
        .file("content/objectives/2020/2020_ZN07.md", ACTS)
        .file("content/projects/ponte/index.md", project)
        .file("content/projects/ponte/updates/2023-12-02-posa.md", update);
    site.build();
    let forms = forms(&site, "it");
    for words in [
        "452020 45 2020 332013 33 2013 2411990 241 122004 72021 20202022",
        "2020zn07 zn07 ct311a d51b17000180006 8035871a2b",
        "2 dicembre 2023 02122023 02122020 31122020 30 gennaio 30012020 30092021 settembre",
        "1250 1318 3250000 6000000 istat peg determina avviso prot 18394",
    ] {
        let lacking: Vec<&str> = words.split(' ').filter(|word| !forms.contains(*word)).collect();
        assert_eq!(lacking, [""; 0], "{forms:?}");
    }
}

#[test]
fn every_word_that_the_editor_of_a_sheet_wrote_is_in_the_index() {
    let site = SiteTest::new().file("content/objectives/2020/2020_ZN07.md", ACTS);
    site.build();
    let forms = forms(&site, "it");
    let keys =
        "code title unit approved_by act date phases start end notes indicators target actual comment source div";
    let written = ACTS.split(|c: char| !c.is_ascii_alphanumeric()).map(str::to_lowercase);
    let words: BTreeSet<String> = written.filter(|word| word.len() > 1).collect();
    let lacking: Vec<&String> = words.iter().filter(|word| !forms.contains(*word)).collect();
    let not_keys: Vec<&&String> =
        lacking.iter().filter(|word| !keys.split([' ', '_']).any(|key| key == **word)).collect();
    assert!(words.len() > 40, "{words:?}");
    assert!(not_keys.is_empty(), "{not_keys:?}");
}

#[test]
fn what_is_not_found_is_not_said_to_be_on_no_page() {
    let settings =
        "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\nlanguages = [\"it\", \"en\", \"de\"]\n";
    let site = SiteTest::new().file("site.toml", settings);
    site.build();
    for (page, claims) in [("cerca", "essuna pagina"), ("en/search", "o page"), ("de/suche", "eine Seite")] {
        let main = site.main(&format!("{page}/index.html"));
        let form = main.split("<form").nth(1).expect("the form");
        let said = form.split("data-").filter(|data| data.starts_with("none") || data.starts_with("some"));
        assert_eq!(said.clone().count(), 2, "{form}");
        assert!(said.into_iter().all(|said| !said.contains(claims)), "{form}");
    }
}
