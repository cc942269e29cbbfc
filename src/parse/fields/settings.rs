//! Tables of `site.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::objective::Count;
use super::parts::{OneText, TextOr};
use crate::diagnostic::{Code, Level, Profile, Ruling, Rulings};
use crate::model::{Colour, Lang, NamePolicy, NavItem};
use crate::parse::declaration::Holds;
use crate::parse::field::{Reader, Value, record};
use crate::parse::node::Node;
use crate::parse::value::{LinkTo, WebAddress, one_of};

record! {
    /// Tables of `site.toml`.
    pub(crate) struct SiteFields {
        site: Option<SiteTable> = "site", required => "Titolo, indirizzo, lingue" / "Title, address, languages";
        city: Option<CityTable> = "city" | "ente" => "Chi pubblica" / "Who publishes";
        brand: Option<BrandTable> = "brand" | "marchio" => "Colore" / "Colour";
        theme: Option<ThemeTable> = "theme" | "tema" => "Tema" / "Theme";
        links: Option<LinksTable> = "links" | "collegamenti" => "Collegamenti del piè di pagina" / "Links of the footer";
        nav: Option<NavTable> = "nav" | "menu" => "Menu" / "Menu";
        people: Option<PeopleTable> = "people" | "persone" => "Nomi dei funzionari" / "Names of officials";
        feeds: Option<FeedsTable> = "feeds" => "Flussi RSS e Atom" / "RSS and Atom feeds";
        check: Option<CheckTable> = "check" | "controlli" => "Quali regole si controllano" / "Which rules are checked";
        rules: Option<Rulings> = "rules" | "regole" => "Regole spente o cambiate per tutto il sito, con il motivo" / "Rules that are off or changed for the whole site, with the reason";
        withdrawn: Option<WithdrawalReasons> = "withdrawn" | "ritirate" => "Pagine tolte prima del tempo: indirizzo e motivo" / "Pages withdrawn before their time: address and reason";
        labels: Option<Labels> = "labels" | "etichette" => "Parole al posto di quelle del tema" / "Words in place of the theme's";
    }
}

record! {
    /// `[site]`.
    pub(crate) struct SiteTable {
        title: Option<String> = "title" | "titolo", required => "Titolo del sito" / "Title of the site";
        base_url: Option<WebAddress> = "base_url" | "indirizzo", required => "Indirizzo del sito" / "Address of the site";
        description: Option<String> = "description" | "descrizione" => "Di che cosa parla" / "What it is about";
        languages: Option<Vec<Lang>> = "languages" | "lingue" => "Lingue, la prima è quella degli indirizzi" / "Languages, the first is that of addresses";
        licence: Option<TextOr<LicenceTable>> = "licence" | "license" | "licenza" => "Licenza di contenuti e dati" / "Licence of content and data";
        + others: SiteWords = each language;
    }
}

record! {
    /// `[site.<language>]`: texts of `[site]` in a language.
    pub(crate) struct SiteWords {
        title: Option<String> = "title" | "titolo" => "Titolo del sito" / "Title of the site";
        description: Option<String> = "description" | "descrizione" => "Di che cosa parla" / "What it is about";
    }
}

record! {
    /// Keys of a licence.
    pub(crate) struct LicenceTable {
        name: Option<String> = "name" | "nome", required => "Nome" / "Name";
        url: Option<WebAddress> = "url", required => "Testo" / "Text";
    }
}

record! {
    /// `[city]`.
    pub(crate) struct CityTable {
        name: Option<String> = "name" | "nome" => "Nome dell’ente; se manca, il titolo del sito" / "Name of the body; the title of the site if left out";
        url: Option<WebAddress> = "url" | "sito" => "Sito istituzionale" / "Institutional site";
        logo: Option<String> = "logo" => "Stemma quadrato: un file in assets/ o static/" / "Square picture: a file in assets/ or static/";
        logo_dark: Option<String> = "logo_dark" => "Stemma per le pagine scure" / "Square picture for dark pages";
        address: Option<String> = "address" | "indirizzo" => "Indirizzo" / "Postal address";
        pec: Option<String> = "pec" => "PEC" / "Certified e-mail";
        phone: Option<String> = "phone" | "telefono" => "Telefono" / "Telephone";
        email: Option<String> = "email" => "E-mail" / "E-mail";
        + others: CityWords = each language;
    }
}

record! {
    /// `[city.<language>]`: texts of `[city]` in a language.
    pub(crate) struct CityWords {
        name: Option<String> = "name" | "nome" => "Nome dell’ente" / "Name of the body";
        url: Option<WebAddress> = "url" | "sito" => "Sito istituzionale" / "Institutional site";
        address: Option<String> = "address" | "indirizzo" => "Indirizzo" / "Postal address";
    }
}

