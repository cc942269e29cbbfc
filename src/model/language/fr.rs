//! French. Marks and spaces of figures are those of the Unicode CLDR (locale `fr`).

use snowball_stemmers_rs::Algorithm;

use super::{
    AddressWords, AfterMonth, AmountWords, DateWords, Figure, FigureWords, Lang, Language, SentenceWords, SetWords,
    TargetWords, Unit,
};
use crate::model::date::{Bound, CalendarUnit};
use crate::model::target::{Operator, Reason};

pub(super) static LANGUAGE: Language = Language {
    code: "fr",
    name: "Français",
    called: &[("it", "francese"), ("en", "French"), ("de", "Französisch")],
    in_it: ["In francese", "In French"],
    locale: "fr_FR",
    editors: Lang::It,
    table: "Tableau",
    has_inner_capitals: false,
    stemmer: Algorithm::French,
    has_umlauts: false,
    addresses: AddressWords {
        projects: "projets",
        updates: "actualites",
        units: "services",
        plans: "plans",
        series: "indicateurs",
        search: "recherche",
        map: "plan-du-site",
        data: "donnees-ouvertes",
        facets: ["etat", "service", "type"],
        states: [
            "atteint",
            "partiellement-atteint",
            "non-atteint",
            "en-cours",
            "prevu",
            "partiellement-publie",
            "resultat-non-publie",
            "non-evaluable",
            "suspendu",
            "annule",
        ],
    },
    sets: SETS,
    figures: FigureWords {
        point: ',',
        group: '\u{202f}',
        percent: "\u{202f}%",
        percents: &["pour cent"],
        // Not `mille`, which names streets in Italian.
        thousands: &["milliers"],
        millions: &["millions", "million"],
        billions: &["milliards", "milliard"],
        about: &["environ", "a peu pres"],
        about_after: &[],
    },
    amounts: AmountWords {
        euro: ["", " €"],
        has_code_first: false,
        about: "environ ",
        vat: ["TVA comprise", "hors TVA"],
        euros: &["euros", "euro"],
        joints: &["de", "d'"],
        leads: &["pour un montant de", "montant de"],
        vat_names: &["tva", "t.v.a."],
        vat_rates: &["a"],
        with_vat: &["y compris", "avec"],
        without_vat: &["hors", "sans"],
        vat_included: &["comprise", "incluse"],
        vat_excluded: &["non comprise", "exclue"],
        vat_ends: &[],
    },
    dates: DATES,
    targets: TARGETS,
};

const SETS: SetWords = SetWords {
    name_policies: [&["dirigeants"], &["tous"], &["personne"]],
    directions: [
        &["augmenter", "augmentation", "hausse"],
        &["reduire", "reduction", "diminuer", "diminution", "baisse"],
        &["maintenir", "maintien", "stable"],
    ],
    indicator_states: [
        &["atteint", "atteinte"],
        &["partiellement atteint", "partiellement atteinte", "atteint en partie"],
        &["non atteint", "non atteinte"],
        &["en cours", "en attente"],
        &["sans donnees", "resultat non publie", "non publie"],
        &["sans cible", "aucune cible", "sans objectif", "aucun objectif"],
        &["non evaluable"],
    ],
    objective_states: [
        &["atteint"],
        &["partiellement atteint", "atteint en partie"],
        &["non atteint"],
        &["en cours"],
        &["prevu", "planifie", "non commence"],
        &["partiellement publie", "publie en partie"],
        &["sans donnees", "resultat non publie", "non publie"],
        &["non evaluable"],
        &["suspendu"],
        &["annule", "abandonne"],
    ],
    lifecycles: [
        &["prevu", "planifie", "non commence"],
        &["en cours"],
        &["suspendu"],
        &["termine", "acheve"],
        &["annule", "abandonne"],
    ],
    healths: [&["dans les temps"], &["en avance"], &["en retard"], &["bloque"]],
};

