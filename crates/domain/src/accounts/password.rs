//! Which passwords are strong enough for an account of the platform (AUT-5, recommendation of the CNIL).

use std::collections::HashSet;
use std::sync::LazyLock;

/// The least a password has.
pub const SHORTEST_PASSWORD: usize = 16;
/// The most it has: nobody types more, and what is longer is no password.
const LONGEST: usize = 500;
/// How many kinds of characters it mixes.
const KINDS: usize = 3;
/// A part of a name or an address shorter than this says nothing of the person.
const TELLING: usize = 4;

/// Passwords that many people have, those of the identity provider: in lower case, with a letter at least. Nearly all are
/// shorter than any password allowed here: what counts is whether one is made of them ([`is_common`]).
static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../connect/src/accounts/policy/common_passwords.txt").lines().collect()
});

/// Why a password is too weak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than sixteen characters.
    #[error("the password is too short")]
    Short,
    /// More than anyone types.
    #[error("the password is too long")]
    Long,
    /// Fewer than three kinds of characters.
    #[error("the password mixes too few kinds of characters")]
    Plain,
    /// It holds a name or the address of the person.
    #[error("the password resembles the person")]
    Personal,
    /// It is a word that everybody tries, with digits or signs around it.
    #[error("the password is a common one")]
    Common,
}

/// Who a password must not resemble.
#[derive(Debug, Clone, Copy, Default)]
pub struct Personal<'a> {
    /// Address, in lower case.
    pub email: &'a str,
    /// First name.
    pub first_name: &'a str,
    /// Last name.
    pub last_name: &'a str,
}

/// Whether the password is strong enough for this person.
pub fn check_password(password: &str, person: Personal<'_>) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        return Err(WeakPassword::Short);
    }
    if length > LONGEST {
        return Err(WeakPassword::Long);
    }
    let kinds: [fn(char) -> bool; 4] =
        [char::is_lowercase, char::is_uppercase, |c| c.is_ascii_digit(), |c| c.is_ascii_punctuation()];
    if kinds.iter().filter(|is_kind| password.chars().any(**is_kind)).count() < KINDS {
        return Err(WeakPassword::Plain);
    }
    let password = password.to_lowercase();
    let user = person.email.split('@').next().unwrap_or_default();
    let parts = [person.first_name, person.last_name, user].map(str::to_lowercase);
    if parts.iter().any(|part| part.chars().count() >= TELLING && password.contains(part)) {
        return Err(WeakPassword::Personal);
    }
    if is_common(&password) { Err(WeakPassword::Common) } else { Ok(()) }
}

/// Whether a password, in lower case, is one that everybody tries, once what is put around it (digits, signs) or after it
/// (itself again) is taken away.
fn is_common(password: &str) -> bool {
    let not_a_letter = |c: char| !c.is_alphabetic();
    let tail_off = password.trim_end_matches(not_a_letter);
    let bare = tail_off.trim_start_matches(not_a_letter);
    [password, tail_off, bare].into_iter().any(|word| COMMON.contains(repeated(word)))
}

/// What a word is the repetition of; itself, most of the time.
fn repeated(word: &str) -> &str {
    let is_made_of = |part: &&str| word.as_bytes().chunks(part.len()).all(|chunk| chunk == part.as_bytes());
    (1..=word.len() / 2).filter_map(|length| word.get(..length)).find(is_made_of).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strength_is_length_kinds_and_nothing_personal_nor_common() {
        let person = Personal { email: "c.martin@courriel.example", first_name: "Léa", last_name: "Martin" };
        let long = "Aa1!".repeat(126);
        for (password, expected) in [
            ("Aa1!Aa1!Aa1!Aa1", Err(WeakPassword::Short)),
            ("Aa1!Aa1!Aa1!Aa1!", Ok(())),
            (long.as_str(), Err(WeakPassword::Long)),
            ("1234567890123456789", Err(WeakPassword::Plain)),
            ("une phrase sans rien", Err(WeakPassword::Plain)),
            ("Une phrase, sans chiffre", Ok(())),
            ("Dupont-MARTIN-2026", Err(WeakPassword::Personal)),
            ("C.Martin@2026-11-28", Err(WeakPassword::Personal)),
            ("Azertyuiop-1234567", Err(WeakPassword::Common)),
            ("2024-Marseille-2025!", Err(WeakPassword::Common)),
            ("Trois chats, une gare", Ok(())),
        ] {
            assert_eq!(check_password(password, person), expected, "{password:.30}");
        }
    }
}
