//! Objectives and their phases.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::parts::{Approval, Citation, DocumentFields, ExtraValue, MarkdownField, TextOr};
use crate::diagnostic::Rulings;
use crate::model::{EdtfDate, ObjectiveState, Percent, Person, Translated, Written};
use crate::parse::declaration::Holds;
use crate::parse::field::{Reader, Value, record};
use crate::parse::measure::Measured;
use crate::parse::node::Node;
use crate::parse::value::{Reference, Year};

record! {
    /// Keys of an objective's sheet.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct ObjectiveFields {
        code: Option<String> = "code" | "codice" => "Codice della scheda; se manca, il nome del file" / "Code on the sheet; the name of the file if left out";
        year: Option<Year> = "year" | "anno" => "Anno dell’obiettivo, che dice già la cartella" / "Year of the objective, which the folder says already";
        title: Translated<String> = "title" | "titolo", required => "Titolo ufficiale" / "Official title";
        unit: Option<Reference> = "unit" | "ufficio" | "servizio", required => "Ufficio responsabile" / "Unit that answers for it";
        classification: Translated<Option<String>> = "classification" | "classificazione" => "Classificazione della scheda" / "Classification on the sheet";
        kind: Translated<Option<String>> = "type" | "tipo" | "tipologia" => "Tipologia della scheda" / "Type on the sheet";
        plan: Vec<Reference> = "plan" | "piano" | "collegato_a" => "Codici dei nodi di piano" / "Codes of plan nodes";
        continues: Vec<Reference> = "continues" | "continua" => "Codici degli obiettivi di anni precedenti che questo continua" / "Codes of the objectives of earlier years that this one goes on with";
        projects: Vec<Reference> = "projects" | "progetti" => "Progetti che servono all’obiettivo" / "Projects that serve it";
        lead: Translated<Option<String>> = "lead" | "in_breve" => "In breve, con parole semplici" / "In short, in plain words";
        summary: Translated<Option<String>> = "summary" | "sintesi" => "Frase che sostituisce quella ricavata dai dati" / "Sentence in place of the one made from data";
        phases: Vec<PhaseFields> = "phases" | "fasi" => "Fasi" / "Phases";
        indicators: Vec<Measured> = "indicators" | "indicatori" => "Indicatori" / "Indicators";
        declared: Option<ObjectiveState> = "state" | "stato" => "Stato dichiarato" / "Declared state";
        approved_by: Option<Approval> = "approved_by" | "approvato_con" => "Atto di approvazione" / "Approving act";
        report: Translated<Option<MarkdownField>> = "report" | "relazione" => "Relazione finale, in Markdown" / "Final account, in Markdown";
        source: Option<TextOr<Citation>> = "source" | "fonte" => "Documento di origine" / "Source document";
        note: Translated<Option<String>> = "note" | "nota" => "Nota della redazione" / "Editor's note";
        documents: Vec<DocumentFields> = "documents" | "documenti" => "Documenti" / "Documents";
        aliases: Vec<String> = "aliases" | "vecchi_indirizzi" => "Vecchi indirizzi della pagina" / "Old addresses of the page";
        draft: bool = "draft" | "bozza" => "Bozza: non si pubblica" / "Draft: not published";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questa scheda, con il motivo" / "Rules that are off or changed for this record, with the reason";
        extra: ExtraValue = "extra" => "Chiavi libere per i temi" / "Free keys for themes";
    }
}

record! {
    /// Keys of a phase.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PhaseFields {
        title: Translated<String> = "title" | "titolo" | "descrizione" | "fase", required => "Che cosa si fa" / "What is to be done";
        weight: Option<Written<Option<Percent>>> = "weight" | "peso" => "Peso, da 0 a 100" / "Weight, 0 to 100";
        start: Option<Written<Option<EdtfDate>>> = "start" | "inizio" | "inizio_previsto" => "Inizio previsto" / "Planned start";
        end: Option<Written<Option<EdtfDate>>> = "end" | "fine" | "fine_prevista" => "Fine prevista" / "Planned end";
        actual_start: Option<Written<Option<EdtfDate>>> = "actual_start" | "inizio_effettivo" => "Inizio effettivo" / "Actual start";
        actual_end: Option<Written<Option<EdtfDate>>> = "actual_end" | "fine_effettiva" => "Fine effettiva" / "Actual end";
        progress: Option<Written<Option<Percent>>> = "progress" | "avanzamento" => "Avanzamento, da 0 a 100" / "Progress, 0 to 100";
        after: Vec<Count> = "after" | "dopo" => "Numeri delle fasi che devono finire prima, contate da 1" / "Numbers of the phases that must end before, counted from 1";
        responsible: Option<Person> = "responsible" | "responsabile" => "Responsabile" / "Responsible";
        centre: Option<Reference> = "centre" | "centro" | "centro_di_responsabilità" | "centro_di_responsabilita" => "Centro di responsabilità" / "Responsibility centre";
        notes: Translated<Option<String>> = "notes" | "note" => "Note della scheda" / "Notes on the sheet";
    }
}

/// A small whole number.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Count(pub(crate) u16);

impl Value for Count {
    const HOLDS: Holds = Holds::Count;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        text.parse().map(Self).ok().or_else(|| at.refuse_whole("count", &text))
    }

    fn schema() -> Json {
        json!({ "type": "integer", "minimum": 0 })
    }
}
