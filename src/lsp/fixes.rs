//! Code actions: the repairs of problems.

use lsp_types::{CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, Range};

use super::checker::Fix;
use super::workspace::Workspace;

/// The answer to a request for the repairs of the problems in a range.
pub(super) fn fixes(workspace: &Workspace, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
    let path = workspace.path(&params.text_document.uri)?;
    // Problems of another text have their places there.
    let checked = workspace.checked.as_ref()?.open.get(path.as_str())?;
    if workspace.open.get(path.as_str())?.text != *checked {
        return None;
    }
    let wanted = params.range;
    let touches = |range: &Range| range.start <= wanted.end && wanted.start <= range.end;
    let shown = workspace
        .published
        .get(path.as_str())?
        .iter()
        .filter(|problem| touches(&problem.published.range));
    let fixes = shown.filter_map(|problem| {
        let Fix { edit, is_certain } = problem.fix.as_ref()?;
        Some(CodeActionOrCommand::CodeAction(CodeAction {
            title: workspace.messages.ui("lsp.fix", &[("name", (&edit.new_text).into())]),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![problem.published.clone()]),
            edit: Some(workspace.edit(vec![(path.as_str().into(), vec![edit.clone()])])),
            is_preferred: Some(*is_certain),
            ..CodeAction::default()
        }))
    });
    Some(fixes.collect())
}
