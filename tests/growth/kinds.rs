//! Every list that an editor can make long, each as a small site with one long list.

use std::fmt::Write;

/// A kind of list: its name, and the files of a site in which it has so many entries.
pub(crate) type Kind = (&'static str, fn(usize) -> Files);

/// Files by path. Each takes the place of the base site's file of the same path.
pub(crate) type Files = Vec<(String, String)>;

const SITE: &str = "[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\n";
const UNIT: &str = "- {id: comune, name: Comune di Prova, kind: comune}\n";

/// The lists of records and of their fields.
pub(crate) const RECORDS: &[Kind] = &[
    ("units", |n| units(n, |i| format!("- {{id: comune/u{i}, name: Ufficio {i}, parent: comune}}\n"))),
    ("units in a chain", |n| units(n, |i| format!("- {{id: u{}, name: U{i}, parent: {}}}\n", i + 1, above(i)))),
    ("units of long names", |n| {
        units(n, |i| format!("- {{id: u{i}, name: Ufficio delle strade {i}x, parent: comune}}\n"))
    }),
    ("units of one name", |n| units(n, |i| format!("- {{id: u{i}, name: Ufficio, parent: comune}}\n"))),
    ("units of one id", |n| units(n, |_| "- {id: u, name: Ufficio, parent: comune}\n".into())),
    ("administrations", |n| units(n, |i| format!("- {{id: u{i}, name: Comune {i}}}\n"))),
    ("heads", |n| unit("heads", n, |i| format!("  - {{name: Anna Rossi{i}, from: 2020}}\n"))),
    ("names of a unit", |n| unit("aliases", n, |i| format!("  - Ente {i}\n"))),
    ("phases", |n| objective(&list("phases", n, |i| format!("- title: Fase {i}\n")), "")),
    ("phases in a row", |n| objective(&list("phases", n, |i| format!("- {{title: F, after: {i}}}\n")), "")),
    ("one phase after all", |n| {
        let after = format!("- {{title: F, after: [{}]}}\n", row(n, |i| i % 99 + 2));
        objective(&(list("phases", 100, |_| "- title: F\n".into()).replacen("- title: F\n", &after, 1)), "")
    }),
    ("phases that are done", |n| objective(&list("phases", n, |_| "- {title: F, progress: 50}\n".into()), "")),
    ("phases of persons", |n| {
        let mut files = unit("heads", n, |i| format!("  - {{name: Anna Rossi{i}, from: 2020}}\n"));
        files.extend(objective(&list("phases", n, |i| format!("- {{title: F, responsible: Mario Bruni{i}}}\n")), ""));
        files
    }),
    ("weights", |n| objective(&list("phases", n, |_| "- {title: F, weight: 1, progress: 3}\n".into()), "")),
    ("indicators", |n| {
        objective(&list("indicators", n, |i| format!("- {{title: I{i}, target: {i}, actual: 3}}\n")), "")
    }),
    ("periods", |n| {
        let periods = row(n, |i| format!("{{period: 2020-{:02}, actual: {i}}}", i % 12 + 1));
        objective(&format!("indicators:\n- {{title: I, target: 3, periods: [{periods}]}}\n"), "")
    }),
    ("points of one thread", |n| {
        objective(&list("indicators", n, |_| "- {title: I, target: 3, thread: t}\n".into()), "")
    }),
    ("threads", |n| objective(&list("indicators", n, |i| format!("- {{title: I, target: 3, thread: t{i}}}\n")), "")),
    ("references to a plan", |n| {
        let mut files = plan(n, |_| String::new());
        files.extend(objective(&list("plan", n, |i| format!("- N{i}\n")), ""));
        files
    }),
    ("references to nothing", |n| objective(&list("plan", n, |i| format!("- ZN{i}\n")), "")),
    ("years that go on", |n| {
        // There are no more years of four figures.
        let n = n.min(9000);
        let year = |i: usize| 1000 + i;
        let text = |i: usize| {
            let before = if i == 0 { String::new() } else { format!("continues: A{}\n", i - 1) };
            format!("---\ntitle: t\nunit: comune\n{before}---\n")
        };
        (0..n).map(|i| (format!("content/objectives/{}/A{i}.md", year(i)), text(i))).collect()
    }),
    ("objectives", |n| files("content/objectives/2024/A", n, "---\ntitle: t\nunit: comune\n---\n")),
    ("objectives of a project", |n| {
        let mut files = files("content/objectives/2024/A", n, "---\ntitle: t\nunit: comune\n---\n");
        files.extend(project(&list("objectives", n, |i| format!("- A{i}\n"))));
        files
    }),
    ("objectives without a unit", |n| files("content/objectives/2024/A", n, "---\ntitle: t\nunit: altrove\n---\n")),
    ("milestones", |n| project(&list("milestones", n, |i| format!("- {{title: Tappa {i}, due: 2024}}\n")))),
    ("updates", |n| {
        let mut files = files("content/projects/p/updates/2024-01-01-a", n, "---\ntitle: t\n---\nTesto.\n");
        files.extend(project(""));
        files
    }),
    ("updates with milestones", |n| {
        let text = "---\ntitle: t\nmilestone: Tappa 0\n---\n";
        let mut files = files("content/projects/p/updates/2024-01-01-a", n, text);
        files.extend(project(&list("milestones", n, |i| format!("- {{title: Tappa {i}}}\n"))));
        files
    }),
    ("expected results", |n| project(&list("expected_results", n, |i| format!("- {{title: R{i}, target: 3}}\n")))),
    ("partners", |n| project(&list("partners", n, |i| format!("- Ente {i}\n")))),
    ("places", |n| project(&list("places", n, |i| format!("- Via {i}\n")))),
    ("tender codes", |n| project(&list("cig", n, |i| format!("- Z{i:09}\n")))),
    ("sources of money", |n| {
        let sources = row(n, |i| format!("{{name: Ente {i}, amount: 1 €}}"));
        project(&format!("amount: {{total: 3 €, sources: [{sources}]}}\n"))
    }),
    ("documents", |n| project(&list("documents", n, |i| format!("- {{title: D, url: https://a.it/{i}}}\n")))),
    ("documents that are missing", |n| project(&list("documents", n, |i| format!("- {{title: D, file: d{i}.pdf}}\n")))),
    ("old addresses", |n| project(&list("aliases", n, |i| format!("- /vecchia/{i}/\n")))),
    ("plans", |n| files_of("content/plans/p", n, ".yaml", "title: Piano\nadministration: comune\n")),
    ("nodes", |n| plan(n, |_| String::new())),
    ("nodes in a chain", |n| plan(n, |i| if i == 0 { String::new() } else { format!(", parent: N{}", i - 1) })),
    ("pages", |n| files("content/pages/p", n, "---\ntitle: Pagina\n---\nTesto.\n")),
    ("words of a glossary", |n| page("glossary: true\n", n, |i| format!("## Parola{i}\n\nChe cos'è.\n\n"))),
    ("translated units", |n| {
        let mut files = units(n, |i| format!("- {{id: comune/u{i}, name: Ufficio {i}, parent: comune}}\n"));
        let words: String = (0..n).map(|i| format!("- {{id: comune/u{i}, name: Office {i}}}\n")).collect();
        files.extend([("content/units.en.yaml".into(), words), settings("languages = [\"it\", \"en\"]\n")]);
        files
    }),
    ("translated phases", |n| {
        let mut files = objective(&list("phases", n, |i| format!("- title: Fase {i}\n")), "");
        let words = format!("---\n{}---\n", list("phases", n, |i| format!("- title: Phase {i}\n")));
        files.extend([("content/objectives/2024/a.en.md".into(), words), settings("languages = [\"it\", \"en\"]\n")]);
        files
    }),
    ("translations of nothing", |n| {
        let mut files = units(0, |_| String::new());
        let words: String = (0..n).map(|i| format!("- {{id: comune/u{i}, name: Office {i}}}\n")).collect();
        files.extend([("content/units.en.yaml".into(), words), settings("languages = [\"it\", \"en\"]\n")]);
        files
    }),
];

/// The lists of keys and values, sound or not, and of settings.
pub(crate) const KEYS: &[Kind] = &[
    ("unknown keys", |n| objective(&lines(n, |i| format!("k{i:05}: v\n")), "")),
    ("one unknown key", |n| objective(&lines(n, |_| "k: v\n".into()), "")),
    ("duplicate keys", |n| objective(&lines(n, |i| format!("lead: v{i}\n")), "")),
    ("divided numbers", |n| objective(&format!("extra: 1\nlead: {{{}}}\n", row(n, |i| format!("{i}: "))), "")),
    ("keys of a theme", |n| objective(&format!("extra:\n{}", lines(n, |i| format!("  k{i}: v\n"))), "")),
    ("numbers with signs", |n| objective(&list("aliases", n, |i| format!("- +{i}\n")), "")),
    ("numbers with zeros", |n| objective(&list("indicators", n, |i| format!("- {{title: I, target: {i}.50}}\n")), "")),
    ("wrong types", |n| objective(&list("phases", n, |_| "- {title: [a]}\n".into()), "")),
    ("wrong dates", |n| objective(&list("phases", n, |i| format!("- {{title: F, end: boh {i}}}\n")), "")),
    ("words in capitals", |n| objective(&list("phases", n, |_| "- title: FARE LE COSE PER BENE\n".into()), "")),
    ("personal data", |n| objective(&list("phases", n, |_| "- title: RSSMRA80A01H501U\n".into()), "")),
    ("comments", |n| objective(&lines(n, |i| format!("# riga {i}\n")), "")),
    ("swallowed comments", |n| objective(&list("phases", n, |_| "- title: a #casa\n".into()), "")),
    ("brackets of YAML", |n| objective(&format!("extra: {}{}\n", "[".repeat(n), "]".repeat(n)), "")),
    ("open brackets of YAML", |n| objective(&format!("extra: {}\n", "[".repeat(n)), "")),
    ("nested keys", |n| objective(&format!("extra: {}{}\n", "{a: ".repeat(n), "}".repeat(n)), "")),
    ("nested dashes", |n| objective(&format!("extra:\n  {}a\n", "- ".repeat(n)), "")),
    ("aliases of YAML", |n| {
        let text = "x".repeat(500);
        objective(&format!("extra:\n  a: &a \"{text}\"\n  b: [{}]\n", row(n, |_| "*a")), "")
    }),
    ("aliases of aliases", |n| {
        let level = |i: usize| format!("  a{}: &a{} [{}]\n", i + 1, i + 1, row(10, |_| format!("*a{i}")));
        objective(&format!("extra:\n  a0: &a0 x\n{}", lines(n.min(9), level)), "")
    }),
    ("merge keys", |n| {
        objective(&format!("extra:\n  a: &a {{b: c}}\n  d:\n{}", lines(n, |_| "    <<: *a\n".into())), "")
    }),
    ("labels", |n| vec![settings(&format!("[labels]\n{}", lines(n, |i| format!("k{i:05} = \"v\"\n"))))]),
    ("keys of the settings", |n| vec![settings(&lines(n, |i| format!("k{i:05} = \"v\"\n")))]),
    ("tables of the settings", |n| vec![settings(&lines(n, |i| format!("[t{i:05}]\n")))]),
    ("entries of the menu", |n| vec![settings(&format!("[nav]\nitems = [{}]\n", row(n, |_| "\"plans\"")))]),
    ("unknown entries of the menu", |n| {
        vec![settings(&format!("[nav]\nitems = [{}]\n", row(n, |i| format!("\"x{i:05}\""))))]
    }),
    ("withdrawn pages", |n| {
        vec![settings(&format!("[withdrawn]\n{}", lines(n, |i| format!("\"/a/{i}/\" = \"m\"\n"))))]
    }),
    ("silenced codes", |n| {
        objective(&format!("rules:\n{}", lines(n, |i| format!("  W{i}: {{level: off, reason: a}}\n"))), "")
    }),
    ("one silenced code", |n| {
        objective(&format!("rules:\n{}", lines(n, |_| "  V0801: {level: off, reason: a}\n".into())), "")
    }),
    ("letters of a name", |n| {
        let mut files = units(0, |_| String::new());
        files[0].1 = format!("- {{id: comune, name: {}}}\n", "a".repeat(n));
        files.extend(objective_of(&format!("{}bcde", "a".repeat(n)), "", ""));
        files
    }),
    ("letters of two names", |n| {
        units(2, |i| format!("- {{id: u{i}, name: {}{i}a, parent: comune}}\n", "ab".repeat(n)))
    }),
    ("letters of a key", |n| objective(&format!("{}: v\n", "k".repeat(n)), "")),
    ("letters of a target", |n| {
        objective(&format!("indicators:\n- {{title: I, target: {}}}\n", "entro il 3 ".repeat(n)), "")
    }),
    ("letters of a date", |n| objective(&format!("phases:\n- {{title: I, end: {}}}\n", "fine 2020 ".repeat(n)), "")),
];

/// The lists of a text.
pub(crate) const TEXTS: &[Kind] = &[
    ("links", |n| text(n, |i| format!("[a{i}](https://a.it/{i})\n"))),
    ("broken links", |n| text(n, |i| format!("[a](b{i}.md)\n"))),
    ("links to places", |n| text(n, |i| format!("[il posto](#p{i})\n"))),
    ("links by reference", |n| text(n, |i| format!("[la voce][r{i}]\n\n[r{i}]: https://a.it/{i}\n\n"))),
    ("unused references", |n| text(n, |i| format!("[r{i}]: https://a.it/{i}\n"))),
    ("bare addresses", |n| text(n, |i| format!("https://a.it/{i} "))),
    ("headings", |n| text(n, |i| format!("## Titolo {i}\n\n"))),
    ("headings of one title", |n| text(n, |_| "## Titolo\n\n".into())),
    ("rows of a table", |n| text(n, |i| if i == 0 { "|a|b|\n|-|-|\n".into() } else { format!("|{i}|b|c|\n") })),
    ("columns of a table", |n| {
        page("", 1, |_| format!("|{}\n|{}\n|{}\n", "a|".repeat(n), "-|".repeat(n), "b|".repeat(n)))
    }),
    ("tables", |n| text(n, |_| "|a|\n|-|\n|b|\n\n".into())),
    ("items", |n| text(n, |i| format!("- voce {i}\n"))),
    ("items within items", |n| {
        page("", 1, |_| (0..n.min(1300)).map(|i| format!("{}- a\n", " ".repeat(i * 2 % 1300))).collect())
    }),
    ("quotations within quotations", |n| page("", 1, |_| format!("{}a\n", ">".repeat(n)))),
    ("footnotes", |n| text(n, |i| format!("Nota[^{i}].\n\n[^{i}]: Testo.\n\n"))),
    ("one footnote", |n| text(n, |i| if i == 0 { "[^1]: Testo.\n\n".into() } else { "Nota[^1].\n".into() })),
    ("footnotes of nothing", |n| text(n, |i| format!("Nota[^{i}].\n"))),
    ("definitions", |n| text(n, |i| format!("Voce {i}\n: Testo\n\n"))),
    ("tags", |n| text(n, |_| "<b>a</b> ".into())),
    ("open tags", |n| text(n, |_| "<b>".into())),
    ("blocks of HTML", |n| text(n, |_| "<div>\n\n".into())),
    ("forbidden tags", |n| text(n, |_| "<script>a</script> ".into())),
    ("comments of HTML", |n| text(n, |_| "<!-- a ".into())),
    ("anchors of HTML", |n| text(n, |i| format!("<a id=\"a{i}\"></a>\n"))),
    ("emphasis", |n| text(n, |_| "*a* **b** ".into())),
    ("signs of emphasis", |n| text(n, |_| "*a **b".into())),
    ("closing signs of emphasis", |n| text(n, |_| "a** ".into())),
    ("brackets", |n| text(n, |_| "[a".into())),
    ("closed brackets", |n| text(n, |_| "[a] ".into())),
    ("nested brackets", |n| page("", 1, |_| format!("{}{}", "[".repeat(n), "]".repeat(n)))),
    ("open links", |n| text(n, |_| "[a](".into())),
    ("backticks", |n| page("", 1, |_| (0..n).map(|i| format!("{}a", "`".repeat(i % 50))).collect())),
    ("images", |n| text(n, |i| format!("![a](b{i}.png)\n"))),
    ("entities", |n| text(n, |_| "&amp;".into())),
    ("escaped signs", |n| text(n, |_| "\\*".into())),
    ("lines", |n| text(n, |_| "a\n".into())),
    ("paragraphs", |n| text(n, |_| "a\n\n".into())),
    ("signs of lines", |n| text(n, |_| "##a\n".into())),
    ("letters of a word", |n| page("", 1, |_| "a".repeat(n))),
    ("blank lines", |n| page("", 1, |_| "\n".repeat(n))),
    ("names in a text", |n| text(n, |i| format!("Il dirigente Mario Rossi{i} ha detto.\n\n"))),
    ("mail addresses", |n| text(n, |i| format!("mario.rossi{i}@example.org e 333 1234567\n\n"))),
    ("words of health", |n| text(n, |_| "Mario Rossi, invalido, malattia\n\n".into())),
];

fn above(i: usize) -> String {
    if i == 0 { "comune".into() } else { format!("u{i}") }
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut all, i| {
        let _ = write!(all, "{}", line(i));
        all
    })
}

