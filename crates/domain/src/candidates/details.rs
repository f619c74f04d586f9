//! What a person's file says of them, part by part, and what of it may be changed (rule book 02 §12.1, HIS-1 to HIS-3).

use std::fmt;

use serde::{Serialize, Serializer};

use super::{
    Address, BirthDate, BirthPlace, EducationLevel, FranceTravailAnswer, Nir, NirAnswer, NirMissingReason,
    Title,
};
use crate::code::code;
use crate::french;
use crate::text::{AddressLine, Email, Name, PhoneNumber};

code! {
    /// A part of a file, as its history names it (HIS-1).
    Field {
        Title = "title", "Civilité";
        FirstName = "first_name", "Prénom";
        LastName = "last_name", "Nom";
        BirthDate = "birth_date", "Date de naissance";
        BirthPlace = "birth_place", "Lieu de naissance";
        Nir = "nir", "Numéro de sécurité sociale";
        Email = "email", "Adresse e-mail";
        Phone = "phone", "Téléphone";
        Address = "address", "Adresse";
        FranceTravail = "france_travail", "Identifiant France Travail";
        EducationLevel = "education_level", "Niveau de formation";
    }
}

/// What a file says of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Civil title.
    pub title: Option<Title>,
    /// First name.
    pub first_name: Name,
    /// Last name.
    pub last_name: Name,
    /// Date of birth.
    pub birth_date: Option<BirthDate>,
    /// Place of birth.
    pub birth_place: Option<BirthPlace>,
    /// NIR, or why there is none.
    pub nir: Option<NirAnswer>,
    /// Address mails are sent to.
    pub email: Option<Email>,
    /// Phone number.
    pub phone: Option<PhoneNumber>,
    /// Where they live.
    pub address: Option<Address>,
    /// France Travail identifier, or why there is none.
    pub france_travail: Option<FranceTravailAnswer>,
    /// Level of education.
    pub education_level: Option<EducationLevel>,
}

impl Details {
    /// A part in words, as its history keeps it; none when nothing is known. A commune of birth is kept by its code.
    pub fn text(&self, field: Field) -> Option<String> {
        match field {
            Field::Title => self.title.map(|title| title.label().to_owned()),
            Field::FirstName => Some(self.first_name.as_str().to_owned()),
            Field::LastName => Some(self.last_name.as_str().to_owned()),
            Field::BirthDate => self.birth_date.map(birth_date),
            Field::BirthPlace => self.birth_place.as_ref().map(birth_place),
            Field::Nir => self.nir.as_ref().map(nir),
            Field::Email => self.email.as_ref().map(|email| email.as_str().to_owned()),
            Field::Phone => self.phone.as_ref().map(phone),
            Field::Address => self.address.as_ref().map(address),
            Field::FranceTravail => self.france_travail.as_ref().map(france_travail),
            Field::EducationLevel => self.education_level.map(|level| level.label().to_owned()),
        }
    }

    /// Takes a part from another file.
    pub fn take(&mut self, field: Field, from: &Self) {
        match field {
            Field::Title => self.title = from.title,
            Field::FirstName => self.first_name.clone_from(&from.first_name),
            Field::LastName => self.last_name.clone_from(&from.last_name),
            Field::BirthDate => self.birth_date = from.birth_date,
            Field::BirthPlace => self.birth_place.clone_from(&from.birth_place),
            Field::Nir => self.nir.clone_from(&from.nir),
            Field::Email => self.email.clone_from(&from.email),
            Field::Phone => self.phone.clone_from(&from.phone),
            Field::Address => self.address.clone_from(&from.address),
            Field::FranceTravail => self.france_travail.clone_from(&from.france_travail),
            Field::EducationLevel => self.education_level = from.education_level,
        }
    }

    /// What is not the same afterwards.
    pub fn changes_to(&self, after: &Self) -> Vec<FieldChange> {
        let change = |field: &Field| FieldChange::of(*field, self.text(*field), after.text(*field));
        Field::ALL.iter().filter_map(change).collect()
    }
}

