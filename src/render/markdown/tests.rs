use proptest::prelude::*;

use super::*;
use crate::render::tests::sample::{PROJECT, settings, site};

fn at(site: &Site, from: Page, text: &str) -> String {
    html(site, from, &Markdown::from(text.to_owned()), Links::Below("../../"), 1, "")
}

/// A text on the project's page.
fn page(text: &str) -> String {
    at(&site(settings()), PROJECT, text)
}

#[test]
fn a_link_leads_by_path_code_address_or_place_from_wherever_the_page_stands() {
    for (written, href) in [
        ("../../pages/metodo.md", "../../metodo/"),
        ("/pages/metodo.md#fonti", "../../metodo/#fonti"),
        ("P1", "../../progetti/ponte/"),
        ("/progetti/ponte/", "../../progetti/ponte/"),
        ("foto.jpg", "../../progetti/ponte/foto.jpg"),
        ("#qui", "#qui"),
        ("https://example.net/a?b=c&d", "https://example.net/a?b=c&amp;d"),
        ("mailto:a@example.net", "mailto:a@example.net"),
        ("tel:+39055", "tel:+39055"),
    ] {
        assert_eq!(page(&format!("[x]({written})")), format!("<p><a href=\"{href}\">x</a></p>\n"), "{written}");
        // As a link in the editor's own HTML.
        assert_eq!(
            page(&format!("<a href=\"{written}\">x</a>")),
            format!("<p><a href=\"{href}\">x</a></p>\n"),
            "{written}"
        );
    }
}

#[test]
fn characters_of_a_file_name_that_mean_something_in_an_address_are_encoded() {
    let link = "<p><a href=\"../../progetti/ponte/a%20b%231.pdf\">x</a></p>\n";
    assert_eq!(page("[x](<a b%231.pdf>)"), link);
    assert_eq!(page("<a href='a b%231.pdf'>x</a>"), link);
}

#[test]
fn a_link_that_leads_nowhere_is_left_as_its_words() {
    for written in ["nessuna.md", "P9", "javascript:alert(1)", "data:text/html,x", "//example.net", "../../../etc"] {
        assert_eq!(page(&format!("a [x *y*]({written}) b")), "<p>a x <em>y</em> b</p>\n", "{written}");
        assert_eq!(page(&format!("<a href=\"{written}\">x</a>")), "<p><a>x</a></p>\n", "{written}");
    }
}

#[test]
fn a_feed_gets_whole_addresses() {
    let site = site(settings());
    let feed = |text: &str| html(&site, PROJECT, &Markdown::from(text.to_owned()), Links::Absolute, 1, "");
    assert_eq!(
        feed("[a](/pages/metodo.md#b) [c](foto.jpg) [d](#e)\n\n![f](foto.jpg)"),
        "<p><a href=\"https://example.org/citta/metodo/#b\">a</a> \
         <a href=\"https://example.org/citta/progetti/ponte/foto.jpg\">c</a> \
         <a href=\"https://example.org/citta/progetti/ponte/#e\">d</a></p>\n\
         <p><img src=\"https://example.org/citta/progetti/ponte/foto.jpg\" alt=\"f\" width=\"800\" height=\"600\" loading=\"lazy\"></p>\n"
    );
    let notes = feed("a[^n]\n\n[^n]: b <b>c</b>");
    assert!(notes.contains("href=\"https://example.org/citta/progetti/ponte/#note-1\""), "{notes}");
}

#[test]
fn an_address_of_an_email_in_angle_brackets_is_one_to_write_to() {
    assert_eq!(page("<a@example.net>"), "<p><a href=\"mailto:a@example.net\">a@example.net</a></p>\n");
}

#[test]
fn headings_stand_below_the_pages_own_and_skip_no_level() {
    let levels = |text: &str, shift: u8| {
        let site = site(settings());
        let html = html(&site, PROJECT, &Markdown::from(text.to_owned()), Links::Absolute, shift, "");
        html.match_indices("<h")
            .map(|(at, _)| html[at + 2..at + 3].to_owned())
            .collect::<String>()
    };
    assert_eq!(levels("# a\n## b\n# c\n", 1), "232");
    assert_eq!(levels("## a\n### b\n## c\n", 1), "232");
    assert_eq!(levels("## a\n##### b\n###### c\n## d\n", 1), "2342");
    assert_eq!(levels("# a\n## b\n### c\n#### d\n##### e\n###### f\n", 2), "345666");
    assert_eq!(levels("##### a\n# b\n", 1), "22");
}

