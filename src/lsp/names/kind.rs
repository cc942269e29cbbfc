use crate::parse::SheetKind as File;

/// Kind of things that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lsp) enum NameKind {
    Unit,
    Node,
    Objective,
    Project,
    /// A milestone of a project, which its updates name by its title.
    Milestone,
    /// An indicator over the years; it is defined wherever it is named.
    Series,
}

impl NameKind {
    pub(super) const COUNT: usize = Self::Series as usize + 1;
}

/// The kind of names that a field of a kind of file uses; `within` is the field of its record.
pub(in crate::lsp) fn named(file: File<'_>, within: Option<&str>, field: &str) -> Option<NameKind> {
    Some(match (file, within, field) {
        (File::Units, _, "parent" | "succeeded_by") | (_, _, "unit" | "centre" | "administration") => NameKind::Unit,
        (File::Plan, _, "parent") | (File::Objective(_) | File::Project(_), None, "plan") => NameKind::Node,
        (File::Update(_), None, "milestone") => NameKind::Milestone,
        (_, None, "continues" | "objectives") => NameKind::Objective,
        (_, None, "projects" | "project") => NameKind::Project,
        (_, Some("indicators" | "expected_results"), "thread") => NameKind::Series,
        _ => return None,
    })
}

/// The kind of names that a field defines.
pub(in crate::lsp) fn defined(file: File<'_>, within: Option<&str>, field: &str) -> Option<NameKind> {
    Some(match (file, within, field) {
        (File::Units, None, "id") => NameKind::Unit,
        (File::Plan, Some("nodes"), "code") => NameKind::Node,
        (File::Objective(_), None, "code") => NameKind::Objective,
        (File::Project(_), None, "code") => NameKind::Project,
        (File::Project(_), Some("milestones"), "title") => NameKind::Milestone,
        _ => return None,
    })
}

/// The name of a path's file without its ending.
pub(in crate::lsp) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A reference without the plan before a node's code.
pub(in crate::lsp) fn plain(kind: NameKind, written: &str) -> &str {
    match written.split_once(':') {
        Some((_, code)) if kind == NameKind::Node => code.trim(),
        _ => written,
    }
}
