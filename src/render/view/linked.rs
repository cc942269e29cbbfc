//! What a page says in the terms of schema.org, for search engines. Only what the model knows for sure: no person, no day
//! of a change that nobody stated, no state that the absence of a report could have caused.

use serde_json::{Value, json};

use super::{Cx, View};
use crate::model::{Citation, NodeId, ObjectiveId, PlanId, ProjectId, ThreadId, UnitId, UpdateId, Years};
use crate::render::encoded;
use crate::site::{Announcement, Role, Route};

/// The page's description as JSON-LD that may stand between `<script>` and `</script>` as it is; none for the page for
/// wrong addresses.
pub(crate) fn of(cx: &Cx<'_>, view: &View) -> Option<String> {
    let value = match cx.at.route {
        Route::NotFound => return None,
        Route::Home => {
            let mut site = website(cx);
            site["@context"] = CONTEXT.into();
            site["description"] = view.description.as_str().into();
            site["inLanguage"] = cx.site.settings.languages.iter().map(|lang| lang.code()).collect();
            site["license"] = cx.site.settings.licence.url.as_str().into();
            set(&mut site, "publisher", publisher(cx));
            site
        }
        _ => page(cx, view),
    };
    Some(escaped(&value.to_string()))
}

const CONTEXT: &str = "https://schema.org";

/// In JSON these characters stand in strings only, and each may be written as its number. So nothing in it ends the
/// script, opens a comment (HTML, "restrictions for contents of script elements") or breaks a line of an old reader.
fn escaped(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    safe
}

fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let Some(value) = value {
        object[key] = value;
    }
}

fn page(cx: &Cx<'_>, view: &View) -> Value {
    let mut page = json!({
        "@context": CONTEXT,
        "@type": kind(cx.at.route),
        "url": cx.site.canonical(cx.at),
        "name": view.title,
        "inLanguage": cx.lang().code(),
        "license": cx.site.settings.licence.url,
        "isPartOf": website(cx),
        "breadcrumb": breadcrumb(cx, view),
    });
    match cx.at.route {
        Route::Year(year) => page["temporalCoverage"] = year.to_string().into(),
        Route::Objective(id) => objective(cx, id, &mut page),
        Route::Project(id) => project(cx, id, &mut page),
        Route::Update(id) => page["mainEntity"] = update(cx, id),
        Route::Unit(id) => page["mainEntity"] = unit(cx, id),
        Route::Plan(id) => page["mainEntity"] = plan(cx, id),
        Route::Node(id) => page["mainEntity"] = node(cx, id),
        Route::Thread(id) => set(&mut page, "temporalCoverage", thread_years(cx, id).map(Value::from)),
        Route::Data => page["mainEntity"] = catalogue(cx, view),
        _ => {}
    }
    page
}

fn kind(route: Route) -> &'static str {
    match route {
        Route::Year(_)
        | Route::List(..)
        | Route::Projects
        | Route::ProjectsOf(_)
        | Route::Updates
        | Route::UpdatesOf(_)
        | Route::Units
        | Route::Plans
        | Route::Threads
        | Route::Search
        | Route::Part(..)
        | Route::Feeds => "CollectionPage",
        _ => "WebPage",
    }
}

fn website(cx: &Cx<'_>) -> Value {
    let settings = &cx.site.settings;
    let base = settings.base.as_str();
    json!({ "@type": "WebSite", "@id": format!("{base}#site"), "url": base, "name": settings.title.or_own(cx.lang()) })
}

/// A publisher is a public body where it is one of those whose units the site names; else all that is known is that
/// somebody publishes.
fn publisher(cx: &Cx<'_>) -> Option<Value> {
    let city = &cx.site.settings.city;
    let administration = cx.catalogue().administrations().find(|id| *cx.catalogue()[*id].name == *city.name);
    let mut publisher = match administration {
        Some(id) => organization(cx, id),
        None if city.name.is_empty() => return None,
        None => json!({ "@type": "Organization", "name": city.name.or_own(cx.lang()) }),
    };
    set(&mut publisher, "url", city.url.or_own(cx.lang()).as_deref().map(Value::from));
    Some(publisher)
}

