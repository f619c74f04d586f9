//! What moved before, and who moved it.

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::transfer::{Category, TransferKind};
use serde::Deserialize;
use sqlx::types::Json;

use crate::error::Result;
use crate::{App, Ctx};

/// A merger or a transfer that was done.
#[derive(Debug, Clone)]
pub struct TransferReport {
    /// Which of both.
    pub kind: TransferKind,
    /// What it left.
    pub source: OrganisationId,
    /// What that is called.
    pub source_name: String,
    /// What it came to.
    pub target: OrganisationId,
    /// What that is called.
    pub target_name: String,
    /// Whether nobody acts for the source any more.
    pub closes_source: bool,
    /// What the support wrote of it.
    pub remark: String,
    /// Who did it.
    pub done_by: String,
    /// When.
    pub done_at: DateTime<Utc>,
    moved: Json<Vec<Line>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Line {
    category: Category,
    moved: u32,
    left: u32,
}

impl TransferReport {
    /// What moved, category by category: how many, and how many stayed because the target had the same.
    pub fn lines(&self) -> impl Iterator<Item = (Category, u32, u32)> {
        self.moved.0.iter().map(|line| (line.category, line.moved, line.left))
    }
}

/// What was moved from or to an organisation, the latest first.
pub async fn reports_of(
    app: &App,
    _: &Ctx<StaffActor>,
    organisation: OrganisationId,
) -> Result<Vec<TransferReport>> {
    let reports = sqlx::query_as!(
        TransferReport,
        r#"
        SELECT r.kind AS "kind: TransferKind"
             , r.source_id AS "source: OrganisationId"
             , s.shown_name AS "source_name!"
             , r.target_id AS "target: OrganisationId"
             , t.shown_name AS "target_name!"
             , r.closes_source
             , r.remark
             , full_name(u.first_name, u.last_name) AS "done_by!"
             , r.done_at
             , r.moved AS "moved: Json<Vec<Line>>"
        FROM organisation_transfers r
        JOIN organisations s ON s.id = r.source_id
        JOIN organisations t ON t.id = r.target_id
        JOIN users u ON u.id = r.done_by
        WHERE r.source_id = $1 OR r.target_id = $1
        ORDER BY r.done_at DESC
               , r.id DESC
        LIMIT 50
        "#,
        organisation as _,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(reports)
}

/// The last of them, when there is one: who did meanwhile what a page asked.
pub async fn last_report(
    app: &App,
    ctx: &Ctx<StaffActor>,
    organisation: OrganisationId,
) -> Result<Option<TransferReport>> {
    Ok(reports_of(app, ctx, organisation).await?.into_iter().next())
}
