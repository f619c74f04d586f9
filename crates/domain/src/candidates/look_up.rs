//! Finding a person by their NIR, then by their e-mail address, before creating a file (FND-1 to FND-3).

use super::policy;
use super::{CandidateChange, CandidateEvent, LookUpKey};
use crate::accounts::UserKind;
use crate::ids::{CandidateId, UserId};
use crate::policy::Denied;
use crate::text::Email;
use crate::{Actor, Changed};

/// The account that holds the NIR or the address looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub user: UserId,
    /// Its kind.
    pub kind: UserKind,
    /// Whether it is open.
    pub is_active: bool,
}

/// What a look-up finds.
#[derive(Debug, Clone, PartialEq)]
pub enum LookedUp {
    /// Nobody: the next step is the address, then the creation of the file.
    Nobody,
    /// This person; the look-up itself is kept (D4).
    Found(Changed<CandidateId>),
}

/// Why a look-up stops there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LookUpRefused {
    /// The actor may not look people up.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The NIR or the address is a professional's or the team's (FND-1, FND-3).
    #[error("the account is not a candidate's")]
    NotACandidate,
    /// The account is closed (FND-3).
    #[error("the account is closed")]
    Closed,
    /// No candidate may have an address of this domain (USR-9, CON-8).
    #[error("the domain is forbidden to candidates")]
    ForbiddenDomain,
}

/// Decides what `holder`, the account found under `key`, means. `email` is the address looked for, if one was.
pub fn look_up(
    actor: &Actor,
    key: LookUpKey,
    email: Option<&Email>,
    holder: Option<Account>,
) -> Result<LookedUp, LookUpRefused> {
    policy::look_up(actor)?;
    if email.is_some_and(Email::is_france_travail) {
        return Err(LookUpRefused::ForbiddenDomain);
    }
    let Some(account) = holder else { return Ok(LookedUp::Nobody) };
    match account.kind {
        UserKind::JobSeeker if !account.is_active => Err(LookUpRefused::Closed),
        UserKind::Professional | UserKind::Staff => Err(LookUpRefused::NotACandidate),
        UserKind::JobSeeker => {
            let candidate = CandidateId::from(account.user);
            let event = CandidateEvent { candidate, change: CandidateChange::LookedUp { by: key } };
            Ok(LookedUp::Found(Changed::new(candidate, event)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::policy::tests::{candidate, inspector, orienteur, prescriber, siae, staff};
    use super::*;

    fn account(kind: UserKind, is_active: bool) -> Account {
        Account { user: UserId(uuid::Uuid::from_u128(7)), kind, is_active }
    }

    fn by_email(address: &str, holder: Option<Account>) -> Result<LookedUp, LookUpRefused> {
        let email = Email::parse(address).unwrap();
        look_up(&prescriber(), LookUpKey::Email, Some(&email), holder)
    }

    #[test]
    fn an_unknown_address_leads_to_creation_and_a_known_one_to_the_person() {
        assert_eq!(by_email("amel@poste.example", None), Ok(LookedUp::Nobody), "FND-3");
        let found = by_email("amel@poste.example", Some(account(UserKind::JobSeeker, true))).unwrap();
        let LookedUp::Found(changed) = found else { panic!("nobody found") };
        let (candidate, events) = changed.into_parts();
        assert_eq!(candidate.0, uuid::Uuid::from_u128(7));
        assert_eq!(events[0].name(), "candidate.looked_up", "D4: the look-up is kept");
    }

    #[test]
    fn addresses_that_cannot_be_a_candidates_are_refused() {
        for (holder, refused) in [
            (account(UserKind::Professional, true), LookUpRefused::NotACandidate),
            (account(UserKind::Staff, true), LookUpRefused::NotACandidate),
            (account(UserKind::JobSeeker, false), LookUpRefused::Closed),
        ] {
            assert_eq!(by_email("amel@poste.example", Some(holder)), Err(refused), "FND-3");
        }
        assert_eq!(by_email("conseil@francetravail.fr", None), Err(LookUpRefused::ForbiddenDomain), "CON-8");
        assert_eq!(by_email("conseil@pole-emploi.fr", None), Err(LookUpRefused::ForbiddenDomain), "CON-8");
    }

    /// §12.5: candidates, inspectors and the team never look people up.
    #[test]
    fn only_prescribers_and_employers_look_people_up() {
        for actor in [prescriber(), orienteur(), siae()] {
            assert_eq!(look_up(&actor, LookUpKey::Nir, None, None), Ok(LookedUp::Nobody));
        }
        for actor in [candidate(), inspector(), staff(), Actor::System] {
            assert_eq!(look_up(&actor, LookUpKey::Nir, None, None), Err(LookUpRefused::Denied(Denied::Role)));
        }
    }
}
