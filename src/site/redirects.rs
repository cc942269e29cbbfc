//! Old addresses of pages (`aliases`), at which a file leads to the new one; and files beside records whose address is that
//! of a page.

use std::collections::{BTreeMap, HashMap};

use super::address::FOLDERS;
use super::graph::Site;
use super::route::Route;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::{FileId, Origin};
use crate::output::{OutputPath, collisions};

/// The old addresses of a site's pages: each with its file, none at the place of a page or of another old address. The
/// report has the addresses that no file can have, and those that are taken.
pub(super) fn settle(site: &Site) -> (Vec<(OutputPath, Route)>, Report) {
    let catalogue = &site.catalogue;
    let objectives =
        (catalogue.objective_ids()).map(|id| (Route::Objective(id), &catalogue[id].origin, &catalogue[id].aliases));
    let projects =
        (catalogue.project_ids()).map(|id| (Route::Project(id), &catalogue[id].origin, &catalogue[id].aliases));
    let pages = (catalogue.page_ids()).map(|id| (Route::Free(id), &catalogue[id].origin, &catalogue[id].aliases));
    let mut moved: Vec<(OutputPath, Route)> = Vec::new();
    let mut places: Vec<(FileId, usize, &str)> = Vec::new();
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
                    places.push((origin.file, place, alias));
                }
            }
        }
    }
    let clashes = clashes(site, &moved);
    for (at, other) in &clashes {
        let (file, place, alias) = places[*at];
        let problem = Diagnostic::new(Code::SameAddress, file, KeyPath::of("aliases").index(place));
        report.add(problem.with("address", alias).with("other", other));
    }
    let moved = moved.into_iter().enumerate().filter(|(at, _)| !clashes.contains_key(at));
    (moved.map(|(_, moved)| moved).collect(), report)
}

/// The places of old addresses whose files clash with those of other old addresses or with a record's, each once, in order,
/// with the name of what is in the way.
fn clashes(site: &Site, moved: &[(OutputPath, Route)]) -> BTreeMap<usize, String> {
    if moved.is_empty() {
        return BTreeMap::new();
    }
    let attached = site.attachments();
    let files = attached
        .iter()
        .filter_map(|(address, file)| Some((OutputPath::parse(address).ok()?, &*file.path)));
    let (beside, sources): (Vec<OutputPath>, Vec<&str>) = files.unzip();
    let paths: Vec<OutputPath> = moved.iter().map(|(path, _)| path.clone()).chain(beside).collect();
    // Files beside records don't clash with each other, so one of each pair is an old address; those come first.
    let clashes = collisions(&paths).into_iter().filter(|(one, _)| *one < moved.len());
    let other = |place: usize| match place.checked_sub(moved.len()) {
        Some(file) => sources[file].to_owned(),
        None => format!("/{}", paths[place]),
    };
    clashes.map(|(one, two)| (one, other(two))).collect()
}

/// Reports files beside records at whose path a page has its folder, such as `2020/a1-foto` beside the page
/// `/2020/a1-foto/`.
pub(super) fn covered(site: &Site) -> Report {
    let mut report = Report::default();
    for (address, file) in site.attachments() {
        // No address of a page has a dot.
        if file.name.contains('.') {
            continue;
        }
        let Ok(path) = OutputPath::parse(&address) else { continue };
        if let Some(page) = site.find(&path.collision_key()) {
            let owner = super::link::origin(&site.catalogue, page.route);
            let other = owner.map_or_else(|| format!("/{address}/"), |owner| owner.path.to_string());
            let problem = Diagnostic::new(Code::SameAddress, file.file, Place::File);
            report.add(problem.with("address", format!("/{address}")).with("other", other));
        }
    }
    report
}

/// The endings of files that aren't pages.
const ENDINGS: [&str; 4] = [".csv", ".json", ".txt", ".xml"];

/// The file at an old address, which may be written with the address of the site before it. Returns `None` if there can't
/// be one, such as for an address of another site, of a file that is no page, or one with a query.
fn file(site: &Site, alias: &str) -> Option<OutputPath> {
    let below = alias.trim().trim_start_matches(site.settings.base.as_str()).trim_matches('/');
    let below = percent_encoding::percent_decode_str(below).decode_utf8().ok()?;
    let is_file = below.ends_with(".html") || below.ends_with(".htm");
    let path = if is_file { below.into_owned() } else { format!("{below}/index.html") };
    let folded = path.to_lowercase();
    let is_beside = FOLDERS.contains(&folded.split('/').next().unwrap_or_default())
        || ENDINGS.iter().any(|ending| folded.trim_end_matches("/index.html").ends_with(ending));
    // Below a file there is nothing.
    let is_below = |folder: &str| [".html", ".htm"].iter().chain(&ENDINGS).any(|ending| folder.ends_with(ending));
    let is_below = folded.split('/').rev().skip(1).any(is_below);
    OutputPath::parse(&path)
        .ok()
        .filter(|path| !is_beside && !is_below && !path.as_ref().contains('#'))
}
