//! Words by key and language, with plural forms: the theme's strings and the editors' messages.
//!
//! A catalogue is a TOML file of nested tables. A value is a text with `{name}` places, or a table of plural forms
//! (`one`, `other`, … as CLDR names them) chosen by the number given for `{n}`.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::model::Lang;

/// Words in one language. Every text was read from a well-formed catalogue; later layers replace earlier ones.
#[derive(Debug)]
pub(crate) struct Strings {
    lang: Lang,
    plurals: Option<PluralRules>,
    entries: HashMap<String, Entry, FixedState>,
}

#[derive(Clone, Debug)]
enum Entry {
    Plain(String),
    Plural(BTreeMap<String, String>),
}

/// Value of a `{name}` place.
#[derive(Clone, Debug)]
pub(crate) enum Arg<'a> {
    /// A text, inserted as it is.
    Text(&'a str),
    /// A number, which also chooses the plural form when its name is `n`.
    Count(usize),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Arg<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

/// Error of a file that is no catalogue.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StringsError {
    /// Not TOML.
    #[error("{0}")]
    Syntax(#[from] toml::de::Error),
    /// A value that is neither a text, nor a table.
    #[error("{key}: a text or a table of plural forms is expected")]
    Value {
        /// The key, dotted.
        key: String,
    },
}

impl Strings {
    /// The words of the layers, in the given language.
    ///
    /// # Errors
    /// When a layer isn't TOML or contains a value that is no text.
    pub(crate) fn read(lang: Lang, layers: &[&str]) -> Result<Self, StringsError> {
        let mut entries = HashMap::default();
        for layer in layers {
            flatten("", layer.parse::<toml::Table>()?, &mut entries)?;
        }
        let locale = lang.code().parse::<Locale>().ok();
        let plurals = locale.and_then(|locale| PluralRules::try_new(locale.into(), Default::default()).ok());
        Ok(Self { lang, plurals, entries })
    }

    /// The language of the words.
    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    /// Replaces single texts, as a site's `[labels]` do. Returns the keys that no text has.
    pub(crate) fn relabel<'k>(&mut self, labels: &'k BTreeMap<String, String>) -> Vec<&'k str> {
        let mut unknown = Vec::new();
        for (key, text) in labels {
            match self.entries.get_mut(key) {
                Some(entry) => *entry = Entry::Plain(text.clone()),
                None => unknown.push(key.as_str()),
            }
        }
        unknown
    }

    /// The keys, in order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let mut keys: Vec<&str> = self.entries.keys().map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
    }

    /// The text of a key without places, if there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        match self.entries.get(key)? {
            Entry::Plain(text) => Some(text),
            Entry::Plural(forms) => forms.get("other").map(String::as_str),
        }
    }

    /// The text of a key without places; the key itself if there is none, so that a gap is seen.
    pub(crate) fn get<'s>(&'s self, key: &'s str) -> &'s str {
        self.find(key).unwrap_or(key)
    }

    /// The text of a key with values in its places.
    pub(crate) fn format(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let pattern = match self.entries.get(key) {
            Some(Entry::Plain(text)) => text.as_str(),
            Some(Entry::Plural(forms)) => {
                let n = args.iter().find_map(|(name, arg)| match arg {
                    Arg::Count(n) if *name == "n" => Some(*n),
                    _ => None,
                });
                let form = n.zip(self.plurals.as_ref()).map_or("other", |(n, rules)| name(rules.category_for(n)));
                forms.get(form).or_else(|| forms.get("other")).map_or(key, String::as_str)
            }
            None => key,
        };
        self.fill(pattern, args)
    }

    /// The texts as nested tables, as templates use them (`s.nav.menu`).
    pub(crate) fn tree(&self) -> BTreeMap<String, BTreeMap<String, &str>> {
        let mut tree: BTreeMap<String, BTreeMap<String, &str>> = BTreeMap::new();
        for key in self.keys() {
            let (table, name) = key.split_once('.').unwrap_or(("", key));
            tree.entry(table.to_owned()).or_default().insert(name.replace('.', "_"), self.get(key));
        }
        tree
    }

    fn fill(&self, pattern: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut out = String::with_capacity(pattern.len() + 16);
        let mut rest = pattern;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let Some(close) = from.find('}') else {
                rest = from;
                break;
            };
            match args.iter().find(|(name, _)| *name == &from[1..close]) {
                Some((_, Arg::Text(text))) => out.push_str(text),
                Some((_, Arg::Count(n))) => out.push_str(&grouped(*n, self.lang)),
                None => out.push_str(&from[..=close]),
            }
            rest = &from[close + 1..];
            // A sentence whose last word ends in a full stop, such as "C.E.D.", ends in one full stop.
            if out.ends_with(['.', '!', '?', '…'])
                && let Some(after) = rest.strip_prefix('.')
            {
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}

fn flatten(
    prefix: &str,
    table: toml::Table,
    into: &mut HashMap<String, Entry, FixedState>,
) -> Result<(), StringsError> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(text) => {
                into.insert(key, Entry::Plain(text));
            }
            toml::Value::Table(inner) if inner.contains_key("other") => {
                let forms = inner
                    .into_iter()
                    .map(|(form, text)| match text {
                        toml::Value::String(text) => Ok((form, text)),
                        _ => Err(StringsError::Value { key: format!("{key}.{form}") }),
                    })
                    .collect::<Result<_, _>>()?;
                into.insert(key, Entry::Plural(forms));
            }
            toml::Value::Table(inner) => flatten(&key, inner, into)?,
            _ => return Err(StringsError::Value { key }),
        }
    }
    Ok(())
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

