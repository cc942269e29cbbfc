//! Languages, one file each: everything in which two of them differ is a value or a function of their files.
//!
//! A new language is its file, which is a `mod` here and a line of `with_languages!`, and its words of the theme
//! (`themes/default/strings`). Offices mix languages, so the phrases of all files are read together, whatever the language
//! of the site.

#[macro_use]
mod lang;

mod de;
mod en;
mod fr;
mod it;
pub(super) mod phrases;
mod tables;

use std::str::FromStr;

use super::UnknownWord;

pub use lang::Lang;
pub(crate) use tables::{
    AddressWords, AfterMonth, AmountWords, DateWords, Figure, FigureWords, Language, SentenceWords, SetWords,
    TargetWords, Unit,
};

macro_rules! values {
    ($( $lang:ident $file:ident $doc:literal, )+) => {
        impl Lang {
            /// Everything in which the language differs from others.
            pub(crate) const fn language(self) -> &'static Language {
                match self { $(Self::$lang => &$file::LANGUAGE,)+ }
            }
        }
    };
}

with_languages!(values);

impl Lang {
    /// The language's tag (BCP 47): `it`, `en`, `de`.
    pub const fn code(self) -> &'static str {
        self.language().code
    }

    /// The language's name in itself: `Italiano`, `English`, `Deutsch`.
    pub const fn name(self) -> &'static str {
        self.language().name
    }

    /// The language, Italian or English, in which the editors of a site in this language are addressed.
    pub const fn of_editors(self) -> Self {
        self.language().editors
    }

    /// The Italian or the English one of two values, by the language of editors.
    pub(crate) fn for_editors<T>(self, italian: T, english: T) -> T {
        match self.of_editors() {
            Self::En => english,
            _ => italian,
        }
    }
}

impl FromStr for Lang {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|lang| lang.code() == text);
        known.ok_or_else(|| UnknownWord { written: text.to_owned(), known: &CODES })
    }
}

/// Tags of all languages, in their order.
const CODES: [&str; Lang::ALL.len()] = {
    let mut codes = [""; Lang::ALL.len()];
    let mut at = 0;
    while at < codes.len() {
        codes[at] = Lang::ALL[at].code();
        at += 1;
    }
    codes
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_by_its_tag() {
        for lang in Lang::ALL {
            assert_eq!(lang.code().parse(), Ok(lang));
        }
        assert_eq!("sl".parse::<Lang>().unwrap_err().known, CODES);
    }
}
