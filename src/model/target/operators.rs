//! Phrases that say how an outcome has to lie to a target, from the files of the languages.

use std::sync::LazyLock;

use crate::model::language::phrases::{Table, lists, table};

use super::Operator;

/// Signs and phrases of operators.
pub(super) static OPERATORS: Table<Operator> = LazyLock::new(|| {
    table(
        &[
            (Operator::Ge, &["=>", ">=", "> =", "= >", "≥", "⩾"]),
            (Operator::Le, &["=<", "<=", "< =", "= <", "≤", "⩽"]),
            (Operator::Gt, &[">"]),
            (Operator::Lt, &["<"]),
            (Operator::Eq, &["="]),
        ],
        &[
            (Operator::Ge, |language| language.targets.at_least),
            (Operator::Le, |language| language.targets.at_most),
            (Operator::Gt, |language| language.targets.more_than),
            (Operator::Lt, |language| language.targets.less_than),
            (Operator::Eq, |language| language.targets.exactly),
        ],
    )
});

lists! {
    /// Words between an operator and its figure.
    pub(super) PREPOSITIONS = [], targets.prepositions;
}
