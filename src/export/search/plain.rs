//! Words of a Markdown text, without its signs.

use pulldown_cmark::{Event, Parser, TagEnd};

use crate::site::LINK_OPTIONS;

/// Adds the words of HTML that a reader sees: no tags, no comments, no scripts.
fn add_html(html: &str, plain: &mut String) {
    let mut rest = html;
    while let Some((words, tag)) = rest.split_once('<') {
        plain.push_str(words);
        plain.push(' ');
        let ends = [("!--", "-->"), ("script", "</script"), ("style", "</style")];
        let end = ends.iter().find(|(opens, _)| tag.starts_with(opens)).map_or(">", |(_, end)| end);
        rest = tag.split_once(end).map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
}

/// The words of a Markdown text, up to the end of the block in which `enough` bytes of them are reached.
pub(super) fn plain(text: &str, enough: usize) -> String {
    // The parser reads all that it is given before the first event.
    let beginning = &text[..text.floor_char_boundary(enough.saturating_mul(8))];
    let (mut plain, mut html) = (String::new(), String::new());
    for event in Parser::new_ext(beginning, LINK_OPTIONS) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => plain.push(' '),
            // A comment may go on through several pieces of a block.
            Event::Html(piece) => html.push_str(&piece),
            Event::End(TagEnd::HtmlBlock) => add_html(&std::mem::take(&mut html), &mut plain),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::End(_) => {
                if plain.len() > enough {
                    break;
                }
                plain.push(' ');
            }
            _ => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_html_are_read_without_its_tags_comments_and_scripts() {
        let read = |text: &str| plain(text, usize::MAX).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(read("<div>\nDelibera <b>45/2020</b>\n</div>\n\nFine"), "Delibera 45/2020 Fine");
        assert_eq!(read("<!-- da\n\nrivedere -->\n\n<p>sì</p>\n\n<style>p{}</style>\n<div>\n"), "sì >");
        assert_eq!(read("<p title=\"a"), "");
    }
}
