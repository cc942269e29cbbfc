//! Indicators over the years.

use super::{ObjectiveId, UnitId};

/// One indicator over the years: the indicators that carry the same series in one administration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// The name that the indicators share.
    pub slug: String,
    /// The administration.
    pub administration: UnitId,
    /// Its indicators, oldest year first.
    pub points: Vec<SeriesPoint>,
}

/// One indicator of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesPoint {
    /// The objective.
    pub objective: ObjectiveId,
    /// The indicator's place in the objective, from 0.
    pub indicator: usize,
}
