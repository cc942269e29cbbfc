//! Records as JSON beside their pages: words as written, values read from them, states, and addresses of other records.
//!
//! Every record of a kind has all keys of that kind; unknown values are `null`. Decimals are strings,
//! as in the tables. Texts are HTML with absolute links. Officials are named exactly as the pages name them.
//!
//! Words are those of the site's first language. `translations` has, by language, the keys that somebody translated
//! (lists in the order of the record's, with `{}` for entries that nobody did); ids, figures and dates need none.

mod indicator;
mod links;
mod objective;
mod plan;
mod project;
mod unit;
mod values;
mod words;

use super::format::{Export, file, is_first};
use crate::output::{Cause, OutputFile, OutputPathError};
use crate::site::{Announcement, Role, Route, Site};
use crate::text::Strings;
use values::RecordJson;

pub(super) const EXPORT: Export = Export { name: "record", announce, files };

fn announce(site: &Site, strings: &Strings, on: Option<Route>) -> Vec<Announcement> {
    let has_file = |route: &Route| route.is_record() && !matches!(route, Route::Free(_));
    let announcement = |route: Route| Announcement {
        lang: strings.lang(),
        on: Some(route),
        role: Role::Data,
        media_type: "application/json",
        title: strings.get("data.record").to_owned(),
        address: address(site, route),
    };
    on.filter(has_file).map(announcement).into_iter().collect()
}

fn files<'a>(site: &'a Site, strings: &'a Strings) -> Result<Vec<OutputFile<'a>>, OutputPathError> {
    if !is_first(site, strings) {
        return Ok(Vec::new());
    }
    site.records()
        .map(|route| {
            file(&address(site, route), move |bytes| {
                write(&RecordJson { site, lang: strings.lang() }, route, bytes)?;
                bytes.push(b'\n');
                Ok(())
            })
        })
        .collect()
}

fn address(site: &Site, route: Route) -> String {
    site.address(site.page(route)) + "index.json"
}

fn write(json: &RecordJson<'_>, route: Route, bytes: &mut Vec<u8>) -> Result<(), Cause> {
    match route {
        Route::Objective(id) => serde_json::to_writer(bytes, &json.objective(id)),
        Route::Project(id) => serde_json::to_writer(bytes, &json.project(id)),
        Route::Update(id) => serde_json::to_writer(bytes, &json.update(id)),
        Route::Unit(id) => serde_json::to_writer(bytes, &json.unit(id)),
        Route::Plan(id) => serde_json::to_writer(bytes, &json.plan(id)),
        Route::Node(id) => serde_json::to_writer(bytes, &json.node(id)),
        Route::Series(id) => serde_json::to_writer(bytes, &json.series(id)),
        _ => return Err(format!("a {} page has no record", route.kind()).into()),
    }?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::export::tests::sample::{HARD, named, site, text};
    use crate::model::NamePolicy;

    const BASE: &str = "https://prova.example.org";

    fn record(address: &str) -> Value {
        serde_json::from_str(&text(&site(BASE), "record", address)).expect("JSON")
    }

    #[test]
    fn every_record_says_what_it_is_and_where_its_page_is() {
        let site = site(BASE);
        for route in site.records() {
            let record = record(&address(&site, route));
            assert_eq!(record["page"], site.cited(route));
            assert!(record["record"].is_string());
        }
    }

    #[test]
    fn an_objective_carries_words_readings_states_and_addresses() {
        let objective = record("2020/2020_zn07/index.json");
        assert_eq!(objective["title"], HARD);
        assert_eq!(objective["unit"]["page"], "https://prova.example.org/uffici/firenze/sociale/");
        assert_eq!(objective["continues"][0]["page"], "https://prova.example.org/2019/2019_zn10/");
        let html = objective["description_html"].as_str().expect("a text");
        assert!(html.contains("href=\"https://prova.example.org/progetti/habito/\""), "{html}");
        let indicator = &objective["indicators"][0];
        assert_eq!(indicator["target"]["written"], "=> 100");
        assert_eq!(indicator["target"]["value"], "100");
        assert_eq!(indicator["state"], "no_data");
        assert_eq!(indicator["actual"], Value::Null);
        assert_eq!(indicator["thread"]["page"], "https://prova.example.org/indicatori/inseriti/");
        let phase = &objective["phases"][0];
        assert_eq!(phase["end"]["written"], "giugno 2020");
        assert_eq!(phase["end"]["edtf"], "2020-06");
        assert_eq!(phase["end"]["latest"], "2020-06-30");
    }

    #[test]
    fn a_project_lists_its_updates_with_the_ids_of_the_feeds() {
        let project = record("progetti/habito/index.json");
        assert_eq!(project["lifecycle"], "completed");
        assert_eq!(project["amount"]["value"], "6000000.00");
        let updates = project["updates"].as_array().expect("a list");
        let ids: Vec<&Value> = updates.iter().map(|update| &update["id"]).collect();
        assert_eq!(
            ids,
            [
                "tag:prova.example.org,2026:catania/CT3.1/2024-02-03-fine",
                "tag:prova.example.org,2026:catania/CT3.1/2023-01-09",
            ]
        );
        assert_eq!(record("progetti/habito/2024-02-03-fine/index.json")["id"], *ids[0]);
    }

    #[test]
    fn a_unit_lists_its_own_and_counts_what_is_in_it() {
        let root = record("uffici/firenze/index.json");
        assert_eq!(root["objectives"], json!([]));
        assert_eq!(root["objective_states"]["not_met"], 1);
        assert_eq!(root["objective_states"]["no_data"], 1);
        let office = record("uffici/firenze/sociale/index.json");
        assert_eq!(office["objectives"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn officials_are_named_only_where_the_pages_name_them() {
        let of = |names: NamePolicy, address: &str| text(&named(names), "record", address);
        let objective = "2020/2020_zn07/index.json";
        let unit = "uffici/firenze/index.json";
        assert!(of(NamePolicy::All, objective).contains("Maltoni"));
        assert!(!of(NamePolicy::Executives, objective).contains("Maltoni"));
        assert!(of(NamePolicy::Executives, objective).contains("PO Marginalità"));
        assert!(of(NamePolicy::Executives, unit).contains("Cavalleri"));
        assert!(!of(NamePolicy::None, unit).contains("Cavalleri"));
    }
}