fn list(key: &str, n: usize, entry: impl Fn(usize) -> String) -> String {
    format!("{key}:\n{}", lines(n, entry))
}

fn row<T: ToString>(n: usize, entry: impl Fn(usize) -> T) -> String {
    (0..n).map(|i| entry(i).to_string()).collect::<Vec<_>>().join(", ")
}

fn units(n: usize, unit: impl Fn(usize) -> String) -> Files {
    vec![("content/units.yaml".into(), UNIT.to_owned() + &lines(n, unit))]
}

fn unit(key: &str, n: usize, entry: impl Fn(usize) -> String) -> Files {
    let text = format!("- id: comune\n  name: Comune di Prova\n  {}", list(key, n, entry));
    vec![("content/units.yaml".into(), text)]
}

fn objective(front: &str, body: &str) -> Files {
    objective_of("comune", front, body)
}

fn objective_of(unit: &str, front: &str, body: &str) -> Files {
    let text = format!("---\ntitle: t\nunit: {unit}\n{front}---\n{body}");
    vec![("content/objectives/2024/a.md".into(), text)]
}

fn project(front: &str) -> Files {
    let text = format!("---\ntitle: t\nunit: comune\nstart: 2020\n{front}---\nTesto.\n");
    vec![("content/projects/p/index.md".into(), text)]
}

fn plan(n: usize, more: impl Fn(usize) -> String) -> Files {
    let nodes = list("nodes", n, |i| format!("- {{code: N{i}, title: Nodo{}}}\n", more(i)));
    vec![("content/plans/dup.yaml".into(), format!("title: Piano\nadministration: comune\n{nodes}"))]
}

fn page(front: &str, n: usize, part: impl Fn(usize) -> String) -> Files {
    let text = format!("---\ntitle: Pagina\n{front}---\n{}", lines(n, part));
    vec![("content/pages/a.md".into(), text)]
}

fn text(n: usize, part: impl Fn(usize) -> String) -> Files {
    page("", n, part)
}

fn settings(more: &str) -> (String, String) {
    ("site.toml".into(), SITE.to_owned() + more)
}

fn files(path: &str, n: usize, text: &str) -> Files {
    files_of(path, n, ".md", text)
}

fn files_of(path: &str, n: usize, ending: &str, text: &str) -> Files {
    (0..n).map(|i| (format!("{path}{i}{ending}"), text.to_owned())).collect()
}
