//! Changes of the links to a thing that gets another name.

use std::ops::Range;
use std::sync::Arc;

use super::links::{self, Link as WrittenLink};
use super::names::{NameKind, SiteNames, TypedNames};
use crate::catalogue::{Catalogue, NodeId};
use crate::model::folded;
use crate::site::{Link, Route, Site, slug, slugs};

/// A change of a name, for the links to what has it.
pub(super) struct Renaming<'r> {
    pub(super) site: &'r Site,
    pub(super) names: &'r SiteNames,
    pub(super) typed: &'r TypedNames<'r>,
    /// The path of the definition's file.
    pub(super) path: &'r str,
    pub(super) old: &'r str,
    pub(super) new: &'r str,
    /// The old and new paths of files that get other names.
    pub(super) files: &'r [(String, String)],
}

/// A change of a link: the path of its file, the bytes that go, and the text in their place.
pub(super) type LinkChange = (Arc<str>, Range<usize>, String);

/// The changes of links to a thing of a kind.
pub(super) fn link_changes(renaming: &Renaming<'_>, kind: NameKind) -> Vec<LinkChange> {
    match kind {
        NameKind::Objective | NameKind::Project => record_links(renaming),
        NameKind::Unit | NameKind::Node => address_links(renaming, kind),
        NameKind::Milestone | NameKind::Series => Vec::new(),
    }
}

/// The changes of links to a record and to the files beside it.
fn record_links(renaming: &Renaming<'_>) -> Vec<LinkChange> {
    let Renaming { site, names, typed, path, old, new, files } = *renaming;
    let Some(page) = links::page_of(site, path) else { return Vec::new() };
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
    for (from, link) in keys.iter().flat_map(|key| names.links(key, typed)) {
        let Some(route) = links::page_of(site, from) else { continue };
        let bytes = link.place.bytes.clone();
        let last = link.written.rfind('/').map_or(0, |slash| slash + 1);
        let is_file = renamed.iter().any(|name| folded(name) == *link.key);
        // The name of a file keeps the part after the code.
        let in_name = || {
            let start = bytes.start + last;
            link.written[last..].starts_with(old).then(|| (start..start + old.len(), new.to_owned()))
        };
        let change = match site.link(route, &link.written) {
            Ok(Link::Page(to, _)) if to == page && is_file => in_name(),
            Ok(Link::File(address, _)) if addresses.contains(&address) => in_name(),
            // The address of an objective's page contains its code.
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

/// The changes of links to the page of a unit or of a plan's node, whose address is made of its name.
fn address_links(renaming: &Renaming<'_>, kind: NameKind) -> Vec<LinkChange> {
    let Renaming { site, names, typed, path, old, new, .. } = *renaming;
    let Some(page) = page_named(&site.catalogue, kind, path, old) else { return Vec::new() };
    let [old, new] = [old, new].map(|name| if kind == NameKind::Unit { slugs(name) } else { slug(name) });
    let key = old.rsplit('/').next().unwrap_or_default();
    let change = |(from, link): (&Arc<str>, &WrittenLink)| {
        let target = site.link(links::page_of(site, from)?, &link.written).ok()?;
        let start = link.place.bytes.start + links::bare(&link.written).strip_suffix(&old)?.len();
        matches!(target, Link::Page(to, _) if to == page).then(|| (from.clone(), start..start + old.len(), new.clone()))
    };
    names.links(key, typed).into_iter().filter_map(change).collect()
}

/// The page of a unit, or of a node of the plan in a file.
fn page_named(catalogue: &Catalogue, kind: NameKind, path: &str, name: &str) -> Option<Route> {
    if kind == NameKind::Unit {
        return catalogue.unit_ids().find(|id| catalogue[*id].id == name).map(Route::Unit);
    }
    let is_named = |id: &NodeId| catalogue[*id].code == name && &*catalogue[*id].origin.path == path;
    catalogue.node_ids().find(is_named).map(Route::Node)
}
