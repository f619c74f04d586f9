//! What a file is made of when a professional creates it (CRE-1 to CRE-4).

use chrono::{DateTime, Utc};

use super::{BirthDate, Country, EducationLevel, FranceTravailAnswer, NirAnswer, Title};
use crate::ids::{CandidateId, OrganisationId, UserId};
use crate::reference::department_of_commune;
use crate::text::{Email, NonBlank, PhoneNumber};

/// Where someone was born: a commune of France, or another country (CON-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BirthPlace {
    /// A commune, by its INSEE code of that day.
    France {
        /// INSEE code.
        commune: String,
    },
    /// Another country.
    Abroad(Country),
}

/// Where someone lives (CRE-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Number and street.
    pub line_1: NonBlank,
    /// Building, floor, « chez … ».
    pub line_2: Option<NonBlank>,
    /// Five digits.
    pub post_code: String,
    /// Name of the commune, with its CEDEX if there is one (D24).
    pub city: String,
    /// Its INSEE code.
    pub commune: String,
}

impl Address {
    /// The département: of the commune, not of the post code (D23).
    pub fn department(&self) -> &str {
        department_of_commune(&self.commune)
    }
}

/// The file a professional asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCandidateCommand {
    /// The id of the file, chosen when the form was made: posting it twice creates one.
    pub id: CandidateId,
    /// Civil title.
    pub title: Title,
    /// First name.
    pub first_name: NonBlank,
    /// Last name.
    pub last_name: NonBlank,
    /// Date of birth.
    pub birth_date: BirthDate,
    /// Place of birth.
    pub birth_place: BirthPlace,
    /// NIR or reason.
    pub nir: NirAnswer,
    /// Address the person is told at.
    pub email: Email,
    /// Phone number.
    pub phone: Option<PhoneNumber>,
    /// Where they live.
    pub address: Address,
    /// Level of education.
    pub education_level: EducationLevel,
    /// France Travail identifier or reason.
    pub france_travail: FranceTravailAnswer,
    /// The professional read that someone of the same name and birth date has a file, and goes on (CRE-2).
    pub duplicate_confirmed: bool,
}

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCandidate {
    /// What was asked.
    pub profile: NewCandidateCommand,
    /// The professional who created it (CRE-6).
    pub created_by: UserId,
    /// The organisation they acted for.
    pub organisation: OrganisationId,
    /// When.
    pub created_at: DateTime<Utc>,
}