fn breadcrumb(cx: &Cx<'_>, view: &View) -> Value {
    let steps = view.crumbs.iter().zip(1..).map(|(crumb, position)| {
        let mut step = json!({ "@type": "ListItem", "position": position, "name": crumb.title.text() });
        // The page itself has none, as on the page.
        set(&mut step, "item", crumb.href.as_deref().map(|href| cx.site.settings.base.join(href).into()));
        step
    });
    json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() })
}

/// A thing beside its page, under an id that is the same in every language.
fn id(cx: &Cx<'_>, route: Route, thing: &str) -> String {
    format!("{}#{thing}", cx.site.cited(route))
}

fn organization(cx: &Cx<'_>, unit: UnitId) -> Value {
    json!({
        "@type": "GovernmentOrganization",
        "@id": id(cx, Route::Unit(unit), "unit"),
        "name": cx.catalogue()[unit].name.or_own(cx.lang()),
    })
}

/// What is to be done, by whom, in which year.
fn objective(cx: &Cx<'_>, id: ObjectiveId, page: &mut Value) {
    let objective = &cx.catalogue()[id];
    page["temporalCoverage"] = objective.year.to_string().into();
    set(page, "isBasedOn", objective.source.as_ref().and_then(source));
    page["about"] = json!({
        "@type": "Action",
        "@id": self::id(cx, Route::Objective(id), "objective"),
        "name": objective.title.or_own(cx.lang()),
        "identifier": objective.code,
        "agent": organization(cx, objective.unit),
    });
}

fn project(cx: &Cx<'_>, id: ProjectId, page: &mut Value) {
    let project = &cx.catalogue()[id];
    set(page, "isBasedOn", project.source.as_ref().and_then(source));
    let cup = project
        .cup
        .iter()
        .map(|cup| json!({ "@type": "PropertyValue", "propertyID": "CUP", "value": cup.as_str() }));
    let identifiers: Vec<Value> = project.code.iter().map(|code| code.as_str().into()).chain(cup).collect();
    let mut about = project_name(cx, id);
    set(&mut about, "identifier", (!identifiers.is_empty()).then(|| identifiers.into()));
    page["about"] = about;
}

fn project_name(cx: &Cx<'_>, id: ProjectId) -> Value {
    json!({
        "@type": "Project",
        "@id": self::id(cx, Route::Project(id), "project"),
        "name": cx.catalogue()[id].title.or_own(cx.lang()),
    })
}

fn source(source: &Citation) -> Option<Value> {
    let mut work = json!({ "@type": "CreativeWork", "name": source.title.as_ref().or(source.url.as_ref())? });
    set(&mut work, "url", source.url.as_deref().map(Value::from));
    Some(work)
}

fn update(cx: &Cx<'_>, id: UpdateId) -> Value {
    let update = &cx.catalogue()[id];
    let mut article = json!({
        "@type": "Article",
        "headline": update.title.or_own(cx.lang()),
        "datePublished": update.date,
        "inLanguage": cx.lang().code(),
        "about": project_name(cx, update.project),
    });
    // As in feeds: who speaks is the city.
    let publisher = publisher(cx);
    set(&mut article, "author", publisher.clone());
    set(&mut article, "publisher", publisher);
    article
}

fn unit(cx: &Cx<'_>, id: UnitId) -> Value {
    let unit = &cx.catalogue()[id];
    let mut office = organization(cx, id);
    set(&mut office, "description", unit.description.or_own(cx.lang()).as_deref().map(Value::from));
    set(&mut office, "parentOrganization", unit.parent.map(|parent| organization(cx, parent)));
    let ipa = unit.ipa.as_ref();
    set(
        &mut office,
        "identifier",
        ipa.map(|code| json!({ "@type": "PropertyValue", "propertyID": "IPA", "value": code })),
    );
    if let Some(contact) = &unit.contact {
        for (key, text) in [
            ("url", &contact.url),
            ("email", &contact.email),
            ("telephone", &contact.phone),
            ("address", &contact.address),
        ] {
            set(&mut office, key, text.as_deref().map(Value::from));
        }
    }
    office
}

