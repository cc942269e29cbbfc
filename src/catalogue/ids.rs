//! Names of records in a catalogue.

use crate::incremental::query::{RecordId, RecordKind};

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident: $kind:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $id(pub(crate) u32);

        impl $id {
            /// The record at a place in the catalogue's list; a list longer than 2³² has no names for its end.
            pub(crate) fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The place in the catalogue's list, from 0.
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<$id> for RecordId {
            fn from(id: $id) -> Self {
                Self(RecordKind::$kind, id.0)
            }
        }
    )*};
}

ids! {
    /// Names a unit of a catalogue.
    UnitId: Unit;
    /// Names a plan of a catalogue.
    PlanId: Plan;
    /// Names a plan node of a catalogue.
    NodeId: Node;
    /// Names an objective of a catalogue.
    ObjectiveId: Objective;
    /// Names a project of a catalogue.
    ProjectId: Project;
    /// Names an update of a catalogue.
    UpdateId: Update;
    /// Names a series of a catalogue.
    SeriesId: Series;
    /// Names a free page of a catalogue.
    PageId: Page;
}
