//! What is deposited.

use chrono::{DateTime, NaiveDate, Utc};
use iae_app::documents::ReceivedFile;
use iae_app::eligibility::proofs::Deposit;
use iae_app::eligibility::proofs::queries::Vault;
use iae_domain::documents::DocumentRefused;
use iae_domain::eligibility::Criterion;
use iae_domain::ids::EligibilityProofId;
use serde::Deserialize;

use super::messages::{self, CRITERION, DATED_ON, PROOF};
use crate::forms::FieldErrors;
use crate::transition::{instant, version};

/// What is typed, beside the file.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct DepositForm {
    pub(super) criterion: String,
    pub(super) dated_on: String,
    /// The proofs that were kept when the page was made (D32).
    pub(super) seen: String,
}

impl DepositForm {
    /// What the form means with its file, or all its mistakes at once.
    pub(super) fn parse(
        &self,
        vault: &Vault,
        mut files: Vec<ReceivedFile>,
        today: NaiveDate,
    ) -> Result<(Deposit, ReceivedFile), FieldErrors> {
        let mut errors = FieldErrors::default();
        let declared = |criterion: &Criterion| vault.hire.declared(*criterion).is_some();
        let criterion = Criterion::parse(&self.criterion).filter(declared);
        if criterion.is_none() {
            errors.add(CRITERION, messages::CHOOSE);
        }
        let dated_on = errors.day(DATED_ON, &self.dated_on);
        if dated_on.is_none() {
            errors.add(DATED_ON, messages::SAY_THE_DAY);
        }
        let said = criterion.zip(dated_on);
        let refused = said.map(|(criterion, dated_on)| vault.hire.may_deposit(criterion, dated_on, today));
        if let Some(Err(refused)) = refused {
            let (field, why) = messages::useless(refused, vault.hire.starts_on);
            errors.add(field, why);
        }
        let file = files.pop();
        if file.is_none() {
            errors.add(PROOF, messages::NOTHING_CHOSEN);
        }
        if !files.is_empty() {
            errors.add(PROOF, messages::refused_file(DocumentRefused::TooMany));
        }
        let seen = read(&self.seen);
        let deposit = said.map(|(criterion, dated_on)| Deposit { criterion, dated_on, seen });
        errors.or(deposit.zip(file))
    }
}

/// The proofs that are kept, as a form says them: each with when it came.
pub(super) fn seen(vault: &Vault) -> String {
    let said = vault.kept.iter().map(|proof| format!("{}@{}", proof.id, version(proof.deposited_at)));
    said.collect::<Vec<_>>().join(",")
}

fn read(seen: &str) -> Vec<(EligibilityProofId, DateTime<Utc>)> {
    let one = |text: &str| {
        let (id, at) = text.split_once('@')?;
        Some((id.parse().ok()?, instant(at)?))
    };
    seen.split(',').filter_map(one).collect()
}
