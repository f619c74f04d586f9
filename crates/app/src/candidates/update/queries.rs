//! A file to be changed, and its history, as pages show them.

use chrono::{DateTime, Utc};
use iae_domain::Actor;
use iae_domain::actor::ActorRecord;
use iae_domain::candidates::policy;
use iae_domain::candidates::{Details, Field, FieldChange, FileVersion, Nir, NirAnswer, RecordedFile};
use iae_domain::ids::{CandidateId, OrganisationId, UserId};
use iae_domain::text::Email;
use sqlx::PgConnection;

use super::super::note_opening;
use super::super::store::standing_of;
use super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// How many changes a page shows, the most recent first.
const CHANGES_SHOWN: i64 = 200;

/// A file, to be changed.
#[derive(Debug, Clone)]
pub struct FileToUpdate {
    /// What is recorded.
    pub file: RecordedFile,
    /// The commune of birth, under its name of that day.
    pub birth_commune: Option<String>,
    /// What is known of an address that misses a part: street, more, post code, city.
    pub home: [String; 4],
    /// Whether the person reads it.
    pub is_own: bool,
    /// Whether the NIR is shown: not to whoever only looked the person up.
    pub sees_nir: bool,
}

/// The file, for whoever may change it; it opens it (D4).
pub async fn file_to_update(app: &App, ctx: &Ctx<Actor>, id: CandidateId) -> Result<FileToUpdate> {
    ensure_may_update(app, ctx, id).await?;
    let row = store::read(&app.db, id).await?;
    let born = row.birth_commune_code.as_deref();
    let besides = sqlx::query!(
        r#"SELECT (SELECT commune_name_on FROM read_commune_name_on($1, $2)) AS birth_commune, (SELECT has_acted_for FROM read_has_acted_for($3, $4)) AS "has_acted!""#,
        born,
        row.birth_date,
        id as _,
        ctx.actor_record().organisation as Option<OrganisationId>,
    )
    .fetch_one(&app.db)
    .await?;
    let home = [
        &row.address_line_1,
        &row.address_line_2,
        row.post_code.as_ref().unwrap_or(&String::new()),
        &row.city,
    ]
    .map(ToOwned::to_owned);
    note_opening(app, ctx, id).await?;
    let sees_nir = policy::sees_nir(&ctx.actor, besides.has_acted);
    let mut file = RecordedFile::try_from(row)?;
    file.locks.is_of_a_stranger = !sees_nir;
    file.locks.is_seen_by_team = ctx.impersonator.is_some();
    let (birth_commune, is_own) = (besides.birth_commune, ctx.actor.candidate().is_some());
    Ok(FileToUpdate { file, birth_commune, home, is_own, sees_nir })
}

/// Whether the actor is the person, or did more for them than looking them up.
pub(super) async fn knows(db: &mut PgConnection, actor: &Actor, id: CandidateId) -> Result<bool> {
    let organisation = actor.record().organisation;
    let has_acted = sqlx::query_scalar!(
        r#"SELECT (SELECT has_acted_for FROM read_has_acted_for($1, $2)) AS "has_acted!""#,
        id as _,
        organisation as Option<OrganisationId>,
    )
    .fetch_one(db)
    .await?;
    Ok(policy::sees_nir(actor, has_acted))
}

/// Whether the actor may change the file: a file they may not open is not found, one they see masked is denied.
pub(in crate::candidates) async fn ensure_may_update(
    app: &App,
    ctx: &Ctx<Actor>,
    id: CandidateId,
) -> Result<()> {
    policy::change_files(&ctx.actor)?;
    let standing = standing_of(&app.db, ctx.actor_record(), id).await?;
    super::author(&ctx.actor, &standing.ok_or(Error::NotFound)?).map(drop)
}

/// A change of a part of a file, as the history shows it (HIS-1).
#[derive(Debug, Clone)]
pub struct FieldChanged {
    /// When.
    pub at: DateTime<Utc>,
    /// Which part, what it said and says, as it is kept.
    pub change: FieldChange,
    /// What it said, in words.
    pub before: Option<String>,
    /// What it says, in words.
    pub after: Option<String>,
    /// Who did it.
    pub author: ChangedBy,
}

/// Who changed a file, as far as the reader may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedBy {
    /// Whoever reads: in another tab, or earlier.
    Reader,
    /// The person.
    Person,
    /// The platform's team, or the service by itself.
    Team,
    /// A professional of the reader's own organisation; of any, when the person reads.
    Named(String, String),
    /// A professional of another organisation.
    Elsewhere,
}

