//! Sheets to a catalogue: every reference becomes the thing itself, or a problem.
//!
//! A rule about something that is absent isn't checked while references dangle, so that one mistake gives one message: a
//! record whose unit isn't known needs no codes of that unit's administration.

mod ahead;
mod attachments;
mod excluded;
mod link;
mod names;
mod objectives;
mod organisation;
mod pages;
mod plans;
mod projects;
mod record_parts;
mod records;
pub(crate) mod rules;
mod translations;
mod units;
mod updates;

use jiff::civil::Date;

pub use excluded::Drafts;

use crate::catalogue::Catalogue;
use crate::diagnostic::Report;
use crate::incremental::Last;
use crate::model::Lang;
use crate::parse::Sheets;
use attachments::AttachmentIndex;
use excluded::ExcludedRecords;
use link::Sources;
use organisation::{Organisation, OrganisationSheets};
use records::RecordsCache;
use translations::Translations;

/// Results of the last check, for the next one of the same site.
#[derive(Debug, Default)]
pub(crate) struct CheckCache {
    /// True if there is no next check: then no sheet is kept.
    is_single: bool,
    organisation: Last<OrganisationSheets, Organisation>,
    records: RecordsCache,
}

impl CheckCache {
    /// A cache for a single check.
    pub(crate) fn once() -> Self {
        Self { is_single: true, ..Self::default() }
    }
}

/// Resolves every name in the sheets, and adds the translations in other languages of the site to its records. The
/// catalogue is complete only if the report has no error. Nothing in it is dated after the day `as_of`.
///
/// A record whose whole input is equal to that of the last check is shared with it.
pub(crate) fn catalogue(
    mut sheets: Sheets,
    languages: &[Lang],
    drafts: Drafts,
    as_of: Date,
    cache: &mut CheckCache,
) -> (Catalogue, Report) {
    let mut report = Report::default();
    let mut files = AttachmentIndex::of(&mut sheets, drafts, as_of, &mut report);
    let mut translations = Translations::of(&mut sheets, languages, &mut report);
    let mut excluded = match drafts {
        Drafts::Include => ExcludedRecords::default(),
        Drafts::Exclude => ExcludedRecords::take_drafts(&mut sheets),
    };
    excluded.add_ahead(ahead::take_excluded(&mut sheets, as_of, &mut report));
    let organisation_sheets = OrganisationSheets::take(&mut sheets, &mut translations);
    let organisation = cache.organisation.get(organisation_sheets, Organisation::of);
    let records = Some(&mut cache.records).filter(|_| !cache.is_single);
    let sources = Sources { sheets, excluded, translations: &mut translations, files: &mut files };
    let catalogue = records::resolve(sources, &organisation, records, &mut report);
    report.extend(organisation.problems.clone());
    (catalogue, report)
}
