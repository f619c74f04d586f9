//! What pages say of structures and of what became of them.

mod pieces;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::ids::{OrganisationId, SuccessionId};
use iae_domain::organisations::succession::{Moved, SuccessionKind};
use iae_domain::organisations::{CompanyKind, Siret};
use iae_domain::text::folded_words;
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

pub(super) use pieces::Chosen;
pub use pieces::{PieceAntenna, PieceMember, Pieces, Post, pieces};

use crate::Db;
use crate::db::like;
use crate::error::Result;

/// How many structures a search shows.
pub const TARGETS_SHOWN: usize = 10;

/// A SIRET that an organisation has, or had.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct HeldSiret {
    /// The SIRET.
    pub siret: String,
    /// Since when, as far as is known.
    pub since: DateTime<Utc>,
    /// Until when; none today.
    pub until: Option<DateTime<Utc>>,
}

/// What became of a structure, or what it took over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succession {
    /// Its id.
    pub id: SuccessionId,
    /// What happened.
    pub kind: SuccessionKind,
    /// The day it took effect.
    pub effective_on: NaiveDate,
    /// To which structure.
    pub source: OrganisationId,
    /// What that one is called.
    pub source_name: String,
    /// The SIRET it had.
    pub source_siret: Option<String>,
    /// What it became, or what took a part of it.
    pub target: OrganisationId,
    /// What that one is called.
    pub target_name: String,
    /// Its SIRET then.
    pub target_siret: Option<String>,
    /// What moved.
    pub moved: Vec<Moved>,
    /// What the support wrote: for the team alone.
    pub remark: String,
    /// Who recorded it.
    pub decided_by: String,
    /// When.
    pub decided_at: DateTime<Utc>,
}

/// The past of an organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Its SIRET, the present one first.
    pub sirets: Vec<HeldSiret>,
    /// What became of it, the latest first.
    pub successions: Vec<Succession>,
}

/// The past of an organisation, in one statement. Whoever reads it reads the organisation.
pub async fn history(db: &Db, organisation: OrganisationId) -> Result<History> {
    let rows = sqlx::query!(
        r#"
        SELECT (
                   SELECT coalesce(jsonb_agg(jsonb_build_object(
                       'siret', h.siret,
                       'since', lower(h.held),
                       'until', upper(h.held)
                   ) ORDER BY h.held DESC), '[]')
                   FROM organisation_sirets h
                   WHERE h.organisation_id = o.id
               ) AS "sirets!: Json<Vec<HeldSiret>>"
             , s.id AS "id?: SuccessionId"
             , s.kind AS "kind?: SuccessionKind"
             , s.effective_on AS "effective_on?"
             , s.source_id AS "source?: OrganisationId"
             , source.shown_name AS "source_name?"
             , s.source_siret
             , s.target_id AS "target?: OrganisationId"
             , target.shown_name AS "target_name?"
             , s.target_siret
             , s.counts AS "moved?: Json<Vec<Moved>>"
             , s.remark AS "remark?"
             , full_name(u.first_name, u.last_name) AS decided_by
             , s.decided_at AS "decided_at?"
        FROM organisations o
        LEFT JOIN structure_successions s ON s.source_id = o.id OR s.target_id = o.id
        LEFT JOIN organisations source ON source.id = s.source_id
        LEFT JOIN organisations target ON target.id = s.target_id
        LEFT JOIN users u ON u.id = s.decided_by
        WHERE o.id = $1
        ORDER BY s.decided_at DESC, s.id DESC
        LIMIT 100
        "#,
        organisation as _,
    )
    .fetch_all(db)
    .await?;
    let mut history = History::default();
    for row in rows {
        history.sirets = row.sirets.0;
        let (Some(id), Some(kind), Some(effective_on)) = (row.id, row.kind, row.effective_on) else {
            continue;
        };
        let (Some(source), Some(target), Some(decided_at)) = (row.source, row.target, row.decided_at) else {
            continue;
        };
        history.successions.push(Succession {
            id,
            kind,
            effective_on,
            source,
            source_name: row.source_name.unwrap_or_default(),
            source_siret: row.source_siret,
            target,
            target_name: row.target_name.unwrap_or_default(),
            target_siret: row.target_siret,
            moved: row.moved.map(|moved| moved.0).unwrap_or_default(),
            remark: row.remark.unwrap_or_default(),
            decided_by: row.decided_by.unwrap_or_default(),
            decided_at,
        });
    }
    Ok(history)
}

/// A structure that another one replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    /// What it was called.
    pub name: String,
    /// Since when, when that was recorded as a merger.
    pub effective_on: Option<NaiveDate>,
    /// What it became.
    pub heir: OrganisationId,
    /// What that one is called.
    pub heir_name: String,
    /// Whether anyone reads its card.
    pub is_found: bool,
}

/// What a company became; none for one that nothing replaced.
pub async fn replaced(db: &Db, company: OrganisationId) -> Result<Option<Replaced>> {
    let replaced = sqlx::query_as!(
        Replaced,
        r#"
        SELECT o.shown_name AS "name!"
             , s.effective_on AS "effective_on?"
             , heir.id AS "heir: OrganisationId"
             , heir.shown_name AS "heir_name!"
             , EXISTS (SELECT FROM searchable_companies f WHERE f.organisation_id = heir.id) AS "is_found!"
        FROM organisations o
        JOIN organisations heir ON heir.id = o.replaced_by
        LEFT JOIN structure_successions s ON s.source_id = o.id AND s.kind = 'merger'
        WHERE o.id = $1 AND o.family = 'company'
        "#,
        company as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(replaced)
}

/// A company that may take over another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its SIRET.
    pub siret: String,
    /// Town.
    pub city: String,
}

/// Companies that are open, found by what was typed: their id, their SIRET, today's or a former one, their SIREN, or words of their name.
/// One more than are shown when there are more.
pub async fn targets(db: &Db, typed: &str) -> Result<Vec<Target>> {
    let digits: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let id = typed.trim().parse::<Uuid>().ok();
    let siret = Siret::parse(&digits).ok();
    let siren = (is_number && digits.len() == 9).then_some(digits);
    let words: Vec<String> =
        folded_words(typed).iter().map(|word| format!("% {}%", like::escaped(word))).collect();
    let by_name = id.is_none() && siret.is_none() && siren.is_none();
    if by_name && words.is_empty() {
        return Ok(vec![]);
    }
    let limit = i64::try_from(TARGETS_SHOWN).unwrap_or(i64::MAX).saturating_add(1);
    let targets = sqlx::query_as!(
        Target,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , o.kind AS "kind: CompanyKind"
             , o.siret AS "siret!"
             , o.city
        FROM organisations o
        WHERE o.family = 'company'
          AND o.closed_at IS NULL
          AND ($1::uuid IS NULL OR o.id = $1)
          AND ($2::text IS NULL OR o.id = ANY (organisations_of_siret($2)))
          AND ($3::text IS NULL OR o.siret BETWEEN $3 || '00000' AND $3 || '99999')
          AND (NOT $4 OR ' ' || o.search || ' ' || folded(o.brand) LIKE ALL ($5::text[]))
        ORDER BY o.search
               , o.id
        LIMIT $6
        "#,
        id,
        siret.as_ref().map(Siret::as_str),
        siren,
        by_name,
        &words,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(targets)
}
