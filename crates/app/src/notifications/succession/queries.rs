//! What mails say of what became of structures.

use std::collections::HashMap;

use chrono::NaiveDate;
use iae_domain::french;
use iae_domain::ids::OrganisationId;
use iae_domain::organisations::succession::Moved;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Result;

/// What last became of a structure, or of what it took.
pub(super) struct Succession {
    organisation: OrganisationId,
    pub source: String,
    pub target: String,
    source_siret: Option<String>,
    target_siret: Option<String>,
    effective_on: NaiveDate,
    moved: Json<Vec<Moved>>,
}

impl Succession {
    pub(super) fn source_siret(&self) -> String {
        grouped(self.source_siret.as_deref())
    }

    pub(super) fn target_siret(&self) -> String {
        grouped(self.target_siret.as_deref())
    }

    pub(super) fn day(&self) -> String {
        french::date(self.effective_on)
    }

    /// What moved, a line each.
    pub(super) fn moved(&self) -> Vec<String> {
        let moved = self.moved.0.iter().filter(|moved| moved.moved > 0);
        moved.map(|moved| format!("{} : {}", moved.label, moved.moved)).collect()
    }
}

fn grouped(siret: Option<&str>) -> String {
    siret.map(|siret| french::groups(siret, &[3, 3, 3, 5])).unwrap_or_default()
}

/// What was recorded last of these structures, by their ids.
pub(super) async fn latest(
    db: &mut PgConnection,
    ids: impl Iterator<Item = OrganisationId>,
) -> Result<HashMap<OrganisationId, Succession>> {
    let ids: Vec<Uuid> = ids.map(|id| id.0).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query_as!(
        Succession,
        r#"
        SELECT asked.id AS "organisation!: OrganisationId"
             , source.shown_name AS "source!"
             , target.shown_name AS "target!"
             , last.source_siret
             , last.target_siret
             , last.effective_on
             , last.counts AS "moved!: Json<Vec<Moved>>"
        FROM unnest($1::uuid[]) AS asked (id)
        CROSS JOIN LATERAL (
            SELECT s.*
            FROM structure_successions s
            WHERE s.source_id = asked.id OR s.target_id = asked.id
            ORDER BY s.decided_at DESC, s.id DESC
            LIMIT 1
        ) last
        JOIN organisations source ON source.id = last.source_id
        JOIN organisations target ON target.id = last.target_id
        ORDER BY asked.id
        LIMIT 100
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.organisation, row)).collect())
}
