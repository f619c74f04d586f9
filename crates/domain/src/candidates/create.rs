//! A professional creates the file of a person (CRE-1 to CRE-6).

use chrono::{DateTime, Utc};

use super::{
    Account, CandidateChange, CandidateEvent, Inconsistency, NewCandidate, NewCandidateCommand,
    check_consistency,
};
use crate::ids::CandidateId;
use crate::policy::Denied;
use crate::text::Email;
use crate::{Actor, Changed};

/// What the base already holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreateFacts {
    /// The person who already has this NIR.
    pub nir_holder: Option<CandidateId>,
    /// The account that already has this address.
    pub email_holder: Option<Account>,
    /// Addresses of people of the same names, in either order, and birth date (CRE-2), those without address included.
    pub homonyms: Vec<Option<Email>>,
}

/// Why a file is not created.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CreateRefused {
    /// The actor may not create files.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The NIR disagrees with the title or the birth date (CON-3).
    #[error(transparent)]
    Inconsistent(#[from] Inconsistency),
    /// The NIR is someone else's (DUP-1).
    #[error("the NIR is taken")]
    NirTaken,
    /// Neither an address nor a phone number: one suffices, none does not (D26).
    #[error("neither an e-mail address nor a phone number")]
    Unreachable,
    /// The address is someone else's (DUP-1).
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// No candidate may have an address of this domain (USR-9, CON-8).
    #[error("the domain is forbidden to candidates")]
    ForbiddenDomain,
    /// Someone of the same names and birth date has a file: to be confirmed (CRE-2).
    #[error("someone of the same names and birth date has a file")]
    PossibleDuplicate {
        /// Redacted addresses of these people; none where there is no address.
        emails: Vec<Option<String>>,
    },
}

impl CreateRefused {
    /// Whether it says that someone has this NIR, this address, or these names and birth date.
    pub const fn tells_of_someone(&self) -> bool {
        match self {
            Self::NirTaken | Self::EmailTaken | Self::PossibleDuplicate { .. } => true,
            Self::Denied(_) | Self::Inconsistent(_) | Self::Unreachable | Self::ForbiddenDomain => false,
        }
    }
}

/// Decides on the creation of a file. The warning of a possible duplicate comes last, once nothing else is wrong.
pub fn create(
    actor: &Actor,
    command: NewCandidateCommand,
    facts: &CreateFacts,
    at: DateTime<Utc>,
) -> Result<Changed<NewCandidate>, CreateRefused> {
    let (created_by, organisation) = match actor {
        Actor::Prescriber(actor) => (actor.user, actor.organisation),
        Actor::Employer(actor) => (actor.user, actor.organisation),
        Actor::Candidate(_) | Actor::Inspector(_) | Actor::Staff(_) | Actor::System => {
            return Err(Denied::Role.into());
        }
    };
    if let Some(nir) = command.nir.nir() {
        check_consistency(nir, Some(command.title), Some(command.birth_date))?;
        if facts.nir_holder.is_some() {
            return Err(CreateRefused::NirTaken);
        }
    }
    if command.email.is_none() && command.phone.is_none() {
        return Err(CreateRefused::Unreachable);
    }
    if command.email.as_ref().is_some_and(Email::is_france_travail) {
        return Err(CreateRefused::ForbiddenDomain);
    }
    if facts.email_holder.is_some() {
        return Err(CreateRefused::EmailTaken);
    }
    if !facts.homonyms.is_empty() && !command.duplicate_confirmed {
        let redacted = |email: &Option<Email>| email.as_ref().map(Email::redacted);
        return Err(CreateRefused::PossibleDuplicate {
            emails: facts.homonyms.iter().map(redacted).collect(),
        });
    }
    let event = CandidateEvent { candidate: command.id, change: CandidateChange::Created };
    let new = NewCandidate { profile: command, created_by, organisation, created_at: at };
    Ok(Changed::new(new, event))
}

#[cfg(test)]
mod tests;
