use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::model::Lang;
use crate::model::conventions::by;
use crate::model::target::Context;

fn indicator(target: &str, actual: &str, as_of: Date) -> IndicatorState {
    let target = Target::read(target, &Context::default(), by(Some(2020))).unwrap();
    let actual = Actual::read(actual, &target, by(Some(2020))).unwrap();
    IndicatorState::computed(&target, Some(&actual), None, Some(date(2020, 12, 31)), as_of)
}

#[test]
fn no_data_is_not_the_same_as_not_met() {
    let during = date(2020, 12, 31);
    let after = date(2021, 1, 1);
    for (target, actual, while_open, once_over) in [
        ("=> 100", "120", IndicatorState::Met, IndicatorState::Met),
        ("=> 100", "90", IndicatorState::Pending, IndicatorState::NotMet),
        ("=> 100", "", IndicatorState::Pending, IndicatorState::NoData),
        ("=> 100", "n.d.", IndicatorState::Pending, IndicatorState::NoData),
        ("<= 10", "8", IndicatorState::Pending, IndicatorState::Met),
        ("= 10", "10", IndicatorState::Pending, IndicatorState::Met),
        ("tra 5 e 10", "8", IndicatorState::Pending, IndicatorState::Met),
        ("sì", "fatto", IndicatorState::Met, IndicatorState::Met),
        ("2/4", "0/0", IndicatorState::Pending, IndicatorState::NotEvaluable),
        ("Avvio", "Avviato", IndicatorState::Pending, IndicatorState::NotEvaluable),
        ("Avvio", "", IndicatorState::Pending, IndicatorState::NoData),
        ("n.d.", "", IndicatorState::NoTarget, IndicatorState::NoTarget),
        ("n.d.", "12", IndicatorState::NoTarget, IndicatorState::NoTarget),
    ] {
        assert_eq!(indicator(target, actual, during), while_open, "{target} {actual}");
        assert_eq!(indicator(target, actual, after), once_over, "{target} {actual}");
    }
}

#[test]
fn a_target_that_is_a_date_goes_by_its_own_last_day() {
    let june = date(2020, 6, 30);
    let july = date(2020, 7, 1);
    assert_eq!(indicator("entro il 30 giugno", "", june), IndicatorState::Pending);
    assert_eq!(indicator("entro il 30 giugno", "", july), IndicatorState::NoData);
    assert_eq!(indicator("entro il 30 giugno", "01/07", july), IndicatorState::NotMet);
    assert_eq!(indicator("entro il 30 giugno", "15/06", june), IndicatorState::Met);
    let next_year = date(2021, 3, 1);
    assert_eq!(indicator("30/06/2021", "", next_year), IndicatorState::Pending);
    assert_eq!(indicator("da marzo 2021", "", next_year), IndicatorState::NoData);
}

#[test]
fn an_indicator_without_an_end_is_never_over() {
    let target = Target::read("100", &Context::default(), by(None)).unwrap();
    assert_eq!(IndicatorState::computed(&target, None, None, None, date(9999, 12, 31)), IndicatorState::Pending);
}

#[test]
fn a_declaration_fills_in_where_the_figures_are_silent() {
    use IndicatorState::{Met, NoData, NoTarget, NotEvaluable, NotMet, PartiallyMet};
    for (computed, declared, counted) in [
        (NotEvaluable, Some(Met), Met),
        (NoData, Some(NotMet), NotMet),
        (NotMet, Some(PartiallyMet), PartiallyMet),
        (NotMet, Some(Met), NotMet),
        (Met, Some(NotMet), Met),
        (NoTarget, Some(Met), NoTarget),
        (NoData, None, NoData),
    ] {
        assert_eq!(computed.counted(declared), counted);
    }
}

#[test]
fn an_objective_is_what_its_indicators_are_once_it_is_over() {
    use IndicatorState as I;
    let state = |states: &[I], as_of| {
        ObjectiveState::computed(
            None,
            Some(date(2020, 1, 1)),
            Some(date(2020, 12, 31)),
            as_of,
            &states.iter().copied().collect(),
        )
    };
    let after = date(2021, 1, 1);
    assert_eq!(state(&[I::Met], date(2019, 12, 31)), ObjectiveState::Planned);
    assert_eq!(state(&[I::Met], date(2020, 12, 31)), ObjectiveState::InProgress);
    for (states, expected) in [
        (&[I::Met, I::Met][..], ObjectiveState::Met),
        (&[I::Met, I::NoTarget], ObjectiveState::Met),
        (&[I::NotMet, I::NotMet], ObjectiveState::NotMet),
        (&[I::Met, I::NotMet], ObjectiveState::PartiallyMet),
        (&[I::PartiallyMet], ObjectiveState::PartiallyMet),
        (&[I::Met, I::NotEvaluable], ObjectiveState::PartiallyMet),
        (&[I::NotMet, I::NotEvaluable], ObjectiveState::NotMet),
        (&[I::Met, I::NoData], ObjectiveState::PartlyPublished),
        (&[I::NotMet, I::NoData, I::NoData], ObjectiveState::PartlyPublished),
        (&[I::NotEvaluable, I::NoData], ObjectiveState::PartlyPublished),
        (&[I::Met, I::Pending, I::NoData], ObjectiveState::PartlyPublished),
        (&[I::NoData, I::NoData], ObjectiveState::NoData),
        (&[I::NoData, I::NoTarget], ObjectiveState::NoData),
        (&[I::NoData, I::Pending], ObjectiveState::NoData),
        (&[I::Met, I::Pending], ObjectiveState::InProgress),
        (&[I::NotEvaluable], ObjectiveState::NotEvaluable),
        (&[I::NoTarget], ObjectiveState::NotEvaluable),
        (&[], ObjectiveState::NotEvaluable),
    ] {
        assert_eq!(state(states, after), expected, "{states:?}");
    }
    assert_eq!(ObjectiveState::computed(None, None, None, after, &StateCounts::default()), ObjectiveState::InProgress);
}

