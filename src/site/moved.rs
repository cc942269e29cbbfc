//! Old addresses of pages (`aliases`), at which a file stays that leads to the new one.

use std::collections::HashMap;

use super::address::FOLDERS;
use super::{Route, Site};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Report};
use crate::model::Origin;
use crate::output::OutputPath;

/// The old addresses of a site's pages: each with the file that stays there, none of them at the place of a page or of
/// another. The report has those that no file can have, and those that are taken.
pub(super) fn settle(site: &Site) -> (Vec<(OutputPath, Route)>, Report) {
    let catalogue = &site.catalogue;
    let objectives =
        (catalogue.objective_ids()).map(|id| (Route::Objective(id), &catalogue[id].origin, &catalogue[id].aliases));
    let projects =
        (catalogue.project_ids()).map(|id| (Route::Project(id), &catalogue[id].origin, &catalogue[id].aliases));
    let pages = (catalogue.page_ids()).map(|id| (Route::Free(id), &catalogue[id].origin, &catalogue[id].aliases));
    let mut moved: Vec<(OutputPath, Route)> = Vec::new();
    let mut whose: HashMap<String, &Origin> = HashMap::new();
    let mut report = Report::default();
    for (route, origin, aliases) in objectives.chain(projects).chain(pages) {
        for (place, alias) in aliases.iter().enumerate() {
            let problem = |code| Diagnostic::new(code, origin.file, KeyPath::of("aliases").index(place));
            let Some(path) = file(site, alias) else {
                report.add(problem(Code::NoAddress).with("written", alias));
                continue;
            };
            // Some systems don't tell capitals from small letters.
            let found = site.find(&path.as_ref().to_lowercase()).map(|page| page.route);
            if found == Some(route) {
                continue;
            }
            let owner = found.map(|found| super::link::origin(catalogue, found));
            let other = match (owner, whose.get(&path.collision_key())) {
                (Some(Some(owner)), _) => Some(owner.path.to_string()),
                (Some(None), _) => Some(format!("/{}", alias.trim_start_matches('/'))),
                (None, Some(owner)) => Some(owner.path.to_string()),
                (None, None) => None,
            };
            match other {
                Some(other) => report.add(problem(Code::SameAddress).with("address", alias).with("other", other)),
                None => {
                    whose.insert(path.collision_key(), origin);
                    moved.push((path, route));
                }
            }
        }
    }
    (moved, report)
}

/// The endings of files that are no pages.
const ENDINGS: [&str; 4] = [".csv", ".json", ".txt", ".xml"];

/// The file at an old address, which may be written with the address of the site before it; none where there can't be
/// one, such as for an address of another site, of a file that is no page, or one with a query.
fn file(site: &Site, alias: &str) -> Option<OutputPath> {
    let below = alias.trim().trim_start_matches(site.settings.base.as_str()).trim_matches('/');
    let below = percent_encoding::percent_decode_str(below).decode_utf8().ok()?;
    let is_file = below.ends_with(".html") || below.ends_with(".htm");
    let path = if is_file { below.into_owned() } else { format!("{below}/index.html") };
    let folded = path.to_lowercase();
    let is_beside = FOLDERS.contains(&folded.split('/').next().unwrap_or_default())
        || ENDINGS.iter().any(|ending| folded.trim_end_matches("/index.html").ends_with(ending));
    OutputPath::parse(&path).ok().filter(|path| !is_beside && !path.as_ref().contains('#'))
}
