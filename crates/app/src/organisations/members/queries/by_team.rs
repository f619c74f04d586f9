//! A member, as the team reads them before it acts on them.

use chrono::NaiveDate;
use iae_domain::actor::StaffActor;
use iae_domain::ids::{MembershipId, OrganisationId};
use iae_domain::staff::{StaffRight, ensure};

use super::{MemberCard, member};
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// Where somebody is a member, and who else is.
#[derive(Debug, Clone)]
pub struct Place {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is called.
    pub organisation_name: String,
    /// Whether drafts may go on under a colleague: not among orienteurs (D4).
    pub hands_drafts: bool,
    /// How many others act for it.
    pub others: i64,
    /// How many others administer it.
    pub other_admins: i64,
}

/// The organisation of a membership.
pub(in super::super) async fn place_of(
    db: impl sqlx::PgExecutor<'_>,
    id: MembershipId,
    today: NaiveDate,
) -> Result<Option<Place>> {
    let place = sqlx::query_as!(
        Place,
        r#"
        SELECT m.organisation_id AS "organisation: OrganisationId"
             , o.shown_name AS "organisation_name!"
             , (o.family <> 'prescriber' OR coalesce(is_authorised(p, $2), false)) AS "hands_drafts!"
             , (
                   SELECT count(*)
                   FROM memberships other
                   JOIN users u ON u.id = other.user_id
                   WHERE other.organisation_id = m.organisation_id
                     AND other.id <> m.id
                     AND other.is_active
                     AND u.is_active
               ) AS "others!"
             , (
                   SELECT count(*)
                   FROM memberships other
                   JOIN users u ON u.id = other.user_id
                   WHERE other.organisation_id = m.organisation_id
                     AND other.id <> m.id
                     AND other.is_active
                     AND other.is_admin
                     AND u.is_active
               ) AS "other_admins!"
        FROM memberships m
        JOIN organisations o ON o.id = m.organisation_id
        LEFT JOIN prescriber_organisations p ON p.organisation_id = o.id
        WHERE m.id = $1
        "#,
        id as _,
        today,
    )
    .fetch_optional(db)
    .await?;
    Ok(place)
}

/// A member, for the team that would change their role, or let them go.
pub async fn tended_member(
    app: &App,
    ctx: &Ctx<StaffActor>,
    id: MembershipId,
) -> Result<(Place, MemberCard)> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let place = place_of(&app.db, id, ctx.today()).await?.ok_or(Error::NotFound)?;
    let member = member(app, place.organisation, id).await?;
    Ok((place, member))
}
