//! The team makes one account of the two of a professional (rule book 01 §13): all or nothing, in one transaction.

mod queries;
pub mod references;
mod store;

use iae_domain::accounts::{
    AccountChange, AccountMergerRefused, AskMerger, Mergeable, are_names_apart, happened, kept_and_former,
    merge as rule,
};
use iae_domain::actor::StaffActor;
use iae_domain::ids::{OrganisationId, UserId};
use iae_domain::staff::{StaffRight, ensure};
use iae_domain::text::Email;
use sha2::{Digest as _, Sha256};
use sqlx::PgConnection;

use crate::error::Error;
use crate::staff::remarks;
use crate::{App, Ctx, Failure, Result};

pub use queries::{ComparedAccount, ComparedMembership, Former, former};

/// Two accounts side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The account whose page it is.
    pub one: ComparedAccount,
    /// The other.
    pub other: ComparedAccount,
    /// The one that stays: the older.
    pub kept: UserId,
    /// What a form says it was made from (D32).
    pub seen: String,
}

impl Comparison {
    /// The organisations that both are members of.
    pub fn shared(&self) -> usize {
        let of = |account: &ComparedAccount| {
            account
                .memberships
                .iter()
                .map(|membership| membership.organisation)
                .collect::<Vec<OrganisationId>>()
        };
        let others = of(&self.other);
        of(&self.one).iter().filter(|organisation| others.contains(organisation)).count()
    }

    /// Whether the names tell two people: it has to be said that they are one.
    pub fn is_doubtful(&self) -> bool {
        are_names_apart(&self.one.name, &self.other.name)
    }
}

/// The account, for the page where the other one is asked; not found when there is none.
pub async fn account(app: &App, ctx: &Ctx<StaffActor>, id: UserId) -> Result<ComparedAccount> {
    ensure(&ctx.actor, StaffRight::MergeUsers)?;
    let accounts = visible(&mut *app.db.acquire().await?, ctx, [id, id]).await?;
    accounts.into_iter().next().ok_or(Error::NotFound)
}

/// Those of these accounts that this member of the team may see (STF-1).
async fn visible(
    db: &mut PgConnection,
    ctx: &Ctx<StaffActor>,
    ids: [UserId; 2],
) -> Result<Vec<ComparedAccount>> {
    let mut accounts = queries::accounts(db, ids).await?;
    accounts.retain(|account| ctx.actor.may_see(account.is_superuser));
    Ok(accounts)
}

/// The account beside the one of this address; none when nobody has it. Who read both is kept.
pub async fn compare_with(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: UserId,
    email: &Email,
) -> Result<Option<Comparison>, Failure<AccountMergerRefused>> {
    ensure(&ctx.actor, StaffRight::MergeUsers)?;
    match queries::account_with(&app.db, email, ctx.actor.may_see(true)).await? {
        Some(other) => compare(app, ctx, id, other).await.map(Some),
        None => Ok(None),
    }
}

/// Two accounts side by side, unless they are not to be merged.
pub async fn compare(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: UserId,
    other: UserId,
) -> Result<Comparison, Failure<AccountMergerRefused>> {
    ensure(&ctx.actor, StaffRight::MergeUsers)?;
    let mut work = app.begin(ctx).await?;
    let accounts = visible(work.db(), ctx, [id, other]).await?;
    let comparison = comparison(accounts, id, other)?;
    work.keep(happened((), id, AccountChange::ReadByTeam));
    work.keep(happened((), other, AccountChange::ReadByTeam));
    work.commit().await?;
    Ok(comparison)
}

fn comparison(
    accounts: Vec<ComparedAccount>,
    id: UserId,
    other: UserId,
) -> Result<Comparison, Failure<AccountMergerRefused>> {
    let find = |id: UserId| accounts.iter().find(|account| account.id == id).cloned().ok_or(Error::NotFound);
    let (one, other) = (find(id)?, find(other)?);
    let (kept, _) = kept_and_former(&mergeable(&one), &mergeable(&other))?;
    let seen = seen(&one, &other);
    Ok(Comparison { one, other, kept, seen })
}