#[test]
fn heading_ids_come_of_their_words_are_unique_and_yield_to_those_that_editors_chose() {
    let text = "# Città *aperta*\n# Città aperta\n# Fonti {#citta-aperta}\n# ?\n# a {#a .x onclick=alert(1)}\n";
    assert_eq!(
        page(text),
        "<h2 id=\"citta-aperta-2\">Città <em>aperta</em></h2>\n\
         <h2 id=\"citta-aperta-3\">Città aperta</h2>\n\
         <h2 id=\"citta-aperta\">Fonti</h2>\n\
         <h2 id=\"section\">?</h2>\n\
         <h2 id=\"a\">a</h2>\n"
    );
}

#[test]
fn the_index_has_the_titles_and_ids_of_the_pages_second_level() {
    let text = Markdown::from("## A `b` *c*[^n]\n### no\n#\n## A b c\n\n[^n]: d".to_owned());
    let expected = [("a-b-c".to_owned(), "A b c".to_owned()), ("a-b-c-2".to_owned(), "A b c".to_owned())];
    assert_eq!(headings(&text), expected);
    let html = html(&site(settings()), PROJECT, &text, Links::Absolute, 1, "");
    assert!(html.contains("<h2 id=\"a-b-c\">") && html.contains("<h2 id=\"a-b-c-2\">"), "{html}");
    assert!(!html.contains("<h2></h2>"), "{html}");
}

