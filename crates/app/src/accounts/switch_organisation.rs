//! Choosing the organisation to act for (SES-4).

use iae_domain::Actor;
use iae_domain::accounts::switched_organisation;
use iae_domain::ids::OrganisationId;

use super::SignedIn;
use crate::error::{Error, Result};
use crate::{App, Ctx};

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
    let mut work = app.begin(ctx).await?;
    work.keep(switched_organisation(person.user, organisation));
    work.commit().await
}
