//! No word of an editor's text vanishes between the sheet and the page or the feed, over both sites of this repository and
//! over texts drawn at random; and whatever a feed leads to is there.

#![expect(clippy::disallowed_methods, reason = "the tests read what was published")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::common::{SiteTest, TODAY};
use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use vetro::{Code, Drafts, Options, SourceTree};

/// How often each word is said.
type Words = BTreeMap<String, usize>;

fn add(words: &mut Words, text: &str) {
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
}

/// The words that one text has and another lacks.
fn missing(of: &Words, than: &Words) -> Vec<String> {
    let lacks = |(word, count): &(&String, &usize)| than.get(*word).is_none_or(|there| there < *count);
    of.iter().filter(lacks).map(|(word, _)| word.clone()).collect()
}

fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    tag.split_once(&format!(" {name}=\""))?.1.split('"').next()
}

/// What a reader finds in published HTML: its words, those of its pictures, and the numbers of its lists.
fn read(html: &str) -> Words {
    let mut words = Words::new();
    let mut lists: Vec<Option<usize>> = Vec::new();
    let mut text = html.split('<').next().unwrap_or_default().to_owned();
    for piece in html.split('<').skip(1) {
        let Some((tag, rest)) = piece.split_once('>') else { continue };
        let number = |name| attribute(&format!(" {tag}"), name).and_then(|number| number.parse::<usize>().ok());
        match tag.split([' ', '/']).next().unwrap_or_default() {
            "ol" => lists.push(Some(number("start").unwrap_or(1))),
            "ul" => lists.push(None),
            "li" => {
                if let Some(Some(next)) = lists.last_mut() {
                    let here = number("value").unwrap_or(*next);
                    text.push_str(&format!(" {here} "));
                    *next = here + 1;
                }
            }
            "img" => text.push_str(&format!(" {} ", attribute(tag, "alt").unwrap_or_default())),
            "" if tag.starts_with("/ol") || tag.starts_with("/ul") => drop(lists.pop()),
            // Emphasis in the middle of a word leaves it whole.
            "em" | "strong" | "b" | "i" => {}
            "" if ["/em", "/strong", "/b", "/i"].contains(&tag) => {}
            _ => text.push(' '),
        }
        text.push_str(rest);
    }
    for (reference, sign) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")]
    {
        text = text.replace(reference, sign);
    }
    add(&mut words, &text);
    words
}

/// The words of Markdown without where its links lead and what its HTML and headings are called.
fn written(markdown: &str) -> Words {
    let mut words = Words::new();
    for line in markdown.lines() {
        if line.starts_with('[') && line.contains("]: http") {
            continue;
        }
        let mut text = String::new();
        let mut rest = line;
        let ends = [("](", ")", ""), ("[^", "]", ""), ("{#", "}", ""), ("<", ">", "")];
        while let Some((at, (begin, end, _))) =
            ends.iter().filter_map(|sign| Some((rest.find(sign.0)?, *sign))).min_by_key(|(at, _)| *at)
        {
            text.push_str(&rest[..at]);
            let inside = &rest[at + begin.len()..];
            let Some((_, after)) = inside.split_once(end) else { break };
            text.push_str(if begin == "<" { "" } else { " " });
            rest = after;
        }
        text.push_str(rest);
        add(&mut words, &text.replace(['*', '`'], ""));
    }
    words
}

/// The files below `content/` with a text of their own, each with the address of its page.
fn sheets(root: &Utf8Path) -> Vec<(Utf8PathBuf, String)> {
    fn gather(folder: &Utf8Path, files: &mut Vec<Utf8PathBuf>) {
        for entry in folder.read_dir_utf8().expect("the folder can be read") {
            let path = entry.expect("the entry can be read").into_path();
            if path.is_dir() {
                gather(&path, files);
            } else if path.extension() == Some("md") {
                files.push(path);
            }
        }
    }
    let content = root.join("content");
    let mut files = Vec::new();
    gather(&content, &mut files);
    let address = |path: &Utf8PathBuf| {
        let below = path.strip_prefix(&content).ok()?.with_extension("");
        let name = below.file_name()?.to_lowercase();
        let parts: Vec<&str> = below.iter().collect();
        Some(match parts[..] {
            ["objectives", year, _] => format!("{year}/{name}/"),
            ["projects", project, "index"] => format!("progetti/{project}/"),
            ["projects", project, "updates", _] => format!("progetti/{project}/{name}/"),
            ["pages", _] => format!("{name}/"),
            _ => return None,
        })
    };
    // Translations are sought from the pages that they translate.
    let is_translation = |path: &Utf8PathBuf| path.file_stem().is_some_and(|stem| stem.ends_with(".de"));
    let own = files.into_iter().filter(|path| !is_translation(path));
    own.filter_map(|path| address(&path).map(|address| (path, address))).collect()
}

