use std::collections::BTreeMap;

use super::*;
use crate::diagnostic::{Location, Place};
use crate::model::Colour;
use crate::render::Renderer;
use crate::render::tests::sample;
use crate::site::{Announcements, Route};
use crate::source::Barred;

const SITE_FILE: FileId = FileId(100);
const MANIFEST: (&str, &str) = ("theme.toml", "api = 1\nname = \"Mio\"\nversion = \"0.1\"\n");

/// A theme of the site's own, of texts whose numbers are their places here.
struct Own {
    settings: Settings,
    files: Vec<ThemeFile>,
    named: BTreeMap<String, Result<Vec<u8>, Barred>>,
}

impl Own {
    fn of(files: &[(&str, &str)]) -> Self {
        let mut settings = sample::settings();
        settings.theme.name = "mio".into();
        let file = |(i, (path, text)): (usize, &(&str, &str))| ThemeFile {
            path: (*path).into(),
            bytes: text.as_bytes().into(),
            file: FileId(u32::try_from(i).unwrap()),
        };
        Self { settings, files: files.iter().enumerate().map(file).collect(), named: BTreeMap::new() }
    }

    fn load(&self) -> (Option<Theme>, Report) {
        let files = ThemeFiles { site: SITE_FILE, folders: &["mio"], own: &self.files, named: &self.named };
        Theme::load(&self.settings, &files)
    }

    fn theme(&self) -> Theme {
        let (theme, report) = self.load();
        assert!(report.is_empty(), "{report:?}");
        theme.expect("nothing is wrong")
    }

    fn only_problem(&self) -> Diagnostic {
        let (_, report) = self.load();
        let [problem] = report.iter().collect::<Vec<_>>()[..] else { panic!("{report:?}") };
        problem.clone()
    }
}

fn default_theme(settings: &Settings) -> (Option<Theme>, Report) {
    Theme::load(settings, &ThemeFiles { site: SITE_FILE, folders: &[], own: &[], named: &BTreeMap::new() })
}

/// The page for wrong addresses, which has little of its own.
fn not_found(theme: &Theme) -> Result<String, RenderError> {
    let site = sample::site(sample::settings());
    let announced = Announcements::new(&site, &[], Vec::new());
    let mut page = Vec::new();
    Renderer::new(&site, theme, announced, None).page(site.page(Route::NotFound), &mut page)?;
    Ok(String::from_utf8(page).unwrap())
}

fn words<'d>(diagnostic: &'d Diagnostic, name: &str) -> Option<&'d str> {
    diagnostic.args.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
}

fn asset<'t>(theme: &'t Theme, start: &str, end: &str) -> &'t Asset {
    let mut found = theme.assets().iter().filter(|a| a.address.starts_with(start) && a.address.ends_with(end));
    let asset = found.next().unwrap_or_else(|| panic!("{start}…{end}"));
    assert_eq!(found.next(), None);
    asset
}

#[test]
fn the_default_theme_is_sound_in_every_language() {
    let (theme, report) = default_theme(&sample::settings());
    assert!(report.is_empty(), "{report:?}");
    let theme = theme.expect("the binary carries it");
    assert!(not_found(&theme).unwrap().contains("<html lang=\"it\""));
}

#[test]
fn one_template_of_the_sites_own_replaces_the_defaults_alone() {
    let own = Own::of(&[
        MANIFEST,
        ("templates/404.html", "{{ s.err.title_404 | default(value=title) }}|{{ kind }}|{{ root }}"),
    ]);
    let page = not_found(&own.theme()).unwrap();
    assert!(page.ends_with("|404|/citta/"), "{page}");
}

#[test]
fn a_template_of_the_sites_own_may_extend_the_one_that_it_replaces() {
    let own = Own::of(&[
        MANIFEST,
        (
            "templates/404.html",
            "{% extends \"default/404.html\" %}{% block body %}<p>mio</p>{{ super() }}{% endblock body %}",
        ),
    ]);
    let (theme, report) = own.load();
    let Some(theme) = theme else { panic!("{report:?}") };
    let page = not_found(&theme).unwrap();
    assert!(page.contains("<p>mio</p>") && page.contains("<html lang=\"it\""), "{page}");
}

