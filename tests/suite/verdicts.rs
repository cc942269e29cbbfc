//! Verdicts over drawn indicators against an oracle of its own: whole-number fractions, and none of the program's code.
//!
//! Targets, outcomes and baselines are drawn as numbers and written as an office writes them; what the program makes of
//! the words must be what the numbers say.

use std::cmp::Ordering;

use proptest::prelude::*;
use vetro::{Actual, Context, Conventions, Direction, Lang, Reason, Target, Verdict};

const CONVENTIONS: Conventions = Conventions { lang: Lang::It, year: Some(2020) };

/// A unit with its dimension and how many of the smallest unit of that dimension it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit {
    written: &'static str,
    dimension: u8,
    size: i128,
}

const UNITS: [Unit; 12] = [
    Unit { written: "utenti", dimension: 0, size: 1 },
    Unit { written: "famiglie", dimension: 1, size: 1 },
    Unit { written: "corsi", dimension: 2, size: 1 },
    Unit { written: "corse", dimension: 3, size: 1 },
    Unit { written: "minuti", dimension: 4, size: 1 },
    Unit { written: "ore", dimension: 4, size: 60 },
    Unit { written: "giorni", dimension: 4, size: 1440 },
    Unit { written: "mesi", dimension: 5, size: 1 },
    Unit { written: "anni", dimension: 5, size: 12 },
    Unit { written: "m", dimension: 6, size: 1 },
    Unit { written: "km", dimension: 6, size: 1000 },
    Unit { written: "giorni lavorativi", dimension: 7, size: 1 },
];

/// A number of hundredths in a unit.
#[derive(Clone, Copy, Debug)]
struct Figure {
    hundredths: i128,
    unit: Option<Unit>,
}

impl Figure {
    fn written(self) -> String {
        let (whole, rest) = (self.hundredths / 100, self.hundredths % 100);
        let figures = if rest == 0 { whole.to_string() } else { format!("{whole},{rest:02}") };
        self.unit.map_or(figures.clone(), |unit| format!("{figures} {}", unit.written))
    }

    /// The figure in hundredths of the smallest unit, taken in the unit of `other` where it has none; `None` where the
    /// two are of different dimensions.
    fn beside(self, other: Self) -> Option<i128> {
        match (self.unit, other.unit) {
            (Some(own), Some(other)) => (own.dimension == other.dimension).then_some(self.hundredths * own.size),
            (Some(own), None) => Some(self.hundredths * own.size),
            (None, Some(other)) => Some(self.hundredths * other.size),
            (None, None) => Some(self.hundredths),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
}

impl Operator {
    fn written(self) -> &'static str {
        match self {
            Self::AtLeast => "almeno ",
            Self::MoreThan => "più di ",
            Self::AtMost => "al massimo ",
            Self::LessThan => "meno di ",
        }
    }

    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::AtLeast => order != Ordering::Less,
            Self::MoreThan => order == Ordering::Greater,
            Self::AtMost => order != Ordering::Greater,
            Self::LessThan => order == Ordering::Less,
        }
    }
}

#[derive(Clone, Debug)]
struct Drawn {
    operator: Option<Operator>,
    direction: Option<Direction>,
    target: Figure,
    actual: Figure,
    baseline: Option<Figure>,
}

impl Drawn {
    /// What the program says of the words.
    fn judged(&self) -> (Target, Verdict, Option<f64>) {
        let baseline = self.baseline.map(|figure| Actual::baseline(&figure.written(), Lang::It));
        let context = Context {
            title: "Servizio",
            direction: self.direction,
            unit_of_measure: None,
            baseline: baseline.as_ref(),
        };
        let words = format!("{}{}", self.operator.map_or("", Operator::written), self.target.written());
        let target = Target::read(&words, &context, CONVENTIONS).expect("a target");
        let actual = Actual::read(&self.actual.written(), &target, CONVENTIONS).expect("an outcome");
        let verdict = target.judge(&actual, baseline.as_ref());
        let progress = target.progress(&actual, baseline.as_ref());
        let progress = progress.map(|progress| progress.to_string().parse().expect("a number"));
        (target, verdict, progress)
    }

    /// The operator that the office wrote, or that its other words decide.
    fn decided(&self) -> Option<Operator> {
        let by_direction = self.direction.and_then(|direction| match direction {
            Direction::Up => Some(Operator::AtLeast),
            Direction::Down => Some(Operator::AtMost),
            Direction::Keep => None,
        });
        let by_baseline = || {
            let baseline = self.baseline?;
            match self.order(baseline)? {
                Ordering::Greater => Some(Operator::AtMost),
                Ordering::Less => Some(Operator::AtLeast),
                Ordering::Equal => None,
            }
        };
        self.operator.or(by_direction).or_else(by_baseline)
    }

