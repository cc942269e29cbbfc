use proptest::prelude::*;

use crate::model::conventions::by;
use crate::model::date::tests::date_like_text;
use crate::model::decimal::tests::any_decimal;
use crate::model::{Conventions, DateError, Decimal, DecimalError, Doubt, Lang};

use super::*;

fn read(text: &str) -> Target {
    Target::read(text, &Context::default(), by(Some(2017))).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn in_direction(direction: Direction) -> Context<'static> {
    Context { direction: Some(direction), ..Context::default() }
}

/// Kind, operator and value, as data have them.
fn data(target: &Target) -> (&'static str, &'static str, String) {
    (target.kind().key(), target.operator().map_or("", Operator::key), target.value().unwrap_or_default())
}

#[test]
fn every_way_of_writing_a_target_is_read() {
    for (written, kind, operator, value) in [
        // At least.
        ("=> 100", "number", "ge", "100"),
        ("=>50", "number", "ge", "50"),
        (">= 100", "number", "ge", "100"),
        ("≥ 100", "number", "ge", "100"),
        ("≥100", "number", "ge", "100"),
        ("almeno 100", "number", "ge", "100"),
        ("ALMENO 100", "number", "ge", "100"),
        ("almeno n. 20 persone", "number", "ge", "20"),
        ("almeno il 25%", "percent", "ge", "25"),
        ("non inferiore a 100", "number", "ge", "100"),
        ("non inferiore al 90%", "percent", "ge", "90"),
        ("non meno di 100", "number", "ge", "100"),
        ("minimo 100", "number", "ge", "100"),
        ("maggiore o uguale a 100", "number", "ge", "100"),
        ("pari o superiore all'80%", "percent", "ge", "80"),
        ("at least 100", "number", "ge", "100"),
        ("no less than 100", "number", "ge", "100"),
        ("not fewer than 100", "number", "ge", "100"),
        ("minimum of 100", "number", "ge", "100"),
        ("mindestens 100", "number", "ge", "100"),
        ("MINDESTENS 100", "number", "ge", "100"),
        ("wenigstens 100", "number", "ge", "100"),
        ("nicht weniger als 100", "number", "ge", "100"),
        ("mindestens Nr. 20 Personen", "number", "ge", "20"),
        ("größer oder gleich 100", "number", "ge", "100"),
        ("groesser oder gleich 100", "number", "ge", "100"),
        ("gleich oder höher als 100", "number", "ge", "100"),
        ("mindestens 25 %", "percent", "ge", "25"),
        ("mindestens 25 Prozent", "percent", "ge", "25"),
        ("nicht unter 90 %", "percent", "ge", "90"),
        ("Minimum von 100", "number", "ge", "100"),
        // More than.
        ("maggiore di 100", "number", "gt", "100"),
        ("> 100", "number", "gt", "100"),
        (">100", "number", "gt", "100"),
        ("oltre 100", "number", "gt", "100"),
        ("oltre il 50 per cento", "percent", "gt", "50"),
        ("più di 100", "number", "gt", "100"),
        ("piu di 100", "number", "gt", "100"),
        ("piu' di 100", "number", "gt", "100"),
        ("superiore a 100", "number", "gt", "100"),
        ("superiore all’8%", "percent", "gt", "8"),
        ("more than 100", "number", "gt", "100"),
        ("over 100", "number", "gt", "100"),
        ("greater than 100", "number", "gt", "100"),
        ("mehr als 100", "number", "gt", "100"),
        ("über 100", "number", "gt", "100"),
        ("ueber 100", "number", "gt", "100"),
        ("höher als 100", "number", "gt", "100"),
        ("mehr als 25 %", "percent", "gt", "25"),
        // At most.
        ("<= 10", "number", "le", "10"),
        ("=< 10", "number", "le", "10"),
        ("≤ 10", "number", "le", "10"),
        ("al massimo 10", "number", "le", "10"),
        ("massimo 10", "number", "le", "10"),
        ("max 10 giorni", "number", "le", "10"),
        ("non superiore a 10", "number", "le", "10"),
        ("non più di 10", "number", "le", "10"),
        ("fino a 10", "number", "le", "10"),
        ("entro 30 giorni", "number", "le", "30"),
        ("within 30 days", "number", "le", "30"),
        ("at most 10", "number", "le", "10"),
        ("no more than 10", "number", "le", "10"),
        ("up to 10", "number", "le", "10"),
        ("höchstens 10", "number", "le", "10"),
        ("hoechstens 10", "number", "le", "10"),
        ("nicht mehr als 10", "number", "le", "10"),
        ("maximal 10 Tage", "number", "le", "10"),
        ("nicht über 10", "number", "le", "10"),
        ("bis zu 10", "number", "le", "10"),
        ("innerhalb von 30 Tagen", "number", "le", "30"),
        ("innerhalb 30 Tagen", "number", "le", "30"),
        ("binnen 30 Tagen", "number", "le", "30"),
        ("bis 30 Tage", "number", "le", "30"),
        ("kleiner oder gleich 10", "number", "le", "10"),
        // Less than.
        ("< 10", "number", "lt", "10"),
        ("meno di 10", "number", "lt", "10"),
        ("minore di 10", "number", "lt", "10"),
        ("inferiore a 10", "number", "lt", "10"),
        ("inferiore al 5%", "percent", "lt", "5"),
        ("less than 10", "number", "lt", "10"),
        ("fewer than 10", "number", "lt", "10"),
        ("below 10", "number", "lt", "10"),
        ("weniger als 10", "number", "lt", "10"),
        ("unter 10", "number", "lt", "10"),
        ("kleiner als 10", "number", "lt", "10"),
        ("unter 5 %", "percent", "lt", "5"),
        // Bare figures.
        ("20,00", "number", "ge", "20.00"),
        ("100%", "percent", "ge", "100"),
        ("100 %", "percent", "ge", "100"),
        ("98,5%", "percent", "ge", "98.5"),
        ("1.500", "number", "ge", "1500"),
        ("2.022", "number", "ge", "2022"),
        ("2022", "number", "", "2022"),
        ("5 nuclei familiari", "number", "ge", "5"),
        ("n. 20", "number", "ge", "20"),
        ("20 (venti)", "number", "ge", "20"),
        // Exactly.
        ("= 20", "number", "eq", "20"),
        ("pari a 20", "number", "eq", "20"),
        ("pari al 100%", "percent", "eq", "100"),
        ("esattamente 20", "number", "eq", "20"),
        ("exactly 20", "number", "eq", "20"),
        ("equal to 20", "number", "eq", "20"),
        ("genau 20", "number", "eq", "20"),
        ("gleich 20", "number", "eq", "20"),
        // Between.
        ("tra 10 e 20", "number", "between", "10..20"),
        ("fra 10 e 20", "number", "between", "10..20"),
        ("compreso tra il 10% e il 20%", "percent", "between", "10..20"),
        ("tra il 10 e il 20%", "percent", "between", "10..20"),
        ("tra 10.000 e 20.000 €", "money", "between", "10000.00..20000.00"),
        ("between 10 and 20", "number", "between", "10..20"),
        ("10..20", "number", "between", "10..20"),
        ("zwischen 10 und 20", "number", "between", "10..20"),
        ("zwischen 10 % und 20 %", "percent", "between", "10..20"),
        ("zwischen 10 und 20 %", "percent", "between", "10..20"),
        ("zwischen 10.000 und 20.000 €", "money", "between", "10000.00..20000.00"),
        // Ratios.
        ("2/4", "ratio", "ge", "2/4"),
        ("2 / 4", "ratio", "ge", "2/4"),
        ("2 su 4", "ratio", "ge", "2/4"),
        ("almeno 2 su 4 progetti", "ratio", "ge", "2/4"),
        ("2 out of 4", "ratio", "ge", "2/4"),
        ("> 2/4", "ratio", "gt", "2/4"),
        ("45/1000", "ratio", "ge", "45/1000"),
        ("2 von 4", "ratio", "ge", "2/4"),
        ("mindestens 2 von 4 Projekten", "ratio", "ge", "2/4"),
        ("mehr als 2 von insgesamt 4", "ratio", "gt", "2/4"),
        // Dates.
        ("31/12/2020", "date", "by", "2020-12-31"),
        ("31.12.2020", "date", "by", "2020-12-31"),
        ("31/12", "date", "by", "2017-12-31"),
        ("30/6", "date", "by", "2017-06-30"),
        ("31.12", "date", "by", "2017-12-31"),
        ("2020-12-31", "date", "by", "2020-12-31"),
        ("entro il 30 Giugno", "date", "by", "../2017-06-30"),
        ("by 30 June", "date", "by", "../2017-06-30"),
        ("06/2024", "date", "by", "2024-06"),
        ("giugno 2024", "date", "by", "2024-06"),
        ("entro il 2022", "date", "by", "../2022"),
        ("2016-36", "date", "by", "2016-36"),
        ("../2017-06-30", "date", "by", "../2017-06-30"),
        ("IV trimestre 2016", "date", "by", "2016-36"),
        ("entro fine anno", "date", "by", "../2017"),
        ("non oltre il 30 giugno 2017", "date", "by", "../2017-06-30"),
        ("bis 31. Dezember 2020", "date", "by", "../2020-12-31"),
        ("bis zum 30. Juni", "date", "by", "../2017-06-30"),
        ("bis 30.06.", "date", "by", "../2017-06-30"),
        ("bis Jahresende", "date", "by", "../2017"),
        ("innerhalb 30. Juni 2017", "date", "by", "../2017-06-30"),
        ("2. Dezember 2023", "date", "by", "2023-12-02"),
        ("letztes Quartal 2016", "date", "by", "2016-36"),
        ("1. Quartal 2021", "date", "by", "2021-33"),
        ("1. Halbjahr 2021", "date", "by", "2021-40"),
        ("ab März 2024", "date", "by", "2024-03/.."),
        ("2016 Q4", "date", "by", "2016-36"),
        // Things to be done.
        ("sì", "yes_no", "eq", "yes"),
        ("SI", "yes_no", "eq", "yes"),
        ("fatto", "yes_no", "eq", "yes"),
        ("Realizzato", "yes_no", "eq", "yes"),
        ("SI/NO", "yes_no", "eq", "yes"),
        ("yes", "yes_no", "eq", "yes"),
        ("done", "yes_no", "eq", "yes"),
        ("ja", "yes_no", "eq", "yes"),
        ("JA", "yes_no", "eq", "yes"),
        ("Ja/Nein", "yes_no", "eq", "yes"),
        ("erledigt", "yes_no", "eq", "yes"),
        ("umgesetzt", "yes_no", "eq", "yes"),
        ("Durchgeführt", "yes_no", "eq", "yes"),
        ("durchgefuehrt", "yes_no", "eq", "yes"),
        // Changes.
        ("+5%", "relative", "ge", "+5%"),
        ("+ 5%", "relative", "ge", "+5%"),
        ("−5%", "relative", "le", "-5%"),
        ("+20 utenti", "relative", "ge", "+20"),
        ("aumento del 25% rispetto al 2019", "relative", "ge", "+25%"),
        ("aumento del 25% rispetto all'anno precedente", "relative", "ge", "+25%"),
        ("incremento di almeno il 5%", "relative", "ge", "+5%"),
        ("aumento superiore al 5%", "relative", "gt", "+5%"),
        ("riduzione del 10%", "relative", "le", "-10%"),
        ("riduzione di oltre il 10%", "relative", "lt", "-10%"),
        ("5% in più", "relative", "ge", "+5%"),
        ("almeno il 5% in più", "relative", "ge", "+5%"),
        ("oltre il 5% in più rispetto al 2019", "relative", "gt", "+5%"),
        ("10 in meno", "relative", "le", "-10"),
        ("increase of 25%", "relative", "ge", "+25%"),
        ("reduction of more than 10%", "relative", "lt", "-10%"),
        ("5% more", "relative", "ge", "+5%"),
        ("Erhöhung um 25 %", "relative", "ge", "+25%"),
        ("Erhoehung um 25 %", "relative", "ge", "+25%"),
        ("Erhöhung um 25 % gegenüber 2019", "relative", "ge", "+25%"),
        ("Zunahme von mindestens 5 %", "relative", "ge", "+5%"),
        ("Steigerung um mehr als 5 %", "relative", "gt", "+5%"),
        ("Rückgang um 10 %", "relative", "le", "-10%"),
        ("Verringerung um über 10 %", "relative", "lt", "-10%"),
        ("Reduzierung um 10 % im Vergleich zu 2019", "relative", "le", "-10%"),
        ("5 % mehr", "relative", "ge", "+5%"),
        ("5 % mehr als 2019", "relative", "ge", "+5%"),
        ("10 weniger", "relative", "le", "-10"),
        // Money.
        ("€ 10.000,00", "money", "ge", "10000.00"),
        ("10.000 €", "money", "ge", "10000.00"),
        ("10 mila euro", "money", "ge", "10000.00"),
        ("almeno € 10.000", "money", "ge", "10000.00"),
        ("at most €10,000.00", "money", "le", "10000.00"),
        ("mindestens 10.000,00 €", "money", "ge", "10000.00"),
        ("höchstens 10 Tausend Euro", "money", "le", "10000.00"),
        ("1,5 Mio. Euro", "money", "ge", "1500000.00"),
        // None yet.
        ("", "none", "", ""),
        ("  ", "none", "", ""),
        ("n.d.", "none", "", ""),
        ("nd", "none", "", ""),
        ("N.D.", "none", "", ""),
        ("-", "none", "", ""),
        ("—", "none", "", ""),
        ("da definire", "none", "", ""),
        ("n/a", "none", "", ""),
        ("TBD", "none", "", ""),
        ("k.A.", "none", "", ""),
        ("k. A.", "none", "", ""),
        ("keine Angabe", "none", "", ""),
        ("noch offen", "none", "", ""),
        ("noch festzulegen", "none", "", ""),
        ("nicht angegeben", "none", "", ""),
        ("nicht verfügbar", "none", "", ""),
        // Prose.
        ("Presentazione del progetto alla Giunta", "text", "", ""),
        ("10-20", "text", "", ""),
        ("da 10 a 20", "text", "", ""),
        ("20 o 30", "text", "", ""),
        ("circa 100", "text", "", ""),
        ("100 circa", "text", "", ""),
        ("12.000 circa", "text", "", ""),
        ("10 giorni circa", "text", "", ""),
        ("30 gg ca.", "text", "", ""),
        ("80% circa", "text", "", ""),
        ("€ 1.000 circa", "text", "", ""),
        ("almeno 100 persone circa", "text", "", ""),
        ("Erogazione di 100 corsi (circa)", "text", "", ""),
        ("100 ungefähr", "text", "", ""),
        ("10 days approx.", "text", "", ""),
        ("5 nuclei familiari, per almeno 20 mensilità", "text", "", ""),
        ("20 entro giugno", "text", "", ""),
        ("fino al 30 giugno", "date", "by", "../2017-06-30"),
        ("- 5 incontri", "text", "", ""),
        ("entro 30", "text", "", ""),
        ("più 5%", "text", "", ""),
        ("meno 5%", "text", "", ""),
        ("20 in più per cento", "text", "", ""),
        ("maggio dei libri", "text", "", ""),
        ("mai", "text", "", ""),
        ("20 bis", "text", "", ""),
        ("von 10 bis 20", "text", "", ""),
        ("10 bis 20", "text", "", ""),
        ("1500 bis 2000", "text", "", ""),
        ("bis 20", "text", "", ""),
        ("etwa 100", "text", "", ""),
        ("20 oder 30", "text", "", ""),
        ("20 und mehr", "text", "", ""),
        ("2. Etappe der Arbeiten", "text", "", ""),
        ("unter der Brücke", "text", "", ""),
        ("über das Amt", "text", "", ""),
        ("gleich nach der Genehmigung", "text", "", ""),
        ("mehr Grün", "text", "", ""),
        ("Umsetzung der Maßnahme", "text", "", ""),
        ("Ende der Arbeiten", "text", "", ""),
    ] {
        assert_eq!(data(&read(written)), (kind, operator, value.to_owned()), "{written}");
    }
}

