//! Why an antenna is not added, in words.

use iae_domain::french::groups;
use iae_domain::organisations::{AntennaRefused, Parent, Siret};

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french;
use crate::transition::NotDone;

/// What is wrong with what should be a SIRET.
pub(crate) fn no_siret(typed: &str) -> String {
    let kept: Vec<char> = typed.chars().filter(|c| c.is_alphanumeric()).collect();
    if kept.is_empty() {
        return "Saisissez le SIRET de l’établissement : 14 chiffres.".to_owned();
    }
    if kept.iter().any(|c| !c.is_ascii_digit()) {
        return "Un SIRET ne contient que des chiffres : vérifiez qu’aucune lettre ne s’y est glissée, un O pour un zéro par exemple."
            .to_owned();
    }
    let count = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    let typed = french::plural(count, "chiffre", "chiffres");
    match count {
        9 => format!(
            "Vous avez saisi {typed}, comme un SIREN : le SIRET de l’établissement en a 14, les cinq derniers le désignent."
        ),
        _ => format!("Un SIRET a 14 chiffres, vous en avez saisi {count}."),
    }
}

/// What is worth knowing of a SIRET that is typed: a wrong key is said, never refused (ORG-2).
pub(crate) fn wrong_key(typed: &str) -> Option<&'static str> {
    let is_wrong = Siret::parse(typed).is_ok_and(|siret| !siret.has_its_key());
    is_wrong.then_some(
        "La clé de ce SIRET est fausse\u{a0}: c’est le plus souvent une faute de frappe. Certains établissements publics en ont \
         pourtant un ainsi. Relisez-le.",
    )
}

/// Why a company adds none: the page is for others.
pub(super) const fn closed(refused: AntennaRefused) -> PageError {
    let reserved_for = match refused {
        AntennaRefused::NotActive => {
            "aux structures dont la convention est en vigueur. Vérifiez vos annexes financières, puis revenez"
        }
        AntennaRefused::NoConvention => {
            "aux structures rattachées à une convention. La vôtre le sera dès que l’ASP l’aura transmise : écrivez à l’équipe du service \
             si elle tarde"
        }
        AntennaRefused::Kind | AntennaRefused::OtherSiren | AntennaRefused::Taken => "aux SIAE et aux GEIQ",
        AntennaRefused::NotProfessional => "aux professionnels",
    };
    PageError::Forbidden { reserved_for }
}

/// Why this one is not added: beside its SIRET, or on another page.
pub(super) fn refused(refused: AntennaRefused, parent: &Parent) -> NotDone {
    let siret = |said: String| FieldErrors::one("siret", said).into();
    match refused {
        AntennaRefused::OtherSiren => siret(format!(
            "Une antenne a le même SIREN que {} : son SIRET commence par {}.",
            parent.name,
            groups(parent.siret.siren(), &[3, 3, 3])
        )),
        AntennaRefused::Taken => siret(format!(
            "Une structure {} existe déjà avec ce SIRET. Si vous venez de l’ajouter, ou si vous en êtes membre, choisissez-la dans le \
             menu à votre nom, « Changer d’organisation » ; sinon, demandez à l’un de ses membres de vous inviter.",
            parent.kind.code()
        )),
        AntennaRefused::Kind
        | AntennaRefused::NotActive
        | AntennaRefused::NoConvention
        | AntennaRefused::NotProfessional => closed(refused).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_siret_that_is_none_says_what_is_wrong_with_it() {
        for (typed, said) in [
            ("", "14 chiffres"),
            (" - ", "14 chiffres"),
            ("380 123 456 0001O", "aucune lettre"),
            ("380 123 456", "comme un SIREN"),
            ("3801234560001", "vous en avez saisi 13"),
            ("380123456000111", "vous en avez saisi 15"),
        ] {
            assert!(no_siret(typed).contains(said), "{typed}: {}", no_siret(typed));
        }
    }

    #[test]
    fn a_wrong_key_is_said_of_a_whole_siret_alone() {
        for (typed, is_said) in [
            ("", false),
            ("1234567890123", false),
            ("123 456 789 01234", true),
            ("440 123 456 00018", true),
            ("130 005 481 00010", false),
            ("384 000 006 99999", false),
        ] {
            assert_eq!(wrong_key(typed).is_some(), is_said, "{typed}");
        }
    }
}
