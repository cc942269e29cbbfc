//! One update: the events of a day, and its changes in the project.

use std::borrow::Cow;

use serde::Serialize;

use super::components::{
    Badge, DocumentLink, Fact, Link, Money, When, administration_name, documents, is_long, progress_value,
    record_source,
};
use super::glossary_terms::{self, GlossaryTerms};
use super::{PageContext, Phrase, View};
use crate::catalogue::{Project, Update, UpdateId};
use crate::model::{Attachment, NavItem};
use crate::site::Route;

#[derive(Serialize)]
struct Page {
    when: When,
    administration: Option<Phrase>,
    title: Phrase,
    long: bool,
    lead: Option<Phrase>,
    facts: Vec<Fact>,
    changes: Vec<Change>,
    body: Option<String>,
    documents: Vec<DocumentLink>,
    words: Option<GlossaryTerms>,
    previous: Option<Link>,
    next: Option<Link>,
}

/// One thing that the update changes.
#[derive(Default, Serialize)]
struct Change {
    label: String,
    before: Option<Badge>,
    badge: Option<Badge>,
    money: Option<Money>,
    text: Phrase,
}

pub(super) fn view(cx: &PageContext<'_>, id: UpdateId) -> View {
    let catalogue = cx.catalogue();
    let update = &catalogue[id];
    let project = &catalogue[update.project];
    let place = project.updates.iter().position(|other| *other == id).unwrap_or_default();
    let link = |id: &UpdateId| Link::to(cx, Route::Update(*id), cx.text(&catalogue[*id].title));
    let (title, lead, of) = (cx.text(&update.title), cx.optional_text(&update.lead), cx.text(&project.title));
    let when = When::day(cx, update.date);
    let named = |file: &&Attachment| {
        update
            .documents
            .iter()
            .any(|document| document.href.rsplit('/').next() == Some(&*file.name))
    };
    let attached: Vec<Attachment> = project.attachments.iter().filter(named).cloned().collect();
    let mut page = Page {
        administration: administration_name(cx, project.unit),
        long: is_long(title.text()),
        title: title.clone(),
        lead: lead.clone(),
        facts: vec![Fact::new(cx.word("upd.project"), of.clone()).with_href(cx.href(Route::Project(update.project)))],
        changes: changes(cx, project, update, &project.updates[place..]),
        body: cx.html(update.body.read(), 2),
        documents: documents(cx, &update.documents, &attached),
        // The list begins with the newest.
        previous: project.updates.get(place + 1).map(link),
        next: place.checked_sub(1).map(|newer| link(&project.updates[newer])),
        when,
        words: None,
    };
    page.words = GlossaryTerms::of(cx, &page.texts());
    View {
        title: cx.format("upd.page_title", &[("titolo", (&title).into()), ("data", (&page.when.words).into())]),
        description: match &lead {
            Some(lead) => lead.text().to_owned(),
            None => cx.format("upd.summary", &[("progetto", (&of).into()), ("titolo", (&title).into())]),
        },
        crumbs: cx.crumbs(
            vec![(cx.word("nav.projects").into(), Route::Projects), (of, Route::Project(update.project))],
            page.when.words.clone(),
        ),
        nav: Some(NavItem::Updates),
        toc: Vec::new(),
        source: Some(record_source(
            cx,
            cx.translated_origin(&update.origin, &update.translations),
            update.source.as_deref(),
            None,
        )),
        page: tera::Value::from_serializable(&page),
    }
}

impl Page {
    /// The words that offices wrote.
    fn texts(&self) -> Vec<Cow<'_, str>> {
        let plain = std::iter::once(&self.title).chain(&self.lead).map(|text| Cow::Borrowed(text.text()));
        plain.chain(self.body.iter().map(|html| glossary_terms::visible_text(html))).collect()
    }
}

/// Changes by an update; `until` are the updates from this one back.
fn changes(cx: &PageContext<'_>, project: &Project, update: &Update, until: &[UpdateId]) -> Vec<Change> {
    let before = || until.iter().skip(1).map(|id| &cx.catalogue()[*id]);
    let lifecycle = update.lifecycle.map(|now| Change {
        label: cx.word("upd.state"),
        before: before()
            .find_map(|update| update.lifecycle)
            .or(project.lifecycle)
            .map(|lifecycle| Badge::of(cx, lifecycle.key())),
        badge: Some(Badge::of(cx, now.key())),
        ..Change::default()
    });
    let health = update.health.map(|now| Change {
        label: cx.word("upd.health"),
        before: before()
            .find_map(|update| update.health)
            .or(project.health)
            .map(|health| Badge::of(cx, health.key())),
        badge: Some(Badge::of(cx, now.key())),
        ..Change::default()
    });
    let progress = update.progress.as_ref().map(|progress| Change {
        label: cx.word("upd.progress"),
        text: progress_value(cx, progress).into(),
        ..Change::default()
    });
    let spent = update.spent.as_ref().map(|spent| Change {
        label: cx.word("upd.spent"),
        money: Some(Money::written(cx, spent)),
        ..Change::default()
    });
    let milestone = cx.catalogue().met(update).map(|met| Change {
        label: cx.word("upd.milestone"),
        text: cx.text(&met.title),
        ..Change::default()
    });
    [lifecycle, health, progress, spent, milestone].into_iter().flatten().collect()
}
