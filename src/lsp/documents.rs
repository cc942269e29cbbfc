//! Notifications of the texts that a client opens, changes and closes.

use lsp_server::Notification;
use lsp_types::notification::{DidChangeTextDocument, DidCloseTextDocument, DidOpenTextDocument, Notification as _};
use lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, TextDocumentContentChangeEvent,
};
use serde::de::DeserializeOwned;

use super::text::{Encoding, Lines};
use super::workspace::{Document, Workspace};

/// Applies a notification; one that can't be understood changes nothing. Returns true if the open texts changed.
pub(super) fn apply(workspace: &mut Workspace, notification: Notification) -> bool {
    let Notification { method, params } = notification;
    let applied = match method.as_str() {
        DidOpenTextDocument::METHOD => read(params).and_then(|params| open(workspace, params)),
        DidChangeTextDocument::METHOD => read(params).and_then(|params| change(workspace, params)),
        DidCloseTextDocument::METHOD => read(params).and_then(|params| close(workspace, &params)),
        _ => None,
    };
    applied.is_some()
}

fn open(workspace: &mut Workspace, params: DidOpenTextDocumentParams) -> Option<()> {
    let opened = params.text_document;
    let path = workspace.path(&opened.uri)?;
    let document = Document { uri: opened.uri, version: opened.version, text: opened.text.into() };
    workspace.open.insert(path.into(), document);
    Some(())
}

fn change(workspace: &mut Workspace, params: DidChangeTextDocumentParams) -> Option<()> {
    let DidChangeTextDocumentParams { text_document, content_changes } = params;
    let encoding = workspace.encoding;
    let path = workspace.path(&text_document.uri)?;
    let document = workspace.open.get_mut(path.as_str())?;
    let mut text = document.text.to_string();
    for change in content_changes {
        apply_change(change, &mut text, encoding);
    }
    document.text = text.into();
    document.version = text_document.version;
    Some(())
}

fn close(workspace: &mut Workspace, params: &DidCloseTextDocumentParams) -> Option<()> {
    let path = workspace.path(&params.text_document.uri)?;
    workspace.open.remove(path.as_str()).map(|_| ())
}

fn read<T: DeserializeOwned>(params: serde_json::Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

/// Applies one change to a text; a change without a range replaces all of it.
fn apply_change(change: TextDocumentContentChangeEvent, text: &mut String, encoding: Encoding) {
    let Some(range) = change.range else {
        *text = change.text;
        return;
    };
    let lines = Lines::of(text, encoding);
    let (start, end) = (lines.byte(range.start), lines.byte(range.end));
    text.replace_range(start..end.max(start), &change.text);
}
