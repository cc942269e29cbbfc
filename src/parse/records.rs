//! Table of all records that editors write.

use super::declaration::Field;
use super::fields::{
    AmountParts, ApprovalFields, BrandTable, CheckTable, CitationParts, CityTable, CityWords, ContactFields,
    DocumentFields, FeedsTable, FundingFields, HeadFields, IndicatorFields, IndicatorWords, LicenceParts, LinksTable,
    LinksWords, MilestoneFields, NavTable, NodeFields, NodeWords, ObjectiveFields, PageFields, PeopleTable,
    PeriodFields, PersonParts, PhaseFields, PhaseWords, PlanFields, PlanWords, ProjectFields, RulingFields, SheetWords,
    SiteFields, SiteTable, SiteWords, ThemeTable, TitleWords, UnitFields, UnitWords, UpdateFields,
};

/// A record that editors write, with its keys.
#[derive(Clone, Copy, Debug)]
pub struct RecordDeclaration {
    /// Name in schemas and in the reference.
    pub name: &'static str,
    /// Description in Italian.
    pub it: &'static str,
    /// Description in English.
    pub en: &'static str,
    /// Every key.
    pub fields: &'static [Field],
    /// Keys of its translations; none if it can't be translated.
    pub words: &'static [Field],
}

/// Every record with its keys, in the order of the reference; the first six are kinds of file.
pub const RECORDS: &[RecordDeclaration] = &[
    RecordDeclaration {
        name: "objective",
        it: "Obiettivo: `content/objectives/<anno>/<codice>.md`",
        en: "Objective: `content/objectives/<year>/<code>.md`",
        fields: ObjectiveFields::FIELDS,
        words: SheetWords::FIELDS,
    },
    RecordDeclaration {
        name: "project",
        it: "Progetto: `content/projects/<nome>/index.md`",
        en: "Project: `content/projects/<name>/index.md`",
        fields: ProjectFields::FIELDS,
        words: SheetWords::FIELDS,
    },
    RecordDeclaration {
        name: "update",
        it: "Aggiornamento di un progetto: `content/projects/<nome>/updates/<giorno>-<titolo>.md`",
        en: "Update of a project: `content/projects/<name>/updates/<day>-<title>.md`",
        fields: UpdateFields::FIELDS,
        words: SheetWords::FIELDS,
    },
    RecordDeclaration {
        name: "units",
        it: "Ufficio: una voce di `content/units.yaml`",
        en: "Unit: an entry of `content/units.yaml`",
        fields: UnitFields::FIELDS,
        words: UnitWords::FIELDS,
    },
    RecordDeclaration {
        name: "plan",
        it: "Piano: `content/plans/<nome>.yaml`",
        en: "Plan: `content/plans/<name>.yaml`",
        fields: PlanFields::FIELDS,
        words: PlanWords::FIELDS,
    },
    RecordDeclaration {
        name: "page",
        it: "Pagina libera: `content/pages/<nome>.md`",
        en: "Free page: `content/pages/<name>.md`",
        fields: PageFields::FIELDS,
        words: SheetWords::FIELDS,
    },
    RecordDeclaration {
        name: "phase",
        it: "Fase di un obiettivo",
        en: "Phase of an objective",
        fields: PhaseFields::FIELDS,
        words: PhaseWords::FIELDS,
    },
    RecordDeclaration {
        name: "indicator",
        it: "Indicatore di un obiettivo o risultato atteso di un progetto",
        en: "Indicator of an objective, or expected result of a project",
        fields: IndicatorFields::FIELDS,
        words: IndicatorWords::FIELDS,
    },
    RecordDeclaration {
        name: "period",
        it: "Valore di un indicatore in una parte dell’anno",
        en: "Value of an indicator in a part of the year",
        fields: PeriodFields::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "milestone",
        it: "Tappa di un progetto",
        en: "Milestone of a project",
        fields: MilestoneFields::FIELDS,
        words: TitleWords::FIELDS,
    },
    RecordDeclaration {
        name: "amount",
        it: "Importo di un progetto con chi lo paga",
        en: "Amount of a project with those who pay it",
        fields: AmountParts::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "funding",
        it: "Chi paga una parte dell’importo",
        en: "Payer of a part of the amount",
        fields: FundingFields::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "person",
        it: "Persona, per parti",
        en: "Person, in parts",
        fields: PersonParts::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "citation",
        it: "Documento di origine, per parti",
        en: "Source document, in parts",
        fields: CitationParts::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "approval",
        it: "Atto di approvazione",
        en: "Approving act",
        fields: ApprovalFields::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "document",
        it: "Documento",
        en: "Document",
        fields: DocumentFields::FIELDS,
        words: TitleWords::FIELDS,
    },
    RecordDeclaration {
        name: "head",
        it: "Responsabile di un ufficio",
        en: "Head of a unit",
        fields: HeadFields::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "contact",
        it: "Contatti di un ufficio",
        en: "Contact of a unit",
        fields: ContactFields::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "node",
        it: "Nodo di un piano",
        en: "Node of a plan",
        fields: NodeFields::FIELDS,
        words: NodeWords::FIELDS,
    },
    RecordDeclaration {
        name: "ruling",
        it: "Decisione su una regola, sotto il suo codice",
        en: "Ruling on a rule, below its code",
        fields: RulingFields::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "site",
        it: "Impostazioni: le tabelle di `site.toml`",
        en: "Settings: the tables of `site.toml`",
        fields: SiteFields::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "[site]",
        it: "Il sito",
        en: "The site",
        fields: SiteTable::FIELDS,
        words: SiteWords::FIELDS,
    },
    RecordDeclaration {
        name: "licence",
        it: "Licenza, per parti",
        en: "Licence, in parts",
        fields: LicenceParts::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "[city]",
        it: "L’ente",
        en: "The public body",
        fields: CityTable::FIELDS,
        words: CityWords::FIELDS,
    },
    RecordDeclaration { name: "[brand]", it: "Il marchio", en: "The brand", fields: BrandTable::FIELDS, words: &[] },
    RecordDeclaration { name: "[theme]", it: "Il tema", en: "The theme", fields: ThemeTable::FIELDS, words: &[] },
    RecordDeclaration {
        name: "[links]",
        it: "Collegamenti del piè di pagina",
        en: "Links of the footer",
        fields: LinksTable::FIELDS,
        words: LinksWords::FIELDS,
    },
    RecordDeclaration { name: "[nav]", it: "Il menu", en: "The menu", fields: NavTable::FIELDS, words: &[] },
    RecordDeclaration {
        name: "[people]",
        it: "Nomi dei funzionari",
        en: "Names of officials",
        fields: PeopleTable::FIELDS,
        words: &[],
    },
    RecordDeclaration {
        name: "[feeds]",
        it: "Flussi RSS e Atom",
        en: "RSS and Atom feeds",
        fields: FeedsTable::FIELDS,
        words: &[],
    },
    RecordDeclaration { name: "[check]", it: "Controlli", en: "Checks", fields: CheckTable::FIELDS, words: &[] },
];
