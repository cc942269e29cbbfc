//! Records as editors write them: every key of every kind of file, declared once.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value as Json;

use super::declaration::{Field, Holds};
use super::field::{Reader, Value, record};
use super::node::Node;
use super::value::{LinkTo, Reference, WebAddress, Year, one_of, unread_date};
use crate::diagnostic::{Code, Diagnostic, Level, Place, Profile, Ruling, Rulings};
use crate::model::{
    Amount, Cig, Colour, Cup, DateError, Direction, EdtfDate, Health, IndicatorState, Lang, Lifecycle, NamePolicy,
    NavItem, ObjectiveState, Percent, Written, Years,
};

record! {
    /// Keys of an objective's sheet.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct ObjectiveFields {
        code: String = "code" | "codice" => "Codice della scheda; se manca, il nome del file" / "Code on the sheet; the name of the file if left out";
        year: Year = "year" | "anno" => "Anno dell’obiettivo, che dice già la cartella" / "Year of the objective, which the folder says already";
        title: String = "title" | "titolo", required => "Titolo ufficiale" / "Official title";
        unit: Reference = "unit" | "ufficio" | "servizio", required => "Ufficio responsabile" / "Unit that answers for it";
        classification: String = "classification" | "classificazione" => "Classificazione della scheda" / "Classification on the sheet";
        kind: String = "type" | "tipo" | "tipologia" => "Tipologia della scheda" / "Type on the sheet";
        plan: Vec<Reference> = "plan" | "piano" | "collegato_a" => "Codici dei nodi di piano" / "Codes of plan nodes";
        continues: Vec<Reference> = "continues" | "continua" => "Codici degli obiettivi di anni precedenti che questo continua" / "Codes of the objectives of earlier years that this one goes on with";
        projects: Vec<Reference> = "projects" | "progetti" => "Progetti che servono all’obiettivo" / "Projects that serve it";
        lead: String = "lead" | "in_breve" => "In breve, con parole semplici" / "In short, in plain words";
        summary: String = "summary" | "sintesi" => "Frase che sostituisce quella ricavata dai dati" / "Sentence in place of the one made from data";
        phases: Vec<PhaseFields> = "phases" | "fasi" => "Fasi" / "Phases";
        indicators: Vec<IndicatorFields> = "indicators" | "indicatori" => "Indicatori" / "Indicators";
        declared: ObjectiveState = "state" | "stato" => "Stato dichiarato" / "Declared state";
        approved_by: ApprovalFields = "approved_by" | "approvato_con" => "Atto di approvazione" / "Approving act";
        report: String = "report" | "relazione" => "Relazione finale, in Markdown" / "Final account, in Markdown";
        source: Citation = "source" | "fonte" => "Documento di origine" / "Source document";
        note: String = "note" | "nota" => "Nota della redazione" / "Editor's note";
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
        title: String = "title" | "titolo" | "descrizione" | "fase", required => "Che cosa si fa" / "What is to be done";
        weight: Written<Option<Percent>> = "weight" | "peso" => "Peso, da 0 a 100" / "Weight, 0 to 100";
        start: Written<Option<EdtfDate>> = "start" | "inizio" | "inizio_previsto" => "Inizio previsto" / "Planned start";
        end: Written<Option<EdtfDate>> = "end" | "fine" | "fine_prevista" => "Fine prevista" / "Planned end";
        actual_start: Written<Option<EdtfDate>> = "actual_start" | "inizio_effettivo" => "Inizio effettivo" / "Actual start";
        actual_end: Written<Option<EdtfDate>> = "actual_end" | "fine_effettiva" => "Fine effettiva" / "Actual end";
        progress: Written<Option<Percent>> = "progress" | "avanzamento" => "Avanzamento, da 0 a 100" / "Progress, 0 to 100";
        after: Vec<Count> = "after" | "dopo" => "Numeri delle fasi che devono finire prima, contate da 1" / "Numbers of the phases that must end before, counted from 1";
        responsible: PersonFields = "responsible" | "responsabile" => "Responsabile" / "Responsible";
        centre: Reference = "centre" | "centro" | "centro_di_responsabilità" | "centro_di_responsabilita" => "Centro di responsabilità" / "Responsibility centre";
        notes: String = "notes" | "note" => "Note della scheda" / "Notes on the sheet";
    }
}

