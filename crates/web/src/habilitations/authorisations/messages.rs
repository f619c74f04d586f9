//! Why the team decided nothing of an organisation, and what to do.

use iae_domain::habilitations::AuthorisationRefused;

use crate::forms::FieldErrors;

/// In words, on the page of the organisation; none when it changed meanwhile, which is another page.
pub(super) fn refused(refused: AuthorisationRefused) -> Option<FieldErrors> {
    let said = match refused {
        AuthorisationRefused::Overtaken => return None,
        AuthorisationRefused::Decided => {
            "Cette habilitation est déjà décidée : seul un membre de l’équipe qui a tous les droits peut y revenir."
        }
        AuthorisationRefused::KindToChoose => {
            "Une organisation de nature « Autre » n’est jamais habilitée : choisissez d’abord sa nature, ou saisissez son arrêté \
             préfectoral."
        }
        AuthorisationRefused::OrderToEnter => {
            "L’habilitation d’un préfet se valide en saisissant son arrêté, avec ses dates."
        }
        AuthorisationRefused::OtherTwin => {
            "Une autre organisation de ce SIRET est déjà de nature « Autre » : le refus ferait deux fois la même."
        }
        AuthorisationRefused::SameSiret => "Une autre organisation de ce SIRET est déjà de cette nature.",
        AuthorisationRefused::Authorised => {
            "Une organisation habilitée ne devient pas « Autre » : refusez d’abord son habilitation."
        }
        AuthorisationRefused::FranceTravail => {
            "Les agences de France Travail viennent de leur annuaire : leur nature ne se change pas ici."
        }
        AuthorisationRefused::SameKind => {
            return Some(FieldErrors::one("kind", "L’organisation est déjà de cette nature."));
        }
    };
    Some(FieldErrors::of_form(said))
}
