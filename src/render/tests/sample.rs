//! A site of one project and two free pages, for the tests of this module, made of texts by the real parser.

use jiff::civil::date;

use crate::catalogue::ProjectId;
use crate::check::{self, CheckCache, Drafts};
use crate::model::{Lang, Pixels, Settings};
use crate::parse::{self, Sheets};
use crate::site::{self, Page, Route, Site};
use crate::source::SourceTree;

pub(in crate::render) const PROJECT: Page = Page { lang: Lang::It, route: Route::Project(ProjectId(0)) };

const TEXTS: [(&str, &str); 7] = [
    (
        "site.toml",
        "[site]\ntitle = \"Obiettivi\"\nbase_url = \"https://example.org/citta/\"\nlicence = \"CC BY 4.0\"\n\
         [city]\nname = \"Comune\"\n[nav]\nitems = [\"objectives\", \"projects\", \"opendata\"]\n",
    ),
    ("content/units.yaml", "- {id: citta, name: Comune}\n"),
    ("content/pages/metodo.md", "---\ntitle: metodo\n---\n"),
    ("content/pages/glossario.md", "---\ntitle: glossario\n---\n"),
    ("content/projects/ponte/index.md", "---\ntitle: Il ponte\ncode: P1\nunit: citta\n---\n"),
    ("content/projects/ponte/foto.jpg", "."),
    ("content/projects/ponte/a b#1.pdf", "."),
];

fn sheets() -> Sheets {
    let (sheets, report) = parse::parse(&SourceTree::from_texts(TEXTS));
    assert_eq!(report.errors(), 0, "{report:?}");
    sheets
}

/// `https://example.org/citta/`, in Italian, with the default theme.
pub(in crate::render) fn settings() -> Settings {
    sheets().take_settings().expect("the site has settings")
}

/// The project `ponte` (code `P1`) with the files `foto.jpg` and `a b#1.pdf`, and the pages `metodo` and `glossario`.
pub(in crate::render) fn site(settings: Settings) -> Site {
    let mut sheets = sheets();
    // A text has no pixels.
    let photos = sheets.attachments.iter_mut().filter(|file| &*file.name == "foto.jpg");
    photos.for_each(|photo| photo.pixels = Some(Pixels { width: 800, height: 600 }));
    let today = date(2026, 1, 1);
    let (catalogue, report) =
        check::catalogue(sheets, &settings.languages, Drafts::Exclude, today, &mut CheckCache::once());
    assert_eq!(report.errors(), 0, "{report:?}");
    let (site, report) = site::plan(catalogue, settings, today, &mut site::PlanCache::default());
    assert!(report.is_empty(), "{report:?}");
    site
}