record! {
    /// Keys of an indicator.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct IndicatorFields {
        title: String = "title" | "titolo" | "descrizione" | "indicatore", required => "Che cosa si misura" / "What is measured";
        kind: String = "type" | "tipo" => "Tipo, con la parola dell’ufficio" / "Type, in the office's word";
        unit_of_measure: String = "unit_of_measure" | "unità_di_misura" | "unita_di_misura" => "Unità di misura" / "Unit of measure";
        target: UnreadWords = "target" | "valore_atteso" | "traguardo" => "Valore atteso" / "Target";
        actual: UnreadWords = "actual" | "consuntivo" | "risultato" => "Valore ottenuto" / "Outcome";
        direction: Direction = "direction" | "direzione" => "Verso: up, down, keep" / "Direction: up, down, keep";
        baseline: UnreadWords = "baseline" | "valore_iniziale" => "Valore di partenza" / "Baseline";
        series: String = "thread" | "serie" => "Nome della serie negli anni" / "Name of the series over years";
        periods: Vec<PeriodFields> = "periods" | "periodi" => "Valori di parti dell’anno" / "Values of parts of the year";
        definition: String = "definition" | "definizione" => "Che cosa si conta, esattamente" / "What exactly is counted";
        source: String = "source" | "fonte" => "Da dove viene il dato" / "Where the figure comes from";
        comment: String = "comment" | "commento" => "Commento al risultato" / "Comment on the outcome";
        evidence: LinkTo = "evidence" | "prova" => "Indirizzo o file che prova il risultato" / "Address or file that proves the outcome";
        declared: IndicatorState = "state" | "stato" => "Stato dichiarato" / "Declared state";
    }
}

record! {
    /// Keys of a value for a part of the time.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PeriodFields {
        period: Written<Option<EdtfDate>> = "period" | "periodo", required => "Parte dell’anno" / "Part of the year";
        target: UnreadWords = "target" | "valore_atteso" => "Valore atteso" / "Target";
        actual: UnreadWords = "actual" | "consuntivo" => "Valore ottenuto" / "Outcome";
        comment: String = "comment" | "commento" => "Commento" / "Comment";
        evidence: LinkTo = "evidence" | "prova" => "Indirizzo o file che prova il valore" / "Address or file that proves the value";
    }
}

record! {
    /// Keys of a project.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct ProjectFields {
        code: String = "code" | "codice" => "Codice del progetto" / "Code of the project";
        title: String = "title" | "titolo", required => "Titolo ufficiale" / "Official title";
        unit: Reference = "unit" | "ufficio" | "servizio", required => "Ufficio responsabile" / "Unit that answers for it";
        plan: Vec<Reference> = "plan" | "piano" => "Codici dei nodi di piano" / "Codes of plan nodes";
        lead: String = "lead" | "in_breve" => "In breve, con parole semplici" / "In short, in plain words";
        summary: String = "summary" | "sintesi" => "Frase che sostituisce quella ricavata dai dati" / "Sentence in place of the one made from data";
        start: Written<Option<EdtfDate>> = "start" | "inizio" | "data_inizio" => "Inizio" / "Start";
        end: Written<Option<EdtfDate>> = "end" | "fine" | "data_fine" => "Fine" / "End";
        amount: AmountFields = "amount" | "importo" => "Importo" / "Amount";
        spent: Written<Option<Amount>> = "spent" | "speso" => "Spesa sostenuta" / "Spent so far";
        cup: Vec<Cup> = "cup" | "CUP" => "Codice unico di progetto" / "Code of the public investment (CUP)";
        cig: Vec<Cig> = "cig" | "CIG" => "Codici identificativi di gara" / "Tender codes (CIG)";
        lifecycle: Lifecycle = "lifecycle" | "stato" => "A che punto è" / "Where it stands";
        health: Health = "health" | "andamento" => "Andamento" / "How it goes";
        expected_results: Vec<IndicatorFields> = "expected_results" | "risultati_attesi" => "Risultati attesi" / "Expected results";
        milestones: Vec<MilestoneFields> = "milestones" | "tappe" => "Tappe" / "Milestones";
        partners: Vec<String> = "partners" | "partner" => "Chi partecipa" / "Who takes part";
        places: Vec<String> = "places" | "luoghi" => "Dove" / "Where";
        objectives: Vec<Reference> = "objectives" | "obiettivi" => "Obiettivi ai quali serve" / "Objectives that it serves";
        source: Citation = "source" | "fonte" => "Documento di origine" / "Source document";
        note: String = "note" | "nota" => "Nota della redazione" / "Editor's note";
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
        title: String = "title" | "titolo", required => "Che cosa è successo" / "What happened";
        date: Date = "date" | "data" => "Giorno; se manca, quello nel nome del file" / "Day; the one in the file's name if left out";
        project: String = "project" | "progetto" => "Progetto, che dice già la cartella" / "Project, which the folder says already";
        lead: String = "lead" | "in_breve" => "In breve" / "In short";
        lifecycle: Lifecycle = "lifecycle" | "stato" => "A che punto è il progetto da questo giorno" / "Where the project stands from this day on";
        health: Health = "health" | "andamento" => "Andamento da questo giorno" / "How it goes from this day on";
        progress: Written<Option<Percent>> = "progress" | "avanzamento" => "Avanzamento, da 0 a 100" / "Progress, 0 to 100";
        spent: Written<Option<Amount>> = "spent" | "speso" => "Spesa sostenuta finora" / "Spent so far";
        milestone: Reference = "milestone" | "tappa" => "Tappa raggiunta" / "Milestone that is met";
        source: Citation = "source" | "fonte" => "Documento di origine" / "Source document";
        documents: Vec<DocumentFields> = "documents" | "documenti" => "Documenti" / "Documents";
        draft: bool = "draft" | "bozza" => "Bozza: non si pubblica" / "Draft: not published";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questa scheda, con il motivo" / "Rules that are off or changed for this record, with the reason";
        extra: ExtraValue = "extra" => "Chiavi libere per i temi" / "Free keys for themes";
    }
}

