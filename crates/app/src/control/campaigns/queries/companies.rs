//! The SIAE that a campaign controls, as the team and its DDETS list them.

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Campaign, Defended, FinalState, Review, Reviewed, Stage, Standing};
use iae_domain::ids::{ControlCampaignId, ControlId};
use iae_domain::organisations::CompanyKind;
use serde::Deserialize;
use sqlx::types::Json;

use super::{DecidedInShort, Reach};
use crate::Db;
use crate::error::Result;

/// A controlled SIAE.
#[derive(Debug, Clone)]
pub struct ControlledCompany {
    /// Its control.
    pub id: ControlId,
    /// Its kind.
    pub kind: CompanyKind,
    /// Its name.
    pub name: String,
    /// Where its control stands.
    pub standing: Standing,
    /// How it is reached.
    pub reach: Reach,
    /// How many hires were controlled, once they are deleted (§1.20).
    pub archived_hires: Option<i16>,
    /// What its DDETS decided of a negative result, once it is notified.
    pub decision: Option<DecidedInShort>,
}

/// A criterion, as `controls.defended` keeps it.
#[derive(Debug, Deserialize)]
struct Kept(bool, bool, Option<DateTime<Utc>>, Review);

impl From<Kept> for Defended {
    fn from(Kept(is_certified, has_proof, submitted_at, review): Kept) -> Self {
        // A criterion that the State certified asks for no proof.
        Self { is_certified, has_proof: has_proof && !is_certified, submitted_at, review }
    }
}

/// The SIAE a campaign controls, by name, where each stands on a day. Who may read the campaign was said by whoever read it.
pub async fn companies(db: &Db, id: ControlCampaignId, today: NaiveDate) -> Result<Vec<ControlledCompany>> {
    let rows = sqlx::query!(
        r#"
        SELECT c.id AS "id: ControlId"
             , o.kind AS "kind!: CompanyKind"
             , o.shown_name AS "name!"
             , k.ended_at IS NOT NULL AS "is_ended!"
             , k.adversarial_at IS NOT NULL AS "is_adversarial!"
             , d.adversarial_from
             , c.reviewed_at
             , c.final_reviewed_at
             , c.final_state AS "final_state: FinalState"
             , c.frozen_at IS NOT NULL AS "is_frozen!"
             , c.notified_at IS NOT NULL AS "is_notified!"
             , c.defended AS "defended: Json<Vec<Vec<Kept>>>"
             -- Limited, so that it is looked up for each SIAE: an EXISTS is hashed over the administrators of the whole country.
             , (
                   SELECT m.is_admin
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND m.is_admin AND u.is_active
                   LIMIT 1
               ) IS NOT NULL AS "has_admin!"
             , coalesce(a.active_until = 'infinity', false) AS "is_active!"
             , nullif(a.active_until, 'infinity') AS access_until
             , c.archived_hires
             , (
                   SELECT jsonb_build_object(
                              'at', x.decided_at,
                              'sanctions', array_remove(
                                  ARRAY[
                                      CASE WHEN x.training IS NOT NULL THEN 'training' END,
                                      CASE
                                          WHEN upper_inf(x.withdrawn_days) THEN 'permanent_withdrawal'
                                          WHEN x.withdrawn_days IS NOT NULL THEN 'temporary_withdrawal'
                                      END,
                                      CASE WHEN x.cuts_subsidy THEN 'subsidy_cut' END,
                                      CASE WHEN x.leniency IS NOT NULL THEN 'none' END
                                  ],
                                  NULL
                              )
                          )
                   FROM control_decisions x
                   WHERE x.control_id = c.id
                     AND NOT EXISTS (SELECT FROM control_decisions later WHERE later.replaces_id = x.id)
               ) AS "decision?: Json<DecidedInShort>"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations o ON o.id = c.company_id
        LEFT JOIN company_activity a ON a.organisation_id = o.id
        WHERE c.campaign_id = $1
        ORDER BY folded(o.shown_name), c.id
        LIMIT 10000
        "#,
        id as _,
    )
    .fetch_all(db)
    .await?;
    let company = rows.into_iter().map(|row| ControlledCompany {
        id: row.id,
        kind: row.kind,
        name: row.name,
        standing: Standing {
            stage: Stage {
                campaign: if row.is_ended { Campaign::Ended } else { Campaign::Open },
                is_frozen: row.is_frozen,
                reviewed: Reviewed {
                    at: row.reviewed_at,
                    finally_at: row.final_reviewed_at,
                    final_state: row.final_state,
                },
                adversarial_from: row.adversarial_from,
                is_adversarial: row.is_adversarial,
                today,
            },
            is_notified: row.is_notified,
            hires: row
                .defended
                .0
                .into_iter()
                .map(|hire| hire.into_iter().map(Into::into).collect())
                .collect(),
        },
        reach: Reach { has_admin: row.has_admin, is_active: row.is_active, access_until: row.access_until },
        archived_hires: row.archived_hires,
        decision: row.decision.map(|decision| decision.0),
    });
    Ok(company.collect())
}