#[test]
fn words_after_a_figure_are_kept_as_its_unit() {
    for (written, unit) in [
        ("almeno 20 persone", Some("persone")),
        ("5 nuclei familiari", Some("nuclei familiari")),
        ("almeno 100 unità.", Some("unità.")),
        ("100% dei progetti", Some("dei progetti")),
        ("100 % der Projekte", Some("der Projekte")),
        ("mindestens 20 Stunden von Freiwilligen", Some("Stunden von Freiwilligen")),
        ("2 von 4 Projekten", Some("Projekten")),
        ("€ 500/mese", Some("/mese")),
        ("2 su 4 progetti", Some("progetti")),
        ("20,00", None),
        ("100.", None),
    ] {
        assert_eq!(read(written).unit(), unit, "{written}");
    }
}

#[test]
fn a_bare_figure_takes_its_operator_from_the_direction() {
    for (direction, operator) in
        [(Direction::Up, Operator::Ge), (Direction::Down, Operator::Le), (Direction::Keep, Operator::Eq)]
    {
        let bare = Target::read("20,00", &in_direction(direction), by(None)).unwrap();
        assert_eq!(bare.operator(), Some(operator));
        assert_eq!(bare.is_assumed(), direction != Direction::Keep);
        let written = Target::read("> 20", &in_direction(direction), by(None)).unwrap();
        assert_eq!(written.operator(), Some(Operator::Gt));
        assert!(!written.is_assumed());
    }
    assert!(!read("2/4").is_assumed());
}

