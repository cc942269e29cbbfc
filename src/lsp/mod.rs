//! A language server: an editor is told of problems while a text is typed, saved or not (Language Server Protocol 3.17).
//!
//! One thread answers, from what was known last; another checks. What is typed while it checks is checked next, and
//! what a check found of a text that is another by then isn't shown.

mod checker;
mod complete;
mod cursor;
mod hover;
mod links;
mod names;
mod outline;
mod rename;
mod text;
mod transport;

pub use names::known;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use camino::{Utf8Path, Utf8PathBuf};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{
    DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as _, PublishDiagnostics,
    ShowMessage,
};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest, PrepareRenameRequest,
    References, Rename, Request as _,
};
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionProviderCapability, CompletionOptions,
    CompletionParams, CompletionResponse, DocumentChanges, DocumentSymbolParams, DocumentSymbolResponse,
    GotoDefinitionResponse, Hover, HoverContents, HoverProviderCapability, InitializeParams, InitializeResult,
    Location, MarkupContent, MarkupKind, MessageType, OneOf, OptionalVersionedTextDocumentIdentifier,
    PublishDiagnosticsParams, ReferenceParams, RenameOptions, ResourceOperationKind, ServerCapabilities, ServerInfo,
    ShowMessageParams, TextDocumentContentChangeEvent, TextDocumentEdit, TextDocumentPositionParams,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextEdit, Uri, WorkspaceEdit,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::checker::{Checked, Checker, Fix, Problem, Wake};
use self::complete::CompletionRequest;
use self::cursor::{Cursor, CursorPart};
use self::names::TypedNames;
use self::text::{ClientPosition, Encoding, Lines};
use crate::Options;
use crate::diagnostic::Messages;
use crate::model::Lang;
use crate::parse::{self, SheetKind as File};
use crate::source::{OpenTexts, SITE_FILE, SourceError};
use crate::watch::Changes;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As the protocol says: `shutdown`, then `exit`.
    Asked,
    /// Otherwise: the client is gone.
    Gone,
}

