//! The form of a new file: what is typed, its options, and what it means.

use chrono::NaiveDate;
use iae_domain::candidates::{EducationLevel, NewCandidateCommand, NirAnswer, Title, check_consistency};
use serde::{Deserialize, Deserializer};

use super::super::fields::{PersonFields, email, name, phone, required};
use super::messages;
use crate::forms::FieldErrors;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct NewForm {
    pub(super) id: String,
    pub(super) draft: String,
    pub(super) step: String,
    #[serde(flatten)]
    pub(super) person: PersonFields,
    #[serde(deserialize_with = "flag")]
    pub(super) nir_is_looked_up: bool,
    #[serde(deserialize_with = "flag")]
    pub(super) duplicate_confirmed: bool,
}

/// Any text but `true` is no.
fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(String::deserialize(deserializer)? == "true")
}

impl NewForm {
    /// What the form means, with the place of birth in words; or its mistakes, in the order of its fields.
    pub fn parse(&self, today: NaiveDate) -> Result<(NewCandidateCommand, String), FieldErrors> {
        let mut errors = FieldErrors::default();
        let title =
            required(&mut errors, "title", Title::parse(&self.person.title), "Choisissez la civilité.");
        let first_name = name(&mut errors, "first_name", &self.person.first_name, "Saisissez le prénom.");
        let last_name = name(&mut errors, "last_name", &self.person.last_name, "Saisissez le nom.");
        let birth_date = self.person.file.birth_date(&mut errors, today);
        let birth_place = self.person.file.birth_place(&mut errors);
        let nir = self.person.file.nir_answer(&mut errors);
        if let Some(NirAnswer::Known(nir)) = &nir
            && let Err(what) = check_consistency(nir, title, birth_date)
        {
            let (field, message) = messages::inconsistent(what);
            errors.add(field, message);
        }
        let (email, phone) = (email(&mut errors, &self.person.email), phone(&mut errors, &self.person.phone));
        if self.person.email.trim().is_empty() && self.person.phone.trim().is_empty() {
            errors.add("email", messages::UNREACHABLE);
        }
        let address = self.person.file.address(&mut errors);
        let education_level = required(
            &mut errors,
            "education_level",
            EducationLevel::parse(&self.person.education_level),
            "Choisissez le niveau de formation.",
        );
        let france_travail = self.person.file.france_travail(&mut errors);
        let id = required(
            &mut errors,
            "last_name",
            self.id.parse().ok(),
            "Recommencez la recherche de la personne.",
        );
        let read = || {
            let (birth_place, birth_place_name) = birth_place?;
            let command = NewCandidateCommand {
                id: id?,
                title: title?,
                first_name: first_name?,
                last_name: last_name?,
                birth_date: birth_date?,
                birth_place,
                nir: nir?,
                email,
                phone,
                address: address?,
                education_level: education_level?,
                france_travail: france_travail?,
                duplicate_confirmed: self.duplicate_confirmed,
            };
            Some((command, birth_place_name))
        };
        let read = read();
        errors.or(read)
    }

    /// Everything typed, for the hidden fields of the summary.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let own: Vec<(&'static str, &str)> = vec![
            ("id", &self.id),
            ("draft", &self.draft),
            ("nir_is_looked_up", if self.nir_is_looked_up { "true" } else { "" }),
        ];
        [own, self.person.kept()].concat()
    }
}
