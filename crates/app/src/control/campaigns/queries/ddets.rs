//! What the team must know before it opens campaigns (rule book 04 §1.3).

use chrono::NaiveDate;
use iae_domain::control::{Calendar, ControlCampaign};
use iae_domain::ids::{ControlCampaignId, OrganisationId};
use iae_domain::time::Period;
use uuid::Uuid;

use crate::Db;
use crate::error::Result;

/// A DDETS IAE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ddets {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its département, as « Moselle (57) ».
    pub department: Option<String>,
    /// The code of its département.
    pub code: Option<String>,
}

impl Ddets {
    /// What it is called: its département, else its name.
    pub fn place(&self) -> &str {
        self.department.as_deref().unwrap_or(&self.name)
    }
}

/// Every DDETS IAE, by the code of its département.
pub async fn ddets(db: &Db) -> Result<Vec<Ddets>> {
    let ddets = sqlx::query_as!(
        Ddets,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , d.name || ' (' || d.code || ')' AS department
             , o.department_code AS code
        FROM institutions i
        JOIN organisations o ON o.id = i.organisation_id
        LEFT JOIN departments d ON d.code = o.department_code
        WHERE o.kind = 'DDETS IAE'
        ORDER BY o.department_code, o.id
        LIMIT 1000
        "#,
    );
    Ok(ddets.fetch_all(db).await?)
}

/// A campaign that controls some days already (EXT 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// The campaign.
    pub campaign: ControlCampaignId,
    /// Its DDETS.
    pub institution: OrganisationId,
    /// First day of the contracts it controls.
    pub hired_from: NaiveDate,
    /// Last day of them.
    pub hired_to: NaiveDate,
}

/// The campaigns of these DDETS that control some of these days, in the order they were opened.
pub async fn overlaps(db: &Db, institutions: &[OrganisationId], hired: Period) -> Result<Vec<Overlap>> {
    let institutions: Vec<Uuid> = institutions.iter().map(|id| id.0).collect();
    let overlaps = sqlx::query_as!(
        Overlap,
        r#"
        SELECT id AS "campaign: ControlCampaignId"
             , institution_id AS "institution: OrganisationId"
             , hired_from
             , hired_to
        FROM control_campaigns
        WHERE institution_id = ANY($1) AND hired_from <= $3 AND hired_to >= $2
        ORDER BY id
        LIMIT 10000
        "#,
        &institutions,
        hired.start,
        hired.end,
    );
    Ok(overlaps.fetch_all(db).await?)
}

/// The days that campaigns of a period share already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedCalendar {
    /// These days.
    pub calendar: Calendar,
    /// How many campaigns follow them.
    pub campaigns: i64,
}

/// The days of the campaigns of a period, when some were opened.
pub async fn calendar_of(db: &Db, hired: Period) -> Result<Option<SharedCalendar>> {
    let row = sqlx::query!(
        r#"
        SELECT d.launch_on
             , d.adversarial_from
             , count(c.id) AS "campaigns!"
        FROM control_calendars d
        LEFT JOIN control_campaigns c ON c.calendar_id = d.id
        WHERE d.name = $1
        GROUP BY d.id
        "#,
        ControlCampaign::name(hired),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| SharedCalendar {
        calendar: Calendar { launch_on: row.launch_on, adversarial_from: row.adversarial_from },
        campaigns: row.campaigns,
    }))
}
