//! A member invites people to join their organisation (INV-2 to INV-4).

use iae_domain::Changed;
use iae_domain::actor::Colleague;
use iae_domain::budget::Budget;
use iae_domain::organisations::invitations::{self as rules, InviteRefused, Invited, NewInvitation};
use iae_domain::organisations::policy;

use super::store;
use crate::budgets::spend;
use crate::organisations::members;
use crate::{App, Ctx, Failure, Work};

/// Says what is wrong with these people, if anything is, and invites nobody.
pub async fn check(
    app: &App,
    ctx: &Ctx<Colleague>,
    people: Vec<Invited>,
) -> Result<(), Failure<InviteRefused>> {
    let mut work = app.begin(ctx).await?;
    let decided = decide(&mut work, ctx, people).await.map(drop);
    work.rollback().await?;
    counted(app, ctx, decided).await
}

/// Invites all of them, or nobody; answers how many.
pub async fn invite(
    app: &App,
    ctx: &Ctx<Colleague>,
    people: Vec<Invited>,
) -> Result<usize, Failure<InviteRefused>> {
    let mut work = app.begin(ctx).await?;
    let invited = match decide(&mut work, ctx, people).await {
        Ok(invited) => invited,
        Err(refused) => {
            work.rollback().await?;
            return counted(app, ctx, Err(refused)).await;
        }
    };
    let count = store::insert(&mut work, invited).await?;
    work.commit().await?;
    Ok(count)
}

/// Each line that tells of a stranger is an answer, and counts as a look-up: nobody goes through a list of addresses this way.
async fn counted<T>(
    app: &App,
    ctx: &Ctx<Colleague>,
    decided: Result<T, Failure<InviteRefused>>,
) -> Result<T, Failure<InviteRefused>> {
    if let Err(Failure::Refused(refused)) = &decided {
        for _ in 0..refused.tells_of_strangers() {
            spend(app, &ctx.any(), Budget::LookUp).await?;
        }
    }
    decided
}

async fn decide(
    work: &mut Work<'_>,
    ctx: &Ctx<Colleague>,
    people: Vec<Invited>,
) -> Result<Changed<Vec<NewInvitation>>, Failure<InviteRefused>> {
    let organisation = policy::invite(&ctx.actor);
    members::store::lock(work, organisation).await?;
    let host = store::host(work, &ctx.actor).await?;
    let people = store::known(work, organisation, people).await?;
    Ok(rules::invite(&host, people, work.now())?)
}
