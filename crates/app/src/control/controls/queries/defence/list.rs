//! The controls of an SIAE, on its dashboard (rule book 04 §1.19).

use chrono::{DateTime, Utc};
use iae_domain::actor::EmployerActor;
use iae_domain::control::{
    Calendar, Campaign, Days, Defended, FinalState, Review, Reviewed, Told, ToldFacts, in_view_since,
};
use iae_domain::ids::{ControlCampaignId, ControlId};
use iae_domain::time::{Period, paris_midnight};
use serde::Deserialize;
use sqlx::types::Json;

use crate::control::controls::queries::made::{MadeDecisions, MadeRow};
use crate::error::Result;
use crate::{Ctx, Db};

/// A control, as the dashboard of its SIAE lists it.
#[derive(Debug, Clone)]
pub struct ListedControl {
    /// Its id.
    pub id: ControlId,
    /// Its campaign.
    pub campaign: ControlCampaignId,
    /// The DDETS.
    pub ddets: String,
    /// Which contracts are controlled, by their first day.
    pub hired: Period,
    /// The days of its campaign.
    pub days: Days,
    /// Where its SIAE is told that it stands.
    pub told: Told,
    /// Whether something is to be done by it.
    pub needs_action: bool,
    /// When a decision on its negative result was notified.
    pub notified_at: Option<DateTime<Utc>>,
    /// The decisions on it.
    pub decisions: MadeDecisions,
}

/// A criterion, as it is gathered with those of its hire.
#[derive(Debug, Deserialize)]
struct DefendedRow {
    is_certified: bool,
    is_given: bool,
    submitted_at: Option<DateTime<Utc>>,
    review: Review,
}

impl From<DefendedRow> for Defended {
    fn from(row: DefendedRow) -> Self {
        Self {
            is_certified: row.is_certified,
            has_proof: row.is_given && !row.is_certified,
            submitted_at: row.submitted_at,
            review: row.review,
        }
    }
}

/// The controls of the SIAE, and of those it replaced, that are in view, the latest first: one statement, on a page that has many.
pub async fn listed(db: &Db, ctx: &Ctx<EmployerActor>) -> Result<Vec<ListedControl>> {
    let rows = sqlx::query!(
        r#"
        SELECT c.id AS "id: ControlId"
             , k.id AS "campaign: ControlCampaignId"
             , ddets.shown_name AS ddets
             , k.hired_from
             , k.hired_to
             , k.launched_at AS "launched_at!"
             , k.adversarial_at
             , k.ended_at IS NOT NULL AS "is_ended!"
             , d.launch_on
             , d.adversarial_from
             , c.reviewed_at
             , c.final_reviewed_at
             , c.final_state AS "final_state: FinalState"
             , c.frozen_at
             , c.notified_at
             , (SELECT decisions_of FROM read_decisions_of(c.id)) AS "decisions!: Json<Vec<MadeRow>>"
             , (
                   SELECT coalesce(jsonb_agg(hire.criteria ORDER BY hire.rank), '[]')
                   FROM (
                       SELECT h.rank
                            , coalesce(jsonb_agg(jsonb_build_object(
                                  'is_certified', x.is_certified,
                                  'is_given', x.uploaded_at IS NOT NULL,
                                  'submitted_at', x.submitted_at,
                                  'review', x.review
                              )) FILTER (WHERE x.id IS NOT NULL), '[]') AS criteria
                       FROM control_hires h
                       LEFT JOIN control_criteria x ON x.hire_id = h.id
                       WHERE h.control_id = c.id
                       GROUP BY h.rank
                   ) AS hire
               ) AS "hires!: Json<Vec<Vec<DefendedRow>>>"
        FROM controls c
        JOIN control_campaigns k ON k.id = c.campaign_id
        JOIN control_calendars d ON d.id = k.calendar_id
        JOIN organisations ddets ON ddets.id = k.institution_id
        WHERE c.company_id = ANY ((SELECT inherited_by FROM read_inherited_by($1))::uuid[])
          AND (k.ended_at IS NULL OR k.ended_at >= $2)
          AND k.hired_to >= '2022-01-01'
        ORDER BY k.hired_to DESC, c.id DESC
        LIMIT 20
        "#,
        ctx.actor.organisation as _,
        paris_midnight(in_view_since(ctx.today())),
    )
    .fetch_all(db)
    .await?;
    let listed = rows.into_iter().map(|row| {
        let days = Days {
            calendar: Calendar { launch_on: row.launch_on, adversarial_from: row.adversarial_from },
            launched_at: row.launched_at,
            adversarial_at: row.adversarial_at,
        };
        let defended = |hire: Vec<DefendedRow>| hire.into_iter().map(Defended::from).collect();
        let facts = ToldFacts {
            phase: if row.is_ended { Campaign::Ended } else { Campaign::Open },
            reviewed: Reviewed {
                at: row.reviewed_at,
                finally_at: row.final_reviewed_at,
                final_state: row.final_state,
            },
            frozen_at: row.frozen_at,
            is_notified: row.notified_at.is_some(),
            hires: row.hires.0.into_iter().map(defended).collect(),
        };
        ListedControl {
            id: row.id,
            campaign: row.campaign,
            ddets: row.ddets,
            hired: Period { start: row.hired_from, end: row.hired_to },
            days,
            told: facts.told(&days),
            needs_action: facts.needs_action(),
            notified_at: row.notified_at,
            decisions: row.decisions.0.as_slice().into(),
        }
    });
    Ok(listed.collect())
}
