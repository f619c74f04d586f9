//! Which passwords are strong enough (IDP-17, recommendation of the CNIL).

use std::collections::HashSet;
use std::sync::LazyLock;

/// The least a password has.
const SHORTEST: usize = 12;
/// From this length on, three kinds of characters are enough.
const LONG: usize = 14;
/// A part of a name or an address shorter than this says nothing of the person.
const TELLING: usize = 4;

/// Passwords that many people have: 28,000 from those of `zxcvbn` 4.4.2 (npm, MIT), found in leaks, and the first that
/// French people think of, added by hand; in lower case, sorted, with a letter at least. Nearly all are shorter than any
/// password allowed here: what counts is whether one is made of them ([`is_common`]).
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("policy/common_passwords.txt").lines().collect());

/// Words of the service, which whoever guesses tries first (ASVS 6.1.2): its name, its trade, its providers, the first word
/// of everybody.
const OF_THE_SERVICE: [&str; 12] = [
    "parcours",
    "inclusion",
    "insertion",
    "emplois",
    "connect",
    "plateforme",
    "structure",
    "candidat",
    "travail",
    "motdepasse",
    "password",
    "bienvenue",
];

/// Why a password is too weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than twelve characters.
    #[error("le mot de passe doit avoir au moins 12 caractères")]
    Short,
    /// Too few kinds of characters for its length.
    #[error(
        "le mot de passe doit mêler majuscules, minuscules, chiffres et signes de ponctuation : les quatre avant 14 \
         caractères, trois ensuite"
    )]
    Plain,
    /// It holds a name or the address of the person.
    #[error("le mot de passe ne doit contenir ni le nom de la personne ni son adresse")]
    Personal,
    /// It holds a word of the service.
    #[error(
        "le mot de passe ne doit contenir aucun mot du service, comme « parcours », « inclusion » ou « connect »"
    )]
    OfTheService,
    /// It is a word that everybody tries, with digits or signs around it.
    #[error(
        "le mot de passe est fait d’un mot très courant, que les chiffres et les signes qui l’entourent ne cachent pas"
    )]
    Common,
}

impl WeakPassword {
    /// What the form says.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::Short => "Le mot de passe doit avoir au moins 12\u{a0}caractères.",
            Self::Plain => {
                "Le mot de passe doit mêler majuscules, minuscules, chiffres et signes de ponctuation\u{a0}: les quatre \
                 avant 14\u{a0}caractères, trois d’entre eux ensuite."
            }
            Self::Personal => {
                "Le mot de passe ne doit contenir ni votre nom, ni votre prénom, ni votre adresse."
            }
            Self::OfTheService => {
                "Le mot de passe ne doit contenir aucun mot du service, comme «\u{a0}parcours\u{a0}», \
                 «\u{a0}inclusion\u{a0}» ou «\u{a0}connect\u{a0}»."
            }
            Self::Common => {
                "Ce mot de passe est fait d’un mot très courant\u{a0}: les chiffres et les signes qui l’entourent ne le \
                 cachent pas. Assemblez plutôt plusieurs mots sans lien entre eux."
            }
        }
    }
}

/// Who a password must not resemble.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Personal<'a> {
    /// Address, normalised.
    pub(crate) email: &'a str,
    /// First name.
    pub(crate) given_name: &'a str,
    /// Last name.
    pub(crate) family_name: &'a str,
}

/// Whether the password is strong enough for this person.
pub(super) fn check(password: &str, person: Personal<'_>) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(WeakPassword::Short);
    }
    let kinds: [fn(char) -> bool; 4] =
        [char::is_lowercase, char::is_uppercase, |c| c.is_ascii_digit(), |c| c.is_ascii_punctuation()];
    let kinds = kinds.iter().filter(|is_kind| password.chars().any(**is_kind)).count();
    if kinds < if length < LONG { 4 } else { 3 } {
        return Err(WeakPassword::Plain);
    }
    let password = password.to_lowercase();
    let user = person.email.split('@').next().unwrap_or_default();
    let personal = [person.given_name, person.family_name, user].map(str::to_lowercase);
    if personal.iter().any(|part| part.chars().count() >= TELLING && password.contains(part)) {
        return Err(WeakPassword::Personal);
    }
    if OF_THE_SERVICE.iter().any(|word| password.contains(word)) {
        return Err(WeakPassword::OfTheService);
    }
    if is_common(&password) {
        return Err(WeakPassword::Common);
    }
    Ok(())
}

/// Whether a password, in lower case, is one that everybody tries, once what is put around it (digits, signs), in it (letters
/// written as digits) or after it (itself again) is taken away.
fn is_common(password: &str) -> bool {
    let not_a_letter = |c: char| !c.is_alphabetic();
    let tail_off = password.trim_end_matches(not_a_letter);
    [password, tail_off, tail_off.trim_start_matches(not_a_letter)].into_iter().any(|candidate| {
        let spelled: String = candidate.chars().map(as_letter).collect();
        [candidate, &spelled].into_iter().any(|word| repeated(word).any(|part| COMMON.contains(part)))
    })
}

/// The letter that a digit or a sign is written for.
fn as_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// All that a word is the repetition of, itself among them: « doudoudoudou » is « dou » four times, and « doudou » twice.
fn repeated(word: &str) -> impl Iterator<Item = &str> {
    let is_made_of = |part: &&str| word.as_bytes().chunks(part.len()).all(|chunk| chunk == part.as_bytes());
    (1..=word.len()).filter_map(|length| word.get(..length)).filter(is_made_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_common_passwords_is_one() {
        assert!(COMMON.len() > 28_000, "{}", COMMON.len());
        for word in ["azerty", "azertyuiop", "motdepasse", "marseille", "iloveyou", "doudou"] {
            assert!(COMMON.contains(word), "{word}");
        }
        assert!(COMMON.iter().all(|word| *word == word.to_lowercase() && word.len() >= 4));
    }

    #[test]
    fn strength_is_length_kinds_and_nothing_personal_nor_common() {
        let person =
            Personal { email: "c.martin@structure.example", given_name: "Léa", family_name: "Martin" };
        let table = [
            ("Aa1!Aa1!Aa1", Err(WeakPassword::Short)),
            ("Aa1!Aa1!Aa1!", Ok(())),
            ("Aa1bAa1bAa1b", Err(WeakPassword::Plain)),
            ("Aa1bAa1bAa1bcd", Ok(())),
            ("123456789012345678", Err(WeakPassword::Plain)),
            ("une phrase sans rien", Err(WeakPassword::Plain)),
            ("Une phrase, avec.", Ok(())),
            ("Dupont-MARTIN-1", Err(WeakPassword::Personal)),
            ("C.Martin@2026-11", Err(WeakPassword::Personal)),
            ("Léa et 3 autres.", Ok(())),
            ("Parcours-IAE-2026", Err(WeakPassword::OfTheService)),
            ("MotDePasse-2026!", Err(WeakPassword::OfTheService)),
            ("inclusionCONNECT!1", Err(WeakPassword::OfTheService)),
            ("Azertyuiop-123", Err(WeakPassword::Common)),
            ("2024-Marseille-2025!", Err(WeakPassword::Common)),
            ("$oleil-2024-2025", Err(WeakPassword::Common)),
            ("Pr1nc3ss3-2024!!", Err(WeakPassword::Common)),
            ("DoudouDoudou-1", Err(WeakPassword::Common)),
            ("Trois chats, une gare", Ok(())),
            ("Marseille, puis Brest", Ok(())),
        ];
        for (password, expected) in table {
            assert_eq!(check(password, person), expected, "{password}");
        }
    }
}
