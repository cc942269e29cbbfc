//! What was found wrong in the rounds of one kind.

use std::fmt;
use std::time::Duration;

use super::run::Ended;

/// The most memory that a run on a small site may take.
const MEMORY: u64 = 1 << 30;

/// What can be wrong after a round.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// A published file is neither of the old edition nor of the new one, or is gone, or a link of it leads nowhere.
    Torn,
    /// The next build leaves another folder than one from nothing.
    Missed,
    Panic,
    Hang,
    /// The program ended with a code that doesn't fit, or said nothing that helps.
    Code,
    /// Something else: a file outside of the published folder was touched, something was left lying.
    Other,
}

/// The faults of some rounds, with the most time and memory that one run took.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) rounds: usize,
    counts: [usize; 6],
    slowest: Duration,
    memory: u64,
    /// Each fault with the round that shows it.
    pub(crate) told: Vec<String>,
}

impl Found {
    pub(crate) fn add(&mut self, fault: Fault, words: impl Into<String>) {
        self.counts[fault as usize] += 1;
        self.told.push(words.into());
    }

    /// Takes note of a run, which must have ended with one of these codes; none stands for a signal.
    pub(crate) fn ended(&mut self, ended: &Ended, codes: &[Option<i32>], what: &str) -> bool {
        self.slowest = self.slowest.max(ended.time);
        self.memory = self.memory.max(ended.memory);
        let fault = if ended.hung {
            Fault::Hang
        } else if ended.said.contains("panicked at") || ended.code == Some(101) {
            Fault::Panic
        } else if !codes.contains(&ended.code) {
            Fault::Code
        } else if ended.memory > MEMORY {
            Fault::Other
        } else {
            return true;
        };
        let said = ended.said.find("vetro: ").map_or(&*ended.said, |at| &ended.said[at..]);
        self.add(fault, format!("{what}: ended with {:?}, {} bytes in memory: {said}", ended.code, ended.memory));
        false
    }

    pub(crate) fn extend(&mut self, other: Self) {
        self.rounds += other.rounds;
        self.counts.iter_mut().zip(other.counts).for_each(|(count, more)| *count += more);
        self.slowest = self.slowest.max(other.slowest);
        self.memory = self.memory.max(other.memory);
        self.told.extend(other.told);
    }

    /// The names of the columns.
    pub(crate) const HEAD: [&str; 9] =
        ["rounds", "torn", "missed", "panics", "hangs", "codes", "other", "worst s", "worst MB"];
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>10}", self.rounds)?;
        self.counts.iter().try_for_each(|count| write!(f, "{count:>10}"))?;
        write!(f, "{:>10.2}{:>10}", self.slowest.as_secs_f64(), self.memory >> 20)
    }
}
