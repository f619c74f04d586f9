//! What is confirmed of a transfer.

use std::collections::BTreeSet;

use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::{Category, TransferCommand};
use iae_domain::staff::SupportRemark;
use serde::Deserialize;

use super::super::remark;
use crate::forms::FieldErrors;

/// What is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct TransferForm {
    pub(super) target: String,
    /// What was read (D32).
    pub(super) seen: String,
    /// What moves.
    pub(super) categories: Vec<String>,
    pub(super) disable_source: String,
    pub(super) remark: String,
    /// To read what it would do, to do it, or to come back to the form.
    pub(super) step: String,
}

impl TransferForm {
    /// What is asked, and why; a category that is none is not chosen.
    pub(super) fn parse(&self) -> Result<(TransferCommand, SupportRemark), FieldErrors> {
        let mut errors = FieldErrors::default();
        let target: Option<OrganisationId> = self.target.parse().ok();
        if target.is_none() {
            errors.add("", "Choisissez la structure cible.");
        }
        let remark = remark(&mut errors, &self.remark);
        let categories: BTreeSet<Category> =
            self.categories.iter().filter_map(|code| Category::parse(code)).collect();
        let command = |target| TransferCommand {
            target,
            seen: self.seen.clone(),
            categories,
            disable_source: self.disables(),
            to_antenna: false,
        };
        errors.or(target.map(command).zip(remark))
    }

    /// Whether this category is ticked.
    pub(super) fn moves(&self, category: Category) -> bool {
        self.categories.iter().any(|ticked| ticked == category.code())
    }

    /// Whether the source is disabled.
    pub(super) fn disables(&self) -> bool {
        self.disable_source == "true"
    }
}