record! {
    /// Keys of a milestone.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct MilestoneFields {
        title: String = "title" | "titolo", required => "Che cosa si fa" / "What is to be done";
        due: Written<Option<EdtfDate>> = "due" | "scadenza" => "Entro quando" / "By when";
        met: Written<Option<EdtfDate>> = "met" | "raggiunta" => "Quando è stata raggiunta" / "When it was done";
    }
}

record! {
    /// Keys of a free page.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PageFields {
        title: String = "title" | "titolo", required => "Titolo" / "Title";
        lead: String = "lead" | "in_breve" => "In breve" / "In short";
        glossary: bool = "glossary" | "glossario" => "Spiega parole: ogni titolo «## Parola» è una voce" / "Explains words: each heading “## Word” is an entry";
        aliases: Vec<String> = "aliases" | "vecchi_indirizzi" => "Vecchi indirizzi della pagina" / "Old addresses of the page";
        draft: bool = "draft" | "bozza" => "Bozza: non si pubblica" / "Draft: not published";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questa scheda, con il motivo" / "Rules that are off or changed for this record, with the reason";
        extra: ExtraValue = "extra" => "Chiavi libere per i temi" / "Free keys for themes";
    }
}

record! {
    /// Keys of a unit.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct UnitFields {
        id: String = "id", required => "Nome per i riferimenti, come firenze/servizi-sociali" / "Name for references, such as firenze/servizi-sociali";
        name: String = "name" | "nome", required => "Nome ufficiale" / "Official name";
        kind: String = "kind" | "tipo" => "Che cos’è: comune, direzione, servizio" / "What it is: comune, direzione, servizio";
        description: String = "description" | "descrizione" => "Di che cosa si occupa" / "What it does";
        parent: Reference = "parent" | "fa_parte_di" => "Ufficio di cui fa parte" / "Unit that it is part of";
        heads: Vec<HeadFields> = "heads" | "responsabili" => "Chi lo dirige" / "Who heads it";
        aliases: Vec<String> = "aliases" | "altri_nomi" => "Altri nomi, anche troncati" / "Other names, also cut short";
        succeeded_by: Reference = "succeeded_by" | "sostituito_da" => "Ufficio che lo ha sostituito" / "Unit that took over";
        ipa: String = "ipa" | "codice_ipa" => "Codice IPA" / "IPA code";
        contact: ContactFields = "contact" | "contatti" => "Contatti dell’ufficio" / "How to reach the office";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questo ufficio, con il motivo" / "Rules that are off or changed for this unit, with the reason";
    }
}

record! {
    /// Keys of a unit's head.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct HeadFields {
        name: String = "name" | "nome", required => "Nome" / "Name";
        role: String = "role" | "ruolo" => "Ruolo" / "Role";
        from: Year = "from" | "dal" => "Dall’anno" / "From the year";
        to: Year = "to" | "al" => "All’anno" / "To the year";
    }
}

record! {
    /// Keys of an office's contacts.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct ContactFields {
        email: String = "email" => "E-mail dell’ufficio" / "The office's e-mail";
        pec: String = "pec" => "PEC" / "Certified e-mail";
        phone: String = "phone" | "telefono" => "Telefono" / "Telephone";
        address: String = "address" | "indirizzo" => "Indirizzo" / "Address";
        url: Written<Option<String>> = "url" | "sito" => "Pagina dell’ufficio" / "The office's page";
    }
}

