//! Records that were published and aren't any more, before their term is over: data, documents and information stay published
//! for five years from 1 January of the year after the one in which the duty to publish them began, and as long as the acts
//! have effect (D.Lgs. 33/2013 art. 8 c. 3).
//!
//! The published records are those that the last build wrote into the output folder: its list of files names the
//! `index.json` of each record, which contains the record's year. If nothing was published nothing is withdrawn. A build that
//! goes on [notes](Withdrawn::note) the withdrawn records in the folder, since the next one finds the list without them: so
//! they are reported until the record is back or its term is over.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::Value;

use crate::check::Drafts;
use crate::diagnostic::{Code, Diagnostic, Place, Report};
use crate::model::FileId;
use crate::publish::{self, Destination, PublishError};
use crate::site::{Route, Site};

/// Number of years for which a record stays (D.Lgs. 33/2013 art. 8 c. 3).
const TERM: i16 = 5;

/// The first line of the notes.
const VERSION: &str = "vetro withdrawn 1\n";

/// The records that were published and that a site lacks, of which the term isn't over on its day: by their addresses
/// without slashes at the ends, each with the last day of its term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawn(BTreeMap<String, Date>);

/// The published records that a site lacks. One whose address is an old address (`aliases`) of another has moved; a draft
/// isn't published, unless `drafts` includes them.
pub fn withdrawn(site: &Site, destination: &Destination, drafts: Drafts) -> Withdrawn {
    let moved: HashSet<&str> = (site.moved().iter())
        .filter_map(|(path, _)| path.as_ref().strip_suffix("/index.html"))
        .collect();
    let is_gone = |address: &str| {
        let exists = site
            .find(address)
            .is_some_and(|page| drafts == Drafts::Include || !is_draft(site, page.route));
        !exists && !moved.contains(address)
    };
    let noted = publish::read_notes(destination);
    let noted = noted.as_ref().and_then(|text| text.strip_prefix(VERSION)).unwrap_or_default();
    let noted = noted.lines().filter_map(|line| {
        let (until, address) = line.split_once(' ')?;
        is_gone(address).then_some((address.to_owned(), until.parse().ok()?))
    });
    let published = publish::published(destination);
    let gone = published.iter().filter_map(|path| {
        let address = path.as_ref().strip_suffix("/index.json").filter(|address| is_gone(address))?;
        let record = serde_json::from_slice(&publish::read(destination, path)?).ok()?;
        Some((address.to_owned(), term(&record)?))
    });
    Withdrawn(noted.chain(gone).filter(|(_, until)| site.as_of <= *until).collect())
}

impl Withdrawn {
    /// The problems, one for each record.
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        for (address, until) in &self.0 {
            let problem = Diagnostic::new(Code::Withdrawn, FileId::NONE, Place::File)
                .with("address", format!("/{address}/"))
                .with("until", until.to_string());
            report.add(problem);
        }
        report
    }

    /// Notes them in the published folder, from which they are about to be removed.
    ///
    /// # Errors
    /// When the notes can't be written, or another publication is under way.
    pub fn note(&self, destination: &Destination) -> Result<(), PublishError> {
        let mut text = String::new();
        for (address, until) in &self.0 {
            if text.is_empty() {
                text.push_str(VERSION);
            }
            let _ = writeln!(text, "{until} {address}");
        }
        publish::write_notes(destination, &text)
    }
}

fn is_draft(site: &Site, route: Route) -> bool {
    let catalogue = &site.catalogue;
    match route {
        Route::Objective(id) => catalogue[id].draft,
        Route::Project(id) => catalogue[id].draft,
        Route::Update(id) => catalogue[id].draft || catalogue[catalogue[id].project].draft,
        _ => false,
    }
}

/// The last day of a record's term, by its data. Returns `None` if it is no promise or news, or has no year.
fn term(record: &Value) -> Option<Date> {
    let day = |value: &Value| value.as_str()?.parse::<Date>().ok();
    let (year, effects) = match record["record"].as_str()? {
        "objective" => (i16::try_from(record["year"].as_i64()?).ok()?, day(&record["last_day"])),
        "update" => (day(&record["date"])?.year(), None),
        // A project has its effects as long as it goes on.
        "project" => {
            let end = day(&record["end"]["latest"]);
            let start = day(&record["start"]["earliest"]).or(end)?;
            (start.year(), end)
        }
        _ => return None,
    };
    let term = Date::new(year.checked_add(TERM)?, 12, 31).ok()?;
    Some(effects.map_or(term, |effects| term.max(effects)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_term_is_five_years_from_the_january_after_or_as_long_as_there_are_effects() {
        assert_eq!(
            term(&json!({"record": "objective", "year": 2020, "last_day": "2020-12-31"})),
            Some(date(2025, 12, 31))
        );
        assert_eq!(term(&json!({"record": "update", "date": "2023-12-02"})), Some(date(2028, 12, 31)));
        let project =
            json!({"record": "project", "start": {"earliest": "2016-10-01"}, "end": {"latest": "2030-06-30"}});
        assert_eq!(term(&project), Some(date(2030, 6, 30)));
        assert_eq!(term(&json!({"record": "project", "start": null, "end": null})), None);
        assert_eq!(term(&json!({"record": "unit"})), None);
    }
}
