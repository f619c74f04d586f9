//! An administrator ends a membership: what the person held is handed over in the same transaction (MEM-7).

use iae_domain::actor::Colleague;
use iae_domain::ids::MembershipId;
use iae_domain::organisations::invitations::RevokedBecause;
use iae_domain::organisations::members::{self as rules, Departure, DepartureRefused, Leaver};
use iae_domain::organisations::policy;

use super::{queries, store};
use crate::error::Error;
use crate::organisations::invitations;
use crate::{App, Ctx, Failure};

/// Whether the drafts of whoever leaves may go on under a colleague: not among orienteurs, who only read the files they
/// created themselves (D4). Theirs expire like any other.
pub const fn hands_drafts(actor: &Colleague) -> bool {
    match actor {
        Colleague::Prescriber(prescriber) => prescriber.authorised,
        Colleague::Employer(_) | Colleague::Inspector(_) => true,
    }
}

/// Ends the membership, and the invitations to and from the person (INV-12).
pub async fn depart(
    app: &App,
    ctx: &Ctx<Colleague>,
    id: MembershipId,
    asked: &Departure,
) -> Result<(), Failure<DepartureRefused>> {
    let organisation = policy::administer(&ctx.actor)?;
    let mut work = app.begin(ctx).await?;
    store::hold_accompanied(&mut work, organisation, id).await?;
    store::lock(&mut work, organisation).await?;
    let by = store::membership(&mut work, organisation, ctx.actor.user()).await?;
    let member = store::member(&mut work, organisation, id).await?.ok_or(Error::NotFound)?;
    let drafts = hands_drafts(&ctx.actor);
    let holdings = queries::holdings(work.db(), organisation, member.user, drafts).await?;
    let colleagues = store::colleagues(&mut work, organisation, member.user).await?;
    let leaver = Leaver { member, holdings, colleagues };
    let left = rules::depart(by.as_ref(), &leaver, asked, work.now())?;
    store::save_departure(&mut work, left).await?;
    let email = store::guest(&mut work, member.user).await?.and_then(|guest| guest.email);
    let because = (RevokedBecause::GuestLeft, RevokedBecause::SenderLeft);
    invitations::revoke_to_and_from(&mut work, organisation, email, member.user, because).await?;
    work.commit().await?;
    Ok(())
}