    /// The target, in the unit of the baseline where it names none.
    fn goal(&self) -> Figure {
        let unit = self.target.unit.or(self.baseline.and_then(|baseline| baseline.unit));
        Figure { unit, ..self.target }
    }

    /// How a figure lies to the target; `None` in another unit.
    fn order(&self, figure: Figure) -> Option<Ordering> {
        Some(figure.beside(self.goal())?.cmp(&self.goal().beside(figure)?))
    }

    /// The part of the way from the baseline, or from nought, to the target; `None` where they are the same, or of
    /// different units.
    fn way(&self) -> Option<f64> {
        let goal = self.goal();
        let nought = Figure { hundredths: 0, unit: goal.unit };
        let from = self.baseline.unwrap_or(nought);
        let float = |whole: i128| i32::try_from(whole).ok().map(f64::from);
        // Beside a target without a unit every figure counts as it is.
        let at = |figure: Figure| match goal.unit {
            Some(unit) => figure.hundredths * figure.unit.unwrap_or(unit).size,
            None => figure.hundredths,
        };
        let way = float(at(goal) - at(from))?;
        (way != 0.0).then_some(float(at(self.actual) - at(from))? / way)
    }

    fn is_met_before(&self) -> bool {
        let holds = |operator: Operator| Some(operator.holds(self.order(self.baseline?)?));
        self.decided().and_then(holds).unwrap_or(false)
    }
}

fn figure() -> impl Strategy<Value = Figure> {
    // Few numbers, so that figures are often equal, and never between nought and one, which may be a share.
    let hundredths = prop_oneof![4 => (1_i128..40).prop_map(|whole| whole * 100), 1 => 101_i128..4000, 1 => Just(0)];
    let unit = prop::option::weighted(0.7, prop::sample::select(&UNITS[..]));
    (hundredths, unit).prop_map(|(hundredths, unit)| Figure { hundredths, unit })
}

