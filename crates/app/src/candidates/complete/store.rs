//! A file in and out of the database, to be completed.

use chrono::NaiveDate;
use iae_domain::Changed;
use iae_domain::candidates::{BirthDate, CandidateFile, CompleteRefused, Part, Title};
use iae_domain::ids::CandidateId;
use iae_domain::text::PhoneNumber;

use super::super::{details, store};
use crate::error::{Error, Result};
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
    details::save(work, changed, |file| Some(columns(file)), CompleteRefused::NirTaken).await?;
    Ok(())
}

fn columns(file: &CandidateFile) -> details::Columns<'_> {
    details::Columns {
        id: file.id,
        drops_certification: false,
        phone: file.phone.as_ref(),
        birth_date: file.birth_date,
        birth_place: file.birth_place.given(),
        nir: file.nir.as_ref(),
        france_travail: file.france_travail.as_ref(),
        address: file.address.given(),
        education_level: None,
        search: None,
        is_whole: false,
    }
}