#[test]
fn a_declared_state_of_an_objective_stands() {
    for &declared in ObjectiveState::ALL {
        assert_eq!(
            ObjectiveState::computed(
                Some(declared),
                None,
                Some(date(2020, 12, 31)),
                date(2021, 1, 1),
                &[IndicatorState::Met].into_iter().collect()
            ),
            declared
        );
    }
}

#[test]
fn a_phase_is_what_was_published_about_it() {
    let facts =
        PhaseFacts { first_day: Some(date(2020, 1, 1)), last_day: Some(date(2020, 9, 30)), ..PhaseFacts::default() };
    let percent = |text| Some(Percent::read(text, Lang::It).unwrap());
    let before = date(2019, 12, 31);
    let during = date(2020, 6, 1);
    let after = date(2020, 10, 1);
    for (facts, as_of, state) in [
        (facts, before, PhaseState::Planned),
        (facts, during, PhaseState::InProgress),
        (facts, after, PhaseState::NoData),
        (PhaseFacts { ended: Some(during), ..facts }, after, PhaseState::Completed),
        (PhaseFacts { ended: Some(after), ..facts }, during, PhaseState::InProgress),
        (PhaseFacts { progress: percent("100"), ..facts }, after, PhaseState::Completed),
        (PhaseFacts { progress: percent("60%"), ..facts }, after, PhaseState::InProgress),
        (PhaseFacts { progress: percent("0"), ..facts }, after, PhaseState::Planned),
        (PhaseFacts { began: Some(before), ..facts }, before, PhaseState::InProgress),
        (PhaseFacts { began: Some(during), ..facts }, after, PhaseState::InProgress),
        (PhaseFacts::default(), after, PhaseState::Planned),
    ] {
        assert_eq!(PhaseState::computed(&facts, as_of), state, "{facts:?} on {as_of}");
    }
}

#[test]
fn states_are_read_from_the_words_of_editors() {
    assert_eq!(IndicatorState::read("Raggiunto"), Ok(IndicatorState::Met));
    assert_eq!(IndicatorState::read("NON RAGGIUNTO"), Ok(IndicatorState::NotMet));
    assert_eq!(IndicatorState::read("raggiunto in parte"), Ok(IndicatorState::PartiallyMet));
    assert_eq!(ObjectiveState::read("in corso"), Ok(ObjectiveState::InProgress));
    assert_eq!(ObjectiveState::read("Pubblicato in parte"), Ok(ObjectiveState::PartlyPublished));
    assert_eq!(ObjectiveState::read("sospeso"), Ok(ObjectiveState::Suspended));
    assert_eq!(Lifecycle::read("concluso"), Ok(Lifecycle::Completed));
    assert_eq!(Lifecycle::read("In progress"), Ok(Lifecycle::InProgress));
    assert_eq!(Health::read("in ritardo"), Ok(Health::Delayed));
    assert_eq!(IndicatorState::read("Teilweise erreicht"), Ok(IndicatorState::PartiallyMet));
    assert_eq!(IndicatorState::read("nicht erreicht"), Ok(IndicatorState::NotMet));
    assert_eq!(IndicatorState::read("ohne Zielwert"), Ok(IndicatorState::NoTarget));
    assert_eq!(ObjectiveState::read("erreicht"), Ok(ObjectiveState::Met));
    assert_eq!(ObjectiveState::read("In Umsetzung"), Ok(ObjectiveState::InProgress));
    assert_eq!(ObjectiveState::read("Ergebnis nicht veroeffentlicht"), Ok(ObjectiveState::NoData));
    assert_eq!(Lifecycle::read("Eingestellt"), Ok(Lifecycle::Cancelled));
    assert_eq!(Lifecycle::read("ausgesetzt"), Ok(Lifecycle::Suspended));
    assert_eq!(Health::read("VERSPÄTET"), Ok(Health::Delayed));
    assert_eq!(Health::read("blockiert"), Ok(Health::Blocked));
    let unknown = Lifecycle::read(" finito ").unwrap_err();
    assert_eq!(unknown.written, "finito");
    assert_eq!(unknown.known, ["planned", "in_progress", "suspended", "completed", "cancelled"]);
}