#[test]
fn what_templates_print_is_escaped_whatever_they_are_called() {
    let mut own = Own::of(&[
        MANIFEST,
        ("templates/404.html", "{% include \"parte.txt\" %}"),
        ("templates/parte.txt", "{{ s.mia.voce }}"),
    ]);
    own.files.push(ThemeFile {
        path: "strings/it.toml".into(),
        bytes: b"[mia]\nvoce = \"<b> & co\"\n".into(),
        file: FileId(9),
    });
    assert_eq!(not_found(&own.theme()).unwrap(), "&lt;b&gt; &amp; co");
}

#[test]
fn texts_come_from_the_default_then_the_sites_theme_then_its_labels() {
    let mut own = Own::of(&[MANIFEST, ("strings/it.toml", "[nav]\nprojects = \"Lavori\"\nupdates = \"Notizie\"\n")]);
    own.settings.labels = [(Lang::It, [("nav.updates".to_owned(), "Novità".to_owned())].into())].into();
    let theme = own.theme();
    assert_eq!(
        ["nav.objectives", "nav.projects", "nav.updates"].map(|key| theme.strings(Lang::It).get(key)),
        ["Obiettivi", "Lavori", "Novità"]
    );
}

#[test]
fn a_label_that_no_text_has_is_reported_with_the_nearest() {
    let mut own = Own::of(&[MANIFEST]);
    let written = "nav.projects".trim_end_matches('s');
    own.settings.labels = [(Lang::It, [(written.to_owned(), "Lavori".to_owned())].into())].into();
    let problem = own.only_problem();
    assert_eq!((problem.code, problem.file), (Code::UnknownLabel, SITE_FILE));
    assert_eq!((words(&problem, "key"), words(&problem, "nearest")), (Some(written), Some("nav.projects")));
}

#[test]
fn a_theme_that_there_isnt_is_reported_with_the_nearest() {
    let mut own = Own::of(&[]);
    own.settings.theme.name = "mo".into();
    let problem = own.only_problem();
    assert_eq!(
        (problem.code, problem.file, problem.place.clone()),
        (Code::NoTheme, SITE_FILE, KeyPath::of("theme").key("name").into())
    );
    assert_eq!((words(&problem, "written"), words(&problem, "nearest")), (Some("mo"), Some("mio")));
}

#[test]
fn a_theme_says_for_which_version_it_is() {
    let other =
        Own::of(&[("theme.toml", "api = 2\nfuture = true\n"), ("templates/404.html", "{% if %}")]).only_problem();
    assert_eq!((other.code, other.place.clone()), (Code::ThemeVersion, KeyPath::of("api").into()));
    assert_eq!((words(&other, "written"), words(&other, "supported")), (Some("2"), Some("1")));
    let silent = Own::of(&[("theme.toml", "name = \"Mio\"\n")]).only_problem();
    assert_eq!((silent.code, words(&silent, "key")), (Code::Missing, Some("api")));
}

#[test]
fn a_folder_of_one_change_needs_no_theme_toml() {
    let page =
        not_found(&Own::of(&[("templates/404.html", "{{ site.theme.name }} {{ site.assets.css }}")]).theme()).unwrap();
    assert!(page.starts_with("Vetro assets/theme."), "{page}");
}

