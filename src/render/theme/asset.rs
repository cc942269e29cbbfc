//! Files that pages load: a theme's static files, the shades of the primary colour, logos and icons.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use percent_encoding::{AsciiSet, CONTROLS, percent_encode};
use serde::Serialize;

use super::files::{BUILT_IN, ThemeFile, ThemeFiles, built_in_files, own_files};
use super::manifest::{self, Manifest};
use crate::diagnostic::{Code, Diagnostic, KeyPath, Place, Report};
use crate::model::Settings;
use crate::output::{OutputPath, collisions};
use crate::render::address::encoded;
use crate::render::brand;
use crate::source::Barred;

/// A published file that pages load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Address relative to the site's root, below `assets/`. Those of stylesheets, scripts, fonts and files that
    /// `site.toml` names carry a hash of their bytes, so that they may be cached for ever.
    pub(crate) address: String,
    /// Content.
    pub(crate) bytes: Cow<'static, [u8]>,
}

/// Addresses of the files for templates, relative to the site's root, as links write them.
#[derive(Debug, Serialize)]
pub(crate) struct AssetLinks {
    css: Option<String>,
    bootstrap_css: Option<String>,
    extra_css: Option<String>,
    fonts: Vec<String>,
    /// The script of the search page, if the theme has one.
    search_js: Option<String>,
    #[serde(skip)]
    pub(crate) logo: Option<String>,
    #[serde(skip)]
    pub(crate) logo_dark: Option<String>,
    #[serde(skip)]
    pub(crate) picture: Option<PreviewPicture>,
}

/// The picture that previews of pages show.
#[derive(Debug)]
pub(crate) struct PreviewPicture {
    pub(crate) href: String,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Address at which every page looks for the site's icon.
const ICON: &str = "assets/icon.svg";
/// Address of the picture that previews of pages show.
const PICTURE: &str = "assets/share.png";
/// Limit of the bytes of a logo in an icon, which every first visit loads.
const MAX_ICON_BYTES: usize = 50_000;

/// Everything below `static/`, the shades of the primary colour, and the files that `site.toml` names.
pub(super) fn collect(
    settings: &Settings,
    files: &ThemeFiles<'_>,
    about: &Manifest,
    report: &mut Report,
) -> (Vec<Asset>, AssetLinks) {
    let (mut assets, addresses) = static_files(files, report);
    let mut of_theme = |key: &'static str, path: Option<&String>| {
        let path = path?;
        let address = addresses.get(path);
        if address.is_none() {
            let lost = Diagnostic::new(Code::BrokenLink, manifest::file(files), KeyPath::of(key)).with("written", path);
            report.add(lost.nearest(path, addresses.keys().map(String::as_str)));
        }
        address.map(|address| encoded(address))
    };
    let mut css = of_theme("stylesheet", about.stylesheet.as_ref());
    let fonts = about.preload.iter().filter_map(|path| of_theme("preload", Some(path))).collect();
    let search_js = addresses.get("search.js").map(|address| encoded(address));
    // Additions of a site to the theme's stylesheet come in one file with it: a phone makes one request less.
    let mut added = Vec::new();
    if settings.primary != brand::DEFAULT {
        added.extend(brand::css(settings.primary, settings.theme.dark).into_bytes());
    }
    let [logo, logo_dark, bootstrap_css, extra_css] = configured_files(settings).map(|(place, path)| {
        let path = path?;
        let bytes = configured_bytes(files, &place, path, report)?;
        if place == KeyPath::of("theme").key("extra_css") && css.is_some() && can_be_joined(bytes) {
            added.extend_from_slice(bytes);
            return None;
        }
        let address = hashed(path.rsplit('/').next().unwrap_or(path), bytes);
        if let Err(error) = OutputPath::parse(&address) {
            let problem = Diagnostic::new(Code::UnfitName, files.site, place).with("case", error.case());
            report.add(problem.with("character", error.character()));
            return None;
        }
        let href = encoded(&address);
        assets.push(Asset { address, bytes: Cow::Owned(bytes.clone()) });
        Some(href)
    });
    if let Some(sheet) = about.stylesheet.as_ref().filter(|_| !added.is_empty())
        && let Some(asset) = addresses
            .get(sheet)
            .and_then(|address| assets.iter_mut().find(|asset| asset.address == *address))
    {
        asset.bytes.to_mut().extend(added);
        asset.address = hashed(sheet, &asset.bytes);
        css = Some(encoded(&asset.address));
    }
    let picture = recolour(&mut assets, settings, files);
    assets.sort_by(|a, b| a.address.cmp(&b.address));
    // One picture may be both logos.
    assets.dedup_by(|a, b| a.address == b.address);
    (assets, AssetLinks { css, bootstrap_css, extra_css, fonts, search_js, logo, logo_dark, picture })
}

