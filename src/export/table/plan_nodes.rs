//! Nodes of plans.

use super::cell::Cell;
use super::column::{Column, ColumnType, PAGE};
use super::data_table::{Row, Table};
use crate::catalogue::NodeId;
use crate::output::Cause;
use crate::site::{Route, Site};

pub(super) const TABLE: Table = Table {
    name: "plan-nodes",
    title: "data.plan_nodes",
    description: "One row is one node of a plan.",
    columns: &COLUMNS,
    key: &["plan", "code"],
    rows,
};

const COLUMNS: [Column; 9] = [
    Column {
        name: "administration",
        title: "Amministrazione",
        description: "The id of the administration whose plan it is.",
        kind: ColumnType::Text,
    },
    Column {
        name: "plan",
        title: "Piano",
        description: "The name of the plan, unique in the site.",
        kind: ColumnType::Text,
    },
    Column {
        name: "scheme",
        title: "Tipo di piano",
        description: "The kind of plan in the field's own word: DUP, PIAO, PON.",
        kind: ColumnType::Text,
    },
    Column {
        name: "code",
        title: "Codice",
        description: "The code by which the administration cites it, unique in its plan.",
        kind: ColumnType::Text,
    },
    Column {
        name: "level",
        title: "Livello",
        description: "What it is, in the plan's own word.",
        kind: ColumnType::Text,
    },
    Column { name: "title", title: "Titolo", description: "The plain title.", kind: ColumnType::Text },
    Column {
        name: "written",
        title: "Titolo (come scritto)",
        description: "The source's own, shortened words, where the title spells them out.",
        kind: ColumnType::Text,
    },
    Column {
        name: "parent",
        title: "Nodo superiore",
        description: "The code of the node above, in the same plan; empty for the first level.",
        kind: ColumnType::Text,
    },
    PAGE,
];

fn rows(site: &Site, row: &mut Row<'_>) -> Result<(), Cause> {
    site.catalogue.node_ids().try_for_each(|id| row(&cells(site, id)))
}

fn cells(site: &Site, id: NodeId) -> [Cell<'_>; COLUMNS.len()] {
    let catalogue = &site.catalogue;
    let node = &catalogue[id];
    let plan = &catalogue[node.plan];
    [
        Cell::from(&catalogue[plan.administration].id),
        Cell::from(&plan.slug),
        Cell::of(plan.scheme.as_deref()),
        Cell::from(&node.code),
        Cell::of(node.level.as_deref()),
        Cell::from(&node.title),
        Cell::of(node.written.as_deref()),
        Cell::of(node.parent.map(|parent| &catalogue[parent].code)),
        Cell::Page(Route::Node(id)),
    ]
}
