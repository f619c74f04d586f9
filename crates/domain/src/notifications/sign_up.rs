//! Mails about sign-ups: what is asked of those who may let somebody in, and what the team is to verify (rule book 01 §16).

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::organisations::{AuthorisationStatus, OrganisationChange, OrganisationEvent};

code! {
    /// Mails about what somebody who signs up asks of an organisation.
    SignUpMail {
        CompanyLink = "sign_up_company_link", "Lien d’inscription d’un employeur";
        JoinAsked = "sign_up_join_asked", "Demande à rejoindre une structure";
        /// The same, to the team: nobody acts for the organisation.
        JoinAskedTeam = "sign_up_join_asked_team", "Demande à rejoindre une structure sans membre";
    }
}

code! {
    /// Mails about an organisation that somebody signed up.
    NewOrganisationMail {
        Prescriber = "new_prescriber_to_check", "Nouvelle organisation, habilitation à valider";
        Facilitator = "new_facilitator_to_check", "Nouveau facilitateur, à vérifier";
        /// To its members, once the team did.
        FacilitatorVerified = "facilitator_verified", "Facilitateur vérifié, structure ouverte";
    }
}

/// What follows from a sign-up.
pub(super) fn notices(event: &OrganisationEvent) -> Vec<Notice> {
    let organisation = event.organisation;
    let (recipient, mail) = if let OrganisationChange::LinkAsked { asked } = event.change {
        (Recipient::OfficialAddress(organisation), Mail::SignUp(SignUpMail::CompanyLink, asked))
    } else if let OrganisationChange::JoinAsked { asked, contact } = event.change {
        match contact {
            Some(user) => {
                let contact = Recipient::Professional { user, organisation: None };
                (contact, Mail::SignUp(SignUpMail::JoinAsked, asked))
            }
            None => (Recipient::Support, Mail::SignUp(SignUpMail::JoinAskedTeam, asked)),
        }
    } else if let OrganisationChange::SignedUp { authorisation, .. } = event.change {
        let mail = match authorisation {
            Some(AuthorisationStatus::NotSet) => NewOrganisationMail::Prescriber,
            None => NewOrganisationMail::Facilitator,
            // Whoever needs no authorisation has nothing to be verified (PRE-6).
            Some(
                AuthorisationStatus::NotRequired
                | AuthorisationStatus::Validated
                | AuthorisationStatus::Refused,
            ) => return vec![],
        };
        (Recipient::Support, Mail::NewOrganisation(mail, organisation))
    } else if event.change == OrganisationChange::FacilitatorVerified {
        let mail = NewOrganisationMail::FacilitatorVerified;
        (Recipient::Members(organisation), Mail::NewOrganisation(mail, organisation))
    } else {
        return vec![];
    };
    vec![Notice { recipient, mail, answers_to: AnswersTo::Support }]
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{OrganisationId, SignUpRequestId, UserId};

    /// Rule book 01 §16, SGN-8, SGN-11, SGN-16, PRE-6.
    #[test]
    fn each_is_told_what_is_asked_of_them() {
        let id = Uuid::from_u128;
        let (organisation, asked, user) = (OrganisationId(id(1)), SignUpRequestId(id(2)), UserId(id(3)));
        let signed_up = |authorisation| OrganisationChange::SignedUp { user, authorisation };
        let joining = |contact| OrganisationChange::JoinAsked { asked, contact };
        let request = |mail| Mail::SignUp(mail, asked);
        let new = |mail| Mail::NewOrganisation(mail, organisation);
        let contact = Recipient::Professional { user, organisation: None };
        for (change, expected) in [
            (
                OrganisationChange::LinkAsked { asked },
                Some((Recipient::OfficialAddress(organisation), request(SignUpMail::CompanyLink))),
            ),
            (joining(Some(user)), Some((contact, request(SignUpMail::JoinAsked)))),
            (joining(None), Some((Recipient::Support, request(SignUpMail::JoinAskedTeam)))),
            (
                signed_up(Some(AuthorisationStatus::NotSet)),
                Some((Recipient::Support, new(NewOrganisationMail::Prescriber))),
            ),
            (signed_up(Some(AuthorisationStatus::NotRequired)), None),
            (signed_up(None), Some((Recipient::Support, new(NewOrganisationMail::Facilitator)))),
            (
                OrganisationChange::FacilitatorVerified,
                Some((Recipient::Members(organisation), new(NewOrganisationMail::FacilitatorVerified))),
            ),
            (OrganisationChange::LinkUsed { asked }, None),
        ] {
            let told = notices(&OrganisationEvent { organisation, change });
            let told: Vec<_> = told.iter().map(|notice| (notice.recipient, notice.mail)).collect();
            assert_eq!(told, Vec::from_iter(expected));
        }
    }
}
