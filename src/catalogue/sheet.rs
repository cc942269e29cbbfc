//! Records read as the sheets that they are made of.

/// Lets a record be read as its sheet, which is one of its fields.
macro_rules! sheet_and_ties {
    ($($record:ident.$sheet:ident: $fields:ident;)+) => {$(
        impl std::ops::Deref for $record {
            type Target = $fields;

            fn deref(&self) -> &$fields {
                &self.$sheet
            }
        }
    )+};
}
