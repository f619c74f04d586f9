//! What was typed to sign up, until the address is proved and the account opens.

use iae_domain::Changed;
use iae_domain::accounts::SignUp;
use iae_domain::candidates::Nir;
use iae_domain::ids::{AccountLetterId, UserId};
use iae_domain::text::folded;

use crate::accounts::PasswordHash;
use crate::accounts::local::sign_up::ConfirmRefused;
use crate::candidates::store::birth_columns;
use crate::db::ensure_one_row;
use crate::error::Result;
use crate::failure::refused_by;
use crate::{Failure, Work};

/// Who has a social security number.
pub(in crate::accounts::local) async fn nir_holder(work: &mut Work<'_>, nir: &Nir) -> Result<Option<UserId>> {
    let user =
        sqlx::query_scalar!(r#"SELECT id AS "id: UserId" FROM candidates WHERE nir = $1"#, nir.as_str(),)
            .fetch_optional(work.db())
            .await?;
    Ok(user)
}

/// Keeps what was typed to sign up until the address is proved.
pub(in crate::accounts::local) async fn insert_sign_up(
    work: &mut Work<'_>,
    letter: AccountLetterId,
    kept: Changed<SignUp>,
    hash: &PasswordHash,
) -> Result<()> {
    let new = work.keep(kept);
    let (birth_commune, birth_country) = birth_columns(&new.birth_place);
    sqlx::query!(
        r#"
        INSERT INTO sign_ups
            (letter_id, title, first_name, last_name, birth_date, birth_commune_code, birth_country_code, nir,
             password_hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        "#,
        letter as _,
        new.title.code(),
        new.first_name.as_str(),
        new.last_name.as_str(),
        new.birth_date.date(),
        birth_commune,
        birth_country,
        new.nir.as_ref().map(Nir::as_str),
        hash.as_str(),
    )
    .execute(work.db())
    .await?;
    Ok(())
}

/// Opens the account of a sign-up whose address is proved, and its file; refused when the address or the number was taken
/// meanwhile. What was kept until then goes.
pub(in crate::accounts::local) async fn open_account(
    work: &mut Work<'_>,
    letter: AccountLetterId,
    opened: Changed<UserId>,
) -> Result<(), Failure<ConfirmRefused>> {
    let (user, now) = (work.keep(opened), work.now());
    let result = sqlx::query!(
        r#"
        INSERT INTO users (id, kind, email, first_name, last_name, title, created_at)
        SELECT $2, 'job_seeker', l.email, s.first_name, s.last_name, s.title, $3
        FROM sign_ups s
        JOIN account_letters l ON l.id = s.letter_id
        WHERE s.letter_id = $1
        "#,
        letter as _,
        user as _,
        now,
    )
    .execute(work.db())
    .await
    .map_err(refused_by("users_email_key", ConfirmRefused::EmailTaken))?;
    ensure_one_row(&result, "users")?;
    let names = sqlx::query!("SELECT first_name, last_name FROM sign_ups WHERE letter_id = $1", letter as _,)
        .fetch_one(work.db())
        .await?;
    sqlx::query!(
        r#"
        INSERT INTO candidates
            (id, birth_date, birth_commune_code, birth_country_code, nir, created_at, updated_at, search)
        SELECT $2, birth_date, birth_commune_code, birth_country_code, nir, $3, $3, $4
        FROM sign_ups
        WHERE letter_id = $1
        "#,
        letter as _,
        user as _,
        now,
        folded(&format!("{} {}", names.last_name, names.first_name)),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("candidates_nir_key", ConfirmRefused::NirTaken))?;
    sqlx::query!(
        r#"
        INSERT INTO local_passwords (user_id, hash, set_at)
        SELECT $2, password_hash, $3
        FROM sign_ups
        WHERE letter_id = $1
        "#,
        letter as _,
        user as _,
        now,
    )
    .execute(work.db())
    .await?;
    sqlx::query!("DELETE FROM sign_ups WHERE letter_id = $1", letter as _).execute(work.db()).await?;
    Ok(())
}
