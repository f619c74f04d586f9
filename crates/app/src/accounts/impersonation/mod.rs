//! A member of the team sees the platform as somebody, to help them (AUT-30, AUT-31). The session stays theirs; the person behind
//! its pages is the other one (`accounts/sessions`), and the trail keeps both.

mod store;

use chrono::{DateTime, TimeDelta, Utc};
use iae_domain::Actor;
use iae_domain::accounts::UserKind;
use iae_domain::actor::StaffActor;
use iae_domain::ids::{ImpersonationId, UserId};
use iae_domain::staff::{
    ImpersonationEnd, ImpersonationFacts, ImpersonationRefused, Reason, StaffRight, end_impersonation,
    ensure, impersonate, lapsed, may_be_seen_as,
};
use iae_domain::text::Email;

use super::Impersonator;
use crate::candidates::note_opening;
use crate::error::{Error, Result};
use crate::{App, Ctx, Db, Failure, Work};

/// How long a session may be between two ids: one that nothing names by then is over.
const CHANGING: TimeDelta = TimeDelta::minutes(1);

/// Whom a member of the team is about to see the platform as.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The account.
    pub user: UserId,
    /// Their name, as shown.
    pub name: String,
    /// Their address.
    pub email: Option<Email>,
    /// The kind of their account.
    pub kind: UserKind,
    /// Why it may not be.
    pub refused: Option<ImpersonationRefused>,
    /// When it was done before, the latest first.
    pub past: Vec<Past>,
}

/// One that began, in a session that is about to change its id.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    /// Which.
    pub id: ImpersonationId,
    /// When the session ends, whatever its id (SES-13).
    pub session_ends_at: DateTime<Utc>,
}

/// One that was, or is under way, as the team reads it.
#[derive(Debug, Clone)]
pub struct Past {
    /// Since when.
    pub started_at: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Who of the team.
    pub by: String,
    /// Why they did it.
    pub reason: String,
    /// Why it ended; none while it goes on.
    pub end: Option<ImpersonationEnd>,
}

/// The same, as the person reads it: when, neither who nor why.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Since when.
    pub started_at: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// What a member of the team reads before they begin. Who a candidate is was then read (D34).
pub async fn preview(app: &App, ctx: &Ctx<StaffActor>, user: UserId) -> Result<Preview> {
    ensure(&ctx.actor, StaffRight::Impersonate)?;
    let mut db = app.db.acquire().await?;
    let account = store::account(&mut db, user).await?.ok_or(Error::NotFound)?;
    let past = store::past(&mut db, user, ctx.now).await?;
    drop(db);
    if account.target.kind == UserKind::JobSeeker {
        note_opening(app, &ctx.any(), user.into()).await?;
    }
    let refused = may_be_seen_as(&account.target).err();
    let store::Account { target, name, email } = account;
    Ok(Preview { user, name, email, kind: target.kind, refused, past })
}

/// Begins: the session under `key` shows the platform as this person from now on, for an hour at most. A session that does so
/// already, or ended meanwhile, is a conflict.
pub async fn begin(
    app: &App,
    ctx: &Ctx<StaffActor>,
    user: UserId,
    reason: Reason,
    key: &[u8],
) -> Result<Begun, Failure<ImpersonationRefused>> {
    ensure(&ctx.actor, StaffRight::Impersonate)?;
    let mut work = app.begin(ctx).await?;
    let target = store::lock_target(&mut work, user).await?.ok_or(Error::NotFound)?;
    let now = work.now();
    let id = ImpersonationId::at(now);
    let begun = impersonate(id, &ctx.actor, &target, reason, now)?;
    let session_ends_at = store::begin(&mut work, begun, key).await?.ok_or(Error::Conflict)?;
    work.commit().await?;
    Ok(Begun { id, session_ends_at })
}

/// The member of the team leaves it. Of two clicks at once, one ends it.
pub async fn leave(app: &App, ctx: &Ctx<()>, by: &Impersonator) -> Result<()> {
    let mut work = app.begin(&ctx.in_own_name(by.record())).await?;
    if end_within(&mut work, by.impersonation, ImpersonationEnd::Left).await? {
        work.commit().await?;
    }
    Ok(())
}

/// Ends it within what ends it; `false` when it was over.
pub(super) async fn end_within(
    work: &mut Work<'_>,
    id: ImpersonationId,
    because: ImpersonationEnd,
) -> Result<bool> {
    let Some(open) = store::lock_open(work, id).await? else { return Ok(false) };
    store::end(work, end_impersonation(id, open.target, because)).await?;
    Ok(true)
}

/// Ends one that nobody left, for what it is over by: an hour went by, a right or an account is no more, or its session.
pub async fn lapse(app: &App, ctx: &Ctx<Actor>, id: ImpersonationId) -> Result<()> {
    let mut work = app.begin(ctx).await?;
    let Some(open) = store::lock_open(&mut work, id).await? else { return Ok(()) };
    let facts = ImpersonationFacts {
        staff: open.staff.as_ref(),
        target_is_active: open.target_is_active,
        expires_at: open.expires_at,
    };
    let because = lapsed(facts, ctx.now).unwrap_or(ImpersonationEnd::SessionOver);
    store::end(&mut work, end_impersonation(id, open.target, because)).await?;
    work.commit().await
}

/// Ends those that nobody asked a page in since they were over. Gives how many there were.
pub async fn expire(app: &App, ctx: &Ctx<Actor>) -> Result<usize> {
    let over = store::over(&app.db, ctx.now, ctx.now - CHANGING).await?;
    for id in &over {
        lapse(app, ctx, *id).await?;
    }
    Ok(over.len())
}

/// When the team saw the platform as this person, the latest first.
pub async fn of_person(db: &Db, user: UserId, now: DateTime<Utc>) -> Result<Vec<Look>> {
    store::looks(db, user, now).await
}
