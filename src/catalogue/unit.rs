//! The organisation: a forest of units whose roots are the administrations (W3C ORG, COV-AP_IT).

use std::collections::HashSet;
use std::ops::Deref;

use super::UnitId;
use crate::model::{Head, Origin, Person, Translation};
use crate::parse::UnitFields;

/// One office, service, directorate or a whole administration. Parent, children, root and successor exist.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) fields: UnitFields,
    /// The path-like name by which files refer to it, such as `firenze/servizi-sociali`.
    pub(crate) id: String,
    /// The unit that it is part of; none for an administration.
    pub(crate) parent: Option<UnitId>,
    /// The units that are part of it, in the order of the file.
    pub(crate) children: Vec<UnitId>,
    /// The administration that it belongs to: itself for a root.
    pub(crate) root: UnitId,
    /// Heads with their years.
    pub(crate) heads: Heads,
    /// The unit that took over its tasks.
    pub(crate) succeeded_by: Option<UnitId>,
    /// The files that give its words in other languages.
    pub(crate) translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

sheet_and_ties! {
    Unit.fields: UnitFields;
}

/// Heads of a unit, found by name too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heads {
    list: Vec<Head>,
    names: HashSet<Option<Box<str>>>,
}

impl From<Vec<Head>> for Heads {
    fn from(list: Vec<Head>) -> Self {
        let names = list.iter().map(|head| head.person().name().map(Box::from)).collect();
        Self { list, names }
    }
}

impl Deref for Heads {
    type Target = [Head];

    fn deref(&self) -> &[Head] {
        &self.list
    }
}

impl Heads {
    /// True if one of them is the person, by name.
    pub(crate) fn has(&self, person: &Person) -> bool {
        !self.list.is_empty() && self.names.contains(&person.name().map(Box::from))
    }
}
