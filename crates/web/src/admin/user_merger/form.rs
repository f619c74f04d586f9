//! What is sent to merge two accounts.

use iae_domain::accounts::AskMerger;
use iae_domain::staff::REMARK_MAX_CHARS;
use iae_domain::text::{Email, Message};
use serde::Deserialize;

use crate::forms::FieldErrors;

/// What is sent, of either page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MergerForm {
    /// The address of the other account, to compare both.
    pub(super) email: String,
    /// The other account, once both were compared.
    pub(super) other: String,
    /// What was compared (D32).
    pub(super) seen: String,
    /// Whose identity survives.
    pub(super) identity: String,
    /// Ticked when both are said to be of one person.
    pub(super) same_person: String,
    /// Why.
    pub(super) remark: String,
}

impl MergerForm {
    pub(super) fn address(&self) -> Result<Email, FieldErrors> {
        if self.email.trim().is_empty() {
            return Err(FieldErrors::one("email", "Saisissez l’adresse de l’autre compte."));
        }
        let said = "Cette adresse n’est pas valide : écrivez-la comme nom@exemple.fr.";
        Email::parse(&self.email).map_err(|_| FieldErrors::one("email", said))
    }

    pub(super) fn is_same_person(&self) -> bool {
        !self.same_person.is_empty()
    }

    pub(super) fn asked(&self) -> Result<AskMerger, FieldErrors> {
        let mut errors = FieldErrors::default();
        let identity = self.identity.parse().ok();
        if identity.is_none() {
            errors.add("identity", "Choisissez le compte dont l’identité demeure.");
        }
        errors.check_length("remark", &self.remark, REMARK_MAX_CHARS);
        let remark = Message::parse(&self.remark).ok();
        if remark.is_none() {
            errors.add("remark", "Dites pourquoi ces comptes sont fusionnés : l’équipe le relira.");
        }
        let asked = identity.zip(remark);
        let is_same_person = self.is_same_person();
        errors.or(asked.map(|(identity, remark)| AskMerger { identity, is_same_person, remark }))
    }
}
