//! Indicators and the values of parts of the year.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::model::{Direction, EdtfDate, IndicatorState, Translated, Written};
use crate::parse::declaration::Holds;
use crate::parse::field::{Reader, Value, record};
use crate::parse::node::Node;
use crate::parse::value::LinkTo;

record! {
    /// Keys of an indicator.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct IndicatorFields {
        title: Translated<String> = "title" | "titolo" | "descrizione" | "indicatore", required => "Che cosa si misura" / "What is measured";
        kind: Translated<Option<String>> = "type" | "tipo" => "Tipo, con la parola dell’ufficio" / "Type, in the office's word";
        unit_of_measure: Translated<Option<String>> = "unit_of_measure" | "unità_di_misura" | "unita_di_misura" => "Unità di misura" / "Unit of measure";
        target: Option<UnreadWords> = "target" | "valore_atteso" | "traguardo" => "Valore atteso" / "Target";
        actual: Option<UnreadWords> = "actual" | "consuntivo" | "risultato" => "Valore ottenuto" / "Outcome";
        direction: Option<Direction> = "direction" | "direzione" => "Verso: up, down, keep" / "Direction: up, down, keep";
        baseline: Option<UnreadWords> = "baseline" | "valore_iniziale" => "Valore di partenza" / "Baseline";
        series: Option<String> = "thread" | "serie" => "Nome della serie negli anni" / "Name of the series over years";
        periods: Vec<PeriodFields> = "periods" | "periodi" => "Valori di parti dell’anno" / "Values of parts of the year";
        definition: Translated<Option<String>> = "definition" | "definizione" => "Che cosa si conta, esattamente" / "What exactly is counted";
        source: Translated<Option<String>> = "source" | "fonte" => "Da dove viene il dato" / "Where the figure comes from";
        comment: Translated<Option<String>> = "comment" | "commento" => "Commento al risultato" / "Comment on the outcome";
        evidence: Option<LinkTo> = "evidence" | "prova" => "Indirizzo o file che prova il risultato" / "Address or file that proves the outcome";
        declared: Option<IndicatorState> = "state" | "stato" => "Stato dichiarato" / "Declared state";
    }
}

record! {
    /// Keys of a value for a part of the time.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PeriodFields {
        period: Option<Written<Option<EdtfDate>>> = "period" | "periodo", required => "Parte dell’anno" / "Part of the year";
        target: Option<UnreadWords> = "target" | "valore_atteso" => "Valore atteso" / "Target";
        actual: Option<UnreadWords> = "actual" | "consuntivo" => "Valore ottenuto" / "Outcome";
        comment: Option<String> = "comment" | "commento" => "Commento" / "Comment";
        evidence: Option<LinkTo> = "evidence" | "prova" => "Indirizzo o file che prova il valore" / "Address or file that proves the value";
    }
}

/// Words whose meaning depends on other fields; they are read once those are known.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UnreadWords(pub(crate) Box<str>);

impl Value for UnreadWords {
    const HOLDS: Holds = Holds::Target;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        at.written(node).map(|text| Self(text.into()))
    }

    fn schema() -> Json {
        json!({ "type": ["string", "number", "boolean"], "examples": ["=> 100", "2/4", "entro il 30 giugno"] })
    }
}
