//! Progress of an objective, by the weights of its phases.

use thiserror::Error;

use super::decimal::Decimal;
use super::percent::Percent;
use super::state::PhaseState;

/// A phase, as far as its objective's progress goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WeighedPhase {
    /// Weight, if one was written.
    pub(crate) weight: Option<Percent>,
    /// State of the phase.
    pub(crate) state: PhaseState,
    /// Share that is done, if that was published.
    pub(crate) progress: Option<Percent>,
    /// True if its weight or its progress was written in words that can't be read.
    pub(crate) is_unread: bool,
}

/// The weights that count, and what they make of the phases' progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Weighing {
    /// One for each phase, in their order; `None` for a blank that no share could be given to, and for what is no share.
    pub(crate) weights: Vec<Option<EffectiveWeight>>,
    /// Share of the objective that is done, or the reason for which it is not computed.
    pub(crate) progress: Result<Decimal, NotComputed>,
}

/// The weight that a phase counts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct EffectiveWeight {
    /// From 0 to 100; a computed share has up to 28 digits.
    pub(crate) value: Decimal,
    /// True if it was left blank and is its share of the rest to 100.
    pub(crate) is_computed: bool,
}

/// Reason for which the progress of an objective is not computed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum NotComputed {
    /// The objective has no phases.
    #[error("there are no phases")]
    NoPhases,
    /// The written weights are more than the whole, or less with none left blank.
    #[error("the weights make {sum}, not 100")]
    Weights {
        /// Sum of the written weights.
        sum: Decimal,
    },
    /// A weight or a progress isn't between 0 and 100, or can't be read.
    #[error("phase {} has what is no share of a whole", .phase + 1)]
    NoShare {
        /// Index of the phase.
        phase: usize,
    },
    /// A phase is over and nothing was published about it.
    #[error("nothing was published about phase {}", .phase + 1)]
    NoOutcome {
        /// Index of the phase.
        phase: usize,
    },
    /// The weights have more digits than can be added up exactly.
    #[error("the weights have too many digits")]
    TooLarge,
}

impl Weighing {
    /// Weighs the phases: blank weights share equally what the written ones leave to 100.
    ///
    /// A completed phase counts whole, one that was published in part counts that part, one that
    /// has not begun or about which nothing is published counts nothing.
    pub(crate) fn of(phases: &[WeighedPhase]) -> Self {
        let share = share_of_blanks(phases);
        Self {
            weights: phases
                .iter()
                .map(|phase| match phase.weight {
                    Some(weight) => {
                        weight.is_share().then_some(EffectiveWeight { value: weight.value(), is_computed: false })
                    }
                    None => Some(EffectiveWeight { value: share.as_ref().ok()?.each()?, is_computed: true }),
                })
                .collect(),
            progress: share.and_then(|share| progress(phases, share)),
        }
    }
}

/// Rest of the written weights to 100, and the number of blanks that share it.
#[derive(Clone, Copy)]
struct Share {
    rest: Decimal,
    blanks: i64,
}

impl Share {
    fn each(self) -> Option<Decimal> {
        self.rest.checked_div(self.blanks.into())
    }
}

fn share_of_blanks(phases: &[WeighedPhase]) -> Result<Share, NotComputed> {
    if phases.is_empty() {
        return Err(NotComputed::NoPhases);
    }
    let is_odd = |phase: &WeighedPhase| {
        phase.is_unread || [phase.weight, phase.progress].into_iter().flatten().any(|part| !part.is_share())
    };
    if let Some(phase) = phases.iter().position(is_odd) {
        return Err(NotComputed::NoShare { phase });
    }
    let sum = phases
        .iter()
        .filter_map(|phase| phase.weight)
        .try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight.value()))
        .ok_or(NotComputed::TooLarge)?;
    let rest = Decimal::HUNDRED.checked_sub(sum).ok_or(NotComputed::TooLarge)?;
    let blanks = phases.iter().filter(|phase| phase.weight.is_none()).count();
    if rest.is_negative() || (blanks == 0 && rest != Decimal::ZERO) {
        return Err(NotComputed::Weights { sum });
    }
    Ok(Share { rest, blanks: i64::try_from(blanks).map_err(|_| NotComputed::TooLarge)? })
}

