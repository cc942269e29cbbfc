//! What pages say of a record: all that its office wrote, and nothing that isn't so.

use crate::common::SiteTest;
use vetro::{Code, Outcome};

/// What the page of an objective of 2024 says, of which `fields` are more lines of its front matter.
fn objective(fields: &str) -> String {
    let sheet = format!("---\ntitle: Aprire la sera\nunit: comune\n{fields}---\n");
    let site = SiteTest::new().file("content/objectives/2024/A1.md", &sheet);
    site.build();
    site.main("2024/a1/index.html")
}

/// What the page of a project says, likewise.
fn project(fields: &str) -> String {
    let sheet = format!("---\ntitle: Ponte\nunit: comune\n{fields}---\n");
    let site = SiteTest::new().file("content/projects/ponte/index.md", &sheet);
    site.build();
    site.main("progetti/ponte/index.html")
}

#[test]
fn a_value_of_a_part_of_the_year_has_its_remark_and_what_proves_it() {
    let period =
        "{period: T2 2024, target: 5, actual: 4, comment: Chiusa in agosto., evidence: 'https://example.org/t2'}";
    let page = objective(&format!("indicators: [{{title: Sere, target: 9, periods: [{period}]}}]\n"));
    assert!(page.contains("Chiusa in agosto."), "{page}");
    assert!(page.contains("href=\"https://example.org/t2\""), "{page}");
}

#[test]
fn the_page_of_a_project_says_how_far_each_update_found_it() {
    let site = SiteTest::new()
        .file("content/projects/ponte/index.md", "---\ntitle: Ponte\nunit: comune\n---\n")
        .file("content/projects/ponte/updates/2026-05-29-cavi.md", "---\ntitle: Cavi\nprogress: 52\n---\n");
    site.build();
    assert!(site.main("progetti/ponte/index.html").contains("Avanzamento: 52 su 100"));
    assert!(site.main("progetti/ponte/2026-05-29-cavi/index.html").contains("52 su 100"));
}

#[test]
fn what_begins_and_has_no_known_end_is_drawn_from_its_start() {
    let hatched = "fill=\"url(#p-fuzzy)\"";
    let phase = objective("phases: [{title: Lavori, start: da luglio 2024}]\n");
    assert!(phase.contains(&format!("<rect {hatched} x=\"49.73%\" y=\"4\" width=\"50.27%\"")), "{phase}");
    let begun = objective("phases: [{title: Lavori, start: 2024, end: 2024, actual_start: 01/07/2024}]\n");
    assert!(begun.contains(&format!("<rect {hatched} x=\"49.73%\" y=\"14\"")), "{begun}");
    let open = project("start: 01/01/2025\nend: da settembre 2026\n");
    assert!(open.contains("<rect class=\"b\" x=\"0%\""), "{open}");
    assert!(open.contains(hatched), "{open}");
    assert!(open.contains("Fine prevista: non prima di settembre 2026."), "{open}");
    assert!(project("start: ottobre 2026\n").contains(hatched));
}

#[test]
fn where_one_phase_has_a_state_the_others_say_that_theirs_is_not_known() {
    let silent = "{title: Due, start: 01/02/2024, end: 01/03/2024}";
    let one = objective(&format!("phases: [{{title: Uno, progress: 100}}, {silent}]\n"));
    assert!(one.contains("Esito non pubblicato"), "{one}");
    assert!(!objective(&format!("phases: [{silent}]\n")).contains("Esito non pubblicato"));
}

#[test]
fn a_year_that_is_not_over_has_not_gone_in_any_way_yet() {
    let sheet = "---\ntitle: Aprire la sera\nunit: comune\ntype: Sviluppo\n---\n";
    let site = SiteTest::new()
        .file("content/objectives/2025/A1.md", sheet)
        .file("content/objectives/2026/B1.md", sheet);
    site.build();
    for list in ["2025/index.html", "2025/tipo/sviluppo/index.html"] {
        assert!(site.main(list).contains("<h2>Com’è andata nel 2025</h2>"), "{list}");
    }
    for list in ["2026/index.html", "2026/tipo/sviluppo/index.html"] {
        let page = site.main(list);
        assert!(page.contains("<h2>Il 2026, finora</h2>"), "{page}");
        assert!(!page.contains("com’è andata"), "{page}");
    }
}

#[test]
fn a_chart_explains_no_sign_that_it_does_not_have() {
    let sheet = "---\ntitle: Acqua\nunit: comune\nindicators: [{title: Perdite, target: 20, thread: perdite}]\n---\n";
    let chart = |years: &[&str]| {
        let path = |year: &&str| format!("content/objectives/{year}/A{year}.md");
        let site = years.iter().fold(SiteTest::new(), |site, year| site.file(&path(year), sheet));
        site.build();
        site.main("indicatori/perdite/index.html")
    };
    let whole = chart(&["2023", "2024"]);
    assert!(whole.contains("<figcaption class=\"small\">Cerchio vuoto: traguardo.</figcaption>"), "{whole}");
    assert!(chart(&["2022", "2024"]).contains("Linea a punti: anni senza scheda."));
}

