//! Each record as JSON beside its page: its words as written, what they were read as, its states, and addresses of what
//! it refers to.
//!
//! Every key of a kind of record is there in each record of that kind; what isn't known is `null`. Decimals are strings,
//! as in the tables. Texts are HTML with absolute links. Officials are named exactly as the pages name them.
//!
//! Words are those of the site's first language. `translations` has, by language, the keys that somebody translated
//! (lists in the order of the record's, with `{}` for what nobody did); ids, figures and dates need none.

mod words;

use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};

use super::feed::update_id;
use super::{Export, project_code};
use crate::model::{
    Actual, Amount, Approval, Attachment, Cig, Citation, Contact, Cup, Direction, Document, EdtfDate, EffectiveWeight,
    Funding, Head, Health, Indicator, IndicatorState, Lang, Lifecycle, Markdown, Milestone, Named, NodeId, ObjectiveId,
    ObjectiveState, Operator, Percent, Period, Person, Phase, PhaseState, PlanId, ProjectId, SeriesId, StateCounts,
    Target, UnitId, UpdateId, Vat, Written,
};
use crate::output::json::{Keys, Object, object};
use crate::output::{Cause, OutputFile, OutputPathError};
use crate::render::markdown::{self, Links};
use crate::site::{Announcement, Link, Page, REPORT_PREFIX, Role, Route, Site, id_prefix};
use crate::text::Strings;

pub(super) const EXPORT: Export = Export { name: "record", announce, files };

/// What stands unencoded in the path of an address (RFC 3986 §3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

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
    if !super::is_first(site, strings) {
        return Ok(Vec::new());
    }
    site.records()
        .map(|route| {
            super::file(&address(site, route), move |bytes| {
                RecordJson { site, lang: strings.lang() }.record(route, bytes)?;
                bytes.push(b'\n');
                Ok(())
            })
        })
        .collect()
}

fn address(site: &Site, route: Route) -> String {
    site.address(site.page(route)) + "index.json"
}

struct RecordJson<'a> {
    site: &'a Site,
    lang: Lang,
}

