//! JSON Schemas of the files that editors write.

use serde_json::{Value as Json, json};

use super::declaration::Field;
use super::field::{Value, schema_of};
use super::fields::{SiteFields, UnitFields};
use super::records::RECORDS;

/// Names of a site's records, by which sheets refer to them.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownNames {
    /// Ids of units.
    pub(crate) units: Vec<String>,
    /// Codes of plan nodes, each with the plan's name before it.
    pub(crate) nodes: Vec<String>,
    /// Codes of objectives.
    pub(crate) objectives: Vec<String>,
    /// Folders of projects.
    pub(crate) projects: Vec<String>,
    /// Series of indicators over years.
    pub(crate) series: Vec<String>,
}

/// JSON Schema (2020-12) of a kind of file: `objective`, `project`, `update`, `units`, `plan`, `page` or `site`. The
/// known names are enumerated where a sheet refers to them, beside any other text: names and aliases are as good, and a
/// new series begins with its first indicator.
pub(crate) fn schema(kind: &str, known: &KnownNames) -> Option<Json> {
    let mut schema = match kind {
        "site" => SiteFields::schema(),
        "units" => json!({ "type": "array", "items": UnitFields::schema() }),
        kind => schema_of(RECORDS[..6].iter().find(|record| record.name == kind)?.fields),
    };
    let fields = RECORDS[..6]
        .iter()
        .find(|record| record.name == kind)
        .map_or(SiteFields::FIELDS, |record| record.fields);
    enumerate(&mut schema, kind, fields, known);
    if let Json::Object(object) = &mut schema {
        object.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
        object.insert("title".into(), format!("Vetro: {kind}").into());
    }
    Some(schema)
}

fn enumerate(schema: &mut Json, kind: &str, fields: &[Field], known: &KnownNames) {
    if let Some(items) = schema.get_mut("items") {
        enumerate(items, kind, fields, known);
    }
    let Some(Json::Object(properties)) = schema.get_mut("properties") else { return };
    for (key, schema) in properties {
        let Some(field) = fields.iter().find(|field| field.is(key)) else { continue };
        match names(kind, field.name, known) {
            Some(names) if !names.is_empty() => {
                let place = if schema.get("items").is_some() { &mut schema["items"] } else { schema };
                place["anyOf"] = json!([{ "enum": names }, true]);
            }
            _ => enumerate(schema, kind, field.within, known),
        }
    }
}

/// Names that a key of a kind of file takes.
fn names<'k>(kind: &str, key: &str, known: &'k KnownNames) -> Option<&'k [String]> {
    match (kind, key) {
        ("units", "parent" | "succeeded_by") | (_, "unit" | "centre" | "administration") => Some(&known.units),
        ("objective" | "project", "plan") => Some(&known.nodes),
        (_, "continues" | "objectives") => Some(&known.objectives),
        (_, "project" | "projects") => Some(&known.projects),
        (_, "thread") => Some(&known.series),
        _ => None,
    }
}
