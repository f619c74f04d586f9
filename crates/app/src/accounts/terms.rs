//! What a person does once: the terms they accept (SES-11), the welcome they read (SES-12).

use iae_domain::accounts::{AccountChange, NewerTerms, accept_terms as decide, happened};

use super::{SignedIn, store};
use crate::error::Result;
use crate::{App, Ctx, Failure};

/// Accepts the version that was shown, as long as it is the one that applies.
pub async fn accept_terms(
    app: &App,
    ctx: &Ctx<()>,
    person: &SignedIn,
    shown: &str,
) -> Result<(), Failure<NewerTerms>> {
    let mut work = app.begin(&ctx.with(person.record())).await?;
    let version = decide(shown, work.today())?;
    let accepted = happened(person.user, person.user, AccountChange::TermsAccepted { version });
    store::save_terms(&mut work, accepted, version).await?;
    work.commit().await?;
    Ok(())
}

/// The person read what the service is for: it is not shown again.
pub async fn welcome(app: &App, ctx: &Ctx<()>, person: &SignedIn) -> Result<()> {
    let mut work = app.begin(&ctx.with(person.record())).await?;
    store::save_welcome(&mut work, happened(person.user, person.user, AccountChange::Welcomed)).await?;
    work.commit().await
}
