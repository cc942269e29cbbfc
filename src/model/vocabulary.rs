//! Closed sets of named things, each with the words that an editor may write for it.

/// Declares a closed set once: its variants with their keys in data. In brackets stands the field of a language's
/// [`SetWords`](super::language::SetWords) that has the words of editors, for a set whose values they write.
macro_rules! vocabulary {
    (
        $(#[$about:meta])*
        $seen:vis enum $name:ident $([$words:ident])? {
            $( $(#[$doc:meta])* $variant:ident = $key:literal, )+
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
        $seen enum $name { $( $(#[$doc])* $variant, )+ }

        impl $name {
            /// Every value, in the order in which people are shown them.
            $seen const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in data and options: stable, lower case, ASCII.
            $seen const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            vocabulary! { @words [$($words)?] [$($key),+] }
        }
    };
    (@words [] [$($key:literal),+]) => {};
    (@words [$words:ident] [$($key:literal),+]) => {
        /// The keys of all values, in their order.
        pub(crate) const KEYS: &'static [&'static str] = &[$($key),+];

        /// The words of editors for it in a language.
        pub(crate) fn words(self, lang: $crate::model::Lang) -> &'static [&'static str] {
            lang.language().sets.$words[self as usize]
        }

        /// Reads the key or one of the words for it in any language; case, accents and spacing do not matter.
        pub(crate) fn read(text: &str) -> Result<Self, $crate::model::UnknownWord> {
            let words = $crate::model::scan::Scanner::new(text);
            let is_found = |value: &Self| {
                words.is_any(&[value.key()])
                    || $crate::model::Lang::ALL.iter().any(|lang| words.is_any(value.words(*lang)))
            };
            Self::ALL.iter().copied().find(is_found).ok_or_else(|| $crate::model::UnknownWord {
                written: text.trim().to_owned(),
                known: Self::KEYS,
            })
        }
    };
}
