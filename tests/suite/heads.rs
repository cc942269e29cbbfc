//! What pages say to search engines and previews: each says it, and nothing that isn't so.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::common::SiteTest;
use serde_json::Value;

/// The demonstration site in two languages, published.
fn site() -> SiteTest {
    let site = SiteTest::copy_of("");
    let settings = fs::read_to_string(site.root().join("site.toml")).expect("settings");
    assert!(settings.contains("languages = [\"it\"]"));
    site.write("site.toml", &settings.replace("languages = [\"it\"]", "languages = [\"it\", \"en\"]"));
    site.build();
    site
}

/// The head of every page, by its file.
fn heads(site: &SiteTest) -> BTreeMap<String, String> {
    let pages = site.published().into_iter().filter(|(path, _)| path.ends_with(".html"));
    pages
        .map(|(path, bytes)| {
            let html = String::from_utf8(bytes).expect("UTF-8");
            let body = html.find("<body data-kind=").unwrap_or_else(|| panic!("{path} has a body"));
            let end = body + html[body..].find('>').expect("its end");
            (path, html[..end].to_owned())
        })
        .collect()
}

/// What stands between the two, each time.
fn between<'h>(html: &'h str, before: &str, after: &str) -> Vec<&'h str> {
    html.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0)).collect()
}

fn one<'h>(path: &str, html: &'h str, before: &str, after: &str) -> &'h str {
    let found = between(html, before, after);
    let [one] = found[..] else { panic!("{path}: {} of {before}", found.len()) };
    one
}

fn meta<'h>(path: &str, html: &'h str, name: &str) -> &'h str {
    one(path, html, &format!("<meta {name} content=\""), "\">")
}

fn linked(path: &str, head: &str) -> Value {
    let json = one(path, head, "<script type=\"application/ld+json\">", "</script>");
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: {error}: {json}"))
}

/// The names of officials that the content has.
fn officials(site: &SiteTest) -> BTreeSet<String> {
    fn read(folder: &camino::Utf8Path, names: &mut BTreeSet<String>) {
        for entry in folder.read_dir_utf8().expect("a folder") {
            let path = entry.expect("an entry").path().to_owned();
            if path.is_dir() {
                read(&path, names);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let found = ["responsible: {name: ", "- {name: "]
                    .into_iter()
                    .flat_map(|key| between(&text, key, ", role:"));
                names.extend(found.map(str::to_owned));
            }
        }
    }
    let mut names = BTreeSet::new();
    read(&site.root().join("content"), &mut names);
    names
}

#[test]
fn every_page_has_a_title_a_short_description_and_one_address() {
    let site = site();
    let heads = heads(&site);
    let mut kinds = BTreeSet::new();
    for (path, head) in &heads {
        kinds.insert(one(path, head, "<body data-kind=\"", "\""));
        let title = one(path, head, "<title>", "</title>");
        // Its own words are those of an office, which may be many.
        assert!((1..=400).contains(&title.chars().count()), "{path}: {title}");
        let description = meta(path, head, "name=\"description\"");
        assert!((1..=300).contains(&description.chars().count()), "{path}: {description}");
        assert_eq!(meta(path, head, "property=\"og:description\""), description, "{path}");
        assert!(title.starts_with(meta(path, head, "property=\"og:title\"")), "{path}: {title}");
        let canonical = one(path, head, "<link rel=\"canonical\" href=\"", "\"");
        assert_eq!(meta(path, head, "property=\"og:url\""), canonical, "{path}");
        assert_eq!(canonical, format!("https://trasparenza.example.org/{}", path.trim_end_matches("index.html")));
        let lang = one(path, head, "<html lang=\"", "\"");
        let (own, other) = if lang == "it" { ("it_IT", "en_GB") } else { ("en_GB", "it_IT") };
        assert_eq!(meta(path, head, "property=\"og:locale\""), own, "{path}");
        let others = between(head, "<meta property=\"og:locale:alternate\" content=\"", "\">");
        assert_eq!(others, if path == "404.html" { vec![] } else { vec![other] }, "{path}");
        let article = meta(path, head, "property=\"og:type\"") == "article";
        assert_eq!(article, head.contains("<meta property=\"article:published_time\" content=\"2"), "{path}");
    }
    assert_eq!(kinds.len(), 21, "every kind of page is there: {kinds:?}");
}

