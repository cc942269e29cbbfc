//! Words that can't be read as what their field asks for are published as they were written: on the page, in the record's
//! JSON and in the tables. Nothing is computed from them, and each is told once.

use crate::common::SiteTest;
use assert_cmd::Command;
use serde_json::{Value, json};
use vetro::{Code, Outcome};

const OBJECTIVE: &str = "content/objectives/2025/A1.md";
const PROJECT: &str = "content/projects/ponte/index.md";
const UNITS: &str = "- {id: comune, name: Comune di Prova}\n";

/// Words that no field of a date, amount, share or address can be read from, and that are no HTML on any page.
const HOSTILE: [&str; 4] =
    ["<b>domani", "\"><script>alert(1)</script>", "l'anno che verrà & poi", "{{ page.title }} 100%% €"];

/// The text as HTML pages hold it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn published(site: &SiteTest) -> Vec<Code> {
    let (outcome, codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Published { .. }), "{codes:?}");
    codes
}

/// The problems of a site that isn't published.
fn refused(site: &SiteTest) -> Vec<Code> {
    let (outcome, codes) = site.try_build();
    assert!(!matches!(outcome, Outcome::Published { .. }), "{codes:?}");
    codes
}

fn json(site: &SiteTest, path: &str) -> Value {
    serde_json::from_str(&site.read(path)).expect("JSON")
}

/// A row of a table, by its columns.
fn row(site: &SiteTest, table: &str) -> Value {
    json(site, &format!("data/{table}.json"))[0].clone()
}

/// How often a page shows the words, which it never holds as HTML.
fn shown(site: &SiteTest, page: &str, words: &str) -> usize {
    let html = site.main(page).replace("&#x27;", "&#39;").replace("&#x2F;", "/");
    assert!(!html.contains("<b>domani") && !html.contains("<script>alert"), "{html}");
    html.matches(&escaped(words)).count()
}

/// The words between single quotation marks of YAML.
fn quoted(words: &str) -> String {
    format!("'{}'", words.replace('\'', "''"))
}

fn objective(fields: &str) -> SiteTest {
    SiteTest::new().file(OBJECTIVE, &format!("---\ntitle: Sportello\nunit: comune\n{fields}---\n"))
}

fn project(fields: &str) -> SiteTest {
    SiteTest::new().file(PROJECT, &format!("---\ntitle: Ponte\nunit: comune\n{fields}---\n"))
}

#[test]
fn dates_of_phases_are_shown_and_draw_no_bar() {
    for words in HOSTILE {
        let it = quoted(words);
        for key in ["start", "end", "actual_start", "actual_end"] {
            let site = objective(&format!("phases:\n  - {{title: Gara, {key}: {it}}}\n"));
            assert_eq!(published(&site), [Code::BadDate], "{key}: {words}");
            assert_eq!(shown(&site, "2025/a1/index.html", words), 1, "{key}: {words}");
            assert!(!site.main("2025/a1/index.html").contains("<rect class=\"b"), "{key}");
            let date = &json(&site, "2025/a1/index.json")["phases"][0][key];
            let read = json!({"written": words, "edtf": null, "earliest": null, "latest": null, "words": words});
            assert_eq!(*date, read, "{key}");
            assert_eq!(row(&site, "phases")[format!("{key}_written")], words, "{key}");
            assert_eq!(row(&site, "phases")["state"], "no_data", "{key}");
        }
    }
    // Beside a start that is read, an end that isn't leaves the bar out too.
    let site = objective("phases:\n  - {title: Gara, start: 01/02/2025, end: appena possibile}\n");
    assert_eq!(published(&site), [Code::BadDate]);
    let page = site.main("2025/a1/index.html");
    assert!(page.contains("1° febbraio 2025 – appena possibile") && !page.contains("<rect class=\"b"), "{page}");
    assert_eq!(row(&site, "phases")["start_earliest"], "2025-02-01");
    let site = objective("phases:\n  - {title: Gara, start: 01/02/2025, end: 01/03/2025}\n");
    assert_eq!(published(&site), []);
    assert!(site.main("2025/a1/index.html").contains("<rect class=\"b"));
}

