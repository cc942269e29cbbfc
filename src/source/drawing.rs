//! Drawings (SVG), which may hold script: opened by their address they would run it as the city's own.

use std::io;

use svg_hush::{Filter, data_url_filter};

/// True if a file is a drawing, by its name.
pub(super) fn is_drawing(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

/// Writes a drawing without script, event handlers and addresses of other sites; pictures inside it stay.
///
/// # Errors
/// When it is no well-formed XML (XML 1.0) in UTF-8.
pub(super) fn clean(drawing: &[u8], into: &mut Vec<u8>) -> io::Result<()> {
    let mut filter = Filter::new();
    filter.set_data_url_filter(data_url_filter::allow_standard_images);
    let mut cleaned = Vec::with_capacity(drawing.len());
    filter
        .filter(drawing, &mut cleaned)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
    into.append(&mut cleaned);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(inside: &str) -> String {
        let drawing = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}<path d=\"M0 0h9\"/></svg>"
        );
        let mut cleaned = Vec::new();
        clean(drawing.as_bytes(), &mut cleaned).expect("a drawing");
        String::from_utf8(cleaned).expect("text")
    }

    #[test]
    fn nothing_of_a_drawing_can_run() {
        for inside in [
            "<script>alert(1)</script>",
            "<script href=\"https://example.com/alert.js\"/>",
            "<rect onload=\"alert(1)\" width=\"1\" height=\"1\"/>",
            "<a href=\"javascript:alert(1)\"><text>a</text></a>",
            "<a xlink:href=\"java&#10;script:alert(1)\"><text>a</text></a>",
            "<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\" onload=\"alert(1)\"/></foreignObject>",
            "<use href=\"data:image/svg+xml,&lt;svg onload=&quot;alert(1)&quot;/>#x\"/>",
            "<x:script xmlns:x=\"http://www.w3.org/2000/svg\">alert(1)</x:script>",
            "<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">alert(1)</h:script>",
        ] {
            let cleaned = cleaned(inside);
            assert!(!cleaned.contains("alert"), "{inside}: {cleaned}");
            assert!(cleaned.contains("M0 0h9"), "{inside}: {cleaned}");
        }
    }

    #[test]
    fn an_animation_sets_no_handler_and_a_style_loads_nothing() {
        assert!(!cleaned("<style>@import url(https://example.com/a.css);</style>").contains("import"));
        let cleaned = cleaned("<set attributeName=\"onmouseover\" to=\"alert(1)\"/>");
        assert!(!cleaned.contains("onmouseover"), "{cleaned}");
    }

    #[test]
    fn what_is_drawn_stays() {
        let drawing = "<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#fff\"/></linearGradient></defs>\
             <title>Prestiti</title><g transform=\"translate(1 2)\" style=\"fill:#123\"><rect width=\"1\" height=\"2\" fill=\"url(#g)\"/>\
             <text x=\"1\" y=\"2\" font-size=\"9\">Città</text></g>";
        let cleaned = cleaned(drawing);
        for part in ["linearGradient", "stop-color=\"#fff\"", "Prestiti", "translate(1 2)", "url(#g)", "Città", "<rect"]
        {
            assert!(cleaned.contains(part), "{part}: {cleaned}");
        }
    }

    #[test]
    fn text_that_is_no_drawing_is_an_error() {
        for text in ["", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "testo"] {
            assert!(clean(text.as_bytes(), &mut Vec::new()).is_err(), "{text}");
        }
    }
}
