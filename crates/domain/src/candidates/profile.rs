//! What a file is made of when a professional creates it (CRE-1 to CRE-4).

use chrono::{DateTime, Utc};

use super::{BirthDate, Country, EducationLevel, FRANCE, FranceTravailAnswer, NirAnswer, Title};
use crate::ids::{CandidateId, OrganisationId, UserId};
use crate::reference::department_of_commune;
use crate::text::{AddressLine, Email, Name, PhoneNumber};

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

/// Why a place of birth is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BirthPlaceRefused {
    /// Born in France: the commune is needed.
    #[error("born in France without a commune")]
    CommuneMissing,
    /// A commune is one of France: `birth_place_country_mismatch`.
    #[error("born abroad in a commune of France")]
    CountryMismatch,
}

impl BirthPlace {
    /// CON-5: a commune if, and only if, the country is France.
    pub fn new(country: Country, commune: Option<String>) -> Result<Self, BirthPlaceRefused> {
        match (country == FRANCE, commune) {
            (true, Some(commune)) => Ok(Self::France { commune }),
            (true, None) => Err(BirthPlaceRefused::CommuneMissing),
            (false, Some(_)) => Err(BirthPlaceRefused::CountryMismatch),
            (false, None) => Ok(Self::Abroad(country)),
        }
    }
}

/// Where someone lives (CRE-3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Number and street.
    pub line_1: AddressLine,
    /// Building, floor, « chez … ».
    pub line_2: Option<AddressLine>,
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
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
    /// Date of birth.
    pub birth_date: BirthDate,
    /// Place of birth.
    pub birth_place: BirthPlace,
    /// NIR or reason.
    pub nir: NirAnswer,
    /// Address the person is told at; without one, they have a phone number (D26).
    pub email: Option<Email>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commune_is_one_of_france() {
        let spain = Country::parse("134").unwrap();
        let metz = || Some("57463".to_owned());
        for (country, commune, expected) in [
            (FRANCE, metz(), Ok(BirthPlace::France { commune: "57463".to_owned() })),
            (FRANCE, None, Err(BirthPlaceRefused::CommuneMissing)),
            (spain, metz(), Err(BirthPlaceRefused::CountryMismatch)),
            (spain, None, Ok(BirthPlace::Abroad(spain))),
        ] {
            assert_eq!(BirthPlace::new(country, commune), expected, "CON-5, {country}");
        }
    }
}
