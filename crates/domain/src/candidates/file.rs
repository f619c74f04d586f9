//! A person's file, as the rules that complete it need it.

use super::{BirthDate, FranceTravailAnswer, NirAnswer, Title};
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
    /// NIR, or why there is none.
    pub nir: Option<NirAnswer>,
    /// France Travail identifier, or why there is none.
    pub france_travail: Option<FranceTravailAnswer>,
}

/// What a file lacks (SUB-30, ACC-2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Missing {
    /// The phone number.
    pub phone: bool,
    /// The date of birth.
    pub birth_date: bool,
    /// The NIR and the reason there is none.
    pub nir: bool,
    /// The France Travail identifier and the reason there is none.
    pub france_travail: bool,
}

impl Missing {
    /// Whether an application may be written without asking anything more: the birth date is known, and the France
    /// Travail identifier or the reason there is none (SUB-30).
    pub const fn suffices_to_apply(self) -> bool {
        !self.birth_date && !self.france_travail
    }

    /// Whether a hire may be recorded without asking anything more: the NIR or its reason as well (ACC-2).
    pub const fn suffices_to_hire(self) -> bool {
        self.suffices_to_apply() && !self.nir
    }
}

impl CandidateFile {
    /// What it lacks.
    pub const fn missing(&self) -> Missing {
        Missing {
            phone: self.phone.is_none(),
            birth_date: self.birth_date.is_none(),
            nir: self.nir.is_none(),
            france_travail: self.france_travail.is_none(),
        }
    }
}
