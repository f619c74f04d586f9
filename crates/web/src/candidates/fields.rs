//! The fields of a person's file that identify them and say where they live: asked when the file is created (CRE-1 to
//! CRE-4), and those it lacks when the person is hired (rule book 02 §6.2).

mod known;
mod person;
mod places;

use chrono::NaiveDate;
use iae_domain::candidates::{
    AgeRefused, BirthDate, Country, FRANCE, FranceTravailAnswer, FranceTravailId,
    FranceTravailIdMissingReason, Nir, NirAnswer, NirMissingReason,
};
use iae_domain::text::{Email, Name, PhoneNumber};
use serde::Deserialize;

pub(crate) use person::PersonFields;

use super::messages;
use crate::choice::Choice;
use crate::forms::FieldErrors;

/// Registered at France Travail, with an identifier at hand: the third answer beside the two missing reasons.
const REGISTERED: &str = "REGISTERED";

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct FileFields {
    pub(crate) birth_date: String,
    pub(crate) birth_country: String,
    pub(crate) birth_commune: String,
    pub(crate) birth_commune_code: String,
    pub(crate) birth_commune_choice: String,
    pub(crate) nir: String,
    pub(crate) nir_missing_reason: String,
    pub(crate) address_line_1: String,
    pub(crate) address_line_2: String,
    pub(crate) post_code: String,
    pub(crate) city: String,
    pub(crate) city_choice: String,
    pub(crate) registration: String,
    pub(crate) france_travail_id: String,
    #[serde(skip)]
    found: places::Found,
}

impl FileFields {
    pub(crate) fn birth_date(&self, errors: &mut FieldErrors, today: NaiveDate) -> Option<BirthDate> {
        self.born_on(errors, today, messages::age)
    }

    /// The same, said to the person.
    pub(crate) fn own_birth_date(&self, errors: &mut FieldErrors, today: NaiveDate) -> Option<BirthDate> {
        self.born_on(errors, today, messages::own_age)
    }

    fn born_on(
        &self,
        errors: &mut FieldErrors,
        today: NaiveDate,
        refused: fn(AgeRefused) -> &'static str,
    ) -> Option<BirthDate> {
        let day = errors.day("birth_date", &self.birth_date);
        let date = required(
            errors,
            "birth_date",
            day,
            "Saisissez la date de naissance\u{a0}: jour, mois et année.",
        )?;
        BirthDate::new(date, today).map_err(|why| errors.add("birth_date", refused(why))).ok()
    }

    /// A number, or the reason there is none; the number wins.
    pub(crate) fn nir_answer(&self, errors: &mut FieldErrors) -> Option<NirAnswer> {
        if self.nir.trim().is_empty() {
            let reason = NirMissingReason::parse(&self.nir_missing_reason);
            let message = "Saisissez le numéro de sécurité sociale, ou dites pourquoi il manque.";
            return required(errors, "nir", reason, message).map(NirAnswer::Missing);
        }
        match Nir::parse(&self.nir) {
            Ok(nir) => Some(NirAnswer::Known(nir)),
            Err(refused) => {
                errors.add("nir", messages::nir(refused));
                None
            }
        }
    }

    /// CON-6: the identifier wins over the reason.
    pub(crate) fn france_travail(&self, errors: &mut FieldErrors) -> Option<FranceTravailAnswer> {
        if !self.france_travail_id.trim().is_empty() {
            let message = "L’identifiant France Travail a 8 caractères (7 chiffres, puis un chiffre ou une lettre) ou 11 chiffres.";
            let id = FranceTravailId::parse(&self.france_travail_id).ok();
            return required(errors, "france_travail_id", id, message).map(FranceTravailAnswer::Known);
        }
        if self.registration == REGISTERED {
            errors.add(
                "france_travail_id",
                "Saisissez l’identifiant France Travail, ou dites qu’il est oublié.",
            );
            return None;
        }
        let reason = FranceTravailIdMissingReason::parse(&self.registration);
        let message = "Dites si la personne est inscrite à France Travail.";
        required(errors, "registration", reason, message).map(FranceTravailAnswer::Missing)
    }

    /// Everything typed, for the hidden fields of what is read once more.
    pub(crate) fn kept(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("birth_date", &self.birth_date),
            ("birth_country", &self.birth_country),
            ("birth_commune", &self.birth_commune),
            ("birth_commune_code", &self.birth_commune_code),
            ("birth_commune_choice", &self.birth_commune_choice),
            ("nir", &self.nir),
            ("nir_missing_reason", &self.nir_missing_reason),
            ("address_line_1", &self.address_line_1),
            ("address_line_2", &self.address_line_2),
            ("post_code", &self.post_code),
            ("city", &self.city),
            ("city_choice", &self.city_choice),
            ("registration", &self.registration),
            ("france_travail_id", &self.france_travail_id),
        ]
    }

    /// France first, then every other country.
    pub(crate) fn countries(&self) -> Vec<Choice> {
        let countries = [FRANCE].into_iter().chain(Country::ABROAD.iter().copied());
        countries.map(|country| option(country.code(), country.name(), &self.birth_country)).collect()
    }

    pub(crate) fn nir_reasons(&self) -> Vec<Choice> {
        let reasons = NirMissingReason::ALL.iter();
        reasons.map(|reason| option(reason.code(), reason.label(), &self.nir_missing_reason)).collect()
    }

    pub(crate) fn registrations(&self) -> Vec<Choice> {
        [
            (REGISTERED, "Oui, et son identifiant est connu"),
            (FranceTravailIdMissingReason::Forgotten.code(), "Oui, mais son identifiant est oublié"),
            (FranceTravailIdMissingReason::NotRegistered.code(), "Non"),
        ]
        .map(|(value, label)| option(value, label, &self.registration))
        .into()
    }
}

/// The value, or the mistake of its field.
pub(crate) fn required<T>(
    errors: &mut FieldErrors,
    field: &'static str,
    value: Option<T>,
    message: &str,
) -> Option<T> {
    if value.is_none() {
        errors.add(field, message);
    }
    value
}

/// An e-mail address, if one is typed.
pub(crate) fn email(errors: &mut FieldErrors, typed: &str) -> Option<Email> {
    if typed.trim().is_empty() {
        return None;
    }
    let message = "Saisissez une adresse e-mail valide. Format attendu\u{a0}: nom@exemple.fr";
    required(errors, "email", Email::parse(typed).ok(), message)
}

/// A phone number, if one is typed.
pub(super) fn phone(errors: &mut FieldErrors, typed: &str) -> Option<PhoneNumber> {
    if typed.trim().is_empty() {
        return None;
    }
    let message = "Ce numéro de téléphone n’est pas valide. Exemple\u{a0}: 06 12 34 56 78";
    required(errors, "phone", PhoneNumber::parse(typed).ok(), message)
}

/// A first or a last name, or what is asked when there is none.
pub(super) fn name(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    message: &str,
) -> Option<Name> {
    Name::parse(typed).map_err(|refused| errors.add(field, messages::name(refused, message))).ok()
}

/// The same, said to the person whose name it is.
pub(crate) fn own_name(
    errors: &mut FieldErrors,
    field: &'static str,
    typed: &str,
    message: &str,
) -> Option<Name> {
    Name::parse(typed).map_err(|refused| errors.add(field, messages::own_name(refused, message))).ok()
}

/// A choice, ticked when it is the one typed before.
pub(super) fn option(value: &str, label: &str, chosen: &str) -> Choice {
    Choice::new(value, label).selected_if(value == chosen)
}