#[test]
fn what_looks_like_a_figure_or_a_date_and_is_none_is_an_error() {
    let error = |text| Target::read(text, &Context::default(), by(Some(2017))).unwrap_err();
    for written in ["6.00.000,00", "=> 1.50,00", "€ 1.50,00", "+1.2.3%"] {
        assert!(matches!(error(written), TargetError::Number(DecimalError::Grouping { .. })), "{written}");
    }
    for written in ["31/02/2020", "entro il 31 giugno", "2020-13", "bis 31. Juni"] {
        assert!(matches!(error(written), TargetError::Date(DateError::Impossible { .. })), "{written}");
    }
    for written in ["31/12/20", "giugno 24", "bis 31.12.20"] {
        assert!(matches!(error(written), TargetError::Date(DateError::TwoDigitYear { .. })), "{written}");
    }
    assert!(matches!(
        Target::read("entro il 30 Giugno", &Context::default(), by(None)),
        Err(TargetError::Date(DateError::MissingYear { .. }))
    ));
    assert!(matches!(error("fine 2020"), TargetError::Date(DateError::Vague { .. })));
    assert!(matches!(error("2019/2020"), TargetError::Date(DateError::Span { .. })));
    assert!(matches!(error("2016 bis 2022"), TargetError::Date(DateError::Span { .. })));
    assert!(matches!(error("tra 20 e 10"), TargetError::EmptyRange { .. }));
    assert!(matches!(error("2/0"), TargetError::RatioOfNothing { .. }));
}

#[test]
fn doubtful_figures_are_read_and_say_so() {
    assert_eq!(read("1.5").doubt(), Some(Doubt::Mark));
    assert_eq!(read("almeno 12.50 €").doubt(), Some(Doubt::Mark));
    assert_eq!(read("+1.5%").doubt(), Some(Doubt::Mark));
    assert_eq!(read("tra 1 e 1.5").doubt(), Some(Doubt::Mark));
    assert_eq!(read("1,500").doubt(), Some(Doubt::Mark));
    assert_eq!(read("1,5").doubt(), None);
    let target = read("100");
    let actual = Actual::read("99.5", &target, by(None)).unwrap();
    assert_eq!(actual.doubt(), Some(Doubt::Mark));
}

