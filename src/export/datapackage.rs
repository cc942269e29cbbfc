//! Description of the tables, for programs: a Data Package (<https://datapackage.org>, version 2.0) that describes every
//! column of every file.

use serde_json::{Map, Value, json};

use super::format::{Export, file, is_first};
use super::table::{self, Column, ColumnType, Table};
use crate::output::Cause;
use crate::site::{Announcement, Role, Route, Site};
use crate::text::Strings;

const ADDRESS: &str = "data/datapackage.json";

pub(super) const EXPORT: Export = Export {
    name: "datapackage",
    announce: |_, strings, on| {
        if on != Some(Route::Data) {
            return Vec::new();
        }
        vec![Announcement {
            lang: strings.lang(),
            on: Some(Route::Data),
            role: Role::Data,
            media_type: "application/json",
            title: strings.get("data.datapackage").to_owned(),
            address: ADDRESS.to_owned(),
        }]
    },
    files: |site, strings| {
        if !is_first(site, strings) {
            return Ok(Vec::new());
        }
        Ok(vec![file(ADDRESS, move |bytes| write(site, strings, bytes))?])
    },
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
        "homepage": site.cited(Route::Data),
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
        ColumnType::Text => ("string", None),
        ColumnType::Url => ("string", Some("uri")),
        ColumnType::Integer => ("integer", None),
        ColumnType::Decimal => ("number", None),
        ColumnType::Date => ("date", None),
        ColumnType::Word(words) => {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::sample::{bytes, site, text};

    const BASE: &str = "https://prova.example.org";

    fn package() -> Value {
        serde_json::from_str(&text(&site(BASE), "datapackage", ADDRESS)).expect("JSON")
    }

    #[test]
    fn every_column_of_every_file_is_described_in_its_order() {
        let package = package();
        let resources = package["resources"].as_array().expect("a list");
        assert_eq!(resources.len(), 2 * table::ALL.len());
        for resource in resources {
            let path = resource["path"].as_str().expect("a path");
            let format = resource["format"].as_str().expect("a format");
            let file = bytes(&site(BASE), format, &format!("data/{path}"));
            let fields = resource["schema"]["fields"].as_array().expect("fields");
            let mut described: Vec<&str> = fields.iter().filter_map(|field| field["name"].as_str()).collect();
            let mut columns: Vec<String> = if format == "csv" {
                let mut reader = ::csv::Reader::from_reader(file.as_slice());
                reader.headers().expect("a header").iter().map(str::to_owned).collect()
            } else {
                let rows: Vec<Map<String, Value>> = serde_json::from_slice(&file).expect("objects");
                // The order of a JSON object's keys means nothing.
                described.sort_unstable();
                rows[0].keys().cloned().collect()
            };
            if format == "json" {
                columns.sort_unstable();
            }
            assert_eq!(described, columns, "{path}");
            for field in fields {
                for key in ["type", "title", "description"] {
                    assert!(field[key].as_str().is_some_and(|words| !words.is_empty()), "{path} {field}");
                }
            }
        }
    }

    #[test]
    fn no_two_resources_share_a_name() {
        let package = package();
        let resources = package["resources"].as_array().expect("a list");
        let mut names: Vec<&str> = resources.iter().filter_map(|resource| resource["name"].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), resources.len());
    }
}
