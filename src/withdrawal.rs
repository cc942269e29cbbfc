//! Records that were published and are no more, before their term is over: data, documents and information stay published
//! for five years from 1 January of the year after the one in which the duty to publish them began, and as long as the acts
//! have effect (D.Lgs. 33/2013 art. 8 c. 3).
//!
//! What was published is what the last build wrote into the output folder: its list of files names the `index.json` of each
//! record, and that says of which year the record is. Where nothing was published nothing is withdrawn. A build that goes
//! on says it once, for the next one finds the list without the record; as an error it holds every build.

use std::collections::HashSet;

use jiff::civil::Date;
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Place, Report};
use crate::model::FileId;
use crate::publish::{self, Destination};
use crate::site::Site;

/// For how many years a record stays (D.Lgs. 33/2013 art. 8 c. 3).
const TERM: i16 = 5;

/// The records of the last publication that a site lacks, of which the term isn't over on its day. One whose address is
/// an old address (`aliases`) of another has moved.
pub fn withdrawn(site: &Site, destination: &Destination) -> Report {
    let mut report = Report::default();
    let catalogue = &site.catalogue;
    let aliases = (catalogue.objectives.iter().flat_map(|objective| &objective.aliases))
        .chain(catalogue.projects.iter().flat_map(|project| &project.aliases));
    let moved: HashSet<&str> = aliases.map(|alias| alias.trim_matches('/')).collect();
    for path in publish::published(destination) {
        let Some(address) = path.as_ref().strip_suffix("/index.json") else { continue };
        if site.find(address).is_some() || moved.contains(address) {
            continue;
        }
        let record = publish::read(destination, &path).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(until) = record.and_then(|record: Value| term(&record)) else { continue };
        if site.as_of <= until {
            let problem = Diagnostic::new(Code::Withdrawn, FileId::NONE, Place::File)
                .with("address", format!("/{address}/"))
                .with("until", until.to_string());
            report.add(problem);
        }
    }
    report
}

/// The last day of a record's term, as its data tell it; none where it is no promise or news, or says no year.
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
