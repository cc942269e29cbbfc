//! Units of the organisation.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Rulings;
use crate::model::{Translated, Written};
use crate::parse::field::record;
use crate::parse::value::{Reference, Year};

record! {
    /// Keys of a unit.
    #[derive(Hash, Serialize, Deserialize)]
    pub(crate) struct UnitFields {
        id: Option<String> = "id", required => "Nome per i riferimenti, come firenze/servizi-sociali" / "Name for references, such as firenze/servizi-sociali";
        name: Translated<String> = "name" | "nome", required => "Nome ufficiale" / "Official name";
        kind: Translated<Option<String>> = "kind" | "tipo" => "Che cos’è: comune, direzione, servizio" / "What it is: comune, direzione, servizio";
        description: Translated<Option<String>> = "description" | "descrizione" => "Di che cosa si occupa" / "What it does";
        parent: Option<Reference> = "parent" | "fa_parte_di" => "Ufficio di cui fa parte" / "Unit that it is part of";
        heads: Vec<HeadFields> = "heads" | "responsabili" => "Chi lo dirige" / "Who heads it";
        aliases: Vec<String> = "aliases" | "altri_nomi" => "Altri nomi, anche troncati" / "Other names, also cut short";
        succeeded_by: Option<Reference> = "succeeded_by" | "sostituito_da" => "Ufficio che lo ha sostituito" / "Unit that took over";
        ipa: Option<String> = "ipa" | "codice_ipa" => "Codice IPA" / "IPA code";
        contact: Option<Contact> = "contact" | "contatti" => "Contatti dell’ufficio" / "How to reach the office";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questo ufficio, con il motivo" / "Rules that are off or changed for this unit, with the reason";
    }
}

record! {
    /// Keys of a unit's head.
    #[derive(Hash, Serialize, Deserialize)]
    pub(crate) struct HeadFields {
        name: Option<String> = "name" | "nome", required => "Nome" / "Name";
        role: Option<String> = "role" | "ruolo" => "Ruolo" / "Role";
        from: Option<Year> = "from" | "dal" => "Dall’anno" / "From the year";
        to: Option<Year> = "to" | "al" => "All’anno" / "To the year";
    }
}

record! {
    /// Keys of an office's contacts.
    #[derive(Hash, Serialize, Deserialize)]
    pub(crate) struct Contact {
        email: Option<String> = "email" => "E-mail dell’ufficio" / "The office's e-mail";
        pec: Option<String> = "pec" => "PEC" / "Certified e-mail";
        phone: Option<String> = "phone" | "telefono" => "Telefono" / "Telephone";
        address: Option<String> = "address" | "indirizzo" => "Indirizzo" / "Address";
        url: Option<Written<Option<String>>> = "url" | "sito" => "Pagina dell’ufficio" / "The office's page";
    }
}
