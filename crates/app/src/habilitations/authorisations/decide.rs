//! The team validates an authorisation, refuses it, changes a kind; every active member is told.

use iae_domain::Changed;
use iae_domain::actor::StaffActor;
use iae_domain::habilitations::{AuthorisationRefused, Decided, Overseen};
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::{AuthorisationStatus, PrescriberKind};
use iae_domain::staff::{StaffRight, ensure};

use super::super::instruct::revoke_orders;
use super::super::store;
use super::super::term::unexpected;
use crate::error::Error;
use crate::pass::prolongation::give_back;
use crate::{App, Ctx, Failure};

/// Why orders of an organisation are revoked when the team refuses its authorisation: its DDETS reads it.
const BY_THE_TEAM: &str = "L’équipe de Parcours IAE a refusé l’habilitation de cette organisation.";

/// Validates the authorisation of an organisation (PRE-7).
pub async fn validate(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, &str),
) -> Result<(), Failure<AuthorisationRefused>> {
    decide(app, ctx, (id, seen), |overseen| overseen.validate(&ctx.actor)).await
}

/// Refuses it: the organisation is an orienteur (PRE-8).
pub async fn refuse(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, &str),
) -> Result<(), Failure<AuthorisationRefused>> {
    decide(app, ctx, (id, seen), |overseen| overseen.refuse(&ctx.actor)).await
}

/// Changes the kind of an organisation (PRE-9).
pub async fn change_kind(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, &str),
    kind: PrescriberKind,
) -> Result<(), Failure<AuthorisationRefused>> {
    decide(app, ctx, (id, seen), |overseen| overseen.change_kind(kind)).await
}

/// Decides of what the form saw, under the lock (D32). Whoever loses the right answers no request of prolongation any more.
async fn decide(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, seen): (OrganisationId, &str),
    rule: impl FnOnce(Overseen) -> Result<Changed<Decided>, AuthorisationRefused>,
) -> Result<(), Failure<AuthorisationRefused>> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let mut work = app.begin(ctx).await?;
    let overseen = store::lock(&mut work, id).await?.ok_or(Error::NotFound)?.overseen();
    if overseen.seen() != seen {
        return Err(Failure::Refused(AuthorisationRefused::Overtaken));
    }
    let changed = rule(overseen)?;
    // Its orders go with a right that is refused: another order, one day, gives nothing of them back.
    if changed.value().status == AuthorisationStatus::Refused {
        revoke_orders(&mut work, id, BY_THE_TEAM).await.map_err(unexpected)?;
    }
    let decided = store::save_decided(&mut work, changed).await?;
    let decided = decided.ok_or(Failure::Refused(AuthorisationRefused::SameSiret))?;
    if decided.loses_right {
        give_back(&mut work, id).await?;
    }
    work.commit().await?;
    Ok(())
}
