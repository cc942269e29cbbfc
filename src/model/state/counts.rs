//! Counts of states.

use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Number of things in each state: years, units and plan nodes are the sum of their parts, never
/// a mean of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StateCounts<S: Ord>(BTreeMap<S, u32>);

impl<S: Copy + Ord> StateCounts<S> {
    /// Counts one more thing in `state`.
    pub(crate) fn add(&mut self, state: S) {
        *self.0.entry(state).or_default() += 1;
    }

    /// Number of things in `state`.
    pub(crate) fn get(&self, state: S) -> u32 {
        self.0.get(&state).copied().unwrap_or_default()
    }

    /// Number of all things.
    pub(crate) fn total(&self) -> u32 {
        self.0.values().sum()
    }

    /// The states that something is in, with their counts, in the order in which people are shown
    /// them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (S, u32)> + '_ {
        self.0.iter().map(|(&state, &count)| (state, count))
    }
}

impl<S: Ord> Default for StateCounts<S> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<S: Copy + Ord> FromIterator<S> for StateCounts<S> {
    fn from_iter<I: IntoIterator<Item = S>>(states: I) -> Self {
        let mut counts = Self::default();
        for state in states {
            counts.add(state);
        }
        counts
    }
}

impl<S: Copy + Ord> AddAssign<&Self> for StateCounts<S> {
    fn add_assign(&mut self, other: &Self) {
        for (state, count) in other.iter() {
            *self.0.entry(state).or_default() += count;
        }
    }
}
