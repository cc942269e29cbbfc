//! Values that records have in common: dates, amounts, targets, people, files and texts.

use jiff::civil::Date;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};

use crate::catalogue::{Approval, Citation, Contact, Document, UnitId};
use crate::model::{
    Actual, Amount, Attachment, EdtfDate, Head, Lang, Markdown, Named, ObjectiveState, Operator, Percent, Person,
    StateCounts, Target, Vat, Written,
};
use crate::output::json::{Keys, Object, object};
use crate::render::markdown::{self, Links};
use crate::site::{Link, Page, Route, Site};
/// Characters that stay unencoded in the path of an address (RFC 3986 §3.3).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Maker of the records of a site, with words of one language.
pub(super) struct RecordJson<'a> {
    pub(super) site: &'a Site,
    pub(super) lang: Lang,
}

impl RecordJson<'_> {
    pub(super) fn date(&self, written: Option<&Written<Option<EdtfDate>>>) -> Option<impl Serialize> {
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

    pub(super) fn amount(&self, written: Option<&Written<Option<Amount>>>) -> Option<impl Serialize> {
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

    pub(super) fn target(&self, written: &Written<Target>) -> impl Serialize {
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

    pub(super) fn actual(&self, written: &Written<Actual>) -> impl Serialize {
        object! {
            "written": written.text(),
            "value": written.value().value(),
            "words": written.value().words(self.lang),
        }
    }

    /// The person responsible for a part of an objective: the role first, and the name if the pages show it.
    pub(super) fn person(&self, person: &Person, (unit, last_day): (UnitId, Date)) -> impl Serialize {
        let is_head = self.site.catalogue.is_head(person, unit);
        self.named(person, is_head, Some(last_day))
    }

    pub(super) fn head(&self, head: &Head) -> impl Serialize {
        let last_day = head.to().and_then(|year| Date::new(year, 12, 31).ok());
        object! { ..self.named(head.person(), true, last_day), "from": head.from(), "to": head.to() }
    }

    pub(super) fn named<'p>(
        &self,
        person: &'p Person,
        is_head: bool,
        last_day: Option<Date>,
    ) -> Object<impl Keys + use<'p>> {
        let (role, name) = match self.site.settings.people.display(person, is_head, last_day, self.site.as_of) {
            Named::Full { role, name } => (role, Some(name)),
            Named::RoleOnly(role) => (Some(role), None),
            Named::Unnamed => (None, None),
        };
        object! { "role": role, "name": name }
    }

    pub(super) fn documents(&self, route: Route, documents: &[Document]) -> Vec<impl Serialize> {
        (documents.iter())
            .map(|document| object! { "title": &document.title, "href": self.absolute(route, &document.href) })
            .collect()
    }

    pub(super) fn attachments(&self, folder: Route, attachments: &[Attachment]) -> Vec<impl Serialize> {
        (attachments.iter())
            .map(|file| {
                let href = self.file(&self.site.attachment(folder, file));
                object! { "name": &file.name, "size": file.size, "href": href }
            })
            .collect()
    }

    /// The absolute address of a link of the record; words that aren't a link stay as they are.
    pub(super) fn absolute(&self, route: Route, href: &str) -> String {
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

    pub(super) fn file(&self, address: &str) -> String {
        self.site.settings.base.join(&utf8_percent_encode(address, PATH).to_string())
    }

    pub(super) fn html(&self, route: Route, text: &Markdown, prefix: &str) -> String {
        html(self.site, self.site.page(route), text, prefix)
    }
}

pub(super) fn html(site: &Site, page: Page, text: &Markdown, prefix: &str) -> String {
    markdown::html(site, page, text, Links::Absolute, 1, prefix)
}

pub(super) fn percent(written: Option<&Written<Option<Percent>>>) -> Option<String> {
    Some(written?.read()?.value().to_string())
}

pub(super) fn citation(source: &Citation) -> impl Serialize {
    object! { "title": &source.title, ..reference(source.url.as_ref(), source.date.as_ref()) }
}

pub(super) fn approval(act: &Approval) -> impl Serialize {
    object! { "act": &act.act, ..reference(act.url.as_ref(), act.date.as_ref()) }
}

/// The address of a published document, and its date in EDTF.
pub(super) fn reference<'w>(
    url: Option<&'w Written<Option<String>>>,
    date: Option<&'w Written<Option<EdtfDate>>>,
) -> Object<impl Keys + use<'w>> {
    object! {
        ..web_address(url),
        "date": date.and_then(Written::read).map(EdtfDate::to_string),
        "date_written": date.map(Written::text),
    }
}

pub(super) fn web_address(url: Option<&Written<Option<String>>>) -> Object<impl Keys + use<'_>> {
    object! { "url": url.and_then(Written::read), "url_written": url.map(Written::text) }
}

pub(super) fn contact(contact: &Contact) -> impl Serialize {
    object! {
        "email": &contact.email,
        "pec": &contact.pec,
        "phone": &contact.phone,
        "address": &contact.address,
        ..web_address(contact.url.as_ref()),
    }
}

/// Number of objectives in each state, by its name.
pub(super) struct Counts(pub(super) StateCounts<ObjectiveState>);

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(ObjectiveState::ALL.iter().map(|state| (state.key(), self.0.get(*state))))
    }
}
