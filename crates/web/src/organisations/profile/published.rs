//! What is published today, beside what is sent: another version, or the same one already; and who publishes nothing.

use iae_app::organisations::profile::queries::OwnOrganisation;
use iae_domain::actor::Professional;
use iae_domain::organisations::{PrescriberKind, Presentation, Profile};
use iae_domain::text::Message;

use super::super::FOR_ADMINISTRATORS;
use crate::error::PageError;
use crate::french::date_time;

/// What is answered to a member who publishes nothing: the directory of France Travail says what its agencies are (PRE-22).
pub(super) const fn not_by(member: &Professional) -> PageError {
    match member {
        Professional::Prescriber(actor) if matches!(actor.kind, PrescriberKind::Ft) => PageError::Forbidden {
            reserved_for: "aux autres organisations. Le nom et l’adresse d’une agence France Travail viennent de son répertoire\u{a0}: \
                           écrivez à l’équipe du service s’ils sont faux",
        },
        Professional::Employer(_) | Professional::Prescriber(_) => FOR_ADMINISTRATORS,
    }
}

/// Whether it says already what is sent: the button was pressed twice, or a colleague wrote the same.
pub(super) fn says_already(own: &OwnOrganisation, profile: &Profile) -> bool {
    let text = |text: Option<&Message>| text.map_or("", Message::as_str).to_owned();
    let Presentation { description, support } = profile.presentation.clone().unwrap_or_default();
    let words = profile.presentation.is_none()
        || (own.description == text(description.as_ref()) && own.support == text(support.as_ref()));
    words
        && own.shown_name == profile.name.as_str()
        && own.address_line_1 == profile.seat.line_1.as_str()
        && own.address_line_2 == profile.seat.line_2.as_ref().map_or("", |line| line.as_str())
        && own.post_code.as_deref() == Some(profile.seat.post_code.as_str())
        && own.city == profile.seat.city
        && own.phone.as_deref() == profile.phone.as_ref().map(|phone| phone.as_str())
        && own.email.as_deref() == profile.email.as_ref().map(|email| email.as_str())
        && own.website.as_deref() == profile.website.as_ref().map(|website| website.as_str())
}

/// Who published the version in force, and when (D32).
pub(super) fn by_whom(own: &OwnOrganisation) -> String {
    match (&own.published_by, own.published_at) {
        (Some(name), Some(at)) if at == own.version => {
            format!("{name} a publié une autre version de la fiche le {}.", date_time(at))
        }
        _ => format!(
            "Ce que le service sait de votre structure (SIRET, nature, fichier officiel) a changé le {}.",
            date_time(own.version)
        ),
    }
}