#[test]
fn two_texts_of_a_page_share_no_id_and_a_link_finds_its_own_texts_heading() {
    let site = site(settings());
    let text = Markdown::from("# Fonti\n\n[a](#fonti) b[^1]\n\n[^1]: c".to_owned());
    let html = html(&site, PROJECT, &text, Links::Below("./"), 2, "report-");
    for part in ["<h3 id=\"report-fonti\">", "href=\"#report-fonti\"", "id=\"report-ref-1\"", "id=\"report-note-1\""] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn a_table_scrolls_by_keys_has_a_name_and_no_inline_style() {
    let table = "|a|b|\n|-|-:|\n|1|2|\n";
    assert_eq!(
        page(table),
        "<section class=\"scroll\" tabindex=\"0\" aria-label=\"a, b\">\
         <table><thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"num\">b</th></tr></thead><tbody>\n\
         <tr><td>1</td><td class=\"num\">2</td></tr>\n</tbody></table>\n</section>\n"
    );
    let two = page(&format!("# Costi \"veri\"\n\n{table}\n\n{table}"));
    assert!(two.contains("aria-label=\"Costi &quot;veri&quot;\">"), "{two}");
    assert!(two.contains("aria-label=\"Costi &quot;veri&quot; 2\">"), "{two}");
    assert!(page("| | |\n|-|-|\n|1|2|\n").contains("aria-label=\"Tabella\">"));
}

#[test]
fn a_picture_of_the_site_is_loaded_late_and_any_other_is_left_as_its_words() {
    assert_eq!(
        page("![Il *ponte* \"nuovo\"](foto.jpg \"t\")"),
        "<p><img src=\"../../progetti/ponte/foto.jpg\" alt=\"Il ponte &quot;nuovo&quot;\" width=\"800\" height=\"600\" loading=\"lazy\"></p>\n"
    );
    assert_eq!(page("![a & b](piazza.png)"), "<p>a &amp; b</p>\n");
    let own = page("<img src=foto.jpg alt=a onerror=alert(1)><img src=piazza.png alt=b>");
    assert_eq!(
        own,
        "<p><img src=\"../../progetti/ponte/foto.jpg\" alt=\"a\" loading=\"lazy\"><img loading=\"lazy\" alt=\"b\"></p>\n"
    );
}

#[test]
fn a_picture_of_another_site_is_a_link_with_its_words() {
    let link = "<a href=\"https://example.net/x.png?a=1&amp;b=2\">Il ponte &amp; la piazza</a>";
    assert_eq!(page("![Il *ponte* & la piazza](https://example.net/x.png?a=1&b=2 \"t\")"), format!("<p>{link}</p>\n"));
    let html = "<img width=9 alt=\"Il ponte &amp; la piazza\" src='https://example.net/x.png?a=1&amp;b=2'/>";
    assert_eq!(page(html), link);
    assert_eq!(page(&format!("<figure>\n{html}\n</figure>\n")), format!("<figure>\n{link}\n</figure>\n"));
    // The address where there are no words.
    let bare = "<a href=\"http://example.net/x.png\">http://example.net/x.png</a>";
    for text in ["![](http://example.net/x.png)", "![ ](http://example.net/x.png)"] {
        assert_eq!(page(text), format!("<p>{bare}</p>\n"));
    }
    for html in ["<img src=http://example.net/x.png>", "<IMG alt='' src=http://example.net/x.png>"] {
        assert_eq!(page(html), bare);
    }
    let other = "<p><a href=\"https://example.net/x.png\">b</a></p>\n";
    assert_eq!(page("![b](//example.net/x.png)"), other);
    assert_eq!(page("<i></i><img src=//example.net/x.png alt=b>"), other.replace("<a", "<i></i><a"));
    // In a link there is no other.
    assert_eq!(page("[![b](https://example.net/x.png)](P1)"), "<p><a href=\"../../progetti/ponte/\">b</a></p>\n");
    let within = "<p><a href=\"../../progetti/ponte/\">b c</a> <a href=\"https://example.net/x.png\">d</a></p>\n";
    let image = |alt: &str| format!("<img src=https://example.net/x.png alt={alt}>");
    assert_eq!(page(&format!("<a href=P1>{} c</a> {}", image("b"), image("d"))), within);
    assert_eq!(page(&format!("[{} c](P1) {}", image("b"), image("d"))), within);
    // A place that it names stays one.
    let named = page(&format!("[a](#mappa) {}", image("b id=mappa")));
    assert!(named.contains("<a href=\"#mappa\">a</a> <span id=\"mappa\"><a href="), "{named}");
    let hostile = page("<img src=\"https://example.net/'><script>x\" alt='&agrave; <b onclick=x()>&quot;'>");
    assert_eq!(hostile, "<a href=\"https://example.net/'%3E%3Cscript%3Ex\">à &lt;b onclick=x()&gt;\"</a>");
}

#[test]
fn notes_are_numbered_as_met_linked_both_ways_and_kept_where_nothing_refers_to_them() {
    let html = page("[^z]: ultima\n\na[^x] b[^y] c[^x]\n\n[^y]: due[^x]\n[^x]: uno\n");
    assert_eq!(
        html,
        "<p>a<sup><a id=\"ref-1\" href=\"#note-1\" role=\"doc-noteref\">1</a></sup> \
         b<sup><a id=\"ref-2\" href=\"#note-2\" role=\"doc-noteref\">2</a></sup> \
         c<sup><a id=\"ref-1-2\" href=\"#note-1\" role=\"doc-noteref\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\"><ol>\n\
         <li id=\"note-1\">\n<p>uno <a href=\"#ref-1\" role=\"doc-backlink\">↩\u{a0}1</a></p>\n</li>\n\
         <li id=\"note-2\">\n<p>due<sup><a id=\"ref-1-3\" href=\"#note-1\" role=\"doc-noteref\">1</a></sup> \
         <a href=\"#ref-2\" role=\"doc-backlink\">↩\u{a0}2</a></p>\n</li>\n\
         <li id=\"note-3\">\n<p>ultima</p>\n</li>\n\
         </ol></section>\n"
    );
    assert_eq!(page("a[^none]"), "<p>a[^none]</p>\n");
}

#[test]
fn the_editors_html_is_kept_where_it_is_harmless() {
    assert_eq!(
        page("<details><summary>a</summary>\n\n**b** <span lang=\"de\">c</span>\n\n</details>"),
        "<details><summary>a</summary>\n<p><strong>b</strong> <span lang=\"de\">c</span></p>\n</details>"
    );
    assert_eq!(
        page("<h1>a</h1><!-- b --><div id=content style=\"color:red\" class=\"x\">c</div>"),
        "a<div id=\"content\">c</div>"
    );
    for harmful in [
        "<script>alert(1)</script>",
        "<style>*{display:none}</style>",
        "<iframe src=https://example.net></iframe>",
        "<form action=https://example.net><input name=a></form>",
        "<svg onload=alert(1)></svg>",
        "<object data=x></object>",
    ] {
        assert_eq!(page(harmful).replace("<p></p>", "").trim(), "", "{harmful}");
    }
}

#[test]
fn html_that_opens_elements_without_end_is_shown_as_text() {
    assert!(page(&"<div>".repeat(clean::MAX_DEPTH + 1)).starts_with("&lt;div&gt;&lt;div&gt;"));
    assert!(page(&"<div>".repeat(clean::MAX_DEPTH)).starts_with("<div><div>"));
    let flat = format!("{}<i>{}</i>", "<b></b>".repeat(clean::MAX_DEPTH), "a<br>".repeat(clean::MAX_DEPTH));
    assert!(page(&flat).contains("<i>a<br>a<br>"));
}

#[test]
fn what_vetro_writes_itself_survives_beside_the_editors_html() {
    let text = "# A\n\n|a|\n|-:|\n|1|\n\n![b](foto.jpg) c[^n] [d](P1)\n\n3. e\n\n[^n]: f\n";
    assert_eq!(page(&format!("{text}\n<b></b>\n")).replace("<p><b></b></p>\n", ""), ammonias(&page(text)));
}

/// A page in the spelling in which ammonia writes HTML.
fn ammonias(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (i, part) in html.split(['<', '>']).enumerate() {
        if i % 2 == 0 {
            out.push_str(&part.replace('\u{a0}', "&nbsp;").replace('\0', ""));
        } else {
            let tag = part.trim_end_matches(" /").replace("&#39;", "'").replace('\u{a0}', "&nbsp;");
            out.push_str(&format!("<{tag}>"));
        }
    }
    out
}

#[derive(Debug)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
}

