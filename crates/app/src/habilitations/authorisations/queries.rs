//! An organisation, as the team reads it before it decides.

use chrono::{DateTime, Utc};
use iae_domain::actor::StaffActor;
use iae_domain::habilitations::{Authorisation, Habilitation, Overseen};
use iae_domain::ids::OrganisationId;
use iae_domain::staff::{StaffRight, ensure};

use super::super::store;
use crate::error::{Error, Result};
use crate::{App, Ctx};

/// An organisation that prescribes, with what is missing to validate it.
#[derive(Debug, Clone)]
pub struct OverseenDetail {
    /// What is decided of.
    pub overseen: Overseen,
    /// Whether it is authorised, and until when.
    pub authorisation: Authorisation,
    /// What it is called.
    pub name: String,
    /// Its SIRET.
    pub siret: Option<String>,
    /// Its address, on a line.
    pub address: String,
    /// Its public address.
    pub email: Option<String>,
    /// Its public number.
    pub phone: Option<String>,
    /// « Moselle (57) ».
    pub department: Option<String>,
    /// How many active members it has.
    pub members: i64,
    /// Who administers it.
    pub administrators: Vec<String>,
    /// When it registered.
    pub created_at: DateTime<Utc>,
    /// Who decided last, and when.
    pub updated: (Option<String>, Option<DateTime<Utc>>),
    /// Other organisations of its SIRET: their name and kind.
    pub twins: Vec<String>,
    /// Its requests to the prefect, the latest first; drafts excepted.
    pub habilitations: Vec<Habilitation>,
}

/// The organisation, for whoever of the team reads them (STF-1).
pub async fn overseen(app: &App, ctx: &Ctx<StaffActor>, id: OrganisationId) -> Result<OverseenDetail> {
    ensure(&ctx.actor, StaffRight::ReadOrganisations)?;
    let applicant = store::applicant(&app.db, id).await?.ok_or(Error::NotFound)?;
    let row = sqlx::query!(
        r#"
        SELECT o.shown_name AS name
             , o.siret
             , concat_ws(', ', nullif(o.address_line_1, ''), nullif(concat_ws(' ', o.post_code, o.city), '')) AS "address!"
             , nullif(o.email, '') AS email
             , nullif(o.phone, '') AS phone
             , d.name || ' (' || d.code || ')' AS department
             , (SELECT count(*) FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = o.id AND m.is_active AND u.is_active)
                   AS "members!"
             , ARRAY(
                   SELECT full_name(u.first_name, u.last_name)
                   FROM memberships m
                   JOIN users u ON u.id = m.user_id
                   WHERE m.organisation_id = o.id AND m.is_active AND m.is_admin AND u.is_active
                   ORDER BY u.last_name, u.first_name, u.id
                   LIMIT 20
               ) AS "administrators!: Vec<String>"
             , ARRAY(
                   SELECT twin.shown_name || ' (' || twin.kind || ')'
                   FROM organisations twin
                   WHERE twin.siret = o.siret AND twin.id <> o.id
                   ORDER BY twin.search, twin.id
                   LIMIT 20
               ) AS "twins!: Vec<String>"
             , o.created_at
             , full_name(decider.first_name, decider.last_name) AS updated_by
             , p.authorisation_updated_at AS updated_at
        FROM organisations o
        JOIN prescriber_organisations p ON p.organisation_id = o.id
        LEFT JOIN departments d ON d.code = o.department_code
        LEFT JOIN users decider ON decider.id = p.authorisation_updated_by
        WHERE o.id = $1
        "#,
        id as _,
    )
    .fetch_one(&app.db)
    .await?;
    let mut habilitations = store::read(&app.db, None, Some(id)).await?;
    habilitations.retain(|one| one.submitted_at.is_some() || one.is_recorded);
    Ok(OverseenDetail {
        overseen: applicant.overseen(),
        authorisation: applicant.authorisation,
        name: row.name,
        siret: row.siret,
        address: row.address,
        email: row.email,
        phone: row.phone,
        department: row.department,
        members: row.members,
        administrators: row.administrators,
        created_at: row.created_at,
        updated: (row.updated_by, row.updated_at),
        twins: row.twins,
        habilitations,
    })
}
