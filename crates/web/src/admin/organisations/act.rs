//! What the acts of the team have in common: the remark that explains them, and the page that says who was faster (STF-2, D32).

use chrono::{DateTime, Utc};
use iae_domain::ids::OrganisationId;
use iae_domain::staff::{REMARK_MAX_CHARS, SupportRemark};
use iae_domain::text::MessageRefused;
use serde::Deserialize;

use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::french::{date_time, spaced};
use crate::paths::AdminOrganisationPath;

/// What is sent of an act that only asks to be explained.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct ActForm {
    /// What the page showed (D32).
    pub(super) seen: String,
    /// What is done.
    pub(super) act: String,
    /// Why.
    pub(super) remark: String,
}

/// The remark that was typed, or what is wrong with it.
pub(super) fn remark(errors: &mut FieldErrors, text: &str) -> Option<SupportRemark> {
    match SupportRemark::parse(text) {
        Ok(remark) => return Some(remark),
        Err(MessageRefused::Blank) => {
            errors.add("remark", "Dites pourquoi : la remarque reste avec l’acte, et l’équipe seule la lit.");
        }
        Err(MessageRefused::TooLong(_)) => errors.check_length("remark", text, REMARK_MAX_CHARS),
    }
    None
}

/// The remark alone, or its mistake.
pub(super) fn only_remark(text: &str) -> Result<SupportRemark, FieldErrors> {
    let mut errors = FieldErrors::default();
    let remark = remark(&mut errors, text);
    errors.or(remark)
}

/// Who acted on an organisation since the page was read, and when.
pub(super) fn overtaken(
    id: OrganisationId,
    who: Option<&str>,
    what: &str,
    at: Option<DateTime<Utc>>,
) -> PageError {
    PageError::Conflict {
        message: meanwhile(who, what, at),
        link: Some(("Revoir la structure".to_owned(), AdminOrganisationPath { id }.to_string())),
    }
}

/// The same, in a sentence, for a form that comes again with what was typed.
pub(super) fn meanwhile(who: Option<&str>, what: &str, at: Option<DateTime<Utc>>) -> String {
    let who = who.unwrap_or("Le service");
    let when = at.map(|at| format!(" le {}", date_time(at))).unwrap_or_default();
    spaced(&format!("{who} a agi{when} : {what}. Ce que vous venez d’envoyer n’a pas été enregistré."))
}