/// The start tags of HTML that a serialiser wrote: quoted attributes, and in text no `<`.
fn elements(html: &str) -> Vec<Element> {
    let mut elements = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let name: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        rest = &rest[name.len()..];
        let mut attributes = Vec::new();
        while let Some(from) = rest.strip_prefix(' ') {
            if from.starts_with('/') {
                break;
            }
            let (attribute, from) = from.split_once("=\"").expect("an attribute has a value in quotes");
            let (value, from) = from.split_once('"').expect("an attribute is closed");
            attributes.push((attribute.to_owned(), value.to_owned()));
            rest = from;
        }
        rest = rest.strip_prefix(" /").unwrap_or(rest).strip_prefix('>').expect("a tag is closed");
        if !name.starts_with('/') {
            elements.push(Element { name, attributes });
        }
    }
    elements
}

fn assert_harmless(html: &str) {
    for Element { name, attributes } in elements(html) {
        let known = [
            "p",
            "a",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "ul",
            "ol",
            "li",
            "blockquote",
            "hr",
            "br",
            "img",
            "div",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "section",
            "sup",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "b",
            "span",
            "details",
            "summary",
        ];
        assert!(known.contains(&name.as_str()), "<{name}> in {html}");
        for (attribute, value) in attributes {
            let allowed = match attribute.as_str() {
                "href" => ["#", "../../", "https://", "http://", "mailto:", "tel:"]
                    .iter()
                    .any(|start| value.starts_with(start)),
                "src" => value.starts_with("../../"),
                "width" | "height" => value.bytes().all(|byte| byte.is_ascii_digit()),
                "id" | "class" | "role" | "tabindex" | "aria-label" | "alt" | "loading" | "scope" | "start"
                | "lang" => true,
                _ => false,
            };
            assert!(allowed, "{attribute}={value} in {html}");
        }
    }
}

