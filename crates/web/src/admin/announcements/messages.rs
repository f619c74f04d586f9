//! Why an announcement is not published, changed or withdrawn, and what to do.

use iae_app::announcements::queries::Written;
use iae_domain::announcements::{AnnouncementRefused, AnnouncementState};

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french::{date_time, spaced};
use crate::paths::AnnouncementPath;

/// Beside the field; none when the announcement itself changed meanwhile, which is another page.
pub(super) fn refused(refused: AnnouncementRefused) -> Option<FieldErrors> {
    Some(match refused {
        AnnouncementRefused::EndsBeforeItBegins => {
            FieldErrors::one("until_day", "L’affichage se termine avant de commencer.")
        }
        AnnouncementRefused::EndsInThePast => FieldErrors::one(
            "until_day",
            "La fin de l’affichage est déjà passée : personne ne lirait l’annonce.",
        ),
        AnnouncementRefused::TooLong => FieldErrors::one(
            "until_day",
            "Une annonce s’affiche un an au plus. Rapprochez la fin de l’affichage.",
        ),
        AnnouncementRefused::OutageEndsBeforeItBegins => {
            FieldErrors::one("outage_until_day", "L’interruption se termine avant de commencer.")
        }
        AnnouncementRefused::OutageNotShown => FieldErrors::one(
            "outage_from_day",
            "L’interruption doit tomber pendant l’affichage de l’annonce : avancez son début ou repoussez sa fin.",
        ),
        AnnouncementRefused::Over(_) | AnnouncementRefused::Overtaken => return None,
    })
}

/// Who changed it meanwhile, when, and where it stands (D32): on a page of its own.
pub(super) fn meanwhile(of: &Written, state: AnnouncementState) -> PageError {
    let link = AnnouncementPath { id: of.announcement.id }.to_string();
    PageError::Conflict { message: news(of, state), link: Some(("Revoir l’annonce".to_owned(), link)) }
}

/// The same of one that is over, above a form that would publish what was typed as another.
pub(super) fn may_be_another(of: &Written, state: AnnouncementState) -> String {
    format!(
        "{} Rien n’a été changé. Pour la dire quand même, publiez-la comme une nouvelle annonce.",
        news(of, state)
    )
}

/// The same in words, for a form that comes again with what was typed.
pub(super) fn news(of: &Written, state: AnnouncementState) -> String {
    let (who, at) = (&of.changed_by, date_time(of.announcement.changed_at));
    let message = match state {
        AnnouncementState::Withdrawn => {
            format!("{who} a retiré cette annonce le {at} : elle ne s’affiche plus.")
        }
        AnnouncementState::Past => {
            format!("Cette annonce s’est terminée le {}.", date_time(of.announcement.notice.shown.until))
        }
        AnnouncementState::Running | AnnouncementState::Coming => {
            let is_new = of.announcement.changed_at == of.announcement.published_at;
            let did = if is_new { "publié" } else { "modifié" };
            format!(
                "{who} a {did} cette annonce le {at}. Ce que vous venez d’envoyer n’a pas été enregistré."
            )
        }
    };
    spaced(&message)
}
