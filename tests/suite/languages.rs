//! A site of several languages: every page in each, what is translated in its words, the rest marked as what it is.

#![expect(clippy::disallowed_methods, reason = "the tests read what was published")]

use crate::common::SiteTest;

/// An Italian and German site: an objective and its office are translated, its second phase and the project aren't.
fn site() -> SiteTest {
    let site = SiteTest::new()
        .file(
            "site.toml",
            "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org/x\"\nlanguages = [\"it\", \"de\"]\n\
             [site.de]\ntitle = \"Versprechen\"\n[city.de]\nname = \"Gemeinde Prova\"\n\
             [labels]\n\"nav.projects\" = \"Lavori\"\n[labels.de]\n\"nav.projects\" = \"Arbeiten\"\n[check]\nprofiles = []\n",
        )
        .file("content/units.de.yaml", "- {id: comune, name: Gemeinde Prova}\n")
        .file(
            "content/objectives/2020/A1.md",
            "---\ntitle: La mensa\nunit: comune\nphases:\n  - title: Avvio\n  - title: Chiusura\n\
             indicators:\n  - {title: Pasti, target: almeno 1000}\n---\nSi cucina, vedi [il ponte](ponte).\n",
        )
        .file(
            "content/objectives/2020/A1.de.md",
            "---\ntitle: Die Kantine\nphases:\n  - title: Beginn\nindicators:\n  - title: Mahlzeiten\n---\n\
             Es wird gekocht, siehe [die Brücke](ponte).\n",
        )
        .file("content/projects/ponte/index.md", "---\ntitle: Il ponte\nunit: comune\n---\nSi attraversa.\n")
        .file(
            "content/projects/ponte/updates/2020-05-01-inizio.md",
            "---\ntitle: Si comincia\ndocuments:\n  - {title: Foto, url: \"https://example.org/1\"}\n\
             \x20 - {title: Atto, url: \"https://example.org/2\"}\n---\nEcco.\n",
        )
        .file(
            "content/projects/ponte/updates/2020-05-01-inizio.de.md",
            "---\ntitle: Es geht los\ndocuments:\n  - title: Bilder\n---\nDa.\n",
        );
    site.build();
    site
}

#[test]
fn a_translated_page_is_in_its_language_and_leads_to_pages_of_that_language() {
    let page = site().read("de/2020/a1/index.html");
    assert!(page.contains("<html lang=\"de\""), "{page}");
    assert!(page.contains("<h1>Die Kantine</h1>"), "{page}");
    assert!(page.contains("mindestens 1.000") && page.contains("Mahlzeiten"), "{page}");
    assert!(page.contains("<a href=\"../../../de/projekte/ponte/\">die Brücke</a>"), "{page}");
    assert!(page.contains("Gemeinde Prova") && page.contains("Arbeiten"), "{page}");
    assert!(!page.contains("La mensa") && !page.contains("Lavori"), "{page}");
}

#[test]
fn what_nobody_translated_stays_in_the_first_language_and_says_so() {
    let site = site();
    let page = site.main("de/2020/a1/index.html");
    assert!(page.contains("<span lang=\"it\">2. Chiusura</span>"), "{page}");
    assert!(page.contains("nur auf Italienisch"), "{page}");
    let project = site.main("de/projekte/ponte/index.html");
    assert!(project.contains("<h1><span lang=\"it\">Il ponte</span></h1>"), "{project}");
    assert!(project.contains("<div lang=\"it\" class=\"prose\"><p>Si attraversa.</p>"), "{project}");
    let italian = site.main("2020/a1/index.html");
    assert!(!italian.contains("lang=\"") && !italian.contains("solo in"), "{italian}");
}

#[test]
fn every_page_names_itself_in_every_language() {
    let site = site();
    for page in ["2020/a1/index.html", "de/2020/a1/index.html"] {
        let page = site.read(page);
        for (lang, url) in [("it", "2020/a1/"), ("de", "de/2020/a1/"), ("x-default", "2020/a1/")] {
            let link = format!("<link rel=\"alternate\" hreflang=\"{lang}\" href=\"https://example.org/x/{url}\">");
            assert!(page.contains(&link), "{link} in {page}");
        }
    }
    let german = site.read("de/projekte/index.html");
    assert!(german.contains("<a href=\"../../progetti/\" hreflang=\"it\" lang=\"it\">Italiano</a>"), "{german}");
    assert!(german.contains("<span aria-current=\"true\">Deutsch</span>"), "{german}");
}