/// Markdown made of what is special in it, of what attacks are made of, and of some plain words.
fn markdown(raw: bool) -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "a",
        "è",
        " ",
        "\n",
        "\n\n",
        "# ",
        "## ",
        "> ",
        "- ",
        "3. ",
        "    ",
        "```\n",
        "`",
        "*",
        "**",
        "_",
        "~~",
        "[",
        "]",
        "](",
        ")",
        "![",
        "(",
        "|",
        "|-|-:|\n",
        "|a|b|\n",
        "[^n]",
        "[^n]: ",
        "---\n",
        "\\",
        "&amp;",
        "&#x3c;",
        "&lt;script&gt;",
        "\"",
        "'",
        "javascript:alert(1)",
        "JaVa\tScript:x",
        "data:text/html,x",
        "P1",
        "foto.jpg",
        "#qui",
        "https://example.net/",
        "{#id}",
        "{#\"><x onclick=y .c}",
        " onerror=x ",
        "\u{a0}",
        "\u{202e}",
        "https://a\" onclick=\"x",
        "[n]: P1\n",
        "](javascript:x)",
        "](<\" onclick=\"x>)",
        "](P1 \"t\\\" onclick=x\")",
    ];
    const HTML: &[&str] = &[
        "<script>",
        "</script>",
        "<b>",
        "</b>",
        "<img src=x onerror=y>",
        "<a href=javascript:x>",
        "</a>",
        "<!--",
        "-->",
        "<svg>",
        "<math>",
        "<style>",
        "</style>",
        "<div id=n class=scroll style=x>",
        "</div>",
        "<iframe>",
        "<p onclick=x>",
        "<table>",
        "<td>",
        "<https://example.net/>",
        "<a@example.net>",
        "<javascript:x>",
        "<",
        ">",
        "<h1>",
        "<form><input>",
        "<![CDATA[",
        "]]>",
        "<?x?>",
    ];
    let parts: Vec<&str> = PARTS.iter().chain(if raw { HTML } else { &[] }).copied().collect();
    prop::collection::vec(prop::sample::select(parts), 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_with_html_becomes_harmless(text in markdown(true)) {
        assert_harmless(&page(&text));
    }

    #[test]
    fn a_text_without_html_is_harmless_before_sanitising_which_changes_nothing(text in markdown(false)) {
        let text = Markdown::from(text);
        let text = text.text();
        let raw = MarkdownEvents::of(&text).events.iter().any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)));
        prop_assume!(!raw);
        let site = site(settings());
        let written = |is_sanitised| {
            let links = Links::Below("../../");
            let targets = LinkTargets { site: &site, from: PROJECT, links, prefix: "", is_sanitised };
            write(MarkdownEvents::of(&text), &targets, 1)
        };
        assert_harmless(&written(false));
        prop_assert_eq!(ammonias(&written(false)), written(true));
    }
}

#[test]
fn a_text_that_is_hard_to_read_is_read_all_the_same() {
    let site = site(settings());
    for (name, text) in [
        ("notes that begin", "[^".repeat(50_000)),
        ("notes that begin at line ends", "[^\n".repeat(50_000)),
        ("brackets", "[".repeat(50_000)),
        ("pictures", "![".repeat(50_000)),
        ("links in brackets", "[a](".repeat(50_000)),
        ("quotes in quotes", format!("{}a", "> ".repeat(50_000))),
        ("lists in lists", format!("{}a", "- ".repeat(50_000))),
        ("emphasis", "*a _b ".repeat(50_000)),
        ("code", (1..400).map(|n| format!("{}a", "`".repeat(n))).collect()),
        ("equal headings", "# a\n".repeat(100_000)),
        ("equal notes", "[^1]: a\n\n".repeat(50_000)),
        ("tables", "|a|\n|-|\n|b|\n\n".repeat(20_000)),
        ("elements in elements", format!("{}\n\n{}", "<div>".repeat(100_000), "a\n\n".repeat(100_000))),
        ("links in links", "<a><div>".repeat(50_000)),
        ("comments", "<!--".repeat(50_000)),
        ("entities", "&".repeat(50_000)),
    ] {
        let html = at(&site, PROJECT, &text);
        assert!(html.contains(['a', '[', '!', '&', '<']) || text.starts_with("<!"), "{name}: {} bytes", html.len());
    }
}
