//! The site while it is being written, as a browser on the same machine meets it.

#![expect(clippy::disallowed_methods, reason = "the tests save files as an editor's program does")]

use std::cell::Cell;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::SiteTest;

/// How long a slow machine may take to answer before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

const OBJECTIVE: &str = "content/objectives/2020/A1.md";
const PAGE: &str = "/2020/a1/";

fn objective(words: &str) -> String {
    format!("---\ntitle: Aprire la biblioteca la sera\nunit: comune\n---\n{words}\n")
}

fn site() -> SiteTest {
    SiteTest::new().file(OBJECTIVE, &objective("Apertura fino alle 22."))
}

/// A running server, which ends with its test.
struct Served {
    child: Child,
    authority: String,
    site: SiteTest,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; that is for the test to say.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Answer {
    status: u16,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        let header = self.headers.iter().find(|(found, _)| found == name);
        header.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn has_problems(&self) -> bool {
        self.text().contains("id=\"vetro-problems\"")
    }
}

impl Served {
    fn start(site: SiteTest) -> Self {
        Self::start_with(site, &[])
    }

    fn start_with(site: SiteTest, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vetro"));
        command.args(["serve", "--port", "0", "--root", site.root().as_str()]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the server starts");
        let stdout = child.stdout.take().expect("its output is piped");
        let mut served = Self { child, authority: String::new(), site };
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("the server says where it is");
        let authority = line.trim_end().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/'));
        served.authority = authority.unwrap_or_else(|| panic!("no address: {line:?}")).to_owned();
        served
    }

    fn connect(&self, method: &str, target: &str) -> BufReader<TcpStream> {
        self.connect_as(&self.authority, method, target)
    }

    /// A request by a name of the server.
    fn connect_as(&self, name: &str, method: &str, target: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.authority).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        let request = format!("{method} {target} HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("the server reads");
        BufReader::new(stream)
    }

    fn ask(&self, method: &str, target: &str) -> Answer {
        let mut stream = self.connect(method, target);
        let (status, headers) = head(&mut stream);
        let mut body = Vec::new();
        stream.read_to_end(&mut body).expect("the answer ends");
        Answer { status, headers, body }
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target)
    }

    /// What the page shows after the change that `done` waits for. Saving may be seen in several steps: each one is
    /// told, and the last one is the whole.
    fn after(&self, change: impl FnOnce(&SiteTest), target: &str, done: impl Fn(&Answer) -> bool) -> Answer {
        let mut changes = self.connect("GET", "/__vetro/changes");
        let (status, headers) = head(&mut changes);
        assert_eq!(status, 200);
        let kind = ("content-type".to_owned(), "text/event-stream".to_owned());
        assert!(headers.contains(&kind), "{headers:?}");
        change(&self.site);
        let (begun, mut last) = (Instant::now(), String::new());
        loop {
            // A stream that is kept alive never falls silent.
            assert!(begun.elapsed() < PATIENCE, "no such change after: {last}");
            let mut line = String::new();
            let read = changes
                .read_line(&mut line)
                .unwrap_or_else(|error| panic!("no news ({error}) after: {last}"));
            assert_ne!(read, 0, "the stream stays open");
            if line.trim_end() == "data: reload" {
                let answer = self.get(target);
                if done(&answer) {
                    return answer;
                }
                last = answer.text();
            }
        }
    }
}

fn head(stream: &mut impl BufRead) -> (u16, Vec<(String, String)>) {
    let mut line = || {
        let mut line = String::new();
        stream.read_line(&mut line).expect("a line of the answer");
        line.trim_end().to_owned()
    };
    let status = line();
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    let headers = std::iter::from_fn(|| Some(line()).filter(|line| !line.is_empty()))
        .filter_map(|line| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned())))
        .collect();
    (status.expect("a status"), headers)
}

#[test]
fn the_home_page_is_html_and_only_this_machine_is_let_in() {
    let served = Served::start(site());
    assert!(served.authority.starts_with("127.0.0.1:"), "{}", served.authority);
    let home = served.get("/");
    assert_eq!(home.status, 200);
    assert_eq!(home.header("content-type"), "text/html; charset=utf-8");
    assert!(home.text().contains("Promesse"));
    assert!(!home.has_problems());
}

