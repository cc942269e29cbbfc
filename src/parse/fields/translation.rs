//! Words of translations, which have some of the fields of what they translate.

use serde::{Deserialize, Serialize};

use crate::parse::field::record;

record! {
    /// Keys of a translation of a Markdown record; what it leaves out stays in the first language.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct SheetWords {
        title: Option<String> = "title" | "titolo" => "Titolo" / "Title";
        lead: Option<String> = "lead" | "in_breve" => "In breve" / "In short";
        summary: Option<String> = "summary" | "sintesi" => "Frase che sostituisce quella ricavata dai dati" / "Sentence in place of the one made from data";
        classification: Option<String> = "classification" | "classificazione" => "Classificazione della scheda" / "Classification on the sheet";
        kind: Option<String> = "type" | "tipo" | "tipologia" => "Tipologia della scheda" / "Type on the sheet";
        phases: Option<Vec<PhaseWords>> = "phases" | "fasi" => "Fasi, nello stesso ordine" / "Phases, in the same order";
        indicators: Option<Vec<IndicatorWords>> = "indicators" | "indicatori" => "Indicatori, nello stesso ordine" / "Indicators, in the same order";
        expected_results: Option<Vec<IndicatorWords>> = "expected_results" | "risultati_attesi" => "Risultati attesi, nello stesso ordine" / "Expected results, in the same order";
        milestones: Option<Vec<TitleWords>> = "milestones" | "tappe" => "Tappe, nello stesso ordine" / "Milestones, in the same order";
        documents: Option<Vec<TitleWords>> = "documents" | "documenti" => "Documenti, nello stesso ordine" / "Documents, in the same order";
        report: Option<String> = "report" | "relazione" => "Relazione finale, in Markdown" / "Final account, in Markdown";
        note: Option<String> = "note" | "nota" => "Nota della redazione" / "Editor's note";
    }
}

record! {
    /// Keys of a translated phase.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PhaseWords {
        title: Option<String> = "title" | "titolo" | "descrizione" | "fase" => "Che cosa si fa" / "What is to be done";
        notes: Option<String> = "notes" | "note" => "Note della scheda" / "Notes on the sheet";
    }
}

record! {
    /// Keys of a translated indicator.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct IndicatorWords {
        title: Option<String> = "title" | "titolo" | "descrizione" | "indicatore" => "Che cosa si misura" / "What is measured";
        kind: Option<String> = "type" | "tipo" => "Tipo, con la parola dell’ufficio" / "Type, in the office's word";
        unit_of_measure: Option<String> = "unit_of_measure" | "unità_di_misura" | "unita_di_misura" => "Unità di misura" / "Unit of measure";
        definition: Option<String> = "definition" | "definizione" => "Che cosa si conta, esattamente" / "What exactly is counted";
        source: Option<String> = "source" | "fonte" => "Da dove viene il dato" / "Where the figure comes from";
        comment: Option<String> = "comment" | "commento" => "Commento al risultato" / "Comment on the outcome";
    }
}

record! {
    /// Keys of a translated milestone or document.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct TitleWords {
        title: Option<String> = "title" | "titolo" => "Titolo" / "Title";
    }
}

record! {
    /// Keys of a translated unit.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct UnitWords {
        id: Option<String> = "id", required => "Nome per i riferimenti dell’ufficio" / "Name for references of the unit";
        name: Option<String> = "name" | "nome" => "Nome ufficiale" / "Official name";
        kind: Option<String> = "kind" | "tipo" => "Che cos’è: comune, direzione, servizio" / "What it is: comune, direzione, servizio";
        description: Option<String> = "description" | "descrizione" => "Di che cosa si occupa" / "What it does";
    }
}

record! {
    /// Keys of a translated plan.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PlanWords {
        title: Option<String> = "title" | "titolo" => "Nome del piano" / "Name of the plan";
        scheme: Option<String> = "scheme" | "schema" => "Tipo di piano: DUP, PIAO, PON" / "Kind of plan: DUP, PIAO, PON";
        nodes: Option<Vec<NodeWords>> = "nodes" | "nodi" => "Nodi" / "Nodes";
    }
}

record! {
    /// Keys of a translated plan node.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct NodeWords {
        code: Option<String> = "code" | "codice", required => "Codice del nodo" / "Code of the node";
        level: Option<String> = "level" | "livello" => "Livello, con la parola del piano" / "Level, in the plan's word";
        title: Option<String> = "title" | "titolo" => "Titolo" / "Title";
        quote: Option<String> = "quote" | "citazione" => "Testo del piano" / "The plan's text";
    }
}
