//! Table of all records that editors write.

use super::declaration::Field;
use super::fields::{
    Approval, BrandTable, CheckTable, Citation, CityTable, CityWords, Contact, Cost, DocumentFields, FeedsTable,
    Funding, HeadFields, IndicatorFields, IndicatorWords, LicenceTable, LinksTable, LinksWords, Milestone, NavTable,
    NodeFields, NodeWords, ObjectiveFields, PageFields, PeopleTable, PeriodFields, PersonParts, PhaseFields,
    PhaseWords, PlanFields, PlanWords, ProjectFields, RulingFields, SheetWords, SiteFields, SiteTable, SiteWords,
    ThemeTable, TitleWords, UnitFields, UnitWords, UpdateFields,
};

/// A record that editors write, with its keys.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(
    not(test),
    expect(dead_code, reason = "titles and examples are of the reference of fields, which a test writes")
)]
pub(crate) struct RecordDeclaration {
    /// Name in schemas, or of the table in `site.toml`.
    pub(crate) name: &'static str,
    /// Title in Italian.
    pub(crate) it: &'static str,
    /// Title in English.
    pub(crate) en: &'static str,
    /// Example of the path of its file; empty for a record in another one.
    pub(crate) path: &'static str,
    /// Every key.
    pub(crate) fields: &'static [Field],
    /// Keys of its translations; none if it can't be translated.
    pub(crate) words: &'static [Field],
}

impl RecordDeclaration {
    /// Declares a record that is in another one and can't be translated.
    const fn new(name: &'static str, it: &'static str, en: &'static str, fields: &'static [Field]) -> Self {
        Self { name, it, en, path: "", fields, words: &[] }
    }

    /// Variant for a record that has a file of its own.
    const fn at(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    /// Variant for a record whose translations have some of its keys.
    const fn translated(self, words: &'static [Field]) -> Self {
        Self { words, ..self }
    }
}

/// Every record with its keys, in the order of the reference; the first six are kinds of file.
pub(crate) const RECORDS: &[RecordDeclaration] = &[
    RecordDeclaration::new("objective", "Obiettivo", "Objective", ObjectiveFields::FIELDS)
        .at("content/objectives/2026/2026_AN01.md")
        .translated(SheetWords::FIELDS),
    RecordDeclaration::new("project", "Progetto", "Project", ProjectFields::FIELDS)
        .at("content/projects/asilo-nido/index.md")
        .translated(SheetWords::FIELDS),
    RecordDeclaration::new("update", "Aggiornamento di un progetto", "Update of a project", UpdateFields::FIELDS)
        .at("content/projects/asilo-nido/updates/2026-03-04-lavori-cominciati.md")
        .translated(SheetWords::FIELDS),
    RecordDeclaration::new("units", "Ufficio", "Unit", UnitFields::FIELDS)
        .at("content/units.yaml")
        .translated(UnitWords::FIELDS),
    RecordDeclaration::new("plan", "Piano", "Plan", PlanFields::FIELDS)
        .at("content/plans/dup-2026.yaml")
        .translated(PlanWords::FIELDS),
    RecordDeclaration::new("page", "Pagina libera", "Free page", PageFields::FIELDS)
        .at("content/pages/note-legali.md")
        .translated(SheetWords::FIELDS),
    RecordDeclaration::new("phase", "Fase", "Phase", PhaseFields::FIELDS).translated(PhaseWords::FIELDS),
    RecordDeclaration::new("indicator", "Indicatore", "Indicator", IndicatorFields::FIELDS)
        .translated(IndicatorWords::FIELDS),
    RecordDeclaration::new(
        "period",
        "Valore di una parte dell’anno",
        "Value of a part of the year",
        PeriodFields::FIELDS,
    ),
    RecordDeclaration::new("milestone", "Tappa", "Milestone", Milestone::FIELDS).translated(TitleWords::FIELDS),
    RecordDeclaration::new("amount", "Importo con chi lo paga", "Amount with its payers", Cost::FIELDS),
    RecordDeclaration::new("funding", "Chi paga una parte", "Payer of a part", Funding::FIELDS),
    RecordDeclaration::new("person", "Persona", "Person", PersonParts::FIELDS),
    RecordDeclaration::new("citation", "Documento di origine", "Source document", Citation::FIELDS),
    RecordDeclaration::new("approval", "Atto di approvazione", "Approving act", Approval::FIELDS),
    RecordDeclaration::new("document", "Documento", "Document", DocumentFields::FIELDS).translated(TitleWords::FIELDS),
    RecordDeclaration::new("head", "Responsabile di un ufficio", "Head of a unit", HeadFields::FIELDS),
    RecordDeclaration::new("contact", "Contatti di un ufficio", "Contact of a unit", Contact::FIELDS),
    RecordDeclaration::new("node", "Nodo di un piano", "Node of a plan", NodeFields::FIELDS)
        .translated(NodeWords::FIELDS),
    RecordDeclaration::new("ruling", "Decisione su una regola", "Ruling on a rule", RulingFields::FIELDS),
    RecordDeclaration::new("site", "Impostazioni del sito", "Settings of the site", SiteFields::FIELDS).at("site.toml"),
    RecordDeclaration::new("[site]", "Sito", "Site", SiteTable::FIELDS).translated(SiteWords::FIELDS),
    RecordDeclaration::new("licence", "Licenza", "Licence", LicenceTable::FIELDS),
    RecordDeclaration::new("[city]", "Ente", "Public body", CityTable::FIELDS).translated(CityWords::FIELDS),
    RecordDeclaration::new("[brand]", "Marchio", "Brand", BrandTable::FIELDS),
    RecordDeclaration::new("[theme]", "Tema", "Theme", ThemeTable::FIELDS),
    RecordDeclaration::new("[links]", "Collegamenti", "Links", LinksTable::FIELDS).translated(LinksWords::FIELDS),
    RecordDeclaration::new("[nav]", "Menu", "Menu", NavTable::FIELDS),
    RecordDeclaration::new("[people]", "Nomi dei funzionari", "Names of officials", PeopleTable::FIELDS),
    RecordDeclaration::new("[feeds]", "Flussi", "Feeds", FeedsTable::FIELDS),
    RecordDeclaration::new("[check]", "Controlli", "Checks", CheckTable::FIELDS),
];