#[test]
fn each_language_has_its_feed_with_ids_of_its_own() {
    let site = site();
    let (italian, german) = (site.read("feed.xml"), site.read("de/feed.xml"));
    assert!(
        italian.contains("<title>Si comincia</title>") && german.contains("<title>Es geht los</title>"),
        "{german}"
    );
    assert!(german.contains("<language>de</language>") && german.contains("/x/de/projekte/ponte/"), "{german}");
    assert!(italian.contains("2020-05-01-inizio</guid>") && german.contains("2020-05-01-inizio:de</guid>"), "{german}");
    assert!(
        site.read("de/projekte/ponte/index.html")
            .contains("href=\"../../../de/projekte/ponte/feed.xml\"")
    );
}

#[test]
fn data_are_published_once_and_in_the_first_language() {
    let site = site();
    let names: Vec<String> = site.published().into_iter().map(|(path, _)| path).collect();
    assert!(names.contains(&"2020/a1/index.json".to_owned()));
    assert!(!names.iter().any(|path| path.starts_with("de/") && path.ends_with(".json")), "{names:?}");
    assert!(!names.contains(&"de/404.html".to_owned()));
    let page = site.read("de/2020/a1/index.html");
    assert!(page.contains("href=\"../../../2020/a1/index.json\""), "{page}");
}

#[test]
fn the_data_of_a_record_carry_what_was_translated_and_nothing_else() {
    let site = site();
    let translations = |page: &str| {
        let record: serde_json::Value = serde_json::from_str(&site.read(page)).expect("JSON");
        record["translations"].clone()
    };
    let objective = serde_json::json!({ "de": {
        "title": "Die Kantine",
        "description_html":
            "<p>Es wird gekocht, siehe <a href=\"https://example.org/x/de/projekte/ponte/\">die Brücke</a>.</p>\n",
        "phases": [{ "title": "Beginn" }, {}],
        "indicators": [{ "title": "Mahlzeiten" }],
    }});
    assert_eq!(translations("2020/a1/index.json"), objective);
    assert_eq!(translations("progetti/ponte/index.json"), serde_json::json!({}));
    let update = translations("progetti/ponte/2020-05-01-inizio/index.json");
    assert_eq!(update["de"]["documents"], serde_json::json!([{ "title": "Bilder" }, {}]));
    assert_eq!(translations("uffici/comune/index.json"), serde_json::json!({ "de": { "name": "Gemeinde Prova" } }));
}

#[test]
fn the_documents_and_the_milestone_of_an_update_are_in_the_language_of_its_page() {
    let site = site()
        .file(
            "content/projects/ponte/index.md",
            "---\ntitle: Il ponte\nunit: comune\nmilestones:\n  - title: Posa\n---\nSi attraversa.\n",
        )
        .file("content/projects/ponte/index.de.md", "---\nmilestones:\n  - title: Grundstein\n---\n")
        .file("content/projects/ponte/updates/2020-06-01.md", "---\ntitle: Posato\nmilestone: posa\n---\n");
    site.build();
    let page = site.main("de/projekte/ponte/2020-06-01/index.html");
    assert!(page.contains("Grundstein") && !page.contains(">Posa<"), "{page}");
    assert!(site.main("progetti/ponte/2020-06-01/index.html").contains("Posa</dd>"));
    let page = site.main("de/projekte/ponte/2020-05-01-inizio/index.html");
    assert!(page.contains(">Bilder</a>") && page.contains("<span lang=\"it\">Atto</span></a>"), "{page}");
}

#[test]
fn a_page_of_another_languages_address_is_refused() {
    let site = site().file("content/pages/projekte.md", "---\ntitle: Projekte\n---\nX\n");
    let (_, codes) = site.try_build();
    assert_eq!(codes.iter().map(|code| code.id()).collect::<Vec<_>>(), ["V0406"]);
}

