//! A language server: an editor is told of problems while a text is typed, saved or not (Language Server Protocol 3.17).
//!
//! One thread answers, from what was known last; another checks. What is typed while it checks is checked next, and
//! what a check found of a text that is another by then isn't shown.

mod checker;
mod text;

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use camino::{Utf8Path, Utf8PathBuf};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as _, PublishDiagnostics,
    ShowMessage,
};
use lsp_types::{
    InitializeParams, InitializeResult, MessageType, PublishDiagnosticsParams, ServerCapabilities, ServerInfo,
    ShowMessageParams, TextDocumentContentChangeEvent, TextDocumentSyncCapability, TextDocumentSyncKind, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::checker::{Checked, Checker, Problem, Wake};
use self::text::{Encoding, Lines};
use crate::Options;
use crate::diagnostic::Messages;
use crate::serve::Changes;
use crate::source::{OpenTexts, SourceError};

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As the protocol says: `shutdown`, then `exit`.
    Asked,
    /// Otherwise: the client is gone.
    Gone,
}

/// Serves one client on the standard input and output, until it leaves.
///
/// A relative `root` begins at the folder that the client has open. `words` says why the site can't be read.
pub fn run(
    root: &Utf8Path,
    options: &Options,
    messages: &Messages,
    words: impl Fn(SourceError) -> String + Send + 'static,
) -> Ended {
    let (connection, _threads) = Connection::stdio();
    let mut shut = false;
    // Before it has said who it is, a client may only say that or leave.
    let (request, client) = loop {
        match connection.receiver.recv() {
            Ok(Message::Request(request)) if request.method == "initialize" => {
                match serde_json::from_value::<InitializeParams>(request.params.clone()) {
                    Ok(client) => break (request, client),
                    Err(error) => refuse(&connection, request, ErrorCode::InvalidParams, &error.to_string()),
                }
            }
            Ok(Message::Request(request)) => {
                refuse(&connection, request, ErrorCode::ServerNotInitialized, "not initialized");
            }
            Ok(Message::Notification(notification)) if notification.method == "exit" => return Ended::Gone,
            Ok(_) => {}
            Err(_) => return Ended::Gone,
        }
    };
    let encoding = Encoding::of(
        client
            .capabilities
            .general
            .as_ref()
            .and_then(|general| general.position_encodings.as_deref()),
    );
    send(&connection, Response::new_ok(request.id, introduction(encoding)).into());
    let root = folder(&client).unwrap_or_default().join(root);
    // Addresses of files have whole paths.
    let root = camino::absolute_utf8(&root).unwrap_or(root);
    let (events, happened) = mpsc::channel();
    let (wake, wakes) = mpsc::channel();
    let checker =
        Checker { root: root.clone(), options: options.clone(), messages: Messages::new(messages.lang()), encoding };
    let checked = events.clone();
    std::thread::spawn(move || {
        checker.run(&wakes, |result| {
            // Nobody listens when the session is over.
            let _ = checked.send(match result {
                Ok(result) => Event::Checked(Box::new(result)),
                Err(error) => Event::Unreadable(words(error)),
            });
        });
    });
    let files = wake.clone();
    if let Ok(mut changes) = Changes::new(&root) {
        std::thread::spawn(move || {
            loop {
                changes.wait();
                if files.send(Wake::Files).is_err() {
                    return;
                }
            }
        });
    }
    let received = connection.receiver.clone();
    std::thread::spawn(move || {
        for message in received {
            let _ = events.send(Event::Message(message));
        }
        let _ = events.send(Event::Gone);
    });
    let mut server = Server {
        connection,
        encoding,
        real_root: real(&root),
        root,
        wake,
        open: BTreeMap::new(),
        known: None,
        published: BTreeMap::new(),
        complaint: String::new(),
    };
    for event in happened {
        match event {
            Event::Message(Message::Request(request)) if request.method == "shutdown" => {
                shut = true;
                server.send(Response::new_ok(request.id, ()).into());
            }
            Event::Message(Message::Request(request)) if shut => {
                refuse(&server.connection, request, ErrorCode::InvalidRequest, "shut down");
            }
            Event::Message(Message::Request(request)) => server.answer(request),
            Event::Message(Message::Notification(notification)) if notification.method == "exit" => {
                return if shut { Ended::Asked } else { Ended::Gone };
            }
            Event::Message(Message::Notification(notification)) => server.hear(notification),
            // Nothing is ever asked of a client.
            Event::Message(Message::Response(_)) => {}
            Event::Checked(checked) => server.learn(*checked),
            Event::Unreadable(words) => server.complain(words),
            Event::Gone => break,
        }
    }
    Ended::Gone
}

enum Event {
    Message(Message),
    Checked(Box<Checked>),
    /// The site can't be read, and why.
    Unreadable(String),
    Gone,
}

/// A text that the client has open.
struct Document {
    uri: Uri,
    version: i32,
    text: Arc<str>,
}

struct Server {
    connection: Connection,
    encoding: Encoding,
    root: Utf8PathBuf,
    /// The same without links, as some clients name it.
    real_root: Utf8PathBuf,
    wake: Sender<Wake>,
    /// By the path relative to the root.
    open: BTreeMap<Arc<str>, Document>,
    known: Option<Checked>,
    /// What the client shows, by path.
    published: BTreeMap<Arc<str>, Vec<Problem>>,
    /// What was said last of a site that can't be read.
    complaint: String,
}

impl Server {
    fn send(&self, message: Message) {
        send(&self.connection, message);
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        self.send(Notification::new(N::METHOD.to_owned(), params).into());
    }

