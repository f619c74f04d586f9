//! What is read of campaigns, by the team and by whoever a draw concerns.

mod act;
mod ddets;
mod decided;
mod draw;
mod forecast;
mod reach;
mod team;

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::{Badge, Control, ControlCampaign};
use iae_domain::ids::{ControlCampaignId, ControlId};
use iae_domain::time::paris_date;
use sqlx::types::Json;

pub use act::Act;
pub use ddets::{Ddets, Overlap, SharedCalendar, calendar_of, ddets, overlaps};
pub use decided::DecidedInShort;
pub use draw::{DrawDetail, Reader, calendar, draw};
pub use forecast::{Forecast, forecast};
pub use reach::Reach;
pub use team::member_of_team;

use super::super::controls;
use super::store;
use crate::Db;
use crate::admin::words;
use crate::error::Result;

/// How many SIAE, and how many of their hires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counted {
    /// SIAE.
    pub companies: i64,
    /// Hires.
    pub hires: i64,
}

/// A campaign, as its pages show it.
#[derive(Debug, Clone)]
pub struct CampaignDetail {
    /// The campaign.
    pub campaign: ControlCampaign,
    /// The public value of its draw, once it is known.
    pub value: Option<String>,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// The name of its DDETS.
    pub ddets: String,
    /// Its département, as « Moselle (57) ».
    pub department: Option<String>,
    /// What its frozen list holds.
    pub listed: Counted,
    /// What was drawn of it.
    pub drawn: Counted,
}

impl CampaignDetail {
    /// What it is called: its département, else its DDETS.
    pub fn place(&self) -> &str {
        self.department.as_deref().unwrap_or(&self.ddets)
    }

    /// What the team does next of it.
    pub fn next(&self) -> Option<Act> {
        Act::next(&self.campaign, usize::try_from(self.drawn.companies).unwrap_or_default())
    }
}

/// A campaign, with what is counted of it.
pub async fn campaign(db: &Db, id: ControlCampaignId) -> Result<Option<CampaignDetail>> {
    let Some((campaign, value)) = store::read(db, id).await? else { return Ok(None) };
    let head = sqlx::query!(
        r#"
        SELECT c.created_at
             , o.shown_name AS "ddets!"
             , d.name || ' (' || d.code || ')' AS department
             , listed.companies AS "listed_companies!"
             , listed.hires AS "listed_hires!"
             , drawn.companies AS "drawn_companies!"
             , drawn.hires AS "drawn_hires!"
        FROM control_campaigns c
        JOIN organisations o ON o.id = c.institution_id
        LEFT JOIN departments d ON d.code = o.department_code
        CROSS JOIN LATERAL (
            SELECT count(DISTINCT l.company_id) AS companies
                 , count(*) AS hires
            FROM control_list_lines l
            WHERE l.campaign_id = c.id
        ) AS listed
        CROSS JOIN LATERAL (
            SELECT count(*) AS companies
                 , coalesce(sum(coalesce(k.archived_hires, hired.hires)), 0)::bigint AS hires
            FROM controls k
            CROSS JOIN LATERAL (
                SELECT count(*) AS hires
                FROM control_hires h
                WHERE h.control_id = k.id
            ) AS hired
            WHERE k.campaign_id = c.id
        ) AS drawn
        WHERE c.id = $1
        "#,
        id as _,
    )
    .fetch_one(db)
    .await?;
    Ok(Some(CampaignDetail {
        campaign,
        value,
        opened_on: paris_date(head.created_at),
        ddets: head.ddets,
        department: head.department,
        listed: Counted { companies: head.listed_companies, hires: head.listed_hires },
        drawn: Counted { companies: head.drawn_companies, hires: head.drawn_hires },
    }))
}

/// A controlled SIAE, as the team and its DDETS list it.
#[derive(Debug, Clone)]
pub struct ControlledCompany {
    /// Its control.
    pub control: Control,
    /// Its name.
    pub name: String,
    /// How it is reached.
    pub reach: Reach,
    /// How many hires were controlled, once they are deleted (§1.20).
    pub archived_hires: Option<i16>,
    /// What its DDETS decided of a negative result, once it is notified.
    pub decision: Option<DecidedInShort>,
}

impl ControlledCompany {
    /// What its DDETS reads of it.
    pub fn badge(&self, today: NaiveDate) -> Badge {
        let control = &self.control;
        control.stage(today).badge_of_company(control.raw(), control.notified_at.is_some())
    }
}

/// The SIAE a campaign controls, by name. Who may read the campaign was said by whoever read it.
pub async fn companies(db: &Db, id: ControlCampaignId) -> Result<Vec<ControlledCompany>> {
    let only = controls::store::Only { campaign: Some(id), ..controls::store::Only::default() };
    let controls = controls::store::read(db, only).await?;
    let mut controls: HashMap<_, _> = controls.into_iter().map(|control| (control.id, control)).collect();
    let rows = sqlx::query!(
        r#"
        SELECT c.id AS "id: ControlId"
             , o.shown_name AS "name!"
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
    // Both are read one after the other: what was drawn in between is on the next page.
    let company = rows.into_iter().filter_map(|row| {
        Some(ControlledCompany {
            control: controls.remove(&row.id)?,
            name: row.name,
            reach: Reach {
                has_admin: row.has_admin,
                is_active: row.is_active,
                access_until: row.access_until,
            },
            archived_hires: row.archived_hires,
            decision: row.decision.map(|decision| decision.0),
        })
    });
    Ok(company.collect())
}

/// Something that was done of a campaign, as the trail keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneAct {
    /// What, by its name in the trail.
    pub action: String,
    /// The same in words.
    pub what: String,
    /// By whom, when it was someone.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// All that was done of a campaign, oldest first, as far as the trail still keeps it.
pub async fn done_acts(db: &Db, id: ControlCampaignId) -> Result<Vec<DoneAct>> {
    let rows = sqlx::query!(
        r#"
        SELECT e.action
             , full_name(u.first_name, u.last_name) AS by
             , e.at
        FROM audit_events e
        LEFT JOIN users u ON u.id = e.actor_id
        WHERE e.subject_kind = 'control_campaign'
          AND e.subject_id = $1
          AND e.action <> 'control_campaign.reminded'
        ORDER BY e.at, e.seq
        LIMIT 100
        "#,
        id as _,
    )
    .fetch_all(db)
    .await?;
    let done = rows.into_iter().map(|row| DoneAct {
        what: words::action(&row.action).to_owned(),
        action: row.action,
        by: row.by,
        at: row.at,
    });
    Ok(done.collect())
}
