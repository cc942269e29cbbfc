//! What a file was made from: each fact that the site was asked for while the file was made.
//!
//! A file is a pure function of the facts that it reads. Whoever keeps them with an [imprint] of each knows on the next day,
//! without making the file, whether it would come out the same.

use std::cell::RefCell;
use std::collections::HashSet;
use std::hash::{BuildHasher, Hash};

use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};

/// The kinds of records, each numbered in a catalogue's own list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Units.
    Unit,
    /// Plans.
    Plan,
    /// Nodes of plans.
    Node,
    /// Objectives.
    Objective,
    /// Projects.
    Project,
    /// Updates.
    Update,
    /// Indicators that go on over years.
    Thread,
    /// Free pages.
    Page,
}

/// A record: its kind and its place in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Record(pub Kind, pub u32);

/// What a site can be asked. Facts of one record name it by `R`: a [`Record`] in a site, its address in what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fact<R> {
    /// Everything that a record says.
    Whole(R),
    /// What lists say of an objective, a project or an update.
    Listed(R),
    /// What a record is called.
    Title(R),
    /// Where a record's page is.
    Address(R),
    /// What exports announce on a record's page.
    Announced(R),
    /// What exports announce anywhere.
    AllAnnounced,
    /// Which records of a kind there are, in their order.
    All(Kind),
    /// The state of an objective and the counts of its indicators.
    State(R),
    /// What else is known of an objective on the day of the build.
    Judgement(R),
    /// The states of a project's expected results.
    Results(R),
    /// The years of objectives.
    Years,
    /// The objectives of a year.
    Year(i16),
    /// The ready-made lists of a year, with their objectives.
    Lists(i16),
    /// The types of objectives, and which each is of.
    Types,
    /// The years of projects, and the projects of each.
    ProjectYears,
    /// The years of updates, and the updates of each.
    UpdateYears,
    /// The objectives below a unit or node.
    ObjectivesBelow(R),
    /// The projects below a unit or node.
    ProjectsBelow(R),
    /// Everything that a link in a text can name.
    Links,
    /// The list of all pages from A to Z, in every language.
    Listing,
    /// The words that are explained, in every language.
    Glossary,
    /// Something that no other fact stands for: what reads it is made in every build.
    Untold,
}

impl<R> Fact<R> {
    /// The same fact of a record that is named otherwise; none where it has no such name.
    pub fn map<S>(self, name: impl FnOnce(R) -> Option<S>) -> Option<Fact<S>> {
        Some(match self {
            Self::Whole(record) => Fact::Whole(name(record)?),
            Self::Listed(record) => Fact::Listed(name(record)?),
            Self::Title(record) => Fact::Title(name(record)?),
            Self::Address(record) => Fact::Address(name(record)?),
            Self::Announced(record) => Fact::Announced(name(record)?),
            Self::AllAnnounced => Fact::AllAnnounced,
            Self::All(kind) => Fact::All(kind),
            Self::State(record) => Fact::State(name(record)?),
            Self::Judgement(record) => Fact::Judgement(name(record)?),
            Self::Results(record) => Fact::Results(name(record)?),
            Self::Years => Fact::Years,
            Self::Year(year) => Fact::Year(year),
            Self::Lists(year) => Fact::Lists(year),
            Self::Types => Fact::Types,
            Self::ProjectYears => Fact::ProjectYears,
            Self::UpdateYears => Fact::UpdateYears,
            Self::ObjectivesBelow(record) => Fact::ObjectivesBelow(name(record)?),
            Self::ProjectsBelow(record) => Fact::ProjectsBelow(name(record)?),
            Self::Links => Fact::Links,
            Self::Listing => Fact::Listing,
            Self::Glossary => Fact::Glossary,
            Self::Untold => Fact::Untold,
        })
    }
}

thread_local! {
    static READ: RefCell<Option<HashSet<Fact<Record>, foldhash::fast::RandomState>>> = const { RefCell::new(None) };
}

/// Says that a fact was asked for. It is free where nobody [watches](watched).
pub fn note(fact: Fact<Record>) {
    READ.with_borrow_mut(|read| {
        if let Some(read) = read {
            read.insert(fact);
        }
    });
}

/// Does some work and gives every fact that was asked for in it on this thread, in no order, each once.
pub fn watched<T>(work: impl FnOnce() -> T) -> (T, Vec<Fact<Record>>) {
    let outer = READ.replace(Some(HashSet::default()));
    let made = work();
    let read = READ.replace(outer);
    (made, read.into_iter().flatten().collect())
}

/// A number that differs, but for one chance in 2⁶⁴, between two values. It is the same in every run of one program, and
/// not between programs.
pub fn imprint(value: &(impl Hash + ?Sized)) -> u64 {
    FixedState::with_seed(0).hash_one(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACT: Fact<Record> = Fact::Whole(Record(Kind::Unit, 0));
    const OTHER: Fact<Record> = Fact::All(Kind::Unit);

    #[test]
    fn each_fact_is_given_once_to_the_nearest_who_watches() {
        note(FACT);
        let (inner, outer) = watched(|| {
            note(FACT);
            note(FACT);
            watched(|| note(OTHER)).1
        });
        assert_eq!((inner, outer), (vec![OTHER], vec![FACT]));
    }
}