fn progress(phases: &[WeighedPhase], share: Share) -> Result<Decimal, NotComputed> {
    let mut by_weight = Decimal::ZERO;
    let mut of_blanks = Decimal::ZERO;
    for (place, phase) in phases.iter().enumerate() {
        let done = match phase.state {
            PhaseState::Completed => Decimal::HUNDRED,
            PhaseState::NoData => return Err(NotComputed::NoOutcome { phase: place }),
            PhaseState::InProgress | PhaseState::Planned => phase.progress.unwrap_or(Percent::ZERO).value(),
        };
        let sum = match phase.weight {
            Some(weight) => weight
                .value()
                .checked_mul(done)
                .and_then(|weighed| by_weight.checked_add(weighed))
                .map(|sum| by_weight = sum),
            None => of_blanks.checked_add(done).map(|sum| of_blanks = sum),
        };
        sum.ok_or(NotComputed::TooLarge)?;
    }
    // The shares of the blanks are added up before they are divided, so that thirds make a whole.
    let of_blanks = if share.blanks == 0 {
        Some(Decimal::ZERO)
    } else {
        share.rest.checked_mul(of_blanks).and_then(|sum| sum.checked_div(share.blanks.into()))
    };
    of_blanks
        .and_then(|of_blanks| by_weight.checked_add(of_blanks))
        .and_then(|sum| sum.checked_div(Decimal::HUNDRED))
        .ok_or(NotComputed::TooLarge)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Lang;

    fn percent(text: &str) -> Percent {
        Percent::read(text, Lang::It).unwrap()
    }

    fn phase(weight: &str, state: PhaseState, progress: &str) -> WeighedPhase {
        WeighedPhase {
            weight: (!weight.is_empty()).then(|| percent(weight)),
            state,
            progress: (!progress.is_empty()).then(|| percent(progress)),
            is_unread: false,
        }
    }

    fn done(weighing: &Weighing) -> Result<String, NotComputed> {
        weighing.progress.clone().map(|progress| progress.to_string())
    }

    #[test]
    fn weights_are_read_with_or_without_decimals_and_sign() {
        for (written, value) in [
            ("50", "50"),
            ("50,00", "50.00"),
            ("50%", "50"),
            (" 33,3 % ", "33.3"),
            ("50.00", "50.00"),
            ("0", "0"),
            ("100", "100"),
        ] {
            assert_eq!(percent(written).value().to_string(), value);
        }
        for written in ["101", "-1", "100,01"] {
            assert!(!percent(written).is_share(), "{written}");
        }
        for written in ["", "%", "metà", "50%%"] {
            assert!(Percent::read(written, Lang::It).is_err(), "{written}");
        }
    }

    #[test]
    fn the_phases_of_2017_count_by_their_weights() {
        let weighing = Weighing::of(&[
            phase("30,00", PhaseState::Completed, ""),
            phase("20,00", PhaseState::Planned, ""),
            phase("20,00", PhaseState::InProgress, "50"),
            phase("30,00", PhaseState::InProgress, ""),
        ]);
        assert_eq!(done(&weighing), Ok("40".to_owned()));
        assert!(weighing.weights.iter().all(|weight| weight.is_some_and(|weight| !weight.is_computed)));
    }

    #[test]
    fn the_blank_of_2019_takes_what_is_left() {
        let weighing = Weighing::of(&[phase("50,00", PhaseState::Completed, ""), phase("", PhaseState::Planned, "")]);
        let blank = weighing.weights[1].unwrap();
        assert_eq!(blank.value.to_string(), "50");
        assert!(blank.is_computed);
        assert_eq!(done(&weighing), Ok("50".to_owned()));
    }

    #[test]
    fn blanks_alone_share_the_whole_and_thirds_make_a_hundred() {
        let phases = [phase("", PhaseState::Completed, ""); 3];
        let weighing = Weighing::of(&phases);
        assert_eq!(done(&weighing), Ok("100".to_owned()));
        assert_eq!(weighing.weights[0].unwrap().value.rounded(2).to_string(), "33.33");
    }

    #[test]
    fn weights_that_do_not_make_a_hundred_are_not_computed() {
        for weights in [["60", "50"], ["60", "30"]] {
            let phases = weights.map(|weight| phase(weight, PhaseState::Completed, ""));
            assert!(matches!(Weighing::of(&phases).progress, Err(NotComputed::Weights { .. })));
        }
        let over = Weighing::of(&[
            phase("60", PhaseState::Planned, ""),
            phase("50", PhaseState::Planned, ""),
            phase("", PhaseState::Planned, ""),
        ]);
        assert_eq!(over.weights[2], None);
        assert!(over.weights[0].is_some());
        assert_eq!(Weighing::of(&[]).progress, Err(NotComputed::NoPhases));
    }

    #[test]
    fn nothing_is_computed_with_what_is_no_share() {
        let sound = phase("", PhaseState::Planned, "");
        for (weight, progress) in [("5000", ""), ("-50", ""), ("50", "150"), ("", "-1")] {
            let weighing = Weighing::of(&[sound, phase(weight, PhaseState::InProgress, progress)]);
            assert_eq!(weighing.progress, Err(NotComputed::NoShare { phase: 1 }), "{weight} {progress}");
            assert_eq!(weighing.weights[0], None, "{weight} {progress}");
            assert_eq!(weighing.weights[1].is_some(), weight == "50", "{weight} {progress}");
        }
        let unread = WeighedPhase { is_unread: true, ..phase("", PhaseState::Completed, "") };
        let weighing = Weighing::of(&[phase("100", PhaseState::Completed, ""), unread]);
        assert_eq!(weighing.progress, Err(NotComputed::NoShare { phase: 1 }));
        assert_eq!(weighing.weights[1], None);
    }

    #[test]
    fn a_phase_that_is_over_without_a_word_stops_the_sum() {
        let weighing = Weighing::of(&[phase("", PhaseState::Completed, ""), phase("", PhaseState::NoData, "")]);
        assert_eq!(weighing.progress, Err(NotComputed::NoOutcome { phase: 1 }));
        assert!(weighing.weights.iter().all(Option::is_some));
    }

    #[test]
    fn weights_of_too_many_digits_are_refused() {
        let long = "33,3333333333333333333333333";
        let weighing = Weighing::of(&[phase(long, PhaseState::InProgress, long), phase("", PhaseState::Planned, "")]);
        assert_eq!(weighing.progress, Err(NotComputed::TooLarge));
    }

    proptest! {
        #[test]
        fn progress_is_always_between_nothing_and_all(
            phases in prop::collection::vec(
                (
                    prop::option::of(0_u8..=60),
                    prop::sample::select(PhaseState::ALL),
                    prop::option::of(0_u8..=100),
                ),
                0..6,
            ),
        ) {
            let phases: Vec<_> = phases
                .into_iter()
                .map(|(weight, state, progress)| WeighedPhase {
                    weight: weight.map(|weight| percent(&weight.to_string())),
                    state,
                    progress: progress.map(|progress| percent(&progress.to_string())),
                    is_unread: false,
                })
                .collect();
            let weighing = Weighing::of(&phases);
            prop_assert_eq!(weighing.weights.len(), phases.len());
            if let Ok(progress) = weighing.progress {
                prop_assert!(!progress.is_negative() && progress <= Decimal::HUNDRED);
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*", figures in "[0-9.,% -]{0,12}") {
            let _ = Percent::read(&text, Lang::It);
            let _ = Percent::read(&figures, Lang::It);
        }
    }
}
