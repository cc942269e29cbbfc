//! Names of the languages.

/// Calls a macro with every language, in the order in which people are offered them: its name and its file.
macro_rules! with_languages {
    ($then:ident) => {
        $then! {
            It it "Italian.",
            En en "English.",
            De de "German.",
            Fr fr "French.",
        }
    };
}

macro_rules! names {
    ($( $lang:ident $file:ident $doc:literal, )+) => {
        /// A language in which Vetro reads an office's words and writes what it read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Lang { $( #[doc = $doc] $lang, )+ }

        impl Lang {
            /// Every language, in the order in which people are offered them.
            pub const ALL: [Self; [$(Self::$lang),+].len()] = [$(Self::$lang),+];
        }
    };
}

with_languages!(names);
