//! Announcements, as pages and the team read them.

use chrono::{DateTime, Utc};
use iae_domain::announcements::{Announcement, AnnouncementLevel};
use iae_domain::ids::{AnnouncementEditionId, AnnouncementId, UserId};

use super::store::Row;
use crate::Db;
use crate::error::Result;

/// Announcements kept in memory at most, the first to end: nobody writes so many.
const KEPT: i64 = 50;
/// Announcements of a page of those that are over.
pub const PAST_SHOWN: i64 = 50;

/// An announcement, with who wrote it.
#[derive(Debug, Clone)]
pub struct Written {
    /// The announcement.
    pub announcement: Announcement,
    /// Who published it.
    pub author: String,
    /// Who changed it last.
    pub changed_by: String,
}

/// Those that are shown, now or later.
pub(super) async fn lasting(db: &Db, now: DateTime<Utc>) -> Result<Vec<Announcement>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        SELECT id AS "id: AnnouncementId"
             , edition_id AS "edition: AnnouncementEditionId"
             , title
             , body
             , level AS "level: AnnouncementLevel"
             , kinds
             , departments
             , starts_at
             , ends_at
             , lower(outage) AS outage_from
             , upper(outage) AS outage_until
             , author_id AS "author: UserId"
             , published_at
             , changed_at
             , withdrawn_at
        FROM announcements
        WHERE withdrawn_at IS NULL AND ends_at > $1
        ORDER BY ends_at, id
        LIMIT $2
        "#,
        now,
        KEPT,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::announcement).collect()
}

/// Those that are shown now or later, as the team reads them.
pub async fn current(db: &Db, now: DateTime<Utc>) -> Result<Vec<Written>> {
    written(db, None, Some(now), None, now, KEPT).await
}

/// Those that are over, written before this one or the last ones, the last written first.
pub async fn past(db: &Db, before: Option<AnnouncementId>, now: DateTime<Utc>) -> Result<Vec<Written>> {
    written(db, None, None, before, now, PAST_SHOWN).await
}

/// One of them, as the team reads it.
pub async fn one(db: &Db, id: AnnouncementId, now: DateTime<Utc>) -> Result<Option<Written>> {
    Ok(written(db, Some(id), None, None, now, 1).await?.pop())
}

/// One of them.
pub(super) async fn announcement(db: &Db, id: AnnouncementId) -> Result<Option<Announcement>> {
    Ok(one(db, id, DateTime::UNIX_EPOCH).await?.map(|written| written.announcement))
}

/// The one of this id; else those that last at `lasting`; else those that are over at `now`, before one of them.
async fn written(
    db: &Db,
    id: Option<AnnouncementId>,
    lasting: Option<DateTime<Utc>>,
    before: Option<AnnouncementId>,
    now: DateTime<Utc>,
    most: i64,
) -> Result<Vec<Written>> {
    let rows = sqlx::query!(
        r#"
        SELECT a.id AS "id: AnnouncementId"
             , a.edition_id AS "edition: AnnouncementEditionId"
             , a.title
             , a.body
             , a.level AS "level: AnnouncementLevel"
             , a.kinds
             , a.departments
             , a.starts_at
             , a.ends_at
             , lower(a.outage) AS outage_from
             , upper(a.outage) AS outage_until
             , a.author_id AS "author: UserId"
             , a.published_at
             , a.changed_at
             , a.withdrawn_at
             , full_name(author.first_name, author.last_name) AS "author_name!"
             , full_name(changer.first_name, changer.last_name) AS "changed_by!"
        FROM announcements a
        JOIN users author ON author.id = a.author_id
        JOIN users changer ON changer.id = a.changed_by
        WHERE CASE
                  WHEN $1::uuid IS NOT NULL THEN a.id = $1
                  WHEN $2::timestamptz IS NOT NULL THEN a.withdrawn_at IS NULL AND a.ends_at > $2
                  ELSE (a.withdrawn_at IS NOT NULL OR a.ends_at <= $4) AND ($3::uuid IS NULL OR a.id < $3)
              END
        ORDER BY a.id DESC
        LIMIT $5
        "#,
        id as Option<AnnouncementId>,
        lasting,
        before as Option<AnnouncementId>,
        now,
        most,
    )
    .fetch_all(db)
    .await?;
    let mut written = Vec::with_capacity(rows.len());
    for row in rows {
        let columns = Row {
            id: row.id,
            edition: row.edition,
            title: row.title,
            body: row.body,
            level: row.level,
            kinds: row.kinds,
            departments: row.departments,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            outage_from: row.outage_from,
            outage_until: row.outage_until,
            author: row.author,
            published_at: row.published_at,
            changed_at: row.changed_at,
            withdrawn_at: row.withdrawn_at,
        };
        let announcement = columns.announcement()?;
        written.push(Written { announcement, author: row.author_name, changed_by: row.changed_by });
    }
    Ok(written)
}

/// Those of these codes that are no département.
pub async fn unknown_departments(db: &Db, codes: &[String]) -> Result<Vec<String>> {
    let unknown = sqlx::query_scalar!(
        r#"
        SELECT asked.code AS "code!"
        FROM unnest($1::text[]) AS asked (code)
        WHERE NOT EXISTS (SELECT FROM departments d WHERE d.code = asked.code)
        ORDER BY asked.code
        LIMIT 200
        "#,
        codes,
    )
    .fetch_all(db)
    .await?;
    Ok(unknown)
}
