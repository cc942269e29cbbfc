//! Rows and groups of objectives, with their targets counted.

use serde::Serialize;

use super::badge::Badge;
use super::date::When;
use super::figure::count_arg;
use super::link::Link;
use crate::catalogue::ObjectiveId;
use crate::model::{IndicatorState, StateCounts};
use crate::render::view::context::PageContext;
use crate::render::view::phrase::Phrase;
use crate::site::Route;

/// An objective in a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ObjectiveRow {
    #[serde(skip)]
    pub(crate) id: ObjectiveId,
    /// Classes by which the filters of the page find it, if it has filters.
    pub(crate) marks: Option<String>,
    pub(crate) title: Phrase,
    pub(crate) href: String,
    pub(crate) code: String,
    pub(crate) office: Phrase,
    pub(crate) badge: Badge,
    pub(crate) targets: String,
    pub(crate) targets_line: String,
    pub(crate) end: When,
    pub(crate) end_line: String,
}

impl ObjectiveRow {
    pub(crate) fn of(cx: &PageContext<'_>, id: ObjectiveId) -> Self {
        let objective = cx.catalogue().listed(id);
        let (state, counts) = cx.site.state(id);
        let targets = targets_met_words(cx, counts);
        let end = When::day(cx, objective.end);
        Self {
            id,
            marks: None,
            title: cx.text(objective.title),
            href: cx.href(Route::Objective(id)),
            code: objective.code.to_owned(),
            office: cx.text(&cx.catalogue()[objective.unit].name),
            badge: Badge::of(cx, state.key()),
            targets_line: cx.format("lst.targets_line", &[("testo", (&targets).into())]),
            targets,
            end_line: cx.format("lst.end_line", &[("data", (&end.words).into())]),
            end,
        }
    }

    pub(crate) fn all(cx: &PageContext<'_>, ids: &[ObjectiveId]) -> Vec<Self> {
        ids.iter().map(|id| Self::of(cx, *id)).collect()
    }
}

/// Objectives under one heading: a table, or links where a table is too long. One of the two is empty.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ObjectiveGroup {
    pub(crate) title: Phrase,
    pub(crate) caption: String,
    pub(crate) rows: Vec<ObjectiveRow>,
    pub(crate) links: Vec<Link>,
}

impl ObjectiveGroup {
    pub(crate) fn table(cx: &PageContext<'_>, title: impl Into<Phrase>, caption: String, ids: &[ObjectiveId]) -> Self {
        Self { title: title.into(), caption, rows: ObjectiveRow::all(cx, ids), links: Vec::new() }
    }

    pub(crate) fn links(cx: &PageContext<'_>, title: impl Into<Phrase>, ids: &[ObjectiveId]) -> Self {
        let link = |id: &ObjectiveId| {
            let objective = cx.catalogue().listed(*id);
            let state = cx.word(&format!("st.{}", cx.site.state(*id).0.key()));
            let meta = [objective.code, &state].join(" · ");
            Link::to(cx, Route::Objective(*id), cx.text(objective.title)).with_meta(meta)
        };
        Self { title: title.into(), caption: String::new(), rows: Vec::new(), links: ids.iter().map(link).collect() }
    }

    /// One table for each year.
    pub(crate) fn of_years(cx: &PageContext<'_>, years: &[(i16, &[ObjectiveId])]) -> Vec<Self> {
        let group = |(year, ids): &(i16, &[ObjectiveId])| {
            let year = year.to_string();
            let caption = cx.format("lst.caption_year", &[("anno", (&year).into())]);
            Self::table(cx, year, caption, ids)
        };
        years.iter().map(group).collect()
    }
}

/// Objectives, which are in the order of years, by year, newest first.
pub(crate) fn group_by_year<'i>(cx: &PageContext<'_>, ids: &'i [ObjectiveId]) -> Vec<(i16, &'i [ObjectiveId])> {
    let year = |id: &ObjectiveId| cx.catalogue().listed(*id).year;
    let mut years: Vec<_> = ids.chunk_by(|a, b| year(a) == year(b)).map(|ids| (year(&ids[0]), ids)).collect();
    years.reverse();
    years
}

/// Count of the targets that are met, never without those that are met in part, unknown, not comparable or not due yet.
pub(crate) fn targets_met_words(cx: &PageContext<'_>, counts: &StateCounts<IndicatorState>) -> String {
    let promised = promised_count(counts);
    let [met, partly, unpublished, not_evaluable, pending] = [
        IndicatorState::Met,
        IndicatorState::PartiallyMet,
        IndicatorState::NoData,
        IndicatorState::NotEvaluable,
        IndicatorState::Pending,
    ]
    .map(|state| counts.get(state));
    match promised {
        0 => return cx.word("lst.no_targets"),
        all if unpublished == all => return cx.word("lst.met_unpublished"),
        all if pending == all => return cx.word("lst.met_pending"),
        _ => {}
    }
    let of = cx.format("lst.met_of", &[("a", count_arg(met)), ("b", count_arg(promised))]);
    let others = [
        ("lst.met_partly", partly),
        ("lst.met_silent", unpublished),
        ("lst.met_unjudged", not_evaluable),
        ("lst.met_open", pending),
    ];
    others
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .fold(of, |words, (key, n)| cx.format(key, &[("testo", (&words).into()), ("n", count_arg(n))]))
}

/// Number of indicators that have a target.
pub(crate) fn promised_count(counts: &StateCounts<IndicatorState>) -> u32 {
    counts.total() - counts.get(IndicatorState::NoTarget)
}

/// The state that an office declares beside the one that the site computes, by the names of the two in data.
pub(crate) fn declared_note(cx: &PageContext<'_>, declared: &str, computed: &str) -> String {
    let [stated, counted] = [declared, computed].map(|key| cx.word(&format!("st.{key}")));
    if stated == counted {
        return cx.format("obj.declared_same", &[("stato", (&stated).into())]);
    }
    cx.format("obj.declared_other", &[("stato", (&stated).into()), ("calcolato", (&counted).into())])
}
