//! Plans: trees of nodes (DUP, PIAO, mandate programme, PON, PNRR …) that objectives and projects carry out (SKOS).

use super::{NodeId, PlanId, UnitId};
use crate::model::{Origin, Translation, Years};
use crate::parse::{NodeFields, PlanFields};

/// A plan of one administration.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) fields: PlanFields,
    /// The name of its file, by which references that need a plan name it.
    pub(crate) slug: String,
    /// The root unit whose plan it is.
    pub(crate) administration: UnitId,
    /// First level, in the order of the file.
    pub(crate) roots: Vec<NodeId>,
    /// Every node, in the order of the file.
    pub(crate) nodes: Vec<NodeId>,
    /// The files that give its words in other languages.
    pub(crate) translations: Vec<Translation>,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

impl Plan {
    /// The years for which it holds; none if that isn't known, or can't be read.
    pub(crate) fn years(&self) -> Option<Years> {
        self.validity.as_ref()?.read().copied()
    }
}

/// One node of a plan. Its parent is of the same plan and no node is its own ancestor.
#[derive(Clone, Debug)]
pub(crate) struct PlanNode {
    pub(crate) fields: NodeFields,
    /// The plan that it is part of.
    pub(crate) plan: PlanId,
    /// The code by which the administration cites it.
    pub(crate) code: String,
    /// The node above.
    pub(crate) parent: Option<NodeId>,
    /// The nodes below, in the order of the file.
    pub(crate) children: Vec<NodeId>,
    /// Place of the text from which it was read.
    pub(crate) origin: Origin,
}

sheet_and_ties! {
    Plan.fields: PlanFields;
    PlanNode.fields: NodeFields;
}
