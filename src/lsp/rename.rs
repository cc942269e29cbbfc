//! Another name for a thing, wherever it stands: in the records that name it, in links to it, and in the names of files
//! that carry it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use lsp_types::{
    DocumentChangeOperation, PrepareRenameResponse, RenameFile, RenameParams, ResourceOp, TextDocumentPositionParams,
    TextEdit, WorkspaceEdit,
};

use super::names::{self, NameKind, TypedNames};
use super::text::Lines;
use super::{Server, address, links, thing};
use crate::check::folded;
use crate::model::{Catalogue, NodeId, Objective};
use crate::parse;
use crate::site::{Link, Route, Site, slug, slugs};

impl Server {
    pub(super) fn prepare_rename(&self, params: &TextDocumentPositionParams) -> Result<PrepareRenameResponse, String> {
        let found = self.look(params, |asked, cursor| {
            let thing = asked.names.thing(thing(asked, cursor)?);
            let written = asked.text.get(cursor.word.clone())?;
            // The plan before a node's code stays.
            let code = names::plain(thing.kind, written);
            let word = cursor.word.end - code.len()..cursor.word.end;
            let (range, placeholder) = (asked.lines.range(&word), thing.name.clone());
            Some((PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }, thing))
        });
        match found {
            Some((found, thing)) if thing.kind != NameKind::Milestone => {
                let has_name = thing.place.is_some() || thing.kind == NameKind::Objective && self.takes_renamed_files;
                if has_name { Ok(found) } else { Err(self.messages.ui("lsp.name_of_file", &[])) }
            }
            _ => Err(self.messages.ui("lsp.no_name", &[])),
        }
    }

    pub(super) fn rename(&self, params: &RenameParams) -> Result<WorkspaceEdit, String> {
        let say = |key: &str| self.messages.ui(&format!("lsp.{key}"), &[("name", (&params.new_name).into())]);
        let known = self.known.as_ref().ok_or_else(|| say("no_name"))?;
        let id = self.look(&params.text_document_position, thing).ok_or_else(|| say("no_name"))?;
        let thing = known.names.thing(id);
        let new = params.new_name.trim();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
        if thing.kind == NameKind::Milestone {
            return Err(say("no_name"));
        }
        if new.is_empty() || !new.chars().all(is_name) || !new.starts_with(char::is_alphanumeric) {
            return Err(say("not_a_name"));
        }
        let path = known.names.path(id);
        let is_other = |taken: names::NameId| known.names.thing(taken).name != thing.name;
        if known.names.resolve(thing.kind, new, path).is_some_and(is_other) {
            return Err(say("taken"));
        }
        let site = known.edition.as_ref().map(|edition| &edition.site);
        let files = site.filter(|_| thing.kind == NameKind::Objective && self.takes_renamed_files);
        let files = files.map_or_else(Vec::new, |site| self.files_named(site, path, &thing.name, new));
        if thing.place.is_none() && files.is_empty() {
            return Err(say("name_of_file"));
        }
        let typed = self.typed(known);
        let mut edits: BTreeMap<Arc<str>, Vec<TextEdit>> = BTreeMap::new();
        let mut write = |path: &Arc<str>, range, new_text: &str| {
            edits
                .entry(path.clone())
                .or_default()
                .push(TextEdit { range, new_text: new_text.to_owned() });
        };
        if let Some(place) = known.names.place(id, &typed).filter(|_| thing.kind != NameKind::Series) {
            write(path, place.range, new);
        }
        for (path, found) in known.names.uses(id, &typed) {
            // Who names a unit by its official name goes on doing so; what is written with escapes isn't touched.
            let text = self.text(path);
            let is_name = |it: &str| it == thing.name || folded(it) == folded(&thing.name);
            if text.get(found.place.bytes.clone()).is_some_and(is_name) {
                write(path, found.place.range, new);
            }
        }
        let links = site.map(|site| match thing.kind {
            NameKind::Objective | NameKind::Project => self.links(site, path, &thing.name, new, &files, &typed),
            NameKind::Unit | NameKind::Node => self.addresses(site, thing.kind, path, [&thing.name, new], &typed),
            NameKind::Milestone | NameKind::Series => Vec::new(),
        });
        for (path, bytes, text) in links.into_iter().flatten() {
            let range = Lines::of(&self.text(&path), self.encoding).range(&bytes);
            write(&path, range, &text);
        }
        let mut edit = self.edit(edits.into_iter().collect());
        if !files.is_empty()
            && let Some(changes) = edit.document_changes.take()
        {
            let renamed = files.iter().filter_map(|(old, new)| {
                let (old_uri, new_uri) = (self.uri(old)?, address(&self.root, new)?);
                let rename = RenameFile { old_uri, new_uri, options: None, annotation_id: None };
                Some(DocumentChangeOperation::Op(ResourceOp::Rename(rename)))
            });
            let mut operations = match changes {
                lsp_types::DocumentChanges::Edits(edits) => {
                    edits.into_iter().map(DocumentChangeOperation::Edit).collect()
                }
                lsp_types::DocumentChanges::Operations(operations) => operations,
            };
            // A file is changed while it still goes by its old name.
            operations.extend(renamed);
            edit.document_changes = Some(lsp_types::DocumentChanges::Operations(operations));
        }
        Ok(edit)
    }

    /// The files that carry the code of an objective's record in their names, with what they are called then: the record,
    /// its translations and the files beside it. None where the record is called otherwise, or a new name is taken.
    fn files_named(&self, site: &Site, path: &str, old: &str, new: &str) -> Vec<(String, String)> {
        let own = parse::record_path(path);
        let Some(folder) = own.strip_suffix(old).filter(|folder| folder.ends_with('/')) else { return Vec::new() };
        let Some(known) = self.known.as_ref().filter(|_| !new.contains('/')) else { return Vec::new() };
        let records = known
            .tree
            .files()
            .map(|(_, file)| &*file.path)
            .filter(|path| parse::record_path(path) == own);
        let beside = objective(&site.catalogue, path).map_or(&[][..], |objective| &objective.attachments);
        let files = records.filter(|path| path.ends_with(".md")).chain(beside.iter().map(|file| &*file.path));
        let files: Vec<(String, String)> =
            files.map(|old| (old.to_owned(), format!("{folder}{new}{}", &old[own.len()..]))).collect();
        if files.iter().any(|(_, new)| known.tree.find(new).is_some()) { Vec::new() } else { files }
    }

    /// What changes in links to a record and to the files beside it: path, bytes and what comes in their place.
    fn links(
        &self,
        site: &Site,
        path: &str,
        old: &str,
        new: &str,
        files: &[(String, String)],
        typed: &TypedNames<'_>,
    ) -> Vec<(Arc<str>, Range<usize>, String)> {
        let (Some(known), Some(page)) = (&self.known, links::page_of(site, path)) else { return Vec::new() };
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let renamed: Vec<String> = files.iter().map(|(old, _)| name(old)).collect();
        let mut keys: Vec<String> = renamed.iter().map(|name| folded(name)).collect();
        keys.extend([folded(old), slug(old)]);
        keys.sort_unstable();
        keys.dedup();
        let addresses: Vec<String> = (site.attachments().into_iter())
            .filter(|(_, file)| files.iter().any(|(old, _)| *old == file.path))
            .map(|(address, _)| address)
            .collect();
        let mut changes = Vec::new();
        for (from, link) in keys.iter().flat_map(|key| known.names.links(key, typed)) {
            let Some(route) = links::page_of(site, from) else { continue };
            let bytes = link.place.bytes.clone();
            let last = link.written.rfind('/').map_or(0, |slash| slash + 1);
            let is_file = renamed.iter().any(|name| folded(name) == *link.key);
            // The name of a file keeps what follows the code.
            let in_name = || {
                let start = bytes.start + last;
                link.written[last..].starts_with(old).then(|| (start..start + old.len(), new.to_owned()))
            };
            let change = match site.link(route, &link.written) {
                Ok(Link::Page(to, _)) if to == page && is_file => in_name(),
                Ok(Link::File(address, _)) if addresses.contains(&address) => in_name(),
                // The address of an objective's page has its code.
                Ok(Link::Page(to, _)) if to == page => {
                    let is_address = link.written.starts_with('/') && matches!(page, Route::Objective(_));
                    let is_code = folded(&link.written) == folded(old);
                    (is_code || is_address && !link.written.ends_with(".md")).then(|| (bytes.clone(), new.to_owned()))
                }
                _ => None,
            };
            changes.extend(change.map(|(bytes, text)| (from.clone(), bytes, text)));
        }
        changes
    }

    /// The same of links to the page of a unit or of a plan's node, of whose name, the old one and then the new one, its
    /// address is made.
    fn addresses(
        &self,
        site: &Site,
        kind: NameKind,
        path: &str,
        names: [&str; 2],
        typed: &TypedNames<'_>,
    ) -> Vec<(Arc<str>, Range<usize>, String)> {
        let page = page_named(&site.catalogue, kind, path, names[0]);
        let (Some(known), Some(page)) = (&self.known, page) else { return Vec::new() };
        let [old, new] = names.map(|name| if kind == NameKind::Unit { slugs(name) } else { slug(name) });
        let key = old.rsplit('/').next().unwrap_or_default();
        let change = |(from, link): (&Arc<str>, &links::Link)| {
            let leads = site.link(links::page_of(site, from)?, &link.written).ok()?;
            let start = link.place.bytes.start + links::bare(&link.written).strip_suffix(&old)?.len();
            matches!(leads, Link::Page(to, _) if to == page)
                .then(|| (from.clone(), start..start + old.len(), new.clone()))
        };
        known.names.links(key, typed).into_iter().filter_map(change).collect()
    }
}

/// The page of a unit, or of a node of the plan in a file.
fn page_named(catalogue: &Catalogue, kind: NameKind, path: &str, name: &str) -> Option<Route> {
    if kind == NameKind::Unit {
        return catalogue.unit_ids().find(|id| catalogue[*id].id == name).map(Route::Unit);
    }
    let is = |id: &NodeId| catalogue[*id].code == name && &*catalogue[*id].origin.path == path;
    catalogue.node_ids().find(is).map(Route::Node)
}

fn objective<'c>(catalogue: &'c Catalogue, path: &str) -> Option<&'c Objective> {
    let objective = catalogue.objectives.iter().find(|objective| &*objective.origin.path == path);
    objective.map(Arc::as_ref)
}
