//! Words of a translation, which has some of the fields of the record that it translates.

use super::field::{Reader, Value};
use super::fields::{PlanWords, SheetWords, UnitWords};
use super::kind::SheetKind;
use super::node::Node;
use super::sheet::TranslatedWords;
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place};
use crate::model::Markdown;

/// Reads the words of a translation, as far as they can be read.
pub(super) fn read(kind: SheetKind<'_>, node: Node, body: Markdown, at: &mut Reader<'_>) -> TranslatedWords {
    match kind {
        SheetKind::Units => {
            let list = match node {
                Node::List(list) => list,
                Node::Null => Vec::new(),
                other => {
                    at.wrong_type::<()>("list", &other);
                    Vec::new()
                }
            };
            let read = |(i, node)| at.at_index(i, |at| UnitWords::read(node, at));
            TranslatedWords::Units(list.into_iter().enumerate().filter_map(read).collect())
        }
        SheetKind::Plan if node.is_blank() => TranslatedWords::Plan(PlanWords::default()),
        SheetKind::Plan => TranslatedWords::Plan(PlanWords::read(node, at).unwrap_or_default()),
        kind => {
            check_keys(kind, &node, at);
            let words = if node.is_blank() { None } else { SheetWords::read(node, at) };
            TranslatedWords::Sheet(Box::new(words.unwrap_or_default()), body)
        }
    }
}

/// Reports the keys that records of another kind have, and the translated one hasn't.
fn check_keys(kind: SheetKind<'_>, node: &Node, at: &mut Reader<'_>) {
    let Node::Map(entries) = node else { return };
    let own = kind.fields();
    let known: Vec<&str> = SheetWords::FIELDS
        .iter()
        .filter(|field| own.iter().any(|own| own.name == field.name))
        .map(|field| field.name)
        .collect();
    for (key, _) in entries {
        let field = SheetWords::FIELDS.iter().find(|field| field.is(key));
        if field.is_some_and(|field| !known.contains(&field.name)) {
            let place = Place::Key(KeyPath::of(key.clone()), 0);
            let problem = Diagnostic::new(Code::UnknownKey, at.file, place).with("key", key);
            at.report.add(problem.with("known", known.join(", ")));
        }
    }
}
