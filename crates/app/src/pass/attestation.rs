//! The code of an attestation is checked by anyone (rule book 03 §4.14).

mod queries;

use chrono::NaiveDate;
use iae_domain::Actor;
use iae_domain::budget::Budget;
use iae_domain::pass::attestation::{AttestationCode, Verdict};

use crate::budgets::{Visitor, waste};
use crate::error::Result;
use crate::{App, Ctx};

/// Says of a code, as it was typed, whether it is that of a valid PASS and until when. One that is nobody's is counted
/// against the address it came from, and refused once too many were; one that is somebody's is answered whatever others typed
/// at the same address, and waits for none of them. Neither the code nor what was answered is kept.
pub async fn check(app: &App, ctx: &Ctx<()>, from: Visitor, typed: &str) -> Result<Verdict> {
    let mut work = app.begin(&ctx.with(Actor::System)).await?;
    let end: Option<NaiveDate> = match AttestationCode::parse(typed) {
        Some(code) => queries::end_of(&mut work, &code).await?,
        None => None,
    };
    let verdict = Verdict::of(end, work.today());
    match verdict {
        Verdict::Unknown => waste(&mut work, Budget::AttestationCheck, from).await?,
        Verdict::Valid { .. } | Verdict::Over { .. } => {}
    }
    work.commit().await?;
    Ok(verdict)
}