#[test]
fn every_key_reads_as_itself() {
    for state in IndicatorState::ALL {
        assert_eq!(IndicatorState::read(state.key()).as_ref(), Ok(state));
    }
    for state in ObjectiveState::ALL {
        assert_eq!(ObjectiveState::read(state.key()).as_ref(), Ok(state));
    }
    for state in Lifecycle::ALL {
        assert_eq!(Lifecycle::read(state.key()).as_ref(), Ok(state));
    }
    for health in Health::ALL {
        assert_eq!(Health::read(health.key()).as_ref(), Ok(health));
    }
}

#[test]
fn every_state_is_reached_by_some_record() {
    let targets = ["=> 10", "<= 10", "Avvio", "n.d.", "31/12/2020"];
    let actuals = ["", "9", "11", "0/0", "01/01/2021"];
    let declarations = [None, Some(IndicatorState::PartiallyMet)];
    let days = [date(2019, 1, 1), date(2020, 6, 1), date(2021, 6, 1)];
    let mut indicators = BTreeSet::new();
    let mut objectives = BTreeSet::new();
    for as_of in days {
        let mut seen = vec![StateCounts::default()];
        for target in targets {
            let target = Target::read(target, &Context::default(), by(None)).unwrap();
            for actual in actuals {
                let Ok(actual) = Actual::read(actual, &target, by(None)) else {
                    continue;
                };
                for declared in declarations {
                    let state = IndicatorState::computed(&target, Some(&actual), None, Some(date(2020, 12, 31)), as_of)
                        .counted(declared);
                    indicators.insert(state);
                    seen.push([state].into_iter().collect());
                }
            }
        }
        let all: StateCounts<IndicatorState> = indicators.iter().copied().collect();
        for counts in seen.into_iter().chain([all]) {
            for declared in [None, Some(ObjectiveState::Suspended), Some(ObjectiveState::Cancelled)] {
                objectives.insert(ObjectiveState::computed(
                    declared,
                    Some(date(2020, 1, 1)),
                    Some(date(2020, 12, 31)),
                    as_of,
                    &counts,
                ));
            }
        }
    }
    assert!(indicators.iter().eq(IndicatorState::ALL));
    assert!(objectives.iter().eq(ObjectiveState::ALL));
}

fn any_counts() -> impl Strategy<Value = StateCounts<IndicatorState>> {
    prop::collection::vec(prop::sample::select(IndicatorState::ALL), 0..20)
        .prop_map(|states| states.into_iter().collect())
}

proptest! {
    #[test]
    fn no_text_makes_the_readers_panic(text in "\\PC*") {
        let _ = (IndicatorState::read(&text), ObjectiveState::read(&text));
        let _ = (Lifecycle::read(&text), Health::read(&text));
    }

    #[test]
    fn counts_add_up_in_any_grouping(a in any_counts(), b in any_counts(), c in any_counts()) {
        let sum = |parts: &[&StateCounts<IndicatorState>]| {
            let mut total = StateCounts::default();
            for part in parts {
                total += *part;
            }
            total
        };
        prop_assert_eq!(sum(&[&sum(&[&a, &b]), &c]), sum(&[&a, &sum(&[&b, &c])]));
        prop_assert_eq!(sum(&[&a, &b]), sum(&[&b, &a]));
        prop_assert_eq!(sum(&[&a, &b]).total(), a.total() + b.total());
        prop_assert!(sum(&[&a, &b]).iter().map(|(state, _)| state).is_sorted());
    }

    #[test]
    fn what_is_missing_counts_before_what_is_met(
        states in prop::collection::vec(prop::sample::select(IndicatorState::ALL), 0..20),
    ) {
        use IndicatorState::{NoData, NoTarget, Pending};
        let is_missing = states.contains(&NoData);
        let is_answered = states.iter().any(|state| ![NoData, NoTarget, Pending].contains(state));
        let state = ObjectiveState::computed(
            None,
            None,
            Some(date(2020, 12, 31)),
            date(2021, 1, 1),
            &states.into_iter().collect(),
        );
        prop_assert_eq!(state == ObjectiveState::PartlyPublished, is_missing && is_answered);
        prop_assert_eq!(state == ObjectiveState::NoData, is_missing && !is_answered);
    }

    #[test]
    fn an_indicator_that_promises_nothing_never_changes_its_objective(counts in any_counts()) {
        let after = date(2021, 1, 1);
        let over = |counts: &StateCounts<IndicatorState>| {
            ObjectiveState::computed(None, None, Some(date(2020, 12, 31)), after, counts)
        };
        let mut more = counts.clone();
        more.add(IndicatorState::NoTarget);
        prop_assert_eq!(over(&counts), over(&more));
    }
}
