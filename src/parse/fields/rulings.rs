//! Rulings on rules.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::diagnostic::{Code, Diagnostic, Level, Place, Ruling, Rulings};
use crate::parse::declaration::{Field, Holds};
use crate::parse::field::{Reader, Value, record};
use crate::parse::node::Node;

record! {
    /// Keys of a ruling on a rule.
    pub(crate) struct RulingFields {
        level: Option<Level> = "level" | "livello", required => "error, warning oppure off" / "error, warning or off";
        reason: Option<String> = "reason" | "motivo", required => "Perché" / "Why";
    }
}

/// Number of codes that a site or a record may rule on.
const RULING_COUNT: usize = {
    let (mut at, mut count) = (0, 0);
    while at < Code::ALL.len() {
        count += Code::ALL[at].can_be_ruled() as usize;
        at += 1;
    }
    count
};

/// A key for each code that may be ruled on; the catalogue of messages describes the code.
const RULES: [Field; RULING_COUNT] = {
    let field = Field {
        name: "",
        also: &[],
        required: false,
        it: "",
        en: "",
        holds: Holds::Record,
        schema: RulingFields::schema,
        within: RulingFields::FIELDS,
    };
    let mut fields = [field; RULING_COUNT];
    let (mut at, mut count) = (0, 0);
    while at < Code::ALL.len() {
        if Code::ALL[at].can_be_ruled() {
            fields[count].name = Code::ALL[at].id();
            count += 1;
        }
        at += 1;
    }
    fields
};

/// Rulings on rules, by the codes of their findings.
impl Value for Rulings {
    const WITHIN: &'static [Field] = &RULES;
    const HOLDS: Holds = Holds::Keyed(&Holds::Record);

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let Node::Map(entries) = node else { return at.wrong_type("record", &node) };
        let mut rulings = Self::new();
        for (key, value) in entries {
            at.at_key(key.clone(), |at| {
                let code = rule(&key, at);
                let fields = RulingFields::read(value, at);
                let (Some(code), Some(RulingFields { level: Some(level), reason: Some(reason) })) = (code, fields)
                else {
                    return;
                };
                if rulings.insert(code, Arc::new(Ruling { level, reason })).is_some() {
                    let problem = at.problem(Code::DuplicateKey).with("key", code.id());
                    at.report.add(of_key(problem, 1));
                }
            });
        }
        Some(rulings)
    }

    fn schema() -> Json {
        let rules: serde_json::Map<String, Json> =
            RULES.iter().map(|rule| (rule.name.to_owned(), RulingFields::schema())).collect();
        json!({ "type": "object", "properties": rules, "additionalProperties": false })
    }
}

/// Code that a key names, if it may be ruled on; else reports the problem.
fn rule(key: &str, at: &mut Reader<'_>) -> Option<Code> {
    let problem = match key.parse::<Code>() {
        Ok(code) if code.can_be_ruled() => return Some(code),
        Ok(code) => at.problem(Code::NotARule).with("code", code.id()),
        Err(_) => {
            let known = || RULES.iter().map(|rule| rule.name);
            at.problem(Code::UnknownWord)
                .with("key", "rules")
                .with("written", key)
                .with("known", known().collect::<Vec<_>>().join(", "))
                .nearest(key, known())
        }
    };
    at.report.add(of_key(problem, 0));
    None
}

/// Problem of a value as one of its key; of several equal keys the n-th, from 0.
fn of_key(problem: Diagnostic, nth: usize) -> Diagnostic {
    match problem.place {
        Place::Value(path) => Diagnostic { place: Place::Key(path, nth), ..problem },
        _ => problem,
    }
}
