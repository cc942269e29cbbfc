//! State badges: a shape, a word and a colour, so that none is needed to know the state.

use serde::Serialize;

use crate::render::view::context::PageContext;

/// A state: a shape, a word and a colour, so that none is needed to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Badge {
    pub(crate) class: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) word: String,
}

impl Badge {
    /// The badge of an objective's, indicator's or project's state, by its name in data.
    pub(crate) fn of(cx: &PageContext<'_>, key: &str) -> Self {
        Self::with_word(key, cx.word(&format!("st.{key}")))
    }

    /// The badge of a phase's state; Italian phases are feminine and have words of their own.
    pub(crate) fn of_phase(cx: &PageContext<'_>, key: &str) -> Self {
        Self::with_word(key, cx.word(&format!("phase.{key}")))
    }

    fn with_word(key: &str, word: String) -> Self {
        let (class, icon) = icon_and_colour(key).unwrap_or(NO_DATA);
        Self { class, icon, word }
    }
}

/// Class and shape of a state that is unknown.
pub(super) const NO_DATA: (&str, &str) = ("st-na", "na");

/// The class and the shape of a state, by its name in data.
pub(crate) fn icon_and_colour(key: &str) -> Option<(&'static str, &'static str)> {
    Some(match key {
        "met" | "completed" | "on_track" | "ahead" => ("st-ok", "ok"),
        "partially_met" => ("st-part", "part"),
        "in_progress" | "pending" => ("st-go", "go"),
        "delayed" | "late" => ("st-late", "late"),
        "not_met" | "blocked" => ("st-ko", "ko"),
        "suspended" | "cancelled" => ("st-off", "off"),
        "planned" | "not_started" => ("st-off", "plan"),
        "partly_published" => ("st-some", "some"),
        "no_data" | "no_target" | "not_evaluable" | "unknown" => NO_DATA,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Health, IndicatorState, Lifecycle, ObjectiveState, PhaseState};

    #[test]
    fn every_state_has_a_shape() {
        let states = IndicatorState::ALL.iter().map(|state| state.key());
        let states = states.chain(ObjectiveState::ALL.iter().map(|state| state.key()));
        let states = states.chain(Lifecycle::ALL.iter().map(|state| state.key()));
        let states = states.chain(Health::ALL.iter().map(|state| state.key()));
        for key in states.chain(PhaseState::ALL.iter().map(|state| state.key())) {
            assert!(icon_and_colour(key).is_some(), "{key}");
        }
    }
}
