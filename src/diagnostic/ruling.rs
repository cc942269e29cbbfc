use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::code::Code;

/// Level that a site or record gives to the findings of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Level {
    /// Nothing is published until it is corrected.
    Error,
    /// Reported.
    Warning,
    /// Kept, and shown only on request (`--show-silenced`).
    Off,
}

impl Level {
    /// Every level with its names in files.
    pub(crate) const ALL: [(Self, &'static str); 6] = [
        (Self::Error, "error"),
        (Self::Warning, "warning"),
        (Self::Off, "off"),
        (Self::Error, "errore"),
        (Self::Warning, "avviso"),
        (Self::Off, "spenta"),
    ];
}

/// Ruling of a site or a record on a code, with its reason, which is never blank.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Ruling {
    /// The level.
    pub(crate) level: Level,
    /// The reason.
    pub(crate) reason: String,
}

/// Rulings by code. None of the codes [forbids publishing](Code::severity) by itself.
pub(crate) type Rulings = BTreeMap<Code, Arc<Ruling>>;