#[test]
fn every_slip_in_theme_toml_is_reported() {
    let own = Own::of(&[("theme.toml", "api = 1\nname = 3\nversoin = \"1\"\nstylesheet = \"tema.css\"\n")]);
    let (theme, report) = own.load();
    let found: Vec<(Code, Option<&str>)> =
        report.iter().map(|d| (d.code, words(d, "key").or(words(d, "written")))).collect();
    assert_eq!(
        found,
        [
            (Code::UnknownKey, Some("versoin")),
            (Code::Missing, Some("version")),
            (Code::WrongType, Some("name")),
            (Code::BrokenLink, Some("tema.css")),
        ]
    );
    assert!(theme.is_some(), "the pages can be looked at all the same");
    let broken = Own::of(&[("theme.toml", "api = \n")]).only_problem();
    assert_eq!(broken.code, Code::Syntax);
}

#[test]
fn every_template_that_cant_be_read_is_reported_where_it_is_wrong() {
    let texts = [MANIFEST, ("templates/a.html", "perché\n  {% fi x %}"), ("templates/b.html", "{{ x | }}")];
    let (theme, report) = Own::of(&texts).load();
    assert!(theme.is_none());
    let found: Vec<(Code, u32, Location)> = report
        .iter()
        .map(|problem| {
            let Place::Bytes(bytes) = &problem.place else { panic!("{problem:?}") };
            let file = problem.file.0;
            (problem.code, file, Location::of(texts[file as usize].1, bytes))
        })
        .collect();
    assert_eq!(
        found,
        [
            (Code::Template, 1, Location { line: 2, column: 6, end_line: 2, end_column: 8 }),
            (Code::Template, 2, Location { line: 1, column: 8, end_line: 1, end_column: 10 }),
        ]
    );
}

#[test]
fn a_call_to_what_isnt_there_is_reported_where_it_stands() {
    let texts = [
        MANIFEST,
        ("templates/a.html", "è {{ 1 | nessuno }}\n{% include \"assente.html\" %}"),
        ("templates/b.html", "{% extends \"assente.html\" %}"),
    ];
    let (_, report) = Own::of(&texts[..2]).load();
    let found: Vec<(u32, Option<&str>, &str)> = report
        .iter()
        .map(|problem| {
            let Place::Bytes(bytes) = &problem.place else { panic!("{problem:?}") };
            (problem.file.0, words(problem, "reason"), &texts[problem.file.0 as usize].1[bytes.clone()])
        })
        .collect();
    assert_eq!(
        found,
        [
            (1, Some("Unknown filter `nessuno`"), "nessuno"),
            (1, Some("Unknown template `assente.html`"), "\"assente.html\"")
        ]
    );
    let orphan = Own::of(&[texts[0], texts[2]]).only_problem();
    assert_eq!((orphan.code, orphan.file, orphan.place), (Code::Template, FileId(1), Place::File));
}

#[test]
fn a_default_template_that_misses_what_the_sites_own_took_away_is_told_of_the_sites_theme() {
    let problem = Own::of(&[MANIFEST, ("templates/base.html", "mio")]).load().1;
    let first = problem.iter().next().expect("its blocks are gone");
    assert_eq!((first.code, first.file, first.place.clone()), (Code::Template, FileId(0), Place::File));
    assert!(words(first, "reason").is_some_and(|reason| reason.starts_with("default/")), "{first:?}");
}

#[test]
fn two_templates_with_one_component_are_told_of_one_of_them() {
    let component = "{% component mio() %}x{% endcomponent mio %}";
    let problem = Own::of(&[MANIFEST, ("templates/a.html", component), ("templates/b.html", component)]).only_problem();
    assert_eq!((problem.code, problem.file), (Code::Template, FileId(1)));
}

#[test]
fn a_page_that_cant_be_made_says_in_which_template_and_where() {
    let own = Own::of(&[MANIFEST, ("templates/404.html", "è\n  {{ page.nessuno.a }}")]);
    let theme = own.theme();
    let error = not_found(&theme).unwrap_err();
    assert_eq!((error.template.as_str(), error.line, error.column), ("404.html", 2, 11));
    assert!(error.to_string().starts_with("404.html:2:11: "), "{error}");
    let problem = theme.diagnose(&error);
    assert_eq!((problem.code, problem.file), (Code::Template, FileId(1)));
    let Place::Bytes(bytes) = problem.place else { panic!("{problem:?}") };
    assert_eq!(Location::of("è\n  {{ page.nessuno.a }}", &bytes).line, 2);
}

