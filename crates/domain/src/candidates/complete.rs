//! Completing a file before applying or hiring: only what is missing (SUB-30, SUB-31, FND-4).

use super::{
    Address, BirthDate, BirthPlace, CandidateChange, CandidateEvent, CandidateFile, FranceTravailAnswer,
    Inconsistency, NirAnswer, check_consistency,
};
use crate::Changed;
use crate::ids::CandidateId;
use crate::policy::Denied;
use crate::text::PhoneNumber;

/// What is given; what the file already holds is not overwritten (SUB-31).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Complete {
    /// Phone number.
    pub phone: Option<PhoneNumber>,
    /// Date of birth.
    pub birth_date: Option<BirthDate>,
    /// Place of birth.
    pub birth_place: Option<BirthPlace>,
    /// NIR, or why there is none.
    pub nir: Option<NirAnswer>,
    /// France Travail identifier, or why there is none.
    pub france_travail: Option<FranceTravailAnswer>,
    /// Where they live.
    pub address: Option<Address>,
}

/// Why a file is not completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompleteRefused {
    /// The actor sees a masked file, or none.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The NIR disagrees with the title or the birth date (CON-3).
    #[error(transparent)]
    Inconsistent(#[from] Inconsistency),
    /// The NIR is someone else's (DUP-1, FND-4).
    #[error("the NIR is taken")]
    NirTaken,
}

impl CandidateFile {
    /// Fills what is empty. A reason stands in for a number until the number is known: it gives way to it (FND-4),
    /// never the reverse. `nir_holder` is the person who already has the NIR given, if someone has.
    pub fn complete(
        self,
        given: Complete,
        nir_holder: Option<CandidateId>,
    ) -> Result<Changed<Self>, CompleteRefused> {
        let nir = match (self.nir, given.nir) {
            (Some(NirAnswer::Missing(_)), Some(NirAnswer::Known(nir))) => Some(NirAnswer::Known(nir)),
            (Some(kept), _) => Some(kept),
            (None, given) => given,
        };
        let birth_date = self.birth_date.or(given.birth_date);
        if let Some(NirAnswer::Known(nir)) = &nir {
            check_consistency(nir, self.title, birth_date)?;
            if nir_holder.is_some_and(|holder| holder != self.id) {
                return Err(CompleteRefused::NirTaken);
            }
        }
        let file = Self {
            phone: self.phone.or(given.phone),
            birth_date,
            birth_place: self.birth_place.or(given.birth_place),
            nir,
            france_travail: self.france_travail.or(given.france_travail),
            address: self.address.or(given.address),
            ..self
        };
        let event = CandidateEvent { candidate: file.id, change: CandidateChange::Completed };
        Ok(Changed::new(file, event))
    }
}

#[cfg(test)]
mod tests;