    fn answer(&self, request: Request) {
        refuse(&self.connection, request, ErrorCode::MethodNotFound, "unknown method");
    }

    /// Takes in what a client says; what can't be understood says nothing.
    fn hear(&mut self, notification: Notification) {
        match notification.method.as_str() {
            DidOpenTextDocument::METHOD => self.did_open(notification.params),
            DidChangeTextDocument::METHOD => self.did_change(notification.params),
            DidCloseTextDocument::METHOD => self.did_close(notification.params),
            _ => {}
        }
    }

    fn did_open(&mut self, params: serde_json::Value) {
        let Some(lsp_types::DidOpenTextDocumentParams { text_document: opened }) = read(params) else { return };
        let Some(path) = self.path(&opened.uri) else { return };
        let document = Document { uri: opened.uri, version: opened.version, text: opened.text.into() };
        self.open.insert(path.into(), document);
        self.check();
    }

    fn did_change(&mut self, params: serde_json::Value) {
        let Some(lsp_types::DidChangeTextDocumentParams { text_document, content_changes }) = read(params) else {
            return;
        };
        let encoding = self.encoding;
        let Some(document) = self.path(&text_document.uri).and_then(|path| self.open.get_mut(path.as_str())) else {
            return;
        };
        let mut text = document.text.to_string();
        for change in content_changes {
            apply(change, &mut text, encoding);
        }
        document.text = text.into();
        document.version = text_document.version;
        self.check();
    }

    fn did_close(&mut self, params: serde_json::Value) {
        let Some(lsp_types::DidCloseTextDocumentParams { text_document }) = read(params) else { return };
        let Some(path) = self.path(&text_document.uri) else { return };
        if self.open.remove(path.as_str()).is_some() {
            self.check();
        }
    }

    /// Has the site checked with the texts that are open now.
    fn check(&self) {
        let open: OpenTexts = self.open.iter().map(|(path, document)| (path.clone(), document.text.clone())).collect();
        // The checker lives as long as the session.
        let _ = self.wake.send(Wake::Open(Arc::new(open)));
    }

    /// Publishes what a check found, of every file of which something else is shown.
    fn learn(&mut self, checked: Checked) {
        self.complaint.clear();
        let paths: Vec<Arc<str>> = checked.problems.keys().chain(self.published.keys()).cloned().collect();
        for path in paths {
            let document = self.open.get(&path);
            // What is another text by now is being checked again.
            if document.map(|document| &document.text) != checked.open.get(&path) {
                continue;
            }
            let found = checked.problems.get(&path).map_or(&[][..], Vec::as_slice);
            if self.published.get(&path).map_or(&[][..], Vec::as_slice) == found {
                continue;
            }
            let Some(uri) = self.uri(&path) else { continue };
            let diagnostics = found.iter().map(|problem| problem.published.clone()).collect();
            let version = document.map(|document| document.version);
            self.notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version });
            if found.is_empty() {
                self.published.remove(&path);
            } else {
                self.published.insert(path, found.to_vec());
            }
        }
        self.known = Some(checked);
    }

    /// Says once that the site can't be read.
    fn complain(&mut self, words: String) {
        if self.complaint != words {
            let params = ShowMessageParams { typ: MessageType::ERROR, message: words.clone() };
            self.notify::<ShowMessage>(params);
            self.complaint = words;
        }
    }

    /// The path of a file of the site, relative to the root; none of any other file.
    fn path(&self, uri: &Uri) -> Option<String> {
        let path = file(uri)?;
        let below = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(&self.real_root)).ok()?;
        Some(below.as_str().replace('\\', "/"))
    }

    /// The address of a file of the site, as the client writes it where it has it open.
    fn uri(&self, path: &str) -> Option<Uri> {
        if let Some(document) = self.open.get(path) {
            return Some(document.uri.clone());
        }
        let url = url::Url::from_file_path(self.root.join(path)).ok()?;
        Uri::from_str(url.as_str()).ok()
    }
}

/// A client that reads no more is found out by its silence.
fn send(connection: &Connection, message: Message) {
    let _ = connection.sender.send(message);
}

fn refuse(connection: &Connection, request: Request, code: ErrorCode, words: &str) {
    send(connection, Response::new_err(request.id, code as i32, words.to_owned()).into());
}

fn read<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn introduction(encoding: Encoding) -> InitializeResult {
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo { name: "vetro".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) }),
    }
}

/// The folder that a client has open; none where it has only files.
#[expect(deprecated, reason = "clients without folders of a workspace still say it in the old way")]
fn folder(client: &InitializeParams) -> Option<Utf8PathBuf> {
    let folders = client.workspace_folders.as_deref().unwrap_or_default();
    let first = folders.first().map(|folder| &folder.uri).or(client.root_uri.as_ref());
    first.and_then(file)
}

/// The path of a file's address.
fn file(uri: &Uri) -> Option<Utf8PathBuf> {
    let path = url::Url::parse(uri.as_str()).ok()?.to_file_path().ok()?;
    Utf8PathBuf::from_path_buf(path).ok()
}

#[expect(clippy::disallowed_methods, reason = "clients name files by paths with links or without")]
fn real(root: &Utf8Path) -> Utf8PathBuf {
    root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned())
}

/// Applies one change to a text; without a range it is the whole text.
fn apply(change: TextDocumentContentChangeEvent, text: &mut String, encoding: Encoding) {
    let Some(range) = change.range else {
        *text = change.text;
        return;
    };
    let lines = Lines::of(text, encoding);
    let (start, end) = (lines.byte(range.start), lines.byte(range.end));
    text.replace_range(start..end.max(start), &change.text);
}
