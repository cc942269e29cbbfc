//! Parts that several kinds of records have in common.

use std::collections::HashMap;

use rayon::prelude::*;

use super::organisation::Organisation;
use crate::catalogue::{Document, NodeId, Unit, UnitId};
use crate::diagnostic::{KeyPath, Report, Rewording, Wording};
use crate::incremental::ByPointer;
use crate::incremental::query::RecordId;
use crate::model::folded;
use crate::model::{Attachment, Body, Markdown, Origin, composed};
use crate::parse::{DocumentFields, LinkTo, Reference};

/// Everything that all records are made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scope {
    pub(super) organisation: ByPointer<Organisation>,
    /// The unit of records whose own isn't known.
    pub(super) placeholder: UnitId,
}

/// The unit that a record names.
pub(super) fn unit_of(
    written: Option<&Reference>,
    origin: &Origin,
    organisation: &Organisation,
    report: &mut Report,
) -> Option<UnitId> {
    let written = &written?.0;
    let unit = organisation.unit(written, None, (origin.file, KeyPath::of("unit")), report)?;
    // No page shows by which of its names a record calls its unit.
    if is_old_name(written, &organisation.catalogue[unit]) {
        report.reword(Rewording {
            wording: Wording::Name,
            file: origin.file,
            place: KeyPath::of("unit"),
            written: written.to_string(),
            text: organisation.catalogue[unit].id.clone(),
        });
    }
    Some(unit)
}

fn is_old_name(written: &str, unit: &Unit) -> bool {
    let written = folded(written);
    written != folded(&unit.id) && written != folded(&unit.name)
}

/// The plan nodes that a record names, in the plans of its administration.
pub(super) fn plan_nodes(
    references: &[Reference],
    administration: Option<UnitId>,
    year: Option<i16>,
    origin: &Origin,
    organisation: &Organisation,
    report: &mut Report,
) -> Vec<NodeId> {
    let Some(administration) = administration else { return Vec::new() };
    let references = references.iter().enumerate();
    references
        .filter_map(|(i, reference)| {
            let at = (origin.file, KeyPath::of("plan").index(i));
            organisation
                .nodes
                .find(&organisation.catalogue, &reference.0, administration, year, at, report)
        })
        .collect()
}

/// Collects results in their order, and all their problems.
pub(super) fn collect<T: Send>(
    results: impl IndexedParallelIterator<Item = (T, Report)>,
    report: &mut Report,
) -> Vec<T> {
    let results: Vec<(T, Report)> = results.collect();
    let take = |(result, problems)| {
        report.extend(problems);
        result
    };
    results.into_iter().map(take).collect()
}

/// The text of a record.
pub(super) fn body(text: Markdown, record: impl Into<RecordId>) -> Body {
    let mut body = Body::from(text);
    body.belong_to(record);
    body
}

/// The documents of a record, taken from its sheet: web addresses, files beside it or pages.
pub(super) fn documents(sheets: &mut Vec<DocumentFields>, beside: &[Attachment]) -> Vec<Document> {
    let by_name: HashMap<_, &Attachment> = beside.iter().map(|file| (composed(&file.name), file)).collect();
    // One without its title or address keeps its place in the list: problems name that.
    let documents = std::mem::take(sheets).into_iter().map(|mut fields| {
        let href = fields.href.take().map_or_else(String::new, |LinkTo(href)| href);
        let file = by_name.get(&composed(&href)).copied();
        // The name as the file has it: two spellings of a letter are one file here and two addresses.
        Document { fields, href: file.map_or(href, |file| file.name.clone()) }
    });
    documents.collect()
}
