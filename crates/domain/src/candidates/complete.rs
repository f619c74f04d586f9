//! Completing a file before applying or hiring: only what is missing (SUB-30, SUB-31, FND-4).

use super::details::{self, Field, FieldChange};
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
        let before = self.known();
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
        let change = CandidateChange::Completed { changes: file.given_since(&before) };
        let event = CandidateEvent { candidate: file.id, change };
        Ok(Changed::new(file, event))
    }

    /// What was recorded before, of what may be given.
    fn known(&self) -> Known {
        Known {
            phone: self.phone.is_some(),
            birth_date: self.birth_date.is_some(),
            nir: self.nir.clone(),
            france_travail: self.france_travail.is_some(),
        }
    }

    /// What is given now (HIS-1): before, nothing was known but why there was no NIR.
    fn given_since(&self, before: &Known) -> Vec<FieldChange> {
        let Known { phone, birth_date, nir, france_travail } = before;
        let given = |field, was_known: &bool, after: Option<String>| {
            after.filter(|_| !was_known).and_then(|after| FieldChange::of(field, None, Some(after)))
        };
        [
            given(Field::BirthDate, birth_date, self.birth_date.map(details::birth_date)),
            given(Field::BirthPlace, &false, self.birth_place.given().map(details::birth_place)),
            FieldChange::of(Field::Nir, nir.as_ref().map(details::nir), self.nir.as_ref().map(details::nir)),
            given(Field::Phone, phone, self.phone.as_ref().map(details::phone)),
            given(Field::Address, &false, self.address.given().map(details::address)),
            given(
                Field::FranceTravail,
                france_travail,
                self.france_travail.as_ref().map(details::france_travail),
            ),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

struct Known {
    phone: bool,
    birth_date: bool,
    nir: Option<NirAnswer>,
    france_travail: bool,
}

#[cfg(test)]
mod tests;