/// The bytes of a file that `site.toml` names. The report has one that is missing or barred.
fn configured_bytes<'a>(
    files: &ThemeFiles<'a>,
    place: &KeyPath,
    path: &str,
    report: &mut Report,
) -> Option<&'a Vec<u8>> {
    let barred = match files.named.get(path).ok_or(&Barred::Missing).and_then(Result::as_ref) {
        Ok(bytes) => return Some(bytes),
        Err(barred) => barred,
    };
    let problem = |code| Diagnostic::new(code, files.site, place.clone());
    let problem = match barred {
        Barred::Missing => problem(Code::BrokenLink),
        barred => problem(Code::BarredName).with("case", barred.case()),
    };
    report.add(problem.with("written", path));
    None
}

/// Gives the default theme's icon and preview picture the colour of the site, and finds the picture. One of the site's own
/// theme is as its makers want it.
fn recolour(assets: &mut [Asset], settings: &Settings, files: &ThemeFiles<'_>) -> Option<PreviewPicture> {
    let is_built_in = |asset: &Asset| {
        let path = asset.address.replacen("assets/", "static/", 1);
        BUILT_IN.get_file(path).is_some_and(|file| *file.contents() == *asset.bytes)
    };
    let mut picture = None;
    for asset in assets {
        if asset.address == ICON && is_built_in(asset) {
            asset.bytes = Cow::Owned(icon(settings, files, &asset.bytes));
        } else if asset.address == PICTURE {
            if is_built_in(asset) {
                asset.bytes = Cow::Owned(brand::repainted(&asset.bytes, settings.primary));
            }
            picture = png_size(&asset.bytes).map(|(width, height)| PreviewPicture {
                href: PICTURE.to_owned(),
                width,
                height,
            });
        }
    }
    picture
}

/// True if a stylesheet keeps its meaning behind another: rules with `@import` come first (CSS Cascading 5, §2.1), and an
/// address in it goes on from the folder of the file.
fn can_be_joined(css: &[u8]) -> bool {
    str::from_utf8(css)
        .is_ok_and(|css| !["@import", "@charset", "@namespace", "url("].iter().any(|rule| css.contains(rule)))
}

/// The icon of a site: the city's logo on its colour, as the header shows it, else the theme's drawing in that colour.
fn icon(settings: &Settings, files: &ThemeFiles<'_>, drawing: &[u8]) -> Vec<u8> {
    let colour = brand::hex(settings.primary);
    let logo = settings
        .city
        .logo
        .as_deref()
        .and_then(|path| Some((path, files.named.get(path)?.as_ref().ok()?)));
    if let Some((path, logo)) = logo
        && logo.len() <= MAX_ICON_BYTES
        && let Some(kind) = mime_guess::from_path(path).first().filter(|kind| kind.type_() == mime_guess::mime::IMAGE)
    {
        // A picture in a picture can neither run scripts nor load anything.
        let logo = percent_encode(logo, IN_DATA_URL);
        return format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"6\" \
             fill=\"{colour}\"/><image x=\"4\" y=\"4\" width=\"24\" height=\"24\" href=\"data:{kind},{logo}\"/></svg>\n"
        )
        .into_bytes();
    }
    String::from_utf8_lossy(drawing)
        .replace(DRAWING_COLOUR, &format!("\"{colour}\""))
        .into_bytes()
}

/// The colour of the theme's drawing.
const DRAWING_COLOUR: &str = "\"#06c\"";

/// Characters that a `data:` address in an attribute can't have; any that is no ASCII is encoded anyway.
const IN_DATA_URL: &AsciiSet = &CONTROLS.add(b'"').add(b'#').add(b'%').add(b'&').add(b'<').add(b'>');

/// Width and height of a PNG, which it names first (PNG, "11.2.1 IHDR Image header"). Returns `None` if it is no PNG.
fn png_size(png: &[u8]) -> Option<(u32, u32)> {
    let head = png.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let (width, rest) = head.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*rest.first_chunk()?)))
}

/// The files that `site.toml` may name, with their places in it.
pub(super) fn configured_files(settings: &Settings) -> [(KeyPath, Option<&str>); 4] {
    let (city, theme) = (|key| KeyPath::of("city").key(key), |key| KeyPath::of("theme").key(key));
    [
        (city("logo"), settings.city.logo.as_deref()),
        (city("logo_dark"), settings.city.logo_dark.as_deref()),
        (theme("bootstrap_italia_css"), settings.theme.bootstrap_italia_css.as_deref()),
        (theme("extra_css"), settings.theme.extra_css.as_deref()),
    ]
}