const DATES: DateWords = DateWords {
    date,
    not_before: |unit| format!("pas avant {}{}", article(unit), piece(unit)),
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    other_months: &["fevrier", "aout", "decembre"],
    month_names: [
        &["janvier", "janv"],
        &["fevrier", "fevr", "fev"],
        &["mars"],
        &["avril", "avr"],
        &["mai"],
        &["juin"],
        &["juillet", "juil"],
        &["aout"],
        &["septembre", "sept"],
        &["octobre", "oct"],
        &["novembre", "nov"],
        &["decembre", "dec"],
    ],
    after_month: AfterMonth::Year,
    no_dates: &[],
    by: &[
        "au plus tard le",
        "au plus tard en",
        "au plus tard",
        "jusqu'au",
        "jusqu'en",
        "d'ici le",
        "d'ici au",
        "d'ici a",
        "d'ici",
    ],
    by_before_words: &["jusqu'a"],
    from: &[
        "a partir du",
        "a partir de",
        "a partir d'",
        "a compter du",
        "a compter de",
        "a compter d'",
        "depuis le",
        "depuis",
        "des le",
    ],
    onwards: &[],
    fillers: &[
        "au cours de l'",
        "au cours du",
        "au cours de",
        "au mois de",
        "au mois d'",
        "le mois de",
        "le mois d'",
        "courant",
        "pendant",
        "durant",
        "de l'",
        "du",
        "de",
        "d'",
        "en",
        "au",
        "a",
        "le",
        "la",
        "l'",
    ],
    ends: &["fin"],
    parts: &["debut", "milieu", "mi"],
    year_ends: &[],
    year_parts: &[],
    at_the_end: &["a la fin"],
    span_from: &["du", "de", "d'"],
    span_to: &["jusqu'au", "jusqu'en", "jusqu'a", "au", "a"],
    span_joints: &[],
    between: &["entre"],
    and: &["et"],
    span_names: &["annee scolaire", "annees", "annee", "periode"],
    year_names: &["annee", "exercice"],
    of_year: &["de l'", "de", "du"],
    of_month: &[],
    day_endings: &["er"],
    ordinals: [&["premier", "premiere"], &["deuxieme", "second", "seconde"], &["troisieme"], &["quatrieme"]],
    last: &["dernier", "derniere"],
    // After figures with their endings, too: `1er trimestre`, `2e trimestre`.
    quarters: &["trimestre", "er trimestre", "e trimestre", "eme trimestre"],
    half_years: &["semestre", "er semestre", "e semestre", "eme semestre"],
    acts: &["loi", "décret", "arrêté", "délibération"],
};

