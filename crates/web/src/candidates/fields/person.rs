//! A whole file, as it is typed: who the person is, how to reach them, what they learnt.

use iae_app::candidates::update::FileToUpdate;
use iae_domain::candidates::{Details, EducationLevel, Field, Title};
use iae_domain::text::Email;
use serde::Deserialize;

use super::{FileFields, option};
use crate::choice::Choice;

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PersonFields {
    pub(crate) title: String,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    #[serde(flatten)]
    pub(crate) file: FileFields,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) education_level: String,
}

impl PersonFields {
    /// What is recorded, or about to be, as one would type it.
    pub(crate) fn of(known: &FileToUpdate, details: &Details) -> Self {
        Self {
            title: details.title.map(Title::code).unwrap_or_default().to_owned(),
            first_name: details.first_name.as_str().to_owned(),
            last_name: details.last_name.as_str().to_owned(),
            file: FileFields::of(known, details),
            email: details.email.as_ref().map(Email::as_str).unwrap_or_default().to_owned(),
            phone: details.text(Field::Phone).unwrap_or_default(),
            education_level: details.education_level.map(EducationLevel::code).unwrap_or_default().to_owned(),
        }
    }

    /// Everything typed, for the hidden fields of what is read once more.
    pub(crate) fn kept(&self) -> Vec<(&'static str, &str)> {
        let own: Vec<(&'static str, &str)> = vec![
            ("title", &self.title),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("email", &self.email),
            ("phone", &self.phone),
            ("education_level", &self.education_level),
        ];
        [own, self.file.kept()].concat()
    }

    pub(crate) fn titles(&self) -> Vec<Choice> {
        Title::ALL.iter().map(|title| option(title.code(), title.label(), &self.title)).collect()
    }

    pub(crate) fn education_levels(&self) -> Vec<Choice> {
        let levels = EducationLevel::ALL.iter();
        levels.map(|level| option(level.code(), level.label(), &self.education_level)).collect()
    }
}
