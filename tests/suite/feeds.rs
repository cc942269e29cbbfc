//! The feeds of the demonstration site, as an independent reader finds them.

#![expect(clippy::disallowed_methods, reason = "the tests read what was published")]

use crate::common::SiteTest;
use vetro::BaseUrl;

const BASE: &str = "https://trasparenza.example.org/";

const PROJECT: &str = "progetti/pratiche-di-inclusione-sociale/";

/// The pages whose feeds are read: the site's, a project's, a unit's and a year's, each with its title and the days of its
/// updates.
const FEEDS: [(&str, &str, &[&str]); 4] = [
    ("", "Obiettivi e progetti: aggiornamenti sui progetti", &["2023-12-02", "2020-12-03", "2020-10-09", "2019-08-01"]),
    (
        PROJECT,
        "Pratiche di Inclusione Sociale: aggiornamenti",
        &["2023-12-02", "2020-12-03", "2020-10-09", "2019-08-01"],
    ),
    (
        "uffici/trento/",
        "Comune di Trento: aggiornamenti sui progetti",
        &["2023-12-02", "2020-12-03", "2020-10-09", "2019-08-01"],
    ),
    ("2020/", "Obiettivi e progetti: aggiornamenti del 2020", &["2020-12-03", "2020-10-09"]),
];

const FILES: [&str; 2] = ["feed.xml", "atom.xml"];

/// The officials whom the sheets name.
const OFFICIALS: [&str; 4] = ["Maltoni", "Cavalleri", "Licitra", "Foti"];

#[derive(Debug, PartialEq, Eq)]
struct Item {
    id: String,
    title: String,
    /// As `2023-12-02`.
    day: String,
    link: String,
    content: String,
}

fn read(site: &SiteTest, address: &str) -> (String, Vec<Item>) {
    let some = |text: Option<&str>| text.unwrap_or_default().to_owned();
    match site.read(address).parse::<syndication::Feed>().expect("a feed") {
        syndication::Feed::RSS(channel) => {
            let items = channel.items().iter().map(|item| {
                let date = item.pub_date().expect("a date");
                let day = jiff::fmt::rfc2822::parse(date).unwrap_or_else(|error| panic!("{date}: {error}")).date();
                Item {
                    id: item.guid().expect("an id").value().to_owned(),
                    title: some(item.title()),
                    day: day.to_string(),
                    link: some(item.link()),
                    content: some(item.content()),
                }
            });
            (channel.title().to_owned(), items.collect())
        }
        syndication::Feed::Atom(feed) => {
            let items = feed.entries().iter().map(|entry| Item {
                id: entry.id().to_owned(),
                title: entry.title().to_owned(),
                day: entry.updated().get(..10).unwrap_or_default().to_owned(),
                link: entry.links()[0].href().to_owned(),
                content: some(entry.content().and_then(|content| content.value())),
            });
            (feed.title().to_owned(), items.collect())
        }
    }
}

fn built() -> SiteTest {
    let site = SiteTest::copy_of("");
    site.build();
    site
}

#[test]
fn each_feed_tells_its_updates_newest_first_with_the_days_of_the_content() {
    let site = built();
    for (page, title, days) in FEEDS {
        for file in FILES {
            let (found, items) = read(&site, &format!("{page}{file}"));
            assert_eq!(found, title, "{page}{file}");
            let found: Vec<&str> = items.iter().map(|item| item.day.as_str()).collect();
            assert_eq!(found, days, "{page}{file}");
        }
    }
}

