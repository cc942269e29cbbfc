//! What a browser would run in HTML.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

/// Elements that run, load or send something, or hide what follows them.
const ELEMENTS: [&str; 18] = [
    "script", "style", "iframe", "object", "embed", "base", "form", "input", "button", "frame", "applet", "template",
    "noscript", "math", "svg", "meta", "link", "textarea",
];

/// Schemes of addresses that run script.
const SCHEMES: [&str; 3] = ["javascript:", "vbscript:", "data:"];

/// The first tag in a text of an editor that a browser would run or load from elsewhere; none where it is harmless.
pub fn danger(html: &str) -> Option<String> {
    let tokenizer = Tokenizer::new(Dangers::default(), html5ever::tokenizer::TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Dangers(RefCell<Option<String>>);

impl TokenSink for Dangers {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
            && is_dangerous(&tag)
        {
            self.0.borrow_mut().get_or_insert_with(|| format!("{tag:?}"));
        }
        TokenSinkResult::Continue
    }
}

fn is_dangerous(tag: &Tag) -> bool {
    let runs = tag.attrs.iter().any(|attribute| {
        // Browsers pass over spaces and controls in addresses (WHATWG URL Standard, 4.4).
        let strip = |c: &char| !c.is_whitespace() && !c.is_control();
        let value: String = attribute.value.chars().filter(strip).collect::<String>().to_ascii_lowercase();
        attribute.name.local.starts_with("on")
            || &*attribute.name.local == "style"
            || SCHEMES.iter().any(|scheme| value.starts_with(scheme)) && is_address(&attribute.name.local)
    });
    runs || ELEMENTS.contains(&&*tag.name)
}

fn is_address(name: &str) -> bool {
    ["href", "src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "longdesc"]
        .contains(&name)
}
