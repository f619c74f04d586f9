//! What a search of the directory asks for, read from the text of a URL: what makes no sense is left out.

use super::ContractType;
use crate::organisations::CompanyKind;
use crate::text::{folded, folded_words};

/// A distance from the centre of the commune, inclusive (rule book 04 §4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance(u16);

impl Distance {
    /// Every distance offered.
    pub const ALL: &'static [Self] = &[Self(2), Self(5), Self(10), Self(15), Self(25), Self(50), Self(100)];

    /// The distance of a search that names none, or one that is not offered.
    pub const DEFAULT: Self = Self(25);

    /// Kilometres.
    pub const fn km(self) -> u16 {
        self.0
    }

    /// The distance offered under this number of kilometres.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|distance| text == distance.0.to_string())
    }
}

impl Default for Distance {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A grand domaine of ROME: the first letter of its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobDomain(char);

impl JobDomain {
    /// Every domain, A to N.
    pub fn all() -> impl Iterator<Item = Self> {
        ('A'..='N').map(Self)
    }

    /// The domain of a letter, or of a ROME code.
    pub fn parse(text: &str) -> Option<Self> {
        text.chars().next().filter(|letter| ('A'..='N').contains(letter)).map(Self)
    }

    /// Its letter.
    pub const fn letter(self) -> char {
        self.0
    }

    /// A few words for it, shorter than the official label.
    pub const fn label(self) -> &'static str {
        match self.0 {
            'A' => "Agriculture et espaces verts",
            'B' => "Arts et artisanat",
            'C' => "Banque, assurance, immobilier",
            'D' => "Commerce et vente",
            'E' => "Communication et multimédia",
            'F' => "Bâtiment et travaux publics",
            'G' => "Hôtellerie, restauration, animation",
            'H' => "Industrie",
            'I' => "Installation et maintenance",
            'J' => "Santé",
            'K' => "Services à la personne et à la collectivité",
            'L' => "Spectacle",
            'M' => "Support à l'entreprise",
            _ => "Transport et logistique",
        }
    }
}

/// Everything a search asks for, the place aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Words looked for, folded: see [`search_words`].
    pub words: Vec<String>,
    /// How far.
    pub distance: Distance,
    /// Kinds of employers; none is all.
    pub kinds: Vec<CompanyKind>,
    /// Départements; none is all.
    pub departments: Vec<String>,
    /// Post codes of arrondissements; none is all. They never reduce the posts (rule book 04 §4.3).
    pub districts: Vec<String>,
    /// Contract types; none is all. They never reduce the employers.
    pub contract_types: Vec<ContractType>,
    /// Domains; none is all. They never reduce the employers.
    pub domains: Vec<JobDomain>,
    /// Only employers of « Premières heures en chantier ».
    pub first_hours: bool,
}

/// Words that say nothing of a trade.
const EMPTY_WORDS: [&str; 16] =
    ["a", "au", "aux", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "un"];
/// More words than this make no better search.
const MOST_WORDS: usize = 6;

/// « H/F » and the like, folded, as offers of jobs bear it: it says that the trade is anybody's.
const FOR_ANYBODY: &[&[&str]] = &[
    &["h", "f", "x"],
    &["f", "h", "x"],
    &["f", "m", "x"],
    &["m", "f", "x"],
    &["h", "f"],
    &["f", "h"],
    &["f", "m"],
    &["m", "f"],
];
/// The same in one word.
const FOR_ANYBODY_SHORT: [&str; 4] = ["hf", "fh", "hfx", "fhx"];
/// What the feminine adds to a word, after a point in the middle, a bracket, a slash or a hyphen: « jardinier·ère ».
const FEMININE: &[&str] = &[
    "e", "es", "ere", "eres", "euse", "euses", "fe", "fes", "ienne", "iennes", "iere", "ieres", "lle",
    "lles", "ne", "nes", "rice", "rices", "s", "sse", "sses", "trice", "trices",
];

/// The words of a search, folded, without articles, nor the marks of the plural, of the feminine and of « H/F », to be
/// found at the beginning of words: « l'espace vert » finds « espaces verts », and the other way round. What holds neither
/// letter nor digit finds nothing.
pub fn search_words(text: &str) -> Vec<String> {
    let folded = folded(&without_feminine(text));
    if folded.is_empty() {
        return folded_words(text);
    }
    let words: Vec<&str> = folded.split(' ').filter(|word| !FOR_ANYBODY_SHORT.contains(word)).collect();
    let words = without_anybody(&words).into_iter();
    let words = words.filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word));
    words.take(MOST_WORDS).map(singular).collect()
}