#[test]
fn an_elided_article_has_the_apostrophe_of_the_rest_of_the_page() {
    let page = objective("indicators: [{title: Sere, target: almeno 80%}]\n");
    assert!(page.contains("almeno l’80%"), "{page}");
    let page = objective("indicators: [{title: Sere, target: \"almeno l'80%\"}]\n");
    assert!(!page.contains("Nella scheda:"), "{page}");
}

#[test]
fn a_declared_state_is_told_from_the_computed_one_even_where_they_agree() {
    let card = |state| objective(&format!("indicators: [{{title: Sere, target: 9, actual: 12, state: {state}}}]\n"));
    assert!(card("raggiunto").contains("L’ufficio dichiara: Raggiunto. Il sito calcola lo stesso."));
    assert!(card("non raggiunto").contains("L’ufficio dichiara: Non raggiunto. Il sito calcola: Raggiunto."));
    let whole = objective("state: raggiunto\nindicators: [{title: Sere, target: 9, actual: 2}]\n");
    assert!(whole.contains("L’ufficio dichiara: Raggiunto. Il sito calcola: Non raggiunto."), "{whole}");
    assert!(!whole.contains("Il traguardo è stato raggiunto."), "{whole}");
}

#[test]
fn what_is_met_in_part_is_counted_as_such() {
    let partly = "{title: Sere, target: 9, actual: 2, state: raggiunto in parte}";
    let fields = format!("indicators: [{partly}, {{title: Ore, target: 9, actual: 2}}]\n");
    assert!(objective(&fields).contains("Traguardi raggiunti: 0 su 2, 1 in parte."), "{}", objective(&fields));
}

#[test]
fn what_nobody_can_judge_yet_is_not_counted_as_missed() {
    let words = "{title: Sere, target: 9, actual: abbastanza}, {title: Posti, target: 9, actual: 2}";
    let over = objective(&format!("indicators: [{words}]\n"));
    assert!(over.contains("Traguardi raggiunti: 0 su 2, 1 non valutabile."), "{over}");
    let open = format!("indicators: [{words}, {{title: Ore, target: entro il 31/12/2090}}]\n");
    let sheet = format!("---\ntitle: Aprire la sera\nunit: comune\n{open}---\n");
    let site = SiteTest::new().file("content/objectives/2024/A1.md", &sheet);
    site.build();
    let list = site.main("2024/index.html");
    assert!(list.contains("0 su 3, 1 non valutabile, 1 non ancora scaduto"), "{list}");
}

#[test]
fn a_result_and_a_baseline_are_of_the_same_measure_as_their_target() {
    let counted = objective("indicators: [{title: X, target: 52 posti, actual: '48', baseline: '44'}]\n");
    assert!(counted.contains("Traguardo: almeno 52 posti. Risultato: 48 posti, 4 in meno"), "{counted}");
    assert!(counted.contains("Punto di partenza: 44 posti"), "{counted}");
    let named = objective("indicators: [{title: X, unit_of_measure: posti, target: 52, actual: '48'}]\n");
    assert!(named.contains(">almeno 52 posti</dd>") && named.contains(">48 posti</dd>"), "{named}");
    let share = objective("indicators: [{title: X, unit_of_measure: '%', target: 60%, actual: 68%, baseline: '47'}]\n");
    assert!(share.contains("Punto di partenza: 47%"), "{share}");
    let number = objective("indicators: [{title: X, unit_of_measure: Numero, target: 52, actual: '48'}]\n");
    assert!(number.contains(">almeno 52</dd>"), "{number}");
}

/// The sentences of a page's first answer.
fn answered(page: &str) -> Vec<&str> {
    let (_, answer) = page.split_once("<p>").expect("an answer begins");
    let (answer, _) = answer.split_once("</p>").expect("an answer ends");
    answer.split_inclusive(". ").collect()
}

