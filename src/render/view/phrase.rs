//! Words of editors with their language.

use serde::{Serialize, Serializer};
use tera::Value;

use crate::model::Lang;
use crate::text::Arg;

/// An editor's words, with their language if it isn't the page's (WCAG 2.2, 3.1.2). Templates print them as any text; the
/// language then comes with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Phrase {
    text: String,
    lang: Option<Lang>,
}

impl Phrase {
    /// Words in a language of their own, or in the page's if `lang` is `None`.
    pub(crate) fn in_language(text: &str, lang: Option<Lang>) -> Self {
        Self { text: text.to_owned(), lang }
    }

    /// The words alone, for titles and attributes.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Words and those that follow them, separated by dots. Returns `None` if there are none.
    pub(crate) fn joined(first: Option<Self>, rest: &[String]) -> Option<Self> {
        let rest = rest.join(" · ");
        match first {
            Some(first) if rest.is_empty() => Some(first),
            Some(first) => Some(first.map(|first| format!("{first} · {rest}"))),
            None => (!rest.is_empty()).then(|| rest.into()),
        }
    }

    /// Changed words in their language.
    pub(crate) fn map(self, change: impl FnOnce(&str) -> String) -> Self {
        Self { text: change(&self.text), ..self }
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self { text, lang: None }
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl<'a> From<&'a Phrase> for Arg<'a> {
    fn from(phrase: &'a Phrase) -> Self {
        Self::Text(&phrase.text)
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(lang) = self.lang else { return serializer.serialize_str(&self.text) };
        let mut html = format!("<span lang=\"{}\">", lang.code()).into_bytes();
        tera::escape_html(&self.text, &mut html).map_err(serde::ser::Error::custom)?;
        html.extend_from_slice(b"</span>");
        Value::safe_string(&String::from_utf8_lossy(&html)).serialize(serializer)
    }
}