record! {
    /// Keys of a plan.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PlanFields {
        title: String = "title" | "titolo", required => "Nome del piano" / "Name of the plan";
        administration: Reference = "administration" | "amministrazione", required => "Amministrazione" / "Administration";
        scheme: String = "scheme" | "schema" => "Tipo di piano: DUP, PIAO, PON" / "Kind of plan: DUP, PIAO, PON";
        validity: Written<Option<Years>> = "validity" | "validità" | "validita" => "Anni di validità" / "Years for which it holds";
        url: Written<Option<String>> = "url" => "Dove è pubblicato" / "Where it is published";
        nodes: Vec<NodeFields> = "nodes" | "nodi" => "Nodi" / "Nodes";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questo piano, con il motivo" / "Rules that are off or changed for this plan, with the reason";
    }
}

record! {
    /// Keys of a plan node.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct NodeFields {
        code: String = "code" | "codice", required => "Codice" / "Code";
        level: String = "level" | "livello" => "Livello, con la parola del piano" / "Level, in the plan's word";
        title: String = "title" | "titolo", required => "Titolo" / "Title";
        written: String = "written" | "come_scritto" => "Parole abbreviate della fonte" / "The source's shortened words";
        quote: String = "quote" | "citazione" => "Testo del piano" / "The plan's text";
        url: Written<Option<String>> = "url" => "Dove è pubblicato" / "Where it is published";
        parent: Reference = "parent" | "fa_parte_di" => "Codice del nodo superiore" / "Code of the node above";
    }
}

record! {
    /// Keys of a translation of a Markdown record; what it leaves out stays in the first language.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct SheetWords {
        title: String = "title" | "titolo" => "Titolo" / "Title";
        lead: String = "lead" | "in_breve" => "In breve" / "In short";
        summary: String = "summary" | "sintesi" => "Frase che sostituisce quella ricavata dai dati" / "Sentence in place of the one made from data";
        classification: String = "classification" | "classificazione" => "Classificazione della scheda" / "Classification on the sheet";
        kind: String = "type" | "tipo" | "tipologia" => "Tipologia della scheda" / "Type on the sheet";
        phases: Vec<PhaseWords> = "phases" | "fasi" => "Fasi, nello stesso ordine" / "Phases, in the same order";
        indicators: Vec<IndicatorWords> = "indicators" | "indicatori" => "Indicatori, nello stesso ordine" / "Indicators, in the same order";
        expected_results: Vec<IndicatorWords> = "expected_results" | "risultati_attesi" => "Risultati attesi, nello stesso ordine" / "Expected results, in the same order";
        milestones: Vec<TitleWords> = "milestones" | "tappe" => "Tappe, nello stesso ordine" / "Milestones, in the same order";
        documents: Vec<TitleWords> = "documents" | "documenti" => "Documenti, nello stesso ordine" / "Documents, in the same order";
        report: String = "report" | "relazione" => "Relazione finale, in Markdown" / "Final account, in Markdown";
        note: String = "note" | "nota" => "Nota della redazione" / "Editor's note";
    }
}

record! {
    /// Keys of a translated phase.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PhaseWords {
        title: String = "title" | "titolo" | "descrizione" | "fase" => "Che cosa si fa" / "What is to be done";
        notes: String = "notes" | "note" => "Note della scheda" / "Notes on the sheet";
    }
}

record! {
    /// Keys of a translated indicator.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct IndicatorWords {
        title: String = "title" | "titolo" | "descrizione" | "indicatore" => "Che cosa si misura" / "What is measured";
        kind: String = "type" | "tipo" => "Tipo, con la parola dell’ufficio" / "Type, in the office's word";
        unit_of_measure: String = "unit_of_measure" | "unità_di_misura" | "unita_di_misura" => "Unità di misura" / "Unit of measure";
        definition: String = "definition" | "definizione" => "Che cosa si conta, esattamente" / "What exactly is counted";
        source: String = "source" | "fonte" => "Da dove viene il dato" / "Where the figure comes from";
        comment: String = "comment" | "commento" => "Commento al risultato" / "Comment on the outcome";
    }
}

record! {
    /// Keys of a translated milestone or document.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct TitleWords {
        title: String = "title" | "titolo" => "Titolo" / "Title";
    }
}

