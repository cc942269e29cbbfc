//! How long whoever writes a large site waits for an answer: a client on the standard input and output of `vetro lsp`, the
//! median and the longest time of each request, from sending it to reading the whole answer.

#![expect(clippy::disallowed_methods, reason = "the benchmark reads a site")]

#[expect(dead_code, reason = "the comparison with other generators uses the rest")]
mod corpus;
mod large;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use corpus::Size;
use large::{SIZE, Site};
use serde_json::{Value, json};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How often each request is sent.
const ROUNDS: usize = 25;

fn main() -> Result<()> {
    let Some(site) = Site::wanted()? else { return Ok(()) };
    let Site { root, sheet, .. } = &site;
    let mut client = Client::start(root)?;
    let text = fs::read_to_string(root.join(sheet))?;
    let started = Instant::now();
    let units = client.open("content/units.yaml", &fs::read_to_string(root.join("content/units.yaml"))?)?;
    let document = client.open(sheet, &text)?;
    client.type_until_told(sheet, &text, 0)?;
    let Size { objectives, projects } = SIZE;
    println!(
        "{objectives} objectives and {projects} projects, known {:.2} s after the start\n",
        started.elapsed().as_secs_f64()
    );
    println!("| {:<42} | median, ms | longest, ms | bytes |", "request");
    println!("| {:-<42} | ---------: | ----------: | ----: |", "");
    let at = |needle: &str, within: usize| place(&text, text.find(needle).map_or(0, |at| at + needle.len() + within));
    let unit = json!({ "textDocument": units, "position": { "line": 0, "character": 7 } });
    let with = |mut place: Value, key: &str, value: Value| {
        place[key] = value;
        place
    };
    let asked = |needle: &str, within: usize| json!({ "textDocument": document, "position": at(needle, within) });
    let context = json!({ "includeDeclaration": true });
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": place(&text, text.len()) });
    let requests = [
        ("completion of a unit", "completion", asked("\nunit: ", 0)),
        ("completion of a plan node", "completion", asked("\nplan:\n- ", 0)),
        ("completion of a key", "completion", asked("\ncode", 0)),
        ("hover over a target", "hover", asked("  target: ", 1)),
        ("hover over a unit", "hover", asked("\nunit: ", 1)),
        ("definition of a unit", "definition", asked("\nunit: ", 1)),
        ("references of a unit", "references", with(asked("\nunit: ", 1), "context", context.clone())),
        ("references of the administration", "references", with(unit.clone(), "context", context)),
        ("rename of a unit", "rename", with(asked("\nunit: ", 1), "newName", json!("comune/nuovo"))),
        ("rename of the administration", "rename", with(unit, "newName", json!("citta"))),
        ("rename of a code", "rename", with(asked("\ncode: ", 1), "newName", json!("nuovo-codice"))),
        ("outline", "documentSymbol", json!({ "textDocument": document })),
        (
            "quick fixes",
            "codeAction",
            json!({ "textDocument": document, "range": whole, "context": { "diagnostics": [] } }),
        ),
    ];
    for (name, method, params) in requests {
        let mut times = Vec::with_capacity(ROUNDS);
        let mut size = 0;
        for _ in 0..ROUNDS {
            let sent = Instant::now();
            size = client.ask(&format!("textDocument/{method}"), &params)?;
            times.push(sent.elapsed());
        }
        print(name, times, size);
    }
    let mut times = Vec::new();
    for round in 1..6 {
        times.push(client.type_until_told(sheet, &text, round)?);
    }
    print("a mistake, from typing to its message", times, 0);
    Ok(())
}

fn print(name: &str, mut times: Vec<Duration>, size: usize) {
    times.sort_unstable();
    let ms = |at: usize| times[at].as_secs_f64() * 1000.0;
    println!("| {name:<42} | {:10.1} | {:11.1} | {size:5} |", ms(times.len() / 2), ms(times.len() - 1));
}

/// The line and column of a byte; the client counts bytes.
fn place(text: &str, byte: usize) -> Value {
    let before = &text[..byte.min(text.len())];
    let line = before.matches('\n').count();
    json!({ "line": line, "character": before.len() - before.rfind('\n').map_or(0, |end| end + 1) })
}

struct Client {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    root: String,
    last_id: u64,
    version: u64,
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Client {
    fn start(root: &Path) -> Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vetro"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (stdin, stdout) = child.stdin.take().zip(child.stdout.take()).ok_or("both are piped")?;
        let root = format!("file://{}", root.display());
        let mut client =
            Self { child, stdin, stdout: BufReader::new(stdout), root: root.clone(), last_id: 0, version: 0 };
        let edits = json!({ "documentChanges": true, "resourceOperations": ["rename"] });
        let capabilities =
            json!({ "general": { "positionEncodings": ["utf-8"] }, "workspace": { "workspaceEdit": edits } });
        client.ask("initialize", &json!({ "processId": null, "rootUri": root, "capabilities": capabilities }))?;
        client.notify("initialized", &json!({}))?;
        Ok(client)
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let body = message.to_string();
        write!(self.stdin, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.stdin.flush()?)
    }

    fn notify(&mut self, method: &str, params: &Value) -> Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Asks, and gives the length of the answer once it has come.
    fn ask(&mut self, method: &str, params: &Value) -> Result<usize> {
        self.last_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params }))?;
        let id = format!("\"id\":{},", self.last_id);
        loop {
            let body = self.receive()?;
            if body.contains(&id) && !body.contains("\"method\"") {
                return if body.contains("\"error\"") { Err(body.into()) } else { Ok(body.len()) };
            }
        }
    }

    fn receive(&mut self) -> Result<String> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.stdout.read_line(&mut line)? == 0 {
                return Err("the server is gone".into());
            }
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(number) => length = number.parse()?,
                None if line.trim_end().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.stdout.read_exact(&mut body)?;
        Ok(String::from_utf8(body)?)
    }

    fn open(&mut self, path: &str, text: &str) -> Result<Value> {
        let uri = format!("{}/{path}", self.root);
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 0, "text": text });
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }))?;
        Ok(json!({ "uri": uri }))
    }

    /// Types a mistake into an open sheet and waits until it is told, then takes it back.
    fn type_until_told(&mut self, path: &str, text: &str, round: u32) -> Result<Duration> {
        let slip = format!("chiave_{round}");
        let wrong = text.replacen("---\n", &format!("---\n{slip}: 1\n"), 1);
        let typed = Instant::now();
        self.change(path, &wrong)?;
        self.wait_for(path, |problems| problems.contains(&slip))?;
        let time = typed.elapsed();
        self.change(path, text)?;
        self.wait_for(path, |problems| !problems.contains(&slip))?;
        Ok(time)
    }

    /// Waits until the problems of a file are as wanted.
    fn wait_for(&mut self, path: &str, wanted: impl Fn(&str) -> bool) -> Result<()> {
        loop {
            let message: Value = serde_json::from_str(&self.receive()?)?;
            let params = &message["params"];
            if params["uri"].as_str().is_some_and(|uri| uri.ends_with(path))
                && wanted(&params["diagnostics"].to_string())
            {
                return Ok(());
            }
        }
    }

    fn change(&mut self, path: &str, text: &str) -> Result<()> {
        self.version += 1;
        let document = json!({ "uri": format!("{}/{path}", self.root), "version": self.version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.notify("textDocument/didChange", &params)
    }
}
