//! Text to sheets: front matter, fields with their places, targets, dates, money. No reference is followed here.
//!
//! A field is declared once, by a line in `fields/`: its type, its names in both languages, its description. The
//! reader, the [schema](schema()), the [empty sheets](blank_sheet) of `vetro new` and the reference of fields in `docs/`
//! follow from that line.
//!
//! `files.rs` reads each file by itself: `kind.rs` tells from its path what it is, `front_matter.rs` finds its YAML, whose
//! values are the nodes of `node.rs`, and `record.rs` and `translation.rs` make a sheet of them. A problem names a value by
//! its path in the record; [`locate`](locate()) finds the bytes when it is printed.

mod cached;
mod declaration;
mod entries;
mod field;
mod fields;
mod files;
mod front_matter;
mod kind;
mod locate;
mod measure;
mod node;
pub(crate) mod reading;
mod record;
mod records;
mod repair;
mod replacement;
mod scaffold;
mod schema;
mod settings;
mod sheet;
mod source_map;
mod syntax;
mod translation;
mod value;
mod yaml_limits;

#[cfg(test)]
pub(crate) use declaration::Holds;
pub(crate) use declaration::{Field, Quantity};
pub(crate) use entries::{WrittenRecord, body, entries, front};
pub(crate) use fields::{
    Approval, Citation, Contact, DocumentFields, Funding, HeadFields, IndicatorWords, MarkdownField, Milestone,
    NodeFields, ObjectiveFields, PageFields, PhaseFields, PlanFields, PlanWords, ProjectFields, SheetWords, TitleWords,
    UnitFields, UnitWords, UpdateFields, validity,
};
pub(crate) use files::parse;
pub(crate) use measure::{Measured, Period};

pub(crate) use cached::{ParseCache, parse_changed, parse_files};
pub(crate) use kind::{FOLDERS, SheetKind, is_translation, record_path};
pub use locate::locate;
pub(crate) use locate::locate_some;
#[cfg(test)]
pub(crate) use records::{RECORDS, RecordDeclaration};
pub use repair::CanonicalForms;
pub(crate) use repair::repairs;
pub(crate) use replacement::quoted;
pub(crate) use scaffold::blank_sheet;
pub(crate) use schema::{KnownNames, schema};
pub(crate) use settings::{base_url, language};
pub(crate) use sheet::{Sheet, Sheets, TranslatedWords, TranslationSheet};

pub(crate) use value::{LinkTo, Reference};
