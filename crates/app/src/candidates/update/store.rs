//! A whole file in and out of the database.

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::candidates::{
    Address, BirthDate, BirthPlace, Country, Details, EducationLevel, FileVersion, Locks, RecordedFile,
    Title, UpdateRefused, UpdatedFile,
};
use iae_domain::ids::{CandidateId, FieldChangeId};
use iae_domain::text::{AddressLine, Email, Name, PhoneNumber, folded};

use super::super::{details, store};
use crate::db::ensure_one_row;
use crate::error::{Error, Result};
use crate::failure::refused_by;
use crate::{Db, Failure, Work};

/// A file, as it is stored.
pub(super) struct FileRow {
    pub id: CandidateId,
    pub first_name: String,
    pub last_name: String,
    pub title: Option<String>,
    pub email: Option<Email>,
    pub phone: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub birth_commune_code: Option<String>,
    pub birth_country_code: Option<String>,
    pub nir: Option<String>,
    pub nir_missing_reason: Option<String>,
    pub france_travail_id: Option<String>,
    pub france_travail_id_missing_reason: Option<String>,
    pub education_level: Option<String>,
    pub address_line_1: String,
    pub address_line_2: String,
    pub post_code: Option<String>,
    pub city: String,
    pub commune_code: Option<String>,
    pub is_bound_to_sso: bool,
    pub is_certified: bool,
    pub version: Option<FieldChangeId>,
}

impl TryFrom<FileRow> for RecordedFile {
    type Error = Error;

    fn try_from(row: FileRow) -> Result<Self> {
        let inconsistent = |column| move || Error::inconsistent("candidates", column, row.id);
        let nir = store::nir_answer(row.nir.as_deref(), row.nir_missing_reason.as_deref());
        let france_travail = store::france_travail_answer(
            row.france_travail_id.as_deref(),
            row.france_travail_id_missing_reason.as_deref(),
        );
        let details = Details {
            title: row.title.as_deref().and_then(Title::parse),
            first_name: Name::parse(&row.first_name).map_err(|_| inconsistent("first_name")())?,
            last_name: Name::parse(&row.last_name).map_err(|_| inconsistent("last_name")())?,
            birth_date: row.birth_date.map(BirthDate::known),
            birth_place: birth_place(row.birth_country_code.as_deref(), row.birth_commune_code),
            nir: nir.map_err(|()| inconsistent("nir")())?,
            email: row.email,
            phone: row.phone.as_deref().and_then(|phone| PhoneNumber::parse(phone).ok()),
            address: address(
                &row.address_line_1,
                &row.address_line_2,
                row.post_code,
                row.city,
                row.commune_code,
            ),
            france_travail: france_travail.map_err(|()| inconsistent("france_travail_id")())?,
            education_level: row.education_level.as_deref().and_then(EducationLevel::parse),
        };
        let locks = Locks {
            is_bound_to_sso: row.is_bound_to_sso,
            is_certified: row.is_certified,
            // Whoever asks for the file says whether they are one, or of the team.
            is_of_a_stranger: false,
            is_seen_by_team: false,
        };
        Ok(Self { id: row.id, details, locks, version: FileVersion(row.version) })
    }
}

fn birth_place(country: Option<&str>, commune: Option<String>) -> Option<BirthPlace> {
    BirthPlace::new(Country::parse(country?)?, commune).ok()
}

/// A whole address; none when a part of it is missing.
fn address(
    line_1: &str,
    line_2: &str,
    post_code: Option<String>,
    city: String,
    commune: Option<String>,
) -> Option<Address> {
    Some(Address {
        line_1: AddressLine::parse(line_1).ok()?,
        line_2: AddressLine::parse(line_2).ok(),
        post_code: post_code?,
        city: Some(city).filter(|city| !city.is_empty())?,
        commune: commune?,
    })
}