record! {
    /// Keys of a translated unit.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct UnitWords {
        id: String = "id", required => "Nome per i riferimenti dell’ufficio" / "Name for references of the unit";
        name: String = "name" | "nome" => "Nome ufficiale" / "Official name";
        kind: String = "kind" | "tipo" => "Che cos’è: comune, direzione, servizio" / "What it is: comune, direzione, servizio";
        description: String = "description" | "descrizione" => "Di che cosa si occupa" / "What it does";
    }
}

record! {
    /// Keys of a translated plan.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PlanWords {
        title: String = "title" | "titolo" => "Nome del piano" / "Name of the plan";
        scheme: String = "scheme" | "schema" => "Tipo di piano: DUP, PIAO, PON" / "Kind of plan: DUP, PIAO, PON";
        nodes: Vec<NodeWords> = "nodes" | "nodi" => "Nodi" / "Nodes";
    }
}

record! {
    /// Keys of a translated plan node.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct NodeWords {
        code: String = "code" | "codice", required => "Codice del nodo" / "Code of the node";
        level: String = "level" | "livello" => "Livello, con la parola del piano" / "Level, in the plan's word";
        title: String = "title" | "titolo" => "Titolo" / "Title";
        quote: String = "quote" | "citazione" => "Testo del piano" / "The plan's text";
    }
}

record! {
    /// Keys of a person.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PersonParts {
        name: String = "name" | "nome" => "Nome" / "Name";
        role: String = "role" | "ruolo" => "Ruolo" / "Role";
    }
}

record! {
    /// Keys of a cited document.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct CitationParts {
        title: String = "title" | "titolo" => "Titolo" / "Title";
        url: Written<Option<String>> = "url" | "indirizzo" => "Indirizzo" / "Address";
        date: Written<Option<EdtfDate>> = "date" | "data" => "Data" / "Date";
    }
}

record! {
    /// Keys of an approving act.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct ApprovalFields {
        act: String = "act" | "atto" => "Tipo e numero dell’atto" / "Kind and number of the act";
        date: Written<Option<EdtfDate>> = "date" | "data" => "Data" / "Date";
        url: Written<Option<String>> = "url" | "indirizzo" => "Dove è pubblicato" / "Where it is published";
    }
}

record! {
    /// Keys of a document.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct DocumentFields {
        title: String = "title" | "titolo", required => "Titolo" / "Title";
        href: LinkTo = "file" | "url" | "href", required => "File accanto alla scheda o indirizzo" / "File beside the record or address";
    }
}

record! {
    /// Keys of an amount with its sources.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct AmountParts {
        total: Written<Option<Amount>> = "total" | "totale" => "Totale" / "Total";
        sources: Vec<FundingFields> = "sources" | "fonti" => "Chi paga" / "Who pays";
    }
}

record! {
    /// Keys of one payer.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct FundingFields {
        name: String = "name" | "nome", required => "Chi paga" / "Who pays";
        amount: Written<Option<Amount>> = "amount" | "importo" => "Importo" / "Amount";
    }
}

record! {
    /// Tables of `site.toml`.
    pub(crate) struct SiteFields {
        site: SiteTable = "site", required => "Titolo, indirizzo, lingue" / "Title, address, languages";
        city: CityTable = "city" | "ente" => "Chi pubblica" / "Who publishes";
        brand: BrandTable = "brand" | "marchio" => "Colore" / "Colour";
        theme: ThemeTable = "theme" | "tema" => "Tema" / "Theme";
        links: LinksTable = "links" | "collegamenti" => "Collegamenti del piè di pagina" / "Links of the footer";
        nav: NavTable = "nav" | "menu" => "Menu" / "Menu";
        people: PeopleTable = "people" | "persone" => "Nomi dei funzionari" / "Names of officials";
        feeds: FeedsTable = "feeds" => "Flussi RSS e Atom" / "RSS and Atom feeds";
        check: CheckTable = "check" | "controlli" => "Quali regole si controllano" / "Which rules are checked";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per tutto il sito, con il motivo" / "Rules that are off or changed for the whole site, with the reason";
        withdrawn: WithdrawalReasons = "withdrawn" | "ritirate" => "Pagine tolte prima del tempo: indirizzo e motivo" / "Pages withdrawn before their time: address and reason";
        labels: Labels = "labels" | "etichette" => "Parole al posto di quelle del tema" / "Words in place of the theme's";
    }
}

record! {
    /// `[site]`.
    pub(crate) struct SiteTable {
        title: String = "title" | "titolo", required => "Titolo del sito" / "Title of the site";
        base_url: WebAddress = "base_url" | "indirizzo", required => "Indirizzo del sito" / "Address of the site";
        description: String = "description" | "descrizione" => "Di che cosa parla" / "What it is about";
        languages: Vec<Lang> = "languages" | "lingue" => "Lingue, la prima è quella degli indirizzi" / "Languages, the first is that of addresses";
        licence: Licence = "licence" | "license" | "licenza" => "Licenza di contenuti e dati" / "Licence of content and data";
        + others: SiteWords = each language;
    }
}

