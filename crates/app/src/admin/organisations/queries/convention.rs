//! A convention, before its flag is turned: whom that concerns (CMP-10).

use chrono::{DateTime, NaiveDate, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::applications::visible_since;
use iae_domain::ids::{ConventionId, OrganisationId, UserId};
use iae_domain::organisations::team::TurnedConvention;
use iae_domain::organisations::{AnnexNumber, AnnexState, CompanySource, annex_is_active};
use iae_domain::staff::{StaffRight, ensure};

use crate::error::{Error, Result};
use crate::{App, Ctx};

/// A convention.
#[derive(Debug, Clone)]
pub struct ConventionCard {
    /// The company whose page led there.
    pub company: OrganisationId,
    /// What that one is called.
    pub company_name: String,
    /// The convention.
    pub convention: TurnedConvention,
    /// Its number at the paying agency.
    pub number: i32,
    /// Who reactivated it.
    pub reactivated_by: Option<String>,
    /// Who changed it last, in the trail; none when the flow did.
    pub changed_by: Option<String>,
    /// When.
    pub changed_at: Option<DateTime<Utc>>,
    /// The companies that share it.
    pub concerned: Vec<Concerned>,
    /// Its annexes, the last to end first.
    pub annexes: Vec<AnnexLine>,
}

/// An annex of the convention.
#[derive(Debug, Clone)]
pub struct AnnexLine {
    /// Its number.
    pub number: AnnexNumber,
    /// Its state.
    pub state: AnnexState,
    /// Its last day.
    pub last_day: NaiveDate,
}

impl AnnexLine {
    /// Whether it makes the convention valid (CMP-9).
    pub fn is_active(&self, today: NaiveDate) -> bool {
        annex_is_active(self.state, self.last_day, today)
    }
}

/// A company that lives by the convention.
#[derive(Debug, Clone)]
pub struct Concerned {
    /// Its id.
    pub id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Where it comes from.
    pub source: CompanySource,
    /// How many act for it.
    pub members: i64,
    /// Applications that wait for its answer, among those it sees (VIS-1).
    pub pending: i64,
}

/// The convention of a company, in three statements; what has none is not found.
pub async fn convention(app: &App, ctx: &Ctx<StaffActor>, company: OrganisationId) -> Result<ConventionCard> {
    ensure(&ctx.actor, StaffRight::ChangeOrganisations)?;
    let row = sqlx::query!(
        r#"
        SELECT o.shown_name AS "company_name!"
             , v.id AS "id: ConventionId"
             , v.asp_id
             , v.is_active
             , v.deactivated_at
             , v.reactivated_at
             , v.reactivated_by AS "reactivated_by: UserId"
             , full_name(u.first_name, u.last_name) AS reactivated_by_name
             , last.name AS "changed_by?"
             , last.at AS "changed_at?"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        JOIN conventions v ON v.id = c.convention_id
        LEFT JOIN users u ON u.id = v.reactivated_by
        LEFT JOIN LATERAL (
            SELECT full_name(actor.first_name, actor.last_name) AS name
                 , e.at
            FROM audit_events e
            LEFT JOIN users actor ON actor.id = e.actor_id
            WHERE e.subject_id = v.id
            ORDER BY e.at DESC, e.id DESC
            LIMIT 1
        ) last ON true
        WHERE c.organisation_id = $1
        "#,
        company as _,
    )
    .fetch_optional(&app.db)
    .await?;
    let row = row.ok_or(Error::NotFound)?;
    let convention = TurnedConvention {
        id: row.id,
        is_active: row.is_active,
        deactivated_at: row.deactivated_at,
        reactivated_at: row.reactivated_at,
        reactivated_by: row.reactivated_by,
    };
    Ok(ConventionCard {
        company,
        company_name: row.company_name,
        convention,
        number: row.asp_id,
        reactivated_by: row.reactivated_by_name,
        changed_by: row.changed_by,
        changed_at: row.changed_at,
        concerned: concerned(app, ctx, row.id).await?,
        annexes: annexes(app, row.id).await?,
    })
}

async fn concerned(app: &App, ctx: &Ctx<StaffActor>, convention: ConventionId) -> Result<Vec<Concerned>> {
    let concerned = sqlx::query_as!(
        Concerned,
        r#"
        SELECT o.id AS "id: OrganisationId"
             , o.shown_name AS "name!"
             , c.source AS "source: CompanySource"
             , (
                   SELECT count(*)
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND u.is_active
               ) AS "members!"
             , (
                   SELECT count(*)
                   FROM applications a
                   WHERE company_sees(o.id, a, $2)
                     AND a.state IN ('new', 'processing', 'postponed', 'pool', 'prior_to_hire')
               ) AS "pending!"
        FROM companies c
        JOIN organisations o ON o.id = c.organisation_id
        WHERE c.convention_id = $1
        ORDER BY c.source
               , o.search
               , o.id
        LIMIT 100
        "#,
        convention as _,
        visible_since(ctx.now),
    )
    .fetch_all(&app.db)
    .await?;
    Ok(concerned)
}

async fn annexes(app: &App, convention: ConventionId) -> Result<Vec<AnnexLine>> {
    let annexes = sqlx::query_as!(
        AnnexLine,
        r#"
        SELECT number AS "number: AnnexNumber"
             , state AS "state: AnnexState"
             , ends_on AS last_day
        FROM financial_annexes
        WHERE convention_id = $1
        ORDER BY ends_on DESC
               , number DESC
        LIMIT 20
        "#,
        convention as _,
    )
    .fetch_all(&app.db)
    .await?;
    Ok(annexes)
}