/// The words without « h f », wherever it stands.
fn without_anybody<'a>(mut words: &[&'a str]) -> Vec<&'a str> {
    let mut kept = Vec::with_capacity(words.len());
    while let Some((word, rest)) = words.split_first() {
        if let Some(mark) = FOR_ANYBODY.iter().find(|mark| words.starts_with(mark)) {
            words = &words[mark.len()..];
        } else {
            kept.push(*word);
            words = rest;
        }
    }
    kept
}

/// « Jardinier·ère », « jardinier(ère) », « agent-e-s »: the word alone.
fn without_feminine(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut is_glued = false;
    for part in text.split_inclusive(['·', '•', '‧', '.', '(', ')', '/', '-', ' ']) {
        let word = folded(part);
        if !(is_glued && FEMININE.contains(&word.as_str())) {
            kept.push_str(part);
        } else if part.ends_with(' ') {
            kept.push(' ');
        }
        is_glued = part.ends_with('(') || !part.ends_with(' ') && (is_glued || !word.is_empty());
    }
    kept
}

fn singular(word: &str) -> String {
    let stem = word.strip_suffix(['s', 'x']).filter(|stem| stem.len() >= 3);
    stem.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_distances_offered_are_read() {
        for km in [2, 5, 10, 15, 25, 50, 100] {
            assert_eq!(Distance::parse(&km.to_string()).map(Distance::km), Some(km));
        }
        for nonsense in ["", "0", "3", "-5", "025", "+25", "25 ", "1e2", "99999999999999999999"] {
            assert_eq!(Distance::parse(nonsense), None, "{nonsense:?}");
        }
        assert_eq!(Distance::default().km(), 25, "04 §4.3");
    }

    #[test]
    fn domains_are_the_letters_of_rome() {
        assert_eq!(JobDomain::all().count(), 14);
        assert_eq!(JobDomain::parse("A1203"), JobDomain::parse("A"));
        for nonsense in ["", "O", "a", "1", "É"] {
            assert_eq!(JobDomain::parse(nonsense), None, "{nonsense:?}");
        }
    }

    #[test]
    fn words_are_found_whatever_their_accents_articles_and_number() {
        let table: &[(&str, &[&str])] = &[
            ("Espaces verts", &["espace", "vert"]),
            ("l'entretien des espaces-verts", &["entretien", "espace", "vert"]),
            ("MÉTALLERIE", &["metallerie"]),
            ("bus", &["bus"]),
            ("de la", &[]),
            (" %_'; ", &["%_';"]),
            ("  ", &[]),
            ("jardinier H/F", &["jardinier"]),
            ("Jardinier (H/F)", &["jardinier"]),
            ("jardinier F/H paysagiste", &["jardinier", "paysagiste"]),
            ("h/f jardinier", &["jardinier"]),
            ("jardinier h-f", &["jardinier"]),
            ("jardinier HF", &["jardinier"]),
            ("jardinier (h/f/x)", &["jardinier"]),
            ("jardinier M/F", &["jardinier"]),
            ("jardinier·ère", &["jardinier"]),
            ("jardinier.ère", &["jardinier"]),
            ("jardinier(ère) paysagiste", &["jardinier", "paysagiste"]),
            ("jardinier (ère) paysagiste", &["jardinier", "paysagiste"]),
            ("jardinier-ère", &["jardinier"]),
            ("jardinier/ère", &["jardinier"]),
            ("agent(e)s d'entretien", &["agent", "entretien"]),
            ("agent·e·s d'entretien", &["agent", "entretien"]),
            ("vendeur-euse", &["vendeur"]),
            ("technicien/ne", &["technicien"]),
            ("e-commerce", &["e", "commerce"]),
            ("porte-à-porte", &["porte", "porte"]),
        ];
        for (typed, expected) in table {
            assert_eq!(search_words(typed), *expected, "{typed}");
        }
        assert_eq!(search_words(&"mot ".repeat(500)).len(), MOST_WORDS);
    }
}