#[test]
fn words_are_plain_and_correct() {
    for (written, italian, english, german) in [
        ("=> 100", "almeno 100", "at least 100", "mindestens 100"),
        ("maggiore di 100", "più di 100", "more than 100", "mehr als 100"),
        ("<= 1500", "al massimo 1.500", "at most 1,500", "höchstens 1.500"),
        ("< 10", "meno di 10", "less than 10", "weniger als 10"),
        ("= 20", "pari a 20", "exactly 20", "genau 20"),
        ("20,00", "almeno 20,00", "at least 20.00", "mindestens 20,00"),
        ("almeno 20 persone", "almeno 20 persone", "at least 20 persone", "mindestens 20 persone"),
        ("100%", "almeno il 100%", "at least 100%", "mindestens 100\u{a0}%"),
        ("> 25%", "più del 25%", "more than 25%", "mehr als 25\u{a0}%"),
        ("> 8%", "più dell’8%", "more than 8%", "mehr als 8\u{a0}%"),
        ("< 0,5%", "meno dello 0,5%", "less than 0.5%", "weniger als 0,5\u{a0}%"),
        ("= 1%", "pari all’1%", "exactly 1%", "genau 1\u{a0}%"),
        ("= 80%", "pari all’80%", "exactly 80%", "genau 80\u{a0}%"),
        ("<= 11%", "al massimo l’11%", "at most 11%", "höchstens 11\u{a0}%"),
        ("<= 1.000%", "al massimo il 1.000%", "at most 1,000%", "höchstens 1.000\u{a0}%"),
        ("tra 10 e 20", "tra 10 e 20", "between 10 and 20", "zwischen 10 und 20"),
        ("tra 8% e 20%", "tra l’8% e il 20%", "between 8% and 20%", "zwischen 8\u{a0}% und 20\u{a0}%"),
        ("2/4", "2 su 4", "2 out of 4", "2 von 4"),
        ("> 2/4", "più di 2 su 4", "more than 2 out of 4", "mehr als 2 von 4"),
        ("31/12/2020", "entro il 31 dicembre 2020", "by 31 December 2020", "bis 31. Dezember 2020"),
        ("entro il 30 Giugno", "entro il 30 giugno 2017", "by 30 June 2017", "bis 30. Juni 2017"),
        ("06/2024", "entro giugno 2024", "by the end of June 2024", "bis Ende Juni 2024"),
        ("da marzo 2024", "da marzo 2024", "from March 2024", "ab März 2024"),
        ("fatto", "sì", "yes", "ja"),
        ("+25%", "aumento del 25%", "increase of 25%", "Erhöhung um 25\u{a0}%"),
        ("+8%", "aumento dell’8%", "increase of 8%", "Erhöhung um 8\u{a0}%"),
        ("-10%", "riduzione del 10%", "reduction of 10%", "Rückgang um 10\u{a0}%"),
        ("+20 utenti", "aumento di 20 utenti", "increase of 20 utenti", "Erhöhung um 20 utenti"),
        (
            "aumento superiore al 25% rispetto al 2019",
            "aumento di oltre il 25% rispetto al 2019",
            "increase of more than 25% rispetto al 2019",
            "Erhöhung um mehr als 25\u{a0}% rispetto al 2019",
        ),
        ("€ 10.000", "almeno 10.000,00 €", "at least €10,000.00", "mindestens 10.000,00 €"),
        ("Avvio del servizio", "Avvio del servizio", "Avvio del servizio", "Avvio del servizio"),
        ("500 €/mese", "almeno 500,00 €/mese", "at least €500.00/mese", "mindestens 500,00 €/mese"),
        ("< 5'", "meno di 5'", "less than 5'", "weniger als 5'"),
        ("n.d.", "non indicato", "not stated", "nicht angegeben"),
    ] {
        let target = read(written);
        assert_eq!(target.words(Lang::It), italian, "{written}");
        assert_eq!(target.words(Lang::En), english, "{written}");
        assert_eq!(target.words(Lang::De), german, "{written}");
    }
}

#[test]
fn an_outcome_is_judged_as_the_target_says() {
    use Reason::{DayUnknown, Imprecise, NoBaseline, NoTarget, OtherKind, PartOfNothing, Prose, Unpublished};
    use Verdict::{Met, NotEvaluable, NotMet};
    for (target, actual, verdict) in [
        ("=> 100", "100", Met),
        ("=> 100", "99,99", NotMet),
        ("maggiore di 100", "100", NotMet),
        ("maggiore di 100", "100,01", Met),
        ("<= 10", "10", Met),
        ("<= 10", "10,5", NotMet),
        ("< 10", "10", NotMet),
        ("< 10", "9 giorni", Met),
        ("20,00", "22", Met),
        ("= 20", "20,4", Met),
        ("= 20", "20,5", NotMet),
        ("= 20", "19,5", Met),
        ("= 20,00", "20,004", Met),
        ("= 20,00", "20,01", NotMet),
        ("= -20", "-20,4", Met),
        ("= -20", "-20,5", NotMet),
        ("= -20", "-19,5", Met),
        ("= 0", "0,5", NotMet),
        ("= 0", "-0,4", Met),
        ("tra 10 e 20", "10", Met),
        ("tra 10 e 20", "20", Met),
        ("tra 10 e 20", "20,1", NotMet),
        ("tra 10 e 20", "9,9", NotMet),
        ("tra 10% e 20%", "3/20", Met),
        ("2/4", "2/4", Met),
        ("2/4", "1/2", Met),
        ("2/4", "499999/1000000", NotMet),
        ("1/3", "33/99", Met),
        ("1/3", "33333333/100000000", NotMet),
        ("2/4", "0/0", NotEvaluable(PartOfNothing)),
        ("2/4", "0/4", NotMet),
        ("2/4", "50%", Met),
        ("100%", "98", NotMet),
        ("100%", "100%", Met),
        ("50%", "2/4", Met),
        ("50%", "0/0", NotEvaluable(PartOfNothing)),
        ("31/12/2020", "31/12/2020", Met),
        ("31/12/2020", "01/01/2021", NotMet),
        ("entro il 30 Giugno", "15/06/2017", Met),
        ("entro il 30 Giugno", "giugno 2017", Met),
        ("entro il 30 Giugno", "2017", NotEvaluable(Imprecise)),
        ("31/12/2020", "fatto", NotEvaluable(DayUnknown)),
        ("31/12/2020", "100%", NotEvaluable(DayUnknown)),
        ("entro il 30 Giugno", "12 luglio", NotMet),
        ("entro il 30 Giugno", "no", NotMet),
        ("da marzo 2024", "15/03/2024", NotEvaluable(Imprecise)),
        ("31/12/2020", "da marzo 2020", NotEvaluable(Imprecise)),
        ("sì", "fatto", Met),
        ("sì", "non realizzato", NotMet),
        ("ja", "erledigt", Met),
        ("ja", "nicht erledigt", NotMet),
        ("ja", "nein", NotMet),
        ("bis 30. Juni", "15.06.2017", Met),
        ("bis 30. Juni", "12. Juli", NotMet),
        ("bis 30. Juni", "nein", NotMet),
        ("mindestens 2 von 4", "3 von 4", Met),
        ("mindestens 50 %", "49 Prozent", NotMet),
        ("Erhöhung um 5 %", "Zunahme um 6 %", Met),
        ("Erhöhung um 5 %", "6 % weniger", NotMet),
        ("mindestens 100", "k. A.", NotEvaluable(Unpublished)),
        ("€ 10.000,00", "10.000", Met),
        ("€ 10.000,00", "9.999,99 €", NotMet),
        ("+5%", "+5%", Met),
        ("+5%", "aumento del 4%", NotMet),
        ("+5%", "-6%", NotMet),
        ("+5%", "6% in più", Met),
        ("-10%", "-12%", Met),
        ("riduzione di oltre il 10%", "-10%", NotMet),
        ("+5%", "105", NotEvaluable(NoBaseline)),
        ("+5%", "+5", NotEvaluable(OtherKind)),
        ("Avvio del servizio", "Servizio avviato", NotEvaluable(Prose)),
        ("n.d.", "12", NotEvaluable(NoTarget)),
        ("=> 100", "n.d.", NotEvaluable(Unpublished)),
        ("=> 100", "", NotEvaluable(Unpublished)),
    ] {
        let target = read(target);
        let outcome = Actual::read(actual, &target, by(Some(2017))).unwrap_or_else(|error| panic!("{actual}: {error}"));
        assert_eq!(target.judge(&outcome, None), verdict, "{actual} for {}", target.words(Lang::En));
    }
}