#[test]
fn a_file_that_is_no_text_is_reported() {
    let mut own = Own::of(&[MANIFEST]);
    own.files
        .push(ThemeFile { path: "templates/a.html".into(), bytes: b"a\nb\xe0".into(), file: FileId(1) });
    let problem = own.only_problem();
    assert_eq!((problem.code, problem.place.clone()), (Code::NotUtf8, Place::Bytes(3..4)));
    assert_eq!((words(&problem, "byte"), words(&problem, "line")), (Some("E0"), Some("2")));
}

#[test]
fn stylesheets_and_fonts_carry_a_hash_of_what_they_hold_and_find_each_other() {
    let css =
        "@font-face{src:url(fonts/a.woff2)}@font-face{src:url(\"fonts/a.woff2\")}@font-face{src:url(fonts/a.woff)}";
    let texts = [MANIFEST, ("static/theme.css", css), ("static/fonts/a.woff2", "font"), ("static/img/b.png", "png")];
    let theme = Own::of(&texts).theme();
    let font = asset(&theme, "assets/fonts/a.", ".woff2");
    let name = font.address.strip_prefix("assets/").unwrap();
    assert_eq!(font.address.len(), "assets/fonts/a.12345678.woff2".len());
    let sheet = asset(&theme, "assets/theme.", ".css");
    assert_eq!(
        str::from_utf8(&sheet.bytes).unwrap(),
        format!("@font-face{{src:url({name})}}@font-face{{src:url(\"{name}\")}}@font-face{{src:url(fonts/a.woff)}}")
    );
    assert_eq!(*asset(&theme, "assets/img/", "").bytes, *b"png");
    // Equal bytes have equal names; another font makes another stylesheet.
    assert_eq!(Own::of(&texts).theme().assets(), theme.assets());
    let other = Own::of(&[MANIFEST, texts[1], ("static/fonts/a.woff2", "other"), texts[3]]).theme();
    assert_ne!(asset(&other, "assets/theme.", ".css").address, sheet.address);
}

#[test]
fn another_primary_colours_shades_end_the_stylesheet_and_a_pale_one_is_refused() {
    let mut settings = sample::settings();
    let (theme, _) = default_theme(&settings);
    let plain = asset(&theme.unwrap(), "assets/theme.", ".css").clone();
    settings.primary = Colour([0x05, 0x61, 0x5e]);
    let (theme, report) = default_theme(&settings);
    assert!(report.is_empty(), "{report:?}");
    let theme = theme.unwrap();
    let shaded = asset(&theme, "assets/theme.", ".css");
    let shades = shaded.bytes.strip_prefix(&*plain.bytes).expect("the theme's own rules come first");
    assert!(shades.starts_with(b":root{--brand:#05615e;"));
    assert_ne!(shaded.address, plain.address);
    settings.primary = Colour([0xff, 0xdd, 0x00]);
    let (_, report) = default_theme(&settings);
    let [problem] = report.iter().collect::<Vec<_>>()[..] else { panic!("{report:?}") };
    assert_eq!((problem.code, problem.file), (Code::LowContrast, SITE_FILE));
    assert_eq!((words(problem, "written"), words(problem, "ratio")), (Some("#ffdd00"), Some("1.34")));
}

