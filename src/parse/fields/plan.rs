//! Plans and their nodes.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::diagnostic::{Code, Rulings};
use crate::model::{DateError, EdtfDate, Translated, Written, Years};
use crate::parse::declaration::Holds;
use crate::parse::field::{Reader, Value, record};
use crate::parse::node::Node;
use crate::parse::value::{Reference, unread_date};

record! {
    /// Keys of a plan.
    #[derive(Hash, Serialize, Deserialize)]
    pub(crate) struct PlanFields {
        title: Translated<String> = "title" | "titolo", required => "Nome del piano" / "Name of the plan";
        administration: Option<Reference> = "administration" | "amministrazione", required => "Amministrazione" / "Administration";
        scheme: Translated<Option<String>> = "scheme" | "schema" => "Tipo di piano: DUP, PIAO, PON" / "Kind of plan: DUP, PIAO, PON";
        validity: Option<Written<Option<Years>>> = "validity" | "validità" | "validita" => "Anni di validità" / "Years for which it holds";
        url: Option<Written<Option<String>>> = "url" => "Dove è pubblicato" / "Where it is published";
        nodes: Vec<NodeFields> = "nodes" | "nodi" => "Nodi" / "Nodes";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questo piano, con il motivo" / "Rules that are off or changed for this plan, with the reason";
    }
}

record! {
    /// Keys of a plan node.
    #[derive(Hash, Serialize, Deserialize)]
    pub(crate) struct NodeFields {
        code: Option<String> = "code" | "codice", required => "Codice" / "Code";
        level: Translated<Option<String>> = "level" | "livello" => "Livello, con la parola del piano" / "Level, in the plan's word";
        title: Translated<String> = "title" | "titolo", required => "Titolo" / "Title";
        written: Option<String> = "written" | "come_scritto" => "Parole abbreviate della fonte" / "The source's shortened words";
        quote: Translated<Option<String>> = "quote" | "citazione" => "Testo del piano" / "The plan's text";
        url: Option<Written<Option<String>>> = "url" => "Dove è pubblicato" / "Where it is published";
        parent: Option<Reference> = "parent" | "fa_parte_di" => "Codice del nodo superiore" / "Code of the node above";
    }
}

/// Years of a plan's validity; `None` if they end before they begin.
pub(crate) fn validity(text: &str) -> Result<Option<Years>, DateError> {
    match EdtfDate::read(text, None) {
        Err(DateError::Span { span, .. }) => Ok(Years::new(span.earliest().year(), span.latest().year())),
        read => read.map(|date| Years::of(&date)),
    }
}

/// Validity of a plan: one date's years, or a first and a last year (`2014/2020`, `2014-2020`).
impl Value for Written<Option<Years>> {
    const HOLDS: Holds = Holds::Years;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let years = match validity(&text) {
            Ok(Some(years)) => Some(years),
            Ok(None) => at.refuse(Code::BadDate, &text),
            Err(error) => {
                let problem = unread_date(&text, &error, |code| at.problem(code));
                at.report.add(problem);
                None
            }
        };
        Some(Self::new(text, years))
    }

    fn schema() -> Json {
        json!({ "type": ["string", "integer"], "examples": [2020, "2014/2020"] })
    }
}
