//! The place of a cursor in a text that is being typed: in which record, at which key or value. The text is read line by
//! line, since a half typed text is no YAML: the text above and to the left of the cursor decides.

mod at;
mod flow;
mod line;
mod part;
mod record;
mod scope;
mod table;

pub(super) use at::at;
pub(super) use part::{Cursor, CursorPart};
