//! Counter of the steps of work whose number could grow with the square of the input, for tests of its growth. Nothing else
//! reads the count, and a release counts nothing.

#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicUsize, Ordering};

#[cfg(debug_assertions)]
static STEPS: AtomicUsize = AtomicUsize::new(0);

/// Counts some steps.
#[cfg(debug_assertions)]
pub(crate) fn count(steps: usize) {
    STEPS.fetch_add(steps, Ordering::Relaxed);
}

/// Counts some steps.
#[cfg(not(debug_assertions))]
pub(crate) const fn count(_: usize) {}

/// Number of the steps that all threads of this process have counted so far.
#[cfg(debug_assertions)]
pub fn counted() -> usize {
    STEPS.load(Ordering::Relaxed)
}
