//! What is read of campaigns, by the team and by whoever a draw concerns.

mod act;
mod companies;
mod ddets;
mod decided;
mod draw;
mod forecast;
mod reach;
mod team;

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::control::ControlCampaign;
use iae_domain::ids::ControlCampaignId;
use iae_domain::time::paris_date;

pub use act::Act;
pub use companies::{ControlledCompany, companies};
pub use ddets::{Ddets, Overlap, SharedCalendar, calendar_of, ddets, overlaps};
pub use decided::DecidedInShort;
pub use draw::{DrawDetail, Reader, calendar, draw};
pub use forecast::{Forecast, forecast};
pub use reach::Reach;
pub use team::member_of_team;

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