record! {
    /// `[brand]`.
    pub(crate) struct BrandTable {
        primary: Option<Colour> = "primary" | "primario" => "Colore, per esempio #0066cc" / "Colour, such as #0066cc";
    }
}

record! {
    /// `[theme]`.
    pub(crate) struct ThemeTable {
        name: Option<String> = "name" | "nome" => "Cartella sotto themes/" / "Folder below themes/";
        dark: Option<bool> = "dark" | "scuro" => "Pagine scure dove il lettore le chiede" / "Dark pages where the reader asks for them";
        bootstrap_italia_css: Option<String> = "bootstrap_italia_css" => "Copia propria di Bootstrap Italia: un file CSS in assets/ o static/" / "Own copy of Bootstrap Italia: a CSS file in assets/ or static/";
        extra_css: Option<String> = "extra_css" => "Foglio di stile aggiuntivo: un file in assets/ o static/" / "Additional stylesheet: a file in assets/ or static/";
    }
}

record! {
    /// `[links]`.
    pub(crate) struct LinksTable {
        accessibility: Option<LinkTo> = "accessibility" | "accessibilità" | "accessibilita" => "Dichiarazione di accessibilità" / "Accessibility statement";
        privacy: Option<LinkTo> = "privacy" => "Informativa privacy" / "Privacy notice";
        legal: Option<LinkTo> = "legal" | "note_legali" => "Note legali" / "Legal notes";
        transparency: Option<LinkTo> = "transparency" | "trasparenza" => "Amministrazione trasparente" / "Amministrazione trasparente";
        report_error: Option<LinkTo> = "report_error" | "segnala_errore" => "Dove segnalare errori; {page} diventa l’indirizzo della pagina" / "Where errors are reported; {page} becomes the page’s address";
        search_action: Option<WebAddress> = "search_action" | "cerca" => "La ricerca del sito della città, con il parametro vuoto da riempire: https://…/cerca?testo=" / "The search of the city's own site, with the empty parameter to fill: https://…/search?text=";
        source_files: Option<WebAddress> = "source_files" | "file_sorgenti" => "Dove si leggono i file" / "Where the files can be read";
        source_history: Option<WebAddress> = "source_history" | "storia" => "Dove si legge la storia dei file" / "Where the files' history can be read";
        + others: LinksWords = each language;
    }
}

record! {
    /// `[links.<language>]`: links that lead elsewhere in a language.
    pub(crate) struct LinksWords {
        accessibility: Option<LinkTo> = "accessibility" | "accessibilità" | "accessibilita" => "Dichiarazione di accessibilità" / "Accessibility statement";
        privacy: Option<LinkTo> = "privacy" => "Informativa privacy" / "Privacy notice";
        legal: Option<LinkTo> = "legal" | "note_legali" => "Note legali" / "Legal notes";
        transparency: Option<LinkTo> = "transparency" | "trasparenza" => "Amministrazione trasparente" / "Amministrazione trasparente";
        report_error: Option<LinkTo> = "report_error" | "segnala_errore" => "Dove segnalare errori" / "Where errors are reported";
    }
}

record! {
    /// `[nav]`.
    pub(crate) struct NavTable {
        items: Option<Vec<NavItem>> = "items" | "voci" => "Voci del menu" / "Entries of the menu";
    }
}

record! {
    /// `[people]`.
    pub(crate) struct PeopleTable {
        names: Option<NamePolicy> = "names" | "nomi" => "Chi è nominato: executives, all, none" / "Who is named: executives, all, none";
        keep_years: Option<Count> = "keep_years" | "anni" => "Per quanti anni dopo l’ultimo giorno di una scheda si pubblicano i nomi" / "For how many years after a record's last day names are published";
    }
}

record! {
    /// `[feeds]`.
    pub(crate) struct FeedsTable {
        tag: Option<String> = "tag" => "Autorità e data degli identificativi (RFC 4151)" / "Authority and date of the ids (RFC 4151)";
    }
}

record! {
    /// `[check]`.
    pub(crate) struct CheckTable {
        profiles: Option<Vec<Profile>> = "profiles" | "profili" => "Gruppi di regole: quality, people, accessibility, dlgs33, outcomes; se manca valgono i primi tre, [] li spegne" / "Groups of rules: quality, people, accessibility, dlgs33, outcomes; the first three where it is left out, [] turns them off";
        due_days: Option<Count> = "due_days" | "giorni_di_preavviso" => "Quanti giorni prima si avvisa di una scadenza" / "How many days ahead a deadline is announced";
    }
}

