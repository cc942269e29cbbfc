//! Type of a rule, and the input of all rules.

use jiff::civil::Date;

use super::persons::Persons;
use super::texts::{RecordTexts, SourceText};
use crate::catalogue::Catalogue;
use crate::diagnostic::{Code, Diagnostic, Profile, Rules};
use crate::incremental::fingerprint;
use crate::model::{Publication, Settings};

/// Input of all rules.
pub(super) struct RuleContext<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) settings: &'a Settings,
    pub(super) rules: &'a Rules,
    pub(super) as_of: Date,
    /// Persons whom the site names.
    pub(super) persons: Persons<'a>,
}

/// A rule, or a tight family of them.
pub(super) struct Rule {
    pub(super) profile: Profile,
    /// Codes of its findings.
    pub(super) codes: &'static [Code],
    pub(super) check: RuleInput,
}

/// The function of a rule, by its input.
#[derive(Clone, Copy)]
pub(super) enum RuleInput {
    /// All records.
    Records(fn(&RuleContext<'_>) -> Vec<Diagnostic>),
    /// One text of a record, with the unit and the last day of the record.
    Texts(fn(&RuleContext<'_>, &RecordTexts<'_>, &SourceText<'_>) -> Vec<Diagnostic>),
}

impl RuleContext<'_> {
    /// Fingerprint of all that decides what is found in a text, beside the text and its record.
    pub(super) fn fingerprint(&self) -> u64 {
        let Publication { names, keep_years } = self.settings.people;
        let on = Profile::ALL.map(|(profile, _)| self.rules.has(profile));
        let units = self.catalogue.units.iter().map(|unit| {
            let heads: Vec<Option<&str>> = unit.heads.iter().map(|head| head.person().name()).collect();
            (unit.parent, heads)
        });
        fingerprint(&(names, keep_years, self.as_of, on, units.collect::<Vec<_>>(), self.persons.names()))
    }
}