#[test]
fn files_that_site_toml_names_are_published_and_one_that_isnt_there_is_reported() {
    let mut own = Own::of(&[MANIFEST]);
    own.settings.city.logo = Some("assets/stemma comune.svg".into());
    own.settings.city.logo_dark = Some("assets/stemma comune.svg".into());
    own.settings.theme.extra_css = Some("mio.css".into());
    assert_eq!(
        Theme::named_files(&own.settings).collect::<Vec<_>>(),
        ["assets/stemma comune.svg", "assets/stemma comune.svg", "mio.css"]
    );
    own.named.insert("assets/stemma comune.svg".into(), Ok(b"<svg/>".into()));
    let (theme, report) = own.load();
    let [problem] = report.iter().collect::<Vec<_>>()[..] else { panic!("{report:?}") };
    assert_eq!((problem.code, words(problem, "written")), (Code::BrokenLink, Some("mio.css")));
    let theme = theme.unwrap();
    assert_eq!(*asset(&theme, "assets/stemma comune.", ".svg").bytes, *b"<svg/>");
    assert!(theme.links.logo.as_ref().is_some_and(|href| href.starts_with("assets/stemma%20comune.")));
    assert_eq!(theme.links.logo, theme.links.logo_dark);
}

#[test]
fn a_sites_own_rules_come_in_the_themes_file_where_they_say_the_same_there() {
    let mut own = Own::of(&[MANIFEST, ("static/theme.css", "a{}")]);
    own.settings.theme.extra_css = Some("mio.css".into());
    own.named.insert("mio.css".into(), Ok(b"b{}".into()));
    assert_eq!(*asset(&own.theme(), "assets/theme.", ".css").bytes, *b"a{}b{}");
    own.named.insert("mio.css".into(), Ok(b"@import 'altro.css';".into()));
    let theme = own.theme();
    assert_eq!(*asset(&theme, "assets/theme.", ".css").bytes, *b"a{}");
    assert_eq!(*asset(&theme, "assets/mio.", ".css").bytes, *b"@import 'altro.css';");
}

fn icon(theme: &Theme) -> &str {
    str::from_utf8(&asset(theme, "assets/icon.", ".svg").bytes).unwrap()
}

#[test]
fn the_icon_is_the_citys_logo_on_its_colour_else_the_themes_drawing_in_it() {
    let mut own = Own::of(&[MANIFEST]);
    own.settings.primary = Colour([0x05, 0x61, 0x5e]);
    let drawn = own.theme();
    assert!(icon(&drawn).contains("fill=\"#05615e\"") && !icon(&drawn).contains("#06c"), "{}", icon(&drawn));
    for (path, bytes, written) in [
        (
            "stemma.svg",
            &b"<svg a=\"\xc3\xa0\">&</svg>"[..],
            "data:image/svg+xml,%3Csvg a=%22%C3%A0%22%3E%26%3C/svg%3E\"",
        ),
        ("stemma.png", b"\x89PNG#", "data:image/png,%89PNG%23\""),
    ] {
        own.settings.city.logo = Some(path.into());
        own.named = [(path.to_owned(), Ok(bytes.to_vec()))].into();
        let theme = own.theme();
        assert!(icon(&theme).contains("fill=\"#05615e\"") && icon(&theme).contains(written), "{}", icon(&theme));
    }
    own.settings.city.logo = Some("stemma.svg".into());
    own.named = [("stemma.svg".to_owned(), Ok(vec![b'<'; 50_001]))].into();
    assert_eq!(icon(&own.theme()), icon(&drawn));
}

#[test]
fn an_icon_and_a_picture_of_the_sites_own_theme_are_taken_as_they_are() {
    let mut own = Own::of(&[MANIFEST, ("static/icon.svg", "<svg>\"#06c\"</svg>"), ("static/share.png", "no PNG")]);
    own.settings.primary = Colour([0x05, 0x61, 0x5e]);
    let theme = own.theme();
    assert_eq!(icon(&theme), "<svg>\"#06c\"</svg>");
    assert_eq!(*asset(&theme, "assets/share.", "").bytes, *b"no PNG");
    assert!(!not_found(&theme).unwrap().contains("og:image"), "a picture of unknown size is none");
}

