//! Closed sets of targets, which the tables of the languages are made of, too: relations, kinds, measures, reasons.

use serde::{Deserialize, Serialize};

use crate::model::decimal::Decimal;

vocabulary! {
    /// Relation that an outcome needs to a target to meet it.
    pub enum Operator {
        /// At least.
        Ge = "ge",
        /// More than.
        Gt = "gt",
        /// At most.
        Le = "le",
        /// Less than.
        Lt = "lt",
        /// Exactly, at the target's decimals.
        Eq = "eq",
        /// Between two values, both included.
        Between = "between",
        /// By the last possible day of a date.
        By = "by",
    }
}

vocabulary! {
    /// Kind of thing that a target asks for.
    pub enum TargetKind {
        /// A plain number.
        Number = "number",
        /// A share of a hundred.
        Percent = "percent",
        /// Euros.
        Money = "money",
        /// So many out of so many.
        Ratio = "ratio",
        /// A date to be kept.
        Date = "date",
        /// Something to be done.
        YesNo = "yes_no",
        /// A change on the baseline.
        Relative = "relative",
        /// Prose, which only a declared state can judge.
        Text = "text",
        /// Nothing yet.
        None = "none",
    }
}

/// Measure of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Measure {
    /// Things, named by the unit.
    Number,
    /// Hundredths.
    Percent,
    /// Euros.
    Money,
}

vocabulary! {
    /// Reason for which figures can't say whether an outcome meets its target.
    pub enum Reason {
        /// Nothing was promised.
        NoTarget = "no_target",
        /// Nothing was published.
        Unpublished = "unpublished",
        /// The target is in words.
        Prose = "prose",
        /// The target doesn't say whether it is a floor or a ceiling, and nothing else does.
        NoOperator = "no_operator",
        /// The target may be a year or a count.
        YearOrCount = "year_or_count",
        /// The baseline meets the target already, whose operator nobody wrote.
        BaselineMeets = "baseline_meets",
        /// A change needs a baseline, and there is none that it can be measured from.
        NoBaseline = "no_baseline",
        /// Target and outcome are in different units.
        Units = "units",
        /// One of the figures may be a share of one, the other is a percentage.
        ShareOrPercent = "share_or_percent",
        /// The outcome may be the change or the level that came of it.
        ChangeOrLevel = "change_or_level",
        /// The outcome is of another kind than the target.
        OtherKind = "other_kind",
        /// Done on an unknown day.
        DayUnknown = "day_unknown",
        /// The outcome is not exact enough to decide.
        Imprecise = "imprecise",
        /// A part of nothing.
        PartOfNothing = "part_of_nothing",
        /// More digits than can be compared exactly.
        TooLong = "too_long",
    }
}

impl Reason {
    /// True if an editor can repair it by writing target, outcome or baseline in another way.
    pub fn is_mendable(self) -> bool {
        !matches!(self, Self::NoTarget | Self::Unpublished | Self::Prose | Self::TooLong)
    }
}

impl Measure {
    pub(super) fn kind(self) -> TargetKind {
        match self {
            Self::Number => TargetKind::Number,
            Self::Percent => TargetKind::Percent,
            Self::Money => TargetKind::Money,
        }
    }

    /// A change as data: its sign, its size, `%` for percents.
    pub(super) fn change(self, rise: bool, by: Decimal) -> String {
        let sign = if rise { '+' } else { '-' };
        let mark = if self == Self::Percent { "%" } else { "" };
        format!("{sign}{}{mark}", by.abs())
    }
}

impl Operator {
    /// True if more of the outcome can only help.
    pub(in crate::model) fn is_floor(self) -> bool {
        matches!(self, Self::Ge | Self::Gt)
    }

    pub(in crate::model) fn is_strict(self) -> bool {
        matches!(self, Self::Gt | Self::Lt)
    }

    /// The operator of a rise or a fall, of at least or of more than its size.
    #[expect(clippy::fn_params_excessive_bools, reason = "the two answers that make one operator")]
    pub(super) fn of_change(rise: bool, strict: bool) -> Self {
        match (rise, strict) {
            (true, false) => Self::Ge,
            (true, true) => Self::Gt,
            (false, false) => Self::Le,
            (false, true) => Self::Lt,
        }
    }
}