const fn mergeable(account: &ComparedAccount) -> Mergeable {
    Mergeable {
        user: account.id,
        kind: account.kind,
        is_active: account.is_active,
        created_at: account.created_at,
        merged_into: account.merged_into,
    }
}

/// What decides of a merger: who both are, and where. What they did since changes nothing to it, and goes with the rest.
fn seen(one: &ComparedAccount, other: &ComparedAccount) -> String {
    let mut digest = Sha256::new();
    for account in [one, other] {
        digest.update(account.identity());
        digest.update([0]);
        for membership in &account.memberships {
            digest.update(format!("{membership:?}"));
        }
    }
    hex::encode(digest.finalize().get(..16).unwrap_or_default())
}

/// Makes one account of two, and gives the one that stays. Asked again, it is done already; with the other identity, it is not.
pub async fn merge(
    app: &App,
    ctx: &Ctx<StaffActor>,
    (id, other): (UserId, UserId),
    seen: &str,
    asked: AskMerger,
) -> Result<UserId, Failure<AccountMergerRefused>> {
    ensure(&ctx.actor, StaffRight::MergeUsers)?;
    let mut work = app.begin(ctx).await?;
    store::lock(&mut work, [id, other]).await?;
    let accounts = visible(work.db(), ctx, [id, other]).await?;
    if let Some(done) = merged_already(&accounts, id, other, asked.identity) {
        return Ok(done?);
    }
    let now = comparison(accounts, id, other)?;
    if now.seen != seen {
        return Err(AccountMergerRefused::Overtaken.into());
    }
    if now.is_doubtful() && !asked.is_same_person {
        return Err(AccountMergerRefused::NotSaidSame.into());
    }
    let merged = rule(&mergeable(&now.one), &mergeable(&now.other), asked)?;
    let merger = merged.value().clone();
    let is_open = now.one.is_active || now.other.is_active;
    let factors = if merger.identity == merger.former {
        sealed_anew(app, store::factors(&mut work, merger.former).await?, merger.former, merger.kept)?
    } else {
        vec![]
    };
    store::save(&mut work, merged, is_open, &factors).await?;
    remarks::keep(&mut work, merger.kept, "account.merged", &merger.remark).await?;
    remarks::keep(&mut work, merger.former, "account.merged_into", &merger.remark).await?;
    work.commit().await?;
    Ok(merger.kept)
}

/// The account that stays, when one of the two was merged into the other and this identity survived.
fn merged_already(
    accounts: &[ComparedAccount],
    id: UserId,
    other: UserId,
    identity: UserId,
) -> Option<Result<UserId, AccountMergerRefused>> {
    let merged = |one: UserId, into: UserId| {
        accounts.iter().find(|account| account.id == one && account.merged_into == Some(into))
    };
    let former = merged(id, other).or_else(|| merged(other, id))?;
    let kept = former.merged_into?;
    let survived = if former.gave_identity? { former.id } else { kept };
    Some(if survived == identity { Ok(kept) } else { Err(AccountMergerRefused::MergedOtherwise { kept }) })
}

/// Secrets of applications that give codes, bound to the account that stays; none of those that nobody can open any more.
fn sealed_anew(
    app: &App,
    factors: Vec<store::Factor>,
    former: UserId,
    kept: UserId,
) -> Result<Vec<store::Factor>> {
    let opened = factors.into_iter().filter_map(|factor| {
        let secret = app.secrets.open(former.0.as_bytes(), &factor.sealed)?;
        Some((factor.id, secret))
    });
    opened
        .map(|(id, secret)| Ok(store::Factor { id, sealed: app.secrets.seal(kept.0.as_bytes(), secret)? }))
        .collect()
}
