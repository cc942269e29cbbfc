//! The language server, as an editor meets it: a real client on the standard input and output of the built program.

#![expect(clippy::disallowed_methods, reason = "the tests save files as an editor's program does")]
#![expect(clippy::needless_pass_by_value, reason = "what is sent is written where it is sent")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::common::SiteTest;
use serde_json::{Value, json};

/// How long a slow machine may take to answer before a test fails.
const PATIENCE: Duration = Duration::from_secs(30);

const OBJECTIVE: &str = "content/objectives/2020/A1.md";

const SOUND: &str = "---\ncode: A1\ntitle: Aprire la biblioteca la sera\nunit: comune\n---\nApertura fino alle 22.\n";

/// An editor with a site open; the server ends with it.
struct Editor {
    child: Child,
    stdin: Option<ChildStdin>,
    messages: Receiver<Value>,
    site: SiteTest,
    next_id: i64,
    versions: BTreeMap<String, i64>,
    /// What is shown of each file, by its address.
    shown: BTreeMap<String, Value>,
}

impl Drop for Editor {
    fn drop(&mut self) {
        // It may have ended by itself; that is for the test to say.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Editor {
    /// A server that was told nothing yet.
    fn start(site: SiteTest) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vetro"))
            .args(["--lang", "en", "lsp", "--as-of", "2026-11-22"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let stdin = child.stdin.take();
        let stdout = child.stdout.take().expect("its output is piped");
        let (sender, messages) = mpsc::channel();
        std::thread::spawn(move || {
            let mut stdout = BufReader::new(stdout);
            while let Some(message) = read_message(&mut stdout) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { child, stdin, messages, site, next_id: 0, versions: BTreeMap::new(), shown: BTreeMap::new() }
    }

    /// A server that has been told of the site, and of an editor that counts in UTF-16 as all can.
    fn open(site: SiteTest) -> Self {
        Self::open_with(site, json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } })).0
    }

    /// The same of an editor with other capabilities; with what the server said of itself.
    fn open_with(site: SiteTest, capabilities: Value) -> (Self, Value) {
        let mut editor = Self::start(site);
        let root = editor.uri("");
        let params = json!({ "processId": null, "rootUri": root.trim_end_matches('/'), "capabilities": capabilities });
        let said = editor.request("initialize", params);
        editor.notify("initialized", json!({}));
        (editor, said["result"]["capabilities"].clone())
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.site.root())
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let stdin = self.stdin.as_mut().expect("the server is spoken to");
        write!(stdin, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server listens");
        stdin.flush().expect("the server listens");
    }

    /// Bytes as they are.
    fn write(&mut self, bytes: &str) {
        let stdin = self.stdin.as_mut().expect("the server is spoken to");
        stdin
            .write_all(bytes.as_bytes())
            .and_then(|()| stdin.flush())
            .expect("the server listens");
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// The whole answer to a request.
    fn request(&mut self, method: &str, params: Value) -> Value {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let asked = Instant::now();
        loop {
            let message = self.next(asked);
            if message["id"] == json!(id) {
                return message;
            }
        }
    }

    /// The next message; problems are kept on the way.
    fn next(&mut self, since: Instant) -> Value {
        let left = PATIENCE.saturating_sub(since.elapsed());
        let message = self.messages.recv_timeout(left).expect("the server answers in time");
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let uri = params["uri"].as_str().expect("problems are those of a file").to_owned();
            self.shown.insert(uri, params["diagnostics"].clone());
        }
        message
    }

    /// Opens a file with a text that needs not be saved.
    fn did_open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        self.versions.insert(path.to_owned(), 1);
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&mut self, path: &str, changes: Value) {
        let version = self.versions.get_mut(path).expect("the file is open");
        *version += 1;
        let version = *version;
        let uri = self.uri(path);
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        self.notify("textDocument/didChange", params);
    }

    /// Types another text in place of all.
    fn retype(&mut self, path: &str, text: &str) {
        self.change(path, json!([{ "text": text }]));
    }

    /// Waits until the problems of a file are as wanted.
    fn wait_for(&mut self, path: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(path);
        let since = Instant::now();
        loop {
            if let Some(shown) = self.shown.get(&uri).and_then(Value::as_array)
                && wanted(shown)
            {
                return shown.clone();
            }
            assert!(since.elapsed() < PATIENCE, "{path}: {:?}", self.shown.get(&uri));
            self.next(since);
        }
    }

