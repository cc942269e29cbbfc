//! Names of projects and updates in data and feeds, which outlive a move of the site.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::catalogue::{Catalogue, ProjectId, UpdateId};
use crate::site::Site;

/// The unreserved characters of RFC 3986 §2.3; everything else is encoded, so that no two updates make one id.
pub(super) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The name of a project in data and ids: its code, else its folder.
pub(super) fn project_code(catalogue: &Catalogue, project: ProjectId) -> &str {
    let project = &catalogue[project];
    project.code.as_ref().unwrap_or(&project.slug)
}

/// The name of a project with its administration's: codes are unique in their administration only.
pub(super) fn project_key(site: &Site, id: ProjectId) -> String {
    let catalogue = &site.catalogue;
    let administration = &catalogue[catalogue.administration(catalogue[id].unit)].id;
    let code = project_code(catalogue, id);
    format!("{}/{}", utf8_percent_encode(administration, UNRESERVED), utf8_percent_encode(code, UNRESERVED))
}

/// The `tag:` URI of an update (RFC 4151): made of its administration, its project's code (else folder) and its
/// file's name, so neither a new domain nor a new address of its page changes it, and no two updates share one.
pub(super) fn update_id(site: &Site, id: UpdateId) -> String {
    let update = &site.catalogue[id];
    let name = utf8_percent_encode(&update.slug, UNRESERVED);
    format!("tag:{}:{}/{name}", site.settings.tag, project_key(site, update.project))
}
