//! Mails about the members of an organisation, and about invitations to join it (rule book 01 §16).

use std::collections::BTreeSet;

use super::{AnswersTo, Mail, Notice, Recipient};
use crate::code::code;
use crate::ids::{MembershipId, OrganisationId, UserId};
use crate::organisations::invitations::{InvitationChange, InvitationEvent};
use crate::organisations::members::{AdminCause, Handed, MemberChange, MemberEvent, Road};
use crate::organisations::transfer::{Category, Count};
use crate::organisations::{OrganisationChange, OrganisationEvent};

code! {
    /// Mails about a member of an organisation.
    MemberMail {
        Promoted = "member_promoted", "Administrateur d’une structure";
        AutomaticAdmin = "member_automatic_admin", "Administrateur d’une structure, faute d’un autre";
        Demoted = "member_demoted", "Fin du rôle d’administrateur";
        Left = "member_left", "Retrait d’une structure";
        HandedOver = "member_handed_over", "Dossiers confiés par un collègue qui part";
        DepartureAsked = "member_departure_asked", "Départ demandé par un collaborateur";
        LastAdminLeaves = "member_last_admin_leaves", "Départ demandé par le dernier administrateur";
        UnadministeredDeparture = "member_unadministered_departure", "Départ demandé dans une structure sans administrateur";
        AdminAsked = "member_admin_asked", "Statut d’administrateur demandé";
    }
}

code! {
    /// Mails about all the members of an organisation.
    MembersMail {
        Review = "members_review", "Liste des collaborateurs à relire";
        Merged = "members_merged", "Fusion de deux organisations";
        Transferred = "members_transferred", "Transfert de données entre deux structures";
    }
}

code! {
    /// Mails about an invitation to join an organisation.
    InvitationMail {
        Sent = "invitation_sent", "Invitation à rejoindre une structure";
        Accepted = "invitation_accepted", "Invitation acceptée";
    }
}

pub(super) fn of_member(event: &MemberEvent) -> Vec<Notice> {
    use MemberMail as M;
    let organisation = event.organisation;
    let to = |user| Recipient::Professional { user, organisation: None };
    let tell = |membership, recipient, mail| about(organisation, membership, recipient, mail);
    match &event.change {
        // Whoever signed up what the team verifies acts for it once it did, and is told then.
        MemberChange::Joined { membership, user, is_admin: true, road, .. }
            if !matches!(road, Road::SignUpToVerify) =>
        {
            vec![tell(*membership, to(*user), M::Promoted)]
        }
        MemberChange::Promoted { membership, user, because } => {
            let mail = match because {
                AdminCause::NobodyElse => M::AutomaticAdmin,
                AdminCause::Colleague | AdminCause::OfficialAddress | AdminCause::Team => M::Promoted,
            };
            vec![tell(*membership, to(*user), mail)]
        }
        MemberChange::Demoted { membership, user } => vec![tell(*membership, to(*user), M::Demoted)],
        MemberChange::Left { membership, user, handed } => {
            let left = tell(*membership, to(*user), M::Left);
            let takers = takers(handed).into_iter().map(|taker| tell(*membership, to(taker), M::HandedOver));
            std::iter::once(left).chain(takers).collect()
        }
        MemberChange::DepartureAsked { membership, is_last_admin: true, .. } => {
            vec![tell(*membership, Recipient::Support, M::LastAdminLeaves)]
        }
        MemberChange::DepartureAsked { membership, is_unadministered: true, .. } => {
            vec![tell(*membership, Recipient::Support, M::UnadministeredDeparture)]
        }
        MemberChange::DepartureAsked { membership, user, .. } => {
            let others = Recipient::OtherAdministrators { organisation, than: *user };
            vec![tell(*membership, others, M::DepartureAsked)]
        }
        MemberChange::AdminAsked { membership, .. } => {
            let official = Recipient::OfficialAddress(organisation);
            vec![Notice { answers_to: AnswersTo::Support, ..tell(*membership, official, M::AdminAsked) }]
        }
        MemberChange::ReviewAsked { .. } => vec![Notice {
            recipient: Recipient::Administrators(organisation),
            mail: Mail::Members(MembersMail::Review, organisation),
            answers_to: AnswersTo::Support,
        }],
        MemberChange::Joined { .. } | MemberChange::DepartureWithdrawn { .. } => vec![],
    }
}