    /// What a request about a place in a file gives: `needle` is a piece of `text` with the cursor at its `|`.
    fn at(&mut self, method: &str, path: &str, text: &str, needle: &str, more: Value) -> Value {
        let (before, after) = needle.split_once('|').expect("the needle has a cursor");
        let found = text.find(&format!("{before}{after}")).expect("the needle is in the text") + before.len();
        let line = text[..found].matches('\n').count();
        let column = text[text[..found].rfind('\n').map_or(0, |end| end + 1)..found].encode_utf16().count();
        let mut params = json!({
            "textDocument": { "uri": self.uri(path) },
            "position": { "line": line, "character": column },
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.request(method, params)
    }

    /// How the server ended.
    fn end(&mut self) -> ExitStatus {
        let since = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the server can be waited for") {
                return status;
            }
            assert!(since.elapsed() < PATIENCE, "the server doesn't end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// One message of the base protocol (LSP 3.17, §Header Part).
fn read_message(from: &mut impl BufRead) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(value) = header.strip_prefix("Content-Length: ") {
                    length = value.parse().ok();
                }
            }
        }
    }
    let mut body = vec![0; length?];
    from.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn codes(problems: &[Value]) -> Vec<&str> {
    problems.iter().filter_map(|problem| problem["code"].as_str()).collect()
}

fn site() -> SiteTest {
    SiteTest::new().file(OBJECTIVE, SOUND)
}

#[test]
fn a_mistake_is_shown_while_it_is_typed_and_goes_when_it_is_mended() {
    let mut editor = Editor::open(site());
    editor.did_open(OBJECTIVE, SOUND);
    editor.retype(OBJECTIVE, &SOUND.replace("unit: comune", "unit: comun"));
    let shown = editor.wait_for(OBJECTIVE, |problems| !problems.is_empty());
    let [problem] = &shown[..] else { panic!("{shown:?}") };
    let range = json!({ "start": { "line": 3, "character": 6 }, "end": { "line": 3, "character": 11 } });
    assert_eq!((&problem["range"], &problem["severity"], &problem["source"]), (&range, &json!(1), &json!("vetro")));
    assert!(problem["code"].as_str().is_some_and(|code| code.starts_with('V')), "{problem}");
    let message = problem["message"].as_str().unwrap_or_default();
    assert!(message.contains("“comun”") && message.contains("comune"), "{message}");
    // The file itself was sound all the time.
    editor.retype(OBJECTIVE, SOUND);
    editor.wait_for(OBJECTIVE, <[Value]>::is_empty);
}

#[test]
fn a_change_is_applied_where_it_was_typed_among_letters_that_are_long_in_utf_16() {
    let text = SOUND.replace("la sera", "la sera 😀 è");
    let mut editor = Editor::open(site());
    editor.did_open(OBJECTIVE, &text);
    // Two changes one after the other: the second counts in what the first made.
    let at = |line: u32, from: u32, to: u32, text: &str| json!({ "range": { "start": { "line": line, "character": from }, "end": { "line": line, "character": to } }, "text": text });
    editor.change(OBJECTIVE, json!([at(2, 36, 39, ""), at(2, 36, 36, "x"), at(3, 0, 4, "unitt")]));
    let shown = editor.wait_for(OBJECTIVE, |problems| !problems.is_empty());
    assert!(shown[0]["message"].as_str().is_some_and(|words| words.contains("unitt")), "{shown:?}");
    assert_eq!(shown[0]["range"]["end"], json!({ "line": 3, "character": 5 }));
}

#[test]
fn a_file_that_nobody_saved_is_part_of_the_site_and_one_that_is_closed_is_again_as_saved() {
    let mut editor = Editor::open(site());
    let new = "content/objectives/2020/A2.md";
    editor.did_open(new, "---\ntitle: Un altro\nunit: comune\ncontinues: [A9]\n---\n");
    editor.wait_for(new, |problems| !problems.is_empty());
    let uri = editor.uri(new);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    editor.wait_for(new, <[Value]>::is_empty);
}

#[test]
fn a_file_that_another_program_saves_is_checked_too() {
    let mut editor = Editor::open(site());
    editor.did_open("content/pages/nota.md", "---\n---\n");
    editor.wait_for("content/pages/nota.md", |problems| !problems.is_empty());
    editor.site.write(OBJECTIVE, &SOUND.replace("unit:", "unti:"));
    editor.wait_for(OBJECTIVE, |problems| !problems.is_empty());
    editor.site.write(OBJECTIVE, SOUND);
    editor.wait_for(OBJECTIVE, <[Value]>::is_empty);
}

#[test]
fn the_words_and_the_places_are_those_of_check() {
    let wrong = SOUND
        .replace("comune", "città")
        .replace("title", "titolo: \"😀\"\nfasi: [{titolo: A, fine: 31/02/2020}]\nclassification");
    let site = SiteTest::new().file(OBJECTIVE, &wrong);
    let checked = checked(site.root().as_str());
    assert!(checked.len() >= 2, "{checked:?}");
    let mut editor = Editor::open(site);
    editor.did_open(OBJECTIVE, &wrong);
    let shown = editor.wait_for(OBJECTIVE, |problems| !problems.is_empty());
    let said = |row: &Value| {
        let words =
            format!("{}\n{}", row["message"].as_str().unwrap_or_default(), row["help"].as_str().unwrap_or_default());
        (row["code"].clone(), words, row["line"].as_u64().map(|line| line - 1))
    };
    let told = |problem: &Value| {
        (
            problem["code"].clone(),
            problem["message"].as_str().unwrap_or_default().to_owned(),
            problem["range"]["start"]["line"].as_u64(),
        )
    };
    assert_eq!(shown.iter().map(told).collect::<Vec<_>>(), checked.iter().map(said).collect::<Vec<_>>());
}

#[test]
fn what_is_to_come_is_told_by_the_day_of_the_server() {
    let update = |day: &str| format!("---\ntitle: Gara\ndate: {day}\n---\n");
    let path = "content/projects/ponte/updates/gara.md";
    let site = site().file("content/projects/ponte/index.md", "---\ntitle: Ponte\nunit: comune\n---\n");
    let mut editor = Editor::open(site);
    editor.did_open(path, &update("2026-11-23"));
    let shown = editor.wait_for(path, |problems| !problems.is_empty());
    assert_eq!(codes(&shown), ["V0318"]);
    let range = json!({ "start": { "line": 2, "character": 6 }, "end": { "line": 2, "character": 16 } });
    assert_eq!(shown[0]["range"], range);
    editor.retype(path, &update("2026-11-22"));
    editor.wait_for(path, <[Value]>::is_empty);
}

#[test]
fn what_a_record_silences_is_not_shown() {
    let doubtful = SOUND.replace("unit: comune", "unit: comune\nindicators: [{title: A, target: 1.5}]");
    let mut editor = Editor::open(site());
    editor.did_open(OBJECTIVE, &doubtful);
    let shown = editor.wait_for(OBJECTIVE, |problems| !problems.is_empty());
    let code = codes(&shown)[0].to_owned();
    assert_eq!(shown[0]["severity"], json!(2), "{shown:?}");
    let silenced = doubtful
        .replace("---\nApertura", &format!("rules: {{{code}: {{level: off, reason: misurato}}}}\n---\nApertura"));
    editor.retype(OBJECTIVE, &silenced);
    editor.wait_for(OBJECTIVE, <[Value]>::is_empty);
}

#[test]
fn a_client_that_counts_bytes_is_given_bytes() {
    let offered = json!({ "general": { "positionEncodings": ["utf-8", "utf-16"] } });
    let (mut editor, said) = Editor::open_with(site(), offered);
    assert_eq!(said["positionEncoding"], "utf-8");
    editor.did_open(OBJECTIVE, &SOUND.replace("unit: comune", "unit: \"è😀\""));
    let shown = editor.wait_for(OBJECTIVE, |problems| !problems.is_empty());
    assert_eq!(shown[0]["range"]["end"], json!({ "line": 3, "character": 14 }));
    let (_, said) = Editor::open_with(site(), json!({}));
    assert_eq!(said["positionEncoding"], "utf-16");
}

#[test]
fn a_session_ends_well_only_as_the_protocol_says() {
    let mut editor = Editor::start(site());
    assert_eq!(editor.request("textDocument/hover", json!({}))["error"]["code"], json!(-32002), "not initialized");
    let mut editor = Editor::open(site());
    assert_eq!(editor.request("vetro/unknown", json!({}))["error"]["code"], json!(-32601));
    editor.notify("vetro/unknown", json!({}));
    assert_eq!(editor.request("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(editor.request("textDocument/hover", json!({}))["error"]["code"], json!(-32600), "shut down");
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end().code(), Some(0));

    let mut editor = Editor::open(site());
    editor.notify("exit", Value::Null);
    assert_eq!(editor.end().code(), Some(1), "nobody asked for the end");
}

#[test]
fn a_server_whose_client_dies_ends_too() {
    let mut editor = Editor::open(site());
    editor.did_open(OBJECTIVE, SOUND);
    editor.stdin = None;
    assert_eq!(editor.end().code(), Some(1));
}

const UNITS: &str = "- {id: comune, name: Comune di Prova, kind: comune}\n- {id: comune/cultura, name: Servizio cultura, parent: comune}\n";

const PLAN: &str = "title: Documento unico\nadministration: comune\nvalidity: 2020\nnodes:\n  - {code: 5.1, title: Leggere in città}\n";

const EARLIER: &str = "---\ncode: A0\ntitle: Aprire una biblioteca\nunit: comune\n---\n";

const LATER: &str = "---\ncodice: A2\ntitolo: Aprire la biblioteca di notte\nufficio: comune/cultura\npiano: [5.1]\ncontinua: [A0]\nindicatori:\n  - titolo: Sere 😀\n    valore_atteso: almeno 10\n    consuntivo: 12\n  - titolo: Giorni\n    valore_atteso: entro il 30 giugno\nfasi:\n  - {titolo: Contratto, fine: ultimo trimestre 2020}\n---\n";

const SHEET: &str = "content/objectives/2020/A2.md";

/// An editor in which a sheet of a richer site is open, when the site is known.
fn writing(text: &str) -> Editor {
    let site = SiteTest::new()
        .file("content/units.yaml", UNITS)
        .file("content/plans/dup.yaml", PLAN)
        .file("content/objectives/2019/A0.md", EARLIER)
        .file("content/projects/notte/index.md", "---\ntitle: Notte\nunit: comune\nobjectives: [A2]\n---\n")
        .file(SHEET, LATER);
    let mut editor = Editor::open(site);
    editor.did_open(SHEET, text);
    // Something wrong shows when all has been read.
    editor.did_open("content/pages/nota.md", "---\n---\n");
    editor.wait_for("content/pages/nota.md", |problems| !problems.is_empty());
    editor
}

fn labels(answer: &Value) -> Vec<&str> {
    let items = answer["result"]["items"].as_array().unwrap_or_else(|| panic!("no list: {answer}"));
    items.iter().filter_map(|item| item["label"].as_str()).collect()
}

#[test]
fn keys_are_offered_in_the_language_of_the_sheet_and_none_twice() {
    let text = LATER.replace("fasi:", "st\nfasi:");
    let mut editor = writing(&text);
    let answer = editor.at("textDocument/completion", SHEET, &text, "\nst|\n", json!({}));
    assert!(labels(&answer).contains(&"stato"), "{answer}");
    assert!(!labels(&answer).contains(&"state"), "{answer}");
    let item = &answer["result"]["items"][0]["textEdit"];
    assert_eq!(item["range"]["end"], json!({ "line": 12, "character": 2 }), "{item}");
    let text = LATER.replace("fine: ultimo trimestre 2020", "pe");
    editor.retype(SHEET, &text);
    let answer = editor.at("textDocument/completion", SHEET, &text, "pe|}", json!({}));
    assert_eq!(answer["result"]["items"][0]["textEdit"]["newText"], "peso: ", "{answer}");
    assert!(!labels(&answer).contains(&"titolo"), "{answer}");
}

#[test]
fn names_and_closed_words_are_offered_where_a_value_is_typed() {
    let mut editor = writing(LATER);
    for (written, typed, wanted) in [
        ("ufficio: comune/cultura", "ufficio: |", "comune/cultura"),
        ("piano: [5.1]", "piano: [|", "5.1"),
        ("continua: [A0]", "continua: [|]", "A0"),
        ("fasi:", "stato: |\nfasi:", "raggiunto"),
        ("fasi:", "bozza: |\nfasi:", "sì"),
    ] {
        let text = LATER.replace(written, &typed.replace('|', ""));
        editor.retype(SHEET, &text);
        let answer = editor.at("textDocument/completion", SHEET, &text, typed, json!({}));
        assert!(labels(&answer).contains(&wanted), "{typed}: {answer}");
    }
    let text = LATER.replace("ufficio: comune/cultura", "ufficio:");
    editor.retype(SHEET, &text);
    let answer = editor.at("textDocument/completion", SHEET, &text, "ufficio:|", json!({}));
    assert_eq!(answer["result"]["items"][0]["textEdit"]["newText"], " comune", "{answer}");
    let answer = editor.at("textDocument/completion", SHEET, LATER, "continua: [|A0]", json!({}));
    assert!(!labels(&answer).contains(&"A2"), "no objective goes on with itself: {answer}");
}

#[test]
fn what_a_field_is_and_how_it_is_read_shows_above_it() {
    let mut editor = writing(LATER);
    for (needle, wanted) in [
        ("valore_at|teso: almeno", &["valore_atteso", "Target"][..]),
        ("almeno |10", &["at least", "state: met"]),
        ("entro il |30", &["2020\\-06\\-30", "state: no data"]),
        ("ultimo tri|mestre", &["2020-36"]),
        ("piano: [5|.1]", &["Leggere in città"]),
        ("ufficio: comune/|cultura", &["Servizio cultura"]),
        ("continua: [A|0]", &["Aprire una biblioteca"]),
    ] {
        let answer = editor.at("textDocument/hover", SHEET, LATER, needle, json!({}));
        let words = answer["result"]["contents"]["value"]
            .as_str()
            .unwrap_or_else(|| panic!("{needle}: {answer}"));
        for wanted in wanted {
            assert!(words.contains(&wanted.replace("\\-", "-")), "{needle}: {words}");
        }
    }
}

#[test]
fn a_name_leads_to_where_it_is_given_and_to_wherever_it_is_used() {
    let mut editor = writing(LATER);
    let mut definition = |needle: &str| {
        let answer = editor.at("textDocument/definition", SHEET, LATER, needle, json!({}));
        let uri = answer["result"]["uri"].as_str().unwrap_or_else(|| panic!("{needle}: {answer}"));
        let path = uri.split_once("/content/").map_or(uri, |(_, path)| path).to_owned();
        (path, answer["result"]["range"]["start"].clone())
    };
    assert_eq!(definition("comune/|cultura"), ("units.yaml".to_owned(), json!({ "line": 1, "character": 7 })));
    assert_eq!(definition("[5|.1]"), ("plans/dup.yaml".to_owned(), json!({ "line": 4, "character": 11 })));
    assert_eq!(definition("[A|0]"), ("objectives/2019/A0.md".to_owned(), json!({ "line": 1, "character": 6 })));
    let context = json!({ "context": { "includeDeclaration": true } });
    let answer = editor.at("textDocument/references", SHEET, LATER, "codice: A|2", context);
    let found: Vec<&str> = answer["result"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|place| place["uri"].as_str())
        .collect();
    assert_eq!(found, [editor.uri("content/projects/notte/index.md"), editor.uri(SHEET)]);
}

#[test]
fn the_outline_names_the_sheet_and_its_phases_and_indicators() {
    let mut editor = writing(LATER);
    let uri = editor.uri(SHEET);
    let answer = editor.request("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
    let sheet = &answer["result"][0];
    assert_eq!((&sheet["name"], &sheet["detail"]), (&json!("Aprire la biblioteca di notte"), &json!("A2")));
    let inner: Vec<&str> = sheet["children"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|inner| inner["name"].as_str())
        .collect();
    assert_eq!(inner, ["Sere 😀", "Giorni", "Contratto"]);
}

#[test]
fn a_slip_is_mended_as_check_mends_it_and_a_doubtful_one_by_the_nearest_name() {
    for (written, slip, wanted, is_certain) in [
        ("ufficio: comune/cultura", "ufficio: \"comune/coltura\"", "\"comune/cultura\"", true),
        ("piano: [5.1]", "piano: [5.2]", "[5.1]", false),
        ("titolo: Aprire", "tittolo: Aprire", "\ntitolo: Aprire", true),
        // The words of a link stay.
        ("fine: ultimo trimestre 2020}\n---\n", "fine: 2020}\n---\nVedi [*qui*](A00).\n", "Vedi [*qui*](A0).", false),
    ] {
        let text = LATER.replace(written, slip);
        let mut editor = writing(&text);
        let shown = editor.wait_for(SHEET, |problems| !problems.is_empty());
        let uri = editor.uri(SHEET);
        let params = json!({ "textDocument": { "uri": uri }, "range": shown[0]["range"], "context": { "diagnostics": [shown[0]] } });
        let answer = editor.request("textDocument/codeAction", params);
        let action = &answer["result"][0];
        assert_eq!(action["isPreferred"], json!(is_certain), "{answer}");
        let document = &action["edit"]["documentChanges"][0];
        assert_eq!(document["textDocument"]["version"], json!(1), "{answer}");
        let mended = applied(&text, document["edits"].as_array().expect("there are edits"));
        assert!(mended.contains(wanted), "{mended}");
        editor.retype(SHEET, &mended);
        editor.wait_for(SHEET, <[Value]>::is_empty);
    }
}

/// A text after edits in UTF-16, as an editor makes them.
fn applied(text: &str, edits: &[Value]) -> String {
    let byte = |place: &Value| {
        let at = |key: &str| usize::try_from(place[key].as_u64().expect("a number")).expect("a small one");
        let start = text.split_inclusive('\n').take(at("line")).map(str::len).sum::<usize>();
        let mut units = 0;
        let inside = text[start..].chars().take_while(|c| {
            units += c.len_utf16();
            units <= at("character")
        });
        start + inside.map(char::len_utf8).sum::<usize>()
    };
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| (byte(&edit["range"]["start"]), byte(&edit["range"]["end"]), edit))
        .collect();
    edits.sort_by_key(|(start, ..)| std::cmp::Reverse(*start));
    let mut new = text.to_owned();
    for (start, end, edit) in edits {
        new.replace_range(start..end, edit["newText"].as_str().expect("a text"));
    }
    new
}

#[test]
fn a_code_is_renamed_wherever_it_stands_and_a_taken_one_is_refused() {
    let mut editor = writing(LATER);
    let to = |name: &str| json!({ "newName": name });
    let answer = editor.at("textDocument/rename", SHEET, LATER, "codice: A|2", to("B2"));
    let changed: BTreeMap<&str, usize> = (answer["result"]["documentChanges"].as_array().into_iter().flatten())
        .map(|document| {
            (
                document["textDocument"]["uri"].as_str().unwrap_or_default(),
                document["edits"].as_array().map_or(0, Vec::len),
            )
        })
        .collect();
    let (project, sheet) = (editor.uri("content/projects/notte/index.md"), editor.uri(SHEET));
    assert_eq!(changed, BTreeMap::from([(project.as_str(), 1), (sheet.as_str(), 1)]), "{answer}");
    let answer = editor.at("textDocument/rename", SHEET, LATER, "ufficio: comune/|cultura", to("comune/lettura"));
    assert_eq!(answer["result"]["documentChanges"].as_array().map(Vec::len), Some(2), "{answer}");
    for (needle, name, wanted) in [
        ("codice: A|2", "A0", "taken"),
        ("codice: A|2", "a: b", "isn't a name"),
        ("titolo: Con|tratto", "B2", "no name here"),
    ] {
        let answer = editor.at("textDocument/rename", SHEET, LATER, needle, to(name));
        let words = answer["error"]["message"].as_str().unwrap_or_else(|| panic!("{needle}: {answer}"));
        assert!(words.contains(wanted), "{words}");
    }
}

/// What `check` says of a site.
fn checked(root: &str) -> Vec<Value> {
    let checked = Command::new(env!("CARGO_BIN_EXE_vetro"))
        .args(["--lang", "en", "check", "--as-of", "2026-11-22", "--format", "json", "--root", root])
        .output()
        .expect("the program runs");
    serde_json::from_slice(&checked.stdout).expect("check prints JSON")
}

/// Makes the changes of an answer in the saved files, in their order.
fn make(editor: &Editor, answer: &Value) -> Vec<String> {
    let root = editor.uri("");
    let path = |uri: &Value| {
        let uri = uri
            .as_str()
            .expect("an address")
            .strip_prefix(&root)
            .expect("a file of the site")
            .to_owned();
        percent_encoding::percent_decode_str(&uri).decode_utf8().expect("it is text").into_owned()
    };
    let mut renamed = Vec::new();
    for change in answer["result"]["documentChanges"]
        .as_array()
        .unwrap_or_else(|| panic!("no changes: {answer}"))
    {
        if change["kind"] == "rename" {
            let (old, new) = (path(&change["oldUri"]), path(&change["newUri"]));
            let root = editor.site.root();
            std::fs::rename(root.join(&old), root.join(&new)).expect("the file is there");
            renamed.push(new);
        } else {
            let path = path(&change["textDocument"]["uri"]);
            let text = std::fs::read_to_string(editor.site.root().join(&path)).expect("the file is there");
            editor.site.write(&path, &applied(&text, change["edits"].as_array().expect("edits")));
        }
    }
    renamed
}

/// A site in which an objective of 2019 is named in every way, and its sheet.
fn much_named() -> (SiteTest, &'static str, String) {
    let sheet = "content/objectives/2019/A0.md";
    let text = EARLIER.replace("title: Aprire", "report: |\n  Come in [A0](A0) e [qui](A0.md#phases).\ndocuments: [{title: T, file: A0-atto.pdf}]\nindicators: [{title: S, target: 1, actual: 1, evidence: A0-atto.pdf}]\ntitle: Aprire");
    let later = LATER.replace(
        "fine: ultimo trimestre 2020}\n---\n",
        "fine: 2020}\n---\nSegue [A0](A0), [il 2019](../2019/A0.md) e [l'atto](../2019/A0-atto.pdf).\n\n[altro][a], A0.\n\n[a]: /2019/a0/#phases\n",
    );
    let settings = "[site]\ntitle = \"Prova\"\nbase_url = \"https://prova.example.it\"\nlanguages = [\"it\", \"de\"]\n[check]\nprofiles = []\n";
    let site = SiteTest::new()
        .file("site.toml", settings)
        .file("content/units.yaml", UNITS)
        .file("content/plans/dup.yaml", PLAN)
        .file(sheet, &text)
        .file("content/objectives/2019/A0-atto.pdf", "%PDF")
        .file("content/objectives/2019/A0.de.md", "---\ntitle: Öffnen\n---\nSiehe [hier](A0).\n")
        .file("content/pages/nota.md", "---\ntitle: Nota\n---\n[A0](A0)\n")
        .file(SHEET, &later);
    (site, sheet, text)
}

#[test]
fn after_a_code_is_renamed_the_site_has_no_new_problem() {
    let (site, sheet, text) = much_named();
    let before = checked(site.root().as_str());
    assert_eq!(before, [Value::Null; 0]);
    let (mut editor, _) = Editor::open_with(
        site,
        json!({ "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] } } }),
    );
    editor.did_open(sheet, &text);
    editor.did_open("content/pages/altra.md", "---\n---\n");
    editor.wait_for("content/pages/altra.md", |problems| !problems.is_empty());
    let answer = editor.at("textDocument/rename", sheet, &text, "code: A|0", json!({ "newName": "B-7" }));
    let mut renamed = make(&editor, &answer);
    renamed.sort();
    let wanted = ["B-7-atto.pdf", "B-7.de.md", "B-7.md"].map(|name| format!("content/objectives/2019/{name}"));
    assert_eq!(renamed, wanted, "{answer}");
    assert_eq!(checked(editor.site.root().as_str()), before, "{answer}");
    let read = |path: &str| std::fs::read_to_string(editor.site.root().join(path)).expect("it is there");
    let later = read(SHEET);
    assert!(later.contains("[A0](B-7), [il 2019](../2019/B-7.md) e [l'atto](../2019/B-7-atto.pdf)"), "{later}");
    assert!(later.contains("continua: [B-7]") && later.contains("[a]: B-7#phases"), "{later}");
    assert!(later.contains(", A0."), "words stay: {later}");
    assert!(read("content/objectives/2019/B-7.md").contains("[A0](B-7) e [qui](B-7.md#phases)"));
}

#[test]
fn a_client_that_renames_no_files_keeps_their_names_and_the_links_to_them() {
    let (site, sheet, text) = much_named();
    let before = checked(site.root().as_str());
    let mut editor = Editor::open(site);
    editor.did_open(sheet, &text);
    editor.did_open("content/pages/altra.md", "---\n---\n");
    editor.wait_for("content/pages/altra.md", |problems| !problems.is_empty());
    let answer = editor.at("textDocument/rename", sheet, &text, "code: A|0", json!({ "newName": "B-7" }));
    assert_eq!(make(&editor, &answer), [""; 0]);
    assert_eq!(checked(editor.site.root().as_str()), before, "{answer}");
}

#[test]
fn a_unit_is_renamed_in_its_translation_too() {
    let translation = "- {id: comune/cultura, name: Kulturamt}\n";
    let site = SiteTest::new()
        .file("content/units.yaml", UNITS)
        .file("content/units.de.yaml", translation)
        .file(OBJECTIVE, SOUND);
    let mut editor = Editor::open(site);
    editor.did_open("content/units.yaml", UNITS);
    editor.did_open("content/pages/altra.md", "---\n---\n");
    editor.wait_for("content/pages/altra.md", |problems| !problems.is_empty());
    let new = json!({ "newName": "comune/lettura" });
    let answer = editor.at("textDocument/rename", "content/units.yaml", UNITS, "comune/|cultura", new);
    make(&editor, &answer);
    let text = std::fs::read_to_string(editor.site.root().join("content/units.de.yaml")).expect("it is there");
    assert_eq!(text, translation.replace("comune/cultura", "comune/lettura"));
}

#[test]
fn links_to_the_page_of_a_unit_or_of_a_plan_node_follow_its_new_name() {
    const PLAN: &str = "content/plans/dup.yaml";
    let plan = "title: DUP\nadministration: comune\nnodes:\n  - {code: \"5.2\", title: Welfare}\n";
    let page = "---\ntitle: Metodo\n---\n[uno](/uffici/comune/cultura/) [due](/piani/dup/5-2/#text) [tre](/uffici/comune/) 5-2\n";
    let site = SiteTest::new()
        .file("content/units.yaml", UNITS)
        .file(OBJECTIVE, SOUND)
        .file(PLAN, plan)
        .file("content/pages/metodo.md", page);
    let before = checked(site.root().as_str());
    assert_eq!(before, [Value::Null; 0]);
    let mut editor = Editor::open(site);
    editor.did_open("content/units.yaml", UNITS);
    editor.did_open(PLAN, plan);
    editor.did_open("content/pages/altra.md", "---\n---\n");
    editor.wait_for("content/pages/altra.md", |problems| !problems.is_empty());
    let new = json!({ "newName": "comune/lettura" });
    let answer = editor.at("textDocument/rename", "content/units.yaml", UNITS, "comune/|cultura", new);
    make(&editor, &answer);
    let answer = editor.at("textDocument/rename", PLAN, plan, "code: \"5|.2", json!({ "newName": "5.7" }));
    make(&editor, &answer);
    let text = std::fs::read_to_string(editor.site.root().join("content/pages/metodo.md")).expect("it is there");
    assert_eq!(text, page.replace("cultura", "lettura").replace("dup/5-2", "dup/5-7"), "{answer}");
    assert_eq!(checked(editor.site.root().as_str()), before, "{answer}");
}

#[test]
fn the_milestones_of_its_project_are_offered_to_an_update() {
    const UPDATE: &str = "content/projects/notte/updates/2020-05-01-firma.md";
    let project =
        "---\ntitle: Notte\nunit: comune\nmilestones:\n  - {title: \"Firma: il contratto\", due: 2020}\n---\n";
    let text = "---\ntitolo: Firma\ntappa: \n---\n";
    let site = SiteTest::new()
        .file("content/projects/notte/index.md", project)
        .file("content/projects/giorno/index.md", &project.replace("Firma", "Altra"))
        .file(UPDATE, text);
    let mut editor = Editor::open(site);
    editor.did_open(UPDATE, text);
    editor.did_open("content/pages/nota.md", "---\n---\n");
    editor.wait_for("content/pages/nota.md", |problems| !problems.is_empty());
    let answer = editor.at("textDocument/completion", UPDATE, text, "tappa: |", json!({}));
    assert_eq!(labels(&answer), ["Firma: il contratto"], "{answer}");
    assert_eq!(answer["result"]["items"][0]["textEdit"]["newText"], "\"Firma: il contratto\"", "{answer}");
}

#[test]
fn the_settings_are_completed_and_explained() {
    let mut editor = writing(LATER);
    let head = "[site]\ntitle = \"A\"\nbase_url = \"https://a.it\"\n";
    for (typed, wanted, written) in [
        ("[pe|", "people", "people"),
        ("lang|", "languages", "languages = "),
        ("languages = [|]", "de", "\"de\""),
        ("languages = [\n  \"it\",\n  \"|\",\n]", "de", "de"),
        ("[people]\nnames = |", "none", "\"none\""),
        ("[check]\nprofiles = [\"out|\"]", "outcomes", "outcomes"),
        ("[rules]\nV08|", "V0801", "V0801 = "),
        ("[rules]\nV0801 = {level = |}", "off", "\"off\""),
        ("[theme]\ndark = |", "false", "false"),
    ] {
        let text = format!("{head}{}\n", typed.replace('|', ""));
        editor.did_open("site.toml", &text);
        let answer = editor.at("textDocument/completion", "site.toml", &text, typed, json!({}));
        let items = answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{typed}: {answer}"));
        let item = items
            .iter()
            .find(|item| item["label"] == wanted)
            .unwrap_or_else(|| panic!("{typed}: {answer}"));
        assert_eq!(item["textEdit"]["newText"], written, "{typed}");
    }
    let text = format!("{head}[rules]\nV0801 = {{level = \"off\", reason = \"x\"}}\n");
    editor.did_open("site.toml", &text);
    for (needle, wanted) in [("[ru|les]", "Rules"), ("le|vel", "error, warning or off"), ("V08|01", "V0801")] {
        let answer = editor.at("textDocument/hover", "site.toml", &text, needle, json!({}));
        let words = answer["result"]["contents"]["value"]
            .as_str()
            .unwrap_or_else(|| panic!("{needle}: {answer}"));
        assert!(words.contains(wanted), "{needle}: {words}");
    }
}

#[test]
fn whatever_is_typed_every_question_is_answered() {
    const PIECES: [&str; 24] = [
        "---\n",
        "\r\n",
        "\n",
        "\u{feff}",
        "😀",
        "è",
        "codice: ",
        "fasi:\n  - ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "\"",
        "'",
        "|\n  ",
        "&a ",
        "*a",
        "- ",
        "  ",
        "piano: [",
        "indicatori: [{valore_atteso: ",
        "#",
        "\0",
    ];
    let mut editor = writing(LATER);
    // A generator of Lehmer's kind: the same texts at each run.
    let mut seed: u64 = 2026;
    let mut below = move |n: usize| {
        seed = seed * 48271 % 0x7fff_ffff;
        usize::try_from(seed).unwrap_or(0) % n
    };
    for _ in 0..60 {
        let text: String = (0..below(40)).map(|_| PIECES[below(PIECES.len())]).collect();
        let text = if below(2) == 0 { text } else { format!("---\ncodice: A2\n{text}") };
        editor.retype(SHEET, &text);
        let uri = editor.uri(SHEET);
        let place = json!({ "line": below(12), "character": below(30) });
        let params = json!({
            "textDocument": { "uri": uri }, "position": place, "newName": "B2", "context": { "triggerKind": 1, "includeDeclaration": true, "diagnostics": [] },
            "range": { "start": place, "end": place },
        });
        for method in [
            "completion",
            "hover",
            "definition",
            "references",
            "documentSymbol",
            "codeAction",
            "prepareRename",
            "rename",
        ] {
            let answer = editor.request(&format!("textDocument/{method}"), params.clone());
            assert!(
                answer.get("result").is_some() || answer["error"]["code"] == json!(-32803),
                "{method}: {answer} {text:?}"
            );
        }
    }
    for (path, text) in [("content/pages/vuota.md", ""), ("content/altro/x.txt", "a"), ("../fuori.md", "---\n")] {
        editor.did_open(path, text);
    }
    // And it still knows what is wrong.
    editor.retype(SHEET, &LATER.replace("titolo: Aprire", "titlo: Aprire"));
    editor.wait_for(SHEET, |problems| problems.len() == 1);
}

#[test]
fn a_message_that_cannot_be_understood_ends_no_session() {
    let mut editor = Editor::open(SiteTest::new());
    let lone = r#"{"jsonrpc":"2.0","method":"x/y","params":{"text":"\ud800"}}"#;
    editor.write(&format!("Content-Length: {}\r\n\r\n{lone}", lone.len()));
    for wrong in [lone.len() - 3, lone.len() + 3, 0] {
        editor.write(&format!("Content-Length: {wrong}\r\n\r\n{lone}"));
    }
    editor.write("Content-Length: molto\r\n\r\n{}\r\n");
    let answer = editor.request(
        "textDocument/hover",
        json!({ "textDocument": { "uri": "file:///altrove.md" }, "position": { "line": 0, "character": 0 } }),
    );
    assert!(answer.get("result").is_some() || answer.get("error").is_some(), "{answer}");
}