#[test]
fn the_picture_for_previews_is_named_by_its_whole_address_and_its_size() {
    let (theme, _) = default_theme(&sample::settings());
    let page = not_found(&theme.unwrap()).unwrap();
    for line in [
        "<meta property=\"og:image\" content=\"https://example.org/citta/assets/share.png\">",
        "<meta property=\"og:image:width\" content=\"1200\">",
        "<meta property=\"og:image:height\" content=\"630\">",
    ] {
        assert!(page.contains(line), "{line}");
    }
}

#[test]
fn an_icon_copied_from_the_default_theme_takes_the_sites_colour_too() {
    let mut own = Own::of(&[MANIFEST, ("static/icon.svg", include_str!("../../../themes/default/static/icon.svg"))]);
    own.settings.primary = Colour([0x05, 0x61, 0x5e]);
    assert!(icon(&own.theme()).contains("fill=\"#05615e\""));
}

/// The code, the case and the place of the problem of a theme whose template for wrong addresses is this.
fn endless(template: &str) -> Option<(Code, String, String)> {
    let own = Own::of(&[MANIFEST, ("templates/404.html", template)]);
    let theme = own.theme();
    let error = not_found(&theme).err()?;
    let problem = theme.diagnose(&error);
    let place = match &problem.place {
        Place::Bytes(bytes) => template[bytes.clone()].to_owned(),
        _ => String::new(),
    };
    Some((problem.code, words(&problem, "case").unwrap_or_default().to_owned(), place))
}

#[test]
fn a_template_that_does_not_end_is_told_with_what_goes_on() {
    let found = |template: &str| endless(template).map(|(code, case, _)| (code, case));
    let code = |case: &str| Some((Code::EndlessTemplate, case.to_owned()));
    let thrice = |body: &str| format!("{{% set r = range(end=9000) %}}{body}");
    assert_eq!(
        found(&thrice("{% for a in r %}{% for b in r %}{% for c in r %}{% endfor %}{% endfor %}{% endfor %}")),
        code("steps")
    );
    assert_eq!(found(&thrice("{% for a in r %}{% set x = [b for b in r] %}{% endfor %}")), code("steps"));
    assert_eq!(found(&thrice("{{ [[b for b in r] for a in r] | length }}")), code("steps"));
    let doubled = format!("{{% set x = \"aaaaaaaa\" %}}{}", "{% set x = x ~ x %}".repeat(30));
    assert_eq!(found(&doubled), code("set"));
    let captured = format!("{{% set x %}}aaaaaaaa{{% endset %}}{}", "{% set x %}{{ x }}{{ x }}{% endset %}".repeat(30));
    assert_eq!(found(&captured), code("set"));
    let long = format!("{{% set x = \"aaaaaaaa\" %}}{}", "{% set x = x ~ x %}".repeat(18));
    assert_eq!(found(&format!("{long}{{{{ x | replace(from=\"a\", to=x) }}}}")), code("set"));
    assert_eq!(found(&format!("{long}{{{{ range(end=90000) | join(sep=x) }}}}")), code("set"));
    let joined = format!("{{% set y = x{} %}}", " ~ x".repeat(64));
    let problem = Own::of(&[MANIFEST, ("templates/404.html", &joined)]).only_problem();
    assert_eq!((problem.code, words(&problem, "case")), (Code::EndlessTemplate, Some("joined")));
}

#[test]
fn templates_that_end_are_as_they_were_and_their_faults_keep_their_places() {
    let template = "{% for a in range(end=3) -%} {{ a }} {%- endfor %}{% set x = [b * 2 for b in [1, 2]] %}{{ x }}";
    let own = Own::of(&[MANIFEST, ("templates/404.html", template)]);
    assert_eq!(not_found(&own.theme()).unwrap(), "012[2, 4]");
    let wrong = "{% for a in range(end=3) %}{{ a }}{% endfor %}{{ page.nothing.more }}";
    assert_eq!(endless(wrong).map(|(code, _, place)| (code, place.contains("nothing"))), Some((Code::Template, true)));
}
