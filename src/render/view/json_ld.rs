//! Description of a page in the terms of schema.org, for search engines. Only facts that the model knows for sure: no
//! person, no day of a change that nobody stated, no state that the absence of a report could have caused.

use serde::Serialize;

use super::{PageContext, View};
use crate::catalogue::{Citation, NodeId, ObjectiveId, PlanId, ProjectId, SeriesId, UnitId, UpdateId};
use crate::model::{Written, Years};
use crate::output::json::{Keys, Object, object};
use crate::render::address::encoded;
use crate::site::{Announcement, Role, Route};

/// The page's description as JSON-LD, safe between `<script>` and `</script>` as it is. Returns `None` for the page for
/// wrong addresses.
pub(crate) fn of(cx: &PageContext<'_>, view: &View) -> Option<String> {
    let json = match cx.at.route {
        Route::NotFound => return None,
        Route::Home => serde_json::to_string(&home(cx, view)),
        Route::Year(year) => page(cx, view, object! { "temporalCoverage": year.to_string() }),
        Route::Objective(id) => page(cx, view, objective(cx, id)),
        Route::Project(id) => page(cx, view, project(cx, id)),
        Route::Update(id) => page(cx, view, object! { "mainEntity": update(cx, id) }),
        Route::Unit(id) => page(cx, view, object! { "mainEntity": unit(cx, id) }),
        Route::Plan(id) => page(cx, view, object! { "mainEntity": plan(cx, id) }),
        Route::Node(id) => page(cx, view, object! { "mainEntity": node(cx, id) }),
        Route::Series(id) => page(cx, view, object! { "temporalCoverage"?: series_years(cx, id) }),
        Route::Data => page(cx, view, object! { "mainEntity": catalogue(cx, view) }),
        _ => page(cx, view, object! {}),
    };
    Some(escaped(&json.expect("texts are JSON")))
}

const CONTEXT: &str = "https://schema.org";

/// JSON in which these characters are written as their numbers; they occur in strings only. So nothing in it ends the
/// script, opens a comment (HTML, "restrictions for contents of script elements") or breaks a line of an old reader.
fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + json.len() / 16);
    let mut rest = json;
    while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let (before, from) = rest.split_at(at);
        let mut from = from.chars();
        safe.push_str(before);
        safe.push_str(match from.next() {
            Some('<') => "\\u003c",
            Some('>') => "\\u003e",
            Some('&') => "\\u0026",
            Some('\u{2028}') => "\\u2028",
            _ => "\\u2029",
        });
        rest = from.as_str();
    }
    safe.push_str(rest);
    safe
}

fn home(cx: &PageContext<'_>, view: &View) -> impl Serialize {
    let languages: Vec<&str> = cx.site.settings.languages.iter().map(|lang| lang.code()).collect();
    object! {
        ..website(cx),
        "@context": CONTEXT,
        "description": &view.description,
        "inLanguage": languages,
        "license": &cx.site.settings.licence.url,
        "publisher"?: publisher(cx),
    }
}

fn page(cx: &PageContext<'_>, view: &View, more: Object<impl Keys>) -> serde_json::Result<String> {
    serde_json::to_string(&object! {
        "@context": CONTEXT,
        "@type": cx.at.route.schema(),
        "url": cx.site.canonical(cx.at),
        "name": &view.title,
        "inLanguage": cx.lang().code(),
        "license": &cx.site.settings.licence.url,
        "isPartOf": website(cx),
        "breadcrumb": breadcrumb(cx, view),
        ..more,
    })
}

fn website<'a>(cx: &PageContext<'a>) -> Object<impl Keys + use<'a>> {
    let settings = &cx.site.settings;
    let base = settings.base.as_str();
    object! {
        "@type": "WebSite",
        "@id": format!("{base}#site"),
        "url": base,
        "name": settings.title.or_own(cx.lang()),
    }
}

