//! What is sent to move what a file holds.

use iae_app::candidates::data_transfer::Sought;
use iae_domain::candidates::{AskTransfer, Nir, TransferPart};
use iae_domain::ids::{CandidateId, CandidateTransferId};
use iae_domain::staff::REMARK_MAX_CHARS;
use iae_domain::text::{Email, Message};
use serde::Deserialize;

use crate::candidates::messages;
use crate::error::PageError;
use crate::forms::FieldErrors;
use crate::transition::NotDone;

/// What is sent, of either page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TransferForm {
    /// What the other file is found by.
    pub(super) other: String,
    /// The other file, once both were compared.
    pub(super) file: String,
    /// The id of the transfer.
    pub(super) transfer: String,
    /// What was compared (D32).
    pub(super) seen: String,
    /// What goes.
    pub(super) parts: Vec<String>,
    /// Ticked when both are said to be of one person.
    pub(super) same_person: String,
    /// Why.
    pub(super) remark: String,
}

impl TransferForm {
    pub(super) fn sought(&self) -> Result<Sought, FieldErrors> {
        let typed = self.other.trim();
        if typed.is_empty() {
            return Err(FieldErrors::one("other", "Saisissez ce qui désigne l’autre dossier."));
        }
        if let Ok(id) = typed.parse() {
            return Ok(Sought::Id(id));
        }
        if typed.contains('@') {
            let email = Email::parse(typed).map(Sought::Email);
            return email.map_err(|_| FieldErrors::one("other", "Cette adresse e-mail n’est pas valide."));
        }
        if !typed.contains(|c: char| c.is_ascii_digit()) {
            let said =
                "Saisissez un numéro de sécurité sociale, une adresse e-mail ou l’identifiant du compte.";
            return Err(FieldErrors::one("other", said));
        }
        Nir::parse(typed)
            .map(Sought::Nir)
            .map_err(|refused| FieldErrors::one("other", messages::nir(refused)))
    }

    pub(super) fn is_same_person(&self) -> bool {
        !self.same_person.is_empty()
    }

    pub(super) fn asked(&self, from: CandidateId, to: CandidateId) -> Result<AskTransfer, NotDone> {
        let id: CandidateTransferId = self.transfer.parse().map_err(|_| PageError::Malformed)?;
        let mut errors = FieldErrors::default();
        let parts: Vec<TransferPart> =
            self.parts.iter().filter_map(|code| TransferPart::parse(code)).collect();
        if parts.is_empty() {
            errors.add("parts", "Choisissez ce qui change de dossier.");
        }
        errors.check_length("remark", &self.remark, REMARK_MAX_CHARS);
        let remark = Message::parse(&self.remark).ok();
        if remark.is_none() {
            errors.add("remark", "Dites pourquoi ces données changent de dossier : l’équipe le relira.");
        }
        let seen = self.seen.clone();
        let is_same_person = self.is_same_person();
        let asked = remark.map(|remark| AskTransfer { id, from, to, parts, seen, is_same_person, remark });
        Ok(errors.or(asked)?)
    }
}
