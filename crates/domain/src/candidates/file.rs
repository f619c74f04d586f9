//! A person's file, as the rules that complete it need it.

use super::{
    Address, BirthDate, BirthPlace, FranceTravailAnswer, FranceTravailIdMissingReason, Identification,
    NirAnswer, Title,
};
use crate::ids::CandidateId;
use crate::text::PhoneNumber;

/// A person's file: what may still be missing from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateFile {
    /// The person.
    pub id: CandidateId,
    /// Civil title.
    pub title: Option<Title>,
    /// Phone number.
    pub phone: Option<PhoneNumber>,
    /// Date of birth.
    pub birth_date: Option<BirthDate>,
    /// Place of birth.
    pub birth_place: Part<BirthPlace>,
    /// NIR, or why there is none.
    pub nir: Option<NirAnswer>,
    /// France Travail identifier, or why there is none.
    pub france_travail: Option<FranceTravailAnswer>,
    /// Where they live.
    pub address: Part<Address>,
}

/// A part of the file that rules fill and never read: once known, its value does not matter to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<T> {
    /// Nothing is known.
    Missing,
    /// It was known before.
    Known,
    /// It is given now, to be written.
    Given(T),
}

impl<T> Part<T> {
    /// Known or missing.
    pub const fn known_if(known: bool) -> Self {
        if known { Self::Known } else { Self::Missing }
    }

    /// What is missing takes what is given.
    #[must_use]
    pub fn or(self, given: Option<T>) -> Self {
        match (self, given) {
            (Self::Missing, Some(given)) => Self::Given(given),
            (kept, _) => kept,
        }
    }

    /// What is to be written, if anything.
    pub const fn given(&self) -> Option<&T> {
        match self {
            Self::Given(given) => Some(given),
            Self::Missing | Self::Known => None,
        }
    }

    /// Whether nothing is known.
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

/// What a file lacks (SUB-30, ACC-2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Missing {
    /// The phone number.
    pub phone: bool,
    /// The date of birth.
    pub birth_date: bool,
    /// The place of birth.
    pub birth_place: bool,
    /// The NIR and the reason there is none.
    pub nir: bool,
    /// The France Travail identifier and the reason there is none.
    pub france_travail: bool,
    /// The street, the post code or the city.
    pub address: bool,
}

impl Missing {
    /// Whether an application may be written without asking anything more: the birth date is known, and the France
    /// Travail identifier or the reason there is none (SUB-30).
    pub const fn suffices_to_apply(self) -> bool {
        !self.birth_date && !self.france_travail
    }

    /// Whether a hire may be recorded without asking anything more: the NIR or its reason, the place of birth and the
    /// address as well (ACC-2, rule book 02 §6.2).
    pub const fn suffices_to_hire(self) -> bool {
        self.suffices_to_apply() && !self.nir && !self.birth_place && !self.address
    }
}

impl CandidateFile {
    /// What it lacks.
    pub const fn missing(&self) -> Missing {
        Missing {
            phone: self.phone.is_none(),
            birth_date: self.birth_date.is_none(),
            birth_place: self.birth_place.is_missing(),
            nir: self.nir.is_none(),
            france_travail: self.france_travail.is_none(),
            address: self.address.is_missing(),
        }
    }

    /// The strongest thing that identifies the person to the State.
    pub const fn identification(&self) -> Identification {
        if let Some(NirAnswer::Known(_)) = self.nir {
            return Identification::Nir;
        }
        match &self.france_travail {
            Some(FranceTravailAnswer::Known(_)) => Identification::FranceTravailId,
            Some(FranceTravailAnswer::Missing(FranceTravailIdMissingReason::NotRegistered)) => {
                Identification::NotRegistered
            }
            Some(FranceTravailAnswer::Missing(FranceTravailIdMissingReason::Forgotten)) | None => {
                Identification::Forgotten
            }
        }
    }
}