/// A merger is told to the administrators of both, who administer the organisation that stays (rule book 01 §13); a transfer to those of
/// each, when people, applications or posts moved.
pub(super) fn of_organisation(event: &OrganisationEvent) -> Vec<Notice> {
    let mail = if matches!(event.change, OrganisationChange::Absorbed { .. }) {
        MembersMail::Merged
    } else if is_told(&event.change) {
        MembersMail::Transferred
    } else {
        return vec![];
    };
    vec![Notice {
        recipient: Recipient::Administrators(event.organisation),
        mail: Mail::Members(mail, event.organisation),
        answers_to: AnswersTo::Support,
    }]
}

/// Whether a transfer moved people, applications or posts: those who administer have to know.
fn is_told(change: &OrganisationChange) -> bool {
    let (OrganisationChange::DataGiven { moved, .. } | OrganisationChange::DataReceived { moved, .. }) =
        change
    else {
        return false;
    };
    let is_of_work = |count: &Count| {
        matches!(
            count.category,
            Category::Members | Category::ApplicationsReceived | Category::ApplicationsSent | Category::Posts
        )
    };
    moved.iter().any(|count| count.moved > 0 && is_of_work(count))
}

/// Everyone who takes something over, once.
fn takers(handed: &[Handed]) -> BTreeSet<UserId> {
    handed.iter().map(|handed| handed.to).collect()
}

const fn about(
    organisation: OrganisationId,
    membership: MembershipId,
    recipient: Recipient,
    mail: MemberMail,
) -> Notice {
    Notice {
        recipient,
        mail: Mail::Member(mail, membership),
        answers_to: AnswersTo::Organisation(organisation),
    }
}

pub(super) fn of_invitation(event: &InvitationEvent) -> Vec<Notice> {
    let invitation = event.invitation;
    match event.change {
        InvitationChange::Sent { organisation } | InvitationChange::SentAgain { organisation } => {
            vec![Notice {
                recipient: Recipient::Invited(invitation),
                mail: Mail::Invitation(InvitationMail::Sent, invitation),
                answers_to: AnswersTo::Organisation(organisation),
            }]
        }
        InvitationChange::Accepted { sender, .. } => vec![Notice {
            recipient: Recipient::Professional { user: sender, organisation: None },
            mail: Mail::Invitation(InvitationMail::Accepted, invitation),
            answers_to: AnswersTo::Support,
        }],
        InvitationChange::Revoked { .. } => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::members::Held;

    /// Rule book 01 §16: who is told what.
    #[test]
    fn each_is_told_what_concerns_them_once() {
        use MemberMail as M;
        let id = uuid::Uuid::from_u128;
        let (organisation, membership, user) = (OrganisationId(id(1)), MembershipId(id(2)), UserId(id(3)));
        let (one, two) = (UserId(id(4)), UserId(id(5)));
        let to = |user| Recipient::Professional { user, organisation: None };
        let joined = |is_admin| MemberChange::Joined { membership, user, is_admin, road: Road::Invitation };
        let promoted = |because| MemberChange::Promoted { membership, user, because };
        let asked = |is_last_admin, is_unadministered| MemberChange::DepartureAsked {
            membership,
            user,
            is_last_admin,
            is_unadministered,
        };
        let handed = |held, to| Handed { held, count: 1, to };
        let left = |handed| MemberChange::Left { membership, user, handed };
        let all = vec![handed(Held::Applications, one), handed(Held::Drafts, one), handed(Held::Asked, two)];
        for (change, expected) in [
            (joined(true), vec![(to(user), M::Promoted)]),
            (MemberChange::Joined { membership, user, is_admin: true, road: Road::SignUpToVerify }, vec![]),
            (joined(false), vec![]),
            (promoted(AdminCause::Colleague), vec![(to(user), M::Promoted)]),
            (promoted(AdminCause::NobodyElse), vec![(to(user), M::AutomaticAdmin)]),
            (MemberChange::Demoted { membership, user }, vec![(to(user), M::Demoted)]),
            (left(vec![]), vec![(to(user), M::Left)]),
            (left(all), vec![(to(user), M::Left), (to(one), M::HandedOver), (to(two), M::HandedOver)]),
            (asked(true, false), vec![(Recipient::Support, M::LastAdminLeaves)]),
            (asked(false, true), vec![(Recipient::Support, M::UnadministeredDeparture)]),
            (MemberChange::DepartureWithdrawn { membership, user }, vec![]),
            (
                asked(false, false),
                vec![(Recipient::OtherAdministrators { organisation, than: user }, M::DepartureAsked)],
            ),
        ] {
            let told: Vec<_> = of_member(&MemberEvent { organisation, change })
                .iter()
                .map(|notice| (notice.recipient, notice.mail))
                .collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(to, mail)| (to, Mail::Member(mail, membership))).collect();
            assert_eq!(told, expected);
        }
    }
}
