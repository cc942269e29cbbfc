//! The shades of a city's one colour, computed so that text on them stays readable in both schemes.

use std::fmt::Write;

use crate::model::Colour;

/// The contrast that text needs (WCAG 2.2, 1.4.3).
pub(crate) const TEXT_CONTRAST: f64 = 4.5;

/// The colour for which the theme's stylesheet is written: it needs no stylesheet of its own.
pub(super) const DEFAULT: Colour = Colour([0x00, 0x66, 0xcc]);

const WHITE: Colour = Colour([0xff; 3]);
const BLACK: Colour = Colour([0x00; 3]);

// The grounds of the theme's stylesheet on which these shades meet text.
const LIGHT_PANEL: Colour = Colour([0xf5; 3]);
const DARK_PAGE: Colour = Colour([0x12, 0x1a, 0x22]);
const DARK_PANEL: Colour = Colour([0x19, 0x23, 0x2d]);
const DARK_TRACK: Colour = Colour([0x3b, 0x4b, 0x5b]);

/// Contrast of two colours, between 1 and 21, in either order (WCAG 2.2, "contrast ratio").
pub(crate) fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The contrast of a colour with the white text that the header sets on it.
pub(super) fn contrast_with_white(primary: Colour) -> f64 {
    contrast(primary, WHITE)
}