/// As in SKOS: a plan is a scheme, and its nodes are what objectives and projects are classed by.
fn plan(cx: &Cx<'_>, id: PlanId) -> Value {
    let plan = &cx.catalogue()[id];
    let mut set_of_terms = plan_name(cx, id);
    set(&mut set_of_terms, "url", plan.url.as_deref().map(Value::from));
    let years = plan.validity.as_ref().and_then(|written| years(*written.value()));
    set(&mut set_of_terms, "temporalCoverage", years.map(Value::from));
    set_of_terms
}

fn plan_name(cx: &Cx<'_>, id: PlanId) -> Value {
    json!({
        "@type": "DefinedTermSet",
        "@id": self::id(cx, Route::Plan(id), "plan"),
        "name": cx.catalogue()[id].title.or_own(cx.lang()),
    })
}

fn node(cx: &Cx<'_>, id: NodeId) -> Value {
    let node = &cx.catalogue()[id];
    json!({
        "@type": "DefinedTerm",
        "@id": self::id(cx, Route::Node(id), "node"),
        "name": node.title.or_own(cx.lang()),
        "termCode": node.code,
        "inDefinedTermSet": plan_name(cx, node.plan),
    })
}

/// ISO 8601, as schema.org asks for; none for a time without beginning or end.
fn years(years: Years) -> Option<String> {
    let (first, last) = (years.first(), years.last());
    (first != i16::MIN && last != i16::MAX).then(|| span(first, last))
}

fn thread_years(cx: &Cx<'_>, id: ThreadId) -> Option<String> {
    let years = || cx.catalogue()[id].points.iter().map(|point| cx.catalogue()[point.objective].year);
    Some(span(years().min()?, years().max()?))
}

fn span(first: i16, last: i16) -> String {
    if first == last { first.to_string() } else { format!("{first}/{last}") }
}

/// The tables, each once with its formats; what only describes them is none.
fn catalogue(cx: &Cx<'_>, view: &View) -> Value {
    let settings = &cx.site.settings;
    let files: Vec<&Announcement> = cx.announced.of(cx.at).filter(|file| file.role == Role::Data).collect();
    let publisher = publisher(cx);
    let table = |table: &&Announcement| {
        let formats = files.iter().filter(|file| file.title == table.title).map(|file| {
            json!({
                "@type": "DataDownload",
                "encodingFormat": file.media_type,
                "contentUrl": settings.base.join(&encoded(&file.address)),
            })
        });
        let mut dataset = json!({
            "@type": "Dataset",
            "name": table.title,
            "description": format!("{} — {}. {}", table.title, settings.title.or_own(cx.lang()), view.description),
            "license": settings.licence.url,
            "distribution": formats.collect::<Vec<_>>(),
        });
        set(&mut dataset, "creator", publisher.clone());
        dataset
    };
    let tables: Vec<Value> = files.iter().filter(|file| file.media_type == "text/csv").map(table).collect();
    let mut catalogue = json!({
        "@type": "DataCatalog",
        "@id": id(cx, Route::Data, "catalogue"),
        "name": view.title,
        "description": view.description,
        "license": settings.licence.url,
        "dataset": tables,
    });
    set(&mut catalogue, "publisher", publisher.clone());
    catalogue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_script_that_holds_it_and_each_is_read_back_as_it_was() {
        let text = "</script><!-- <script> & \u{2028}\u{2029} \"' \\ à";
        let safe = escaped(&json!({ "name": text }).to_string());
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<Value>(&safe).expect("JSON"), json!({ "name": text }));
    }
}