record! {
    /// `[site.<language>]`: texts of `[site]` in a language.
    pub(crate) struct SiteWords {
        title: String = "title" | "titolo" => "Titolo del sito" / "Title of the site";
        description: String = "description" | "descrizione" => "Di che cosa parla" / "What it is about";
    }
}

record! {
    /// Parts of a licence.
    pub(crate) struct LicenceParts {
        name: String = "name" | "nome", required => "Nome" / "Name";
        url: WebAddress = "url", required => "Testo" / "Text";
    }
}

record! {
    /// `[city]`.
    pub(crate) struct CityTable {
        name: String = "name" | "nome" => "Nome dell’ente; se manca, il titolo del sito" / "Name of the body; the title of the site if left out";
        url: WebAddress = "url" | "sito" => "Sito istituzionale" / "Institutional site";
        logo: String = "logo" => "Stemma quadrato: un file in assets/ o static/" / "Square picture: a file in assets/ or static/";
        logo_dark: String = "logo_dark" => "Stemma per le pagine scure" / "Square picture for dark pages";
        address: String = "address" | "indirizzo" => "Indirizzo" / "Postal address";
        pec: String = "pec" => "PEC" / "Certified e-mail";
        phone: String = "phone" | "telefono" => "Telefono" / "Telephone";
        email: String = "email" => "E-mail" / "E-mail";
        + others: CityWords = each language;
    }
}

record! {
    /// `[city.<language>]`: texts of `[city]` in a language.
    pub(crate) struct CityWords {
        name: String = "name" | "nome" => "Nome dell’ente" / "Name of the body";
        url: WebAddress = "url" | "sito" => "Sito istituzionale" / "Institutional site";
        address: String = "address" | "indirizzo" => "Indirizzo" / "Postal address";
    }
}

record! {
    /// `[brand]`.
    pub(crate) struct BrandTable {
        primary: Colour = "primary" | "primario" => "Colore, per esempio #0066cc" / "Colour, such as #0066cc";
    }
}

record! {
    /// `[theme]`.
    pub(crate) struct ThemeTable {
        name: String = "name" | "nome" => "Cartella sotto themes/" / "Folder below themes/";
        dark: bool = "dark" | "scuro" => "Pagine scure dove il lettore le chiede" / "Dark pages where the reader asks for them";
        bootstrap_italia_css: String = "bootstrap_italia_css" => "Copia propria di Bootstrap Italia: un file CSS in assets/ o static/" / "Own copy of Bootstrap Italia: a CSS file in assets/ or static/";
        extra_css: String = "extra_css" => "Foglio di stile aggiuntivo: un file in assets/ o static/" / "Additional stylesheet: a file in assets/ or static/";
    }
}

record! {
    /// `[links]`.
    pub(crate) struct LinksTable {
        accessibility: LinkTo = "accessibility" | "accessibilità" | "accessibilita" => "Dichiarazione di accessibilità" / "Accessibility statement";
        privacy: LinkTo = "privacy" => "Informativa privacy" / "Privacy notice";
        legal: LinkTo = "legal" | "note_legali" => "Note legali" / "Legal notes";
        transparency: LinkTo = "transparency" | "trasparenza" => "Amministrazione trasparente" / "Amministrazione trasparente";
        report_error: LinkTo = "report_error" | "segnala_errore" => "Dove segnalare errori; {page} diventa l’indirizzo della pagina" / "Where errors are reported; {page} becomes the page’s address";
        search_action: WebAddress = "search_action" | "cerca" => "La ricerca del sito della città, con il parametro vuoto da riempire: https://…/cerca?testo=" / "The search of the city's own site, with the empty parameter to fill: https://…/search?text=";
        source_files: WebAddress = "source_files" | "file_sorgenti" => "Dove si leggono i file" / "Where the files can be read";
        source_history: WebAddress = "source_history" | "storia" => "Dove si legge la storia dei file" / "Where the files' history can be read";
        + others: LinksWords = each language;
    }
}

