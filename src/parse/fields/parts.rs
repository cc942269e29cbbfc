//! Parts that several records have.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value as Json, json};

use crate::model::{EdtfDate, Markdown, Person, Translated, Written};
use crate::parse::declaration::{Field, Holds};
use crate::parse::field::{Reader, Value, record};
use crate::parse::node::Node;
use crate::parse::value::LinkTo;

/// A record in place of which one text may be written.
pub(super) trait OneText: Value {
    /// Type of the text.
    type Text: Value;

    /// The record that the text stands for.
    fn of_text(text: Self::Text) -> Self;
}

/// Value of a field that is a record, or one text in place of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TextOr<T>(T);

impl<T> Deref for TextOr<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: OneText> Value for TextOr<T> {
    const WITHIN: &'static [Field] = T::WITHIN;
    const HOLDS: Holds = Holds::ValueOrRecord(&T::Text::HOLDS);

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        match node {
            node @ Node::Map(_) => T::read(node, at).map(Self),
            node => T::Text::read(node, at).map(|text| Self(T::of_text(text))),
        }
    }

    fn schema() -> Json {
        json!({ "anyOf": [T::Text::schema(), T::schema()] })
    }
}

record! {
    /// Keys of a person.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct PersonParts {
        name: Option<String> = "name" | "nome" => "Nome" / "Name";
        role: Option<String> = "role" | "ruolo" => "Ruolo" / "Role";
    }
}

record! {
    /// Keys of a cited document.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct Citation {
        title: Option<String> = "title" | "titolo" => "Titolo" / "Title";
        url: Option<Written<Option<String>>> = "url" | "indirizzo" => "Indirizzo" / "Address";
        date: Option<Written<Option<EdtfDate>>> = "date" | "data" => "Data" / "Date";
    }
}

record! {
    /// Keys of an approving act.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct Approval {
        act: Option<String> = "act" | "atto" => "Tipo e numero dell’atto" / "Kind and number of the act";
        date: Option<Written<Option<EdtfDate>>> = "date" | "data" => "Data" / "Date";
        url: Option<Written<Option<String>>> = "url" | "indirizzo" => "Dove è pubblicato" / "Where it is published";
    }
}

record! {
    /// Keys of a document.
    #[derive(Serialize, Deserialize)]
    pub(crate) struct DocumentFields {
        title: Translated<String> = "title" | "titolo", required => "Titolo" / "Title";
        href: Option<LinkTo> = "file" | "url" | "href", required => "File accanto alla scheda o indirizzo" / "File beside the record or address";
    }
}

/// Value that themes may read and Vetro doesn't. It is serialized as its JSON text: the format of the other fields
/// doesn't describe itself, and so can't read a value of any type.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExtraValue(pub(crate) Json);

impl Value for ExtraValue {
    const HOLDS: Holds = Holds::Free;

    fn read(node: Node, _: &mut Reader<'_>) -> Option<Self> {
        Some(Self(node.into()))
    }

    fn schema() -> Json {
        json!({})
    }
}

impl Serialize for ExtraValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_string().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ExtraValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        serde_json::from_str(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

impl OneText for Citation {
    type Text = String;

    fn of_text(title: String) -> Self {
        Self { title: Some(title), ..Self::default() }
    }
}

impl OneText for PersonParts {
    type Text = String;

    fn of_text(text: String) -> Self {
        let person = Person::read(&text);
        let part = |part: Option<&str>| part.map(str::to_owned);
        let (name, role) = (person.as_ref().and_then(Person::name), person.as_ref().and_then(Person::role));
        Self { name: part(name), role: part(role) }
    }
}

impl Value for Person {
    const WITHIN: &'static [Field] = TextOr::<PersonParts>::WITHIN;
    const HOLDS: Holds = TextOr::<PersonParts>::HOLDS;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let parts = TextOr::<PersonParts>::read(node, at)?;
        Self::new(parts.name.as_deref().unwrap_or_default(), parts.role.as_deref().unwrap_or_default())
    }

    fn schema() -> Json {
        TextOr::<PersonParts>::schema()
    }
}

/// A Markdown text that is the value of a field. It is kept whole with its record.
#[derive(Clone, Debug)]
pub(crate) struct MarkdownField(Markdown);

impl Deref for MarkdownField {
    type Target = Markdown;

    fn deref(&self) -> &Markdown {
        &self.0
    }
}

impl From<String> for MarkdownField {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Serialize for MarkdownField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.text().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for MarkdownField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Value for MarkdownField {
    const HOLDS: Holds = String::HOLDS;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        String::read(node, at).map(Self::from)
    }

    fn schema() -> Json {
        String::schema()
    }
}