struct Row {
    at: DateTime<Utc>,
    field: Field,
    before: Option<String>,
    after: Option<String>,
    born_before: Option<String>,
    born_after: Option<String>,
    user_id: Option<UserId>,
    organisation_id: Option<OrganisationId>,
    author: Option<String>,
    organisation: Option<String>,
}

/// The history of a file that may be changed, the latest first.
pub async fn changes(app: &App, ctx: &Ctx<Actor>, known: &FileToUpdate) -> Result<Vec<FieldChanged>> {
    changed_since(app, ctx, known, FileVersion(None)).await
}

/// What changed in it after the version that was read, the first first.
pub async fn changes_since(
    app: &App,
    ctx: &Ctx<Actor>,
    known: &FileToUpdate,
    seen: FileVersion,
) -> Result<Vec<FieldChanged>> {
    let mut changes = changed_since(app, ctx, known, seen).await?;
    changes.reverse();
    Ok(changes)
}

async fn changed_since(
    app: &App,
    ctx: &Ctx<Actor>,
    known: &FileToUpdate,
    seen: FileVersion,
) -> Result<Vec<FieldChanged>> {
    let id = known.file.id;
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT h.at
             , h.field AS "field: Field"
             , h.before
             , h.after
             , CASE h.field WHEN 'birth_place' THEN (SELECT commune_name_on FROM read_commune_name_on(h.before, c.birth_date)) END AS born_before
             , CASE h.field WHEN 'birth_place' THEN (SELECT commune_name_on FROM read_commune_name_on(h.after, c.birth_date)) END AS born_after
             , h.user_id AS "user_id: UserId"
             , h.organisation_id AS "organisation_id: OrganisationId"
             , full_name(u.first_name, u.last_name) AS author
             , o.shown_name AS "organisation?"
        FROM candidate_field_changes h
        JOIN candidates c ON c.id = h.candidate_id
        LEFT JOIN users u ON u.id = h.user_id
        LEFT JOIN organisations o ON o.id = h.organisation_id
        WHERE h.candidate_id = $1 AND ($2::uuid IS NULL OR h.id > $2)
        ORDER BY h.id DESC
        LIMIT $3
        "#,
        id as _,
        seen.0 as _,
        CHANGES_SHOWN,
    )
    .fetch_all(&app.db)
    .await?;
    let reader = ctx.actor_record();
    let is_shown = |row: &Row| known.sees_nir || row.field != Field::Nir;
    Ok(rows.into_iter().filter(is_shown).map(|row| row.read_by(id, &reader)).collect())
}

impl Row {
    /// The person reads who did what; a professional reads the names of their own organisation (D32).
    fn read_by(self, candidate: CandidateId, reader: &ActorRecord) -> FieldChanged {
        let reads_all = reader.user == Some(candidate.into());
        let author = match (self.author, self.organisation) {
            _ if self.user_id.is_some() && self.user_id == reader.user => ChangedBy::Reader,
            _ if self.user_id == Some(candidate.into()) => ChangedBy::Person,
            (Some(author), Some(organisation))
                if reads_all || self.organisation_id == reader.organisation =>
            {
                ChangedBy::Named(author, organisation)
            }
            (_, Some(_)) => ChangedBy::Elsewhere,
            (_, None) => ChangedBy::Team,
        };
        FieldChanged {
            at: self.at,
            before: self.born_before.or_else(|| self.before.clone()),
            after: self.born_after.or_else(|| self.after.clone()),
            change: FieldChange { field: self.field, before: self.before, after: self.after },
            author,
        }
    }
}

/// Whether the file is given a NIR or an address that it does not have: then it is asked whose they are.
pub(super) async fn asks_whose(app: &App, id: CandidateId, given: &Details) -> Result<bool> {
    let asks = sqlx::query_scalar!(
        r#"
        SELECT ($2::text IS NOT NULL AND c.nir IS DISTINCT FROM $2)
            OR ($3::text IS NOT NULL AND u.email IS DISTINCT FROM $3) AS "asks!"
        FROM candidates c
        JOIN users u ON u.id = c.id
        WHERE c.id = $1
        "#,
        id as _,
        given.nir.as_ref().and_then(NirAnswer::nir).map(Nir::as_str),
        given.email.as_ref().map(Email::as_str),
    )
    .fetch_optional(&app.db)
    .await?;
    Ok(asks.unwrap_or(true))
}
