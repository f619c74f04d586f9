//! New files of candidates into the database.

use iae_domain::Changed;
use iae_domain::accounts::{LETTER_LIFETIME, LetterKind};
use iae_domain::candidates::{
    CreateFacts, CreateRefused, FranceTravailId, FranceTravailIdMissingReason, NewCandidate,
    NewCandidateCommand, Nir, NirMissingReason,
};
use iae_domain::ids::{AccountLetterId, CandidateId, UserId};
use iae_domain::text::{AddressLine, Email, Name, PhoneNumber, folded};

use super::super::store::{account_by_email, account_by_nir, birth_columns};
use crate::db::violates;
use crate::error::{Error, Result};
use crate::failure::refused_by;
use crate::{Failure, Work};

/// Makes two posts of one form wait for each other until the transaction ends.
pub(super) async fn lock_id(work: &mut Work<'_>, id: CandidateId) -> Result<()> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))", id.0)
        .execute(work.db())
        .await?;
    work.locked();
    Ok(())
}

/// Who created the file of this id, when there is one: `Some(None)` for someone who signed up by themselves.
pub(super) async fn creator(work: &mut Work<'_>, id: CandidateId) -> Result<Option<Option<UserId>>> {
    let creator = sqlx::query_scalar!(
        r#"SELECT created_by AS "created_by: UserId" FROM candidates WHERE id = $1"#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    Ok(creator)
}

/// What the base holds that may stand in the way of a new file (DUP-1, CRE-2).
pub(super) async fn create_facts(work: &mut Work<'_>, command: &NewCandidateCommand) -> Result<CreateFacts> {
    let nir_holder = match command.nir.nir() {
        Some(nir) => account_by_nir(work, nir).await?.map(|account| account.user.into()),
        None => None,
    };
    let homonyms = sqlx::query_scalar!(
        r#"
        SELECT u.email AS "email: Email"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.birth_date = $1 AND c.search IN ($2, $3)
        ORDER BY c.id
        LIMIT 10
        "#,
        command.birth_date.date(),
        search(&command.last_name, &command.first_name),
        // Typed one for the other, which is frequent.
        search(&command.first_name, &command.last_name),
    )
    .fetch_all(work.db())
    .await?;
    let email_holder = match &command.email {
        Some(email) => account_by_email(work, email).await?,
        None => None,
    };
    Ok(CreateFacts { nir_holder, email_holder, homonyms })
}

/// What `candidates.search` holds.
fn search(last_name: &Name, first_name: &Name) -> String {
    folded(&format!("{} {}", last_name.as_str(), first_name.as_str()))
}

/// Writes a new account and its file, with the audit row and the mail to the person; refused when the address or the
/// NIR was taken meanwhile (CRE-5).
pub(super) async fn insert(
    work: &mut Work<'_>,
    new: Changed<NewCandidate>,
) -> Result<(), Failure<CreateRefused>> {
    let new = work.keep(new);
    insert_account(work, &new).await?;
    insert_file(work, &new).await?;
    insert_activation(work, &new).await
}

/// What opens the account: the mail that tells of the file holds its link (USR-14).
async fn insert_activation(work: &mut Work<'_>, new: &NewCandidate) -> Result<(), Failure<CreateRefused>> {
    let Some(email) = &new.profile.email else { return Ok(()) };
    let now = work.now();
    sqlx::query!(
        r#"
        INSERT INTO account_letters (id, kind, email, user_id, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        "#,
        AccountLetterId::at(now) as _,
        LetterKind::Activate.code(),
        email.as_str(),
        UserId::from(new.profile.id) as _,
        now,
        now + LETTER_LIFETIME,
    )
    .execute(work.db())
    .await?;
    Ok(())
}

async fn insert_account(work: &mut Work<'_>, new: &NewCandidate) -> Result<(), Failure<CreateRefused>> {
    let profile = &new.profile;
    sqlx::query!(
        r#"
        INSERT INTO users (id, kind, email, first_name, last_name, title, phone, created_at)
        VALUES ($1, 'job_seeker', $2, $3, $4, $5, $6, $7)
        "#,
        profile.id as _,
        profile.email.as_ref().map(Email::as_str),
        profile.first_name.as_str(),
        profile.last_name.as_str(),
        profile.title.code(),
        profile.phone.as_ref().map(PhoneNumber::as_str),
        new.created_at,
    )
    .execute(work.db())
    .await
    .map_err(|error| {
        // The form's id was changed to that of another account.
        let is_other = violates(&error, "users_pkey");
        if is_other {
            Error::NotFound.into()
        } else {
            refused_by("users_email_key", CreateRefused::EmailTaken)(error)
        }
    })?;
    Ok(())
}

async fn insert_file(work: &mut Work<'_>, new: &NewCandidate) -> Result<(), Failure<CreateRefused>> {
    let profile = &new.profile;
    let (birth_commune, birth_country) = birth_columns(&profile.birth_place);
    sqlx::query!(
        r#"
        INSERT INTO candidates
            (id, birth_date, birth_commune_code, birth_country_code, nir, nir_missing_reason, france_travail_id,
             france_travail_id_missing_reason, education_level, address_line_1, address_line_2, post_code, city,
             commune_code, department_code, created_by, created_by_organisation, created_at, updated_at,
             last_checked_at, search)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18, $18, $19)
        "#,
        profile.id as _,
        profile.birth_date.date(),
        birth_commune,
        birth_country,
        profile.nir.nir().map(Nir::as_str),
        profile.nir.reason().map(NirMissingReason::code),
        profile.france_travail.id().map(FranceTravailId::as_str),
        profile.france_travail.reason().map(FranceTravailIdMissingReason::code),
        profile.education_level.code(),
        profile.address.line_1.as_str(),
        profile.address.line_2.as_ref().map_or("", AddressLine::as_str),
        profile.address.post_code,
        profile.address.city,
        profile.address.commune,
        profile.address.department(),
        new.created_by as _,
        new.organisation as _,
        new.created_at,
        search(&profile.last_name, &profile.first_name),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("candidates_nir_key", CreateRefused::NirTaken))?;
    Ok(())
}
