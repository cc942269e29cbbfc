//! The life of a session: threads that check, watch and listen, and one that answers.

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

use camino::Utf8Path;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::notification::{PublishDiagnostics, ShowMessage};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest, PrepareRenameRequest,
    References, Rename, Request as _,
};
use lsp_types::{MessageType, PublishDiagnosticsParams, ShowMessageParams};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::checker::{Checked, Checker, Wake};
use super::complete::complete;
use super::documents;
use super::fixes::fixes;
use super::hover::hover;
use super::initialize;
use super::navigate::{definition, references};
use super::outline::outline;
use super::rename::{prepare_rename, rename};
use super::transport::{self, refuse, send};
use super::workspace::Workspace;
use crate::Options;
use crate::diagnostic::Messages;
use crate::source::{OpenTexts, SourceError};
use crate::watch::Changes;

/// End of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As the protocol wants: `shutdown`, then `exit`.
    Asked,
    /// Otherwise: the client is gone.
    Gone,
}

/// Serves one client, which writes to `input` and reads from `output`, until it leaves. No byte that it writes stops the
/// server except the protocol's `exit` or the end of `input`.
///
/// A relative `root` begins at the folder that the client has open. `words` gives the message of a site that can't be read.
pub fn run(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    root: &Utf8Path,
    options: &Options,
    messages: &Messages,
    words: impl Fn(SourceError) -> String + Send + 'static,
) -> Ended {
    let connection = transport::connect(input, output);
    let Some((request, client)) = initialize::wait(&connection) else { return Ended::Gone };
    let encoding = initialize::encoding(&client);
    send(&connection, Response::new_ok(request.id, initialize::answer(encoding)).into());
    let root = initialize::folder(&client).unwrap_or_default().join(root);
    // Addresses of files have absolute paths.
    let root = camino::absolute_utf8(&root).unwrap_or(root);
    let (events, received) = mpsc::channel();
    let (wake, wakes) = mpsc::channel();
    let checker =
        Checker { root: root.clone(), options: options.clone(), messages: Messages::new(messages.lang()), encoding };
    start_checker(checker, wakes, events.clone(), words);
    start_watcher(&root, wake.clone());
    start_receiver(&connection, events);
    let messages = Messages::new(messages.lang());
    let workspace = Workspace::new(root, encoding, messages, initialize::abilities(client));
    Session { connection, workspace, wake, complaint: String::new() }.run(received)
}

enum Event {
    Message(Message),
    Checked(Box<Checked>),
    /// The site can't be read: the message for people.
    Unreadable(String),
    Gone,
}

fn start_checker(
    checker: Checker,
    wakes: Receiver<Wake>,
    events: Sender<Event>,
    words: impl Fn(SourceError) -> String + Send + 'static,
) {
    std::thread::spawn(move || {
        checker.run(&wakes, |result| {
            // Nobody listens when the session is over.
            let _ = events.send(match result {
                Ok(result) => Event::Checked(Box::new(result)),
                Err(error) => Event::Unreadable(words(error)),
            });
        });
    });
}

fn start_watcher(root: &Utf8Path, wake: Sender<Wake>) {
    if let Ok(mut changes) = Changes::new(root) {
        std::thread::spawn(move || {
            loop {
                let _ = changes.wait();
                if wake.send(Wake::Files).is_err() {
                    return;
                }
            }
        });
    }
}

fn start_receiver(connection: &Connection, events: Sender<Event>) {
    let messages = connection.receiver.clone();
    std::thread::spawn(move || {
        for message in messages {
            let _ = events.send(Event::Message(message));
        }
        let _ = events.send(Event::Gone);
    });
}

struct Session {
    connection: Connection,
    workspace: Workspace,
    wake: Sender<Wake>,
    /// The last message about a site that can't be read.
    complaint: String,
}