impl RecordJson<'_> {
    fn record(&self, route: Route, bytes: &mut Vec<u8>) -> Result<(), Cause> {
        match route {
            Route::Objective(id) => serde_json::to_writer(bytes, &self.objective(id)),
            Route::Project(id) => serde_json::to_writer(bytes, &self.project(id)),
            Route::Update(id) => serde_json::to_writer(bytes, &self.update(id)),
            Route::Unit(id) => serde_json::to_writer(bytes, &self.unit(id)),
            Route::Plan(id) => serde_json::to_writer(bytes, &self.plan(id)),
            Route::Node(id) => serde_json::to_writer(bytes, &self.node(id)),
            Route::Series(id) => serde_json::to_writer(bytes, &self.series(id)),
            _ => return Err(format!("a {} page has no record", route.kind()).into()),
        }?;
        Ok(())
    }

    fn objective(&self, id: ObjectiveId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let objective = &catalogue[id];
        let route = Route::Objective(id);
        let judgement = self.site.judgement(id);
        let weights = judgement.weighing.weights.iter();
        let last_day = objective.last_day();
        let phases: Vec<_> = (objective.phases.iter().zip(weights).zip(&judgement.phases))
            .map(|((phase, weight), state)| self.phase((objective.unit, last_day), phase, *weight, *state))
            .collect();
        let indicators: Vec<_> = (objective.indicators.iter().zip(&judgement.indicators))
            .map(|(indicator, state)| self.indicator(route, indicator, *state))
            .collect();
        object! {
            "record": "objective",
            "page": self.site.cited(route),
            "administration": self.unit_link(catalogue.administration(objective.unit)),
            "code": &objective.code,
            "year": objective.year,
            "title": &objective.title,
            "unit": self.unit_link(objective.unit),
            "classification": &objective.classification,
            "type": &objective.kind,
            "plan": self.each(&objective.plan, Self::node_link),
            "lead": &objective.lead,
            "summary": &objective.summary,
            "description_html": self.html(route, objective.body.read(), id_prefix(route)),
            "phases": phases,
            "indicators": indicators,
            "continues": self.each(&objective.continues, Self::objective_link),
            "continued_by": self.each(&objective.continued_by, Self::objective_link),
            "projects": self.each(&objective.projects, Self::project_link),
            "state": judgement.state.key(),
            "declared_state": objective.declared.map(ObjectiveState::key),
            "first_day": objective.first_day(),
            "last_day": objective.last_day(),
            "approved_by": objective.approved_by.as_ref().map(approval),
            "report_html": objective.report.as_ref().map(|report| self.html(route, report, REPORT_PREFIX)),
            "source": objective.source.as_ref().map(citation),
            "note": &objective.note,
            "documents": self.documents(route, &objective.documents),
            "attachments": self.attachments(Route::Year(objective.year), &objective.attachments),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Objective(id)),
        }
    }

    fn phase(
        &self,
        of: (UnitId, Date),
        phase: &Phase,
        weight: Option<EffectiveWeight>,
        state: PhaseState,
    ) -> impl Serialize {
        object! {
            "title": &phase.title,
            "weight": percent(phase.weight.as_ref()),
            "weight_written": phase.weight.as_ref().map(Written::text),
            "weight_effective": weight.map(|weight| weight.value.to_string()),
            "start": self.date(phase.start.as_ref()),
            "end": self.date(phase.end.as_ref()),
            "actual_start": self.date(phase.actual_start.as_ref()),
            "actual_end": self.date(phase.actual_end.as_ref()),
            "progress": percent(phase.progress.as_ref()),
            "progress_written": phase.progress.as_ref().map(Written::text),
            "after": phase.after.iter().map(|place| place + 1).collect::<Vec<_>>(),
            "responsible": phase.responsible.as_ref().map(|person| self.person(person, of)),
            "centre": phase.centre.as_ref().map(|centre| self.unit_link(centre.unit)),
            "centre_written": phase.centre.as_ref().and_then(|centre| centre.written.as_deref()),
            "notes": &phase.notes,
            "state": state.key(),
        }
    }

    fn indicator(&self, route: Route, indicator: &Indicator, state: IndicatorState) -> impl Serialize {
        object! {
            "title": &indicator.title,
            "type": &indicator.kind,
            "unit_of_measure": &indicator.unit_of_measure,
            "target": self.target(&indicator.target),
            "actual": indicator.actual.as_ref().map(|actual| self.actual(actual)),
            "direction": indicator.direction.or(indicator.target.value().direction()).map(Direction::key),
            "baseline": indicator.baseline.as_ref().map(|baseline| object! {
                "written": baseline.text(),
                "value": baseline.value().value(),
            }),
            "progress": indicator.progress().map(|progress| progress.to_string()),
            "state": state.key(),
            "reason": indicator.reason().map(|reason| reason.words(self.lang)),
            "declared_state": indicator.declared.map(IndicatorState::key),
            "thread": indicator.series.map(|series| self.series_link(series)),
            "periods": indicator.periods.iter().map(|period| self.period(route, period)).collect::<Vec<_>>(),
            "definition": &indicator.definition,
            "source": &indicator.source,
            "comment": &indicator.comment,
            "evidence": indicator.evidence.as_deref().map(|evidence| self.absolute(route, evidence)),
        }
    }

    fn period(&self, route: Route, period: &Period) -> impl Serialize {
        object! {
            "period": self.date(Some(&period.period)),
            "target": self.target(&period.target),
            "actual": period.actual.as_ref().map(|actual| self.actual(actual)),
            "comment": &period.comment,
            "evidence": period.evidence.as_deref().map(|evidence| self.absolute(route, evidence)),
        }
    }

    fn project(&self, id: ProjectId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let project = &catalogue[id];
        let route = Route::Project(id);
        let now = catalogue.current(id);
        let results: Vec<_> = (project.expected_results.iter().zip(self.site.results(id)))
            .map(|(result, state)| self.indicator(route, result, *state))
            .collect();
        object! {
            "record": "project",
            "page": self.site.cited(route),
            "administration": self.unit_link(catalogue.administration(project.unit)),
            "slug": &project.slug,
            "code": &project.code,
            "title": &project.title,
            "unit": self.unit_link(project.unit),
            "plan": self.each(&project.plan, Self::node_link),
            "lead": &project.lead,
            "summary": &project.summary,
            "description_html": self.html(route, project.body.read(), id_prefix(route)),
            "start": self.date(project.start.as_ref()),
            "end": self.date(project.end.as_ref()),
            "amount": self.amount(project.amount.as_ref()),
            "funding": project.funding.iter().map(|funding| self.funding(funding)).collect::<Vec<_>>(),
            "spent": self.amount(now.spent),
            "cup": project.cup.iter().map(Cup::as_str).collect::<Vec<_>>(),
            "cig": project.cig.iter().map(Cig::as_str).collect::<Vec<_>>(),
            "lifecycle": now.lifecycle.map(Lifecycle::key),
            "health": now.health.map(Health::key),
            "progress": percent(now.progress),
            "progress_written": now.progress.map(Written::text),
            "expected_results": results,
            "milestones": project.milestones.iter().map(|milestone| self.milestone(milestone)).collect::<Vec<_>>(),
            "partners": &project.partners,
            "places": &project.places,
            "objectives": self.each(&project.objectives, Self::objective_link),
            "updates": self.each(&project.updates, Self::update_link),
            "source": project.source.as_ref().map(citation),
            "note": &project.note,
            "documents": self.documents(route, &project.documents),
            "attachments": self.attachments(route, &project.attachments),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Project(id)),
        }
    }

    fn funding(&self, funding: &Funding) -> impl Serialize {
        object! { "name": &funding.name, "amount": self.amount(funding.amount.as_ref()) }
    }

    fn milestone(&self, milestone: &Milestone) -> impl Serialize {
        object! {
            "title": &milestone.title,
            "due": self.date(milestone.due.as_ref()),
            "met": self.date(milestone.met.as_ref()),
        }
    }

    fn update(&self, id: UpdateId) -> impl Serialize {
        let update = &self.site.catalogue[id];
        let route = Route::Update(id);
        object! {
            "record": "update",
            "page": self.site.cited(route),
            "id": update_id(self.site, id),
            "date": update.date,
            "title": &update.title,
            "project": self.project_link(update.project),
            "lead": &update.lead,
            "body_html": self.html(route, update.body.read(), id_prefix(route)),
            "lifecycle": update.lifecycle.map(Lifecycle::key),
            "health": update.health.map(Health::key),
            "progress": percent(update.progress.as_ref()),
            "progress_written": update.progress.as_ref().map(Written::text),
            "spent": self.amount(update.spent.as_ref()),
            "milestone": self.site.catalogue.met(update).map(|met| &met.title),
            "source": update.source.as_ref().map(citation),
            "documents": self.documents(route, &update.documents),
            "translations": words::translations(self.site, Route::Update(id)),
        }
    }

    /// Lists what is of the unit itself; what is of a unit in it stands in that unit's record. Counts are of both.
    fn unit(&self, id: UnitId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let unit = &catalogue[id];
        let below = self.site.objectives_of_unit(id);
        let objectives: Vec<ObjectiveId> =
            below.iter().copied().filter(|of| catalogue.listed(*of).unit == id).collect();
        let projects = self.site.projects_of_unit(id).iter().copied();
        let projects: Vec<ProjectId> = projects.filter(|of| catalogue[*of].unit == id).collect();
        object! {
            "record": "unit",
            "page": self.site.cited(Route::Unit(id)),
            "id": &unit.id,
            "name": &unit.name,
            "kind": &unit.kind,
            "description": &unit.description,
            "administration": self.unit_link(unit.root),
            "parent": unit.parent.map(|parent| self.unit_link(parent)),
            "children": self.each(&unit.children, Self::unit_link),
            "heads": unit.heads.iter().map(|head| self.head(head)).collect::<Vec<_>>(),
            "aliases": &unit.aliases,
            "succeeded_by": unit.succeeded_by.map(|successor| self.unit_link(successor)),
            "ipa": &unit.ipa,
            "contact": unit.contact.as_ref().map(contact),
            "objectives": self.each(&objectives, Self::objective_link),
            "projects": self.each(&projects, Self::project_link),
            "objective_states": Counts(self.site.counts(below)),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Unit(id)),
        }
    }

    fn plan(&self, id: PlanId) -> impl Serialize {
        let plan = &self.site.catalogue[id];
        object! {
            "record": "plan",
            "page": self.site.cited(Route::Plan(id)),
            "plan": &plan.slug,
            "title": &plan.title,
            "administration": self.unit_link(plan.administration),
            "scheme": &plan.scheme,
            "validity": plan.validity.as_ref().map(|years| object! {
                "written": years.text(),
                "first": years.read().map(|years| years.first()),
                "last": years.read().map(|years| years.last()),
            }),
            ..web_address(plan.url.as_ref()),
            "roots": self.each(&plan.roots, Self::node_link),
            "nodes": self.each(&plan.nodes, Self::node_link),
            "translations": words::translations(self.site, Route::Plan(id)),
        }
    }

    /// Lists what carries out the node itself; what carries out one below stands in that node's record. Counts are of
    /// both.
    fn node(&self, id: NodeId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let node = &catalogue[id];
        let below = self.site.objectives_of_node(id);
        let objectives: Vec<ObjectiveId> =
            below.iter().copied().filter(|of| catalogue.listed(*of).plan.contains(&id)).collect();
        let projects = self.site.projects_of_node(id).iter().copied();
        let projects: Vec<ProjectId> = projects.filter(|of| catalogue[*of].plan.contains(&id)).collect();
        let plan = &catalogue[node.plan];
        object! {
            "record": "plan_node",
            "page": self.site.cited(Route::Node(id)),
            "administration": self.unit_link(plan.administration),
            "plan": object! { "plan": &plan.slug, "title": &plan.title, "page": self.site.cited(Route::Plan(node.plan)) },
            "code": &node.code,
            "level": &node.level,
            "title": &node.title,
            "written": &node.written,
            "quote": &node.quote,
            ..web_address(node.url.as_ref()),
            "parent": node.parent.map(|parent| self.node_link(parent)),
            "children": self.each(&node.children, Self::node_link),
            "objectives": self.each(&objectives, Self::objective_link),
            "projects": self.each(&projects, Self::project_link),
            "objective_states": Counts(self.site.counts(below)),
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Node(id)),
        }
    }

    fn series(&self, id: SeriesId) -> impl Serialize {
        let catalogue = &self.site.catalogue;
        let series = &catalogue[id];
        let points: Vec<_> = (series.points.iter())
            .map(|point| {
                let route = Route::Objective(point.objective);
                let state = self.site.judgement(point.objective).indicators[point.indicator];
                object! {
                    "objective": self.objective_link(point.objective),
                    "indicator": self.indicator(route, &catalogue[point.objective].indicators[point.indicator], state),
                }
            })
            .collect();
        object! {
            "record": "thread",
            "page": self.site.cited(Route::Series(id)),
            "thread": &series.slug,
            "administration": self.unit_link(series.administration),
            "points": points,
            "as_of": self.site.as_of,
            "translations": words::translations(self.site, Route::Series(id)),
        }
    }

    fn unit_link(&self, id: UnitId) -> impl Serialize {
        let unit = &self.site.catalogue[id];
        object! { "id": &unit.id, "name": &unit.name, "page": self.site.cited(Route::Unit(id)) }
    }

    fn objective_link(&self, id: ObjectiveId) -> impl Serialize {
        let objective = self.site.catalogue.listed(id);
        object! {
            "code": objective.code,
            "year": objective.year,
            "title": objective.title,
            "state": self.site.state(id).0.key(),
            "page": self.site.cited(Route::Objective(id)),
        }
    }

    fn project_link(&self, id: ProjectId) -> impl Serialize {
        let project = &self.site.catalogue[id];
        object! {
            "code": project_code(&self.site.catalogue, id),
            "title": &project.title,
            "page": self.site.cited(Route::Project(id)),
        }
    }

    fn update_link(&self, id: UpdateId) -> impl Serialize {
        let update = &self.site.catalogue[id];
        object! {
            "id": update_id(self.site, id),
            "date": update.date,
            "title": &update.title,
            "lifecycle": update.lifecycle.map(Lifecycle::key),
            "health": update.health.map(Health::key),
            "page": self.site.cited(Route::Update(id)),
        }
    }

    fn node_link(&self, id: NodeId) -> impl Serialize {
        let node = &self.site.catalogue[id];
        object! {
            "plan": &self.site.catalogue[node.plan].slug,
            "code": &node.code,
            "level": &node.level,
            "title": &node.title,
            "parent": node.parent.map(|parent| self.site.catalogue[parent].code.as_str()),
            "page": self.site.cited(Route::Node(id)),
        }
    }

    fn series_link(&self, id: SeriesId) -> impl Serialize {
        object! { "thread": &self.site.catalogue[id].slug, "page": self.site.cited(Route::Series(id)) }
    }

    fn each<'s, T: Copy, L>(&'s self, ids: &[T], link: impl Fn(&'s Self, T) -> L) -> Vec<L> {
        ids.iter().map(|id| link(self, *id)).collect()
    }

    fn date(&self, written: Option<&Written<Option<EdtfDate>>>) -> Option<impl Serialize> {
        written.map(|written| {
            let date = written.read();
            object! {
                "written": written.text(),
                "edtf": date.map(EdtfDate::to_string),
                "earliest": date.and_then(|date| date.earliest()),
                "latest": date.and_then(|date| date.latest()),
                "words": date.map_or_else(|| written.text().to_owned(), |date| date.words(self.lang)),
            }
        })
    }

    fn amount(&self, written: Option<&Written<Option<Amount>>>) -> Option<impl Serialize> {
        written.map(|written| {
            let amount = written.read();
            object! {
                "written": written.text(),
                "value": amount.map(|amount| amount.value().to_string()),
                "currency": amount.map(|amount| amount.currency().code()),
                "approximate": amount.map(|amount| amount.is_approximate()),
                "vat": amount.and_then(|amount| amount.vat()).map(Vat::key),
                "words": amount.map_or_else(|| written.text().to_owned(), |amount| amount.words(self.lang)),
            }
        })
    }

    fn target(&self, written: &Written<Target>) -> impl Serialize {
        let target = written.value();
        object! {
            "written": written.text(),
            "kind": target.kind().key(),
            "operator": target.operator().map(Operator::key),
            "value": target.value(),
            "assumed": target.is_assumed(),
            "words": target.words(self.lang),
        }
    }

    fn actual(&self, written: &Written<Actual>) -> impl Serialize {
        object! {
            "written": written.text(),
            "value": written.value().value(),
            "words": written.value().words(self.lang),
        }
    }

    /// Who answers for a part of an objective: the role first, and the name where the pages show it.
    fn person(&self, person: &Person, (unit, last_day): (UnitId, Date)) -> impl Serialize {
        let is_head = self.site.catalogue.is_head(person, unit);
        self.named(person, is_head, Some(last_day))
    }

    fn head(&self, head: &Head) -> impl Serialize {
        let last_day = head.to().and_then(|year| Date::new(year, 12, 31).ok());
        object! { ..self.named(head.person(), true, last_day), "from": head.from(), "to": head.to() }
    }

    fn named<'p>(&self, person: &'p Person, is_head: bool, last_day: Option<Date>) -> Object<impl Keys + use<'p>> {
        let (role, name) = match self.site.settings.people.display(person, is_head, last_day, self.site.as_of) {
            Named::Full { role, name } => (role, Some(name)),
            Named::RoleOnly(role) => (Some(role), None),
            Named::Unnamed => (None, None),
        };
        object! { "role": role, "name": name }
    }

    fn documents(&self, route: Route, documents: &[Document]) -> Vec<impl Serialize> {
        (documents.iter())
            .map(|document| object! { "title": &document.title, "href": self.absolute(route, &document.href) })
            .collect()
    }

    fn attachments(&self, folder: Route, attachments: &[Attachment]) -> Vec<impl Serialize> {
        (attachments.iter())
            .map(|file| {
                let href = self.file(&self.site.attachment(folder, file));
                object! { "name": &file.name, "size": file.size, "href": href }
            })
            .collect()
    }

    /// Where a link of the record leads, whole; words that are no link stay as they are.
    fn absolute(&self, route: Route, href: &str) -> String {
        let place = |page: String, place: &str| format!("{page}#{place}");
        match self.site.link(route, href) {
            Ok(Link::Page(page, None)) => self.site.cited(page),
            Ok(Link::Page(page, Some(there))) => place(self.site.cited(page), &there),
            Ok(Link::Here(there)) => place(self.site.cited(route), &there),
            Ok(Link::File(address, _)) => self.file(&address),
            Ok(Link::Outside(address)) => address,
            Err(_) => href.to_owned(),
        }
    }

    fn file(&self, address: &str) -> String {
        self.site.settings.base.join(&utf8_percent_encode(address, PATH).to_string())
    }

    fn html(&self, route: Route, text: &Markdown, prefix: &str) -> String {
        html(self.site, self.site.page(route), text, prefix)
    }
}