#[test]
fn an_answer_has_two_sentences_and_the_page_the_rest() {
    let met = "{title: Uno, target: 9, actual: 12}, {title: Due, target: 9}";
    let half = objective(&format!("indicators: [{met}]\nphases: [{{title: Lavori}}]\n"));
    assert_eq!(answered(&half)[1..], ["1 risultato su 2 pubblicato."]);
    assert!(half.contains("Traguardi raggiunti: 1 su 2, 1 senza risultato pubblicato."), "{half}");
    assert!(half.contains("Qui trovi che cosa l’ufficio si è impegnato a fare: 2 traguardi e 1 fase."), "{half}");
    let own = objective(&format!("summary: Aperto il sabato.\nindicators: [{met}]\n"));
    assert_eq!(answered(&own), ["Aperto il sabato."]);
    assert!(own.contains("1 senza risultato pubblicato"), "{own}");

    let over = project("start: 2019\nend: 2022\nexpected_results: [{title: Alloggi, target: 20}]\n");
    let over = [over, project("start: 2019\nend: 2022\nlifecycle: in_progress\n")];
    for page in &over {
        assert_eq!(answered(page).len(), 2, "{page}");
        assert!(page.contains("La spesa sostenuta non è stata pubblicata."), "{page}");
    }
}

#[test]
fn an_objective_with_some_outcomes_is_partly_published_wherever_its_state_stands() {
    let sheet = |actuals: [&str; 3]| {
        let measured = actuals.map(|actual| format!("{{title: Sere, target: 'almeno 9', actual: '{actual}'}}"));
        format!("---\ntitle: Aprire la sera\nunit: comune\nindicators: [{}]\n---\n", measured.join(", "))
    };
    let settings = "[site]\ntitle = \"P\"\nbase_url = \"https://example.org\"\nlanguages = [\"it\", \"en\", \"de\"]\n";
    let site = SiteTest::new()
        .file("site.toml", settings)
        .file("content/objectives/2024/A1.md", &sheet(["12", "3", ""]))
        .file("content/objectives/2024/A2.md", &sheet(["", "n.d.", ""]));
    site.build();
    for (page, word, sentence) in [
        ("2024/a1/index.html", "Pubblicato in parte", "2 risultati su 3 pubblicati."),
        ("en/2024/a1/index.html", "Partly published", "2 results of 3 published."),
        ("de/2024/a1/index.html", "Teilweise veröffentlicht", "2 von 3 Ergebnissen sind veröffentlicht."),
    ] {
        let page = site.main(page);
        assert!(page.contains(word) && page.contains(sentence), "{page}");
    }
    for list in
        ["2024/stato/pubblicato-in-parte", "en/2024/status/partly-published", "de/2024/stand/teilweise-veroeffentlicht"]
    {
        let list = site.main(&format!("{list}/index.html"));
        assert!(list.contains("2024/a1/") && !list.contains("2024/a2/"), "{list}");
    }
    let year = site.main("2024/index.html");
    assert!(year.contains("fill=\"url(#p-some)\"") && year.contains("fill=\"url(#p-na)\""), "{year}");
    assert!(year.contains("<use href=\"#i-some\"/>"), "{year}");
    let published: std::collections::BTreeMap<_, _> = site.published().into_iter().collect();
    let record = String::from_utf8_lossy(&published["2024/a1/index.json"]);
    assert!(record.contains("\"state\":\"partly_published\""), "{record}");
    assert!(site.read("data/objectives.csv").contains(",partly_published,"));
    assert!(site.read("data/datapackage.json").contains("\"partly_published\""));
    let unit = site.read("uffici/comune/index.json");
    assert!(unit.contains("\"partly_published\":1") && unit.contains("\"no_data\":1"), "{unit}");
}

#[test]
fn a_picture_keeps_its_place_free_while_it_loads() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 260\"/>";
    let site = SiteTest::new()
        .file("content/projects/ponte/index.md", "---\ntitle: Ponte\nunit: comune\n---\n![Il ponte](ponte.svg)\n")
        .file("content/projects/ponte/ponte.svg", drawing);
    site.build();
    let page = site.main("progetti/ponte/index.html");
    assert!(page.contains("alt=\"Il ponte\" width=\"640\" height=\"260\""), "{page}");
}

#[test]
fn no_sum_counts_what_was_called_off() {
    let plan = "title: DUP\nadministration: comune\nnodes: [{code: '1', title: Strade}]\n";
    let of = |amount: &str, more: &str| {
        format!("---\ntitle: X\nunit: comune\nplan: ['1']\namount: {amount},00 €\n{more}---\n")
    };
    let site = SiteTest::new()
        .file("content/plans/dup.yaml", plan)
        .file("content/projects/uno/index.md", &of("100", ""))
        .file("content/projects/due/index.md", &of("300", ""))
        .file("content/projects/tre/index.md", &of("500", "lifecycle: annullato\n"));
    site.build();
    let page = site.main("progetti/uno/index.html");
    assert!(page.contains("I 2 progetti di «Strade» valgono in tutto 400,00\u{a0}€"), "{page}");
    assert!(page.contains("I progetti annullati non sono contati."), "{page}");
    assert!(!page.contains("500,00"), "{page}");
    assert!(!site.main("progetti/tre/index.html").contains("«Strade» valgono"));
    assert!(site.main("index.html").contains("in tutto 400,00\u{a0}€"));
}

