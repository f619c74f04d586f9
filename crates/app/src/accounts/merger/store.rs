//! Two accounts that become one, in the database.

mod anew;
mod held;

use iae_domain::Changed;
use iae_domain::accounts::Merger;
use iae_domain::ids::UserId;
use uuid::Uuid;

use self::anew::point_anew;
pub(super) use self::held::{Factor, factors, lock};
use crate::Work;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};

/// Writes it all, with its audit rows and its mail. `factors` are those of the account that is no more, when one signs in as one did
/// with it: sealed for the one that stays.
pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<Merger>,
    is_open: bool,
    factors: &[Factor],
) -> Result<()> {
    let merger = work.keep(changed);
    end_identity(work, merger.lost_identity()).await?;
    unite_memberships(work, &merger).await?;
    unite_traces(work, &merger).await?;
    point_anew(work, &merger).await?;
    if merger.identity == merger.former {
        carry_identity(work, &merger, factors).await?;
    }
    unite_accounts(work, &merger, is_open).await
}

/// Whoever signed in with it is out, and nothing signs in with it any more.
async fn end_identity(work: &mut Work<'_>, lost: UserId) -> Result<()> {
    let now = work.now();
    sqlx::query!(
        r#"
        WITH ended AS (DELETE FROM sessions WHERE user_id = $1)
           , untied AS (DELETE FROM identities WHERE user_id = $1)
           , forgotten AS (DELETE FROM local_passwords WHERE user_id = $1)
           , spent AS (DELETE FROM backup_codes WHERE user_id = $1)
           , stopped AS (UPDATE account_letters SET used_at = $2 WHERE user_id = $1 AND used_at IS NULL)
        UPDATE second_factors SET removed_at = $2 WHERE user_id = $1 AND removed_at IS NULL
        "#,
        lost as _,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Of two memberships of one organisation: the first day, active and administrator if one was. What refers to the one that goes
/// refers to the other.
async fn unite_memberships(work: &mut Work<'_>, merger: &Merger) -> Result<()> {
    let (now, by) = (work.now(), work.by.user);
    sqlx::query!(
        r#"
        UPDATE memberships kept
        SET is_admin = kept.is_admin OR former.is_admin
          , is_active = kept.is_active OR former.is_active
          , joined_at = least(kept.joined_at, former.joined_at)
          , departure_asked_at = greatest(kept.departure_asked_at, former.departure_asked_at)
          , updated_at = $3
          , updated_by = $4
        FROM memberships former
        WHERE kept.user_id = $1 AND former.user_id = $2 AND former.organisation_id = kept.organisation_id
        "#,
        merger.kept as _,
        merger.former as _,
        now,
        by as Option<UserId>,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        WITH both_of AS (
                 SELECT kept.id AS kept_id, former.id AS former_id
                 FROM memberships kept
                 JOIN memberships former ON former.organisation_id = kept.organisation_id
                 WHERE kept.user_id = $1 AND former.user_id = $2
             )
           , asked AS (
                 UPDATE admin_requests r SET membership_id = b.kept_id FROM both_of b WHERE r.membership_id = b.former_id
             )
           , handed AS (
                 UPDATE member_handovers h SET membership_id = b.kept_id FROM both_of b WHERE h.membership_id = b.former_id
             )
        DELETE FROM memberships m USING both_of b WHERE m.id = b.former_id
        "#,
        merger.kept as _,
        merger.former as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// What is kept once for each person and each thing, and that both may have: the last of both.
async fn unite_traces(work: &mut Work<'_>, merger: &Merger) -> Result<()> {
    sqlx::query!(
        r#"
        WITH former AS (DELETE FROM candidate_relations WHERE user_id = $2 RETURNING *)
        INSERT INTO candidate_relations
            (candidate_id, organisation_id, user_id, origin, created_at, last_action_at, advisor_is_unlisted)
        SELECT candidate_id, organisation_id, $1, origin, created_at, last_action_at, advisor_is_unlisted
        FROM former
        ORDER BY candidate_id, organisation_id
        ON CONFLICT (organisation_id, candidate_id, user_id)
        DO UPDATE SET origin = CASE
                          WHEN candidate_relations.last_action_at < excluded.last_action_at THEN excluded.origin
                          ELSE candidate_relations.origin
                      END
                    , advisor_is_unlisted = CASE
                          WHEN candidate_relations.last_action_at < excluded.last_action_at THEN excluded.advisor_is_unlisted
                          ELSE candidate_relations.advisor_is_unlisted
                      END
                    , created_at = least(candidate_relations.created_at, excluded.created_at)
                    , last_action_at = greatest(candidate_relations.last_action_at, excluded.last_action_at)
        "#,
        merger.kept as _,
        merger.former as _,
    )
    .execute(work.db())
    .await?;
    sqlx::query!(
        r#"
        WITH former AS (DELETE FROM application_reads WHERE user_id = $2 RETURNING application_id, at)
           -- The same sheet is prepared for both: one is enough.
           , twice AS (
                 DELETE FROM exports e
                 WHERE e.user_id = $2
                   AND e.state = 'preparing'
                   AND EXISTS (
                           SELECT
                           FROM exports o
                           WHERE o.user_id = $1
                             AND o.state = 'preparing'
                             AND (o.organisation_id, o.capacity, o.list, o.query)
                                 IS NOT DISTINCT FROM (e.organisation_id, e.capacity, e.list, e.query)
                       )
             )
        INSERT INTO application_reads (application_id, user_id, at)
        SELECT application_id, $1, at
        FROM former
        ON CONFLICT (application_id, user_id) DO UPDATE SET at = greatest(application_reads.at, excluded.at)
        "#,
        merger.kept as _,
        merger.former as _,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Who signed in with the account that is no more goes on with the one that stays, in the sessions that are open too.
async fn carry_identity(work: &mut Work<'_>, merger: &Merger, factors: &[Factor]) -> Result<()> {
    // What the cookie layer keeps says whose the session is, beside the column. When its login began matters no more: it opened,
    // and goes on under another id too, though the logins under way of the identity that ends open nothing.
    sqlx::query!(
        r#"
        WITH open AS (
                 UPDATE sessions
                 SET user_id = $1
                   , data = convert_to(
                         (jsonb_set(convert_from(data, 'UTF8')::jsonb, '{user}', to_jsonb($1::uuid)) - 'login_began_at')::text
                       , 'UTF8'
                     )
                 WHERE user_id = $2
             )
           , tied AS (UPDATE identities SET user_id = $1 WHERE user_id = $2)
           , known AS (UPDATE local_passwords SET user_id = $1 WHERE user_id = $2)
           , kept AS (UPDATE backup_codes SET user_id = $1 WHERE user_id = $2)
        UPDATE account_letters SET user_id = $1 WHERE user_id = $2
        "#,
        merger.kept as _,
        merger.former as _,
    )
    .execute(work.db())
    .await?;
    let ids: Vec<Uuid> = factors.iter().map(|factor| factor.id.0).collect();
    let sealed: Vec<Vec<u8>> = factors.iter().map(|factor| factor.sealed.clone()).collect();
    let now = work.now();
    // Those whose secret nobody can open are of no use to anyone.
    sqlx::query!(
        r#"
        WITH lost AS (
                 UPDATE second_factors
                 SET removed_at = $5
                 WHERE user_id = $2 AND removed_at IS NULL AND id <> ALL ($3)
             )
        UPDATE second_factors f
        SET user_id = $1, sealed = anew.sealed
        FROM unnest($3::uuid[], $4::bytea[]) AS anew (id, sealed)
        WHERE f.id = anew.id AND f.user_id = $2
        "#,
        merger.kept as _,
        merger.former as _,
        &ids,
        &sealed,
        now,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// The account that stays takes the identity that was chosen; the other one is closed, and keeps its name.
async fn unite_accounts(work: &mut Work<'_>, merger: &Merger, is_open: bool) -> Result<()> {
    let (now, by) = (work.now(), work.by.user.ok_or(Error::NotFound)?);
    let address = sqlx::query_scalar!("SELECT email FROM users WHERE id = $1", merger.identity as _)
        .fetch_one(work.db())
        .await?;
    let result = sqlx::query!(
        "UPDATE users SET email = NULL, is_active = false, sessions_ended_at = $2 WHERE id = $1",
        merger.former as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")?;
    let result = sqlx::query!(
        r#"
        UPDATE users kept
        SET email = $4
          , first_name = identity.first_name
          , last_name = identity.last_name
          , title = identity.title
          , phone = coalesce(identity.phone, kept.phone, former.phone)
          , is_active = $5
          , first_login_at = least(kept.first_login_at, former.first_login_at)
          , last_login_at = greatest(kept.last_login_at, former.last_login_at)
          , terms_version = greatest(kept.terms_version, former.terms_version)
          , terms_accepted_at = CASE
                WHEN former.terms_version > kept.terms_version THEN former.terms_accepted_at
                ELSE coalesce(kept.terms_accepted_at, former.terms_accepted_at)
            END
          , welcomed_at = least(kept.welcomed_at, former.welcomed_at)
          -- Logins under way of the identity that ends, not of the one that stays.
          , sessions_ended_at = CASE WHEN identity.id = kept.id THEN kept.sessions_ended_at ELSE $6 END
          -- Both were said of one account, of which two are made one.
          , subject_change_armed_at = NULL
          , upcoming_deletion_notified_at = NULL
        FROM users former, users identity
        WHERE kept.id = $1 AND former.id = $2 AND identity.id = $3
        "#,
        merger.kept as _,
        merger.former as _,
        merger.identity as _,
        address.as_deref(),
        is_open,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")?;
    let result = sqlx::query!(
        r#"
        INSERT INTO account_mergers (former_id, kept_id, is_former_identity, merged_by, merged_at)
        VALUES ($1, $2, $3, $4, $5)
        "#,
        merger.former as _,
        merger.kept as _,
        merger.identity == merger.former,
        by as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "account_mergers")
}