#[test]
fn a_change_is_measured_from_its_baseline() {
    for (target, actual, baseline, verdict) in [
        ("+5%", "105", "100", Verdict::Met),
        ("+5%", "104,99", "100", Verdict::NotMet),
        ("-10%", "90", "100", Verdict::Met),
        ("-10%", "91", "100", Verdict::NotMet),
        ("+20", "120", "100", Verdict::Met),
        ("aumento superiore al 5%", "105", "100", Verdict::NotMet),
        ("+250%", "150", "-100", Verdict::Met),
        ("+250%", "149", "-100", Verdict::NotMet),
        ("+5%", "3", "0", Verdict::NotEvaluable(Reason::NoBaseline)),
    ] {
        let target = read(target);
        let outcome = Actual::read(actual, &target, by(None)).unwrap();
        assert_eq!(
            target.judge(&outcome, Some(&Actual::baseline(baseline, Lang::It))),
            verdict,
            "{actual} from {baseline} for {}",
            target.words(Lang::En)
        );
    }
}

#[test]
fn figures_too_long_to_compare_exactly_are_not_judged() {
    let target = read("12345678901234567890/98765432109876543210");
    let actual = Actual::read("12345678901234567891/98765432109876543211", &target, by(None)).unwrap();
    assert_eq!(target.judge(&actual, None), Verdict::NotEvaluable(Reason::TooLong));
    assert_eq!(target.progress(&actual, None), None);
}

#[test]
fn progress_is_the_way_from_the_baseline_to_the_target() {
    for (target, actual, baseline, progress) in [
        ("=> 100", "50", None, Some("0.5")),
        ("=> 100", "120", None, Some("1.2")),
        ("=> 100", "50", Some("40"), Some("0.1666666666666666666666666667")),
        ("=> 100", "30", Some("40"), Some("-0.1666666666666666666666666667")),
        ("20,00", "20", None, Some("1")),
        ("100%", "98", None, Some("0.98")),
        ("100%", "49/50", None, Some("0.98")),
        ("€ 10.000", "2.500 €", None, Some("0.25")),
        ("2/4", "1/4", None, Some("0.5")),
        ("2/4", "3/4", None, Some("1.5")),
        ("2/4", "1/4", Some("1/4"), Some("0")),
        ("<= 10", "15", Some("20"), Some("0.5")),
        ("<= 10", "8", None, None),
        ("+5%", "102,5", Some("100"), Some("0.5")),
        ("+5%", "+2,5%", None, Some("0.5")),
        ("+5%", "102", None, None),
        ("+0%", "+5%", None, None),
        ("=> 0", "5", None, None),
        ("=> 40", "50", Some("40"), None),
        ("almeno 5", "4", Some("10"), None),
        ("al massimo 15", "20", Some("10"), None),
        ("> 100", "100", None, None),
        ("= 20", "25", None, None),
        ("almeno 2 km", "1.500 m", None, Some("0.75")),
        ("30 giorni", "40 giorni", Some("50"), Some("0.5")),
        ("almeno 20", "circa 10", None, None),
        ("2/4", "0/0", None, None),
        ("31/12/2020", "31/12/2020", None, None),
        ("sì", "sì", None, None),
        ("tra 10 e 20", "15", None, None),
        ("Avvio", "Avviato", None, None),
        ("=> 100", "", None, None),
    ] {
        let baseline = baseline.map(|text| Actual::baseline(text, Lang::It));
        let context = Context { baseline: baseline.as_ref(), ..Context::default() };
        let target = Target::read(target, &context, by(None)).unwrap();
        let outcome = Actual::read(actual, &target, by(None)).unwrap();
        let found = target.progress(&outcome, baseline.as_ref()).map(|progress| progress.to_string());
        assert_eq!(found.as_deref(), progress, "{actual} for {}", target.words(Lang::En));
    }
    let keep = Target::read("20", &in_direction(Direction::Keep), by(None)).unwrap();
    let outcome = Actual::read("20", &keep, by(None)).unwrap();
    assert_eq!(keep.progress(&outcome, None), None);
}

#[test]
fn an_outcome_of_another_kind_keeps_its_words_and_is_not_judged() {
    for (target, actual) in [
        ("=> 100", "molti"),
        ("=> 100", "98%"),
        ("=> 100", "3/4"),
        ("=> 100", "100 €"),
        ("=> 100", "sì"),
        ("=> 100", "5 in più"),
        ("=> 100", "+105"),
        ("=> 100", "1.50,00"),
        ("tra 10 e 20", "sì"),
        ("100%", "100 €"),
        ("100%", "98 famiglie"),
        ("80%", "+85%"),
        ("€ 10", "10%"),
        ("2/4", "3"),
        ("31/12/2020", "100"),
        ("31/12/2020", "mai"),
        ("31/12/2020", "31/12/20"),
        ("sì", "100"),
        ("+5%", "presto"),
    ] {
        let target = read(target);
        let outcome = Actual::read(actual, &target, by(Some(2017))).unwrap();
        assert_eq!(target.judge(&outcome, None), Verdict::NotEvaluable(Reason::OtherKind), "{actual}");
        assert_eq!(target.progress(&outcome, None), None, "{actual}");
    }
    assert!(matches!(Actual::read("31/02/2020", &read("31/12/2020"), by(None)), Err(DateError::Impossible { .. })));
}

