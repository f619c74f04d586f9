//! Mails about habilitations: what a prefect grants (D15), and what the team decides of organisations that registered (PRE-7 to PRE-9).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::habilitations::{HabilitationChange, HabilitationEvent};
use crate::organisations::{OrganisationChange, OrganisationEvent};

code! {
    /// Mails about a request of habilitation by the prefect, and the right it gave.
    HabilitationMail {
        Submitted = "habilitation_submitted", "Demande d’habilitation à instruire";
        Complement = "habilitation_complement", "Complément d’une demande d’habilitation";
        Granted = "habilitation_granted", "Habilitation préfectorale accordée";
        Refused = "habilitation_refused", "Demande d’habilitation refusée";
        Revoked = "habilitation_revoked", "Habilitation préfectorale abrogée";
        Ending = "habilitation_ending", "Fin prochaine d’une habilitation";
        /// The same, to the DDETS.
        EndingDdets = "habilitation_ending_ddets", "Fin prochaine d’une habilitation (à la DDETS)";
        Ended = "habilitation_ended", "Habilitation arrivée à terme";
        /// The same, to the DDETS.
        EndedDdets = "habilitation_ended_ddets", "Habilitation arrivée à terme (à la DDETS)";
    }
}

code! {
    /// Mails about what the team decides of an organisation.
    AuthorisationMail {
        Validated = "authorisation_validated", "Habilitation validée";
        Refused = "authorisation_refused", "Habilitation refusée";
        KindChanged = "authorisation_kind_changed", "Nature de l’organisation changée";
    }
}

/// What a request of habilitation tells its organisation, or who instructs it.
pub(super) fn notices(event: &HabilitationEvent) -> Vec<Notice> {
    use HabilitationMail as M;
    let instructor = event.ddets.map_or(Recipient::Support, Recipient::Members);
    let from_ddets = event.ddets.map_or(AnswersTo::Support, AnswersTo::Organisation);
    let from_organisation = AnswersTo::Organisation(event.organisation);
    let tell = |recipient, mail, answers_to| Notice {
        recipient,
        mail: Mail::Habilitation(mail, event.habilitation),
        answers_to,
    };
    let to_members = |mail| tell(Recipient::Members(event.organisation), mail, from_ddets);
    match &event.change {
        HabilitationChange::Submitted { .. } => vec![tell(instructor, M::Submitted, from_organisation)],
        HabilitationChange::ComplementAsked => vec![to_members(M::Complement)],
        HabilitationChange::Granted { .. } => vec![to_members(M::Granted)],
        HabilitationChange::Refused => vec![to_members(M::Refused)],
        HabilitationChange::Revoked { is_told: true, .. } => vec![to_members(M::Revoked)],
        HabilitationChange::Announced { .. } => {
            vec![to_members(M::Ending), tell(instructor, M::EndingDdets, from_organisation)]
        }
        HabilitationChange::Ended { is_renewed: false, .. } => {
            vec![to_members(M::Ended), tell(instructor, M::EndedDdets, from_organisation)]
        }
        HabilitationChange::Begun { .. }
        | HabilitationChange::OpinionRecorded { .. }
        | HabilitationChange::Revoked { is_told: false, .. }
        | HabilitationChange::Ended { is_renewed: true, .. }
        | HabilitationChange::DocumentStored { .. }
        | HabilitationChange::DocumentDeleted { .. }
        | HabilitationChange::DocumentDownloaded { .. } => vec![],
    }
}

/// What the team decided of an organisation is told to every active member (PRE-7 to PRE-9).
pub(super) fn of_organisation(event: &OrganisationEvent) -> Vec<Notice> {
    let mail = if event.change == OrganisationChange::AuthorisationValidated {
        AuthorisationMail::Validated
    } else if event.change == OrganisationChange::AuthorisationRefused {
        AuthorisationMail::Refused
    } else if matches!(event.change, OrganisationChange::KindChanged { .. }) {
        AuthorisationMail::KindChanged
    } else {
        return vec![];
    };
    vec![Notice {
        recipient: Recipient::Members(event.organisation),
        mail: Mail::Authorisation(mail, event.organisation),
        answers_to: AnswersTo::Support,
    }]
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{HabilitationId, OrganisationId};

    fn told(ddets: Option<OrganisationId>, change: HabilitationChange) -> Vec<Recipient> {
        let organisation = OrganisationId(Uuid::from_u128(2));
        let event = HabilitationEvent {
            habilitation: HabilitationId(Uuid::from_u128(1)),
            organisation,
            ddets,
            change,
        };
        notices(&event).into_iter().map(|notice| notice.recipient).collect()
    }

    /// The team acts where a département has no DDETS member.
    #[test]
    fn who_instructs_is_told_what_is_submitted() {
        let submitted = || HabilitationChange::Submitted { is_renewal: false, is_completed: false };
        let ddets = OrganisationId(Uuid::from_u128(3));
        assert_eq!(told(Some(ddets), submitted()), [Recipient::Members(ddets)]);
        assert_eq!(told(None, submitted()), [Recipient::Support]);
        let own = Recipient::Members(OrganisationId(Uuid::from_u128(2)));
        assert_eq!(told(Some(ddets), HabilitationChange::Refused), [own]);
    }
}