#[test]
fn an_update_is_told_whole_and_under_its_own_title() {
    let site = built();
    for file in FILES {
        let (_, items) = read(&site, &format!("{PROJECT}{file}"));
        let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        let expected = [
            "Le attività progettuali si sono concluse",
            "Pubblicata la pagina del progetto",
            "Il Comune di Trento aderisce e stipula la convenzione",
            "Il Ministero pubblica la richiesta di Manifestazione di interesse",
        ];
        assert_eq!(titles, expected, "{file}");
        let content = items[0].content.trim();
        assert_eq!(content, "<p>Le attività progettuali si sono concluse in data 2 dicembre 2023.</p>", "{file}");
        assert!(items[3].content.contains("nelle aree urbane a maggiore vulnerabilità sociale.</p>"), "{file}");
    }
}

#[test]
fn both_formats_of_a_feed_tell_the_same() {
    let site = built();
    for (page, ..) in FEEDS {
        let [rss, atom] = FILES.map(|file| read(&site, &format!("{page}{file}")));
        assert_eq!(rss, atom, "{page}");
    }
}

#[test]
fn the_links_of_a_feed_are_absolute_and_lead_to_pages() {
    let site = built();
    for (page, ..) in FEEDS {
        for file in FILES {
            for item in read(&site, &format!("{page}{file}")).1 {
                let target = item.link.strip_prefix(BASE).unwrap_or_else(|| panic!("{}", item.link));
                assert!(site.output().join(target).join("index.html").is_file(), "{}", item.link);
                assert!(!item.content.contains("href=\"/") && !item.content.contains("href=\"."), "{}", item.content);
            }
        }
    }
}

#[test]
fn an_updates_id_stays_when_the_site_moves_below_a_path() {
    let mut site = built();
    let read_all = |site: &SiteTest| -> Vec<Item> {
        let feeds = FEEDS.iter().flat_map(|(page, ..)| FILES.map(|file| format!("{page}{file}")));
        feeds.flat_map(|address| read(site, &address).1).collect()
    };
    let before = read_all(&site);
    site.options.base = Some(BaseUrl::new("https://altrove.example.net", "/promesse/"));
    site.build();
    let after = read_all(&site);
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.id, after.id);
        assert!(before.id.starts_with("tag:trasparenza.example.org,"), "{}", before.id);
        assert!(after.link.starts_with("https://altrove.example.net/promesse/"), "{}", after.link);
    }
}

#[test]
fn pages_announce_their_feeds_at_addresses_that_exist() {
    let site = built();
    for (page, title, _) in FEEDS {
        let html = site.read(&format!("{page}index.html"));
        let links: Vec<&str> = html.split("<link ").filter(|link| link.starts_with("rel=\"alternate\"")).collect();
        for (kind, file) in [("rss", "feed.xml"), ("atom", "atom.xml")] {
            let kind = format!("type=\"application/{kind}+xml\"");
            let own = links
                .iter()
                .find(|link| link.contains(&kind))
                .unwrap_or_else(|| panic!("{page} has no {file}"));
            assert!(own.contains(title), "{own}");
            let href = own.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
            let base = url::Url::parse(BASE).and_then(|base| base.join(page)).expect("the page's address");
            let target = base.join(href).expect("an address");
            assert_eq!(target.as_str(), format!("{BASE}{page}{file}"));
            assert!(site.output().join(target.path().trim_start_matches('/')).is_file(), "{target}");
        }
    }
}

#[test]
fn no_official_is_named_in_a_feed_a_table_or_an_address() {
    let site = built();
    let page = site.read("2020/2020_zn07/index.html");
    assert!(page.contains("Maltoni"), "the names are in the content, and on pages");
    let mut told = 0;
    for (path, bytes) in site.published() {
        for name in OFFICIALS {
            assert!(!path.to_lowercase().contains(&name.to_lowercase()), "{path}");
        }
        let feed = FILES.iter().any(|file| path.ends_with(file));
        if feed || (path.starts_with("data/") && path.ends_with(".csv")) {
            let text = String::from_utf8(bytes).expect("text");
            for name in OFFICIALS {
                assert!(!text.contains(name), "{name} in {path}");
            }
            told += 1;
        }
    }
    assert!(told > 30, "{told}");
}
