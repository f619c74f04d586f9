//! Files of one person, as the team compares them.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::candidates::{FileParts, TransferFacts, TransferPart};
use iae_domain::ids::CandidateId;
use iae_domain::time::Period;
use sqlx::PgConnection;

use super::Sought;
use crate::Db;
use crate::error::{Error, Result};

/// Whose file it is.
#[derive(Debug, Clone)]
pub struct FileCard {
    /// Its id.
    pub id: CandidateId,
    /// « Prénom NOM ».
    pub name: String,
    /// The address of the account.
    pub email: Option<String>,
    /// The NIR.
    pub nir: Option<String>,
    /// The date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Whether the account is open.
    pub is_active: bool,
    /// When the file was created.
    pub created_at: DateTime<Utc>,
    /// When the person last signed in.
    pub last_login_at: Option<DateTime<Utc>>,
}

impl FileCard {
    /// Whether both have a NIR, and not the same.
    pub fn has_another_nir_than(&self, other: &Self) -> bool {
        self.nir.as_ref().zip(other.nir.as_ref()).is_some_and(|(one, other)| one != other)
    }

    /// Whether both have a date of birth, and not the same.
    pub fn has_another_birth_date_than(&self, other: &Self) -> bool {
        self.birth_date.zip(other.birth_date).is_some_and(|(one, other)| one != other)
    }

    /// Whether they are plainly of two people. A name alone may change.
    pub fn is_of_another_than(&self, other: &Self) -> bool {
        self.has_another_nir_than(other) || self.has_another_birth_date_than(other)
    }
}

/// Two files; not found when either is none.
pub(super) async fn both(
    db: &mut PgConnection,
    from: CandidateId,
    to: CandidateId,
) -> Result<(FileCard, FileCard)> {
    let cards = cards(db, [from, to]).await?;
    let card = |id: CandidateId| cards.iter().find(|card| card.id == id).cloned().ok_or(Error::NotFound);
    Ok((card(from)?, card(to)?))
}

/// These files.
pub(super) async fn cards(db: &mut PgConnection, ids: [CandidateId; 2]) -> Result<Vec<FileCard>> {
    let ids = ids.map(|id| id.0);
    let cards = sqlx::query_as!(
        FileCard,
        r#"
        SELECT c.id AS "id: CandidateId"
             , full_name(u.first_name, u.last_name) AS "name!"
             , u.email
             , c.nir
             , c.birth_date
             , u.is_active
             , c.created_at
             , u.last_login_at
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = ANY ($1)
        ORDER BY c.id
        LIMIT 2
        "#,
        ids.as_slice(),
    )
    .fetch_all(db)
    .await?;
    Ok(cards)
}

/// The file that is sought.
pub(super) async fn find(db: &Db, sought: &Sought) -> Result<Option<CandidateId>> {
    let (id, email, nir) = match sought {
        Sought::Id(id) => (Some(id.0), None, None),
        Sought::Email(email) => (None, Some(email.as_str()), None),
        Sought::Nir(nir) => (None, None, Some(nir.as_str())),
    };
    let found = sqlx::query_scalar!(
        r#"
        SELECT c.id AS "id: CandidateId"
        FROM candidates c
        WHERE c.id = $1
           OR c.nir = $3
           OR c.id = (SELECT u.id FROM users u WHERE u.email = $2)
        ORDER BY c.id
        LIMIT 1
        "#,
        id,
        email,
        nir,
    )
    .fetch_optional(db)
    .await?;
    Ok(found)
}

/// What two files hold, the first to be emptied.
pub(super) async fn facts(
    db: &mut PgConnection,
    from: CandidateId,
    to: CandidateId,
) -> Result<TransferFacts> {
    let ids = [from.0, to.0];
    let rows = sqlx::query!(
        r#"
        SELECT c.id AS "id: CandidateId"
             , ARRAY(
                   SELECT p.starts_on FROM passes p WHERE p.candidate_id = c.id ORDER BY p.starts_on LIMIT 100
               ) AS "starts!: Vec<NaiveDate>"
             , ARRAY(
                   SELECT p.ends_on FROM passes p WHERE p.candidate_id = c.id ORDER BY p.starts_on LIMIT 100
               ) AS "ends!: Vec<NaiveDate>"
             , (SELECT count(*) FROM cancelled_passes x WHERE x.candidate_id = c.id) AS "cancelled!"
             , (SELECT count(*) FROM eligibility_diagnoses d WHERE d.candidate_id = c.id) AS "diagnoses!"
             , (SELECT count(*) FROM eligibility_proofs p WHERE p.candidate_id = c.id) AS "proofs!"
             , held.applications AS "applications!"
             , held.under_passes AS "under_passes!"
             , held.on_diagnoses AS "on_diagnoses!"
             , (SELECT count(*) FROM candidate_relations r WHERE r.candidate_id = c.id) AS "accompaniments!"
        FROM candidates c
        CROSS JOIN LATERAL (
            SELECT count(*) AS applications
                 , count(a.pass_id) AS under_passes
                 , count(a.diagnosis_id) AS on_diagnoses
            FROM applications a
            WHERE a.candidate_id = c.id
        ) AS held
        WHERE c.id = ANY ($1)
        ORDER BY c.id
        LIMIT 2
        "#,
        ids.as_slice(),
    )
    .fetch_all(db)
    .await?;
    let counted = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    let mut facts = TransferFacts { from: FileParts::default(), to: FileParts::default() };
    for row in rows {
        let days = row.starts.into_iter().zip(row.ends).map(|(start, end)| Period { start, end });
        let parts = FileParts {
            passes: days.collect(),
            cancelled_passes: counted(row.cancelled),
            diagnoses: counted(row.diagnoses),
            proofs: counted(row.proofs),
            applications: counted(row.applications),
            hires_under_passes: counted(row.under_passes),
            hires_on_diagnoses: counted(row.on_diagnoses),
            accompaniments: counted(row.accompaniments),
        };
        if row.id == from {
            facts.from = parts;
        } else {
            facts.to = parts;
        }
    }
    Ok(facts)
}

/// What went from a file to another, as both tell it.
#[derive(Debug, Clone)]
pub struct PastTransfer {
    /// The other file.
    pub other: CandidateId,
    /// Whose it is.
    pub name: String,
    /// Whether it left the file that tells it.
    pub is_sent: bool,
    /// The codes of what went.
    parts: Vec<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub author: String,
}

impl PastTransfer {
    /// What went, in words.
    pub fn what(&self) -> String {
        let labels = self.parts.iter().filter_map(|code| TransferPart::parse(code)).map(TransferPart::label);
        labels.collect::<Vec<_>>().join(", ")
    }
}

/// The last transfers of a file.
pub(super) async fn past(db: &Db, id: CandidateId) -> Result<Vec<PastTransfer>> {
    let past = sqlx::query_as!(
        PastTransfer,
        r#"
        SELECT other.id AS "other: CandidateId"
             , full_name(other.first_name, other.last_name) AS "name!"
             , t.from_id = $1 AS "is_sent!"
             , t.parts
             , t.transferred_at AS at
             , full_name(author.first_name, author.last_name) AS "author!"
        FROM candidate_transfers t
        JOIN users other ON other.id = CASE WHEN t.from_id = $1 THEN t.to_id ELSE t.from_id END
        JOIN users author ON author.id = t.transferred_by
        WHERE t.from_id = $1 OR t.to_id = $1
        ORDER BY t.transferred_at DESC
               , t.id DESC
        LIMIT 20
        "#,
        id as _,
    )
    .fetch_all(db)
    .await?;
    Ok(past)
}
