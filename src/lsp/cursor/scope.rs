use crate::parse::Field;

/// A field of which a value is read: the fields that lead to it, and those of the records inside.
pub(super) struct Scope {
    /// The names of the fields that lead to the value's record, from the top.
    pub(super) within: Vec<&'static str>,
    /// The fields of the records in the value; empty if it is no record.
    pub(super) fields: &'static [Field],
    /// The field of the value, if it is known.
    pub(super) field: Option<&'static Field>,
}

/// The scope to which keys lead, each in the record of the one before.
pub(super) fn follow(top: &'static [Field], keys: impl Iterator<Item: AsRef<str>>) -> Option<Scope> {
    let mut scope = Scope { within: Vec::new(), fields: top, field: None };
    for key in keys {
        let field = scope.fields.iter().find(|field| field.is(key.as_ref()))?;
        scope.within.push(field.name);
        (scope.fields, scope.field) = (field.within, Some(field));
    }
    Some(scope)
}
