//! A client of the language server, in the same process.

use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Read, Write};

use camino::Utf8Path;
use serde_json::{Value, json};
use vetro::internals::run_language_server;

use crate::{MESSAGES, options};

/// A session that has begun.
pub struct Client {
    to: PipeWriter,
    from: BufReader<PipeReader>,
    asked: u64,
}

impl Client {
    /// A session with a server of the site in `root`.
    ///
    /// # Panics
    /// When the server doesn't answer.
    pub fn of(root: &Utf8Path) -> Self {
        let (input, to) = std::io::pipe().expect("a pipe");
        let (from, output) = std::io::pipe().expect("a pipe");
        let folder = root.to_owned();
        std::thread::spawn(move || {
            run_language_server(input, output, &folder, &options(), &MESSAGES, |error| error.to_string())
        });
        let mut client = Self { to, from: BufReader::new(from), asked: 0 };
        let edits = json!({ "documentChanges": true, "resourceOperations": ["rename"] });
        let capabilities = json!({ "workspace": { "workspaceEdit": edits } });
        client.request("initialize", &json!({ "capabilities": capabilities, "rootUri": format!("file://{root}") }));
        client.notify("initialized", &json!({}));
        client
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.to, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("the server listens");
    }

    /// Tells the server something.
    ///
    /// # Panics
    /// When it has ended.
    pub fn notify(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks the server, and waits for its answer.
    ///
    /// # Panics
    /// When it ends, or answers what it wasn't asked.
    pub fn request(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.asked, "method": method, "params": params }));
        loop {
            let message = self.next();
            if message.get("id").is_some() {
                assert_eq!(message["id"], json!(self.asked), "{message}");
                assert!(message.get("result").is_some() != message.get("error").is_some(), "{message}");
                return message;
            }
            assert!(message["method"].is_string(), "{message}");
        }
    }

    fn next(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).expect("UTF-8") > 0, "the server has ended");
            match line.trim_end().strip_prefix("Content-Length: ") {
                Some(said) => length = said.parse().expect("a length"),
                None if line == "\r\n" => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.from.read_exact(&mut body).expect("the whole message");
        serde_json::from_slice(&body).expect("JSON")
    }
}
