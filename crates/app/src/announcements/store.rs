//! Announcements in and out of the database.

use chrono::{DateTime, Utc};
use iae_domain::Changed;
use iae_domain::announcements::{
    Announcement, AnnouncementLevel, Audience, Dismissal, Notice, ReaderKind, Span,
};
use iae_domain::ids::{AnnouncementEditionId, AnnouncementId, UserId};
use iae_domain::text::Message;

use crate::Work;
use crate::db::ensure_one_row;
use crate::error::{Error, Result};

/// An announcement as its columns have it.
pub(super) struct Row {
    pub id: AnnouncementId,
    pub edition: AnnouncementEditionId,
    pub title: String,
    pub body: String,
    pub level: AnnouncementLevel,
    pub kinds: Vec<String>,
    pub departments: Vec<String>,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub outage_from: Option<DateTime<Utc>>,
    pub outage_until: Option<DateTime<Utc>>,
    pub author: UserId,
    pub published_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Row {
    /// The announcement.
    pub(super) fn announcement(self) -> Result<Announcement> {
        let lacks = |column| Error::inconsistent("announcements", column, self.id);
        let kinds = self.kinds.iter().map(|code| ReaderKind::parse(code).ok_or_else(|| lacks("kinds")));
        let outage = self.outage_from.zip(self.outage_until);
        let notice = Notice {
            title: Message::parse(&self.title).map_err(|_| lacks("title"))?,
            body: Message::parse(&self.body).map_err(|_| lacks("body"))?,
            level: self.level,
            audience: Audience {
                kinds: kinds.collect::<Result<_>>()?,
                departments: self.departments.clone(),
            },
            shown: Span { from: self.starts_at, until: self.ends_at },
            outage: outage.map(|(from, until)| Span { from, until }),
        };
        Ok(Announcement {
            id: self.id,
            edition: self.edition,
            notice,
            author: self.author,
            published_at: self.published_at,
            changed_at: self.changed_at,
            withdrawn_at: self.withdrawn_at,
        })
    }
}

/// An announcement that will change.
pub(super) async fn lock(work: &mut Work<'_>, id: AnnouncementId) -> Result<Option<Announcement>> {
    let row = sqlx::query_as!(
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
        WHERE id = $1
        FOR UPDATE
        "#,
        id as _,
    )
    .fetch_optional(work.db())
    .await?;
    work.locked();
    row.map(Row::announcement).transpose()
}

/// The codes of those an audience is narrowed to.
fn codes(audience: &Audience) -> Vec<String> {
    audience.kinds.iter().map(|kind| kind.code().to_owned()).collect()
}

/// Writes a new announcement; `false` when it is there already: of two forms sent at once, the second writes nothing.
pub(super) async fn insert(work: &mut Work<'_>, published: Changed<Announcement>) -> Result<bool> {
    let Announcement { id, edition, notice, author, published_at, changed_at, withdrawn_at: _ } =
        work.keep(published);
    let (outage_from, outage_until) = notice.outage.map(|span| (span.from, span.until)).unzip();
    let result = sqlx::query!(
        r#"
        INSERT INTO announcements
            (id, edition_id, title, body, level, kinds, departments, starts_at, ends_at, outage, author_id, published_at,
             changed_at, changed_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9
              , CASE WHEN $10::timestamptz IS NOT NULL THEN tstzrange($10, $11::timestamptz) END
              , $12, $13, $14, $12)
        ON CONFLICT (id) DO NOTHING
        "#,
        id as _,
        edition as _,
        notice.title.as_str(),
        notice.body.as_str(),
        notice.level.code(),
        &codes(&notice.audience),
        &notice.audience.departments,
        notice.shown.from,
        notice.shown.until,
        outage_from,
        outage_until,
        author as _,
        published_at,
        changed_at,
    )
    .execute(work.db())
    .await?;
    Ok(result.rows_affected() == 1)
}

/// Writes what became of an announcement.
pub(super) async fn save(work: &mut Work<'_>, changed: Changed<Announcement>) -> Result<()> {
    let Announcement { id, edition, notice, changed_at, withdrawn_at, author: _, published_at: _ } =
        work.keep(changed);
    let (outage_from, outage_until) = notice.outage.map(|span| (span.from, span.until)).unzip();
    let by = work.by.user;
    let result = sqlx::query!(
        r#"
        UPDATE announcements
        SET edition_id = $2
          , title = $3
          , body = $4
          , level = $5
          , kinds = $6
          , departments = $7
          , starts_at = $8
          , ends_at = $9
          , outage = CASE WHEN $10::timestamptz IS NOT NULL THEN tstzrange($10, $11::timestamptz) END
          , changed_at = $12
          , changed_by = coalesce($13, changed_by)
          , withdrawn_at = $14
        WHERE id = $1
        "#,
        id as _,
        edition as _,
        notice.title.as_str(),
        notice.body.as_str(),
        notice.level.code(),
        &codes(&notice.audience),
        &notice.audience.departments,
        notice.shown.from,
        notice.shown.until,
        outage_from,
        outage_until,
        changed_at,
        by as Option<UserId>,
        withdrawn_at,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "announcements")
}

/// Remembers what a reader hid, and forgets what ended since.
pub(super) async fn save_dismissal(work: &mut Work<'_>, dismissed: Changed<Dismissal>) -> Result<()> {
    let Dismissal { user, edition } = work.keep(dismissed);
    let now = work.now();
    let result = sqlx::query!(
        r#"
        UPDATE users u
        SET dismissed_announcements = ARRAY(
                SELECT a.edition_id
                FROM announcements a
                WHERE (a.edition_id = $2 OR a.edition_id = ANY (u.dismissed_announcements))
                  AND a.ends_at > $3
                  AND a.withdrawn_at IS NULL
                ORDER BY (a.edition_id = $2) DESC
                       , a.ends_at DESC
                       , a.id
                LIMIT 50
            )
        WHERE u.id = $1
        "#,
        user as _,
        edition as _,
        now,
    )
    .execute(work.db())
    .await?;
    ensure_one_row(&result, "users")
}