#[test]
fn dates_of_projects_and_milestones_are_shown() {
    for words in HOSTILE {
        let it = quoted(words);
        let site =
            project(&format!("start: {it}\nend: {it}\nmilestones:\n  - {{title: Posa, due: {it}, met: {it}}}\n"));
        assert_eq!(published(&site), [Code::BadDate; 4], "{words}");
        // The two of the milestone, and those of the project among the facts, in its time and in the answer.
        assert_eq!(shown(&site, "progetti/ponte/index.html", words), 7, "{words}");
        let page = site.main("progetti/ponte/index.html");
        assert!(!page.contains("La fine prevista non è indicata") && !page.contains("non pubblicat"), "{page}");
        let record = json(&site, "progetti/ponte/index.json");
        for date in [&record["start"], &record["end"], &record["milestones"][0]["due"], &record["milestones"][0]["met"]]
        {
            assert_eq!((&date["written"], &date["edtf"]), (&json!(words), &Value::Null));
        }
        let row = row(&site, "projects");
        assert_eq!((&row["start_written"], &row["start_edtf"]), (&json!(words), &Value::Null));
        assert_eq!(row["end_written"], words);
        assert!(site.read("progetti/index.html").contains("Ponte"));
    }
}

#[test]
fn spans_where_one_date_counts_are_shown_as_they_are_written() {
    let site = project("milestones:\n  - {title: Posa, met: 2022-2023}\nsource: {title: Scheda, date: 2021/2022}\n");
    assert_eq!(published(&site), [Code::TwoDates; 2]);
    assert_eq!(shown(&site, "progetti/ponte/index.html", "2022-2023"), 1);
    assert!(site.read("progetti/ponte/index.html").contains("Scheda, 2021/2022"));
    let period = "indicators:\n  - {title: Corsi, periods: [{period: 2019-2020, target: 2, actual: 3}]}\n";
    let site = objective(period);
    assert_eq!(published(&site), [Code::TwoDates]);
    assert_eq!(shown(&site, "2025/a1/index.html", "2019-2020"), 1);
    assert_eq!(json(&site, "2025/a1/index.json")["indicators"][0]["periods"][0]["period"]["written"], "2019-2020");
}

