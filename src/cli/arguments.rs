//! Arguments that several commands take, and the readers of their values.

use camino::Utf8PathBuf;
use clap::Args;
use jiff::civil::Date;

use crate::check::Drafts;
use crate::diagnostic::Profile;
use crate::model::{BaseUrl, EdtfDate};
use crate::{Options, parse};

/// Arguments of every command on a site.
#[derive(Args, Debug)]
pub(super) struct SiteArguments {
    #[arg(long, default_value = ".", value_name = "DIR")]
    pub(super) root: Utf8PathBuf,
    #[arg(long, value_parser = day, value_name = "DATE")]
    as_of: Option<Date>,
    #[arg(long = "profile", value_parser = profile, value_name = "NAME")]
    profiles: Option<Vec<Profile>>,
}

impl SiteArguments {
    /// The folder in which the site is published, unless another is given.
    pub(super) fn output(&self) -> Utf8PathBuf {
        self.root.join("public")
    }

    pub(super) fn options(&self, base: Option<BaseUrl>, drafts: Drafts) -> Options {
        let profiles = self.profiles.clone();
        Options { as_of: self.as_of.unwrap_or_else(today), base, drafts, profiles }
    }
}

/// The day given by `SOURCE_DATE_EPOCH` (reproducible-builds.org), else today's.
#[expect(clippy::disallowed_methods, reason = "the clock is read here, once, and handed on as an argument")]
fn today() -> Date {
    let seconds = std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| seconds.trim().parse::<i64>().ok());
    let seconds = seconds.unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    });
    let day = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    // Local midnight would make the same build differ between two cities' machines.
    day.to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn profile(text: &str) -> Result<Profile, String> {
    let found = Profile::ALL.into_iter().find(|(_, name)| *name == text);
    // `usage` has the words for people.
    found.map(|(profile, _)| profile).ok_or_else(|| "not a profile".to_owned())
}

pub(super) fn day(text: &str) -> Result<Date, String> {
    let date = EdtfDate::read(text, None).ok();
    match date.map(|date| (date.earliest(), date.latest())) {
        Some((Some(first), Some(last))) if first == last => Ok(first),
        // `usage` has the words for people.
        _ => Err("not a day".to_owned()),
    }
}

pub(super) fn base(text: &str) -> Result<BaseUrl, String> {
    parse::base_url(text).ok_or_else(|| "not an address".to_owned())
}
