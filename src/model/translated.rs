//! Texts of editors in one language and in others.

use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Lang;

/// Value in the site's first language, with its translations.
///
/// Read as the first language's wherever no language is asked for: data and ids are in that one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Translated<T> {
    own: T,
    /// `None` if nobody translated it, as most texts: then it takes no room.
    others: Option<Box<Others<T>>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Others<T>(Vec<(Lang, T)>);

impl<T> Translated<T> {
    /// Adds what it is in another language, in place of what was added for it before.
    pub(crate) fn add(&mut self, lang: Lang, other: T) {
        let others = &mut self.others.get_or_insert_with(|| Box::new(Others(Vec::new()))).0;
        others.retain(|(known, _)| *known != lang);
        others.push((lang, other));
    }

    /// The value in a language; none if nobody translated it.
    pub(crate) fn translation(&self, lang: Lang) -> Option<&T> {
        self.translations().find(|(known, _)| *known == lang).map(|(_, other)| other)
    }

    /// The value in a language, else in the first.
    pub(crate) fn or_own(&self, lang: Lang) -> &T {
        self.translation(lang).unwrap_or(&self.own)
    }

    /// Every translation with its language.
    pub(crate) fn translations(&self) -> impl Iterator<Item = (Lang, &T)> {
        self.others.iter().flat_map(|others| &others.0).map(|(lang, other)| (*lang, other))
    }
}

impl<T> From<T> for Translated<T> {
    fn from(own: T) -> Self {
        Self { own, others: None }
    }
}

impl From<&str> for Translated<String> {
    fn from(own: &str) -> Self {
        own.to_owned().into()
    }
}

impl<T> Deref for Translated<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.own
    }
}

impl<T: Serialize> Serialize for Translated<T> {
    /// As what it is in the first language.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.own.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Translated<T> {
    /// A value without translations.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_translated_is_read_in_the_first_language() {
        let mut title: Translated<String> = "Mensa".into();
        title.add(Lang::De, "Kantine".to_owned());
        assert_eq!(title.as_str(), "Mensa");
        assert_eq!([Lang::De, Lang::En].map(|lang| title.or_own(lang).as_str()), ["Kantine", "Mensa"]);
        assert_eq!(title.translation(Lang::En), None);
        title.add(Lang::De, "Küche".to_owned());
        assert_eq!(title.translations().collect::<Vec<_>>(), [(Lang::De, &"Küche".to_owned())]);
    }
}
