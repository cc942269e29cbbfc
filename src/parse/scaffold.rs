//! Empty sheets for editors who begin a new record.

use serde_json::{Map, Value as Json};

use super::declaration::Field;
use super::records::RECORDS;
use crate::model::Lang;

/// Front matter of a new record of a [kind](RECORDS), between its two fences, in the words of a language.
///
/// `given` are its first values by the fields' names, in any order; records in them go by the fields' names too. Each
/// key is below its description; keys without a value follow as comments from which a person can take the `#`. Returns
/// `None` for an unknown kind.
pub(crate) fn blank_sheet(kind: &str, lang: Lang, given: &Map<String, Json>) -> Option<String> {
    let fields = RECORDS.iter().find(|record| record.name == kind)?.fields;
    let mut out = String::from("---\n");
    let has = |field: &&Field| given.get(field.name).is_some_and(|value| !value.is_null());
    for field in fields.iter().filter(has) {
        let value = translated(&given[field.name], field.within, lang);
        let entry: Map<String, Json> = [(field.key(lang).to_owned(), value)].into_iter().collect();
        out.push_str(&format!("# {}\n{}", field.about(lang), serde_yaml::to_string(&entry).ok()?));
    }
    out.push_str(lang.for_editors(
        "\n# Le altre voci possibili. Per usarne una togli il «#» e lo spazio che lo segue.\n",
        "\n# The other keys. To use one, take away its “#” and the space after it.\n",
    ));
    // Free keys are for themes, which document their own.
    for field in fields.iter().filter(|field| !has(field) && field.name != "extra") {
        line(&mut out, "# ", field, lang);
        // The keys of rules are codes, which have no description here.
        for (i, inner) in field.within.iter().filter(|inner| !inner.it.is_empty()).enumerate() {
            // A record of a list begins with a dash; the keys of a lone record are indented below its own.
            line(&mut out, if !is_list(field) || i > 0 { "#   " } else { "# - " }, inner, lang);
        }
    }
    out.push_str("---\n");
    Some(out)
}

fn is_list(field: &Field) -> bool {
    (field.schema)()["type"][0] == "array"
}

fn line(out: &mut String, before: &str, field: &Field, lang: Lang) {
    let entry = format!("{before}{}:", field.key(lang));
    out.push_str(&format!("{entry:<26} # {}\n", field.about(lang)));
}

/// Value whose keys are those that editors of a language write.
fn translated(value: &Json, fields: &[Field], lang: Lang) -> Json {
    match value {
        Json::Object(record) => {
            let named = |(name, value): (&String, &Json)| {
                let field = fields.iter().find(|field| field.name == name);
                let value = translated(value, field.map_or(&[], |field| field.within), lang);
                (field.map_or(&**name, |field| field.key(lang)).to_owned(), value)
            };
            Json::Object(record.iter().map(named).collect())
        }
        Json::Array(list) => list.iter().map(|value| translated(value, fields, lang)).collect(),
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::parse;
    use crate::source::SourceTree;

    fn given() -> Map<String, Json> {
        let given = json!({
            "title": "Più verde: «alberi» e orti",
            "unit": "comune",
            "phases": [{ "title": "Bando", "weight": "50,00", "responsible": { "role": "PO: verde" } }],
            "indicators": [{ "title": "Alberi", "target": "=> 100", "actual": null }],
        });
        given.as_object().cloned().expect("an object")
    }

    #[test]
    fn what_is_given_stands_first_in_the_words_of_the_language_and_the_rest_as_comments() {
        let italian = blank_sheet("objective", Lang::It, &given()).expect("a kind");
        assert!(italian.starts_with("---\n# Titolo ufficiale\ntitolo: 'Più verde: «alberi» e orti'\n"), "{italian}");
        assert!(
            italian.contains("\nfasi:\n- titolo: Bando\n  peso: 50,00\n  responsabile:\n    ruolo: 'PO: verde'\n"),
            "{italian}"
        );
        assert!(
            italian.contains("\n# codice:                  # Codice della scheda; se manca, il nome del file\n"),
            "{italian}"
        );
        assert!(!italian.contains("# fasi:") && !italian.contains("extra"), "{italian}");
        let english = blank_sheet("objective", Lang::En, &given()).expect("a kind");
        assert!(
            english.contains("\n# code:                    # Code on the sheet; the name of the file if left out\n"),
            "{english}"
        );
        assert!(blank_sheet("nothing", Lang::It, &given()).is_none());
    }

    #[test]
    fn the_comments_of_every_kind_are_keys_once_their_sign_is_taken_away() {
        for kind in ["objective", "project", "update", "page"] {
            for lang in Lang::ALL {
                let sheet = blank_sheet(kind, lang, &Map::new()).expect("a kind");
                let keys: String = sheet
                    .lines()
                    .skip(3)
                    .map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line)))
                    .collect();
                let yaml = format!("---\n{keys}");
                let path = match kind {
                    "objective" => "content/objectives/2026/a.md",
                    "project" => "content/projects/a/index.md",
                    "update" => "content/projects/a/updates/2026-01-01-a.md",
                    _ => "content/pages/a.md",
                };
                let tree = SourceTree::from_texts([
                    (path, &*yaml),
                    ("site.toml", "[site]\ntitle = \"A\"\nbase_url = \"https://example.org\"\n"),
                ]);
                let (_, report) = parse::parse(&tree);
                let missing = report.iter().all(|problem| problem.code == crate::diagnostic::Code::Missing);
                assert!(missing && report.errors() > 0, "{kind}: {report:?}\n{yaml}");
            }
        }
    }
}
