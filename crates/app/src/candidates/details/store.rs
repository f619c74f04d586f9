//! What identifies a person and says where they live, written when a file is completed or updated.

use iae_domain::Changed;
use iae_domain::candidates::{
    Address, BirthDate, BirthPlace, EducationLevel, FranceTravailAnswer, FranceTravailId,
    FranceTravailIdMissingReason, Nir, NirAnswer, NirMissingReason,
};
use iae_domain::ids::CandidateId;
use iae_domain::text::{AddressLine, PhoneNumber};

use super::super::store;
use crate::db::ensure_one_row;
use crate::failure::refused_by;
use crate::{Failure, Work};

/// What is written. A missing place of birth, level or address leaves what is stored, unless the whole is replaced.
pub(in crate::candidates) struct Columns<'a> {
    pub id: CandidateId,
    /// Whether France Travail no longer vouches for the person (HIS-2).
    pub drops_certification: bool,
    /// A number for an account that had none.
    pub phone: Option<&'a PhoneNumber>,
    pub birth_date: Option<BirthDate>,
    pub birth_place: Option<&'a BirthPlace>,
    pub nir: Option<&'a NirAnswer>,
    pub france_travail: Option<&'a FranceTravailAnswer>,
    pub address: Option<&'a Address>,
    pub education_level: Option<EducationLevel>,
    /// The names, as they are searched; none when they stay.
    pub search: Option<String>,
    /// Whether a missing place of birth or level empties what is stored. An address is never emptied.
    pub is_whole: bool,
}

/// Writes them, when there are any, with the audit row of the change; refused with `nir_taken` when someone else took the
/// NIR meanwhile.
pub(in crate::candidates) async fn save<T, R>(
    work: &mut Work<'_>,
    changed: Changed<T>,
    columns: impl Fn(&T) -> Option<Columns<'_>>,
    nir_taken: R,
) -> Result<T, Failure<R>> {
    let uncertified = |kept: &T| {
        let columns = columns(kept).filter(|columns| columns.drops_certification);
        columns.map(|columns| columns.id)
    };
    let kept = store::keep_identity(work, changed, uncertified).await?;
    let Some(columns) = columns(&kept) else { return Ok(kept) };
    let (birth_commune, birth_country) = columns.birth_place.map(store::birth_columns).unzip();
    let reason = columns.france_travail.and_then(FranceTravailAnswer::reason);
    let address = columns.address;
    let result = sqlx::query!(
        r#"
        WITH account AS (UPDATE users SET phone = $19::text WHERE id = $1 AND $19::text IS NOT NULL)
        UPDATE candidates
        SET birth_date = $2
          , birth_commune_code = CASE WHEN $18 THEN $3 ELSE coalesce($3, birth_commune_code) END
          , birth_country_code = CASE WHEN $18 THEN $4 ELSE coalesce($4, birth_country_code) END
          , nir = $5
          , nir_missing_reason = $6
          , france_travail_id = $7
          , france_travail_id_missing_reason = $8
          , education_level = CASE WHEN $18 THEN $9 ELSE coalesce($9, education_level) END
          , address_line_1 = coalesce($10, address_line_1)
          , address_line_2 = coalesce($11, address_line_2)
          , post_code = coalesce($12, post_code)
          , city = coalesce($13, city)
          , commune_code = coalesce($14, commune_code)
          , department_code = coalesce($15, department_code)
          , search = coalesce($16, search)
          , updated_at = $17
        WHERE id = $1
        "#,
        columns.id as _,
        columns.birth_date.map(BirthDate::date),
        birth_commune.flatten(),
        birth_country,
        columns.nir.and_then(NirAnswer::nir).map(Nir::as_str),
        columns.nir.and_then(NirAnswer::reason).map(NirMissingReason::code),
        columns.france_travail.and_then(FranceTravailAnswer::id).map(FranceTravailId::as_str),
        reason.map(FranceTravailIdMissingReason::code),
        columns.education_level.map(EducationLevel::code),
        address.map(|address| address.line_1.as_str()),
        address.map(|address| address.line_2.as_ref().map_or("", AddressLine::as_str)),
        address.map(|address| address.post_code.as_str()),
        address.map(|address| address.city.as_str()),
        address.map(|address| address.commune.as_str()),
        address.map(Address::department),
        columns.search,
        work.now(),
        columns.is_whole,
        columns.phone.map(PhoneNumber::as_str),
    )
    .execute(work.db())
    .await
    .map_err(refused_by("candidates_nir_key", nir_taken))?;
    ensure_one_row(&result, "candidates")?;
    Ok(kept)
}
