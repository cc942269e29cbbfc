//! Drafts to a catalogue: every reference becomes the thing itself, or a problem.
//!
//! A rule about what is absent waits while references dangle, so that one mistake gives one message: a record whose
//! unit isn't known is not asked for the codes of that unit's administration.

mod ahead;
mod beside;
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
use crate::parse::{Draft, Drafts, PageDraft, PlanDraft, UnitDraft, UpdateDraft};
use beside::Beside;
use plans::Nodes;
use records::Records;
use translations::{Told, Translations};
use units::Units;

/// Whether records marked `draft` are part of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// They are, as `--drafts` wants.
    Shown,
    /// They aren't.
    LeftOut,
}

/// What was made of the drafts of a site, for the next time, when most of them are the same.
#[derive(Debug, Default)]
pub struct Memory {
    ground: Option<Ground>,
    records: Records,
}

/// Resolves every name in the drafts, and lays what was written in other languages of the site over its records. The
/// catalogue is whole only where the report has no error. Nothing in it is dated after the day `as_of`.
///
/// With a memory of the last time, a record that is made of the same as then is the same, and shared.
pub fn catalogue(
    mut drafts: Drafts,
    languages: &[Lang],
    unfinished: Unfinished,
    as_of: Date,
    memory: Option<&mut Memory>,
) -> (Catalogue, Report) {
    let mut report = Report::default();
    let mut files = Beside::of(&mut drafts, unfinished, as_of, &mut report);
    let mut translations = Translations::of(&mut drafts, languages, &mut report);
    let mut left_out = if unfinished == Unfinished::LeftOut { leave_out(&mut drafts) } else { LeftOut::default() };
    left_out.ahead = ahead::leave_out(&mut drafts, as_of, &mut report);
    // A text may link to what is published later, as it may to a draft.
    let ahead = left_out.ahead.iter().map(|draft| Box::from(&*draft.origin.path));
    left_out.targets.extend(ahead);
    let sheets = Sheets::of(&mut drafts, &mut translations);
    let Some(memory) = memory else {
        let ground = Ground::of(sheets, None);
        let catalogue = records::resolve(drafts, left_out, &ground, &mut translations, &mut files, None, &mut report);
        report.extend(ground.problems);
        return (catalogue, report);
    };
    let known = memory.ground.take().filter(|ground| ground.sheets.as_ref() == Some(&sheets));
    let ground = known.unwrap_or_else(|| {
        memory.records = Records::default();
        Ground::of(sheets.clone(), Some(sheets))
    });
    let records = Some(&mut memory.records);
    let catalogue = records::resolve(drafts, left_out, &ground, &mut translations, &mut files, records, &mut report);
    report.extend(ground.problems.clone());
    memory.ground = Some(ground);
    (catalogue, report)
}

/// Records that aren't part of the site yet.
#[derive(Default)]
struct LeftOut {
    /// The codes of drafts, by which references name them.
    names: Vec<String>,
    /// The codes of drafts, and the paths of their files below the site's root, by which texts link to them.
    targets: Vec<Box<str>>,
    /// The updates whose day hasn't come.
    ahead: Vec<Arc<Draft<UpdateDraft>>>,
}

/// What records refer to: the organisation and its plans, with the names that these have.
#[derive(Debug)]
struct Ground {
    /// Units and plans alone.
    catalogue: Catalogue,
    units: Units,
    nodes: Nodes,
    problems: Report,
    /// What it was made of, where somebody wants to know.
    sheets: Option<Sheets>,
}

/// What the ground is made of.
#[derive(Clone, Debug)]
struct Sheets {
    units: Vec<Arc<Draft<UnitDraft>>>,
    plans: Vec<Arc<Draft<PlanDraft>>>,
    told: Vec<Told>,
}

impl PartialEq for Sheets {
    fn eq(&self, other: &Self) -> bool {
        are_alike(&self.units, &other.units, |_, _| false)
            && are_alike(&self.plans, &other.plans, |_, _| false)
            && self.told == other.told
    }
}

impl Sheets {
    fn of(drafts: &mut Drafts, translations: &mut Translations) -> Self {
        let (units, plans) = (std::mem::take(&mut drafts.units), std::mem::take(&mut drafts.plans));
        // All units lie in one file.
        let origins = units.first().map(|unit| &unit.origin).into_iter();
        let origins = origins.chain(plans.iter().map(|plan| &plan.origin));
        let told = origins.flat_map(|origin| translations.take(origin)).collect();
        Self { units, plans, told }
    }
}

impl Ground {
    fn of(made_of: Sheets, sheets: Option<Sheets>) -> Self {
        let (mut catalogue, mut problems) = (Catalogue::default(), Report::default());
        let units = units::resolve(made_of.units, &mut catalogue, &mut problems);
        let nodes = plans::resolve(made_of.plans, &units, &mut catalogue, &mut problems);
        translations::lay_over_ground(made_of.told, &mut catalogue, &mut problems);
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

impl LeftOut {
    fn add(&mut self, code: &str, origin: &Origin) {
        self.names.push(code.to_owned());
        self.targets.extend([code.into(), (*origin.path).into()]);
    }
}

/// Takes the drafts out, and the updates of projects that are drafts. Gives the names by which others may refer to them:
/// a reference to what isn't published yet is no mistake, and leads nowhere until it is.
fn leave_out(drafts: &mut Drafts) -> LeftOut {
    let mut left_out = LeftOut::default();
    for draft in drafts.objectives.extract_if(.., |draft| draft.fields.draft == Some(true)) {
        left_out.add(draft.fields.code.as_ref().unwrap_or(&draft.stem), &draft.origin);
    }
    let mut folders = HashSet::new();
    for draft in drafts.projects.extract_if(.., |draft| draft.fields.draft == Some(true)) {
        draft.fields.code.iter().for_each(|code| left_out.add(code, &draft.origin));
        left_out.add(&draft.folder, &draft.origin);
        folders.insert(draft.folder.clone());
    }
    let is_out = |draft: &Arc<Draft<UpdateDraft>>| draft.fields.draft == Some(true) || folders.contains(&draft.folder);
    let updates = drafts
        .updates
        .extract_if(.., |draft| is_out(draft))
        .map(|draft| draft.origin.path.clone());
    left_out.targets.extend(updates.map(|path| Box::from(&*path)));
    let is_out = |draft: &mut Arc<Draft<PageDraft>>| draft.fields.draft == Some(true);
    let pages = drafts.pages.extract_if(.., is_out).map(|draft| draft.origin.path.clone());
    left_out.targets.extend(pages.map(|path| Box::from(&*path)));
    left_out
}
