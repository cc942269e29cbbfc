//! The client's open texts and the result of the last check, from which requests are answered.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use lsp_types::{
    DocumentChanges, Location, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit,
};

use super::checker::{Checked, Problem};
use super::context::CursorContext;
use super::initialize::Abilities;
use super::names::TypedNames;
use super::text::{ClientPosition, Encoding, Lines};
use super::{cursor, uri};
use crate::diagnostic::Messages;

/// A text that the client has open.
pub(super) struct Document {
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: Arc<str>,
}

pub(super) struct Workspace {
    pub(super) encoding: Encoding,
    pub(super) root: Utf8PathBuf,
    /// The root without links, as some clients name it.
    real_root: Utf8PathBuf,
    pub(super) messages: Messages,
    pub(super) abilities: Abilities,
    /// The open texts, by the path relative to the root.
    pub(super) open: BTreeMap<Arc<str>, Document>,
    /// The result of the last check.
    pub(super) checked: Option<Checked>,
    /// The problems that the client shows, by path.
    pub(super) published: BTreeMap<Arc<str>, Vec<Problem>>,
}

impl Workspace {
    pub(super) fn new(root: Utf8PathBuf, encoding: Encoding, messages: Messages, abilities: Abilities) -> Self {
        Self {
            encoding,
            real_root: without_links(&root),
            root,
            messages,
            abilities,
            open: BTreeMap::new(),
            checked: None,
            published: BTreeMap::new(),
        }
    }

    /// The result of `answer` for the cursor at a place of an open text. Returns `None` if no key or value of a record is
    /// there.
    pub(super) fn at_cursor<'s, T>(
        &'s self,
        place: &TextDocumentPositionParams,
        answer: impl FnOnce(&CursorContext<'_, 's>) -> Option<T>,
    ) -> Option<T> {
        let path = self.path(&place.text_document.uri)?;
        let text = &self.open.get(path.as_str())?.text;
        let lines = Lines::of(text, self.encoding);
        let byte = lines.byte(place.position);
        let cursor = cursor::at(&path, text, byte)?;
        let names = &*self.checked.as_ref()?.names;
        let messages = &self.messages;
        answer(&CursorContext { path: &path, text, byte, lines: &lines, cursor, names, messages })
    }

    /// A place in a file; without one, its beginning.
    pub(super) fn location(&self, path: &str, place: Option<&ClientPosition>) -> Option<Location> {
        Some(Location::new(self.uri(path)?, place.map(|place| place.range).unwrap_or_default()))
    }

    /// The text of a file as the client sees it.
    pub(super) fn text(&self, path: &str) -> Arc<str> {
        if let Some(document) = self.open.get(path) {
            return document.text.clone();
        }
        let tree = self.checked.as_ref().map(|checked| &checked.tree);
        tree.and_then(|tree| Some(tree.text(tree.find(path)?))).unwrap_or_default()
    }

    /// The names of open texts that changed since a check.
    pub(super) fn typed(&self, checked: &Checked) -> TypedNames<'_> {
        checked
            .names
            .typed(self.open.iter().map(|(path, document)| (path, &document.text)), self.encoding)
    }

    /// An edit of files of the site, of open ones in their current version.
    #[expect(clippy::mutable_key_type, reason = "the protocol's type; nobody changes an address in it")]
    pub(super) fn edit(&self, files: Vec<(Arc<str>, Vec<TextEdit>)>) -> WorkspaceEdit {
        let files = files.into_iter().filter_map(|(path, edits)| Some((self.uri(&path)?, path, edits)));
        if !self.abilities.changes_documents {
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

    /// The path of a file of the site, relative to the root. Returns `None` for any other file.
    pub(super) fn path(&self, uri: &Uri) -> Option<String> {
        let path = uri::to_path(uri)?;
        let below = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(&self.real_root)).ok()?;
        Some(below.as_str().replace('\\', "/"))
    }

    /// The address of a file of the site, as the client writes it if it has the file open.
    pub(super) fn uri(&self, path: &str) -> Option<Uri> {
        if let Some(document) = self.open.get(path) {
            return Some(document.uri.clone());
        }
        let known = self.checked.as_ref().and_then(|checked| checked.names.uri(path));
        known.cloned().or_else(|| uri::of_file(&self.root, path))
    }
}

#[expect(clippy::disallowed_methods, reason = "clients name files by paths with links or without")]
fn without_links(root: &Utf8Path) -> Utf8PathBuf {
    root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned())
}
