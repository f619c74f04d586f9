//! The code of an attestation is checked by anyone (rule book 03 §4.14).

mod queries;

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::budget::Budget;
use iae_domain::pass::attestation::{AttestationCode, Verdict};

use crate::budgets::{Visitor, begin_spending};
use crate::error::Result;
use crate::{App, Ctx};

/// Says of a code, as it was typed, whether it is that of a valid PASS and until when. One that is nobody's is counted
/// against the address it came from; once too many were, no code is looked at from there. Neither the code nor what was
/// answered is kept.
pub async fn check(app: &App, ctx: &Ctx<()>, from: Visitor, typed: &str) -> Result<Verdict> {
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let spending = begin_spending(&mut work, Budget::AttestationCheck, from).await?;
    let end: Option<NaiveDate> = match AttestationCode::parse(typed) {
        Some(code) => queries::end_of(&mut work, &code).await?,
        None => None,
    };
    let verdict = Verdict::of(end, work.today());
    match verdict {
        Verdict::Unknown => spending.waste(&mut work).await?,
        Verdict::Valid { .. } | Verdict::Over { .. } => {}
    }
    work.commit().await?;
    Ok(verdict)
}
