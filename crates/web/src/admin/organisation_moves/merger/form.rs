//! What is confirmed of a merger.

use iae_domain::ids::OrganisationId;
use iae_domain::organisations::merger::{KeptRight, MergerCommand};
use iae_domain::staff::SupportRemark;
use serde::Deserialize;

use super::super::remark;
use crate::forms::FieldErrors;

/// What is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MergerForm {
    pub(super) target: String,
    /// What was read (D32).
    pub(super) seen: String,
    /// Whose right stays.
    pub(super) right: String,
    pub(super) remark: String,
}

impl MergerForm {
    /// What is asked, and why.
    pub(super) fn parse(&self) -> Result<(MergerCommand, SupportRemark), FieldErrors> {
        let mut errors = FieldErrors::default();
        let target: Option<OrganisationId> = self.target.parse().ok();
        if target.is_none() {
            errors.add("", "Choisissez l’organisation qui reste.");
        }
        let remark = remark(&mut errors, &self.remark);
        let right = KeptRight::parse(&self.right);
        let command = |target| MergerCommand { target, seen: self.seen.clone(), right };
        errors.or(target.map(command).zip(remark))
    }
}