/// Serves one client, which writes to `input` and reads from `output`, until it leaves. No byte that it writes stops the
/// server but by the protocol's `exit` or the end of `input`.
///
/// A relative `root` begins at the folder that the client has open. `words` says why the site can't be read.
pub fn run(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    root: &Utf8Path,
    options: &Options,
    messages: &Messages,
    words: impl Fn(SourceError) -> String + Send + 'static,
) -> Ended {
    let connection = transport::connect(input, output);
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
                let _ = changes.wait();
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
    let edits = client
        .capabilities
        .workspace
        .and_then(|workspace| workspace.workspace_edit)
        .unwrap_or_default();
    // Operations on files stand among changes of documents; some clients say only that they know them.
    let operations = edits.resource_operations.unwrap_or_default();
    let changes_documents = edits.document_changes.unwrap_or(!operations.is_empty());
    let mut server = Server {
        connection,
        encoding,
        real_root: real(&root),
        root,
        messages: Messages::new(messages.lang()),
        takes_renamed_files: changes_documents && operations.contains(&ResourceOperationKind::Rename),
        changes_documents,
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
    messages: Messages,
    /// Whether the client takes changes of documents by their version.
    changes_documents: bool,
    /// Whether it gives files other names.
    takes_renamed_files: bool,
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
        let Request { id, method, params } = request;
        let answer = match method.as_str() {
            Completion::METHOD => self.give(params, Self::complete),
            HoverRequest::METHOD => self.give(params, Self::hover),
            GotoDefinition::METHOD => self.give(params, Self::definition),
            References::METHOD => self.give(params, Self::references),
            DocumentSymbolRequest::METHOD => self.give(params, Self::outline),
            CodeActionRequest::METHOD => self.give(params, Self::fixes),
            PrepareRenameRequest::METHOD => self.try_give(params, Self::prepare_rename),
            Rename::METHOD => self.try_give(params, Self::rename),
            _ => Err((ErrorCode::MethodNotFound, "unknown method".to_owned())),
        };
        self.send(match answer {
            Ok(answer) => Response::new_ok(id, answer).into(),
            Err((code, words)) => Response::new_err(id, code as i32, words).into(),
        });
    }

    /// What is asked for, or `null` where there is none.
    fn give<P: DeserializeOwned, R: Serialize>(
        &self,
        params: serde_json::Value,
        answer: impl FnOnce(&Self, &P) -> Option<R>,
    ) -> Result<serde_json::Value, (ErrorCode, String)> {
        self.try_give(params, |server, params| Ok(answer(server, params)))
    }

    /// The same where it can be refused, with the reason for people.
    fn try_give<P: DeserializeOwned, R: Serialize>(
        &self,
        params: serde_json::Value,
        answer: impl FnOnce(&Self, &P) -> Result<R, String>,
    ) -> Result<serde_json::Value, (ErrorCode, String)> {
        let params: P =
            serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
        let answer = answer(self, &params).map_err(|words| (ErrorCode::RequestFailed, words))?;
        serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string()))
    }

    fn complete(&self, params: &CompletionParams) -> Option<CompletionResponse> {
        self.look(&params.text_document_position, |asked, cursor| Some(complete::complete(asked, cursor).into()))
    }

    fn hover(&self, params: &lsp_types::HoverParams) -> Option<Hover> {
        self.look(&params.text_document_position_params, |asked, cursor| {
            let known = self.known.as_ref();
            // The state of another text would be a wrong one.
            let edition = known
                .filter(|known| known.open.get(asked.path).is_some_and(|text| **text == *asked.text))
                .and_then(|known| known.edition.as_ref());
            let settings = known.and_then(|known| Some(known.tree.text(known.tree.find(SITE_FILE)?)));
            let figures = settings.and_then(|text| parse::language(&text)).unwrap_or(Lang::It);
            let value = hover::words(asked, cursor, edition, figures)?;
            let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
            Some(Hover { contents, range: Some(asked.lines.range(&cursor.word)) })
        })
    }

    fn definition(&self, params: &lsp_types::GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
        let id = self.look(&params.text_document_position_params, thing)?;
        Some(GotoDefinitionResponse::Scalar(self.definition_of(id)?))
    }

    fn references(&self, params: &ReferenceParams) -> Option<Vec<Location>> {
        let id = self.look(&params.text_document_position, thing)?;
        let known = self.known.as_ref()?;
        let typed = self.typed(known);
        let uses = known.names.uses(id, &typed).into_iter();
        let mut places: Vec<Location> =
            uses.filter_map(|(path, found)| self.location(path, Some(&found.place))).collect();
        let is_defined_apart = known.names.thing(id).kind != names::NameKind::Series;
        if params.context.include_declaration && is_defined_apart {
            places.extend(self.definition_of(id));
        }
        Some(places)
    }

    fn outline(&self, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
        let path = self.path(&params.text_document.uri)?;
        let text = &self.open.get(path.as_str())?.text;
        Some(DocumentSymbolResponse::Nested(outline::outline(&path, text, &Lines::of(text, self.encoding))))
    }

    /// What mends what is underlined.
    fn fixes(&self, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
        let path = self.path(&params.text_document.uri)?;
        // What was found in another text has its place there.
        let checked = self.known.as_ref()?.open.get(path.as_str())?;
        if self.open.get(path.as_str())?.text != *checked {
            return None;
        }
        let asked = params.range;
        let touches = |range: &lsp_types::Range| range.start <= asked.end && asked.start <= range.end;
        let shown = self
            .published
            .get(path.as_str())?
            .iter()
            .filter(|problem| touches(&problem.published.range));
        let fixes = shown.filter_map(|problem| {
            let Fix { edit, is_certain } = problem.fix.as_ref()?;
            Some(CodeActionOrCommand::CodeAction(CodeAction {
                title: self.messages.ui("lsp.fix", &[("name", (&edit.new_text).into())]),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![problem.published.clone()]),
                edit: Some(self.edit(vec![(path.as_str().into(), vec![edit.clone()])])),
                is_preferred: Some(*is_certain),
                ..CodeAction::default()
            }))
        });
        Some(fixes.collect())
    }

    /// Changes of files of the site, of open ones in the version that they have.
    #[expect(clippy::mutable_key_type, reason = "the protocol's type; nobody changes an address in it")]
    fn edit(&self, files: Vec<(Arc<str>, Vec<TextEdit>)>) -> WorkspaceEdit {
        let files = files.into_iter().filter_map(|(path, edits)| Some((self.uri(&path)?, path, edits)));
        if !self.changes_documents {
            let changes = files.map(|(uri, _, edits)| (uri, edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let documents = files.map(|(uri, path, edits)| {
            let version = self.open.get(&path).map(|document| document.version);
            let text_document = OptionalVersionedTextDocumentIdentifier { uri, version };
            TextDocumentEdit { text_document, edits: edits.into_iter().map(OneOf::Left).collect() }
        });
        let changes = DocumentChanges::Edits(documents.collect());
        WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
    }

    /// What `see` makes of the place in an open text; none where no key or value of a record is there.
    fn look<'s, T>(
        &'s self,
        place: &TextDocumentPositionParams,
        see: impl FnOnce(&CompletionRequest<'_, 's>, &Cursor<'_>) -> Option<T>,
    ) -> Option<T> {
        let path = self.path(&place.text_document.uri)?;
        let text = &self.open.get(path.as_str())?.text;
        let lines = Lines::of(text, self.encoding);
        let byte = lines.byte(place.position);
        let cursor = cursor::at(&path, text, byte)?;
        let names = &*self.known.as_ref()?.names;
        let asked = CompletionRequest { path: &path, text, byte, lines: &lines, names, messages: &self.messages };
        see(&asked, &cursor)
    }

    fn definition_of(&self, id: names::NameId) -> Option<Location> {
        let known = self.known.as_ref()?;
        self.location(known.names.path(id), known.names.place(id, &self.typed(known)))
    }

    /// A place in a file; without one, its beginning.
    fn location(&self, path: &str, place: Option<&ClientPosition>) -> Option<Location> {
        Some(Location::new(self.uri(path)?, place.map(|place| place.range).unwrap_or_default()))
    }

    /// The text of a file as the client sees it.
    fn text(&self, path: &str) -> Arc<str> {
        if let Some(document) = self.open.get(path) {
            return document.text.clone();
        }
        let tree = self.known.as_ref().map(|known| &known.tree);
        tree.and_then(|tree| Some(tree.text(tree.find(path)?))).unwrap_or_default()
    }

    /// The names of open texts that changed since a check.
    fn typed(&self, known: &Checked) -> TypedNames<'_> {
        known
            .names
            .typed(self.open.iter().map(|(path, document)| (path, &document.text)), self.encoding)
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
        let before = self.known.replace(checked);
        // A large site takes a while to be let go, and somebody may be waiting for an answer.
        std::thread::spawn(move || drop(before));
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
        let known = self.known.as_ref().and_then(|known| known.names.uri(path));
        known.cloned().or_else(|| address(&self.root, path))
    }
}

/// The address of a file below a root (RFC 8089).
fn address(root: &Utf8Path, path: &str) -> Option<Uri> {
    let url = url::Url::from_file_path(root.join(path)).ok()?;
    Uri::from_str(url.as_str()).ok()
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

/// What the word at the cursor names, or gives a name to.
fn thing(asked: &CompletionRequest<'_, '_>, cursor: &Cursor<'_>) -> Option<names::NameId> {
    let (file, field) = File::of(asked.path).zip(cursor.field.filter(|_| cursor.part == CursorPart::Value))?;
    let within = cursor.within.last().copied();
    let kind = names::named(file, within, field.name).or(names::defined(file, within, field.name))?;
    asked.names.resolve(kind, asked.text.get(cursor.word.clone())?, asked.path)
}

fn introduction(encoding: Encoding) -> InitializeResult {
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(encoding.kind()),
            text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some([":", " ", "-", "[", ",", "=", "\"", "."].map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
            rename_provider: Some(OneOf::Right(RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
            })),
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
