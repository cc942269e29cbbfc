//! Columns of tables: their types, and those that several tables have.

use crate::model::{Health, IndicatorState, Lifecycle, Vat};

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// The name by which programs read it.
    pub(crate) name: &'static str,
    /// Title for people, in Italian.
    pub(crate) title: &'static str,
    /// Meaning and form of its cells.
    pub(crate) description: &'static str,
    /// The type of its cells.
    pub(crate) kind: ColumnType,
}

/// Type of the cells of a column, each of which may be empty.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ColumnType {
    /// Any words.
    Text,
    /// One of a fixed set of words, which the function lists.
    Word(fn() -> Vec<&'static str>),
    /// A whole number.
    Integer,
    /// An exact decimal with a decimal point and as many decimals as were written.
    Decimal,
    /// A day, as ISO 8601 writes it.
    Date,
    /// An absolute web address.
    Url,
}

impl ColumnType {
    pub(super) const YES_NO: Self = Self::Word(|| vec!["yes", "no"]);
    pub(super) const INDICATOR_STATE: Self =
        Self::Word(|| IndicatorState::ALL.iter().map(|state| state.key()).collect());
    pub(super) const LIFECYCLE: Self = Self::Word(|| Lifecycle::ALL.iter().map(|lifecycle| lifecycle.key()).collect());
    pub(super) const HEALTH: Self = Self::Word(|| Health::ALL.iter().map(|health| health.key()).collect());
    pub(super) const VAT: Self = Self::Word(|| Vat::ALL.iter().map(|vat| vat.key()).collect());
}

/// The administration of a record.
pub(super) const ADMINISTRATION: Column = Column {
    name: "administration",
    title: "Amministrazione",
    description: "The id of the administration that publishes it: the unit at the root of its tree.",
    kind: ColumnType::Text,
};

/// The title of an objective or project.
pub(super) const TITLE: Column =
    Column { name: "title", title: "Titolo", description: "The official title.", kind: ColumnType::Text };

/// The unit of an objective or project.
pub(super) const UNIT: Column = Column {
    name: "unit",
    title: "Ufficio",
    description: "The id of the unit that answers for it.",
    kind: ColumnType::Text,
};

/// The plan nodes of an objective or project.
pub(super) const PLAN: Column = Column {
    name: "plan",
    title: "Piano",
    description: "The plan nodes that it carries out, each as plan:code, separated by `;`.",
    kind: ColumnType::Text,
};

/// The page of a record.
pub(super) const PAGE: Column =
    Column { name: "page", title: "Pagina", description: "The address of its page.", kind: ColumnType::Url };

/// The precision of an amount that has been spent.
pub(super) const SPENT_APPROXIMATE: Column = Column {
    name: "spent_approximate",
    title: "Speso approssimato",
    description: "yes where what has been spent is written as about so much (`circa`); empty where there is no figure.",
    kind: ColumnType::YES_NO,
};

/// The tax in an amount that has been spent.
pub(super) const SPENT_VAT: Column = Column {
    name: "spent_vat",
    title: "Speso: IVA",
    description: "Whether value added tax is included in what has been spent or excluded; empty where it isn't written.",
    kind: ColumnType::VAT,
};
