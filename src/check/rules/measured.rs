//! Indicators of all records, with their places.

use crate::catalogue::{Catalogue, Indicator, UnitId};
use crate::diagnostic::{Code, Diagnostic, KeyPath};
use crate::model::Origin;

/// An indicator of an objective or an expected result of a project, with its place.
pub(super) struct PlacedIndicator<'c> {
    pub(super) origin: &'c Origin,
    /// Unit that answers for it.
    pub(super) unit: UnitId,
    list: &'static str,
    index: usize,
    pub(super) indicator: &'c Indicator,
}

impl PlacedIndicator<'_> {
    pub(super) fn path(&self) -> KeyPath {
        KeyPath::of(self.list).index(self.index)
    }

    pub(super) fn problem(&self, code: Code, key: &'static str) -> Diagnostic {
        Diagnostic::new(code, self.origin.file, self.path().key(key))
    }
}

/// All indicators of a catalogue.
pub(super) fn measured(catalogue: &Catalogue) -> impl Iterator<Item = PlacedIndicator<'_>> {
    let objectives = catalogue.objectives.iter().flat_map(|objective| {
        let (origin, unit) = (&objective.origin, objective.unit);
        let each = objective.indicators.iter().enumerate();
        each.map(move |(index, indicator)| PlacedIndicator { origin, unit, list: "indicators", index, indicator })
    });
    let projects = catalogue.projects.iter().flat_map(|project| {
        let (origin, unit) = (&project.origin, project.unit);
        let each = project.expected_results.iter().enumerate();
        each.map(move |(index, indicator)| PlacedIndicator { origin, unit, list: "expected_results", index, indicator })
    });
    objectives.chain(projects)
}
