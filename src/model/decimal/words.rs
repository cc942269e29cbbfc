//! Numbers in people's figures.

use crate::model::Lang;
use crate::model::language::FigureWords;

use super::Decimal;

impl Decimal {
    /// The number in people's figures, with the decimals it was written with: `6.000.000,00` in
    /// Italian and German, `6,000,000.00` in English.
    ///
    /// [`Decimal::parse`] reads them back in the same language.
    pub fn words(self, lang: Lang) -> String {
        let FigureWords { group, point, .. } = lang.language().figures;
        let plain = self.to_string();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = whole.trim_start_matches('-');
        let mut words = String::with_capacity(plain.len() + digits.len() / 3);
        if self.is_negative() {
            words.push('-');
        }
        for (place, digit) in digits.char_indices() {
            if place > 0 && (digits.len() - place) % 3 == 0 {
                words.push(group);
            }
            words.push(digit);
        }
        if !decimals.is_empty() {
            words.push(point);
            words.push_str(decimals);
        }
        words
    }

    /// The number as hundredths: `25%` in Italian and English; in German `25 %`, as DIN 5008 has it, with a no-break
    /// space.
    pub fn percent_words(self, lang: Lang) -> String {
        format!("{}{}", self.words(lang), lang.language().figures.percent)
    }

    /// The number in figures of a language that have no groups and nothing like one.
    pub(super) fn ungrouped(self, lang: Lang) -> String {
        let decimals = self.0.scale();
        let shorter = if decimals == 3 { Self(self.0.normalize()) } else { self };
        let plain = if shorter.0.scale() == 3 { format!("{shorter}0") } else { shorter.to_string() };
        plain.replace('.', lang.language().figures.point.encode_utf8(&mut [0; 4]))
    }
}
