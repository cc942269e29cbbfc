use super::code::Code;

/// A family of rules that a site turns on together, in `site.toml` or with `--profile`. [`Profile::DEFAULT`] are on if
/// neither names any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Promises that are hard to measure.
    Quality,
    /// Data of persons beyond what transparency needs.
    People,
    /// Barriers between readers and a text (WCAG 2.2).
    Accessibility,
    /// Duties of D.Lgs. 33/2013 beside the content.
    Dlgs33,
    /// Outcomes that are over and unpublished, or fall due soon.
    Outcomes,
}

impl Profile {
    /// Every profile with its name in `site.toml` and on the command line.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Quality, "quality"),
        (Self::People, "people"),
        (Self::Accessibility, "accessibility"),
        (Self::Dlgs33, "dlgs33"),
        (Self::Outcomes, "outcomes"),
    ];

    /// The profiles of a site that names none: they fit every text of every publisher.
    pub const DEFAULT: [Self; 3] = [Self::Quality, Self::People, Self::Accessibility];

    /// The profile of a code's rule. Returns `None` if the code is no rule's.
    fn of(code: Code) -> Option<Self> {
        Some(match &code.id()[..3] {
            "V08" => Self::Quality,
            "V09" => Self::People,
            "V10" => Self::Accessibility,
            "V11" => Self::Dlgs33,
            "V12" => Self::Outcomes,
            _ => return None,
        })
    }
}

impl Code {
    /// The profile of the rule that finds it. Returns `None` if it is found in every site.
    pub fn profile(self) -> Option<Profile> {
        Profile::of(self)
    }
}

#[cfg(test)]
mod tests {
    use super::super::code::Severity;
    use super::*;

    #[test]
    fn every_rule_is_of_the_profile_of_its_block_and_none_forbids_publishing_by_itself() {
        for code in Code::ALL {
            let later = code.id() >= "V08";
            assert_eq!(code.profile().is_some(), later, "{code}");
            assert!(!later || code.severity() == Severity::Warning, "{code}");
        }
    }
}