/// The publisher is a public body if it is one of those whose units the site names; else all that is known is that
/// somebody publishes.
fn publisher(cx: &PageContext<'_>) -> Option<impl Serialize> {
    let city = &cx.site.settings.city;
    let administration = cx.site.publisher();
    let named = administration.is_some() || !city.name.is_empty();
    let name = administration.map_or(&city.name, |id| &cx.catalogue()[id].name);
    named.then(|| {
        object! {
            "@type": if administration.is_some() { GOVERNMENT } else { "Organization" },
            "@id"?: administration.map(|unit| id(cx, Route::Unit(unit), "unit")),
            "name": name.or_own(cx.lang()),
            "url"?: city.url.or_own(cx.lang()).as_ref(),
        }
    })
}

fn breadcrumb(cx: &PageContext<'_>, view: &View) -> impl Serialize {
    let steps = view.crumbs.iter().zip(1..).map(|(crumb, position)| {
        object! {
            "@type": "ListItem",
            "position": position,
            "name": crumb.title.text(),
            // The page itself has none, as on the page.
            "item"?: crumb.href.as_deref().map(|href| cx.site.settings.base.join(href)),
        }
    });
    object! { "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() }
}

/// Id of the thing that a page describes, one for all languages.
fn id(cx: &PageContext<'_>, route: Route, thing: &str) -> String {
    format!("{}#{thing}", cx.site.cited(route))
}

const GOVERNMENT: &str = "GovernmentOrganization";

fn organization<'a>(cx: &PageContext<'a>, unit: UnitId) -> Object<impl Keys + use<'a>> {
    object! {
        "@type": GOVERNMENT,
        "@id": id(cx, Route::Unit(unit), "unit"),
        "name": cx.catalogue()[unit].name.or_own(cx.lang()),
    }
}

/// An objective is an action of its unit in its year.
fn objective<'a>(cx: &PageContext<'a>, id: ObjectiveId) -> Object<impl Keys + use<'a>> {
    let objective = &cx.catalogue()[id];
    let about = object! {
        "@type": "Action",
        "@id": self::id(cx, Route::Objective(id), "objective"),
        "name": objective.title.or_own(cx.lang()),
        "identifier": &objective.code,
        "agent": organization(cx, objective.unit),
    };
    object! {
        "temporalCoverage": objective.year.to_string(),
        "isBasedOn"?: objective.source.as_deref().and_then(source),
        "about": about,
    }
}

fn project<'a>(cx: &PageContext<'a>, id: ProjectId) -> Object<impl Keys + use<'a>> {
    let project = &cx.catalogue()[id];
    let cup =
        project.cup.iter().filter(|cup| cup.is_well_formed()).map(|cup| {
            Identifier::Of(object! { "@type": "PropertyValue", "propertyID": "CUP", "value": cup.as_str() })
        });
    let identifiers: Vec<_> = project.code.iter().map(Identifier::Own).chain(cup).collect();
    let about = object! {
        ..project_name(cx, id),
        "identifier"?: (!identifiers.is_empty()).then_some(identifiers),
    };
    object! { "isBasedOn"?: project.source.as_deref().and_then(source), "about": about }
}

/// A code of the city's own, or one of a list that others keep.
#[derive(Serialize)]
#[serde(untagged)]
enum Identifier<'a, T> {
    Own(&'a String),
    Of(T),
}

fn project_name<'a>(cx: &PageContext<'a>, id: ProjectId) -> Object<impl Keys + use<'a>> {
    object! {
        "@type": "Project",
        "@id": self::id(cx, Route::Project(id), "project"),
        "name": cx.catalogue()[id].title.or_own(cx.lang()),
    }
}

fn source(source: &Citation) -> Option<impl Serialize> {
    let url = source.url.as_ref();
    let name = source.title.as_deref().or(url.map(Written::text))?;
    Some(object! { "@type": "CreativeWork", "name": name, "url"?: url.and_then(Written::read) })
}

fn update(cx: &PageContext<'_>, id: UpdateId) -> impl Serialize {
    let update = &cx.catalogue()[id];
    object! {
        "@type": "Article",
        "headline": update.title.or_own(cx.lang()),
        "datePublished": update.date,
        "inLanguage": cx.lang().code(),
        "about": project_name(cx, update.project),
        // The author is the city, as in feeds.
        "author"?: publisher(cx),
        "publisher"?: publisher(cx),
    }
}

