//! The form of a file that is changed: what is typed, and what it means.

use chrono::NaiveDate;
use iae_app::App;
use iae_app::candidates::update::FileToUpdate;
use iae_domain::candidates::{
    BirthPlace, Details, EducationLevel, Field, FileVersion, NirAnswer, Title, check_consistency,
};
use serde::Deserialize;

use super::super::fields::{PersonFields, email, name, phone, required};
use super::super::messages;
use crate::forms::FieldErrors;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UpdateForm {
    pub(super) application: String,
    pub(super) seen: String,
    pub(super) step: String,
    #[serde(flatten)]
    pub(super) person: PersonFields,
}

impl UpdateForm {
    /// What is recorded, or about to be, as one would type it.
    pub(super) fn of(known: &FileToUpdate, details: &Details) -> Self {
        Self {
            seen: known.file.version.0.map(|version| version.to_string()).unwrap_or_default(),
            person: PersonFields::of(known, details),
            ..Self::default()
        }
    }

    /// The version it was made from; what is no version is none.
    pub(super) fn seen(&self) -> FileVersion {
        FileVersion(self.seen.parse().ok())
    }

    /// Finds the communes that are meant. What is locked is not typed: it is as it is recorded.
    pub(super) async fn look_up(&mut self, app: &App, known: &FileToUpdate) -> iae_app::Result<()> {
        let details = &known.file.details;
        let is_locked = |field| known.file.locks.lock(field, details);
        let nir = details.nir.as_ref().and_then(NirAnswer::nir);
        let born = details.birth_date.filter(|_| is_locked(Field::BirthDate));
        self.person.file.look_up(app, nir, born.map(|born| born.date())).await
    }

    /// What the form means, with the place of birth in words; or its mistakes, in the order of its fields. What is locked
    /// is not read.
    pub(super) fn parse(
        &self,
        known: &FileToUpdate,
        today: NaiveDate,
    ) -> Result<(Details, Option<String>), FieldErrors> {
        let recorded = &known.file.details;
        let is_free = |field| !known.file.locks.lock(field, recorded);
        let mut errors = FieldErrors::default();
        let mut details = recorded.clone();
        let mut birth_place = None;
        if is_free(Field::Title) {
            details.title =
                required(&mut errors, "title", Title::parse(&self.person.title), "Choisissez la civilité.");
        }
        if is_free(Field::FirstName) {
            let first = name(&mut errors, "first_name", &self.person.first_name, "Saisissez le prénom.");
            details.first_name = first.unwrap_or(details.first_name);
        }
        if is_free(Field::LastName) {
            let last = name(&mut errors, "last_name", &self.person.last_name, "Saisissez le nom.");
            details.last_name = last.unwrap_or(details.last_name);
        }
        if is_free(Field::BirthDate) {
            details.birth_date = self.person.file.birth_date(&mut errors, today);
        }
        if is_free(Field::BirthPlace) {
            let read: Option<(BirthPlace, String)> = self.person.file.birth_place(&mut errors);
            (details.birth_place, birth_place) = read.unzip();
        }
        if is_free(Field::Nir) {
            details.nir = self.person.file.nir_answer(&mut errors);
        }
        if let Some(NirAnswer::Known(nir)) = &details.nir
            && let Err(what) = check_consistency(nir, details.title, details.birth_date)
        {
            let (field, message) = messages::inconsistent(what);
            errors.add(field, message);
        }
        if is_free(Field::Email) {
            details.email = email(&mut errors, &self.person.email);
        }
        details.phone = phone(&mut errors, &self.person.phone);
        if self.person.phone.trim().is_empty() && details.email.is_none() {
            errors.add("email", messages::NO_CONTACT);
        }
        details.address = self.person.file.address(&mut errors);
        details.education_level = required(
            &mut errors,
            "education_level",
            EducationLevel::parse(&self.person.education_level),
            "Choisissez le niveau de formation.",
        );
        if is_free(Field::FranceTravail) {
            details.france_travail = self.person.file.france_travail(&mut errors);
        }
        errors.or(Some((details, birth_place)))
    }

    /// Everything typed, for the hidden fields of the summary.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let own: Vec<(&'static str, &str)> = vec![("application", &self.application), ("seen", &self.seen)];
        [own, self.person.kept()].concat()
    }
}
