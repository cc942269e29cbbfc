//! Words that are not a date, with what they may have meant.

use thiserror::Error;

use super::{EdtfDate, Span};

/// Error of words that are not a date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// Nothing was written.
    #[error("there is no date")]
    Empty,
    /// The text is no date that is known.
    #[error("`{written}` is not a date")]
    Unreadable {
        /// The text.
        written: String,
    },
    /// A date without a year, where no year is known for it.
    #[error("`{written}` does not say the year")]
    MissingYear {
        /// The text.
        written: String,
    },
    /// A year of two digits, which may be of any century.
    #[error("`{written}` has a year of two digits, `{year}`")]
    TwoDigitYear {
        /// The text.
        written: String,
        /// The two digits.
        year: String,
    },
    /// A year outside 1000 to 9999.
    #[error("`{written}` is of the year {year}, which is not between 1000 and 9999")]
    YearOutOfRange {
        /// The text.
        written: String,
        /// The year.
        year: i16,
    },
    /// A day or month that the calendar does not have, such as 31/02.
    #[error("`{written}` is not in the calendar")]
    Impossible {
        /// The text.
        written: String,
        /// The last day of that month, or the day with day and month swapped.
        nearest: Option<EdtfDate>,
    },
    /// The beginning, middle or end of something, without a day that can be kept.
    #[error("`{written}` does not say until when; `{nearest}` would")]
    Vague {
        /// The text.
        written: String,
        /// The certain date nearest to it.
        nearest: EdtfDate,
    },
    /// A span with a start and an end: these are two dates, in two fields.
    #[error("`{written}` is a span of time, not a date")]
    Span {
        /// The text.
        written: String,
        /// The span that it is.
        span: Span,
    },
    /// A span whose end is before its start.
    #[error("{end} is before {start}")]
    Backwards {
        /// Beginning.
        start: EdtfDate,
        /// End.
        end: EdtfDate,
    },
}
