//! Names of officials, who are responsible and persons, and the years for which they are published.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

vocabulary! {
    /// Whose names are published.
    pub(crate) enum NamePolicy [name_policies] {
        /// Heads of units by name, everybody else by role.
        Executives = "executives",
        /// Everybody who is responsible for something.
        All = "all",
        /// Nobody.
        None = "none",
    }
}

/// Policy of a site on the persons who are responsible for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Publication {
    /// Whose names.
    pub(crate) names: NamePolicy,
    /// For how many years names stay, counted from the 1 January after the record's last day, as
    /// the terms of D.Lgs. 14 marzo 2013 n. 33, art. 8 comma 3 are; `None` for ever.
    pub(crate) keep_years: Option<u16>,
}

/// Every `Person` has a name or a role, or both; neither is blank.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Person {
    name: Option<String>,
    role: Option<String>,
}

/// Every `Head` is a person at the head of a unit, for years that are in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Head {
    person: Person,
    from: Option<i16>,
    to: Option<i16>,
}

/// Parts of a person that may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named<'a> {
    /// The name, after the role if there is one.
    Full {
        /// The role.
        role: Option<&'a str>,
        /// The name.
        name: &'a str,
    },
    /// The role only.
    RoleOnly(&'a str),
    /// Neither: the name must not be shown, and no role was written.
    Unnamed,
}

/// Error of years that are not those of a head of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{from} to {to} are no years in order")]
pub(crate) struct YearsOutOfOrder {
    /// The first year.
    pub(crate) from: i16,
    /// The last year, before the first.
    pub(crate) to: i16,
}

impl Person {
    /// A person of a name, a role or both; `None` if both are blank.
    pub(crate) fn new(name: &str, role: &str) -> Option<Self> {
        let filled = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let (name, role) = (filled(name), filled(role));
        (name.is_some() || role.is_some()).then_some(Self { name, role })
    }

    /// Reads `NAME - ROLE`, as the sheets write it: the first dash with a space beside it parts the
    /// two. Words without such a dash are a name, so that no name is ever taken for a role.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (name, role) = text
            .char_indices()
            .filter(|&(_, c)| matches!(c, '-' | '\u{2013}' | '\u{2014}'))
            .map(|(place, dash)| (&text[..place], &text[place + dash.len_utf8()..]))
            .find(|(name, role)| name.ends_with(char::is_whitespace) || role.starts_with(char::is_whitespace))
            .unwrap_or((text, ""));
        Self::new(name, role)
    }

    /// The name, whether or not it may be shown: ask [`Publication::display`] first.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The role.
    pub(crate) fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }
}

impl Head {
    /// A head of a unit from one year to another, both included; `None` is open.
    pub(crate) fn new(person: Person, from: Option<i16>, to: Option<i16>) -> Result<Self, YearsOutOfOrder> {
        match (from, to) {
            (Some(from), Some(to)) if to < from => Err(YearsOutOfOrder { from, to }),
            _ => Ok(Self { person, from, to }),
        }
    }

    /// The person.
    pub(crate) fn person(&self) -> &Person {
        &self.person
    }

    /// The first year, if it is known.
    pub(crate) fn from(&self) -> Option<i16> {
        self.from
    }

    /// The last year, if there is one.
    pub(crate) fn to(&self) -> Option<i16> {
        self.to
    }

    /// True if the person was at the head in that year.
    pub(crate) fn in_year(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

impl Publication {
    /// Parts of a person that may be shown on the day `as_of`, beside a record whose last day is
    /// `record_last_day` (`None` while it has no end).
    ///
    /// After the term of publication the name goes and the role stays.
    pub(crate) fn display<'a>(
        &self,
        person: &'a Person,
        is_head_of_unit: bool,
        record_last_day: Option<Date>,
        as_of: Date,
    ) -> Named<'a> {
        let is_public = match self.names {
            NamePolicy::All => true,
            NamePolicy::Executives => is_head_of_unit,
            NamePolicy::None => false,
        };
        let name = person.name().filter(|_| is_public && !self.is_term_over(record_last_day, as_of));
        match (name, person.role()) {
            (Some(name), role) => Named::Full { role, name },
            (None, Some(role)) => Named::RoleOnly(role),
            (None, None) => Named::Unnamed,
        }
    }