/// Licences that the guidelines on open data name (AgID, Linee guida sui dati aperti, 2023).
const KNOWN_LICENCES: [(&str, &str); 3] = [
    ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ("IODL 2.0", "https://www.dati.gov.it/content/italian-open-data-license-v20"),
];

/// Short name and text of a licence that goes by its name. Both are empty if the name isn't known, which is a problem
/// of its own: a licence is stated.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KnownLicence(pub(crate) &'static str, pub(crate) &'static str);

impl OneText for LicenceTable {
    type Text = KnownLicence;

    fn of_text(KnownLicence(name, url): KnownLicence) -> Self {
        let is_known = !name.is_empty();
        Self { name: is_known.then(|| name.to_owned()), url: is_known.then(|| WebAddress(url.to_owned())) }
    }
}

impl Value for KnownLicence {
    const HOLDS: Holds = Holds::Word;

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let text = at.written(node)?;
        let known = KNOWN_LICENCES.map(|(name, url)| (Self(name, url), name));
        Some(one_of(&text, &known, at).unwrap_or_default())
    }

    fn schema() -> Json {
        json!({ "type": "string", "enum": KNOWN_LICENCES.map(|(name, _)| name) })
    }
}

/// Declares values that are one name of a table, but for case.
macro_rules! names {
    ($($type:ident = $table:expr;)+) => {$(
        impl Value for $type {
            const HOLDS: Holds = Holds::Word;

            fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
                let text = at.written(node)?;
                one_of(&text, &$table, at)
            }

            fn schema() -> Json {
                json!({ "type": "string", "enum": $table.map(|(_, name)| name) })
            }
        }
    )+};
}

names! {
    Lang = Self::ALL.map(|lang| (lang, lang.code()));
    Level = Self::ALL;
    NavItem = Self::ALL;
    Profile = Self::ALL;
}

/// Texts by key, and texts of other languages by language and key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    pub(crate) own: BTreeMap<String, String>,
    pub(crate) others: BTreeMap<Lang, BTreeMap<String, String>>,
}

impl Value for Labels {
    const HOLDS: Holds = Holds::Keyed(&Holds::Text);

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let Node::Map(entries) = node else { return at.wrong_type("record", &node) };
        let mut labels = Self::default();
        let (others, own): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|(key, value)| matches!(value, Node::Map(_)) && key.parse::<Lang>().is_ok());
        label(own, &mut labels.own, at);
        for (key, value) in others {
            if let (Ok(lang), Node::Map(entries)) = (key.parse::<Lang>(), value) {
                at.at_key(key, |at| label(entries, labels.others.entry(lang).or_default(), at));
            }
        }
        Some(labels)
    }

    fn schema() -> Json {
        json!({ "type": "object", "additionalProperties": { "type": ["string", "object"] } })
    }
}

fn label(entries: Vec<(String, Node)>, labels: &mut BTreeMap<String, String>, at: &mut Reader<'_>) {
    for (key, value) in entries {
        at.at_key(key.clone(), |at| match value {
            // TOML reads an unquoted `st.met` as nested tables.
            Node::Map(inner) => {
                let inner = inner.into_iter().map(|(name, value)| (format!("{key}.{name}"), name, value));
                for (key, name, value) in inner {
                    at.at_key(name, |at| labels.extend(text(value, at).map(|text| (key, text))));
                }
            }
            value => labels.extend(text(value, at).map(|text| (key, text))),
        });
    }
}

/// Reasons for which pages were withdrawn, by their addresses without the slashes at the ends.
#[derive(Clone, Debug, Default)]
pub(crate) struct WithdrawalReasons(pub(crate) BTreeMap<String, Arc<Ruling>>);

impl Value for WithdrawalReasons {
    const HOLDS: Holds = Holds::Keyed(&Holds::Text);

    fn read(node: Node, at: &mut Reader<'_>) -> Option<Self> {
        let Node::Map(entries) = node else { return at.wrong_type("record", &node) };
        let mut withdrawn = Self::default();
        for (address, reason) in entries {
            at.at_key(address.clone(), |at| {
                if reason.is_blank() {
                    let problem = at.problem(Code::Missing).with("key", address.as_str());
                    at.report.add(problem);
                } else if let Some(reason) = text(reason, at) {
                    let ruling = Arc::new(Ruling { level: Level::Off, reason });
                    withdrawn.0.insert(address.trim_matches('/').to_owned(), ruling);
                }
            });
        }
        Some(withdrawn)
    }

    fn schema() -> Json {
        json!({ "type": "object", "additionalProperties": { "type": "string" } })
    }
}

fn text(value: Node, at: &mut Reader<'_>) -> Option<String> {
    match value {
        Node::Text(text) => Some(text),
        other => at.wrong_type("text", &other),
    }
}