/// Valdoro in Italian and French: of its German texts none is left, and one objective is translated.
fn valdoro_in_french() -> SiteTest {
    let site = SiteTest::copy_of("tests/sites/valdoro");
    for entry in walkdir::WalkDir::new(site.root().join("content")) {
        let entry = entry.expect("a file of the site");
        if entry.file_name().to_string_lossy().contains(".de.") {
            std::fs::remove_file(entry.path()).expect("a file of the site");
        }
    }
    let settings = std::fs::read_to_string(site.root().join("site.toml")).expect("the settings of the site");
    let site = site
        .file(
            "site.toml",
            &settings
                .replace("[\"it\", \"de\"]", "[\"it\", \"fr\"]")
                .replace(".de]", ".fr]")
                .replace("Versprechen von Goldtal", "Promesses de Valdoro")
                .replace("Gemeinde Goldtal (erfunden)", "Commune de Valdoro (inventée)")
                .replace("\"Aktuelles\"", "\"Nouveautés\""),
        )
        .file(
            "content/objectives/2023/2023_DEM01.fr.md",
            "---\ntitle: Réduire encore l’attente pour le changement de résidence\n\
             phases:\n  - title: Contrôles de la police locale en dix jours\n\
             indicators:\n  - title: Jours entre la demande et la confirmation\n---\n\
             Le plus long est le contrôle à domicile.\n",
        );
    site.build();
    site
}

#[test]
fn a_site_in_french_has_its_words_dates_and_amounts() {
    let site = valdoro_in_french();
    let page = site.read("fr/2023/2023_dem01/index.html");
    assert!(page.contains("<html lang=\"fr\""), "{page}");
    assert!(page.contains("<h1>Réduire encore l’attente pour le changement de résidence</h1>"), "{page}");
    assert!(page.contains("au maximum 15 jours") || page.contains("au maximum 15 giorni"), "{page}");
    assert!(page.contains("31 décembre 2023") && page.contains("1er mars 2023"), "{page}");
    assert!(page.contains("Commune de Valdoro (inventée)") && page.contains("Nouveautés"), "{page}");
    assert!(page.contains("hreflang=\"it\" lang=\"it\">Italiano</a>"), "{page}");
    let project = site.main("fr/projets/ponte-della-fucina/index.html");
    assert!(project.contains("Certains textes de cette page n’existent qu’en italien."), "{project}");
    assert!(project.contains("\u{202f}") && project.contains(",00\u{a0}€"), "{project}");
    assert!(site.main("progetti/ponte-della-fucina/index.html").contains("Importo previsto"));
}

#[test]
fn no_page_in_french_has_a_word_of_the_italian_theme() {
    let site = valdoro_in_french();
    let theme = |words: &str| plain_texts(&words.parse::<toml::Table>().expect("TOML"));
    let french = theme(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/strings/fr.toml")));
    let mut italian = theme(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/strings/it.toml")));
    // What the editors wrote may be the same words: titles of free pages stand on every page.
    let written: String = walkdir::WalkDir::new(site.root().join("content"))
        .into_iter()
        .filter_map(|entry| std::fs::read_to_string(entry.expect("a file of the site").path()).ok())
        .collect();
    italian.retain(|text| !french.contains(text) && !written.contains(text.as_str()));
    assert!(italian.len() > 200, "{}", italian.len());
    for page in
        ["fr/2023/2023_dem01", "fr", "fr/donnees-ouvertes", "fr/2024", "fr/projets/ponte-della-fucina", "fr/recherche"]
    {
        let page = site.read(&format!("{page}/index.html"));
        for text in &italian {
            assert!(!page.contains(&format!(">{text}<")), "{text} in {page}");
        }
    }
}

/// The texts of a theme that have neither places nor plural forms.
fn plain_texts(table: &toml::Table) -> Vec<String> {
    let of = |value: &toml::Value| match value {
        toml::Value::String(text) if !text.contains('{') => vec![text.clone()],
        toml::Value::Table(inner) if !inner.contains_key("other") => plain_texts(inner),
        _ => Vec::new(),
    };
    table.values().flat_map(of).collect()
}
