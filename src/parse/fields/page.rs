//! Free pages.

use serde::{Deserialize, Serialize};

use super::parts::ExtraValue;
use crate::diagnostic::Rulings;
use crate::model::Translated;
use crate::parse::field::record;

record! {
    /// Keys of a free page.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PageFields {
        title: Translated<String> = "title" | "titolo", required => "Titolo" / "Title";
        lead: Translated<Option<String>> = "lead" | "in_breve" => "In breve" / "In short";
        glossary: bool = "glossary" | "glossario" => "Spiega parole: ogni titolo «## Parola» è una voce" / "Explains words: each heading “## Word” is an entry";
        aliases: Vec<String> = "aliases" | "vecchi_indirizzi" => "Vecchi indirizzi della pagina" / "Old addresses of the page";
        draft: bool = "draft" | "bozza" => "Bozza: non si pubblica" / "Draft: not published";
        rules: Rulings = "rules" | "regole" => "Regole spente o cambiate per questa scheda, con il motivo" / "Rules that are off or changed for this record, with the reason";
        extra: ExtraValue = "extra" => "Chiavi libere per i temi" / "Free keys for themes";
    }
}
