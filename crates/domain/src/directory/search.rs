//! What a search of the directory asks for, read from the text of a URL: what makes no sense is left out.

use super::ContractType;
use crate::organisations::CompanyKind;
use crate::text::folded;

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

/// The words of a search, folded, without articles nor the mark of the plural, to be found at the beginning of words:
/// « l'espace vert » finds « espaces verts », and the other way round.
pub fn search_words(text: &str) -> Vec<String> {
    let folded = folded(text);
    let words = folded.split(' ').filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word));
    words.take(MOST_WORDS).map(singular).collect()
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
        let table: [(&str, &[&str]); 6] = [
            ("Espaces verts", &["espace", "vert"]),
            ("l'entretien des espaces-verts", &["entretien", "espace", "vert"]),
            ("MÉTALLERIE", &["metallerie"]),
            ("bus", &["bus"]),
            ("de la", &[]),
            (" %_'; ", &[]),
        ];
        for (typed, expected) in table {
            assert_eq!(search_words(typed), expected, "{typed}");
        }
        assert_eq!(search_words(&"mot ".repeat(500)).len(), MOST_WORDS);
    }
}
