//! Which passwords are strong enough (IDP-17, recommendation of the CNIL).

use super::Account;

/// The least a password has.
const SHORTEST: usize = 12;
/// From this length on, three kinds of characters are enough.
const LONG: usize = 14;
/// A part of a name or an address shorter than this says nothing of the person.
const TELLING: usize = 4;

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
}

/// Whether the password is strong enough for this account.
pub(super) fn check(password: &str, account: &Account) -> Result<(), WeakPassword> {
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
    let user = account.email.split('@').next().unwrap_or_default();
    let personal = [account.given_name.as_str(), account.family_name.as_str(), user].map(str::to_lowercase);
    if personal.iter().any(|part| part.chars().count() >= TELLING && password.contains(part)) {
        return Err(WeakPassword::Personal);
    }
    if OF_THE_SERVICE.iter().any(|word| password.contains(word)) {
        return Err(WeakPassword::OfTheService);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::PasswordHash;

    #[tokio::test]
    async fn strength_is_length_kinds_and_nothing_personal() {
        let account = Account {
            id: uuid::Uuid::nil(),
            email: "c.martin@structure.example".to_owned(),
            given_name: "Léa".to_owned(),
            family_name: "Martin".to_owned(),
            password_hash: PasswordHash::new("whatever".into()).await.unwrap(),
            active: true,
        };
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
        ];
        for (password, expected) in table {
            assert_eq!(check(password, &account), expected, "{password}");
        }
    }
}