#[test]
fn an_operator_that_nobody_wrote_gives_way() {
    use Operator::{Eq, Ge, Le};
    for (title, written, unit, direction, baseline, operator, basis) in [
        ("Utenti", "20", None, None, None, Some(Ge), Basis::Default),
        ("Utenti", "20", None, Some(Direction::Down), None, Some(Le), Basis::Direction),
        ("Utenti", "20", None, Some(Direction::Up), Some("30"), Some(Ge), Basis::Direction),
        ("Utenti", "20", None, Some(Direction::Keep), Some("20"), Some(Eq), Basis::Direction),
        ("Barriere", "0", None, None, Some("11"), Some(Le), Basis::Baseline),
        ("Attesa", "30 giorni", None, None, Some("53 giorni"), Some(Le), Basis::Baseline),
        ("Attesa", "2 settimane", None, None, Some("20 giorni"), Some(Le), Basis::Baseline),
        ("Copertura", "50%", None, None, Some("30%"), Some(Ge), Basis::Baseline),
        ("Copertura", "50%", None, None, Some("30"), Some(Ge), Basis::Baseline),
        ("Spesa", "€ 1.000", None, None, Some("€ 2.000,00"), Some(Le), Basis::Baseline),
        ("Utenti", "20", None, None, Some("20"), None, Basis::Open),
        ("Utenti", "20 utenti", None, None, Some("30 famiglie"), None, Basis::Open),
        ("Utenti", "20", None, None, Some("n.d."), Some(Ge), Basis::Default),
        ("Catasto", "2022", None, None, None, None, Basis::Year),
        ("Catasto", "2022", Some("pratiche"), None, None, Some(Ge), Basis::Default),
        ("Catasto", "2022", None, Some(Direction::Up), None, Some(Ge), Basis::Direction),
        ("Catasto", "2022", None, None, Some("1800"), Some(Ge), Basis::Baseline),
        ("Infortuni", "0", None, None, None, Some(Le), Basis::Nought),
        ("Infortuni", "0%", None, None, None, Some(Le), Basis::Nought),
        ("Infortuni", "0 su 4", None, None, None, Some(Le), Basis::Nought),
        ("Infortuni", "0", None, None, Some("0"), Some(Le), Basis::Nought),
        ("Attesa", "30 giorni", None, None, None, None, Basis::Open),
        ("Attesa", "30", Some("giorni"), None, None, None, Basis::Open),
        ("Tempo medio di rilascio", "30", None, None, None, None, Basis::Open),
        ("Riduzione delle liti", "20", None, None, None, None, Basis::Open),
        ("Contenimento della spesa", "20%", None, None, None, None, Basis::Open),
        ("Calo degli iscritti", "20", None, Some(Direction::Up), None, Some(Ge), Basis::Direction),
        ("Riduzione delle liti", "almeno 20", None, None, None, Some(Ge), Basis::Written),
    ] {
        let baseline = baseline.map(|text| Actual::baseline(text, Lang::It));
        let context = Context { title, direction, unit_of_measure: unit, baseline: baseline.as_ref() };
        let target = Target::read(written, &context, by(Some(2020))).unwrap();
        assert_eq!((target.operator(), target.basis()), (operator, basis), "{title}: {written} from {baseline:?}");
    }
}

#[test]
fn figures_are_compared_in_one_unit_only() {
    use Reason::{ChangeOrLevel, Imprecise, OtherKind, ShareOrPercent, Units};
    use Verdict::{Met, NotEvaluable, NotMet};
    for (target, unit, actual, verdict) in [
        ("al massimo 2 mesi", None, "45 giorni", NotEvaluable(Units)),
        ("almeno 2 km", None, "1.500 m", NotMet),
        ("almeno 2 km", None, "2.000 m", Met),
        ("almeno 1 tonnellata", None, "900 kg", NotMet),
        ("almeno 20 utenti", None, "24 famiglie", NotEvaluable(Units)),
        ("almeno 20 utenti", None, "24 Utenti", Met),
        ("almeno 20 utenti", None, "24", Met),
        ("almeno 20", Some("utenti"), "24 famiglie", NotEvaluable(Units)),
        ("almeno 20", Some("Numero"), "24 famiglie", Met),
        ("al massimo 1 anno", None, "11 mesi", Met),
        ("al massimo 48 ore", None, "3 giorni", NotMet),
        ("al massimo 10 giorni lavorativi", None, "9 giorni", NotEvaluable(Units)),
        ("almeno € 10", None, "1.500 centesimi", Met),
        ("almeno € 10", None, "15 famiglie", NotEvaluable(Units)),
        ("80%", None, "0,8", NotEvaluable(ShareOrPercent)),
        ("100%", None, "1", NotEvaluable(ShareOrPercent)),
        ("almeno 95%", None, "0.97", NotEvaluable(ShareOrPercent)),
        ("almeno 0,8", None, "80", NotEvaluable(ShareOrPercent)),
        ("almeno 0,8", None, "80%", NotEvaluable(ShareOrPercent)),
        ("almeno 0,8", Some("ettari"), "80", Met),
        ("almeno 80", Some("%"), "85", Met),
        ("almeno 80", Some("%"), "85%", Met),
        ("almeno 80", Some("%"), "0,85", NotEvaluable(ShareOrPercent)),
        ("almeno 80", None, "85%", NotEvaluable(OtherKind)),
        ("+10%", None, "12%", NotEvaluable(ChangeOrLevel)),
        ("+10%", None, "+12%", Met),
        ("-8%", None, "ridotto dell'8%", Met),
        ("80%", None, "30/06", NotEvaluable(OtherKind)),
        ("2/4", None, "30/06", NotEvaluable(OtherKind)),
        ("almeno 20", None, "circa 25", Met),
        ("almeno 24", None, "circa 25", NotEvaluable(Imprecise)),
        ("almeno 30", None, "circa 25", NotMet),
        ("almeno 20", None, "25 circa", Met),
        ("almeno 24", None, "25 circa", NotEvaluable(Imprecise)),
        ("almeno 30", None, "25 ca.", NotMet),
        ("almeno 10.000 persone", None, "12.000 persone circa", Met),
        ("al massimo 10 giorni", None, "10 giorni circa", NotEvaluable(Imprecise)),
        ("al massimo 10 giorni", None, "20 circa giorni", NotMet),
        ("almeno 80%", None, "80% circa", NotEvaluable(Imprecise)),
        ("almeno € 1.000", None, "€ 2.000 (circa)", Met),
        ("almeno 20", None, "25 approx.", Met),
        ("almeno 20", None, "etwa 25", Met),
        ("almeno 20", None, "almeno 25 circa", NotEvaluable(OtherKind)),
        ("almeno 3", None, "> 3", Met),
        ("almeno 4", None, "> 3", NotEvaluable(Imprecise)),
        ("al massimo 3", None, "oltre 3", NotMet),
        ("al massimo 5", None, "meno di 5", Met),
        ("almeno 10", None, "tra 10 e 20", Met),
        ("almeno 15", None, "tra 10 e 20", NotEvaluable(Imprecise)),
        ("almeno 25", None, "tra 10 e 20", NotMet),
    ] {
        let context = Context { unit_of_measure: unit, ..Context::default() };
        let target = Target::read(target, &context, by(None)).unwrap();
        let outcome = Actual::read(actual, &target, by(None)).unwrap();
        assert_eq!(target.judge(&outcome, None), verdict, "{actual} for {}", target.words(Lang::En));
    }
}

#[test]
fn a_figure_that_was_met_before_is_not_met_by_an_operator_that_nobody_wrote() {
    for (written, direction, baseline, actual, verdict) in [
        ("20", Some(Direction::Up), "25", "22", Verdict::NotEvaluable(Reason::BaselineMeets)),
        ("20", Some(Direction::Up), "25", "18", Verdict::NotMet),
        ("almeno 20", None, "25", "22", Verdict::Met),
        ("0", None, "0", "0", Verdict::NotEvaluable(Reason::BaselineMeets)),
        ("0", None, "11", "9", Verdict::NotMet),
        ("0", None, "11", "0", Verdict::Met),
        ("20", Some(Direction::Keep), "20", "20", Verdict::Met),
        ("20", None, "20", "22", Verdict::NotEvaluable(Reason::NoOperator)),
    ] {
        let baseline = Actual::baseline(baseline, Lang::It);
        let context = Context { direction, baseline: Some(&baseline), ..Context::default() };
        let target = Target::read(written, &context, by(None)).unwrap();
        let outcome = Actual::read(actual, &target, by(None)).unwrap();
        assert_eq!(target.judge(&outcome, Some(&baseline)), verdict, "{written} from {baseline:?}: {actual}");
    }
}

