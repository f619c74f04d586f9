//! What is counted by address, where nobody is signed in: only what was asked for nothing, since hundreds of people may leave
//! by one (D25).

use std::fmt;

use iae_domain::budget::{Budget, VisitorSpending};
use sha2::{Digest as _, Sha256};

use super::store;
use crate::Work;
use crate::error::{Error, Result};

/// Where a request comes from, as it is counted: its address, digested.
#[derive(Debug, Clone)]
pub struct Visitor(Vec<u8>);

impl Visitor {
    /// Whoever is at this address.
    pub fn at(address: impl fmt::Display) -> Self {
        Self(Sha256::digest(address.to_string()).to_vec())
    }

    /// The digest.
    pub(crate) fn digest(&self) -> &[u8] {
        &self.0
    }
}

/// What was asked found nothing: it is counted, or refused when nothing is left there. Waits for whoever asks from the same
/// address.
pub(crate) async fn waste(work: &mut Work<'_>, budget: Budget, Visitor(visitor): Visitor) -> Result<()> {
    let spending = VisitorSpending { budget, visitor };
    let spendings = store::lock_visitor(work, &spending).await?;
    budget.ensure_left(&spendings, work.now()).map_err(Error::Exhausted)?;
    store::insert_wasted(work, spending.wasted()).await
}
