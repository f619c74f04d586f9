//! Changing what a file says of a person (UPD-1, UPD-2, HIS-1 to HIS-3).

use super::details::{Details, Field, FieldChange, Locks};
use super::{Account, CandidateChange, CandidateEvent, Inconsistency, NirAnswer, check_consistency};
use crate::Changed;
use crate::code::code;
use crate::ids::{CandidateId, FieldChangeId};
use crate::policy::Denied;

/// Which version of a file someone read: the last change its history held; none before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileVersion(pub Option<FieldChangeId>);

/// A file as it is recorded, locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedFile {
    /// The person.
    pub id: CandidateId,
    /// What it says.
    pub details: Details,
    /// What cannot be changed.
    pub locks: Locks,
    /// Its version.
    pub version: FileVersion,
}

code! {
    /// Who changes a file; a person whose file a professional changes is told (rule book 02 §14.4).
    Author {
        Person = "person", "La personne";
        Professional = "professional", "Un professionnel";
    }
}

/// What the base holds that may stand in the way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UpdateFacts {
    /// Who already has the NIR given.
    pub nir_holder: Option<CandidateId>,
    /// The account that already has the address given.
    pub email_holder: Option<Account>,
}

/// Why a file is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UpdateRefused {
    /// The actor sees a masked file.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Someone changed the file since it was read (D32).
    #[error("the file changed meanwhile")]
    Overtaken,
    /// The NIR disagrees with the title or the birth date (CON-3).
    #[error(transparent)]
    Inconsistent(#[from] Inconsistency),
    /// The NIR is someone else's (DUP-1).
    #[error("the NIR is taken")]
    NirTaken,
    /// The address is someone else's (DUP-1).
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// No candidate may have an address of this domain (USR-9, CON-8).
    #[error("the domain is forbidden to candidates")]
    ForbiddenDomain,
    /// Neither an address nor a phone number: the person could not be reached (D26).
    #[error("no way to reach the person")]
    NoContact,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdatedFile {
    /// The person.
    pub id: CandidateId,
    /// What it says from now on.
    pub details: Details,
    /// Whether anything changed; else it was read again and confirmed.
    pub is_changed: bool,
    /// Whether France Travail no longer vouches for who the person is (HIS-2).
    pub drops_certification: bool,
}

impl RecordedFile {
    /// What would be recorded: what is read-only stays as it is, whatever was posted.
    #[must_use]
    pub fn allowed(&self, mut given: Details) -> Details {
        for field in Field::ALL {
            if self.locks.lock(*field, &self.details) {
                given.take(*field, &self.details);
            }
        }
        given
    }

    /// Changes the file, `seen` in this version.
    pub fn update(
        self,
        seen: FileVersion,
        given: Details,
        by: Author,
        facts: UpdateFacts,
    ) -> Result<Changed<UpdatedFile>, UpdateRefused> {
        if seen != self.version {
            return Err(UpdateRefused::Overtaken);
        }
        let details = self.allowed(given);
        if let Some(NirAnswer::Known(nir)) = &details.nir {
            check_consistency(nir, details.title, details.birth_date)?;
            if facts.nir_holder.is_some_and(|holder| holder != self.id) {
                return Err(UpdateRefused::NirTaken);
            }
        }
        if details.email.is_none() && details.phone.is_none() {
            return Err(UpdateRefused::NoContact);
        }
        if details.email != self.details.email {
            if details.email.as_ref().is_some_and(crate::text::Email::is_france_travail) {
                return Err(UpdateRefused::ForbiddenDomain);
            }
            if facts.email_holder.is_some_and(|holder| holder.user != self.id.into()) {
                return Err(UpdateRefused::EmailTaken);
            }
        }
        let changes = self.details.changes_to(&details);
        let file = UpdatedFile {
            id: self.id,
            is_changed: !changes.is_empty(),
            drops_certification: drops_certification(&changes),
            details,
        };
        let change = CandidateChange::Updated { by, changes };
        Ok(Changed::new(file, CandidateEvent { candidate: self.id, change }))
    }
}

/// HIS-2: new names, another date of birth or another NIR.
pub(super) fn drops_certification(changes: &[FieldChange]) -> bool {
    changes.iter().any(|change| match change.field {
        Field::FirstName | Field::LastName | Field::BirthDate | Field::Nir => true,
        Field::Title
        | Field::BirthPlace
        | Field::Email
        | Field::Phone
        | Field::Address
        | Field::FranceTravail
        | Field::EducationLevel => false,
    })
}

/// What someone typed on a version that others changed since: the parts they had left alone take what was recorded
/// meanwhile, so that sending the form again undoes nothing they did not mean to (D32). `since` is what the others
/// changed, in its order.
#[must_use]
pub fn rebased(mut typed: Details, recorded: &Details, since: &[FieldChange]) -> Details {
    for field in Field::ALL {
        let first = since.iter().find(|change| change.field == *field);
        if first.is_some_and(|change| change.before == typed.text(*field)) {
            typed.take(*field, recorded);
        }
    }
    typed
}

#[cfg(test)]
mod tests;
