//! Drafts to a catalogue: every reference becomes the thing itself, or a problem.
//!
//! A rule about what is absent waits while references dangle, so that one mistake gives one message: a record whose
//! unit isn't known is not asked for the codes of that unit's administration.

mod attachments;
mod future_updates;
mod names;
mod plans;
mod records;
pub mod rules;
mod translations;
mod units;

pub(crate) use names::folded;

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{KeyPath, Report};
use crate::incremental::{ByPointer, Last};
use crate::model::{Catalogue, FileId, Lang, Origin, UnitId};
use crate::parse::{PageFields, PlanFields, Sheet, Sheets, UnitFields, UpdateFields};
use attachments::AttachmentIndex;
use plans::Nodes;
use records::{RecordsCache, Sources};
use translations::{AppliedTranslation, Translations};
use units::Units;

/// Whether records marked `draft` are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    /// They are, as `--drafts` wants.
    Include,
    /// They aren't.
    Exclude,
}

/// Results of the last check, for the next one of the same site.
#[derive(Debug, Default)]
pub struct CheckCache {
    /// True if there is no next check: then no sheet is kept.
    is_single: bool,
    organisation: Last<OrganisationSheets, Organisation>,
    records: RecordsCache,
}

impl CheckCache {
    /// A cache for a single check.
    pub fn once() -> Self {
        Self { is_single: true, ..Self::default() }
    }
}

/// Resolves every name in the sheets, and lays what was written in other languages of the site over its records. The
/// catalogue is whole only where the report has no error. Nothing in it is dated after the day `as_of`.
///
/// A record that is made of the same as in the last check is shared with it.
pub fn catalogue(
    mut sheets: Sheets,
    languages: &[Lang],
    drafts: Drafts,
    as_of: Date,
    cache: &mut CheckCache,
) -> (Catalogue, Report) {
    let mut report = Report::default();
    let mut files = AttachmentIndex::of(&mut sheets, drafts, as_of, &mut report);
    let mut translations = Translations::of(&mut sheets, languages, &mut report);
    let mut excluded = if drafts == Drafts::Exclude { take_excluded(&mut sheets) } else { ExcludedRecords::default() };
    excluded.ahead = future_updates::take_excluded(&mut sheets, as_of, &mut report);
    // A text may link to what is published later, as it may to a draft.
    let ahead = excluded.ahead.iter().map(|sheet| Box::from(&*sheet.origin.path));
    excluded.targets.extend(ahead);
    let organisation = cache
        .organisation
        .get(OrganisationSheets::of(&mut sheets, &mut translations), Organisation::of);
    let records = Some(&mut cache.records).filter(|_| !cache.is_single);
    let sources = Sources { sheets, excluded, translations: &mut translations, files: &mut files };
    let catalogue = records::resolve(sources, &organisation, records, &mut report);
    report.extend(organisation.problems.clone());
    (catalogue, report)
}

/// Records that aren't part of the site yet.
#[derive(Default)]
struct ExcludedRecords {
    /// The codes of drafts, by which references name them.
    names: Vec<String>,
    /// The codes of drafts, and the paths of their files below the site's root, by which texts link to them.
    targets: Vec<Box<str>>,
    /// The updates whose day hasn't come.
    ahead: Vec<Arc<Sheet<UpdateFields>>>,
}

/// What records refer to: the organisation and its plans, with the names that these have.
#[derive(Debug)]
struct Organisation {
    /// Units and plans alone.
    catalogue: Catalogue,
    units: Units,
    nodes: Nodes,
    problems: Report,
}

/// Everything that an organisation is made of.
#[derive(Debug, PartialEq)]
struct OrganisationSheets {
    units: Vec<ByPointer<Sheet<UnitFields>>>,
    plans: Vec<ByPointer<Sheet<PlanFields>>>,
    translations: Vec<AppliedTranslation>,
}

impl OrganisationSheets {
    fn of(sheets: &mut Sheets, translations: &mut Translations) -> Self {
        let (units, plans) = (std::mem::take(&mut sheets.units), std::mem::take(&mut sheets.plans));
        // All units lie in one file.
        let origins = units.first().map(|unit| &unit.origin).into_iter();
        let origins = origins.chain(plans.iter().map(|plan| &plan.origin));
        let translations = origins.flat_map(|origin| translations.take(origin)).collect();
        let (units, plans) = (units.into_iter().map(ByPointer), plans.into_iter().map(ByPointer));
        Self { units: units.collect(), plans: plans.collect(), translations }
    }
}

impl Organisation {
    fn of(sheets: &OrganisationSheets) -> Self {
        let (mut catalogue, mut problems) = (Catalogue::default(), Report::default());
        let of_units = sheets.units.iter().map(|sheet| sheet.0.clone()).collect();
        let units = units::resolve(of_units, &mut catalogue, &mut problems);
        let of_plans = sheets.plans.iter().map(|sheet| sheet.0.clone()).collect();
        let nodes = plans::resolve(of_plans, &units, &mut catalogue, &mut problems);
        translations::lay_over_organisation(sheets.translations.clone(), &mut catalogue, &mut problems);
        Self { catalogue, units, nodes, problems }
    }

    /// The administration of a unit, where both are known.
    fn administration(&self, unit: Option<UnitId>) -> Option<UnitId> {
        self.units.administration(&self.catalogue, unit?)
    }

    /// The unit that a reference names, as [`Units::find`] finds it.
    fn unit(&self, written: &str, near: Option<UnitId>, at: (FileId, KeyPath), report: &mut Report) -> Option<UnitId> {
        self.units.find(&self.catalogue, written, near, at, report)
    }
}

impl ExcludedRecords {
    fn add(&mut self, code: &str, origin: &Origin) {
        self.names.push(code.to_owned());
        self.targets.extend([code.into(), (*origin.path).into()]);
    }
}

/// Takes the drafts out, and the updates of projects that are drafts. Gives the names by which others may refer to them:
/// a reference to what isn't published yet is no mistake, and leads nowhere until it is.
fn take_excluded(sheets: &mut Sheets) -> ExcludedRecords {
    let mut excluded = ExcludedRecords::default();
    for sheet in sheets.objectives.extract_if(.., |sheet| sheet.fields.draft == Some(true)) {
        excluded.add(sheet.fields.code.as_ref().unwrap_or(&sheet.stem), &sheet.origin);
    }
    let mut folders = HashSet::new();
    for sheet in sheets.projects.extract_if(.., |sheet| sheet.fields.draft == Some(true)) {
        sheet.fields.code.iter().for_each(|code| excluded.add(code, &sheet.origin));
        excluded.add(&sheet.folder, &sheet.origin);
        folders.insert(sheet.folder.clone());
    }
    let is_out = |sheet: &Arc<Sheet<UpdateFields>>| sheet.fields.draft == Some(true) || folders.contains(&sheet.folder);
    let updates = sheets
        .updates
        .extract_if(.., |sheet| is_out(sheet))
        .map(|sheet| sheet.origin.path.clone());
    excluded.targets.extend(updates.map(|path| Box::from(&*path)));
    let is_out = |sheet: &mut Arc<Sheet<PageFields>>| sheet.fields.draft == Some(true);
    let pages = sheets.pages.extract_if(.., is_out).map(|sheet| sheet.origin.path.clone());
    excluded.targets.extend(pages.map(|path| Box::from(&*path)));
    excluded
}
