//! Targets and outcomes of indicators, which are read with the other fields of their indicator.

use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::declaration::{Field, Holds};
use super::field::{Reader, Value};
use super::fields::{IndicatorFields, PeriodFields, UnreadWords};
use super::node::Node;
use super::value::{doubtful, unread_date};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Actual, Context, DateError, EdtfDate, Hint, Lang, Outcome, Reason, Target, TargetError, Verdict, Written,
};

/// An indicator with its target and its outcomes, which are read with the other fields.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) fields: IndicatorFields,
    /// Promised value; its words are empty if nothing was promised.
    pub(crate) target: Written<Target>,
    /// Published outcome; none if nothing is published.
    pub(crate) actual: Option<Written<Actual>>,
    /// Value before the promise.
    pub(crate) baseline: Option<Written<Actual>>,
    /// Values of parts of the time.
    pub(crate) periods: Vec<Period>,
}

/// A value of an indicator for a part of its time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Period {
    pub(crate) fields: PeriodFields,
    /// The part of the time.
    pub(crate) period: Written<Option<EdtfDate>>,
    /// Promised value.
    pub(crate) target: Written<Target>,
    /// Published outcome.
    pub(crate) actual: Option<Written<Actual>>,
}

impl Deref for Measured {
    type Target = IndicatorFields;

    fn deref(&self) -> &IndicatorFields {
        &self.fields
    }
}

impl Deref for Period {
    type Target = PeriodFields;

    fn deref(&self) -> &PeriodFields {
        &self.fields
    }
}

impl Value for Measured {
    const WITHIN: &'static [Field] = IndicatorFields::FIELDS;
    const HOLDS: Holds = IndicatorFields::HOLDS;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        IndicatorFields::read(node, at).map(|fields| measure(fields, at))
    }

    fn schema() -> Json {
        IndicatorFields::schema()
    }
}

fn measure(mut fields: IndicatorFields, at: &mut Reader<'_>) -> Measured {
    let baseline = fields.baseline.take().map(|words| baseline_of(words, at));
    let (target, actual, periods) = (fields.target.take(), fields.actual.take(), std::mem::take(&mut fields.periods));
    let context = Context {
        title: &fields.title,
        direction: fields.direction,
        unit_of_measure: fields.unit_of_measure.as_deref(),
        baseline: baseline.as_ref().map(Written::value),
    };
    let (target, actual) = target_and_actual(target, actual, &context, at);
    let periods = periods.into_iter().enumerate().filter_map(|(i, mut fields)| {
        at.at_key("periods", |at| {
            at.at_index(i, |at| {
                let (target, actual) = target_and_actual(fields.target.take(), fields.actual.take(), &context, at);
                Some(Period { period: fields.period.take()?, target, actual, fields })
            })
        })
    });
    let periods = periods.collect();
    Measured { fields, target, actual, baseline, periods }
}

/// Reads a target with its outcome, and reports what keeps the one from being judged by the other.
fn target_and_actual(
    target: Option<UnreadWords>,
    actual: Option<UnreadWords>,
    context: &Context<'_>,
    at: &mut Reader<'_>,
) -> (Written<Target>, Option<Written<Actual>>) {
    let target = target_of(target, context, at);
    let actual = actual.and_then(|words| actual_of(words, target.value(), at));
    let question = target.value().basis().question().map(Reason::key);
    let year = (target.value().hint() == Some(Hint::Year)).then_some("year");
    if let Some(case) = question.or(year) {
        at.at_key("target", |at| {
            let problem = at.problem(Code::NotEvaluable).with("case", case).with("written", target.text());
            at.report.add(problem);
        });
        return (target, actual);
    }
    let verdict = actual.as_ref().map(|actual| target.value().judge(actual.value(), context.baseline));
    if let (Some(actual), Some(Verdict::NotEvaluable(reason))) = (&actual, verdict)
        && reason.is_mendable()
    {
        at.at_key("actual", |at| {
            let problem = unjudged(actual.text(), target.text(), reason, |code| at.problem(code));
            at.report.add(problem);
        });
    }
    (target, actual)
}

fn target_of(words: Option<UnreadWords>, context: &Context<'_>, at: &mut Reader<'_>) -> Written<Target> {
    let text = words.map_or_else(Box::default, |words| words.0);
    at.at_key("target", |at| match Target::read(&text, context, at.conventions()) {
        Ok(target) => {
            doubtful(&text, target.doubt(), at);
            Written::new(text, target)
        }
        Err(error) => {
            let problem = unread_target(&text, &error, |code| at.problem(code));
            at.report.add(problem);
            let target = Target::prose(&text);
            Written::new(text, target)
        }
    })
}

fn actual_of(words: UnreadWords, target: &Target, at: &mut Reader<'_>) -> Option<Written<Actual>> {
    let text = words.0;
    at.at_key("actual", |at| match Actual::read(&text, target, at.conventions()) {
        Ok(actual) => {
            doubtful(&text, actual.doubt(), at);
            Some(Written::new(text, actual))
        }
        Err(error) => {
            let problem = unread_date(&text, &error, |code| at.problem(code));
            at.report.add(problem);
            None
        }
    })
}

/// Reads the value that an indicator had before. Words that are no figure are kept and reported: nothing can be
/// measured from them.
fn baseline_of(words: UnreadWords, at: &mut Reader<'_>) -> Written<Actual> {
    let text = words.0;
    let baseline = Actual::baseline(&text, at.languages.first);
    at.at_key("baseline", |at| {
        doubtful(&text, baseline.doubt(), at);
        if matches!(baseline.outcome(), Outcome::Text(_)) {
            let problem = at.problem(Code::NotEvaluable).with("case", "baseline").with("written", &*text);
            at.report.add(problem);
        }
    });
    Written::new(text, baseline)
}

/// Problem of words that are no target. Only a day that doesn't exist forbids publishing: other words are kept.
pub(crate) fn unread_target(text: &str, error: &TargetError, problem: impl FnOnce(Code) -> Diagnostic) -> Diagnostic {
    let (case, nearest) = match error {
        TargetError::Date(error @ DateError::Impossible { .. }) => return unread_date(text, error, problem),
        TargetError::Date(DateError::Vague { nearest, .. }) => ("date_near", Some(nearest.words(Lang::It))),
        TargetError::Date(_) => ("date", None),
        TargetError::Number(_) => ("number", None),
        TargetError::EmptyRange { .. } => ("range", None),
        TargetError::RatioOfNothing { .. } => ("ratio", None),
    };
    let problem = problem(Code::BadTarget).with("case", case).with("written", text);
    match nearest {
        Some(nearest) => problem.with("read", nearest),
        None => problem,
    }
}

/// Problem of an outcome that can't be compared with its target.
fn unjudged(text: &str, target: &str, reason: Reason, problem: impl FnOnce(Code) -> Diagnostic) -> Diagnostic {
    let problem = match reason {
        Reason::OtherKind => problem(Code::OutcomeKind),
        reason => problem(Code::NotEvaluable).with("case", reason.key()),
    };
    problem.with("written", text).with("target", target)
}
