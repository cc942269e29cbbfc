//! Indicators over the years.

use super::{ObjectiveId, UnitId};

/// One indicator over the years: the indicators that carry the same series in one administration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    /// The name that the indicators share.
    pub(crate) slug: String,
    /// The administration.
    pub(crate) administration: UnitId,
    /// Indicators, oldest year first.
    pub(crate) points: Vec<SeriesPoint>,
}

/// One indicator of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SeriesPoint {
    /// The objective.
    pub(crate) objective: ObjectiveId,
    /// The indicator's place in the objective, from 0.
    pub(crate) indicator: usize,
}
