//! Drafts to a catalogue: every reference becomes the thing itself, or a problem.
//!
//! A rule about what is absent waits while references dangle, so that one mistake gives one message: a record whose
//! unit isn't known is not asked for the codes of that unit's administration.

mod names;
mod plans;
mod records;
mod units;

use crate::diagnostic::Report;
use crate::model::Catalogue;
use crate::parse::Drafts;

/// Whether records marked `draft` are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// They are, as `--drafts` wants.
    Shown,
    /// They aren't.
    LeftOut,
}

/// Resolves every name in the drafts. The catalogue is whole only where the report has no error.
pub fn catalogue(mut drafts: Drafts, unfinished: Unfinished) -> (Catalogue, Report) {
    let mut report = Report::default();
    if unfinished == Unfinished::LeftOut {
        drafts.objectives.retain(|draft| draft.fields.draft != Some(true));
        drafts.projects.retain(|draft| draft.fields.draft != Some(true));
        drafts.updates.retain(|draft| draft.fields.draft != Some(true));
        drafts.pages.retain(|draft| draft.fields.draft != Some(true));
    }
    let mut catalogue = Catalogue::default();
    let units = units::resolve(std::mem::take(&mut drafts.units), &mut catalogue, &mut report);
    let nodes = plans::resolve(std::mem::take(&mut drafts.plans), &units, &mut catalogue, &mut report);
    records::resolve(drafts, &units, &nodes, &mut catalogue, &mut report);
    (catalogue, report)
}