#[test]
fn what_a_phase_waits_for_is_on_the_page_in_the_record_and_in_the_table() {
    let sheet = "---\ntitle: Aprire la sera\nunit: comune\nphases:\n  - title: Bando\n  - title: Arredi\n  \
                 - {title: Apertura, dopo: [1, 2]}\n---\n";
    let site = SiteTest::new().file("content/objectives/2024/A1.md", sheet);
    site.build();
    let page = site.main("2024/a1/index.html");
    assert_eq!(page.matches("Dopo la fine delle fasi 1, 2").count(), 1, "{page}");
    let published: std::collections::BTreeMap<_, _> = site.published().into_iter().collect();
    let text = |path: &str| String::from_utf8(published[path].clone()).expect("UTF-8");
    let record: serde_json::Value = serde_json::from_str(&text("2024/a1/index.json")).expect("JSON");
    assert_eq!(record["phases"][2]["after"], serde_json::json!([1, 2]));
    assert!(text("data/phases.csv").lines().last().is_some_and(|row| row.ends_with(",1;2,,")));
}

#[test]
fn what_a_date_or_an_amount_is_written_with_is_shown() {
    let page = project(
        "start: da ottobre 2020 (in corso)\nend: fino al 31 dicembre 2027 (salvo proroghe)\namount: ca. 1,2 mld € oltre IVA\n\
         milestones:\n  - {title: Avvio, due: 2022 - 4° trimestre (M)}\n",
    )
    .replace('\u{a0}', " ");
    for words in
        ["(in corso)", "31 dicembre 2027 (salvo proroghe)", "circa 1.200.000.000,00 € (IVA esclusa)", "2022 (M)"]
    {
        assert!(page.contains(words), "{words} is not in {page}");
    }
    let page = objective("phases:\n  - {title: Bando, start: \"marzo 2024 [stimato]\", end: 2024}\n");
    assert!(page.contains("(stimato)"), "{page}");
}

#[test]
fn notes_beside_the_date_of_a_target_or_an_outcome_stand_on_its_card() {
    for (target, shown) in [
        ("entro il 31/12/2024 (salvo proroghe)", "entro il 31 dicembre 2024 (salvo proroghe)"),
        ("31/12/2024 [con relazione finale]", "entro il 31 dicembre 2024 (con relazione finale)"),
        ("giugno 2024 (prima seduta)", "entro giugno 2024 (prima seduta)"),
        ("31.12.2024 con relazione finale", "31.12.2024 con relazione finale"),
    ] {
        let page = objective(&format!("indicators:\n  - {{title: Bando, target: '{target}'}}\n"));
        assert!(page.contains(&format!("{shown}<")), "{target}: {page}");
        let period = format!("indicators:\n  - {{title: Bando, periods: [{{period: 2024, target: '{target}'}}]}}\n");
        assert!(objective(&period).contains(&format!("{shown}<")), "{target}");
    }
    let page = objective("indicators:\n  - {title: Bando, target: 31/12/2024, actual: 15/03/2024 (parziale)}\n");
    assert!(page.contains("15 marzo 2024 (parziale)"), "{page}");
}

#[test]
fn a_picture_of_another_site_is_a_link_on_the_page_and_in_the_feed() {
    let body = "![La piazza](https://www.example.org/a.jpg)\n\n<p><img src=\"http://www.example.org/b.jpg\"></p>\n\n\
                [![Il ponte](//www.example.org/c.jpg)](/progetti/ponte/)\n";
    let site = SiteTest::new()
        .file("content/projects/ponte/index.md", "---\ntitle: Ponte\nunit: comune\n---\n")
        .file("content/projects/ponte/updates/2026-05-29-cavi.md", &format!("---\ntitle: Cavi\n---\n{body}"));
    let (outcome, codes) = site.try_build();
    assert!(matches!(outcome, Outcome::Published { .. }), "{codes:?}");
    assert_eq!(codes, [Code::PictureElsewhere; 3]);
    let page = site.main("progetti/ponte/2026-05-29-cavi/index.html");
    let feed = site
        .read("progetti/ponte/atom.xml")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    for (text, project) in [(&page, "../../../progetti/ponte/"), (&feed, "/progetti/ponte/")] {
        assert!(text.contains("<a href=\"https://www.example.org/a.jpg\">La piazza</a>"), "{text}");
        let bare = "<a href=\"http://www.example.org/b.jpg\">http://www.example.org/b.jpg</a>";
        assert!(text.contains(bare) && text.contains(&format!("{project}\">Il ponte</a>")), "{text}");
        assert!(!text.contains("<img"), "{text}");
    }
}