pub(super) fn birth_date(born: BirthDate) -> String {
    french::date(born.date())
}

pub(super) fn birth_place(place: &BirthPlace) -> String {
    match place {
        BirthPlace::France { commune } => commune.clone(),
        BirthPlace::Abroad(country) => country.name().to_owned(),
    }
}

pub(super) fn nir(answer: &NirAnswer) -> String {
    match answer {
        NirAnswer::Known(nir) => Nir::grouped(nir),
        NirAnswer::Missing(reason) => NirMissingReason::label(*reason).to_owned(),
    }
}

pub(super) fn phone(phone: &PhoneNumber) -> String {
    french::phone(phone.as_str())
}

pub(super) fn address(address: &Address) -> String {
    let lines = [Some(&address.line_1), address.line_2.as_ref()];
    let lines: Vec<&str> = lines.into_iter().flatten().map(AddressLine::as_str).collect();
    format!("{}, {} {}", lines.join(", "), address.post_code, address.city)
}

pub(super) fn france_travail(answer: &FranceTravailAnswer) -> String {
    match answer {
        FranceTravailAnswer::Known(id) => id.as_str().to_owned(),
        FranceTravailAnswer::Missing(reason) => reason.label().to_owned(),
    }
}

/// A part of a file that changed: in words, before and after (HIS-1). The audit trail keeps which part, never what it
/// said; neither does debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The part.
    pub field: Field,
    /// What it said; none when nothing was known.
    pub before: Option<String>,
    /// What it says; none when nothing is known any more.
    pub after: Option<String>,
}

impl FieldChange {
    /// The change, if it is one.
    pub fn of(field: Field, before: Option<String>, after: Option<String>) -> Option<Self> {
        (before != after).then_some(Self { field, before, after })
    }
}

impl Serialize for FieldChange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.field.serialize(serializer)
    }
}

impl fmt::Debug for FieldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldChange({})", self.field.code())
    }
}

code! {
    /// Who vouches for an identity (rule book 02 §12.1).
    Certifier {
        ApiParticulier = "API_PARTICULIER", "API Particulier";
        FranceTravailCertified = "FT_CERTIFIED", "France Travail, individu certifié";
        FranceTravailSearch = "FT_SEARCH", "France Travail, recherche d’usager";
    }
}

/// What of a file cannot be changed on its page, by anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locks {
    /// The account signs in with an identity the State vouches for: FranceConnect, France Travail Connect (UPD-2).
    pub is_bound_to_sso: bool,
    /// The identity is certified by API Particulier (HIS-3).
    pub is_certified: bool,
    /// Whoever changes it only looked the person up: they read no NIR ([`sees_nir`](super::policy::sees_nir)) and change
    /// neither who the person is nor how they sign in.
    pub is_of_a_stranger: bool,
    /// Whoever changes it is of the team, in the place of somebody: how a person signs in is not theirs to change (AUT-31).
    pub is_seen_by_team: bool,
}

impl Locks {
    /// Whether this part of this file is read-only: a NIR once set (CNR-1), what the person's identity provider says
    /// (UPD-2), what is certified (HIS-3; the place of birth and the identifier only once they are known).
    pub const fn lock(self, field: Field, details: &Details) -> bool {
        match field {
            Field::Nir => matches!(details.nir, Some(NirAnswer::Known(_))),
            Field::Title | Field::FirstName | Field::LastName | Field::BirthDate => {
                self.is_bound_to_sso || self.is_certified || self.is_of_a_stranger
            }
            Field::Email => self.is_bound_to_sso || self.is_of_a_stranger || self.is_seen_by_team,
            Field::BirthPlace => self.is_certified && details.birth_place.is_some(),
            Field::FranceTravail => {
                self.is_certified && matches!(details.france_travail, Some(FranceTravailAnswer::Known(_)))
            }
            Field::Phone | Field::Address | Field::EducationLevel => false,
        }
    }
}
