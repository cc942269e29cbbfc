//! Ways from a name to its definition and to its uses.

use lsp_types::{GotoDefinitionParams, GotoDefinitionResponse, Location, ReferenceParams};

use super::context::name_at;
use super::names::{NameId, NameKind};
use super::workspace::Workspace;

/// The answer to a request for the definition of the name at the cursor.
pub(super) fn definition(workspace: &Workspace, params: &GotoDefinitionParams) -> Option<GotoDefinitionResponse> {
    let id = workspace.at_cursor(&params.text_document_position_params, name_at)?;
    Some(GotoDefinitionResponse::Scalar(definition_of(workspace, id)?))
}

/// The answer to a request for the uses of the name at the cursor.
pub(super) fn references(workspace: &Workspace, params: &ReferenceParams) -> Option<Vec<Location>> {
    let id = workspace.at_cursor(&params.text_document_position, name_at)?;
    let checked = workspace.checked.as_ref()?;
    let typed = workspace.typed(checked);
    let uses = checked.names.uses(id, &typed).into_iter();
    let mut places: Vec<Location> =
        uses.filter_map(|(path, found)| workspace.location(path, Some(&found.place))).collect();
    // A series is defined wherever it is used.
    let is_defined_apart = checked.names.definition(id).kind != NameKind::Series;
    if params.context.include_declaration && is_defined_apart {
        places.extend(definition_of(workspace, id));
    }
    Some(places)
}

fn definition_of(workspace: &Workspace, id: NameId) -> Option<Location> {
    let checked = workspace.checked.as_ref()?;
    let typed = workspace.typed(checked);
    workspace.location(checked.names.path(id), checked.names.definition_place(id, &typed))
}
