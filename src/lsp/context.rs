//! The cursor of a request in an open text.

use std::cmp::Ordering;

use super::cursor::{Cursor, CursorPart};
use super::names::{NameId, NameKind, SiteNames, defined, named};
use super::text::Lines;
use crate::diagnostic::{Code, Messages};
use crate::model::Lang;
use crate::parse::{Field, SheetKind};
use crate::source::SITE_FILE;

/// A cursor in an open text, with all that an answer needs to know around it.
pub(super) struct CursorContext<'a, 's> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    pub(super) byte: usize,
    pub(super) lines: &'a Lines<'a>,
    pub(super) cursor: Cursor<'a>,
    pub(super) names: &'s SiteNames,
    pub(super) messages: &'a Messages,
}

impl<'a> CursorContext<'a, '_> {
    pub(super) fn is_toml(&self) -> bool {
        self.path == SITE_FILE
    }

    pub(super) fn file(&self) -> Option<SheetKind<'a>> {
        SheetKind::of(self.path)
    }

    /// The name of the field around the cursor's record.
    pub(super) fn within(&self) -> Option<&'static str> {
        self.cursor.within.last().copied()
    }

    /// The word at the cursor.
    pub(super) fn word(&self) -> Option<&'a str> {
        self.text.get(self.cursor.word.clone())
    }

    /// The kind of names that the field at the cursor uses or defines.
    pub(super) fn name_kind(&self) -> Option<NameKind> {
        let (file, field) = self.file().zip(self.cursor.field)?;
        named(file, self.within(), field.name).or(defined(file, self.within(), field.name))
    }

    /// True if the record is in Italian, by its keys, or else by those of its file, or else by the messages.
    pub(super) fn is_italian(&self) -> bool {
        let count = |names: fn(&Field) -> Vec<&'static str>| {
            let known = self.cursor.fields.iter().filter(|field| !field.also.is_empty()).flat_map(names);
            known.filter(|name| self.cursor.keys.contains(name)).count()
        };
        let own = count(|field| field.also.to_vec()).cmp(&count(|field| vec![field.name]));
        match own.then(self.cursor.italian) {
            Ordering::Equal => self.messages.lang() == Lang::It,
            order => order == Ordering::Greater,
        }
    }

    /// The description of a field, in the language of the messages.
    pub(super) fn description(&self, field: &Field) -> &'a str {
        if let Ok(code) = field.name.parse::<Code>() {
            return self.messages.title(code);
        }
        field.about(self.messages.lang())
    }
}

/// The definition of the name at the cursor, which may be that definition.
pub(super) fn name_at(context: &CursorContext<'_, '_>) -> Option<NameId> {
    let kind = context.name_kind().filter(|_| context.cursor.part == CursorPart::Value)?;
    context.names.resolve(kind, context.word()?, context.path)
}
