//! The name of a person, which only the policy shows (USR-10, PII-4).

use std::fmt;
use std::ops::Deref;

use crate::text::{full_name, masked};

/// The name of a person as their file has it, « Prénom NOM ». Nothing displays it: [`super::policy::shown_name`] makes of
/// it what a reader sees.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct PersonName(String);

impl PersonName {
    /// The name, however it was typed.
    pub fn of(first_name: &str, last_name: &str) -> Self {
        Self(full_name(first_name, last_name))
    }

    /// What anyone may see of it: « P… N… ».
    pub fn masked(&self) -> ShownName {
        ShownName(masked(&self.0))
    }

    /// The name itself.
    pub(super) fn in_full(self) -> ShownName {
        ShownName(self.0)
    }
}

/// From the SQL function `full_name`, which checked statements read as a text.
impl From<String> for PersonName {
    fn from(full_name: String) -> Self {
        Self(full_name)
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonName(…)")
    }
}

/// A name as its reader may see it: « Prénom NOM », or masked word by word. Only the policy makes a whole one.
#[derive(Clone, PartialEq, Eq)]
pub struct ShownName(String);

impl Deref for ShownName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ShownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ShownName(…)")
    }
}

impl From<ShownName> for String {
    fn from(name: ShownName) -> Self {
        name.0
    }
}
