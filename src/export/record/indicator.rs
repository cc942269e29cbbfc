//! Indicators of objectives and projects, and series of them over the years.

use serde::Serialize;

use super::values::RecordJson;
use super::words;
use crate::catalogue::{Indicator, Period, SeriesId};
use crate::model::{Direction, IndicatorState};
use crate::output::json::object;
use crate::site::Route;

impl RecordJson<'_> {
    pub(super) fn indicator(&self, route: Route, indicator: &Indicator, state: IndicatorState) -> impl Serialize {
        object! {
            "title": &indicator.title,
            "type": &indicator.kind,
            "unit_of_measure": &indicator.unit_of_measure,
            "target": self.target(&indicator.target),
            "actual": indicator.actual.as_ref().map(|actual| self.actual(actual)),
            "direction": indicator.direction.or(indicator.target.value().direction()).map(Direction::key),
            "baseline": indicator.baseline.as_ref().map(|baseline| object! {
                "written": baseline.text(),
                "value": baseline.value().value(),
            }),
            "progress": indicator.progress().map(|progress| progress.to_string()),
            "state": state.key(),
            "reason": indicator.reason().map(|reason| reason.words(self.lang)),
            "declared_state": indicator.declared.map(IndicatorState::key),
            "thread": indicator.series.map(|series| self.series_link(series)),
            "periods": indicator.periods.iter().map(|period| self.period(route, period)).collect::<Vec<_>>(),
            "definition": &indicator.definition,
            "source": &indicator.source,
            "comment": &indicator.comment,
            "evidence": indicator.evidence.as_deref().map(|evidence| self.absolute(route, evidence)),
        }
    }

    pub(super) fn period(&self, route: Route, period: &Period) -> impl Serialize {
        object! {
            "period": self.date(Some(&period.period)),
            "target": self.target(&period.target),
            "actual": period.actual.as_ref().map(|actual| self.actual(actual)),
            "comment": &period.comment,
            "evidence": period.evidence.as_deref().map(|evidence| self.absolute(route, evidence)),
        }
    }

    pub(super) fn series(&self, id: SeriesId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let series = &catalogue[id];
        let points: Vec<_> = (series.points.iter())
            .map(|point| {
                let route = Route::Objective(point.objective);
                let state = self.site.judgement(point.objective).indicators[point.indicator];
                object! {
                    "objective": self.objective_link(point.objective),
                    "indicator": self.indicator(route, &catalogue[point.objective].indicators[point.indicator], state),
                }
            })
            .collect();
        object! {
            "record": "thread",
            "page": self.site.cited(Route::Series(id)),
            "thread": &series.slug,
            "administration": self.unit_link(series.administration),
            "points": points,
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Series(id)),
        }
    }
}