#[test]
fn a_page_asked_for_without_its_last_slash_leads_to_the_one_with_it() {
    let served = Served::start(site());
    let answer = served.get("/2020/a1");
    assert_eq!((answer.status, answer.header("location")), (307, PAGE));
    assert_eq!(served.get(PAGE).status, 200);
}

#[test]
fn every_kind_of_file_is_named_by_its_media_type() {
    let served = Served::start(site());
    let home = served.get("/").text();
    let theme = home.split('"').find(|word| word.ends_with(".css")).expect("the home page has a style");
    let theme = theme.trim_start_matches('.').to_owned();
    let style = served.get(&theme).text();
    let font = style
        .split(['(', ')', '"', '\''])
        .find(|word| word.ends_with(".woff2"))
        .expect("the theme has a font");
    let font = format!("/assets/{}", font.trim_start_matches("./"));
    for (address, expected) in [
        (theme.as_str(), "text/css; charset=utf-8"),
        (&font, "font/woff2"),
        ("/data/indicators.csv", "text/csv; charset=utf-8"),
        ("/data/indicators.json", "application/json; charset=utf-8"),
        ("/2020/a1/index.json", "application/json; charset=utf-8"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", "text/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/assets/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/assets/share.png", "image/png"),
    ] {
        let answer = served.get(address);
        assert_eq!((answer.status, answer.header("content-type")), (200, expected), "{address}");
        assert!(!answer.body.is_empty(), "{address}");
        assert!(!answer.text().contains("EventSource"), "{address} is no page");
    }
}

#[test]
fn an_update_of_the_future_is_shown_by_a_server_of_its_day() {
    for (day, status) in [("2026-11-22", 404), ("2026-11-23", 200)] {
        let site = SiteTest::new()
            .file("content/projects/ponte/index.md", "---\ntitle: Ponte\nunit: comune\n---\n")
            .file("content/projects/ponte/updates/2026-11-23-gara.md", "---\ntitle: Gara\n---\n");
        let served = Served::start_with(site, &["--as-of", day]);
        assert_eq!(served.get("/progetti/ponte/2026-11-23-gara/").status, status, "{day}");
    }
}

#[test]
fn an_unknown_address_shows_the_sites_own_page_for_it() {
    let served = Served::start(site());
    served.site.build();
    let heading = |html: &str| {
        let from = html.find("<h1").expect("a heading");
        html[from..from + html[from..].find("</h1>").expect("its end")].to_owned()
    };
    let answer = served.get("/2020/nulla/");
    assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"));
    assert_eq!(heading(&answer.text()), heading(&served.site.read("404.html")));
}

#[test]
fn the_site_can_only_be_read() {
    let served = Served::start(site());
    for method in ["POST", "PUT", "DELETE"] {
        for address in ["/", PAGE, "/data/indicators.csv", "/__vetro/changes"] {
            let answer = served.ask(method, address);
            assert_eq!((answer.status, answer.header("allow")), (405, "GET,HEAD"), "{method} {address}");
        }
    }
    assert_eq!(served.get(PAGE).status, 200);
}

#[test]
fn the_head_of_a_page_comes_without_its_body() {
    let served = Served::start(site());
    let (head, whole) = (served.ask("HEAD", PAGE), served.get(PAGE));
    assert_eq!(head.status, 200);
    assert_eq!(head.header("content-type"), whole.header("content-type"));
    assert!(head.body.is_empty());
    assert!(!whole.body.is_empty());
}

#[test]
fn no_address_leads_out_of_the_site() {
    let served = Served::start(site());
    served.site.build();
    for address in [
        "/../site.toml",
        "/%2e%2e/site.toml",
        "/2020/../../site.toml",
        "/..%2fsite.toml",
        "/..%5csite.toml",
        "/site.toml",
        "/%2fsite.toml",
        "/./site.toml",
        "/site.toml%00.html",
        "/site.toml\0",
        "/%00",
        "/content/units.yaml",
        "/content/objectives/2020/A1.md",
        "/../../../../../../../../etc/passwd",
        "/..%2f..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/public/index.html",
        "/.vetro/manifest",
        "/%ff",
    ] {
        let answer = served.get(address);
        assert!([400, 404].contains(&answer.status), "{address:?}: {}", answer.status);
        let text = answer.text();
        for secret in ["base_url", "Comune di Prova, kind", "title: Aprire", "root:", "data/indicators.csv\n"] {
            assert!(!text.contains(secret), "{address:?} shows {secret}");
        }
    }
}

#[test]
fn a_saved_text_reloads_the_page_with_its_new_words() {
    let served = Served::start(site());
    assert!(served.get(PAGE).text().contains("fino alle 22"));
    let saved = |site: &SiteTest| site.write(OBJECTIVE, &objective("Apertura fino alle 23."));
    let page = served.after(saved, PAGE, |page| page.text().contains("fino alle 23"));
    assert!(page.text().contains("new EventSource('/__vetro/changes')"));
    assert!(!page.text().contains("fino alle 22"));
    assert!(!page.has_problems());
}

#[test]
fn a_text_that_is_saved_as_it_was_reloads_nothing() {
    let served = Served::start(site());
    let saved = |site: &SiteTest| {
        // Moved into place, so that each is seen in one step.
        let save = |words| {
            site.write("saved.md", &objective(words));
            std::fs::rename(site.root().join("saved.md"), site.root().join(OBJECTIVE)).expect("it is moved");
        };
        save("Apertura fino alle 22.");
        // A reload that must not come would come by then.
        std::thread::sleep(Duration::from_millis(400));
        save("Apertura fino alle 23.");
    };
    let reloads = Cell::new(0);
    served.after(saved, PAGE, |page| {
        reloads.set(reloads.get() + 1);
        page.text().contains("fino alle 23")
    });
    assert_eq!(reloads.get(), 1);
}

#[test]
fn a_new_text_has_a_page_and_a_removed_one_has_none() {
    let served = Served::start(site());
    let other = "content/objectives/2021/B2.md";
    let written = |site: &SiteTest| site.write(other, &objective("Un altro anno."));
    served.after(written, "/2021/b2/", |page| page.status == 200 && page.text().contains("Un altro anno"));
    served.after(|site| site.remove(other), "/2021/b2/", |page| page.status == 404);
}

#[test]
fn no_change_is_lost_however_soon_it_follows_another() {
    let served = Served::start(site());
    let shows = |page: &str, status: u16| {
        let begun = Instant::now();
        while served.get(page).status != status {
            assert!(begun.elapsed() < PATIENCE, "{page} never answers {status}");
            std::thread::sleep(Duration::from_millis(1));
        }
    };
    for step in 0..20 {
        let folder = format!("content/objectives/{}", 2021 + step);
        std::fs::create_dir(served.site.root().join(&folder)).expect("a new folder");
        std::thread::sleep(Duration::from_millis(3 * step));
        let text = format!("{folder}/B2.md");
        served.site.write(&text, &objective("Un altro anno."));
        let page = format!("/{}/b2/", 2021 + step);
        shows(&page, 200);
        served.site.remove(&text);
        shows(&page, 404);
    }
}

#[test]
fn a_broken_text_keeps_the_old_page_and_shows_its_problem_until_it_is_mended() {
    let served = Served::start(site());
    let broken = |site: &SiteTest| site.write(OBJECTIVE, "---\ntitel: Aprire\nunit: comune\n---\nParole nuove.\n");
    let page = served.after(broken, PAGE, |page| page.text().contains("V0202"));
    assert_eq!(page.status, 200);
    assert!(page.has_problems());
    assert!(page.text().contains(OBJECTIVE));
    assert!(page.text().contains("fino alle 22"));
    assert!(!page.text().contains("Parole nuove"));
    assert!(served.get("/").has_problems(), "every page shows it");
    assert!(served.get("/nulla/").has_problems(), "the page for wrong addresses too");
    let mended = |site: &SiteTest| site.write(OBJECTIVE, &objective("Parole nuove."));
    let page = served.after(mended, PAGE, |page| page.text().contains("Parole nuove"));
    assert!(!page.has_problems());
    assert!(!served.get("/").has_problems());
}

#[test]
fn a_page_shows_its_own_warnings_and_some_of_many_others() {
    let text = |n: usize| format!("---\ntitle: Sera {n}\nunit: comune\ncup: X{n:03}\n---\nTesto.\n");
    let path = |n: usize| format!("content/projects/p{n:03}/index.md");
    let many = (0..150).fold(SiteTest::new(), |site, n| site.file(&path(n), &text(n)));
    let served = Served::start(many);
    let panel = |address: &str| {
        let text = served.get(address).text();
        text[text.find("id=\"vetro-problems\"").expect("a panel")..].to_owned()
    };
    // The last file isn't among the first warnings, and its own page has its warning.
    let own = panel("/progetti/p149/");
    assert!(own.contains(&path(149)) && own.contains("<details>"), "{own}");
    let home = panel("/");
    assert!(!home.contains(&path(149)) && home.contains(&path(0)), "{home}");
    for (panel, own) in [(own, 1), (home, 0)] {
        assert_eq!(panel.matches("V0308").count(), 100 + own, "{panel}");
        assert!(panel.contains(&format!("{} altri avvisi", 50 - own)), "{panel}");
    }
}

#[test]
fn a_site_that_is_broken_from_the_start_shows_why_and_comes_up_once_mended() {
    let served = Served::start(SiteTest::new().file(OBJECTIVE, "---\ntitle: X\nunit: nessuno\n---\n"));
    let home = served.get("/");
    assert!(home.has_problems());
    assert!(home.text().contains("V0") && home.text().contains(OBJECTIVE), "{}", home.text());
    let mended = |site: &SiteTest| site.write(OBJECTIVE, &objective("Ora va."));
    let page = served.after(mended, PAGE, |page| page.text().contains("Ora va."));
    assert!(!page.has_problems());
}

const TEMPLATE: &str = "themes/mio/templates/objective.html";

fn template(words: &str) -> String {
    format!("{{% extends \"base.html\" %}}{{% block body %}}<p>{words}</p>{{% endblock %}}")
}

fn own_theme(site: &SiteTest) {
    site.write(
        "site.toml",
        "[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n[theme]\nname = \"mio\"\n",
    );
}

#[test]
fn a_changed_template_of_an_own_theme_shows_and_a_broken_one_says_where() {
    let site = site().file(TEMPLATE, &template("Prima"));
    own_theme(&site);
    let served = Served::start(site);
    assert!(served.get(PAGE).text().contains("<p>Prima</p>"));
    let changed = |site: &SiteTest| site.write(TEMPLATE, &template("Poi"));
    served.after(changed, PAGE, |page| page.text().contains("<p>Poi</p>"));
    let broken = |site: &SiteTest| site.write(TEMPLATE, "{% extends \"base.html\" %}{% block body %}");
    let page = served.after(broken, PAGE, |page| page.has_problems() && page.text().contains("objective.html"));
    assert!(page.text().contains("<p>Poi</p>"));
    let mended = |site: &SiteTest| site.write(TEMPLATE, &template("Infine"));
    let page = served.after(mended, PAGE, |page| page.text().contains("<p>Infine</p>"));
    assert!(!page.has_problems());
}

#[test]
fn a_template_that_fails_when_a_page_is_made_says_where_in_place_of_the_page_and_on_no_other() {
    let site = site().file(TEMPLATE, &template("Prima"));
    own_theme(&site);
    let served = Served::start(site);
    let failing = |site: &SiteTest| site.write(TEMPLATE, &template("{{ nobody.name }}"));
    let page = served.after(failing, PAGE, |page| page.status == 500);
    let words = page.text();
    assert!(page.has_problems() && words.contains("V0703") && words.contains("objective.html"), "{words}");
    let home = served.get("/");
    assert!(home.status == 200 && !home.has_problems());
    let mended = |site: &SiteTest| site.write(TEMPLATE, &template("Poi"));
    served.after(mended, PAGE, |page| page.status == 200 && page.text().contains("<p>Poi</p>"));
}

#[test]
fn a_theme_begun_while_the_site_is_served_is_watched_too() {
    let served = Served::start(site());
    let begun = |site: &SiteTest| {
        site.write(TEMPLATE, &template("Prima"));
        own_theme(site);
    };
    served.after(begun, PAGE, |page| page.text().contains("<p>Prima</p>"));
    let changed = |site: &SiteTest| site.write(TEMPLATE, &template("Poi"));
    served.after(changed, PAGE, |page| page.text().contains("<p>Poi</p>"));
}

#[test]
fn a_broken_site_file_keeps_the_site_up_until_it_is_mended() {
    let served = Served::start(site());
    let broken = |site: &SiteTest| site.write("site.toml", "[site]\ntitle = \"Promesse\nbase_url = 3\n");
    let page = served.after(broken, PAGE, |page| page.text().contains("site.toml:2"));
    assert!(page.has_problems());
    assert!(page.text().contains("fino alle 22"));
    let settings = "[site]\ntitle = \"Impegni presi\"\nbase_url = \"https://example.org\"\n";
    let mended = |site: &SiteTest| site.write("site.toml", settings);
    let page = served.after(mended, PAGE, |page| page.text().contains("Impegni presi"));
    assert!(!page.has_problems());
}

#[test]
fn a_draft_is_marked_where_drafts_are_shown() {
    let draft = "---\ntitle: In arrivo\nunit: comune\ndraft: true\n---\n";
    let served = Served::start_with(site().file("content/objectives/2020/B2.md", draft), &["--drafts"]);
    assert!(served.get("/2020/b2/").text().contains("id=\"vetro-draft\""));
    for page in [PAGE, "/2020/", "/"] {
        assert!(!served.get(page).text().contains("id=\"vetro-draft\""), "{page}");
    }
}

#[test]
fn a_page_shows_what_is_wrong_with_its_own_file_first_and_the_rest_behind_a_summary() {
    let broken = |words: &str| objective(words) + "Vedi [qui](non-esiste.md).\n";
    let site = site().file("content/objectives/2020/B2.md", &broken("Altro."));
    let served = Served::start(site);
    let both = served.after(
        |site| site.write(OBJECTIVE, &broken("Questo.")),
        PAGE,
        |answer| answer.text().contains("2020/A1.md:6"),
    );
    let panel = |text: &str| text.split_once("id=\"vetro-problems\"").expect("the panel").1.to_owned();
    let text = panel(&both.text());
    let (open, closed) = text.split_once("<details>").expect("the rest");
    assert!(open.contains("2020/A1.md:6") && !open.contains("2020/B2.md:6"), "{open}");
    assert!(closed.contains("2020/B2.md:6") && !closed.contains("2020/A1.md:6"), "{closed}");
    // A page that is about neither shows both.
    let home = panel(&served.get("/").text());
    assert!(!home.contains("<details>") && home.contains("2020/A1.md:6") && home.contains("2020/B2.md:6"));
}

#[test]
fn the_desk_knows_the_page_of_the_file_that_was_saved_last_and_its_problems() {
    let served = Served::start(site().file("content/pages/chi-siamo.md", "---\ntitle: Chi siamo\n---\n"));
    let desk = served.get("/__vetro/");
    assert_eq!((desk.status, desk.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(desk.text().matches("<iframe").count(), 2);
    assert_eq!(served.get("/__vetro/saved").text(), "");
    for (path, text, page) in [
        (OBJECTIVE, objective("Fino alle 23."), PAGE),
        ("content/pages/chi-siamo.md", "---\ntitle: Noi\n---\n".to_owned(), "/chi-siamo/"),
        ("content/units.yaml", "- {id: comune, name: Comune}\n".to_owned(), "/uffici/"),
    ] {
        let saved = served.after(|site| site.write(path, &text), "/__vetro/saved", |answer| answer.text() == page);
        assert_eq!(saved.status, 200);
    }
    let wrong = objective("Vedi [qui](non-esiste.md).");
    let problems = format!("/__vetro/problems?{}", PAGE.replace('/', "%2F"));
    let shown = served.after(|site| site.write(OBJECTIVE, &wrong), &problems, Answer::has_problems);
    assert!(shown.text().contains("V0501"), "{}", shown.text());
    assert_eq!(served.get("/__vetro/altro").status, 404);
}

#[test]
fn a_page_in_the_desk_leaves_the_problems_to_it() {
    let served = Served::start(site().file("content/pages/a.md", "---\ntitle: A\n---\n[qui](niente.md)\n"));
    assert!(served.get(PAGE).has_problems());
    let mut stream = TcpStream::connect(&served.authority).expect("the server listens");
    let request = format!(
        "GET {PAGE} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Dest: iframe\r\nConnection: close\r\n\r\n",
        served.authority
    );
    stream.write_all(request.as_bytes()).expect("the server reads");
    let mut text = String::new();
    stream.read_to_string(&mut text).expect("the answer");
    assert!(text.starts_with("HTTP/1.1 200") && !text.contains("vetro-problems"), "{text}");
}

#[test]
fn a_request_by_another_name_is_refused_and_one_by_a_given_name_is_answered() {
    let draft = "---\ntitle: Segreto\ndraft: true\n---\nSegreto.\n";
    let site = site().file("content/pages/bozza.md", draft);
    let served = Served::start_with(site, &["--drafts", "--allow-host", "anteprima.example.it"]);
    let port = served.authority.rsplit(':').next().expect("a port").to_owned();
    let by = |name: &str, target: &str| {
        let mut stream = served.connect_as(name, "GET", target);
        let (status, _) = head(&mut stream);
        let mut body = String::new();
        stream.read_to_string(&mut body).expect("the answer ends");
        (status, body.contains("Segreto"))
    };
    for name in [&*served.authority, "localhost", "anteprima.example.it", &format!("anteprima.example.it:{port}")] {
        assert_eq!(by(name, "/bozza/"), (200, true), "{name}");
    }
    for name in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1.evil.example", "", "192.168.1.5"] {
        assert_eq!(by(name, "/bozza/"), (421, false), "{name:?}");
        assert_eq!(by(name, "/__vetro/changes").0, 421, "{name:?}");
    }
    assert_eq!(by(&served.authority, "http://evil.example/bozza/"), (421, false));
}

#[test]
fn an_address_that_others_reach_is_warned_of_and_twice_with_drafts() {
    for (arguments, warnings) in
        [(&["--host", "0.0.0.0"][..], 1), (&["--host", "0.0.0.0", "--drafts"], 2), (&["--drafts"], 0)]
    {
        let site = site();
        let mut vetro = Command::new(env!("CARGO_BIN_EXE_vetro"));
        vetro
            .args(["--lang", "it", "serve", "--port", "0", "--root", site.root().as_str()])
            .args(arguments);
        let mut child = vetro.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output is piped"))
            .read_line(&mut line)
            .expect("an address");
        std::thread::sleep(Duration::from_millis(200));
        child.kill().expect("it runs");
        let mut said = String::new();
        child
            .stderr
            .take()
            .expect("its errors are piped")
            .read_to_string(&mut said)
            .expect("text");
        child.wait().expect("it ended");
        assert_eq!(said.matches("Attenzione: ").count(), warnings, "{arguments:?}: {said}");
    }
}

#[test]
fn half_a_request_does_not_keep_a_connection_and_a_whole_one_does() {
    let served = Served::start(site());
    let mut connected = |bytes: &str| {
        let mut stream = TcpStream::connect(&served.authority).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
        stream.write_all(bytes.as_bytes()).expect("the server reads");
        stream
    };
    let whole = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", served.authority);
    let mut kept = connected(&whole);
    for mut half in ["GET / HTTP/1.1\r\nHost: localhost\r\n", "GET", "\r\n"].map(&mut connected) {
        // What is left unread of a request may end the connection with an error.
        let ended = half.read_to_end(&mut Vec::new());
        assert!(!matches!(ended, Err(error) if error.kind() == ErrorKind::WouldBlock), "it is open after a minute");
    }
    kept.write_all(whole.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").as_bytes())
        .expect("it is open");
    let mut answers = String::new();
    kept.read_to_string(&mut answers).expect("text");
    assert_eq!(answers.matches("HTTP/1.1 200 OK\r\n").count(), 2, "{answers}");
}
