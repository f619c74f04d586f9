//! What a provider says of somebody, written in their account.

use iae_domain::Changed;
use iae_domain::accounts::{Claims, Login, UserKind};
use iae_domain::candidates::BirthDate;
use iae_domain::ids::UserId;
use iae_domain::text::{Name, folded};

use super::{insert_identity, replace_identity};
use crate::Work;
use crate::error::Result;

/// Writes who signed in: the identity that is now theirs when it is new, and what the provider says of them.
pub(super) async fn write(work: &mut Work<'_>, login: Changed<Login>, claims: &Claims) -> Result<Login> {
    let login = work.keep(login);
    match login {
        Login::Foreign(_) => {}
        Login::Known(user) => take_what_it_says(work, user, claims).await?,
        Login::Link(user) => {
            insert_identity(work, user, claims.provider, &claims.subject).await?;
            // OID-13: who signs in by a provider has no password here (AUT-4).
            sqlx::query!("DELETE FROM local_passwords WHERE user_id = $1", user as _)
                .execute(work.db())
                .await?;
            take_what_it_says(work, user, claims).await?;
        }
        Login::Relink(user) => {
            replace_identity(work, user, claims).await?;
            take_what_it_says(work, user, claims).await?;
        }
        Login::Open(user, kind) => {
            insert_account(work, user, kind, claims).await?;
            insert_identity(work, user, claims.provider, &claims.subject).await?;
        }
    }
    Ok(login)
}

/// The names and the address that the provider gives become the account's (OID-10): an empty value erases nothing, and what
/// API Particulier certified of a candidate stays (OID-23). An address its provider does not prove stays out.
async fn take_what_it_says(work: &mut Work<'_>, user: UserId, claims: &Claims) -> Result<()> {
    let proved = claims.provider.contract().email.holds(claims.email_verified);
    let (first_name, last_name) = names(claims);
    sqlx::query!(
        r#"
        UPDATE users u
        SET first_name = CASE WHEN certified THEN u.first_name ELSE coalesce($2, u.first_name) END
          , last_name = CASE WHEN certified THEN u.last_name ELSE coalesce($3, u.last_name) END
          , email = coalesce($4, u.email)
        FROM (
            SELECT EXISTS (
                SELECT FROM identity_certifications c WHERE c.candidate_id = $1 AND c.certifier = 'API_PARTICULIER'
            ) AS certified
        ) known
        WHERE u.id = $1
        "#,
        user as _,
        first_name,
        last_name,
        proved.then(|| claims.email.as_str()),
    )
    .execute(work.db())
    .await?;
    let names = sqlx::query!("SELECT first_name, last_name FROM users WHERE id = $1", user as _)
        .fetch_one(work.db())
        .await?;
    let search = folded(&format!("{} {}", names.last_name, names.first_name));
    sqlx::query!("UPDATE candidates SET search = $2 WHERE id = $1 AND search <> $2", user as _, search)
        .execute(work.db())
        .await?;
    Ok(())
}

fn names(claims: &Claims) -> (Option<&str>, Option<&str>) {
    (claims.first_name.as_ref().map(Name::as_str), claims.last_name.as_ref().map(Name::as_str))
}

/// Opens an account for who has none (OID-15), and the file of a candidate.
async fn insert_account(work: &mut Work<'_>, user: UserId, kind: UserKind, claims: &Claims) -> Result<()> {
    let (now, today) = (work.now(), work.today());
    let (first_name, last_name) = names(claims);
    let (first_name, last_name) = (first_name.unwrap_or_default(), last_name.unwrap_or_default());
    sqlx::query!(
        "INSERT INTO users (id, kind, email, first_name, last_name, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        user as _,
        kind.code(),
        claims.email.as_str(),
        first_name,
        last_name,
        now,
    )
    .execute(work.db())
    .await?;
    if kind == UserKind::JobSeeker {
        // What no service for adults takes is asked again in the file.
        let born = claims.birth_date.and_then(|born| BirthDate::new(born, today).ok()).map(BirthDate::date);
        sqlx::query!(
            r#"
            INSERT INTO candidates (id, birth_date, created_at, updated_at, search)
            VALUES ($1, $2, $3, $3, $4)
            "#,
            user as _,
            born,
            now,
            folded(&format!("{last_name} {first_name}")),
        )
        .execute(work.db())
        .await?;
    }
    Ok(())
}