/// The text below the front matter.
fn body(path: &Utf8Path) -> String {
    let sheet = fs::read_to_string(path).expect("the sheet can be read").replace("\r\n", "\n");
    sheet.split_once("\n---\n").map_or(String::new(), |(_, body)| body.to_owned())
}

/// The contents of a feed, by the addresses of their pages.
fn contents(xml: &str) -> BTreeMap<String, String> {
    let some = |text: Option<&str>| text.unwrap_or_default().to_owned();
    match xml.parse::<syndication::Feed>().expect("a feed") {
        syndication::Feed::RSS(channel) => {
            channel.items().iter().map(|item| (some(item.link()), some(item.content()))).collect()
        }
        syndication::Feed::Atom(feed) => feed
            .entries()
            .iter()
            .map(|entry| {
                (entry.links()[0].href().to_owned(), some(entry.content().and_then(|content| content.value())))
            })
            .collect(),
    }
}

/// The places to which a feed's contents lead and that aren't on their pages, of which `page` gives the HTML.
fn dangling(contents: &BTreeMap<String, String>, base: &str, page: impl Fn(&str) -> String) -> Vec<String> {
    let links = contents.values().flat_map(|html| html.split("href=\"").skip(1));
    let led = links.filter_map(|rest| rest.split('"').next()?.strip_prefix(base)?.split_once('#'));
    let led: BTreeSet<(&str, &str)> = led.collect();
    let lacks = |(address, place): &(&str, &str)| !page(address).contains(&format!(" id=\"{place}\""));
    led.into_iter()
        .filter(lacks)
        .map(|(address, place)| format!("{address}#{place}"))
        .collect()
}

#[test]
fn every_word_of_both_sites_is_on_its_page_and_in_its_feed() {
    for (site, base) in
        [(SiteTest::copy_of(""), "https://trasparenza.example.org/"), (SiteTest::copy_of("tests/sites/valdoro"), "")]
    {
        site.build();
        let feed = contents(&site.read("feed.xml"));
        let base = if base.is_empty() {
            feed.keys()
                .next()
                .expect("an update")
                .split("progetti/")
                .next()
                .expect("a base")
                .to_owned()
        } else {
            base.to_owned()
        };
        let sheets = sheets(&site.root());
        assert!(sheets.len() > 15, "{sheets:?}");
        let mut feeds = 0;
        for (path, address) in sheets {
            let words = written(&body(&path));
            let page = site.read(&format!("{address}index.html"));
            assert_eq!(missing(&words, &read(&page)), [""; 0], "{path} on its page");
            if let Some(content) = feed.get(&format!("{base}{address}")) {
                assert_eq!(missing(&words, &read(content)), [""; 0], "{path} in its feed");
                feeds += 1;
            }
            let translation = path.with_extension("de.md");
            if translation.is_file() {
                let german = page.split("hreflang=\"de\"").nth(1).and_then(|rest| attribute(rest, "href"));
                let german = german.unwrap_or_else(|| panic!("{address} has no page in German"));
                let german = german.rsplit("../").next().expect("an address").trim_start_matches(&*base);
                let page = site.read(&format!("{german}index.html"));
                assert_eq!(missing(&written(&body(&translation)), &read(&page)), [""; 0], "{translation} on its page");
            }
        }
        assert!(feeds > 3);
        assert_eq!(dangling(&feed, &base, |address| site.read(&format!("{address}index.html"))), [""; 0]);
    }
}

/// What texts are drawn from. `§` is a word that readers must find, `№` a number.
const BLOCKS: &[&str] = &[
    "§ § §",
    "## § §",
    "##§ §",
    "#§ §",
    "## § {§ §}",
    "### § {#qui}",
    "§ §\n---",
    "§\n===",
    "## ![§](https://a.it/x.png)",
    "№. § §\n№. §\n№. §",
    "1. §\n1. §",
    "№) §\n\n   №. §\n   №. §",
    "№.",
    "- §\n- [ ] §",
    "-§\n-§",
    "| § | № |\n|---|:-:|\n| § | § | § | № |\n| § |\n| `§|§` | § |",
    "| § | § |\n| § | § |",
    "| § |\n|---|---|\n| § |",
    "**§ **§ ** § ** __§ __§",
    "*§* **§** ~~§~~ ***§***",
    "№~№ ~§~ §~§",
    "№*№*№",
    "§[^1] §\n\n[^1]: § §\n",
    "§[^no] §",
    "[^2]: §",
    "[§](#qui) [§](#niente) [§](../index.md#capitolo) [§](../index.md#niente) [§](#about-qui) [§](#text)",
    "[§](#Città%20bella)",
    "[§](nome con §.pdf) ![§](il §.jpg)",
    "[§] (https://a.it/) (§)[https://a.it/]",
    "[§][rif] [§][]",
    "[§][vero]\n\n[vero]: https://a.it/\n",
    "[§]: §",
    "[§](<https://a.it/> \"x\"",
    "{{< x § >}} {% § %} {: .§} [[§]]",
    ":::§\n§\n:::",
    "> [!NOTE]\n> §\n§",
    "<urp@example.org> § <https://a.it/>",
    "<div id=\"qui\">\n§ <b>§</b>\n</div>",
    "§ <a name=\"qui\"></a><a href=\"#qui\">§</a> <a href=\"#niente\">§</a>",
    "<ol start=\"№\"><li>§</li><li value=\"№\">§</li></ol>",
    "<table><tr><td>§</td><td>§</td></tr></table>",
    "<details><summary>§</summary>\n\n§\n\n</details>",
    "§ <§> § </§> <?§?> §",
    "<script>§</script> §",
    "<div\n§",
    "<!-- x --> §",
    "<!-- x",
    "<h1>§</h1> <img alt=\"§\">",
    "§ < § > § & § &amp; &copy; \\*§\\* \\<§>",
    "```x\n§ | § **\n```",
    "```§ §\n§\n```",
    "    § §",
    "`§` § `§",
    "§  \n§\\\n§",
    "---",
];