fn grouped(n: usize, lang: Lang) -> String {
    let mark = lang.language().figures.group;
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings() -> Strings {
        let base = "[a]\nplain = \"Ciao {nome}\"\ncount = { one = \"{n} fase\", other = \"{n} fasi\" }\n";
        Strings::read(Lang::It, &[base, "[a]\nplain = \"Salve {nome}\"\n"]).expect("two well-formed layers")
    }

    #[test]
    fn a_later_layer_replaces_one_text_and_keeps_the_rest() {
        assert_eq!(strings().format("a.plain", &[("nome", "Anna".into())]), "Salve Anna");
        assert_eq!(strings().format("a.count", &[("n", 1.into())]), "1 fase");
    }

    #[test]
    fn the_number_chooses_the_plural_form_and_is_grouped() {
        assert_eq!(strings().format("a.count", &[("n", 0.into())]), "0 fasi");
        assert_eq!(strings().format("a.count", &[("n", 12_345.into())]), "12.345 fasi");
    }

    #[test]
    fn a_sentence_whose_last_word_ends_in_a_full_stop_has_it_once() {
        let strings =
            Strings::read(Lang::It, &["end = \"A cura del {ufficio}. Fine.\"\n"]).expect("a well-formed layer");
        assert_eq!(strings.format("end", &[("ufficio", "C.E.D.".into())]), "A cura del C.E.D. Fine.");
        assert_eq!(strings.format("end", &[("ufficio", "Comune".into())]), "A cura del Comune. Fine.");
    }

    #[test]
    fn a_place_without_a_value_stays_visible() {
        assert_eq!(strings().format("a.plain", &[]), "Salve {nome}");
        assert_eq!(strings().format("a.none", &[]), "a.none");
    }

    #[test]
    fn labels_replace_texts_and_name_the_keys_that_do_not_exist() {
        let mut strings = strings();
        let labels = [("a.plain".to_owned(), "Ehi".to_owned()), ("b.c".to_owned(), "?".to_owned())].into();
        assert_eq!(strings.relabel(&labels), ["b.c"]);
        assert_eq!(strings.get("a.plain"), "Ehi");
    }
}
