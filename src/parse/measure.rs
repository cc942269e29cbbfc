//! Targets and outcomes of indicators, which are read with the other fields of their indicator.

use super::field::Reader;
use super::fields::{IndicatorFields, UnreadWords};
use super::sheet::ParsedIndicator;
use super::value::{doubtful, unread_date};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Actual, Context, DateError, Hint, Indicator, Lang, Outcome, Period, Reason, Target, TargetError, Verdict, Written,
};

/// Reads the indicators of a record.
pub(super) fn measure_all(indicators: Vec<IndicatorFields>, at: &mut Reader<'_>) -> Vec<ParsedIndicator> {
    let mut measured = Vec::with_capacity(indicators.len());
    measured.extend(
        indicators
            .into_iter()
            .enumerate()
            .map(|(i, fields)| at.at_index(i, |at| measure(fields, at))),
    );
    measured
}

fn measure(fields: IndicatorFields, at: &mut Reader<'_>) -> ParsedIndicator {
    let baseline = fields.baseline.map(|words| baseline_of(words, at));
    let title = fields.title.unwrap_or_default();
    let context = Context {
        title: &title,
        direction: fields.direction,
        unit_of_measure: fields.unit_of_measure.as_deref(),
        baseline: baseline.as_ref().map(Written::value),
    };
    let (target, actual) = target_and_actual(fields.target, fields.actual, &context, at);
    let periods = fields.periods.unwrap_or_default().into_iter().enumerate().filter_map(|(i, period)| {
        at.at_key("periods", |at| {
            at.at_index(i, |at| {
                let (target, actual) = target_and_actual(period.target, period.actual, &context, at);
                let (comment, evidence) = (period.comment, period.evidence.map(|to| to.0));
                Some(Period { period: period.period?, target, actual, comment, evidence })
            })
        })
    });
    let periods = periods.collect();
    ParsedIndicator {
        series: fields.series,
        indicator: Indicator {
            title: title.into(),
            kind: fields.kind.into(),
            unit_of_measure: fields.unit_of_measure.into(),
            target,
            actual,
            direction: fields.direction,
            baseline,
            series: None,
            periods,
            definition: fields.definition.into(),
            source: fields.source.into(),
            comment: fields.comment.into(),
            evidence: fields.evidence.map(|to| to.0),
            declared: fields.declared,
        },
    }
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
    let text = words.map_or_else(String::new, |words| words.0);
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
            let problem = at.problem(Code::NotEvaluable).with("case", "baseline").with("written", text.as_str());
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
