//! Documents that belong to a record.

use crate::parse::DocumentFields;

/// A document that belongs to a record: a file beside it or a web address.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) fields: DocumentFields,
    /// A file name beside the record, or an absolute web address.
    pub(crate) href: String,
}

sheet_and_ties! {
    Document.fields: DocumentFields;
}
