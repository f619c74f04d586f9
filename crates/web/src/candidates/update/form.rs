//! The form of a file that is changed: what is typed, and what it means.

use chrono::NaiveDate;
use iae_app::App;
use iae_app::candidates::update::FileToUpdate;
use iae_domain::candidates::{
    BirthPlace, Details, EducationLevel, Field, FileVersion, NirAnswer, Title, check_consistency,
};
use iae_domain::text::Email;
use serde::Deserialize;

use super::super::fields::{FileFields, email, name, option, phone, required};
use super::super::messages;
use crate::choice::Choice;
use crate::forms::FieldErrors;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct UpdateForm {
    pub(super) application: String,
    pub(super) seen: String,
    pub(super) step: String,
    pub(super) title: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    #[serde(flatten)]
    pub(super) file: FileFields,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) education_level: String,
}

impl UpdateForm {
    /// What is recorded, or about to be, as one would type it.
    pub(super) fn of(known: &FileToUpdate, details: &Details) -> Self {
        Self {
            seen: known.file.version.0.map(|version| version.to_string()).unwrap_or_default(),
            title: details.title.map(Title::code).unwrap_or_default().to_owned(),
            first_name: details.first_name.as_str().to_owned(),
            last_name: details.last_name.as_str().to_owned(),
            file: FileFields::of(known, details),
            email: details.email.as_ref().map(Email::as_str).unwrap_or_default().to_owned(),
            phone: details.text(Field::Phone).unwrap_or_default(),
            education_level: details.education_level.map(EducationLevel::code).unwrap_or_default().to_owned(),
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
        self.file.look_up(app, nir, born.map(|born| born.date())).await
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
                required(&mut errors, "title", Title::parse(&self.title), "Choisissez la civilité.");
        }
        if is_free(Field::FirstName) {
            let first = name(&mut errors, "first_name", &self.first_name, "Saisissez le prénom.");
            details.first_name = first.unwrap_or(details.first_name);
        }
        if is_free(Field::LastName) {
            let last = name(&mut errors, "last_name", &self.last_name, "Saisissez le nom.");
            details.last_name = last.unwrap_or(details.last_name);
        }
        if is_free(Field::BirthDate) {
            details.birth_date = self.file.birth_date(&mut errors, today);
        }
        if is_free(Field::BirthPlace) {
            let read: Option<(BirthPlace, String)> = self.file.birth_place(&mut errors);
            (details.birth_place, birth_place) = read.unzip();
        }
        if is_free(Field::Nir) {
            details.nir = self.file.nir_answer(&mut errors);
        }
        if let Some(NirAnswer::Known(nir)) = &details.nir
            && let Err(what) = check_consistency(nir, details.title, details.birth_date)
        {
            let (field, message) = messages::inconsistent(what);
            errors.add(field, message);
        }
        if is_free(Field::Email) {
            details.email = email(&mut errors, &self.email);
        }
        details.phone = phone(&mut errors, &self.phone);
        if self.phone.trim().is_empty() && details.email.is_none() {
            errors.add("email", messages::NO_CONTACT);
        }
        details.address = self.file.address(&mut errors);
        details.education_level = required(
            &mut errors,
            "education_level",
            EducationLevel::parse(&self.education_level),
            "Choisissez le niveau de formation.",
        );
        if is_free(Field::FranceTravail) {
            details.france_travail = self.file.france_travail(&mut errors);
        }
        errors.or(Some((details, birth_place)))
    }

    /// Everything typed, for the hidden fields of the summary.
    pub(super) fn kept(&self) -> Vec<(&'static str, &str)> {
        let own: Vec<(&'static str, &str)> = vec![
            ("application", &self.application),
            ("seen", &self.seen),
            ("title", &self.title),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("email", &self.email),
            ("phone", &self.phone),
            ("education_level", &self.education_level),
        ];
        [own, self.file.kept()].concat()
    }

    pub(super) fn titles(&self) -> Vec<Choice> {
        Title::ALL.iter().map(|title| option(title.code(), title.label(), &self.title)).collect()
    }

    pub(super) fn education_levels(&self) -> Vec<Choice> {
        let levels = EducationLevel::ALL.iter();
        levels.map(|level| option(level.code(), level.label(), &self.education_level)).collect()
    }
}
