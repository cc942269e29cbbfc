//! Messages to the language server: each request gets its one answer, and none ends the session.
//!
//! The input is a list of them, each begun by a line `=== method path line column line column`; what follows is the text of
//! the message. Where no path is named it is the whole of the parameters, as JSON.

#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro of a target writes a file where libFuzzer is asked for one")]

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use vetro_fuzz::folder::Folder;
use vetro_fuzz::lsp::Client;
use vetro_fuzz::{site, text};

/// How a message of an input begins.
const MARK: &str = "=== ";

/// The session, which goes on from input to input: to begin one takes longer than all that an input does.
static SESSION: LazyLock<(Folder, Mutex<Client>)> = LazyLock::new(|| {
    let folder = Folder::new();
    folder.fill(site::SOUND);
    let client = Client::of(folder.path());
    (folder, Mutex::new(client))
});

fuzz_target!(|data: &[u8]| {
    let text = text(data);
    let (folder, client) = &*SESSION;
    let mut client = client.lock().unwrap_or_else(PoisonError::into_inner);
    let mut open = BTreeSet::new();
    let starts: Vec<usize> = text.match_indices(MARK).map(|(at, _)| at).collect();
    for (number, start) in starts.iter().enumerate().take(32) {
        let end = starts.get(number + 1).copied().unwrap_or(text.len());
        let message = &text[start + MARK.len()..end];
        let (head, body) = message.split_once('\n').unwrap_or((message, ""));
        let words: Vec<&str> = head.split_whitespace().collect();
        let [method, rest @ ..] = &*words else { continue };
        if ["exit", "shutdown"].contains(method) {
            continue;
        }
        let uri = rest.first().map(|path| format!("file://{}/{path}", folder.path()));
        let params = match &uri {
            Some(uri) => params(uri, &rest[1..], body),
            None => serde_json::from_str(body).unwrap_or(Value::Null),
        };
        if method.starts_with("textDocument/did") {
            client.notify(method, &params);
            open.extend(uri);
        } else {
            client.request(method, &params);
        }
    }
    for uri in open {
        client.notify("textDocument/didClose", &json!({ "textDocument": { "uri": uri } }));
    }
    client.request("vetro/nothing", &Value::Null);
});

/// All that any message asks for, at the places that an input names.
fn params(uri: &str, places: &[&str], body: &str) -> Value {
    let place = |at: usize| places.get(at).and_then(|place| place.parse::<u32>().ok()).unwrap_or_default();
    let position = |at: usize| json!({ "line": place(at), "character": place(at + 1) });
    let range = json!({ "start": position(0), "end": position(2) });
    json!({
        "textDocument": { "uri": uri, "languageId": "markdown", "version": place(4), "text": body },
        "contentChanges": [if places.is_empty() { json!({ "text": body }) } else { json!({ "range": range, "text": body }) }],
        "position": position(0),
        "range": range,
        "newName": body,
        "context": { "diagnostics": [], "includeDeclaration": true },
    })
}