impl Session {
    /// Handles events until the client leaves.
    fn run(mut self, events: Receiver<Event>) -> Ended {
        let mut is_shut_down = false;
        for event in events {
            match event {
                Event::Message(Message::Request(request)) if request.method == "shutdown" => {
                    is_shut_down = true;
                    send(&self.connection, Response::new_ok(request.id, ()).into());
                }
                Event::Message(Message::Request(request)) if is_shut_down => {
                    refuse(&self.connection, request, ErrorCode::InvalidRequest, "shut down");
                }
                Event::Message(Message::Request(request)) => self.answer(request),
                Event::Message(Message::Notification(notification)) if notification.method == "exit" => {
                    return if is_shut_down { Ended::Asked } else { Ended::Gone };
                }
                Event::Message(Message::Notification(notification)) => {
                    if documents::apply(&mut self.workspace, notification) {
                        self.check();
                    }
                }
                // The server sends no requests.
                Event::Message(Message::Response(_)) => {}
                Event::Checked(checked) => self.publish(*checked),
                Event::Unreadable(words) => self.complain(words),
                Event::Gone => break,
            }
        }
        Ended::Gone
    }

    fn answer(&self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match method.as_str() {
            Completion::METHOD => self.optional(params, complete),
            HoverRequest::METHOD => self.optional(params, hover),
            GotoDefinition::METHOD => self.optional(params, definition),
            References::METHOD => self.optional(params, references),
            DocumentSymbolRequest::METHOD => self.optional(params, outline),
            CodeActionRequest::METHOD => self.optional(params, fixes),
            PrepareRenameRequest::METHOD => self.fallible(params, prepare_rename),
            Rename::METHOD => self.fallible(params, rename),
            _ => Err((ErrorCode::MethodNotFound, "unknown method".to_owned())),
        };
        let response = match answer {
            Ok(answer) => Response::new_ok(id, answer),
            Err((code, words)) => Response::new_err(id, code as i32, words),
        };
        send(&self.connection, response.into());
    }

    /// The answer of a request, `null` if there is none.
    fn optional<P: DeserializeOwned, R: Serialize>(
        &self,
        params: Value,
        answer: impl FnOnce(&Workspace, &P) -> Option<R>,
    ) -> Result<Value, (ErrorCode, String)> {
        self.fallible(params, |workspace, params| Ok(answer(workspace, params)))
    }

    /// The answer of a request that can be refused, with the reason for people.
    fn fallible<P: DeserializeOwned, R: Serialize>(
        &self,
        params: Value,
        answer: impl FnOnce(&Workspace, &P) -> Result<R, String>,
    ) -> Result<Value, (ErrorCode, String)> {
        let params: P =
            serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
        let answer = answer(&self.workspace, &params).map_err(|words| (ErrorCode::RequestFailed, words))?;
        serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string()))
    }

    /// Has the site checked with the texts that are open now.
    fn check(&self) {
        let open: OpenTexts = self
            .workspace
            .open
            .iter()
            .map(|(path, document)| (path.clone(), document.text.clone()))
            .collect();
        // The checker lives as long as the session.
        let _ = self.wake.send(Wake::Open(Arc::new(open)));
    }

    /// Publishes the problems that a check found, of every file whose shown problems are others.
    fn publish(&mut self, checked: Checked) {
        self.complaint.clear();
        let paths = checked.problems.keys().chain(self.workspace.published.keys());
        let paths: Vec<Arc<str>> = paths.cloned().collect();
        for path in paths {
            let document = self.workspace.open.get(&path);
            // A text that has changed since is being checked again.
            if document.map(|document| &document.text) != checked.open.get(&path) {
                continue;
            }
            let found = checked.problems.get(&path).map_or(&[][..], Vec::as_slice);
            if self.workspace.published.get(&path).map_or(&[][..], Vec::as_slice) == found {
                continue;
            }
            let Some(uri) = self.workspace.uri(&path) else { continue };
            let diagnostics = found.iter().map(|problem| problem.published.clone()).collect();
            let version = document.map(|document| document.version);
            self.notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version });
            if found.is_empty() {
                self.workspace.published.remove(&path);
            } else {
                self.workspace.published.insert(path, found.to_vec());
            }
        }
        let previous = self.workspace.checked.replace(checked);
        // A large site takes a while to be dropped, and somebody may be waiting for an answer.
        std::thread::spawn(move || drop(previous));
    }

    /// Shows once that the site can't be read.
    fn complain(&mut self, words: String) {
        if self.complaint != words {
            let params = ShowMessageParams { typ: MessageType::ERROR, message: words.clone() };
            self.notify::<ShowMessage>(params);
            self.complaint = words;
        }
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params)
    where
        N::Params: Serialize,
    {
        send(&self.connection, Notification::new(N::METHOD.to_owned(), params).into());
    }
}
