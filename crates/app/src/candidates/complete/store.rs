//! A file in and out of the database, to be completed.

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::candidates::{
    Address, BirthDate, CandidateFile, CompleteRefused, FranceTravailAnswer, FranceTravailId,
    FranceTravailIdMissingReason, Nir, NirAnswer, NirMissingReason, Part, Title,
};
use iae_domain::ids::CandidateId;
use iae_domain::text::{AddressLine, PhoneNumber};

use super::super::store;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};
use crate::failure::refused_by;
use crate::{Failure, Work};

struct FileRow {
    id: CandidateId,
    title: Option<String>,
    phone: Option<String>,
    birth_date: Option<NaiveDate>,
    has_birth_place: bool,
    nir: Option<String>,
    nir_missing_reason: Option<String>,
    france_travail_id: Option<String>,
    france_travail_id_missing_reason: Option<String>,
    has_address: bool,
}

impl TryFrom<FileRow> for CandidateFile {
    type Error = Error;

    fn try_from(row: FileRow) -> Result<Self> {
        let inconsistent = |column| Error::inconsistent("candidates", column, row.id);
        Ok(Self {
            id: row.id,
            title: row.title.as_deref().and_then(Title::parse),
            phone: row.phone.as_deref().and_then(|phone| PhoneNumber::parse(phone).ok()),
            birth_date: row.birth_date.map(BirthDate::known),
            birth_place: Part::known_if(row.has_birth_place),
            nir: store::nir_answer(row.nir.as_deref(), row.nir_missing_reason.as_deref())
                .map_err(|()| inconsistent("nir"))?,
            france_travail: store::france_travail_answer(
                row.france_travail_id.as_deref(),
                row.france_travail_id_missing_reason.as_deref(),
            )
            .map_err(|()| inconsistent("france_travail_id"))?,
            address: Part::known_if(row.has_address),
        })
    }
}

/// The file, locked until the transaction ends. The account is left to others: they only point to it.
pub(crate) async fn lock(work: &mut Work<'_>, id: CandidateId) -> Result<Option<CandidateFile>> {
    let row = sqlx::query_as!(
        FileRow,
        r#"
        SELECT c.id
             , u.title
             , u.phone
             , c.birth_date
             , has_birth_place(c) AS "has_birth_place!"
             , c.nir
             , c.nir_missing_reason
             , c.france_travail_id
             , c.france_travail_id_missing_reason
             , has_address(c) AS "has_address!"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        FOR UPDATE OF c
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    row.map(TryInto::try_into).transpose()
}

/// Writes a completed file, with its audit row; refused when the NIR was taken meanwhile.
pub(crate) async fn save(
    work: &mut Work<'_>,
    changed: Changed<CandidateFile>,
) -> Result<(), Failure<CompleteRefused>> {
    let file = work.keep(changed);
    let (birth_commune, birth_country) = file.birth_place.given().map(store::birth_columns).unzip();
    let address = file.address.given();
    let result = sqlx::query!(
        r#"
        WITH account AS (UPDATE users SET phone = coalesce($2, phone) WHERE id = $1)
        UPDATE candidates
        SET birth_date = $3
          , birth_commune_code = coalesce($4, birth_commune_code)
          , birth_country_code = coalesce($5, birth_country_code)
          , nir = $6
          , nir_missing_reason = $7
          , france_travail_id = $8
          , france_travail_id_missing_reason = $9
          , address_line_1 = coalesce($10, address_line_1)
          , address_line_2 = coalesce($11, address_line_2)
          , post_code = coalesce($12, post_code)
          , city = coalesce($13, city)
          , commune_code = coalesce($14, commune_code)
          , department_code = coalesce($15, department_code)
          , updated_at = $16
        WHERE id = $1
        "#,
        file.id as _,
        file.phone.as_ref().map(PhoneNumber::as_str),
        file.birth_date.map(BirthDate::date),
        birth_commune.flatten(),
        birth_country,
        file.nir.as_ref().and_then(NirAnswer::nir).map(Nir::as_str),
        file.nir.as_ref().and_then(NirAnswer::reason).map(NirMissingReason::code),
        file.france_travail.as_ref().and_then(FranceTravailAnswer::id).map(FranceTravailId::as_str),
        file.france_travail
            .as_ref()
            .and_then(FranceTravailAnswer::reason)
            .map(FranceTravailIdMissingReason::code),
        address.map(|address| address.line_1.as_str()),
        address.map(|address| address.line_2.as_ref().map_or("", AddressLine::as_str)),
        address.map(|address| address.post_code.as_str()),
        address.map(|address| address.city.as_str()),
        address.map(|address| address.commune.as_str()),
        address.map(Address::department),
        work.now(),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("candidates_nir_key", CompleteRefused::NirTaken))?;
    ensure_one_row(&result, "candidates")?;
    Ok(())
}
