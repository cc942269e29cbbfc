//! Another name for a thing, everywhere: in the records that name it, in links to it, and in the names of files that
//! contain it.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_types::{
    DocumentChangeOperation, DocumentChanges, PrepareRenameResponse, RenameFile, RenameParams, ResourceOp,
    TextDocumentPositionParams, TextEdit, WorkspaceEdit,
};

use super::checker::Checked;
use super::context::name_at;
use super::names::{self, NameId, NameKind, TypedNames};
use super::rename_links::{Renaming, link_changes};
use super::text::Lines;
use super::uri;
use super::workspace::Workspace;
use crate::catalogue::{Catalogue, Objective};
use crate::model::folded;
use crate::parse;
use crate::site::Site;

/// The answer to the question if the name at the cursor can be changed.
pub(super) fn prepare_rename(
    workspace: &Workspace,
    params: &TextDocumentPositionParams,
) -> Result<PrepareRenameResponse, String> {
    let found = workspace.at_cursor(params, |context| {
        let definition = context.names.definition(name_at(context)?);
        // The plan before a node's code stays.
        let code = names::plain(definition.kind, context.word()?);
        let end = context.cursor.word.end;
        let (range, placeholder) = (context.lines.range(&(end - code.len()..end)), definition.name.clone());
        Some((PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }, definition))
    });
    match found {
        Some((found, definition)) if definition.kind != NameKind::Milestone => {
            let renames_files = definition.kind == NameKind::Objective && workspace.abilities.renames_files;
            let has_name = definition.place.is_some() || renames_files;
            if has_name { Ok(found) } else { Err(workspace.messages.ui("lsp.name_of_file", &[])) }
        }
        _ => Err(workspace.messages.ui("lsp.no_name", &[])),
    }
}

/// The answer to a request for another name.
pub(super) fn rename(workspace: &Workspace, params: &RenameParams) -> Result<WorkspaceEdit, String> {
    let message = |key: &str| workspace.messages.ui(&format!("lsp.{key}"), &[("name", (&params.new_name).into())]);
    let checked = workspace.checked.as_ref().ok_or_else(|| message("no_name"))?;
    let id = workspace.at_cursor(&params.text_document_position, name_at);
    let id = id.ok_or_else(|| message("no_name"))?;
    let new = params.new_name.trim();
    if let Some(key) = refusal(checked, id, new) {
        return Err(message(key));
    }
    let (definition, path) = (checked.names.definition(id), checked.names.path(id));
    let site = checked.edition.as_ref().map(|edition| &edition.site);
    let files = site.filter(|_| definition.kind == NameKind::Objective && workspace.abilities.renames_files);
    let files = files.map_or_else(Vec::new, |site| renamed_files(checked, site, path, [&definition.name, new]));
    if definition.place.is_none() && files.is_empty() {
        return Err(message("name_of_file"));
    }
    let typed = workspace.typed(checked);
    let mut edits = name_edits(workspace, checked, &typed, id, new);
    if let Some(site) = site {
        let names = &checked.names;
        let renaming = Renaming { site, names, typed: &typed, path, old: &definition.name, new, files: &files };
        for (path, bytes, new_text) in link_changes(&renaming, definition.kind) {
            let range = Lines::of(&workspace.text(&path), workspace.encoding).range(&bytes);
            edits.entry(path).or_default().push(TextEdit { range, new_text });
        }
    }
    let mut edit = workspace.edit(edits.into_iter().collect());
    if !files.is_empty() {
        let changes = edit.document_changes.take();
        edit.document_changes = changes.map(|changes| with_renamed_files(workspace, changes, &files));
    }
    Ok(edit)
}

/// The key of the message for a thing that can't get a name.
fn refusal(checked: &Checked, id: NameId, new: &str) -> Option<&'static str> {
    let definition = checked.names.definition(id);
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    if definition.kind == NameKind::Milestone {
        return Some("no_name");
    }
    if new.is_empty() || !new.chars().all(is_of_name) || !new.starts_with(char::is_alphanumeric) {
        return Some("not_a_name");
    }
    let taken = checked.names.resolve(definition.kind, new, checked.names.path(id))?;
    (checked.names.definition(taken).name != definition.name).then_some("taken")
}

/// The edits of a name's definition and uses, by path.
fn name_edits(
    workspace: &Workspace,
    checked: &Checked,
    typed: &TypedNames<'_>,
    id: NameId,
    new: &str,
) -> BTreeMap<Arc<str>, Vec<TextEdit>> {
    let definition = checked.names.definition(id);
    let mut edits: BTreeMap<Arc<str>, Vec<TextEdit>> = BTreeMap::new();
    let mut write = |path: &Arc<str>, range| {
        edits.entry(path.clone()).or_default().push(TextEdit { range, new_text: new.to_owned() });
    };
    // A series is defined wherever it is used.
    let place = checked.names.definition_place(id, typed).filter(|_| definition.kind != NameKind::Series);
    if let Some(place) = place {
        write(checked.names.path(id), place.range);
    }
    for (path, found) in checked.names.uses(id, typed) {
        // A use of a unit by its official name stays; a name that is written with escapes isn't touched.
        let text = workspace.text(path);
        let is_name = |it: &str| it == definition.name || folded(it) == folded(&definition.name);
        if text.get(found.place.bytes.clone()).is_some_and(is_name) {
            write(path, found.place.range);
        }
    }
    edits
}

/// Changes of documents, then the new names of files: a file is changed while it still has its old name.
fn with_renamed_files(workspace: &Workspace, changes: DocumentChanges, files: &[(String, String)]) -> DocumentChanges {
    let renamed = files.iter().filter_map(|(old, new)| {
        let (old_uri, new_uri) = (workspace.uri(old)?, uri::of_file(&workspace.root, new)?);
        let rename = RenameFile { old_uri, new_uri, options: None, annotation_id: None };
        Some(DocumentChangeOperation::Op(ResourceOp::Rename(rename)))
    });
    let mut operations = match changes {
        DocumentChanges::Edits(edits) => edits.into_iter().map(DocumentChangeOperation::Edit).collect(),
        DocumentChanges::Operations(operations) => operations,
    };
    operations.extend(renamed);
    DocumentChanges::Operations(operations)
}

/// The files that contain the code of an objective's record in their names, with their new names: the record, its
/// translations and the files beside it. Empty if the record has another name, or a new name is taken.
fn renamed_files(checked: &Checked, site: &Site, path: &str, [old, new]: [&str; 2]) -> Vec<(String, String)> {
    let own = parse::record_path(path);
    let Some(folder) = own.strip_suffix(old).filter(|folder| folder.ends_with('/')) else { return Vec::new() };
    if new.contains('/') {
        return Vec::new();
    }
    let records = checked
        .tree
        .files()
        .map(|(_, file)| &*file.path)
        .filter(|path| parse::record_path(path) == own);
    let beside = objective(&site.catalogue, path).map_or(&[][..], |objective| &objective.attachments);
    let files = records.filter(|path| path.ends_with(".md")).chain(beside.iter().map(|file| &*file.path));
    let files: Vec<(String, String)> =
        files.map(|old| (old.to_owned(), format!("{folder}{new}{}", &old[own.len()..]))).collect();
    if files.iter().any(|(_, new)| checked.tree.find(new).is_some()) { Vec::new() } else { files }
}

fn objective<'c>(catalogue: &'c Catalogue, path: &str) -> Option<&'c Objective> {
    let objective = catalogue.objectives.iter().find(|objective| &*objective.origin.path == path);
    objective.map(Arc::as_ref)
}