fn drawn() -> impl Strategy<Value = Drawn> {
    use Operator::{AtLeast, AtMost, LessThan, MoreThan};
    let operator = prop::option::of(prop::sample::select(vec![AtLeast, MoreThan, AtMost, LessThan]));
    let direction = prop::option::weighted(0.3, prop::sample::select(vec![Direction::Up, Direction::Down]));
    (operator, direction, figure(), figure(), prop::option::of(figure()), any::<bool>()).prop_map(
        |(operator, direction, target, mut actual, baseline, same_unit): (_, _, Figure, Figure, Option<Figure>, _)| {
            if same_unit {
                actual.unit = target.unit;
            }
            Drawn { operator, direction, target, actual, baseline }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn a_written_operator_decides_as_the_fractions_do(drawn in drawn().prop_filter("bare", |drawn| drawn.operator.is_some())) {
        let (_, verdict, progress) = drawn.judged();
        let expected = match (drawn.operator, drawn.order(drawn.actual)) {
            (Some(operator), Some(order)) if operator.holds(order) => Verdict::Met,
            (Some(_), Some(_)) => Verdict::NotMet,
            _ => Verdict::NotEvaluable(Reason::Units),
        };
        prop_assert_eq!(verdict, expected, "{:?}", drawn);
        if let Some(progress) = progress {
            prop_assert!((progress - drawn.way().expect("a way")).abs() < 1e-9, "{:?}: {}", drawn, progress);
        }
    }

    #[test]
    fn a_change_is_met_by_the_level_that_it_makes_of_the_baseline(
        percent in 1_i128..200, is_rise in any::<bool>(), before in 1_i128..400, level in 0_i128..800,
    ) {
        let baseline = Actual::baseline(&before.to_string(), Lang::It);
        let context = Context { baseline: Some(&baseline), ..Context::default() };
        let words = if is_rise { format!("+{percent}%") } else { format!("riduzione del {percent}%") };
        let target = Target::read(&words, &context, CONVENTIONS).expect("a target");
        let actual = Actual::read(&level.to_string(), &target, CONVENTIONS).expect("an outcome");
        let is_met = if is_rise {
            level * 100 >= before * (100 + percent)
        } else {
            level * 100 <= before * (100 - percent)
        };
        prop_assert_eq!(target.judge(&actual, Some(&baseline)), if is_met { Verdict::Met } else { Verdict::NotMet });
        prop_assert_eq!(target.judge(&actual, None), Verdict::NotEvaluable(Reason::NoBaseline));
    }

    #[test]
    fn a_percentage_is_compared_with_percentages_and_parts_and_never_with_a_share(
        percent in 2_i128..=100, hundredths in 1_i128..=15_000, part in 0_i128..50, whole in 1_i128..50,
    ) {
        let target = Target::read(&format!("almeno {percent}%"), &Context::default(), CONVENTIONS).expect("a target");
        let judged = |written: &str| target.judge(&Actual::read(written, &target, CONVENTIONS).expect("an outcome"), None);
        let verdict = |is_met: bool| if is_met { Verdict::Met } else { Verdict::NotMet };
        let figures = format!("{},{:02}", hundredths / 100, hundredths % 100);
        prop_assert_eq!(judged(&format!("{figures}%")), verdict(hundredths >= percent * 100));
        prop_assert_eq!(judged(&format!("{part} su {whole}")), verdict(part * 100 >= percent * whole));
        let bare = if hundredths <= 100 {
            Verdict::NotEvaluable(Reason::ShareOrPercent)
        } else {
            verdict(hundredths >= percent * 100)
        };
        prop_assert_eq!(judged(&figures), bare);
    }

    #[test]
    fn an_operator_that_nobody_wrote_never_calls_met_what_was_met_before(drawn in drawn()) {
        let (target, verdict, _) = drawn.judged();
        if drawn.operator.is_none() && drawn.is_met_before() {
            prop_assert_ne!(verdict, Verdict::Met, "{:?}", drawn);
        }
        // A verdict without an operator of the office is that of the operator that its other words decide.
        if let (None, Some(operator), Some(order)) = (drawn.operator, drawn.decided(), drawn.order(drawn.actual)) {
            match verdict {
                Verdict::Met => prop_assert!(operator.holds(order), "{:?}", drawn),
                Verdict::NotMet => prop_assert!(!operator.holds(order), "{:?}", drawn),
                Verdict::NotEvaluable(reason) => prop_assert_eq!(reason, Reason::BaselineMeets, "{:?}", drawn),
            }
            prop_assert!(target.is_assumed());
        }
    }

    #[test]
    fn no_figure_is_judged_in_another_unit(drawn in drawn()) {
        let (_, verdict, progress) = drawn.judged();
        if drawn.order(drawn.actual).is_none() {
            prop_assert!(matches!(verdict, Verdict::NotEvaluable(_)), "{:?}: {:?}", drawn, verdict);
            prop_assert_eq!(progress, None);
        }
    }

    #[test]
    fn progress_and_verdict_never_contradict_each_other(drawn in drawn()) {
        let (_, verdict, progress) = drawn.judged();
        match (verdict, progress) {
            (Verdict::Met, Some(progress)) => prop_assert!(progress >= 1.0, "{:?}: {}", drawn, progress),
            (Verdict::NotMet, Some(progress)) => prop_assert!(progress < 1.0, "{:?}: {}", drawn, progress),
            (Verdict::NotEvaluable(_), progress) => prop_assert_eq!(progress, None),
            _ => {}
        }
    }

    #[test]
    fn an_inexact_outcome_decides_only_where_each_of_its_values_does(
        drawn in drawn().prop_filter("bare", |drawn| drawn.operator.is_some()),
        is_floor in any::<bool>(),
        steps in 0_i128..50,
    ) {
        let drawn = Drawn { baseline: None, ..drawn };
        let phrase = if is_floor { "oltre" } else { "meno di" };
        let words = format!("{}{}", drawn.operator.map_or("", Operator::written), drawn.target.written());
        let target = Target::read(&words, &Context::default(), CONVENTIONS).expect("a target");
        let written = format!("{phrase} {}", drawn.actual.written());
        let verdict = target.judge(&Actual::read(&written, &target, CONVENTIONS).expect("an outcome"), None);
        // Any one of the values that it may stand for must agree with the verdict.
        let step = (steps + 1) * if is_floor { 1 } else { -1 };
        let one = Figure { hundredths: drawn.actual.hundredths + step, ..drawn.actual };
        if let (Some(operator), Some(order)) = (drawn.operator, drawn.order(one)) {
            match verdict {
                Verdict::Met => prop_assert!(operator.holds(order), "{words}: {written}"),
                Verdict::NotMet => prop_assert!(!operator.holds(order), "{words}: {written}"),
                Verdict::NotEvaluable(reason) => prop_assert_eq!(reason, Reason::Imprecise),
            }
        }
    }
}