/// A colour as stylesheets write it, such as `#0066cc`.
pub(super) fn hex(Colour([red, green, blue]): Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// The stylesheet that sets a primary's shades, loaded after the theme's; with those of dark pages where there are any.
pub(super) fn css(primary: Colour, dark: bool) -> String {
    let mut css = rule(&light(primary));
    if dark {
        write!(css, "@media screen and (prefers-color-scheme:dark){{{}}}", rule(&self::dark(primary)))
            .expect("a text takes every write");
    }
    css
}

/// An indexed PNG whose palette goes from the primary colour to white in equal steps, in a site's own colour. Any other
/// file stays as it is.
pub(super) fn repainted(png: &[u8], primary: Colour) -> Vec<u8> {
    let mut png = png.to_vec();
    // The signature, then chunks: length, type, data, checksum (PNG, "5 Datastream structure").
    let mut at = 8;
    while let Some(length) = png.get(at..at + 4).and_then(|bytes| Some(u32::from_be_bytes(bytes.try_into().ok()?))) {
        let Some(end) = usize::try_from(length).ok().map(|length| at + 8 + length) else { break };
        if png.get(at + 4..at + 8) == Some(b"PLTE") && end + 4 <= png.len() {
            let steps = (length / 3).saturating_sub(1).max(1);
            for (step, entry) in (0..).zip(png[at + 8..end].chunks_exact_mut(3)) {
                entry.copy_from_slice(&mix(WHITE, primary, step * 1000 / steps).0);
            }
            let checksum = checksum(&png[at + 4..end]);
            png[end..end + 4].copy_from_slice(&checksum.to_be_bytes());
        }
        at = end + 4;
    }
    png
}

/// The CRC of ISO 3309 that PNG asks for.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

type Shade = (&'static str, Colour);

fn rule(shades: &[Shade]) -> String {
    let shades: Vec<String> = shades.iter().map(|(name, colour)| format!("--{name}:{}", hex(*colour))).collect();
    format!(":root{{{}}}", shades.join(";"))
}

/// The steps towards black are those by which Bootstrap Italia shades its blue.
fn light(primary: Colour) -> Vec<Shade> {
    let tint = mix(primary, WHITE, 50);
    let badge = mix(primary, WHITE, 100);
    let strong = mix(primary, BLACK, 750);
    // A primary on which white is just readable is too pale as text on the theme's grey panels.
    let link = readable(primary, BLACK, &[(WHITE, TEXT_CONTRAST), (LIGHT_PANEL, TEXT_CONTRAST), (tint, TEXT_CONTRAST)]);
    vec![
        ("brand", primary),
        ("brand-875", mix(primary, BLACK, 875)),
        ("brand-75", strong),
        ("brand-50", mix(primary, BLACK, 500)),
        ("brand-tint", tint),
        ("link", link),
        ("link-h", mix(link, BLACK, 750)),
        ("go", strong),
        ("go-bg", badge),
    ]
}

/// Above the contrast that the standard asks for, as the theme's own dark shades are.
const DARK_TEXT_CONTRAST: f64 = 7.0;
const DARK_GRAPHICS_CONTRAST: f64 = 3.5;

fn dark(primary: Colour) -> Vec<Shade> {
    let tint = mix(primary, DARK_PAGE, 200);
    let badge = mix(primary, DARK_PAGE, 300);
    let link = readable(primary, WHITE, &[(DARK_PANEL, DARK_TEXT_CONTRAST), (tint, DARK_TEXT_CONTRAST)]);
    vec![
        ("brand-tint", tint),
        ("link", link),
        ("link-h", mix(link, WHITE, 600)),
        ("bar", readable(primary, WHITE, &[(DARK_TRACK, DARK_GRAPHICS_CONTRAST)])),
        ("go", readable(link, WHITE, &[(badge, DARK_TEXT_CONTRAST)])),
        ("go-bg", badge),
    ]
}

/// The colour, moved towards another in the smallest of fifty steps at which it has the given contrast on every ground.
fn readable(colour: Colour, towards: Colour, grounds: &[(Colour, f64)]) -> Colour {
    (0..=50)
        .map(|step| mix(colour, towards, 1000 - 20 * step))
        .find(|shade| grounds.iter().all(|(ground, least)| contrast(*shade, *ground) >= *least))
        .unwrap_or(towards)
}

/// So many thousandths of one colour and the rest of another, channel by channel, halves up.
fn mix(Colour(one): Colour, Colour(other): Colour, thousandths: u32) -> Colour {
    Colour(std::array::from_fn(|channel| {
        let sum = u32::from(one[channel]) * thousandths + u32::from(other[channel]) * (1000 - thousandths);
        u8::try_from((sum + 500) / 1000).unwrap_or(u8::MAX)
    }))
}

/// WCAG 2.2, "relative luminance".
fn luminance(Colour(channels): Colour) -> f64 {
    let [red, green, blue] = channels.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIGHT_TRACK: Colour = Colour([0xd9, 0xda, 0xdb]);

    fn shade(shades: &[Shade], name: &str) -> Colour {
        shades
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, colour)| *colour)
            .expect("the shade is made")
    }

    #[test]
    fn contrast_is_that_of_the_standards_examples() {
        assert!((contrast(BLACK, WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast(WHITE, WHITE) - 1.0).abs() < 1e-9);
        // The grey that just passes on white, and the one that just doesn't.
        assert!(contrast(Colour([0x76; 3]), WHITE) >= TEXT_CONTRAST);
        assert!(contrast(Colour([0x77; 3]), WHITE) < TEXT_CONTRAST);
        assert_eq!(format!("{:.1}", contrast(DEFAULT, WHITE)), "5.6");
    }

    #[test]
    fn the_default_blue_has_the_shades_of_bootstrap_italia() {
        let shades = light(DEFAULT);
        let names = ["brand-875", "brand-75", "brand-50", "brand-tint", "go-bg", "link"];
        let made = names.map(|name| hex(shade(&shades, name)));
        assert_eq!(made, ["#0059b3", "#004d99", "#003366", "#f2f7fc", "#e6f0fa", "#0066cc"]);
    }

    #[test]
    fn a_stylesheet_without_dark_pages_has_no_dark_shades() {
        let teal = Colour([0x05, 0x61, 0x5e]);
        assert!(css(teal, false).starts_with(":root{--brand:#05615e;--brand-875:#045552;"));
        assert!(!css(teal, false).contains("dark"));
        assert!(css(teal, true).contains("@media screen and (prefers-color-scheme:dark){:root{--brand-tint:"));
    }

    #[test]
    fn the_picture_for_previews_takes_the_sites_colour_and_stays_a_png() {
        let original: &[u8] = include_bytes!("../../themes/default/static/share.png");
        let teal = repainted(original, Colour([0x05, 0x61, 0x5e]));
        assert!(teal.windows(3).any(|bytes| bytes == [0x05, 0x61, 0x5e]));
        // The checksums of the way back are those of whoever drew the picture.
        assert_eq!(repainted(&teal, DEFAULT), original);
        for broken in [&original[..60], b"", b"GIF89a"] {
            assert_eq!(repainted(broken, DEFAULT), broken);
        }
    }

    proptest! {
        #[test]
        fn every_accepted_primary_gives_readable_shades_in_both_schemes(channels: [u8; 3]) {
            let primary = readable(Colour(channels), BLACK, &[(WHITE, TEXT_CONTRAST)]);
            let (light, dark) = (light(primary), dark(primary));
            for (scheme, text, ground, least) in [
                (&light, "link", WHITE, TEXT_CONTRAST),
                (&light, "link", LIGHT_PANEL, TEXT_CONTRAST),
                (&light, "link-h", LIGHT_PANEL, TEXT_CONTRAST),
                (&light, "link", shade(&light, "brand-tint"), TEXT_CONTRAST),
                (&light, "go", shade(&light, "go-bg"), TEXT_CONTRAST),
                (&light, "brand", LIGHT_TRACK, 3.0),
                (&light, "brand-875", WHITE, TEXT_CONTRAST),
                (&light, "brand-75", WHITE, TEXT_CONTRAST),
                (&light, "brand-50", WHITE, TEXT_CONTRAST),
                (&dark, "link", DARK_PAGE, TEXT_CONTRAST),
                (&dark, "link", DARK_PANEL, TEXT_CONTRAST),
                (&dark, "link-h", DARK_PANEL, TEXT_CONTRAST),
                (&dark, "link", shade(&dark, "brand-tint"), TEXT_CONTRAST),
                (&dark, "go", shade(&dark, "go-bg"), TEXT_CONTRAST),
                (&dark, "bar", DARK_TRACK, 3.0),
                (&dark, "brand-tint", Colour([0xf2, 0xf5, 0xf8]), TEXT_CONTRAST),
            ] {
                let found = contrast(shade(scheme, text), ground);
                prop_assert!(found >= least, "{text} on {}: {found:.2}", hex(ground));
            }
        }
    }
}