/// The files below `static/`, the site's over the default theme's, and the address of each by its path there.
fn static_files(files: &ThemeFiles<'_>, report: &mut Report) -> (Vec<Asset>, BTreeMap<String, String>) {
    let mut statics: BTreeMap<String, Cow<'static, [u8]>> = built_in_files("static")
        .into_iter()
        .map(|(path, bytes)| (path, Cow::Borrowed(bytes)))
        .collect();
    let built_in: Vec<String> = statics.keys().cloned().collect();
    let own = publishable(own_files(files, "static").collect(), &built_in, report);
    statics.extend(own.into_iter().map(|(path, file)| (path.to_owned(), Cow::Owned(file.bytes.clone()))));
    let fonts: Vec<(String, String)> = statics
        .iter()
        .filter(|(path, _)| [".woff2", ".woff", ".ttf", ".otf"].iter().any(|ending| path.ends_with(ending)))
        .map(|(path, bytes)| (path.clone(), hashed(path, bytes)))
        .collect();
    let mut addresses: BTreeMap<String, String> = fonts.iter().cloned().collect();
    let assets = statics
        .into_iter()
        .map(|(path, bytes)| {
            let css = path.ends_with(".css").then(|| stylesheet(&path, &bytes, &fonts)).flatten();
            let bytes = css.map_or(bytes, |css| Cow::Owned(css.into_bytes()));
            let address = addresses.entry(path).or_insert_with_key(|path| {
                if path.ends_with(".css") || path.ends_with(".js") {
                    hashed(path, &bytes)
                } else {
                    format!("assets/{path}")
                }
            });
            Asset { address: address.clone(), bytes }
        })
        .collect();
    (assets, addresses)
}

/// The files of a theme below `static/` that can be published, beside each other and beside those of the default theme
/// that they don't replace. The report has the others.
fn publishable<'a>(
    own: Vec<(&'a str, &'a ThemeFile)>,
    built_in: &[String],
    report: &mut Report,
) -> Vec<(&'a str, &'a ThemeFile)> {
    let address = |path: &str| OutputPath::parse(&format!("assets/{path}"));
    let mut fit = Vec::new();
    for (path, file) in own {
        // Room for the hash of the bytes.
        match address(path).and_then(|_| address(&hashed(path, &file.bytes))) {
            Ok(_) => fit.push((path, file)),
            Err(error) => {
                let problem = Diagnostic::new(Code::UnfitName, file.file, Place::File).with("case", error.case());
                report.add(problem.with("character", error.character()));
            }
        }
    }
    let replaced: HashSet<&str> = fit.iter().map(|(path, _)| *path).collect();
    let others: Vec<&str> = built_in.iter().map(String::as_str).filter(|path| !replaced.contains(path)).collect();
    let paths: Vec<&str> = others.iter().copied().chain(fit.iter().map(|(path, _)| *path)).collect();
    let addresses: Vec<OutputPath> = paths.iter().filter_map(|path| address(path).ok()).collect();
    let mut same = HashSet::new();
    // The files of the default theme come first, and of two own files the first stays.
    for (one, two) in collisions(&addresses) {
        if let Some((_, file)) = two.checked_sub(others.len()).and_then(|place| fit.get(place))
            && same.insert(paths[two])
        {
            let problem = Diagnostic::new(Code::SameFile, file.file, Place::File);
            report.add(problem.with("other", format!("static/{}", paths[one])));
        }
    }
    fit.retain(|(path, _)| !same.contains(path));
    fit
}

/// A stylesheet whose `url(…)`s name the fonts below its folder by their published names. Returns `None` if it is no
/// text.
fn stylesheet(path: &str, bytes: &[u8], fonts: &[(String, String)]) -> Option<String> {
    let mut css = str::from_utf8(bytes).ok()?.to_owned();
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    for (font, address) in fonts {
        let published = address.strip_prefix("assets/").unwrap_or(address);
        if let (Some(written), Some(published)) = (font.strip_prefix(folder), published.strip_prefix(folder)) {
            for quote in ["", "\"", "'"] {
                css = css.replace(&format!("url({quote}{written}{quote})"), &format!("url({quote}{published}{quote})"));
            }
        }
    }
    Some(css)
}

/// The address of a file below `assets/`, with a hash of its bytes before its ending.
pub(in crate::render) fn hashed(path: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let hash = &hash[..8];
    let name = path.rfind('/').map_or(0, |slash| slash + 1);
    match path[name..].rfind('.') {
        Some(dot) => format!("assets/{}.{hash}{}", &path[..name + dot], &path[name + dot..]),
        None => format!("assets/{path}.{hash}"),
    }
}
