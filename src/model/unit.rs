//! The organisation: a forest of units whose roots are the administrations (W3C ORG, COV-AP_IT).

use std::collections::HashSet;
use std::ops::Deref;

use super::{Head, Origin, Person, Translated, Translation, UnitId, Written};

/// One office, service, directorate or a whole administration. Parent, children, root and successor exist.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The path-like name by which files refer to it, such as `firenze/servizi-sociali`.
    pub id: String,
    /// The official name.
    pub name: Translated<String>,
    /// Kind, in the administration's own word: comune, direzione, servizio.
    pub kind: Translated<Option<String>>,
    /// Its task, in a line.
    pub description: Translated<Option<String>>,
    /// The unit that it is part of; none for an administration.
    pub parent: Option<UnitId>,
    /// The units that are part of it, in the order of the file.
    pub children: Vec<UnitId>,
    /// The administration that it belongs to: itself for a root.
    pub root: UnitId,
    /// Its heads with their years.
    pub heads: Heads,
    /// Names that old exports cut short or wrote otherwise.
    pub aliases: Vec<String>,
    /// The unit that took over its tasks.
    pub succeeded_by: Option<UnitId>,
    /// Its code in the index of public administrations (IPA).
    pub ipa: Option<String>,
    /// Contact of the office (not of a person).
    pub contact: Option<Contact>,
    /// The files that give its words in other languages.
    pub translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub origin: Origin,
}

/// Heads of a unit, found by name too.
#[derive(Clone, Debug, Default)]
pub struct Heads {
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
    pub fn has(&self, person: &Person) -> bool {
        !self.list.is_empty() && self.names.contains(&person.name().map(Box::from))
    }
}

/// Contact of an office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Contact {
    /// An office's e-mail address.
    pub email: Option<String>,
    /// Certified e-mail (PEC).
    pub pec: Option<String>,
    /// A telephone number as written.
    pub phone: Option<String>,
    /// A postal address in one line.
    pub address: Option<String>,
    /// The office's page.
    pub url: Option<Written<Option<String>>>,
}
