//! The first one into a company: a link is sent to its official address, the only one the State vouches for (SGN-8, SGN-9).

use chrono::{DateTime, TimeDelta, Utc};

use super::is_professional;
use crate::Changed;
use crate::ids::{OrganisationId, SignUpRequestId, UserId};
use crate::organisations::invitations::Guest;
use crate::organisations::members::JoinRefused;
use crate::organisations::{OrganisationChange, OrganisationEvent};

/// How long a link serves.
pub const COMPANY_LINK_LASTS: TimeDelta = TimeDelta::days(14);

/// Links sent to one company in an hour, whoever asks: its mailbox is not a drum (SGN-8, DEC).
pub const LINKS_AN_HOUR: i64 = 3;

/// Links that one account asks for in a day: nobody writes to every company of the country through us.
pub const LINKS_A_DAY: i64 = 10;

/// What decides who may come into a company, read under its lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompanyFacts {
    /// The company.
    pub company: OrganisationId,
    /// Whether it is active: grace is not enough (rule book 01 §3.4).
    pub is_open: bool,
    /// Whether anybody acts for it.
    pub has_members: bool,
    /// Whether the official data give an address that takes mails.
    pub has_official_address: bool,
    /// Links sent to it within an hour.
    pub sent_lately: i64,
    /// Links that whoever asks asked for within a day, to any company.
    pub asked_lately: i64,
}

/// A link to be written and sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewCompanyLink {
    /// Its id.
    pub id: SignUpRequestId,
    /// Where it leads.
    pub company: OrganisationId,
    /// Who asked for it.
    pub asker: UserId,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
}

/// A link that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompanyLink {
    /// Its id.
    pub id: SignUpRequestId,
    /// Where it leads.
    pub company: OrganisationId,
    /// Until when it serves.
    pub expires_at: DateTime<Utc>,
    /// When it served, and whom.
    pub used: Option<(DateTime<Utc>, UserId)>,
    /// Whether anybody joined the company since it was sent, by whatever road, still there or not.
    pub somebody_came: bool,
}

/// Why no link is sent, or it leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompanyLinkRefused {
    /// Only a professional joins a company (SGN-9).
    #[error("only a professional joins a company")]
    NotProfessional,
    /// Nobody joins a company that is not active.
    #[error("the company is not active")]
    Closed,
    /// Somebody acts for it: they invite (SGN-7, SGN-9).
    #[error("the company has members")]
    HasMembers,
    /// The official data give it no address.
    #[error("no official address")]
    NoOfficialAddress,
    /// Enough were sent within the hour.
    #[error("enough links were sent")]
    TooMany,
    /// Whoever asks asked for enough of them today.
    #[error("enough links were asked for")]
    AskedTooMany,
    /// It served, somebody came since, or it waited for too long.
    #[error("the link does not serve any more")]
    Over,
}

/// Joining says the same of their account.
impl From<JoinRefused> for CompanyLinkRefused {
    fn from(refused: JoinRefused) -> Self {
        match refused {
            JoinRefused::NotProfessional => Self::NotProfessional,
        }
    }
}

impl CompanyFacts {
    /// Whether somebody may be the first one there.
    fn takes(&self, guest: &Guest) -> Result<(), CompanyLinkRefused> {
        if !is_professional(guest) {
            return Err(CompanyLinkRefused::NotProfessional);
        }
        if !self.is_open {
            return Err(CompanyLinkRefused::Closed);
        }
        if self.has_members {
            return Err(CompanyLinkRefused::HasMembers);
        }
        Ok(())
    }
}

/// Sends a link to the official address of a company where nobody is.
pub fn ask_for_link(
    facts: &CompanyFacts,
    asker: &Guest,
    at: DateTime<Utc>,
) -> Result<Changed<NewCompanyLink>, CompanyLinkRefused> {
    facts.takes(asker)?;
    if !facts.has_official_address {
        return Err(CompanyLinkRefused::NoOfficialAddress);
    }
    if facts.sent_lately >= LINKS_AN_HOUR {
        return Err(CompanyLinkRefused::TooMany);
    }
    if facts.asked_lately >= LINKS_A_DAY {
        return Err(CompanyLinkRefused::AskedTooMany);
    }
    let (id, company) = (SignUpRequestId::at(at), facts.company);
    let event =
        OrganisationEvent { organisation: company, change: OrganisationChange::LinkAsked { asked: id } };
    let link =
        NewCompanyLink { id, company, asker: asker.user, asked_at: at, expires_at: at + COMPANY_LINK_LASTS };
    Ok(Changed::new(link, event))
}