#[test]
fn what_a_page_says_to_machines_is_of_that_page_and_names_no_official() {
    let site = site();
    let officials = officials(&site);
    assert!(officials.len() > 3, "{officials:?}");
    for (path, head) in heads(&site) {
        for name in &officials {
            assert!(!head.contains(name.as_str()), "{path} names {name}");
        }
        if path == "404.html" {
            assert!(!head.contains("ld+json"));
            continue;
        }
        let linked = linked(&path, &head);
        assert_eq!(linked["@context"], "https://schema.org", "{path}");
        let canonical = one(&path, &head, "<link rel=\"canonical\" href=\"", "\"");
        if matches!(&*path, "index.html" | "en/index.html") {
            assert_eq!(
                (&linked["@type"], &linked["url"]),
                (&"WebSite".into(), &"https://trasparenza.example.org/".into())
            );
            continue;
        }
        assert_eq!(linked["url"], canonical, "{path}");
        assert_eq!(linked["inLanguage"], one(&path, &head, "<html lang=\"", "\""), "{path}");
        let steps = linked["breadcrumb"]["itemListElement"]
            .as_array()
            .unwrap_or_else(|| panic!("{path} has crumbs"));
        assert!(steps.len() > 1, "{path}");
        let (last, way) = steps.split_last().expect("steps");
        assert!(last.get("item").is_none(), "{path}");
        for (step, position) in way.iter().zip(1..) {
            assert_eq!(step["position"], position, "{path}");
            let address = step["item"]
                .as_str()
                .and_then(|item| item.strip_prefix("https://trasparenza.example.org/"));
            let file = format!("{}index.html", address.unwrap_or_else(|| panic!("{path}: {step}")));
            assert!(site.output().join(&file).exists(), "{path}: {file}");
        }
    }
}

#[test]
fn each_kind_of_record_is_named_by_what_it_is() {
    let site = site();
    let heads = heads(&site);
    let of = |path: &str| linked(path, heads.get(path).unwrap_or_else(|| panic!("{path}")));
    let objective = of("2020/2020_zn07/index.html");
    assert_eq!(objective["temporalCoverage"], "2020");
    assert_eq!(objective["about"]["@type"], "Action");
    assert_eq!(objective["about"]["identifier"], "2020_ZN07");
    assert_eq!(objective["about"]["agent"]["name"], "Servizio sociale professionale");
    let english = of("en/2020/2020_zn07/index.html");
    assert_eq!(english["about"]["@id"], objective["about"]["@id"], "one thing in two languages");
    assert_ne!(english["url"], objective["url"]);
    assert_eq!(of("progetti/habito/index.html")["about"]["@type"], "Project");
    let unit = of("uffici/firenze/servizi-sociali/index.html");
    assert_eq!(unit["mainEntity"]["@type"], "GovernmentOrganization");
    assert_eq!(unit["mainEntity"]["parentOrganization"]["name"], "Comune di Firenze");
    let data = of("dati/index.html");
    let tables = data["mainEntity"]["dataset"].as_array().expect("tables");
    assert_eq!(tables.len(), 7);
    for table in tables {
        let formats = table["distribution"].as_array().expect("formats");
        assert!(formats.len() >= 2, "{table}");
        for format in formats {
            let address = format["contentUrl"]
                .as_str()
                .and_then(|url| url.strip_prefix("https://trasparenza.example.org/"));
            assert!(site.output().join(address.expect("an address of the site")).exists(), "{format}");
        }
    }
    // Whoever publishes the demonstration is none of the administrations that it shows.
    assert_eq!(of("index.html")["publisher"]["@type"], "Organization");
}

#[test]
fn an_administration_that_publishes_its_own_site_is_said_to_be_one() {
    let site = SiteTest::new().file(
        "site.toml",
        "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n[city]\nname = \"Comune di Prova\"\n",
    );
    site.build();
    let home = linked("index.html", &site.read("index.html"));
    assert_eq!(home["publisher"]["@type"], "GovernmentOrganization");
    assert_eq!(home["publisher"]["@id"], "https://example.org/uffici/comune/#unit");
}

#[test]
fn words_of_an_editor_never_leave_the_script_that_holds_them() {
    let title = "Fine </script><!--<script> & «così»";
    let site = SiteTest::new()
        .file("content/objectives/2020/A1.md", &format!("---\ntitle: '{title}'\nunit: comune\n---\nTesto.\n"));
    site.build();
    let page = site.read("2020/a1/index.html");
    assert_eq!(linked("2020/a1/index.html", &page)["about"]["name"], title);
    assert_eq!(page.matches("<script").count(), 1);
}
