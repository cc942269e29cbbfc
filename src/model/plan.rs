//! Plans: trees of nodes (DUP, PIAO, mandate programme, PON, PNRR …) that objectives and projects carry out (SKOS).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{EdtfDate, NodeId, Origin, PlanId, Translated, Translation, UnitId, Written};

/// A plan of one administration.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The name of its file, by which references that need a plan name it.
    pub slug: String,
    /// Title.
    pub title: Translated<String>,
    /// The root unit whose plan it is.
    pub administration: UnitId,
    /// The kind of plan in the field's own word: DUP, PIAO, PON.
    pub scheme: Translated<Option<String>>,
    /// The years for which it holds.
    pub validity: Option<Written<Option<Years>>>,
    /// Address at which it is published.
    pub url: Option<Written<Option<String>>>,
    /// Its first level, in the order of the file.
    pub roots: Vec<NodeId>,
    /// Every node, in the order of the file.
    pub nodes: Vec<NodeId>,
    /// The files that give its words in other languages.
    pub translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub origin: Origin,
}

impl Plan {
    /// The years for which it holds; none if that isn't known, or can't be read.
    pub fn years(&self) -> Option<Years> {
        self.validity.as_ref()?.read().copied()
    }
}

/// One node of a plan. Its parent is of the same plan and no node is its own ancestor.
#[derive(Clone, Debug)]
pub struct PlanNode {
    /// The plan that it is part of.
    pub plan: PlanId,
    /// The code by which the administration cites it.
    pub code: String,
    /// Level, in the plan's own word: indirizzo strategico, obiettivo operativo, asse, azione.
    pub level: Translated<Option<String>>,
    /// The plain title.
    pub title: Translated<String>,
    /// The source's own, shortened words where the title spells them out.
    pub written: Option<String>,
    /// The plan's own text.
    pub quote: Translated<Option<String>>,
    /// Address at which the node is published.
    pub url: Option<Written<Option<String>>>,
    /// The node above.
    pub parent: Option<NodeId>,
    /// The nodes below, in the order of the file.
    pub children: Vec<NodeId>,
    /// Place of the text from which it was read.
    pub origin: Origin,
}

/// A closed range of years; `first` is never after `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Years {
    first: i16,
    last: i16,
}

impl Years {
    /// The range from `first` to `last`; none if it would be empty.
    pub fn new(first: i16, last: i16) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The years that a date may lie in; an open end reaches as far as years go.
    pub fn of(date: &EdtfDate) -> Option<Self> {
        Self::new(date.earliest().map_or(i16::MIN, Date::year), date.latest().map_or(i16::MAX, Date::year))
    }

    /// True if `year` is one of them.
    pub fn contains(self, year: i16) -> bool {
        self.first <= year && year <= self.last
    }

    /// The first year.
    pub fn first(self) -> i16 {
        self.first
    }

    /// The last year.
    pub fn last(self) -> i16 {
        self.last
    }
}
