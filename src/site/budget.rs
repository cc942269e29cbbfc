//! Amounts of projects, added up.

use std::hash::{Hash, Hasher};

use crate::catalogue::{Catalogue, ProjectId};
use crate::model::Amount;

/// Planned costs of several projects together. Those that were called off are not counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// The sum of the amounts that are known.
    pub(crate) total: Amount,
    /// Number of projects with an amount.
    pub(crate) known: usize,
    /// Number of projects without one.
    pub(crate) silent: usize,
    /// Number of projects that were called off.
    pub(crate) cancelled: usize,
}

impl Hash for Budget {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { total, known, silent, cancelled } = self;
        (total.parts(), known, silent, cancelled).hash(state);
    }
}

impl Budget {
    /// Returns `None` if no amount is known, or if they are of several currencies.
    pub(super) fn of(catalogue: &Catalogue, projects: &[ProjectId]) -> Option<Self> {
        let counted: Vec<ProjectId> = projects.iter().copied().filter(|id| !catalogue.is_cancelled(*id)).collect();
        let mut amounts = counted.iter().filter_map(|id| Some(*catalogue[*id].amount()?.read()?));
        let first = amounts.next()?;
        let (total, known) =
            amounts.try_fold((first, 1), |(sum, n), amount| Some((sum.checked_add(amount).ok()?, n + 1)))?;
        let (silent, cancelled) = (counted.len() - known, projects.len() - counted.len());
        Some(Self { total, known, silent, cancelled })
    }
}
