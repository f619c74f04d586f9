//! Spendings.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::budget::{Budget, DAY, Spending, Spendings, Spent, VisitorSpending, WHILE};
use iae_domain::ids::{OrganisationId, UserId, uuid_at};

use crate::Work;
use crate::error::Result;

/// What was spent before now. Two requests of one account, whichever organisation it acts for, or of one organisation,
/// wait for each other: the last one of a budget is spent once. The account first, lest two wait for each other for ever.
pub(super) async fn lock(work: &mut Work<'_>, spending: Spending) -> Result<Spendings> {
    let Spending { user, organisation, .. } = spending;
    for counted in std::iter::once(user.0).chain(organisation.map(|organisation| organisation.0)) {
        sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 2))", counted)
            .execute(work.db())
            .await?;
    }
    work.locked();
    let now = work.now();
    spent(work.db(), spending, now).await
}

/// The same as it is read, nobody waiting.
pub(super) async fn spent(
    db: impl sqlx::PgExecutor<'_>,
    spending: Spending,
    now: DateTime<Utc>,
) -> Result<Spendings> {
    let Spending { budget, user, organisation, .. } = spending;
    let row = sqlx::query!(
        r#"
        SELECT count(*) FILTER (WHERE user_id = $1 AND NOT is_told AND at > $4) AS "account_while!"
             , min(at) FILTER (WHERE user_id = $1 AND NOT is_told AND at > $4) AS account_while_since
             , count(*) FILTER (WHERE user_id = $1 AND NOT is_told) AS "account_day!"
             , min(at) FILTER (WHERE user_id = $1 AND NOT is_told) AS account_day_since
             , count(*) FILTER (WHERE organisation_id = $2 AND NOT is_told) AS "organisation_day!"
             , min(at) FILTER (WHERE organisation_id = $2 AND NOT is_told) AS organisation_day_since
             , coalesce(bool_or(is_told AND user_id = $1), false) AS "is_told!"
        FROM spendings
        WHERE budget = $3 AND at > $5 AND (user_id = $1 OR organisation_id = $2)
        "#,
        user as _,
        organisation as Option<OrganisationId>,
        budget.code(),
        now - WHILE,
        now - DAY,
    )
    .fetch_one(db)
    .await?;
    Ok(Spendings {
        account_while: Spent { times: row.account_while, since: row.account_while_since },
        account_day: Spent { times: row.account_day, since: row.account_day_since },
        organisation_day: Spent { times: row.organisation_day, since: row.organisation_day_since },
        is_told: row.is_told,
    })
}

/// Keeps that one was spent, or that it was told that none is left.
pub(super) async fn insert(work: &mut Work<'_>, changed: Changed<Spending>) -> Result<()> {
    let Spending { budget, user, organisation, is_told } = work.keep(changed);
    write(work, budget, Spender::Account(user, organisation), is_told).await
}

/// Who spends.
enum Spender {
    Account(UserId, Option<OrganisationId>),
    Visitor(Vec<u8>),
}

async fn write(work: &mut Work<'_>, budget: Budget, by: Spender, is_told: bool) -> Result<()> {
    let (user, organisation, visitor) = match by {
        Spender::Account(user, organisation) => (Some(user), organisation, None),
        Spender::Visitor(visitor) => (None, None, Some(visitor)),
    };
    let at = work.now();
    sqlx::query!(
        r#"
        INSERT INTO spendings (id, budget, user_id, organisation_id, visitor, at, is_told)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        "#,
        uuid_at(at),
        budget as _,
        user as Option<UserId>,
        organisation as Option<OrganisationId>,
        visitor,
        at,
        is_told,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// The same for an address where nobody is signed in.
pub(super) async fn lock_visitor(work: &mut Work<'_>, spending: &VisitorSpending) -> Result<Spendings> {
    let VisitorSpending { budget, visitor } = spending;
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 2))", visitor.as_slice())
        .execute(work.db())
        .await?;
    work.locked();
    let now = work.now();
    let counted = sqlx::query!(
        r#"
        SELECT count(*) FILTER (WHERE at > $3) AS "while_times!"
             , min(at) FILTER (WHERE at > $3) AS while_since
             , count(*) AS "day_times!"
             , min(at) AS day_since
        FROM spendings
        WHERE visitor = $1 AND budget = $2 AND at > $4
        "#,
        visitor.as_slice(),
        *budget as _,
        now - WHILE,
        now - DAY,
    );
    let counted = counted.fetch_one(work.db()).await?;
    let account_while = Spent { times: counted.while_times, since: counted.while_since };
    let account_day = Spent { times: counted.day_times, since: counted.day_since };
    Ok(Spendings { account_while, account_day, ..Spendings::default() })
}

/// Keeps that one was spent from an address, for nothing.
pub(super) async fn insert_wasted(work: &mut Work<'_>, changed: Changed<VisitorSpending>) -> Result<()> {
    let VisitorSpending { budget, visitor } = work.keep(changed);
    write(work, budget, Spender::Visitor(visitor), false).await
}