fn html(site: &Site, page: Page, text: &Markdown, prefix: &str) -> String {
    markdown::html(site, page, text, Links::Absolute, 1, prefix)
}

fn percent(written: Option<&Written<Option<Percent>>>) -> Option<String> {
    Some(written?.read()?.value().to_string())
}

fn citation(source: &Citation) -> impl Serialize {
    object! { "title": &source.title, ..reference(source.url.as_ref(), source.date.as_ref()) }
}

fn approval(act: &Approval) -> impl Serialize {
    object! { "act": &act.act, ..reference(act.url.as_ref(), act.date.as_ref()) }
}

/// Where a document is published, and its date in EDTF.
fn reference<'w>(
    url: Option<&'w Written<Option<String>>>,
    date: Option<&'w Written<Option<EdtfDate>>>,
) -> Object<impl Keys + use<'w>> {
    object! {
        ..web_address(url),
        "date": date.and_then(Written::read).map(EdtfDate::to_string),
        "date_written": date.map(Written::text),
    }
}

fn web_address(url: Option<&Written<Option<String>>>) -> Object<impl Keys + use<'_>> {
    object! { "url": url.and_then(Written::read), "url_written": url.map(Written::text) }
}

fn contact(contact: &Contact) -> impl Serialize {
    object! {
        "email": &contact.email,
        "pec": &contact.pec,
        "phone": &contact.phone,
        "address": &contact.address,
        ..web_address(contact.url.as_ref()),
    }
}

/// How many objectives are in each state, by its name.
struct Counts(StateCounts<ObjectiveState>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(ObjectiveState::ALL.iter().map(|state| (state.key(), self.0.get(*state))))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::export::testing::{HARD, named, site, text};
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