#[test]
fn an_outcome_without_a_target_keeps_its_figure_or_its_words() {
    for target in ["n.d.", "Avvio del servizio"] {
        let target = read(target);
        let figure = Actual::read("35 utenti", &target, by(None)).unwrap();
        assert_eq!(figure.value().as_deref(), Some("35"));
        assert_eq!(figure.unit(), Some("utenti"));
        let prose = Actual::read("Servizio avviato", &target, by(None)).unwrap();
        assert_eq!(prose.value(), None);
        assert_eq!(prose.words(Lang::It), "Servizio avviato");
    }
}

#[test]
fn outcomes_are_said_in_plain_words() {
    for (target, actual, value, italian, english, german) in [
        ("=> 100", "1500 persone", "1500", "1.500 persone", "1,500 persone", "1.500 persone"),
        ("100%", "98,5", "98.5", "98,5%", "98.5%", "98,5\u{a0}%"),
        ("€ 10", "12", "12.00", "12,00 €", "€12.00", "12,00 €"),
        ("2/4", "3/4", "3/4", "3 su 4", "3 out of 4", "3 von 4"),
        ("31/12/2020", "15/06/2020", "2020-06-15", "15 giugno 2020", "15 June 2020", "15. Juni 2020"),
        ("sì", "realizzato", "yes", "sì", "yes", "ja"),
        ("sì", "non fatto", "no", "no", "no", "nein"),
        ("+5%", "+6%", "+6%", "aumento del 6%", "increase of 6%", "Erhöhung um 6\u{a0}%"),
        ("+5%", "-6%", "-6%", "riduzione del 6%", "reduction of 6%", "Rückgang um 6\u{a0}%"),
    ] {
        let target = read(target);
        let actual = Actual::read(actual, &target, by(None)).unwrap();
        assert_eq!(actual.value().as_deref(), Some(value));
        assert_eq!(actual.words(Lang::It), italian);
        assert_eq!(actual.words(Lang::En), english);
        assert_eq!(actual.words(Lang::De), german);
    }
    let none = Actual::read("n.d.", &read("100"), by(None)).unwrap();
    assert!(none.is_none());
    assert_eq!(none.words(Lang::It), "non pubblicato");
    assert_eq!(none.words(Lang::En), "not published");
    assert_eq!(none.words(Lang::De), "nicht veröffentlicht");
}

#[test]
fn a_text_too_long_for_a_sentence_stays_words() {
    let sentence = |words: usize| format!("Apertura di almeno 20 sportelli{}", " di quartiere".repeat(words));
    assert_eq!(read(&sentence(10)).kind(), TargetKind::Number);
    assert_eq!(read(&sentence(200)).kind(), TargetKind::Text);
    assert_eq!(read(&format!("almeno 3 incontri e 2 visite{}", " in città".repeat(500))).hint(), None);
}

#[test]
fn every_reason_is_said_in_a_sentence_of_each_language() {
    for reason in Reason::ALL {
        for lang in Lang::ALL {
            assert!(reason.words(lang).ends_with('.'), "{reason:?} in {lang:?}");
        }
    }
}

#[test]
fn every_operator_and_kind_has_its_name_in_data() {
    let operators: Vec<_> = Operator::ALL.iter().map(|operator| operator.key()).collect();
    assert_eq!(operators, ["ge", "gt", "le", "lt", "eq", "between", "by"]);
    let kinds: Vec<_> = TargetKind::ALL.iter().map(|kind| kind.key()).collect();
    assert_eq!(kinds, ["number", "percent", "money", "ratio", "date", "yes_no", "relative", "text", "none"]);
    assert_eq!(Direction::read("Down"), Ok(Direction::Down));
    assert_eq!(Direction::read("Erhöhen"), Ok(Direction::Up));
    assert_eq!(Direction::read("ridurre"), Direction::read("senken"));
    assert_eq!(Direction::read("beibehalten"), Ok(Direction::Keep));
}

/// Words, figures and marks that targets are made of, in any order.
fn target_like_text() -> impl Strategy<Value = String> {
    let tokens = vec![
        "=>",
        ">=",
        "<",
        "=",
        "≥",
        "almeno",
        "più di",
        "piu'",
        "non",
        "superiore",
        "inferiore",
        "a",
        "al",
        "all'",
        "il",
        "l'",
        "pari",
        "oltre",
        "massimo",
        "tra",
        "e",
        "fra",
        "between",
        "and",
        "at least",
        "more than",
        "su",
        "/",
        "out of",
        "entro",
        "giorni",
        "n.",
        "20",
        "1.500",
        "1,5",
        "1.5",
        "0",
        "8",
        "100",
        "2020",
        "30/06",
        "%",
        "per cento",
        "€",
        "euro",
        "mila",
        "milioni",
        "di",
        "persone",
        "unità",
        "+",
        "-",
        "−",
        "aumento",
        "riduzione",
        "del",
        "dell'",
        "rispetto al 2019",
        "in più",
        "in meno",
        "sì",
        "fatto",
        "n.d.",
        ".",
        "..",
        ",",
        "giugno",
        "mindestens",
        "mehr als",
        "nicht",
        "über",
        "unter",
        "genau",
        "zwischen",
        "und",
        "von",
        "bis",
        "zu",
        "zum",
        "innerhalb",
        "Tagen",
        "Prozent",
        "Mio.",
        "Personen",
        "Erhöhung",
        "Rückgang",
        "um",
        "gegenüber 2019",
        "weniger",
        "ja",
        "k.A.",
        "30. Juni",
        "Mai",
    ];
    prop::collection::vec((prop::sample::select(tokens), prop::sample::select(vec!["", " "])), 0..7)
        .prop_map(|parts| parts.into_iter().flat_map(|(token, gap)| [token, gap]).collect())
}

fn any_direction() -> impl Strategy<Value = Direction> {
    prop::sample::select(Direction::ALL)
}

