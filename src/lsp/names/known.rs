use std::collections::HashSet;

use super::index::SiteNames;
use super::kind::{NameKind, stem};
use super::scan::Definition;
use crate::lsp::text::Encoding;
use crate::parse::{self, SheetKind as File};
use crate::source::SourceTree;

/// The names by which a site's sheets refer to its records, drafts among them.
pub(crate) fn known(tree: &SourceTree) -> parse::KnownNames {
    let names = SiteNames::of(tree, &SiteNames::default(), Encoding::Utf8);
    let list = |kind, name: fn(&str, &Definition) -> String| {
        let all = names.all(kind).map(|(id, definition)| name(names.path(id), definition));
        let mut seen = HashSet::new();
        all.filter(|name| seen.insert(name.clone())).collect()
    };
    let own = |_: &str, definition: &Definition| definition.name.clone();
    parse::KnownNames {
        units: list(NameKind::Unit, own),
        nodes: list(NameKind::Node, |path, node| format!("{}:{}", stem(path), node.name)),
        objectives: list(NameKind::Objective, own),
        projects: list(NameKind::Project, |path, project| match File::of(path) {
            Some(File::Project(folder)) => folder.to_owned(),
            _ => project.name.clone(),
        }),
        series: list(NameKind::Series, own),
    }
}
