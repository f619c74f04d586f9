//! The first one into a company: a link goes to its official address, and lets in who holds it (SGN-8, SGN-9).

use iae_domain::accounts::switched_organisation;
use iae_domain::actor::ActorRecord;
use iae_domain::ids::{OrganisationId, SignUpRequestId, UserId};
use iae_domain::organisations::members::Road;
use iae_domain::organisations::sign_up::{CompanyLinkRefused, ask_for_link};

use super::store;
use crate::error::Error;
use crate::organisations::invitations::Arrived;
use crate::organisations::{members, secret};
use crate::{App, Ctx, Failure};

/// Sends a link to the official address of a company where nobody is.
pub async fn send_link(
    app: &App,
    ctx: &Ctx<ActorRecord>,
    user: UserId,
    company: OrganisationId,
) -> Result<(), Failure<CompanyLinkRefused>> {
    let mut work = app.begin(ctx).await?;
    members::store::lock(&mut work, company).await?;
    store::lock_asker(&mut work, user).await?;
    let guest = members::store::guest(&mut work, user).await?.ok_or(Error::NotFound)?;
    let facts = store::company_facts(&mut work, company, user).await?.ok_or(Error::NotFound)?;
    let link = ask_for_link(&facts, &guest, work.now())?;
    store::insert_link(&mut work, link, &secret()).await?;
    work.commit().await?;
    Ok(())
}

/// Whoever holds a link joins its company, by their own act (MEM-5), and acts for it from then on: the session is the caller's to
/// change. To whoever has not its word, it does not exist.
pub async fn join_by_link(
    app: &App,
    ctx: &Ctx<ActorRecord>,
    user: UserId,
    id: SignUpRequestId,
    token: &str,
) -> Result<Arrived, Failure<CompanyLinkRefused>> {
    let mut work = app.begin(ctx).await?;
    let company = store::company_of_link(&mut work, id, token).await?.ok_or(Error::NotFound)?;
    members::store::lock(&mut work, company).await?;
    let link = store::lock_link(&mut work, id).await?.ok_or(Error::NotFound)?;
    let guest = members::store::guest(&mut work, user).await?.ok_or(Error::NotFound)?;
    let came_by_it = link.used.is_some_and(|(_, by)| by == user);
    let there = members::store::membership(&mut work, company, user).await?;
    if came_by_it && there.is_some_and(|there| there.is_active) {
        return Ok(Arrived { organisation: company, before: true });
    }
    let facts = store::company_facts(&mut work, company, user).await?.ok_or(Error::NotFound)?;
    let served = link.serve(&facts, &guest, work.now())?;
    store::save_link(&mut work, served).await?;
    let joined = members::add_or_activate(&mut work, company, user, Road::CompanyLink, None).await;
    joined.map_err(Failure::within::<CompanyLinkRefused>)?;
    work.keep(switched_organisation(user, company));
    work.commit().await?;
    Ok(Arrived { organisation: company, before: false })
}
