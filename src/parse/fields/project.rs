//! Projects, their updates, milestones and money.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::parts::{Citation, DocumentFields, ExtraValue, OneText, TextOr};
use crate::diagnostic::Rulings;
use crate::model::{Amount, Cig, Cup, EdtfDate, Health, Lifecycle, Percent, Translated, Written};
use crate::parse::field::record;
use crate::parse::measure::Measured;
use crate::parse::value::Reference;

record! {
    /// Keys of a project.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct ProjectFields {
        code: Option<String> = "code" | "codice" => "Codice del progetto" / "Code of the project";
        title: Translated<String> = "title" | "titolo", required => "Titolo ufficiale" / "Official title";
        unit: Option<Reference> = "unit" | "ufficio" | "servizio", required => "Ufficio responsabile" / "Unit that answers for it";
        plan: Vec<Reference> = "plan" | "piano" => "Codici dei nodi di piano" / "Codes of plan nodes";
        lead: Translated<Option<String>> = "lead" | "in_breve" => "In breve, con parole semplici" / "In short, in plain words";
        summary: Translated<Option<String>> = "summary" | "sintesi" => "Frase che sostituisce quella ricavata dai dati" / "Sentence in place of the one made from data";
        start: Option<Written<Option<EdtfDate>>> = "start" | "inizio" | "data_inizio" => "Inizio" / "Start";
        end: Option<Written<Option<EdtfDate>>> = "end" | "fine" | "data_fine" => "Fine" / "End";
        cost: Option<TextOr<Cost>> = "amount" | "importo" => "Importo" / "Amount";
        spent: Option<Written<Option<Amount>>> = "spent" | "speso" => "Spesa sostenuta" / "Spent so far";
        cup: Vec<Cup> = "cup" | "CUP" => "Codice unico di progetto" / "Code of the public investment (CUP)";
        cig: Vec<Cig> = "cig" | "CIG" => "Codici identificativi di gara" / "Tender codes (CIG)";
        lifecycle: Option<Lifecycle> = "lifecycle" | "stato" => "A che punto è" / "Where it stands";
        health: Option<Health> = "health" | "andamento" => "Andamento" / "How it goes";
        expected_results: Vec<Measured> = "expected_results" | "risultati_attesi" => "Risultati attesi" / "Expected results";
        milestones: Vec<Milestone> = "milestones" | "tappe" => "Tappe" / "Milestones";
        partners: Vec<String> = "partners" | "partner" => "Chi partecipa" / "Who takes part";
        places: Vec<String> = "places" | "luoghi" => "Dove" / "Where";
        objectives: Vec<Reference> = "objectives" | "obiettivi" => "Obiettivi ai quali serve" / "Objectives that it serves";
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
    /// Keys of an update.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct UpdateFields {
        title: Translated<String> = "title" | "titolo", required => "Che cosa è successo" / "What happened";
        date: Option<Date> = "date" | "data" => "Giorno; se manca, quello nel nome del file" / "Day; the one in the file's name if left out";
        project: Option<String> = "project" | "progetto" => "Progetto, che dice già la cartella" / "Project, which the folder says already";
        lead: Translated<Option<String>> = "lead" | "in_breve" => "In breve" / "In short";
        lifecycle: Option<Lifecycle> = "lifecycle" | "stato" => "A che punto è il progetto da questo giorno" / "Where the project stands from this day on";
        health: Option<Health> = "health" | "andamento" => "Andamento da questo giorno" / "How it goes from this day on";
        progress: Option<Written<Option<Percent>>> = "progress" | "avanzamento" => "Avanzamento, da 0 a 100" / "Progress, 0 to 100";
        spent: Option<Written<Option<Amount>>> = "spent" | "speso" => "Spesa sostenuta finora" / "Spent so far";
        milestone: Option<Reference> = "milestone" | "tappa" => "Tappa raggiunta" / "Milestone that is met";
        source: Option<TextOr<Citation>> = "source" | "fonte" => "Documento di origine" / "Source document";
        documents: Vec<DocumentFields> = "documents" | "documenti" => "Documenti" / "Documents";
        draft: bool = "draft" | "bozza" => "Bozza: non si pubblica" / "Draft: not published";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questa scheda, con il motivo" / "Rules that are off or changed for this record, with the reason";
        extra: ExtraValue = "extra" => "Chiavi libere per i temi" / "Free keys for themes";
    }
}

record! {
    /// Keys of a milestone.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct Milestone {
        title: Translated<String> = "title" | "titolo", required => "Che cosa si fa" / "What is to be done";
        due: Option<Written<Option<EdtfDate>>> = "due" | "scadenza" => "Entro quando" / "By when";
        met: Option<Written<Option<EdtfDate>>> = "met" | "raggiunta" => "Quando è stata raggiunta" / "When it was done";
    }
}

record! {
    /// Keys of an amount with its sources.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct Cost {
        total: Option<Written<Option<Amount>>> = "total" | "totale" => "Totale" / "Total";
        sources: Vec<Funding> = "sources" | "fonti" => "Chi paga" / "Who pays";
    }
}

record! {
    /// Keys of one payer.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct Funding {
        name: String = "name" | "nome", required => "Chi paga" / "Who pays";
        amount: Option<Written<Option<Amount>>> = "amount" | "importo" => "Importo" / "Amount";
    }
}

impl OneText for Cost {
    type Text = Written<Option<Amount>>;

    fn of_text(total: Self::Text) -> Self {
        Self { total: Some(total), ..Self::default() }
    }
}
