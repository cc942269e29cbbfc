//! The units and plans of a site, to which all other records refer.

use super::plans::{self, Nodes};
use super::translations::{self, AppliedTranslation, Translations};
use super::units::{self, Units};
use crate::catalogue::{Catalogue, UnitId};
use crate::diagnostic::{KeyPath, Report};
use crate::incremental::ByPointer;
use crate::model::FileId;
use crate::parse::{PlanFields, Sheet, Sheets, UnitFields};

/// Units and plans, with the names by which records refer to them.
#[derive(Debug)]
pub(super) struct Organisation {
    /// Units and plans alone.
    pub(super) catalogue: Catalogue,
    pub(super) units: Units,
    pub(super) nodes: Nodes,
    pub(super) problems: Report,
}

/// Everything that an organisation is made of.
#[derive(Debug, PartialEq)]
pub(super) struct OrganisationSheets {
    units: Vec<ByPointer<Sheet<UnitFields>>>,
    plans: Vec<ByPointer<Sheet<PlanFields>>>,
    translations: Vec<AppliedTranslation>,
}

impl OrganisationSheets {
    /// Takes the sheets of units and plans, and their translations.
    pub(super) fn take(sheets: &mut Sheets, translations: &mut Translations) -> Self {
        let (units, plans) = (std::mem::take(&mut sheets.units), std::mem::take(&mut sheets.plans));
        // All units are in one file.
        let origins = units.first().map(|unit| &unit.origin).into_iter();
        let origins = origins.chain(plans.iter().map(|plan| &plan.origin));
        let translations = origins.flat_map(|origin| translations.take(origin)).collect();
        let (units, plans) = (units.into_iter().map(ByPointer), plans.into_iter().map(ByPointer));
        Self { units: units.collect(), plans: plans.collect(), translations }
    }
}

impl Organisation {
    pub(super) fn of(sheets: &OrganisationSheets) -> Self {
        let (mut catalogue, mut problems) = (Catalogue::default(), Report::default());
        let unit_sheets = sheets.units.iter().map(|sheet| sheet.0.clone()).collect();
        let units = units::resolve(unit_sheets, &mut catalogue, &mut problems);
        let plan_sheets = sheets.plans.iter().map(|sheet| sheet.0.clone()).collect();
        let nodes = plans::resolve(plan_sheets, &units, &mut catalogue, &mut problems);
        translations::lay_over_organisation(sheets.translations.clone(), &mut catalogue, &mut problems);
        Self { catalogue, units, nodes, problems }
    }

    /// The administration of a unit. Returns `None` if either is unknown.
    pub(super) fn administration(&self, unit: Option<UnitId>) -> Option<UnitId> {
        self.units.administration(&self.catalogue, unit?)
    }

    /// The unit that a reference names, as [`Units::find`] finds it.
    pub(super) fn unit(
        &self,
        written: &str,
        near: Option<UnitId>,
        at: (FileId, KeyPath),
        report: &mut Report,
    ) -> Option<UnitId> {
        self.units.find(&self.catalogue, written, near, at, report)
    }
}