impl CompanyLink {
    /// Somebody who holds it joins: it dies with the first one there, even once they left (SGN-9). Joining itself is
    /// [`crate::organisations::members::add_or_activate`]'s.
    pub fn serve(
        self,
        facts: &CompanyFacts,
        guest: &Guest,
        at: DateTime<Utc>,
    ) -> Result<Changed<Self>, CompanyLinkRefused> {
        facts.takes(guest)?;
        if self.used.is_some() || self.somebody_came || at >= self.expires_at {
            return Err(CompanyLinkRefused::Over);
        }
        let change = OrganisationChange::LinkUsed { asked: self.id };
        let event = OrganisationEvent { organisation: self.company, change };
        Ok(Changed::new(Self { used: Some((at, guest.user)), ..self }, event))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::tests::guest;
    use super::*;
    use crate::accounts::UserKind;

    const OPEN: CompanyFacts = CompanyFacts {
        company: OrganisationId(Uuid::from_u128(1)),
        is_open: true,
        has_members: false,
        has_official_address: true,
        sent_lately: 2,
        asked_lately: 9,
    };

    fn at() -> DateTime<Utc> {
        "2026-05-04T09:00:00Z".parse().unwrap()
    }

    fn newcomer() -> Guest {
        guest(UserKind::Professional, "nadia.petit@exemple.fr")
    }

    #[test]
    fn a_link_is_sent_where_nobody_is_three_times_an_hour() {
        use CompanyLinkRefused as No;
        for (facts, expected) in [
            (OPEN, Ok(())),
            (CompanyFacts { is_open: false, ..OPEN }, Err(No::Closed)),
            (CompanyFacts { has_members: true, ..OPEN }, Err(No::HasMembers)),
            (CompanyFacts { has_official_address: false, ..OPEN }, Err(No::NoOfficialAddress)),
            (CompanyFacts { sent_lately: 3, ..OPEN }, Err(No::TooMany)),
            (CompanyFacts { asked_lately: 10, ..OPEN }, Err(No::AskedTooMany)),
        ] {
            assert_eq!(ask_for_link(&facts, &newcomer(), at()).map(drop), expected, "SGN-8: {facts:?}");
        }
        let candidate = guest(UserKind::JobSeeker, "amel@exemple.fr");
        assert_eq!(ask_for_link(&OPEN, &candidate, at()).map(drop), Err(No::NotProfessional), "SGN-6");
    }

    #[test]
    fn a_link_serves_one_person_for_a_fortnight_while_nobody_is_there() {
        use CompanyLinkRefused as No;
        let end = at() + COMPANY_LINK_LASTS;
        let second = TimeDelta::seconds(1);
        let other = UserId(Uuid::from_u128(8));
        let table = [
            (OPEN, (None, false), end - second, Ok(())),
            (OPEN, (None, false), end, Err(No::Over)),
            (OPEN, (Some((at(), other)), false), end - second, Err(No::Over)),
            (OPEN, (None, true), end - second, Err(No::Over)),
            (CompanyFacts { has_members: true, ..OPEN }, (None, true), end - second, Err(No::HasMembers)),
            (CompanyFacts { is_open: false, ..OPEN }, (None, false), end - second, Err(No::Closed)),
        ];
        for (facts, (used, somebody_came), now, expected) in table {
            let id = SignUpRequestId(Uuid::from_u128(2));
            let link = CompanyLink { id, company: OPEN.company, expires_at: end, used, somebody_came };
            assert_eq!(link.serve(&facts, &newcomer(), now).map(drop), expected, "SGN-9");
        }
    }
}
