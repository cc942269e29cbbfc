//! Finding pages: the index, the page that searches it, and the list that needs no script.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

#[expect(dead_code, reason = "other tests use the rest")]
mod common;

use common::SiteTest;

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
    let site = SiteTest::demonstration();
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
