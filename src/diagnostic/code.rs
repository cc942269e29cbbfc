//! The open set of mistakes: one line a code, in the order of the pipeline.
//!
//! A code is public: another mistake never gets its number. A new one comes after the last of its block; the blocks from V08
//! on are the rules of a [`Profile`](super::Profile) each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The weight of a mistake: only an error forbids publishing. The line between the two: what can't be compared, counted
/// or placed is a warning, with the words kept and shown; errors are for what would make the site false, broken or
/// dangerous.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is published until it is corrected.
    Error,
    /// The site is published, and somebody should look at it.
    Warning,
}

impl Severity {
    /// The name in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $id:ident $name:ident $severity:ident [$($arg:literal),*];)*) => {
        /// Kind of mistake. Each has a stable code, a message, a repair and an explanation in every language.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {$(
            $(#[doc = $doc])+
            $name,
        )*}

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable name, such as `V0202`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => stringify!($id)),* }
            }

            /// The severity, unless the site or the record has another.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }

            /// The `{name}` places that its message and repair may use. `nearest` may always stay empty.
            pub fn args(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($arg),*]),* }
            }
        }
    };
}

codes! {
    /// A file holds bytes that aren't UTF-8 text.
    V0101 NotUtf8 Error ["byte", "line"];
    /// A file is larger than an editor's text can be.
    V0102 TooLarge Error ["size", "limit"];
    /// A symbolic link that leads to what a site may not publish, or a pipe or device.
    V0103 BarredFile Error ["case", "target"];
    /// A file in a place where no records are read.
    V0104 UnknownFile Warning ["case", "folders"];
    /// A file holds nothing.
    V0105 Empty Error [];
    /// A Markdown record doesn't begin with a line `---`.
    V0106 FenceMissing Error [];
    /// The front matter isn't closed by a second line `---`.
    V0107 FenceOpen Error [];
    /// A file that is a translation by its name, of no record or into a language that the site lacks.
    V0108 StrayTranslation Warning ["language"];
    /// The folder holds no `site.toml`.
    V0109 NoSiteFile Error [];
    /// A file that a program left, or a copy that a system made.
    V0110 Leftover Warning ["case", "other"];
    /// A file that would be a sheet if its ending were another.
    V0111 OtherEnding Warning ["wanted"];
    /// A file whose name no published file can have.
    V0112 UnfitName Warning ["case", "character"];
    /// A file that would be published at the address of another.
    V0113 SameFile Warning ["case", "other"];
    /// A file beside a draft.
    V0114 BesideFields Warning ["case", "other"];
    /// A file beside a record that a browser or a server would run.
    V0120 ScriptFile Warning ["case"];
    /// A drawing that is no SVG.
    V0121 BadDrawing Error [];
    /// A file that `site.toml` names and that may not be published.
    V0122 BarredName Error ["case", "written"];

    /// The text isn't YAML (or TOML, for `site.toml`).
    V0201 Syntax Error ["case", "character", "mended", "reason"];
    /// A key that no field has.
    V0202 UnknownKey Error ["key", "known", "nearest"];
    /// A key that is written twice.
    V0203 DuplicateKey Error ["key"];
    /// A value of another shape than the field's.
    V0204 WrongType Error ["key", "expected", "found"];
    /// A field that must be there and isn't.
    V0205 Missing Error ["key"];
    /// A word that isn't one of the field's.
    V0206 UnknownWord Error ["key", "written", "known", "nearest"];
    /// A number between braces that its decimal comma divides.
    V0207 DividedNumber Error ["key", "kept", "written"];
    /// A level for a code that prevents a broken site, and so has only one.
    V0208 NotARule Error ["code"];
    /// Words that YAML takes for a comment, such as those after `#casa`.
    V0209 TakenForComment Warning ["written"];
    /// A unit or plan node with more others above it than a page can show.
    V0210 TooDeep Error ["kind", "written", "limit"];
    /// An objective that goes on with more others than a page can list.
    V0211 LongContinuation Warning ["written", "limit"];

    /// Words that can't be read as a date; they are shown as they were written, as those of the next codes are.
    V0301 BadDate Warning ["written", "nearest"];
    /// A day that no calendar has, such as 31 February.
    V0302 ImpossibleDay Error ["written", "nearest"];
    /// An end before its start.
    V0303 EndBeforeStart Error ["start", "end"];
    /// Words that can't be read as a number.
    V0304 BadNumber Warning ["written"];
    /// Words that can't be read as an amount of money.
    V0305 BadAmount Warning ["written"];
    /// A number that can be read in two ways, such as `1.5`.
    V0306 DoubtfulNumber Warning ["written", "read"];
    /// A weight or progress outside 0 to 100; it is shown, and nothing is computed with it.
    V0307 OutOfRange Warning ["written"];
    /// A CUP or CIG that isn't one; it is shown as it was written.
    V0308 BadIdentifier Warning ["kind", "written"];
    /// A web address that isn't one; it is shown without a link.
    V0309 BadAddress Warning ["written"];
    /// A codice fiscale or an IBAN, which must not be published.
    V0310 PersonalData Error ["kind"];
    /// An outcome of another kind than its target, such as a date for a number.
    V0311 OutcomeKind Warning ["written", "target"];
    /// The date of an update, which must be one day and isn't.
    V0312 NotADay Error ["written"];
    /// A target that contradicts itself or can be read in two ways, such as `tra 20 e 10` or `fine 2020`.
    V0313 BadTarget Warning ["case", "read", "written"];
    /// A span of time for one date, of which one end counts.
    V0314 SpanForDate Warning ["written", "read"];
    /// A span of time where only one date can stand; it is shown as it was written.
    V0315 TwoDates Warning ["written", "start", "end"];
    /// A value that isn't the year or whole number that it should be.
    V0316 NotWhole Error ["case", "written"];
    /// A date of what happened, or an outcome of such a date, that is still to come.
    V0317 NotYet Warning ["written"];
    /// An update of a day that is still to come.
    V0318 UpdateAhead Warning ["due"];
    /// An address that runs instructions in a browser, or that no page may lead to.
    V0319 UnsafeAddress Error ["case", "written"];
    /// A target and an outcome by which nobody can decide if the target is met.
    V0320 NotEvaluable Warning ["case", "written", "target"];
    /// A character that nobody sees and no format of data carries.
    V0325 InvisibleCharacter Warning ["character"];

    /// A name that no record has.
    V0401 Dangling Error ["kind", "written", "nearest", "known"];
    /// A name that several records have.
    V0402 Ambiguous Error ["kind", "written", "candidates"];
    /// A code or id that another record has.
    V0403 Duplicate Error ["kind", "written", "other"];
    /// A key that contradicts the folder or the name of the file.
    V0404 Contradiction Error ["key", "written", "folder"];
    /// Records that lead back to themselves.
    V0405 Cycle Error ["kind", "chain"];
    /// Two records whose pages would have the same address.
    V0406 SameAddress Error ["address", "other"];
    /// A code or name of which no address can be made.
    V0407 NoAddress Error ["written"];
    /// An objective that goes on with one of the same or a later year.
    V0408 NotEarlier Error ["written", "year"];
    /// A plan node of a plan that doesn't hold in the record's year.
    V0409 PlanNotValid Error ["written", "validity", "year"];
    /// A translation with more phases, indicators, milestones or documents than its record.
    V0410 LongTranslation Error ["key", "found", "known"];
    /// A type of objectives whose list would have the address of another's.
    V0411 SameList Warning ["written", "other"];
    /// A type of objectives of which no address of a list can be made.
    V0412 NoList Warning ["written"];
    /// A code or name whose page would have an address that no file can have.
    V0413 UnfitAddress Error ["case", "written"];
    /// A new address of the site that changes the ids of its feeds.
    V0414 NewFeedIds Warning ["written", "tag"];
    /// An update that gives another value than one of the same day.
    V0415 SameDay Warning ["other"];

    /// A link in a text that leads nowhere.
    V0501 BrokenLink Error ["written", "nearest"];
    /// An image without words for those who can't see it (WCAG 2.2, 1.1.1).
    V0502 NoAlt Warning ["written"];
    /// HTML in a text that isn't published because it could do harm.
    V0503 UnsafeHtml Warning [];
    /// Signs that an editor meant as Markdown and that stay on the page, because of a slip in them.
    V0504 StraySigns Warning ["case", "written", "mended"];
    /// Cells of a table's row beyond the last one of its head.
    V0505 CellsBeyondHead Warning ["written"];
    /// A link to a place that its page doesn't have.
    V0506 MissingAnchor Warning ["written", "nearest"];
    /// Words that no page shows, such as what follows a comment that doesn't end.
    V0507 HiddenWords Warning ["case", "written"];
    /// A picture of another site, in whose place a page shows a link.
    V0508 PictureElsewhere Warning ["written"];

    /// A colour that isn't one.
    V0601 BadColour Warning ["written"];
    /// A colour on which white text can't be read (WCAG 2.2, 1.4.3).
    V0602 LowContrast Error ["written", "ratio"];
    /// A label that the theme doesn't know.
    V0603 UnknownLabel Warning ["key", "nearest"];
    /// A template that does more for a page than any page needs.
    V0604 EndlessTemplate Error ["case", "limit"];

    /// A theme that there isn't.
    V0701 NoTheme Error ["written", "nearest"];
    /// A theme for another version of Vetro's interface to themes.
    V0702 ThemeVersion Error ["written", "supported"];
    /// A template that can't be read or rendered.
    V0703 Template Error ["reason"];

    /// Weights of phases that don't make 100 (D.Lgs. 150/2009 art. 5).
    V0801 WeightsSum Warning ["sum"];
    /// A phase outside the year of its objective.
    V0802 OutsideYear Warning ["written", "year"];
    /// A phase that begins before the one that it follows can be over.
    V0803 BeginsTooSoon Warning ["written", "phase", "end"];
    /// A number to be reached without the thing that is counted.
    V0804 NoUnitOfMeasure Warning ["written"];
    /// A target without an operator, read with the one that its direction suggests.
    V0805 AssumedOperator Warning ["written", "read"];
    /// A target in words that nothing can be measured by.
    V0806 ProseTarget Warning ["case", "written"];
    /// A unit's name that differs from another's by a slip of the pen.
    V0807 NearName Warning ["written", "other"];
    /// A unit's name that an old export cut short.
    V0808 CutShort Warning ["written", "other"];
    /// One indicator in two series.
    V0809 TwoSeries Warning ["written", "other"];
    /// An amount that isn't the sum of its sources.
    V0810 AmountsSum Warning ["written", "sum"];
    /// A text left in capitals.
    V0811 Capitals Warning ["written"];

    /// The name of a person in a text, where the site's policy doesn't show it.
    V0901 HiddenName Warning [];
    /// A person's own e-mail address (GDPR art. 5).
    V0902 PersonalEmail Warning [];
    /// A mobile telephone number (GDPR art. 5).
    V0903 PersonalPhone Warning [];
    /// A word of health or justice near a person's name (GDPR art. 9 and 10).
    V0904 SensitiveData Warning ["written"];
    /// A link to source files that name whom the pages don't name (GDPR art. 5 c. 1 c).
    V0905 NamesInSources Warning [];

    /// A heading more than one level below the one before (WCAG 2.2, 1.3.1).
    V1001 HeadingSkips Warning ["written", "before"];
    /// A link whose words don't name its target (WCAG 2.2, 2.4.4).
    V1002 VagueLink Warning ["written"];
    /// A table without a head (WCAG 2.2, 1.3.1).
    V1003 NoTableHead Warning [];
    /// A colour that is the only sign of something (WCAG 2.2, 1.4.1).
    V1004 ColourAlone Warning ["written"];

    /// An objective without the act that approved it (D.Lgs. 33/2013 art. 10).
    V1101 NoAct Warning ["missing"];
    /// A record that doesn't name the source of its data (D.Lgs. 33/2013 art. 6).
    V1102 NoSource Warning [];
    /// A record that doesn't name the day of its data (D.Lgs. 33/2013 art. 6).
    V1103 NoDate Warning [];
    /// A site that doesn't state its licence (D.Lgs. 33/2013 art. 7).
    V1104 NoLicence Warning [];
    /// A record withdrawn before its term of publication is over (D.Lgs. 33/2013 art. 8 c. 3).
    V1105 Withdrawn Warning ["address", "until"];
    /// A setting that hides pages from search engines (D.Lgs. 33/2013 art. 9).
    V1106 HiddenFromSearch Warning ["written"];

    /// An outcome that is over and unpublished (D.Lgs. 150/2009 art. 10).
    V1201 OutcomeMissing Warning ["kind", "title", "unit", "due"];
    /// An outcome that falls due soon.
    V1202 OutcomeDue Warning ["kind", "title", "unit", "due"];
}

impl Code {
    /// True if a site or record may give it another level: a mistake that forbids publishing would break a site, and so has
    /// only one.
    pub const fn can_be_ruled(self) -> bool {
        matches!(self.severity(), Severity::Warning)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// Error of a text that is no code.
#[derive(Debug, thiserror::Error)]
#[error("no problem has the code {0}")]
pub struct NoSuchCode(String);

impl FromStr for Code {
    type Err = NoSuchCode;

    fn from_str(text: &str) -> Result<Self, NoSuchCode> {
        let wanted = text.trim().to_uppercase();
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.id() == wanted)
            .ok_or_else(|| NoSuchCode(text.to_owned()))
    }
}