record! {
    /// `[links.<language>]`: links that lead elsewhere in a language.
    pub(crate) struct LinksWords {
        accessibility: LinkTo = "accessibility" | "accessibilità" | "accessibilita" => "Dichiarazione di accessibilità" / "Accessibility statement";
        privacy: LinkTo = "privacy" => "Informativa privacy" / "Privacy notice";
        legal: LinkTo = "legal" | "note_legali" => "Note legali" / "Legal notes";
        transparency: LinkTo = "transparency" | "trasparenza" => "Amministrazione trasparente" / "Amministrazione trasparente";
        report_error: LinkTo = "report_error" | "segnala_errore" => "Dove segnalare errori" / "Where errors are reported";
    }
}

record! {
    /// `[nav]`.
    pub(crate) struct NavTable {
        items: Vec<NavItem> = "items" | "voci" => "Voci del menu" / "Entries of the menu";
    }
}

record! {
    /// `[people]`.
    pub(crate) struct PeopleTable {
        names: NamePolicy = "names" | "nomi" => "Chi è nominato: executives, all, none" / "Who is named: executives, all, none";
        keep_years: Count = "keep_years" | "anni" => "Per quanti anni dopo l’ultimo giorno di una scheda si pubblicano i nomi" / "For how many years after a record's last day names are published";
    }
}

record! {
    /// `[feeds]`.
    pub(crate) struct FeedsTable {
        tag: String = "tag" => "Autorità e data degli identificativi (RFC 4151)" / "Authority and date of the ids (RFC 4151)";
    }
}

record! {
    /// `[check]`.
    pub(crate) struct CheckTable {
        profiles: Vec<Profile> = "profiles" | "profili" => "Gruppi di regole: quality, people, accessibility, dlgs33, outcomes; se manca valgono i primi tre, [] li spegne" / "Groups of rules: quality, people, accessibility, dlgs33, outcomes; the first three where it is left out, [] turns them off";
        due_days: Count = "due_days" | "giorni_di_preavviso" => "Quanti giorni prima si avvisa di una scadenza" / "How many days ahead a deadline is announced";
    }
}

record! {
    /// Keys of a ruling on a rule.
    pub(crate) struct RulingFields {
        level: Level = "level" | "livello", required => "error, warning oppure off" / "error, warning or off";
        reason: String = "reason" | "motivo", required => "Perché" / "Why";
    }
}

/// Licences that the guidelines on open data name (AgID, Linee guida sui dati aperti, 2023).
const KNOWN_LICENCES: [(&str, &str); 3] = [
    ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("IODL 2.0", "https://www.dati.gov.it/content/italian-open-data-license-v20"),
];

/// Short name and text of a licence that goes by its name. Both are empty if the name isn't known, which is a problem
/// of its own: a licence is stated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KnownLicence(pub(crate) &'static str, pub(crate) &'static str);

impl Value for KnownLicence {
    const HOLDS: Holds = Holds::Word;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let known = KNOWN_LICENCES.map(|(name, url)| (Self(name, url), name));
        Some(one_of(&text, &known, at).unwrap_or_default())
    }

    fn schema() -> Json {
        serde_json::json!({ "type": "string", "enum": KNOWN_LICENCES.map(|(name, _)| name) })
    }
}

/// Declares values that are one name of a table, but for case.
macro_rules! names {
    ($($type:ident = $table:expr;)+) => {$(
        impl Value for $type {
            const HOLDS: Holds = Holds::Word;

            fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
                let text = at.written(node)?;
                one_of(&text, &$table, at)
            }

            fn schema() -> Json {
                serde_json::json!({ "type": "string", "enum": $table.map(|(_, name)| name) })
            }
        }
    )+};
}

names! {
    Lang = Self::ALL.map(|lang| (lang, lang.code()));
    Level = Self::ALL;
    NavItem = Self::ALL;
    Profile = Self::ALL;
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
        serde_json::json!({ "type": "object", "properties": rules, "additionalProperties": false })
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

/// Value that themes may read and Vetro doesn't. It is serialized as its JSON text: the format of the other fields
/// doesn't describe itself, and so can't read a value of any type.
#[derive(Clone, Debug)]
pub(crate) struct ExtraValue(pub(crate) Json);

impl Value for ExtraValue {
    const HOLDS: Holds = Holds::Free;

    fn read(node: Node, _: &mut Reader<'_>) -> Option<Self> {
        Some(Self(node.into()))
    }

    fn schema() -> Json {
        serde_json::json!({})
    }
}

impl Serialize for ExtraValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_string().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ExtraValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map(Self).map_err(serde::de::Error::custom)
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
        serde_json::json!({ "type": "integer", "minimum": 0 })
    }
}

/// Texts by key, and texts of other languages by language and key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    pub(crate) own: BTreeMap<String, String>,
    pub(crate) others: BTreeMap<Lang, BTreeMap<String, String>>,
}