const TARGETS: TargetWords = TargetWords {
    compared,
    approximate: |figure| format!("environ {}", figure.words),
    range: |low, high| format!("entre {} et {}", low.words, high.words),
    change,
    ratio: |part, whole| format!("{part} sur {whole}"),
    done: ["oui", "non"],
    not_stated: "non précisé",
    not_published: "non publié",
    reasons: REASONS,
    none: &[
        "a definir",
        "a determiner",
        "en cours de definition",
        "non defini",
        "non definie",
        "non disponible",
        "non precise",
        "non precisee",
        "non publie",
        "non renseigne",
        "sans cible",
        "aucune cible",
        "sans objectif",
        "aucun objectif",
    ],
    yes: &[
        "oui",
        "oui/non",
        "fait",
        "faite",
        "faits",
        "faites",
        "realise",
        "realisee",
        "realises",
        "realisees",
        "effectue",
        "effectuee",
        "execute",
        "executee",
        "acheve",
        "achevee",
        "termine",
        "terminee",
        "vrai",
    ],
    no: &[
        "non",
        "pas fait",
        "non fait",
        "non faite",
        "non realise",
        "non realisee",
        "non effectue",
        "non effectuee",
        "non acheve",
        "non achevee",
        "non termine",
        "non terminee",
        "faux",
    ],
    at_least: &[
        "au moins",
        "au minimum",
        "un minimum",
        "minimum",
        "pas moins",
        "non inferieur",
        "non inferieure",
        "superieur ou egal",
        "superieure ou egale",
        "superieurs ou egaux",
        "egal ou superieur",
        "egale ou superieure",
    ],
    // Without its preposition, `plus 5 %` would be a change.
    more_than: &["plus de", "plus d'", "plus du", "plus des", "superieur", "superieure", "superieurs", "superieures"],
    at_most: &[
        "au plus",
        "au maximum",
        "un maximum",
        "maximum",
        "pas plus",
        "non superieur",
        "non superieure",
        "inferieur ou egal",
        "inferieure ou egale",
        "inferieurs ou egaux",
        "egal ou inferieur",
        "egale ou inferieure",
        "jusqu'a",
    ],
    less_than: &[
        "moins de",
        "moins d'",
        "moins du",
        "moins des",
        "inferieur",
        "inferieure",
        "inferieurs",
        "inferieures",
    ],
    exactly: &["exactement", "egal", "egale", "egaux", "egales"],
    no_operators_within: &["minimum", "maximum", "egal", "egale", "egaux", "egales", "jusqu'a"],
    prepositions: &["a", "au", "aux", "de", "du", "des", "d'", "le", "la", "les", "l'"],
    count_marks: &[],
    ranges: &["compris entre", "comprise entre", "entre"],
    and: &["et"],
    out_of: &["sur"],
    rises: &["augmentation", "augmenter", "hausse", "accroissement", "croissance", "augmente", "accru"],
    falls: &["reduction", "reduire", "diminution", "diminuer", "baisse", "reduit", "diminue"],
    rises_after: &["de plus", "en plus"],
    falls_after: &["de moins", "en moins"],
    rises_after_noun: &["de plus", "en plus"],
    falls_after_noun: &["de moins", "en moins"],
    no_units: &["et", "ou", "sur", "dans", "environ", "moins", "euros"],
    no_unit_starts: &["en", "par"],
    references: &["par", "rapport", "depuis"],
    within: &["dans", "sous", "d'ici"],
    units: &[
        (Unit::Second, &["secondes", "seconde"]),
        (Unit::Minute, &["minutes", "minute"]),
        (Unit::Hour, &["heures", "heure"]),
        (Unit::Day, &["jours", "jour"]),
        (Unit::Week, &["semaines", "semaine"]),
        (Unit::Month, &["mois"]),
        (Unit::Year, &["ans", "années", "année"]),
        (Unit::Metre, &["mètres", "mètre"]),
        (Unit::Kilometre, &["kilomètres", "kilomètre"]),
        (Unit::Hectare, &["hectares", "hectare"]),
        (Unit::Gram, &["grammes", "gramme"]),
        (Unit::Kilogram, &["kilogrammes", "kilogramme"]),
        (Unit::Tonne, &["tonnes", "tonne"]),
        (Unit::Litre, &["litres", "litre"]),
    ],
    working_days: &[],
    is_plural: |stem, endings| endings == ("", "s") || endings == ("", "x") && stem.ends_with("eau"),
    numbers: &["nombre"],
    counts: &["unité", "unités", "valeur"],
    unit_joints: &["de", "d", "des", "du"],
    cents: &["centime", "centimes"],
    percent_units: &["pourcentage"],
    percent_points: &["points de pourcentage", "point de pourcentage"],
    less: &["reduction", "reduire", "diminution", "diminuer", "baisse", "economie"],
    durations: &["temps moyen", "temps d'attente", "duree", "delai", "delais"],
    sentences: SentenceWords {
        more: &["supplementaires", "supplementaire", "autres"],
        totals: &["pour un total", "au total", "atteignant"],
        spelt_out: ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"],
        numerals: &["deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "onze", "douze", "vingt"],
        named_by_number: &[
            "article",
            "articles",
            "loi",
            "décret",
            "arrêté",
            "règlement",
            "directive",
            "mesure",
            "mission",
            "axe",
            "objectif",
            "programme",
            "chapitre",
            "annexe",
            "phase",
            "lot",
            "niveau",
        ],
        number_marks: &[],
        before_years: &["année", "années", "l'année", "en", "du", "depuis", "exercice"],
        actions: &[],
        infinitives: &[],
        limiting: &[],
        articles: &["le", "la", "les", "l'"],
        of_action: &["de"],
        of_change: &["de", "d'", "du", "des"],
        to_level: &["a"],
        with_article: &["au", "du"],
        deadlines: &["fin", "annee", "l'annee", "mois", "trimestre", "semestre", "debut", "exercice"],
        compared_to: &["par rapport"],
        year_articles: &["au"],
        years: &["annee"],
    },
};

fn date(unit: CalendarUnit, bound: Bound) -> String {
    let piece = piece(unit);
    match (bound, unit) {
        (Bound::In, _) => piece,
        (Bound::By, CalendarUnit::Day(_)) => format!("au plus tard le {piece}"),
        (Bound::By, CalendarUnit::Month { .. } | CalendarUnit::Year(_)) => format!("au plus tard fin {piece}"),
        (Bound::By, CalendarUnit::Quarter { .. } | CalendarUnit::Semester { .. }) => {
            format!("au plus tard à la fin du {piece}")
        }
        // The preposition is elided before avril, août and octobre.
        (Bound::From, CalendarUnit::Month { .. }) if piece.starts_with(['a', 'o']) => format!("à partir d’{piece}"),
        (Bound::From, CalendarUnit::Month { .. } | CalendarUnit::Year(_)) => format!("à partir de {piece}"),
        (Bound::From, _) => format!("à partir du {piece}"),
    }
}

/// The article of days, quarters and half years, with its space.
fn article(unit: CalendarUnit) -> &'static str {
    match unit {
        CalendarUnit::Day(_) | CalendarUnit::Quarter { .. } | CalendarUnit::Semester { .. } => "le ",
        CalendarUnit::Month { .. } | CalendarUnit::Year(_) => "",
    }
}