/// A text, with the words and numbers that a reader must find in it.
fn text() -> impl Strategy<Value = (String, Words)> {
    let block = (prop::sample::select(BLOCKS), 0..8_u8, 0..4_u8);
    prop::collection::vec(block, 1..9).prop_map(|blocks| {
        let (mut text, mut words) = (String::new(), Words::new());
        let mut next = 0;
        for (block, frame, gap) in blocks {
            let block = match frame {
                0 => block.lines().map(|line| format!("> {line}\n")).collect(),
                1 => format!("- {}", block.replace('\n', "\n  ")),
                _ => block.to_owned(),
            };
            for sign in block.chars() {
                // Numbers of a list don't count on by themselves.
                next += 3;
                match sign {
                    '§' => add(&mut words, &format!("w{next}")),
                    '№' => add(&mut words, &(1000 + next).to_string()),
                    _ => {}
                }
                match sign {
                    '§' => text.push_str(&format!("w{next}")),
                    '№' => text.push_str(&(1000 + next).to_string()),
                    sign => text.push(sign),
                }
            }
            text.push_str(if gap == 0 { "\n" } else { "\n\n" });
        }
        (text, words)
    })
}

/// The problems that say that something isn't on the page, or stop the site.
fn may_hide(code: Code) -> bool {
    matches!(code, Code::UnsafeHtml | Code::HiddenWords | Code::BrokenLink | Code::BadAddress | Code::NoAlt)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_of_any_text_is_on_its_page_and_in_its_feed_or_told(texts in prop::collection::vec(text(), 1..12)) {
        let sheet = |text: &str| format!("---\ntitle: T\nunit: comune\n---\n{text}");
        let mut files = vec![
            ("site.toml".to_owned(), "[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\n".to_owned()),
            ("content/units.yaml".to_owned(), "- {id: comune, name: Comune, kind: comune}\n".to_owned()),
            ("content/projects/p/index.md".to_owned(), sheet("## Capitolo\n")),
        ];
        files.extend(texts.iter().enumerate().map(|(nth, (text, _))| {
            (format!("content/projects/p/updates/2024-01-01-{nth}.md"), format!("---\ntitle: T\n---\n{text}"))
        }));
        let tree = SourceTree::from_texts(files);
        let options = Options { as_of: TODAY, base: None, drafts: Drafts::Include, profiles: None };
        let (edition, report) = vetro::Session::once(&tree, &options);
        let edition = edition.expect("a site");
        let made = edition.files(&tree).expect("addresses");
        let read_file = |path: &str| {
            let file = made.iter().find(|file| file.path().to_string() == path).unwrap_or_else(|| panic!("{path}"));
            let mut bytes = Vec::new();
            file.make(&mut bytes).expect("a file");
            String::from_utf8(bytes).expect("text")
        };
        let feed = contents(&read_file("progetti/p/atom.xml"));
        for (nth, (text, words)) in texts.iter().enumerate() {
            let file = tree.find(&format!("content/projects/p/updates/2024-01-01-{nth}.md")).expect("the sheet");
            if report.iter().any(|problem| problem.file == file && may_hide(problem.code)) {
                continue;
            }
            let address = format!("progetti/p/2024-01-01-{nth}/");
            let page = read_file(&format!("{address}index.html"));
            prop_assert_eq!(missing(words, &read(&page)), [""; 0], "{} on its page", text);
            let content = &feed[&format!("https://example.org/{address}")];
            prop_assert_eq!(missing(words, &read(content)), [""; 0], "{} in its feed", text);
        }
        let dangling = dangling(&feed, "https://example.org/", |address| read_file(&format!("{address}index.html")));
        prop_assert_eq!(dangling, [""; 0]);
    }
}