#[test]
fn amounts_are_shown_and_part_of_no_sum() {
    for words in HOSTILE {
        let it = quoted(words);
        let money = format!("amount: {{total: {it}, sources: [{{name: UE, amount: {it}}}]}}\nspent: {it}\n");
        let site = project(&money);
        assert_eq!(published(&site), [Code::BadAmount; 3], "{words}");
        assert_eq!(shown(&site, "progetti/ponte/index.html", words), 4, "{words}");
        let record = json(&site, "progetti/ponte/index.json");
        for amount in [&record["amount"], &record["spent"], &record["funding"][0]["amount"]] {
            assert_eq!(
                *amount,
                json!({"written": words, "value": null, "currency": null, "approximate": null, "vat": null, "words": words})
            );
        }
        let row = row(&site, "projects");
        assert_eq!((&row["amount"], &row["currency"], &row["spent"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!((&row["amount_written"], &row["spent_written"]), (&json!(words), &json!(words)));
    }
    let site =
        project("amount: {total: 100 €, sources: [{name: UE, amount: 60 €}, {name: Comune, amount: il resto}]}\n");
    assert_eq!(published(&site), [Code::BadAmount]);
}

#[test]
fn data_say_that_an_amount_is_approximate_and_what_it_says_of_vat() {
    for (written, approximate, vat) in [
        ("circa 10.000 €", "yes", None),
        ("10.000 € ca. oltre IVA", "yes", Some("excluded")),
        ("€ 10.000,00 IVA inclusa", "no", Some("included")),
        ("10.000 €", "no", None),
    ] {
        let site = project(&format!("amount: {written}\n")).file(
            "content/projects/ponte/updates/2025-01-10.md",
            &format!("---\ntitle: Passo\nspent: {written}\n---\n"),
        );
        assert_eq!(published(&site), [], "{written}");
        let about = (approximate == "yes", vat);
        for (page, key) in [("progetti/ponte/", "amount"), ("progetti/ponte/2025-01-10/", "spent")] {
            let amount = &json(&site, &format!("{page}index.json"))[key];
            assert_eq!((&amount["approximate"], &amount["vat"]), (&json!(about.0), &json!(about.1)), "{written}");
        }
        let (project, update) = (row(&site, "projects"), row(&site, "updates"));
        for (row, key) in [(&project, "amount"), (&project, "spent"), (&update, "spent")] {
            let read = (&row[format!("{key}_approximate")], &row[format!("{key}_vat")]);
            assert_eq!(read, (&json!(approximate), &json!(vat)), "{written}");
        }
    }
}

#[test]
fn what_an_update_spent_in_words_never_gives_way_to_an_older_figure() {
    let update = |fields: &str| format!("---\ntitle: Passo\n{fields}\n---\n");
    let site = project("amount: 100 €\nspent: 5 €\n")
        .file("content/projects/ponte/updates/2024-01-10.md", &update("spent: 10 €\nprogress: 10"))
        .file("content/projects/ponte/updates/2025-01-10.md", &update("spent: quasi tutto\nprogress: a metà"));
    assert_eq!(published(&site), [Code::BadAmount, Code::BadNumber]);
    let page = site.main("progetti/ponte/index.html");
    assert!(page.contains("Spesa sostenuta finora: quasi tutto.") && !page.contains("class=\"meter"), "{page}");
    assert!(page.contains("Avanzamento: a metà") && page.contains("Avanzamento: 10 su 100"), "{page}");
    let record = json(&site, "progetti/ponte/index.json");
    assert_eq!((&record["spent"]["written"], &record["spent"]["value"]), (&json!("quasi tutto"), &Value::Null));
    assert_eq!((&record["progress"], &record["progress_written"]), (&Value::Null, &json!("a metà")));
    let project = row(&site, "projects");
    assert_eq!((&project["spent"], &project["spent_written"]), (&Value::Null, &json!("quasi tutto")));
    assert_eq!((&project["progress"], &project["progress_written"]), (&Value::Null, &json!("a metà")));
    let update = row(&site, "updates");
    assert_eq!((&update["spent"], &update["spent_written"]), (&Value::Null, &json!("quasi tutto")));
    assert_eq!((&update["progress"], &update["progress_written"]), (&Value::Null, &json!("a metà")));
    let page = site.main("progetti/ponte/2025-01-10/index.html");
    assert!(page.contains("quasi tutto") && page.contains("a metà"), "{page}");
    // The figure is drawn again once it can be read.
    site.write("content/projects/ponte/updates/2025-01-10.md", "---\ntitle: Passo\nspent: 90 €\n---\n");
    assert_eq!(published(&site), []);
    let page = site.main("progetti/ponte/index.html");
    assert!(page.contains("90,00") && page.contains("class=\"meter"), "{page}");
}

#[test]
fn shares_are_shown_and_nothing_is_computed_from_them() {
    for words in HOSTILE {
        let it = quoted(words);
        let site = objective(&format!(
            "phases:\n  - {{title: Gara, weight: {it}, progress: {it}}}\n  - {{title: Posa, weight: 70, actual_end: 2024}}\n"
        ));
        assert_eq!(published(&site), [Code::BadNumber; 2], "{words}");
        assert_eq!(shown(&site, "2025/a1/index.html", words), 2, "{words}");
        assert!(site.main("2025/a1/index.html").contains("non è un numero tra 0 e 100"));
        let phase = &json(&site, "2025/a1/index.json")["phases"][0];
        assert_eq!((&phase["weight"], &phase["weight_written"]), (&Value::Null, &json!(words)));
        assert_eq!((&phase["progress"], &phase["progress_written"]), (&Value::Null, &json!(words)));
        assert_eq!(phase["weight_effective"], Value::Null);
        let row = row(&site, "phases");
        assert_eq!((&row["weight"], &row["weight_written"]), (&Value::Null, &json!(words)));
        assert_eq!((&row["weight_effective"], &row["progress_written"]), (&Value::Null, &json!(words)));
    }
}

#[test]
fn a_phase_whose_outcome_is_not_read_has_no_state_and_stops_the_sum() {
    for (fields, state) in [
        ("end: 2025, actual_end: in estate", "no_data"),
        ("end: 2027, actual_end: già conclusa", "no_data"),
        ("start: 2025, progress: quasi finita", "no_data"),
        ("actual_start: 01/02/2025, actual_end: presto", "no_data"),
        ("actual_start: un lunedì, actual_end: 01/03/2025", "completed"),
    ] {
        let phases = format!("phases:\n  - {{title: Gara, {fields}}}\n  - {{title: Posa, actual_end: 01/02/2025}}\n");
        let site = objective(&phases);
        published(&site);
        assert_eq!(row(&site, "phases")["state"], state, "{fields}");
        let page = site.main("2025/a1/index.html");
        assert!(!page.contains("Esito non pubblicato"), "{page}");
        assert_eq!(page.contains("Avanzamento: 100 su 100"), state == "completed", "{fields}: {page}");
    }
}

#[test]
fn dates_and_addresses_of_documents_are_shown_without_a_link() {
    for words in HOSTILE {
        let it = quoted(words);
        let site = objective(&format!(
            "approved_by: {{act: Delibera 1, date: {it}, url: {it}}}\nsource: {{title: Scheda, date: {it}, url: {it}}}\n\
             documents:\n  - {{title: Relazione, url: 'htp://comune.example.org/a.pdf'}}\n"
        ));
        let mut codes = published(&site);
        codes.sort_unstable();
        let told = [[Code::BadDate; 2].as_slice(), &[Code::BadAddress; 3]].concat();
        assert_eq!(codes, told, "{words}");
        let html = site.read("2025/a1/index.html").replace("&#x27;", "&#39;").replace("&#x2F;", "/");
        let named = |title: &str| format!("{title} ({0}), {0}", escaped(words));
        assert!(html.contains(&named("Delibera 1")) && html.contains(&named("Scheda")), "{html}");
        assert!(html.contains("Relazione (htp://comune.example.org/a.pdf)") && !html.contains("href=\"htp:"), "{html}");
        let record = json(&site, "2025/a1/index.json");
        for document in [&record["approved_by"], &record["source"]] {
            assert_eq!((&document["url"], &document["url_written"]), (&Value::Null, &json!(words)));
            assert_eq!((&document["date"], &document["date_written"]), (&Value::Null, &json!(words)));
        }
        assert_eq!(record["documents"][0]["href"], "htp://comune.example.org/a.pdf");
    }
    let site = objective("source: {title: Scheda, date: marzo 2025, url: 'https://example.org/a'}\n");
    assert_eq!(published(&site), []);
    assert!(
        site.read("2025/a1/index.html")
            .contains("<a href=\"https://example.org/a\">Scheda, marzo 2025</a>")
    );
    let source = &json(&site, "2025/a1/index.json")["source"];
    assert_eq!((&source["date"], &source["url"]), (&json!("2025-03"), &json!("https://example.org/a")));
}

#[test]
fn what_proves_an_outcome_and_is_no_whole_address_is_told_and_shown() {
    for evidence in ["comune.it/<b>domani", "www.comune.it", "htp://comune.it/atto", "https://il comune.it"] {
        let fields =
            format!("indicators:\n  - {{title: Corsi, target: almeno 1, actual: 2, evidence: '{evidence}'}}\n");
        let site = objective(&fields);
        assert_eq!(published(&site), [Code::BadAddress], "{evidence}");
        assert_eq!(shown(&site, "2025/a1/index.html", &format!("({evidence})")), 1, "{evidence}");
    }
}

#[test]
fn a_file_that_is_not_published_is_told_once_and_named_by_words() {
    let fields = "documents:\n  - {title: Il verbale, file: 'A1-ore 10:30.pdf'}\n\
                  indicators:\n  - {title: Corsi, target: almeno 1, actual: 2, evidence: A1-prova.}\n";
    let site = objective(fields)
        .file("content/objectives/2025/A1-ore 10:30.pdf", "%PDF")
        .file("content/objectives/2025/A1-prova.", "%PDF");
    assert_eq!(published(&site), [Code::UnfitName; 2]);
    assert_eq!(shown(&site, "2025/a1/index.html", "Il verbale (A1-ore 10:30.pdf)"), 1);
    assert_eq!(shown(&site, "2025/a1/index.html", "(A1-prova.)"), 1);
}

#[test]
fn addresses_and_years_of_units_and_plans_are_shown() {
    for words in HOSTILE {
        let it = quoted(words);
        let plan = format!(
            "title: DUP\nadministration: comune\nvalidity: {it}\nurl: {it}\nnodes: [{{code: IND1, title: Case, url: {it}}}]\n"
        );
        let site = objective("plan: [IND1]\n")
            .file("content/units.yaml", &format!("- {{id: comune, name: Comune di Prova, contact: {{url: {it}}}}}\n"))
            .file("content/plans/dup.yaml", &plan);
        let mut codes = published(&site);
        codes.sort_unstable();
        assert_eq!(codes, [Code::BadDate, Code::BadAddress, Code::BadAddress, Code::BadAddress], "{words}");
        for (page, times) in [("uffici/comune/", 1), ("piani/dup/", 2), ("piani/dup/ind1/", 1)] {
            assert_eq!(shown(&site, &format!("{page}index.html"), words), times, "{page}: {words}");
            let record = json(&site, &format!("{page}index.json"));
            let of = if record["contact"].is_null() { &record } else { &record["contact"] };
            assert_eq!((&of["url"], &of["url_written"]), (&Value::Null, &json!(words)), "{page}");
        }
        let validity = &json(&site, "piani/dup/index.json")["validity"];
        assert_eq!(*validity, json!({"written": words, "first": null, "last": null}));
    }
}

#[test]
fn an_address_that_runs_instructions_stops_the_site_wherever_it_stands() {
    for address in ["'javascript:alert(1)'", "'DATA:text/html,x'", "'vbscript:x'", "' javascript:alert(1)'"] {
        for fields in [
            format!("source: {{title: Scheda, url: {address}}}\n"),
            format!("approved_by: {{act: Delibera 1, url: {address}}}\n"),
            format!("documents:\n  - {{title: Relazione, url: {address}}}\n"),
            format!("indicators:\n  - {{title: Corsi, target: almeno 1, evidence: {address}}}\n"),
            format!(
                "indicators:\n  - {{title: Corsi, periods: [{{period: 2025, target: almeno 1, evidence: {address}}}]}}\n"
            ),
        ] {
            assert_eq!(refused(&objective(&fields)), [Code::UnsafeAddress], "{fields}");
        }
        let units = format!("- id: comune\n  name: Comune di Prova\n  contact: {{url: {address}}}\n");
        assert_eq!(refused(&objective("").file("content/units.yaml", &units)), [Code::UnsafeAddress]);
        let settings =
            format!("[site]\ntitle = \"Promesse\"\nbase_url = \"https://example.org\"\n[links]\nprivacy = {address}\n");
        assert_eq!(refused(&objective("").file("site.toml", &settings)), [Code::UnsafeAddress]);
    }
}

#[test]
fn what_places_a_record_stops_the_site() {
    let update = |name: &str, date: &str| {
        let path = format!("content/projects/ponte/updates/{name}.md");
        project("").file(&path, &format!("---\ntitle: Passo\ndate: {date}\n---\n"))
    };
    for date in ["domani", "marzo 2025", "fine 2025", "2024-2025", "entro il 30/06/2025"] {
        assert_eq!(refused(&update("passo", date)), [Code::NotADay], "{date}");
        assert_eq!(refused(&update("2025-03-01-passo", date)), [Code::NotADay], "{date}");
    }
    assert_eq!(refused(&update("passo", "31/02/2025")), [Code::ImpossibleDay]);
    assert_eq!(refused(&objective("year: duemila\n")), [Code::NotWhole]);
    assert_eq!(refused(&objective("phases: [{title: Gara, end: 31/02/2025}]\n")), [Code::ImpossibleDay]);
    assert_eq!(refused(&objective("phases: [{title: Gara, start: 2025, end: 2024}]\n")), [Code::EndBeforeStart]);
}

#[test]
fn a_site_with_words_that_are_not_read_is_built_again_as_from_nothing() {
    let fields =
        "phases:\n  - {title: Gara, weight: poco, end: presto}\nsource: {title: Scheda, url: comune.it, date: ieri}\n";
    let again = objective(fields);
    published(&again);
    let changed = fields.replace("presto", "prestissimo").replace("ieri", "oggi").replace("poco", "molto");
    again.write(OBJECTIVE, &format!("---\ntitle: Sportello\nunit: comune\n{changed}---\n"));
    published(&again);
    let fresh = objective(&changed);
    published(&fresh);
    assert_eq!(again.published(), fresh.published());
    assert!(fresh.main("2025/a1/index.html").contains("prestissimo"));
}

#[test]
fn the_program_publishes_says_each_once_and_a_site_may_turn_the_code_off() {
    let site = objective("phases:\n  - {title: Gara, end: appena possibile, weight: tanto}\n");
    site.write("content/units.yaml", UNITS);
    let vetro = |command: &str| {
        let mut vetro = Command::new(env!("CARGO_BIN_EXE_vetro"));
        vetro.args(["--lang", "it", command, "--as-of", "2026-11-22", "--root"]).arg(site.root());
        let run = vetro.assert().code(0);
        String::from_utf8_lossy(&run.get_output().stderr).into_owned()
    };
    for command in ["check", "build"] {
        let said = vetro(command);
        let told = "«appena possibile» non si può leggere come data: sulla pagina restano le parole scritte.";
        assert_eq!((said.matches(told).count(), said.matches("[V0304]").count()), (1, 1), "{command}: {said}");
    }
    let off = "rules: {V0301: {level: off, reason: così scrive l'ufficio}, V0304: {level: off, reason: idem}}\n";
    let text = format!("---\ntitle: Sportello\nunit: comune\nphases:\n  - {{title: Gara, end: presto}}\n{off}---\n");
    site.write(OBJECTIVE, &text);
    assert!(!vetro("check").contains("[V0301]"));
}