    fn is_term_over(&self, record_last_day: Option<Date>, as_of: Date) -> bool {
        match (self.keep_years, record_last_day) {
            // From the 1 January of a year on is in that year or after it.
            (Some(years), Some(last_day)) => i32::from(as_of.year()) > i32::from(last_day.year()) + i32::from(years),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_person_is_read_as_name_and_role() {
        for (written, name, role) in [
            (
                "MALTONI DANIELE - PO MARGINALITA' E IMMIGRAZIONE",
                Some("MALTONI DANIELE"),
                Some("PO MARGINALITA' E IMMIGRAZIONE"),
            ),
            ("VERNA MARCO – P.O. INCLUSIONE SOCIALE", Some("VERNA MARCO"), Some("P.O. INCLUSIONE SOCIALE")),
            (
                "Rossi-Bianchi Anna - Direttrice - ad interim",
                Some("Rossi-Bianchi Anna"),
                Some("Direttrice - ad interim"),
            ),
            ("Foti Filippo- Dirigente", Some("Foti Filippo"), Some("Dirigente")),
            ("Foti Filippo", Some("Foti Filippo"), None),
            ("- Dirigente", None, Some("Dirigente")),
        ] {
            let person = Person::read(written).unwrap();
            assert_eq!(person.name(), name, "{written}");
            assert_eq!(person.role(), role, "{written}");
        }
        for blank in ["", "  ", " - "] {
            assert_eq!(Person::read(blank), None);
        }
        assert_eq!(Person::new(" ", ""), None);
    }

    #[test]
    fn names_follow_the_policy_and_roles_always_stay() {
        let person = Person::read("Maltoni Daniele - PO Marginalità").unwrap();
        let role = Some("PO Marginalità");
        let full = Named::Full { role, name: "Maltoni Daniele" };
        let only = Named::RoleOnly("PO Marginalità");
        let today = date(2026, 1, 1);
        for (names, is_head, shown) in [
            (NamePolicy::All, false, full),
            (NamePolicy::All, true, full),
            (NamePolicy::Executives, true, full),
            (NamePolicy::Executives, false, only),
            (NamePolicy::None, true, only),
            (NamePolicy::None, false, only),
        ] {
            let publication = Publication { names, keep_years: None };
            assert_eq!(publication.display(&person, is_head, None, today), shown);
        }
    }

    #[test]
    fn a_name_without_a_role_leaves_nothing_when_it_goes() {
        let person = Person::read("Maltoni Daniele").unwrap();
        let publication = Publication { names: NamePolicy::Executives, keep_years: None };
        let today = date(2026, 1, 1);
        assert_eq!(publication.display(&person, false, None, today), Named::Unnamed);
    }

    #[test]
    fn names_go_when_their_term_is_over() {
        let person = Person::read("Licitra Alessandro - Dirigente").unwrap();
        let last_day = Some(date(2020, 12, 31));
        let is_named = |keep_years, last_day, as_of| {
            let publication = Publication { names: NamePolicy::All, keep_years };
            matches!(publication.display(&person, true, last_day, as_of), Named::Full { .. })
        };
        // Five years from 1 January 2021.
        assert!(is_named(Some(5), last_day, date(2025, 12, 31)));
        assert!(!is_named(Some(5), last_day, date(2026, 1, 1)));
        // The term begins in the January after, whatever the day of the year.
        assert!(is_named(Some(5), Some(date(2020, 1, 1)), date(2025, 12, 31)));
        assert!(is_named(Some(0), last_day, date(2020, 12, 31)));
        assert!(!is_named(Some(0), last_day, date(2021, 1, 1)));
        assert!(is_named(None, last_day, date(2099, 1, 1)));
        assert!(is_named(Some(5), None, date(2099, 1, 1)));
        assert!(is_named(Some(u16::MAX), last_day, date(9999, 1, 1)));
    }

    #[test]
    fn a_head_is_one_in_its_years() {
        let person = || Person::new("Foti Filippo", "Dirigente").unwrap();
        let head = Head::new(person(), Some(2017), Some(2018)).unwrap();
        let years: Vec<_> = (2015..2021).filter(|&year| head.in_year(year)).collect();
        assert_eq!(years, [2017, 2018]);
        assert!(Head::new(person(), None, Some(2018)).unwrap().in_year(1990));
        assert!(Head::new(person(), Some(2017), None).unwrap().in_year(2030));
        assert_eq!(Head::new(person(), Some(2018), Some(2017)), Err(YearsOutOfOrder { from: 2018, to: 2017 }));
    }

    #[test]
    fn policies_are_read_by_name() {
        for policy in NamePolicy::ALL {
            assert_eq!(NamePolicy::read(policy.key()).as_ref(), Ok(policy));
        }
        assert!(NamePolicy::read("some").is_err());
    }

    proptest! {
        #[test]
        fn a_name_that_may_not_be_shown_is_in_no_part_of_what_is(
            name in "[A-Z]{3,12}", role in "[a-z]{0,12}",
        ) {
            let person = Person::new(&name, &role).unwrap();
            let publication = Publication { names: NamePolicy::None, keep_years: None };
            let shown = publication.display(&person, true, None, date(2020, 1, 1));
            let shown = format!("{shown:?}");
            prop_assert!(!shown.contains(&name), "{}", shown);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*", dashes in "(-|–|—| |è|A){0,12}") {
            let _ = Person::read(&text);
            let _ = Person::read(&dashes);
        }
    }
}
