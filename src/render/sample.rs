//! A site of one project and two free pages, for the tests of this module.

use std::sync::Arc;

use jiff::civil::date;

use crate::model::{
    Attachment, BaseUrl, Catalogue, City, Colour, Extra, FileId, Heads, Lang, Licence, Links, Markdown, NamePolicy,
    NavItem, Origin, Page, Pixels, Project, ProjectId, Publication, Settings, ThemeChoice, Unit, UnitId,
};
use crate::site::{self, Route, Site};

pub(super) const PROJECT: site::Page = site::Page { lang: Lang::It, route: Route::Project(ProjectId(0)) };

/// `https://example.org/citta/`, in Italian, with the default theme.
pub(super) fn settings() -> Settings {
    Settings {
        title: "Obiettivi".into(),
        description: None.into(),
        base: BaseUrl::new("https://example.org", "/citta/"),
        languages: vec![Lang::It],
        city: City { name: "Comune".into(), ..City::default() },
        primary: Colour([0x00, 0x66, 0xcc]),
        theme: ThemeChoice { name: "default".into(), dark: true, bootstrap_italia_css: None, extra_css: None },
        links: Links::default(),
        nav: vec![NavItem::Objectives, NavItem::Projects, NavItem::OpenData],
        people: Publication { names: NamePolicy::All, keep_years: None },
        licence: Licence::default(),
        licence_is_stated: true,
        tag: "example.org,2026".into(),
        tag_is_stated: false,
        labels: [].into(),
    }
}

/// The project `ponte` (code `P1`) with the files `foto.jpg` and `a b#1.pdf`, and the pages `metodo` and `glossario`.
pub(super) fn site(settings: Settings) -> Site {
    let catalogue = Catalogue {
        units: vec![Arc::new(Unit {
            id: "citta".into(),
            name: "Comune".into(),
            kind: None.into(),
            description: None.into(),
            parent: None,
            children: Vec::new(),
            root: UnitId(0),
            heads: Heads::default(),
            aliases: Vec::new(),
            succeeded_by: None,
            ipa: None,
            contact: None,
            translations: Vec::new(),
            origin: origin("content/units.yaml"),
        })],
        projects: vec![Arc::new(project())],
        pages: ["metodo", "glossario"].map(|slug| Arc::new(page(slug))).into(),
        ..Catalogue::default()
    };
    let (site, report) = site::plan(catalogue, settings, date(2026, 1, 1), &mut site::PlanCache::default());
    assert!(report.is_empty(), "{report:?}");
    site
}

fn origin(path: &str) -> Origin {
    Origin { file: FileId(0), path: path.into(), item: 0, ..Origin::default() }
}

fn page(slug: &str) -> Page {
    Page {
        slug: slug.into(),
        title: slug.into(),
        lead: None.into(),
        body: Markdown::from(String::new()).into(),
        glossary: false,
        attachments: Vec::new(),
        aliases: Vec::new(),
        draft: false,
        extra: Extra::Null,
        translations: Vec::new(),
        origin: origin(&format!("content/pages/{slug}.md")),
    }
}

fn project() -> Project {
    let file = |name: &str| Attachment {
        standing: None,
        leads: None,
        file: FileId::NONE,
        name: name.into(),
        path: format!("content/projects/ponte/{name}"),
        size: 1,
        pixels: name.ends_with("jpg").then_some(Pixels { width: 800, height: 600 }),
    };
    Project {
        slug: "ponte".into(),
        code: Some("P1".into()),
        title: "Il ponte".into(),
        unit: UnitId(0),
        plan: Vec::new(),
        lead: None.into(),
        summary: None.into(),
        body: Markdown::from(String::new()).into(),
        start: None,
        end: None,
        amount: None,
        funding: Vec::new(),
        spent: None,
        cup: Vec::new(),
        cig: Vec::new(),
        lifecycle: None,
        health: None,
        expected_results: Vec::new(),
        milestones: Vec::new(),
        partners: Vec::new(),
        places: Vec::new(),
        objectives: Vec::new(),
        updates: Vec::new(),
        source: None,
        note: None.into(),
        documents: Vec::new(),
        attachments: vec![file("foto.jpg"), file("a b#1.pdf")],
        aliases: Vec::new(),
        draft: false,
        extra: Extra::Null,
        translations: Vec::new(),
        origin: origin("content/projects/ponte/index.md"),
    }
}
