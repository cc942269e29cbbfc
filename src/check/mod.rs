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
use crate::model::{Catalogue, FileId, Lang, Origin, UnitId, are_alike};
use crate::parse::{PageFields, PlanFields, Sheet, Sheets, UnitFields, UpdateFields};
use attachments::AttachmentIndex;
use plans::Nodes;
use records::Records;
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

/// What was made of the drafts of a site, for the next time, when most of them are the same.
#[derive(Debug, Default)]
pub struct Memory {
    organisation: Option<Organisation>,
    records: Records,
}

/// Resolves every name in the drafts, and lays what was written in other languages of the site over its records. The
/// catalogue is whole only where the report has no error. Nothing in it is dated after the day `as_of`.
///
/// With a memory of the last time, a record that is made of the same as then is the same, and shared.
pub fn catalogue(
    mut sheets: Sheets,
    languages: &[Lang],
    drafts: Drafts,
    as_of: Date,
    memory: Option<&mut Memory>,
) -> (Catalogue, Report) {
    let mut report = Report::default();
    let mut files = AttachmentIndex::of(&mut sheets, drafts, as_of, &mut report);
    let mut translations = Translations::of(&mut sheets, languages, &mut report);
    let mut excluded = if drafts == Drafts::Exclude { take_excluded(&mut sheets) } else { ExcludedRecords::default() };
    excluded.ahead = future_updates::take_excluded(&mut sheets, as_of, &mut report);
    // A text may link to what is published later, as it may to a draft.
    let ahead = excluded.ahead.iter().map(|sheet| Box::from(&*sheet.origin.path));
    excluded.targets.extend(ahead);
    let organisation_sheets = OrganisationSheets::of(&mut sheets, &mut translations);
    let Some(memory) = memory else {
        let organisation = Organisation::of(organisation_sheets, None);
        let catalogue =
            records::resolve(sheets, excluded, &organisation, &mut translations, &mut files, None, &mut report);
        report.extend(organisation.problems);
        return (catalogue, report);
    };
    let known = memory
        .organisation
        .take()
        .filter(|organisation| organisation.sheets.as_ref() == Some(&organisation_sheets));
    let organisation = known.unwrap_or_else(|| {
        memory.records = Records::default();
        Organisation::of(organisation_sheets.clone(), Some(organisation_sheets))
    });
    let records = Some(&mut memory.records);
    let catalogue =
        records::resolve(sheets, excluded, &organisation, &mut translations, &mut files, records, &mut report);
    report.extend(organisation.problems.clone());
    memory.organisation = Some(organisation);
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
    /// What it was made of, where somebody wants to know.
    sheets: Option<OrganisationSheets>,
}

/// What the ground is made of.
#[derive(Clone, Debug)]
struct OrganisationSheets {
    units: Vec<Arc<Sheet<UnitFields>>>,
    plans: Vec<Arc<Sheet<PlanFields>>>,
    told: Vec<AppliedTranslation>,
}

impl PartialEq for OrganisationSheets {
    fn eq(&self, other: &Self) -> bool {
        are_alike(&self.units, &other.units, |_, _| false)
            && are_alike(&self.plans, &other.plans, |_, _| false)
            && self.told == other.told
    }
}

impl OrganisationSheets {
    fn of(sheets: &mut Sheets, translations: &mut Translations) -> Self {
        let (units, plans) = (std::mem::take(&mut sheets.units), std::mem::take(&mut sheets.plans));
        // All units lie in one file.
        let origins = units.first().map(|unit| &unit.origin).into_iter();
        let origins = origins.chain(plans.iter().map(|plan| &plan.origin));
        let told = origins.flat_map(|origin| translations.take(origin)).collect();
        Self { units, plans, told }
    }
}

impl Organisation {
    fn of(made_of: OrganisationSheets, sheets: Option<OrganisationSheets>) -> Self {
        let (mut catalogue, mut problems) = (Catalogue::default(), Report::default());
        let units = units::resolve(made_of.units, &mut catalogue, &mut problems);
        let nodes = plans::resolve(made_of.plans, &units, &mut catalogue, &mut problems);
        translations::lay_over_organisation(made_of.told, &mut catalogue, &mut problems);
        Self { catalogue, units, nodes, problems, sheets }
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
