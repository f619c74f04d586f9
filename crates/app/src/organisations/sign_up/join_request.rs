//! Somebody asks who acts for an organisation to let them in (SGN-7, SGN-11, SGN-12, SGN-15).

use iae_domain::actor::ActorRecord;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::organisations::Siret;
use iae_domain::organisations::sign_up::{self as rules, JoinRequestRefused};

use super::store;
use crate::error::Error;
use crate::organisations::members;
use crate::{App, Ctx, Failure};

/// How the organisation was shown to whoever asks: what no search showed them does not exist (SGN-15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownAs {
    /// As an active company, which any of its members may let them into.
    Company,
    /// As a prescriber organisation of this SIRET, or of its legal unit and this département, with members.
    Prescriber {
        /// The SIRET that was typed.
        siret: Siret,
        /// The département that was chosen.
        department: String,
    },
}

/// Asks its first administrator, else its first member; the team where nobody is.
pub async fn ask_to_join(
    app: &App,
    ctx: &Ctx<ActorRecord>,
    user: UserId,
    organisation: OrganisationId,
    shown: &ShownAs,
) -> Result<(), Failure<JoinRequestRefused>> {
    let mut work = app.begin(ctx).await?;
    members::store::lock(&mut work, organisation).await?;
    if !store::is_shown(&mut work, organisation, shown).await? {
        return Err(Error::NotFound.into());
    }
    store::lock_asker(&mut work, user).await?;
    let guest = members::store::guest(&mut work, user).await?.ok_or(Error::NotFound)?;
    let facts = store::join_facts(&mut work, organisation, user).await?;
    let request = rules::ask_to_join(&facts, &guest, work.now())?;
    store::insert_join_request(&mut work, request).await?;
    work.commit().await?;
    Ok(())
}