/// The file of this id; its columns are those of [`FileRow`].
macro_rules! file {
    ($end:literal, $id:expr) => {
        sqlx::query_as!(
            FileRow,
            r#"
            SELECT c.id
                 , u.first_name
                 , u.last_name
                 , u.title
                 , u.email AS "email: Email"
                 , u.phone
                 , c.birth_date
                 , c.birth_commune_code
                 , c.birth_country_code
                 , c.nir
                 , c.nir_missing_reason
                 , c.france_travail_id
                 , c.france_travail_id_missing_reason
                 , c.education_level
                 , c.address_line_1
                 , c.address_line_2
                 , c.post_code
                 , c.city
                 , c.commune_code
                 , EXISTS (
                       SELECT FROM identities i WHERE i.user_id = c.id AND i.provider IN ('FC', 'FTC')
                   ) AS "is_bound_to_sso!"
                 , EXISTS (
                       SELECT
                       FROM identity_certifications i
                       WHERE i.candidate_id = c.id AND i.certifier = 'API_PARTICULIER'
                   ) AS "is_certified!"
                 , (
                       SELECT h.id
                       FROM candidate_field_changes h
                       WHERE h.candidate_id = c.id
                       ORDER BY h.id DESC
                       LIMIT 1
                   ) AS "version: FieldChangeId"
            FROM candidates c
            JOIN users u ON u.id = c.id
            WHERE c.id = $1
            "#
                + $end,
            $id as _,
        )
    };
}

/// The file, as it is now.
pub(super) async fn read(db: &Db, id: CandidateId) -> Result<FileRow> {
    Ok(file!("", id).fetch_one(db).await?)
}

/// The file, locked with its account until the transaction ends.
pub(super) async fn lock(work: &mut Work<'_>, id: CandidateId) -> Result<Option<RecordedFile>> {
    // What is read with the lock is of before it was held: the version is read after.
    store::lock(work, id).await?;
    let row = file!("FOR UPDATE OF u", id).fetch_optional(work.db()).await?;
    work.locked();
    row.map(TryInto::try_into).transpose()
}

/// Writes the file, with its audit row, its history and the mail to the person; refused when the NIR or the address was
/// taken meanwhile. What was read again and not changed is only confirmed (UPD-1).
pub(super) async fn save(
    work: &mut Work<'_>,
    changed: Changed<UpdatedFile>,
) -> Result<(), Failure<UpdateRefused>> {
    let file =
        details::save(work, changed, |file| file.is_changed.then(|| columns(file)), UpdateRefused::NirTaken)
            .await?;
    if file.is_changed {
        save_account(work, &file).await?;
    }
    let result =
        sqlx::query!("UPDATE candidates SET last_checked_at = $2 WHERE id = $1", file.id as _, work.now())
            .execute(work.db())
            .await?;
    ensure_one_row(&result, "candidates")?;
    Ok(())
}

async fn save_account(work: &mut Work<'_>, file: &UpdatedFile) -> Result<(), Failure<UpdateRefused>> {
    let Details { title, first_name, last_name, email, phone, .. } = &file.details;
    let result = sqlx::query!(
        "UPDATE users SET title = $2, first_name = $3, last_name = $4, email = $5, phone = $6 WHERE id = $1",
        file.id as _,
        title.map(Title::code),
        first_name.as_str(),
        last_name.as_str(),
        email.as_ref().map(Email::as_str),
        phone.as_ref().map(PhoneNumber::as_str),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("users_email_key", UpdateRefused::EmailTaken))?;
    Ok(ensure_one_row(&result, "users")?)
}

fn columns(file: &UpdatedFile) -> details::Columns<'_> {
    let details = &file.details;
    details::Columns {
        id: file.id,
        drops_certification: file.drops_certification,
        phone: None,
        birth_date: details.birth_date,
        birth_place: details.birth_place.as_ref(),
        nir: details.nir.as_ref(),
        france_travail: details.france_travail.as_ref(),
        address: details.address.as_ref(),
        education_level: details.education_level,
        search: Some(folded(&format!("{} {}", details.last_name.as_str(), details.first_name.as_str()))),
        is_whole: true,
    }
}
