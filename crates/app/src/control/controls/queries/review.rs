//! What a DDETS reads of the controls it makes: what each share would draw, the SIAE that were drawn, their hires and their proofs
//! (rule book 04 §1.4, §1.10, §1.11, §1.19). What another DDETS controls does not exist.

mod card;
mod detail;
pub mod list;
mod proof;
mod queries;
mod waits;

use chrono::{DateTime, Utc};
use iae_domain::actor::InspectorActor;
use iae_domain::control::{Calendar, Control, ControlCampaign, Review, is_in_view, policy};
use iae_domain::ids::{ControlCampaignId, ControlCriterionId, ControlHireId, ControlId};
use iae_domain::time::Period;

pub use super::last::{LastReview, last_review};
pub use card::CampaignCard;
pub use detail::{CompanyCard, ControlPage, CriterionCard, HireCard, HirePage, control, hire};
pub use proof::picture;
pub use waits::{Progress, Waits, next_to_review, to_review};

use super::super::super::campaigns;
use super::super::store::{self, Only};
use crate::error::{Error, Result};
use crate::{App, Ctx, Db};

/// A campaign of this DDETS, as long as it is in view.
pub async fn campaign(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    id: ControlCampaignId,
) -> Result<ControlCampaign> {
    let institution = policy::control(&ctx.actor)?;
    let found = campaigns::store::read(&app.db, id).await?.map(|(campaign, _)| campaign);
    let is_read = |campaign: &ControlCampaign| {
        campaign.institution == institution && is_in_view(campaign.hired, campaign.ended_at, ctx.today())
    };
    found.filter(is_read).ok_or(Error::NotFound)
}

/// The campaigns of this DDETS that are in view, the latest period first.
pub async fn campaigns(app: &App, ctx: &Ctx<InspectorActor>) -> Result<Vec<CampaignCard>> {
    let institution = policy::control(&ctx.actor)?;
    let rows = sqlx::query!(
        r#"
        SELECT k.id AS "id: ControlCampaignId"
             , k.hired_from
             , k.hired_to
             , d.launch_on
             , d.adversarial_from
             , k.ratio_set_at IS NOT NULL AS "ratio_is_set!"
             , k.list_frozen_at IS NOT NULL AS "list_is_frozen!"
             , k.launched_at
             , k.adversarial_at
             , k.submissions_frozen_at IS NOT NULL AS "is_frozen!"
             , k.ended_at
             , (
                   SELECT count(*)
                   FROM controls c
                   JOIN control_hires h ON h.control_id = c.id
                   JOIN control_criteria x ON x.hire_id = h.id
                   WHERE c.campaign_id = k.id
                     AND c.final_reviewed_at IS NULL
                     AND x.review = 'pending'
                     AND x.submitted_at IS NOT NULL
               ) AS "to_review!"
             , (
                   SELECT count(*)
                   FROM controls c
                   WHERE c.campaign_id = k.id
                     AND c.final_state = 'refused'
                     AND c.notified_at IS NULL
               ) AS "to_notify!"
        FROM control_campaigns k
        JOIN control_calendars d ON d.id = k.calendar_id
        WHERE k.institution_id = $1
        ORDER BY k.hired_to DESC, k.id DESC
        LIMIT 100
        "#,
        institution as _,
    )
    .fetch_all(&app.db)
    .await?;
    let cards = rows.into_iter().map(|row| CampaignCard {
        id: row.id,
        hired: Period { start: row.hired_from, end: row.hired_to },
        calendar: Calendar { launch_on: row.launch_on, adversarial_from: row.adversarial_from },
        ratio_is_set: row.ratio_is_set,
        list_is_frozen: row.list_is_frozen,
        launched_at: row.launched_at,
        adversarial_at: row.adversarial_at,
        is_frozen: row.is_frozen,
        ended_at: row.ended_at,
        to_review: row.to_review,
        to_notify: row.to_notify,
    });
    Ok(cards.filter(|card| is_in_view(card.hired, card.ended_at, ctx.today())).collect())
}

/// How many hires of each SIAE a campaign may draw, as things are now (§1.5): its list is frozen later.
pub async fn hires_to_draw(app: &App, campaign: &ControlCampaign) -> Result<Vec<u64>> {
    let hires = sqlx::query_scalar!(
        r#"
        SELECT count(*) AS "hires!"
        FROM hires_to_control($1, $2, $3, $4)
        GROUP BY company_id
        ORDER BY 1, company_id
        LIMIT 100000
        "#,
        campaign.institution as _,
        campaign.hired.start,
        campaign.hired.end,
        app.config.pass_prefix.as_str(),
    )
    .fetch_all(&app.db)
    .await?;
    Ok(hires.into_iter().map(i64::unsigned_abs).collect())
}

/// The control a criterion is of.
pub async fn control_of(
    app: &App,
    ctx: &Ctx<InspectorActor>,
    criterion: ControlCriterionId,
) -> Result<Control> {
    let id = store::control_of_criterion(&app.db, criterion).await?.ok_or(Error::NotFound)?;
    controlled(&app.db, ctx, id).await
}

/// A control, for the DDETS that makes it.
async fn controlled(db: &Db, ctx: &Ctx<InspectorActor>, id: ControlId) -> Result<Control> {
    let institution = policy::control(&ctx.actor)?;
    let control = store::read(db, Only { control: Some(id), ..Only::default() }).await?.pop();
    control.filter(|control| control.institution == institution).ok_or(Error::NotFound)
}

/// What was decided of a proof, by whom and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The hire it is of.
    pub hire: ControlHireId,
    /// What was decided.
    pub review: Review,
    /// Who decided, and when; none when it waits again.
    pub by: Option<(String, DateTime<Utc>)>,
}

/// What a proof is at. Who may read it was said by whoever decided.
pub async fn decided(app: &App, id: ControlCriterionId) -> Result<Decided> {
    let row = sqlx::query!(
        r#"
        SELECT x.hire_id AS "hire: ControlHireId"
             , x.review AS "review: Review"
             , full_name(u.first_name, u.last_name) AS by
             , x.reviewed_at
        FROM control_criteria x
        LEFT JOIN users u ON u.id = x.reviewed_by
        WHERE x.id = $1
        "#,
        id as _,
    )
    .fetch_optional(&app.db)
    .await?
    .ok_or(Error::NotFound)?;
    Ok(Decided { hire: row.hire, review: row.review, by: row.by.zip(row.reviewed_at) })
}
