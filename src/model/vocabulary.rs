//! Closed sets of named things, each with the words that an editor may write for it.

use thiserror::Error;

/// A word that names none of the things that were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{written}` is none of {}", .known.join(", "))]
pub struct UnknownWord {
    /// The word as written.
    pub written: String,
    /// The keys that would have been understood, in their order.
    pub known: &'static [&'static str],
}

/// Declares a closed set once: its variants, their keys in data, and the words that editors write.
macro_rules! vocabulary {
    (
        $(#[$about:meta])*
        pub enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $key:literal [$($word:literal),* $(,)?], )+
        }
    ) => {
        $(#[$about])*
        #[derive(
            Clone,
            Copy,
            Debug,
            PartialEq,
            Eq,
            PartialOrd,
            Ord,
            Hash,
            serde::Serialize,
            serde::Deserialize,
        )]
        pub enum $name { $( $(#[$doc])* $variant, )+ }

        impl $name {
            /// Every value, in the order in which people are shown them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in data and options: stable, lower case, ASCII.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The words of editors for it, the Italian ones first.
            pub const fn synonyms(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($word),*],)+ }
            }

            /// Reads the key or one of the Italian, English and German words for it; case, accents
            /// and spacing do not matter.
            pub fn read(text: &str) -> Result<Self, $crate::model::UnknownWord> {
                let words = $crate::model::scan::Scanner::new(text);
                $( if words.is_any(&[$key, $($word),*]) { return Ok(Self::$variant); } )+
                Err($crate::model::UnknownWord {
                    written: text.trim().to_owned(),
                    known: &[$($key),+],
                })
            }
        }
    };
}