fn unit(cx: &PageContext<'_>, id: UnitId) -> impl Serialize {
    let unit = &cx.catalogue()[id];
    let contact = unit.contact.as_ref();
    object! {
        ..organization(cx, id),
        "description"?: unit.description.or_own(cx.lang()).as_ref(),
        "parentOrganization"?: unit.parent.map(|parent| organization(cx, parent)),
        "identifier"?: unit.ipa.as_ref().map(|code| object! { "@type": "PropertyValue", "propertyID": "IPA", "value": code }),
        "url"?: contact.and_then(|contact| contact.url.as_ref()?.read()),
        "email"?: contact.and_then(|contact| contact.email.as_ref()),
        "telephone"?: contact.and_then(|contact| contact.phone.as_ref()),
        "address"?: contact.and_then(|contact| contact.address.as_ref()),
    }
}

/// A plan is a scheme, as in SKOS, and its nodes are the terms that classify objectives and projects.
fn plan(cx: &PageContext<'_>, id: PlanId) -> impl Serialize {
    let plan = &cx.catalogue()[id];
    object! {
        ..plan_name(cx, id),
        "url"?: plan.url.as_ref().and_then(Written::read),
        "temporalCoverage"?: plan.years().and_then(years),
    }
}

fn plan_name<'a>(cx: &PageContext<'a>, id: PlanId) -> Object<impl Keys + use<'a>> {
    object! {
        "@type": "DefinedTermSet",
        "@id": self::id(cx, Route::Plan(id), "plan"),
        "name": cx.catalogue()[id].title.or_own(cx.lang()),
    }
}

fn node(cx: &PageContext<'_>, id: NodeId) -> impl Serialize {
    let node = &cx.catalogue()[id];
    object! {
        "@type": "DefinedTerm",
        "@id": self::id(cx, Route::Node(id), "node"),
        "name": node.title.or_own(cx.lang()),
        "termCode": &node.code,
        "inDefinedTermSet": plan_name(cx, node.plan),
    }
}

/// A time in ISO 8601, as schema.org asks for. Returns `None` for one without beginning or end.
fn years(years: Years) -> Option<String> {
    let (first, last) = (years.first(), years.last());
    (first != i16::MIN && last != i16::MAX).then(|| span(first, last))
}

fn series_years(cx: &PageContext<'_>, id: SeriesId) -> Option<String> {
    let years = || cx.catalogue()[id].points.iter().map(|point| cx.catalogue()[point.objective].year);
    Some(span(years().min()?, years().max()?))
}

fn span(first: i16, last: i16) -> String {
    if first == last { first.to_string() } else { format!("{first}/{last}") }
}

/// The tables, each once with its formats; files that only describe them are no tables.
fn catalogue(cx: &PageContext<'_>, view: &View) -> impl Serialize {
    let settings = &cx.site.settings;
    let announced = cx.announced.of(cx.at);
    let files: Vec<&Announcement> =
        announced.iter().map(|file| &**file).filter(|file| file.role == Role::Data).collect();
    let table = |table: &&Announcement| {
        let formats = files.iter().filter(|file| file.title == table.title).map(|file| {
            object! {
                "@type": "DataDownload",
                "encodingFormat": file.media_type,
                "contentUrl": settings.base.join(&encoded(&file.address)),
            }
        });
        object! {
            "@type": "Dataset",
            "name": table.title.clone(),
            "description": format!("{} — {}. {}", table.title, settings.title.or_own(cx.lang()), view.description),
            "license": &settings.licence.url,
            "distribution": formats.collect::<Vec<_>>(),
            "creator"?: publisher(cx),
        }
    };
    let tables: Vec<_> = files.iter().filter(|file| file.media_type == "text/csv").map(table).collect();
    object! {
        "@type": "DataCatalog",
        "@id": id(cx, Route::Data, "catalogue"),
        "name": &view.title,
        "description": &view.description,
        "license": &settings.licence.url,
        "dataset": tables,
        "publisher"?: publisher(cx),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn no_text_ends_the_script_that_holds_it_and_each_is_read_back_as_it_was() {
        let text = "</script><!-- <script> & \u{2028}\u{2029} \"' \\ à";
        let safe = escaped(&json!({ "name": text }).to_string());
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<Value>(&safe).expect("JSON"), json!({ "name": text }));
    }
}