fn piece(unit: CalendarUnit) -> String {
    match unit {
        CalendarUnit::Year(year) => year.to_string(),
        CalendarUnit::Month { year, month } => format!("{} {year}", DATES.month(month)),
        CalendarUnit::Day(day) => {
            // Only the first day of a month is an ordinal.
            let ending = if day.day() == 1 { "er" } else { "" };
            format!("{}{ending} {} {}", day.day(), DATES.month(day.month()), day.year())
        }
        CalendarUnit::Quarter { year, quarter } => {
            let ordinal = match quarter {
                1 => "premier",
                2 => "deuxième",
                3 => "troisième",
                _ => "quatrième",
            };
            format!("{ordinal} trimestre {year}")
        }
        CalendarUnit::Semester { year, semester } => {
            let ordinal = if semester == 1 { "premier" } else { "second" };
            format!("{ordinal} semestre {year}")
        }
    }
}

fn compared(operator: Operator, figure: &Figure) -> String {
    let operator = match operator {
        Operator::Ge => "au moins ",
        Operator::Gt => "plus de ",
        Operator::Le => "au maximum ",
        Operator::Lt => "moins de ",
        Operator::Eq => "exactement ",
        Operator::Between | Operator::By => "",
    };
    format!("{operator}{}", figure.words)
}

fn change(operator: Operator, size: &Figure) -> String {
    let noun = if operator.is_floor() { "augmentation" } else { "réduction" };
    let than = if operator.is_strict() { "plus de " } else { "" };
    format!("{noun} de {than}{}", size.words)
}

const REASONS: &[(Reason, &str)] = &[
    (Reason::NoTarget, "Il n’y a pas de cible."),
    (Reason::Unpublished, "Le résultat n’est pas publié."),
    (Reason::Prose, "La cible est décrite en mots et ne peut pas être mesurée."),
    (Reason::NoOperator, "La cible ne dit pas si elle est un minimum ou un maximum."),
    (Reason::YearOrCount, "On ne sait pas si la cible est une année ou une quantité."),
    (Reason::BaselineMeets, "La valeur de départ atteignait déjà la cible : on ne sait pas ce qui devait changer."),
    (Reason::NoBaseline, "Il manque une valeur de départ à partir de laquelle mesurer le changement."),
    (Reason::Units, "La cible et le résultat sont dans des unités de mesure différentes."),
    (Reason::ShareOrPercent, "On ne sait pas si l’un des chiffres est une part de un ou un pourcentage."),
    (Reason::ChangeOrLevel, "On ne sait pas si le résultat est le changement ou le niveau atteint."),
    (Reason::OtherKind, "Le résultat est d’une autre nature que la cible."),
    (Reason::DayUnknown, "C’est fait, mais le jour n’est pas indiqué."),
    (Reason::Imprecise, "Le résultat n’est pas assez précis pour dire si la cible est atteinte."),
    (Reason::PartOfNothing, "Le résultat est une part de zéro."),
    (Reason::TooLong, "Les chiffres sont trop longs pour être comparés exactement."),
];

#[cfg(test)]
mod tests {
    use crate::model::{Amount, Context, Conventions, DateError, Decimal, Direction, EdtfDate, Health, Lang, Target};

    fn read(written: &str) -> Target {
        let conventions = Conventions { lang: Lang::Fr, year: Some(2024) };
        Target::read(written, &Context::default(), conventions).unwrap_or_else(|error| panic!("{written}: {error}"))
    }

    #[test]
    fn targets_are_read_and_written_in_french() {
        for (written, kind, value, words) in [
            ("au moins 20 agents", "number", "20", "au moins 20 agents"),
            ("plus de 1 500 usagers", "number", "1500", "plus de 1\u{202f}500 usagers"),
            ("≥ 85 %", "percent", "85", "au moins 85\u{202f}%"),
            ("supérieur ou égal à 85 pour cent", "percent", "85", "au moins 85\u{202f}%"),
            ("au maximum 12,5 jours", "number", "12.5", "au maximum 12,5 jours"),
            ("inférieure à 3 %", "percent", "3", "moins de 3\u{202f}%"),
            ("exactement 3", "number", "3", "exactement 3"),
            ("entre 10 et 20", "number", "10..20", "entre 10 et 20"),
            ("au moins 3 sur 4", "ratio", "3/4", "au moins 3 sur 4"),
            (
                "augmentation de 5 % par rapport à 2019",
                "relative",
                "+5%",
                "augmentation de 5\u{202f}% par rapport à 2019",
            ),
            ("réduction de plus de 10 %", "relative", "-10%", "réduction de plus de 10\u{202f}%"),
            ("au moins 20 agents de plus", "relative", "+20", "augmentation de 20 agents"),
            ("au moins 1,5 million d’euros", "money", "1500000.00", "au moins 1\u{202f}500\u{202f}000,00 €"),
            ("dans 30 jours", "number", "30", "au maximum 30 jours"),
            ("au plus tard le 30 juin", "date", "../2024-06-30", "au plus tard le 30 juin 2024"),
            ("oui", "yes_no", "yes", "oui"),
            ("à définir", "none", "", "non précisé"),
        ] {
            let target = read(written);
            assert_eq!((target.kind().key(), &*target.value().unwrap_or_default()), (kind, value), "{written}");
            assert_eq!(target.words(Lang::Fr), words, "{written}");
        }
    }

