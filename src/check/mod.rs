//! Drafts to a catalogue: every reference becomes the thing itself, or a problem.
//!
//! A rule about what is absent waits while references dangle, so that one mistake gives one message: a record whose
//! unit isn't known is not asked for the codes of that unit's administration.

mod names;
mod plans;
mod records;
pub mod rules;
mod translations;
mod units;

pub(crate) use names::folded;

use crate::diagnostic::Report;
use crate::model::{Catalogue, Lang};
use crate::parse::Drafts;

/// Whether records marked `draft` are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// They are, as `--drafts` wants.
    Shown,
    /// They aren't.
    LeftOut,
}

/// Resolves every name in the drafts, and lays what was written in other languages of the site over its records. The catalogue is whole only where the report has no error.
pub fn catalogue(mut drafts: Drafts, languages: &[Lang], unfinished: Unfinished) -> (Catalogue, Report) {
    let mut report = Report::default();
    let originals = translations::originals(&drafts);
    let translated = std::mem::take(&mut drafts.translations);
    let left_out = if unfinished == Unfinished::LeftOut { leave_out(&mut drafts) } else { Vec::new() };
    let mut catalogue = Catalogue::default();
    let units = units::resolve(std::mem::take(&mut drafts.units), &mut catalogue, &mut report);
    let nodes = plans::resolve(std::mem::take(&mut drafts.plans), &units, &mut catalogue, &mut report);
    records::resolve(drafts, &left_out, &units, &nodes, &mut catalogue, &mut report);
    translations::overlay(translated, &originals, languages, &mut catalogue, &mut report);
    (catalogue, report)
}

/// Takes the drafts out, and the updates of projects that are drafts. Gives the names by which others may refer to them:
/// a reference to what isn't published yet is no mistake, and leads nowhere until it is.
fn leave_out(drafts: &mut Drafts) -> Vec<String> {
    let mut names = Vec::new();
    for draft in drafts.objectives.extract_if(.., |draft| draft.fields.draft == Some(true)) {
        names.push(draft.fields.code.unwrap_or(draft.stem));
    }
    let mut folders = Vec::new();
    for draft in drafts.projects.extract_if(.., |draft| draft.fields.draft == Some(true)) {
        names.extend(draft.fields.code);
        folders.push(draft.folder);
    }
    drafts
        .updates
        .retain(|draft| draft.fields.draft != Some(true) && !folders.contains(&draft.folder));
    drafts.pages.retain(|draft| draft.fields.draft != Some(true));
    names.extend(folders);
    names
}
