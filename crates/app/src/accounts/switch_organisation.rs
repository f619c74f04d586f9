//! Choosing the organisation to act for (SES-4).

use iae_domain::Actor;
use iae_domain::accounts::{AccountChange, AccountEvent};
use iae_domain::ids::OrganisationId;

use super::SignedIn;
use crate::error::{Error, Result};
use crate::{App, Ctx, audit};

/// Checks that the person may act for `organisation` and records the switch; the session is the caller's to change.
pub async fn switch_organisation(
    app: &App,
    ctx: &Ctx<Actor>,
    person: &SignedIn,
    organisation: OrganisationId,
) -> Result<()> {
    if !person.memberships.iter().any(|membership| membership.organisation == organisation) {
        return Err(Error::NotFound);
    }
    let mut tx = app.db.begin().await?;
    let change = AccountChange::SwitchedOrganisation { organisation };
    audit::record(app, &mut tx, ctx, &[AccountEvent { user: person.user, change }.into()]).await?;
    tx.commit().await?;
    Ok(())
}