fn any_goal() -> impl Strategy<Value = Goal> {
    let measure = || prop::sample::select(vec![Measure::Number, Measure::Percent, Measure::Money]);
    let figure = move || {
        (any_decimal(), measure()).prop_map(|(value, measure)| match measure {
            Measure::Money => (value.with_decimals(2).unwrap(), measure),
            Measure::Number | Measure::Percent => (value, measure),
        })
    };
    let operator = || prop::sample::select(vec![Operator::Ge, Operator::Gt, Operator::Le, Operator::Lt, Operator::Eq]);
    let unit = || {
        prop::option::of(prop::sample::select(vec![
            "persone",
            "nuclei familiari",
            "/mese",
            "dei progetti",
            "unità",
            "gg.",
        ]))
        .prop_map(|unit| unit.map(str::to_owned))
    };
    prop_oneof![
        (figure(), operator(), unit()).prop_map(|((value, measure), operator, unit)| {
            Goal::Quantity { operator: Some(operator), value, measure, unit }
        }),
        (figure(), any_decimal(), unit()).prop_filter_map("empty", |((low, measure), high, unit)| {
            let high = if measure == Measure::Money { high.with_decimals(2)? } else { high };
            (low <= high).then_some(Goal::Range { low, high, measure, unit })
        }),
        (any_decimal(), any_decimal(), operator(), unit()).prop_filter_map(
            "of nothing",
            |(part, whole, operator, unit)| (whole != Decimal::ZERO).then_some(Goal::Ratio {
                operator: Some(operator),
                part: part.abs(),
                whole: whole.abs(),
                unit,
            })
        ),
        (figure(), any::<(bool, bool)>()).prop_map(|((size, measure), (rise, strict))| {
            let size = size.abs();
            Goal::Change {
                operator: match (rise, strict) {
                    (true, false) => Operator::Ge,
                    (true, true) => Operator::Gt,
                    (false, false) => Operator::Le,
                    (false, true) => Operator::Lt,
                },
                by: if rise { size } else { Decimal::ZERO.checked_sub(size).unwrap() },
                measure,
                note: None,
            }
        }),
        crate::model::date::tests::any_date().prop_map(Goal::Date),
        Just(Goal::Yes),
        Just(Goal::None),
    ]
}

/// The reading without what words leave out: how the date was bounded, which makes no difference to its last possible day.
fn meaning(target: &Target) -> Goal {
    match target.goal() {
        Goal::Date(date) if date.latest().is_some() => Goal::Date(date.as_deadline()),
        goal => goal.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn printed_targets_are_read_back(goal in any_goal()) {
        let target = Target::of(goal);
        for lang in Lang::ALL {
            let words = target.words(lang);
            let again = Target::read(&words, &Context::default(), Conventions { lang, year: None }).unwrap();
            prop_assert_eq!(meaning(&again), meaning(&target), "{}", words);
            prop_assert_eq!(again.value().map(|value| value.replace("../", "")),
                target.value().map(|value| value.replace("../", "")));
        }
    }

    #[test]
    fn whatever_is_read_is_read_back_from_its_italian_german_and_french_words(
        text in target_like_text(), direction in any_direction(),
    ) {
        if let Ok(target) = Target::read(&text, &in_direction(direction), by(Some(2017))) {
            for lang in [Lang::It, Lang::De, Lang::Fr] {
                let words = target.words(lang);
                let again = Target::read(&words, &in_direction(direction), by(Some(2017))).unwrap();
                prop_assert_eq!(meaning(&again), meaning(&target), "{} as {}", text, words);
            }
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(
        text in "\\PC*",
        target in target_like_text(),
        actual in target_like_text(),
        date in date_like_text(),
        direction in any_direction(),
        baseline in prop::option::of(target_like_text()),
        year in prop::option::of(any::<i16>()),
    ) {
        for target in [&text, &target, &date] {
            let Ok(target) = Target::read(target, &in_direction(direction), by(year)) else { continue };
            for actual in [&text, &actual, &date] {
                if let Ok(actual) = Actual::read(actual, &target, by(year)) {
                    let baseline = baseline.as_deref().map(|text| Actual::baseline(text, Lang::It));
                    let _ = target.judge(&actual, baseline.as_ref());
                    let _ = target.progress(&actual, baseline.as_ref());
                    let _ = (actual.words(Lang::It), actual.value());
                }
            }
        }
    }

    #[test]
    fn an_outcome_equal_to_its_target_meets_it_unless_more_is_asked(
        goal in any_goal(), baseline in any_decimal(),
    ) {
        let target = Target::of(goal);
        let outcome = match target.goal().clone() {
            Goal::Quantity { value, measure, unit, .. } => {
                Outcome::Quantity { value, extent: Extent::Exact, measure, unit }
            }
            Goal::Ratio { part, whole, unit, .. } => Outcome::Ratio { part, whole, unit },
            Goal::Range { low, measure, unit, .. } => {
                Outcome::Quantity { value: low, extent: Extent::Exact, measure, unit }
            }
            Goal::Change { by, measure, note, .. } => Outcome::Change { by, measure, note },
            Goal::Date(date) => Outcome::Date(date),
            Goal::Yes => Outcome::Done(true),
            Goal::Text(_) | Goal::None => Outcome::None,
        };
        let baseline = Actual::baseline(&baseline.words(Lang::It), Lang::It);
        let verdict = target.judge(&Actual { outcome, doubt: None }, Some(&baseline));
        if !matches!(verdict, Verdict::NotEvaluable(_)) {
            let strict = target.operator().is_some_and(Operator::is_strict);
            prop_assert_eq!(verdict == Verdict::NotMet, strict);
        }
    }
}

#[test]
fn abbreviations_after_figures_are_never_units() {
    for (written, kind, value, unit) in [
        ("€ 5M", "money", "5000000.00", None),
        ("5 M€", "money", "5000000.00", None),
        ("1,2 mld €", "money", "1200000000.00", None),
        ("300k €", "money", "300000.00", None),
        ("300k utenti", "number", "300000", Some("utenti")),
        ("almeno 5M utenti", "number", "5000000", Some("utenti")),
        ("10 ml", "number", "10", Some("ml")),
        ("5 m", "number", "5", Some("m")),
        ("5 m²", "number", "5", Some("m²")),
        ("20 km", "number", "20", Some("km")),
        ("20 kg", "number", "20", Some("kg")),
    ] {
        let target = read(written);
        assert_eq!((target.kind().key(), target.value().as_deref()), (kind, Some(value)), "{written}");
        assert_eq!(target.unit(), unit, "{written}");
    }
    for written in ["20,mila", "20, mila", "almeno 5, k"] {
        assert_eq!(read(written).kind().key(), "text", "{written}");
    }
    for written in ["5M", "almeno 5 M"] {
        assert!(
            matches!(Target::read(written, &Context::default(), by(None)), Err(TargetError::Number(_))),
            "{written}"
        );
    }
}

#[test]
fn words_that_join_something_else_are_no_units_whatever_mark_ends_them() {
    for written in ["almeno 9: novembre.", "almeno 9, settembre,", "+11 o:", "almeno 20 e; 30", "almeno 5 oppure,"] {
        assert_eq!(read(written).kind().key(), "text", "{written}");
    }
}

#[test]
fn words_that_would_change_the_figure_before_them_are_no_units() {
    for written in [
        "almeno 3: M",
        "almeno 3, M utenti;",
        "almeno 3: [mila]",
        "&0 di9",
        "almeno 2, su 4 scuole",
        "almeno 5: M€",
        "almeno 102: circa;",
        "at least20, nichtsì in più",
        "almeno 20: persone in meno",
        "almeno 20, [agenti in più] ",
        "almeno 20: persone in meno rispetto al 2019",
    ] {
        assert_eq!(read(written).kind().key(), "text", "{written}");
    }
}