    #[test]
    fn dates_are_read_and_written_in_french() {
        for (written, date, words) in [
            ("1er janvier 2024", "2024-01-01", "1er janvier 2024"),
            ("30 juin 2024", "2024-06-30", "30 juin 2024"),
            ("AOÛT 2024", "2024-08", "août 2024"),
            ("premier trimestre 2024", "2024-33", "premier trimestre 2024"),
            ("2e semestre 2024", "2024-41", "second semestre 2024"),
            ("4ème trimestre de 2024", "2024-36", "quatrième trimestre 2024"),
            ("d’ici fin juin 2024", "../2024-06", "au plus tard fin juin 2024"),
            ("d'ici le 30/06/2024", "../2024-06-30", "au plus tard le 30 juin 2024"),
            ("jusqu’au 1er mars 2024", "../2024-03-01", "au plus tard le 1er mars 2024"),
            ("à la fin de l’année 2024", "../2024", "au plus tard fin 2024"),
            (
                "au plus tard à la fin du second semestre 2024",
                "../2024-41",
                "au plus tard à la fin du second semestre 2024",
            ),
            ("à partir d’avril 2024", "2024-04/..", "à partir d’avril 2024"),
            ("à compter du 2 février 2024", "2024-02-02/..", "à partir du 2 février 2024"),
            ("depuis 2024", "2024/..", "à partir de 2024"),
        ] {
            let read = EdtfDate::read(written, None).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((&*read.to_string(), &*read.words(Lang::Fr)), (date, words), "{written}");
        }
        let open = EdtfDate::read("à partir du 2 mars 2024", None).unwrap();
        assert_eq!(open.end_words(Lang::Fr), "pas avant le 2 mars 2024");
        for written in ["du 10 novembre au 15 décembre 2020", "entre mars et juin 2024", "année scolaire 2021/22"] {
            assert!(matches!(EdtfDate::read(written, None), Err(DateError::Span { .. })), "{written}");
        }
        assert!(matches!(EdtfDate::read("juin 24", Some(2024)), Err(DateError::TwoDigitYear { .. })));
        assert!(matches!(EdtfDate::read("début 2024", None), Err(DateError::Vague { .. })));
    }

    #[test]
    fn figures_and_amounts_are_read_and_written_in_french() {
        for (written, value, is_doubtful) in [
            ("1 234,5", "1234.5", false),
            ("1\u{202f}234\u{202f}567,50", "1234567.50", false),
            ("12,50", "12.50", false),
            ("1.500", "1500", true),
            ("1.5", "1.5", true),
            ("1,500", "1.500", true),
        ] {
            let read = Decimal::parse(written, Lang::Fr).unwrap();
            assert_eq!((&*read.value.to_string(), read.doubt.is_some()), (value, is_doubtful), "{written}");
        }
        for (written, words) in [
            ("1 234,50 €", "1\u{202f}234,50 €"),
            ("environ 2 millions d’euros", "environ 2\u{202f}000\u{202f}000,00 €"),
            ("10 000 € hors TVA", "10\u{202f}000,00 € (hors TVA)"),
            ("500 euros (TVA comprise)", "500,00 € (TVA comprise)"),
            ("1 000 CHF", "1\u{202f}000,00 CHF"),
        ] {
            let read = Amount::read(written, Lang::Fr).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(read.words(Lang::Fr), words, "{written}");
            assert_eq!(Amount::read(&read.words(Lang::Fr), Lang::Fr), Ok(read), "{written}");
        }
    }

    #[test]
    fn words_of_closed_sets_are_read_in_french() {
        assert_eq!(Direction::read("Réduire"), Ok(Direction::Down));
        assert_eq!(Health::read("en retard"), Ok(Health::Delayed));
    }
}
