//! Somebody asks who acts for an organisation to let them in: an invitation is the answer (SGN-7, SGN-11, SGN-12, SGN-15).

use chrono::{DateTime, TimeDelta, Utc};

use super::is_professional;
use crate::Changed;
use crate::ids::{OrganisationId, SignUpRequestId, UserId};
use crate::organisations::invitations::Guest;
use crate::organisations::{OrganisationChange, OrganisationEvent};

/// How long one waits before the same organisation is asked again.
pub const JOIN_ASKED_AGAIN: TimeDelta = TimeDelta::days(1);

/// Organisations that one account may ask in a day (SGN-15, DEC).
pub const JOINS_A_DAY: i64 = 5;

/// What decides whether somebody may ask, read under the lock of the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoinFacts {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Whether whoever asks acts for it already.
    pub is_member: bool,
    /// Who is asked: its first administrator, else its first member; none when nobody acts for it, and the team is.
    pub contact: Option<UserId>,
    /// When they asked it, within a day.
    pub asked_it: Option<DateTime<Utc>>,
    /// How many organisations they asked within a day.
    pub asked: i64,
}

/// A request to be written and sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoinRequest {
    /// Its id.
    pub id: SignUpRequestId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who asks.
    pub asker: UserId,
    /// Who is asked; none: the team.
    pub contact: Option<UserId>,
    /// When.
    pub asked_at: DateTime<Utc>,
}

/// Why nobody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinRequestRefused {
    /// Only a professional joins an organisation (MEM-1).
    #[error("only a professional joins an organisation")]
    NotProfessional,
    /// They act for it already.
    #[error("a member already")]
    Member,
    /// They asked it within a day: when.
    #[error("asked already")]
    Asked(DateTime<Utc>),
    /// They asked enough organisations within a day.
    #[error("enough was asked today")]
    TooMany,
}

/// Asks.
pub fn ask_to_join(
    facts: &JoinFacts,
    asker: &Guest,
    at: DateTime<Utc>,
) -> Result<Changed<JoinRequest>, JoinRequestRefused> {
    if !is_professional(asker) {
        return Err(JoinRequestRefused::NotProfessional);
    }
    if facts.is_member {
        return Err(JoinRequestRefused::Member);
    }
    if let Some(asked_at) = facts.asked_it {
        return Err(JoinRequestRefused::Asked(asked_at));
    }
    if facts.asked >= JOINS_A_DAY {
        return Err(JoinRequestRefused::TooMany);
    }
    let JoinFacts { organisation, contact, .. } = *facts;
    let id = SignUpRequestId::at(at);
    let change = OrganisationChange::JoinAsked { asked: id, contact };
    let request = JoinRequest { id, organisation, asker: asker.user, contact, asked_at: at };
    Ok(Changed::new(request, OrganisationEvent { organisation, change }))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::tests::guest;
    use super::*;
    use crate::accounts::UserKind;

    #[test]
    fn an_organisation_is_asked_once_a_day_and_five_of_them() {
        use JoinRequestRefused as No;
        let facts = JoinFacts {
            organisation: OrganisationId(Uuid::from_u128(1)),
            is_member: false,
            contact: Some(UserId(Uuid::from_u128(2))),
            asked_it: None,
            asked: 4,
        };
        let at: DateTime<Utc> = "2026-05-04T09:00:00Z".parse().unwrap();
        let newcomer = guest(UserKind::Professional, "nadia.petit@exemple.fr");
        for (facts, expected) in [
            (facts, Ok(facts.contact)),
            (JoinFacts { contact: None, ..facts }, Ok(None)),
            (JoinFacts { is_member: true, ..facts }, Err(No::Member)),
            (JoinFacts { asked_it: Some(at), ..facts }, Err(No::Asked(at))),
            (JoinFacts { asked: 5, ..facts }, Err(No::TooMany)),
        ] {
            let asked = ask_to_join(&facts, &newcomer, at).map(|request| request.value().contact);
            assert_eq!(asked, expected, "SGN-15: {facts:?}");
        }
        let candidate = guest(UserKind::JobSeeker, "amel@exemple.fr");
        assert_eq!(ask_to_join(&facts, &candidate, at).map(drop), Err(No::NotProfessional), "SGN-6");
    }
}
