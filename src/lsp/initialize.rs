//! The beginning of a session: client and server introduce themselves with their abilities.

use camino::Utf8PathBuf;
use lsp_server::{Connection, ErrorCode, Message, Request};
use lsp_types::{
    CodeActionProviderCapability, CompletionOptions, HoverProviderCapability, InitializeParams, InitializeResult,
    OneOf, RenameOptions, ResourceOperationKind, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind,
};

use super::text::Encoding;
use super::transport::refuse;
use super::uri;

/// Changes that a client can make.
pub(super) struct Abilities {
    /// True if it takes changes of documents by their version.
    pub(super) changes_documents: bool,
    /// True if it renames files.
    pub(super) renames_files: bool,
}

/// Waits for the client's `initialize`, before which it may only leave. Returns `None` if it leaves.
pub(super) fn wait(connection: &Connection) -> Option<(Request, InitializeParams)> {
    loop {
        match connection.receiver.recv() {
            Ok(Message::Request(request)) if request.method == "initialize" => {
                match serde_json::from_value::<InitializeParams>(request.params.clone()) {
                    Ok(client) => return Some((request, client)),
                    Err(error) => refuse(connection, request, ErrorCode::InvalidParams, &error.to_string()),
                }
            }
            Ok(Message::Request(request)) => {
                refuse(connection, request, ErrorCode::ServerNotInitialized, "not initialized");
            }
            Ok(Message::Notification(notification)) if notification.method == "exit" => return None,
            Ok(_) => {}
            Err(_) => return None,
        }
    }
}

/// The encoding of positions that both sides know.
pub(super) fn encoding(client: &InitializeParams) -> Encoding {
    let general = client.capabilities.general.as_ref();
    Encoding::of(general.and_then(|general| general.position_encodings.as_deref()))
}

/// The folder that a client has open. Returns `None` if it has only files.
#[expect(deprecated, reason = "clients without folders of a workspace still name it in the old way")]
pub(super) fn folder(client: &InitializeParams) -> Option<Utf8PathBuf> {
    let folders = client.workspace_folders.as_deref().unwrap_or_default();
    let first = folders.first().map(|folder| &folder.uri).or(client.root_uri.as_ref());
    first.and_then(uri::to_path)
}

pub(super) fn abilities(client: InitializeParams) -> Abilities {
    let edits = client
        .capabilities
        .workspace
        .and_then(|workspace| workspace.workspace_edit)
        .unwrap_or_default();
    // Operations on files are among changes of documents; some clients state only that they know the operations.
    let operations = edits.resource_operations.unwrap_or_default();
    let changes_documents = edits.document_changes.unwrap_or(!operations.is_empty());
    let renames_files = changes_documents && operations.contains(&ResourceOperationKind::Rename);
    Abilities { changes_documents, renames_files }
}

/// The answer to `initialize`.
pub(super) fn answer(encoding: Encoding) -> InitializeResult {
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