impl Value for Labels {
    const HOLDS: Holds = Holds::Keyed(&Holds::Text);

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let Node::Map(entries) = node else { return at.wrong_type("record", &node) };
        let mut labels = Self::default();
        let (others, own): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|(key, value)| matches!(value, Node::Map(_)) && key.parse::<Lang>().is_ok());
        label(own, &mut labels.own, at);
        for (key, value) in others {
            if let (Ok(lang), Node::Map(entries)) = (key.parse::<Lang>(), value) {
                at.at_key(key, |at| label(entries, labels.others.entry(lang).or_default(), at));
            }
        }
        Some(labels)
    }

    fn schema() -> Json {
        serde_json::json!({ "type": "object", "additionalProperties": { "type": ["string", "object"] } })
    }
}

fn label(entries: Vec<(String, Node)>, labels: &mut BTreeMap<String, String>, at: &mut Reader<'_>) {
    for (key, value) in entries {
        at.at_key(key.clone(), |at| match value {
            // TOML reads an unquoted `st.met` as nested tables.
            Node::Map(inner) => {
                let inner = inner.into_iter().map(|(name, value)| (format!("{key}.{name}"), name, value));
                for (key, name, value) in inner {
                    at.at_key(name, |at| labels.extend(text(value, at).map(|text| (key, text))));
                }
            }
            value => labels.extend(text(value, at).map(|text| (key, text))),
        });
    }
}

/// Reasons for which pages were withdrawn, by their addresses without the slashes at the ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct WithdrawalReasons(pub(crate) BTreeMap<String, Arc<Ruling>>);

impl Value for WithdrawalReasons {
    const HOLDS: Holds = Holds::Keyed(&Holds::Text);

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let Node::Map(entries) = node else { return at.wrong_type("record", &node) };
        let mut withdrawn = Self::default();
        for (address, reason) in entries {
            at.at_key(address.clone(), |at| {
                if reason.is_blank() {
                    let problem = at.problem(Code::Missing).with("key", address.as_str());
                    at.report.add(problem);
                } else if let Some(reason) = text(reason, at) {
                    let ruling = Arc::new(Ruling { level: Level::Off, reason });
                    withdrawn.0.insert(address.trim_matches('/').to_owned(), ruling);
                }
            });
        }
        Some(withdrawn)
    }

    fn schema() -> Json {
        serde_json::json!({ "type": "object", "additionalProperties": { "type": "string" } })
    }
}

fn text(value: Node, at: &mut Reader<'_>) -> Option<String> {
    match value {
        Node::Text(text) => Some(text),
        other => at.wrong_type("text", &other),
    }
}

/// Words whose meaning depends on other fields; they are read once those are known.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct UnreadWords(pub(crate) String);

impl Value for UnreadWords {
    const HOLDS: Holds = Holds::Target;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        at.written(node).map(Self)
    }

    fn schema() -> Json {
        serde_json::json!({ "type": ["string", "number", "boolean"], "examples": ["=> 100", "2/4", "entro il 30 giugno"] })
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
        serde_json::json!({ "type": ["string", "integer"], "examples": [2020, "2014/2020"] })
    }
}

/// Declares a field that is one text or a record of parts.
macro_rules! text_or_record {
    ($($(#[$about:meta])* $name:ident = $text:ident | $parts:ident;)+) => {$(
        $(#[$about])*
        #[derive(Clone, Debug)]
        pub(crate) enum $name {
            Text($text),
            Parts($parts),
        }

        impl Value for $name {
            const WITHIN: &'static [Field] = $parts::FIELDS;
            const HOLDS: Holds = Holds::ValueOrRecord(&<$text as Value>::HOLDS);

            fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
                match node {
                    node @ Node::Map(_) => $parts::read(node, at).map(Self::Parts),
                    node => <$text as Value>::read(node, at).map(Self::Text),
                }
            }

            fn schema() -> Json {
                serde_json::json!({ "anyOf": [$text::schema(), $parts::schema()] })
            }
        }
    )+};
}

type AmountField = Written<Option<Amount>>;

text_or_record! {
    /// `NAME - ROLE` or its parts.
    #[derive(Serialize, Deserialize)]
    PersonFields = String | PersonParts;
    /// A title or a citation's parts.
    #[derive(Serialize, Deserialize)]
    Citation = String | CitationParts;
    /// An amount, or a total with its sources.
    #[derive(Serialize, Deserialize)]
    AmountFields = AmountField | AmountParts;
    /// A licence's short name, or its parts.
    Licence = KnownLicence | LicenceParts;
}
