//! Sizes of pictures as their files state them, so that pages keep room for them while they load.

use std::io::{BufRead, Seek};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::model::Pixels;

/// The size of a picture, read from the beginning of its file. Returns `None` if the file doesn't state it.
pub(super) fn pixels(name: &str, file: impl BufRead + Seek) -> Option<Pixels> {
    let is_drawing = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"));
    if is_drawing {
        return drawing_size(file);
    }
    let size = imagesize::reader_size(file).ok()?;
    Some(Pixels { width: size.width.try_into().ok()?, height: size.height.try_into().ok()? })
}

/// The size of an SVG drawing: its own in pixels, else that of its coordinates.
fn drawing_size(file: impl BufRead) -> Option<Pixels> {
    let mut reader = Reader::from_reader(file);
    let mut bytes = Vec::new();
    let root = loop {
        match reader.read_event_into(&mut bytes).ok()? {
            Event::Start(root) | Event::Empty(root) => break root.into_owned(),
            Event::Eof => return None,
            _ => bytes.clear(),
        }
    };
    let own = |name| length(attribute(&root, name)?.trim().trim_end_matches("px"));
    let of_view_box = || {
        let view_box = attribute(&root, "viewBox")?;
        let mut numbers = view_box.split([' ', ',', '\n', '\t']).filter(|number| !number.is_empty()).skip(2);
        Some((length(numbers.next()?)?, length(numbers.next()?)?))
    };
    let (width, height) = own("width").zip(own("height")).or_else(of_view_box)?;
    Some(Pixels { width, height })
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(String::from_utf8_lossy(&attribute.value).into_owned())
}

/// A length in whole pixels. Returns `None` for a percentage or another unit.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a length between 1 and 65 535")]
fn length(written: &str) -> Option<u32> {
    let length: f64 = written.trim().parse().ok()?;
    (1.0..=65_535.0).contains(&length).then(|| length.round() as u32)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn size(name: &str, bytes: &[u8]) -> Option<(u32, u32)> {
        pixels(name, Cursor::new(bytes)).map(|pixels| (pixels.width, pixels.height))
    }

    #[test]
    fn a_photograph_says_its_size_in_its_first_bytes() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x02\x58\x08\x06\0\0\0";
        assert_eq!(size("ponte.png", png), Some((800, 600)));
        assert_eq!(size("ponte.jpg", b"GIF89a\x20\x03\x58\x02\xf0\0\0"), Some((800, 600)), "the bytes decide");
        assert_eq!(size("ponte.png", b"\x89PNG"), None);
        assert_eq!(size("ponte.png", b""), None);
    }

    #[test]
    fn a_drawing_says_its_size_in_pixels_or_by_its_coordinates() {
        let size = |root: &str| size("grafico.svg", format!("<?xml version=\"1.0\"?>\n<!-- x -->\n{root}").as_bytes());
        assert_eq!(size("<svg width=\"640px\" height=\"260\" viewBox=\"0 0 64 26\"><rect/></svg>"), Some((640, 260)));
        assert_eq!(size("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 64,26.4\"/>"), Some((64, 26)));
        assert_eq!(size("<svg/>"), None);
        assert_eq!(size("testo"), None);
    }
}
