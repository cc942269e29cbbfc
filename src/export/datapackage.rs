//! What the tables hold, for programs: a Data Package (<https://datapackage.org>, version 2.0) that describes every
//! column of every file.

use serde_json::{Map, Value, json};

use super::Export;
use super::table::{self, Column, Kind, Table};
use crate::output::Cause;
use crate::site::{Announcement, Role, Route, Site};
use crate::text::Strings;

const ADDRESS: &str = "data/datapackage.json";

pub(super) const EXPORT: Export = Export {
    name: "datapackage",
    announce: |_, strings| {
        vec![Announcement {
            on: Some(Route::Data),
            role: Role::Data,
            media_type: "application/json",
            title: strings.get("data.datapackage").to_owned(),
            address: ADDRESS.to_owned(),
        }]
    },
    files: |site, strings| Ok(vec![super::file(ADDRESS, move |bytes| write(site, strings, bytes))?]),
};

fn write(site: &Site, strings: &Strings, bytes: &mut Vec<u8>) -> Result<(), Cause> {
    let settings = &site.settings;
    let resources: Vec<Value> =
        table::ALL.iter().flat_map(|table| [csv(table, strings), json(table, strings)]).collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "data",
        "id": settings.base.join(ADDRESS),
        "title": settings.title,
        "description": settings.description.as_deref().unwrap_or(strings.get("data.description")),
        "homepage": site.canonical(Route::Data),
        "licenses": [{ "title": settings.licence.name, "path": settings.licence.url }],
        "resources": resources,
    });
    serde_json::to_writer_pretty(&mut *bytes, &package)?;
    bytes.push(b'\n');
    Ok(())
}

fn csv(table: &Table, strings: &Strings) -> Value {
    json!({
        "name": table.name,
        "type": "table",
        "path": format!("{}.csv", table.name),
        "title": strings.get(table.title),
        "description": format!("{} {}", table.description, EXACT),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": schema(table),
    })
}

const EXACT: &str = "Cells are exactly the data: one that begins with =, +, - or @ is text, not a formula.";

fn json(table: &Table, strings: &Strings) -> Value {
    json!({
        "name": format!("{}-json", table.name),
        "type": "table",
        "path": format!("{}.json", table.name),
        "title": strings.get(table.title),
        "description": format!("{} {}", table.description, DECIMALS),
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "dialect": { "itemType": "object" },
        "schema": schema(table),
    })
}

const DECIMALS: &str = "Decimals are strings, so that no reader rounds them; an empty cell is null.";

fn schema(table: &Table) -> Value {
    json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
        "primaryKey": table.key,
    })
}

fn field(column: &Column) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), column.name.into());
    field.insert("title".to_owned(), column.title.into());
    field.insert("description".to_owned(), column.description.into());
    let (kind, format) = match column.kind {
        Kind::Text => ("string", None),
        Kind::Url => ("string", Some("uri")),
        Kind::Integer => ("integer", None),
        Kind::Decimal => ("number", None),
        Kind::Date => ("date", None),
        Kind::Word(words) => {
            field.insert("constraints".to_owned(), json!({ "enum": words() }));
            ("string", None)
        }
    };
    field.insert("type".to_owned(), kind.into());
    if let Some(format) = format {
        field.insert("format".to_owned(), format.into());
    }
    field.into()
}
